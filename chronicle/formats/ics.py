"""iCalendar (RFC 5545), written and read by icalendar (extra ``ics``).

Days and spans are all-day events, whose DTEND is the day after the last one; times of day are floating unless they name a zone. What
iCalendar cannot say of a date (open, about, some time within) stands in the summary's beginning, in the description and, as EDTF, in
X-CHRONICLE-WHEN; the review, people and organisations stand in X-CHRONICLE- properties too. No clock is read: DTSTAMP is the day of the
event's latest source. :mod:`chronicle.formats.ics_read` reads.
"""

from __future__ import annotations

import datetime
import itertools
import json
from pathlib import Path
from typing import Any, Final

import attrs

from chronicle.drawing.marks import published_days
from chronicle.errors import MissingLibrary
from chronicle.event import Event
from chronicle.formats import Exported, Imported, Loss, ics_read, left_out
from chronicle.formats.moments import is_plain, span_of
from chronicle.time.when import When

_STATUS: Final = {"cancelled": "CANCELLED", "happened": "CONFIRMED", "ongoing": "CONFIRMED", "recurring": "CONFIRMED"}
_FIRST_PRIVATE, _LAST_PRIVATE = 0xF0000, 0xFFFFD
#: what the library takes for its own, as it is written: a backslash before N for a line break, a mark of byte order (U+FEFF) for nothing
_TAKEN: Final = {"\\": b"\\\\", "\ufeff": "\ufeff".encode()}
_FIRST_STAMP: Final = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
# fields of an event that iCalendar has no place for
_LEFT_OUT: Final = ("predicate", "who", "whom", "related", "outcome", "previously", "media", "extra")


def _library() -> Any:
    try:
        import icalendar
    except ImportError:
        raise MissingLibrary(
            "iCalendar is written and read by icalendar, which is not installed: pip install 'chronicle-timeline[ics]'"
        ) from None
    return icalendar


def write(events: list[Event], title: str | None = None) -> Exported:
    """Write events as one calendar."""
    calendar = _library().Calendar()
    calendar.add("prodid", "-//chronicle//chronicle-timeline//EN")
    calendar.add("version", "2.0")
    marks = _unused_characters(json.dumps([title, *map(attrs.asdict, events)], default=str, ensure_ascii=False))
    if title:
        calendar.add("x-wr-calname", _library().vText(_kept(title, marks)))
    losses: list[Loss] = []
    for event in events:
        span = span_of(event.when) if event.when is not None else None
        if event.when is None or span is None or (span.first is None and span.last is None):
            why = "it has no date" if event.when is None else f"{event.when} is outside the years 1 to 9999"
            losses.append(Loss(event.id, f"left out: {why}"))
            continue
        calendar.add_component(_vevent(event, event.when, _in_utc(span.first), _in_utc(span.last), marks))
        losses += left_out(event, _LEFT_OUT)
        if len(event.sources) > 1 or any(s.quote or s.how for s in event.sources):
            losses.append(
                Loss(event.id, "sources: the first one's address is kept, the rest is text in the description")
            )
    content = bytes(calendar.to_ical())
    for mark, written in zip(marks, _TAKEN.values(), strict=True):
        content = content.replace(mark.encode(), written)
    return Exported(content, losses)


def _vevent(event: Event, when: When, first: datetime.date | None, last: datetime.date | None, marks: list[str]) -> Any:
    vevent = _library().Event()
    vevent.add("uid", _kept(f"{event.id}@chronicle", marks))
    vevent.add("dtstamp", _stamp(event))
    plain = is_plain(when)
    vevent.add("summary", _kept(event.title if plain else f"({when.words()}) {event.title}", marks))
    begin = first or last
    assert begin is not None
    vevent.add("dtstart", begin)
    if first is not None and last is not None and last != first:
        vevent.add("dtend", last if isinstance(last, datetime.datetime) else last + datetime.timedelta(1))
    vevent.add("status", _STATUS.get(event.status, "TENTATIVE"))
    vevent.add("transp", "TRANSPARENT")
    vevent.add("description", _kept(_description(event, when), marks))
    if event.places:
        vevent.add("location", _kept(", ".join(event.places), marks))
    if event.tags:
        vevent.add("categories", [_kept(tag, marks) for tag in event.tags])
    if event.sources and event.sources[0].url:
        vevent.add("url", event.sources[0].url)
    own = {
        "WHEN": [str(when)], "STATUS": [event.status], "REVIEW": [event.review], "PEOPLE": event.people, "TAGS": event.tags, "PLACES": event.places, "NOTES": [event.notes] if event.notes else [],
        "ORGANISATIONS": event.organisations, "DOUBTS": event.doubts, "ACCORDING-TO": [event.according_to] if event.according_to else [],
    }  # fmt: skip
    for name, values in own.items():
        for value in values:
            vevent.add(f"x-chronicle-{name.lower()}", _library().vText(_kept(value, marks)))
    return vevent


def _in_utc(day: datetime.date | None) -> datetime.date | None:
    """Return a moment with an offset as one in UTC: iCalendar knows no offsets."""
    return day.astimezone(datetime.UTC) if isinstance(day, datetime.datetime) and day.tzinfo is not None else day


def _stamp(event: Event) -> datetime.datetime:
    days = published_days(event.sources)
    if not days:
        return _FIRST_STAMP
    latest = max(days, key=lambda d: d.earliest.microseconds).earliest
    return latest.datetime().replace(tzinfo=datetime.UTC)


def _description(event: Event, when: When) -> str:
    lines = [f"{when.words()} ({event.status}, {event.review})"]
    for source in event.sources:
        if source.quote:
            lines.append(f"“{source.quote}”")
        lines.append(source.named)
    if event.notes:
        lines.append(event.notes)
    return "\n".join(lines)


def _unused_characters(text: str) -> list[str]:
    """Return characters of private use that a text has not, to stand for those of _TAKEN meanwhile."""
    free = (chr(code) for code in range(_FIRST_PRIVATE, _LAST_PRIVATE) if chr(code) not in text)
    return list(itertools.islice(free, len(_TAKEN)))


def _kept(text: str, marks: list[str]) -> str:
    """Put out of the library's reach what it would take for its own."""
    for mark, taken in zip(marks, _TAKEN, strict=True):
        text = text.replace(taken, mark)
    return text


def read(raw: bytes, path: Path) -> Imported:
    """Read a calendar's events; what cannot be read and what has no place in a log is listed with its line. Raises FormatError for no calendar."""
    return ics_read.read(raw, path, _library())
