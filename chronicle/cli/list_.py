"""chronicle list"""

from __future__ import annotations

from pathlib import Path

import click

from chronicle.characters import shown_in_line
from chronicle.cli.options import echo_events, logs_argument
from chronicle.cli.terminal import say, say_json
from chronicle.errors import InvalidValue
from chronicle.event import REVIEWS, STATUSES, Event, sort_events
from chronicle.formats.records import flat_record
from chronicle.log.eventlog import EventLog
from chronicle.log.select import select


@click.command(name="list")
@logs_argument
@click.option("--time", help='EDTF, or words: "during 2020", "before March 2021", "since 3 May 2020".')
@click.option("--status", multiple=True, type=click.Choice(STATUSES), help="Only this status; may be given again.")
@click.option(
    "--review", multiple=True, type=click.Choice(REVIEWS), help="Only this state of review; may be given again."
)
@click.option("--tag", multiple=True, help="Only this tag, person or place; may be given again.")
@click.option("--doubtful", is_flag=True, help="Only what carries doubts; they are printed in a last column.")
@click.option("--text", help="Only where title, notes, quotes or sources hold this text.")
@click.option("--format", "form", type=click.Choice(("table", "yaml", "json")), default="table", show_default=True)
def command(
    logs: tuple[Path, ...],
    time: str | None,
    status: tuple[str, ...],
    review: tuple[str, ...],
    tag: tuple[str, ...],
    doubtful: bool,
    text: str | None,
    form: str,
) -> int:
    """Print the events of logs (files or folders) in order of time: when, status, review, id and title.

    \b
    Example:
      chronicle list events/ --time "before March 2021" --review proposed
    """
    events = sort_events([event for path in logs for event in EventLog.read(path)])
    try:
        chosen = select(events, time, status, review, tag, text)
    except InvalidValue as error:
        raise click.UsageError(str(error)) from None
    if doubtful:
        chosen = [event for event in chosen if event.doubts]
    if form == "yaml":
        echo_events(chosen)
    elif form == "json":
        say_json([flat_record(e) for e in chosen])
    else:
        _table(chosen, doubtful)
    return 0


def _table(events: list[Event], doubts: bool) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    if not console.is_terminal:
        for event in events:
            say("\t".join(_cells(event, doubts)))
        return
    table = Table(box=None, pad_edge=False)
    for name in ("when", "status", "review", "id", "title", *(["doubts"] if doubts else [])):
        table.add_column(name, overflow="fold", no_wrap=name in ("status", "review"))
    for event in events:
        table.add_row(*(Text(shown_in_line(cell)) for cell in _cells(event, doubts)))
    console.print(table)


def _cells(event: Event, doubts: bool) -> tuple[str, ...]:
    when = "unresolved" if event.when is None else str(event.when)
    return (
        when,
        event.status,
        event.review,
        event.id,
        " ".join(event.title.split()),
        *([", ".join(event.doubts)] if doubts else []),
    )
