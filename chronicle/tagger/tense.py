"""Direction: whether the clause about an expression speaks of the past or of what is to come.

The nearest cue before the expression decides, in its own sentence; where there is none, the first cue after it. The cues
are data: the section [tense] of a language's file. They are looked up word by word, so that the cost is bounded by the
reach, whatever the text.
"""

from __future__ import annotations

import re
from typing import Final

from chronicle.tagger.language import Language

_REACH: Final = 140
_LONGEST_CUE: Final = 3
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])|\n\s*\n|``|[;]")
_ABBREVIATED: Final = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Sgt|Col|Lt|Capt|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|a\.m|p\.m|U\.S|U\.N|Inc|Corp|Co|Ltd)$"
)
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")

# a participle that only says which quarter is meant
_NEITHER: Final = "neither"
_CONTRACTED: Final = ("'ll", "’ll")


def direction(language: Language, text: str, start: int, end: int) -> tuple[str | None, int]:
    """Return "past", "future", or None where the sentence has no cue, and how many characters away the cue stands."""
    before = text[max(0, start - _REACH) : start]
    cut = 0
    for stop in _SENTENCE_END.finditer(before):
        if not _ABBREVIATED.search(before, max(0, stop.start() - 6), stop.start()):
            cut = stop.end()
    ends = language.cue_ends
    words = _WORD.findall(before, cut)
    for index in range(len(words) - 1, -1, -1):
        word = words[index]
        if word in ends or word[-2:] == "ed" or word[-3:] in _CONTRACTED:
            cue = _cue(language, words, index)
            if cue is not None:
                # a participle after "will be" is of the future
                beside = index and cue == "past" and f"{words[index - 1]} {word}" in before
                auxiliary = _cue(language, words, index - 1) if beside else None
                return auxiliary or cue, len(before) - before.rfind(word) - len(word)
    after = text[end : end + _REACH]
    ending = _SENTENCE_END.search(after)
    words = _WORD.findall(after, 0, ending.start() if ending else len(after))
    for index, word in enumerate(words):
        if word in ends or word[-2:] == "ed" or word[-3:] in _CONTRACTED:
            cue = _cue(language, words, index)
            if cue is not None:
                return cue, after.find(word)
    return None, _REACH


def _cue(language: Language, words: list[str], index: int) -> str | None:
    """Return the tense of the cue that ends with a word, the longest first."""
    word = words[index]
    if word in language.cue_ends:
        for length in range(min(_LONGEST_CUE, index + 1), 0, -1):
            found = language.cues.get(" ".join(words[index - length + 1 : index + 1]))
            if found is not None:
                return None if found == _NEITHER else found
    if word[-2:] == "ed" and len(word) > 3 and word.islower():
        return "past"
    return "future" if word[-3:] in _CONTRACTED else None
