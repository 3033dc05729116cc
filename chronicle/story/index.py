"""Which events of a story are worth comparing with one, found in a time that does not grow with the story."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Final

from chronicle.story.telling import DAY, Telling

# lengths of the cells of time, in days: a day, a month, a year, a generation
_CELLS: Final = (1, 31, 366, 12_000)
_MONTHS: Final = 1
# events that are looked at for one token in one cell, and in all
_EACH: Final = 32
_ALL: Final = 96


def tokens_of(told: Telling) -> frozenset[str]:
    """Return what an event can be found by: its kinds and its words."""
    return told.words | {"kind " + kind for kind in told.kinds}


class Index:
    """Events by blocks of time and by kind or word. An event stands in the cells of its own length and of all longer ones."""

    def __init__(self) -> None:
        self._within: dict[tuple[int, int, str], list[str]] = {}
        self._own: dict[tuple[int, int, str], list[str]] = {}
        self._undated: dict[str, list[str]] = {}
        self._awaited: dict[str, list[str]] = {}

    def add(self, told: Telling) -> None:
        """Take in an event."""
        name, tokens = told.event.id, tokens_of(told)
        if told.awaited:
            for token in tokens:
                self._awaited.setdefault(token, []).append(name)
        if math.isinf(told.span.start):
            for token in tokens:
                self._undated.setdefault(token, []).append(name)
            return
        own = _level(told)
        for level in range(own, len(_CELLS)):
            for cell in _cells(told, level):
                for token in tokens:
                    self._within.setdefault((level, cell, token), []).append(name)
                    if level == own:
                        self._own.setdefault((level, cell, token), []).append(name)

    def near(self, told: Telling, counts: Mapping[str, int]) -> list[str]:
        """Return the ids of events whose time can meet that of one and that share a kind or word with it, those that share a rare one first."""
        tokens = _rarest(tokens_of(told), counts)
        if math.isinf(told.span.start):
            return _first(self._undated.get(token, ()) for token in tokens)
        own = _level(told)
        places = [(self._within, own, cell) for cell in _cells(told, own)]
        places += [(self._own, wider, cell) for wider in range(own + 1, len(_CELLS)) for cell in _cells(told, wider)]
        return _first(table.get((n, cell, token), ()) for token in tokens for table, n, cell in places)

    def beside(self, told: Telling, counts: Mapping[str, int], share: float) -> list[str]:
        """Return the ids of events of the time around that of one, at least the month before and after, that can have so large a share of
        their words in common with it: those must share one of its rarest."""
        if math.isinf(told.span.start):
            return []
        level = max(_level(told), _MONTHS)
        cells = _cells(told, level, aside=1 if level == _MONTHS else 0)
        tokens = _rarest(told.words, counts)[: int(len(told.words) * (1 - share)) + 1]
        return _first(self._within.get((level, cell, token), ()) for token in tokens for cell in cells)

    def awaiting(self, told: Telling, counts: Mapping[str, int]) -> list[str]:
        """Return the ids of events that were to come and share a kind or word with one, those that share a rare one first."""
        return _first(
            self._awaited.get(token, ()) for token in sorted(tokens_of(told), key=lambda t: (counts.get(t, 0), t))
        )


def _rarest(tokens: frozenset[str], counts: Mapping[str, int]) -> list[str]:
    return sorted(tokens, key=lambda token: (counts.get(token, 0), token))


def _first(lists: Iterable[list[str] | tuple[()]]) -> list[str]:
    """Return the first ids of lists, of each list the latest."""
    found: dict[str, None] = {}
    for ids in lists:
        for name in ids[-_EACH:]:
            found[name] = None
        if len(found) >= _ALL:
            break
    return list(islice(found, _ALL))


def _level(told: Telling) -> int:
    """Return the shortest cells that an event of its length touches two or three of at most."""
    return next((n for n, days in enumerate(_CELLS) if told.span.length <= 1.5 * days * DAY), len(_CELLS) - 1)


def _cells(told: Telling, level: int, aside: int = 0) -> range:
    length = _CELLS[level] * DAY
    first = int(told.span.start // length)
    return range(first - aside, min(int((told.span.end - 1) // length), first + 3) + 1 + aside)
