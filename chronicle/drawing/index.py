"""The index: what the page's scripts know of all events, in columns, and the cards of large timelines in packed blocks.

Times are milliseconds from 1970-01-01 in UTC, as JavaScript counts them; names are numbers into lists of names.
"""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any, Final

from chronicle.drawing import lanes
from chronicle.drawing import marks as drawing
from chronicle.drawing.cards import card
from chronicle.drawing.figure import latest_source
from chronicle.drawing.labels import plain
from chronicle.drawing.marks import POINT, SPAN, WITHIN, Mark
from chronicle.event import REVIEWS, STATUSES, Event
from chronicle.time.edtf import UNIX_EPOCH

# up to here the cards stand in the page as HTML; beyond it they are packed, and the list shows a part at a time
STATIC: Final = 1000
_BLOCK: Final = 500  # cards in a block
_SHAPES: Final = (POINT, SPAN, WITHIN)
_OPENS_LEFT, _OPENS_RIGHT, _VAGUE = 1, 2, 4
_ROOM: Final = 1000.0  # pixels, for the choice of the first view


def milliseconds(microseconds: float) -> int:
    """Return a place in time as JavaScript counts it."""
    return round((microseconds - UNIX_EPOCH) / 1000)


def build(events: list[Event], stories: dict[str, str], group: str | None, now: bool) -> dict[str, Any]:
    """Return the index of events that are in reading order."""
    marks = drawing.make_marks(events)
    view = drawing.view_of(marks, _ROOM, [0.0] * len(marks))
    number = {id(e): i for i, e in enumerate(events)}
    ends = [edge for m in marks for edge in (m.start, m.end)] or list(view)
    latest = latest_source(events) if now else None
    return {
        "id": [e.id for e in events],
        "title": [" ".join(plain(e.title).split()) for e in events],
        "status": [STATUSES.index(e.status) for e in events],
        "review": [REVIEWS.index(e.review) for e in events],
        "statuses": STATUSES,
        "reviews": REVIEWS,
        "mark": {
            "event": [number[id(m.event)] for m in marks],
            "start": [milliseconds(m.start) for m in marks],
            "end": [milliseconds(m.end) for m in marks],
            "shape": [_SHAPES.index(m.shape) for m in marks],
            "flags": [_flags(m) for m in marks],
            "known": {i: milliseconds(m.known) for i, m in enumerate(marks) if m.known is not None},
        },
        "names": {d: _names(events, d, stories) for d in lanes.DIMENSIONS if d != "status"},
        "group": group,
        "range": [milliseconds(min(ends)), milliseconds(max(ends))],
        "view": [milliseconds(edge) for edge in view],
        "plainYears": drawing.needs_plain_years(marks),
        "latest": {"words": latest[0], "at": milliseconds(latest[1])} if latest else None,
        "block": _BLOCK,
    }


def _flags(mark: Mark) -> int:
    when = mark.event.when
    vague = when is not None and (when.is_approximate or when.is_uncertain)
    return mark.opens_left * _OPENS_LEFT + mark.opens_right * _OPENS_RIGHT + vague * _VAGUE


def _names(events: list[Event], dimension: str, stories: dict[str, str]) -> dict[str, Any]:
    numbers: dict[str, int] = {}
    of = [[numbers.setdefault(name, len(numbers)) for name in lanes.values(e, dimension, stories)] for e in events]
    return {"names": [plain(name) for name in numbers], "of": of if numbers else []}


def as_json(value: object) -> str:
    """Return JSON that can stand in a script element: no sign in it ends the element or begins a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def packed(text: str) -> str:
    """Return a text as base64 of its gzip, which the browser unpacks by itself."""
    return base64.b64encode(gzip.compress(text.encode("utf-8"), 6, mtime=0)).decode("ascii")


def blocks(events: list[Event]) -> list[str]:
    """Return the cards of events, packed in blocks."""
    return [
        packed("".join(card(e, named=False) for e in events[start : start + _BLOCK]))
        for start in range(0, len(events), _BLOCK)
    ]
