"""Calendar periods: a unit and a running number, so that "the next" is plus one whatever the unit.

A :class:`Period` is one day, ISO week, month, quarter, decade ... The numbers run through all of history: months count
from January of year 0, weeks and days as in :mod:`chronicle.time.gregorian`. From a period come its first and last day, its
TIMEX3 value and its EDTF.
"""

from __future__ import annotations

import functools
from typing import Final, NamedTuple

from chronicle.time import gregorian

# parts of the day: TIMEX3 code, first hour, hour after the last (past 24 reaches into the next day)
PARTS_OF_DAY: Final[dict[str, tuple[int, int]]] = {
    "MO": (6, 12),
    "MI": (11, 14),
    "AF": (12, 18),
    "EV": (18, 24),
    "NI": (20, 30),
    "DT": (6, 18),
    # what TIMEX3 has no code for: the small hours, the evening and the night, about sunrise, about sunset
    "SMALL": (0, 6),
    "EVNI": (18, 30),
    "DAWN": (4, 8),
    "DUSK": (17, 21),
}
# the TIMEX3 codes of these
PART_CODES: Final = {"SMALL": "MO", "EVNI": "NI", "DAWN": "MO", "DUSK": "EV"}
SEASON_CODES: Final = ("SP", "SU", "FA", "WI")
YEARS_IN: Final = {"year": 1, "decade": 10, "century": 100, "millennium": 1000}
PIECES_OF_YEAR: Final = {"half": 2, "quarter": 4, "season": 4, "month": 12}
_CLOCK_UNITS: Final = {"hour": 24, "minute": 1440, "second": 86_400}

# coarsest first; what stands further right is finer
GRANULARITY: Final = (
    "millennium", "century", "decade", "year", "half", "quarter", "season", "month", "fortnight", "week", "weekend",
    "day", "part", "hour", "minute", "second",
)  # fmt: skip


class Period(NamedTuple):
    """One period: ``Period("month", 2021 * 12 + 6)`` is July 2021. A part of a day has its TIMEX3 code as the unit."""

    unit: str
    number: int

    def shifted(self, count: int) -> Period:
        """Return the period ``count`` places on."""
        return Period(self.unit, self.number + count)


_RANKS: Final = {unit: place for place, unit in enumerate(GRANULARITY)} | dict.fromkeys(PARTS_OF_DAY, GRANULARITY.index("part"))


def rank(unit: str) -> int:
    """Return a unit's place from coarse to fine."""
    return _RANKS[unit]


def day(year: int, month: int, day_of_month: int) -> Period:
    """Return a day. Raises ValueError for a day that its month has not."""
    if not (1 <= month <= 12 and 1 <= day_of_month <= gregorian.days_in_month(year, month)):
        raise ValueError(f"there is no day {year}-{month:02d}-{day_of_month:02d}")
    return Period("day", gregorian.to_ordinal(year, month, day_of_month))


def first_day(period: Period) -> int:
    """Return the number of the first day that a period touches."""
    unit, n = period
    if unit == "day" or unit in PARTS_OF_DAY:
        return n
    if unit == "week":
        return gregorian.week_start(n)
    if unit == "weekend":
        return gregorian.week_start(n) + 5
    if unit in YEARS_IN:
        return gregorian.to_ordinal(first_year(period))
    if unit in PIECES_OF_YEAR:
        year, month = _first_month(unit, n)
        return gregorian.to_ordinal(year, month)
    return n // _CLOCK_UNITS[unit]


def last_day(period: Period) -> int:
    """Return the number of the last day that a period touches."""
    unit, n = period
    if unit == "day" or unit in PARTS_OF_DAY:
        return n
    if unit in ("week", "weekend"):
        return gregorian.week_start(n) + 6
    if unit in _CLOCK_UNITS:
        return n // _CLOCK_UNITS[unit]
    return first_day(period.shifted(1)) - 1


def first_year(period: Period) -> int:
    """Return the first year of a period of years. Before 1 CE they are counted as people do: the 1st century BC ends with 1 BC, the
    480s BC with 480 BC."""
    unit, n = period
    if n >= 0 or unit == "year":
        return n * YEARS_IN[unit]
    return n * YEARS_IN[unit] + (2 if unit == "decade" else 1)


def _first_month(unit: str, n: int) -> tuple[int, int]:
    """Return (year, month) of the first month of a piece of a year. Seasons run spring, summer, autumn, winter."""
    pieces = PIECES_OF_YEAR[unit]
    year, piece = divmod(n, pieces)
    month = piece * (12 // pieces) + 1
    if unit == "season":
        month += 2
    return year, month


def containing(unit: str, day_number: int) -> Period:
    """Return the period of a unit, a day or longer, that holds a day."""
    if unit == "day" or unit in PARTS_OF_DAY:
        return Period(unit, day_number)
    if unit in ("week", "weekend", "fortnight"):
        return Period("week" if unit == "fortnight" else unit, gregorian.week_number(day_number))
    year, month, _ = gregorian.from_ordinal(day_number)
    if unit in YEARS_IN:
        before = {"year": 0, "decade": 2}.get(unit, 1) if year < 1 else 0
        return Period(unit, (year - before) // YEARS_IN[unit])
    if unit == "season":
        months = year * 12 + month - 3
        return Period(unit, months // 3)
    if unit in PIECES_OF_YEAR:
        pieces = PIECES_OF_YEAR[unit]
        return Period(unit, year * pieces + (month - 1) * pieces // 12)
    return Period(unit, day_number * _CLOCK_UNITS[unit])


def widen(period: Period, unit: str) -> Period:
    """Return the period of a unit in which another begins."""
    if period.unit == unit:
        return period
    if unit in _CLOCK_UNITS and period.unit in _CLOCK_UNITS:
        return Period(unit, period.number * _CLOCK_UNITS[unit] // _CLOCK_UNITS[period.unit])
    if unit in _CLOCK_UNITS and period.unit in PARTS_OF_DAY:
        hour = PARTS_OF_DAY[period.unit][0]
        return Period(unit, period.number * _CLOCK_UNITS[unit] + hour * _CLOCK_UNITS[unit] // 24)
    return containing(unit, first_day(period))


def shift(period: Period, count: int, unit: str) -> Period:
    """Move a period by ``count`` units of any kind and keep its own unit; 31 January plus a month is the last of February."""
    if unit == "fortnight":
        count, unit = count * 2, "week"
    if unit == period.unit:
        return period.shifted(count)
    if unit in _CLOCK_UNITS:
        if period.unit in _CLOCK_UNITS and _CLOCK_UNITS[period.unit] >= _CLOCK_UNITS[unit]:
            return period.shifted(count * _CLOCK_UNITS[period.unit] // _CLOCK_UNITS[unit])
        return widen(period, unit).shifted(count)
    if period.unit in _CLOCK_UNITS:
        days, rest = divmod(period.number, _CLOCK_UNITS[period.unit])
        return Period(period.unit, shift(Period("day", days), count, unit).number * _CLOCK_UNITS[period.unit] + rest)
    if unit in ("day", "week", "weekend"):
        days = count if unit == "day" else count * 7
        if period.unit in ("week", "weekend") and unit != "day":
            return period.shifted(count)
        if period.unit == "day" or period.unit in PARTS_OF_DAY:
            return period.shifted(days)
        return Period("day", first_day(period) + days)
    months = count * (12 * YEARS_IN[unit] if unit in YEARS_IN else 12 // PIECES_OF_YEAR[unit])
    if period.unit in YEARS_IN and months % (12 * YEARS_IN[period.unit]) == 0:
        return period.shifted(months // (12 * YEARS_IN[period.unit]))
    if period.unit in PIECES_OF_YEAR and months % (12 // PIECES_OF_YEAR[period.unit]) == 0:
        return period.shifted(months // (12 // PIECES_OF_YEAR[period.unit]))
    year, month, date = gregorian.from_ordinal(first_day(period))
    year, month = divmod(year * 12 + month - 1 + months, 12)
    moved = gregorian.to_ordinal(year, month + 1, min(date, gregorian.days_in_month(year, month + 1)))
    if period.unit == "day" or period.unit in PARTS_OF_DAY:
        return Period(period.unit, moved)
    return containing(period.unit, moved)


def beside(period: Period, step: int) -> Period:
    """Return what lies just before (-1) or after (1) a period: the minute beside a part of a day, the day beside a weekend."""
    if period.unit in PARTS_OF_DAY:
        start, stop = PARTS_OF_DAY[period.unit]
        return Period("minute", period.number * 1440 + (stop if step > 0 else start) * 60 - (step < 0))
    if period.unit == "weekend":
        return Period("day", last_day(period) + 1 if step > 0 else first_day(period) - 1)
    return period.shifted(step)


def _year_text(year: int) -> str:
    return f"BC{1 - year:04d}" if year < 1 else f"{year:04d}"


@functools.lru_cache(maxsize=4096)
def to_timex3(period: Period) -> str:
    """Write a period as a TIMEX3 value."""
    unit, n = period
    if unit == "week" or unit == "weekend":
        year, week = gregorian.iso_week(n)
        return f"{_year_text(year)}-W{week:02d}" + ("-WE" if unit == "weekend" else "")
    if unit in YEARS_IN:
        digits = {"year": 0, "decade": 1, "century": 2, "millennium": 3}[unit]
        if not digits:
            return _year_text(n)
        return f"{n:0{4 - digits}d}" + "X" * digits if n >= 0 else f"BC{-n - 1:0{4 - digits}d}" + "X" * digits
    if unit in ("half", "quarter"):
        year, piece = divmod(n, PIECES_OF_YEAR[unit])
        return f"{_year_text(year)}-{unit[0].upper()}{piece + 1}"
    if unit == "season":
        year, piece = divmod(n, 4)
        return f"{_year_text(year)}-{SEASON_CODES[piece]}"
    if unit == "month":
        year, month = divmod(n, 12)
        return f"{_year_text(year)}-{month + 1:02d}"
    year, month, date = gregorian.from_ordinal(first_day(period))
    text = f"{_year_text(year)}-{month:02d}-{date:02d}"
    if unit == "day":
        return text
    return f"{text}T{PART_CODES.get(unit, unit)}" if unit in PARTS_OF_DAY else f"{text}T{_clock(period)}"


def _clock(period: Period) -> str:
    seconds = period.number % _CLOCK_UNITS[period.unit] * (86_400 // _CLOCK_UNITS[period.unit])
    clock = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return clock[: {"hour": 2, "minute": 5, "second": 8}[period.unit]]


def edtf_day(day_number: int) -> str:
    """Write a day as EDTF."""
    year, month, date = gregorian.from_ordinal(day_number)
    return f"{edtf_year(year)}-{month:02d}-{date:02d}"


def edtf_year(year: int) -> str:
    """Write an astronomical year as EDTF does: 0044, -0043, Y170000."""
    if abs(year) > 9999:
        return f"Y{year}"
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"


def ends(period: Period, zone: str = "") -> tuple[str, str]:
    """Return the EDTF of where a period begins and where it ends, each as short as it may be."""
    unit, n = period
    if unit in PARTS_OF_DAY:
        start, stop = PARTS_OF_DAY[unit]
        carry, hour = divmod(stop - 1, 24)
        return f"{edtf_day(n)}T{start:02d}:00{zone}", f"{edtf_day(n + carry)}T{hour:02d}:59{zone}"
    if unit in ("week", "weekend"):
        return edtf_day(first_day(period)), edtf_day(last_day(period))
    if _is_beyond_masks(period):
        begin = first_year(period)
        return edtf_year(begin), edtf_year(begin + YEARS_IN[unit] - 1)
    text = to_edtf(period, zone)
    return text, text


def _is_beyond_masks(period: Period) -> bool:
    """Tell whether a decade, century or millennium has no form such as 19XX: one before the year 0 or after 9999."""
    unit, n = period
    return unit in YEARS_IN and unit != "year" and not 0 <= n * YEARS_IN[unit] <= 9999


@functools.lru_cache(maxsize=4096)
def to_edtf(period: Period, zone: str = "") -> str:
    """Write a period as EDTF. Weeks, weekends and parts of the day, which EDTF cannot name, come out as "some time within"."""
    unit, n = period
    if unit in ("week", "weekend") or unit in PARTS_OF_DAY:
        return "[{}..{}]".format(*ends(period, zone))
    if unit in YEARS_IN:
        digits = {"year": 0, "decade": 1, "century": 2, "millennium": 3}[unit]
        if not digits:
            return edtf_year(n)
        if _is_beyond_masks(period):
            return "[{}..{}]".format(*ends(period, zone))
        return f"{n:0{4 - digits}d}" + "X" * digits
    if unit in PIECES_OF_YEAR:
        pieces = PIECES_OF_YEAR[unit]
        year, piece = divmod(n, pieces)
        code = piece + {"month": 1, "season": 21, "quarter": 33, "half": 40}[unit]
        return f"{edtf_year(year)}-{code:02d}"
    text = edtf_day(first_day(period))
    return text if unit == "day" else f"{text}T{_clock(period)}{zone}"
