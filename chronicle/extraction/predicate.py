"""Predicates: the verb or noun of the happening that an expression of time dates.

A light method that needs no model: words are told apart by their endings, small lists (words.txt) and their neighbours, and an expression
goes to the head of its noun phrase ("Thursday's decision"), to the verb beside it ("said Monday", "Clinton Saturday vowed"), or to the
nearest verb or noun of happening in its clause.
"""

from __future__ import annotations

from typing import Final

from chronicle.extraction.syntax import FINITE, Word, lists

_LONGEST_PHRASE: Final = 6
# "the quarter ended Sept. 30": the verb belongs to the expression
_CLOSING: Final = frozenset(("ended", "ending", "beginning", "starting"))
_STRETCHES: Final = frozenset(("quarter", "year", "period", "months", "weeks", "half", "month", "week"))
_TO_COME: Final = frozenset(("will", "would", "shall", "'ll", "’ll", "wo", "to"))


def predicate_of(words: list[Word], start: int, end: int) -> Word | None:
    """Return the predicate that the expression from ``start`` to ``end`` of a sentence dates, or None."""
    first = next((i for i, w in enumerate(words) if w.end > start), None)
    if first is None:
        return None
    after = next((i for i in range(first, len(words)) if words[i].start >= end), len(words))
    return _attributive(words, first, after) or _beside(words, first, after) or _nearest(words, first, after)


def told_of(words: list[Word], predicate: Word | None, start: int) -> Word | None:
    """Return the happening that a time gone by dates behind a verb of what is to come: "will investigate the bombing of 1998"."""
    if predicate is None or predicate.kind != "verb" or predicate.start > start:
        return None
    at = words.index(predicate)
    before = next((w for w in reversed(words[:at]) if w.kind != "adverb"), None)
    if before is None or before.text.lower() not in _TO_COME:
        return None
    return next((w for w in words[at + 1 :] if w.kind == "happening" and w.end <= start), None)


def _attributive(words: list[Word], first: int, after: int) -> Word | None:
    """Return what an expression before a noun dates: the head of the noun phrase, or the verb that the phrase is the subject of."""
    at = after
    owned = at < len(words) and words[at].kind == "possessive"
    if owned:
        at += 1
    named = first > 0 and words[first - 1].kind == "determiner" and not owned
    head: Word | None = None
    while at < len(words) and at - after <= _LONGEST_PHRASE:
        word = words[at]
        if word.kind in ("noun", "happening", "gerund") or (word.kind == "name" and owned):
            head = word
        elif word.kind not in ("adjective", "number") and not (word.kind in ("name", "adverb") and (owned or named)):
            break
        at += 1
    if head is None:
        return None
    if not owned and at < len(words) and words[at].kind in FINITE:
        return _verb_from(words, at) or head
    return head


def _beside(words: list[Word], first: int, after: int) -> Word | None:
    """Return the verb right beside an expression: before it ("said Monday"), or after it with the subject before ("Clinton Saturday vowed")."""
    before = _skip_back(words, first - 1)
    if before >= 0 and words[before].kind == "verb" and not _closes(words, before):
        return words[before]
    if after < len(words) and words[after].kind in FINITE and not _closes(words, after):
        subject = ("noun", "name", "pronoun", "relative", "happening", "mark", "adverb", "conjunction")
        if before >= 0 and words[before].kind in subject:
            dated = words[before].kind == "happening" and before < first - 1 and words[first - 1].kind == "preposition"
            return words[before] if dated else _verb_from(words, after)
    return None


def _closes(words: list[Word], at: int) -> bool:
    """Tell whether a verb says only where a stretch of time begins or ends."""
    before = words[at - 1] if at else None
    return words[at].text in _CLOSING and before is not None and (before.kind == "time" or before.text in _STRETCHES)


def _skip_back(words: list[Word], at: int) -> int:
    """Step over the preposition, article and adverbs that stand before an expression."""
    while at >= 0 and words[at].kind in ("preposition", "determiner", "adverb", "to", "time"):
        at -= 1
    return at


def _verb_from(words: list[Word], at: int) -> Word | None:
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


def _complement(words: list[Word], at: int) -> Word | None:
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


def _nearest(words: list[Word], first: int, after: int) -> Word | None:
    """Return the nearest verb of the clause, or the noun of happening that stands between it and the expression without being its object."""
    verb, noun = _to_the_left(words, _before_aside(words, _skip_back(words, first - 1)))
    if verb is not None and noun is not None:
        # the noun belongs to what the verb says where it is its object, or only the place where something was said
        apart = any(w.kind == "preposition" for w in words[verb + 1 : noun])
        apart = apart and words[verb].text.lower() not in lists()["saying"]
        return words[noun] if apart else _verb_from(words, verb)
    if verb is not None:
        return _verb_from(words, verb)
    followed = after < len(words) and words[after].text == ","
    right = _to_the_right(words, after)
    if noun is not None and not (followed and right is not None):
        return words[noun]
    if right is not None:
        return right
    return next((w for w in words[after:] if w.kind in ("happening", "gerund")), None)


def _before_aside(words: list[Word], at: int) -> int:
    """Step over a relative clause between commas: "said Ann Ash, who heads the council, on Monday"."""
    if at < 1 or words[at].text != ",":
        return at
    opened = next((i for i in range(at - 1, -1, -1) if words[i].text == ","), None)
    return opened - 1 if opened is not None and words[opened + 1].kind == "relative" else at


def _to_the_left(words: list[Word], at: int) -> tuple[int | None, int | None]:
    """Return the places of the nearest verb and of a noun of happening nearer than it, in the same clause."""
    noun = None
    for index in range(at, -1, -1):
        word = words[index]
        if word.kind in ("verb", "be", "have") and not _closes(words, index):
            return index, noun
        if (
            word.kind == "gerund"
            and index
            and words[index - 1].kind in ("preposition", "adverb", "noun", "name", "mark")
        ):
            return index, noun
        if word.kind == "happening" and noun is None:
            noun = index
        if word.text in (";", ":", "--", "—"):
            break
    return None, noun


def _closes_aside(words: list[Word], after: int, at: int) -> bool:
    """Tell whether the comma before a verb closes an aside: "police in the islands, off the coast, raided two homes"."""
    commas = [i for i in range(after + 1, at) if words[i].text == ","]
    return len(commas) > 1 and len(commas) % 2 == 0


def _end_of_group(words: list[Word], at: int) -> int:
    """Return the place of the last word of the verb group that begins at a place, or one before it where none does."""
    index = at
    while index < len(words) and words[index].kind in ("be", "have", "modal", "do", "adverb", "to", "time", "verb"):
        index += 1
    return index - 1


def _to_the_right(words: list[Word], after: int) -> Word | None:
    """Return the main verb of what follows, past relative clauses and participles between commas ("a delegation, led by X, is expected")."""
    inside = False
    fallback: Word | None = None
    skipped = -1
    for at in range(after, len(words)):
        word = words[at]
        if at <= skipped:
            continue
        if word.kind == "relative" and at > after + 1 and words[at - 1].kind == "mark":
            inside = True
        elif (
            word.kind == "relative"
            and word.text.lower() in ("who", "which", "that")
            and at > after
            and words[at - 1].kind in ("noun", "name")
        ):
            # "officers who had searched for him concluded": the verb of the relative clause is not the main one
            skipped = _end_of_group(words, at + 1)
            fallback = fallback or (_verb_from(words, at + 1) if skipped > at else None)
        elif inside and word.text == ",":
            inside = False
        elif not inside and word.kind in FINITE and not _closes(words, at):
            behind_noun = at + 1 < len(words) and words[at + 1].text == "by"
            behind_comma = words[at - 1].text == "," and not _closes_aside(words, after, at)
            if word.kind == "verb" and at > after + 1 and (behind_comma or behind_noun):
                fallback = fallback or word
                continue
            return _verb_from(words, at)
    return fallback
