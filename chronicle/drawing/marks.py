"""Marks: what of an event is drawn where, free of any drawing library."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Final

from attrs import define

from chronicle.drawing.texts import texts
from chronicle.event import Event, Source, sort_events
from chronicle.time import periods
from chronicle.time.edtf import MICROSECONDS_PER_DAY
from chronicle.time.moment import Moment
from chronicle.time.when import When

POINT: Final = "point"  # one moment or day
SPAN: Final = "span"  # throughout
WITHIN: Final = "within"  # at some time within
_LONGEST_POINT: Final = MICROSECONDS_PER_DAY
_HOUR: Final = MICROSECONDS_PER_DAY / 24
# how far an open end reaches at most beyond what is known of it, in days, by the finest unit that its date names:
# "since dawn" a day, "since 3 May" a fortnight
_FADES: Final = {
    "second": 1, "minute": 1, "hour": 1, "day": 14, "month": 61, "season": 92, "quarter": 92, "half": 183, "year": 183,
    "decade": 1826, "century": 9131, "millennium": 91_311,
}  # fmt: skip
_CLOCK: Final = ("second", "minute", "hour")
# and where its end is not known, by the unit that its expression names: "in the coming weeks" two months
_TOLD: Final = {"hour": 1, "day": 14, "week": 56, "month": 183, "year": 731}
_KNOWN_SHARE: Final = 0.25  # of what is known of it
# the first view leaves out at most this part of the events, and only where they would make it this many times longer
_LEFT_OUT: Final = 0.15
_FEWEST: Final = 4
_FAR: Final = 4
_SIDE: Final = 0.03
_REACH: Final = 0.08  # of the first view for what fades, or for long times that reach beyond it
# Plotly's date axis holds these years; a timeline that goes beyond them is drawn on an axis of plain years
_FIRST_YEAR, _LAST_YEAR = -9999, 9999
_DAYS_IN_YEAR: Final = 365.2425
_SOURCES_OF_A_KEY: Final = 3
_SHARE_OF_KEYS: Final = 0.2


@define
class Mark:
    """An event's place on the time axis: microseconds as :class:`chronicle.time.when.Moment` counts them.

    What is known of it reaches from ``solid_start`` to ``solid_end``; beyond, towards an open end, it fades. ``weight`` is how much it
    matters: the articles that tell of it, and whether somebody confirmed it; ``key`` marks those that matter most.
    """

    event: Event
    shape: str
    start: float
    end: float
    opens_left: bool
    opens_right: bool
    solid_start: float
    solid_end: float
    weight: int = 0
    key: bool = False

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
    """Return a mark for each event with a date, in order of time."""
    marks = [_mark(e, e.when) for e in sort_events(events) if e.when is not None]
    told = [len({s.article for s in m.event.sources}) for m in marks]
    ordered = sorted(told, reverse=True)
    least = max(_SOURCES_OF_A_KEY, ordered[int(len(ordered) * _SHARE_OF_KEYS)] + 1) if ordered else 0
    for mark, articles in zip(marks, told, strict=True):
        mark.weight = 2 * min(articles, 50) + (mark.event.review == "confirmed")
        mark.key = articles >= least
    return marks


def _mark(event: Event, when: When) -> Mark:
    left, right = when.earliest, when.latest
    start, end = left.microseconds, right.microseconds + 1
    fade = _FADES.get(when.precision, 365_243) * float(MICROSECONDS_PER_DAY)
    solid_start, solid_end = start, end
    if right.is_infinite:
        solid_end = start
        known = _last_known(event)
        if when.parts[-1] == "":
            fade = _told(event) or fade
        elif when.is_throughout and known is not None and known > start and when.precision not in _CLOCK:
            solid_end = known
            fade = min(fade, max((known - start) * _KNOWN_SHARE, float(MICROSECONDS_PER_DAY)))
        end = solid_end + fade
    if left.is_infinite:
        solid_start = end if when.is_within or when.parts[0] == "" else end - fade / 3
        start = end - ((_told(event) if when.parts[0] == "" else None) or fade)
    if when.is_throughout:
        shape = SPAN
    elif end - start <= _LONGEST_POINT and not when.is_open:
        shape = POINT
    else:
        shape = WITHIN
    return Mark(event, shape, start, end, left.is_infinite, right.is_infinite, solid_start, solid_end)


def _told(event: Event) -> float | None:
    """Return how long a time without a known end may be by the unit that its expression names, in microseconds."""
    units: Mapping[str, str] = texts()["units"]
    words = {w for s in event.sources for w in (s.expression or "").lower().split()}
    found = [days for unit, days in _TOLD.items() if words & set(units[unit].split())]
    return max(found) * float(MICROSECONDS_PER_DAY) if found else None


def focus(middles: list[float], low: float, high: float) -> tuple[float, float]:
    """Return the stretch to show first: all of it, or, where a few events lie far off, the one that most of them share."""
    ordered = sorted(middles)
    if len(ordered) < _FEWEST:
        return low, high
    most = len(ordered) - max(1, math.floor(len(ordered) * _LEFT_OUT))
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


def view_of(marks: list[Mark]) -> tuple[float, float]:
    """Return the stretch of the axis to show first, in microseconds; labels have no room of their own in it."""
    if not marks:
        return 0, MICROSECONDS_PER_DAY
    spans = [m.event.when.closed_bounds() for m in marks if m.event.when is not None]
    low, high = min(a for a, _ in spans), max(b for _, b in spans)
    middles = [(a + b) / 2 for a, b in spans]
    first, last = focus(middles, low, high)
    reach = max(last - first, _HOUR) * _REACH
    own = [m for m, middle in zip(marks, middles, strict=True) if first <= middle <= last]
    first = max(min((m.start for m in own), default=first), first - reach)
    last = min(max((m.end for m in own), default=last), last + reach)
    length = max(last - first, _HOUR)
    side = length * (_SIDE if len(marks) > 1 else 1)
    return first - side, first + length + side


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
