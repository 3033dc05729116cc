"""chronicle list"""

from __future__ import annotations

from pathlib import Path

import click

from chronicle.cli.options import logs_argument
from chronicle.event import Event, sort_events
from chronicle.log.eventlog import EventLog


@click.command(name="list")
@logs_argument
def command(logs: tuple[Path, ...]) -> int:
    """Print the events of logs (files or folders) in order of time: when, status, review, id and title.

    \b
    Example:
      chronicle list events/
    """
    events = sort_events([event for path in logs for event in EventLog.read(path)])
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    if not console.is_terminal:
        for event in events:
            click.echo("\t".join(_cells(event)))
        return 0
    table = Table(box=None, pad_edge=False)
    for name in ("when", "status", "review", "id", "title"):
        table.add_column(name, overflow="fold", no_wrap=name in ("status", "review"))
    for event in events:
        table.add_row(*(Text(cell) for cell in _cells(event)))
    console.print(table)
    return 0


def _cells(event: Event) -> tuple[str, ...]:
    when = "unresolved" if event.when is None else str(event.when)
    return when, event.status, event.review, event.id, " ".join(event.title.split())
