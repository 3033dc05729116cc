"""Arithmetic in the proleptic Gregorian calendar, for every year that an integer can name.

Days are counted as :meth:`datetime.date.toordinal` counts them (1 January 1 CE is day 1), and years
astronomically, as EDTF and ISO 8601 do (0 is 1 BCE, -43 is 44 BCE). The standard library stops at the
years 1 and 9999; nothing here does.
"""

from __future__ import annotations

import functools
from typing import Final

DAYS_BEFORE_MONTH: Final = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
DAYS_IN_MONTH: Final = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
MONTHS_IN_YEAR: Final = 12
DAYS_IN_WEEK: Final = 7
MONTHS: Final = (
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS: Final = ("", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FEBRUARY: Final = 2
_DAYS_IN_400_YEARS: Final = 146_097


def is_leap(year: int) -> bool:
    """Tell whether an astronomical year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """Return the number of days of a month (1 to 12)."""
    return 29 if month == _FEBRUARY and is_leap(year) else DAYS_IN_MONTH[month]


def to_ordinal(year: int, month: int = 1, day: int = 1) -> int:
    """Return the day number of a date; 1 January 1 CE is 1."""
    past = year - 1
    leap_day = 1 if month > _FEBRUARY and is_leap(year) else 0
    return past * 365 + past // 4 - past // 100 + past // 400 + DAYS_BEFORE_MONTH[month] + leap_day + day


@functools.lru_cache(maxsize=8192)
def from_ordinal(ordinal: int) -> tuple[int, int, int]:
    """Return (year, month, day) of a day number."""
    eras, rest = divmod(ordinal - 1, _DAYS_IN_400_YEARS)
    year = eras * 400 + 1 + rest * 400 // _DAYS_IN_400_YEARS
    if to_ordinal(year) > ordinal:
        year -= 1
    elif to_ordinal(year + 1) <= ordinal:
        year += 1
    day = ordinal - to_ordinal(year) + 1
    month = min(MONTHS_IN_YEAR, (day - 1) // 29 + 1)
    while to_ordinal(year, month) > ordinal:
        month -= 1
    return year, month, ordinal - to_ordinal(year, month) + 1


def weekday(ordinal: int) -> int:
    """Return the ISO weekday of a day number: Monday is 1, Sunday 7."""
    return (ordinal - 1) % DAYS_IN_WEEK + 1


def week_number(ordinal: int) -> int:
    """Return the running number of the Monday-based week that holds a day; week 0 begins on 1 January 1 CE."""
    return (ordinal - 1) // DAYS_IN_WEEK


def week_start(week: int) -> int:
    """Return the day number of the Monday of a running week."""
    return week * DAYS_IN_WEEK + 1


def iso_week(week: int) -> tuple[int, int]:
    """Return the ISO 8601 (year, week) of a running week: the year is that of its Thursday."""
    thursday = week_start(week) + 3
    year = from_ordinal(thursday)[0]
    return year, (thursday - to_ordinal(year)) // DAYS_IN_WEEK + 1


def from_iso_week(year: int, number: int) -> int:
    """Return the running week of an ISO 8601 (year, week). Raises ValueError where that year has no such week."""
    week = week_number(to_ordinal(year, 1, 4)) + number - 1
    if number < 1 or iso_week(week) != (year, number):
        raise ValueError(f"the year {year} has no ISO week {number}")
    return week
