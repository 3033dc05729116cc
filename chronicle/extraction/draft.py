"""The sentence that a title is made of: its words, the clause that it is about, and what is cut out of it."""

from __future__ import annotations

from typing import Final

from chronicle.extraction.clause import Frame, auxiliaries, frame_of, noun_phrase_before, shared_subject
from chronicle.extraction.syntax import FINITE, Word, lists
from chronicle.extraction.trim import Cut, bracket_cuts, date_cut, dateline_end, tidied

HEADS: Final = frozenset(("noun", "name", "happening", "gerund", "number", "pronoun"))
DASHES: Final = frozenset((";", "--", "–", "—", ":"))
QUOTES: Final = frozenset(("”", '"', "''", "»"))
# a preposition, or the beginning of a clause
BOTH: Final = frozenset(("after", "before", "since", "until", "till", "as", "than"))


class Draft:
    """A sentence of which a title is to be made: ``words`` from ``first`` up to ``end``, about the word at ``place`` (-1: none) in the
    clause ``frame``, with ``cuts`` taken out."""

    def __init__(
        self,
        sentence: str,
        words: list[Word],
        spans: list[tuple[int, int]],
        place: int,
        frame: Frame | None,
        bounds: tuple[int, int],
    ) -> None:
        self.sentence = sentence
        self.words = words
        low, high = bounds
        low = max(low, dateline_end(sentence))
        self.low, self.high = low, high
        inside = [i for i, w in enumerate(words) if low <= w.start and w.end <= high]
        self.first, self.end = (inside[0], inside[-1] + 1) if inside else (0, 0)
        self.place = place if self.first <= place < self.end else -1
        self.frame = frame if self.place >= 0 else None
        if self.place >= 0 and self.frame is None:
            self.frame = self._governing()
        found = [date_cut(sentence, words, a, b, low) for a, b in sorted(spans) if a >= low and b <= high]
        self.cuts = (*(c for c in found if c is not None), *bracket_cuts(sentence))

    @property
    def begins_with_verb(self) -> bool:
        """Whether what is left begins with the verb of a relative clause, its subject cut off."""
        first = self.first
        return 0 < first < self.end and self.words[first].kind in FINITE and self.words[first - 1].kind == "relative"

    def _governing(self) -> Frame | None:
        """Return the clause of the verb that a noun of happening goes with: the one before it, or else the one behind it."""
        words = self.words
        for index in range(self.place - 1, self.first - 1, -1):
            word = words[index]
            if word.kind in ("verb", "be", "have", "do") and not (index and words[index - 1].kind == "to"):
                return frame_of(words, index)
            if word.text == ";" or (word.text.lower() in ("but", "while", "whereas") and word.kind == "conjunction"):
                break
        for index in range(self.place + 1, self.end):
            if words[index].kind in ("verb", "be", "have", "do"):
                return frame_of(words, index)
        return None

    def rendered(self, start: int, end: int, cuts: tuple[Cut, ...]) -> str:
        """Return a stretch of the sentence without what is cut out, tidied."""
        pieces: list[str] = []
        at = start
        for cut in sorted(cuts):
            if cut.end <= at or cut.start >= end:
                continue
            pieces.append(self.sentence[at : max(at, cut.start)])
            pieces.append(cut.left)
            at = cut.end
        pieces.append(self.sentence[at : max(at, end)])
        return tidied("".join(pieces))

    def text(self, begin: int, stop: int) -> str:
        """Return some words as a title has them."""
        stop_at = self.words[stop - 1].end
        return self.rendered(self.words[begin].start, stop_at + self.sentence.startswith(".", stop_at), self.cuts)

    def verb_follows(self, comma: int, last: int) -> bool:
        """Tell whether a verb stands behind a comma."""
        for word in self.words[comma + 1 : last]:
            if word.kind not in ("adverb", "time"):
                return word.kind in FINITE
        return False

    def opens_quote(self, mark: Word) -> bool:
        """Tell whether a quotation mark opens a quotation."""
        return mark.text != "%" and self.sentence[mark.end : mark.end + 1].isalnum()

    def missing_subject(self) -> str:
        """Return the subject of a part of a sentence that begins with a verb: "a debate | that | went on", "it was built | and | repaired"."""
        words, first = self.words, self.first
        at = first
        while at < self.end and words[at].kind == "adverb":
            at += 1
        if first == 0 or at >= self.end or words[at].kind not in (*FINITE, "to"):
            return ""
        if words[first - 1].kind == "relative":
            begin, stop = noun_phrase_before(words, first - 1)
            return self._capital(self.text(begin, stop)) if begin < stop else ""
        return self._capital(self._shared(first, at))

    @staticmethod
    def _capital(text: str) -> str:
        return text[:1].upper() + text[1:]

    def _shared(self, first: int, verb: int) -> str:
        """Return the subject, with its auxiliaries, that a verb behind "and" shares with the one before it."""
        words = self.words
        frame = shared_subject(words, first)
        if frame is None or frame.subject is None:
            return ""
        helping = [w for w in auxiliaries(words, frame) if w.kind in ("be", "have", "modal", "do")]
        if words[verb].kind not in ("verb", "to") or (words[verb].text in lists()["simple-past"]):
            helping = []
        behind = next((w.kind for w in words[verb + 1 :] if w.kind != "adverb"), "")
        if any(w.kind == "be" for w in helping) and behind in ("determiner", "pronoun", "number"):
            # "was built and passed an inspection": it passed
            helping = []
        if {w.kind for w in helping} == {"have"} and not words[verb].text.endswith(("ed", "n")):
            # "had begun and stood still": it stood, as far as one can tell
            helping = []
        return " ".join((self.text(*frame.subject), *(w.text for w in helping)))
