"""Focus: the time that a text is about at a place in it, which what follows is counted from."""

from __future__ import annotations

import re
from typing import Final

from attrs import Factory, define

from chronicle.resolve import reckon, tense
from chronicle.resolve.passage import Passage
from chronicle.resolve.reckon import Reference
from chronicle.resolve.resolution import Resolution
from chronicle.resolve.storyline import Storyline, in_one_sentence, opens_sentence
from chronicle.tagger import kinds
from chronicle.tagger import meaning as m
from chronicle.tagger.candidate import PAST, THROUGHOUT, Candidate
from chronicle.time import periods
from chronicle.time.periods import Period

_NOTE: Final = 24
# in days
_FEW_YEARS: Final = 3_652
_ERAS: Final = frozenset({"decade", "century", "millennium"})
_LONGEST_WORD: Final = 12
_LAST_WORD = re.compile(r"([^\W\d_]+)\s+$")
_NEXT_WORD = re.compile(r"\s+(\w)")


@define
class Focus:
    """The time last mentioned and where that was; and the same of the last quarter, half or season, which reports go on comparing with others."""

    previous: Period | None = None
    at: int = 0
    compared: Period | None = None
    compared_at: int = 0
    storyline: Storyline = Factory(Storyline)
    told_to: int = 0

    @classmethod
    def opening(cls, candidates: list[Candidate]) -> Focus:
        """Return where a text begins: a narrative in the year that it names first, for dates before that which have none."""
        for candidate in candidates:
            meaning = kinds.innermost(candidate.meaning)
            if candidate.told == THROUGHOUT and isinstance(meaning, m.Fixed) and meaning.period.unit not in _ERAS:
                year = periods.widen(meaning.period, "year")
                return cls(year, storyline=Storyline(year))
        return cls()

    def reference(self, passage: Passage, candidate: Candidate) -> Reference:
        """Return what an expression is resolved against."""
        previous = self._mentioned(passage, candidate)
        beside = bool(candidate.told) and in_one_sentence(passage.text, self.at, candidate.start)
        line, aside = self.storyline.line, self.storyline.aside
        if candidate.told and not beside and line is not None and aside is not None and previous == aside:
            # behind a sentence that looked back the text is where it was
            previous = line if periods.first_day(aside) < periods.first_day(line) else previous
        return Reference(
            day=passage.day,
            minute=passage.minute,
            previous=previous,
            distance=candidate.start - self.at,
            compared=self.compared,
            compared_distance=candidate.start - self.compared_at,
            direction=candidate.direction,
            cue_distance=candidate.cue_distance,
            narrative=bool(candidate.told),
            throughout=candidate.told == THROUGHOUT,
            storyline=self.storyline if candidate.told else None,
            beside=beside,
        )

    def _mentioned(self, passage: Passage, candidate: Candidate) -> Period | None:
        """Return the time last mentioned, the publication where that lies ahead and the clause tells of the past: "It opens on 5 May.
        The day before, two members had left." """
        previous, day = self.previous, passage.day
        if previous is None or day is None or candidate.told or periods.first_day(previous) <= day:
            return previous
        counts = kinds.is_counted_on(candidate.meaning) or kinds.names_again(candidate.meaning)
        if not (counts or candidate.signal == "Since") or in_one_sentence(passage.text, self.at, candidate.start):
            return previous
        looks = candidate.direction or tense.direction(passage.cues, passage.text, candidate.start, candidate.end)[0]
        return Period("day", day) if looks == PAST else previous

    @staticmethod
    def counted_from(used: frozenset[str], reference: Reference) -> str | None:
        """Return the time mentioned before that was counted from, as TIMEX3 writes it."""
        period = reference.previous if "previous" in used else reference.compared if "compared" in used else None
        return None if period is None else periods.to_timex3(period)

    def take(self, passage: Passage, candidate: Candidate, resolution: Resolution, reference: Reference) -> None:
        """Go on to a time that was resolved, if the text does."""
        period = resolution.period
        if period is None or not self._moves(passage, candidate, period, reference.narrative):
            return
        if resolution.mod == "END" and period.unit == "day":
            # "late on Monday": what is told next may be after midnight
            period = periods.Period("EV", period.number)
        self.previous, self.at = period, candidate.end
        if reference.narrative:
            fresh = "\n" in passage.text[self.told_to : candidate.start]
            opens = fresh or opens_sentence(passage.text, candidate.start, passage.cues.inside)
            if period.unit == "year" and self.storyline.line is not None and candidate.signal is None:
                # "it ended in 1918": a later year with a preposition of its own is gone on to
                before = _LAST_WORD.search(passage.text, max(0, candidate.start - _LONGEST_WORD), candidate.start)
                later = 0 < periods.first_day(period) - periods.last_day(self.storyline.line) < _FEW_YEARS
                opens = opens or (later and before is not None and before[1].lower() in passage.cues.inside)
            self.told_to = candidate.end
            self.storyline.go_on(period, _is_set(candidate.meaning), opens)
        if period.unit in reckon.COMPARED and not reference.is_ahead(period):
            self.compared, self.compared_at = period, candidate.end

    def _moves(self, passage: Passage, candidate: Candidate, period: Period, narrative: bool) -> bool:
        """Tell whether the text goes on about a time that it has named: not if it only compares with it, or only widens the view."""
        previous = self.previous
        if candidate.styles or (narrative and _is_year_before(candidate.meaning)):
            return False
        if narrative and (kinds.is_deictic(candidate.meaning) or (previous and _is_aside(passage, candidate, period))):
            return False
        if not narrative and kinds.looks_back(candidate.meaning):
            return False
        line = self.storyline.line
        if narrative and candidate.signal == "Since" and line is not None:
            # "which it had held since March 1863": the text stays where it was
            return periods.first_day(period) >= periods.first_day(line)
        if previous is None:
            return True
        fine = periods.rank(previous.unit)
        if candidate.signal in ("Before", "After") and period.unit == "year" and fine >= periods.rank("day"):
            # "would stop after the new year" is told at the time it was said
            return False
        if period.unit == "day" and candidate.start - self.at < _NOTE and fine > periods.rank("part"):
            # "at 12:10 p.m. (1610 GMT) on Friday" is about the minute
            return periods.first_day(previous) != period.number
        if period.unit == "year" and not narrative and fine >= periods.rank("day"):
            # "the worst since a 1998 crash" leaves the text where it was
            return not (candidate.signal == "Since" or _is_attribute(passage, candidate))
        if not (kinds.names_again(candidate.meaning) or period.unit in _ERAS):
            return True
        inside = periods.first_day(period) <= periods.first_day(previous)
        return not (inside and periods.last_day(previous) <= periods.last_day(period))


def _is_year_before(meaning: m.Meaning) -> bool:
    """Tell whether a time is "the previous year", in which nothing is told."""
    return isinstance(meaning, m.Same) and meaning.offset < 0 and meaning.what.value == "year"


def _is_set(meaning: m.Meaning) -> bool:
    """Tell whether a time is told with its year, or as one before another: such a one may look back from the line of a text."""
    inner = kinds.innermost(meaning)
    return isinstance(inner, m.Fixed) or kinds.looks_back(meaning) or (isinstance(inner, m.Same) and inner.offset < 0)


def _is_aside(passage: Passage, candidate: Candidate, period: Period) -> bool:
    """Tell whether a year is only named to tell what is spoken of: in brackets, "the 1903 treaty", "since 1913"."""
    if period.unit != "year" or opens_sentence(passage.text, candidate.start, passage.cues.inside):
        return False
    before = passage.text[max(0, candidate.start - 1) : candidate.start]
    return before in ("(", "-", "–", "[") or candidate.signal == "Since" or _is_attribute(passage, candidate)


def _is_attribute(passage: Passage, candidate: Candidate) -> bool:
    """Tell whether an expression stands between an article and a noun: "a 1998 crash"."""
    before = _LAST_WORD.search(passage.text, max(0, candidate.start - _LONGEST_WORD), candidate.start)
    after = _NEXT_WORD.match(passage.text, candidate.end)
    return (
        before is not None
        and after is not None
        and after[1].islower()
        and before[1].lower() in passage.cues.attributive
    )
