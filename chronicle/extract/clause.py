"""Clauses: who did what to whom, what the verbs claim of it, and on whose word; as far as the sentence says so plainly."""

from __future__ import annotations

from typing import Final

from attrs import frozen

from chronicle.extract.syntax import Word, lists

_IN_PHRASE: Final = frozenset(
    ("noun", "name", "adjective", "number", "determiner", "possessive", "happening", "pronoun", "gerund")
)
_AUXILIARY: Final = frozenset(("be", "have", "modal", "do", "adverb", "to", "time"))
_LINKS: Final = frozenset(("of", "and", "for", "'s", "in", "with", "between", "from", "at", "on"))
_EDGES: Final = ("time", "mark", "adverb", "preposition", "conjunction")
_LONGEST: Final = 90
_FURTHEST_CONTROL: Final = 6


@frozen
class Clause:
    """What stands around a predicate: the words of its verb group before it, subject, object, and who says so."""

    group: str
    subject: str | None
    object: str | None
    according_to: str | None
    is_verb: bool


NO_CLAUSE: Final = Clause("", None, None, None, False)


def clause_of(text: str, words: list[Word], at: int) -> Clause:
    """Return the clause of the predicate at a place in the words of a sentence."""
    predicate = words[at]
    is_verb = predicate.kind in ("verb", "be", "have", "gerund", "do")
    begin = _group_start(words, at) if is_verb else at
    group = " ".join(w.text.lower() for w in words[begin:at] if w.kind != "time")
    subject = _subject(text, words, begin) if is_verb else None
    target = _object(text, words, at) if is_verb and not _is_passive(words, begin, at) else None
    return Clause(group, subject, target, _speaker(text, words, at), is_verb)


def _group_start(words: list[Word], at: int) -> int:
    """Return where the verb group of a predicate begins: auxiliaries, adverbs, and verbs that govern it ("is expected to")."""
    control = lists()["control"]
    begin = at
    while begin > 0:
        word = words[begin - 1]
        following = words[begin].kind
        governs = word.text.lower() in control and following in ("to", "gerund", "verb", "adverb")
        governs = governs or (word.kind == "verb" and following == "to")
        if not (word.kind in _AUXILIARY or governs) or at - begin > _FURTHEST_CONTROL:
            break
        begin -= 1
    while (
        begin < at and words[begin].kind in ("adverb", "time") and words[begin].text.lower() not in lists()["negation"]
    ):
        begin += 1
    return begin


def _is_passive(words: list[Word], begin: int, at: int) -> bool:
    last = next((w for w in reversed(words[begin:at]) if w.kind not in ("adverb", "time")), None)
    return last is not None and last.kind == "be" and not words[at].text.endswith("ing")


def _phrase(text: str, words: list[Word]) -> str | None:
    """Return the text of some words, without the times and marks at its edges."""
    while words and (words[0].kind in _EDGES or words[0].text.lower() == "that"):
        words = words[1:]
    while words and words[-1].kind in (*_EDGES, "determiner"):
        words = words[:-1]
    if not words or not any(w.kind in ("noun", "name", "happening", "pronoun", "gerund", "number") for w in words):
        return None
    found = " ".join(text[words[0].start : words[-1].end].split())
    return found if len(found) <= _LONGEST else None


def _subject(text: str, words: list[Word], begin: int) -> str | None:
    """Return the noun phrase that a verb group has before it; that of the main clause where a relative stands between."""
    end = begin
    while end > 0 and words[end - 1].kind in ("time", "adverb"):
        end -= 1
    if end > 0 and words[end - 1].kind == "relative":
        end -= 1
        if end > 0 and words[end - 1].text == ",":
            end -= 1
    if end > 0 and words[end - 1].text == ",":
        # an apposition: "Abdullah Abdullah, who heads the council, said"
        opened = next((i for i in range(end - 2, -1, -1) if words[i].text == ","), None)
        end = opened if opened is not None else end - 1
    start = end
    while start > 0:
        word = words[start - 1]
        joins = word.text.lower() in _LINKS and start > 1 and words[start - 2].kind in _IN_PHRASE
        if word.kind not in _IN_PHRASE and not joins:
            break
        start -= 1
    return _phrase(text, words[start:end])


def _object(text: str, words: list[Word], at: int) -> str | None:
    """Return the noun phrase right behind a verb."""
    end = at + 1
    while end < len(words):
        word = words[end]
        joins = (
            word.text.lower() in ("of", "and")
            and end + 1 < len(words)
            and words[end + 1].kind in _IN_PHRASE
            and end > at + 1
        )
        if word.kind not in _IN_PHRASE and not joins:
            break
        end += 1
    found = _phrase(text, words[at + 1 : end])
    # "take place" and "take part" are one verb, and nothing is done to the place
    return None if found is not None and found.lower() in lists()["with-verb"] else found


def _speaker(text: str, words: list[Word], at: int) -> str | None:
    """Return who says so: the subject of a verb of saying before the predicate or behind its clause, or what follows "according to"."""
    saying = lists()["saying"]
    for index, word in enumerate(words):
        low = word.text.lower()
        if low == "according" and index + 2 < len(words) and words[index + 1].text.lower() == "to":
            return _object(text, words, index + 1)
        if low not in saying or index == at or word.kind not in ("verb", "noun"):
            continue
        if index < at:
            return _subject(text, words, _group_start(words, index))
        breaks = [i for i in range(at, index) if words[i].text in (",", "”", '"', "''")]
        if not breaks:
            continue
        before = _phrase(text, words[breaks[-1] + 1 : index])
        return before if before is not None else _object(text, words, index)
    return None
