"""Titles, told from a clause: its subject, its verb group, its complements, and of the rest what fits.

Nothing is cut from the sentence as it runs: what a title holds are words of one clause, each with what it needs. What is beside is left out
in the order of least loss until the title fits. The module is long because telling, arranging and fitting share one clause.
"""

from __future__ import annotations

from typing import Final

from attrs import define, evolve, field

from chronicle.extraction.dating import Dated
from chronicle.extraction.shorten import shorten
from chronicle.syntax.clauses import CONDITIONAL, INFINITIVE, PARTICIPIAL, RELATIVE, SUBJECTS, Clauses
from chronicle.syntax.tree import Tree

LONGEST: Final = 90
_SHORTEST: Final = 8
# what a reader loses, least first, by the relation of what is left out
_LOSS: Final = {
    "appos": 0.0, "parataxis": 0.0, "acl:relcl": 1.0, "advcl": 1.5, "acl": 3.0, "advmod": 3.5, "obl:npmod": 3.5, "nmod": 4.0, "obl": 5.0, "obl:agent": 5.5,
    "conj": 6.5, "amod": 7.0, "nmod:npmod": 4.0, "compound": 8.0, "nmod:poss": 9.0,
}  # fmt: skip
_OF_LOSS: Final = 6.0
_BESIDE: Final = ("parataxis", "discourse", "vocative", "dislocated", "dep")
_NOUNS: Final = ("NOUN", "PROPN", "PRON", "NUM", "SYM")
_OPENING: Final = ("(", "[")
_CLOSING: Final = (")", "]")
_QUOTES: Final = {"“": "”", "‘": "’", '"': '"', "``": "''", "«": "»"}
_CLOSE_SIGNS: Final = ",;:.%"
_PARTING: Final = (";", ":")
_ENDS: Final = " ,;:–—-"


@define
class Told:
    """A title, with the heads of the subject and the object of its clause, and what is doubtful in it."""

    title: str
    clause: int
    subject: int | None = None
    thing: int | None = None
    doubts: set[str] = field(factory=set)


@define
class _Draft:
    """What a title is made of: places of words and texts, in order; ``needed`` are places that stay."""

    parts: list[int | str]
    needed: set[int]


class Teller:
    """Tells the clauses of one tree; ``times`` are the words of all expressions of time, with what belongs to them alone."""

    def __init__(self, clauses: Clauses, times: set[int]) -> None:
        self._clauses, self._tree, self._lists, self._times = clauses, clauses.tree, clauses.words, times
        self._say = self._lists.table("parts")
        self._brackets = self._bracketed()

    def told(self, dated: Dated, others: list[Dated]) -> Told:
        """Return the title of what is dated; ``others`` are the other dated happenings of the sentence."""
        if dated.is_noun:
            subject = self._tree.is_a(dated.place, "nsubj")
            verb = self._clauses.clause_of(dated.place)
            if not (subject and verb != dated.place and not any(o.place == verb for o in others)):
                return self._noun(dated)
            dated = Dated(verb, time=dated.time, doubts=dated.doubts)
        return self._clause(dated)

    # ---- nouns

    def _noun(self, dated: Dated) -> Told:
        places = self._phrase(dated.place, dated.time, whole=True)
        parts: list[int | str] = list(places)
        if (
            places
            and not any(
                self._tree.is_a(c, "det", "nmod:poss") or self._tree.words[c].pos == "PROPN"
                for c in self._tree.children(dated.place)
                if c in places
            )
            and self._needs_article(dated.place)
        ):
            parts.insert(0, self._say.get("the", ""))
        return self._fitted(_Draft(parts, {dated.place}), dated, dated.place, None, None)

    def phrase(self, place: int) -> list[int]:
        """Return the words of a noun phrase, without what is set apart from it."""
        return [p for p in self._tidy(list(self._phrase(place, self._times))) if isinstance(p, int)]

    def _needs_article(self, place: int) -> bool:
        word = self._tree.words[place]
        return word.pos == "NOUN" and not word.plural

    # ---- clauses

    def head_told(self, place: int) -> int:
        """Return the clause that a title is told from: an infinitive is told with what governs it."""
        clauses, tree = self._clauses, self._tree
        for _ in range(len(tree.words)):
            word = tree.words[place]
            if word.head < 0:
                return place
            kind = clauses.kind(place)
            above = word.head
            if word.relation == "conj" and not clauses.is_finite(place) and clauses.is_clause(above):
                first = tree.words[above]
                if tree.is_a(above, "xcomp", "advcl", "acl", "ccomp") and not clauses.is_finite(above):
                    if tree.is_a(above, "acl") and clauses.kind(above) == PARTICIPIAL:
                        return place
                    place = first.head if clauses.is_clause(first.head) else clauses.clause_of(first.head)
                    continue
                return place
            if (
                tree.is_a(place, "xcomp", "csubj")
                or (tree.is_a(place, "ccomp") and not clauses.is_finite(place))
                or (kind == INFINITIVE and tree.is_a(place, "advcl"))
            ):
                place = clauses.clause_of(above)
            elif kind == INFINITIVE and tree.is_a(place, "acl"):
                if self._apart(place) or clauses.is_passive(place):
                    return place
                place = clauses.clause_of(above)
            else:
                return place
        return place

    def _apart(self, place: int) -> bool:
        """Tell whether a comma, dash or bracket stands before what hangs on a word."""
        first = min(self._tree.subtree(place))
        return (
            first > 0 and self._tree.words[first - 1].pos == "PUNCT" and self._tree.words[first - 1].text not in _QUOTES
        )

    def _clause(self, dated: Dated) -> Told:
        clauses, tree = self._clauses, self._tree
        off = clauses.called_off(dated.place)
        if off is not None:
            dated = evolve(dated, place=off)
        head = self.head_told(dated.place)
        subject = clauses.subject(head)
        path = self._path(dated.place, head)
        left = set(dated.time) if not dated.stays else set()
        left |= self._instead(dated) | self._other_conjuncts(dated.place, head)
        body = self._body(head, left, path, dated)
        parts: list[int | str] = []
        needed = {*path, head, *clauses.group(head)}
        doubts = set(dated.doubts)
        named: list[int | str] = []
        if subject is not None:
            named = self._subject(head, subject, left, needed)
        there = next((c for c in tree.children(head, "expl") if tree.words[c].low in self._lists["there"]), None)
        if there is not None and subject is not None and tree.words[subject].head == head:
            named = [there]
            body = sorted({*body, *self._kept(subject, path)} - left - {there})
        verb = self._verb_group(head, subject)
        before, group, after = self._arranged(head, body, verb)
        objects = self._antecedent_as_object(head, subject)
        if named or group:
            parts = [*named, *before, *group, *objects, *after]
        needed.update(p for p in self._complements(head))
        thing = tree.child(head, "obj")
        if subject is None:
            doubts.add("title")
        return self._fitted(_Draft(parts, needed), dated, head, subject, thing, doubts)

    def _path(self, place: int, head: int) -> set[int]:
        """Return what leads from what is dated up to the clause that is told, with the verb groups on the way."""
        tree, clauses = self._tree, self._clauses
        found = {place, *(clauses.group(place) if clauses.is_clause(place) else ())}
        while place != head and tree.words[place].head >= 0:
            above = tree.words[place].head
            if (
                tree.words[place].relation == "conj"
                and clauses.is_clause(above)
                and above != head
                and tree.words[above].head >= 0
            ):
                if not tree.children(place, "mark") and clauses.has_to(above):
                    # "is to meet on Friday and vote on Monday"
                    found.update(c for c in tree.children(above, "mark") if tree.words[c].pos == "PART")
                above = tree.words[above].head
            place = above
            found.add(place)
            found.update(clauses.group(place) if clauses.is_clause(place) else ())
        return found

    def _instead(self, dated: Dated) -> set[int]:
        """Return the words of the conjunct whose place another one takes."""
        tree, clauses = self._tree, self._clauses
        if dated.instead is None or tree.words[dated.instead].relation != "conj":
            return set()
        first = tree.words[dated.instead].head
        kept = set(tree.subtree(dated.instead))
        if clauses.is_clause(first):
            if tree.words[dated.instead].pos in ("ADV", "ADP"):
                return set(tree.children(dated.instead, "cc"))
            first = next(iter(tree.children(first, "obj")), -1)
            if first < 0:
                return set()
        lost = set(tree.subtree(first)) - kept - set(tree.children(first, "case"))
        return lost | {p for c in tree.children(dated.instead, "cc", "advmod") for p in tree.subtree(c)}

    def _other_conjuncts(self, place: int, head: int) -> set[int]:
        """Return the words of non-finite conjuncts beside the one that is told: "due [to open in July and] to deliver a report"."""
        tree, lost = self._tree, set()
        at = place
        told = {place, *tree.ancestors(place)}
        while at != head and tree.words[at].head >= 0:
            word = tree.words[at]
            if word.relation == "conj" and self._clauses.is_clause(word.head) and word.head != head:
                lost |= set(tree.subtree(word.head)) - set(tree.subtree(at))
                lost |= set(tree.children(at, "cc"))
            for other in tree.children(at, "conj"):
                if self._clauses.is_clause(other) and at != head and other not in told:
                    lost |= set(tree.subtree(other))
            at = word.head
        return lost - self._path(place, head) - ({head} if head else set())

    def _body(self, head: int, left: set[int], path: set[int], dated: Dated) -> list[int]:
        """Return the places of a clause without its subject and what is another clause."""
        tree = self._tree
        found: set[int] = {head}
        for child in tree.children(head):
            if tree.is_a(child, *SUBJECTS) and child not in path:
                continue
            if child not in path and self._is_beside(head, child):
                continue
            found.update(self._kept(child, path))
        if dated.instead is not None and tree.words[dated.instead].relation == "conj":
            found.update(
                set(self._kept(dated.instead, path)) - dated.time - set(tree.children(dated.instead, "cc", "advmod"))
            )
        attached = self._attached_times(head) if not dated.stays else set()
        return sorted(found - left - attached)

    def _attached_times(self, head: int) -> set[int]:
        """Return the words of time that hang on the verb itself."""
        tree = self._tree
        found: set[int] = set()
        for child in tree.children(head):
            if child in self._times and not tree.is_a(child, *SUBJECTS, "obj"):
                found.update(tree.subtree(child))
        return found

    def _is_beside(self, head: int, child: int) -> bool:
        tree, clauses = self._tree, self._clauses
        word = tree.words[child]
        if tree.is_a(child, *_BESIDE, "cc", "mark") and word.pos != "PART":
            return True
        if tree.is_a(child, "conj"):
            if clauses.is_clause(child):
                return not self._goes_along(head, child)
            told_of = word.pos in ("VERB", "AUX", "ADV", "ADP", "SCONJ") or tree.child(head, "cop") is None
            return told_of or self._has_own_time(child)
        if word.pos == "PUNCT":
            return False
        if self._parted(head, child):
            return True
        if tree.is_a(child, "ccomp") and child < head and clauses.is_finite(child):
            return tree.words[head].lemma not in self._lists["saying"]
        if tree.is_a(child, "advmod"):
            return (
                word.low in self._lists["leading_out"] and not clauses.is_negation(child) and child < head
            ) or word.low in self._lists["relative"]
        if tree.is_a(child, "advcl"):
            if clauses.kind(child) == CONDITIONAL:
                return False
            return self._apart(child) or child < head or self._has_own_time(child)
        if tree.is_a(child, "acl", "appos"):
            return self._apart(child) or self._has_own_time(child)
        again = word.relation == "obj" and tree.child(head, "obj") != child
        if (again or word.relation in ("obl:npmod", "dep")) and child > head and word.pos in ("NOUN", "PROPN") and self._apart(child):
            # "raised its rate, the tenth increase since July"
            return True
        if tree.is_a(child, "obl"):
            cases = {tree.words[c].low for c in tree.children(child, "case", "mark")}
            if cases & self._lists["accords"] or (child < head and word.low in self._lists["aside_nouns"] and self._apart_behind(child)):
                return True
            relative = [p for p in tree.subtree(child) if tree.words[p].low in self._lists["relative"]]
            return bool(relative) and clauses.kind(head) == RELATIVE
        return bool(tree.is_a(child, "obj") and word.low in self._lists["relative"] and clauses.kind(head) == RELATIVE)

    def _apart_behind(self, place: int) -> bool:
        after = max(self._tree.subtree(place)) + 1
        return after < len(self._tree.words) and self._tree.words[after].text == ","

    def _goes_along(self, head: int, child: int) -> bool:
        """Tell whether a verb is of the time of the one that it is conjoined to: "The council met on Monday and ordered a repair"."""
        tree, clauses = self._tree, self._clauses
        if (
            tree.child(child, *SUBJECTS) is not None
            or self._has_own_time(child)
            or self._parted(head, child)
            or child < head
        ):
            return False
        first = tree.child(child, "cc")
        if first is None or tree.words[first - 1].text == "," or tree.words[first].low not in self._lists["adding"]:
            return False
        if any(tree.words[c].low in self._lists["afterwards"] for c in tree.children(child, "advmod")):
            return False
        helpers = tree.children(child, "aux", "cop")
        if all(tree.words[h].low in self._lists["modals"] for h in helpers) and helpers:
            return True
        return not helpers and clauses.is_finite(child) and tree.words[child].tense == tree.words[head].tense

    def _parted(self, head: int, child: int) -> bool:
        """Tell whether a semicolon stands between a clause and what a parser hung on it."""
        low, high = (child, head) if child < head else (head, child)
        return any(w.text in _PARTING for w in self._tree.words[low:high])

    def _has_own_time(self, place: int) -> bool:
        return any(p in self._times for p in self._tree.subtree(place))

    def _kept(self, place: int, path: set[int]) -> list[int]:
        """Return the words of a dependent, without what is set apart from it and what is in brackets."""
        tree = self._tree
        found: list[int] = []
        todo = [place]
        while todo:
            at = todo.pop()
            if at in self._brackets and at not in path:
                continue
            found.append(at)
            for child in tree.children(at):
                if child not in path and self._set_apart(at, child):
                    continue
                todo.append(child)
        return found

    def _set_apart(self, head: int, child: int) -> bool:
        tree = self._tree
        if tree.is_a(child, "appos", "acl", "parataxis"):
            if not self._apart(child):
                return bool(tree.is_a(child, "acl") and self._has_own_time(child) and self._clauses.is_clause(child))
            return True
        if tree.is_a(child, "advcl"):
            return self._apart(child)
        if tree.is_a(child, "nmod") and self._apart(child) and child > head:
            return True
        if tree.is_a(child, "conj") and self._has_own_time(child) and not self._clauses.is_clause(head):
            return True
        return tree.is_a(child, "discourse", "vocative")

    def _phrase(self, head: int, left: set[int], whole: bool = False) -> list[int]:
        """Return the words of a noun phrase; of its beginning, no preposition."""
        tree = self._tree
        found = set(self._kept(head, set())) - left
        found -= set(tree.children(head, "case", "mark", "cop", "nsubj", "expl", "aux"))
        found -= {c for c in tree.children(head, "cc") if c < head}
        found -= {
            p
            for c in tree.children(head, "nsubj", "advmod", "advcl", "parataxis")
            for p in tree.subtree(c)
            if c < head and tree.words[c].pos != "NOUN" and tree.words[c].low not in self._lists["approximate"]
        }
        if self._clauses.is_clause(head):
            for c in tree.children(head, "nsubj", "advmod", "advcl", "obl", "conj"):
                if self._clauses.is_clause(c) or not tree.is_a(c, "conj"):
                    found -= set(tree.subtree(c))
        if not whole:
            found -= {p for c in tree.children(head, "advcl") for p in tree.subtree(c)}
        return sorted(found)

    def _subject(self, head: int, subject: int, left: set[int], needed: set[int]) -> list[int | str]:
        tree = self._tree
        clauses = self._clauses
        whose = self._whose(head)
        if whose is not None:
            return whose
        places = self._phrase(subject, left if subject not in left else left - {subject})
        path_inside = set(tree.subtree(head))
        own = tree.words[subject].head == head
        if not own:
            places = [p for p in places if p not in path_inside]
        elif tree.is_a(subject, "csubj"):
            places = sorted(set(self._kept(subject, set())) - left)
        needed.add(subject)
        while places and tree.words[places[-1]].pos == "PUNCT" and tree.words[places[-1]].text not in _QUOTES.values():
            places.pop()
        low = tree.words[subject].low
        if low in self._lists.table("subject_of") and not tree.words[subject].text.isupper():
            return [self._lists.table("subject_of")[low], *[p for p in places if p != subject]]
        if (
            low in self._lists["never_read"]
            and tree.words[subject].head == head
            and not any(clauses.is_negation(c) for c in tree.children(head))
        ):
            return [self._lists.table("indefinite").get(low, low)]
        return list(places)

    def _whose(self, head: int) -> list[int | str] | None:
        """Return "the tramway's workers" for "the tramway, whose workers"."""
        tree = self._tree
        own = self._clauses.own_subject(head)
        owner = self._clauses.antecedent(head)
        if own is None or owner is None:
            return None
        for child in tree.children(own, "nmod", "det"):
            if tree.words[child].low in self._lists["whose"]:
                antecedent = [p for p in self._phrase(owner, set()) if p not in tree.subtree(head)]
                end = (
                    self._say["possessive_plural"] if tree.words[owner].text.endswith("s") else self._say["possessive"]
                )
                rest = [p for p in self._phrase(own, set()) if p != child]
                return [f"{self._text(self._tidy(list(antecedent)))}{end}", *rest]
        return None

    def _verb_group(self, head: int, subject: int | None) -> list[int | str]:
        """Return the verb group of a clause, finite: "was" before a bare participle, "is to" before an infinitive."""
        tree, clauses = self._tree, self._clauses
        group: list[int | str] = list(clauses.group(head))
        own = tree.children(head, "aux", "cop")
        word = tree.words[head]
        shared = [a for a in clauses.auxiliaries(head) if a not in own]
        if shared and not (word.form == "Part" and tree.is_a(head, "conj") and word.lemma in self._lists["unaccusative"] and clauses.is_passive(word.head)):
            return [*shared, *group]
        if (
            clauses.is_finite(head)
            or word.pos not in ("VERB", "AUX")
            or (tree.child(head, "cop") is not None and not clauses.has_to(head))
        ):
            return group
        several = subject is not None and self._is_plural(subject)
        if clauses.has_to(head):
            to = next(c for c in tree.children(head, "mark") if tree.words[c].pos == "PART")
            at = group.index(to)
            return [*group[:at], self._say["are"] if several else self._say["is"], *group[at:]]
        if word.form == "Part":
            passive = clauses.is_passive(head)
            # "having left" is "left"
            if any(tree.words[a].low in self._lists["having"] for a in own) and not passive:
                return [p for p in group if p not in own]
            if not own and self._is_past(head):
                return group
            was = self._say["were"] if several else self._say["was"]
            helping = self._lists["being"] | self._lists["having"] | self._lists["been"]
            return [was, *(p for p in group if p not in own or tree.words[p].low not in helping)]
        if word.form == "Ger" and not own and word.low in self._lists["lasting_gerunds"]:
            return [self._say["were"] if several else self._say["was"], *group]
        if word.form == "Ger":
            past = self._lists.table("past").get(word.lemma)
            if past is None:
                past = self._regular_past(word.lemma)
            return [p if p != head else past for p in group] if not own else group
        return group

    def _is_past(self, head: int) -> bool:
        """Tell whether what was taken for a participle is a past tense: it has a subject of its own that does it, or goes on with a past tense."""
        tree = self._tree
        if tree.is_a(head, "root", "ccomp", "parataxis") and any(tree.words[c].relation == "nsubj" and c < head for c in tree.children(head)):
            return True
        if not tree.is_a(head, "conj"):
            return False
        # "was part of it and numbered some thousand", "was founded in May and moved to Leeds"
        word, first = tree.words[head], tree.words[tree.words[head].head]
        plain = first.form == "Fin" and first.tense == "Past" and not tree.children(word.head, "aux", "cop")
        takes = tree.child(head, "obj") is not None and word.lemma not in self._lists["ditransitive"] | self._lists["naming"]
        return plain or takes or word.lemma in self._lists["unaccusative"]

    def _regular_past(self, lemma: str) -> str:
        ends = self._lists.table("endings")
        if lemma.endswith("e"):
            return lemma + ends["past"][1:]
        if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
            return lemma[:-1] + ends["past_of_y"]
        return lemma + ends["past"]

    def _is_plural(self, subject: int) -> bool:
        tree = self._tree
        word = tree.words[subject]
        if any(not self._clauses.is_clause(c) for c in tree.children(subject, "conj")):
            return True
        return word.plural or word.low in self._lists["plural_nouns"]

    def _arranged(
        self, head: int, body: list[int], verb: list[int | str]
    ) -> tuple[list[int | str], list[int | str], list[int | str]]:
        """Return what stands between subject and verb, the verb group, and the rest: what led the clause goes behind."""
        tree = self._tree
        group = {p for p in self._clauses.group(head) if p != head}
        start = min([*group, head])
        own = self._clauses.own_subject(head)
        edge = (
            min(tree.subtree(own)) if own is not None and own < head and self._clauses.kind(head) != RELATIVE else start
        )
        lead: list[int | str] = []
        between: list[int | str] = []
        after: list[int | str] = []
        for place in body:
            if place in group or place == head:
                continue
            top = self._top_below(head, place)
            if place < edge and top < head:
                if tree.is_a(top, "advmod") and tree.words[top].pos == "ADV":
                    between.append(place)
                elif tree.words[place].pos != "PUNCT" or self._inner(place, top):
                    lead.append(place)
            elif place < head and (top < start or start <= place):
                between.append(place)
            else:
                after.append(place)
        # adverbs inside of the group stand where they stood
        ordered: list[int | str] = list(verb)
        inner = [p for p in between if isinstance(p, int) and start < p < head]
        if inner and all(isinstance(v, int) for v in verb):
            ordered = sorted([*[v for v in verb if isinstance(v, int)], *inner])
            between = [p for p in between if p not in inner]
        elif inner:
            at = next((i for i, v in enumerate(ordered) if v == head or isinstance(v, str)), len(ordered) - 1)
            at = next((i for i, v in enumerate(ordered) if v == head), at)
            ordered[at:at] = inner
            between = [p for p in between if p not in inner]
        quoted = [
            p
            for p in lead
            if isinstance(p, int) and tree.is_a(self._top_below(head, p), "ccomp", "obj", "xcomp", "parataxis")
        ]
        rest = [p for p in lead if p not in quoted]
        if between and any(isinstance(v, int) and v < start for v in verb):
            # beside auxiliaries that are shared, an adverb stands before the verb itself
            at = ordered.index(head) if head in ordered else 0
            ordered[at:at] = between
            between = []
        return between, ordered, [*quoted, *after, *rest]

    def _inner(self, place: int, top: int) -> bool:
        inside = self._tree.subtree(top)
        return inside[0] < place < inside[-1]

    def _top_below(self, head: int, place: int) -> int:
        """Return what of a clause's own dependents a word belongs to."""
        words = self._tree.words
        while words[place].head not in (head, -1):
            place = words[place].head
        return place

    def _antecedent_as_object(self, head: int, subject: int | None) -> list[int | str]:
        """Return the antecedent where it is the object of a relative clause: "a decision that relatives criticised"."""
        tree, clauses = self._tree, self._clauses
        if (
            clauses.kind(head) != RELATIVE
            or tree.words[head].relation == "conj"
            or tree.words[head].pos not in ("VERB", "AUX")
        ):
            return []
        owner = clauses.antecedent(head)
        if owner is None or owner == subject or owner in self._times or self._whose(head) is not None:
            return []
        pronouns = [p for p in tree.subtree(head) if tree.words[p].low in self._lists["relative"] and p < head]
        as_object = [p for p in pronouns if tree.is_a(p, "obj") and tree.words[p].head == head]
        if not as_object and (pronouns or tree.child(head, "obj", "cop", "ccomp", "xcomp") is not None):
            return []
        inside = set(tree.subtree(head))
        return [p for p in self._phrase(owner, set()) if p not in inside]

    def _complements(self, head: int) -> list[int]:
        tree = self._tree
        found = tree.children(head, "obj", "iobj", "xcomp", "ccomp")
        for child in list(found):
            if self._clauses.is_clause(child):
                found += self._clauses.group(child) + self._complements(child)
                found += tree.children(child, "nsubj", "mark")
        return found

    # ---- fitting and checking

    def _fitted(
        self,
        draft: _Draft,
        dated: Dated,
        clause: int,
        subject: int | None,
        thing: int | None,
        doubts: set[str] | None = None,
    ) -> Told:
        parts = self._tidy(draft.parts)
        text = self._text(parts)
        removable = self._removable(draft)
        while len(text) > LONGEST and removable:
            _, lost = removable.pop()
            kept = [p for p in parts if not (isinstance(p, int) and p in lost)]
            if len(kept) == len(parts):
                continue
            parts = self._tidy(kept)
            text = self._text(parts)
        doubts = set(doubts or dated.doubts)
        if len(text) > LONGEST:
            text = self.broken(text)
            doubts.add("title")
        text = text[:1].upper() + text[1:]
        return Told(text, clause, subject, thing, doubts)

    def _removable(self, draft: _Draft) -> list[tuple[float, set[int]]]:
        """Return what may be left out, the least loss last."""
        tree = self._tree
        order = {p: i for i, p in enumerate(draft.parts) if isinstance(p, int)}
        found = []
        for place, position in order.items():
            word = tree.words[place]
            if place in draft.needed or word.relation not in _LOSS:
                continue
            if word.relation == "advmod" and (
                word.low in self._lists["negation"] or word.low in self._lists["approximate"] | self._lists["relative"]
            ):
                continue
            below = set(tree.subtree(place))
            if below & draft.needed:
                continue
            loss = _LOSS["advcl"] if self._clauses.is_clause(place) else _LOSS[word.relation]
            cases = {tree.words[c].low for c in tree.children(place, "case")}
            if word.relation == "nmod" and cases & self._lists["attribute_cases"]:
                loss = _OF_LOSS
            if word.relation == "nmod" and word.head >= 0 and tree.words[word.head].low in self._lists["measures"]:
                continue
            if (
                word.relation == "conj"
                and {tree.words[c].low for c in tree.children(word.head, "case", "cc:preconj")}
                & self._lists["both_cases"]
            ):
                continue
            found.append((loss, -position / 1000, below))
        found.sort(key=lambda f: (-f[0], -f[1]))
        return [(loss, below) for loss, _, below in found]

    def _tidy(self, parts: list[int | str]) -> list[int | str]:
        """Leave out signs whose neighbours are gone, quotes and brackets that are not whole, and what cannot end a title."""
        tree = self._tree
        parts = self._joined(parts)
        present = {p for p in parts if isinstance(p, int)}
        dropped: set[int] = set()
        signs = {p for p in present if tree.words[p].pos == "PUNCT"}
        quotes = {p for p in signs if tree.words[p].text in (*_QUOTES, *_QUOTES.values())}
        for place in signs - quotes:
            bracket = tree.words[place].text in (*_OPENING, *_CLOSING)
            if bracket or not (place - 1 in present and place + 1 in present):
                dropped.add(place)
        pairs = self._pairs()
        for low, high in pairs:
            if not all(p in present for p in range(low, high + 1) if p not in signs or p in (low, high)):
                dropped |= {low, high}
        lone = {p for p in quotes if not any(p in pair for pair in pairs)}
        kept = [p for p in parts if p not in dropped | lone]
        while (
            kept
            and isinstance(kept[-1], int)
            and (
                tree.words[kept[-1]].pos in ("PUNCT", "CCONJ", "DET")
                and tree.words[kept[-1]].text not in _QUOTES.values()
            )
        ):
            kept.pop()
        while (
            kept
            and isinstance(kept[-1], int)
            and (tree.words[kept[-1]].low in self._lists["needs_object"] or (tree.is_a(kept[-1], "case") and tree.words[kept[-1]].head not in present))
        ):
            # what it stood before is left out
            kept.pop()
        while (
            kept
            and isinstance(kept[0], int)
            and (tree.words[kept[0]].pos in ("PUNCT", "CCONJ") and tree.words[kept[0]].text not in _QUOTES)
        ):
            kept.pop(0)
        return kept

    def _joined(self, parts: list[int | str]) -> list[int | str]:
        """Put the "and" back between two words of one kind that stand beside each other without it, "left and right wing factions", and an article
        where a time stood for one: "today's incident" is "the incident"."""
        words = self._tree.words
        present = {p for p in parts if isinstance(p, int)}
        bare = {self._bare(p, present) for p in present if words[p].pos == "NOUN" and not words[p].plural}
        found: list[int | str] = []
        for part in parts:
            if isinstance(part, int) and part in bare and self._say.get("the", "") not in found[-1:]:
                found.append(self._say.get("the", ""))
            last = found[-1] if found else None
            if isinstance(part, int) and isinstance(last, int) and part == last + 2 and words[last + 1].pos == "CCONJ" and words[last].pos == words[part].pos in ("ADJ", "ADP"):
                found.append(last + 1)
            found.append(part)
        return found

    def _bare(self, noun: int, present: set[int]) -> int:
        """Return where a noun phrase begins whose owner is a time that is left out; -1 for others."""
        tree = self._tree
        for owner in tree.children(noun, "nmod:poss"):
            if owner in self._times and owner not in present:
                behind = max(tree.subtree(owner))
                return min(p for p in tree.subtree(noun) if p in present and p > behind)
        return -1

    def _pairs(self) -> list[tuple[int, int]]:
        tree = self._tree
        found: list[tuple[int, int]] = []
        opened: tuple[int, str] | None = None
        for place, word in enumerate(tree.words):
            if opened is not None and word.text == opened[1]:
                found.append((opened[0], place))
                opened = None
            elif opened is None and word.text in _QUOTES and word.pos in ("PUNCT", "X", "NOUN", "PART", "SYM", "PROPN"):
                opened = (place, _QUOTES[word.text])
        return found

    def _bracketed(self) -> set[int]:
        found: set[int] = set()
        depth = 0
        for place, word in enumerate(self._tree.words):
            depth += word.text in _OPENING
            if depth:
                found.add(place)
            depth = max(0, depth - (word.text in _CLOSING))
        return found if depth == 0 else set()

    def _text(self, parts: list[int | str]) -> str:
        """Return parts as a text; what stood first in the sentence and does so no more is written small."""
        words = self._tree.words
        first = next((p for p, w in enumerate(words) if w.pos != "PUNCT"), 0)
        out = ""
        last: int | None = None
        for part in parts:
            glue = False
            if isinstance(part, str):
                text = part
            else:
                word = words[part]
                text = word.text
                if part == first and out and not out.endswith(tuple(_QUOTES)) and self._may_be_small(part):
                    text = text[:1].lower() + text[1:]
                beside = last is not None and part == last + 1 and word.start == words[last].end
                clitic = part > 0 and word.start == words[part - 1].end and word.low in self._lists["clitics"]
                glue = beside or clitic or (word.pos == "PUNCT" and word.text in _CLOSE_SIGNS)
            out += text if glue or not out else f" {text}"
            last = part if isinstance(part, int) else None
        return " ".join(out.split()).strip(_ENDS)

    def _may_be_small(self, place: int) -> bool:
        word = self._tree.words[place]
        return (
            word.pos != "PROPN"
            and not word.entity.endswith(("PERSON", "ORG", "GPE"))
            and word.low not in self._lists["always_capital"]
            and not word.text.isupper()
        )

    def broken(self, text: str) -> str:
        """Return a text cut off between words, with a mark that says so."""
        words = shorten(text, LONGEST - 1).split(" ")
        while len(words) > 1 and (
            words[-1].lower().strip(_ENDS) in self._lists["dangling"] or not words[-1].strip(_ENDS)
        ):
            words.pop()
        return " ".join(words).strip(_ENDS) + "…"


def whole_sentence(tree: Tree, teller: Teller) -> str:
    """Return the sentence itself as a title, cut where it is too long."""
    text = " ".join(tree.text.split()).rstrip(".")
    text = text if len(text) <= LONGEST else teller.broken(text)
    return text[:1].upper() + text[1:]
