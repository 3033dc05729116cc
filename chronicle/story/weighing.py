"""How much speaks for two events being one happening, in bits.

Tellings are compared as records are linked (I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage", 1969): each thing in which they agree
counts for as many bits as it is rare in the story, each in which they differ counts against, and the sum must outweigh the number of events
that could be meant. So a day that only two events have says much, a name that every event has says little.
"""

from __future__ import annotations

import bisect
import math
from collections import Counter
from collections.abc import Iterable, Set
from typing import Final

from attrs import frozen

from chronicle.story.index import tokens_of
from chronicle.story.names import Names
from chronicle.story.telling import DAY, Telling
from chronicle.syntax.happenings import Lexicon

# A story is taken to have so many events more than are known of it, one in so many of each kind: what is rare among three events need not be.
_UNSEEN: Final = 24
_KINDS: Final = 40
# words that two tellings share are not counted beyond so many
_MOST: Final = 4
# share of the words of two sentences that makes them one template, in which other names tell of something else
_TEMPLATE: Final = 0.7
# how many times as late as it was planned ahead something can come and still be what was planned
_LATEST: Final = 4
# what is put off or called off is another happening than what is; these kinds of the lexicon are known here by name
SHIFTS: Final = frozenset(("postpone", "cancel"))


@frozen
class Weights:
    """What agreement and difference count for, in bits but for the shares. ``benchmarks/joining.py --vary`` shows what each of them does."""

    same: float = 1.0  # by how much the evidence for one happening must outweigh the number of events
    within: float = 4.0  # and how much more within an article, which seldom tells a thing twice
    expected: float = 3.0  # the same for what came of a plan, of the number of plans
    across: float = 0.75  # share of a kind that is the predicate of one and a noun of the other
    further: float = 0.5  # share of a word after the rarest: words come together
    wording: float = 0.5  # share of the word that tells the kind, where both have it
    alike: float = 0.5  # share of nouns that can name one thing
    aside: float = 0.25  # share of a word of the sentence around
    other_kind: float = 2.0  # each predicate is of a kind of its own
    other_names: float = 6.0  # each has a name that stands in no sentence of the other
    other_numbers: float = 3.0
    other_actors: float = 1.5
    late: float = 4.0  # long before or after it was expected


class Weighing:
    """What is rare in a story and what is common, and what the agreement of two of its events is worth."""

    def need(self, events: int) -> float:
        """Return the bits that speak against any one of so many events."""
        return math.log2(events + _UNSEEN)

    def __init__(self, lexicon: Lexicon, weights: Weights) -> None:
        self.weights = weights
        self.names = Names(lexicon)
        self.counts: Counter[str] = Counter()
        self.events = 0
        self.awaited = 0
        self._lexicon = lexicon
        self._starts: list[float] = []
        self._ends: list[float] = []

    def add(self, told: Telling) -> None:
        """Take in an event."""
        self.events += 1
        self.awaited += told.awaited
        self.counts.update(tokens_of(told))
        self.counts.update({f"thing {n}" for stem in told.words for n in self._lexicon.thing(stem)})
        for source in told.event.sources:
            self.names.learn(source.quote or "")
        if math.isfinite(told.span.start):
            bisect.insort(self._starts, told.span.start)
            bisect.insort(self._ends, told.span.end)

    # --- what agreement is worth

    def _bits(self, token: str) -> float:
        return math.log2((self.events + _UNSEEN) / (self.counts[token] + _UNSEEN / _KINDS))

    def _meeting(self, start: float, end: float) -> int:
        """Return how many events have a moment of a stretch."""
        return max(bisect.bisect_left(self._starts, end) - bisect.bisect_right(self._ends, start), 1)

    def time(self, *tellings: Telling) -> float:
        """Return what it is worth that two events meet in time: the less exact of the two decides."""
        if any(math.isinf(told.span.start) for told in tellings):
            return 0.0
        total = len(self._starts) + _UNSEEN
        worth = []
        for told in tellings:
            unseen = _UNSEEN * min(1.0, told.span.length / (365 * DAY))
            worth.append(math.log2(total / (self._meeting(told.span.start, told.span.end) + unseen)))
        return min(worth)

    def late(self, told: Telling, expected: Telling) -> float:
        """Return what it is worth that something came near the time for which it was expected: within as long again."""
        span = expected.span
        lead = max(span.end - (span.start if span.published is None else span.published), 7 * DAY)
        later = told.awaited or self._lexicon.postponed(told.said)
        if told.span.start >= span.end + max(_LATEST * lead, 60 * DAY) and not later:
            return -math.inf
        if told.span.start >= span.end + lead or told.span.end <= span.start - lead / 2:
            return -self.weights.late
        return math.log2((len(self._starts) + _UNSEEN) / self._meeting(span.start - lead / 2, span.end + lead)) - 1

    def _best(self, kinds: Iterable[str], share: float = 1.0) -> tuple[float, str | None]:
        return max(((share * self._bits("kind " + k), k) for k in kinds), default=(0.0, None))

    def kind(self, one: Telling, other: Telling) -> tuple[float, str | None]:
        """Return what the kinds of two events say for their being one, 0 where nothing, less where they cannot be, and which kind that is."""
        known = self._lexicon
        shared = one.core & other.core
        apart = not shared and known.apart(one.core, other.core)
        part = not one.does & other.does and (one.does ^ other.does) & known.phases
        if apart or part or (one.kinds & SHIFTS) ^ (other.kinds & SHIFTS):
            return -math.inf, None
        across: frozenset[str] = frozenset()
        if not (one.core | other.core) & known.telling:
            across = (one.core & other.about) | (one.about & other.core)
        bits, kind = self._best(across, self.weights.across)
        if one.does and other.does and not one.light and not other.light:
            bits = max(bits - self.weights.other_kind, 0.0)
        return max(self._best(shared), (bits, kind), key=lambda found: found[0])

    def answer(self, told: Telling, expected: Telling) -> tuple[float, str | None]:
        """Return what the kinds of two events say for the one being what came of the other, and which kind that is."""
        known = self._lexicon
        if not told.core & expected.core and known.apart(told.core, expected.core):
            return 0.0, None
        if told.core & known.telling - SHIFTS - expected.core:
            return 0.0, None
        answers = known.answers(expected.core)
        shared = answers & told.core | (expected.core & told.about if told.core & SHIFTS else frozenset())
        return max(
            self._best(shared), self._best(answers & told.about, self.weights.across), key=lambda found: found[0]
        )

    def words(self, one: Telling, other: Telling, kind: str | None) -> float:
        """Return what the words, names and numbers of two events say for or against their being one. Words that tell the kind in which they
        agree were counted with it."""
        w = self.weights
        telling = {stem for stem in one.words | other.words if kind in self._lexicon.kinds_of(stem)}
        shared = one.words & other.words
        bits = 0.0
        for place, worth in enumerate(sorted(map(self._bits, shared - telling), reverse=True)[:_MOST]):
            bits += worth if place == 0 else w.further * worth
        bits += w.wording * max(map(self._bits, shared & telling), default=0.0)
        bits += w.alike * max(map(self._bits, self._alike(one.words - shared, other.words - shared)), default=0.0)
        aside = ((one.aside - one.words) & other.words) | ((other.aside - other.words) & one.words)
        bits += w.aside * sum(sorted(map(self._bits, aside - telling), reverse=True)[:_MOST])
        return bits - self._against(one, other, telling)

    def _against(self, one: Telling, other: Telling, telling: set[str]) -> float:
        w = self.weights
        # "the ruling" of "the ruling is expected" is the happening, not who takes part in it
        mine, theirs = (
            {stem for stem in told.heads - telling if not self._lexicon.kinds_of(stem) & told.core}
            for told in (one, other)
        )
        bits = 0.0
        if (
            mine
            and theirs
            and not (self._meant(mine) & self._meant(other.actors) or self._meant(theirs) & self._meant(one.actors))
        ):
            bits += w.other_actors
        my_names, their_names = self._meant(one.leading), self._meant(other.leading)
        if my_names and their_names and not (my_names & (their_names | other.aside) or their_names & one.aside):
            # each names somebody whom the other does not, not even in the sentence around: one template tells of many
            return math.inf
        template = len(one.aside & other.aside) >= _TEMPLATE * len(one.aside | other.aside)
        if template and one.called - other.called and other.called - one.called:
            return math.inf
        if one.names - other.words - other.aside and other.names - one.words - one.aside:
            bits += w.other_names
        if one.numbers and other.numbers and not one.numbers & other.numbers:
            bits += w.other_numbers
        return bits

    def _meant(self, stems: Set[str]) -> set[str]:
        """Return words with what they can stand for in the story: a name, a thing."""
        return set(stems).union(*(self._meanings(stem) for stem in stems))

    def _meanings(self, stem: str) -> set[str]:
        name = self.names.meant_by(stem)
        return {f"thing {n}" for n in self._lexicon.thing(stem)} | ({name} if name is not None else set())

    def _alike(self, mine: frozenset[str], theirs: frozenset[str]) -> set[str]:
        """Return what different words of two events can both stand for."""
        my_meanings: set[str] = set().union(*map(self._meanings, mine))
        their_meanings: set[str] = set().union(*map(self._meanings, theirs))
        return my_meanings & their_meanings | my_meanings & theirs | their_meanings & mine
