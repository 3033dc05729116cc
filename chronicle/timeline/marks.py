"""Marks: what of an event is drawn where, free of any drawing library."""

from __future__ import annotations

from typing import Final

from attrs import define

from chronicle import periods
from chronicle.edtf import MICROSECONDS_PER_DAY
from chronicle.event import Event, sort_events
from chronicle.when import Moment

POINT: Final = "point"  # one moment or day
SPAN: Final = "span"  # throughout
WITHIN: Final = "within"  # at some time within
_LONGEST_POINT: Final = MICROSECONDS_PER_DAY
# Plotly's date axis holds these years; a timeline that goes beyond them is drawn on an axis of plain years
_FIRST_YEAR, _LAST_YEAR = -9999, 9999
_DAYS_IN_YEAR: Final = 365.2425


@define
class Mark:
    """An event's place on the time axis: microseconds as :class:`chronicle.when.Moment` counts them, and a row from 0 down."""

    event: Event
    shape: str
    start: float
    end: float
    opens_left: bool
    opens_right: bool
    row: int = 0

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
    edges = [
        m.microseconds
        for e in dated
        if e.when is not None
        for m in (e.when.earliest, e.when.latest)
        if not m.is_infinite
    ]
    if not edges:
        return []
    low, high = min(edges), max(edges)
    reach = max(high - low, MICROSECONDS_PER_DAY * 2) * 0.06
    return [_mark(e, low - reach, high + reach) for e in dated]


def _mark(event: Event, low: float, high: float) -> Mark:
    when = event.when
    assert when is not None
    left, right = when.earliest, when.latest
    start = low if left.is_infinite else left.microseconds
    end = high if right.is_infinite else right.microseconds + 1
    if when.is_throughout:
        shape = SPAN
    elif end - start <= _LONGEST_POINT:
        shape = POINT
    else:
        shape = WITHIN
    return Mark(event, shape, start, end, left.is_infinite, right.is_infinite)


def pack(marks: list[Mark], width: float, label_widths: list[float]) -> tuple[int, float]:
    """Give each mark the first row in which it and its label touch no other.

    ``width`` is the plot's width and ``label_widths`` those of the labels, in the same unit (pixels). Returns the number of rows and
    where the axis must end (in microseconds) for every label to have room.
    """
    if not marks:
        return 0, 0
    low = min(m.start for m in marks)
    high = max(m.end for m in marks)
    scale = width / max(high - low, 1)
    rows: list[float] = []
    rightmost = 0.0
    for mark, label in sorted(zip(marks, label_widths, strict=True), key=lambda pair: pair[0].start):
        left = (mark.start - low) * scale
        right = max((mark.end - low) * scale + 14, (mark.label_at - low) * scale + 14 + label)
        rightmost = max(rightmost, right)
        for index, end in enumerate(rows):
            if end <= left:
                mark.row = index
                rows[index] = right
                break
        else:
            mark.row = len(rows)
            rows.append(right)
    return len(rows), low + rightmost / scale


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
