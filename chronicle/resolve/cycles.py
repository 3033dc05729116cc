"""Where cycles (weekdays, months, seasons, quarters, holidays, dates of the year) come round, about a given day."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from chronicle.tagger.meaning import Cycle
from chronicle.time import gregorian, named_days, periods
from chronicle.time.periods import Period

# from a leap day, the next can be eight years away (1896 to 1904)
_LEAP_DAY = Cycle("date", 229)
# a weekday and a day of the month meet again within 14 months, the 31st within 21
_MONTHS_ABOUT = 22


@functools.lru_cache(maxsize=2048)
def around(what: Cycle, day: int) -> tuple[Period, ...]:
    """Return the occurrences about a day, in order. Raises ValueError where there is none."""
    if what.kind == "weekday":
        first = day + (int(what.value) - gregorian.weekday(day)) % 7
        return Period("day", first - 7), Period("day", first), Period("day", first + 7)
    if what.kind == "weekdate":
        return tuple(_weekdates(int(what.value) // 100, int(what.value) % 100, day))
    if what.kind == "monthday":
        return tuple(_monthdays(int(what.value), day))
    year = gregorian.from_ordinal(day)[0]
    found = []
    for candidate in range(year - 9, year + 10) if what == _LEAP_DAY else range(year - 1, year + 2):
        try:
            found.append(in_year(what, candidate))
        except ValueError:
            continue
    if not found:
        raise ValueError(f"there is no {what} about {year}")
    return tuple(found)


def _monthdays(number: int, day: int) -> Iterator[Period]:
    """Yield the days about a day that are a given day of their month."""
    year, month, _ = gregorian.from_ordinal(day)
    for offset in range(-2, 3):
        y, index = divmod(year * 12 + month - 1 + offset, 12)
        if number <= gregorian.days_in_month(y, index + 1):
            yield Period("day", gregorian.to_ordinal(y, index + 1, number))


def _weekdates(weekday: int, number: int, day: int) -> Iterator[Period]:
    """Yield the days about a day that are a given day of their month and of the week: Friday the 13th."""
    year, month, _ = gregorian.from_ordinal(day)
    for offset in range(-_MONTHS_ABOUT, _MONTHS_ABOUT + 1):
        y, index = divmod(year * 12 + month - 1 + offset, 12)
        if number <= gregorian.days_in_month(y, index + 1):
            found = gregorian.to_ordinal(y, index + 1, number)
            if gregorian.weekday(found) == weekday:
                yield Period("day", found)


def latest_by(what: Cycle, day: int) -> Period:
    """Return the last occurrence that has begun by a day. Raises ValueError where there is none."""
    begun = [p for p in around(what, day) if periods.first_day(p) <= day]
    if not begun:
        raise ValueError(f"there is no {what} by {periods.edtf_day(day)}")
    return begun[-1]


@functools.lru_cache(maxsize=2048)
def distances(what: Cycle, day: int) -> tuple[int, int]:
    """Return how many days back the last occurrence ended (0: it is not over) and how many days ahead the next begins."""
    last = latest_by(what, day)
    following = min((p for p in around(what, day) if periods.first_day(p) > day), key=lambda p: p.number)
    return max(0, day - periods.last_day(last)), periods.first_day(following) - day


def in_year(what: Cycle, year: int) -> Period:
    """Return a yearly cycle's occurrence in a year. Raises ValueError where that year has none."""
    value = what.value
    if what.kind == "holiday":
        day = named_days.day_in_year(str(value), year)
        if day is None:
            raise ValueError(f"the date of {value} in {year} is not known")
        return Period("day", day)
    number = int(value)
    if what.kind == "month":
        return Period("month", year * 12 + number - 1)
    if what.kind == "season":
        return Period("season", year * 4 + number)
    if what.kind in ("quarter", "half"):
        return Period(what.kind, year * periods.PIECES_OF_YEAR[what.kind] + number - 1)
    if what.kind == "date":
        return periods.day(year, number // 100, number % 100)
    raise ValueError(f"{what} does not come round by the year")


def neighbour(what: Cycle, day: int, step: int) -> Period:
    """Return the nearest occurrence wholly before (-1) or after (1) the one that holds a day."""
    if what.kind == "weekday":
        ahead = (int(what.value) - gregorian.weekday(day)) % 7
        return Period("day", day + (ahead or 7) if step > 0 else day + (ahead or 7) - 7 if ahead else day - 7)
    if what.kind == "part":
        return Period(str(what.value), day + step)
    if what.kind == "monthday":
        found = [p for p in around(what, day) if (p.number > day if step > 0 else p.number < day)]
        return found[0 if step > 0 else -1]
    year = gregorian.from_ordinal(day)[0]
    for candidate in range(year + step * -1, year + step * 12, step):
        try:
            period = in_year(what, candidate)
        except ValueError:
            continue
        if (periods.first_day(period) > day) if step > 0 else (periods.last_day(period) < day):
            return period
    raise ValueError(f"there is no {what} near {periods.edtf_day(day)}")
