"""Selections of events: a log, and what a question leaves of one, asked and shown in the same ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Sequence as AbstractSequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, overload

from chronicle.errors import InvalidValue, UnknownName
from chronicle.event import EVENT_FIELDS, OUTCOMES, REVIEWS, STATUSES, Event
from chronicle.nearest import Nearest, did_you_mean
from chronicle.resolve.typed import when_of
from chronicle.time.when import When

if TYPE_CHECKING:
    import pandas
    import polars

# the fields of which only these values are known
_CHOICES: Final = {"status": STATUSES, "review": REVIEWS, "outcome": OUTCOMES}


class Selection(AbstractSequence[Event]):
    """A sequence of events that can be asked: by place, by id, by fields, by time."""

    @property
    def folder(self) -> Path | None:
        """The folder of the log that the events stand in, from which their pictures are named; None where they stand in none."""
        return None

    @property
    def title(self) -> str | None:
        """The title of the log that the events stand in."""
        return None

    @property
    def description(self) -> str | None:
        """The description of the log that the events stand in."""
        return None

    def _ordered(self) -> list[Event]:
        raise NotImplementedError

    def _named(self) -> dict[str, Event]:
        return {event.id: event for event in self._ordered()}

    def __len__(self) -> int:
        return len(self._ordered())

    def __iter__(self) -> Iterator[Event]:
        return iter(self._ordered())

    def __contains__(self, what: object) -> bool:
        return what in self._named() if isinstance(what, str) else what in self._ordered()

    @overload
    def __getitem__(self, which: int | str) -> Event: ...
    @overload
    def __getitem__(self, which: slice) -> EventView: ...
    def __getitem__(self, which: int | str | slice) -> Event | EventView:
        if isinstance(which, str):
            return self.by_id(which)
        if isinstance(which, slice):
            return EventView(self._ordered()[which], self)
        if not hasattr(which, "__index__"):
            raise InvalidValue(f"an event is had by its number, its id or a slice, not by {type(which).__name__}")
        return self._ordered()[which]

    def by_id(self, name: str) -> Event:
        """Return an event by its id. Raises KeyError, which names the nearest id."""
        named = self._named()
        if name not in named:
            raise UnknownName(f"there is no event {name!r}{Nearest(named).hint(str(name))}")
        return named[name]

    def during(self, when: When | str) -> EventView:
        """Return the events whose time has a moment in common with a time : a When, EDTF or words ("early May 2023"). Raises ValueError."""
        wanted = when_of(when) if isinstance(when, str) else when
        if not isinstance(wanted, When):
            raise InvalidValue(f"during takes a When or EDTF text such as '2021-07', not {type(when).__name__}")
        return EventView([e for e in self if e.when is not None and e.when.overlaps(wanted)], self)

    def where(self, **fields: object) -> EventView:
        """Return the events whose fields have the given values, as a view that can be asked on.

        A list field fits where it holds the value, ``sources`` where one of them has it as its article, title or publisher, and
        ``predicate`` by its text. ``when`` is EDTF or a When (or words that name one date) and means just that time (see :meth:`during`); None fits a field without a
        value. A list, tuple or set of values is a choice. The curator's own fields can be asked for where an event has them. Raises
        InvalidValue (a ValueError) for a field or a value that is not known; the message names the nearest.
        """
        events = self._ordered()
        asked = [(name, _choice(name, value, events)) for name, value in fields.items()]
        return EventView([e for e in events if all(_fits(e, name, choice) for name, choice in asked)], self)

    def to_pandas(self) -> pandas.DataFrame:
        """Return the events as a pandas DataFrame: id, when, earliest, latest, precision, status, title, sources and more.

        Earliest and latest are datetimes without a zone (UTC where the When names one), NaT where it is open. Raises ImportError
        where pandas is not installed.
        """
        from chronicle.log.frames import to_pandas

        return to_pandas(self)

    def to_polars(self) -> polars.DataFrame:
        """Return the events as a polars DataFrame, with the columns of :meth:`to_pandas`. Raises ImportError without polars."""
        from chronicle.log.frames import to_polars

        return to_polars(self)

    def _repr_html_(self) -> str:
        from chronicle.notebook import log_html

        return log_html(self)


class EventView(Selection):
    """What a question leaves of a log, in the log's order: a sequence of its events, asked on as a log is.

    The events are the log's own, so that a change to one is a change of the log; what is added to the log later is not in the view. A view
    equals a list of the same events.

    >>> import chronicle
    >>> log = chronicle.EventLog.new("talks.yaml")
    >>> for number, status in enumerate(["happened", "planned", "happened"], 1):
    ...     _ = log.add(chronicle.Event(f"day-{number}", f"2021-07-0{number}", "They met", status))
    >>> [event.id for event in log.where(status="happened").during("2021-07-02/2021-07-09")]
    ['day-3']
    """

    def __init__(self, events: Iterable[Event], of: Selection | None = None) -> None:
        self._events = list(events)
        self._of = of
        self._by_name: dict[str, Event] | None = None

    @property
    def folder(self) -> Path | None:
        """The folder of the log that the events stand in."""
        return None if self._of is None else self._of.folder

    @property
    def title(self) -> str | None:
        """The title of the log that the events stand in."""
        return None if self._of is None else self._of.title

    @property
    def description(self) -> str | None:
        """The description of the log that the events stand in."""
        return None if self._of is None else self._of.description

    def _ordered(self) -> list[Event]:
        return self._events

    def _named(self) -> dict[str, Event]:
        if self._by_name is None:
            self._by_name = super()._named()
        return self._by_name

    def __eq__(self, other: object) -> bool:
        return self._events == list(other) if isinstance(other, EventView | list) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<EventView: {len(self)} events>"


def _choice(name: str, value: object, events: list[Event]) -> list[object]:
    """Return the values that are asked for of a field. Raises InvalidValue."""
    if name not in EVENT_FIELDS and not any(name in e.extra for e in events):
        raise InvalidValue(f"an event has no field {name!r}{did_you_mean(name, EVENT_FIELDS)}")
    asked = list(value) if isinstance(value, list | tuple | set | frozenset) else [value]
    if name == "when":
        return [_time(item) for item in asked]
    for item in asked:
        if name in EVENT_FIELDS and item is not None and not isinstance(item, str):
            raise InvalidValue(f"{name} is asked for by a text, not by {type(item).__name__} ({item!r:.40})")
        if name in _CHOICES and item is not None and item not in _CHOICES[name]:
            near = did_you_mean(str(item), _CHOICES[name])
            raise InvalidValue(f"no event has the {name} {item!r}; it is one of {', '.join(_CHOICES[name])}{near}")
    return asked


def _time(value: object) -> When | None:
    if value is None or isinstance(value, When):
        return value
    if isinstance(value, str):
        return when_of(value)
    raise InvalidValue(f"when is asked for by a When or EDTF text such as '2021-07', not by {type(value).__name__}")


def _fits(event: Event, name: str, choice: list[object]) -> bool:
    return any(_has(event, name, value) for value in choice)


def _has(event: Event, name: str, wanted: object) -> bool:
    if name not in EVENT_FIELDS:
        return event.extra.get(name) == wanted
    value: Any = getattr(event, name)
    if name == "sources":
        value = [text for source in value for text in (source.article, source.title, source.publisher) if text]
    elif name == "media":
        value = [text for medium in value for text in (medium.file, medium.address) if text]
    elif name == "predicate" and value is not None:
        value = value.text
    if isinstance(value, list):
        return not value if wanted is None else wanted in value
    return bool(value == wanted)
