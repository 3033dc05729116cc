"""Checks of a log's sense: each looks at the whole log and yields faults. Faults of form come from reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from attrs import evolve

from chronicle.article import ArticleError, articles_in, read_article
from chronicle.characters import unseen
from chronicle.errors import InvalidValue
from chronicle.event import Event
from chronicle.log import nodes
from chronicle.log.eventlog import SUFFIXES, EventLog
from chronicle.log.faults import Fault
from chronicle.log.logfile import LogFile
from chronicle.log.nodes import Mapping, Node, Sequence
from chronicle.log.schema import Reader
from chronicle.nearest import Nearest


def check(
    path: str | Path | Iterable[str | Path], articles: str | Path | None = None
) -> list[Fault]:
    """Return everything that is wrong with a log, or with several, in order of place; an empty list where nothing is.

    Events of all of them, and of the other files beside a file, may be ``related``. Where the folder of the articles is given, the spans of
    sources are compared with their texts.

    Raises FileNotFoundError and OSError for a log that cannot be opened.
    """
    with nodes.without_collecting():
        return _check(path, articles)


def _check(path: str | Path | Iterable[str | Path], articles: str | Path | None) -> list[Fault]:
    paths = [path] if isinstance(path, (str, Path)) else list(path)
    logs = [EventLog.load(p) for p in paths]
    known = {event.id: event for log in reversed(logs) for event in log}
    texts = Articles(Path(articles)) if articles is not None else None
    found: list[Fault] = []
    for log in logs:
        found.extend(log.faults())
        for look in CHECKS:
            found.extend(look(log))
        found.extend(_related(log, known))
        if texts is not None:
            found.extend(_spans_beside_articles(log, texts))
    return sorted(dict.fromkeys(found), key=lambda f: (f.path, f.line, f.column))


def _place(log: EventLog, event: Event, *names: str) -> tuple[str, Node]:
    """Return the file of an event and the node of a field of it, or of the event where it has none."""
    file = log.file_of(event.id)
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


def _related(log: EventLog, known: dict[str, Event]) -> Iterator[Fault]:
    """Report related events that are not there or were rejected."""
    nearest: Nearest | None = None
    beside: dict[str, Event] | None = None
    for event in log:
        if event.review == "rejected":
            continue
        for name in event.related:
            other = known.get(name)
            if other is None:
                # a log's files may be checked one by one, as pre-commit does
                beside = _beside(log) if beside is None else beside
                other = beside.get(name)
            if other is None:
                nearest = nearest or Nearest(known)
                yield _fault(log, event, "related", f"there is no event {name!r}{nearest.hint(name)}", "related")
            elif other.review == "rejected" and event.outcome is None:
                # a plan may well be rejected once one knows what came of it
                yield _fault(
                    log, event, "related", f"the event {name!r} is rejected; take it out of related:", "related"
                )


def _beside(log: EventLog) -> dict[str, Event]:
    """Return the events of the other files in the folders of a log's files."""
    read = {file.path.resolve() for file in log.files}
    folders = {file.path.parent for file in log.files}
    found: dict[str, Event] = {}
    for folder in sorted(folders):
        for path in sorted(p for p in folder.iterdir() if p.suffix in SUFFIXES and not p.name.startswith(".")):
            if path.resolve() not in read and path.is_file():
                for name, event in LogFile(path, path.read_bytes()).events.items():
                    found.setdefault(name, event)
    return found


def _unseen(log: EventLog) -> Iterator[Fault]:
    """Report ids that are no line of visible characters, and texts that hold control characters: older logs may have them."""
    for event in log:
        hidden = unseen(event.id)
        if hidden is not None:
            message = f"the id holds U+{ord(hidden):04X}; give it one line of visible characters"
            yield _fault(log, event, "characters", message, "id")
        try:
            evolve(event, id="x", sources=[evolve(source) for source in event.sources])
        except InvalidValue as error:
            yield _fault(log, event, "characters", str(error))


class Articles:
    """The texts of a folder of articles, by the name that logs know them by: the file's, or what its front matter gives as id."""

    def __init__(self, folder: Path) -> None:
        self._paths = articles_in(folder)
        self._texts: dict[str, str] = {}
        self._ids: dict[str, str] | None = None

    def text(self, name: str) -> str | None:
        """Return the text of an article; None where it is not there or cannot be read."""
        if name not in self._texts and name in self._paths:
            self._read(name)
        if name not in self._texts:
            if self._ids is None:
                self._ids = {}
                for other in self._paths:
                    article_id = self._read(other)
                    if article_id is not None:
                        self._ids.setdefault(article_id, other)
            return self._texts.get(self._ids.get(name, ""))
        return self._texts[name]

    def _read(self, name: str) -> str | None:
        try:
            article = read_article(self._paths[name])
        except (ArticleError, OSError):
            return None
        self._texts[name] = article.text
        if article.id is not None and article.id != name:
            self._texts.setdefault(article.id, article.text)
        return article.id


def _spans_beside_articles(log: EventLog, articles: Articles) -> Iterator[Fault]:
    """Report spans at which the article has other words than the source says."""
    for event in log:
        for index, source in enumerate(event.sources):
            if source.start is None or source.end is None or source.expression is None:
                continue
            text = articles.text(source.article)
            if text is None:
                continue
            stands = " ".join(text[source.start : source.end].split())
            if stands != " ".join(source.expression.split()):
                message = f"{source.article} has {stands!r} at {source.start}-{source.end}, not {source.expression!r}"
                yield _source_fault(log, event, index, "quote", message)


CHECKS: Final[tuple[Callable[[EventLog], Iterator[Fault]], ...]] = (
    _told_twice,
    _sources_without_date,
    _spans_backwards,
    _confirmed_without_date,
    _unseen,
)
