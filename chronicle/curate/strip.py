"""The strip: where a time lies beside those of the events around it, as fractions of the stretch that is shown."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any, Final

from chronicle.event import Event
from chronicle.time.when import When

_AROUND: Final = 6  # events on either side


def _bounds(when: When) -> tuple[float, float]:
    low, high = when.earliest, when.latest
    if low.is_infinite:
        return high.microseconds, high.microseconds
    if high.is_infinite:
        return low.microseconds, low.microseconds
    return low.microseconds, high.microseconds


def strip(event: Event, events: list[Event]) -> dict[str, Any] | None:
    """Return the marks of an event and of those nearest to it in time, each from ``start`` to ``end`` between 0 and 1; None without a date."""
    if event.when is None:
        return None
    low, high = _bounds(event.when)
    others = sorted(
        (_bounds(e.when), n) for n, e in enumerate(events) if e.when is not None and e.id != event.id and e.review != "rejected"
    )
    at = bisect_left(others, ((low, high), -1))
    near = [events[n] for _, n in others[max(0, at - _AROUND) : at + _AROUND]]
    spans = [(low, high), *(_bounds(e.when) for e in near if e.when is not None)]
    first, last = min(s for s, _ in spans), max(e for _, e in spans)
    margin = max((last - first) * 0.04, 43_200_000_000.0)
    first, last = first - margin, last + margin
    marks = [
        {
            "start": round((s - first) / (last - first), 5), "end": round((e - first) / (last - first), 5), "own": n == 0,
            "title": event.title if n == 0 else near[n - 1].title, "when": (event.when if n == 0 else near[n - 1].when or event.when).words(),
            "open": _open(event if n == 0 else near[n - 1]),
        }
        for n, (s, e) in enumerate(spans)
    ]  # fmt: skip
    dated = [e for e in (event, *near) if e.when is not None]
    firstly = min(dated, key=lambda e: _bounds(e.when)[0] if e.when else 0)
    lastly = max(dated, key=lambda e: _bounds(e.when)[1] if e.when else 0)
    return {"marks": marks, "from": firstly.when.words() if firstly.when else "", "to": lastly.when.words() if lastly.when else ""}


def _open(event: Event) -> str:
    if event.when is None or not event.when.is_open:
        return ""
    return "start" if event.when.earliest.is_infinite else "end"
