"""What somebody gives where events are asked for: a log, its path, a view, a list, a data frame."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from chronicle.errors import InvalidValue
from chronicle.event import Event
from chronicle.log.eventlog import EventLog
from chronicle.log.frames import events_of
from chronicle.log.view import EventView, Selection


def events_given(what: object, called: str) -> Selection:
    """Return the events that somebody gave: a log or a view, the path of a log, a data frame, an event or several.

    Raises InvalidValue (a ValueError) for anything else, which says what ``called`` (a function) takes, and LogError for a log with faults.
    """
    if isinstance(what, Selection):
        return what
    if isinstance(what, Event):
        return EventView([what])
    takes = f"{called} takes events: a log, a list of events, a data frame of them, or the path of a log"
    if isinstance(what, str | Path):
        if not Path(what).exists():
            raise InvalidValue(f"{str(what)!r:.80}: there is no such log; {takes}")
        return EventLog.read(what)
    if hasattr(what, "columns"):
        return EventView(events_of(what))
    if not isinstance(what, Iterable):
        raise InvalidValue(f"{takes}, not {type(what).__name__}")
    events = list(what)
    for number, event in enumerate(events, 1):
        if not isinstance(event, Event):
            raise InvalidValue(f"{takes}; number {number} of what was given is of type {type(event).__name__}")
    return EventView(events)
