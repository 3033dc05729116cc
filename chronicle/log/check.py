"""Checks of a log's sense: each looks at the whole log and yields faults. Faults of form come from reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from chronicle.article import articles_in, read_article
from chronicle.event import Event
from chronicle.log.eventlog import EventLog
from chronicle.log.faults import Fault, did_you_mean
from chronicle.log.nodes import Mapping, Node, Sequence
from chronicle.log.schema import Reader


def check(path: str | Path, articles: str | Path | None = None) -> list[Fault]:
    """Return everything that is wrong with a log, in order of place; an empty list where nothing is.

    Where the folder of the articles is given, the spans of sources are compared with their texts.

    Raises FileNotFoundError and OSError for a log that cannot be opened.
    """
    log = EventLog.load(path)
    found = log.faults()
    for look in CHECKS:
        found.extend(look(log))
    if articles is not None:
        found.extend(_spans_beside_articles(log, Path(articles)))
    return sorted(found, key=lambda f: (f.path, f.line, f.column))


def _place(log: EventLog, event: Event, *names: str) -> tuple[str, Node]:
    """Return the file of an event and the node of a field of it, or of the event where it has none."""
    file = next(f for f in log.files if event.id in f.places)
    node: Node = file.node(event.id)
    for name in names:
        inner = node.get(name) if isinstance(node, Mapping) else None
        if inner is None:
            break
        node = inner
    return str(file.path), node


def _fault(log: EventLog, event: Event, code: str, message: str, *names: str) -> Fault:
    path, node = _place(log, event, *names)
    return Fault(path, node.line + 1, node.column + 1, code, message, event.id)


def _told_twice(log: EventLog) -> Iterator[Fault]:
    """Report the same title at the same time in two events."""
    seen: dict[tuple[str, str], Event] = {}
    for event in log:
        if event.review == "rejected" or event.when is None:
            continue
        key = (str(event.when), event.title.casefold())
        first = seen.setdefault(key, event)
        if first is not event:
            message = f"the same title and time stand in {first.id!r}; merge the two or reject one"
            yield _fault(log, event, "twice", message, "title")


def _source_fault(log: EventLog, event: Event, index: int, code: str, message: str) -> Fault:
    path, node = _place(log, event, "sources")
    place = node.items[index] if isinstance(node, Sequence) and index < len(node.items) else node
    return Fault(path, place.line + 1, place.column + 1, code, message, event.id)


def _sources_without_date(log: EventLog) -> Iterator[Fault]:
    """Report sources whose publication date is not said; ``unknown`` says that it is not known."""
    for event in log:
        for index, source in enumerate(event.sources):
            if source.published is None:
                message = (
                    f"the source {source.article!r} has no publication date; write published: with ISO 8601, or unknown"
                )
                yield _source_fault(log, event, index, "source-date", message)


def _spans_backwards(log: EventLog) -> Iterator[Fault]:
    """Report spans that end before they begin, or do not have the length of their expression."""
    for event in log:
        for index, source in enumerate(event.sources):
            if source.start is None or source.end is None:
                continue
            span = f"the span {source.start}-{source.end}"
            if source.end <= source.start:
                yield _source_fault(log, event, index, "span", f"{span} ends before it begins")
            elif source.expression is not None and len(source.expression) != source.end - source.start:
                message = f"{span} has not the length of its expression, {source.expression!r}"
                yield _source_fault(log, event, index, "span", message)


def _when_as_written(log: EventLog, event: Event) -> str | None:
    """Return the text of an event's when: field, readable or not."""
    node = _place(log, event)[1]
    value = node.get("when") if isinstance(node, Mapping) else None
    return Reader.text(value)


def _confirmed_without_date(log: EventLog) -> Iterator[Fault]:
    """Report events that a person confirmed although they have no date."""
    for event in log:
        if event.review != "confirmed" or event.when is not None:
            continue
        if _when_as_written(log, event) in (None, "unresolved"):
            message = "the event is confirmed but has no date; write when: with EDTF, or leave it proposed"
            yield _fault(log, event, "no-date", message, "when")


def _related(log: EventLog) -> Iterator[Fault]:
    """Report related events that are not there or were rejected."""
    known = {e.id: e for e in log}
    for event in log:
        if event.review == "rejected":
            continue
        for name in event.related:
            if name not in known:
                yield _fault(log, event, "related", f"there is no event {name!r}{did_you_mean(name, known)}", "related")
            elif known[name].review == "rejected" and event.outcome is None:
                # a plan may well be rejected once one knows what came of it
                yield _fault(
                    log, event, "related", f"the event {name!r} is rejected; take it out of related:", "related"
                )


def _spans_beside_articles(log: EventLog, folder: Path) -> Iterator[Fault]:
    """Report spans at which the article has other words than the source says."""
    paths = articles_in(folder)
    texts: dict[str, str] = {}
    for event in log:
        for index, source in enumerate(event.sources):
            if source.start is None or source.end is None or source.expression is None or source.article not in paths:
                continue
            if source.article not in texts:
                texts[source.article] = read_article(paths[source.article]).text
            stands = " ".join(texts[source.article][source.start : source.end].split())
            if stands != " ".join(source.expression.split()):
                message = f"{source.article} has {stands!r} at {source.start}-{source.end}, not {source.expression!r}"
                yield _source_fault(log, event, index, "quote", message)


CHECKS: Final[tuple[Callable[[EventLog], Iterator[Fault]], ...]] = (
    _told_twice,
    _sources_without_date,
    _spans_backwards,
    _confirmed_without_date,
    _related,
)
