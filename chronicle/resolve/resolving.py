"""Resolve: every expression against the publication date and the time that the text is about where it stands.

This is the one step that goes through a text in order with something in hand, its :class:`Focus`.
"""

from __future__ import annotations

import itertools
from typing import Final, NamedTuple

from chronicle.resolve.focus import Focus
from chronicle.resolve.passage import Passage
from chronicle.resolve.reckon import Reference
from chronicle.resolve.resolution import Resolution, resolve, resolve_pair
from chronicle.tagger import kinds
from chronicle.tagger import meaning as m
from chronicle.tagger.builders import on_day
from chronicle.tagger.candidate import COUNTED, ENDED, ENDING, PAST, RANGE, TIMED, Candidate
from chronicle.tagger.mention import TimeMention
from chronicle.time import periods

_DAYS_OVER: Final = 10
_THE_QUARTER: Final = m.Near(m.Cycle("unit", "quarter"))
_RUNS_AHEAD: Final = "it is told as past, and counted from the time last mentioned it would lie ahead"


class _Resolved(NamedTuple):
    """An expression with its time; ``whole`` is that of a pair, and ``other`` says where the other one of the pair stands."""

    candidate: Candidate
    resolution: Resolution
    counted_from: str | None
    signal: str | None
    whole: str | None = None
    other: int = 0


def resolve_all(passage: Passage, candidates: list[Candidate]) -> list[TimeMention]:
    """Return the mentions of a passage: one for every expression, but for those that point back where nothing stands."""
    focus = Focus.opening(candidates)
    found: list[_Resolved] = []
    second: Candidate | None = None
    for first, following in itertools.zip_longest(candidates, candidates[1:]):
        if first is second:
            continue
        second = following if first.pair else None
        if second is not None:
            found.extend(_PAIRS[first.pair or ""](passage, focus, first, second))
        elif not isinstance(first.meaning, m.Previous) or focus.previous is not None:
            found.append(_single(passage, focus, first))
    return [_mention(passage, index, resolved) for index, resolved in enumerate(found)]


def _single(passage: Passage, focus: Focus, candidate: Candidate) -> _Resolved:
    reference = focus.reference(passage, candidate)
    meaning = passage.scanner.wrap(candidate)
    resolution = resolve(meaning, reference)
    if _runs_ahead(candidate, resolution, reference):
        resolution = resolve(meaning, reference._replace(previous=None))._replace(reason=_RUNS_AHEAD)
    return _taken(passage, focus, candidate, resolution, reference, candidate.signal)


def _runs_ahead(candidate: Candidate, resolution: Resolution, reference: Reference) -> bool:
    """Tell whether "six months later" than the time last mentioned lies ahead of the article that tells it as past: it is not counted
    from there."""
    period = resolution.period
    if period is None or reference.narrative or not kinds.counts_on(candidate.meaning):
        return False
    return reference.direction == PAST and reference.is_ahead(period)


def _taken(
    passage: Passage, focus: Focus, candidate: Candidate, found: Resolution, reference: Reference, signal: str | None
) -> _Resolved:
    resolved = _Resolved(candidate, found, focus.counted_from(found.used, reference), signal)
    focus.take(passage, candidate, found, reference)
    return resolved


def _range(passage: Passage, focus: Focus, first: Candidate, second: Candidate) -> list[_Resolved]:
    """Resolve the two ends of a range: each has its own value, and both the time of the whole."""
    reference = focus.reference(passage, first)
    start, end, whole = resolve_pair(first.meaning, second.meaning, reference)
    pair = [
        _taken(passage, focus, first, start, reference, None),
        _taken(passage, focus, second, end, reference, None),
    ]
    return pair if whole is None else _share(pair, whole)


def _counted(passage: Passage, focus: Focus, first: Candidate, second: Candidate) -> list[_Resolved]:
    """Resolve an amount and the time that it is counted from: TIMEX3 has a duration and a date, a reader one date."""
    back = passage.cues.signals.get(passage.text[first.end : second.start].strip().lower()) == "Before"
    pair = [_single(passage, focus, first)]
    # both are counted from where the text stands before the second moves it
    reference = focus.reference(passage, second)
    moved = m.Published() if kinds.is_present(second.meaning) else second.meaning
    for count, unit in kinds.counted_units(first.meaning) or ():
        moved = m.Shift(moved, -count if back else count, unit)
    whole = resolve(moved, reference)
    pair.append(_taken(passage, focus, second, resolve(second.meaning, reference), reference, None))
    if whole.edtf is None:
        return pair
    focus.previous = whole.period
    return _share(pair, whole.edtf)


def _closed(passage: Passage, focus: Focus, first: Candidate, second: Candidate) -> list[_Resolved]:
    """Resolve a stretch and the day on which it ends: both are the whole months up to that day."""
    named = focus.compared is not None
    pair = [_single(passage, focus, first), _single(passage, focus, second)]
    length = kinds.length_of(first.meaning)
    end = focus.previous
    if length is None or pair[1].resolution.edtf is None or end is None or end.unit not in ("day", "month"):
        return pair
    # companies' months end on a Friday or Saturday near the last of the month
    last = end if end.unit == "month" else periods.containing("month", end.number - _DAYS_OVER)
    if first.meaning == _THE_QUARTER and not named:
        # its middle month says which quarter it is, where the company's own count is not told
        quarter = periods.containing("quarter", periods.first_day(last.shifted(-1)))
        pair[0] = pair[0]._replace(resolution=pair[0].resolution._replace(value=periods.to_timex3(quarter)))
        focus.compared, focus.compared_at = quarter, first.end
    begin = last.shifted(1 - length)
    whole = periods.to_edtf(last)
    return _share(pair, f"{periods.to_edtf(begin)}/{whole}" if length > 1 else whole)


def _timed(passage: Passage, focus: Focus, first: Candidate, second: Candidate) -> list[_Resolved]:
    """Resolve a day and the time of that day that stands behind it: a reader takes the time."""
    reference = focus.reference(passage, first)
    pair = [_single(passage, focus, first)]
    dated = second._replace(meaning=on_day(second.meaning, first.meaning))
    found = resolve(passage.scanner.wrap(dated), reference)
    pair.append(_taken(passage, focus, second, found, reference, None))
    return pair if found.edtf is None else _share(pair, found.edtf)


_PAIRS: Final = {TIMED: _timed, RANGE: _range, COUNTED: _counted, ENDED: _closed, ENDING: _closed}


def _share(pair: list[_Resolved], whole: str) -> list[_Resolved]:
    """Give two expressions the time that they make together."""
    return [resolved._replace(whole=whole, other=1 - 2 * place) for place, resolved in enumerate(pair)]


def _mention(passage: Passage, index: int, resolved: _Resolved) -> TimeMention:
    candidate, resolution, signal = resolved.candidate, resolved.resolution, resolved.signal
    used = resolution.used
    return TimeMention(
        start=candidate.start,
        end=candidate.end,
        text=passage.text[candidate.start : candidate.end],
        type=resolution.type,
        value=resolution.value,
        mod=resolution.mod,
        meaning=candidate.meaning,
        edtf=resolved.whole or resolution.edtf,
        reason=None if resolved.whole else resolution.reason,
        signal=signal if resolution.edtf is not None else None,
        signal_start=candidate.signal_start if signal is not None else None,
        published=passage.anchor() if "published" in used else None,
        previous=resolved.counted_from,
        direction="past" if "past" in used else "future" if "future" in used else None,
        quant=resolution.quant,
        freq=resolution.freq,
        partner=index + resolved.other if resolved.other else None,
    )
