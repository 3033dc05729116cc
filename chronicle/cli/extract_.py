"""chronicle extract"""

from __future__ import annotations

from pathlib import Path

import click

from chronicle.article import Article, ArticleError, read_article
from chronicle.cli.options import published_option, write_schema
from chronicle.event import Event
from chronicle.extract.extract import extract
from chronicle.log.eventlog import EventLog
from chronicle.log.merge import Merger
from chronicle.log.text import event_lines


@click.command(name="extract")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE..."
)
@published_option
@click.option(
    "--log",
    "log_path",
    type=click.Path(path_type=Path),
    help="The log to add to; without it YAML goes to standard output.",
)
def command(files: tuple[Path, ...], published: str | None, log_path: Path | None) -> int:
    """Read articles (.txt, .md) and write their dated events as YAML.

    Into a log only what is new is added; what a person confirmed, corrected or rejected stays. Exit code 1 where an expression could
    not be resolved for want of a publication date, or a file could not be read.

    \b
    Example:
      chronicle extract seeds/afghan-peace/*.md --log events/afghan-peace.yaml
      chronicle extract article.txt --published 2021-07-16
    """
    failed = False
    read: list[tuple[Path, list[Event]]] = []
    for path in files:
        try:
            article = read_article(path, published)
        except ArticleError as error:
            click.echo(f"chronicle: {error}", err=True)
            failed = True
            continue
        events = extract(article)
        failed |= _complain_of_unresolved(path, article, events)
        read.append((path, events))
    if log_path is None:
        click.echo("events:" if any(events for _, events in read) else "events: []")
        for _, events in read:
            for event in events:
                click.echo("\n".join(event_lines(event, "")))
    else:
        _into(log_path, read)
    return 1 if failed else 0


def _complain_of_unresolved(path: Path, article: Article, events: list[Event]) -> bool:
    unresolved = [e for e in events if e.when is None]
    if not unresolved:
        return False
    expressions = ", ".join(f"“{e.sources[0].expression}”" for e in unresolved[:5])
    more = f" and {len(unresolved) - 5} more" if len(unresolved) > 5 else ""
    if article.published is None:
        remedy = "the article has no publication date: give --published DATE, or published: in its front matter"
    else:
        remedy = f"{unresolved[0].unresolved}; write when: by hand"
    click.echo(f"chronicle: {path}: unresolved: {expressions}{more}; {remedy}", err=True)
    return True


def _into(log_path: Path, read: list[tuple[Path, list[Event]]]) -> None:
    log = EventLog.read(log_path, create=True)
    merger = Merger(log)
    for path, events in read:
        report = merger.merge(events)
        click.echo(f"{path}: {report}")
        for new, old in report.conflicts:
            click.echo(f"  conflict: {new.id} ({new.when}) and {old.id} ({old.when}) tell the same; keep one date")
    is_new = not log_path.exists()
    written = log.write()
    if is_new and written:
        write_schema(log_path.parent)
    click.echo(f"{log_path}: {len(log)} events, {'written' if written else 'nothing to change'}")
