"""Days and clock times of a When, for formats that know no imprecise time."""

from __future__ import annotations

import datetime
import re
from typing import Final, NamedTuple

from chronicle.time.when import When

_ZONED: Final = re.compile(r"T\d\d(?::\d\d){0,2}(Z|[+-]\d\d(?::?\d\d)?)", re.ASCII)
_CLOCKS: Final = {
    "hour": {"minute": 0, "second": 0, "microsecond": 0},
    "minute": {"second": 0, "microsecond": 0},
    "second": {"microsecond": 0},
}


class Span(NamedTuple):
    """The first and last day of a When, or its first and last moment where it says a time of day; None where an end is open.

    Moments are of the clock that is written: aware, with its offset, where the When names a zone, else naive.
    """

    first: datetime.date | None
    last: datetime.date | None


def span_of(when: When) -> Span | None:
    """Return the span of a When; None where it lies outside the years 1 to 9999, which Python's dates hold."""
    ends: list[datetime.date | None] = []
    clock = _CLOCKS.get(when.precision)
    local = when.local
    parts = re.split(r"/|\.\.", str(when))
    for moment, said in ((local.earliest, parts[0]), (local.latest, parts[-1])):
        if moment.is_infinite:
            ends.append(None)
        elif not 1 <= moment.year <= 9999:
            return None
        elif clock is None:
            ends.append(moment.date())
        else:
            ends.append(moment.datetime().replace(tzinfo=_zone(said), **clock))
    return Span(*ends)


def _zone(text: str) -> datetime.tzinfo | None:
    found = _ZONED.search(text)
    if found is None:
        return None
    return datetime.UTC if found[1] == "Z" else datetime.datetime.fromisoformat(f"2000-01-01T00:00{found[1]}").tzinfo


def is_plain(when: When) -> bool:
    """Tell whether its span says everything of a When: nothing is open, approximate, uncertain, or somewhere within."""
    span = span_of(when)
    return (
        span is not None
        and span.first is not None
        and span.last is not None
        and from_span(span.first, span.last) == when
    )


def from_span(first: datetime.date, last: datetime.date | None) -> When:
    """Return the When of a first and last day or moment; the same twice, or no last one, is that day or moment."""
    begin = _edtf(first)
    if last is None or _edtf(last) == begin:
        return When.parse(begin)
    return When.parse(f"{begin}/{_edtf(last)}")


def _edtf(value: datetime.date) -> str:
    if not isinstance(value, datetime.datetime):
        return value.isoformat()
    text = value.isoformat(timespec="seconds" if value.second else "minutes")
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text
