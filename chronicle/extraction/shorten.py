"""Texts cut to a length, between words where they have any."""

from __future__ import annotations

import unicodedata
from typing import Final

_JOINER: Final = "\u200d"
_MARKS: Final = frozenset({"Mn", "Mc", "Me", "Cf", "Sk"})
# of a text cut between words so much is left at least, else it is cut within one
_LEFT: Final = 0.25


def shorten(text: str, longest: int) -> str:
    """Return the beginning of a text, at most so many characters: whole words, or characters with their marks where a word fills it."""
    if len(text) <= longest:
        return text
    between = text.rfind(" ", 0, longest + 1)
    return text[: between if between >= longest * _LEFT else _whole(text, longest)].rstrip()


def _whole(text: str, end: int) -> int:
    """Return the last place up to ``end`` that parts no character from its marks; ``end`` where there is none."""
    at = end
    while at > 0 and (unicodedata.category(text[at]) in _MARKS or text[at - 1] == _JOINER):
        at -= 1
    return at or end
