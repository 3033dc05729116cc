"""What an event tells, as far as it helps to see whether another tells the same."""

from __future__ import annotations

import functools
import math
import re
from typing import Final

from attrs import define, frozen

from chronicle.event import SMALL_WORDS, Event
from chronicle.syntax.happenings import Lexicon, words_of
from chronicle.time.edtf import MICROSECONDS_PER_DAY
from chronicle.time.when import When

AHEAD: Final = frozenset(("planned", "expected", "possible", "hypothetical"))
DONE: Final = frozenset(("happened", "ongoing"))
DAY: Final = float(MICROSECONDS_PER_DAY)
_MONTH: Final = 31 * DAY
_YEAR: Final = 366 * DAY
_NUMBER: Final = re.compile(r"\d[\d,.]*")


@frozen
class Span:
    """When an event happened and when its first article was published, in microseconds as :class:`chronicle.Moment` counts them; all infinite
    for an event without a date. ``lasting`` where it went on throughout."""

    start: float
    end: float
    published: float | None
    lasting: bool

    @classmethod
    def of(cls, event: Event) -> Span:
        """Return the span of an event. What is bounded on one side only lies between that and the publication, or else within a year."""
        published, when = _published(event), event.when
        if when is None:
            return cls(math.inf, math.inf, published, False)
        start, end = when.earliest.microseconds, when.latest.microseconds
        if when.is_open_start and when.is_open_end:
            start = end = published or 0.0
        elif when.is_open_start:
            # "until May" is told for what ends then; "by May" leaves open when
            ahead = published is not None and event.status in AHEAD and published < end
            start = end - DAY if when.is_throughout else published if ahead and published is not None else end - _YEAR
        elif when.is_open_end:
            done = published is not None and event.status in DONE and published > start
            end = (
                start + _MONTH if when.is_throughout else published if done and published is not None else start + _YEAR
            )
        end = max(end, start + 1)
        # what is told as about a time is taken to be that time or one as long beside it
        about = end - start if when.is_approximate or when.is_uncertain else 0.0
        return cls(start - about, end + about, published, when.is_throughout and not when.is_open)

    def meets(self, other: Span) -> bool:
        """Tell whether the two can be of one happening: a moment in common, and not the one a day of what lasted for months."""
        if math.isinf(self.start) or math.isinf(other.start):
            return self.start == other.start
        if self.start >= other.end or other.start >= self.end:
            return False
        long, short = (self, other) if self.length >= other.length else (other, self)
        return not long.lasting or long.length <= max(4 * short.length, 3 * DAY)

    @property
    def length(self) -> float:
        """Its length in microseconds."""
        return self.end - self.start


def _published(event: Event) -> float | None:
    text = event.sources[0].published if event.sources else None
    return _day(text[:10]) if text else None


@functools.lru_cache(4096)
def _day(text: str) -> float | None:
    try:
        return When.parse(text).earliest.microseconds
    except ValueError:
        return None


@define
class Telling:
    """An event, and what it tells.

    ``does`` are the kinds of its predicate (or the predicate's stem, where it is of none), ``about`` those of the other words; ``core`` is what
    happened: ``does``, and ``about`` too where the predicate says little by itself (``light``). ``words`` are the stems of what carries meaning,
    ``names`` those of proper names, ``actors`` those of who and whom, ``heads`` those of their head nouns, ``leading`` of the names that they begin
    with, ``numbers`` the figures; ``aside`` the stems of the sentences that it was
    told in, ``said`` the stems of its title and first sentence in their order.
    """

    event: Event
    span: Span
    does: frozenset[str]
    about: frozenset[str]
    light: bool
    words: frozenset[str]
    names: frozenset[str]
    heads: frozenset[str]
    leading: frozenset[str]
    called: frozenset[str]
    actors: frozenset[str]
    numbers: frozenset[str]
    aside: frozenset[str]
    said: tuple[str, ...]

    @property
    def core(self) -> frozenset[str]:
        """The kinds of what happened."""
        return self.does | self.about if self.light else self.does

    @property
    def kinds(self) -> frozenset[str]:
        """All its kinds."""
        return self.does | self.about

    @property
    def awaited(self) -> bool:
        """Whether it was still to come when it was told, called off or not."""
        status, span = self.event.status, self.span
        coming = span.published is not None and math.isfinite(span.end) and span.end > span.published
        return status in AHEAD or (status in ("cancelled", "denied") and coming)

    @property
    def articles(self) -> set[str]:
        """The articles that tell it."""
        return {source.article for source in self.event.sources}

    def nearly(self, other: Telling, share: float) -> bool:
        """Tell whether two tellings have so large a share of their words in common."""
        return len(self.words & other.words) >= share * len(self.words | other.words)


def telling(event: Event, lexicon: Lexicon) -> Telling:
    """Return what an event tells."""
    titled, quoted = words_of(event.title), [words_of(s.quote or "") for s in event.sources]
    stems = tuple(lexicon.stem(w) for w in titled)
    heart = lexicon.stems(event.predicate.text) if event.predicate is not None else ()
    light = bool(heart) and all(stem in lexicon.light for stem in heart)
    does: set[str] = set()
    about: set[str] = set()
    for start, end, kinds in lexicon.kinds_in(stems):
        (does if heart and heart[0] in stems[start:end] else about).update(kinds)
    if not does and heart:
        does.update(kind for _, _, kinds in lexicon.kinds_in(heart) for kind in kinds)
        if not does and not light:
            does.add("=" + heart[0])
    heads = [_head(words) for words in (words_of(event.who or ""), words_of(event.whom or ""))]
    named = [w for name in (*event.people, *event.organisations, *event.places) for w in words_of(name)]
    actors = [words_of(event.who or ""), words_of(event.whom or "")]
    # a word is a name where it has a capital within a sentence
    capitals = {w for words in quoted for w in words[1:] if w[0].isupper()}
    return Telling(
        event=event,
        span=Span.of(event),
        does=frozenset(does),
        about=frozenset(about) - lexicon.aside,
        light=light,
        words=_carrying(lexicon, [*titled, *actors[0], *actors[1], *named]) - lexicon.ahead,
        names=_carrying(lexicon, [*named, *(w for words in (titled, *actors) for w in words if w in capitals)]),
        heads=_carrying(lexicon, [head[-1] for head in heads if head]),
        leading=_carrying(lexicon, [w for head in heads for w in head if w in capitals]),
        called=_carrying(lexicon, list(capitals)),
        actors=_carrying(lexicon, [*actors[0], *actors[1]]),
        numbers=frozenset(n.strip(".,") for n in _NUMBER.findall(event.title)),
        aside=frozenset().union(*(_carrying(lexicon, words) for words in quoted)),
        said=stems + tuple(lexicon.stem(w) for words in quoted[:1] for w in words),
    )


def _head(words: list[str]) -> list[str]:
    """Return the words of a phrase up to the first preposition: "the crews" of "the crews of the ferry between Kelmouth and Drayhaven"."""
    start = next((n for n, w in enumerate(words) if w.casefold() not in SMALL_WORDS), len(words))
    end = next((n for n, w in enumerate(words) if n > start and w in SMALL_WORDS), len(words))
    return words[start:end]


def _carrying(lexicon: Lexicon, words: list[str]) -> frozenset[str]:
    """Return the stems of the words that carry meaning."""
    return frozenset(
        lexicon.stem(w) for w in words if w.casefold() not in lexicon.small and w.casefold() not in SMALL_WORDS
    )
