"""Gathering: the tellings of each happening among many events, for those who do not keep them in a log."""

from __future__ import annotations

from collections.abc import Iterable

from chronicle.event import Event
from chronicle.story.joining import Story

_LAST = "9"


def gathered(events: Iterable[Event], language: str = "en") -> list[list[Event]]:
    """Return events in groups that tell one happening each, the earliest published first, in the order of these first ones.

    Events of different articles may share an id. The cost grows as the number of events, not of their pairs.
    """
    ordered = sorted(events, key=lambda e: (min((s.published or _LAST for s in e.sources), default=_LAST), e.id))
    story = Story(language=language)
    groups: dict[str, list[Event]] = {}
    for number, event in enumerate(ordered):
        found = story.find(event)
        if found is not None and found.kind == "same":
            groups[found.event.id].append(event)
        else:
            named = event.with_id(f"{event.id}#{number}")
            story.add(named)
            groups[named.id] = [event]
    return list(groups.values())


def articles_of(group: Iterable[Event]) -> int:
    """Return how many articles tell a happening."""
    return len({source.article for event in group for source in event.sources})


def as_one(group: list[Event], most: int | None = None) -> Event:
    """Return the first of a happening's tellings with the sources of all, at most ``most`` of them."""
    sources = {source.key: source for event in group for source in event.sources}
    one = group[0].with_id(group[0].id)
    one.sources = list(sources.values())[:most]
    return one
