"""The command's entry: its verbs, and errors as one line on standard error.

Exit codes: 0 all well; 1 faults were found (in a log, or an article that cannot be resolved or read); 2 wrong use.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

import chronicle
from chronicle.article import ArticleError
from chronicle.log import LogError
from chronicle.time.edtf import EdtfError

# verb: what it does, its module and the name of the command there
_VERBS = {
    "extract": ("Read articles and write their dated events as YAML.", "extract_", "command"),
    "render": ("Draw logs as a timeline page.", "render_", "command"),
    "export": ("Write the events of logs in another format.", "export_", "command"),
    "import": ("Turn other tools' files into a log.", "import_", "command"),
    "check": ("Look for faults in logs.", "check_", "command"),
    "explain": ("Say how an expression of time is understood.", "explain_", "command"),
    "list": ("Print the events of logs, all or chosen ones.", "list_", "command"),
    "review": ("Walk through the proposed events of a log.", "review_", "command"),
    "confirm": ("Mark events as confirmed.", "set_", "confirm_command"),
    "reject": ("Mark events as rejected.", "set_", "reject_command"),
    "set": ("Give fields of an event new values.", "set_", "set_command"),
    "merge": ("Make one event of two.", "set_", "merge_command"),
    "format": ("Put the events of logs in order of time.", "format_", "command"),
    "diff": ("Say what differs between two logs.", "diff_", "command"),
    "evaluate": ("Score find_times against annotated texts.", "evaluate_", "command"),
    "archive": ("Read many articles into Parquet, on one machine or a cluster.", "archive_", "command"),
    "find": ("Look for events in an archive.", "find_", "command"),
    "digest": ("Choose the dates that matter to a story.", "digest_", "command"),
    "schema": ("Print the JSON Schema of a log.", "schema_", "command"),
}


class _Verbs(click.Group):
    """Loads a verb's file when the verb is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _VERBS:
            return None
        _, module, name = _VERBS[cmd_name]
        command: click.Command = getattr(importlib.import_module(f"chronicle.cli.{module}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl([(verb, told[0]) for verb, told in _VERBS.items()])


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(chronicle.__version__, prog_name="chronicle")
def cli() -> None:
    """Timelines from articles, with dates that one can trust.

    \b
    Example:
      chronicle extract articles/*.md --log events/story.yaml
      chronicle render events/story.yaml -o story.html
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command and exit with its code."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code. Errors are one line each, without a traceback."""
    try:
        result: Any = cli.main(args=arguments, prog_name="chronicle", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.ClickException as error:
        _complain(error.format_message().replace("\n", " "))
        return 2
    except click.exceptions.Exit as done:
        return int(done.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _complain("interrupted")
        return 130
    except BrokenPipeError:
        return 0
    except LogError as error:
        for fault in error.faults:
            click.echo(str(fault), err=True)
        return 1
    except FileNotFoundError as error:
        _complain(f"{error.filename}: no such file" if error.filename else str(error))
        return 2
    except OSError as error:
        _complain(f"{error.filename}: {error.strerror}" if error.filename else str(error))
        return 2
    except (ArticleError, EdtfError, ValueError) as error:
        _complain(str(error))
        return 1
    except (LookupError, ImportError) as error:
        _complain(str(error.args[0]) if error.args else str(error))
        return 2
    return int(result) if isinstance(result, int) else 0


def _complain(message: str) -> None:
    click.echo(f"chronicle: {message}", err=True)
