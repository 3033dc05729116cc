"""The light reader: trees without a model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chronicle.syntax.lexicon import Lexicon
from chronicle.syntax.tree import Tree


def trees(words: Lexicon, sentences: Iterable[tuple[str, int]]) -> Iterator[Tree]:
    """Yield the tree of each sentence."""
    raise NotImplementedError
