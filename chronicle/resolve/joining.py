"""Join: which expressions that stand side by side make one time together: the ends of a range, a stretch and the day on which it
ends, an amount and what it is counted from, a time of day and the day behind a note in brackets.

What they make is for the arithmetic to say; here the words between them decide, and what kinds of time they are.
"""

from __future__ import annotations

import re
from typing import Final

import attrs

from chronicle.resolve.passage import Passage
from chronicle.tagger import kinds
from chronicle.tagger import meaning as m
from chronicle.tagger.candidate import COUNTED, ENDED, ENDING, RANGE, TIMED, Candidate, Pair
from chronicle.time import periods

LONGEST_JOIN: Final = 12
DEFERRED: Final = 80
_LONGEST_CLOSING: Final = 18
_OPENING: Final = 24
_COUNTED: Final = frozenset({"Before", "After"})
_OPENS_NOTE = re.compile(r",?\s*\(")
_NOTE_BETWEEN = re.compile(r",?\s*\([^()\n]{1,40}\),?\s+(?:\w\w\s+)?")


def join(passage: Passage, candidates: list[Candidate]) -> list[Candidate]:
    """Mark the first of every two expressions that make one time; one belongs to one pair at most."""
    joined = list(candidates)
    index = 0
    while index < len(joined):
        candidate = joined[index]
        if candidate.pair is not None:
            index += 2
            continue
        if index + 1 < len(joined) and _is_told_again(passage, candidate, joined[index + 1]):
            # "ten years earlier, in 1934"
            joined[index] = candidate._replace(meaning=_as_fine(joined[index + 1].meaning, candidate.meaning))
            index += 1
            continue
        pair = _pair(passage, candidate, joined[index + 1]) if index + 1 < len(joined) else None
        if pair is not None:
            joined[index] = candidate._replace(pair=pair)
            index += 2
            continue
        following = joined[index + 1] if index + 1 < len(joined) else None
        if following is not None and _is_noted(passage, candidate, following):
            joined[index] = candidate._replace(meaning=_on_date(candidate.meaning, following.meaning))
        elif isinstance(candidate.meaning, m.Clock) and candidate.meaning.day is None:
            joined[index] = _on_later_day(passage, candidate, candidate.meaning, joined[index + 1 : index + 3])
        index += 1
    return joined


def _pair(passage: Passage, first: Candidate, second: Candidate) -> Pair | None:
    if second.start - first.end > _LONGEST_CLOSING:
        return None
    if _makes_range(passage, first, second):
        return RANGE
    between = _between(passage, first, second)
    if between in passage.cues.closing and kinds.length_of(first.meaning) is not None:
        return ENDED if between in passage.cues.closed else ENDING
    if between in passage.cues.timed and kinds.is_of_one_day(first.meaning) and kinds.is_clock(second.meaning):
        return TIMED
    return COUNTED if _is_counted_from(passage, first, second) else None


def _between(passage: Passage, first: Candidate, second: Candidate) -> str:
    return passage.text[first.end : second.start].strip().lower()


def _makes_range(passage: Passage, first: Candidate, second: Candidate) -> bool:
    text, cues = passage.text, passage.cues
    if second.start - first.end > LONGEST_JOIN or not (kinds.datable(first.meaning) and kinds.datable(second.meaning)):
        return False
    joiner = _between(passage, first, second)
    hyphened = len(joiner) > 1 and joiner[0] == joiner[-1] == "-"
    joiner = joiner.strip("-") if hyphened else joiner
    for word in cues.before_end:
        joiner = joiner.removesuffix(word)
    if joiner not in cues.joining:
        return False
    if cues.deferred.search(text, max(0, first.start - DEFERRED), second.start):
        return False
    opened = cues.opening.search(text[max(0, first.start - _OPENING) : first.start])
    if joiner in cues.joining_both:
        return opened is not None and " ".join(opened[1].lower().split()) in cues.opening_both
    hours = isinstance(first.meaning, m.Clock) and isinstance(second.meaning, m.Clock)
    dated = kinds.are_dates(first.meaning, second.meaning)
    return opened is not None or hours or hyphened or dated or joiner in cues.joining_alone


def _is_counted_from(passage: Passage, first: Candidate, second: Candidate) -> bool:
    """Tell whether a time is counted from another that stands behind it: "two days before Christmas"."""
    if second.start - first.end > LONGEST_JOIN or not passage.text[first.end : second.start][:1].isspace():
        return False
    between = _between(passage, first, second)
    if between in passage.cues.counting:
        # "two weeks from now"
        return kinds.counted_units(first.meaning) is not None and kinds.is_present(second.meaning)
    counted = passage.cues.signals.get(between) in _COUNTED
    return counted and kinds.counted_units(first.meaning) is not None and kinds.datable(second.meaning)


def _as_fine(date: m.Meaning, counted: m.Meaning) -> m.Meaning:
    """Return a date no finer than an amount was counted: the year of July 1962 for "four years later"."""
    while isinstance(counted, (m.About, m.Bounded)):
        counted = counted.what
    if isinstance(counted, m.Shift) and isinstance(date, m.Fixed):
        unit = counted.unit
        if unit in ("year", "month", "week") and periods.rank(unit) < periods.rank(date.period.unit):
            return m.Fixed(periods.widen(date.period, unit))
    return date


def _is_told_again(passage: Passage, first: Candidate, second: Candidate) -> bool:
    """Tell whether what is counted from the time last mentioned is named as a date behind a comma."""
    between = passage.text[first.end : second.start]
    return (
        len(between) <= LONGEST_JOIN
        and between[:1] == ","
        and passage.cues.without_article(between[1:]) in passage.cues.inside
        and kinds.is_counted_on(first.meaning)
        and isinstance(second.meaning, m.Fixed)
    )


def _is_noted(passage: Passage, first: Candidate, second: Candidate) -> bool:
    """Tell whether the date of a weekday stands behind it in brackets: "19:40 on Friday (16 July 2021)"."""
    text = passage.text
    return (
        kinds.is_weekday(first.meaning)
        and _OPENS_NOTE.fullmatch(text, first.end, second.start) is not None
        and text[second.end : second.end + 1] == ")"
        and kinds.names_one_day(second.meaning)
    )


def _on_date(meaning: m.Meaning, date: m.Meaning) -> m.Meaning:
    """Return a weekday, or a time of one, on a date."""
    if isinstance(meaning, m.Clock) and meaning.day is not None:
        return attrs.evolve(meaning, day=_on_date(meaning.day, date))
    if isinstance(meaning, (m.Part, m.At)):
        return attrs.evolve(meaning, whole=_on_date(meaning.whole, date))
    return attrs.evolve(meaning, what=_on_date(meaning.what, date)) if isinstance(meaning, m.About) else date


def _on_later_day(passage: Passage, candidate: Candidate, clock: m.Clock, following: list[Candidate]) -> Candidate:
    """Give a time of day the day that stands behind a note in brackets: "10:35 a.m. (0735 GMT) on Friday"."""
    later = next((c for c in following if not isinstance(c.meaning, m.Clock)), None)
    if later is None or not kinds.names_one_day(later.meaning):
        return candidate
    if not _NOTE_BETWEEN.fullmatch(passage.text, candidate.end, later.start):
        return candidate
    return candidate._replace(meaning=attrs.evolve(clock, day=later.meaning))
