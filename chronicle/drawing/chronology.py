"""The chronology: the entries of events under their years and months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import groupby
from typing import Any, Final

from chronicle.drawing import axis
from chronicle.drawing.cards import Reader, entry, text
from chronicle.drawing.sheet import milliseconds
from chronicle.event import Event

_MONTHLY: Final = 6  # events of a year from which on its months have heads


def heads(events: list[Event], words: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return for each event the head of its year and that of its month, "" for none; events are in reading order."""
    places = [_place(e) for e in events]
    years = Counter(p[0] for p in places if p is not None)
    found = []
    for event, place in zip(events, places, strict=True):
        if place is None:
            found.append((str(words["list"]["no_date"]), ""))
            continue
        year, month = place
        fine = event.when is not None and any(d.month is not None for d in event.when.dates)
        monthly = years[year] >= _MONTHLY and fine
        found.append((axis.year_name(year, words["axis"]), str(words["axis"]["months"][month - 1]) if monthly else ""))
    return found


def _place(event: Event) -> tuple[int, int] | None:
    if event.when is None:
        return None
    moment = event.when.latest if event.when.is_open_start else event.when.earliest
    year, month, _, _ = axis.civil(milliseconds(moment.microseconds))
    return year, month


def chronology(events: list[Event], reader: Reader) -> str:
    """Return the entries of events in reading order, under heads."""
    told = list(zip(heads(events, reader.words), events, strict=True))
    parts = []
    for year, of_year in groupby(told, key=lambda t: t[0][0]):
        parts.append(f'<section class="year"><h3>{text(year)}</h3>')
        for month, of_month in groupby(of_year, key=lambda t: t[0][1]):
            head = f'<p class="month">{text(month)}</p>' if month else ""
            entries = "".join(entry(e, reader) for _, e in of_month)
            parts.append(f'<div class="part">{head}<ol>{entries}</ol></div>')
        parts.append("</section>")
    return "".join(parts)
