"""Reworded: what an article said before it was corrected, looked up by the words of what it says now.

Two sentences are one that was corrected where they share at least half of their words (Jaccard's index). Which can be is found by their rarest
words, so that a long article is not compared sentence by sentence with itself.

Source: S. Chaudhuri, V. Ganti and R. Kaushik, "A primitive operator for similarity joins in data cleaning" (2006), for the filter by prefixes;
R. Bayardo, Y. Ma and R. Srikant, "Scaling up all pairs similarity search" (2007), for that by sizes.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from typing import Final

from chronicle.event import Source
from chronicle.syntax.happenings import words_of

_LIKE: Final = 0.5


class Reworded:
    """Sources of an article, each with the id of its event, that nothing it says now was found for: ``left``, by their numbers."""

    def __init__(self, told: Iterable[tuple[str, Source]]) -> None:
        self.left = dict(enumerate(told))
        self._words = {number: _words(source) for number, (_, source) in self.left.items()}
        self._counts = Counter(word for words in self._words.values() for word in words)
        # by a word and the number of words of its sentence: the sentences, and how many rarer words each has
        self._having: dict[tuple[str, int], list[tuple[int, int]]] = {}
        for number, words in self._words.items():
            for place, word in enumerate(self._rarest(words)):
                self._having.setdefault((word, len(words)), []).append((place, number))
        self._sizes = sorted({len(words) for words in self._words.values()})

    def take(self, source: Source) -> tuple[str, Source] | None:
        """Return the source that is likest to one, and be without it; None where none is like it."""
        words = _words(source)
        rarest = self._rarest(words)
        best, found = 0.0, None
        for number in sorted(self._near(rarest)):
            shared = len(words & self._words[number])
            likeness = shared / (len(words) + len(self._words[number]) - shared)
            if likeness > best:
                best, found = likeness, number
        return self.left.pop(found) if found is not None and best >= _LIKE else None

    def _near(self, rarest: list[str]) -> set[int]:
        """Return the sentences that may share enough words with one: of so many words at least one is among the rarest of both."""
        size = len(rarest)
        found: set[int] = set()
        for other in self._sizes:
            shared = max(1, math.ceil(_LIKE / (1 + _LIKE) * (size + other)))
            if shared > min(size, other):
                continue
            for word in rarest[: size - shared + 1]:
                for place, number in self._having.get((word, other), ()):
                    if place <= other - shared and number in self.left:
                        found.add(number)
        return found

    def _rarest(self, words: frozenset[str]) -> list[str]:
        return sorted(words, key=lambda word: (self._counts[word], word))


def _words(source: Source) -> frozenset[str]:
    return frozenset(words_of(source.quote or ""))
