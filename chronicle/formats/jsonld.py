"""schema.org Events as JSON-LD 1.1, for search engines and linked data.

schema.org's dates are ISO 8601: what they cannot say is said in words in the description and listed as a loss.
"""

from __future__ import annotations

import json
from typing import Any, Final

from chronicle.drawing.cards import may_link
from chronicle.event import Event, Source
from chronicle.formats import Exported, Loss, left_out
from chronicle.formats.moments import is_plain, span_of

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
