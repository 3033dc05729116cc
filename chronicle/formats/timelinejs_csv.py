"""TimelineJS's spreadsheet, as CSV: a line a slide, columns Year, Month, Day, Time, End Year, ... Headline, Text, Media, Group.

It holds what a slide shows. What :mod:`chronicle.formats.timelinejs` keeps beside a slide has no column here and is listed as left out.
"""

from __future__ import annotations

import csv
import html
import io
from pathlib import Path
from typing import Any, Final

from chronicle.event import Event
from chronicle.formats import Exported, FormatError, Imported, Loss, imported, left_out, text_of
from chronicle.formats.cells import columns, guarded, read_cell
from chronicle.formats.timelinejs import event_of, plain_text, slide_of

COLUMNS: Final = (
    "Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time", "Display Date", "Headline", "Text", "Media", "Media Credit", "Media Caption",
    "Media Thumbnail", "Alt Text", "Type", "Group", "Background", "Link",
)  # fmt: skip
_LEFT_OUT: Final = (
    "predicate", "who", "whom", "doubts", "according_to", "related", "outcome", "previously", "notes", "extra", "people", "organisations", "places",
)  # fmt: skip
_UNREAD: Final = ("Background", "Media Thumbnail")
_CLOCK: Final = ("hour", "minute", "second")


def write(events: list[Event], title: str | None = None) -> Exported:
    """Write events as the spreadsheet; events without a date cannot be on it."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    if title:
        writer.writerow({"Headline": guarded(html.escape(title)), "Type": "title"})
    losses: list[Loss] = []
    for event in events:
        if event.when is None:
            losses.append(Loss(event.id, "left out: it has no date"))
            continue
        slide = slide_of(event, event.when)
        media, end = slide.get("media", {}), slide.get("end_date", {})
        cells = {
            **_date(slide["start_date"], ""), **_date(end, "End "), "Display Date": slide["display_date"], "Headline": slide["text"]["headline"],
            "Text": slide["text"]["text"], "Media": media.get("url", ""), "Media Credit": media.get("credit", ""), "Alt Text": media.get("alt", ""), "Group": slide.get("group", ""),
        }  # fmt: skip
        # years before 1 are numbers there, not formulas
        writer.writerow({name: cell if name.endswith("Year") else guarded(str(cell)) for name, cell in cells.items()})
        losses += left_out(event, _LEFT_OUT)
        losses += [Loss(event.id, "tags: the first is the group, the others are left out")] if len(event.tags) > 1 else []
        losses += [Loss(event.id, "media: a slide shows one picture, from an address")] if len(event.media) > len((slide.get("media") and [1]) or []) else []
        losses += [Loss(event.id, "sources are text of the slide")] if event.sources else []
        losses += [Loss(event.id, f"status: {event.status} is left out")] if event.status != "happened" else []
        losses += [Loss(event.id, f"review: {event.review} is left out")] if event.review != "proposed" else []
        back, _ = event_of({**slide, "chronicle": None}, Path("x"), set())
        losses += [Loss(event.id, f"when: {event.when} becomes {back.when}")] if back.when != event.when else []
        losses.append(Loss(event.id, "id is left out"))
    return Exported(file.getvalue().encode("utf-8"), losses)


def _date(date: dict[str, int], prefix: str) -> dict[str, str]:
    cells = {f"{prefix}{unit.title()}": str(date[unit]) for unit in ("year", "month", "day") if unit in date}
    clock = [f"{date[unit]:02d}" for unit in _CLOCK if unit in date]
    return cells | ({f"{prefix}Time": ":".join(clock if len(clock) > 1 else [*clock, "00"])} if clock else {})


def read(raw: bytes, path: Path) -> Imported:
    """Read such a file; a line that cannot be read is listed with its number. Raises FormatError where none can be read."""
    text = text_of(raw, path)
    csv.field_size_limit(max(len(text) + 1, 131_072))
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    names = {str(name).strip().lower() for name in columns(reader, path)}
    missing = [name for name in ("Year", "Headline") if name.lower() not in names]
    if missing:
        raise FormatError(f"{path}:1: not TimelineJS's spreadsheet: the column {missing[0]} is missing")
    events: list[Event] = []
    losses: list[Loss] = []
    bad: list[Loss] = []
    used: set[str] = set()
    title = None
    try:
        for row in reader:
            where = f"{path}:{reader.line_num}"
            cells = {str(name).strip().lower(): read_cell(cell).strip() for name, cell in row.items() if name is not None and not isinstance(cell, list)}
            if not any(cells.values()):
                continue
            kind = cells.get("type", "").lower()
            if kind == "title":
                title = title or plain_text(cells.get("headline", "")) or None
                losses += [Loss(where, f"{name} of the title is left out") for name in ("text", "media") if cells.get(name)]
                continue
            if kind == "era":
                losses.append(Loss(where, f"the era “{cells.get('headline', '')}” is left out"))
                continue
            try:
                event, lost = event_of(_slide(cells), path, used)
            except (ValueError, KeyError, TypeError, OverflowError) as error:
                bad.append(Loss(where, str(error)))
                continue
            events.append(event)
            losses += [Loss(event.id, what) for what in lost]
            losses += [Loss(event.id, f"{name} is left out") for name in _UNREAD if cells.get(name.lower())]
    except csv.Error as error:
        bad.append(Loss(f"{path}:{reader.line_num}", f"not CSV: {error}"))
    return imported(events, losses, bad, title)


def _slide(cells: dict[str, str]) -> dict[str, Any]:
    get = cells.get
    slide: dict[str, Any] = {
        "start_date": _numbers(cells, ""), "text": {"headline": get("headline", ""), "text": get("text", "")},
        "display_date": get("display date"), "group": get("group"),
    }  # fmt: skip
    end = _numbers(cells, "end ")
    if end.get("year"):
        slide["end_date"] = end
    if get("media"):
        slide["media"] = {"url": get("media"), "credit": get("media credit"), "caption": get("media caption"), "alt": get("alt text")}
    if get("link"):
        slide["text"]["text"] += f'<p><a href="{html.escape(get("link") or "")}">{html.escape(get("link") or "")}</a></p>'
    return slide


def _numbers(cells: dict[str, str], prefix: str) -> dict[str, Any]:
    date: dict[str, Any] = {unit: cells.get(f"{prefix}{unit}") for unit in ("year", "month", "day")}
    clock = cells.get(f"{prefix}time", "")
    if clock:
        half = clock[-2:].lower() if clock[-2:].lower() in ("am", "pm") else ""
        parts = [part.strip() for part in clock.removesuffix(clock[-2:] if half else "").split(":")]
        date |= dict(zip(_CLOCK, parts, strict=False))
        if half and parts[0].isdigit():
            date["hour"] = int(parts[0]) % 12 + (12 if half == "pm" else 0)
    return date
