"""A chronology in Markdown (CommonMark): years as headings, a line an event."""

from __future__ import annotations

import re
from typing import Final

from chronicle.drawing.cards import may_link
from chronicle.drawing.labels import plain
from chronicle.event import Event, Source, sort_events
from chronicle.formats import Exported, Loss, left_out

_SIGNS: Final = re.compile(r"([\\`*_{}\[\]<>()#+!|~&])")
_LEFT_OUT: Final = (
    "predicate",
    "who",
    "whom",
    "doubts",
    "related",
    "outcome",
    "media",
    "extra",
    "according_to",
    "people",
    "organisations",
    "places",
    "tags",
)


def write(events: list[Event], title: str | None = None) -> Exported:
    """Write events in reading order, those without a date last."""
    lines = [f"# {_escaped(title)}", ""] if title else []
    heading = None
    losses: list[Loss] = []
    for event in sort_events(events):
        year = _year(event)
        if year != heading:
            lines += [f"## {year}", ""]
            heading = year
        words = event.when.words() if event.when is not None else "no date"
        note = "" if event.status == "happened" else f" *({event.status})*"
        lines.append(f"- **{_escaped(words)}**: {_escaped(event.title)}{note}")
        for source in event.sources:
            if source.quote:
                lines.append(f"  > {_escaped(source.quote)}")
                lines.append("")
            lines.append(f"  {_named(source)}")
            lines.append("")
        if event.notes:
            lines += [f"  {_escaped(event.notes)}", ""]
        losses += left_out(event, _LEFT_OUT)
    text = "\n".join(lines).rstrip("\n") + "\n"
    return Exported(re.sub(r"\n{3,}", "\n\n", text).encode("utf-8"), losses)


def _year(event: Event) -> str:
    if event.when is None:
        return "Without a date"
    when = event.when.local
    moment = when.latest if when.is_open_start else when.earliest
    return str(moment.year) if moment.year > 0 else f"{1 - moment.year} BC"


def _escaped(text: str | None) -> str:
    return _SIGNS.sub(r"\\\1", " ".join(plain(text).split()))


def _named(source: Source) -> str:
    name = _escaped(source.named)
    if not may_link(source.url):
        return name
    address = (source.url or "").replace("<", "%3C").replace(">", "%3E")
    return f"[{name}](<{address}>)"
