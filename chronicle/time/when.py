"""When: the one type for imprecise time, written as EDTF.

Sources: ISO 8601-2:2019 (EDTF) for the text; J. F. Allen, "Maintaining knowledge about temporal intervals" (1983)
for the relations; TimeML 1.2.1 for TIMEX3.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from chronicle.time import edtf, timex3
from chronicle.time.edtf import OPEN, UNKNOWN, DatePart, EdtfError
from chronicle.time.moment import INFINITY, Moment

_PRECISIONS: Final = (
    "era", "millennium", "century", "decade", "year", "half", "quarter", "season", "month", "day", "hour", "minute", "second",
)  # fmt: skip
# the zone of a time of day in EDTF
_ZONE: Final = re.compile(r"(?<=T)(\d\d(?::\d\d){0,2})(?:Z|[+-]\d\d(?::\d\d)?)", re.ASCII)
# a UTC offset as ISO 8601 writes it in its basic form, +0200, which many programs put after a time in the extended form
_BASIC_OFFSET: Final = re.compile(r"(T\d\d(?::\d\d){0,2}[+-]\d\d)(\d\d)(?!\d)", re.ASCII)


class Relation(Enum):
    """Allen's thirteen relations between two intervals; exactly one holds.

    >>> from chronicle import When
    >>> When.parse("2021-07").relation(When.parse("2021-08"))
    <Relation.MEETS: 'meets'>
    >>> Relation.MEETS.converse
    <Relation.MET_BY: 'met by'>
    """

    BEFORE = "before"
    MEETS = "meets"
    OVERLAPS = "overlaps"
    STARTS = "starts"
    DURING = "during"
    FINISHES = "finishes"
    EQUALS = "equals"
    FINISHED_BY = "finished by"
    CONTAINS = "contains"
    STARTED_BY = "started by"
    OVERLAPPED_BY = "overlapped by"
    MET_BY = "met by"
    AFTER = "after"

    @property
    def converse(self) -> Relation:
        """The relation seen from the other side."""
        return _CONVERSES[self]


_ORDERED: Final = list(Relation)
_CONVERSES: Final = dict(zip(_ORDERED, reversed(_ORDERED), strict=True))


class When:
    """A time as far as it is known: a date, an interval, or some time within bounds.

    Made with :meth:`parse`; ``str()`` gives back the text that was parsed. Equality is that of the meaning, and hashes follow it: the same
    moment in two zones, one set in two orders, and one qualifier written in two ways are equal. A time without a zone equals none with one,
    and ``2001-21``, a spring of an unsaid hemisphere, does not equal ``2001-25``, a northern one.

    >>> When.parse("2004-06~") == When.parse("~2004-~06")
    True
    >>> When.parse("2021-07-16T10:00Z") == When.parse("2021-07-16T12:00+02:00")
    True
    >>> When.parse("{1960,1961}") == When.parse("{1961,1960}")
    True
    """

    __slots__ = ("_first", "_last", "_text", "kind", "parts")

    #: "date", "interval" (throughout), "one of" (at some time within) or "all of" (on each)
    kind: str
    #: what the text consists of: dates, pairs of dates for a run (``a..b``), OPEN and UNKNOWN for ends without a date
    parts: tuple[DatePart | tuple[DatePart, DatePart] | str, ...]

    def __init__(self, text: str, kind: str, parts: tuple[DatePart | tuple[DatePart, DatePart] | str, ...]) -> None:
        self._text = text
        self.kind = kind
        self.parts = parts
        firsts: list[float] = []
        lasts: list[float] = []
        for index, part in enumerate(parts):
            if isinstance(part, str):
                if index == 0:
                    firsts.append(-INFINITY)
                else:
                    lasts.append(INFINITY)
            elif isinstance(part, DatePart):
                firsts.append(part.first)
                lasts.append(part.last)
            else:
                firsts.append(part[0].first)
                lasts.append(part[1].last)
        self._first = min(firsts) if firsts else -INFINITY
        self._last = max(lasts) if lasts else INFINITY

    @classmethod
    def parse(cls, text: str) -> When:
        """Read EDTF of level 0, 1 or 2. Raises EdtfError (a ValueError) that says what would be right.

        A UTC offset in the basic form (``+0200``) is read as the extended one (``+02:00``) and written so.
        """
        if not isinstance(text, str):
            raise EdtfError(f"{text!r} is not text: give EDTF as a string, such as '2021-07-16'")
        text = text.strip()
        if not text:
            raise EdtfError("an empty text is not a time: write EDTF, such as 2021-07-16 or 2020-09/..")
        if "T" in text:
            text = _BASIC_OFFSET.sub(r"\1:\2", text)
        if text[0] in "[{":
            return cls._parse_set(text)
        if "/" in text:
            return cls._parse_interval(text)
        return cls(text, "date", (edtf.parse_date(text),))

    @classmethod
    def _parse_interval(cls, text: str) -> When:
        ends = text.split("/")
        if len(ends) != 2:
            raise EdtfError(edtf.hint(text))
        if set(ends) <= {OPEN, UNKNOWN}:
            raise EdtfError(f"{text!r}: an interval needs a date at one end at least")
        start, end = (e if e in (OPEN, UNKNOWN) else edtf.parse_date(e) for e in ends)
        if isinstance(start, DatePart) and isinstance(end, DatePart) and start.first >= end.last:
            raise EdtfError(f"{text!r}: the end comes before the start; did you mean {ends[1]}/{ends[0]}?")
        return cls(text, "interval", (start, end))

    @classmethod
    def _parse_set(cls, text: str) -> When:
        close = "]" if text[0] == "[" else "}"
        if not text.endswith(close):
            raise EdtfError(f"{text!r}: a set that begins with {text[0]} ends with {close}")
        parts: list[DatePart | tuple[DatePart, DatePart] | str] = []
        members = [m.strip() for m in text[1:-1].split(",")]
        for index, member in enumerate(members):
            start, dots, end = member.partition(OPEN)
            if not dots:
                parts.append(edtf.parse_date(member))
                continue
            if (not start and index > 0) or (not end and index < len(members) - 1) or not (start or end):
                raise EdtfError(f"{text!r}: {OPEN} without a date may only begin or end a set")
            first = edtf.parse_date(start) if start else None
            last = edtf.parse_date(end) if end else None
            if first and last and first.first >= last.last:
                raise EdtfError(f"{text!r}: {member} runs backwards; did you mean {end}{OPEN}{start}?")
            if first and last:
                parts.append((first, last))
            elif first:
                parts.extend((first, OPEN))
            elif last:
                parts.extend((OPEN, last))
        return cls(text, "one of" if close == "]" else "all of", tuple(parts))

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"When.parse({self._text!r})"

    def _key(self) -> tuple[str, object]:
        """Return what two texts of one meaning have in common: in a set neither order nor repetition counts."""
        if self.kind in ("date", "interval"):
            return self.kind, tuple(_meant(part) for part in self.parts)
        # what is open belongs to the date beside it
        members: list[object] = [_meant(part) for part in self.parts if not isinstance(part, str)]
        if self.parts[0] == OPEN:
            members[0] = OPEN, members[0]
        if self.parts[-1] == OPEN:
            members[-1] = members[-1], OPEN
        return self.kind, frozenset(members)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, When):
            return NotImplemented
        if self._text == other._text:
            return True
        return (self._first, self._last, self.kind) == (other._first, other._last, other.kind) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash((self._first, self._last, self.kind))

    def _order(self) -> tuple[float, float, str, str]:
        _, parts = self._key()
        return self._first, self._last, self.kind, repr(sorted(parts, key=repr) if isinstance(parts, frozenset) else parts)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, When):
            return NotImplemented
        if self._first != other._first:
            return self._first < other._first
        return self._order() < other._order()

    def __le__(self, other: object) -> bool:
        return self == other or self < other if isinstance(other, When) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return other < self if isinstance(other, When) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return other <= self if isinstance(other, When) else NotImplemented

    @property
    def earliest(self) -> Moment:
        """The first moment that it may include; at minus infinity where the start is open or unknown."""
        return Moment(self._first)

    @property
    def latest(self) -> Moment:
        """The last moment (to the microsecond) that it may include; at infinity where the end is open or unknown."""
        return Moment(self._last - 1)

    @property
    def local(self) -> When:
        """The same without its zone: the day and the clock that are written, which are those of the place where it happens."""
        text = str(self)
        if "T" not in text:
            return self
        try:
            return When.parse(_ZONE.sub(r"\1", text))
        except EdtfError:  # clocks of two zones may run backwards
            return self

    @property
    def dates(self) -> tuple[DatePart, ...]:
        """Every date that the text names, in its order."""
        found: list[DatePart] = []
        for part in self.parts:
            if isinstance(part, DatePart):
                found.append(part)
            elif isinstance(part, tuple):
                found.extend(part)
        return tuple(found)

    @property
    def precision(self) -> str:
        """The finest unit named: second, minute, hour, day, month, season, quarter, half, year, decade, century ..."""
        return max((d.precision for d in self.dates), key=_PRECISIONS.index)

    @property
    def is_open(self) -> bool:
        """Whether one end has no date, open (..) or unknown."""
        return any(isinstance(p, str) for p in self.parts)

    @property
    def is_open_start(self) -> bool:
        """Whether it has no first moment."""
        return self._first == -INFINITY

    @property
    def is_open_end(self) -> bool:
        """Whether it has no last moment."""
        return self._last == INFINITY

    def closed_bounds(self) -> tuple[float, float]:
        """Return its bounds in microseconds, as :class:`Moment` counts them, an open side taken to be where the other is."""
        first = self._last if self.is_open_start else self._first
        return first, first if self.is_open_end else self._last

    @property
    def is_approximate(self) -> bool:
        """Whether "about" (~ or %) stands on any part."""
        return any(d.is_approximate for d in self.dates)

    @property
    def is_uncertain(self) -> bool:
        """Whether "perhaps" (? or %) stands on any part."""
        return any(d.is_uncertain for d in self.dates)

    @property
    def is_within(self) -> bool:
        """Whether it means one moment or day somewhere within its bounds, rather than all of them."""
        return self.kind == "one of"

    @property
    def is_throughout(self) -> bool:
        """Whether it means the whole stretch from its first moment to its last."""
        return self.kind == "interval"

    def relation(self, other: When) -> Relation:
        """Return how this lies to another: the one of Allen's relations that holds between their bounds.

        Bounds reach from the earliest moment to the one after the latest, so July meets August.
        """
        if self._last < other._first:
            return Relation.BEFORE
        if other._last < self._first:
            return Relation.AFTER
        if self._last == other._first:
            return Relation.MEETS
        if other._last == self._first:
            return Relation.MET_BY
        starts = (self._first > other._first) - (self._first < other._first)
        ends = (self._last > other._last) - (self._last < other._last)
        return _BY_ENDS[starts, ends]

    def overlaps(self, other: When) -> bool:
        """Tell whether the two have a moment in common."""
        return self._first < other._last and other._first < self._last

    def to_timex3(self) -> tuple[str, str | None]:
        """Return TIMEX3 (value, mod). A time within bounds that TIMEX3 cannot name comes out as ``start/end``."""
        return timex3.from_edtf(self._text, self.kind, self.is_approximate)

    @classmethod
    def from_timex3(cls, value: str, mod: str | None = None) -> When | None:
        """Read a TIMEX3 value and mod; None where they name no time (durations, sets, PAST_REF and the like).

        Weeks and weekends become their days; parts of the day (TMO, TAF, TEV, TNI) some time within their hours; START,
        MID and END the first, middle or last part. Raises EdtfError for a value that is not TIMEX3.
        """
        text = timex3.to_edtf(value, mod)
        return None if text is None else cls.parse(text)

    def words(self, language: str = "en") -> str:
        """Say it in words: "some time from 17 to 18 July 2021", "since September 2020"; "seit September 2020" with ``language="de"``.

        Raises LookupError for a language in which chronicle does not tell times; the message names those that it does.
        """
        from chronicle.time import words

        return words.describe(self.kind, self.parts, language)

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return When.parse, (self._text,)


def _meant(part: DatePart | tuple[DatePart, DatePart] | str) -> object:
    """Return what a part means apart from how it is written: a zone and an exponent are worked out, an X stands for itself."""
    if isinstance(part, str):
        return part
    if not isinstance(part, DatePart):
        return _meant(part[0]), _meant(part[1])
    written: tuple[str | None, ...] = (part.year, part.month, part.day) if part.is_unspecified or "S" in part.year else ()
    season = part.month if part.precision in ("season", "quarter", "half") else None
    return part.first, part.last, part.precision, season, part.zone is not None, written, part.qualifiers


_BY_ENDS: Final = {
    (-1, -1): Relation.OVERLAPS,
    (-1, 0): Relation.FINISHED_BY,
    (-1, 1): Relation.CONTAINS,
    (0, -1): Relation.STARTS,
    (0, 0): Relation.EQUALS,
    (0, 1): Relation.STARTED_BY,
    (1, -1): Relation.DURING,
    (1, 0): Relation.FINISHES,
    (1, 1): Relation.OVERLAPPED_BY,
}
