"""Parts: which part of a sentence a date belongs to, where the sentence tells of several dated happenings."""

from __future__ import annotations

import re

from chronicle.extraction.syntax import FINITE, NOMINAL, Word
from chronicle.tagger.mention import TimeMention


def part_of(
    sentence: str, start: int, words: list[Word], groups: list[list[TimeMention]], position: int
) -> tuple[int, int]:
    """Return the span of the part of a sentence that a group dates: all of it where it is the only one, else up to where the
    clauses part."""
    low, high = 0, len(sentence)
    for split in _PARTS.finditer(sentence):
        at = start + split.start()
        before = [g for g in groups if g[-1].end <= at]
        after = [g for g in groups if g[0].start >= start + split.end()]
        if not before or not after or not _begins_clause(words, split):
            continue
        if groups[position][0].start >= start + split.end():
            low = max(low, split.end())
        elif groups[position][-1].end <= at and split.group().strip() != "that":
            high = min(high, split.start())
    return start + low, start + high


def _begins_clause(words: list[Word], split: re.Match[str]) -> bool:
    """Tell whether a clause of its own follows an "and", or another verb of the same subject: "and Kabul fell", "and was repaired", not
    "from Kenya and Tanzania in their search"."""
    if split.group().strip() == "that":
        return any(w.kind == "relative" for w in words if split.start() <= w.start < split.end())
    if split.group().strip() not in ("and", "but"):
        return True
    if sum(w.text in ("--", "–", "—") for w in words if w.start < split.start()) % 2:
        return False
    bare = True
    for word in words:
        if word.start < split.end():
            continue
        if word.kind in FINITE or (bare and word.kind == "to"):
            return True
        bare = bare and word.kind == "adverb"
        if word.kind not in NOMINAL:
            return False
    return False


_PARTS = re.compile(
    r";\s+|\s+that\s+|,\s+(?:and|but|while|whereas)\s+|\s+(?:and|but)\s+(?=\w+)|,?\s+(?:after|before)\s+(?=\w+ing\b)"
)
