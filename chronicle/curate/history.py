"""What was decided, so that it can be taken back: by the bytes where the file is as it was left, else event by event."""

from __future__ import annotations

import hashlib
from pathlib import Path

from attrs import field, frozen

from chronicle.errors import InvalidValue
from chronicle.event import Event
from chronicle.log import storage
from chronicle.log.eventlog import EventLog


class Changed(InvalidValue):
    """An event is no longer what it was when it was decided on; ``names`` are the keys of the events."""

    def __init__(self, message: str, names: tuple[str, ...]) -> None:
        super().__init__(message)
        self.names = names


@frozen
class Patch:
    """How the bytes of a file changed: what stood from an offset on, what stands there since, and the digest of all after it."""

    start: int
    old: bytes
    new: bytes
    before: bytes
    after: bytes

    @classmethod
    def of(cls, old: bytes, new: bytes) -> Patch:
        """Return the patch between two contents."""
        start = _alike(old, new)
        end = _alike(old[start:][::-1], new[start:][::-1])
        return cls(start, old[start : len(old) - end], new[start : len(new) - end], _digest(old), _digest(new))

    def reverse(self) -> Patch:
        """Return the patch that takes this one back."""
        return Patch(self.start, self.new, self.old, self.after, self.before)

    def apply(self, raw: bytes) -> bytes | None:
        """Return what the file becomes; None where it is not what the patch was made on."""
        if _digest(raw) != self.before:
            return None
        return raw[: self.start] + self.new + raw[self.start + len(self.old) :]


@frozen
class Step:
    """One decision: in which log, what it did to which events (None: not there), and what it did to the files."""

    log: int
    what: str
    before: dict[str, Event | None]
    after: dict[str, Event | None]
    patches: dict[Path, Patch] = field(factory=dict)

    def reverse(self) -> Step:
        """Return the step that takes this one back."""
        return Step(self.log, self.what, self.after, self.before, {p: patch.reverse() for p, patch in self.patches.items()})

    def do(self) -> bool:
        """Do the step on the files themselves where they are as it needs them; tells whether they were. The log is read again then."""
        made = {}
        for path, patch in self.patches.items():
            raw = path.read_bytes()
            new = patch.apply(raw)
            if new is None:
                return False
            made[path] = (raw, new)
        return bool(made) and all(storage.replace_unchanged(path, raw, new) for path, (raw, new) in made.items())

    def do_to_events(self, log: EventLog) -> None:
        """Do the step event by event. Raises Changed where one of them is not what the step was made on."""
        now = {event.id: event for event in log}
        differ = tuple(name for name, event in self.before.items() if now.get(name) != event)
        if differ:
            raise Changed(f"{', '.join(differ)} was changed since; nothing is taken back", tuple(f"{self.log}:{name}" for name in differ))
        for name, event in self.after.items():
            if event is None:
                if name in now:
                    log.remove(name)
            elif name in now:
                log.replace(event.copy())
            else:
                log.add(event.copy())
        log.write()


def _digest(raw: bytes) -> bytes:
    return hashlib.blake2b(raw, digest_size=16).digest()


def _alike(one: bytes, two: bytes) -> int:
    """Return how many bytes two contents begin with in common, by halving."""
    low, high = 0, min(len(one), len(two))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == two[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
