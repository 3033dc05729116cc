"""The axis: marks of the calendar in two tiers, year over month or day over hour; web/axis.js does the same.

Places are milliseconds from 1970-01-01 in UTC, in the proleptic Gregorian calendar at any distance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from chronicle.drawing.measures import M
from chronicle.time import gregorian

_DAY: Final = 86_400_000
_YEAR: Final = 365.2425 * _DAY
_EPOCH: Final = gregorian.to_ordinal(1970)
_LENGTH: Final = {"minute": 60_000, "hour": 3_600_000, "day": _DAY, "month": _YEAR / 12, "year": _YEAR}
_STEPS: Final = (
    *(("minute", n) for n in (1, 5, 15, 30)),
    *(("hour", n) for n in (1, 3, 6, 12)),
    *(("day", n) for n in (1, 2, 5, 10)),
    *(("month", n) for n in (1, 3, 6)),
    *(("year", n * 10**power) for power in range(10) for n in (1, 2, 5)),
)
# the last day of a month at which a stretch of so many days begins
_LAST_DAY: Final = {1: 31, 2: 29, 5: 26, 10: 21}
_OVER: Final = {"minute": "day", "hour": "day", "day": "month", "month": "year", "year": ""}
_MILLION: Final = 1_000_000


@frozen
class Tick:
    """A mark of the axis: where it stands, its label, and the name of the stretch that begins there."""

    at: int
    label: str
    name: str


@frozen
class Axis:
    """The marks in a view: ``minor`` begins at or before its start, and ends at or after its end; ``major`` lies over it."""

    unit: str
    minor: list[Tick]
    major: list[Tick]


def axis(low: float, high: float, room: float, words: Mapping[str, Any]) -> Axis:
    """Return the marks between two places for a chart ``room`` pixels wide; ``words`` are the texts ``axis`` of the page."""
    least = M["minTick"] * (high - low) / room
    unit, count = next(((u, n) for u, n in _STEPS if n * _LENGTH[u] >= least), _STEPS[-1])
    minor = [
        Tick(at, _label(at, unit, words), _name(at, nxt, unit, count, words))
        for at, nxt in _starts(low, high, unit, count)
    ]
    over = _OVER[unit]
    if unit == "year" and count <= 2:
        major = [Tick(at, _decade(at, words), "") for at, _ in _starts(low, high, "year", 10)]
    else:
        major = [Tick(at, _long(at, over, words), "") for at, _ in _starts(low, high, over, 1)] if over else []
    return Axis(unit, minor, major)


def _starts(low: float, high: float, unit: str, count: int) -> Iterator[tuple[int, int]]:
    """Yield where each stretch begins and where the next one does, from the one that holds ``low`` to that which holds ``high``."""
    at = _floor(low, unit, count)
    while True:
        following = _next(at, unit, count)
        yield at, following
        if at >= high:
            return
        at = following


def civil(ms: float) -> tuple[int, int, int, int]:
    """Return year, month, day and milliseconds of the day."""
    day, rest = divmod(int(ms // 1), _DAY)
    return (*gregorian.from_ordinal(day + _EPOCH), rest)


def _at(year: int, month: int = 1, day: int = 1) -> int:
    return (gregorian.to_ordinal(year, month, day) - _EPOCH) * _DAY


def _floor(ms: float, unit: str, count: int) -> int:
    if unit in ("minute", "hour"):
        step = count * int(_LENGTH[unit])
        return int(ms // step) * step
    year, month, day, _ = civil(ms)
    if unit == "day":
        return _at(year, month, min((day - 1) // count * count + 1, _LAST_DAY[count]))
    if unit == "month":
        return _at(year, (month - 1) // count * count + 1)
    number = year // count if year > 0 else (year - 1) // count
    return _at(_year(number, count))


def _year(number: int, count: int) -> int:
    """Return the year at which a stretch of years begins: 10, 20 ... on this side, 10 BC, 20 BC ... on the other, and year 1 between."""
    if count == 1:
        return number
    return number * count if number > 0 else 1 + number * count


def _next(at: int, unit: str, count: int) -> int:
    if unit in ("minute", "hour"):
        return at + count * int(_LENGTH[unit])
    year, month, day, _ = civil(at)
    if unit == "day":
        following = day + count
        if following <= min(_LAST_DAY[count], gregorian.days_in_month(year, month)):
            return _at(year, month, following)
        return _at(year + month // 12, month % 12 + 1)
    if unit == "month":
        month += count
        return _at(year + (month - 1) // 12, (month - 1) % 12 + 1)
    if count == 1:
        return _at(year + 1)
    number = year // count if year > 1 else (year - 1) // count
    return _at(_year(number + 1, count))


def year_name(year: int, words: Mapping[str, Any]) -> str:
    """Return a year as the axis has it: 2021, 44 BC, 4600 million BC."""
    if year > 0:
        return _large(year, words)
    return str(words["bc"]).replace("{year}", _large(1 - year, words))


def _large(number: int, words: Mapping[str, Any]) -> str:
    if number < _MILLION:
        return str(number)
    text = f"{number / _MILLION:.2f}".rstrip("0").rstrip(".")
    return str(words["million"]).replace("{n}", text)


def _decade(at: int, words: Mapping[str, Any]) -> str:
    year = civil(at)[0]
    return str(words["decade"]).replace("{year}", str(year)) if year > 1 else ""


def _clock(ms: int) -> str:
    return f"{ms // 3_600_000:02d}:{ms // 60_000 % 60:02d}"


def _label(at: int, unit: str, words: Mapping[str, Any]) -> str:
    year, month, day, rest = civil(at)
    if unit in ("minute", "hour"):
        return _clock(rest)
    if unit == "day":
        return str(day)
    return str(words["short"][month - 1]) if unit == "month" else year_name(year, words)


def _long(at: int, unit: str, words: Mapping[str, Any]) -> str:
    """Return the whole name of a day, month or year."""
    year, month, day, _ = civil(at)
    if unit == "year":
        return year_name(year, words)
    return _filled(words[unit], year, month, day, words)


def _filled(pattern: str, year: int, month: int, day: int | str, words: Mapping[str, Any]) -> str:
    named = pattern.replace("{month}", str(words["months"][month - 1])).replace("{day}", str(day))
    return named.replace("{year}", year_name(year, words))


def _name(at: int, following: int, unit: str, count: int, words: Mapping[str, Any]) -> str:
    """Return what a stretch is called: 3 May 2021, 06:00–12:00; 6–10 May 2021; January–March 2021; 2010–2019."""
    year, month, day, rest = civil(at)
    last = civil(following - 1)
    if unit in ("minute", "hour"):
        return f"{_long(at, 'day', words)}, {_clock(rest)}–{_clock(civil(following)[3])}"
    if unit == "day":
        return _filled(words["day"], year, month, day if last[2] == day else f"{day}–{last[2]}", words)
    if unit == "month":
        if count == 1:
            return _filled(words["month"], year, month, day, words)
        return f"{words['months'][month - 1]}–{_filled(words['month'], last[0], last[1], 1, words)}"
    first_name, last_name = year_name(year, words), year_name(last[0], words)
    return first_name if first_name == last_name else f"{first_name}–{last_name}"


def moment_name(ms: float, length: float, words: Mapping[str, Any]) -> str:
    """Return a place as it is called in a view so long: its year, month, day or time."""
    year, month, day, rest = civil(ms)
    if length > 3 * _YEAR:
        return year_name(year, words)
    if length > 90 * _DAY:
        return _filled(words["month"], year, month, day, words)
    return _filled(words["day"], year, month, day, words) + (f", {_clock(rest)}" if length < 2 * _DAY and rest else "")
