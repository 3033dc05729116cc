"""Telling: whether a text, or a paragraph of it, tells of another time than its own, so that the time last mentioned is its anchor."""

from __future__ import annotations

import re
from typing import Final

from chronicle import gregorian, periods
from chronicle.tagger import kinds
from chronicle.tagger import meaning as m
from chronicle.tagger.meaning import Meaning
from chronicle.tagger.scan import Candidate

_PARAGRAPH = re.compile(r"\n\s*\n")
_OPENING: Final = 24
_YEARS_BACK: Final = 3
_FEWEST_DATES: Final = 6
_FEWEST_ALONE: Final = 3


def is_narrative(candidates: list[Candidate], day: int | None) -> bool:
    """Tell whether a text tells of another time than its own: most of its dates lie years back and few words are of today."""
    if day is None:
        return True
    distant, near = _distances(candidates, day)
    return distant > 5 * near and distant >= (_FEWEST_DATES if near else _FEWEST_ALONE)


def told_of(text: str, candidates: list[Candidate], day: int) -> set[int]:
    """Return where the expressions begin that stand in paragraphs of another time: ones whose first expression is a day or month of years
    back, in their opening or not the only one of years back, and that name no time near the publication."""
    found: set[int] = set()
    start = index = 0
    for end in (*(gap.end() for gap in _PARAGRAPH.finditer(text)), len(text)):
        inside = []
        while index < len(candidates) and candidates[index].start < end:
            inside.append(candidates[index])
            index += 1
        if len(inside) > 1 and _names_day(inside[0].meaning):
            opening = text[start : inside[0].start].strip()
            distant, near = _distances(inside, day)
            opens = len(opening) <= _OPENING and "," not in opening
            if distant and not near and (opens or distant > 1):
                found.update(c.start for c in inside)
        start = end
    return found


def _names_day(meaning: Meaning) -> bool:
    inner = kinds.innermost(meaning)
    return isinstance(inner, m.Fixed) and periods.rank(inner.period.unit) > periods.rank("year")


def _distances(candidates: list[Candidate], day: int) -> tuple[int, int]:
    """Count the dates of years back, and the dates and words of the time about the publication."""
    year = gregorian.from_ordinal(day)[0]
    distant = near = 0
    for candidate in candidates:
        meaning = kinds.innermost(candidate.meaning)
        if isinstance(meaning, m.Fixed):
            gap = year - gregorian.from_ordinal(periods.first_day(meaning.period))[0]
            if gap >= _YEARS_BACK:
                distant += 1
            else:
                near += 1
        elif isinstance(meaning, (m.This, m.Last, m.Next)) or (
            isinstance(meaning, m.Near) and meaning.what.kind == "weekday"
        ):
            near += 1
    return distant, near
