"""Interchange formats: logs to what other tools read, and back.

One file per format. Each says what it cannot hold: a :class:`Loss` for each thing that is left out, never silently.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Final

from attrs import frozen

from chronicle.errors import ChronicleError, InvalidValue
from chronicle.event import Event

# name: module, the files' usual ending, whether it can be read back
_FORMATS: Final[dict[str, tuple[str, str, bool]]] = {
    "csv": ("csv_", ".csv", True),
    "ics": ("ics", ".ics", True),
    "jsonl": ("jsonl", ".jsonl", True),
    "jsonld": ("jsonld", ".jsonld", True),
    "markdown": ("markdown", ".md", False),
    "parquet": ("parquet", ".parquet", False),
    "timelinejs": ("timelinejs", ".json", True),
    "timelinejs-csv": ("timelinejs_csv", ".csv", True),
    "timeml": ("timeml", ".tml", True),
}
EXPORTS: Final = tuple(_FORMATS)
IMPORTS: Final = tuple(name for name, (_, _, back) in _FORMATS.items() if back)


class FormatError(ChronicleError, ValueError):
    """A file that is not in the format that it should be in. The message says where, and what would be right."""


@frozen
class Loss:
    """Something that a format cannot hold: of which event (its id, or a place in a file), and what."""

    event: str
    what: str

    def __str__(self) -> str:
        return f"{self.event}: {self.what}"


@frozen
class Exported:
    """A file's content, and what is not in it."""

    content: bytes
    losses: list[Loss]


@frozen
class Imported:
    """The events of a file, what of it is not in them, and the title that it gives them."""

    events: list[Event]
    losses: list[Loss]
    title: str | None = None


def left_out(event: Event, names: Iterable[str]) -> list[Loss]:
    """Return a loss for each field of an event that has a value and no place in a format."""
    return [Loss(event.id, f"{name} is left out") for name in names if getattr(event, name)]


def imported(events: list[Event], losses: list[Loss], bad: list[Loss], title: str | None = None) -> Imported:
    """Return what a file gave: a record that cannot be read costs no other. Raises FormatError, of the first, where no record can be read."""
    if bad and not events:
        raise FormatError(str(bad[0]))
    return Imported(events, losses + bad, title)


def text_of(raw: bytes, path: Path) -> str:
    """Return a file's text. Raises FormatError for what is not UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"{path}: not UTF-8 (byte {error.start})") from None


def _module(name: str, allowed: tuple[str, ...]) -> ModuleType:
    if name not in allowed:
        raise FormatError(f"the format {name!r} is not known; there are {', '.join(allowed)}")
    return importlib.import_module(f"chronicle.formats.{_FORMATS[name][0]}")


def format_of(path: Path) -> str | None:
    """Return the format of :data:`EXPORTS` that a file's ending tells, the first where two share it; None where it tells none."""
    return next((name for name, (_, ending, _) in _FORMATS.items() if ending == path.suffix.lower()), None)


def export(events: Iterable[Event], to: str, title: str | None = None) -> Exported:
    """Write events in a format of :data:`EXPORTS`; rejected events are left out, as they are from timelines.

    Raises FormatError for a format that is not known, ImportError where its library (an extra) is missing.
    """
    kept = [e for e in events if e.review != "rejected"]
    exported: Exported = _module(to, EXPORTS).write(kept, title)
    return exported


def read(path: str | Path, kind: str | None = None) -> Imported:
    """Read a file in a format of :data:`IMPORTS`, told by its ending where ``kind`` is not given.

    Raises FormatError for a file that cannot be read as such, and OSError.
    """
    path = Path(path)
    kind = kind or next(
        (n for n, (_, ending, back) in _FORMATS.items() if back and ending == path.suffix.lower()), None
    )
    if kind is None:
        raise FormatError(f"{path}: the ending {path.suffix!r} tells no format; give one of {', '.join(IMPORTS)}")
    module = _module(kind, IMPORTS)
    try:
        imported: Imported = module.read(path.read_bytes(), path)
    except FormatError:
        raise
    except InvalidValue as error:
        raise FormatError(f"{path}: {error}") from error
    except (ChronicleError, OSError):
        raise
    except RecursionError as error:
        raise FormatError(f"{path}: cannot be read as {kind}: it is nested too deep") from error
    except Exception as error:  # the one place where whatever a format stumbles over becomes the file's name and remedy
        told = " ".join(str(error).split())[:200]
        raise FormatError(f"{path}: cannot be read as {kind}: {type(error).__name__}{f': {told}' if told else ''}") from error
    return imported
