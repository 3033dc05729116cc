"""What ``chronicle render`` is asked to draw."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from chronicle.cli.options import several_logs
from chronicle.log.eventlog import EventLog


@frozen
class Order:
    """What is to be drawn of which logs, and how."""

    logs: tuple[Path, ...]
    title: str | None
    lanes: str | None
    now: bool
    theme: str
    plotlyjs: str

    def read(self) -> tuple[EventLog, str | None, str | None]:
        """Read the logs as one; returns it with the heading and the description of what is drawn."""
        log = several_logs(self.logs)
        titles = list(dict.fromkeys(title for title, _ in log.stories()))
        heading = self.title or (" · ".join(titles) if len(titles) <= 3 else f"{titles[0]} and {len(titles) - 1} more")
        return log, heading, log.description if len(log.files) == 1 else None
