"""chronicle render"""

from __future__ import annotations

from pathlib import Path

import click

from chronicle.cli.options import logs_argument
from chronicle.log.eventlog import EventLog


@click.command(name="render")
@logs_argument
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The page to write, .html."
)
@click.option("--title", help="The page's title; without it that of the first log.")
def command(logs: tuple[Path, ...], output: Path, title: str | None) -> int:
    """Draw the events of logs (files or folders) as a timeline page, one HTML file that works offline.

    \b
    Example:
      chronicle render events/afghan-peace.yaml -o build/afghan-peace.html
      chronicle render events/ -o build/timeline.html --title "What happened"
    """
    if output.suffix.lower() not in (".html", ".htm"):
        raise click.UsageError(f"-o {output}: chronicle writes .html pages")
    read = [EventLog.read(path) for path in logs]
    events = [event for log in read for event in log]
    from chronicle.timeline.page import write_html

    heading = title or " · ".join(t for t in (log.title for log in read) if t) or None
    description = read[0].description if len(read) == 1 and len(read[0].files) == 1 else None
    write_html(events, output, heading, description)
    shown = sum(1 for e in events if e.review != "rejected")
    click.echo(f"{output}: {shown} events from {len(read)} log{'' if len(read) == 1 else 's'}; open it in a browser")
    return 0
