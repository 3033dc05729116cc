"""schema.org Events as JSON-LD 1.1, for search engines and linked data.

schema.org's dates are ISO 8601: what they cannot say is said in words in the description and listed as a loss.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from chronicle.drawing.cards import may_link
from chronicle.errors import InvalidValue
from chronicle.event import Event, Source, id_of, unused
from chronicle.formats import Exported, FormatError, Imported, Loss, imported, left_out, text_of
from chronicle.formats.moments import is_plain, span_of
from chronicle.time.when import When

_STATUS: Final = {"cancelled": "https://schema.org/EventCancelled"}
_SCHEDULED: Final = "https://schema.org/EventScheduled"
_LEFT_OUT: Final = ("predicate", "who", "whom", "doubts", "according_to", "related", "outcome", "previously", "media", "extra")


def write(events: list[Event], title: str | None = None) -> Exported:
    """Write events as one JSON-LD document."""
    losses: list[Loss] = []
    graph: list[dict[str, Any]] = []
    for event in events:
        graph.append(_node(event, losses))
    whole: dict[str, Any] = {"@context": "https://schema.org", "@graph": graph}
    return Exported((json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8"), losses)


def _node(event: Event, losses: list[Loss]) -> dict[str, Any]:
    node: dict[str, Any] = {
        "@type": "Event",
        "@id": f"#{event.id}",
        "name": event.title,
        "eventStatus": _STATUS.get(event.status, _SCHEDULED),
    }
    said = [event.notes] if event.notes else []
    if event.when is not None:
        span = span_of(event.when)
        if span is None:
            losses.append(Loss(event.id, f"when: {event.when} is outside the years 1 to 9999; it is said in words"))
        else:
            node |= {
                key: day.isoformat()
                for key, day in (("startDate", span.first), ("endDate", span.last))
                if day is not None
            }
            if not is_plain(event.when):
                losses.append(
                    Loss(event.id, f"when: {event.when} is more than a first and a last day; it is said in words")
                )
        said.insert(0, event.when.words())
    else:
        losses.append(Loss(event.id, "it has no date"))
    if said:
        node["description"] = "; ".join(said)
    if event.status not in ("cancelled", "planned", "happened"):
        losses.append(Loss(event.id, f"status: {event.status} has no equal there"))
    if event.places:
        node["location"] = [{"@type": "Place", "name": p} for p in event.places]
    about = [{"@type": "Person", "name": p} for p in event.people] + [
        {"@type": "Organization", "name": o} for o in event.organisations
    ]
    if about:
        node["about"] = about
    if event.tags:
        node["keywords"] = event.tags
    if event.sources:
        node["subjectOf"] = [_article(s) for s in event.sources]
    losses += left_out(event, _LEFT_OUT)
    return node


def _article(source: Source) -> dict[str, Any]:
    node: dict[str, Any] = {"@type": "NewsArticle", "name": source.title or source.article}
    if may_link(source.url):
        node["url"] = source.url
    if source.published:
        node["datePublished"] = source.published
    if source.publisher:
        node["publisher"] = {"@type": "Organization", "name": source.publisher}
    if source.quote:
        node["abstract"] = source.quote
    return node


def read(raw: bytes, path: Path) -> Imported:
    """Read schema.org's Events of a JSON-LD document; what has no place in a log is listed. Raises FormatError where none can be read."""
    try:
        whole = json.loads(text_of(raw, path))
    except ValueError as error:
        raise FormatError(f"{path}: not JSON: {error}") from None
    events: list[Event] = []
    losses: list[Loss] = []
    bad: list[Loss] = []
    used: set[str] = set()
    nodes = list(_nodes(whole))
    if not nodes:
        raise FormatError(f"{path}: no JSON-LD of events: there is no object whose @type is Event")
    for number, node in enumerate(nodes, 1):
        try:
            event = _event(node, path, used)
        except (ValueError, TypeError, AttributeError) as error:
            bad.append(Loss(f"{path}: event {number}", str(error)))
            continue
        events.append(event)
        losses += [Loss(event.id, f"{key} is left out") for key in sorted(set(node) - _READ)]
    return imported(events, losses, bad)


_READ: Final = frozenset(
    ("@type", "@id", "@context", "name", "eventStatus", "startDate", "endDate", "description", "location", "about", "keywords", "subjectOf", "url")
)


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack += reversed(item)
        elif isinstance(item, dict):
            kinds = item.get("@type")
            if any(str(kind).endswith("Event") for kind in (kinds if isinstance(kinds, list) else [kinds])):
                yield item
            else:
                stack += [item[key] for key in ("@graph", "itemListElement", "item") if key in item]


def _event(node: dict[str, Any], path: Path, used: set[str]) -> Event:
    title = " ".join(str(node.get("name") or "").split())
    if not title:
        raise InvalidValue("the member name is missing")
    when = _when(node.get("startDate"), node.get("endDate"))
    given = str(node.get("@id") or "")
    name = unused(given[1:], used) if given.startswith("#") and len(given) > 1 else id_of(when, title, used)
    status = "cancelled" if str(node.get("eventStatus") or "").endswith("EventCancelled") else "happened"
    sources = [found for item in _listed(node.get("subjectOf")) if (found := _read_source(item)) is not None]
    url = str(node.get("url") or "")
    about = _listed(node.get("about"))
    keywords = node.get("keywords")
    tags = [part.strip() for part in keywords.split(",")] if isinstance(keywords, str) else [str(part) for part in _listed(keywords)]
    # chronicle's own description begins with the date in words
    notes = str(node.get("description") or "").strip()
    words = when.words() if when is not None else ""
    notes = notes.removeprefix(words).removeprefix("; ") if words and notes.startswith(words) else notes
    return Event(
        name, when, title, status, sources=sources or [Source(url if may_link(url) else f"{path.name}#{name}", url=url if may_link(url) else None)],
        places=[n for item in _listed(node.get("location")) if (n := _name(item))],
        people=[n for item in about if _is(item, "Person") and (n := _name(item))],
        organisations=[n for item in about if _is(item, "Organization") and (n := _name(item))],
        tags=[tag for tag in tags if tag], notes=notes or None,
    )  # fmt: skip


def _when(start: Any, end: Any) -> When | None:
    """Return the When of ISO 8601's dates; an end alone is an open start."""
    first, last = (_iso(str(value).strip()) if value else "" for value in (start, end))
    if not first and not last:
        return None
    if not last or first == last:
        return When.parse(first)
    return When.parse(f"{first or '..'}/{last}")


def _iso(text: str) -> str:
    """Return a date of schema.org as EDTF: seconds without fractions, none where they are 00."""
    return _NO_SECONDS.sub("", _FRACTION.sub("", text.replace("+00:00", "Z")).replace(" ", "T"))


_NO_SECONDS: Final = re.compile(r"(?<=T\d\d:\d\d):00(?=Z|[+-]|$)")
_FRACTION: Final = re.compile(r"[.,]\d+(?=Z|[+-]|$)")


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _is(item: Any, kind: str) -> bool:
    return isinstance(item, dict) and kind in _listed(item.get("@type"))


def _name(item: Any) -> str:
    """Return what to call a thing: its name, else its address, else itself if it is a text."""
    if isinstance(item, dict):
        return " ".join(str(item.get("name") or _name(item.get("address")) or "").split()) if "@value" not in item else str(item["@value"])
    return " ".join(item.split()) if isinstance(item, str) else ""


def _read_source(item: Any) -> Source | None:
    name = _name(item)
    if not name or not isinstance(item, dict):
        return None
    url = str(item.get("url") or "")
    kept = url if may_link(url) else None
    published = str(item["datePublished"]) if item.get("datePublished") else None
    return Source(name, published, publisher=_name(item.get("publisher")) or None, url=kept, quote=str(item["abstract"]) if item.get("abstract") else None)
