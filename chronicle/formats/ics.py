"""iCalendar (RFC 5545), written and read by icalendar (extra ``ics``).

Days and spans are all-day events, whose DTEND is the day after the last one; times of day are floating unless they name a zone. What
iCalendar cannot say of a date (open, about, some time within) stands in the summary's beginning, in the description and, as EDTF, in
X-CHRONICLE-WHEN; the review, people and organisations stand in X-CHRONICLE- properties too. No clock is read: DTSTAMP is the day of the
event's latest source.
"""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any, Final

import attrs

from chronicle.drawing.marks import published_days
from chronicle.errors import MissingLibrary
from chronicle.event import STATUSES, Event, Source, slug
from chronicle.formats import Exported, FormatError, Imported, Loss, left_out, unused
from chronicle.formats.moments import from_span, is_plain, span_of
from chronicle.time.when import When

_STATUS: Final = {"cancelled": "CANCELLED", "happened": "CONFIRMED", "ongoing": "CONFIRMED", "recurring": "CONFIRMED"}
_FIRST_PRIVATE, _LAST_PRIVATE = 0xF0000, 0xFFFFD
_FOLD = re.compile(rb"\r?\n[ \t]")
_FIRST_STAMP: Final = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_OWN: Final = ("WHEN", "STATUS", "REVIEW", "PEOPLE", "ORGANISATIONS", "TAGS", "DOUBTS", "ACCORDING-TO")
_KEPT: Final = frozenset(
    {
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "DURATION",
        "SUMMARY",
        "DESCRIPTION",
        "LOCATION",
        "CATEGORIES",
        "URL",
        "STATUS",
        "TRANSP",
    }
    | {f"X-CHRONICLE-{name}" for name in _OWN}
)
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
    mark = _unused_character(json.dumps([title, *map(attrs.asdict, events)], default=str, ensure_ascii=False))
    if title:
        calendar.add("x-wr-calname", _kept(title, mark))
    losses: list[Loss] = []
    for event in events:
        span = span_of(event.when) if event.when is not None else None
        if event.when is None or span is None or (span.first is None and span.last is None):
            why = "it has no date" if event.when is None else f"{event.when} is outside the years 1 to 9999"
            losses.append(Loss(event.id, f"left out: {why}"))
            continue
        calendar.add_component(_vevent(event, event.when, span.first, span.last, mark))
        losses += left_out(event, _LEFT_OUT)
        if len(event.sources) > 1 or any(s.quote or s.how for s in event.sources):
            losses.append(
                Loss(event.id, "sources: the first one's address is kept, the rest is text in the description")
            )
    return Exported(bytes(calendar.to_ical()).replace(mark.encode(), b"\\\\"), losses)


def _vevent(event: Event, when: When, first: datetime.date | None, last: datetime.date | None, mark: str) -> Any:
    vevent = _library().Event()
    vevent.add("uid", _kept(f"{event.id}@chronicle", mark))
    vevent.add("dtstamp", _stamp(event))
    plain = is_plain(when)
    vevent.add("summary", _kept(event.title if plain else f"({when.words()}) {event.title}", mark))
    begin = first or last
    assert begin is not None
    vevent.add("dtstart", begin)
    if first is not None and last is not None and last != first:
        vevent.add("dtend", last if isinstance(last, datetime.datetime) else last + datetime.timedelta(1))
    vevent.add("status", _STATUS.get(event.status, "TENTATIVE"))
    vevent.add("transp", "TRANSPARENT")
    vevent.add("description", _kept(_description(event, when), mark))
    if event.places:
        vevent.add("location", _kept(", ".join(event.places), mark))
    if event.tags:
        vevent.add("categories", [_kept(tag, mark) for tag in event.tags])
    if event.sources and event.sources[0].url:
        vevent.add("url", event.sources[0].url)
    own = {
        "WHEN": [str(when)], "STATUS": [event.status], "REVIEW": [event.review], "PEOPLE": event.people, "TAGS": event.tags,
        "ORGANISATIONS": event.organisations, "DOUBTS": event.doubts, "ACCORDING-TO": [event.according_to] if event.according_to else [],
    }  # fmt: skip
    for name, values in own.items():
        for value in values:
            vevent.add(f"x-chronicle-{name.lower()}", _kept(value, mark))
    return vevent


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


def read(raw: bytes, path: Path) -> Imported:
    """Read a calendar's events; repetitions, alarms, guests and the like are listed as left out. Raises FormatError."""
    calendar_class = _library().Calendar
    unfolded = _FOLD.sub(b"", raw)
    mark = _unused_character(unfolded.decode("utf-8", "replace"))
    try:
        calendars = calendar_class.from_ical(unfolded.replace(b"\\\\", mark.encode()), multiple=True)
    except (ValueError, KeyError, IndexError) as error:
        raise FormatError(f"{path}: not iCalendar: {error}") from None
    if not calendars:
        raise FormatError(f"{path}: not iCalendar: it does not begin with BEGIN:VCALENDAR")
    events: list[Event] = []
    losses: list[Loss] = []
    used: set[str] = set()
    for calendar in calendars:
        for part in calendar.walk():
            if part.name == "VEVENT":
                event = _event(part, path, losses, used, mark)
                if event is not None:
                    events.append(event)
            elif part.name not in ("VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT"):
                losses.append(Loss(str(path), f"a {part.name} is left out"))
    return Imported(events, losses)


def _event(part: Any, path: Path, losses: list[Loss], used: set[str], mark: str) -> Event | None:
    title = _text(part.get("summary"), mark).strip()
    uid = _text(part.get("uid"), mark)
    own = {name: [_text(v, mark) for v in _values(part, f"x-chronicle-{name.lower()}")] for name in _OWN}
    if "dtstart" not in part or not title:
        losses.append(
            Loss(uid or str(path), f"an event without {'SUMMARY' if 'dtstart' in part else 'DTSTART'} is left out")
        )
        return None
    when = _when(part, own["WHEN"])
    prefix = f"({when.words()}) "
    given = uid.removesuffix("@chronicle") if uid.endswith("@chronicle") else f"{str(when)[:10]}-{slug(title)}"
    name = unused(given, used)
    losses += [Loss(name, f"{key} is left out") for key in sorted({k.upper() for k in part} - _KEPT)]
    status = next((s for s in own["STATUS"] if s in STATUSES), None) or {
        "CANCELLED": "cancelled",
        "TENTATIVE": "planned",
    }.get(_text(part.get("status"), mark), "happened")
    url = str(part.get("url") or "").replace(mark, "\\\\") or None
    description = _text(part.get("description"), mark).strip() or None
    written_by_us = bool(own["WHEN"])
    return Event(
        name, when, title.removeprefix(prefix), status,
        next((r for r in own["REVIEW"] if r in ("proposed", "confirmed")), "proposed"),
        sources=[Source(url or path.name, url=url)],
        places=[_text(part["location"], mark)] if part.get("location") and not written_by_us else _split(part.get("location"), mark),
        people=own["PEOPLE"], organisations=own["ORGANISATIONS"], doubts=own["DOUBTS"], according_to=next(iter(own["ACCORDING-TO"]), None),
        tags=own["TAGS"] or [_text(c, mark) for value in _values(part, "categories") for c in getattr(value, "cats", [value])],
        notes=None if written_by_us else description,
    )  # fmt: skip


def _split(value: Any, mark: str) -> list[str]:
    return [place for place in _text(value, mark).split(", ") if place]


def _unused_character(text: str) -> str:
    """Return a character of private use that a text has not, to stand for backslashes meanwhile."""
    return next(chr(code) for code in range(_FIRST_PRIVATE, _LAST_PRIVATE) if chr(code) not in text)


def _kept(text: str, mark: str) -> str:
    """Put a backslash out of the library's reach, which takes one before N for a line break."""
    return text.replace("\\", mark)


def _text(value: Any, mark: str) -> str:
    return "" if value is None else str(value).replace(mark, "\\")


def _values(part: Any, name: str) -> list[Any]:
    value = part.get(name)
    return [] if value is None else value if isinstance(value, list) else [value]


def _when(part: Any, told: list[str]) -> When:
    """Return the When of DTSTART and DTEND; the EDTF beside them where it still means these days."""
    first = part.decoded("dtstart")
    last = part.decoded("dtend") if "dtend" in part else None
    if last is None and "duration" in part:
        last = first + part.decoded("duration")
    if last is not None and not isinstance(last, datetime.datetime):
        last -= datetime.timedelta(1)
    if isinstance(first, datetime.datetime) and first.tzinfo is not None:
        first = first.astimezone(datetime.UTC)
        last = last.astimezone(datetime.UTC) if last is not None else None
    if last is not None and last < first:
        last = None
    for text in told:
        try:
            when = When.parse(text)
        except ValueError:
            continue
        span = span_of(when)
        if span is not None and (span.first or span.last) == first and (last is None or last == span.last):
            return when
    return from_span(first, last)
