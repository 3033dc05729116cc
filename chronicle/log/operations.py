"""Operations: what somebody did to a log in memory, each with what it was done to.

They are not edits of text: the text follows from the events. They are kept because the file may have changed on disk until they are
written; then each is done again on what stands there, where that still is what it was done to, and told as a conflict where it is not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import frozen

from chronicle.event import Event, Source


@frozen
class Add:
    """An event was added."""

    event: Event


@frozen
class Change:
    """A field of an event got another value."""

    id: str
    field: str
    before: Any
    after: Any


@frozen
class AddSource:
    """An event got a source more."""

    id: str
    source: Source


@frozen
class Remove:
    """An event was taken out."""

    id: str
    before: Event


@frozen
class Merge:
    """One event was made of two."""

    id: str
    other: str
    kept: Event
    gone: Event


@frozen
class Again:
    """Several changes that follow from what the log holds, as extraction into it: they are worked out again, not repeated."""

    work: Callable[[Any], object]
    added: tuple[Event, ...]


Operation = Add | Change | AddSource | Remove | Merge | Again


@frozen
class Conflict:
    """What was not written because the event was changed on disk meanwhile: ``mine`` is what was meant, ``theirs`` what stands there."""

    event: str
    what: str
    mine: str
    theirs: str

    def __str__(self) -> str:
        return f"{self.what} was changed meanwhile, to {self.theirs}; what you meant, {self.mine}, is not written"
