"""What the actions of grammar rules may call: the meanings, and the few computations that a rule needs.

A builder raises ValueError where its arguments make no sense (30 February, hour 27); the rule then does not match.
It is long as a list is: a function for each thing that a rule may say, none longer than a few lines; grammars are written against it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import attrs

from chronicle.tagger import meaning as m
from chronicle.tagger.meaning import Cycle, Duration, Fixed, Meaning
from chronicle.time import gregorian, periods
from chronicle.time.periods import Period

Number = int | float
_FRACTION = re.compile(r"[.,]\d+$")
# people meet from eight in the morning to seven in the evening
_FIRST_LIKELY_HOUR: Final = 8
_SMALL_HOURS: Final = 5
_NOON: Final = 12
_FIRST_ROUND_DECADE: Final = 190
_LONGEST_MONTH: Final = 31
_TWO_MONTHS: Final = "bimester"
_FIRST_YEAR: Final = 9_999_999
# England took the New Style in 1752, Russia in 1918
_LAST_DUAL_YEAR: Final = 1918


def add(left: Number, right: Number) -> Number:
    """Return the sum, for "twenty" "four"."""
    return left + right


def tens_ordinal(tens: Number, ordinal: Number) -> Number:
    """Return an ordinal in two words: "twenty" "fourth"."""
    if ordinal > 9:
        raise ValueError("not an ordinal")
    return tens + ordinal


def multiply(left: Number, right: Number) -> Number:
    """Return the product, for "three" "hundred"."""
    return left * right


def ranged(value: Number, least: Number, most: Number) -> Number:
    """Return a number that lies within bounds. Raises ValueError for another."""
    if not least <= value <= most:
        raise ValueError("out of bounds")
    return value


def divided(value: int, by: int) -> int:
    """Return a whole part: the decade of 1990 is the 199th. Raises ValueError where something is over."""
    if value % by:
        raise ValueError("not a round number")
    return value // by


def cycle_date(month: int, day: int) -> Cycle:
    """A day of a month as it comes round each year."""
    periods.day(2000, month, day)
    return Cycle("date", month * 100 + day)


def hundreds(count: Number | None = None, rest: Number = 0) -> Number:
    """Return so many hundreds (one, where that is not said) and what is over."""
    return (1 if count is None else count) * 100 + rest


def spelled(thousand: int, hundred: int, rest: int | None = None) -> int:
    """Return a number said in thousands, hundreds and what is over: "mil novecientos cuarenta"."""
    return thousand + hundred + (rest or 0)


def thousands(count: Number | None = None, rest: Number = 0) -> Number:
    """Return so many thousands (one, where that is not said) and what is over."""
    return (1 if count is None else count) * 1000 + rest


def mixed(whole: Number, top: Number, bottom: Number) -> float:
    """Return a whole number and a fraction: 2 1/2."""
    if not 0 < top < bottom <= 16:
        raise ValueError("not a fraction")
    return whole + top / bottom


def spoken_year(century: int, rest: int) -> int:
    """Return the year of "nineteen" "ninety-six"."""
    if not (10 <= century <= 20 and (rest == 0 or 10 <= rest <= 99)):
        raise ValueError("not a year")
    return century * 100 + rest


def year(value: Any) -> Meaning:
    """A year: a number (astronomical) or a meaning such as ShortYear."""
    return value if isinstance(value, Meaning) else Fixed(Period("year", int(value)))


def year_bc(value: int) -> Meaning:
    """A year before 1 CE."""
    if not (1 <= value <= _FIRST_YEAR and int(value) == value):
        raise ValueError("not a year BC")
    return Fixed(Period("year", 1 - int(value)))


def year_ad(value: int) -> Meaning:
    """A year of the common era of any length."""
    if not (1 <= value <= 9999 and int(value) == value):
        raise ValueError("not a year AD")
    return Fixed(Period("year", int(value)))


def month_of(month: int, whole: Any) -> Meaning:
    """A month of a year, fixed where the year is; the nearest one where no year is said."""
    if whole is None:
        return m.Near(Cycle("month", month))
    whole = year(whole)
    if isinstance(whole, Fixed) and whole.period.unit == "year":
        return Fixed(Period("month", whole.period.number * 12 + month - 1))
    return m.At(Cycle("month", month), whole)


def date(month: int, day: int, whole: Any = None) -> Meaning:
    """A day of a month, with its year where that is said; Nothing for a day that the month has not."""
    if not (1 <= month <= 12 and 1 <= day <= _LONGEST_MONTH and int(day) == day):
        raise ValueError("not a day of a month")
    if day > gregorian.days_in_month(2000, month):
        return m.Nothing()
    if whole is None:
        return m.Near(Cycle("date", month * 100 + day))
    whole = year(whole)
    if isinstance(whole, Fixed) and whole.period.unit == "year":
        if day > gregorian.days_in_month(whole.period.number, month):
            return m.Nothing()
        return Fixed(periods.day(whole.period.number, month, day))
    return m.At(Cycle("date", month * 100 + day), whole)


def short_year(digits: int) -> Meaning:
    """A year by its last two digits without an apostrophe, where they can be no day of a month: 45, 03."""
    if 1 <= digits <= _LONGEST_MONTH:
        raise ValueError("it may be a day")
    return m.ShortYear(digits)


def written_year(number: int) -> Meaning:
    """A year with an ending of its own, in full or by its last two digits: (жовтня) 1917-го, 17-го."""
    if 1000 <= number <= 2999:
        return year(number)
    if not 0 <= number <= 99:
        raise ValueError("not a year")
    return m.ShortYear(int(number))


def split_year(century: int, rest: int) -> Meaning:
    """A year written with a gap: 19 76."""
    if not 17 <= century <= 20:
        raise ValueError("not a year")
    return year(century * 100 + rest)


def dual_year(first: int, second: int) -> Meaning:
    """A year by two reckonings (Old Style and New): 1689/90 is 1690."""
    following = str(first + 1)
    if not following.endswith(str(second)) or first > _LAST_DUAL_YEAR:
        raise ValueError("not two years of which one follows the other")
    return year(first + 1)


def iso(text: str) -> Meaning:
    """An ISO 8601 date or date and time."""
    day = periods.day(int(text[:4]), int(text[5:7]), int(text[8:10]))
    if len(text) == 10:
        return Fixed(day)
    clock = text[11:]
    zone = None
    for mark in "Z+-":
        if mark in clock:
            at = clock.index(mark)
            clock, zone = clock[:at], clock[at:]
    parts = [int(float(p.replace(",", "."))) for p in clock.split(":")]
    if zone is not None and zone not in "zZ":
        zone = offset(zone[1:].replace(":", ""), 1 if zone[0] == "+" else -1)
    found = clock_parts(parts[0], parts[1], None, zone and zone.upper(), parts[2] if len(parts) > 2 else None)
    return attrs.evolve(found, day=Fixed(day), twelve=False)


def numeric_date(text: str, leads: str = "month") -> Meaning:
    """A date in figures, with slashes, hyphens or full stops: with slashes or hyphens the month first unless it cannot be, or the "day"
    ``leads``; the day first else."""
    parts = text.replace(".", "/").replace("-", "/").split("/")
    numbers = [int(p) for p in parts]
    if len(parts[0]) == 4:
        return date(numbers[1], numbers[2], numbers[0]) if len(parts[2]) <= 2 else _refuse(text)
    if len(parts[0]) > 2 or len(parts[2]) not in (2, 4):
        _refuse(text)
    first, second, last = numbers
    if "." in text or first > 12 or leads == "day":
        day, month = first, second
    else:
        month, day = first, second
    return date(month, day, last if len(parts[2]) == 4 else m.ShortYear(last))


def day_month(text: str, whole: Any = None) -> Meaning:
    """A day and month in figures, parted by a full stop: 24.12."""
    day, month = text.split(".")
    return date(int(month), int(day), whole)


def _refuse(text: str) -> Meaning:
    raise ValueError(f"{text} is not a date")


def era_date(month: int, day: int, whole: Meaning) -> Meaning:
    """A day of a year given as a meaning (with BC or AD)."""
    return date(month, day, whole)


def decade(tens: int) -> Meaning:
    """A decade with its century: 198 is the 1980s. The 1900s and 2000s are read as decades, as TIMEX3 does; the 1800s are a century."""
    if tens % 10 == 0 and tens < _FIRST_ROUND_DECADE:
        return Fixed(Period("century", tens // 10))
    return Fixed(Period("decade", tens))


def decade_of(number: int) -> Meaning:
    """A decade by its first year, in full or by two digits: (os anos) 1980, 80. Raises ValueError for a year that begins none."""
    if number % 10 or not (10 <= number < 100 or 1000 <= number <= 2990):
        raise ValueError("no decade begins there")
    return m.ShortDecade(number // 10) if number < 100 else decade(number // 10)


def decade_bc(tens: int) -> Meaning:
    """A decade before 1 CE: 48 is the 480s BC, from 489 to 480 BC."""
    if tens < 1:
        raise ValueError("not a decade BC")
    return Fixed(Period("decade", -tens - 1))


def century(number: int, before_christ: int = 0) -> Meaning:
    """A century by its ordinal: the 20th is 19XX."""
    if not (1 <= number <= 40 and int(number) == number):
        raise ValueError("not a century")
    return Fixed(Period("century", -number if before_christ else number - 1))


def millennium(number: int, before_christ: int = 0) -> Meaning:
    """A millennium by its ordinal: the second is 1XXX."""
    if not (1 <= number <= 9 and int(number) == number):
        raise ValueError("not a millennium")
    return Fixed(Period("millennium", -number if before_christ else number - 1))


def half(number: int, whole: Meaning) -> Meaning:
    """The first or second half of what has no halves in TIMEX3: a century, a decade, a month."""
    return m.Part("START" if number == 1 else "END", whole, half=True)


def turn_of_century(which: Meaning) -> Meaning:
    """The years about a century's first: the turn of the 20th century is about 1900."""
    if isinstance(which, Fixed) and which.period.unit == "century":
        return m.About(Fixed(Period("year", which.period.number * 100)))
    return m.About(m.Part("START", which))


def about_years(first: int, last: int) -> Meaning:
    """Years of which the first is not known exactly: c. 1850-60."""
    whole = year_range(first, last)
    return m.Between(m.About(whole.start), whole.end)


def unit(name: str) -> Cycle:
    """Any day, week, year ...; ValueError for one that the calendar has no pieces of."""
    if name == _TWO_MONTHS:
        raise ValueError("no unit of the calendar")
    return Cycle("unit", name)


def cycle(kind: str, value: int | str) -> Cycle:
    """An interval that comes round again."""
    if kind in ("monthday", "weekdate") and not 1 <= int(value) % 100 <= _LONGEST_MONTH:
        raise ValueError("no month has such a day")
    return Cycle(kind, value)


def nth_cycle(number: int, name: str) -> Cycle:
    """The nth quarter or half."""
    if name == "quarter" and number in (1, 2, 3, 4):
        return Cycle("quarter", int(number))
    if name == "half" and number in (1, 2):
        return Cycle("half", int(number))
    raise ValueError(f"there is no {name} {number}")


def coming(what: Cycle, today: int = 0) -> Meaning:
    """The first occurrence to come, today's with ``today``."""
    return m.Coming(what, bool(today))


def near(what: Meaning) -> Meaning:
    """The occurrence that tense points to."""
    return m.Near(what) if isinstance(what, Cycle) else what


def this(what: Meaning) -> Meaning:
    """The occurrence that holds the anchor; a wrapped cycle is unwrapped first."""
    return m.This(what.what if isinstance(what, m.Near) else what)


def hence_range(low: Number, high: Number, name: str) -> Meaning:
    """So many units ahead, or so many: in two or three weeks."""
    return m.Hence(duration(low, name), duration(high, name))


def duration(count: Number | None, name: str) -> Duration:
    """A number of units; two months that have a word of their own (bimestre) are months."""
    if name == _TWO_MONTHS:
        return Duration(((None if count is None else count * 2, "month"),))
    return Duration(((count, name),))


def compound(left: Duration, right: Duration) -> Duration:
    """Two amounts together: two years and three months."""
    if not _coarser(left.amounts[-1][1], right.amounts[0][1]):
        raise ValueError("not from coarse to fine")
    return Duration(left.amounts + right.amounts)


def _coarser(left: str, right: str) -> bool:
    return periods.rank(left) < periods.rank(right)


def clock(text: str, half_day: int | None = None, zone: str | None = None) -> m.Clock:
    """A time such as 10:30, with 0 for a.m. and 12 for p.m. where that is said."""
    parts = [int(p) for p in _FRACTION.sub("", text).split(":")]
    found = clock_parts(parts[0], parts[1], half_day, zone, parts[2] if len(parts) > 2 else None)
    return attrs.evolve(found, twelve=False) if text[0] == "0" else found


def clock_parts(
    hour: int, minute: int | None, half_day: int | None = None, zone: str | None = None, second: int | None = None
) -> m.Clock:
    """A time of day in numbers."""
    if half_day is not None:
        if not 1 <= hour <= 12:
            raise ValueError("no such hour before or after noon")
        hour = hour % 12 + half_day
    if minute is None:
        minute = 0
    if int(hour) != hour or int(minute) != minute or hour < 0 or minute < 0:
        raise ValueError("no such time")
    if hour > 24 or minute > 59 or (second or 0) > 59 or (hour == 24 and minute > 0):
        raise ValueError("no such time")
    return m.Clock(hour, minute, second, zone, None, half_day is None and 1 <= hour <= 12)


def offset(digits: str, sign: int) -> str:
    """An offset from UTC as mails have it: -0500."""
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours * 60 + minutes > 14 * 60 or minutes > 59:
        raise ValueError("no such offset")
    return f"{'+' if sign > 0 else '-'}{digits[:2]}:{digits[2:]}"


def utc_offset(hours: int, sign: int) -> str:
    """An offset from UTC in hours: UTC+2."""
    return offset(f"{hours:02d}00", sign)


def military(text: str, zone: str | None = None) -> Meaning:
    """A time in four figures: 1430."""
    return attrs.evolve(clock_parts(int(text[:2]), int(text[2:]), None, zone), twelve=False)


def with_zone(time: Meaning, zone: str | None) -> Meaning:
    """A time of day in a zone, about one too."""
    if isinstance(time, m.About):
        return m.About(with_zone(time.what, zone))
    if not isinstance(time, m.Clock):
        raise ValueError("not a time of day")
    return attrs.evolve(time, zone=zone)


def millennial_year(thousands: int, rest: int | None = None) -> Meaning:
    """The year of "zweitausendelf": so many thousands, and what is over."""
    return year_ad(thousands * 1000 + (rest or 0))


def relative_clock(minutes: int, hour: int, half_day: int | None = None, zone: str | None = None) -> Meaning:
    """Minutes past (or, negative, to) an hour."""
    if not 1 <= hour <= 12:
        raise ValueError("no such hour")
    if half_day is not None:
        hour = hour % 12 + half_day
    if int(minutes) != minutes or not abs(minutes) < 60:
        raise ValueError("no such time")
    total = (hour * 60 + minutes) % 1440
    return m.Clock(total // 60, total % 60, None, zone, None, half_day is None)


def compact_clock(text: str | int, half_day: int, zone: str | None = None) -> m.Clock:
    """A time in three or four figures before a half of the day: 615 pm."""
    return clock_parts(int(text) // 100, int(text) % 100, half_day, zone)


def two_day(number: Number) -> Meaning:
    """Today or tomorrow as chats write it: 2day, 2moro; the figure is the word's sound."""
    if number != 2:
        raise ValueError("not a word")
    return m.Next(unit("day"))


def two_nite(number: Number) -> Meaning:
    """Tonight as chats write it: 2nite."""
    if number != 2:
        raise ValueError("not a word")
    return m.At(Cycle("part", "EVNI"), m.This(unit("day")))


def likely_hour(hour: int) -> m.Clock:
    """An hour without a half of the day, where people meet then: at seven in the evening, at nine in the morning."""
    if not 1 <= hour <= 24:
        raise ValueError("no such hour")
    return likely(clock_parts(hour, None))


def likely_span(first: m.Clock, last: m.Clock) -> Meaning:
    """From one hour through another, neither with its half of the day: from 12 to 2."""
    begin, end = likely(first), likely(last)
    if (end.hour, end.minute or 0) <= (begin.hour, begin.minute or 0) and begin.hour >= 12 > first.hour:
        begin = attrs.evolve(begin, hour=begin.hour - 12)
    if (end.hour, end.minute or 0) <= (begin.hour, begin.minute or 0):
        end = attrs.evolve(end, hour=end.hour + 12 if end.hour < 12 else end.hour)
    return m.Between(begin, end)


def likely(time: m.Clock) -> m.Clock:
    """Return an hour of a clock's face as the one at which people meet."""
    if not time.twelve:
        return time
    return attrs.evolve(time, hour=time.hour + 12 if time.hour < _FIRST_LIKELY_HOUR else time.hour, twelve=False)


def on_day(time: Meaning, day: Meaning) -> Meaning:
    """Set a time of day, or a part of it, on a day."""
    if isinstance(time, m.Clock):
        part = (
            day.what.value
            if isinstance(day, m.At) and isinstance(day.what, Cycle) and day.what.kind == "part"
            else None
        )
        if not time.twelve or part is None:
            return attrs.evolve(time, day=day, twelve=False)
        part = periods.PART_CODES.get(str(part), part)
        after_midnight = part == "NI" and time.hour % 12 < _SMALL_HOURS
        hour = time.hour % 12 if after_midnight else _hour_in(time.hour, str(part))
        return attrs.evolve(time, hour=hour, day=m.Shift(day, 1, "day") if after_midnight else day, twelve=False)
    if isinstance(time, m.Part):
        return m.Part(time.which, on_day(time.whole, day))
    if isinstance(time, m.About):
        return m.About(on_day(time.what, day))
    if isinstance(time, m.Bounded):
        return m.Bounded(time.mod, on_day(time.what, day))
    if isinstance(time, m.Near):
        time = time.what
    return m.At(time, day)


def clock_range(first: int, last: int, half_day: int, day: Meaning | None = None) -> Meaning:
    """Hours of one half of a day, from one through another: 9-11 a.m."""
    if not first % 12 < last % 12:
        raise ValueError("a range runs forward")
    ends = [clock_parts(hour, None, half_day) for hour in (first, last)]
    return m.Between(*(end if day is None else on_day(end, day) for end in ends))


def clock_span(first: m.Clock, last: Meaning, day: Meaning | None = None) -> m.Between:
    """From one time of day through another of which only the second says its half of the day: 7 to 9 p.m., 11 to 2 p.m."""
    end = last
    while not isinstance(end, m.Clock):
        if not isinstance(end, (m.About, m.Bounded)):
            raise ValueError("not a clock time")
        end = end.what
    if end.twelve:
        raise ValueError("neither says its half of the day")
    if first.twelve:
        stop = end.hour * 60 + (end.minute or 0)
        hours = [h for h in (first.hour % 12, first.hour % 12 + 12) if h * 60 + (first.minute or 0) < stop]
        first = attrs.evolve(first, hour=max(hours, default=first.hour % 12 + 12), twelve=False)
    whole = end.day if day is None else day
    if whole is not None:
        first = attrs.evolve(first, day=whole)
        last = last if day is None else on_day(last, whole)
    return m.Between(first, last)


def hours_between(first: m.Clock, last: m.Clock) -> m.Between:
    """From one time of the day's twenty-four hours through another: 8 to 10."""
    return m.Between(*(attrs.evolve(end, twelve=False) for end in (first, last)))


def set_at(every_time: Meaning, time: Meaning) -> Meaning:
    """What comes round again, with its time of day: every Tuesday at 8 p.m."""
    while isinstance(time, (m.About, m.Bounded)):
        time = time.what
    if not isinstance(every_time, m.Every) or not isinstance(time, m.Clock):
        raise ValueError("not a repeated time of day")
    if time.twelve and isinstance(every_time.what, Cycle) and every_time.what.kind == "part":
        time = attrs.evolve(time, hour=_hour_in(time.hour, str(every_time.what.value)), twelve=False)
    return attrs.evolve(every_time, at=time)


def set_span(every_time: Meaning, first: m.Clock, last: Meaning) -> Meaning:
    """What comes round again from one time of day through another: every Friday from 5 to 7 p.m."""
    if not isinstance(first, m.Clock):
        raise ValueError("not a clock time")
    span: m.Between = clock_span(first, last) if first.twelve else m.Between(first, last)
    return m.Between(set_at(every_time, span.start), set_at(every_time, span.end))


def morning_clock(time: Meaning, part: str) -> Meaning:
    """A clock time with a part of the day: 4 in the morning, 10 at night."""
    if not isinstance(time, m.Clock):
        raise ValueError("not a clock time")
    if part == "NI" and time.hour == _NOON and not time.minute:
        return attrs.evolve(time, hour=2 * _NOON, twelve=False)
    return attrs.evolve(time, hour=_hour_in(time.hour, part), twelve=False)


def _hour_in(hour: int, part: str) -> int:
    """Return an hour of a clock's face as one of the whole day, in a part of it."""
    if (part in ("AF", "EV") and hour < 12) or (part == "NI" and _SMALL_HOURS <= hour < 12):
        return hour + 12
    return 0 if part == "MO" and hour == 12 else hour


def day_range(month: int, first: int, last: int, whole: Any = None) -> Meaning:
    """Days of one month, from one through another."""
    if first >= last:
        raise ValueError("a range runs forward")
    return m.Between(date(month, first, whole), date(month, last, whole))


def day_pair(month: int, first: int, last: int, whole: Any = None) -> Meaning:
    """Two days that follow each other, named side by side: 17 and 18 July."""
    if last != first + 1:
        raise ValueError("the two days are no run")
    return day_range(month, first, last, whole)


def years_bc(first: int, last: int) -> Meaning:
    """Years before 1 CE from one through another, the era said once: 218 to 201 BC."""
    if not first > last:
        raise ValueError("a range runs forward")
    return m.Between(year_bc(first), year_bc(last))


def nth(number: Number, what: Cycle, whole: Meaning) -> Meaning:
    """The nth of something within a whole; negative counts from the end."""
    if int(number) != number or number == 0:
        raise ValueError("not a whole number")
    return m.Nth(int(number), what, whole)


def five_year_plan(number: int) -> m.Between:
    """The years of a five-year plan by its number, as China counts them: the eighth is 1991 to 1995."""
    if not 6 <= number <= 20:
        raise ValueError("no plan of five years has that number")
    # the first began in 1953, the third, after a pause, in 1966
    first = 1951 + 5 * number
    return m.Between(year(first), year(first + 4))


def run(number: Number, name: str, whole: Meaning | None) -> Meaning:
    """The first (or, negative, last) so many of something within a whole."""
    if int(number) != number or number == 0:
        raise ValueError("not a whole number")
    return m.Run(int(number), name, whole)


def year_range(first: int, last: int | str) -> m.Between:
    """Years from one through another, the second in full or by its last two digits (2014-15)."""
    end = int(last)
    if end < 100:
        end += first // 100 * 100
    if not first < end <= first + 300:
        raise ValueError("a range runs forward")
    return m.Between(year(first), year(end))


def year_pair(first: int, last: int) -> m.Between:
    """Two years that follow each other, parted by a slash: 1870/71, 2002/2003."""
    years = year_range(first, last)
    if last % 100 != (first + 1) % 100:
        raise ValueError("the two years are no run")
    return years


def month_range(first: int, last: int, whole: Any = None) -> Meaning:
    """Months of one year, from one through another."""
    if whole is None:
        return m.Between(m.Near(Cycle("month", first)), m.Near(Cycle("month", last)))
    end = month_of(last, whole)
    if first > last:
        return m.Between(m.Near(Cycle("month", first)), end)
    return m.Between(month_of(first, whole), end)


def night_of(month: int, first: int, last: int, whole: Any = None) -> Meaning:
    """The night between two days: the night of 14 to 15 July 1099."""
    if last != first + 1:
        raise ValueError("a night lies between two days")
    return m.At(Cycle("part", "NI"), date(month, first, whole))


def every(what: Meaning, count: int | None = None, times: int | None = None) -> Meaning:
    """A repeated time."""
    return m.Every(what, count or 1, times)


def shift(base: Meaning, amount: Duration, sign: int) -> Meaning:
    """A base moved by a duration; amounts after the first are moved too."""
    moved: Meaning = base
    for count, name in amount.amounts:
        moved = m.Shift(moved, None, name, sign < 0) if count is None else m.Shift(moved, count * sign, name)
    return moved


BUILDERS: Final[dict[str, Callable[..., Any]]] = {
    **{
        name: getattr(m, name)
        for name in (
            "About", "After", "Ahead", "At", "Before", "Beside", "Between", "Bounded", "Coming", "Either", "Hence", "Last", "Near", "Next", "Part",
            "Nothing", "Past", "Previous", "Published", "Reference", "Rest", "Same", "ShortDecade", "ShortYear", "Since", "SoFar",
            "The", "This", "Until", "Within",
        )
    },
    **{
        f.__name__: f
        for f in (
            about_years,
            add,
            century,
            clock,
            clock_parts,
            clock_range,
            clock_span,
            coming,
            compact_clock,
            compound,
            cycle,
            cycle_date,
            date,
            day_month,
            day_pair,
            day_range,
            decade,
            decade_bc,
            decade_of,
            divided,
            dual_year,
            duration,
            every,
            five_year_plan,
            half,
            hence_range,
            hours_between,
            hundreds,
            iso,
            likely_hour,
            likely_span,
            military,
            millennial_year,
            millennium,
            mixed,
            month_of,
            month_range,
            morning_clock,
            multiply,
            near,
            night_of,
            nth_cycle,
            numeric_date,
            offset,
            on_day,
            ranged,
            relative_clock,
            run,
            set_at,
            set_span,
            shift,
            short_year,
            split_year,
            spelled,
            spoken_year,
            tens_ordinal,
            this,
            thousands,
            turn_of_century,
            two_day,
            two_nite,
            unit, utc_offset,
            with_zone,
            written_year,
            year,
            year_ad,
            year_bc,
            year_pair,
            year_range,
            years_bc,
        )
    },
    "Nth": nth,
    "same": lambda value: value,
}  # fmt: skip
