"""Pronouns: whom or what a title's leading he, she, it or they stands for, where the sentences before leave no doubt.

A pronoun that is the subject of its sentence mostly stands for the subject of the one before (the centering of Grosz, Joshi and
Weinstein, 1995); so much is taken for plain if number and kind agree. "It" that stands for nothing ("it was clear that") stays.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from typing import Final

from chronicle.extraction import names
from chronicle.extraction.clause import frame_of
from chronicle.extraction.syntax import FINITE, Word, lists, words_of

_PRONOUN = re.compile(r"(?:He|She|It|They)(?=\s)")
# "it was said that", "it is time to", "it took years": nothing is meant
_EMPTY = re.compile(
    r"It\s+(?:(?:is|was|['’]s|will be|would be|may be|might be|has been|had been)\s+(?:\w+ly\s+|not\s+|also\s+)*(?P<next>[\w'’-]+)"
    r"|(?:seem|appear|turn|follow|remain|happen|matter|take|took|rain|snow|make|help)\w*\b)"
)
_OWNER = re.compile(r"(Its|Their)(?=\s)")
_OWNED_BY: Final = {"Its": "It", "Their": "They"}
_FAMILY: Final = {"It": ("it", "its", "itself"), "They": ("they", "them", "their", "themselves")}
_QUOTED: Final = ("“", '"', "``", "‘")
_WORD = re.compile(r"\w+")
_ENOUGH_TO_FIND: Final = 12
_FURTHEST: Final = 3
_LONGEST: Final = 45


class Antecedents:
    """What the pronouns of an article stand for; ``spans`` are its sentences."""

    def __init__(
        self,
        text: str,
        spans: list[tuple[int, int]],
        times: list[tuple[int, int]],
        short: dict[str, str],
        people: dict[str, str],
    ) -> None:
        self._text, self._spans, self._times = text, spans, times
        self._short, self._people = short, people

    def named(self, title: str, index: int, longest: int) -> str:
        """Return a title with what its leading pronoun stands for in its place; ``index`` is the sentence that it is made of."""
        found = _PRONOUN.match(title)
        owner = _OWNER.match(title)
        if owner is not None:
            thing = self._antecedent(title, _OWNED_BY[owner[1]], index, index - 1)
            longer = f"{_possessive(thing)}{title[owner.end() :]}" if thing is not None else title
            return longer if len(longer) <= longest else title
        if found is None:
            return title
        pronoun = found.group()
        meant = self._person(index) if pronoun in ("He", "She") else self._thing(title, pronoun, index)
        if meant is None:
            return title
        longer = f"{meant}{title[found.end() :]}"
        return longer if len(longer) <= longest else title

    def _words(self, index: int) -> list[Word]:
        start, end = self._spans[index]
        first = bisect_left(self._times, (start, start))
        inside = itertools.takewhile(lambda t: t[0] < end, self._times[first:])
        return words_of(self._text[start:end], [(a - start, b - start) for a, b in inside])

    def _sentence(self, index: int) -> str:
        start, end = self._spans[index]
        return self._text[start:end]

    def _names(self, text: str) -> names.Names:
        return names.names_of(text, words_of(text, []), self._short, self._people)

    def _person(self, index: int) -> str | None:
        """Return the one person who is the subject of the sentence, or else whom the sentence before names."""
        text = self._sentence(index)
        subject = None if text.startswith(_QUOTED) else _subject(self._words(index))
        if subject is not None and subject[0].kind != "pronoun":
            own = text[subject[0].start : subject[-1].end]
            people = self._names(own).people
            if len(people) == 1:
                return people[0]
            if self._is_name(own, subject):
                return own
        if index == 0:
            return None
        text = self._sentence(index - 1)
        people = self._names(text).people
        return people[0] if len(people) == 1 else None

    def _is_name(self, own: str, subject: list[Word]) -> bool:
        """Tell whether a subject is a bare family name ("Howes had worked there when he was abducted")."""
        known = self._names(own)
        named = all(w.text[:1].isupper() and w.kind in ("name", "noun") for w in subject) and len(subject) == 1
        return (
            named
            and not known.organisations
            and not known.places
            and not own.endswith("s's")
            and own.lower() not in lists()["plural-noun"]
        )

    def _thing(self, title: str, pronoun: str, index: int) -> str | None:
        empty = _EMPTY.match(title)
        if empty is not None and not _is_participle(empty["next"]):
            return None
        return self._antecedent(title, pronoun, index, index)

    def _antecedent(self, title: str, pronoun: str, index: int, nearest: int) -> str | None:
        """Return the subject that a pronoun stands for, looked for from the sentence ``nearest`` back."""
        # in "the bank said that it closed" the sentence itself has what is meant
        for back in range(nearest, max(index - 1 - _FURTHEST, -1), -1):
            text = self._sentence(back)
            words = self._words(back)
            subject = None if text.startswith(_QUOTED) else _subject(words)
            if subject is None:
                return None
            if back == index and subject[0].text.lower() != pronoun.lower() and not _goes_on(text, title, pronoun):
                return None
            if len(subject) == 1 and subject[0].text.lower() == pronoun.lower():
                continue
            if back < index and any(w.text.lower() in _FAMILY[pronoun] for w in words):
                # "a fire destroyed it": it is what was spoken of before
                return None
            if any(w.kind == "pronoun" for w in subject) or not self._agrees(text, subject, pronoun):
                return None
            return _definite(" ".join(text[subject[0].start : subject[-1].end].split()))
        return None

    def _agrees(self, text: str, subject: list[Word], pronoun: str) -> bool:
        core = subject[: next((i for i, w in enumerate(subject) if w.kind == "preposition"), len(subject))]
        if not core or subject[-1].end - subject[0].start > _LONGEST:
            return False
        head, low = core[-1], core[-1].text.lower()
        several = any(w.text.lower() == "and" and w.kind == "conjunction" for w in core)
        plural = (
            several
            or low in lists()["plural-noun"]
            or (low.endswith("s") and head.kind != "name" and not low.endswith("ss"))
        )
        if pronoun == "They":
            return plural
        person = low in lists()["person"] or bool(self._names(text[core[0].start : core[-1].end]).people)
        return not plural and not person and head.kind in ("noun", "name", "happening")


def _goes_on(text: str, title: str, pronoun: str) -> bool:
    """Tell whether a pronoun inside of its sentence takes up the subject: "the bank said that it", "the offer is fair, and it"."""
    at = text.find(f"{pronoun.lower()}{title[len(pronoun) : len(pronoun) + _ENOUGH_TO_FIND]}")
    before = _WORD.findall(text[: max(at, 0)].lower())
    if before[-1:] == ["that"]:
        before.pop()
    return bool(before) and (before[-1] in ("and", "but") or before[-1] in lists()["saying"])


def _is_participle(word: str | None) -> bool:
    """Tell whether a word behind "it was" says what was done to it ("it was built"), rather than what is thought ("it was said")."""
    if word is None:
        return False
    low = word.lower()
    if low in lists()["thought"]:
        return False
    return low.endswith("ed") or low in lists()["irregular"]


def _subject(words: list[Word]) -> list[Word] | None:
    """Return the words of a sentence's subject, if nothing but what leads up to it stands before it."""
    verb = next((i for i, w in enumerate(words) if w.kind in FINITE), None)
    frame = frame_of(words, verb) if verb is not None else None
    if frame is None or frame.subject is None or frame.relative:
        return None
    begin, stop = frame.subject
    before = words[:begin]
    if before and before[0].kind not in ("preposition", "adverb", "conjunction", "name", "number", "mark", "time"):
        return None
    return words[begin:stop]


def _possessive(phrase: str) -> str:
    return f"{phrase}'" if phrase.endswith("s") else f"{phrase}'s"


def _definite(phrase: str) -> str:
    """Say of a thing that was named before "the" instead of "a"."""
    bare = re.sub(r"^(?:an?|another|one)\s+", "the ", phrase, flags=re.IGNORECASE)
    return bare[:1].upper() + bare[1:]
