"""Kinds: what kind of time a meaning names, as far as its form tells."""

from __future__ import annotations

import functools
from typing import Final

import attrs

from chronicle.tagger import meaning as m
from chronicle.tagger.meaning import Meaning

# meanings that hold no other meaning but a cycle
_WHOLE: Final = (
    m.Fixed,
    m.Near,
    m.Duration,
    m.Reference,
    m.Published,
    m.Previous,
    m.Same,
    m.The,
    m.Past,
    m.Ahead,
    m.Hence,
)
# where a meaning may hold another
_HOLDING: Final = ("what", "whole", "day", "base", "start", "end")
_BARE: Final = frozenset(_WHOLE)
_THIS_WEEKEND: Final = m.This(m.Cycle("unit", "weekend"))
_PRESENT: Final = (m.Reference("PRESENT_REF"), m.This(m.Cycle("unit", "day")))
_MONTHS_IN: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def length_of(meaning: Meaning) -> int | None:
    """Return how many months a stretch has that a day may end: a quarter, half or year, or so many months."""
    while isinstance(meaning, (m.Shift, m.About)):
        meaning = meaning.base if isinstance(meaning, m.Shift) else meaning.what
    if isinstance(meaning, (m.Duration, m.Run, m.Past)):
        amounts = meaning.amounts if isinstance(meaning, m.Duration) else ()
        if isinstance(meaning, m.Run):
            amounts = ((meaning.number, meaning.unit),)
        elif isinstance(meaning, m.Past):
            amounts = meaning.duration.amounts
        count, name = amounts[0] if len(amounts) == 1 else (None, "")
        months = _MONTHS_IN.get(name)
        return int(count) * months if months and count is not None and float(count).is_integer() and count > 0 else None
    what = getattr(meaning, "what", None)
    if isinstance(meaning, (m.Near, m.At, m.The, m.This, m.Same, m.Last)) and isinstance(what, m.Cycle):
        return _MONTHS_IN.get(str(what.value) if what.kind == "unit" else what.kind)
    if isinstance(meaning, m.Fixed):
        return _MONTHS_IN.get(meaning.period.unit)
    return None


def counted_units(meaning: Meaning) -> tuple[tuple[int | float, str], ...] | None:
    """Return the amounts of a duration that says exactly how many."""
    meaning = _counted(meaning)
    duration = meaning.duration if isinstance(meaning, m.Hence) else meaning
    if not isinstance(duration, m.Duration):
        return None
    amounts = [(count, unit) for count, unit in duration.amounts if count is not None]
    return tuple(amounts) if len(amounts) == len(duration.amounts) else None


def is_present(meaning: Meaning) -> bool:
    """Tell whether a meaning is now, or today."""
    return isinstance(meaning, (m.Reference, m.This)) and meaning in _PRESENT


def is_deictic(meaning: Meaning) -> bool:
    """Tell whether a meaning is counted from the publication date: today, last year, two weeks ago."""
    inner = innermost(_counted(meaning))
    if isinstance(inner, m.Shift):
        base: Meaning = inner
        while isinstance(base, m.Shift):
            base = base.base
        return isinstance(base, m.Published)
    return isinstance(inner, (m.Last, m.Next, m.Coming, m.Reference, m.Past, m.Ahead)) or is_present(inner)


def names_one_day(meaning: Meaning) -> bool:
    """Tell whether a meaning is one day: a weekday, a date, a named day, today."""
    if isinstance(meaning, m.Fixed):
        return meaning.period.unit == "day"
    what = meaning.what if isinstance(meaning, (m.Near, m.This, m.Last, m.Next)) else None
    return isinstance(what, m.Cycle) and (what.kind in ("weekday", "date", "holiday") or what.value == "day")


def is_of_one_day(meaning: Meaning) -> bool:
    """Tell whether a meaning is one day or a part of one: "Tuesday", "this evening"."""
    while isinstance(meaning, (m.Part, m.About, m.Shift)):
        meaning = (
            meaning.base
            if isinstance(meaning, m.Shift)
            else meaning.what
            if isinstance(meaning, m.About)
            else meaning.whole
        )
    if isinstance(meaning, m.At):
        what = meaning.what
        return isinstance(what, m.Cycle) and what.kind in ("part", "weekday", "date", "monthday")
    if isinstance(meaning, m.Near) and meaning.what.kind in ("part", "monthday"):
        return True
    return names_one_day(meaning) or (isinstance(meaning, m.Same) and meaning.what.value == "day")


def is_clock(meaning: Meaning) -> bool:
    """Tell whether a meaning is a time of day without its day, be it approximate."""
    while isinstance(meaning, (m.About, m.Bounded)):
        meaning = meaning.what
    return isinstance(meaning, m.Clock) and meaning.day is None


def innermost(meaning: Meaning) -> Meaning:
    """Return the time that an expression names a part of: 1943 in "early in the winter of 1943"."""
    while type(meaning) not in _BARE:
        if isinstance(meaning, m.Clock) and meaning.day is not None:
            meaning = meaning.day
        elif isinstance(meaning, m.About):
            meaning = meaning.what
        elif isinstance(meaning, m.Between):
            meaning = meaning.start
        elif isinstance(meaning, m.Beside):
            meaning = meaning.base
        elif isinstance(meaning, (m.Part, m.At, m.Nth)):
            meaning = meaning.whole
        else:
            return meaning
    return meaning


def is_weekday(meaning: Meaning) -> bool:
    """Tell whether a meaning is a weekday, or a time of one."""
    while isinstance(meaning, (m.Clock, m.At, m.About, m.Part)):
        inner = (
            meaning.day
            if isinstance(meaning, m.Clock)
            else meaning.what
            if isinstance(meaning, m.About)
            else meaning.whole
        )
        if inner is None:
            return False
        meaning = inner
    return isinstance(meaning, m.Near) and meaning.what.kind == "weekday"


def needs_direction(meaning: Meaning) -> bool:
    """Tell whether the tense of the clause has a say in which occurrence a meaning names."""
    while True:
        if isinstance(meaning, (m.Hence, m.Either)):
            return True
        if isinstance(meaning, m.Near):
            return meaning.what.kind != "unit" or meaning.what.value in ("quarter", "weekend", "year")
        if meaning == _THIS_WEEKEND:
            return True
        inner = getattr(meaning, "whole", None) or getattr(meaning, "day", None) or getattr(meaning, "base", None)
        if inner is None:
            inner = getattr(meaning, "what", None) or getattr(meaning, "start", None)
        if not isinstance(inner, Meaning) or isinstance(meaning, (m.This, m.Last, m.Next, m.Same, m.Coming)):
            return False
        meaning = inner


@functools.lru_cache(maxsize=4096)
def settled(meaning: Meaning, back: bool) -> Meaning:
    """Return a meaning in which every Either is one of its two, the one counted from the time last mentioned or the one from publication."""
    if isinstance(meaning, m.Either):
        return meaning.back if back else meaning.ahead
    if isinstance(meaning, _WHOLE):
        return meaning
    held = {name: getattr(meaning, name, None) for name in _HOLDING}
    changed = {name: settled(part, back) for name, part in held.items() if isinstance(part, Meaning)}
    changed = {name: part for name, part in changed.items() if part is not held[name]}
    return attrs.evolve(meaning, **changed) if changed else meaning


def is_nothing(meaning: Meaning) -> bool:
    """Tell whether a meaning is that of no date, or of a part of none: noon on 31 November."""
    if isinstance(meaning, m.Nothing):
        return True
    if isinstance(meaning, _WHOLE):
        return False
    inner = [getattr(meaning, name, None) for name in _HOLDING]
    return any(isinstance(part, Meaning) and is_nothing(part) for part in inner)


def _counted(meaning: Meaning) -> Meaning:
    """Return what a meaning says without how exactly it is counted."""
    while isinstance(meaning, (m.About, m.Bounded)):
        meaning = meaning.what
    return meaning


def looks_back(meaning: Meaning) -> bool:
    """Tell whether an expression only compares with an earlier time ("a year ago") and leaves the time that the text is about."""
    meaning = _counted(meaning)
    return isinstance(meaning, m.Shift) and (meaning.count or 0) < 0


def is_counted_on(meaning: Meaning) -> bool:
    """Tell whether an expression is counted from the time last mentioned, back or forward."""
    base = _counted(meaning)
    while isinstance(base, m.Shift):
        base = base.base
    return isinstance(base, m.Previous) and not isinstance(meaning, m.Previous)


def counts_on(meaning: Meaning) -> bool:
    """Tell whether an expression counts on from the time last mentioned: "six months later"."""
    meaning = _counted(meaning)
    return isinstance(meaning, m.Shift) and isinstance(meaning.base, m.Previous) and (meaning.count or 0) > 0


def names_again(meaning: Meaning) -> bool:
    """Tell whether an expression points back at the time last mentioned: "that year", "later that day"."""
    while isinstance(meaning, (m.Rest, m.SoFar, m.Part, m.About)):
        meaning = meaning.what if isinstance(meaning, m.About) else meaning.whole
    return isinstance(meaning, m.Same) and meaning.offset == 0


def datable(meaning: Meaning) -> bool:
    """Tell whether a meaning may name a place on the calendar, to begin or end a range."""
    return not isinstance(meaning, (m.Duration, m.Hence, m.Every, m.Run, m.Past, m.Ahead, m.Between))


def are_dates(first: Meaning, second: Meaning) -> bool:
    """Tell whether two meanings are days or months: "1 September to 6 October 1939", "3 May to 9 May"."""
    if isinstance(first, m.Near) and isinstance(second, m.Near):
        return first.what.kind == second.what.kind and first.what.kind in ("date", "month", "weekday")
    if not isinstance(second, m.Fixed) or second.period.unit not in ("day", "month"):
        return False
    if isinstance(first, m.Near):
        return first.what.kind == {"day": "date"}.get(second.period.unit, second.period.unit)
    return isinstance(first, m.Fixed) and first.period.unit == second.period.unit
