"""chronicle digest"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from chronicle.cli.options import echo_events, log_option, write_log
from chronicle.event import Event
from chronicle.log.eventlog import EventLog
from chronicle.story.days import DaysTold
from chronicle.story.digest import day_of, digest

_LOGS = (".yaml", ".yml")


@click.command(name="digest")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("-n", "--dates", "count", type=click.IntRange(1), default=12, show_default=True, help="How many dates.")
@log_option
def command(sources: tuple[str, ...], count: int, log_path: Path | None) -> int:
    """Choose the dates that matter to a story, each with the event that says it best.

    SOURCE is a log, an archive's folder, or articles as extract takes them. The events are printed as YAML, or written as proposed ones into
    a log of their own, to be curated and drawn like any other.

    \b
    Example:
      chronicle digest articles/ -n 12 --log events/short.yaml
      chronicle digest events/story.yaml -n 5
    """
    events: list[Event] = []
    told: list[DaysTold] | None = []
    failed = False
    for source in sources:
        path = Path(source)
        if (path / "state.json").exists():
            from chronicle.archive.store import Archive

            events.extend(Archive(path).find())
            told = None
        elif path.suffix.lower() in _LOGS or (path.is_dir() and any(path.glob("*.yaml"))):
            events.extend(EventLog.read(path))
            told = None
        else:
            failed |= _read(source, events, told)
    chosen = digest([e for e in events if e.review != "rejected"], count, told or None)
    if len(chosen) < count:
        click.echo(f"chronicle: {len(chosen)} days have an event of their own, {count} were asked for", err=True)
    if log_path is None:
        echo_events(chosen)
    else:
        log = EventLog.read(log_path, create=True)
        for event in _free(chosen, log):
            log.add(event)
        click.echo(f"{log_path}: {len(log)} events, {'written' if write_log(log) else 'nothing to change'}")
    return 1 if failed else 0


def _read(source: str, events: list[Event], told: list[DaysTold] | None) -> bool:
    """Take the events and days of articles; tells whether some could not be read."""
    from chronicle.extraction.extract import extract
    from chronicle.readers import read_articles
    from chronicle.resolve.find import find_times

    bad: list[str] = []
    for article in read_articles(source, on_error=lambda error: bad.append(str(error))):
        events.extend(extract(article))
        if told is not None and article.published is not None:
            mentions = find_times(article.text, article.published, article.language)
            days = frozenset(day for m in mentions if (day := day_of(m.when)) is not None)
            published = article.published
            told.append(DaysTold(published.date() if hasattr(published, "date") else published, days))
    for message in bad:
        click.echo(f"chronicle: {message}", err=True)
    return bool(bad)


def _free(chosen: Iterable[Event], log: EventLog) -> Iterable[Event]:
    """Yield the events that a log has not: run again, a digest adds nothing twice."""
    known = {key for event in log for key in event.keys}
    for event in chosen:
        if not event.keys & known:
            event.review = "proposed"
            yield event
