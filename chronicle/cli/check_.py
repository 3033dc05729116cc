"""chronicle check"""

from __future__ import annotations

from pathlib import Path

import click

from chronicle.cli.options import logs_argument
from chronicle.log.check import check


@click.command(name="check")
@logs_argument
def command(logs: tuple[Path, ...]) -> int:
    """Look for faults in logs (files or folders): what YAML, the format and good sense do not allow.

    Each fault is a line, file:line:column: message. Exit code 1 where there is one.

    \b
    Example:
      chronicle check events/
    """
    faults = [fault for path in logs for fault in check(path)]
    for fault in faults:
        click.echo(str(fault))
    if not faults:
        click.echo(f"{', '.join(str(p) for p in logs)}: no faults")
    return 1 if faults else 0
