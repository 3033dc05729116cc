"""CSV (RFC 4180): a line an event, columns that stay the same. Reads back to the same events.

Lists stand in one cell, items between "; ". A cell that a spreadsheet would run as a formula begins with an apostrophe, which reading
takes away (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any, Final

from chronicle.errors import InvalidValue
from chronicle.event import LIST_FIELDS, Event
from chronicle.formats import Exported, FormatError, Imported, Loss, imported, text_of, timelinejs_csv
from chronicle.formats.cells import columns, guarded, is_spreadsheet, read_cell
from chronicle.formats.records import from_record, moment_text, to_record

_JSON: Final = ("predicate", "sources", "media", "extra")
COLUMNS: Final = (
    "id", "when", "earliest", "latest", "precision", "title", "status", "review", "according_to", "who", "whom", *LIST_FIELDS[:4],
    "related", "outcome", "doubts", "notes", "previously", "unresolved", *_JSON,
)  # fmt: skip
_DERIVED: Final = ("earliest", "latest", "precision")
_ITEM: Final = re.compile(r"((?:\\[\\;]|[^;])*?)(?:; ?|$)", re.DOTALL)


def row(event: Event) -> dict[str, Any]:
    """Return the cells of an event; earliest and latest are those of its When, empty where it is open."""
    record = to_record(event) | _worked_out(event)
    for name in LIST_FIELDS:
        record[name] = "; ".join(item.replace("\\", "\\\\").replace(";", "\\;") for item in record.get(name, []))
    for name in _JSON:
        if name in record:
            record[name] = json.dumps(record[name], ensure_ascii=False)
    return {name: record.get(name) or "" for name in COLUMNS}


def _worked_out(event: Event) -> dict[str, str | None]:
    """Return the cells that follow from an event's When."""
    when = event.when
    if when is None:
        return dict.fromkeys(_DERIVED)
    return {
        "earliest": moment_text(when.earliest),
        "latest": moment_text(when.latest),
        "precision": when.precision,
    }


def write(events: list[Event], title: str | None = None) -> Exported:
    """Write events in UTF-8, the names of the columns first."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    for event in events:
        writer.writerow({k: guarded(str(v)) for k, v in row(event).items()})
    return Exported(file.getvalue().encode("utf-8"), [])


def read(raw: bytes, path: Path) -> Imported:
    """Read such a file, or any with the columns id, when and title; other columns become fields of the curator's own.

    A spreadsheet of TimelineJS is read as such. A line that cannot be read is listed with its number. Raises FormatError where none can be read.
    """
    text = text_of(raw, path)
    if is_spreadsheet(text):
        return timelinejs_csv.read(raw, path)
    csv.field_size_limit(max(len(text) + 1, 131_072))
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    names = columns(reader, path)
    missing = [n for n in ("when", "title") if n not in names]
    if missing:
        raise FormatError(
            f"{path}:1: the column {missing[0]} is missing; the first line names the columns, such as id,when,title"
        )
    events: list[Event] = []
    losses: list[Loss] = []
    bad: list[Loss] = []
    try:
        for number, cells in enumerate(reader, 1):
            line = reader.line_num
            if None in cells:
                bad.append(Loss(f"{path}:{line}", "there are more cells than columns; put a cell that holds a comma in double quotation marks"))
                continue
            try:
                event = _event(cells, number)
            except (ValueError, KeyError, TypeError) as error:
                bad.append(Loss(f"{path}:{line}", str(error)))
                continue
            events.append(event)
            losses += [
                Loss(event.id, f"{name} {cells[name]!r} is worked out from when")
                for name, value in _worked_out(event).items()
                if cells.get(name) and read_cell(cells[name]) != (value or "")
            ]
    except csv.Error as error:
        raise FormatError(f"{path}:{reader.line_num}: {error}") from None
    return imported(events, losses, bad)


def _event(cells: dict[str, str | None], number: int) -> Event:
    record: dict[str, Any] = {}
    for name, cell in cells.items():
        value = read_cell(cell)
        if name in _DERIVED or not value:
            continue
        if name in LIST_FIELDS:
            record[name] = _items(value)
        elif name in _JSON:
            try:
                record[name] = json.loads(value)
            except ValueError as error:
                raise InvalidValue(f"{name} is not JSON: {error}") from None
        else:
            record[name] = value
    record.setdefault("id", f"row-{number}")
    return from_record(record)


def _items(cell: str) -> list[str]:
    """Return the items of a list's cell."""
    items = [re.sub(r"\\([\\;])", r"\1", m[1]) for m in _ITEM.finditer(cell)]
    return [item for item in items if item]

