"""Telling: whether a text, or a paragraph of it, tells of another time than its own, so that the time last mentioned is its anchor."""

from __future__ import annotations

import re
from typing import Final

from chronicle.resolve.passage import Passage
from chronicle.resolve.style import NARRATIVE
from chronicle.tagger import kinds
from chronicle.tagger import meaning as m
from chronicle.tagger.candidate import PASSAGE, THROUGHOUT, Candidate
from chronicle.tagger.meaning import Meaning
from chronicle.time import gregorian, periods

_QUOTE = re.compile(r"[\"“][^\"“”\n]{1,600}[\"”]")
_PARAGRAPH = re.compile(r"\n\s*\n")
_OPENING: Final = 24
_YEARS_BACK: Final = 3
# in days: fifty years, twenty years
_ANOTHER_AGE: Final = 18_263
_LONG_AGO: Final = 7_305
_MANY: Final = 4
_FEWEST_DATES: Final = 6
_FEWEST_ALONE: Final = 3


def tell(passage: Passage, candidates: list[Candidate]) -> list[Candidate]:
    """Mark the expressions of another time: all of them in a narrative, else those of passages that tell of years back."""
    own = _unquoted(passage.text, candidates) if passage.day is not None else candidates
    narrative = passage.style == NARRATIVE if passage.style else _is_narrative(own, passage.day)
    if narrative:
        return [c._replace(told=THROUGHOUT) for c in candidates]
    candidates = [c for c in candidates if not c.styles]
    if passage.day is None or passage.style is not None:
        return candidates
    told = _told_of(passage.text, candidates, passage.day)
    return [c._replace(told=PASSAGE) if c.start in told else c for c in candidates] if told else candidates


def _unquoted(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """Return the expressions that do not stand in what somebody is quoted with: "it will be you tomorrow"."""
    quotes = [found.span() for found in _QUOTE.finditer(text)]
    own, at = [], 0
    for candidate in candidates:
        while at < len(quotes) and quotes[at][1] <= candidate.start:
            at += 1
        if at == len(quotes) or candidate.start < quotes[at][0]:
            own.append(candidate)
    return own


def _is_narrative(candidates: list[Candidate], day: int | None) -> bool:
    """Tell whether a text tells of another time than its own: most of its dates lie years back and few words are of today."""
    if day is None:
        return True
    distant, near = _distances(candidates, day)
    if distant > 5 * near and distant >= (_FEWEST_DATES if near else _FEWEST_ALONE):
        return True
    # "this year" and "the next month" may be those of the story, where nothing else is of today
    own = sum(_may_be_of_story(c.meaning) for c in candidates)
    return distant >= _FEWEST_DATES and distant > 2 * near and distant > 5 * (near - own) and _is_long_ago(candidates, day)


def _may_be_of_story(meaning: Meaning) -> bool:
    inner = kinds.innermost(meaning)
    return (
        isinstance(inner, (m.This, m.Last, m.Next))
        and isinstance(inner.what, m.Cycle)
        and inner.what.kind == "unit"
        and inner.what.value != "day"
    )


def _is_long_ago(candidates: list[Candidate], day: int) -> bool:
    """Tell whether nearly all dates of a text are of long ago."""
    days = [periods.first_day(f.period) for c in candidates if isinstance(f := kinds.innermost(c.meaning), m.Fixed)]
    return 10 * sum(day - d > _LONG_AGO for d in days) >= 9 * len(days)


def _told_of(text: str, candidates: list[Candidate], day: int) -> set[int]:
    """Return where the expressions begin that stand in paragraphs of another time: ones whose first expression is a day or month of years
    back, in their opening, not the only one of years back or of another age, and that name no time near the publication."""
    if _tells_of_another_age(candidates, day):
        return {c.start for c in candidates}
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
            if distant and not near and (opens or distant > 1 or _is_of_another_age(inside[0].meaning, day)):
                found.update(c.start for c in inside)
        start = end
    return found


def _tells_of_another_age(candidates: list[Candidate], day: int) -> bool:
    """Tell whether a text has no word of its own time, dates of long ago only, and many dates without a year behind the first of them."""
    years = [
        day - periods.first_day(f.period) for c in candidates if isinstance(f := kinds.innermost(c.meaning), m.Fixed)
    ]
    if not years or min(years) < _LONG_AGO or any(_is_of_today(c.meaning) for c in candidates):
        return False
    dates = [c.meaning for c in candidates if isinstance(c.meaning, m.Between) or kinds.datable(c.meaning)]
    first = next((i for i, meaning in enumerate(dates) if isinstance(kinds.innermost(meaning), m.Fixed)), len(dates))
    # "from 7 June to 15 July 1099": the year may stand at the end of a range
    return first <= 1 and sum(map(_lacks_year, dates[first:])) >= _MANY


def _is_of_today(meaning: Meaning) -> bool:
    inner = kinds.innermost(meaning)
    if isinstance(inner, (m.This, m.Last, m.Next, m.Coming, m.Reference, m.Past, m.Ahead)):
        return True
    if isinstance(inner, m.Shift):
        return isinstance(inner.base, m.Published)
    return isinstance(inner, m.Near) and inner.what.kind in ("weekday", "quarter", "half")


def _lacks_year(meaning: Meaning) -> bool:
    inner = kinds.innermost(meaning)
    return isinstance(inner, m.Near) and inner.what.kind in ("date", "month", "monthday")


def _names_day(meaning: Meaning) -> bool:
    """Tell whether an expression names a day, month or season with its year."""
    inner = kinds.innermost(meaning)
    while isinstance(meaning, (m.Part, m.About)):
        meaning = meaning.whole if isinstance(meaning, m.Part) else meaning.what
    if not isinstance(inner, m.Fixed):
        return False
    rank = periods.rank(inner.period.unit)
    return rank > periods.rank("year") or (isinstance(meaning, (m.At, m.Nth)) and inner.period.unit == "year")


def _is_of_another_age(meaning: Meaning, day: int) -> bool:
    inner = kinds.innermost(meaning)
    return isinstance(inner, m.Fixed) and day - periods.first_day(inner.period) > _ANOTHER_AGE


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
