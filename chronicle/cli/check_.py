"""chronicle check"""

from __future__ import annotations

from pathlib import Path

import click

from chronicle.characters import shown
from chronicle.cli.options import logs_argument
from chronicle.cli.terminal import say, say_json
from chronicle.log.check import check
from chronicle.log.faults import Fault


@click.command(name="check")
@logs_argument
@click.option("--format", "form", type=click.Choice(("text", "json", "github")), default="text", show_default=True)
@click.option(
    "--articles",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the articles: quotes and spans are compared with them.",
)
def command(logs: tuple[Path, ...], form: str, articles: Path | None) -> int:
    """Look for faults in logs (files or folders): what YAML, the format and good sense do not allow.

    Each fault is a line, file:line:column: message [event] (code). Exit code 1 where there is one.

    \b
    Example:
      chronicle check events/
    """
    faults = check(logs, articles)
    if form == "json":
        say_json([f._asdict() for f in faults])
    elif form == "github":
        for fault in faults:
            click.echo(_annotation(fault))
    else:
        for fault in faults:
            say(str(fault))
        if not faults:
            say(f"{', '.join(str(p) for p in logs)}: no faults")
    return 1 if faults else 0


def _annotation(fault: Fault) -> str:
    """Write a fault as a workflow command, which GitHub shows beside the line."""
    message = shown(fault.message).replace("%", "%25").replace("\n", "%0A")
    path = shown(str(fault.path)).replace("%", "%25").replace("\n", "%0A").replace(":", "%3A").replace(",", "%2C")
    return f"::error file={path},line={fault.line},col={fault.column},title={fault.code}::{message}"
