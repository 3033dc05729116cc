"""Which event of a story tells the same happening as another, and which expected it.

Two tellings are compared as records are linked (I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage", 1969): each thing in which they
agree counts for as many bits as it is rare in the story, each in which they differ counts against, and the sum must outweigh the number of
events that could be meant. So a day that only two events have says much, a name that every event has says little.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterable
from typing import Final

from attrs import evolve, frozen

from chronicle.event import Event
from chronicle.story.lexicon import Lexicon, lexicon
from chronicle.story.names import Names
from chronicle.story.telling import AHEAD, DONE, Telling, telling
from chronicle.time.edtf import MICROSECONDS_PER_DAY
from chronicle.time.when import When

# A story is taken to have so many events more than are known of it, of which each kind and word has one in so many: what is rare in a log of
# three events need not be rare. All weights were chosen on the stories of tests/stories; benchmarks/joining.py tries others.
_UNSEEN: Final = 24
_KINDS: Final = 40


@frozen
class Weights:
    """What agreement and difference count for; in bits, but for the shares."""

    margin: float = 0.0
    twice: float = 4.0  # and in one article more so: an article seldom tells a thing twice
    outcome: float = 3.0
    across: float = 0.75  # share of a kind's bits where it is the predicate of one and a noun of the other
    further: float = 0.5  # share of a word's bits after the rarest: words come together
    wording: float = 0.5  # and of the word that tells the kind, where it is the same word
    alike: float = 0.5  # share for nouns that can name one thing
    aside: float = 0.25  # share for words of the sentence around
    other_kind: float = 2.0  # each of the two predicates is of a kind of its own
    other_names: float = 4.0
    other_numbers: float = 3.0
    other_actors: float = 1.5
    late: float = 4.0  # an outcome at another time than was expected


@frozen
class Found:
    """What an event of the log is to another: ``same``, ``expected`` (the other is what came of it) or ``conflict``; ``bits`` is how much
    the evidence outweighs the doubt."""

    event: Event
    kind: str
    bits: float


class Story:
    """The events of a log, indexed by time, kind and words, so that finding an event costs the same in a log of any length."""

    # events compared for each that is looked up: those that share the rarest of its words and kinds come first
    LIMIT: Final = 64

    def __init__(self, events: Iterable[Event] = (), language: str = "en", weights: Weights | None = None) -> None:
        self._lexicon: Lexicon = lexicon(language)
        self._weights = weights or Weights()
        self._names = Names(self._lexicon)
        self._tellings: dict[str, Telling] = {}
        self._events: dict[str, Event] = {}
        self._count: dict[str, int] = {}
        self._expecting = 0
        self._starts: list[float] = []
        self._ends: list[float] = []
        self._cells: dict[tuple[int, int, str], list[str]] = {}
        self._wide: dict[tuple[int, int, str], list[str]] = {}
        self._ahead: dict[str, list[str]] = {}
        self._undated: dict[str, list[str]] = {}
        for event in events:
            self.add(event)

    # --- the index

    def add(self, event: Event) -> None:
        """Take an event into the story."""
        told = telling(event, self._lexicon)
        for source in event.sources:
            if source.quote:
                self._names.learn(source.quote)
        self._events[event.id] = event
        self._tellings[event.id] = told
        tokens = _tokens(told)
        for token in tokens | {f"thing {n}" for stem in told.words for n in self._lexicon.thing(stem)}:
            self._count[token] = self._count.get(token, 0) + 1
        if _awaited(event):
            self._expecting += 1
            for token in tokens:
                self._ahead.setdefault(token, []).append(event.id)
        if event.when is None:
            for token in tokens:
                self._undated.setdefault(token, []).append(event.id)
            return
        start, end = _bounds(event)
        bisect.insort(self._starts, start)
        bisect.insort(self._ends, end)
        level = _level(start, end)
        for cell in _cells(level, start, end):
            for token in tokens:
                self._wide.setdefault((level, cell, token), []).append(event.id)
        for upper in range(level, len(_LEVELS)):
            for cell in _cells(upper, start, end):
                for token in tokens:
                    self._cells.setdefault((upper, cell, token), []).append(event.id)

    def _near(self, event: Event, told: Telling) -> list[str]:
        """Return the ids of the events near an event's time that share a kind or a word with it, those that share a rare one first."""
        tokens = sorted(_tokens(told), key=lambda t: self._count.get(t, 0))
        found: dict[str, None] = {}
        if event.when is None:
            keys: list[list[str]] = [self._undated.get(token, []) for token in tokens]
        else:
            start, end = _bounds(event)
            level = max(_level(start, end), 1)
            keys = []
            for token in tokens:
                for upper in range(level, len(_LEVELS)):
                    for cell in _cells(upper, start, end, aside=1 if upper == 1 else 0):
                        kept = self._cells if upper == level else self._wide
                        keys.append(kept.get((upper, cell, token), []))
        for ids in keys:
            for name in ids[-self.LIMIT :]:
                found[name] = None
                if len(found) >= 4 * self.LIMIT:
                    return list(found)
        return list(found)

    # --- what an event is to the others

    def find(self, event: Event) -> Found | None:
        """Return what an event of the story has to do with another: the same happening, else one that expected it, else one that tells it
        at another time; None where there is none."""
        told = telling(event, self._lexicon)
        same = conflict = None
        for name in self._near(event, told):
            other = self._events[name]
            if _meet(event, other) and _one_claim(event, other):
                bits = self._same(event, told, other, self._tellings[name])
                if bits >= 0 and (same is None or bits > same.bits):
                    same = Found(other, "same", bits)
            elif event.when is not None and other.when is not None and event.status == other.status:
                likeness = self._conflict(event, told, other, self._tellings[name])
                if likeness and (conflict is None or likeness > conflict.bits):
                    conflict = Found(other, "conflict", likeness)
        return same or self._expected(event, told) or conflict

    def outcome(self, event: Event, expected: Event) -> str:
        """Say what an event reports of another that was expected: ``done``, ``put off`` or ``cancelled``."""
        stems = telling(event, self._lexicon).stems
        if event.status in ("cancelled", "denied"):
            return "put off" if self._lexicon.postponed(stems) else "cancelled"
        if event.status in AHEAD or self._lexicon.postponed(stems) and not event.status == "ongoing":
            return "put off"
        return "cancelled" if self._lexicon.cancelled(stems) and event.status != "happened" else "done"

    def _bits(self, token: str) -> float:
        """Return how many bits the agreement in a kind or word is worth."""
        total = len(self._events) + _UNSEEN
        return math.log2(total / (self._count.get(token, 0) + _UNSEEN / _KINDS))

    def _time_bits(self, *events: Event) -> float:
        """Return how many bits it is worth that the times of two events meet."""
        total = len(self._starts) + _UNSEEN
        worth = math.inf
        for event in events:
            start, end = _bounds(event)
            meeting = bisect.bisect_left(self._starts, end) - bisect.bisect_right(self._ends, start)
            unseen = _UNSEEN * min(1.0, (end - start) / MICROSECONDS_PER_DAY / 365)
            worth = min(worth, math.log2(total / (max(meeting, 1) + unseen)))
        return worth

    def _late_bits(self, event: Event, expected: Event) -> float:
        """Return how many bits it is worth that something came near the time at which it was expected: within as long again."""
        start, end = _bounds(expected)
        published = _published(expected)
        lead = max(end - (start if published is None else published), _WEEK)
        first, last = _bounds(event)
        if first >= end + lead or last <= start - lead / 2:
            return -self._weights.late
        total = len(self._starts) + _UNSEEN
        meeting = bisect.bisect_left(self._starts, end + lead) - bisect.bisect_right(self._ends, start - lead / 2)
        return math.log2(total / max(meeting, 1)) - 1.0

    def _best(self, kinds: Iterable[str], share: float = 1.0) -> tuple[float, str | None]:
        return max(((share * self._bits("kind " + k), k) for k in kinds), default=(0.0, None))

    def _kind_bits(self, one: Telling, other: Telling) -> tuple[float, str | None]:
        """Return what the kinds of two tellings say for their being of one happening, none where they say nothing for it, and which kind."""
        known = self._lexicon
        shared = one.core & other.core
        apart = not shared and known.apart(one.core, other.core)
        if apart or (one.kinds & _SHIFTS) ^ (other.kinds & _SHIFTS) or (one.does ^ other.does) & known.phases:
            return -math.inf, None
        across: frozenset[str] = frozenset()
        if not (one.core | other.core) & known.telling:
            across = (one.core & other.about) | (one.about & other.core)
        bits, kind = self._best(across, self._weights.across)
        if one.does and other.does and not one.light and not other.light:
            bits -= self._weights.other_kind
        return max(self._best(shared), (bits, kind), key=lambda found: found[0])

    def _likeness(self, one: Telling, other: Telling, kind: str | None) -> float:
        """Return what the words, names and numbers of two tellings say for their being of one happening, in bits. Words that tell the kind
        in which they agree have been counted with it."""
        w = self._weights
        told = {stem for stem in one.words | other.words if kind in self._lexicon.kinds_of(stem)}
        agreeing = sorted((self._bits(t) for t in one.words & other.words - told), reverse=True)
        wording = max((self._bits(t) for t in one.words & other.words & told), default=0.0)
        bits = sum(b * (1.0 if place == 0 else w.further) for place, b in enumerate(agreeing[:4]))
        bits += w.wording * wording + w.alike * self._alike(one, other)
        aside = ((one.aside - one.words) & other.words) | ((other.aside - other.words) & one.words)
        bits += w.aside * sum(sorted((self._bits(t) for t in aside - told), reverse=True)[:4])
        mine, theirs = one.actors - told, other.actors - told
        if mine & one.names and theirs & other.names and not self._meant(mine & one.names) & self._meant(theirs & other.names):
            bits -= w.other_names
        elif mine and theirs and not self._meant(mine) & self._meant(theirs):
            bits -= w.other_actors
        if one.numbers and other.numbers and not one.numbers & other.numbers:
            bits -= w.other_numbers
        return bits

    def _meant(self, stems: frozenset[str]) -> set[str]:
        found = set(stems)
        for stem in stems:
            name = self._names.meant_by(stem)
            if name is not None:
                found.add(name)
            found.update(f"thing {n}" for n in self._lexicon.thing(stem))
        return found

    def _alike(self, one: Telling, other: Telling) -> float:
        """Return the bits of nouns that can name one thing, where the nouns themselves differ."""
        mine, theirs = one.words - other.words, other.words - one.words
        shared = (self._meant(mine) - mine) & (self._meant(theirs) - theirs | theirs) | (self._meant(theirs) - theirs) & mine
        return max((self._bits(t) for t in shared), default=0.0)

    def _same(self, event: Event, told: Telling, other: Event, theirs: Telling) -> float:
        """Return by how many bits two events whose times meet are one happening; less than none where they are not."""
        articles = {s.article for s in event.sources}
        within = any(s.article in articles for s in other.sources)
        if within:
            if _one_clause(event, other):
                return math.inf
            if {s.quote for s in event.sources} & {s.quote for s in other.sources}:
                # one sentence tells two happenings at two verbs
                return -1.0
        need = math.log2(len(self._events) + _UNSEEN) + self._weights.margin + (self._weights.twice if within else 0.0)
        bits, kind = self._kind_bits(told, theirs)
        if bits <= 0 and not (bits == 0 and _nearly(told, theirs)):
            return -1.0
        time = self._time_bits(event, other) if event.when is not None and other.when is not None else 0.0
        return time + bits + self._likeness(told, theirs, kind) - need

    def _expected(self, event: Event, told: Telling) -> Found | None:
        """Return the event that expected what another reports; or, where the articles come in another order, that came of what it expects."""
        best: Found | None = None
        need = math.log2(self._expecting + _UNSEEN) + self._weights.outcome
        for name in self._awaiting(told):
            other, theirs = self._events[name], self._tellings[name]
            if other.review == "rejected" or not _can_follow(event, other):
                continue
            bits, kind = self._answer_bits(told, theirs)
            if bits <= 0 and not _nearly(told, theirs):
                continue
            bits += self._likeness(told, theirs, kind) - need
            bits += self._time_bits(event, other) if _meet(event, other) else self._late_bits(event, other)
            if bits >= 0 and (best is None or bits > best.bits):
                best = Found(other, "expected", bits)
        return best

    def _answer_bits(self, told: Telling, expected: Telling) -> tuple[float, str | None]:
        """Return what the kinds say for one being what came of the other, and which kind."""
        known = self._lexicon
        if not told.core & expected.core and known.apart(told.core, expected.core):
            return 0.0, None
        if told.core & known.telling - _SHIFTS - expected.core:
            return 0.0, None
        answers = known.answers(expected.core)
        shared = answers & told.core | (expected.core & told.about if told.core & _SHIFTS else frozenset())
        across = answers & told.about
        return max(self._best(shared), self._best(across, self._weights.across), key=lambda found: found[0])

    def _awaiting(self, told: Telling) -> list[str]:
        """Return the ids of the expected events that share a kind or a word with an event, those that share a rare one first."""
        found: dict[str, None] = {}
        for token in sorted(_tokens(told) | {"kind " + k for k in told.kinds}, key=lambda t: self._count.get(t, 0)):
            for name in self._ahead.get(token, [])[-self.LIMIT :]:
                found[name] = None
            if len(found) >= 4 * self.LIMIT:
                break
        return list(found)

    def _conflict(self, event: Event, told: Telling, other: Event, theirs: Telling) -> float:
        """Return how alike two events of one status are whose times do not meet, 0 where that is not enough for one happening."""
        if {s.article for s in event.sources} & {s.article for s in other.sources} or told.does != theirs.does:
            return 0.0
        if told.names - theirs.names and theirs.names - told.names:
            return 0.0
        likeness = len(told.words & theirs.words) / max(len(told.words | theirs.words), 1)
        return likeness if likeness >= _CONFLICT else 0.0


_CONFLICT: Final = 0.75
_NEARLY: Final = 0.6
_SHIFTS: Final = frozenset(("postpone", "cancel"))
_SHORT: Final = 3.0 * MICROSECONDS_PER_DAY
_WEEK: Final = 7.0 * MICROSECONDS_PER_DAY
_MONTH: Final = 31.0 * MICROSECONDS_PER_DAY
_YEAR: Final = 366.0 * MICROSECONDS_PER_DAY
# days of the cells of the index: a day, a month, a year, a generation
_LEVELS: Final = (1, 31, 366, 12_000)


def _tokens(told: Telling) -> set[str]:
    return {"kind " + kind for kind in told.kinds} | set(told.words)


def _bounds(event: Event) -> tuple[float, float]:
    """Return the time of an event in microseconds. What is only bounded on one side lies between that and the publication where that is
    on the other side, else within the year on that side."""
    when = event.when
    assert when is not None
    start, end = when.earliest.microseconds, when.latest.microseconds
    published = _published(event)
    if when.is_open_start and when.is_open_end:
        start = end = published or 0.0
    elif when.is_throughout and when.is_open_start:
        # "until May": what ends then
        start = end - MICROSECONDS_PER_DAY
    elif when.is_throughout and when.is_open_end:
        # "since May": what began then
        end = start + _MONTH
    elif when.is_open_start:
        start = published if published is not None and event.status in AHEAD and published < end else end - _YEAR
    elif when.is_open_end:
        end = published if published is not None and event.status in DONE and published > start else start + _YEAR
    return start, max(end, start + 1)


def _published(event: Event) -> float | None:
    """Return when the article of an event was published."""
    text = event.sources[0].published if event.sources else None
    if not text:
        return None
    try:
        return When.parse(text[:10]).earliest.microseconds
    except ValueError:
        return None


def _level(start: float, end: float) -> int:
    days = (end - start) / MICROSECONDS_PER_DAY
    return next((n for n, length in enumerate(_LEVELS) if days <= 1.5 * length), len(_LEVELS) - 1)


def _cells(level: int, start: float, end: float, aside: int = 0) -> range:
    length = _LEVELS[level] * MICROSECONDS_PER_DAY
    return range(int(start // length) - aside, min(int((end - 1) // length), int(start // length) + 3) + 1 + aside)


def _meet(one: Event, other: Event) -> bool:
    """Tell whether two times can be one: both unknown, or with a moment in common."""
    if one.when is None or other.when is None:
        return one.when is other.when
    (start, end), (first, last) = _bounds(one), _bounds(other)
    if start >= last or first >= end:
        return False
    # what lasted for months is not what happened on a day of them
    lasting, short = sorted(((end - start, one.when), (last - first, other.when)), key=lambda pair: -pair[0])
    return not (lasting[1].is_throughout and not lasting[1].is_open) or lasting[0] <= max(4 * short[0], _SHORT)


def _nearly(one: Telling, other: Telling) -> bool:
    """Tell whether two tellings are nearly the same words."""
    return len(one.words & other.words) >= _NEARLY * len(one.words | other.words)


def _one_claim(one: Event, other: Event) -> bool:
    """Tell whether two statuses can be of one telling: what happened and what was only expected are two."""
    return one.status == other.status or {one.status, other.status} <= AHEAD or {one.status, other.status} <= DONE


def _one_clause(one: Event, other: Event) -> bool:
    """Tell whether two events of an article stand at one predicate."""
    return one.predicate is not None and one.predicate == other.predicate


def _awaited(event: Event) -> bool:
    """Tell whether an event was still to come when it was told, called off or not."""
    if event.status in AHEAD:
        return True
    published = _published(event)
    if event.status not in ("cancelled", "denied") or event.when is None or published is None:
        return False
    return _bounds(event)[1] > published


def _can_follow(event: Event, other: Event) -> bool:
    """Tell whether an event can be what came of another: told by a later article, of a time after that in which it was expected."""
    if event.when is None or other.when is None or not _awaited(other) or not event.sources or not other.sources:
        return False
    if event.sources[0].article == other.sources[0].article:
        return False
    told, expected = event.sources[0].published or "", other.sources[0].published or ""
    if event.status in AHEAD:
        return told > expected and not event.when.overlaps(other.when) and other.when < event.when
    return not expected or str(event.when.latest) >= expected
