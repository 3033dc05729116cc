"""Several writers of one log: what somebody did in memory is done again on what stands on disk by now.

Each operation knows what it was done to. Where that still stands, it is done; where it was done already, nothing is; where somebody else
changed the same, theirs stays and the two are told as a conflict. What was added is recognised by its article and words, or by being
equal, among what came meanwhile; else it is added, under another id where its own is taken, and what is done to it afterwards goes to that.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from attrs import evolve

from chronicle.event import EVENT_FIELDS, LIST_FIELDS, Event, Source, written_alike
from chronicle.log.faults import Fault
from chronicle.log.logfile import LogError, LogFile
from chronicle.log.operations import Add, AddSource, Again, Change, Conflict, Merge, Operation, Remove

# what extraction adds to an event by itself; all else is a person's decision
_GROWS = ("sources", "related", "doubts")


class Log(Protocol):
    """What doing changes again asks of a log: that of :class:`chronicle.EventLog`."""

    path: Path
    files: list[LogFile]
    origins: dict[str, str]
    moved: frozenset[str]
    _operations: list[Operation]
    _events: dict[str, Event]

    def add(self, event: Event) -> Event:
        """Add an event."""
        ...

    def replace(self, event: Event) -> Event:
        """Put an event in the place of the one with its id."""
        ...

    def add_source(self, name: str, source: Source) -> None:
        """Give an event one more source."""
        ...

    def remove(self, name: str) -> None:
        """Take an event out."""
        ...

    def merge(self, name: str, other: str) -> Event:
        """Make one event of two."""
        ...


class ConflictError(LogError):
    """Somebody else changed the same meanwhile: theirs stands, ``conflicts`` says what was meant; ``written`` names the files written.

    >>> from chronicle import Event, EventLog
    >>> mine = EventLog.new("log.yaml")
    >>> _ = mine.add(Event("a", "2021", "They met")), mine.write()
    >>> theirs = EventLog.read("log.yaml")
    >>> _ = theirs.set("a", title="They talked"), theirs.write()
    >>> _ = mine.set("a", title="They came")
    >>> try:
    ...     mine.write()
    ... except ConflictError as error:
    ...     print(error.conflicts[0].theirs)
    They talked
    """

    def __init__(self, log: Log, conflicts: list[Conflict], written: list[Path]) -> None:
        self.conflicts = conflicts
        self.written = written
        super().__init__([_fault(log, conflict) for conflict in conflicts])

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (self.faults, self.conflicts, self.written)


def _rebuilt(faults: list[Fault], conflicts: list[Conflict], written: list[Path]) -> ConflictError:
    error = ConflictError.__new__(ConflictError)
    LogError.__init__(error, faults)
    error.conflicts, error.written = conflicts, written
    return error


def _fault(log: Log, conflict: Conflict) -> Fault:
    for file in log.files:
        if conflict.event in file.places:
            place = file.places[conflict.event]
            return Fault(str(file.path), place.line + 1, place.column + 1, "conflict", str(conflict), conflict.event)
    return Fault(str(log.path), 1, 1, "conflict", str(conflict), conflict.event)


def redo(log: Log, current: Log) -> list[Conflict]:
    """Do again what was done to a log in memory on ``current``, the same log as it is on disk now; returns the conflicts."""
    replay = _Replay(log, current)
    for operation in log._operations:
        replay.do(operation)
    current.origins = {now: before for before, now in replay.names.items() if before != now}
    current.moved = frozenset(current.origins.values())
    return replay.conflicts


class _Replay:
    def __init__(self, log: Log, current: Log) -> None:
        self._log = log
        self._current = current
        self._base = {name for file in log.files for name in file.events}
        self._by_key: dict[tuple[str, str, int | None], list[str]] | None = None
        self.names: dict[str, str] = {}
        self.conflicts: list[Conflict] = []

    def do(self, operation: Operation) -> None:
        match operation:
            case Add():
                self._add(operation.event)
            case Change():
                self._change(operation)
            case AddSource():
                self._add_source(operation)
            case Remove():
                self._remove(operation)
            case Merge():
                self._merge(operation)
            case Again():
                operation.work(self._current)
                self._by_key = None
                for event in operation.added:
                    found = self._recognised(event)
                    if found is not None:
                        self.names[event.id] = found.id

    def _now(self, name: str) -> Event | None:
        return self._current._events.get(self.names.get(name, name))

    def _tell(self, name: str, what: str, mine: object, theirs: object) -> None:
        self.conflicts.append(Conflict(self.names.get(name, name), what, _told(mine), _told(theirs)))

    def _recognised(self, event: Event) -> Event | None:
        """Return the event that is the same as one that was added in memory: of the same words, or equal and new on disk."""
        other = self._current._events.get(event.id)
        if other is not None and event.id not in self._base and evolve(other.copy(), review=event.review) == event:
            return other
        if not event.sources:
            return None
        if self._by_key is None:
            self._by_key = {}
            for known in self._current._events.values():
                for key in known.keys:
                    self._by_key.setdefault(key, []).append(known.id)
        for key in event.keys:
            for name in self._by_key.get(key, ())[:64]:
                found = self._current._events.get(name)
                if found is not None and (
                    found.id == event.id
                    or found.title == event.title
                    or (found.predicate is not None and found.predicate == event.predicate)
                ):
                    return found
        return None

    def _add(self, event: Event) -> None:
        found = self._recognised(event)
        if found is None:
            found = self._current.add(evolve(event, related=[self.names.get(r, r) for r in event.related]))
            if self._by_key is not None:
                for key in found.keys:
                    self._by_key.setdefault(key, []).append(found.id)
        self.names[event.id] = found.id

    def _change(self, change: Change) -> None:
        event = self._now(change.id)
        if event is None:
            self._tell(change.id, change.field, change.after, "nothing: the event was taken out")
            return
        now, after = getattr(event, change.field), change.after
        if change.field == "related":
            after = [self.names.get(r, r) for r in after]
        if written_alike(now, after):
            return
        new = event.copy()
        if now == change.before:
            value = after
        elif change.field in (*LIST_FIELDS, "media", "sources"):
            value = _joined_lists(change.before, now, after)
        elif change.field == "extra":
            value = self._joined_extra(change, now)
        else:
            self._tell(change.id, change.field, after, now)
            return
        object.__setattr__(new, change.field, value)
        self._current.replace(new)

    def _joined_extra(self, change: Change, now: dict[str, object]) -> dict[str, object]:
        value = dict(now)
        for name in change.before.keys() | change.after.keys():
            before, after = change.before.get(name), change.after.get(name)
            if before == after or now.get(name) == after:
                continue
            if now.get(name) != before:
                self._tell(change.id, name, after, now.get(name))
            elif after is None:
                value.pop(name, None)
            else:
                value[name] = after
        return value

    def _add_source(self, operation: AddSource) -> None:
        event = self._now(operation.id)
        if event is None:
            self._tell(operation.id, "sources", operation.source.named, "nothing: the event was taken out")
        elif operation.source not in event.sources:
            self._current.add_source(event.id, operation.source)

    def _remove(self, operation: Remove) -> None:
        event = self._now(operation.id)
        if event is None:
            return
        if decided(event) != decided(operation.before):
            self._tell(operation.id, "the event", "to take it out", f"{event.when}, {event.title}, {event.review}")
        else:
            self._current.remove(event.id)

    def _merge(self, operation: Merge) -> None:
        kept, gone = self._now(operation.id), self._now(operation.other)
        meant = f"to make one of it and {operation.other}"
        if kept is None:
            self._tell(operation.id, "the event", meant, "nothing: it was taken out")
        elif gone is None:
            self._tell(operation.id, "the event", meant, f"it without {operation.other}, which was taken out")
        elif decided(gone) != decided(operation.gone):
            self._tell(
                operation.other,
                "the event",
                f"to make one of {operation.id} and it",
                f"{gone.when}, {gone.title}, {gone.review}",
            )
        elif kept.review != operation.kept.review:
            self._tell(operation.id, "the event", meant, kept.review)
        elif kept is not gone:
            self._current.merge(kept.id, gone.id)


def decided(event: Event) -> tuple[object, ...]:
    """Return what of an event a person decides on: all but what extraction adds to it by itself, and its id."""
    names = (n for n in EVENT_FIELDS if n not in (*_GROWS, "id"))
    return (*(getattr(event, name) for name in names), event.extra)


def _joined_lists(before: list[Any], now: list[Any], after: list[Any]) -> list[Any]:
    """Return a list that two have changed: without what either took out, with what either put in."""
    kept = [item for item in now if item not in before or item in after]
    return kept + [item for item in after if item not in before and item not in kept]


def _told(value: object) -> str:
    if value is None or value == []:
        return "nothing"
    if isinstance(value, list):
        return ", ".join(str(getattr(item, "named", item)) for item in value)
    return str(value)
