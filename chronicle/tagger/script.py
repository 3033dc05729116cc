"""Script: how words are told apart in writing: by spaces, with marks that belong to the letter before, or not at all.

In Chinese, Japanese or Thai no space says where a word begins: there the longest word that the lexicon knows is taken at each place, and
what can begin none is passed over in one go, so that the cost stays linear in the text.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from typing import Any, Final

# ASCII first, which is looked up in one table
LETTERS: Final = r"(?:[a-zA-Z]+[^\W\d_]*+|[^\W\d_]+)"
# scripts that are written without spaces, or in which what a sentence needs is joined to its words: Thai, Lao, Tibetan, Burmese, Khmer, Han, Kana, Hangul
UNSPACED: Final = (
    r"\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3005-\u3007\u3021-\u9fff\uac00-\ud7af\uf900-\ufaff"
)
IS_UNSPACED: Final = re.compile(f"[{UNSPACED}]")
_JOINERS: Final = "\u200c\u200d"
_MARKED_SCRIPTS: Final = (range(0x0300, 0x0370), range(0x0483, 0x0488), range(0x0591, 0x1D00), range(0xA8E0, 0xABF0))


@functools.cache
def _marks() -> str:
    """Return Unicode's marks (categories Mn and Mc) that belong to the letter before them, and the joiners, as a class of characters."""
    found = [chr(c) for block in _MARKED_SCRIPTS for c in block if unicodedata.category(chr(c)) in ("Mn", "Mc")]
    return re.escape("".join(found)) + _JOINERS


def has_marks(word: str) -> bool:
    """Tell whether a word holds signs that are no letters of their own."""
    return any(c in _JOINERS or unicodedata.category(c) in ("Mn", "Mc") for c in word)


def word_pattern(
    words: Iterable[str], unspaced: bool, inner: str = "", others: Iterable[str] = (), not_behind: str = ""
) -> str:
    """Return the source of a pattern for the next word of a text, in the script that the lexicon's words are written in.

    ``inner`` are signs that belong to a word between two of its letters. In unspaced script ``others`` are words of no time that begin as one
    does ("日报"); they are none behind what ``not_behind`` matches ("5日报道").
    """
    known = [w for w in words if w and w[0].isalpha()]
    letters = rf"(?:{LETTERS}[{_marks()}]*)+" if any(map(has_marks, known)) else LETTERS
    if inner:
        letters = rf"{letters}(?:[{re.escape(inner)}]{letters})*"
    if not unspaced:
        return letters
    joined = {w for w in known if IS_UNSPACED.match(w)}
    firsts = "".join(sorted({re.escape(w[0]) for w in joined})) or "\ue000"
    apart = joined.intersection(others) if not_behind else set()
    latin = rf"(?:[^\W\d_{UNSPACED}]+(?:[{_marks()}]+)?)+"
    words_apart = rf"(?<!{not_behind})(?:{_trie(sorted(apart))})|" if apart else ""
    return rf"{words_apart}{_trie(sorted(joined - apart))}|{latin}|(?:(?![{firsts}])[{UNSPACED}])+|[{UNSPACED}]"


def _trie(words: Iterable[str]) -> str:
    """Return a pattern for the longest of some words, each sign looked at once."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for sign in word:
            node = node.setdefault(sign, {})
        node[""] = {}
    return _alternatives(root) if root else "(?!)"


def _alternatives(node: dict[str, Any]) -> str:
    ways = [re.escape(sign) + _alternatives(after) for sign, after in sorted(node.items()) if sign]
    if not ways:
        return ""
    body = ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"
    return f"(?:{body})?" if "" in node else body
