"""The syntax of EDTF: text to parts, and what each part spans.

Source: ISO 8601-2:2019, clause 4 and annex A, as the Library of Congress sets it out in its EDTF specification
(levels 0, 1 and 2, 4 February 2019). One thing is wider here than there: a time may end at the hour or the minute
(``2021-07-13T18``, ``2021-07-13T18:00``), as ISO 8601-1 allows, because "at six" is not "at 18:00:00"; such times
may stand inside intervals and sets too.

The seasons, which EDTF leaves open, are the meteorological ones: spring is March to May of the named year, winter
December to February of the next; 21 to 24 are read as the northern ones. ``29`` to ``32`` are the southern ones.
"""

from __future__ import annotations

import datetime
import re
from typing import Final, NamedTuple

from chronicle.errors import ChronicleError
from chronicle.time import gregorian

MICROSECONDS_PER_DAY: Final = 86_400_000_000
UNIX_EPOCH: Final = datetime.date(1970, 1, 1).toordinal() * MICROSECONDS_PER_DAY
_MICROSECONDS_PER_MINUTE: Final = 60_000_000

APPROXIMATE: Final = "~"
UNCERTAIN: Final = "?"
BOTH: Final = "%"

# sub-year grouping: (name, first month, number of months), months counted from January of the named year
GROUPINGS: Final[dict[int, tuple[str, int, int]]] = {
    21: ("spring", 3, 3),
    22: ("summer", 6, 3),
    23: ("autumn", 9, 3),
    24: ("winter", 12, 3),
    25: ("northern spring", 3, 3),
    26: ("northern summer", 6, 3),
    27: ("northern autumn", 9, 3),
    28: ("northern winter", 12, 3),
    29: ("southern spring", 9, 3),
    30: ("southern summer", 12, 3),
    31: ("southern autumn", 3, 3),
    32: ("southern winter", 6, 3),
    33: ("first quarter", 1, 3),
    34: ("second quarter", 4, 3),
    35: ("third quarter", 7, 3),
    36: ("fourth quarter", 10, 3),
    37: ("first quadrimester", 1, 4),
    38: ("second quadrimester", 5, 4),
    39: ("third quadrimester", 9, 4),
    40: ("first half", 1, 6),
    41: ("second half", 7, 6),
}
_LAST_SEASON: Final = 32
# the ends of an interval or a run that have no date
OPEN: Final = ".."
UNKNOWN: Final = ""

_DATE = re.compile(
    r"""
    (?P<yq>[?~%]?)
    (?P<year> Y-?\d+(?:E\d+)?(?:S\d+)? | -?[0-9X]{4}(?:S\d+)? )
    (?P<yg>[?~%]?)
    (?:
        - (?P<mq>[?~%]?) (?P<month>[0-9X]{2}) (?P<mg>[?~%]?)
        (?:
            - (?P<dq>[?~%]?) (?P<day>[0-9X]{2}) (?P<dg>[?~%]?)
            (?:
                T (?P<hour>\d\d) (?: : (?P<minute>\d\d) (?: : (?P<second>\d\d) )? )?
                (?P<zone> Z | [+-]\d\d (?: :\d\d )? )?
            )?
        )?
    )?
    """,
    re.VERBOSE | re.ASCII,
)
_PLAIN_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)

Bounds = tuple[int, int]


class EdtfError(ChronicleError, ValueError):
    """A text that is not EDTF. The message says what stands there and what would be right.

    >>> import chronicle
    >>> chronicle.When.parse("2021-7")
    Traceback (most recent call last):
        ...
    chronicle.time.edtf.EdtfError: '2021-7': months and days have two digits, such as 2021-07-16
    """


class DatePart(NamedTuple):
    """One date of EDTF: the smallest piece that has bounds.

    ``first`` and ``last`` are its first microsecond and the one after its last, counted from the start of day 0 (the
    day before 1 January 1 CE), in UTC where the text gives a zone and in unstated local time where it gives none.
    """

    first: int
    last: int
    precision: str
    year: str
    month: str | None = None
    day: str | None = None
    clock: str | None = None
    zone: str | None = None
    qualifiers: tuple[str, str, str] = ("", "", "")

    @property
    def is_approximate(self) -> bool:
        """Whether a qualifier says "about" of any part."""
        return any(q in (APPROXIMATE, BOTH) for q in self.qualifiers)

    @property
    def is_uncertain(self) -> bool:
        """Whether a qualifier says "perhaps" of any part."""
        return any(q in (UNCERTAIN, BOTH) for q in self.qualifiers)

    @property
    def is_unspecified(self) -> bool:
        """Whether digits are left open with X."""
        return "X" in self.year or "X" in (self.month or "") or "X" in (self.day or "")


def parse_date(text: str) -> DatePart:
    """Parse one date of any level. Raises EdtfError."""
    plain = _PLAIN_DAY.fullmatch(text)
    if plain:
        year, month, day = plain.groups()
        number = int(month)
        if 1 <= number <= gregorian.MONTHS_IN_YEAR and 1 <= int(day) <= gregorian.days_in_month(int(year), number):
            first = gregorian.to_ordinal(int(year), number, int(day)) * MICROSECONDS_PER_DAY
            return DatePart(first, first + MICROSECONDS_PER_DAY, "day", year, month, day)
        _refuse_day(text, year, month, day)
    found = _DATE.fullmatch(text)
    if not found:
        raise EdtfError(hint(text))
    part = found.groupdict()
    year, month, day = part["year"], part["month"], part["day"]
    qualifiers = _qualifiers(text, part)
    if month is None:
        first_year, last_year, precision = _year_range(text, year)
        first = gregorian.to_ordinal(first_year)
        last = gregorian.to_ordinal(last_year + 1)
    elif month.isdigit() and int(month) in GROUPINGS:
        if day is not None:
            raise EdtfError(f"{text!r}: a season or quarter ({month}) cannot have a day")
        first_year, last_year, _ = _year_range(text, year)
        first = _group_bounds(first_year, int(month))[0]
        last = _group_bounds(last_year, int(month))[1]
        precision = "season" if int(month) <= _LAST_SEASON else "quarter" if int(month) <= 36 else "half"
    else:
        first, last = _day_range(text, year, month, day)
        precision = ("month" if month != "XX" else "year") if day in (None, "XX") else "day"
    first *= MICROSECONDS_PER_DAY
    last *= MICROSECONDS_PER_DAY
    clock = None
    if part["hour"] is not None:
        if "X" in year + (month or "") + (day or ""):
            raise EdtfError(f"{text!r}: a time of day needs a whole date before it")
        clock, first, last, precision = _clock(text, part, first)
    return DatePart(first, last, precision, year, month, day, clock, part["zone"], qualifiers)


def hint(text: str) -> str:
    """Say what is wrong with a text that has not the form of a date."""
    if re.fullmatch(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}", text):
        return f"{text!r} is not an EDTF date: write year-month-day, such as 2021-07-16"
    if "/" in text:
        return f"{text!r}: an interval has one slash, between its start and its end"
    if re.fullmatch(r"-?\d{5,}", text):
        return f"{text!r}: a year of more than four digits is written with Y before it, such as Y{text}"
    if re.fullmatch(r"\d{1,3}", text):
        return f"{text!r}: a year has four digits, such as {text.zfill(4)}"
    if re.fullmatch(r"\d{4}-\d(-\d{1,2})?|\d{4}-\d{1,2}-\d", text):
        return f"{text!r}: months and days have two digits, such as 2021-07-16"
    if re.fullmatch(r"\d{4}-\d\d-\d\d \d\d.*", text):
        return f"{text!r}: between date and time stands a T, such as 2021-07-16T15:40"
    return f"{text!r} is not an EDTF date, such as 2021, 2021-07, 2021-07-16, 199X or 2021-07~"


def _refuse_day(text: str, year: str, month: str, day: str) -> None:
    number = int(month)
    if not (1 <= number <= gregorian.MONTHS_IN_YEAR or number in GROUPINGS):
        raise EdtfError(f"{text!r}: there is no month {month} (01 to 12, or a season or quarter from 21 to 41)")
    if number in GROUPINGS:
        raise EdtfError(f"{text!r}: a season or quarter ({month}) cannot have a day")
    days = gregorian.days_in_month(int(year), number)
    raise EdtfError(f"{text!r}: {year}-{month} has days 01 to {days}, not {day}")


def _qualifiers(text: str, part: dict[str, str | None]) -> tuple[str, str, str]:
    """Return the qualifier in force for year, month and day: a mark before a part is its own, one after it reaches left."""
    own = [part["yq"] or "", part["mq"] or "", part["dq"] or ""]
    for reach, mark in enumerate((part["yg"], part["mg"], part["dg"])):
        for index in range(reach + 1 if mark else 0):
            assert mark is not None
            if own[index] and own[index] != mark:
                own[index] = BOTH
            else:
                own[index] = mark
    return own[0], own[1], own[2]


def _year_range(text: str, year: str) -> tuple[int, int, str]:
    """Return the first and last year that a year of EDTF may mean, and its precision."""
    body, _, significant = year.partition("S")
    if body.startswith("Y"):
        mantissa, _, exponent = body[1:].partition("E")
        if len(exponent) > 2:
            raise EdtfError(f"{text!r}: an exponent of more than two digits is beyond any calendar")
        if not exponent and len(mantissa.lstrip("-")) <= 4:
            raise EdtfError(f"{text!r}: Y is for years of more than four digits; write {mantissa}")
        value = int(mantissa) * 10 ** int(exponent or 0)
        low = high = value
    else:
        sign, digits = (-1, body[1:]) if body.startswith("-") else (1, body)
        if sign < 0 and digits == "0000":
            raise EdtfError(f"{text!r}: the year before 0001 is 0000, without a sign")
        low, high = int(digits.replace("X", "0")), int(digits.replace("X", "9"))
        if sign < 0:
            low, high = -high, -low
        value = low
    if significant:
        if "X" in body:
            raise EdtfError(f"{text!r}: significant digits (S) and X exclude each other")
        kept = int(significant)
        length = len(str(abs(value))) if body.startswith("Y") else 4
        if not 1 <= kept <= length:
            raise EdtfError(f"{text!r}: S{significant} must keep 1 to {length} digits of the year")
        unit: int = 10 ** (length - kept)
        start = abs(value) // unit * unit
        low, high = (start, start + unit - 1) if value >= 0 else (-(start + unit - 1), -start)
    spread = high - low + 1
    names = {1: "year", 10: "decade", 100: "century", 1000: "millennium"}
    return low, high, names.get(spread, "year" if spread == 1 else "era")


def _group_bounds(year: int, code: int) -> Bounds:
    _, month, length = GROUPINGS[code]
    return _month_start(year, month), _month_start(year, month + length)


def _month_start(year: int, month: int) -> int:
    return gregorian.to_ordinal(year + (month - 1) // 12, (month - 1) % 12 + 1)


def _choices(pattern: str | None, low: int, high: int) -> list[int]:
    """Return the numbers from low to high that a two-character pattern of digits and X allows."""
    if pattern is None or pattern == "XX":
        return list(range(low, high + 1))
    if "X" not in pattern:
        return [int(pattern)] if low <= int(pattern) <= high else []
    return [n for n in range(low, high + 1) if all(p in ("X", c) for p, c in zip(pattern, f"{n:02d}", strict=True))]


def _matching_years(year: str) -> list[int]:
    """Return the years that fit a year with X digits."""
    digits = year.lstrip("-")
    sign = -1 if year.startswith("-") else 1
    return [sign * n for n in range(10_000) if all(p in ("X", c) for p, c in zip(digits, f"{n:04d}", strict=True))]


def _day_range(text: str, year: str, month: str, day: str | None) -> Bounds:
    """Return the first day and the day after the last that year, month and day together may mean."""
    low_year, high_year, _ = _year_range(text, year)
    months = _choices(month, 1, gregorian.MONTHS_IN_YEAR)
    if not months:
        raise EdtfError(f"{text!r}: there is no month {month} (01 to 12, or a season or quarter from 21 to 41)")
    if day is None:
        return gregorian.to_ordinal(low_year, months[0]), _month_start(high_year, months[-1] + 1)
    days = _choices(day, 1, 31)
    if not days:
        raise EdtfError(f"{text!r}: there is no day {day} (01 to 31)")
    years = sorted({low_year, high_year})
    if months == [2] and days == [29] and len(years) > 1:
        years = [y for y in _matching_years(year) if gregorian.is_leap(y)]
    dates = [
        gregorian.to_ordinal(y, m, d) for y in years for m in months for d in days if d <= gregorian.days_in_month(y, m)
    ]
    if not dates:
        most = gregorian.days_in_month(low_year, months[0])
        raise EdtfError(f"{text!r}: {year}-{month} has days 01 to {most}, not {day}")
    return min(dates), max(dates) + 1


def _clock(text: str, part: dict[str, str | None], day_start: int) -> tuple[str, int, int, str]:
    """Return the normal form, bounds and precision of a time on a day."""
    hour, minute, second = int(part["hour"] or 0), int(part["minute"] or 0), int(part["second"] or 0)
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        raise EdtfError(f"{text!r}: a time of day runs from 00:00:00 to 23:59:59 (24:00 is the day's end)")
    if part["second"] is not None:
        precision, length = "second", 1
    elif part["minute"] is not None:
        precision, length = "minute", 60
    else:
        precision, length = "hour", 3600
    start = day_start + ((hour * 60 + minute) * 60 + second) * 1_000_000
    zone = part["zone"]
    if zone and zone != "Z":
        hours, _, minutes = zone[1:].partition(":")
        if int(hours) > 14 or int(minutes or 0) > 59:
            raise EdtfError(f"{text!r}: there is no UTC offset {zone}")
        offset = int(hours) * 60 + int(minutes or 0)
        start -= (offset if zone[0] == "+" else -offset) * _MICROSECONDS_PER_MINUTE
    clock = ":".join(p for p in (part["hour"], part["minute"], part["second"]) if p is not None)
    return clock, start, start + length * 1_000_000, precision
