"""Fault: one thing wrong with a log, and where."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """Something wrong in a log. Lines and columns count from 1; ``code`` names the kind of fault.

    >>> str(Fault("log.yaml", 3, 9, "when", "'2021-7': months and days have two digits", "a"))
    "log.yaml:3:9: '2021-7': months and days have two digits [a] (when)"
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    event: str | None = None

    def __str__(self) -> str:
        about = f" [{self.event}]" if self.event else ""
        return f"{self.path}:{self.line}:{self.column}: {self.message}{about} ({self.code})"
