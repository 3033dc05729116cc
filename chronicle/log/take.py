"""Extraction into a log: what is new is added, what a person decided stays."""

from __future__ import annotations

from attrs import define, evolve, field

from chronicle.event import Event
from chronicle.log.eventlog import EventLog
from chronicle.story import Story, Weights


@define
class Report:
    """What became of each extracted event."""

    added: list[Event] = field(factory=list)
    confirmed: list[Event] = field(factory=list)
    unchanged: list[Event] = field(factory=list)
    conflicts: list[tuple[Event, Event]] = field(factory=list)
    rejected: list[Event] = field(factory=list)

    def plus(self, other: Report) -> Report:
        """Return both reports as one."""
        return Report(
            self.added + other.added, self.confirmed + other.confirmed, self.unchanged + other.unchanged,
            self.conflicts + other.conflicts, self.rejected + other.rejected,
        )  # fmt: skip

    def __str__(self) -> str:
        return (
            f"{len(self.added)} added, {len(self.confirmed)} confirmed by another source, {len(self.unchanged)} unchanged, "
            f"{len(self.conflicts)} in conflict, {len(self.rejected)} skipped because rejected"
        )


def merge(log: EventLog, events: list[Event]) -> Report:
    """Add to a log what it does not have; returns what was done with each event. Nothing is written yet."""
    return Merger(log).merge(events)


class Merger:
    """Merges the events of many articles into one log, its index built once."""

    def __init__(self, log: EventLog, weights: Weights | None = None) -> None:
        self._log = log
        self._story = Story(log, weights=weights)
        self._by_source: dict[tuple[str, str], Event] = {}
        for event in log:
            for key in _keys(event):
                self._by_source.setdefault(key, event)

    def merge(self, events: list[Event]) -> Report:
        report = Report()
        for event in events:
            old = next((self._by_source[key] for key in _keys(event) if key in self._by_source), None)
            if old is not None:
                (report.rejected if old.review == "rejected" else report.unchanged).append(old)
                continue
            found = self._story.find(event)
            if found is not None and found.kind == "same":
                if found.event.review == "rejected":
                    report.rejected.append(found.event)
                else:
                    for source in event.sources:
                        self._log.add_source(found.event.id, evolve(source, how=f"{source.how}; taken for the same happening"))
                    report.confirmed.append(found.event)
                for key in _keys(event)[:1]:
                    self._by_source.setdefault(key, found.event)
                continue
            if found is not None:
                event = evolve(event, related=[*event.related, found.event.id])
            added = self._log.add(event)
            for key in _keys(event)[:1]:
                self._by_source.setdefault(key, added)
            self._story.add(added)
            if found is not None and found.kind == "conflict":
                report.conflicts.append((added, found.event))
            else:
                report.added.append(added)
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
