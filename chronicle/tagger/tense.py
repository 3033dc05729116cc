"""Direction: whether the clause about an expression speaks of the past or of what is to come.

The nearest cue before the expression decides, in its own sentence; where there is none, the first cue after it. The cues
are data: the section [tense] of a language's file.
"""

from __future__ import annotations

import re
from typing import Final

from chronicle.tagger.language import Language

_REACH: Final = 140
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])|\n\s*\n|``|[;]")
_ABBREVIATED: Final = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Sgt|Col|Lt|Capt|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|a\.m|p\.m|U\.S|U\.N|Inc|Corp|Co|Ltd)$"
)


def direction(language: Language, text: str, start: int, end: int) -> tuple[str | None, int]:
    """Return "past", "future", or None where the sentence has no cue, and how many characters away the cue stands."""
    low = max(0, start - _REACH)
    before = text[low:start]
    cut = 0
    for stop in _SENTENCE_END.finditer(before):
        if not _ABBREVIATED.search(before[: stop.start()]):
            cut = stop.end()
    last = auxiliary = None
    for cue in language.tense_pattern.finditer(before, cut):
        auxiliary, last = last, cue
    if last is not None:
        return _together(auxiliary, last), len(before) - last.end()
    after = text[end : end + _REACH]
    ending = _SENTENCE_END.search(after)
    found = language.tense_pattern.search(after, 0, ending.start() if ending else len(after))
    return (found.lastgroup, found.start()) if found else (None, _REACH)


def _together(auxiliary: re.Match[str] | None, last: re.Match[str]) -> str | None:
    """Return what a cue says with the one before it: a participle after "will be" is of the future."""
    if auxiliary is not None and last.lastgroup == "past" and not last.string[auxiliary.end() : last.start()].strip():
        return auxiliary.lastgroup
    return last.lastgroup
