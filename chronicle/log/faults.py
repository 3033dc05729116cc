"""Fault: one thing wrong with a log, and where."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import NamedTuple


class Fault(NamedTuple):
    """Something wrong in a log. Lines and columns count from 1; ``code`` names the kind of fault."""

    path: str
    line: int
    column: int
    code: str
    message: str
    event: str | None = None

    def __str__(self) -> str:
        about = f" [{self.event}]" if self.event else ""
        return f"{self.path}:{self.line}:{self.column}: {self.message}{about} ({self.code})"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint at the nearest known word, or nothing where none is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else ""
