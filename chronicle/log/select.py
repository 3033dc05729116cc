"""Selecting events: by time in words or EDTF, by status, review, tag, source and text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chronicle.errors import InvalidValue
from chronicle.event import Event
from chronicle.resolve.typed import when_of
from chronicle.time.when import When

_WORDED = re.compile(r"(during|in|on|before|after|since|from|until|till|by)\s+(.+)", re.IGNORECASE | re.DOTALL)


def parse_time(text: str) -> tuple[str, When]:
    """Read "during 2020", "before March 2021", "since 3 May 2020" or EDTF; returns how and which time. Raises ValueError."""
    found = _WORDED.fullmatch(text.strip())
    how, rest = (found[1].lower(), found[2]) if found else ("during", text.strip())
    try:
        when = when_of(rest)
    except ValueError as error:
        raise InvalidValue(
            f"{text!r} is no time to select by; write EDTF or a date such as 'before March 2021' ({error})"
        ) from None
    return how, when


def fits_time(event: Event, how: str, when: When) -> bool:
    """Tell whether an event lies as asked to a time; one without a date never does."""
    if event.when is None:
        return False
    # a day that is asked for is the day that is written, whatever the zone
    own = event.when.local if when.local == when else event.when
    if how == "before":
        return own.earliest < when.earliest
    if how == "after":
        return own.latest > when.latest
    if how in ("since", "from"):
        return own.latest >= when.earliest
    if how in ("until", "till", "by"):
        return own.earliest <= when.latest
    return own.overlaps(when)


def select(
    events: Iterable[Event],
    time: str | None = None,
    status: Iterable[str] = (),
    review: Iterable[str] = (),
    tag: Iterable[str] = (),
    text: str | None = None,
) -> list[Event]:
    """Return the events that fit all that is asked; several statuses, reviews or tags are alternatives. Raises ValueError."""
    asked = parse_time(time) if time else None
    statuses, reviews, tags = set(status), set(review), set(tag)
    needle = text.casefold() if text else None
    return [
        e
        for e in events
        if (asked is None or fits_time(e, *asked))
        and (not statuses or e.status in statuses)
        and (not reviews or e.review in reviews)
        and (not tags or not tags.isdisjoint((*e.tags, *e.people, *e.organisations, *e.places)))
        and (needle is None or needle in _haystack(e))
    ]


def _haystack(event: Event) -> str:
    parts = [event.id, event.title, event.notes or ""]
    for source in event.sources:
        parts.extend((source.quote or "", source.article, source.title or ""))
    return "\n".join(parts).casefold()
