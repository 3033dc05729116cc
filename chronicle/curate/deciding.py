"""What a person decides: each act is data, as it comes from the page, and a few calls of EventLog."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from attrs import evolve

from chronicle.article import Article
from chronicle.errors import InvalidValue
from chronicle.event import LIST_FIELDS, OUTCOMES, REVIEWS, Event, Source, slug
from chronicle.formats.records import from_record
from chronicle.log.eventlog import EventLog
from chronicle.resolve.typed import when_of

TEXT_FIELDS: Final = ("title", "status", "review", "according_to", "who", "whom", "notes", "outcome", "when")
# what two events that become one may have differently, to be chosen between
CHOSEN_FIELDS: Final = ("title", "when", "status", "according_to", "who", "whom")

Act = Mapping[str, Any]
Ids = tuple[str, ...]


def mark(log: EventLog, ids: Ids, act: Act) -> Ids:
    """Set the review of events: ``{"review": "confirmed"}``."""
    review = _one_of("review", act.get("review"), REVIEWS)
    for name in ids:
        log.set(name, review=review)
    return ids


def edit(log: EventLog, ids: Ids, act: Act) -> Ids:
    """Give fields of an event new values: ``{"fields": {"title": ..., "when": "early May", "places": [...], "sources": [...]}}``.

    A date that is corrected leaves the old one in ``previously`` and counts as confirmed, unless a review is given. Words such as "last Monday"
    are counted from the date of the event's articles.
    """
    (name,) = ids
    event = log.by_id(name)
    fields = _fields(_mapping("fields", act.get("fields")), event)
    sources = fields.pop("sources", None)
    if "when" in fields and fields["when"] != event.when:
        if event.when is not None and event.previously is None:
            fields["previously"] = str(event.when)
        fields.setdefault("review", "confirmed")
        if event.unresolved is not None:
            fields["unresolved"] = None
    if fields:
        log.set(name, **fields)
    if sources is not None:
        log.replace(evolve(log.by_id(name).copy(), sources=sources))
    return ids


def merge(log: EventLog, ids: Ids, act: Act) -> Ids:
    """Make one event of two: the first stays, ``{"take": ["when", "title"]}`` names the fields that it takes from the second.

    The date that is not taken is kept in ``previously``. Sources are joined, and what pointed at the second points at the first.
    """
    name, other = ids
    kept, gone = log.by_id(name), log.by_id(other)
    take = [_one_of("a field to take", field, CHOSEN_FIELDS) for field in _list("take", act.get("take"))]
    fields: dict[str, Any] = {field: getattr(gone, field) for field in take}
    if fields.get("when") is not None and kept.when is not None and fields["when"] != kept.when and kept.previously is None:
        fields["previously"] = str(kept.when)
    if fields.get("when") is None:
        fields.pop("when", None)
    if fields:
        log.set(name, **fields)
    log.merge(name, other)
    return ids


def split(log: EventLog, ids: Ids, act: Act) -> Ids:
    """Make two events of one that tells two: ``{"fields": ..., "second": ...}`` are the fields of both; the second keeps the sources."""
    (name,) = ids
    event = log.by_id(name)
    second = _fields(_mapping("second", act.get("second")), event)
    title = second.get("title") or ""
    if not title or title == event.title:
        raise InvalidValue("the second event needs a title of its own")
    second.pop("sources", None)
    new = evolve(event.copy(), id=_id(second.get("when", event.when), title), predicate=None, **second)
    # from the same words, so that it would be taken for the first; what tells them apart is what they are called
    added = log.add(new)
    if act.get("fields"):
        edit(log, ids, act)
    return (name, added.id)


def add(log: EventLog, act: Act, article: Article | None = None, quote: tuple[int, int] | None = None) -> Ids:
    """Add an event by hand: ``{"fields": {"title": ..., "when": ...}}``; with an article, of the words between two offsets in it.

    Words of time are counted from the article's date. What somebody adds is confirmed, unless a review is given.
    """
    sources: list[Source] = []
    if article is not None and quote is not None:
        start, end = quote
        if not 0 <= start < end <= len(article.text):
            raise InvalidValue("the words lie outside the article")
        sources.append(
            Source(
                article.key, article.published_text, article.title, article.publisher, article.url,
                quote=" ".join(article.text[start:end].split()), start=start, end=end,
            )
        )  # fmt: skip
    blank = Event("new", None, "new", review="confirmed", sources=sources)
    fields = _fields(_mapping("fields", act.get("fields")), blank)
    if not fields.get("title") or fields.get("when") is None:
        raise InvalidValue("an event that is added needs a title and a date")
    fields.pop("sources", None)
    event = evolve(blank, id=_id(fields["when"], fields["title"]), **fields)
    return (log.add(event).id,)


def link(log: EventLog, ids: Ids, act: Act) -> Ids:
    """Say what came of a plan: the first event settles the second, ``{"outcome": "done"}``; ``{"outcome": null}`` takes the link away."""
    name, other = ids
    if name == other:
        raise InvalidValue("an event is not its own outcome")
    event = log.by_id(name)
    outcome = act.get("outcome")
    if outcome is None:
        return unlink(log, ids, act)
    related = [*event.related, *([other] if other not in event.related else [])]
    log.set(name, related=related, outcome=_one_of("outcome", outcome, OUTCOMES))
    return (name,)


def unlink(log: EventLog, ids: Ids, act: Act) -> Ids:
    """Say that two events have nothing to do with each other, or that both dates hold: neither names the other any more."""
    one, two = ids
    for name, other in ((one, two), (two, one)):
        event = log.by_id(name)
        left = [r for r in event.related if r != other]
        if left != event.related:
            log.set(name, related=left or None, outcome=event.outcome if left else None)
    return ids


def settle(log: EventLog, ids: Ids, act: Act) -> Ids:
    """Settle a conflict of dates: ``{"keep": "first"}`` or ``"second"`` makes one event with that date, ``"both"`` leaves two that are not linked."""
    keep = _one_of("keep", act.get("keep"), ("first", "second", "both"))
    if keep == "both":
        return unlink(log, ids, act)
    return merge(log, ids, {"take": ["when"] if keep == "second" else []})


# the acts on events that are there: what does it, and how many events it is of (0: any number)
ACTS: Final[dict[str, tuple[Callable[[EventLog, Ids, Act], Ids], int]]] = {
    "mark": (mark, 0), "edit": (edit, 1), "merge": (merge, 2), "split": (split, 1), "link": (link, 2), "unlink": (unlink, 2), "settle": (settle, 2),
}  # fmt: skip


def misfits(event: Event) -> list[dict[str, str]]:
    """Return what no longer fits of an event's status and date, each with the status that would: told from the date of its articles."""
    published = event.published
    if event.when is None or published is None:
        return []
    told = when_of(published[:10])
    if event.status in ("planned", "expected") and event.when.latest < told.earliest:
        return [{"ask": f"It lies before {told.words()}, when its article appeared, and is {event.status}. Did it happen?", "status": "happened"}]
    if event.status in ("happened", "ongoing") and event.when.earliest > told.latest:
        return [{"ask": f"It lies after {told.words()}, when its article appeared. Was it planned?", "status": "planned"}]
    return []


def _id(when: Any, title: str) -> str:
    day = "" if when is None or when.earliest.is_infinite or when.precision != "day" else f"{when}-"
    return slug(title) if not day or not day[:4].isdigit() or len(day) != 11 else day + slug(title)


def _fields(given: Mapping[str, Any], event: Event) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in given.items():
        if name in LIST_FIELDS:
            items = [_text(name, item).strip() for item in _list(name, value)]
            fields[name] = [item for item in items if item]
        elif name == "sources":
            fields[name] = _sources(_list(name, value), event)
        elif name == "when":
            typed = _text(name, value).strip()
            fields[name] = when_of(typed, event.published, str(given.get("language") or "en"))
        elif name in TEXT_FIELDS:
            text = "" if value is None else _text(name, value)
            fields[name] = (text if name == "notes" else " ".join(text.split())) or None
            if fields[name] is None and name in ("title", "status", "review"):
                raise InvalidValue(f"an event needs its {name}")
        elif name != "language":
            raise InvalidValue(f"{name!r} is no field to change; there are {', '.join((*TEXT_FIELDS, *LIST_FIELDS, 'sources'))}")
    return fields


def _sources(records: list[Any], event: Event) -> list[Source]:
    """Return the sources that are left, as they were or with other words; offsets stay with those that are the same."""
    made = from_record({"id": "x", "title": "x", "when": None, "sources": records}).sources
    known = {str(s.to_dict()): s for s in event.sources}
    return [known.get(str(s.to_dict()), s) for s in made]


def _one_of(name: str, value: Any, known: tuple[str, ...]) -> str:
    if value not in known:
        raise InvalidValue(f"{name} is one of {', '.join(known)}, not {value!r}")
    return str(value)


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidValue(f"{name} is a text")
    return value


def _list(name: str, value: Any) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise InvalidValue(f"{name} is a list")
    return value


def _mapping(name: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise InvalidValue(f"{name} is an object")
    return value
