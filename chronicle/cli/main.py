"""The command's entry: its verbs, and errors as one line on standard error.

Exit codes: 0 all well (a closed pipe too: who reads has enough); 1 faults were found (in a log, or an article that cannot be resolved or
read); 2 wrong use; 3 a fault of chronicle itself, whose place ``--debug`` shows; 130 interrupted (Ctrl-C), 143 ended (SIGTERM).
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
from types import FrameType
from typing import Any, NoReturn

import click

import chronicle
from chronicle.characters import shown
from chronicle.cli.terminal import DEBUG_VARIABLE, FAULT, Terminated, complain, debug, own_fault, show_traceback
from chronicle.errors import ChronicleError, InvalidValue, MissingLibrary
from chronicle.log import LogError
from chronicle.nearest import did_you_mean

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
    "curate": ("Decide on events in a browser, the articles beside them.", "curate_", "command"),
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
    "languages": ("List the languages that chronicle reads, and what it has of each.", "languages_", "command"),
    "schema": ("Print the JSON Schema of a log.", "schema_", "command"),
}


def _set_debug(_context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value:
        debug(True)


def _debug_option() -> click.Option:
    return click.Option(
        ["--debug"], is_flag=True, expose_value=False, is_eager=True, callback=_set_debug,
        help="Show where in the program an error comes from.",
    )  # fmt: skip


class _Verbs(click.Group):
    """Loads a verb's file when the verb is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _VERBS:
            return None
        _, module, name = _VERBS[cmd_name]
        command: click.Command = getattr(importlib.import_module(f"chronicle.cli.{module}"), name)
        if not any(parameter.name == "debug" for parameter in command.params):
            command.params.append(_debug_option())
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _VERBS and not args[0].startswith("-"):
            hint = did_you_mean(args[0], _VERBS) or "; chronicle --help lists the verbs"
            raise click.UsageError(f"No such command {args[0]!r}{hint}", ctx)
        return super().resolve_command(ctx, args)

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


cli.params.append(_debug_option())


def main(arguments: list[str] | None = None) -> None:
    """Run the command and exit with its code."""

    def end(_number: int, _frame: FrameType | None) -> NoReturn:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        raise Terminated

    signal.signal(signal.SIGTERM, end)
    code = run(arguments)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _close_quietly()
    sys.exit(code)


def _close_quietly() -> None:
    """Let what is left for a closed pipe go nowhere, so that the interpreter's end has nothing to complain about."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code. Errors are one line each, without a traceback but for ``--debug``."""
    debug(os.environ.get(DEBUG_VARIABLE, "") not in ("", "0"))
    try:
        if "_CHRONICLE_COMPLETE" in os.environ:  # a shell asks what could follow
            cli.main(args=arguments, prog_name="chronicle")
        # not by main(), which makes an error of a closed pipe
        with cli.make_context("chronicle", list(sys.argv[1:] if arguments is None else arguments)) as context:
            result: Any = cli.invoke(context)
    except click.exceptions.Exit as done:
        return int(done.exit_code)
    except BaseException as error:
        if isinstance(error, SystemExit | GeneratorExit):
            raise
        show_traceback(error)
        return _told(error)
    return int(result) if isinstance(result, int) else 0


def _told(error: BaseException) -> int:
    """Say what went wrong; returns the exit code."""
    match error:
        case click.exceptions.NoArgsIsHelpError():
            click.echo(error.format_message(), err=True)
            return 2
        case click.ClickException():
            complain(error.format_message().replace("\n", " "))
            return 2
        case click.Abort() | KeyboardInterrupt():
            complain("interrupted")
            return 130
        case Terminated():
            complain("ended by SIGTERM")
            return 143
        case BrokenPipeError():
            _close_quietly()
            return 0
        case LogError():
            for fault in error.faults:
                click.echo(shown(str(fault)), err=True)
            return 1
        case FileNotFoundError():
            complain(f"{error.filename}: no such file" if error.filename else str(error))
            return 2
        case OSError():
            complain(f"{error.filename}: {error.strerror}" if error.filename else str(error))
            return 2
        case MissingLibrary():
            complain(str(error))
            return 2
        case InvalidValue() | ChronicleError():
            complain(str(error))
            return 2 if isinstance(error, LookupError) else 1
        case _:
            complain(own_fault(error))
            return FAULT
