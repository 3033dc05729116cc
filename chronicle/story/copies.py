"""Sentences that are copies of one another: one text in several articles is one source."""

from __future__ import annotations

from typing import Final

from chronicle.event import Source
from chronicle.syntax.happenings import words_of

# words that make a sentence long enough that two writers hardly come to it by themselves
_LONG: Final = 8
# runs of three words which two sentences share, of all of theirs, that make them one text with small changes
_SHARED: Final = 0.7
_RUN: Final = 3
# sentences that are looked at for each run of words
_LIMIT: Final = 16


def runs_of(text: str) -> frozenset[tuple[str, ...]]:
    """Return the runs of three words of a text."""
    words = [w.casefold() for w in words_of(text)]
    return frozenset(tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)) or frozenset((tuple(words),))


class Copies:
    """The sentences of a log's sources, to find those that say nearly the same words."""

    def __init__(self) -> None:
        self._by_run: dict[tuple[str, ...], list[int]] = {}
        self._sentences: list[tuple[str, str, str, frozenset[str], frozenset[tuple[str, ...]]]] = []

    def add(self, source: Source, home: str) -> None:
        """Take in the sentence of a source of an event."""
        if not source.quote or len(words_of(source.quote)) < _LONG:
            return
        runs = runs_of(source.quote)
        for run in runs:
            self._by_run.setdefault(run, []).append(len(self._sentences))
        self._sentences.append((home, source.article, _words(source), _telling_apart(source.quote), runs))

    def find(self, source: Source) -> list[str]:
        """Return the ids of the events that another article told by the same expression in nearly the same sentence, the likest first."""
        if not source.quote or len(words_of(source.quote)) < _LONG:
            return []
        runs = runs_of(source.quote)
        # what shares seven of ten runs shares one of the rarest four of ten
        rare = sorted((self._by_run.get(run, []) for run in runs), key=len)[: int(len(runs) * (1 - _SHARED)) + 1]
        found: dict[str, float] = {}
        for number in {n for numbers in rare for n in numbers[-_LIMIT:]}:
            home, article, expression, telling_apart, theirs = self._sentences[number]
            shared = len(runs & theirs) / len(runs | theirs)
            if article == source.article or expression != _words(source) or shared < _SHARED:
                continue
            if telling_apart == _telling_apart(source.quote):
                found[home] = max(shared, found.get(home, 0.0))
        return sorted(found, key=lambda home: -found[home])


def _telling_apart(text: str) -> frozenset[str]:
    """Return the names and figures of a sentence: with another of them it tells something else."""
    return frozenset(w for place, w in enumerate(words_of(text)) if w[0].isdigit() or (place and w[0].isupper()))


def _words(source: Source) -> str:
    return " ".join((source.expression or "").casefold().split())
