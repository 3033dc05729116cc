"""Extraction into a log: what is new is added, what a person decided stays.

An event of the log and one from an article are the same where they share a source: the article, the expression and where it
stands; or, where the article was edited since, its sentence. Rejected events stay rejected, corrected ones corrected.
"""

from __future__ import annotations

from attrs import define, field

from chronicle.event import Event
from chronicle.log.eventlog import EventLog


@define
class Report:
    """What became of each extracted event."""

    added: list[Event] = field(factory=list)
    unchanged: list[Event] = field(factory=list)
    rejected: list[Event] = field(factory=list)

    def __str__(self) -> str:
        return (
            f"{len(self.added)} added, {len(self.unchanged)} unchanged, {len(self.rejected)} skipped because rejected"
        )


def merge(log: EventLog, events: list[Event]) -> Report:
    """Add to a log the events that it does not have; returns what was done with each. Nothing is written yet."""
    report = Report()
    known: dict[tuple[str, str], Event] = {}
    for event in log:
        for key in _keys(event):
            known.setdefault(key, event)
    for event in events:
        old = next((known[key] for key in _keys(event) if key in known), None)
        if old is None:
            added = log.add(event)
            report.added.append(added)
            for key in _keys(added)[:1]:
                known.setdefault(key, added)
        elif old.review == "rejected":
            report.rejected.append(old)
        else:
            report.unchanged.append(old)
    return report


def _keys(event: Event) -> list[tuple[str, str]]:
    """Return what an event can be known by: for each source the article with the place, and with the words."""
    keys = []
    for source in event.sources:
        words = " ".join((source.expression or "").split())
        if source.start is not None:
            keys.append((source.article, f"{source.start}:{words}"))
        if source.quote:
            keys.append((source.article, f"{words}:{' '.join(source.quote.split())}"))
    return keys
