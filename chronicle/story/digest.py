"""digest: the events of a story that say best what happened on the days that matter."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Final

from chronicle.event import Event
from chronicle.story.days import DaysTold, ranked_days
from chronicle.story.gathering import articles_of, as_one, gathered
from chronicle.time.when import When

#: days before the first publication that may still be the story's
_BEFORE: Final = 31
# what is not claimed to have come about, or to come about, makes no date of a story
_NOTHING: Final = ("denied", "hypothetical", "cancelled")


def digest(events: Iterable[Event], count: int, told: Iterable[DaysTold] | None = None) -> list[Event]:
    """Return at most ``count`` events, one for each of the days that matter most to a story, in order of time.

    A day's event is the one that the most articles tell, in its earliest telling that names the day; its other tellings are its sources.
    ``told`` are the days that each article names, where more is known of them than the events' own dates. Only events of one day count,
    from a month before the first publication to the last; where no source says when it was published, there is none.
    """
    given = [e for e in events if e.status not in _NOTHING]
    by_day: dict[datetime.date, list[Event]] = {}
    for event in given:
        day = day_of(event.when)
        if day is not None:
            by_day.setdefault(day, []).append(event)
    chosen: list[Event] = []
    for day in ranked_days(told if told is not None else days_told(given), before=_BEFORE):
        if len(chosen) == count:
            break
        if day in by_day:
            chosen.append(_best(by_day[day]))
    return sorted(chosen, key=lambda e: (day_of(e.when) or datetime.date.min, e.id))


def days_told(events: Iterable[Event]) -> list[DaysTold]:
    """Return the days that events' sources name, an article each that says when it was published."""
    found: dict[str, tuple[datetime.date, set[datetime.date]]] = {}
    for event in events:
        day = day_of(event.when)
        for source in event.sources:
            published = _date(source.published)
            if published is not None:
                days = found.setdefault(source.article, (published, set()))[1]
                if day is not None:
                    days.add(day)
    return [DaysTold(published, frozenset(days)) for published, days in found.values()]


def day_of(when: When | None) -> datetime.date | None:
    """Return the one day that a time lies in, as it is written; None where it is longer, open or beyond the years 1 to 9999."""
    if when is None or when.earliest.is_infinite or when.latest.is_infinite:
        return None
    try:
        first, last = when.earliest.date(), when.latest.date()
    except OverflowError:
        return None
    return first if first == last else None


def _date(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _best(events: list[Event]) -> Event:
    """Return the happening of a day that the most articles tell, in its earliest telling, the others' sources behind its own."""
    groups = gathered(events)
    return as_one(max(groups, key=lambda g: (articles_of(g), -groups.index(g))))
