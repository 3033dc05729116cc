"""Clauses: on a tree, which words make a clause, what kind it is, its subject and verb group, what governs it and who says it."""

from __future__ import annotations

from typing import Final

from attrs import define, field

from chronicle.syntax.lexicon import Lexicon
from chronicle.syntax.tree import Tree

MAIN: Final = "main"
COORDINATED: Final = "coordinated"
RELATIVE: Final = "relative"
PARTICIPIAL: Final = "participial"
INFINITIVE: Final = "infinitive"
REPORTED: Final = "reported"
CONDITIONAL: Final = "conditional"
ADVERBIAL: Final = "adverbial"

_CLAUSAL: Final = ("root", "conj", "advcl", "acl", "ccomp", "xcomp", "csubj", "parataxis")
_VERBS: Final = ("VERB", "AUX")
SUBJECTS: Final = ("nsubj", "csubj", "expl")


@define
class Clauses:
    """The clauses of a tree, each known by the place of its head: a verb, or what a copula says of its subject."""

    tree: Tree
    words: Lexicon
    _subjects: dict[int, int | None] = field(factory=dict)
    _known: dict[int, bool] = field(factory=dict)
    _kinds: dict[int, str] = field(factory=dict)

    def is_clause(self, place: int) -> bool:
        """Tell whether a word is the head of a clause."""
        known = self._known.get(place)
        if known is None:
            known = self._known[place] = self._is_clause(place)
        return known

    def _is_clause(self, place: int) -> bool:
        word = self.tree.words[place]
        if word.head < 0:
            return True
        if not self.tree.is_a(place, *_CLAUSAL):
            return word.pos in _VERBS and self.tree.child(place, "nsubj") is not None
        if word.pos in _VERBS:
            return not (
                word.relation == "conj"
                and not self.is_clause(word.head)
                and self.tree.child(place, *SUBJECTS, "aux", "obj") is None
            )
        return self.tree.child(place, "cop", "nsubj") is not None or (
            word.pos == "ADJ" and self.tree.is_a(place, "xcomp", "acl")
        )

    def clause_of(self, place: int) -> int:
        """Return the head of the clause that a word stands in."""
        while not self.is_clause(place):
            place = self.tree.words[place].head
        return place

    def group(self, head: int) -> list[int]:
        """Return the verb group of a clause, in order: its auxiliaries, copula, "to", negation and particle with its head."""
        tree = self.tree
        found = [c for c in tree.children(head, "aux", "cop", "compound:prt") if tree.words[c].relation != "compound"]
        found += [c for c in tree.children(head, "mark") if tree.words[c].pos == "PART"]
        found += [c for c in tree.children(head, "advmod") if self.is_negation(c)]
        return sorted([*found, head])

    def is_negation(self, place: int) -> bool:
        """Tell whether a word denies its clause."""
        word = self.tree.words[place]
        if word.low not in self.words["negation"]:
            return False
        # "pleaded not guilty" denies no pleading
        return word.head < 0 or place < word.head or self.tree.words[word.head].pos == "AUX"

    def auxiliaries(self, head: int) -> list[int]:
        """Return the auxiliaries and the copula of a clause; those of the first conjunct where this one shares them."""
        tree = self.tree
        own = tree.children(head, "aux", "cop")
        word = tree.words[head]
        if own or word.relation != "conj" or tree.child(head, *SUBJECTS) is not None:
            return own
        first = word.head
        shared = tree.children(first, "aux")
        if not shared or tree.words[first].form == "Fin" or word.form == "Fin":
            return []
        if word.form == tree.words[first].form or (word.form == "Inf" and not self.has_to(head)):
            return shared
        return []

    def has_to(self, head: int) -> bool:
        """Tell whether "to" stands before a verb."""
        return any(
            self.tree.words[c].pos == "PART" and not self.is_negation(c) for c in self.tree.children(head, "mark")
        )

    def is_finite(self, head: int) -> bool:
        """Tell whether a clause has a finite verb: of its own, or an auxiliary."""
        words = self.tree.words
        if any(
            words[a].form in ("Fin", "") or words[a].low in self.words["modals"] for a in self.auxiliaries(head)
        ) and not self.has_to(head):
            return True
        return words[head].form == "Fin" or (words[head].form == "" and words[head].pos in _VERBS)

    def kind(self, head: int) -> str:
        """Return what kind of clause one is."""
        known = self._kinds.get(head)
        if known is None:
            known = self._kinds[head] = self._kind(head)
        return known

    def _kind(self, head: int) -> str:
        tree, word = self.tree, self.tree.words[head]
        marks = {tree.words[c].low for c in tree.children(head, "mark", "advmod") if c < head}
        if marks & self.words["conditions"]:
            return CONDITIONAL
        if word.relation == "conj":
            first = self.kind(word.head) if self.is_clause(word.head) else MAIN
            return COORDINATED if first in (MAIN, COORDINATED) else first
        if word.relation == "acl:relcl" or (tree.is_a(head, "acl") and self.is_finite(head)):
            return RELATIVE
        if self.has_to(head) or (word.form == "Inf" and tree.is_a(head, "xcomp")):
            return INFINITIVE
        if tree.is_a(head, "ccomp", "csubj"):
            return REPORTED
        if tree.is_a(head, "acl", "advcl") and not self.is_finite(head):
            return PARTICIPIAL
        if tree.is_a(head, "xcomp"):
            return INFINITIVE
        return ADVERBIAL if tree.is_a(head, "advcl") else MAIN

    def own_subject(self, head: int) -> int | None:
        """Return the head of the subject that stands in a clause itself."""
        found = self.tree.children(head, "nsubj", "csubj")
        found = [f for f in found if self.tree.words[f].low not in self.words["relative"]] or found
        return found[0] if found else self.tree.child(head, "expl")

    def antecedent(self, head: int) -> int | None:
        """Return the noun that a relative clause (or one conjoined to it) says more of."""
        word = self.tree.words[head]
        if word.relation == "conj":
            return self.antecedent(word.head)
        return word.head if self.tree.is_a(head, "acl") else None

    def subject(self, head: int, depth: int = 0) -> int | None:
        """Return the head of the subject of a clause, wherever it stands: shared, controlled, or the antecedent of a relative pronoun."""
        if head in self._subjects:
            return self._subjects[head]
        found = self._subject(head) if depth < 8 else None
        self._subjects[head] = found
        return found

    def _subject(self, head: int) -> int | None:
        tree, word = self.tree, self.tree.words[head]
        own = self.own_subject(head)
        if own is not None:
            relative = tree.words[own].low in self.words["relative"] and self.kind(head) == RELATIVE
            return self.antecedent(head) if relative else own
        if word.head < 0:
            return None
        if word.relation == "conj":
            return self.subject(word.head, 1)
        if tree.is_a(head, "acl"):
            return (
                self.subject(self.clause_of(word.head), 1)
                if self.has_to(head) and not self.is_passive(head)
                else word.head
            )
        if tree.is_a(head, "xcomp", "ccomp"):
            governor = tree.words[word.head]
            if governor.lemma in self.words["object_control"]:
                thing = tree.child(word.head, "obj", "iobj")
                if thing is not None:
                    return thing
            return self.subject(word.head, 1)
        if tree.is_a(head, "advcl", "parataxis"):
            thing = self._object_before(head)
            return thing if thing is not None else self.subject(self.clause_of(word.head), 1)
        return None

    def _object_before(self, head: int) -> int | None:
        """Return the object right before a participle that says when it is to be, which a parser hung on the verb: "dropped a march, planned for
        Friday"."""
        tree, word = self.tree, self.tree.words[head]
        if word.form != "Part" or word.lemma not in self.words["planned_states"] | self.words["making"] or self.auxiliaries(head):
            return None
        thing = tree.child(word.head, "obj")
        first = min(tree.subtree(head))
        return thing if thing is not None and thing < first and max(p for p in tree.subtree(thing) if p < first) >= first - 2 else None

    def is_passive(self, head: int) -> bool:
        """Tell whether something is done to the subject of a clause."""
        tree = self.tree
        if tree.child(head, "nsubj:pass", "aux:pass") is not None:
            return any(tree.words[c].relation in ("nsubj:pass", "aux:pass") for c in tree.children(head))
        return tree.words[head].form == "Part" and not self.auxiliaries(head)

    def governor(self, head: int) -> int | None:
        """Return the clause that a clause depends on, past what it is conjoined to; None for a main clause."""
        tree = self.tree
        while tree.words[head].relation == "conj" and tree.words[head].head >= 0:
            head = tree.words[head].head
            if not self.is_clause(head):
                return self.clause_of(head)
        above = tree.words[head].head
        return None if above < 0 else self.clause_of(above)

    def complement_of_noun(self, head: int) -> int | None:
        """Return the noun that an infinitive belongs to: "a plan to close"."""
        word = self.tree.words[head]
        while word.relation == "conj" and word.head >= 0:
            word = self.tree.words[word.head]
        return (
            word.head
            if word.relation.startswith("acl")
            and word.head >= 0
            and self.tree.words[word.head].pos in ("NOUN", "PROPN")
            else None
        )

    def cancels(self, head: int) -> bool:
        """Tell whether a clause says that something was called off."""
        return self._says(head, "cancelling")

    def waits(self, head: int) -> bool:
        """Tell whether what a clause tells of comes when the time is over until which it was put off."""
        return self._says(head, "waits_until")

    def _says(self, head: int, name: str) -> bool:
        """Tell whether a verb, with or without its particle, is one of a list: "call off"."""
        lemma = self.tree.words[head].lemma
        particles = [self.tree.words[c].low for c in self.tree.children(head, "compound:prt", "advmod")]
        return any(verb in self.words[name] for verb in (lemma, *(f"{lemma}-{p}" for p in particles)))

    def _dropped_beside(self, plan: int) -> int | None:
        """Return the clause beside a plan that calls it off, "had planned to march on Friday, but called off the march", or the plan where that says
        more."""
        tree = self.tree
        if tree.words[plan].lemma not in self.words["planned_states"]:
            return None
        things = list(tree.children(plan, "xcomp"))
        things += [c for p in things for c in tree.children(p, "obj")]
        lemmas = {tree.words[p].lemma for p in (plan, *things)}
        for verb in tree.children(plan, "conj"):
            if self.is_clause(verb) and self.cancels(verb):
                for place in tree.children(verb, "obj", "nsubj:pass", "obl"):
                    if tree.words[place].low in self.words["thing_pronouns"]:
                        # "but it was called off": the plan says what
                        return plan
                    if tree.words[place].lemma in lemmas:
                        return verb
        return None

    def called_off(self, head: int) -> int | None:
        """Return the clause that calls off or puts off what a clause beside its noun says is to come: "the signing, due on 3 May, was called off"."""
        tree = self.tree
        while tree.is_a(head, "xcomp") and tree.words[head].head >= 0:
            head = tree.words[head].head
        word = tree.words[head]
        dropped = self._dropped_beside(head)
        if dropped is not None:
            return dropped
        thing = self._object_before(head) if tree.is_a(head, "advcl") else word.head if tree.is_a(head, "acl") else None
        if thing is None:
            return None
        verb = tree.words[thing].head
        if word.lemma in self.words["planned_states"] and word.form == "Part" and verb >= 0 and tree.is_a(thing, "obj") and self.is_clause(verb) and not self.is_passive(verb):
            # "postponed the launch, scheduled for Monday"
            return verb if self.cancels(verb) or self._says(verb, "put_off") else None
        if not tree.is_a(head, "acl"):
            return None
        will_be = word.lemma in self.words["be"] and any(map(self.has_to, tree.children(head, "xcomp")))
        if word.lemma not in self.words["planned_states"] and not will_be:
            return None
        noun = word.head
        while tree.is_a(noun, "nmod"):
            # "work on a bridge, which was to start on Monday, was postponed"
            noun = tree.words[noun].head
        verb = tree.words[noun].head
        if verb < 0 or not tree.is_a(noun, "nsubj") or not self.is_clause(verb):
            return None
        if self.is_passive(verb) and self._says(verb, "put_off"):
            return verb
        if not self.is_passive(verb) and self.is_finite(head):
            planned = {tree.words[p].lemma for p in tree.children(head, "xcomp")}
            if planned.isdisjoint(tree.words[p].lemma for p in tree.children(verb, "obj")):
                # "the club, which had planned to march on Friday, cancelled its march", but not "cancelled its debts"
                return None
        return verb if self.cancels(verb) else None
