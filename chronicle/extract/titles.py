"""Titles: a clause made short enough for a timeline that stands by itself, the date taken out.

A sentence that is short enough is its own title. Of a longer one there are several to choose from: the whole sentence, or only the
clause that the event is of, with or without what stands between commas, each cut where a reader would pause. What is no whole clause is
out; of the rest the one that says most and loses least is taken.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final, NamedTuple

from chronicle.extract.clause import Frame, auxiliaries, frame_of, has_agent, noun_phrase_before, shared_subject
from chronicle.extract.syntax import Word, lists
from chronicle.extract.trim import Cut, bracket_cuts, date_cut, dateline_end, tidied

LONGEST: Final = 90
_SHORTEST: Final = 8
_LONG_ASIDE: Final = 20
_FEW: Final = 8
_ENOUGH: Final = 70
_FINITE: Final = frozenset(("verb", "be", "have", "do", "modal"))
_OPEN: Final = frozenset(
    ("determiner", "preposition", "conjunction", "relative", "modal", "be", "have", "do", "to", "possessive")
)
_HEADS: Final = frozenset(("noun", "name", "happening", "gerund", "number", "pronoun"))
_LOWERED: Final = frozenset(("determiner", "pronoun", "preposition", "adverb", "conjunction"))
_ADVERBIAL: Final = frozenset(("before", "since", "up", "down", "off", "out", "over", "in", "on"))
_BOTH: Final = frozenset(("after", "before", "since", "until", "till", "as", "than"))
_QUOTES: Final = frozenset(("”", '"', "''", "»"))
_DASHES: Final = frozenset((";", "--", "–", "—", ":"))


class _Choice(NamedTuple):
    """A way to make a title: a stretch of words, what is taken out of it besides the dates, what is put before it, its price, and the word
    that it must not lose (-1: any)."""

    first: int
    last: int
    cuts: tuple[Cut, ...]
    lead: str
    price: int
    about: int = -1


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
    return _Titler(sentence, words, spans, place, frame, bounds or (0, len(sentence))).title()


class _Titler:
    def __init__(
        self,
        sentence: str,
        words: list[Word],
        spans: list[tuple[int, int]],
        place: int,
        frame: Frame | None,
        bounds: tuple[int, int],
    ) -> None:
        self._sentence = sentence
        self._words = words
        low, high = bounds
        low = max(low, dateline_end(sentence))
        self._low, self._high = low, high
        inside = [i for i, w in enumerate(words) if low <= w.start and w.end <= high]
        self._first, self._end = (inside[0], inside[-1] + 1) if inside else (0, 0)
        self._place = place if self._first <= place < self._end else -1
        self._frame = frame if self._place >= 0 else None
        if self._place >= 0 and self._frame is None:
            self._frame = self._governing()
        found = [date_cut(sentence, words, a, b, low) for a, b in sorted(spans) if a >= low and b <= high]
        self._cuts = (*(c for c in found if c is not None), *bracket_cuts(sentence))

    def _missing_subject(self) -> str:
        """Return the subject of a part of a sentence that begins with a verb: "a debate | that | went on", "it was built | and | repaired"."""
        words, first = self._words, self._first
        at = first
        while at < self._end and words[at].kind == "adverb":
            at += 1
        if first == 0 or at >= self._end or words[at].kind not in (*_FINITE, "to"):
            return ""
        if words[first - 1].kind == "relative":
            begin, stop = noun_phrase_before(words, first - 1)
            return self._capital(self._text(begin, stop)) if begin < stop else ""
        return self._capital(self._shared(first, at))

    @staticmethod
    def _capital(text: str) -> str:
        return text[:1].upper() + text[1:]

    def _shared(self, first: int, verb: int) -> str:
        """Return the subject, with its auxiliaries, that a verb behind "and" shares with the one before it."""
        words = self._words
        frame = shared_subject(words, first)
        if frame is None or frame.subject is None:
            return ""
        helping = [w for w in auxiliaries(words, frame) if w.kind in ("be", "have", "modal", "do")]
        if words[verb].kind not in ("verb", "to") or (words[verb].text in lists()["simple-past"]):
            helping = []
        return " ".join((self._text(*frame.subject), *(w.text for w in helping)))

    def _governing(self) -> Frame | None:
        """Return the clause of the verb that a noun of happening goes with: the one before it, or else the one behind it."""
        words = self._words
        for index in range(self._place - 1, self._first - 1, -1):
            word = words[index]
            if word.kind in ("verb", "be", "have", "do") and not (index and words[index - 1].kind == "to"):
                return frame_of(words, index)
            if word.text == ";" or (word.text.lower() in ("but", "while", "whereas") and word.kind == "conjunction"):
                break
        for index in range(self._place + 1, self._end):
            if words[index].kind in ("verb", "be", "have", "do"):
                return frame_of(words, index)
        return None

    def title(self) -> str:
        whole = self._rendered(self._low, self._high, self._cuts)
        lead = self._missing_subject()
        if lead and len(lead) + len(whole) < LONGEST:
            return f"{lead} {whole[:1].lower()}{whole[1:]}"
        if len(whole) < _SHORTEST:
            whole = self._rendered(self._low, self._high, ())
        if len(whole) > LONGEST and self._first < self._end:
            whole = self._chosen() or self._broken(whole)
        elif len(whole) > LONGEST:
            whole = self._broken(whole)
        return whole[:1].upper() + whole[1:]

    def _rendered(self, start: int, end: int, cuts: tuple[Cut, ...]) -> str:
        pieces: list[str] = []
        at = start
        for cut in sorted(cuts):
            if cut.end <= at or cut.start >= end:
                continue
            pieces.append(self._sentence[at : max(at, cut.start)])
            pieces.append(cut.left)
            at = cut.end
        pieces.append(self._sentence[at : max(at, end)])
        return tidied("".join(pieces))

    def _chosen(self) -> str:
        """Return the best of the titles that are whole clauses, or nothing; one that has the predicate, if there is one."""
        choices = list(self._choices())
        return (
            self._best(choices)
            or self._best([c._replace(about=self._verb()) for c in choices])
            or self._best([c._replace(about=-1) for c in choices])
        )

    def _verb(self) -> int:
        """Return the place of the verb group that the predicate goes with, or -1."""
        return self._frame.group if self._frame is not None else -1

    def _best(self, choices: list[_Choice]) -> str:
        best, best_score = "", 0
        for choice in choices:
            start = self._words[choice.first].start
            for stop, price in self._stops(choice):
                body = self._rendered(start, stop, self._cuts + choice.cuts)
                opening = next((w.kind for w in self._words[choice.first :] if w.kind != "mark"), "")
                if choice.lead and (opening in _LOWERED or opening == "verb") and not body.startswith("I "):
                    body = body[:1].lower() + body[1:]
                text = f"{choice.lead} {body}" if choice.lead else body
                if len(text) > LONGEST or len(text) < _SHORTEST:
                    continue
                score = min(len(text), _ENOUGH) - price - choice.price
                if score > best_score:
                    best, best_score = text, score
        return best

    def _choices(self) -> Iterator[_Choice]:
        """Yield what a title may be made of."""
        for base in self._bases():
            yield base
            asides = tuple(self._asides(base))
            if asides:
                yield base._replace(cuts=asides, price=base.price + 1)
            yield from self._stripped(base)

    def _bases(self) -> Iterator[_Choice]:
        words, first, end, frame = self._words, self._first, self._end, self._frame
        whole = _Choice(first, end, (), "", 0, self._place)
        yield from self._quoted()
        yield from self._opened_by_participle()
        if first and words[first].kind in (*_FINITE, "adverb", "to"):
            lead = self._missing_subject()
            if lead or words[first].kind in _FINITE:
                whole = whole._replace(lead=lead, price=3 if lead else 30)
        begin = self._main_clause()
        if first < begin <= self._place:
            yield _Choice(begin, end, (), "", 6, self._place)
        for begin, price in self._clauses():
            yield _Choice(begin, end, (), "", price, self._place)
        if frame is None:
            yield whole
        elif frame.subject is None:
            yield whole
            lead = self._shared_subject(frame.group)
            if lead:
                yield _Choice(frame.group, end, (), lead, 4, self._place)
        elif frame.relative:
            yield whole._replace(price=12)
            yield _Choice(frame.group, self._end_of_relative(end), (), self._text(*frame.subject), 3, self._place)
        else:
            begin = frame.subject[0]
            is_pronoun = words[begin].kind == "pronoun" and frame.subject[1] == begin + 1
            reduced = self._is_reduced(frame)
            owner = self._owner(begin)
            yield whole._replace(price=12) if owner or reduced else whole
            if owner:
                yield _Choice(begin, self._end_of_relative(end), (), owner, 3, self._place)
            elif self._is_aside(frame):
                stop = next((i for i in range(self._place, end) if words[i].text == ","), end)
                lead = f"{self._text(*frame.subject)} {_was(words[slice(*frame.subject)])}"
                yield _Choice(self._place, stop, (), lead, 2, self._place)
            elif reduced:
                lead = f"{self._text(*frame.subject)} {_was(words[slice(*frame.subject)])}"
                yield _Choice(self._place, end, (), lead, 6, self._place)
            elif begin > first and self._stands_alone(begin):
                end = self._end_of_subordinate(begin, end)
                yield _Choice(
                    begin, end, (), "", 25 if is_pronoun else 12 if self._says_before(begin) else 4, self._place
                )
                speaker = self._speaker_of(begin) if is_pronoun else None
                if speaker:
                    yield _Choice(begin + 1, end, (), speaker, 6, self._place)

    def _opened_by_participle(self) -> Iterator[_Choice]:
        """Yield "Elian was rescued by fishermen" for "Rescued by fishermen, Elian has become ..."."""
        words, first, place = self._words, self._first, self._place
        if place != first or words[place].kind != "verb" or not words[place].text.endswith("ed"):
            return
        comma = next((i for i in range(first + 1, self._end) if words[i].text == ","), None)
        verb = (
            next((i for i in range(comma + 1, self._end) if words[i].kind in _FINITE), None)
            if comma is not None
            else None
        )
        frame = frame_of(words, verb) if verb is not None else None
        if comma is not None and frame is not None and frame.subject is not None and frame.subject[0] == comma + 1:
            yield _Choice(
                place, comma, (), f"{self._text(*frame.subject)} {_was(words[slice(*frame.subject)])}", 2, place
            )

    def _stripped(self, base: _Choice) -> Iterator[_Choice]:
        """Yield a choice whose long subject has lost what describes it: "Meetings [between the two sides] have been taking place"."""
        words = self._words
        if base.lead or self._frame is None or not base.first < self._frame.group < base.last:
            return
        group = self._frame.group
        at = next((i for i in range(base.first + 1, group) if words[i].kind == "preposition"), None)
        head = words[base.first : at] if at is not None else []
        if (
            at is None
            or not head
            or any(w.kind in (*_FINITE, "mark", "conjunction", "relative") for w in words[base.first : at])
        ):
            return
        inner = words[at:group]
        listed = any(w.text.lower() == "and" for w in inner) and inner[0].text.lower() != "between"
        if listed:
            return
        partitive = head[-1].text.lower() in lists()["partitive"] or head[-1].kind == "number"
        if head[-1].kind not in _HEADS or partitive or any(w.kind in _FINITE or w.kind == "relative" for w in inner):
            return
        if inner[-1].end - inner[0].start > _LONG_ASIDE:
            yield base._replace(cuts=(*base.cuts, Cut(inner[0].start, inner[-1].end + 1)), price=base.price + 16)

    def _clauses(self) -> Iterator[tuple[int, int]]:
        """Yield where the last clause of its own before the predicate begins, behind "and" or a semicolon, or what is said that it is in."""
        words = self._words
        said = coordinate = None
        for index in range(self._first + 1, self._place):
            word = words[index - 1]
            if word.text.lower() in ("and", "but", "while", "whereas", ";"):
                begin = index + (words[index].kind == "relative")
                if self._is_clause_behind(begin):
                    coordinate = begin
            elif word.kind == "relative" and index > 1 and words[index - 2].text.lower() in lists()["saying"]:
                said, coordinate = index, None
        if coordinate is not None:
            yield coordinate, 25 if words[coordinate].kind == "pronoun" else 5
        if said is not None:
            yield said, 25 if words[said].kind == "pronoun" else 12

    def _is_clause_behind(self, at: int) -> bool:
        """Tell whether a clause with its own subject begins at a place behind "and", rather than the next member of a list."""
        words = self._words
        last = next((words[i] for i in range(at - 2, self._first - 1, -1) if words[i].kind in _FINITE), None)
        if last is None or (last.text.lower() in lists()["saying"] and words[at].kind not in ("determiner", "pronoun")):
            return False
        for index in range(at, self._end):
            word = words[index]
            if word.kind in _FINITE:
                sure = (
                    words[at].kind in ("determiner", "pronoun", "name") or word.text.lower() not in lists()["present"]
                )
                return index > at and sure
            if word.kind not in (*_HEADS, "determiner", "adjective", "possessive", "adverb", "time"):
                return False
        return False

    def _main_clause(self) -> int:
        """Return where the main clause begins, behind what leads up to it ("In composite trading, ...")."""
        words, first = self._words, self._first
        if words[first].kind not in ("preposition", "gerund", "conjunction", "adverb", "to"):
            return first
        for index in range(first + 1, self._end):
            if words[index].text == ",":
                verb = next((i for i in range(index + 1, self._end) if words[i].kind in _FINITE), self._end)
                if verb < self._end:
                    frame = frame_of(words, verb)
                    if frame is not None and frame.subject is not None and index < frame.subject[0] <= index + 2:
                        return frame.subject[0]
        return first

    def _text(self, begin: int, stop: int) -> str:
        """Return some words as a title has them."""
        stop_at = self._words[stop - 1].end
        return self._rendered(self._words[begin].start, stop_at + self._sentence.startswith(".", stop_at), self._cuts)

    def _stands_alone(self, begin: int) -> bool:
        """Tell whether a clause may begin at a place: not at a part of a longer subject, nor at "the plan | they made"."""
        words = self._words
        before = words[begin - 1]
        low = before.text.lower()
        if before.text in (",", *_DASHES) or before.kind in ("conjunction", "relative", "time", "adverb"):
            return True
        if low in _BOTH or low in lists()["subordinating"] or low in lists()["saying"]:
            return True
        return before.kind == "mark" and self._opens_quote(before)

    def _shared_subject(self, group: int) -> str:
        """Return the subject that a verb shares with the one before: "the agency gave no name, but said"."""
        frame = shared_subject(self._words, group)
        inside = frame is not None and frame.subject is not None and frame.subject[0] >= self._first
        return self._text(*frame.subject) if frame is not None and frame.subject is not None and inside else ""

    def _quoted(self) -> Iterator[_Choice]:
        """Yield "X said" with the beginning of what is said, where the sentence has the speaker behind it: "..., Mr. Gerstner said"."""
        words, place = self._words, self._place
        if place < 0 or words[place].text.lower() not in lists()["saying"]:
            return
        frame = self._frame
        begin, stop = frame.subject if frame is not None and frame.subject is not None else (place, place)
        if begin == stop and words[place - 1].text in (",", *_QUOTES):
            begin = stop = place + 1
            while stop < self._end and (
                words[stop].kind in ("name", "noun", "determiner", "adjective", "pronoun")
                or (
                    words[stop].text == "."
                    and words[stop - 1].end == words[stop].start
                    and len(words[stop - 1].text) == 1
                )
            ):
                stop += 1
        comma = min(begin, place) - 1
        while comma > self._first and words[comma].text in _QUOTES:
            comma -= 1
        if comma <= self._first or words[comma].text != ",":
            return
        heads = words[begin:stop]
        if not heads or not all(w.kind in (*_HEADS, "determiner", "adjective", "possessive", "mark") for w in heads):
            return
        lead = f"{self._text(begin, stop)} {words[place].text}"
        if len(lead) <= LONGEST // 2:
            yield _Choice(self._first, comma, (), lead, 8)

    def _end_of_subordinate(self, begin: int, end: int) -> int:
        """Return where a clause that a conjunction opens ends: at its comma."""
        opener = self._words[begin - 1].text.lower()
        if opener in lists()["subordinating"] or opener in _BOTH:
            return next((i for i in range(begin, end) if self._words[i].text == ","), end)
        return end

    def _is_reduced(self, frame: Frame) -> bool:
        """Tell whether a participle only describes what is before it: "the accord signed by the two"."""
        words, place = self._words, self._place
        if frame.subject is None or frame.group != place or words[place].kind != "verb" or frame.subject[1] != place:
            return False
        begin = frame.subject[0]
        while begin > 0 and words[begin - 1].kind in ("time", "determiner"):
            begin -= 1
        if begin == 0 or words[begin - 1].kind not in ("preposition", "verb", "gerund"):
            return False
        return has_agent(words, place) or words[begin - 1].text.lower() == "including"

    def _is_aside(self, frame: Frame) -> bool:
        """Tell whether a participle stands in an aside: "new terms, announced Friday, give"."""
        words, place = self._words, self._place
        if frame.group != place or words[place].kind != "verb" or words[place - 1].text != "," or place < _FEW // 4:
            return False
        if words[place].text in lists()["simple-past"] or words[place].text.lower() in ("said", "had"):
            return False
        following = words[place + 1].kind if place + 1 < len(words) else ""
        closed = next((i for i in range(place + 1, self._end) if words[i].text == ","), None)
        opened = sum(w.text == "," for w in words[self._first : place]) % 2 == 1
        return opened and closed is not None and following in ("preposition", "time", "to", "conjunction", "adverb")

    def _owner(self, begin: int) -> str:
        """Return what "whose" stands for, as an owner: "the dolls, whose sales" are the dolls' sales."""
        words = self._words
        if begin == 0 or words[begin - 1].text.lower() != "whose":
            return ""
        start, stop = noun_phrase_before(words, begin - 1)
        if start >= stop:
            return ""
        return self._text(start, stop) + ("'" if words[stop - 1].text.endswith("s") else "'s")

    def _end_of_relative(self, end: int) -> int:
        """Return where a relative clause ends: at the comma that closes it."""
        for index in range(max(self._place, self._first), end):
            if self._words[index].text == "," and (self._verb_follows(index, end) or self._conjunction_follows(index)):
                return index
        return end

    def _conjunction_follows(self, comma: int) -> bool:
        return any(
            w.kind == "conjunction" and w.text.lower() not in ("and", "or") for w in self._words[comma + 1 : comma + 2]
        )

    def _says_before(self, at: int) -> bool:
        saying = lists()["saying"]
        return any(w.text.lower() in saying for w in self._words[self._first : at])

    def _speaker_of(self, at: int) -> str | None:
        """Return the subject of "said" right before a pronoun, which it stands for: "the bank said it sold"."""
        back = at - 1
        if back >= self._first and self._words[back].kind == "relative":
            back -= 1
        if back <= self._first or self._words[back].text.lower() not in lists()["saying"]:
            return None
        end = back
        begin = self._main_clause()
        comma = next((i for i in range(begin, end) if self._words[i].text == ","), None)
        heads = self._words[begin : comma if comma is not None else end]
        if (
            not heads
            or heads[0].kind in ("preposition", "conjunction", "pronoun", "adverb")
            or any(w.kind in _FINITE for w in heads)
        ):
            return None
        text = self._text(begin, begin + len(heads))
        return text if 0 < len(text) <= LONGEST // 2 else None

    def _asides(self, base: _Choice) -> Iterator[Cut]:
        """Yield what stands between commas and can go: relative clauses, and appositions between a subject and its verb."""
        words = self._words
        dashes = [i for i in range(base.first, base.last) if words[i].text in ("--", "–", "—")]
        if len(dashes) > 1 and not dashes[0] < self._place < dashes[1]:
            yield Cut(words[dashes[0]].start, words[dashes[1]].end, " ")
        commas = [i for i in range(base.first, base.last) if words[i].text == ","]
        opened = None
        for number, at in enumerate(commas):
            if opened is not None and at < opened:
                continue
            following = words[at + 1 : base.last]
            if not following:
                return
            later = commas[number + 1 :]
            if following[0].kind == "relative" or following[0].text.lower() in (
                "led",
                "including",
                "based",
                "formerly",
            ):
                # where a verb goes on behind a comma, that is where the sentence does
                closing = next((c for c in later if self._verb_follows(c, base.last)), None)
                if closing is None or any(w.text in _DASHES for w in words[at:closing]):
                    closing = next((c for c in later if not self._lists_on(c)), None)
            else:
                closing = next((c for c in later if self._verb_follows(c, base.last)), None)
                # only between a subject and its verb, and not in a place's name ("Norwood, Mass.-based Phoenix")
                head = words[base.first : at]
                last = next((n for n in range(len(head) - 1, -1, -1) if self._is_finite(base.first + n)), -1)
                told = last >= 0 and (
                    head[last].text.lower() in lists()["saying"] or any(w.kind == "relative" for w in head[last:])
                )
                plain = (last < 0 or told) and not (
                    last < 0 and head and head[0].kind in ("preposition", "conjunction")
                )
                inner = words[at + 1 : closing] if closing is not None else []
                named = len(inner) > 1 and inner[0].kind in ("name", "noun") and inner[0].text[:1].isupper()
                if not plain or named:
                    closing = None
            if closing is None or at < self._place < closing:
                continue
            opened = closing + 1
            yield Cut(words[at].start, words[closing].end, " ")

    def _is_finite(self, at: int) -> bool:
        """Tell whether a word is a finite verb, as far as can be seen, and no participle with "by"."""
        return self._words[at].kind in _FINITE and not has_agent(self._words, at)

    def _lists_on(self, comma: int) -> bool:
        """Tell whether a comma stands in a list of names rather than at the end of an aside."""
        following = self._words[comma + 1 : comma + 2]
        return bool(following) and following[0].text.lower() in ("and", "or")

    def _verb_follows(self, comma: int, last: int) -> bool:
        for word in self._words[comma + 1 : last]:
            if word.kind not in ("adverb", "time"):
                return word.kind in _FINITE
        return False

    def _kept(self, choice: _Choice) -> list[int]:
        cuts = self._cuts + choice.cuts
        return [
            i
            for i in range(choice.first, choice.last)
            if not any(c.start <= self._words[i].start and self._words[i].end <= c.end for c in cuts)
        ]

    def _stops(self, choice: _Choice) -> Iterator[tuple[int, int]]:
        """Yield where a choice may end, as offsets, with the price of each; only ends that leave a whole clause."""
        words = self._words
        kept = self._kept(choice)
        room = LONGEST - len(choice.lead)
        if not kept:
            return
        length = 0
        reached: list[tuple[int, int]] = []
        for number, index in enumerate(kept):
            gap = words[index].start - words[kept[number - 1]].end if number and kept[number - 1] == index - 1 else 1
            length += words[index].end - words[index].start + (min(gap, 1) if number else 0)
            if length > room + 12:
                break
            reached.append((number, index))
        for number, index in reversed(reached):
            if choice.about >= 0 and index < choice.about:
                return
            stop, ahead = words[index].end, number + 1
            if ahead + 1 < len(kept) and words[kept[ahead]].text == "." and words[kept[ahead]].start == stop:
                # the period of an abbreviation
                stop, ahead = stop + 1, ahead + 1
            following = kept[ahead] if ahead < len(kept) else None
            price = self._price(kept[: number + 1], following, choice)
            if price is not None:
                yield stop, price + self._goes_beyond(kept[: number + 1], choice.about)

    def _price(self, kept: list[int], following: int | None, choice: _Choice) -> int | None:
        """Return what it costs to end a title at the last of some words, or None where they are no whole clause."""
        words = self._words
        last = words[kept[-1]]
        if last.kind == "mark" and (last.text not in (*_QUOTES, "%") or self._opens_quote(last)):
            return None
        if not self._is_clause(kept, choice):
            return None
        if following is None:
            # nothing of what was said is left
            return 30 if last.text.lower() in lists()["saying"] and len(kept) <= _FEW else 0
        after = words[following]
        low, low_last = after.text.lower(), last.text.lower()
        if after.text in _DASHES and low_last in _ADVERBIAL:
            return 0
        if last.kind in _OPEN or low_last in lists()["dangling"]:
            return None
        if last.kind == "gerund" and len(kept) > 1 and words[kept[-2]].kind in ("preposition", "conjunction"):
            return None
        listed = len(kept) > 1 and words[kept[-2]].text == ","
        parted = after.text in (",", *_DASHES) or (last.text.endswith("ly") and after.kind == "preposition")
        if last.kind == "adverb" and (listed or not parted):
            return None
        rest = words[following + 1 : following + 2]
        initials = last.text in ("S", "N") and words[kept[-1] - 1].text == "."
        if initials and low in (",", "and", "or"):
            return None
        if after.text == ",":
            return 1 if not rest or rest[0].kind in ("relative", "conjunction", "gerund") else 4
        if after.text in _DASHES or after.text == ".":
            return 0
        if low == "of":
            return self._price_of(kept, rest)
        if low in ("million", "billion", "trillion", "percent", "cents", "%"):
            return None
        if low in ("and", "or"):
            shared = any(words[i].text.lower() in ("between", "both", "either") for i in kept[-10:])
            return (
                None if shared or listed else 3 if rest and rest[0].kind in (*_FINITE, "pronoun", "determiner") else 14
            )
        if after.kind == "preposition":
            infinitive = len(kept) > 1 and words[kept[-2]].kind == "to" and last.kind == "verb"
            if last.kind == "verb" and low in ("about", "up", "out", "off", "down"):
                return None
            return 12 if infinitive else 4 if last.kind in (*_HEADS, "adjective") else 9
        if after.kind in ("conjunction", "relative"):
            return 2
        if after.kind == "to":
            # "told the bank to close": the infinitive belongs to the verb, where "to the bank" can go
            if rest and rest[0].kind in _FINITE:
                told = any(words[i].text.lower() in lists()["told-to"] for i in kept[-12:])
                return None if told or last.kind not in _HEADS else 9
            return 14 if last.kind == "verb" else 6
        return None

    def _opens_quote(self, mark: Word) -> bool:
        return mark.text != "%" and self._sentence[mark.end : mark.end + 1].isalnum()

    def _price_of(self, kept: list[int], rest: list[Word]) -> int | None:
        """Return what it costs to end before "of": nothing is left of a name, a number or "a handful" without it."""
        words = self._words
        last = words[kept[-1]]
        in_name = last.kind == "name" and bool(rest) and rest[0].text[:1].isupper()
        if in_name or last.kind == "number" or last.text.lower() in lists()["partitive"]:
            return None
        articles = [words[i].text.lower() for i in kept[-4:] if words[i].kind == "determiner"]
        return 12 if articles[-1:] in (["a"], ["an"]) else 22

    def _goes_beyond(self, kept: list[int], about: int) -> int:
        """Return what it costs that a title goes on into a clause of its own behind the one that it is about."""
        words = self._words
        if about < 0:
            return 0
        for number, index in enumerate(kept):
            if index <= about or number + 2 >= len(kept):
                continue
            text = words[index].text
            joined = text == "," and words[kept[number + 1]].text.lower() in ("but", "and", "while", "so", "whereas")
            if text == ";" or (joined and words[kept[number + 2]].kind not in ("verb", "preposition")):
                if any(words[i].kind in _FINITE for i in kept[number + 2 :]):
                    return 16
        return 0

    def _is_clause(self, kept: list[int], choice: _Choice) -> bool:
        """Tell whether some words are a whole clause: a verb with a subject, and no subordinate clause that has lost its verb."""
        words = self._words
        kinds = [words[i].kind for i in kept]
        verbs = [n for n, kind in enumerate(kinds) if kind in _FINITE and not self._is_participle(kept, n)]
        if not verbs or kept[-1] < choice.about:
            return False
        if (
            not choice.lead
            and not any(kind in _HEADS for kind in kinds[: verbs[0]])
            and kinds[: verbs[0]] != ["determiner"]
        ):
            return False
        leads_up = kinds[0] == "preposition" and not (
            len(kept) > 1 and (kinds[1] == "number" or words[kept[1]].text in ("least", "most", "than", "$"))
        )
        if not choice.lead and (leads_up or words[kept[0]].text.lower() in lists()["subordinating"]):
            # what only leads up to a clause needs the clause
            comma = next((n for n, i in enumerate(kept) if words[i].text == ","), None)
            if comma is None or not any(n > comma for n in verbs):
                return False
        relative = next((n for n, kind in enumerate(kinds) if kind == "relative"), None)
        if relative is not None and 0 < relative < verbs[0] and not choice.lead and kinds[relative - 1] != "verb":
            # the verb of a relative clause is not that of the sentence
            after = next(
                (n for n in range(verbs[0], len(kinds)) if kinds[n] not in (*_FINITE, "adverb", "to", "time")),
                len(kinds),
            )
            if not any(n > after and kinds[n - 1] != "to" for n in verbs):
                return False
        saying = lists()["saying"]
        pending = False
        for number, index in enumerate(kept):
            word = words[index]
            low = word.text.lower()
            if word.kind in _FINITE and not (pending and low in saying and word.kind != "verb"):
                pending = False
            if word.kind == "relative" or low in lists()["subordinating"]:
                pending = True
            elif low in saying and word.kind == "verb":
                pending = self._is_followed_by_clause(index, choice.last) and bool(number or choice.lead)
            elif low in _BOTH and number:
                # a preposition, or the beginning of a clause
                pending = self._opens_clause(index, choice.last)
        return not pending

    def _is_participle(self, kept: list[int], number: int) -> bool:
        """Tell whether a verb only describes the noun before it: "a delegation, led by X"."""
        words = self._words
        word = words[kept[number]]
        if word.kind != "verb" or number == 0 or kept[number] + 1 >= len(words):
            return False
        before, following = words[kept[number] - 1], words[kept[number] + 1]
        if words[kept[number - 1]].text == ",":
            # behind the comma that opens an aside, not behind the one that closes it
            commas = sum(words[i].text == "," for i in kept[:number])
            return following.kind in ("preposition", "time") and commas % 2 == 1
        return has_agent(words, kept[number]) and before.kind in ("noun", "name", "happening", "possessive")

    def _is_followed_by_clause(self, at: int, last: int) -> bool:
        """Tell whether what is said follows a verb of saying as a clause of its own, with or without "that"."""
        words = self._words
        index = at + 1
        if words[at].text.lower() in lists()["reporting"]:
            # "reported a loss" has a noun there, unless "that" says otherwise
            near = itertools.takewhile(
                lambda w: w.kind not in _FINITE and w.kind != "mark", words[index : min(last, index + 8)]
            )
            return any(w.kind == "relative" for w in near)
        while index < last and words[index].kind in ("time", "adverb", "preposition"):
            if words[index].kind == "preposition":
                return any(w.kind == "relative" for w in words[index : index + 12])
            index += 1
        for word in words[index : min(last, index + 30)]:
            if word.kind == "relative" or word.kind in _FINITE:
                return True
            if word.kind == "mark" and word.text in (";", ":"):
                return False
        return False

    def _opens_clause(self, at: int, last: int) -> bool:
        """Tell whether a clause follows, with its subject and verb, rather than a noun."""
        for index in range(at + 1, last):
            word = self._words[index]
            if word.kind in _FINITE:
                return index > at + 1
            if word.text in _DASHES:
                return any(w.text in _DASHES for w in self._words[index + 1 : last])
            if word.kind not in (
                "noun",
                "name",
                "determiner",
                "adjective",
                "number",
                "pronoun",
                "possessive",
                "happening",
                "time",
                "adverb",
            ):
                return word.text == "," and (self._kept_comma(index, last) or self._listed_subject(index, last))
        return False

    def _listed_subject(self, at: int, last: int) -> bool:
        """Tell whether a comma stands in a list that is the subject of a verb: "his mother, stepfather and sister drowned"."""
        joined = False
        for word in self._words[at + 1 : min(last, at + 12)]:
            if word.kind in _FINITE:
                return joined
            if word.text.lower() in ("and", "or"):
                joined = True
            elif (
                word.kind not in ("noun", "name", "determiner", "adjective", "number", "happening", "possessive")
                and word.text != ","
            ):
                return False
        return False

    def _kept_comma(self, at: int, last: int) -> bool:
        """Tell whether a comma opens an aside between a subject and its verb."""
        closing = next(
            (i for i in range(at + 1, last) if self._words[i].text == "," and self._verb_follows(i, last)), None
        )
        return closing is not None and not any(w.kind in _FINITE for w in self._words[at:closing])

    def _broken(self, text: str) -> str:
        """Return a text cut off between words, with a mark that says so."""
        words = text[: LONGEST - 1].rsplit(" ", 1)[0].split(" ")
        dangling = lists()["dangling"]
        while len(words) > 1 and (words[-1].lower().strip(",;:") in dangling or not words[-1].strip(",;:–—-")):
            words.pop()
        return tidied(" ".join(words)) + "…"


def _was(phrase: list[Word]) -> str:
    """Return "were" for a phrase of several, as far as its words tell, else "was"."""
    head = list(itertools.takewhile(lambda w: w.kind != "preposition", phrase))
    plural = head and head[-1].text.endswith("s") and head[-1].kind in ("noun", "happening")
    return "were" if plural or any(w.text.lower() == "and" for w in head) else "was"
