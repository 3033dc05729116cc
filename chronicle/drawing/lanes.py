"""Lanes: by what events are kept apart on a timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

from chronicle.errors import InvalidValue
from chronicle.event import Event

MOST: Final = 12  # lanes that are drawn; what is in none of them goes to the lane of the rest
REST: Final = "others"
_READERS: Final[dict[str, Callable[[Event], list[str]]]] = {
    "tag": lambda e: e.tags,
    "place": lambda e: e.places,
    "person": lambda e: e.people,
    "organisation": lambda e: e.organisations,
    "source": lambda e: [s.publisher or s.title or s.article for s in e.sources],
    "status": lambda e: [e.status],
}
DIMENSIONS: Final = ("story", *_READERS)


def check(dimension: str | None) -> None:
    """Raise ValueError for lanes that are not known."""
    if dimension is not None and dimension not in DIMENSIONS:
        raise InvalidValue(f"lanes {dimension!r} are not known: give one of {', '.join(DIMENSIONS)}")


def stories_of(events: Iterable[Event]) -> dict[str, str]:
    """Return the story of each event by its id: the title of the log file that it stands in, where it stands in one."""
    return {event.id: event.story for event in events if event.story is not None}


def values(event: Event, dimension: str, stories: dict[str, str]) -> list[str]:
    """Return the names of the lanes that an event belongs to, each once."""
    if dimension == "story":
        return [stories[event.id]] if event.id in stories else []
    return list(dict.fromkeys(_READERS[dimension](event)))


def assign(events: list[Event], dimension: str | None, stories: dict[str, str]) -> tuple[list[str], list[list[int]]]:
    """Return the lanes to draw, those of most events first, and for each event the numbers of its lanes (at least one).

    Without a dimension there is one lane, which has no name.
    """
    if dimension is None:
        return [""], [[0]] * len(events)
    own = [values(e, dimension, stories) for e in events]
    counts = Counter(name for names in own for name in names)
    order = {name: i for i, (name, _) in enumerate(counts.most_common(MOST))}
    lanes = [[order[n] for n in names if n in order] or [len(order)] for names in own]
    names = list(order)
    if any(lane == [len(order)] for lane in lanes):
        names.append(REST if order else f"no {dimension}")
    return names, lanes
