"""JSON Lines: an event a line, with everything that a log holds of it. Reads back to the same events."""

from __future__ import annotations

import json
from pathlib import Path

from chronicle.event import Event
from chronicle.formats import Exported, Imported, Loss, imported, text_of
from chronicle.formats.records import from_record, to_record


def write(events: list[Event], title: str | None = None) -> Exported:
    """Write events, one JSON object a line, in UTF-8."""
    lines = [json.dumps(to_record(e), ensure_ascii=False) for e in events]
    return Exported("".join(f"{line}\n" for line in lines).encode("utf-8"), [])


def read(raw: bytes, path: Path) -> Imported:
    """Read such a file; a line that cannot be read is listed with its number. Raises FormatError where none can be read."""
    events: list[Event] = []
    bad: list[Loss] = []
    text = text_of(raw, path)
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                events.append(from_record(json.loads(line)))
            except RecursionError:
                bad.append(Loss(f"{path}:{number}", "nested too deep to be an event"))
            except (ValueError, KeyError, TypeError) as error:
                bad.append(Loss(f"{path}:{number}", str(error)))
    return imported(events, [], bad)
