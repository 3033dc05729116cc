"""Place: where articles are read from."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from attrs import frozen

STDIN: Final = "-"


@frozen
class Place:
    """A file to be read, or standard input; ``kind`` is its reader."""

    path: Path
    kind: str

    @property
    def name(self) -> str:
        """What to call it."""
        return "standard input" if str(self.path) == STDIN else str(self.path)
