"""chronicle extract"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from chronicle.article import parse_published
from chronicle.cli.options import (
    check_reader,
    echo_events,
    fields_option,
    log_option,
    nlp_option,
    published_option,
    write_log,
)
from chronicle.cli.run import Done, Journal, Work, progress, results
from chronicle.cli.terminal import FAULT, Terminated, complain, say
from chronicle.event import Event
from chronicle.log.eventlog import EventLog
from chronicle.log.take import Report
from chronicle.readers import Place, places
from chronicle.readers.limits import Limits

_CHUNK = 200  # files between two writings of the log
_LISTED = 20  # bad files that are named at the end


@click.command(name="extract")
@click.argument("sources", nargs=-1, required=True, metavar="FILE...")
@published_option
@log_option
@fields_option
@click.option(
    "--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that read and extract at once."
)
@nlp_option
@click.option(
    "--max-size", type=click.IntRange(1), default=256, show_default=True, metavar="MB", help="Of each file, unpacked; of an archive, of each page."
)
@click.option("--max-depth", type=click.IntRange(1), default=200, show_default=True, help="Of lists and objects of JSON inside each other.")
@click.option("--max-seconds", type=click.FloatRange(0, min_open=True), default=60.0, show_default=True, help="For reading a file.")
@click.option("--language", metavar="CODE", help="The language of all of them; without it each article's own word, else it is found out.")
@click.option("--resume", is_flag=True, help="Go on where an earlier run into the same log was stopped.")
def command(
    sources: tuple[str, ...],
    published: str | None,
    log_path: Path | None,
    fields: dict[str, str],
    jobs: int,
    nlp: str,
    max_size: int,
    max_depth: int,
    max_seconds: float,
    language: str | None,
    resume: bool,
) -> int:
    """Read articles and write their dated events as YAML.

    FILE is a file, a folder, a glob, or - for standard input: .txt, .md, .html, RSS and Atom, .json, .jsonl, .csv, .warc, and .gz and .zst of these.
    Into a log only what is new is added; what a person confirmed, corrected or rejected stays. Exit code 1 where an expression could
    not be resolved for want of a publication date, or an article could not be read; those are listed at the end.

    \b
    Example:
      chronicle extract seeds/afghan-peace/*.md --log events/afghan-peace.yaml
      chronicle extract article.txt --published 2021-07-16
      chronicle extract archive/ --log events/archive.yaml --jobs 4
    """
    if resume and log_path is None:
        raise click.UsageError("--resume goes on with a log: give --log too")
    bad: list[str] = []
    found = list(places(sources, lambda error: bad.append(str(error))))
    for message in bad:
        complain(message)
    if not found:
        return 2
    journal = Journal(log_path, resume) if log_path is not None else None
    todo = [place for place in found if journal is None or not journal.has(place)]
    if len(todo) < len(found):
        say(f"{len(found) - len(todo)} of {len(found)} files were done before", err=True)
    check_reader(nlp)
    work = Work(parse_published(published) if published is not None else None, fields, nlp, Limits(max_size * 1024**2, max_depth, max_seconds), language)
    said: list[str] = []
    faults: list[str] = []
    done = progress(results(todo, work, jobs), len(todo))
    try:
        if log_path is None or journal is None:
            echo_events(_events(done, said, faults))
        else:
            _into(log_path, done, journal, said, faults)
    except (KeyboardInterrupt, Terminated) as error:
        if log_path is not None:
            say(f"chronicle: stopped; what was done is in {log_path}: go on with --resume", err=True)
        return 130 if isinstance(error, KeyboardInterrupt) else 143
    if len(todo) > 1 and said:
        say(f"chronicle: {len(said)} of {len(todo)} files need a look:", err=True)
        for line in said[:_LISTED]:
            say(f"  {line}", err=True)
        if len(said) > _LISTED:
            say(f"  and {len(said) - _LISTED} more", err=True)
    if journal is not None:
        journal.finish()
    return FAULT if faults else 1 if bad or said else 0


def _told(done: Done, said: list[str], faults: list[str]) -> None:
    """Say what went wrong with a file, and note that it did."""
    for message in done.complaints:
        complain(message)
    if done.complaints:
        said.append(f"{done.place.name}: {len(done.complaints)} complaint{'s' if len(done.complaints) > 1 else ''}")
    if done.faults:
        faults.append(done.place.name)


def _events(all_done: Iterator[Done], said: list[str], faults: list[str]) -> Iterator[Event]:
    """Yield the events of all articles, and say what there is to say of each."""
    for done in all_done:
        _told(done, said, faults)
        for note, _, events in done.articles:
            if note:
                say(note, err=True)
            yield from events


def _into(log_path: Path, all_done: Iterator[Done], journal: Journal, said: list[str], faults: list[str]) -> None:
    """Merge what is found into a log, which is written every so often: a run that is stopped loses at most a chunk, and repeats none."""
    log = EventLog.read(log_path, create=True)
    written = False
    waiting: list[Place] = []

    def write() -> None:
        nonlocal written
        written |= write_log(log)
        journal.add(waiting)
        waiting.clear()

    try:
        for done in all_done:
            _told(done, said, faults)
            whole = Report()
            for note, article, events in done.articles:
                if note:
                    say(note)
                report = log.take_events(events, article)
                whole = whole.plus(report)
                for remark in report.remarks():
                    say(f"  {remark}")
            if done.articles:
                say(f"{done.place.name}: {whole}")
            waiting.append(done.place)
            if len(waiting) >= _CHUNK:
                write()
    finally:
        write()
    say(f"{log_path}: {len(log)} events, {'written' if written else 'nothing to change'}")
