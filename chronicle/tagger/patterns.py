"""Patterns made of a language's words, for what stands right before an expression."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

NONE: Final = "(?!)"
UNSPACED_SIGNS: Final = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff"
UNSPACED: Final = re.compile(f"['’{UNSPACED_SIGNS}]$")
_OPENS: Final = rf"(?:^|[\s(\[\"'“‘«„,;:—–-]|(?<=[{UNSPACED_SIGNS}]))"
# a space, but not behind an elided word or in a script that has none
GAP: Final = rf"(?:(?<=['’{UNSPACED_SIGNS}])\s*|\s+)"


def one_of(words: Iterable[str]) -> str:
    """Return the source of a pattern for one of some words, the longest first."""
    choices = sorted(words, key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in choices) or NONE


def ending(words: Iterable[str], articles: Iterable[str] = ()) -> re.Pattern[str]:
    """Return a pattern for one of some words, its first group, at the end of a text, an article between allowed."""
    return re.compile(rf"{_OPENS}({one_of(words)}){GAP}(?:(?:{one_of(articles)}){GAP})?$", re.IGNORECASE)
