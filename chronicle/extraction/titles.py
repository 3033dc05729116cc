"""Titles: a clause made short enough for a timeline that stands by itself, the date taken out.

A sentence that is short enough is its own title. Of a longer one there are several to choose from: the whole sentence, or only the
clause that the event is of, with or without what stands between commas, each cut where a reader would pause. What is no whole clause is
out; of the rest the one that says most and loses least is taken.
"""

from __future__ import annotations

import re
from typing import Final

from chronicle.extraction.choices import Choice, Choices
from chronicle.extraction.clause import Frame
from chronicle.extraction.draft import Draft
from chronicle.extraction.ends import Ends
from chronicle.extraction.syntax import Word, lists
from chronicle.extraction.trim import tidied

LONGEST: Final = 90
_SHORTEST: Final = 8
# a title that says so much need not say more
_ENOUGH: Final = 70
_OF = re.compile(r"\s(?:of|from|for|in|with|between)\s")
_LOWERED: Final = frozenset(("determiner", "pronoun", "preposition", "adverb", "conjunction", "verb"))


def title_of(
    sentence: str,
    words: list[Word],
    spans: list[tuple[int, int]],
    place: int = -1,
    frame: Frame | None = None,
    bounds: tuple[int, int] | None = None,
) -> str:
    """Return a title of at most 90 characters for a sentence; the expressions at ``spans`` (offsets in it) are taken out.

    ``place`` is where the word that the title is about stands among the words (-1: nowhere), ``frame`` the subject and verb group of its
    clause, ``bounds`` the part of the sentence that the title may be made of.
    """
    return _Titler(Draft(sentence, words, spans, place, frame, bounds or (0, len(sentence)))).title()


class _Titler:
    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._choices = Choices(draft)

    def title(self) -> str:
        whole = self._draft.rendered(self._draft.low, self._draft.high, self._draft.cuts)
        lead = self._draft.missing_subject()
        if len(lead) + len(whole) >= LONGEST:
            # "Diplomats [of four countries] called on both sides"
            lead = _OF.split(lead, maxsplit=1)[0]
        if lead and len(lead) + len(whole) < LONGEST:
            return f"{lead} {whole[:1].lower()}{whole[1:]}"
        choices = self._choices
        if not lead and (self._draft.begins_with_verb or choices.phrase() is not None or choices.is_subordinate()):
            whole = self._chosen() or whole
        if len(whole) < _SHORTEST or whole.rpartition(" ")[2].lower() in lists()["be"]:
            # what is left says nothing without the date: "Women's Day is"
            whole = self._draft.rendered(self._draft.low, self._draft.high, ())
        if len(whole) > LONGEST and self._draft.first < self._draft.end:
            whole = self._chosen() or self._broken(whole)
        elif len(whole) > LONGEST:
            whole = self._broken(whole)
        whole = whole or self._broken(" ".join(self._draft.sentence.split()) + " ")
        return whole[:1].upper() + whole[1:]

    def _chosen(self) -> str:
        """Return the best of the titles that are whole clauses, or nothing; one that has the predicate, if there is one."""
        choices = sorted(self._choices.all(), key=lambda c: c.price)
        return (
            self._best(choices)
            or self._best([c._replace(about=self._verb()) for c in choices])
            or self._best([c._replace(about=-1) for c in choices])
        )

    def _verb(self) -> int:
        """Return the place of the verb group that the predicate goes with, or -1."""
        return self._draft.frame.group if self._draft.frame is not None else -1

    def _best(self, choices: list[Choice]) -> str:
        best, best_score = "", 0
        ends = Ends(self._draft, LONGEST, _ENOUGH)
        for choice in choices:
            start = self._draft.words[choice.first].start
            for stop, price in ends.of(choice):
                body = self._draft.rendered(start, stop, self._draft.cuts + choice.cuts)
                opening = next((w.kind for w in self._draft.words[choice.first :] if w.kind != "mark"), "")
                if choice.lead and opening in _LOWERED and not body.startswith("I "):
                    body = body[:1].lower() + body[1:]
                text = f"{choice.lead} {body}" if choice.lead else body
                if len(text) > LONGEST or len(text) < _SHORTEST:
                    continue
                score = min(len(text), _ENOUGH) - price - choice.price
                if score > best_score:
                    best, best_score = text, score
                    ends.beaten = score
        return best

    def _broken(self, text: str) -> str:
        """Return a text cut off between words, with a mark that says so."""
        words = text[: LONGEST - 1].rsplit(" ", 1)[0].split(" ")
        dangling = lists()["dangling"]
        while len(words) > 1 and (words[-1].lower().strip(",;:") in dangling or not words[-1].strip(",;:–—-")):
            words.pop()
        return tidied(" ".join(words)) + "…"
