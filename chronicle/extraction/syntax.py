"""Words of a sentence, told apart without a model: by their endings, small lists (words.txt) and their neighbours."""

from __future__ import annotations

import functools
import itertools
import re
from importlib import resources
from typing import Final, NamedTuple

_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:[-'’](?!s\b)[^\W_]+)*|['’]s\b|--+|[^\w\s]")
_NO_ADVERBS: Final = frozenset(
    (
        "family", "supply", "reply", "apply", "rely", "ally", "rally", "fly", "assembly", "anomaly", "july", "italy", "comply",
        "imply", "multiply", "quarterly", "monthly", "weekly", "daily", "yearly", "early", "elderly", "friendly", "costly", "deadly",
    )
)  # fmt: skip
_NO_PARTICIPLES: Final = frozenset(
    (
        "need", "seed", "speed", "feed", "breed", "deed", "indeed", "weed", "greed", "bleed", "heed", "exceed", "proceed", "succeed",
        "steed", "reed", "hundred", "kindred", "sacred", "naked", "shed", "sled", "moped", "biped", "embed", "infrared",
    )
)  # fmt: skip
_NO_INFINITIVES: Final = ("ing", "ign", "al", "ive", "ous", "ful", "ic", "ble", "an", "ese", "s")
# what stands before "that" where it opens a clause
_BEFORE_CLAUSE: Final = frozenset(
    ("noun", "name", "happening", "gerund", "verb", "adjective", "number", "time", "possessive")
)
_CLOSED: Final = ("determiner", "preposition", "conjunction", "relative", "pronoun", "adverb")
_SHORTEST_ED: Final = 3
_SHORTEST_ING: Final = 4


# kinds of words: those that carry tense or stand with one that does, and those that a clause's subject is made of
FINITE: Final = frozenset(("verb", "be", "have", "do", "modal"))
NOMINAL: Final = frozenset(
    ("noun", "name", "determiner", "adjective", "number", "pronoun", "possessive", "happening", "time", "adverb")
)


class Word(NamedTuple):
    """A word or mark: its span in the sentence, and what it is.

    ``kind`` is verb, be, have, do, modal, to, noun, happening (a noun of happening), gerund, adjective, name, number, time (part of an
    expression of time), mark, possessive, or one of the closed classes.
    """

    start: int
    end: int
    text: str
    kind: str


@functools.cache
def lists() -> dict[str, frozenset[str]]:
    """Return the word lists, by the name of their section."""
    return read_lists("words.txt")


def read_lists(file: str, separator: str | None = None) -> dict[str, frozenset[str]]:
    """Return the sections of a data file of this package as sets of their entries, which a separator parts (None: white space)."""
    text = resources.files("chronicle.extraction").joinpath(file).read_text("utf-8")
    found: dict[str, set[str]] = {}
    section: set[str] = set()
    for line in text.splitlines():
        if line.startswith("["):
            section = found.setdefault(line[1:-1], set())
        elif line and not line.startswith("#"):
            section.update(part.strip() for part in line.split(separator) if part.strip())
    return {name: frozenset(entries) for name, entries in found.items()}


def words_of(text: str, masked: list[tuple[int, int]]) -> list[Word]:
    """Return the words of a sentence; those inside ``masked`` spans are times."""
    words: list[Word] = []
    matches = list(_WORD.finditer(text))
    for match, following in itertools.zip_longest(matches, matches[1:]):
        token = match.group()
        low = token.lower().replace("’", "'")
        if any(a <= match.start() < b for a, b in masked):
            kind = "time"
        elif not token[0].isalnum():
            kind = "possessive" if low == "'s" else "mark"
        else:
            kind = _kind(token, low, words, following.group() if following is not None else "")
        words.append(Word(match.start(), match.end(), token, kind))
    return words


@functools.cache
def _closed_kind(low: str) -> str | None:
    """Return the kind of a word of a closed class."""
    known = lists()
    if low == "to":
        return "to"
    for name in ("be", "have", "do", "modal"):
        if low in known[name]:
            return name
    for name in _CLOSED:
        if low in known[name] and not (low in known["irregular"] and name != "determiner"):
            return name
    return None


def _kind(token: str, low: str, before: list[Word], following: str) -> str:
    if low.endswith("ly") and len(low) > _SHORTEST_ING and low not in _NO_ADVERBS:
        return "adverb"
    if low == "that" and before:
        opens = before[-1].kind == "conjunction" and _closed_kind(following.lower()) in ("pronoun", "determiner")
        if opens or before[-1].kind in _BEFORE_CLAUSE:
            return "relative"
    if following.lower() in lists()["joining"] and low in lists()["joined"]:
        return "preposition"
    if (
        low in ("last", "first")
        and before
        and before[-1].kind != "determiner"
        and (following.endswith("ed") or following in lists()["irregular"])
    ):
        # "it was last repaired"
        return "adverb"
    if token == "I" and before and before[-1].kind in ("name", "noun") and before[-1].text[:1].isupper():
        # "World War I"
        return "name"
    closed = _closed_kind(low)
    inside = token[0].isupper() and bool(before) and before[-1].kind != "mark"
    if closed is not None and not (inside and closed in ("be", "have", "do", "modal")):
        return closed
    if token[0].isupper() and before and before[-1].kind != "mark":
        return "name"
    if not before and token[0].isupper() and following[:1].isupper() and low.endswith(("ed", "ing")):
        # "Consolidated Freightways"
        return "name"
    last = next((w for w in reversed(before) if w.kind not in ("adverb", "time")), None)
    kind = last.kind if last is not None else ""
    if low.isalpha() and (kind in ("modal", "do") or (kind == "to" and _may_be_infinitive(low))):
        return "verb"
    if last is not None and last.text.lower() in lists()["plural"] and before[-1] is last and low.isalpha():
        return "verb"
    if token[0].isdigit():
        return "number"
    if kind == "relative" and last is not None and low.isalpha() and token.islower():
        who = last.text.lower()
        if who == "who" or (who == "which" and following.lower() in lists()["determiner"]):
            return "verb"
    return _open_kind(low, kind, before[-1].text == "-" if before else False)


def _may_be_infinitive(low: str) -> bool:
    """Tell whether a word behind "to" may be a verb: most may, those with the endings of nouns and adjectives only if they are known."""
    return not low.endswith(_NO_INFINITIVES) or low in lists()["infinitive"]


def _open_kind(low: str, last: str, hyphen: bool) -> str:
    """Return the kind of a word of an open class, by the kind of the word before it and whether a hyphen joins them."""
    known = lists()
    in_phrase = last in ("determiner", "possessive", "adjective", "number")
    if low in known["thing"]:
        return "noun"
    if low in known["adjective"] and last != "be":
        return "adjective"
    is_noun = low in known["noun"]
    if low in known["irregular"]:
        return "noun" if in_phrase and is_noun else "verb"
    if low.endswith("ed") and len(low) > _SHORTEST_ED and low not in _NO_PARTICIPLES:
        if hyphen:
            return "adjective"
        return "adjective" if in_phrase else "verb"
    if low.endswith("ing") and len(low) > _SHORTEST_ING:
        if last == "be":
            return "verb"
        return "happening" if is_noun else "adjective" if in_phrase else "gerund"
    present = low in known["present"] or (last == "pronoun" and low.endswith("s"))
    if present and last in ("noun", "name", "pronoun", "relative", "happening"):
        return "verb"
    return "happening" if is_noun else "noun"
