"""Storyline: which year a text is in that tells of another time than its own, and when it moves on.

Such a text is told in order: its *line* goes from date to date and forward. Dates in full, a year that opens a sentence and a heading
set it; a date before it, in the middle of a sentence, is a look back, and the line stays, unless the next date stays back there too.
A date without its year is then of the year that makes the shortest way on from the line, or of that of the time mentioned beside it:
every candidate year has a cost, and the cheapest is taken.
"""

from __future__ import annotations

import re
from typing import Final

from attrs import define

from chronicle.time import gregorian, periods
from chronicle.time.periods import Period

# costs: of a day forward, of going back and of each day of it, of a new year that is not said, and what the year of a mention beside takes off
_FORWARD: Final = 0.004
_BACK: Final = 0.5
_BACKWARD: Final = 0.006
_NEW_YEAR: Final = 0.4
_BESIDE: Final = -1.2
_NEAR: Final = -0.4
_ON_LINE: Final = -0.3
_NEAR_IN_TEXT: Final = 600
# words that may stand before what opens a sentence: "In early 1915", "By the end of May"
_OPENING = re.compile(r"(?:^|\n|[.!?;:]['\"”’)\]]*\s)[\s'\"“‘(\[*=#-]*((?:\w+\s+){0,4})$")
_LONGEST_OPENING: Final = 36
_END = re.compile(r"[.!?]['\"”’)\]]*\s|\n")


@define
class Storyline:
    """Where the line of a text is; ``aside`` is the last date that looked back from it."""

    line: Period | None = None
    aside: Period | None = None

    def go_on(self, period: Period, full: bool, opens: bool) -> None:
        """Go on to a time that was mentioned: ``full`` says whether with its year, ``opens`` whether at the beginning of a sentence."""
        line = self.line
        if period.unit == "year" and full and not opens and line is not None:
            # it dates something else, if it is not named again
            self.aside = period
        elif line is None or not full or opens or periods.last_day(period) >= periods.first_day(line):
            within = line is not None and _holds(period, line)
            if line is None or not within or opens:
                self.line, self.aside = period, None
        elif self.aside is not None and _year(self.aside) == _year(period):
            # a second date back there: the text has moved
            self.line, self.aside = period, None
        else:
            self.aside = period

    def years(self, previous: Period | None) -> list[int]:
        """Return the years that a date without one may be of, at this place."""
        known = [_year(p) for p in (self.line, previous) if p is not None]
        return sorted({*known, *(y + 1 for y in known)})

    def cost(self, found: Period, previous: Period | None, distance: int, beside: bool) -> float:
        """Return how unlikely a time is as what is told next, ``distance`` characters behind the time last mentioned; ``beside``: in its
        sentence."""
        line = self.line or previous
        cost = 0.0
        if line is not None:
            gap = periods.first_day(found) - periods.first_day(line)
            cost += _NEW_YEAR if _year(found) > _year(line) else 0
            if not _holds(line, found):
                cost += gap * _FORWARD if gap >= 0 else _BACK - gap * _BACKWARD
            cost += _ON_LINE if _year(found) == _year(line) else 0
        if previous is not None and _year(found) == _year(previous):
            cost += _BESIDE if beside else _NEAR if distance < _NEAR_IN_TEXT else 0
        return cost


def opens_sentence(text: str, start: int, prepositions: frozenset[str]) -> bool:
    """Tell whether what begins at a place opens a sentence or a heading, but for a preposition and what goes with it."""
    found = _OPENING.search(text, max(0, start - _LONGEST_OPENING), start)
    if found is None:
        return False
    words = found[1].split()
    return not words or words[0].lower() in prepositions


def in_one_sentence(text: str, start: int, end: int) -> bool:
    """Tell whether no sentence ends between two places that stand near each other."""
    return end - start < _NEAR_IN_TEXT and _END.search(text, start, end) is None


def _year(period: Period) -> int:
    return gregorian.from_ordinal(periods.first_day(period))[0]


def _holds(outer: Period, inner: Period) -> bool:
    return periods.first_day(outer) <= periods.first_day(inner) and periods.last_day(inner) <= periods.last_day(outer)
