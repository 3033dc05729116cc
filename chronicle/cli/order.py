"""What ``chronicle render`` is asked to draw."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from chronicle.cli.options import several_logs
from chronicle.event import Event
from chronicle.log.eventlog import EventLog

if TYPE_CHECKING:
    from chronicle.drawing.page import Look


@frozen
class Order:
    """What is to be drawn of which logs, and how: ``look`` are the options of a page that need no log."""

    logs: tuple[Path, ...]
    title: str | None = None
    lanes: str | None = None
    now: bool = False
    theme: str = "auto"
    plotlyjs: str = "inline"
    review: tuple[str, ...] = ()
    look: dict[str, Any] = field(factory=dict)

    def drawn(self, log: EventLog) -> list[Event]:
        """Return the events that are drawn: none that are rejected, and only those in the states of review that were asked for."""
        return [e for e in log if e.review != "rejected" and (not self.review or e.review in self.review)]

    def page_look(self, heading: str | None, description: str | None, live: bool = False) -> Look:
        """Return how the page looks."""
        from chronicle.drawing.page import Look

        return Look(
            heading, description, self.lanes, self.now, self.theme, plotlyjs=self.plotlyjs, live=live, review=self.review, **self.look
        )  # fmt: skip

    def read(self) -> tuple[EventLog, str | None, str | None]:
        """Read the logs as one; returns it with the heading and the description of what is drawn."""
        log = several_logs(self.logs)
        titles = list(dict.fromkeys(title for title, _ in log.stories()))
        heading = self.title or (" · ".join(titles) if len(titles) <= 3 else f"{titles[0]} and {len(titles) - 1} more")
        return log, heading, log.description if len(log.files) == 1 else None
