"""Predicates: the verb or noun of the happening that an expression of time dates.

A light method that needs no model: words are told apart by their endings, small lists (words.txt) and their neighbours, and an expression
goes to the head of its noun phrase ("Thursday's decision"), to the verb beside it ("said Monday", "Clinton Saturday vowed"), or to the
nearest verb or noun of happening in its clause.
"""

from __future__ import annotations

import functools
import re
from importlib import resources
from typing import Final, NamedTuple

from attrs import frozen

_WORD = re.compile(r"[^\W_]+(?:[-'’](?!s\b)[^\W_]+)*|['’]s\b|[^\w\s]")
_NOUN_ENDINGS: Final = ("tion", "tions", "sion", "sions", "ment", "ments", "ance", "ence")
_LONGEST_PHRASE: Final = 6
_NO_ADVERBS: Final = frozenset(("family", "supply", "reply", "apply", "rely", "ally", "rally", "fly", "assembly", "anomaly", "july", "italy", "comply", "imply", "multiply"))
_NO_INFINITIVES: Final = ("ing", "ign", "al", "ive", "ous", "ful", "ic", "ble", "an", "ese", "s")
# "the quarter ended Sept. 30": the verb belongs to the expression
_CLOSING: Final = frozenset(("ended", "ending", "beginning", "starting"))
_STRETCHES: Final = frozenset(("quarter", "year", "period", "months", "weeks", "half", "month", "week"))


@frozen
class Predicate:
    """A verb or noun, and where it stands in the article's text."""

    text: str
    start: int
    end: int


class _Word(NamedTuple):
    start: int
    end: int
    text: str
    kind: str


@functools.cache
def _lists() -> dict[str, frozenset[str]]:
    text = resources.files("chronicle.extract").joinpath("words.txt").read_text("utf-8")
    found: dict[str, list[str]] = {}
    section: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            section = found.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            section.extend(line.split())
    return {name: frozenset(words) for name, words in found.items()}


_CLOSED: Final = ("determiner", "preposition", "conjunction", "relative", "pronoun", "adverb")


def _kinds(text: str, masked: list[tuple[int, int]]) -> list[_Word]:
    """Return the words of a sentence with what they are; those inside ``masked`` spans are times."""
    lists = _lists()
    words: list[_Word] = []
    for match in _WORD.finditer(text):
        token = match.group()
        low = token.lower().replace("’", "'")
        if any(a <= match.start() < b for a, b in masked):
            kind = "time"
        elif not token[0].isalnum():
            kind = "possessive" if low == "'s" else "mark"
        else:
            kind = _kind(token, low, words, lists)
        words.append(_Word(match.start(), match.end(), token, kind))
    return words


def _kind(token: str, low: str, before: list[_Word], lists: dict[str, frozenset[str]]) -> str:
    last = next((w for w in reversed(before) if w.kind not in ("adverb", "time")), None)
    for name in ("be", "have", "do", "modal"):
        if low in lists[name] and not (low == "to" and name != "modal"):
            return "to" if low == "to" else name
    if low.endswith("ly") and len(low) > 4 and low not in _NO_ADVERBS:
        return "adverb"
    after_modal = last is not None and last.kind in ("modal", "to", "do")
    for name in _CLOSED:
        if low in lists[name] and not (low in lists["irregular"] and name != "determiner"):
            return name
    if token[0].isupper() and before and before[-1].kind != "mark":
        return "name"
    after_to = last is not None and last.kind == "to"
    if after_modal and low.isalpha() and not (after_to and low.endswith(_NO_INFINITIVES)):
        return "verb"
    after_noun_place = last is not None and last.kind in ("determiner", "possessive", "adjective", "number")
    if token[0].isdigit():
        return "number"
    if low in lists["irregular"]:
        return "noun" if after_noun_place and low in lists["noun"] else "verb"
    if low.endswith("ed") and len(low) > 3 and not low.endswith("eed"):
        return "adjective" if after_noun_place else "verb"
    if low.endswith("ing") and len(low) > 4:
        if last is not None and last.kind == "be":
            return "verb"
        return "happening" if low in lists["noun"] else "adjective" if after_noun_place else "gerund"
    if low in lists["present"] and last is not None and last.kind in ("noun", "name", "pronoun", "relative", "happening"):
        return "verb"
    if low in lists["noun"]:
        return "happening"
    return "noun"


def predicate_of(text: str, start: int, end: int, masked: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the span of the predicate that the expression from ``start`` to ``end`` of a sentence dates, or None."""
    words = _kinds(text, masked)
    first = next((i for i, w in enumerate(words) if w.end > start), None)
    if first is None:
        return None
    after = next((i for i in range(first, len(words)) if words[i].start >= end), len(words))
    found = _attributive(words, first, after) or _beside(words, first, after) or _nearest(words, first, after)
    return None if found is None else (found.start, found.end)


def _attributive(words: list[_Word], first: int, after: int) -> _Word | None:
    """Return what an expression before a noun dates: the head of the noun phrase, or the verb that the phrase is the subject of."""
    at = after
    owned = at < len(words) and words[at].kind == "possessive"
    if owned:
        at += 1
    named = first > 0 and words[first - 1].kind == "determiner" and not owned
    head: _Word | None = None
    while at < len(words) and at - after <= _LONGEST_PHRASE:
        word = words[at]
        if word.kind in ("noun", "happening", "gerund") or (word.kind == "name" and owned):
            head = word
        elif word.kind not in ("adjective", "number") and not (word.kind in ("name", "adverb") and (owned or named)):
            break
        at += 1
    if head is None:
        return None
    if not owned and at < len(words) and words[at].kind in ("verb", "be", "have", "modal", "do"):
        return _verb_from(words, at) or head
    return head


def _beside(words: list[_Word], first: int, after: int) -> _Word | None:
    """Return the verb right beside an expression: before it ("said Monday"), or after it with the subject before ("Clinton Saturday vowed")."""
    before = _skip_back(words, first - 1)
    if before >= 0 and words[before].kind == "verb" and not _closes(words, before):
        return words[before]
    if after < len(words) and words[after].kind in ("verb", "modal", "be", "have", "do") and not _closes(words, after):
        subject = ("noun", "name", "pronoun", "relative", "happening", "mark", "adverb", "conjunction")
        if before >= 0 and words[before].kind in subject:
            dated = words[before].kind == "happening" and before < first - 1 and words[first - 1].kind == "preposition"
            return words[before] if dated else _verb_from(words, after)
    return None


def _closes(words: list[_Word], at: int) -> bool:
    """Tell whether a verb says only where a stretch of time begins or ends."""
    before = words[at - 1] if at else None
    return words[at].text in _CLOSING and before is not None and (before.kind == "time" or before.text in _STRETCHES)


def _skip_back(words: list[_Word], at: int) -> int:
    """Step over the preposition, article and adverbs that stand before an expression."""
    while at >= 0 and words[at].kind in ("preposition", "determiner", "adverb", "to", "time"):
        at -= 1
    return at


def _verb_from(words: list[_Word], at: int) -> _Word | None:
    """Return the main verb of the group that begins at a place: past auxiliaries and adverbs; a complement where there is only "be"."""
    if words[at].kind in ("verb", "gerund"):
        return words[at]
    copula = None
    index = at
    while index < len(words) and words[index].kind in ("be", "have", "modal", "do", "adverb", "to", "time"):
        if words[index].kind in ("be", "have"):
            copula = words[index]
        index += 1
    if index < len(words) and words[index].kind == "verb":
        return words[index]
    if copula is not None and copula.kind == "be":
        return _complement(words, index) or copula
    return copula


def _complement(words: list[_Word], at: int) -> _Word | None:
    """Return what "be" says of its subject: an adjective, up or down, or the head of a noun phrase."""
    head = None
    for word in words[at : at + _LONGEST_PHRASE]:
        if word.text in ("up", "down", "off"):
            return word
        if word.kind in ("noun", "happening", "adjective", "gerund"):
            head = word
        elif word.kind not in ("determiner", "adverb", "number"):
            break
    return head


def _nearest(words: list[_Word], first: int, after: int) -> _Word | None:
    """Return the nearest verb of the clause, or the noun of happening that stands between it and the expression without being its object."""
    verb, noun = _to_the_left(words, _skip_back(words, first - 1))
    if verb is not None and noun is not None:
        between = words[verb + 1 : noun]
        return words[noun] if any(w.kind == "preposition" for w in between) else _verb_from(words, verb)
    if verb is not None:
        return _verb_from(words, verb)
    followed = after < len(words) and words[after].text == ","
    right = _to_the_right(words, after)
    if noun is not None and not (followed and right is not None):
        return words[noun]
    if right is not None:
        return right
    return next((w for w in words[after:] if w.kind in ("happening", "gerund")), None)


def _to_the_left(words: list[_Word], at: int) -> tuple[int | None, int | None]:
    """Return the places of the nearest verb and of a noun of happening nearer than it, in the same clause."""
    noun = None
    for index in range(at, -1, -1):
        word = words[index]
        if word.kind in ("verb", "be", "have") and not _closes(words, index):
            return index, noun
        if word.kind == "gerund" and index and words[index - 1].kind in ("preposition", "adverb", "noun", "name", "mark"):
            return index, noun
        if word.kind == "happening" and noun is None:
            noun = index
        if word.text in (";", ":", "--", "—"):
            break
    return None, noun


def _to_the_right(words: list[_Word], after: int) -> _Word | None:
    """Return the main verb of what follows, past relative clauses between commas."""
    inside = False
    for at in range(after, len(words)):
        word = words[at]
        if word.kind == "relative" and at > after + 1 and words[at - 1].kind == "mark":
            inside = True
        elif inside and word.text == ",":
            inside = False
        elif not inside and word.kind in ("verb", "be", "have", "modal", "do") and not _closes(words, at):
            return _verb_from(words, at)
    return None
