"""Sharing: what an expression takes from others of the text before any anchor: the year of a list, the order of day and month."""

from __future__ import annotations

import re
from typing import Final

import attrs

from chronicle import cycles, gregorian, periods
from chronicle.periods import Period
from chronicle.tagger import meaning as m
from chronicle.tagger.builders import date
from chronicle.tagger.meaning import Meaning
from chronicle.tagger.scan import Candidate

_UNITS: Final = {"month": "month", "season": "season", "date": "day", "quarter": "quarter", "half": "half"}
_LONGEST_JOIN: Final = 12
_MONTHS: Final = 12
_SLASHES = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(?:\d{4}|\d\d)(?!\d)")


def day_first(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """Read the dates with slashes of a text the day first where one of them can only be read so: 3/4/2013 beside 30/4/2013."""
    slashed = [
        (index, int(found[1]), int(found[2]))
        for index, candidate in enumerate(candidates)
        if (found := _SLASHES.search(text, candidate.start, candidate.end)) is not None
    ]
    if all(first <= _MONTHS for _, first, _ in slashed) or any(second > _MONTHS for _, _, second in slashed):
        return candidates
    turned = list(candidates)
    for index, first, second in slashed:
        if first <= _MONTHS:
            turned[index] = candidates[index]._replace(meaning=_turned(candidates[index].meaning, second, first))
    return turned


def _turned(meaning: Meaning, month: int, day: int) -> Meaning:
    """Return a date with its day and month changed round."""
    if isinstance(meaning, m.Clock) and meaning.day is not None:
        return attrs.evolve(meaning, day=_turned(meaning.day, month, day))
    if isinstance(meaning, m.Fixed) and meaning.period.unit == "day":
        return date(month, day, gregorian.from_ordinal(meaning.period.number)[0])
    return date(month, day, meaning.whole) if isinstance(meaning, m.At) else meaning


def share_years(text: str, candidates: list[Candidate], listing: frozenset[str]) -> list[Candidate]:
    """Give the year at the end of a list to what stands before it without one: "July or August of 1914"."""
    shared = list(candidates)
    for index in range(len(shared) - 2, -1, -1):
        first, second = shared[index], shared[index + 1]
        if not (isinstance(first.meaning, m.Near) and second.start - first.end <= _LONGEST_JOIN):
            continue
        joiner = text[first.end : second.start].strip().lower()
        what, last = first.meaning.what, _dated(second.meaning)
        listed = joiner in listing or (joiner == "," and isinstance(second.meaning, m.At))
        if not listed or last is None or _UNITS.get(what.kind) != last.unit:
            continue
        try:
            found = cycles.latest_by(what, periods.first_day(last))
        except ValueError:
            continue
        year = Period("year", gregorian.from_ordinal(periods.first_day(found))[0])
        shared[index] = first._replace(meaning=m.At(what, m.Fixed(year)))
    return shared


def _dated(meaning: Meaning) -> Period | None:
    """Return the period of a date, month or season that is written with its year."""
    if isinstance(meaning, m.Fixed):
        return meaning.period
    if isinstance(meaning, m.At) and isinstance(meaning.what, m.Cycle) and isinstance(meaning.whole, m.Fixed):
        year = meaning.whole.period
        if year.unit == "year" and meaning.what.kind in _UNITS:
            return cycles.in_year(meaning.what, year.number)
    return None
