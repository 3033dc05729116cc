"""The known word that is nearest to one that is not known, for messages that say what would be right."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable
from typing import Final

_FEW: Final = 100  # words that are compared one by one
_LOOKED_AT: Final = 16  # words that share a rare piece, and of those that share any the most that are looked at
_COMPARED: Final = 8  # of them, those that share most
_LONG: Final = 200  # characters of a word that are compared


class Nearest:
    """Known words, among which the one that is nearest to another is found at a cost that does not grow with their number."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = list(known)
        self._by_piece: dict[str, list[int]] | None = None

    def to(self, word: str) -> str | None:
        """Return the known word that is nearest to a word, None where none is near."""
        candidates = self._known if len(self._known) <= _FEW else self._sharing(word)
        near = difflib.get_close_matches(word[:_LONG], [c[:_LONG] for c in candidates], n=1, cutoff=0.6)
        return next((c for c in candidates if c[:_LONG] == near[0]), None) if near else None

    def hint(self, word: str) -> str:
        """Return a hint at the nearest known word, or nothing where none is near."""
        near = self.to(word)
        return f"; did you mean {near!r}?" if near is not None else ""

    def _sharing(self, word: str) -> list[str]:
        """Return the words that share most pieces of three letters with a word, looked for by its rarest."""
        if self._by_piece is None:
            self._by_piece = {}
            for number, known in enumerate(self._known):
                for piece in _pieces(known):
                    self._by_piece.setdefault(piece, []).append(number)
        listed = sorted((self._by_piece[p] for p in _pieces(word) if p in self._by_piece), key=len)
        counts: Counter[int] = Counter()
        for numbers in listed[:6]:
            counts.update(numbers[:_LOOKED_AT])
        shared = _pieces(word)
        likely = [n for n, _ in counts.most_common(_LOOKED_AT)]
        likely.sort(key=lambda n: (-len(shared & _pieces(self._known[n])), n))
        return [self._known[n] for n in likely[:_COMPARED]]


def _pieces(word: str) -> set[str]:
    padded = f"^{word[:_LONG]}$"
    return {padded[i : i + 3] for i in range(len(padded) - 2)}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint at the nearest known word, or nothing where none is near."""
    return Nearest(known).hint(word)
