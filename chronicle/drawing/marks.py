"""Marks: what of an event is drawn where, free of any drawing library."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from attrs import define

from chronicle.event import Event, Source, sort_events
from chronicle.time import periods
from chronicle.time.edtf import MICROSECONDS_PER_DAY
from chronicle.time.moment import Moment
from chronicle.time.when import When

POINT: Final = "point"  # one moment or day
SPAN: Final = "span"  # throughout
WITHIN: Final = "within"  # at some time within
_LONGEST_POINT: Final = MICROSECONDS_PER_DAY
_STUB: Final = 0.07
# the first view holds this part of the events where all of them would take this many times the room
_MOST: Final = 0.85
_FAR: Final = 4
# Plotly's date axis holds these years; a timeline that goes beyond them is drawn on an axis of plain years
_FIRST_YEAR, _LAST_YEAR = -9999, 9999
_DAYS_IN_YEAR: Final = 365.2425


@define
class Mark:
    """An event's place on the time axis: microseconds as :class:`chronicle.time.when.Moment` counts them.

    ``known`` is up to where an open end is vouched for: the day of its latest source.
    """

    event: Event
    shape: str
    start: float
    end: float
    opens_left: bool
    opens_right: bool
    known: float | None = None

    @property
    def middle(self) -> float:
        """The middle of the mark."""
        return (self.start + self.end) / 2

    @property
    def label_at(self) -> float:
        """Where its sign and label stand: the closed side of a bar or open time, the middle of anything else."""
        if self.opens_left and not self.opens_right:
            return self.end
        return self.start if self.shape == SPAN or self.opens_right else self.middle


def make_marks(events: list[Event]) -> list[Mark]:
    """Return a mark for each event with a date, in order of time, open ends closed at the edge of what is drawn."""
    dated = [e for e in sort_events(events) if e.when is not None]
    spans = [e.when.closed_bounds() for e in dated if e.when is not None]
    if not spans:
        return []
    low, high = min(a for a, _ in spans), max(b for _, b in spans)
    first, last = focus([(a + b) / 2 for a, b in spans], low, high)
    reach = max(last - first, MICROSECONDS_PER_DAY * 2) * 0.06
    return [_mark(e, max(low, first) - reach, min(high, last) + reach) for e in dated]


def focus(middles: list[float], low: float, high: float) -> tuple[float, float]:
    """Return the stretch to show first: all of it, or, where a few events lie far off, the one that most of them share."""
    ordered = sorted(middles)
    most = math.ceil(len(ordered) * _MOST)
    windows = [(ordered[i + most - 1] - ordered[i], i) for i in range(len(ordered) - most + 1)]
    width, at = min(windows)
    width = max(width, MICROSECONDS_PER_DAY * 30)
    if high - low <= width * _FAR:
        return low, high
    first, last = at, at + most - 1
    while first > 0 and ordered[first] - ordered[first - 1] <= width / 2:
        first -= 1
    while last < len(ordered) - 1 and ordered[last + 1] - ordered[last] <= width / 2:
        last += 1
    return ordered[first], ordered[last]


def _mark(event: Event, low: float, high: float) -> Mark:
    when = event.when
    assert when is not None
    left, right = when.earliest, when.latest
    start = left.microseconds
    end = right.microseconds + 1
    # "some time before" reaches a little way back, "until" to the edge of what is drawn
    stub = (high - low) * _STUB
    if left.is_infinite:
        start = end - stub if when.is_within else min(low, end - stub)
    if right.is_infinite:
        end = start + stub if when.is_within else max(high, start + stub)
    if when.is_throughout:
        shape = SPAN
    elif end - start <= _LONGEST_POINT:
        shape = POINT
    else:
        shape = WITHIN
    known = _last_known(event) if right.is_infinite else None
    if known is not None and known > start:
        end = max(end, known + stub)
    else:
        known = None
    return Mark(event, shape, start, end, left.is_infinite, right.is_infinite, known=known)


def published_days(sources: Iterable[Source]) -> list[When]:
    """Return the days of the publication dates of sources; one that is not known or is none has no day."""
    return [day for s in sources if s.published and (day := _day(s.published)) is not None]


def _day(text: str) -> When | None:
    try:
        return When.parse(text[:10])
    except ValueError:
        return None


def _last_known(event: Event) -> float | None:
    """Return the end of the day of an event's latest source."""
    return max((day.latest.microseconds for day in published_days(event.sources)), default=None)


def view_of(marks: list[Mark], width: float, label_widths: list[float]) -> tuple[float, float]:
    """Return the stretch of the axis to show first, in microseconds, with room for the labels at its end; widths are in pixels."""
    if not marks:
        return 0, MICROSECONDS_PER_DAY
    spans = [m.event.when.closed_bounds() for m in marks if m.event.when is not None]
    low, high = min(a for a, _ in spans), max(b for _, b in spans)
    first, last = focus([(a + b) / 2 for a, b in spans], low, high)
    if (first, last) == (low, high):
        first, last = min(m.start for m in marks), max(m.end for m in marks)
    length = max(last - first, MICROSECONDS_PER_DAY * 2)
    room = max(
        (
            w
            for m, w in zip(marks, label_widths, strict=True)
            if first <= m.label_at <= last and m.label_at > last - length / 3
        ),
        default=0,
    )
    share = min(room / width, 0.5)
    return first - length * 0.03, first + length / (1 - share) + length * 0.02


def needs_plain_years(marks: list[Mark]) -> bool:
    """Tell whether a timeline goes beyond the years of Plotly's date axis."""
    return any(not _FIRST_YEAR < Moment(x).year < _LAST_YEAR for mark in marks for x in (mark.start, mark.end))


def axis_value(microseconds: float, plain_years: bool) -> str | float:
    """Return a place on the axis: a date as Plotly reads it, or a year with its fraction."""
    if plain_years:
        return microseconds / MICROSECONDS_PER_DAY / _DAYS_IN_YEAR + 1
    day, rest = divmod(int(microseconds), MICROSECONDS_PER_DAY)
    seconds = rest // 1_000_000
    return f"{periods.edtf_day(day)} {seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
