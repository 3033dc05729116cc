"""Asides: years that a narrative names on its way without going there ("the war of 1870", "until 1915 forty of them").

What comes after a date without a year is dated by the year that the story is in. Which of the years it names are its own is told
from their order: a story returns from an aside to where it was.
"""

from __future__ import annotations

from typing import Final

import attrs

from chronicle.resolve.passage import Passage
from chronicle.tagger import kinds
from chronicle.tagger import meaning as m
from chronicle.tagger.candidate import THROUGHOUT, Candidate
from chronicle.tagger.meaning import Meaning
from chronicle.time import gregorian, periods
from chronicle.time.periods import Period

_LOOK_AHEAD: Final = 4
# what may stand before the year of a heading, and behind it
_LONGEST_LEAD: Final = 24
_TRAILING: Final = 4
# a story goes on by a few years at once; what lies further off needs others to bear it out
_STEP: Final = 3
_BORNE_OUT: Final = 2
_YEAR: Final = m.Cycle("unit", "year")
_YEARLY: Final = frozenset({"month", "date", "season", "holiday", "quarter", "half"})
_ERAS: Final = frozenset({"decade", "century", "millennium"})


def set_aside(passage: Passage, candidates: list[Candidate]) -> list[Candidate]:
    """Mark the dates of a narrative whose year the story does not go to, and give those without a year that of their section."""
    years = [_year(c) if c.told == THROUGHOUT else None for c in candidates]
    named = [(index, year) for index, year in enumerate(years) if year is not None]
    marked = list(candidates)
    here: int | None = None
    headed = False
    place = 0
    for index, candidate in enumerate(candidates):
        year = years[index]
        if year is None:
            if headed and here is not None and candidate.told == THROUGHOUT:
                marked[index] = candidate._replace(meaning=_within(candidate.meaning, here))
            continue
        place += 1
        ahead = [other for at, other in named[place : place + _LOOK_AHEAD] if not _heads(passage.text, candidates[at])]
        heading = _heads(passage.text, candidate)
        if here is None or year == here or heading:
            # a section that is headed by its year tells of that year
            headed = (headed and year == here) if not heading else isinstance(candidate.meaning, m.Fixed)
            here = year
        elif (headed and year not in ahead[:_BORNE_OUT]) or _is_aside(year, here, ahead, isinstance(candidate.meaning, m.Fixed) and _is_year(candidate.meaning)):
            marked[index] = candidate._replace(aside=True)
        else:
            here, headed = year, False
    return marked


def _within(meaning: Meaning, year: int) -> Meaning:
    """Return a time without a year as one of a year; any other as it is."""
    whole = m.Fixed(Period("year", year))
    if isinstance(meaning, m.Near) and meaning.what.kind in _YEARLY:
        return m.At(meaning.what, whole)
    if isinstance(meaning, (m.Part, m.At, m.Nth)):
        inner = _within(meaning.whole, year)
        return meaning if inner is meaning.whole else attrs.evolve(meaning, whole=inner)
    if isinstance(meaning, (m.This, m.Last, m.Next, m.The)) and meaning.what == _YEAR:
        return m.Fixed(Period("year", year + isinstance(meaning, m.Next) - isinstance(meaning, m.Last)))
    return meaning


def _year(candidate: Candidate) -> int | None:
    meaning = kinds.innermost(candidate.meaning)
    if not isinstance(meaning, m.Fixed) or meaning.period.unit in _ERAS:
        return None
    return gregorian.from_ordinal(periods.first_day(meaning.period))[0]


def _is_year(meaning: m.Fixed) -> bool:
    return meaning.period.unit == "year"


def _is_aside(year: int, here: int, ahead: list[int], bare: bool) -> bool:
    """Tell whether a story in one year that names another returns to where it was, or near it, in the years that it names next."""
    gap = abs(year - here)
    if not bare and gap == 1:
        return False
    if year < here:
        return any(here <= other <= here + _STEP for other in ahead)
    return any(here <= other < year for other in (ahead[:_BORNE_OUT] if gap <= _STEP else ahead))


def _heads(text: str, candidate: Candidate) -> bool:
    """Tell whether a year is a heading: a line of its own, with a word or two before it ("1914", "The war in 1914")."""
    begin = text.rfind("\n", 0, candidate.start) + 1
    stop = text.find("\n", candidate.end, candidate.end + _TRAILING)
    after = text[candidate.end : stop if stop >= 0 else candidate.end + _TRAILING]
    alone = not after.strip(" :\r") and (stop >= 0 or candidate.end + _TRAILING > len(text))
    return alone and candidate.start - begin <= _LONGEST_LEAD and "." not in text[begin : candidate.start]
