"""Chunks: noun phrases, verb groups and expressions of time, put together from tagged words; the first step of the light reader."""

from __future__ import annotations

from typing import Final

from attrs import define

from chronicle.syntax.lexicon import Lexicon
from chronicle.syntax.tree import ROOT, Word

NOMINAL: Final = ("NOUN", "PROPN", "PRON", "NUM", "SYM")


@define
class Chunk:
    """Words that go together: a noun phrase, a verb group, or one word. ``head`` is the place of its main word."""

    kind: str
    first: int
    last: int
    head: int


class Chunker:
    """Puts the words of one sentence together."""

    def __init__(self, words: list[Word], lists: Lexicon, times: dict[int, int]) -> None:
        self._words, self._lists, self._times = words, lists, times
        self._ends = {stop - 1 for stop in times.values()}

    def _hang(self, place: int, head: int, relation: str) -> None:
        word = self._words[place]
        if place != head:
            word.head, word.relation = head, relation

    # ---- chunks

    def chunks(self) -> list[Chunk]:
        """Put noun phrases and verb groups together."""
        words = self._words
        found: list[Chunk] = []
        at = 0
        while at < len(words):
            word = words[at]
            stop = self._times.get(at)
            if stop is None and word.pos == "DET" and (stop := self._times.get(at + 1)) is not None and self._is_noun_behind(at + 1, stop):
                stop = None
            if stop is not None and not self._is_owner(stop) and not self._is_attribute(at, stop):
                found.append(self._time(at, stop))
                at = stop
            elif word.pos in ("AUX", "VERB") or (word.pos == "PART" and self._is_infinitive(at)):
                stop = self._verb_group(at)
                found.append(self._made_group(at, stop))
                at = stop
            elif word.pos == "ADJ" and found and found[-1].kind == "ADP" and not self._opens_phrase(at):
                first = at
                while at + 1 < len(words) and words[at + 1].pos == "ADJ":
                    at += 1
                self._close_phrase(first, at, at, None)
                found.append(Chunk("NP", first, at, at))
                at += 1
            elif word.pos in (*NOMINAL, "DET") or (word.pos == "ADJ" and self._opens_phrase(at)) or (word.pos == "ADV" and self._approximates(at)):
                at = self._noun_phrases(at, found)
            else:
                found.append(Chunk(word.pos, at, at, at))
                at += 1
        return found

    def _is_owner(self, stop: int) -> bool:
        """Tell whether what ends at a place owns or describes what follows: "Monday's | crash"."""
        words = self._words
        return stop < len(words) and words[stop].pos == "PART" and words[stop].text[:1] in "'’"

    def _is_attribute(self, at: int, stop: int) -> bool:
        """Tell whether a season with its article, or an adjective, describes the noun behind it: "the winter | storm", "third-quarter | profit"."""
        words = self._words
        season = words[stop - 1].low in self._lists["seasons"] and words[at].pos == "DET"
        last = words[stop - 1]
        describes = last.text.islower() and ("-" in last.low or last.low in self._lists["adjectives"])
        return (season or describes) and self._is_noun_behind(at, stop) and words[stop].pos != "PROPN"

    def _is_noun_behind(self, at: int, stop: int) -> bool:
        """Tell whether the rest of a noun phrase stands behind an expression: a noun, or what describes one."""
        words = self._words
        if stop >= len(words):
            return False
        participle = words[stop].pos == "VERB" and words[stop].form in ("Part", "Ger") and words[stop - 1].pos == "ADJ" and self._describes(at, stop)
        return words[stop].pos in ("NOUN", "ADJ", "PROPN") or participle

    def _time(self, first: int, stop: int) -> Chunk:
        """Put the words of an expression of time together, flat."""
        words = self._words
        head = next((i for i in range(stop - 1, first - 1, -1) if words[i].pos in ("NOUN", "PROPN", "NUM")), stop - 1)
        for index in range(first, stop):
            self._hang(index, head, "case" if index == first and words[index].pos == "ADP" else "compound")
        return Chunk("TIME", first, stop - 1, head)

    def _is_infinitive(self, at: int) -> bool:
        words = self._words
        for after in range(at + 1, min(at + 3, len(words))):
            if words[after].pos != "ADV":
                return words[after].pos in ("VERB", "AUX") and words[after].form == "Inf"
        return False

    def _verb_group(self, at: int) -> int:
        """Return where a verb group ends that begins at a place."""
        words = self._words
        index = at
        done = False
        while index < len(words):
            word = words[index]
            if index > at and not done and (after := self._behind_time(index)) and words[index - 1].pos in ("AUX", "PART") and words[after].pos in ("VERB", "AUX"):
                # "will now open", "had on Monday agreed"
                index = after
                word = words[index]
            if (word.pos == "AUX" and not done) or (word.pos == "PART" and index == at):
                index += 1
            elif word.pos == "PART" and word.low not in self._lists["negation"]:
                break
            elif word.pos in ("ADV", "PART") and not done:
                after = index
                while after < len(words) and words[after].pos in ("ADV", "PART"):
                    after += 1
                joined = after < len(words) and words[after].pos in ("VERB", "AUX") and self._joins(words[index - 1], words[after])
                if not joined:
                    # "was not": the negation belongs to the group
                    return index + 1 if word.low in self._lists["negation"] else index
                index = after
            elif word.pos == "VERB" and not done and (index == at or self._joins(words[index - 1], word) or words[index - 1].pos in ("ADV", "PART") or (words[index - 1].head == ROOT and index - 1 in self._ends)):
                done = True
                index += 1
            else:
                break
        return index

    def _behind_time(self, index: int) -> int:
        """Return the place behind an expression of time, with the preposition before it, that begins at a place; 0 where none does or nothing follows."""
        begin = index + 1 if self._words[index].pos == "ADP" else index
        stop = self._times.get(begin, 0)
        return stop if stop < len(self._words) else 0

    def _joins(self, before: Word, verb: Word) -> bool:
        """Tell whether a verb goes on with the auxiliary before it."""
        if before.pos == "PART":
            return before.low in self._lists["negation"] or verb.form == "Inf"
        if before.pos == "ADV":
            return True
        return before.pos == "AUX"

    def _made_group(self, first: int, stop: int) -> Chunk:
        words = self._words
        inside = [p for begin in range(first + 1, stop) if begin in self._times for p in range(begin, min(self._times[begin], stop))]
        verbs = [i for i in range(first, stop) if words[i].pos in ("VERB", "AUX")]
        head = next((v for v in reversed(verbs) if words[v].pos == "VERB"), verbs[-1] if verbs else first)
        passive = words[head].form == "Part" and any(words[i].lemma in self._lists["be"] or words[i].lemma in self._lists["get"] for i in verbs if i != head and words[i].pos == "AUX") and not (
            words[verbs[-2]].lemma in self._lists["have"] if len(verbs) > 1 else False
        )
        for index in range(first, stop):
            word = words[index]
            if index == head:
                continue
            if index in inside or (word.pos == "ADP" and index + 1 in inside):
                end = self._times[next(b for b in range(index + 1, first, -1) if b in self._times)] - 1
                self._hang(index, head if index == end else end, "obl:tmod" if index == end else "case" if word.pos == "ADP" else "compound")
                continue
            if word.pos == "AUX":
                close = passive and index == verbs[-2]
                self._hang(index, head, "aux:pass" if close else "aux")
            elif word.pos == "PART" and word.low not in self._lists["negation"]:
                self._hang(index, head, "mark")
            else:
                self._hang(index, head, "advmod")
        group = [words[i] for i in range(first, stop)]
        kind = "VG"
        if words[first].pos == "PART" and words[first].low not in self._lists["negation"]:
            kind = "VINF"
        elif (len(verbs) == 1 and group[0].form == "Ger") or (words[verbs[0]].form == "Ger" and words[verbs[0]].pos == "AUX"):
            kind = "VGER"
        elif len(verbs) == 1 and words[head].form == "Part":
            kind = "VPART"
        elif len(verbs) == 1 and words[head].form == "Inf":
            kind = "VBARE"
        return Chunk(kind, first, stop - 1, head)

    def _opens_phrase(self, at: int) -> bool:
        words = self._words
        for after in range(at + 1, min(at + 6, len(words))):
            if words[after].pos in ("NOUN", "PROPN", "NUM"):
                return True
            if words[after].pos not in ("ADJ", "NUM", "CCONJ") and not (words[after].pos == "PUNCT" and words[after].text in (",", "-")):
                return False
        return False

    def _approximates(self, at: int) -> bool:
        words = self._words
        return words[at].low in self._lists["approximate"] and at + 1 < len(words) and (words[at + 1].pos == "NUM" or (words[at + 1].pos == "SYM" and words[at + 1].text != "%"))

    def _noun_phrases(self, at: int, found: list[Chunk]) -> int:
        """Read a noun phrase, with what owns it: "the town's | old bridge"."""
        words = self._words
        first = index = at
        head = -1
        owner: int | None = None
        while index < len(words):
            word = words[index]
            stop = self._times.get(index)
            inside = stop is not None and head < 0 and self._is_noun_behind(index, stop)
            if index > at and stop is not None and not (self._is_owner(stop) or self._is_attribute(index, stop) or inside):
                break
            if word.pos in ("NOUN", "PROPN", "NUM", "SYM"):
                if head >= 0 and word.pos == "NUM" and words[head].pos in ("NOUN",) and not word.text[0].isdigit():
                    break
                head = index
            elif word.pos == "PRON":
                if index > first and words[index - 1].pos != "ADV":
                    break
                head = index
                index += 1
                break
            elif word.pos == "DET":
                if head >= 0 or (index > first and words[index - 1].pos not in ("DET", "ADV", "ADP")):
                    break
            elif word.pos == "ADJ" or (word.pos == "VERB" and word.form in ("Part", "Ger") and self._describes(first, index)):
                if head >= 0 and words[head].pos not in ("NUM", "SYM") and not self._opens_phrase(index):
                    break
                if head >= 0 and words[head].pos in ("NOUN",):
                    break
            elif word.pos == "PART" and head >= 0 and word.text[:1] in "'’":
                # a possessive: what was read owns what follows
                self._close_phrase(first, index - 1, head, owner)
                self._hang(index, head, "case")
                owner, first, head = head, index + 1, -1
            elif (word.pos == "PUNCT" and word.text in ("-", "/") and head >= 0 and index + 1 < len(words) and words[index + 1].pos in (*NOMINAL, "ADJ")) or (word.pos == "PUNCT" and word.text == "," and head < 0 and words[index - 1].pos == "ADJ" and index + 1 < len(words) and words[index + 1].pos == "ADJ") or (word.pos == "CCONJ" and head < 0 and words[index - 1].pos == "ADJ" and index + 1 < len(words) and words[index + 1].pos == "ADJ") or (word.pos == "ADV" and (head < 0 and (index == first or words[index - 1].pos in ("DET", "ADV", "NUM")) and index + 1 < len(words) and words[index + 1].pos in ("ADJ", "NUM", "ADV", "VERB", "SYM"))):
                pass
            else:
                break
            index += 1
        if head < 0 and owner is not None and first >= len(words):
            head, owner, first = owner, None, at
        if head < 0:
            # no noun came: an adjective or determiner that stands by itself
            last = index - 1 if index > first else first
            while last > first and words[last].pos in ("PUNCT", "CCONJ", "ADV"):
                last -= 1
            head = last
            index = last + 1
            if words[head].pos == "ADJ" and owner is None and first == head:
                found.append(Chunk("ADJ", first, last, head))
                return index
        self._close_phrase(first, index - 1, head, owner)
        begin = at
        found.append(Chunk("NP", begin, index - 1, head))
        return index

    def _describes(self, first: int, index: int) -> bool:
        """Tell whether a participle stands before a noun that it describes: "the wounded men"."""
        words = self._words
        if index + 1 >= len(words) or words[index + 1].pos not in ("NOUN", "PROPN", "ADJ"):
            return False
        before = words[index - 1] if index > first else None
        return before is not None and before.pos in ("DET", "ADJ", "NUM", "PART")

    def _close_phrase(self, first: int, last: int, head: int, owner: int | None) -> None:
        words = self._words
        for index in range(first, last + 1):
            if index == head or words[index].head != ROOT:
                continue
            word = words[index]
            if word.pos == "DET":
                relation = "nmod:poss" if word.low in self._lists["possessives"] else "det"
            elif word.pos == "NUM":
                relation = "nummod"
            elif word.pos in ("ADJ", "VERB"):
                relation = "amod"
            elif word.pos == "ADV":
                relation = "advmod"
            elif word.pos in ("PUNCT", "CCONJ"):
                relation = "punct" if word.pos == "PUNCT" else "cc"
            else:
                relation = "compound"
            self._hang(index, head, relation)
        if owner is not None:
            self._hang(owner, head, "nmod:poss")
