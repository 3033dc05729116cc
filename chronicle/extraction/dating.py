"""Which happening of a sentence an expression of time dates, decided on the tree; or that it dates none.

The module is long because the questions that decide are asked of one place of one tree.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from attrs import define, field

from chronicle.syntax.clauses import Clauses
from chronicle.tagger.meaning import Last, Meaning, Same, Shift
from chronicle.tagger.mention import TimeMention

_MODIFIERS: Final = ("amod", "compound", "nummod", "nmod:poss", "det", "obl:npmod", "nmod:tmod", "nmod:npmod")
_ARGUMENTS: Final = ("nsubj", "obj", "iobj")
_CASE: Final = ("case", "mark")
_LONGEST_COARSE: Final = len("2019-Q3")


@define
class Dated:
    """What an expression dates: the word ``place`` (a clause's head, or a noun of happening), and the words that a title leaves out.

    ``stays`` where the expression is an argument of the clause ("making 1985 the best year"); ``instead`` is a conjunct that takes the place
    of the one that the clause names ("... took Phu Tho on 5 November, and Phu Doan on 9 November").
    """

    place: int
    is_noun: bool = False
    stays: bool = False
    instead: int | None = None
    time: set[int] = field(factory=set)
    doubts: set[str] = field(factory=set)


def dated_by(
    clauses: Clauses, places: list[int], mention: TimeMention, times: Collection[int], over: bool
) -> Dated | None:
    """Return what the expression that covers some words dates, or None where it only describes.

    ``times`` are the words of all expressions; ``over``: the time was past when the article came out.
    """
    tree = clauses.tree
    top = tree.top(places)
    if top is None:
        return None
    return _Attachment(clauses, places, top, mention, times, over).found()


def belongs_to(clauses: Clauses, places: list[int], mention: TimeMention, times: Collection[int]) -> Dated | None:
    """Return what an expression that dates nothing belongs to: the noun that it describes, or the verb of which that is the subject."""
    tree = clauses.tree
    top = tree.top(places)
    if top is None:
        return None
    time = _Attachment(clauses, places, top, mention, times, False).phrase()
    at, above = top, tree.words[top].head
    if above >= 0 and tree.is_a(at, *_MODIFIERS, "nmod") and tree.words[above].pos in ("NOUN", "PROPN", "NUM") and not tree.is_a(above, "nsubj"):
        return Dated(above, is_noun=not clauses.is_clause(above), time=time, stays=True)
    return Dated(clauses.clause_of(above if above >= 0 else at), time=time, stays=True)


class _Attachment:
    def __init__(
        self, clauses: Clauses, places: list[int], top: int, mention: TimeMention, times: Collection[int], over: bool
    ) -> None:
        self._over = over
        self._clauses, self._tree, self._words = clauses, clauses.tree, clauses.words
        self._places, self._mention, self._times = set(places), mention, times
        self._top = self._whole(top)

    def _whole(self, top: int) -> int:
        """Return the head of the whole phrase of time: "as early as | 2013", "shortly after | the fire on Monday" and what it is listed with."""
        tree, words = self._tree, self._tree.words
        while words[top].head >= 0:
            above = words[top].head
            listed = words[top].relation in ("conj", "appos") and above in self._times
            modifier = words[above].pos in ("ADV", "ADP", "SCONJ") and words[above].low in self._words["time_adverbs"]
            bare = above in self._times and above not in self._places and tree.child(top, "case") is None
            part = (
                words[above].low in self._words["parts_of_time"] and self._case(top) in self._words["attribute_cases"]
            )
            if not (listed or modifier or bare or part):
                break
            top = above
        return top

    def found(self) -> Dated | None:
        tree, clauses = self._tree, self._clauses
        time = self.phrase()
        at, above = self._top, tree.words[self._top].head
        if above < 0:
            return None if clauses.tree.child(at, "nsubj", "cop", "acl", "advcl") is None else self._own(at, time)
        if (when := self._when_clause()) is not None and (self._describes(at) or self._compares(at)):
            return Dated(when, time=time)
        if (inner := self._clause_behind()) is not None:
            return Dated(inner, time=time)
        if self._compares(at) or self._names_accounts():
            return None
        while above >= 0:
            if above in self._times and clauses.is_clause(above) and above not in self._places:
                at, above = above, tree.words[above].head
                continue
            if clauses.is_clause(above) and not self._is_nominal(above):
                return self._verb(at, above, time)
            if self._is_happening(above) and (noun := self._noun(at, above, time)) is not None:
                return noun
            if self._describes(at):
                return None
            at, above = above, tree.words[above].head
        return self._verb(at, at, time) if clauses.is_clause(at) else None

    def _own(self, at: int, time: set[int]) -> Dated:
        return Dated(at, time=time, stays=True)

    def _is_nominal(self, place: int) -> bool:
        """Tell whether the head of a clause is a mere noun without a verb: a headline's, or a fragment's."""
        tree = self._tree
        return tree.words[place].pos in ("NOUN", "PROPN", "NUM") and tree.child(place, "cop", "nsubj") is None

    def _when_clause(self) -> int | None:
        """Return the clause that says what was then: "2019, when it posted a loss"."""
        tree = self._tree
        last = max(self._places)
        for place in range(last + 1, min(last + 4, len(tree.words))):
            word = tree.words[place]
            if word.low in self._words["when"]:
                at = word.head
                return at if at > place and self._clauses.is_clause(at) else None
            if word.pos != "PUNCT":
                return None
        return None

    def _clause_behind(self) -> int | None:
        """Return the clause that a parser took for a relative clause of the time: "and by Monday | they had left"."""
        tree = self._tree
        for place in self._places:
            for child in tree.children(place, "acl"):
                begin = min(tree.subtree(child))
                own = tree.child(child, "nsubj")
                if begin == max(self._places) + 1 and own is not None and own < child and not any(tree.words[p].low in self._words["relative"] for p in tree.subtree(child) if p < child) and self._clauses.is_finite(child):
                    return child
        return None

    def phrase(self) -> set[int]:
        """Return the words of the expression with the prepositions, adverbs and brackets that belong to it alone."""
        tree = self._tree
        found = set(self._places)
        for place in tree.subtree(self._top):
            if place < min(self._places) and (
                tree.words[place].low in self._words["time_adverbs"] or place in self._times
            ):
                found.add(place)
        for place in (self._top, *self._places):
            found.update(c for c in tree.children(place, *_CASE, "det") if c < place or tree.words[c].pos == "PART")
            found.update(c for c in tree.children(place, "advmod") if tree.words[c].low in self._words["time_adverbs"])
        begin = min(found)
        found.update(p for p in range(begin, min(self._places)) if tree.words[p].low in self._words["time_adverbs"])
        if self._top not in found and self._tree.words[self._top].low in self._words["time_adverbs"]:
            found.add(self._top)
            found.update(tree.children(self._top, "advmod", *_CASE))
        if tree.words[self._top].low in self._words["parts_of_time"]:
            found.update({self._top, *tree.children(self._top, *_CASE, "det", "amod")})
        first = min(found)
        if (
            first > 0
            and tree.words[first - 1].pos == "ADP"
            and not tree.children(first - 1)
            and tree.words[first - 1].relation == "advmod"
        ):
            first -= 1
            found.add(first)
        while first > 0 and (
            tree.words[first - 1].low in self._words["time_adverbs"]
            and tree.words[first - 1].pos in ("ADP", "ADV", "SCONJ")
        ):
            first -= 1
            found.add(first)
        return found

    def _case(self, place: int) -> str:
        cases = [self._tree.words[c].low for c in self._tree.children(place, *_CASE)]
        return cases[0] if cases else ""

    def _is_happening(self, place: int) -> bool:
        word = self._tree.words[place]
        return word.pos in ("NOUN", "PROPN") and (
            word.low in self._words["happenings"] or word.lemma in self._words["happenings"]
        )

    def _is_coarse(self) -> bool:
        return self._mention.type == "DURATION" or len(self._mention.value) <= _LONGEST_COARSE

    def _describes(self, at: int) -> bool:
        """Tell whether an expression only says which thing is meant: "the 2020 budget", "the people of tomorrow"."""
        tree = self._tree
        word = tree.words[at]
        if word.head < 0 or tree.words[word.head].pos not in ("NOUN", "PROPN", "NUM", "ADJ"):
            return False
        if word.relation in _MODIFIERS:
            return True
        if self._case(at) in self._words["attribute_cases"] and tree.is_a(at, "nmod", "obl"):
            return tree.words[word.head].low not in self._words["measures"]
        return False

    def _compares(self, at: int) -> bool:
        """Tell whether an expression is only what something is compared with."""
        tree, lists = self._tree, self._words
        mention = self._mention
        if self._figure_before():
            return True
        below = at
        for _ in range(4):
            word = tree.words[below]
            case = self._case(below)
            if case in lists["compared"]:
                return True
            head = tree.words[word.head] if word.head >= 0 else None
            if head is None:
                return False
            if (
                case in lists["out_of"]
                and (head.lemma in lists["changes"] or tree.child(word.head, "obl") not in (None, below))
                and below != at
            ):
                return True
            if case in lists["out_of"] and head.lemma in lists["changes"] and head.pos in ("NOUN", "ADV", "ADP"):
                return True
            if (
                below != at
                and case in lists["compared_from"]
                and _looks_back(mention.meaning)
                and self._is_figure(below)
            ):
                return True
            if self._clauses.is_clause(below) or (self._clauses.is_clause(word.head) and below != at):
                break
            below = word.head
        if mention.signal == "Since" or self._case(at) in lists["since"]:
            return self._is_superlative(at)
        return False

    def _figure_before(self) -> bool:
        """Tell whether the expression goes with a figure that another is compared with: "up from 14 tons in the year-ago quarter"."""
        words, lists = self._tree.words, self._words
        at = min(self._places) - 1
        figure = False
        while at >= 0:
            word = words[at]
            if word.low in lists["compared"]:
                return figure or _looks_back(self._mention.meaning)
            if figure and word.low in lists["compared_from"]:
                changed = any(words[p].low in lists["changes"] or words[p].lemma in lists["changes"] for p in range(max(0, at - 12), at))
                return (word.low in lists["out_of"] and changed) or (_looks_back(self._mention.meaning) and (changed or word.low in lists["against"]))
            number = word.pos in ("NUM", "SYM") or word.low in lists["figures"]
            figure = figure or number
            each = word.pos == "NOUN" and at > 0 and words[at - 1].low in lists["indefinite"]
            if not (number or each or word.pos in ("DET", "PUNCT", "CCONJ") or word.low in lists["beside_figures"]):
                return False
            at -= 1
        return False

    def _is_superlative(self, at: int) -> bool:
        """Tell whether "since" only says how far back one has to look: "the worst flood since 1928"."""
        tree = self._tree
        for above in (at, *tree.ancestors(at)):
            if any(
                tree.words[c].low in self._words["superlatives"] or tree.words[c].low.endswith(self._superlative)
                for c in tree.children(above, "amod", "nummod", "advmod", "det", "compound")
                if c not in self._places
            ):
                return True
            if self._clauses.is_clause(above):
                clause = [p for p in tree.subtree(above) if p < min(self._places)][-12:]
                return any(tree.words[p].low in self._words["superlatives"] for p in clause)
        return False

    @property
    def _superlative(self) -> tuple[str, ...]:
        return tuple(self._words["superlative_endings"]) or ("\0",)

    def _names_accounts(self) -> bool:
        """Tell whether an expression says which results are meant, not when they come: "its results for the quarter ended June 30"."""
        tree = self._tree
        cases = [c for c in tree.children(self._top, "case") if tree.words[c].low in self._words["attribute_cases"]]
        return bool(cases) and cases[0] > 0 and tree.words[cases[0] - 1].low in self._words["accounts"]

    def _is_figure(self, place: int) -> bool:
        word = self._tree.words[place]
        return (
            word.pos in ("NUM", "SYM")
            or word.low in self._words["figures"]
            or self._tree.child(place, "nummod") is not None
        )

    def _noun(self, at: int, noun: int, time: set[int]) -> Dated | None:
        """Return the noun of happening as what is dated, where the verb that it belongs to is not dated as well."""
        tree, clauses = self._tree, self._clauses
        word = tree.words[noun]
        if self._names_law(noun) or (tree.words[at].relation in ("compound", "amod") and self._is_generic()):
            return None
        closest = tree.words[at].relation in _MODIFIERS or self._case(at) in self._words["attribute_cases"]
        around = self._clause_around(noun)
        if around is not None:
            return Dated(around, time=time)
        if word.head < 0 or (closest and at == self._top):
            return Dated(noun, is_noun=True, time=time)
        verb = noun if clauses.is_clause(noun) else clauses.clause_of(word.head)
        if tree.is_a(noun, "nsubj"):
            return Dated(noun, is_noun=True, time=time)
        if clauses.is_clause(noun) or tree.is_a(noun, "obj"):
            speaks = tree.words[verb].lemma in self._words["saying"] or (self._over and self._lies_ahead(verb))
            return Dated(noun, is_noun=True, time=time, doubts={"clause"}) if speaks else None
        direct = word.head == verb
        if direct and tree.words[verb].lemma in self._words["suffering"]:
            # "he died of a heart attack in October"
            return None
        if (
            direct
            and self._case(noun) not in self._words["apart_cases"]
            and not (self._over and self._lies_ahead(verb))
        ):
            return None
        if not direct and not (self._over and (self._is_coarse() or self._lies_ahead(verb))):
            return None
        return Dated(noun, is_noun=True, time=time, doubts={"clause"})

    def _clause_around(self, noun: int) -> int | None:
        """Return the clause of what happened within another happening: "took part in the vote of 12 June", "scored in the last minute of Sunday's
        final"."""
        tree, clauses = self._tree, self._clauses
        if not self._over or self._is_coarse():
            return None
        at = noun
        while tree.is_a(at, "nmod") and self._case(at) in self._words["attribute_cases"]:
            at = tree.words[at].head
        verb = tree.words[at].head
        if verb < 0 or not tree.is_a(at, "obl") or self._case(at) not in self._words["within_cases"] or not clauses.is_clause(verb):
            return None
        told = tree.words[verb]
        past = (told.form == "Fin" and told.tense == "Past") or clauses.is_passive(verb)
        return verb if past and not self._lies_ahead(verb) and clauses.subject(verb) is not None else None

    def _is_generic(self) -> bool:
        """Tell whether an expression only names a season or the like: "the winter storm"."""
        named = [p for p in self._places if self._tree.words[p].pos != "DET"]
        return self._is_coarse() and len(named) == 1 and not any(c.isdigit() for c in self._mention.text)

    def _lies_ahead(self, verb: int) -> bool:
        """Tell whether a clause speaks of what is to come."""
        tree, clauses = self._tree, self._clauses
        helpers = [tree.words[a].low for a in clauses.auxiliaries(verb)]
        return any(self._words.table("modal").get(h) in ("planned", "possible") for h in helpers) or clauses.has_to(
            verb
        )

    def _names_law(self, noun: int) -> bool:
        return self._tree.words[noun].low in self._words["laws"]

    def _verb(self, at: int, verb: int, time: set[int]) -> Dated:
        """Return a clause as what is dated."""
        tree, clauses = self._tree, self._clauses
        verb = self._cleft(at, verb)
        verb = self._led(verb)
        if tree.words[verb].lemma in self._words["dated_by"] and tree.words[verb].form == "Part" and tree.is_a(verb, "acl"):
            # "in a letter dated 14 January the ministry warned"
            around = clauses.governor(verb)
            noun = tree.words[verb].head
            if around is not None and tree.is_a(noun, "obl") and around != verb:
                return Dated(around, time={*time, *tree.subtree(noun)})
        told = self._told_aside(at, verb)
        if told is not None:
            return Dated(told, time=time)
        past = self._past_noun(verb)
        past = past if past is not None else self._nested_noun(verb)
        if past is not None:
            return Dated(past, is_noun=True, time=time, doubts={"clause"})
        stays = tree.is_a(at, *_ARGUMENTS) and at == self._top and self._is_argument(at, verb)
        stays = stays or (tree.words[verb].lemma in self._words["keeps_time"] and self._needs(verb))
        gapped = tree.words[at].relation == "conj" and at not in self._times and not clauses.is_clause(at)
        instead = at if gapped else self._conjunct(at)
        doubts = {"clause"} if tree.words[verb].relation in ("dep", "parataxis") else set()
        return Dated(verb, stays=stays, instead=instead, time=time, doubts=doubts)

    def _led(self, verb: int) -> int:
        """Return the main verb for a time that opens the sentence, where a parser hung it on a participle or clause behind that verb."""
        tree = self._tree
        root = next((i for i, w in enumerate(tree.words) if w.head < 0), verb)
        opens = min(self.phrase()) <= 1 and verb > root and self._clauses.is_finite(root) and tree.is_a(verb, "advcl", "acl")
        subject = self._clauses.own_subject(root)
        return root if opens and subject is not None and max(self._places) < subject < root else verb

    def _told_aside(self, at: int, verb: int) -> int | None:
        """Return what somebody is said to have said of a time: "On 17 January, she told the jury, he signed"."""
        tree = self._tree
        if at > verb or tree.words[verb].lemma not in self._words["saying"]:
            return None
        for child in tree.children(verb, "ccomp", "parataxis"):
            begin = min(tree.subtree(child))
            before = [p for p in range(verb, begin) if tree.words[p].text == ","]
            if child > verb and before and self._clauses.is_finite(child) and not tree.children(child, "mark"):
                return child
        return None

    def _past_noun(self, verb: int) -> int | None:
        """Return the happening that a time gone by dates behind a verb of what is to come: "will look into the bombing of 1998"."""
        if not self._over or not self._lies_ahead(verb):
            return None
        governor = self._clauses.governor(verb)
        if governor is not None and self._tree.words[governor].tense == "Past" and self._clauses.has_to(verb):
            # "hoped to reach an agreement in May" was ahead then
            return None
        first = min(self._places)
        return next(
            (p for p in range(first - 1, verb, -1) if self._is_happening(p) and not self._tree.is_a(p, "nsubj")), None
        )

    def _nested_noun(self, verb: int) -> int | None:
        """Return the happening inside of another phrase that a year behind it dates: "arrested for the bombings of the embassies in 1998"."""
        tree = self._tree
        first = min(self.phrase())
        if not self._over or not self._is_coarse() or first == 0 or tree.words[first - 1].pos not in ("NOUN", "PROPN"):
            return None
        for place in (first - 1, *tree.ancestors(first - 1)):
            if place == verb or self._clauses.is_clause(place):
                return None
            inside = tree.words[place].head != verb and tree.is_a(place, "nmod")
            if inside and self._is_happening(place):
                return place
        return None

    def _conjunct(self, at: int) -> int | None:
        """Return the conjunct of an argument that a time belongs to by itself."""
        tree = self._tree
        above = tree.words[at].head
        if (
            above >= 0
            and tree.words[above].relation == "conj"
            and not self._clauses.is_clause(above)
            and tree.words[above].pos in ("NOUN", "PROPN")
        ):
            return above
        return None

    def _is_argument(self, at: int, verb: int) -> bool:
        word = self._tree.words[verb]
        if self._tree.is_a(at, "nsubj"):
            return True
        return word.lemma in self._words["takes_time"] or word.low in self._words["takes_time"]

    def _needs(self, verb: int) -> bool:
        """Tell whether a clause says nothing without its time: "the battle lasted until May 8"."""
        tree = self._tree
        rest = [c for c in tree.children(verb, "obj", "obl", "xcomp", "ccomp", "advmod", "cop") if c not in self._times]
        return not rest

    def _cleft(self, at: int, verb: int) -> int:
        """Return the clause that a cleft tells of: "it was not until 2:15 that anybody called"."""
        tree = self._tree
        subject = self._clauses.own_subject(verb)
        if (
            subject is None
            or tree.words[subject].low not in self._words["cleft"]
            or tree.words[verb].lemma not in self._words["be"]
        ) and not (
            tree.child(verb, "cop") is not None
            and subject is not None
            and tree.words[subject].low in self._words["cleft"]
            and verb in self._places
        ):
            return verb
        for place in range(max(self._places) + 1, len(tree.words)):
            if self._clauses.is_clause(place) and self._clauses.is_finite(place):
                return place
        return verb


def _looks_back(meaning: Meaning) -> bool:
    return isinstance(meaning, (Shift, Last)) or (isinstance(meaning, Same) and meaning.offset <= 0)


def is_event_time(mention: TimeMention) -> bool:
    """Tell whether an expression is a date at all: not the present, a set, nor a length without a date."""
    if mention.type == "SET" or mention.value.endswith("_REF"):
        return False
    return mention.edtf is not None or (mention.type != "DURATION" and mention.is_unresolved)
