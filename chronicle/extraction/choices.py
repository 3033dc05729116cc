"""What a title may be made of: the whole sentence, the clause that it is about, with or without what stands between commas."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final, NamedTuple

from chronicle.extraction.clause import Frame, frame_of, has_agent, noun_phrase_before, shared_subject
from chronicle.extraction.draft import BOTH, DASHES, HEADS, QUOTES, Draft
from chronicle.extraction.syntax import FINITE, Word, lists
from chronicle.extraction.trim import Cut

# what a reader loses, counted in characters of the title
_ASIDE: Final = 1
_SUBJECT_ADDED: Final = 3
_LEAD_IN: Final = 6
_SPEAKER_LOST: Final = 12
_ANOTHER_CLAUSE: Final = 12
_STRIPPED: Final = 16
_PRONOUN: Final = 25
_ANOTHER_TIME: Final = 40
_SUBJECT_MISSING: Final = 45
_OTHERS_DATE: Final = 90
_LONGEST_LEAD: Final = 45
_FEW: Final = 8
_LONGEST_STATE: Final = 5
_LONG_ASIDE: Final = 20


class Choice(NamedTuple):
    """A way to make a title: a stretch of words, what is taken out of it besides the dates, what is put before it, its price, the word that
    it must not lose (-1: any), and whether it is no clause but the phrase of a happening ("The bombings of the embassies")."""

    first: int
    last: int
    cuts: tuple[Cut, ...]
    lead: str
    price: int
    about: int = -1
    is_phrase: bool = False


class Choices:
    """Yields the choices for a draft, each at its price: what the reader loses by it, counted in characters."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._sentence, self._words, self._cuts = draft.sentence, draft.words, draft.cuts
        self._first, self._end, self._place, self._frame = draft.first, draft.end, draft.place, draft.frame

    def all(self) -> Iterator[Choice]:
        """Yield what a title may be made of."""
        for base in self._bases():
            yield base
            asides = tuple(self._asides(base))
            if asides:
                yield base._replace(cuts=asides, price=base.price + _ASIDE)
            yield from self._stripped(base)

    def _bases(self) -> Iterator[Choice]:
        words, first, end, frame = self._words, self._first, self._end, self._frame
        whole = Choice(first, end, (), "", 0, self._place)
        begin = self.phrase()
        if begin is not None:
            # the clause around it tells of something else, at another time
            yield Choice(begin, self._end_of_phrase(), (), "", 0, self._place, is_phrase=True)
            whole = whole._replace(price=_ANOTHER_TIME)
        yield from self._quoted()
        yield from self._opened_by_participle()
        if first and words[first].kind in (*FINITE, "adverb", "to"):
            lead = self._draft.missing_subject()
            if lead or words[first].kind in FINITE:
                whole = whole._replace(lead=lead, price=_SUBJECT_ADDED if lead else _SUBJECT_MISSING)
        begin = self._main_clause()
        if first < begin and (begin <= self._place or self._place < 0):
            yield Choice(begin, end, (), "", _LEAD_IN, self._place)
        for begin, price in self._clauses():
            yield Choice(begin, end, (), "", price, self._place)
        if frame is None:
            yield whole
        elif frame.subject is None:
            yield whole
            lead = self._shared_subject(frame.group)
            if lead:
                yield Choice(frame.group, end, (), lead, _SUBJECT_ADDED, self._place)
        elif frame.relative:
            yield whole._replace(price=_OTHERS_DATE)
            antecedent = self._draft.text(*frame.subject)
            yield Choice(frame.group, self._end_of_relative(end), (), antecedent, _SUBJECT_ADDED, self._place)
        else:
            begin = frame.subject[0]
            is_pronoun = words[begin].kind == "pronoun" and frame.subject[1] == begin + 1
            reduced = self._is_reduced(frame)
            owner = self._owner(begin)
            apart = self.is_subordinate()
            if apart:
                whole = whole._replace(price=_OTHERS_DATE)
            yield whole._replace(price=whole.price + _ANOTHER_CLAUSE) if owner or reduced else whole
            if owner:
                yield Choice(begin, self._end_of_relative(end), (), owner, _SUBJECT_ADDED, self._place)
            elif self._is_aside(frame):
                stop = next((i for i in range(self._place, end) if words[i].text == ","), end)
                lead = self._passive(frame.subject)
                yield Choice(self._place, stop, (), lead, _SUBJECT_ADDED, self._place)
            elif reduced:
                lead = self._passive(frame.subject)
                yield Choice(self._place, end, (), lead, _LEAD_IN, self._place)
            elif words[frame.group].kind == "to" and begin > first:
                yield from self._governing(begin, end)
            elif begin > first and self._stands_alone(begin):
                end = self._end_of_subordinate(begin, end)
                price = (
                    _LEAD_IN
                    if apart
                    else _PRONOUN
                    if is_pronoun
                    else _SPEAKER_LOST
                    if self._says_before(begin)
                    else _SUBJECT_ADDED
                )
                yield Choice(begin, end, (), "", price, self._place)
                speaker = self._speaker_of(begin) if is_pronoun and words[begin].text.lower() != "there" else None
                if speaker:
                    yield Choice(begin + 1, end, (), speaker, _LEAD_IN, self._place)

    def _passive(self, subject: tuple[int, int]) -> str:
        """Return a subject with the "was" that a bare participle lacks."""
        return f"{self._draft.text(*subject)} {_was(self._words[slice(*subject)])}"

    def _governing(self, begin: int, end: int) -> Iterator[Choice]:
        """Yield the clause that an infinitive with its own subject belongs to: "the company expects sales to rise"."""
        verb = begin - 1
        if self._words[verb].kind != "verb":
            return
        outer = frame_of(self._words, verb)
        if outer is None or outer.subject is None or outer.relative or outer.subject[0] <= self._first:
            return
        start = outer.subject[0]
        if self._words[start].kind != "pronoun" and self._stands_alone(start):
            yield Choice(start, end, (), "", _SPEAKER_LOST if self._says_before(start) else _LEAD_IN, self._place)

    def is_subordinate(self) -> bool:
        """Tell whether the clause of the predicate is a relative clause or says when or why another happened: its date is not the other's."""
        frame, words = self._frame, self._words
        if frame is None or frame.subject is None or self._place < 0 or words[self._place].kind not in FINITE:
            return False
        if frame.relative:
            return frame.subject[0] >= self._first
        at = frame.subject[0] - 1
        while at > self._first and words[at].kind in ("time", "adverb"):
            at -= 1
        low = words[at].text.lower() if at >= self._first else ""
        if low in ("when", "while", "as", "once"):
            # "had worked there when": the other was before; else the two are of one time
            return any(w.text.lower() == "had" for w in words[self._first : at])
        return low in ("after", "before", "since", "until", "because", "although", "though")

    def phrase(self) -> int | None:
        """Return where the phrase of a happening begins that stands behind a preposition: "arrested for | the bombings of the embassies".

        None for a verb, for what a verb speaks of or does, and for a phrase that says too little by itself.
        """
        words, place = self._words, self._place
        if place < 0 or words[place].kind != "happening":
            return None
        begin, _ = noun_phrase_before(words, place + 1)
        before = words[begin - 1] if begin > 0 else None
        if before is None or before.kind != "preposition" or before.text.lower() in ("as", "like", "than"):
            return None
        frame = self._frame
        if frame is not None and frame.subject is not None and frame.subject[0] <= place < frame.subject[1]:
            return None
        told = any(w.kind in ("noun", "name", "gerund") for w in words[begin:place])
        after = [w for w in words[place + 1 : place + 4] if w.kind != "determiner"]
        complement = len(after) > 1 and after[0].kind == "preposition" and after[1].kind != "time"
        return begin if told or complement else None

    def _end_of_phrase(self) -> int:
        """Return where the phrase of a happening ends: before the next verb, mark or clause."""
        words = self._words
        for index in range(self._place + 1, self._end):
            word = words[index]
            if word.kind in (*FINITE, "relative", "conjunction", "to", "gerund") and word.text.lower() not in (
                "and",
                "or",
            ):
                return index
            if word.kind == "mark" and word.text not in ("'", "’", "$", "."):
                return index
        return self._end

    def _opened_by_participle(self) -> Iterator[Choice]:
        """Yield "Elian was rescued by fishermen" for "Rescued by fishermen, Elian has become ..."."""
        words, first, place = self._words, self._first, self._place
        if place != first or words[place].kind != "verb" or not words[place].text.endswith("ed"):
            return
        comma = next((i for i in range(first + 1, self._end) if words[i].text == ","), None)
        verb = (
            next((i for i in range(comma + 1, self._end) if words[i].kind in FINITE), None)
            if comma is not None
            else None
        )
        frame = frame_of(words, verb) if verb is not None else None
        if comma is not None and frame is not None and frame.subject is not None and frame.subject[0] == comma + 1:
            lead = self._passive(frame.subject)
            yield Choice(place, comma, (), lead, _SUBJECT_ADDED, place)

    def _stripped(self, base: Choice) -> Iterator[Choice]:
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
            or any(w.kind in (*FINITE, "mark", "conjunction", "relative") for w in words[base.first : at])
        ):
            return
        inner = words[at:group]
        listed = any(w.text.lower() == "and" for w in inner) and inner[0].text.lower() != "between"
        if listed:
            return
        partitive = head[-1].text.lower() in lists()["partitive"] or head[-1].kind == "number"
        if head[-1].kind not in HEADS or partitive or any(w.kind in FINITE or w.kind == "relative" for w in inner):
            return
        if inner[-1].end - inner[0].start > _LONG_ASIDE:
            yield base._replace(cuts=(*base.cuts, Cut(inner[0].start, inner[-1].end + 1)), price=base.price + _STRIPPED)

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
            yield coordinate, _PRONOUN if words[coordinate].kind == "pronoun" else _LEAD_IN
        if said is not None:
            yield said, _PRONOUN if words[said].kind == "pronoun" else _SPEAKER_LOST

    def _is_clause_behind(self, at: int) -> bool:
        """Tell whether a clause with its own subject begins at a place behind "and", rather than the next member of a list."""
        words = self._words
        last = next((words[i] for i in range(at - 2, self._first - 1, -1) if words[i].kind in FINITE), None)
        if last is None or (last.text.lower() in lists()["saying"] and words[at].kind not in ("determiner", "pronoun")):
            return False
        for index in range(at, self._end):
            word = words[index]
            if word.kind in FINITE:
                sure = (
                    words[at].kind in ("determiner", "pronoun", "name") or word.text.lower() not in lists()["present"]
                )
                return index > at and sure
            if word.kind not in (*HEADS, "determiner", "adjective", "possessive", "adverb", "time"):
                return False
        return False

    def _main_clause(self) -> int:
        """Return where the main clause begins, behind what leads up to it ("In composite trading, ...")."""
        words, first = self._words, self._first
        if words[first].kind not in ("preposition", "gerund", "conjunction", "adverb", "to"):
            return first
        for index in range(first + 1, self._end - 1):
            if words[index].text == "," and words[index + 1].text.lower() not in (*lists()["subordinating"], *BOTH):
                verb = next((i for i in range(index + 1, self._end) if words[i].kind in FINITE), self._end)
                if verb < self._end:
                    frame = frame_of(words, verb)
                    if frame is not None and frame.subject is not None and index < frame.subject[0] <= index + 2:
                        return frame.subject[0]
        return first

    def _stands_alone(self, begin: int) -> bool:
        """Tell whether a clause may begin at a place: not at a part of a longer subject, nor at "the plan | they made"."""
        words = self._words
        at = begin - 1
        if words[begin].text.endswith("ing") and words[begin].text.islower() and words[at].text == ",":
            return False
        while at >= self._first and words[at].kind in ("time", "adverb"):
            at -= 1
        dated = any(w.kind == "time" for w in words[at + 1 : begin])
        if dated and words[begin - 1].text.lower() in BOTH:
            return True
        if dated and at >= self._first and words[at].kind == "preposition":
            at -= 1
        if at < self._first:
            return True
        before = words[at]
        low = before.text.lower()
        if before.text in (",", *DASHES) or before.kind in ("conjunction", "relative", "time", "adverb"):
            return True
        if low in BOTH or low in lists()["subordinating"] or low in lists()["saying"]:
            return True
        return before.kind == "mark" and self._draft.opens_quote(before)

    def _shared_subject(self, group: int) -> str:
        """Return the subject that a verb shares with the one before: "the agency gave no name, but said"."""
        frame = shared_subject(self._words, group)
        inside = frame is not None and frame.subject is not None and frame.subject[0] >= self._first
        return self._draft.text(*frame.subject) if frame is not None and frame.subject is not None and inside else ""

    def _quoted(self) -> Iterator[Choice]:
        """Yield "X said" with the beginning of what is said, where the sentence has the speaker behind it: "..., Mr. Gerstner said"."""
        words, place = self._words, self._place
        if place < 0 or words[place].text.lower() not in lists()["saying"]:
            return
        frame = self._frame
        begin, stop = frame.subject if frame is not None and frame.subject is not None else (place, place)
        if begin == stop and words[place - 1].text in (",", *QUOTES):
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
        while comma > self._first and words[comma].text in QUOTES:
            comma -= 1
        if comma <= self._first or words[comma].text != ",":
            return
        heads = words[begin:stop]
        if not heads or not all(
            w.kind in (*HEADS, "determiner", "adjective", "possessive", "mark", "preposition") for w in heads
        ):
            return
        lead = f"{self._draft.text(begin, stop)} {words[place].text}"
        if len(lead) <= _LONGEST_LEAD:
            yield Choice(self._first, comma, (), lead, _LEAD_IN)

    def _end_of_subordinate(self, begin: int, end: int) -> int:
        """Return where a clause that a conjunction opens ends: at its comma."""
        opener = self._words[begin - 1].text.lower()
        if opener in lists()["subordinating"] or opener in BOTH:
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
        return self._draft.text(start, stop) + ("'" if words[stop - 1].text.endswith("s") else "'s")

    def _end_of_relative(self, end: int) -> int:
        """Return where a relative clause ends: at the comma that closes it."""
        relative = next((i for i in range(self._place, 0, -1) if self._words[i].kind == "relative"), 1)
        opened = self._words[relative - 1].text == ","
        for index in range(max(self._place, self._first), end):
            if self._words[index].text == "," and (
                not opened or self._draft.verb_follows(index, end) or self._conjunction_follows(index)
            ):
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
        # an aside ends with a comma; without one it is a list ("the foods, tobacco and brewing company said it")
        heads = self._words[begin : comma if comma is not None and self._words[end - 1].text == "," else end]
        if (
            not heads
            or heads[0].kind in ("preposition", "conjunction", "pronoun", "adverb")
            or any(w.kind in FINITE for w in heads)
        ):
            return None
        text = self._draft.text(begin, begin + len(heads))
        return text if 0 < len(text) <= _LONGEST_LEAD else None

    def _asides(self, base: Choice) -> Iterator[Cut]:
        """Yield what stands between commas and can go: relative clauses, and appositions between a subject and its verb."""
        words = self._words
        dashes = [i for i in range(base.first, base.last) if words[i].text in ("--", "–", "—")]
        if len(dashes) > 1 and not dashes[0] < self._place < dashes[1]:
            yield Cut(words[dashes[0]].start, words[dashes[1]].end, " ")
        commas = [i for i in range(base.first, base.last) if words[i].text == ","]
        opened = None
        for number, at in enumerate(commas):
            if (opened is not None and at < opened) or self._ends_place(at):
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
                closing = next((c for c in later if self._draft.verb_follows(c, base.last)), None)
                if closing is None and following[0].kind == "relative":
                    # it goes on to the end of the sentence
                    continue
                if closing is None or any(w.text in DASHES for w in words[at:closing]):
                    closing = next((c for c in later if not self._lists_on(c)), None)
            else:
                closing = next((c for c in later if self._draft.verb_follows(c, base.last)), None)
                # only between a subject and its verb, and not in a place's name ("Norwood, Mass.-based Phoenix")
                head = words[base.first : at]
                last = next((n for n in range(len(head) - 1, -1, -1) if self._is_finite(base.first + n)), -1)
                told = last >= 0 and (
                    head[last].text.lower() in lists()["saying"] or any(w.kind == "relative" for w in head[last:])
                )
                start = last + 1
                while start < len(head) and head[start].kind in ("relative", "time", "adverb"):
                    start += 1
                leads_up = last >= 0 and start < len(head) and head[start].kind == "preposition"
                plain = (
                    (last < 0 or told)
                    and not leads_up
                    and not (last < 0 and head and head[0].kind in ("preposition", "conjunction"))
                )
                inner = words[at + 1 : closing] if closing is not None else []
                named = len(inner) > 1 and inner[0].kind in ("name", "noun") and inner[0].text[:1].isupper()
                if not plain or named:
                    closing = None
            if closing is None or at < self._place < closing:
                continue
            opened = closing + 1
            yield Cut(words[at].start, words[closing].end, " ")

    def _ends_place(self, comma: int) -> bool:
        """Tell whether a comma stands behind a state's abbreviation: "the Fairfield, N.J., company"."""
        words = self._words
        if comma < _FEW // 4 or words[comma - 1].text != ".":
            return False
        name = words[comma - 2].text
        return (
            name[:1].isupper()
            and len(name) <= _LONGEST_STATE
            and name not in ("Inc", "Corp", "Co", "Ltd", "Bros", "Jr", "Sr")
        )

    def _is_finite(self, at: int) -> bool:
        """Tell whether a word is a finite verb, as far as can be seen, and no participle with "by"."""
        return self._words[at].kind in FINITE and not has_agent(self._words, at)

    def _lists_on(self, comma: int) -> bool:
        """Tell whether a comma stands in a list of names rather than at the end of an aside."""
        following = self._words[comma + 1 : comma + 2]
        return bool(following) and following[0].text.lower() in ("and", "or")


def _was(phrase: list[Word]) -> str:
    """Return "were" for a phrase of several, as far as its words tell, else "was"."""
    head = list(itertools.takewhile(lambda w: w.kind != "preposition", phrase))
    plural = head and head[-1].text.endswith("s") and head[-1].kind in ("noun", "happening")
    return "were" if plural or any(w.text.lower() == "and" for w in head) else "was"
