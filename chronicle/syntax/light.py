"""The light reader: trees of English without a model.

Words get their parts of speech from lists, endings and neighbours (tagging.py), are put together to phrases and verb groups (chunks.py), and
those are hung together in one pass (parsing.py). Cost is linear in the length of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chronicle.syntax.chunks import Chunker
from chronicle.syntax.lexicon import Lexicon
from chronicle.syntax.parsing import Parser
from chronicle.syntax.tagging import Tagger, words_of
from chronicle.syntax.tree import Given, Tree, Word, attached


def trees(words: Lexicon, sentences: Iterable[Given]) -> Iterator[Tree]:
    """Yield the tree of each sentence, given with its place in the article and the spans of its expressions of time."""
    tagger = Tagger(words)
    for text, start, times in sentences:
        found = words_of(text, start, words["abbreviations"])
        runs = _runs(found, times)
        tagger.tag(found, runs)
        if found:
            Parser(found, words, Chunker(found, words, runs).chunks()).parse()
        yield Tree(attached(found), text, start, start + len(text))


def _runs(words: list[Word], times: list[tuple[int, int]]) -> dict[int, int]:
    """Return where the words of each expression of time end, by where they begin."""
    found: dict[int, int] = {}
    at = 0
    for begin, end in times:
        while at < len(words) and words[at].end <= begin:
            at += 1
        first = at
        while at < len(words) and words[at].start < end:
            at += 1
        if at > first:
            found[first] = at
    return found
