"""Sharing: what an expression takes from others of the text before any anchor: the year of a list, the order of day and month."""

from __future__ import annotations

import itertools
import re
from typing import Final

import attrs

from chronicle.resolve import cycles
from chronicle.resolve.cues import Cues
from chronicle.resolve.passage import Passage
from chronicle.tagger import kinds
from chronicle.tagger import meaning as m
from chronicle.tagger.builders import date
from chronicle.tagger.candidate import Candidate
from chronicle.tagger.meaning import Meaning
from chronicle.time import gregorian, periods
from chronicle.time.periods import Period

_UNITS: Final = {"month": "month", "season": "season", "date": "day", "quarter": "quarter", "half": "half"}
_LONGEST_SENTENCE: Final = 100
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z\"“])|\n")
_LONGEST_JOIN: Final = 12
_MONTHS: Final = 12
_SLASHES = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(?:\d{4}|\d\d)(?!\d)")
_LONGEST_LIST: Final = 40
_NUMBER = re.compile(r"\d+")


def share(passage: Passage, candidates: list[Candidate]) -> list[Candidate]:
    """Read the expressions of a text in each other's light."""
    cues = passage.cues
    ordered = _day_first(passage.text, candidates) if cues.month_first else candidates
    listed = _listed_days(passage.text, ordered, cues)
    dated = _share_years(passage.text, _years_before(passage.text, listed, cues), cues.listing)
    repeated = _share_sets(passage.text, dated, cues)
    return _share_days(passage.text, repeated) if passage.is_request else repeated


def _day_first(text: str, candidates: list[Candidate]) -> list[Candidate]:
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


def _listed_days(text: str, candidates: list[Candidate], cues: Cues) -> list[Candidate]:
    """Find the days of a list that has the month once: "on 5, 6 and 9 May", "May 5, 7 and 9, 1944"."""
    found: list[Candidate] = []
    done = 0
    for candidate in candidates:
        if candidate.start < done:
            continue
        listed = _days_after(text, candidate, cues)
        if listed:
            done = listed[-1].end
        elif text[candidate.start].isdigit():
            found.extend(_days_before(text, candidate, cues, found[-1].end if found else 0))
        found.extend(listed or [candidate])
    return found


def _days_before(text: str, candidate: Candidate, cues: Cues, free: int) -> list[Candidate]:
    """Return the days that stand before a date and share its month; two days side by side are one expression with the date already."""
    is_pair = isinstance(candidate.meaning, m.Between)
    dated = candidate.meaning.end if isinstance(candidate.meaning, m.Between) else candidate.meaning
    before = cues.days_before.search(text, max(free, candidate.start - _LONGEST_LIST), candidate.start)
    if before is None or bool(before[2]) == is_pair:
        return []
    opens = cues.list_opening.search(text, max(0, before.start() - _LONGEST_JOIN), before.start())
    days = _days(before[1], before.start(), dated, cues) if opens else []
    return days if _rise(text, [*days, candidate]) else []


def _days_after(text: str, candidate: Candidate, cues: Cues) -> list[Candidate]:
    """Return a date and the days that stand behind it and share its month, the year behind the last of them given to all."""
    after = cues.days_after.match(text, candidate.end) if text[candidate.end - 1].isdigit() else None
    if after is None:
        return []
    year = m.Fixed(Period("year", int(after[2]))) if after[2] else None
    own = _days(text[candidate.start : candidate.end], candidate.start, candidate.meaning, cues, year)
    others = _days(after[1], after.start(1), candidate.meaning, cues, year)
    if len(own) != 1 or not others or not _rise(text, [*own, *others]):
        return []
    end = after.end() if after[2] else others[-1].end
    return [candidate._replace(meaning=own[0].meaning), *others[:-1], others[-1]._replace(end=end)]


def _days(listed: str, start: int, dated: Meaning, cues: Cues, year: Meaning | None = None) -> list[Candidate]:
    """Return the candidates of the numbers in a list, each a day of the month that a date names."""
    days = []
    for number in cues.day.finditer(listed):
        meaning = _on(dated, int(number[1]), year)
        if meaning is not None:
            days.append(Candidate(start + number.start(), start + number.end(), meaning, None, start + number.start()))
    return days


def _rise(text: str, days: list[Candidate]) -> bool:
    """Tell whether the numbers of a list, each the first in its expression, go up."""
    numbers = [int(found[0]) for d in days if (found := _NUMBER.search(text, d.start, d.end))]
    return all(first < second for first, second in itertools.pairwise(numbers))


def _on(dated: Meaning, day: int, year: Meaning | None) -> Meaning | None:
    """Return another day of the month that a date names; None where it names none, or has no such day."""
    whole: Meaning | int | None
    if isinstance(dated, m.Fixed) and dated.period.unit == "day":
        whole, month, _ = gregorian.from_ordinal(dated.period.number)
    elif isinstance(dated, (m.Near, m.At)) and isinstance(dated.what, m.Cycle) and dated.what.kind == "date":
        whole, month = dated.whole if isinstance(dated, m.At) else None, int(dated.what.value) // 100
    else:
        return None
    try:
        found = date(month, day, year or whole)
    except ValueError:
        return None
    return None if isinstance(found, m.Nothing) else found


def _years_before(text: str, candidates: list[Candidate], cues: Cues) -> list[Candidate]:
    """Give the year that stands before a date, month or season to it: "In 1944, from June to August"."""
    shared = list(candidates)
    for index, (first, second) in enumerate(itertools.pairwise(candidates)):
        if not (isinstance(first.meaning, m.Fixed) and first.meaning.period.unit == "year"):
            continue
        if isinstance(second.meaning, m.ShortYear) and second.start - first.end <= _LONGEST_JOIN:
            # "in 1848 and '49"
            year = first.meaning.period.number // 100 * 100 + second.meaning.digits
            if text[first.end : second.start].strip().lower() in cues.listing and year > first.meaning.period.number:
                shared[index + 1] = second._replace(meaning=m.Fixed(Period("year", year)))
            continue
        if not isinstance(second.meaning, m.Near) or second.meaning.what.kind not in _UNITS:
            continue
        if second.start - first.end > _LONGEST_JOIN + 1:
            continue
        if cues.without_article(text[first.end : second.start].lstrip(",")) in cues.inside:
            shared[index + 1] = second._replace(meaning=_in_year(second.meaning.what, first.meaning.period.number))
    return shared


def _share_sets(text: str, candidates: list[Candidate], cues: Cues) -> list[Candidate]:
    """Let the weekdays listed behind one that comes round again come round too ("every Monday and Thursday"), and a time of day in the
    sentence of what comes round be of no one day ("at 8 p.m., every Tuesday")."""
    if not any(isinstance(c.meaning, m.Every) for c in candidates):
        return candidates
    shared = list(candidates)
    for index, (first, second) in enumerate(itertools.pairwise(candidates), 1):
        every, what = shared[index - 1].meaning, second.meaning
        listed = isinstance(every, m.Every) and isinstance(every.what, m.Cycle) and every.what.kind == "weekday"
        if isinstance(every, m.Every) and isinstance(what, m.Near) and what.what.kind == "weekday":
            joiner = text[first.end : second.start].strip().lower()
            if joiner in cues.excepting:
                shared[index] = second._replace(meaning=m.Every(what.what))
            elif not listed:
                continue
            elif joiner in cues.listing or joiner in cues.joining or joiner == ",":
                shared[index] = second._replace(meaning=m.Every(what.what))
    for index, candidate in enumerate(shared):
        clock = candidate.meaning
        if not isinstance(clock, m.Clock) or clock.day is not None:
            continue
        beside = [shared[at] for at in (index - 1, index + 1) if 0 <= at < len(shared)]
        every_time = next(
            (c.meaning for c in beside if isinstance(c.meaning, m.Every) and _in_sentence(text, candidate, c)), None
        )
        if isinstance(every_time, m.Every):
            shared[index] = candidate._replace(meaning=attrs.evolve(every_time, times=None, at=clock))
    return shared


def _share_days(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """Give the times of day of a request the day that it names behind them: "move it from 8:30 to noon on Monday"."""
    shared = list(candidates)
    day: Candidate | None = None
    for index in range(len(shared) - 1, -1, -1):
        meaning = shared[index].meaning
        timed = isinstance(meaning, m.Clock) and meaning.day is not None
        own = meaning.day if isinstance(meaning, m.Clock) else meaning
        if own is not None and kinds.names_one_day(own):
            day = shared[index]
        elif isinstance(meaning, m.Between):
            day = None
        elif isinstance(meaning, m.Clock) and not timed and day is not None and _in_sentence(text, shared[index], day):
            # a day that stands before them is in focus already
            earlier = any(
                kinds.names_one_day(c.meaning) and _in_sentence(text, c, shared[index]) for c in shared[:index]
            )
            whole = day.meaning.day if isinstance(day.meaning, m.Clock) else day.meaning
            if not earlier:
                shared[index] = shared[index]._replace(meaning=attrs.evolve(meaning, day=whole))
    return shared


def _in_sentence(text: str, first: Candidate, second: Candidate) -> bool:
    """Tell whether two expressions stand near each other in one sentence."""
    start, end = min(first.end, second.end), max(first.start, second.start)
    return end - start < _LONGEST_SENTENCE and _SENTENCE_END.search(text, start, end) is None


def _in_year(what: m.Cycle, year: int) -> Meaning:
    """Return a date, month or season of a year."""
    if what.kind == "date":
        return date(int(what.value) // 100, int(what.value) % 100, year)
    return m.At(what, m.Fixed(Period("year", year)))


def _share_years(text: str, candidates: list[Candidate], listing: frozenset[str]) -> list[Candidate]:
    """Give the year at the end of a list to what stands before it without one: "July or August of 1914"."""
    shared = list(candidates)
    for index in range(len(shared) - 2, -1, -1):
        first, second = shared[index], shared[index + 1]
        if not (isinstance(first.meaning, m.Near) and second.start - first.end <= _LONGEST_JOIN):
            continue
        joiner = text[first.end : second.start].strip().lower()
        what, last = first.meaning.what, _dated(second.meaning)
        if what.kind == "monthday" and joiner in listing:
            day = _on(second.meaning, int(what.value), None)
            shared[index] = first if day is None else first._replace(meaning=day)
            continue
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
