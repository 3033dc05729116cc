"""Clauses: who did what to whom, what the verbs claim of it, and on whose word; as far as the sentence says so plainly."""

from __future__ import annotations

import itertools
from typing import Final

from attrs import frozen

from chronicle.extraction.syntax import FINITE, Word, lists

_IN_PHRASE: Final = frozenset(
    ("noun", "name", "adjective", "number", "determiner", "possessive", "happening", "pronoun", "gerund")
)
_AUXILIARY: Final = frozenset(("be", "have", "modal", "do", "adverb", "to", "time"))
_VERBAL: Final = frozenset(("verb", "be", "have", "gerund", "do"))
_LINKS: Final = frozenset(("of", "and", "for", "'s", "in", "with", "between", "from", "at", "on"))
_OWNER: Final = frozenset(("'s", "’s"))
_HEADS: Final = frozenset(("noun", "name", "happening", "gerund", "number", "pronoun", "possessive"))
_SHORT_LIST: Final = 2
_MOST_ASIDES: Final = 3
_FURTHEST_RELATIVE: Final = 16
_LONGEST_ABBREVIATION: Final = 5
_CURRENCY: Final = frozenset("$€£¥#")
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


@frozen
class Frame:
    """Where a verb's clause stands among the words of its sentence: the beginning of its verb group, its subject (None where there is
    none to be seen), and whether a relative pronoun parts the two ("the bank, which closed")."""

    group: int
    subject: tuple[int, int] | None
    relative: bool


NO_CLAUSE: Final = Clause("", None, None, None, False)


def clause_of(text: str, words: list[Word], at: int) -> Clause:
    """Return the clause of the predicate at a place in the words of a sentence."""
    predicate = words[at]
    is_verb = predicate.kind in _VERBAL
    begin = _group_start(words, at) if is_verb else at
    group = " ".join(w.text.lower() for w in words[begin:at] if w.kind != "time")
    subject = _subject(text, words, _governor(words, begin)) if is_verb else None
    if is_verb and subject is None:
        first = begin
        while first > 0 and words[first - 1].kind == "adverb":
            first -= 1
        shared = shared_subject(words, first)
        subject = (
            _phrase(text, words[slice(*shared.subject)]) if shared is not None and shared.subject is not None else None
        )
    target = _object(text, words, at) if is_verb and not _is_passive(words, begin, at) else None
    return Clause(group, subject, target, _speaker(text, words, at), is_verb)


def _governor(words: list[Word], begin: int) -> int:
    """Return the verb group whose subject an infinitive behind a noun has: "she made a decision to travel"."""
    if words[begin].kind != "to" or begin == 0 or words[begin - 1].text.lower() not in lists()["to-noun"]:
        return begin
    for index in range(begin - 1, -1, -1):
        if words[index].kind in ("verb", "be", "have", "do"):
            return _group_start(words, index)
        if words[index].kind == "mark":
            break
    return begin


def frame_of(words: list[Word], at: int) -> Frame | None:
    """Return where the clause of a verb stands, or None for a predicate that is no verb."""
    if words[at].kind not in _VERBAL or words[at].kind == "gerund":
        return None
    group = _group_start(words, at)
    start, end, relative = _subject_place(words, group)
    return Frame(group, (start, end) if start < end else None, relative)


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
    while words and words[0].text not in _CURRENCY and (words[0].kind in _EDGES or words[0].text.lower() == "that"):
        words = words[1:]
    while words and words[-1].kind in (*_EDGES, "determiner"):
        words = words[:-1]
    if not words or not any(w.kind in ("noun", "name", "happening", "pronoun", "gerund", "number") for w in words):
        return None
    found = " ".join(text[words[0].start : words[-1].end].split())
    return found if len(found) <= _LONGEST else None


def _subject(text: str, words: list[Word], begin: int) -> str | None:
    """Return the noun phrase that a verb group has before it; that of the main clause where a relative stands between."""
    start, end, _ = _subject_place(words, begin)
    return _phrase(text, words[start:end])


def _subject_place(words: list[Word], begin: int) -> tuple[int, int, bool]:
    """Return where the subject of a verb group begins and ends, and whether a relative pronoun stands between the two."""
    end = begin
    relative = False
    while end > 0 and words[end - 1].kind in ("time", "adverb"):
        end -= 1
    if end > 0 and words[end - 1].kind == "relative":
        relative = True
        end -= 1
        if end > 0 and words[end - 1].text == ",":
            end -= 1
    if end > 0 and words[end - 1].text == ",":
        end = _before_asides(words, end)
    stop = end
    start, end = noun_phrase_before(words, stop, _OWNER if relative else _LINKS)
    if relative and all(w.kind in ("number", "mark") or w.text in ("million", "billion") for w in words[start:end]):
        # "gains of $48 million, which included"
        start, end = noun_phrase_before(words, stop, _LINKS)
    governed = (
        start > 0
        and words[start - 1].kind == "verb"
        and (words[start - 1].text.lower() not in lists()["saying"] or (start > 1 and words[start - 2].kind == "be"))
    )
    joint = next((i for i in range(start, end) if words[i].text.lower() == "and"), None)
    if governed and joint is not None and words[joint + 1].kind in ("determiner", "pronoun"):
        # what is before "and" is said of another subject: "was declared effective and the company will begin"
        start = joint + 1
    if not relative:
        start = _before_relative(words, _before_participle(words, start))
    return start, end, relative


def shared_subject(words: list[Word], first: int) -> Frame | None:
    """Return the clause whose subject a verb behind "and" shares: "it was built | and | repaired". Its ``group`` is the verb before."""
    if first == 0 or words[first - 1].text.lower() not in ("and", "but", "or", "then"):
        return None
    for index in range(first - 2, -1, -1):
        if words[index].kind not in ("verb", "be", "have", "do"):
            continue
        if words[index - 1].kind == "to" or has_agent(words, index):
            # neither an infinitive nor a participle has the subject that is shared
            continue
        frame = frame_of(words, index)
        if frame is not None and frame.subject is not None:
            return frame
    return None


def auxiliaries(words: list[Word], frame: Frame) -> list[Word]:
    """Return the auxiliaries of a clause's verb: "is to" of "work is to start"."""
    return list(
        itertools.takewhile(
            lambda w: w.kind in ("be", "have", "modal", "do", "adverb", "to", "time"), words[frame.group :]
        )
    )


def _before_asides(words: list[Word], end: int) -> int:
    """Return where a subject ends that has asides behind it: "a delegation, led by X, head of the council, is expected"."""
    end -= 1
    for _ in range(_MOST_ASIDES):
        opened = next((i for i in range(end - 1, -1, -1) if words[i].text == ","), None)
        if opened is None or any(w.text == ";" for w in words[opened:end]):
            return end
        if (
            any(w.kind in ("be", "have", "modal") for w in words[opened + 1 : end])
            and words[opened + 1].kind != "relative"
        ):
            return end
        end = opened
        start, _ = noun_phrase_before(words, end, _LINKS)
        if start > 1 and words[start - 1].kind == "preposition" and words[start - 2].text == ",":
            # "Kopp, 44, of St. Albans, Vt., became"
            end = start - 2
            continue
        described = (
            start > 1
            and words[start - 1].text.lower() in ("by", "of", "with")
            and words[start - 2].kind in ("verb", "gerund")
        )
        if not (described and start > 2 and words[start - 3].text == ","):
            return end
        end = start - 3 + 1
    return end


def has_agent(words: list[Word], at: int) -> bool:
    """Tell whether "by" and a doer follow a verb, which then is a participle: "led by X", not "rose by a tenth"."""
    if at + 2 >= len(words) or words[at + 1].text.lower() != "by" or words[at].text in lists()["simple-past"]:
        return False
    following = next((w for w in words[at + 2 : at + 5] if w.kind not in ("determiner", "adverb")), None)
    return (
        following is not None
        and following.kind != "number"
        and following.text.lower() not in lists()["measure"]
        and following.text not in _CURRENCY
    )


def _before_participle(words: list[Word], start: int) -> int:
    """Return where a subject begins that a participle stands in: "a delegation led by X is expected"."""
    if start > 2 and words[start - 2].kind == "verb" and has_agent(words, start - 2):
        begin, end = noun_phrase_before(words, start - 2, _LINKS)
        if begin < end == start - 2:
            return begin
    return start


def _before_relative(words: list[Word], start: int) -> int:
    """Return where a subject begins that a relative clause stands in: "officers who had searched for Howes concluded"."""
    for index in range(start - 1, max(start - _FURTHEST_RELATIVE, 0), -1):
        word = words[index]
        if word.kind == "mark" or word.kind == "conjunction":
            return start
        if word.kind == "relative":
            verb = index + 1
            while verb < start and words[verb].kind in (*_AUXILIARY, "verb"):
                verb += 1
            described = any(w.kind in FINITE for w in words[index + 1 : verb])
            alone = not any(w.kind in FINITE for w in words[verb:start])
            if word.text.lower() == "what" or not described or not alone or words[index - 1].kind not in _IN_PHRASE:
                return start
            begin, end = noun_phrase_before(words, index, _LINKS)
            return begin if begin < end else start
    return start


def noun_phrase_before(words: list[Word], end: int, links: frozenset[str] = _OWNER) -> tuple[int, int]:
    """Return where the noun phrase that ends at a place begins and ends; ``links`` are the prepositions that it may hold."""
    if end > 0 and words[end - 1].text == ",":
        end -= 1
    start = end
    while start > 0:
        word = words[start - 1]
        joins = (
            1 < start < end
            and words[start - 2].kind in _IN_PHRASE
            and (word.text.lower() in links or _in_name(words, start - 1, end))
        )
        if word.text.lower() in ("and", "or") and start > 1 and words[start - 2].kind not in _HEADS:
            joins = start < end and words[start].kind in ("adjective", "noun") and words[start - 2].kind == "adjective"
        twice = start > 2 and words[start - 2].text.lower() == "and" and words[start - 3].kind in _IN_PHRASE
        joins = joins or (twice and word.text.lower() in links and word.kind == "preposition")
        joins = joins or (word.text == "," and "and" in links and _is_listed(words, start - 1, end))
        currency = word.text in _CURRENCY and start < end
        owner = word.kind == "time" and start < end and words[start].kind in ("possessive", "time")
        owner = owner or (word.kind == "adverb" and start > 1 and start < end and words[start - 2].kind == "determiner")
        if word.kind not in _IN_PHRASE and not (joins or currency or owner or _is_abbreviation(words, start - 1, end)):
            break
        if (
            start < end
            and words[start].kind == "determiner"
            and not joins
            and word.kind not in ("determiner", "possessive")
        ):
            # an article begins a phrase of its own: "the gains | these issues made"
            break
        start -= 1
        if word.kind == "pronoun":
            break
    while start < end and words[start].kind in _EDGES and words[start].text not in _CURRENCY:
        if words[start].kind == "time" and any(w.kind == "possessive" for w in words[start + 1 : start + 3]):
            break
        start += 1
    while start < end and words[end - 1].kind in (*_EDGES, "determiner"):
        end -= 1
    return start, end


def _is_listed(words: list[Word], comma: int, end: int) -> bool:
    """Tell whether a comma stands between the members of a list that ends with "and": "Poland, Hungary and the Czech Republic"."""
    if (
        comma < 1
        or words[comma - 1].kind not in ("name", "noun")
        or not any(w.text.lower() == "and" for w in words[comma:end])
    ):
        return False
    before = words[comma - 2]
    return comma < _SHORT_LIST or before.text.lower() == "of" or before.kind not in ("preposition", "time")


def _in_name(words: list[Word], at: int, end: int) -> bool:
    """Tell whether an "and" belongs to a name: "the Savings and Loan Association"."""
    return (
        at + 1 < end
        and words[at].text.lower() in ("and", "&")
        and words[at - 1].kind == "name"
        and words[at + 1].kind == "name"
    )


def _is_abbreviation(words: list[Word], at: int, end: int) -> bool:
    """Tell whether a full stop is that of a title, an initial or an abbreviation inside a name: "Ms. Currie", "U.N. officials"."""
    if words[at].text != "." or not 0 < at < end:
        return False
    before = words[at - 1]
    return before.end == words[at].start and before.text[:1].isupper() and len(before.text) <= _LONGEST_ABBREVIATION


def _object(text: str, words: list[Word], at: int) -> str | None:
    """Return the noun phrase right behind a verb."""
    end = at + 1
    while end < len(words):
        word = words[end]
        counts = word.text.lower() == "than" and end + 1 < len(words) and words[end + 1].kind == "number"
        joins = counts or (
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
