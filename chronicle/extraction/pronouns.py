"""Antecedents: whom or what a leading he, she, it, they or its stands for, where the text leaves no doubt.

A pronoun that is the subject of its sentence mostly stands for the subject of the one before (the centering of Grosz, Joshi and Weinstein,
1995); a person's pronoun for the only person whom its paragraph names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import define

from chronicle.extraction.names import Known
from chronicle.syntax.clauses import Clauses
from chronicle.syntax.tree import Tree

_FURTHEST: Final = 3
_LONGEST: Final = 45


@define
class Antecedents:
    """What the pronouns of an article stand for. ``trees`` are those of its sentences that were read; ``blocks`` the paragraph of each."""

    trees: Mapping[int, Clauses]
    blocks: list[int]
    known: Known
    marked: bool

    def meant(self, index: int, place: int, clause: int) -> tuple[str | None, bool]:
        """Return what a pronoun of a sentence stands for, None where it cannot be told, and whether that is certain."""
        clauses = self.trees[index]
        tree = clauses.tree
        low = tree.words[place].low
        low = clauses.words.table("pronoun_of").get(low, low)
        if low in clauses.words["person_pronouns"]:
            meant, sure = self._person(index, place, clause)
            if meant is not None and meant in tree.text[tree.words[place].end - tree.start :]:
                # a pronoun does not stand for whom its own clause names behind it
                return None, False
            return meant, sure
        if low in clauses.words["thing_pronouns"]:
            if (
                low in clauses.words["cleft"]
                and place == clauses.own_subject(clause)
                and self._is_empty(clauses, clause)
            ):
                return None, True
            return self._thing(index, place, low)
        return None, False

    def _is_empty(self, clauses: Clauses, clause: int) -> bool:
        """Tell whether "it" stands for nothing: "it was said that", "it is likely to", "it rained"."""
        tree, word = clauses.tree, clauses.tree.words[clause]
        if tree.child(clause, "ccomp", "csubj") is not None and tree.child(clause, "obj") is None:
            return clauses.is_passive(clause) or tree.child(clause, "cop") is not None
        return word.lemma in clauses.words["empty_it"]

    def _people(self, index: int, places: list[int] | None = None) -> list[str]:
        tree = self.trees[index].tree
        return self.known.names(tree, places if places is not None else range(len(tree.words)), self.marked).people

    def _person(self, index: int, place: int, clause: int) -> tuple[str | None, bool]:
        clauses = self.trees[index]
        tree = clauses.tree
        preceding = self.known.lists.get("before_places", frozenset())
        before = self._people(index, [p for p in range(place) if not (p and tree.words[p - 1].low in preceding)])
        if len(before) == 1:
            return before[0], True
        if len(before) > 1:
            main = self._subject_person(index)
            return (main, False) if main in before else (None, False)
        if not before and tree.words[place].head != self._root(index):
            main = self._subject_person(index)
            if main is not None:
                return main, True
        after = self._after(index, place)
        if after is not None:
            return after, True
        for back in range(index - 1, index - 1 - _FURTHEST, -1):
            if back not in self.trees or self.blocks[back] < self.blocks[index] - 1:
                break
            people = self._people(back)
            if len(people) == 1:
                return people[0], self.blocks[back] == self.blocks[index]
            subject = self._subject_person(back)
            if subject is not None:
                return subject, len(people) <= 1
            if people:
                return None, False
        return None, False

    def _after(self, index: int, place: int) -> str | None:
        """Return the subject of the main clause behind a clause that leads up to it: "before he resigned, Smith ..."."""
        clauses = self.trees[index]
        tree = clauses.tree
        at = clauses.clause_of(place)
        above = clauses.governor(at)
        if above is None or not tree.is_a(at, "advcl") or at > above:
            return None
        subject = clauses.own_subject(above)
        if subject is None or tree.words[subject].pos == "PRON":
            return None
        people = self._people(index, tree.subtree(subject))
        return people[0] if len(people) == 1 else None

    def _root(self, index: int) -> int | None:
        return next((i for i, w in enumerate(self.trees[index].tree.words) if w.head < 0), None)

    def _subject_person(self, index: int) -> str | None:
        clauses = self.trees[index]
        root = self._root(index)
        subject = clauses.own_subject(root) if root is not None else None
        if subject is None:
            return None
        own = [p for p in clauses.tree.subtree(subject) if not clauses.tree.is_a(p, "acl", "nmod")]
        people = self._people(index, own)
        word = clauses.tree.words[subject]
        named = word.pos == "PROPN" or (word.pos == "NOUN" and word.text[0].isupper() and word.lemma not in clauses.words["persons"])
        if not people and named and not word.entity[2:] and len(own) == 1:
            return word.text
        return people[0] if len(people) == 1 else None

    def _thing(self, index: int, place: int, low: str) -> tuple[str | None, bool]:
        clauses = self.trees[index]
        tree = clauses.tree
        # in "the bank said that it closed" the sentence itself has what is meant
        at = clauses.clause_of(place)
        above = clauses.governor(at) if tree.is_a(at, "ccomp", "conj") else None
        if above is not None:
            subject = clauses.subject(above)
            if subject is not None and subject < place and tree.words[subject].pos != "PRON":
                return self._definite(clauses, subject, low, same=True)
        for back in range(index - 1, index - 1 - _FURTHEST, -1):
            if back not in self.trees or self.blocks[back] < self.blocks[index] - 1:
                return None, False
            earlier = self.trees[back]
            root = self._root(back)
            subject = earlier.own_subject(root) if root is not None else None
            if subject is None or root is None:
                return None, False
            if earlier.tree.words[subject].low == low:
                continue
            if any(w.low == low for w in earlier.tree.words):
                return None, False
            return self._definite(earlier, subject, low)
        return None, False

    def _definite(self, clauses: Clauses, subject: int, low: str, same: bool = False) -> tuple[str | None, bool]:
        """Return a subject as one names it again, "the bank", if it agrees with a pronoun."""
        tree, lists = clauses.tree, clauses.words
        word = tree.words[subject]
        if word.pos == "PRON":
            return None, False
        coordinated = any(not clauses.is_clause(c) for c in tree.children(subject, "conj"))
        plural = coordinated or word.plural or word.low in lists["plural_nouns"]
        if plural != (low in lists["plural_pronouns"]):
            return None, False
        people = self.known.names(tree, tree.subtree(subject), self.marked).people if not coordinated else []
        if low in lists["cleft"] and (word.lemma in lists["persons"] or people):
            return None, False
        places = _core(tree, subject, coordinated)
        if not places or tree.words[places[-1]].end - tree.words[places[0]].start > _LONGEST:
            return None, False
        text = tree.said(places)
        first = tree.words[places[0]]
        if first.low in lists["indefinite"]:
            text = f"{lists.table('parts')['the']} {tree.said(places[1:])}"
        return text[:1].upper() + text[1:], True


def _core(tree: Tree, subject: int, coordinated: bool) -> list[int]:
    left: set[int] = set()
    for child in tree.children(subject, "acl", "appos", "advcl", "cop", "nsubj", "parataxis", "advmod"):
        left.update(tree.subtree(child))
    places = [p for p in tree.subtree(subject) if p not in left]
    while places and tree.words[places[-1]].pos == "PUNCT":
        places.pop()
    while places and tree.words[places[0]].pos in ("PUNCT", "ADP", "CCONJ"):
        places.pop(0)
    return places
