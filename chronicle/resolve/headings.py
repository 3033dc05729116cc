"""Headings: the sections of a narrative that are headed by a year ("1914", "The war in 1914") tell of that year."""

from __future__ import annotations

import itertools
from typing import Final

import attrs

from chronicle.resolve.passage import Passage
from chronicle.tagger import kinds
from chronicle.tagger import meaning as m
from chronicle.tagger.candidate import THROUGHOUT, Candidate
from chronicle.tagger.meaning import Meaning
from chronicle.time import gregorian, periods
from chronicle.time.periods import Period

# what may stand before the year of a heading, and behind it
_LONGEST_LEAD: Final = 24
_TRAILING: Final = 4
_ERAS: Final = frozenset({"decade", "century", "millennium"})
_YEAR: Final = m.Cycle("unit", "year")
_YEARLY: Final = frozenset({"month", "date", "season", "holiday", "quarter", "half"})


def head(passage: Passage, candidates: list[Candidate]) -> list[Candidate]:
    """Give dates without a year that of the heading above them, until the text names two dates of one other year in a row."""
    if all(candidate.told != THROUGHOUT for candidate in candidates):
        return candidates
    headed: int | None = None
    given = list(candidates)
    dated = [(index, year) for index, c in enumerate(candidates) if (year := _year(c)) is not None]
    following = {index: (year, after) for (index, year), (_, after) in itertools.pairwise([*dated, (-1, 0)])}
    for index, candidate in enumerate(candidates):
        year, after = following.get(index, (None, None))
        if year is None:
            if headed is not None:
                given[index] = candidate._replace(meaning=_within(candidate.meaning, headed))
        elif _heads(passage.text, candidate):
            headed = year if isinstance(candidate.meaning, m.Fixed) else None
        elif headed is not None and year == after != headed:
            headed = None
    return given


def _year(candidate: Candidate) -> int | None:
    """Return the year that an expression of a narrative names."""
    if candidate.told != THROUGHOUT:
        return None
    meaning = kinds.innermost(candidate.meaning)
    if not isinstance(meaning, m.Fixed) or meaning.period.unit in _ERAS:
        return None
    return gregorian.from_ordinal(periods.first_day(meaning.period))[0]


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


def _heads(text: str, candidate: Candidate) -> bool:
    """Tell whether an expression is a heading: a line of its own, with a word or two before it."""
    begin = text.rfind("\n", max(0, candidate.start - _LONGEST_LEAD - 1), candidate.start) + 1
    stop = text.find("\n", candidate.end, candidate.end + _TRAILING)
    after = text[candidate.end : stop if stop >= 0 else candidate.end + _TRAILING]
    alone = not after.strip(" :\r") and stop >= 0
    lead = text[begin : candidate.start]
    return alone and (begin > 0 or candidate.start <= _LONGEST_LEAD) and "." not in lead
