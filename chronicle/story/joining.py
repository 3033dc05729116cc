"""Which event of a story tells the same happening as another, and which expected it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from attrs import evolve, frozen

from chronicle.event import Event
from chronicle.story.index import Index
from chronicle.story.telling import AHEAD, DONE, Telling, telling
from chronicle.story.weighing import Weighing, Weights
from chronicle.syntax.happenings import lexicon

# where no kind says that two events are one, three words of five must; where their times differ, three of four
_NEARLY: Final = 0.6
_CONFLICT: Final = 0.75
# plans that one event settles at most: what was put off twice was planned three times
_PLANS: Final = 3


@frozen
class Found:
    """What an event of the story is to another: ``same``, ``expected`` (the other is what came of it) or ``conflict`` (it tells the same at another
    time); ``bits`` is by how much the evidence outweighs the doubt. ``others`` are further events that expected it."""

    event: Event
    kind: str
    bits: float
    others: tuple[Event, ...] = ()


class Story:
    """The events of a log, to find in them the one that another event tells again."""

    def __init__(self, events: Iterable[Event] = (), language: str = "en", weights: Weights | None = None) -> None:
        self._lexicon = lexicon(language)
        self._weighing = Weighing(self._lexicon, weights or Weights())
        self._index = Index()
        self._tellings: dict[str, Telling] = {}
        self._told: Telling | None = None
        for event in events:
            self.add(event)

    def add(self, event: Event) -> None:
        """Take an event into the story; one that is there already under its id is told anew."""
        if (
            self._told is not None
            and self._told.event.sources == event.sources
            and self._told.event.title == event.title
        ):
            # the event that was just looked for, under the id that it got
            told = evolve(self._told, event=event)
        else:
            told = telling(event, self._lexicon)
        self._tellings[event.id] = told
        self._index.add(told)
        self._weighing.add(told)

    def find(self, event: Event) -> Found | None:
        """Return the event of the story that tells the same happening as another, else the one that expected it, else the one that tells it at
        another time; None where there is none."""
        told = self._told = telling(event, self._lexicon)
        same = None
        for name in self._index.near(told, self._weighing.counts):
            other = self._tellings[name]
            if told.span.meets(other.span) and _one_claim(told, other):
                bits = self._same(told, other)
                if bits >= 0 and (same is None or bits > same.bits):
                    same = Found(other.event, "same", bits)
        if same is not None:
            return same
        conflict = self._conflict(told)
        if conflict is not None and not self._lexicon.postponed(told.said):
            # another date for the same plan is no delay where nobody says so
            return conflict
        return self._expected(told) or conflict

    def outcome(self, event: Event) -> str:
        """Say what an event reports of one that was expected: ``done``, ``put off`` or ``cancelled``."""
        core = telling(event, self._lexicon).core
        if "postpone" in core or event.status in AHEAD:
            return "put off"
        return "cancelled" if "cancel" in core or event.status in ("cancelled", "denied") else "done"

    def _same(self, told: Telling, other: Telling) -> float:
        """Return by how many bits two events whose times meet are one happening; less than none where they are not."""
        weighing = self._weighing
        need = weighing.need(weighing.events) + weighing.weights.same
        if told.articles & other.articles:
            if _one_clause(told.event, other.event):
                return math.inf
            if {s.quote for s in told.event.sources} & {s.quote for s in other.event.sources}:
                # one sentence tells two happenings at two verbs
                return -1.0
            if told.called - other.called and other.called - told.called and not told.heads & other.heads:
                # and one article of others in other sentences
                return -1.0
            need += weighing.weights.within
        bits, kind = weighing.kind(told, other)
        unknown = any(t.light and not t.core for t in (told, other))
        if bits <= 0 and not (bits == 0 and (unknown or told.nearly(other, _NEARLY))):
            return -1.0
        return weighing.time(told, other) + bits + weighing.words(told, other, kind) - need

    def _expected(self, told: Telling) -> Found | None:
        """Return the event that expected what another reports."""
        weighing = self._weighing
        need = weighing.need(weighing.awaited) + weighing.weights.expected
        found = []
        for name in self._index.awaiting(told, weighing.counts):
            other = self._tellings[name]
            if other.event.review == "rejected" or not _can_follow(told, other):
                continue
            bits, kind = weighing.answer(told, other)
            if bits <= 0 and not told.nearly(other, _NEARLY):
                continue
            bits += weighing.words(told, other, kind) - need
            bits += weighing.time(told, other) if told.span.meets(other.span) else weighing.late(told, other)
            if bits >= 0:
                found.append((bits, name, other.event))
        if not found:
            return None
        found.sort(key=lambda one: (-one[0], one[1]))
        return Found(found[0][2], "expected", found[0][0], tuple(event for _, _, event in found[1:_PLANS]))

    def _conflict(self, told: Telling) -> Found | None:
        """Return the event that says of another time what one says: nearly the same words, and no name that the other lacks."""
        for name in self._index.beside(told, self._weighing.counts, _CONFLICT):
            other = self._tellings[name]
            if (
                told.does == other.does
                and told.event.status == other.event.status
                and told.nearly(other, _CONFLICT)
                and not told.span.meets(other.span)
                and not (told.names - other.words and other.names - told.words)
                and not told.articles & other.articles
            ):
                return Found(other.event, "conflict", 0.0)
        return None


def _one_claim(told: Telling, other: Telling) -> bool:
    """Tell whether two statuses can be of one telling: what happened and what was only expected are two."""
    statuses = {told.event.status, other.event.status}
    return len(statuses) == 1 or statuses <= AHEAD or statuses <= DONE


def _one_clause(one: Event, other: Event) -> bool:
    """Tell whether two events of an article stand at one predicate."""
    return one.predicate is not None and one.predicate == other.predicate


def _can_follow(told: Telling, expected: Telling) -> bool:
    """Tell whether an event can be what came of another: told by another article, not before it was expected; a new plan told later, and
    for later."""
    mine, theirs = told.span, expected.span
    if math.isinf(mine.start) or math.isinf(theirs.start) or told.articles & expected.articles or not expected.awaited:
        return False
    if told.event.status in AHEAD:
        return (mine.published or 0.0) > (theirs.published or 0.0) and mine.start >= theirs.end
    return theirs.published is None or mine.end >= theirs.published
