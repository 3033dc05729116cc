"""chronicle find"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from chronicle.archive.question import Question
from chronicle.archive.store import Archive, event_of, line_of
from chronicle.cli.options import write_log
from chronicle.event import STATUSES
from chronicle.log.eventlog import EventLog
from chronicle.story.gathering import articles_of, as_one, gathered

_SHOWN = 50


@click.command(name="find")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER")
@click.option("--about", help="Words in the title, the quote or the names.")
@click.option("--who", help="Words in who takes part, or who says so.")
@click.option("--during", metavar="EDTF", help="A time that the event's overlaps: 2020/2021, 2021-07.")
@click.option("--told", metavar="EDTF", help="When the article was published.")
@click.option("--status", type=click.Choice(STATUSES))
@click.option("--language", help="The language of the article: en, de, ru.")
@click.option("--text", help="Letters as they stand in the quote.")
@click.option("--like", metavar="EVENT", help="An event's id: others that share words with its title, the most alike first.")
@click.option("--sort", type=click.Choice(("time", "told", "published")), default="time", show_default=True)
@click.option("--limit", type=click.IntRange(1), help=f"At most so many ({_SHOWN} in a table, all in JSON Lines and into a log).")
@click.option("--format", "form", type=click.Choice(("table", "jsonl")), default="table", show_default=True)
@click.option("--log", "log_path", type=click.Path(path_type=Path), help="Merge what is found into this log, to be curated.")
@click.option("--sources", type=click.IntRange(1), default=10, show_default=True, help="Into a log, at most so many sources for an event.")
@click.option("--problems", is_flag=True, help="List what could not be read into the archive.")
def command(folder: Path, form: str, log_path: Path | None, sources: int, problems: bool, **wanted: object) -> int:
    """Look for events in an archive.

    \b
    Example:
      chronicle find archive/ --about "Doha" --during 2020/2021 --sort told
      chronicle find archive/ --about "harbour bridge" --log events/bridge.yaml
    """
    archive = Archive(folder)
    if problems:
        for row in archive.to_arrow("problems").to_pylist():
            click.echo(row["problem"])
        return 0
    cut = form == "table" and log_path is None and wanted["limit"] is None
    rows = archive.rows(Question.of({**wanted, "limit": _SHOWN + 1} if cut else wanted))
    if log_path is not None:
        return _into(log_path, rows, sources)
    if form == "jsonl":
        for row in rows:
            click.echo(line_of(row))
        return 0
    for row in rows[:_SHOWN] if cut else rows:
        cells = (row["when"] or "unresolved", row["status"], f"{row['article']}#{row['id']}", " ".join(row["title"].split()))
        click.echo("\t".join(cells))
    if not rows:
        click.echo("chronicle: nothing is found; --about takes words, --during and --told take times", err=True)
    elif cut and len(rows) > _SHOWN:
        click.echo(f"chronicle: the first {_SHOWN} are shown; give --limit for more, or --format jsonl for all", err=True)
    return 0


def _into(log_path: Path, rows: list[dict[str, Any]], most: int) -> int:
    """Merge the events of rows into a log: those that tell one happening become one event with their sources, at most so many of them."""
    log = EventLog.read(log_path, create=True)
    found = []
    for group in gathered(map(event_of, rows)):
        event = as_one(group, most)
        told = articles_of(group)
        if told > most:
            event.extra = {**event.extra, "told_by": f"{told} articles"}
        found.append(event)
    report = log.take(found)
    written = write_log(log)
    click.echo(f"{log_path}: {report}; {len(log)} events, {'written' if written else 'nothing to change'}")
    return 0
