"""Cells of CSV files: what keeps a spreadsheet from running one as a formula, and TimelineJS's columns."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

from chronicle.formats import FormatError

_FORMULA: Final = tuple("=+-@\t\r'")


def guarded(text: str) -> str:
    """Return a cell with an apostrophe before what a spreadsheet would run (OWASP, "CSV Injection")."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def read_cell(cell: str | None) -> str:
    """Return what a cell says: without the apostrophe that keeps a spreadsheet from running it."""
    text = cell or ""
    return text[1:] if text[:1] == "'" and text[1:2] in _FORMULA else text


def columns(reader: csv.DictReader[str], path: Path) -> list[str]:
    """Return the names of the columns, in the first line. Raises FormatError where this is no line of CSV."""
    try:
        return list(reader.fieldnames or ())
    except csv.Error as error:
        raise FormatError(f"{path}:{max(1, reader.line_num)}: not CSV: {error}") from None


def is_spreadsheet(text: str) -> bool:
    """Whether a CSV file has the columns of TimelineJS's spreadsheet."""
    try:
        names = {name.strip().lower() for name in next(csv.reader(io.StringIO(text.partition("\n")[0])), [])}
    except csv.Error:
        return False
    return {"year", "headline"} <= names
