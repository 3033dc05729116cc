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
from chronicle.drawing.cards import Reader, entry
from chronicle.drawing.chronology import heads
from chronicle.drawing.labels import one_line, plain
from chronicle.drawing.marks import POINT, SPAN, WITHIN, Mark
from chronicle.drawing.sheet import milliseconds
from chronicle.event import REVIEWS, STATUSES, Event

# up to here the cards stand in the page as HTML; beyond it they are packed, and the list shows a part at a time
STATIC: Final = 1000
_BLOCK: Final = 500  # cards in a block
_SHAPES: Final = (POINT, SPAN, WITHIN)
_OPENS_LEFT, _OPENS_RIGHT, _VAGUE, _KEY = 1, 2, 4, 8
# "<" could begin a tag: it is written as a sign that the alphabet has not
_LESS, _WRITTEN = b"<", b","


def build(
    events: list[Event], marks: list[Mark], view: tuple[float, float], stories: dict[str, str], words: dict[str, Any]
) -> dict[str, Any]:
    """Return the index of events that are in reading order; ``view`` is the first one."""
    number = {id(e): i for i, e in enumerate(events)}
    ends = [edge for m in marks for edge in (m.start, m.end)] or list(view)
    told = heads(events, words)
    return {
        "id": [e.id for e in events],
        "title": [one_line(e.title) for e in events],
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
            "weight": [m.weight for m in marks],
            "solid": {
                i: [milliseconds(m.solid_start), milliseconds(m.solid_end)]
                for i, m in enumerate(marks)
                if m.opens_left or m.opens_right
            },
        },
        "names": {d: _names([lanes.values(e, d, stories) for e in events]) for d in lanes.DIMENSIONS if d != "status"},
        "years": _numbered([year for year, _ in told]),
        "months": _numbered([month for _, month in told]),
        "range": [milliseconds(min(ends)), milliseconds(max(ends))],
        "view": [milliseconds(edge) for edge in view],
        "plainYears": drawing.needs_plain_years(marks),
        "block": _BLOCK,
        "words": {name: words[name] for name in ("axis", "chart", "tools", "list", "card", "statuses", "reviews")},
    }


def _flags(mark: Mark) -> int:
    when = mark.event.when
    vague = when is not None and (when.is_approximate or when.is_uncertain)
    return mark.opens_left * _OPENS_LEFT + mark.opens_right * _OPENS_RIGHT + vague * _VAGUE + mark.key * _KEY


def _names(named: list[list[str]]) -> dict[str, Any]:
    numbers: dict[str, int] = {}
    of = [[numbers.setdefault(name, len(numbers)) for name in names] for names in named]
    return {"names": [plain(name) for name in numbers], "of": of if numbers else []}


def _numbered(values: list[str]) -> dict[str, Any]:
    numbers: dict[str, int] = {}
    of = [numbers.setdefault(value, len(numbers)) for value in values]
    return {"names": list(numbers), "of": of}


def as_json(value: object) -> str:
    """Return JSON that can stand in a script element: no sign in it ends the element or begins a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def packed(text: str) -> str:
    """Return a text's gzip in base 85 (RFC 1924 with "," for "<"), which web/data.js reads and the browser unpacks by itself."""
    raw = gzip.compress(text.encode("utf-8"), 9, mtime=0)
    return base64.b85encode(raw).replace(_LESS, _WRITTEN).decode("ascii")


def blocks(events: list[Event], reader: Reader) -> list[str]:
    """Return the cards of events, packed in blocks."""
    return [
        packed("".join(entry(e, reader, named=False) for e in events[start : start + _BLOCK]))
        for start in range(0, len(events), _BLOCK)
    ]
