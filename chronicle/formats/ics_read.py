"""iCalendar, read: line by line, so that one line or event that cannot be read costs no other, and is named with its number.

Dates, durations, parameters and zones are icalendar's to read (RFC 5545). A moment keeps the day and the clock that are written: TZID becomes the
offset that its zone has then (IANA's names, Windows' names, the file's own VTIMEZONE).
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any, Final

from attrs import define, field

from chronicle.errors import InvalidValue
from chronicle.event import STATUSES, Event, Source, id_of, unused
from chronicle.formats import FormatError, Imported, Loss
from chronicle.formats.moments import from_span, span_of
from chronicle.time.when import When

OWN: Final = ("WHEN", "STATUS", "REVIEW", "PEOPLE", "ORGANISATIONS", "PLACES", "NOTES", "TAGS", "DOUBTS", "ACCORDING-TO")
_KEPT: Final = frozenset(
    ("UID", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "URL", "STATUS", "TRANSP", *(f"X-CHRONICLE-{name}" for name in OWN))
)
_ONCE: Final = ("UID", "DTSTART", "DTEND", "DURATION", "SUMMARY", "DESCRIPTION", "LOCATION", "URL", "STATUS")
_CALENDARS: Final = frozenset(("VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME", "X-WR-TIMEZONE"))
_NAME: Final = re.compile(r"[A-Za-z0-9-]+(?=[;:])")
_ESCAPED: Final = re.compile(r"\\([\\;,nN])")
_UNESCAPED_COMMA: Final = re.compile(r"((?:[^\\,]|\\.)*)(?:,|$)", re.DOTALL)
_LEAP: Final = re.compile(r"(?<=T\d{4})60(?=Z?$)")
_STATES: Final = {"CANCELLED": "cancelled", "TENTATIVE": "planned"}


@define
class _Line:
    number: int
    name: str
    params: dict[str, str]
    value: str


@define
class _Part:
    """A component: its name, its lines, and the components in it."""

    name: str
    number: int
    lines: list[_Line] = field(factory=list)
    parts: list[_Part] = field(factory=list)

    def all(self, name: str) -> list[_Line]:
        return [line for line in self.lines if line.name == name]

    def text(self, name: str) -> str:
        found = self.all(name)
        return _text(found[0].value) if found else ""

    def walk(self) -> list[_Part]:
        found = [self]
        for part in found:
            found += part.parts
        return found


@define
class _Reader:
    library: Any
    path: Path
    losses: list[Loss] = field(factory=list)
    zones: dict[str, Any] = field(factory=dict)
    used: set[str] = field(factory=set)

    def lost(self, line: _Line | int, what: str) -> None:
        number = line if isinstance(line, int) else line.number
        self.losses.append(Loss(f"{self.path}:{number}", what))


def read(raw: bytes, path: Path, library: Any) -> Imported:
    """Read a calendar's events. Raises FormatError for what is no calendar at all."""
    reader = _Reader(library, path)
    whole = _structure(_decoded(raw, reader), reader)
    if not any(part.name == "VCALENDAR" for part in whole.parts):
        raise FormatError(f"{path}: not iCalendar: it does not begin with BEGIN:VCALENDAR")
    events: list[Event] = []
    title = None
    parts = whole.walk()
    for part in parts:
        if part.name == "VTIMEZONE":
            _learn_zone(part, reader)
    for part in parts:
        if part.name == "VEVENT":
            try:
                event = _event(part, reader)
            except InvalidValue as error:
                reader.lost(part.number, f"an event is left out: {error}")
                continue
            if event is not None:
                events.append(event)
        elif part.name == "VCALENDAR":
            title = title or part.text("X-WR-CALNAME").strip() or None
            for line in part.lines:
                if line.name not in _CALENDARS:
                    reader.lost(line, f"{line.name} is left out")
        elif part.name not in ("", "VTIMEZONE", "STANDARD", "DAYLIGHT"):
            reader.lost(part.number, f"a {part.name} is left out")
    return Imported(events, reader.losses, title)


def _decoded(raw: bytes, reader: _Reader) -> str:
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        reader.lost(line, "not UTF-8 here: the file is read as windows-1252; save it as UTF-8 where that is wrong")
        return raw.decode("cp1252", "replace")


def _structure(text: str, reader: _Reader) -> _Part:
    """Return the file's components. Lines that are none, ends without a beginning and beginnings without an end are named."""
    root = _Part("", 0)
    open_parts = [root]
    for number, content in _unfolded(text):
        if not content.strip():
            continue
        if _NAME.match(content) is None:
            reader.lost(number, f"{content[:60]!r} is no property and is left out; a line that goes on begins with a space")
            continue
        line = _line(number, content, reader)
        if line is None:
            continue
        if line.name == "BEGIN":
            part = _Part(line.value.strip().upper(), number)
            open_parts[-1].parts.append(part)
            open_parts.append(part)
        elif line.name == "END":
            wanted = line.value.strip().upper()
            if all(part.name != wanted for part in open_parts[1:]):
                reader.lost(number, f"END:{wanted} ends nothing")
                continue
            while open_parts.pop().name != wanted:
                pass
        else:
            open_parts[-1].lines.append(line)
    for part in open_parts[1:]:
        reader.lost(part.number, f"{part.name} is not ended: the file is cut off; write END:{part.name}")
    return root


def _unfolded(text: str) -> list[tuple[int, str]]:
    """Return the content lines with their numbers: a line that begins with a space or a tab goes on the one before it."""
    found: list[tuple[int, list[str]]] = []
    # str.splitlines would part a line at U+2028 and others too
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if line[:1] in (" ", "\t") and found:
            found[-1][1].append(line[1:])
        else:
            found.append((number, [line]))
    return [(number, "".join(parts)) for number, parts in found]


def _line(number: int, content: str, reader: _Reader) -> _Line | None:
    from icalendar.parser import Contentline

    head = _head(content)
    try:
        name, params, _ = Contentline(content[: head + 1] + "x").parts()  # type: ignore[no-untyped-call]
    except (ValueError, IndexError, KeyError) as error:
        reader.lost(number, f"{content[:60]!r} cannot be read and is left out: {error}")
        return None
    told = {str(key).upper(): ",".join(value) if isinstance(value, list) else str(value) for key, value in params.items()}
    return _Line(number, str(name).upper(), told, content[head + 1 :])


def _head(content: str) -> int:
    """Return where the colon stands that ends a line's name and parameters: the first outside quotation marks."""
    quoted = False
    for at, character in enumerate(content):
        if character == '"':
            quoted = not quoted
        elif character == ":" and not quoted:
            return at
    return content.find(":") if ":" in content else len(content)


def _text(value: str) -> str:
    return _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], value)


def _texts(value: str) -> list[str]:
    """Return the items of a list: commas part them, where no backslash stands before."""
    return [found for m in _UNESCAPED_COMMA.finditer(value) if (found := _text(m[1]).strip())]


def _learn_zone(part: _Part, reader: _Reader) -> None:
    name = part.text("TZID")
    if not name:
        return
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    for rule in part.parts:
        lines += [f"BEGIN:{rule.name}", *(f"{line.name}:{line.value}" for line in rule.lines), f"END:{rule.name}"]
    try:
        reader.zones[name] = reader.library.Timezone.from_ical("\r\n".join([*lines, "END:VTIMEZONE", ""])).to_tz()
    except Exception as error:  # whatever the library stumbles over there, the zone is only one that is not known
        reader.lost(part.number, f"the zone {name!r} cannot be read: {' '.join(str(error).split())[:100]}")


def _zone(name: str, line: _Line, reader: _Reader) -> datetime.tzinfo | None:
    """Return a zone by its name: IANA's, Windows', the file's own; None for one that is not known, which is named."""
    import zoneinfo

    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    plain = name.strip('"')
    for known in (plain, plain.lstrip("/"), "/".join(plain.split("/")[-2:]), WINDOWS_TO_OLSON.get(plain, "")):
        try:
            if known:
                return zoneinfo.ZoneInfo(known)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            continue
    own: datetime.tzinfo | None = reader.zones.get(plain)
    if own is None:
        reader.lost(line, f"the zone {plain!r} is not known: the clock is kept, without a zone; name one of IANA's")
    return own


def _moment(line: _Line, reader: _Reader) -> datetime.date | None:
    """Return a date or moment, with the offset of its zone then; None where it cannot be read, which is named."""
    if line.params.get("VALUE", "").upper() not in ("", "DATE", "DATE-TIME"):
        reader.lost(line, f"{line.name} of VALUE={line.params['VALUE']} is left out; a DATE or a DATE-TIME is expected")
        return None
    value = line.value.strip()
    try:
        found = reader.library.vDDDTypes.from_ical(_LEAP.sub("59", value))
    except (ValueError, KeyError, IndexError, TypeError, OverflowError):
        found = None
    if not isinstance(found, datetime.date):
        reader.lost(line, f"{line.name} {value[:40]!r} is no date and is left out; write 20240131 or 20240131T210000")
        return None
    if isinstance(found, datetime.datetime) and found.tzinfo is None and (name := line.params.get("TZID")):
        zone = _zone(name, line, reader)
        offset = found.replace(tzinfo=zone).utcoffset() if zone is not None else None
        if offset is not None:
            found = found.replace(tzinfo=datetime.timezone(offset))
    day: datetime.date = found
    return day


def _event(part: _Part, reader: _Reader) -> Event | None:
    title = " ".join(part.text("SUMMARY").split())
    starts = part.all("DTSTART")
    if not starts or not title:
        reader.lost(part.number, f"an event without {'SUMMARY' if starts else 'DTSTART'} is left out")
        return None
    first = _moment(starts[0], reader)
    if first is None:
        reader.lost(part.number, f"the event {title!r} is left out: it has no date that can be read")
        return None
    own = {name: [_text(line.value) for line in part.all(f"X-CHRONICLE-{name}")] for name in OWN}
    when = _when(part, first, own["WHEN"], reader)
    uid = part.text("UID").strip()
    own_id = uid.removesuffix("@chronicle") if uid.endswith("@chronicle") else ""
    name = unused(own_id, reader.used) if own_id else id_of(when, title, reader.used)
    for line in part.lines:
        if line.name not in _KEPT:
            reader.losses.append(Loss(name, f"{line.name} is left out (line {line.number})"))
    for repeated in _ONCE:
        reader.losses += [Loss(name, f"{repeated} a second time is left out (line {line.number})") for line in part.all(repeated)[1:]]
    status = next((s for s in own["STATUS"] if s in STATUSES), None) or _STATES.get(part.text("STATUS").strip().upper(), "happened")
    url = next((line.value.strip() for line in part.all("URL")), "") or None
    written_by_us = bool(own["WHEN"])
    location = part.text("LOCATION").strip()
    places = own["PLACES"] if own["PLACES"] and ", ".join(own["PLACES"]).strip() == location else [location] if location else []
    prefix = f"({when.words()}) "
    return Event(
        name, when, part.text("SUMMARY").removeprefix(prefix).strip() if written_by_us else title, status,
        next((r for r in own["REVIEW"] if r in ("proposed", "confirmed")), "proposed"),
        sources=[Source(url or f"{reader.path.name}#{uid or name}", url=url)],
        places=places, people=own["PEOPLE"], organisations=own["ORGANISATIONS"], doubts=own["DOUBTS"], according_to=next(iter(own["ACCORDING-TO"]), None),
        tags=own["TAGS"] or [tag for line in part.all("CATEGORIES") for tag in _texts(line.value)],
        notes=next(iter(own["NOTES"]), None) if written_by_us else part.text("DESCRIPTION").strip() or None,
    )  # fmt: skip


def _when(part: _Part, first: datetime.date, told: list[str], reader: _Reader) -> When:
    """Return the When of DTSTART and DTEND; the EDTF beside them where it still means these days."""
    last = _last(part, first, reader)
    for text in told:
        try:
            when = When.parse(text)
        except ValueError:
            continue
        span = span_of(when)
        if span is not None and (span.first or span.last) == first and (last is None or last == span.last):
            return when
    return from_span(first, last)


def _last(part: _Part, first: datetime.date, reader: _Reader) -> datetime.date | None:
    """Return the last day or moment; None where it is the first, or cannot be read, which is named."""
    last: datetime.date | None = None
    ends, lengths = part.all("DTEND"), part.all("DURATION")
    line = ends[0] if ends else lengths[0] if lengths else None
    if ends:
        last = _moment(ends[0], reader)
    elif lengths:
        try:
            last = first + reader.library.vDuration.from_ical(lengths[0].value.strip())
        except (ValueError, OverflowError, TypeError):
            reader.lost(lengths[0], f"DURATION {lengths[0].value[:40]!r} is no duration and is left out; write P5D or PT1H30M")
    if last is None or line is None:
        return None
    clocks = isinstance(first, datetime.datetime), isinstance(last, datetime.datetime)
    if clocks[0] != clocks[1]:
        reader.lost(line, f"{line.name} is left out: one of beginning and end is a day, the other a moment")
        return None
    if isinstance(first, datetime.datetime) and isinstance(last, datetime.datetime):
        if (first.tzinfo is None) != (last.tzinfo is None):
            reader.lost(line, f"{line.name} is left out: one of beginning and end has a zone, the other has none")
            return None
    else:
        last -= datetime.timedelta(1)
    if last < first:
        if ends and (clocks[0] or last < first - datetime.timedelta(1)):
            reader.lost(line, f"{line.name} is left out: it lies before the beginning")
        return None
    return last
