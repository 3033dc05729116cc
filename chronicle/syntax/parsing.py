"""Parsing: chunks hung together to a tree in one pass from left to right; the second step of the light reader.

Each verb group becomes the head of a clause; a clause knows the one that it is part of, so that a verb behind a relative clause finds the clause that
waits for one. The module is long because all of its steps share the one state of that pass.
"""

from __future__ import annotations

from typing import Final

from attrs import define, field

from chronicle.syntax.chunks import NOMINAL, Chunk
from chronicle.syntax.lexicon import Lexicon
from chronicle.syntax.tree import ROOT, Word

_STOPS: Final = (";", ":", "--", "—", "–", ".", "?", "!", "…")
_DASHES: Final = ("--", "—", "–")
_QUOTED: Final = ("“", "”", '"', "``", "''")


@define
class _Clause:
    """A clause that is being read. ``verb`` is None until its verb group comes; ``above`` is the clause that it is part of."""

    relation: str
    above: _Clause | None = None
    anchor: int | None = None  # the noun or verb that it will hang on
    mark: list[int] = field(factory=list)
    verb: int | None = None
    subject: int | None = None
    pending: list[int] = field(factory=list)  # phrases before the verb, heads
    last: int | None = None  # the noun phrase read last, to hang "of ..." on
    object: int | None = None
    finite: bool = False
    opened_by_comma: bool = False
    timed: set[int] = field(factory=set)  # expressions of time among the phrases before the verb


class Parser:
    """One pass over the chunks of a sentence."""

    def __init__(self, words: list[Word], lists: Lexicon, chunks: list[Chunk]) -> None:
        self._words, self._lists, self._chunks = words, lists, chunks
        self._clause = _Clause("root")
        self._clauses = [self._clause]
        self._root: int | None = None
        self._prepositions: list[int] = []
        self._cc: int | None = None
        self._comma = False
        self._loose: list[int] = []
        self._at = 0

    def _hang(self, place: int, head: int, relation: str) -> None:
        if place != head:
            self._words[place].head, self._words[place].relation = head, relation

    def parse(self) -> None:
        """Give every word its head and relation."""
        aside = self._bracketed()
        for at, chunk in enumerate(self._chunks):
            self._at = at
            kind = chunk.kind
            if self._at in aside:
                self._in_brackets(chunk, aside[self._at])
                continue
            if kind == "NP":
                self._noun(chunk)
            elif kind == "TIME":
                self._when(chunk)
            elif kind.startswith("V"):
                self._verb(chunk)
            elif kind == "ADP":
                self._preposition(chunk.head)
            elif kind == "SCONJ":
                self._subordinator(chunk.head)
            elif kind == "CCONJ":
                self._conjunction(chunk.head)
            elif kind == "PUNCT":
                self._sign(chunk.head)
            elif kind == "ADJ":
                self._adjective(chunk)
            else:
                self._adverb(chunk.head)
            if kind not in ("PUNCT", "CCONJ"):
                self._comma = False
                if kind not in ("ADV", "ADP", "INTJ", "X", "PART"):
                    self._cc = None
        self._finish()

    def _bracketed(self) -> dict[int, int]:
        """Return the chunks that stand in brackets, with the place of the bracket that opens them."""
        found: dict[int, int] = {}
        opened: int | None = None
        for at, chunk in enumerate(self._chunks):
            text = self._words[chunk.head].text
            if text in ("(", "["):
                opened = at
            elif text in (")", "]") and opened is not None:
                found.update(dict.fromkeys(range(opened, at + 1), opened))
                opened = None
        return found

    def _in_brackets(self, chunk: Chunk, opened: int) -> None:
        """Hang what stands in brackets on the phrase before them, flat."""
        clause = self._clause
        main = next((c.head for c in self._chunks[opened + 1 :] if c.kind in ("NP", "TIME") or c.kind.startswith("V")), chunk.head)
        anchor = clause.last if clause.last is not None else clause.verb
        if chunk.head == main:
            if anchor is not None:
                self._hang(main, anchor, "appos")
            return
        if self._words[chunk.head].head == ROOT:
            self._hang(chunk.head, main, "punct" if chunk.kind == "PUNCT" else "dep")

    def _next(self, ahead: int = 1) -> Chunk | None:
        at = self._at + ahead
        return self._chunks[at] if at < len(self._chunks) else None

    # signs and small words

    def _sign(self, place: int) -> None:
        word = self._words[place]
        self._loose.append(place)
        if word.text == ",":
            self._comma = True
            self._stranded()
        elif word.text in _STOPS:
            self._stranded()
            if word.text in (";", ":", "--", "—", "–"):
                if word.text not in (";", ":") and self._waits(self._clause) and self._clause.verb is None:
                    self._comma = True
                    return
                if self._clause.verb is not None or self._clause.above is not None:
                    main = self._clauses[0]
                    self._open("parataxis", main, main.verb)
                self._comma = True
        elif word.text in _QUOTED or word.text in ("(", ")"):
            pass

    def _open(self, relation: str, above: _Clause | None, anchor: int | None, mark: int | None = None) -> _Clause:
        clause = _Clause(relation, above, anchor)
        if mark is not None:
            clause.mark.append(mark)
        clause.opened_by_comma = self._comma
        self._clauses.append(clause)
        self._clause = clause
        return clause

    def _preposition(self, place: int) -> None:
        before = self._chunks[self._at - 1] if self._at else None
        after = self._next()
        verb = self._clause.verb
        close = before is not None and verb is not None and before.head == verb and before.kind.startswith("V")
        alone = after is None or after.kind in ("ADP", "PUNCT", "CCONJ", "SCONJ", "ADV") or after.kind.startswith("V")
        phrasal = verb is not None and f"{self._words[verb].lemma}-{self._words[place].low}" in self._lists["phrasal"]
        if close and verb is not None and self._words[place].low in self._lists["particles"] and (alone or phrasal or (after is not None and after.kind == "TIME" and self._words[place].low in self._lists["pure_particles"])):
            self._hang(place, verb, "compound:prt")
            return
        self._prepositions.append(place)

    def _conjunction(self, place: int) -> None:
        """Remember an "and"; where a clause with its own subject follows, open it."""
        clause = self._clause
        self._cc = place
        if clause.verb is None or not self._clause_follows():
            return
        while self._comma and clause.above is not None and clause.above.verb is not None and clause.relation != "ccomp":
            clause = clause.above
        inner = self._open("conj", clause.above, self._first(clause.verb))
        inner.mark.append(place)
        self._prepositions.clear()

    def _clause_follows(self) -> bool:
        """Tell whether a subject and its finite verb follow, behind what may lead up to them."""
        words, ahead, named, led = self._words, 1, False, False
        while (after := self._next(ahead)) is not None and ahead < 14:
            kind = after.kind
            if kind == "NP" or kind == "ADJ":
                before = self._next(ahead - 1) if ahead > 1 else None
                if before is None or before.kind != "ADP":
                    if named and not led:
                        return False
                    named = True
            elif kind == "VG":
                return named
            elif kind == "VINF" and named:
                # "and a plan to buy a second ship was abandoned"
                named, led = True, True
            elif kind == "VPART":
                return named and self._may_be_past(after) and not self._is_agent_next(after)
            elif kind == "PUNCT" and words[after.head].text == ",":
                if named:
                    return False
                led = True
            elif kind not in ("ADP", "TIME", "ADV"):
                return False
            ahead += 1
        return False

    def _is_agent_next(self, chunk: Chunk) -> bool:
        at = chunk.last + 1
        return at < len(self._words) and self._words[at].low in self._lists["agent_cases"]

    def _adverb(self, place: int) -> None:
        word = self._words[place]
        clause = self._clause
        if word.low in self._lists["relative"] and word.low not in self._lists["complementizers"]:
            self._subordinator(place)
            return
        after = self._next()
        if after is not None and (after.kind.startswith("V") or after.kind == "SCONJ"):
            self._hang(place, after.head, "advmod")
        elif clause.verb is not None:
            self._hang(place, clause.verb, "advmod")
        else:
            clause.pending.append(place)

    def _adjective(self, chunk: Chunk) -> None:
        clause, words = self._clause, self._words
        verb = clause.verb
        if self._prepositions:
            self._noun(chunk)
            return
        if verb is not None and words[verb].lemma in self._lists["linking"] and clause.object is None and not self._comma:
            self._complement(chunk.head)
        elif self._cc is not None and verb is not None and words[verb].pos == "ADJ":
            self._hang(chunk.head, verb, "conj")
            self._hang(self._cc, chunk.head, "cc")
        elif verb is not None and clause.last is not None and words[clause.last].pos == "PRON" and words[clause.last].head == verb:
            # "found them guilty"
            self._hang(chunk.head, verb, "xcomp")
        elif clause.last is not None:
            self._hang(chunk.head, clause.last, "acl")
            self._postposed = chunk.head
            if chunk.head + 1 < len(words):
                inner = self._open("acl", clause, clause.last)
                inner.verb = chunk.head
                inner.relation = "acl"
        elif verb is not None:
            self._hang(chunk.head, verb, "xcomp")
        else:
            clause.pending.append(chunk.head)

    def _complement(self, place: int) -> None:
        """Make what "be" says of its subject the head of the clause; of other linking verbs, a complement."""
        clause, words = self._clause, self._words
        verb = clause.verb
        if verb is None:
            return
        if words[verb].lemma not in self._lists["be"]:
            self._hang(place, verb, "xcomp")
            clause.object = place
            return
        for other, word in enumerate(words):
            if word.head == verb and other != place:
                word.head = place
        words[place].head, words[place].relation = words[verb].head, words[verb].relation
        self._hang(verb, place, "cop")
        if self._root == verb:
            self._root = place
        for known in self._clauses:
            if known.anchor == verb:
                known.anchor = place
        clause.verb = place
        clause.object = place

    def _subordinator(self, place: int) -> None:
        words, clause = self._words, self._clause
        word = words[place]
        low = word.low
        after = self._next()
        relates = low in self._lists["relative_pronouns"] and (low not in self._lists["complementizers"] or self._relative_that(place))
        if relates and (clause.last is not None or clause.verb is not None):
            anchor = clause.last if clause.last is not None else clause.verb
            if self._comma and clause.last is not None and low in self._lists["person_relatives"]:
                anchor = self._whole(clause.last)
            elif clause.last is not None and words[clause.last].pos == "PROPN" and words[clause.last].relation == "nmod":
                anchor = self._whole(clause.last) if self._comma else words[clause.last].head
            relative = self._open("acl:relcl", clause, anchor)
            if low in self._lists["adverbial_relatives"] or (after is not None and after.kind == "NP" and low not in self._lists["whose"]):
                relative.pending.append(place)
                if low not in self._lists["adverbial_relatives"]:
                    relative.mark = []
                    words[place].relation = "obj"
                    relative.pending.pop()
                    relative.mark.append(place)
            elif low in self._lists["whose"]:
                relative.mark.append(place)
            else:
                relative.subject = place
            if self._prepositions:
                for preposition in self._prepositions:
                    self._hang(preposition, place, "case")
                self._prepositions.clear()
                if place not in relative.pending and relative.subject == place and after is not None and after.kind == "NP":
                    relative.subject = None
            return
        if low in self._lists["complementizers"] and clause.verb is not None:
            self._open("ccomp", clause, clause.verb, place)
            return
        main = clause if clause.verb is not None else None
        anchor = main.verb if main is not None else None
        if low in self._lists["interrogatives"] and clause.verb is not None and words[clause.verb].lemma in self._lists["saying"]:
            self._open("ccomp", clause, anchor, place)
            return
        self._open("advcl", clause, anchor, place)

    def _relative_that(self, place: int) -> bool:
        """Tell whether "that" opens a relative clause: right behind a noun, and no verb of saying, nor a noun that tells a content, before."""
        clause = self._clause
        words = self._words
        if place == 0 or clause.last is None:
            return False
        before = words[place - 1]
        if before.pos not in ("NOUN", "PROPN", "PRON", "NUM") or self._comma:
            return False
        if before.lemma in self._lists["content_nouns"]:
            return False
        told = clause.verb is not None and words[clause.verb].lemma in self._lists["telling"]
        after = self._next()
        return not (told and after is not None and after.kind == "NP")

    # noun phrases

    def _noun(self, chunk: Chunk) -> None:
        words, clause = self._words, self._clause
        head = chunk.head
        if words[head].low in self._lists["reflexives"] and clause.last is not None and not self._prepositions and words[head - 1].pos in NOMINAL:
            self._hang(head, clause.last, "appos")
            return
        if self._prepositions:
            self._prepositional(head)
            return
        if clause.verb is not None and (main := self._main_waiting(clause)) is not None and (self._verb_follows() if self._comma else self._is_main_subject(chunk)):
            self._clause = clause = main
        if self._cc is not None and self._conjoin(chunk):
            return
        if self._comma and self._listed(chunk):
            return
        verb = clause.verb
        if verb is None:
            if clause.mark and words[clause.mark[0]].low in self._lists["whose"] and clause.subject is None and not clause.pending:
                self._hang(clause.mark.pop(0), head, "nmod:poss")
            if self._comma and clause.last is not None and self._waits(clause) and self._is_closed_aside():
                self._hang(head, clause.last, "appos")
                clause.last = head
                return
            clause.pending.append(head)
            clause.last = head
            return
        if self._comma and clause.last is not None and self._is_apposition(chunk) and not self._starts_clause(chunk) and not self._is_time(chunk):
            self._hang(head, clause.last, "appos")
            clause.last = head
            return
        if self._starts_clause(chunk):
            relation = "ccomp" if not self._comma and words[verb].lemma in self._lists["saying"] and clause.object is None else "acl:relcl" if clause.last is not None and not self._comma else "parataxis"
            inner = self._open(relation, clause, clause.last if relation == "acl:relcl" else verb)
            inner.pending.append(head)
            inner.last = head
            return
        if words[verb].lemma in self._lists["be"] and clause.object is None and not self._comma and words[verb].pos == "AUX" and not self._is_time(chunk):
            if clause.subject is None and not clause.pending and words[verb].relation != "acl:relcl" and not self._has_there(verb):
                # "among them was X": the subject stands behind
                pass
            if self._has_there(verb):
                self._hang(head, verb, "nsubj")
                clause.object = clause.last = head
                return
            self._complement(head)
            clause.last = head
            return
        if self._is_time(chunk):
            self._hang(head, verb, "obl:tmod")
            return
        if clause.object is None:
            if words[verb].form == "Fin" and clause.subject is None and not self._expects_object(verb):
                self._hang(head, verb, "nsubj")
                clause.subject = head
            else:
                self._hang(head, verb, "obj")
            clause.object = clause.last = head
        elif words[clause.object].relation == "obj" and words[clause.object].pos in ("PRON", "PROPN", "NOUN") and words[verb].lemma in self._lists["ditransitive"]:
            words[clause.object].relation = "iobj"
            self._hang(head, verb, "obj")
            clause.object = clause.last = head
        else:
            self._hang(head, clause.last if clause.last is not None and self._comma else verb, "appos" if clause.last is not None and self._comma else "obl")
            clause.last = head

    def _when(self, chunk: Chunk) -> None:
        """Hang an expression of time on the verb of its clause, or on the noun right before it where no verb has come."""
        clause, words = self._clause, self._words
        head = chunk.head
        cases = self._prepositions[:]
        self._prepositions.clear()
        for place in cases:
            self._hang(place, head, "case")
        verb, noun = clause.verb, clause.last
        before = chunk.first - len(cases) - 1
        beside = noun is not None and before >= 0 and words[before].pos in NOMINAL and not self._comma
        again = noun is not None and words[noun].relation == "appos" and bool(cases) and words[cases[-1]].low in self._lists["since"]
        if noun is not None and beside and cases and (words[cases[-1]].low in self._lists["attribute_cases"] or verb is None or again):
            self._hang(head, noun, "nmod")
        elif verb is None and cases and not any(words[p].pos in NOMINAL for p in clause.pending) and clause.above is not None and clause.relation == "parataxis":
            clause.pending.append(head)
        elif verb is not None:
            taken = not cases and clause.object is None and words[verb].lemma in self._lists["takes_time"]
            self._hang(head, verb, "obl" if cases else "obj" if taken else "obl:tmod")
        else:
            clause.pending.append(head)
            clause.timed.add(head)

    def _has_there(self, verb: int) -> bool:
        return any(w.head == verb and w.relation == "expl" for w in self._words)

    def _expects_object(self, verb: int) -> bool:
        return self._words[verb].lemma not in self._lists["saying"]

    def _is_time(self, chunk: Chunk) -> bool:
        word = self._words[chunk.head]
        return word.low in self._lists["time_nouns"] or (word.text.isdigit() and len(word.text) == 4 and word.text[0] in "12")

    def _is_main_subject(self, chunk: Chunk) -> bool:
        """Tell whether a phrase right behind another one is the subject of the main clause, no comma between: "After the council rejected the plan
        the mayor resigned"."""
        before = self._chunks[self._at - 1] if self._at else None
        if self._clause.relation != "advcl" or before is None or before.kind not in ("NP", "TIME") or self._words[chunk.first].pos not in ("DET", "PROPN"):
            return False
        verb, rest = self._next(), self._next(2)
        finite = verb is not None and (verb.kind == "VG" or (verb.kind == "VPART" and self._may_be_past(verb) and not self._is_agent_next(verb)))
        return finite and not (rest is not None and rest.kind in ("VG", "VPART"))

    def _is_closed_aside(self) -> bool:
        """Tell whether a comma follows before any verb."""
        ahead = 1
        relative = False
        while (after := self._next(ahead)) is not None and (relative or after.kind in ("NP", "ADP", "TIME", "ADJ", "ADV", "CCONJ", "SCONJ", "VPART", "VGER")):
            if after.kind in ("VPART", "VGER") and not relative and ahead == 1:
                return False
            relative = relative or after.kind in ("SCONJ", "VPART", "VGER")
            if after.kind == "PUNCT":
                break
            ahead += 1
        return after is not None and after.kind == "PUNCT"

    def _is_apposition(self, chunk: Chunk) -> bool:
        """Tell whether a phrase behind a comma says again who was named: a comma or the end follows it."""
        ahead = 1
        while (after := self._next(ahead)) is not None and ahead < 8:
            if after.kind == "PUNCT":
                return True
            if after.kind.startswith("V") and after.kind != "VINF":
                return after.kind in ("VPART", "VGER")
            ahead += 1
        return True

    def _starts_clause(self, chunk: Chunk) -> bool:
        """Tell whether a noun phrase behind a verb is the subject of a clause of its own: a finite verb follows it."""
        clause = self._clause
        if self._outer_waits(clause):
            return False
        ahead = 1
        while (after := self._next(ahead)) is not None and ahead < 9:
            if self._comma and after.kind == "VPART" and self._words[after.head].lemma in self._lists["saying"]:
                return True
            if after.kind in ("VG", "VBARE") or (after.kind == "VPART" and self._may_be_past(after)):
                return not (after.kind == "VPART" and clause.object is None and self._words[clause.verb or 0].lemma not in self._lists["saying"])
            following = self._next(ahead + 1)
            if after.kind == "CCONJ" and ahead == 1 and following is not None and following.kind == "NP":
                ahead += 2
                continue
            if after.kind in ("PUNCT", "SCONJ", "CCONJ") or after.kind.startswith("V"):
                return False
            ahead += 1
        return False

    def _outer_waits(self, clause: _Clause) -> bool:
        """Tell whether a clause around has a subject and no verb yet, so that the next finite verb is its own."""
        outer = clause.above
        while outer is not None:
            if outer.verb is None:
                return self._waits(outer)
            outer = outer.above
        return False

    def _main_waiting(self, clause: _Clause) -> _Clause | None:
        """Return the clause around that has neither verb nor subject yet: behind "Rescued by fishermen," and "When it fell,"."""
        outer = clause.above
        while outer is not None:
            if outer.verb is None:
                return None if self._waits(outer) else outer
            outer = outer.above
        return None

    def _may_be_past(self, chunk: Chunk) -> bool:
        return self._words[chunk.head].low not in self._lists["participles_only"]

    def _prepositional(self, head: int) -> None:
        words, clause = self._words, self._clause
        cases = self._prepositions[:]
        self._prepositions.clear()
        for place in cases:
            self._hang(place, head, "case")
        low = words[cases[-1]].low
        first = words[cases[0]].low
        conjoined = self._cc is not None and clause.last is not None and any(
            w.relation == "case" and w.low == first and w.head == clause.last for w in words[: cases[0]]
        )
        if conjoined and clause.last is not None and self._cc is not None:
            self._hang(head, clause.last, "conj")
            self._hang(self._cc, head, "cc")
            clause.last = head
            return
        verb = clause.verb
        before = words[cases[0] - 1] if cases[0] else None
        noun = clause.last
        beside = noun is not None and before is not None and before.pos in (*NOMINAL, "PART") and not self._comma
        if noun is not None and beside and (low in self._lists["noun_cases"] or verb is None):
            if verb is None and not clause.pending:
                clause.pending.append(head)
            else:
                self._hang(head, noun, "nmod")
            clause.last = head
            return
        if verb is None:
            clause.pending.append(head)
            clause.last = head if clause.last is None else clause.last
            if noun is None:
                clause.last = head
            return
        takes = noun is not None and beside and words[noun].lemma in self._lists["nouns_with_cases"] and low not in self._lists["time_cases"]
        agent = low in self._lists["agent_cases"] and words[verb].form == "Part"
        if takes and noun is not None and not agent:
            self._hang(head, noun, "nmod")
        else:
            self._hang(head, verb, "obl:agent" if agent else "obl")
        clause.last = head

    def _conjoin(self, chunk: Chunk) -> bool:
        """Hang a phrase behind "and" on the phrase before it, unless a clause of its own begins with it."""
        clause, words = self._clause, self._words
        cc = self._cc
        if cc is None:
            return False
        verb_follows = self._verb_follows()
        if verb_follows and clause.verb is not None:
            main = self._outer(clause) if clause.relation in ("acl:relcl",) and self._comma else clause
            inner = self._open("conj", main, self._first(main.verb))
            inner.pending.append(chunk.head)
            inner.last = chunk.head
            self._hang(cc, chunk.head, "cc")
            inner.mark.append(cc)
            return True
        if clause.last is None:
            return False
        first = clause.last
        while words[first].relation == "conj" and words[first].head >= 0:
            first = words[first].head
        target = self._like(first, chunk.head)
        self._hang(chunk.head, target, "conj")
        self._hang(cc, chunk.head, "cc")
        clause.last = chunk.head
        return True

    def _like(self, place: int, other: int) -> int:
        """Return the phrase that another is listed with: "the mayor of Lund and the bishop" lists mayor and bishop."""
        words = self._words
        if words[place].relation == "nmod" and words[place].head >= 0 and words[other].pos == "NOUN" and words[place].pos == "PROPN":
            return words[place].head
        return place

    def _verb_follows(self) -> bool:
        """Tell whether a finite verb follows a phrase before the clause ends."""
        ahead = 1
        while (after := self._next(ahead)) is not None and ahead < 14:
            if after.kind == "VG" or (after.kind == "VPART" and self._may_be_past(after)):
                return True
            if after.kind in ("SCONJ",) or after.kind in ("VINF", "VGER") or (after.kind == "PUNCT" and self._words[after.head].text not in (",", *_DASHES, *_QUOTED)):
                return False
            if after.kind == "PUNCT" and ahead > 1 and self._words[after.head].text == ",":
                return False
            if after.kind == "CCONJ":
                return False
            ahead += 1
        return False

    def _listed(self, chunk: Chunk) -> bool:
        """Hang a phrase behind a comma on the one before it in a list that "and" closes: "Poland, Hungary and Austria"."""
        clause, words = self._clause, self._words
        if clause.last is None:
            return False
        ahead = 1
        while (after := self._next(ahead)) is not None and ahead < 8:
            if after.kind == "CCONJ":
                following = self._next(ahead + 1)
                if following is None or following.kind != "NP":
                    return False
                names = words[following.head].pos == words[chunk.head].pos == words[clause.last].pos
                if names and not (clause.verb is not None and self._starts_clause(chunk)):
                    first = clause.last
                    while words[first].relation == "conj":
                        first = words[first].head
                    self._hang(chunk.head, first, "conj")
                    clause.last = chunk.head
                    return True
                return False
            if after.kind == "PUNCT" and words[after.head].text == ",":
                ahead += 1
                continue
            if after.kind not in ("NP", "ADP"):
                return False
            ahead += 1
        return False

    # verbs

    def _first(self, verb: int | None) -> int | None:
        """Return the first of conjoined verbs."""
        words = self._words
        return words[verb].head if verb is not None and words[verb].relation == "conj" and words[verb].head >= 0 else verb

    def _outer(self, clause: _Clause) -> _Clause:
        return clause.above if clause.above is not None else clause

    def _verb(self, chunk: Chunk) -> None:
        kind = chunk.kind
        if self._prepositions:
            if kind in ("VGER", "VG", "VPART"):
                self._gerund(chunk)
                return
            self._stranded()
        if kind == "VINF":
            self._infinitive(chunk)
        elif kind in ("VG", "VBARE"):
            self._finite(chunk)
        elif kind == "VPART":
            self._participle(chunk)
        else:
            self._gerund(chunk)

    def _stranded(self) -> None:
        """Hang prepositions without an object on what stands before."""
        clause = self._clause
        for place in self._prepositions:
            if clause.verb is not None:
                self._hang(place, clause.verb, "advmod")
            elif clause.last is not None:
                self._hang(place, clause.last, "case")
        self._prepositions.clear()

    def _becomes(self, clause: _Clause, chunk: Chunk) -> None:
        """Make a verb group the head of a clause that waits for one."""
        words = self._words
        verb = chunk.head
        clause.verb = verb
        passive = any(words[i].relation == "aux:pass" for i in range(chunk.first, chunk.last + 1))
        subject = clause.subject
        if subject is None:
            subject = self._subject_of(clause, verb)
        clause.subject = subject
        for place in clause.pending:
            if place == subject:
                continue
            relation = "advmod" if words[place].pos in ("ADV", "SCONJ") else "obl"
            if words[place].head == ROOT:
                self._hang(place, verb, relation)
        if subject is not None:
            there = words[subject].low in self._lists["there"]
            self._hang(subject, verb, "expl" if there else "nsubj:pass" if passive else "nsubj")
        for place in clause.mark:
            if words[place].relation == "obj" and words[place].low in self._lists["relative_pronouns"]:
                self._hang(place, verb, "obj")
            elif words[place].pos == "CCONJ":
                self._hang(place, verb, "cc")
            else:
                self._hang(place, verb, "mark")
        clause.pending = []
        clause.object = None
        clause.last = None
        if clause.relation == "parataxis" and clause.opened_by_comma and words[verb].lemma in self._lists["saying"] and self._root is not None and clause.anchor is not None:
            after = self._next()
            if after is None or after.kind in ("TIME", "PUNCT", "ADP", "ADV"):
                root = self._root
                words[root].head, words[root].relation = verb, "ccomp"
                clause.relation = "root"
        if clause.relation == "root":
            words[verb].head = ROOT
            words[verb].relation = "root"
            self._root = verb
        elif clause.anchor is not None:
            self._hang(verb, clause.anchor, clause.relation)

    def _subject_of(self, clause: _Clause, verb: int) -> int | None:
        """Return the phrase before a verb that is its subject: the last one without a preposition."""
        words = self._words
        bare = [p for p in clause.pending if words[p].pos in (*NOMINAL, "DET", "ADJ") and not self._has_case(p)]
        named = [p for p in bare if p not in clause.timed]
        return named[-1] if named else None

    def _has_case(self, place: int) -> bool:
        return any(w.relation == "case" and w.head == place for w in self._words[max(0, place - 12) : place] if w.pos != "PART")

    def _finite(self, chunk: Chunk) -> None:
        clause, words = self._clause, self._words
        if clause.verb is None:
            waits = self._waits(clause)
            if not waits and self._cc is not None and clause.above is not None and clause.above.verb is not None:
                self._clause = clause = self._outer(clause)
            else:
                self._becomes(clause, chunk)
                clause.finite = True
                self._settle(clause)
                return
        if self._cc is not None:
            target = self._conjunct_of(clause, chunk)
            first = self._first(target.verb)
            inner = _Clause("conj", target.above, first)
            inner.subject = None
            self._clauses.append(inner)
            verb = chunk.head
            inner.verb, inner.finite = verb, True
            if first is not None:
                self._hang(verb, first, "conj")
            self._hang(self._cc, verb, "cc")
            self._clause = inner
            return
        # a relative or other clause is over, and the verb belongs to the clause around it that waits for one
        outer = clause.above
        while outer is not None:
            if outer.verb is None:
                self._becomes(outer, chunk)
                outer.finite = True
                self._settle(outer)
                self._clause = outer
                return
            outer = outer.above
        last = clause.last
        if last is not None and words[last].relation in ("obj", "nmod", "obl", "appos", "xcomp") and not self._comma:
            # "police said the man | died": what was taken for an object is a subject
            relation = "ccomp" if clause.verb is not None and words[clause.verb].lemma in self._lists["saying"] else "parataxis"
            inner = self._open(relation, clause, clause.verb)
            top = last
            while words[top].relation == "nmod":
                top = words[top].head
            inner.pending.append(top)
            if clause.object == top:
                clause.object = None
            words[top].head = ROOT
            self._becomes(inner, chunk)
            inner.finite = True
            return
        inner = self._open("parataxis", clause, clause.verb)
        self._becomes(inner, chunk)
        inner.finite = True

    def _waits(self, clause: _Clause) -> bool:
        """Tell whether a clause has a subject and no verb yet."""
        bare = [p for p in clause.pending if self._words[p].pos in NOMINAL and p not in clause.timed and not self._has_case(p)]
        return clause.subject is not None or bool(bare)

    def _settle(self, clause: _Clause) -> None:
        """Hang the clauses that came before a verb and belong to it."""
        for other in self._clauses:
            if other.above is clause and other.verb is not None and other is not clause and self._words[other.verb].head == ROOT and other.relation != "root" and clause.verb is not None:
                self._hang(other.verb, clause.verb, other.relation)
                other.anchor = clause.verb

    def _conjunct_of(self, clause: _Clause, chunk: Chunk) -> _Clause:
        """Return the clause whose verb another one is conjoined to: behind a comma, not that of a relative clause."""
        words = self._words
        best = clause
        plain = not any(words[i].pos == "AUX" for i in range(chunk.first, chunk.last + 1))
        if self._comma:
            while best.above is not None and best.above.verb is not None and best.relation in ("acl:relcl", "acl", "advcl", "xcomp", "conj"):
                best = best.above
            return best
        while best.above is not None and best.above.verb is not None and best.verb is not None:
            form = words[best.verb].form
            wanted = words[chunk.head].form
            if best.finite or (plain and form == wanted and wanted != "Fin"):
                break
            best = best.above
        return best

    def _infinitive(self, chunk: Chunk) -> None:
        clause, words = self._clause, self._words
        verb = chunk.head
        if self._cc is not None and clause.verb is not None and words[clause.verb].form == "Inf" and clause.relation in ("xcomp", "acl", "advcl"):
            self._hang(verb, clause.verb, "conj")
            self._hang(self._cc, verb, "cc")
            inner = _Clause("conj", clause.above, clause.verb)
        elif clause.verb is None:
            if clause.last is not None and clause.pending:
                self._hang(verb, clause.last, "acl")
                inner = _Clause("acl", clause, clause.last)
            else:
                inner = _Clause("advcl", clause, None)
        else:
            beside = clause.last is not None and words[chunk.first - 1].pos in ("NOUN", "PROPN") and not self._comma
            noun = clause.last
            if beside and noun is not None and words[noun].lemma in self._lists["infinitive_nouns"]:
                self._hang(verb, noun, "acl")
                inner = _Clause("acl", clause, noun)
            else:
                purpose = (clause.object is not None and words[clause.object].relation == "obj" and words[clause.verb].lemma not in self._lists["object_control"]) or words[clause.verb].lemma in self._lists["motion"]
                relation = "advcl" if purpose or self._comma else "xcomp"
                self._hang(verb, clause.verb, relation)
                inner = _Clause(relation, clause, clause.verb)
        inner.verb = verb
        self._clauses.append(inner)
        self._clause = inner

    def _participle(self, chunk: Chunk) -> None:
        """Read a form that is a past tense or a past participle."""
        clause, words = self._clause, self._words
        verb = chunk.head
        may_be_past = self._may_be_past(chunk)
        if clause.verb is None:
            # the only verb that the clause will get is its past tense; else what describes the noun
            waits = self._waits(clause)
            follows = self._finite_follows()
            after = self._next()
            active = after is not None and (after.kind == "NP" or (after.kind == "SCONJ" and words[after.head].low in self._lists["complementizers"]))
            takes = active and words[verb].lemma not in self._lists["naming"]
            if may_be_past and waits and (active or not follows) and (takes or not (self._comma and self._verb_anywhere())):
                words[verb].form, words[verb].tense = "Fin", "Past"
                self._finite(chunk)
                return
            if waits and clause.last is not None:
                anchor = self._whole(clause.last) if self._comma else clause.last
                self._hang(verb, anchor, "acl")
                inner = _Clause("acl", clause, anchor)
            elif waits and clause.relation == "acl:relcl" and may_be_past:
                words[verb].form, words[verb].tense = "Fin", "Past"
                self._finite(chunk)
                return
            elif clause.last is not None and not self._comma and words[chunk.first - 1].pos in ("NOUN", "PROPN"):
                self._hang(verb, clause.last, "acl")
                inner = _Clause("acl", clause, clause.last)
            else:
                inner = _Clause("advcl", clause, None)
            inner.verb = verb
            self._clauses.append(inner)
            self._clause = inner
            return
        if self._cc is not None:
            same = words[clause.verb].form == "Part" or any(w.head == clause.verb and w.relation == "aux" for w in words)
            if not same and may_be_past:
                words[verb].form, words[verb].tense = "Fin", "Past"
            self._finite(chunk)
            return
        if words[verb].lemma in self._lists["saying"] and may_be_past and self._speech(chunk):
            return
        outer = clause.above
        while outer is not None and may_be_past:
            if outer.verb is None and self._waits(outer) and self._is_main_next(chunk, outer):
                words[verb].form, words[verb].tense = "Fin", "Past"
                self._finite(chunk)
                return
            outer = outer.above
        before = words[chunk.first - 1] if chunk.first else None
        if before is not None and before.pos in (*NOMINAL, "PUNCT") and clause.last is not None:
            if may_be_past and words[clause.verb].lemma in self._lists["saying"] and clause.object == clause.last and before.pos != "PUNCT":
                words[verb].form, words[verb].tense = "Fin", "Past"
                self._finite(chunk)
                return
            if before.pos != "PUNCT":
                self._hang(verb, clause.last, "acl")
                inner = _Clause("acl", clause, clause.last)
            elif clause.object is not None and words[clause.last].pos in ("NOUN", "PROPN"):
                anchor = self._whole(clause.last)
                self._hang(verb, anchor, "acl")
                inner = _Clause("acl", clause, anchor)
            else:
                self._hang(verb, clause.verb, "advcl")
                inner = _Clause("advcl", clause, clause.verb)
        else:
            linking = words[clause.verb].lemma in self._lists["linking"]
            self._hang(verb, clause.verb, "xcomp" if linking else "advcl")
            inner = _Clause("advcl", clause, clause.verb)
        inner.verb = verb
        self._clauses.append(inner)
        self._clause = inner

    def _is_main_next(self, chunk: Chunk, outer: _Clause) -> bool:
        """Tell whether a form that may be a past tense is that of the clause around, rather than one more participle."""
        after = self._next()
        by = after is not None and after.kind == "ADP" and self._words[after.head].low in self._lists["agent_cases"]
        return not by or not self._finite_follows()

    def _speech(self, chunk: Chunk) -> bool:
        """Make a verb of saying behind what is said the main one: "“It fell,” said the mayor", "it fell, the mayor said"."""
        words, clause = self._words, self._clause
        verb, root = chunk.head, self._root
        after = self._next()
        behind = words[chunk.first - 1].pos == "PUNCT"
        named = after is not None and after.kind == "NP"
        if root is None or clause.verb is None or not (behind and named):
            return False
        words[verb].form, words[verb].tense = "Fin", "Past"
        words[root].head, words[root].relation = verb, "ccomp"
        words[verb].head, words[verb].relation = ROOT, "root"
        self._root = verb
        self._clause = _Clause("root", None, None)
        self._clause.verb = verb
        self._clause.finite = True
        self._clauses.append(self._clause)
        return True

    def _whole(self, place: int) -> int:
        """Return the phrase that a phrase is part of: "compensation of 390 million", which a participle behind a comma describes."""
        words = self._words
        while words[place].relation in ("nmod", "appos", "compound") and words[place].head >= 0:
            place = words[place].head
        return place

    def _verb_anywhere(self) -> bool:
        """Tell whether a verb that can be the main one stands right behind a later comma."""
        ahead, comma = 1, False
        while (after := self._next(ahead)) is not None:
            if after.kind == "PUNCT":
                comma = True
            elif comma and after.kind in ("VG", "VPART"):
                return True
            elif after.kind not in ("ADV", "TIME"):
                comma = False
            ahead += 1
        return False

    def _finite_follows(self) -> bool:
        """Tell whether another finite verb follows that the clause could have as its own."""
        ahead = 1
        depth = 0
        while (after := self._next(ahead)) is not None:
            low = self._words[after.head].low
            if after.kind == "SCONJ" or low in self._lists["relative_pronouns"]:
                depth += 1
            elif (after.kind == "PUNCT" and self._words[after.head].text in (";", ":", "--", "—")) or after.kind == "CCONJ":
                return False
            elif after.kind in ("VG", "VBARE") or (after.kind == "VPART" and self._words[after.head].low in self._lists["past_only"]):
                before = self._next(ahead - 1) if ahead > 1 else None
                fresh = before is not None and before.kind == "NP" and ahead > 2 and self._is_bare(ahead - 1)
                if not depth:
                    return not fresh
                depth -= 1
            ahead += 1
        return False

    def _is_bare(self, ahead: int) -> bool:
        before = self._next(ahead - 1) if ahead > 1 else None
        return before is None or before.kind != "ADP"

    def _gerund(self, chunk: Chunk) -> None:
        clause, words = self._clause, self._words
        verb = chunk.head
        while self._comma and clause.relation == "acl:relcl" and clause.verb is not None and clause.above is not None and clause.above.verb is not None:
            # "overturned the conviction of a nurse who had ..., ruling that"
            self._clause = clause = clause.above
        if self._prepositions:
            cases = self._prepositions[:]
            self._prepositions.clear()
            for place in cases:
                self._hang(place, verb, "mark")
            noun = clause.last
            beside = noun is not None and cases[0] > 0 and words[cases[0] - 1].pos in ("NOUN",) and words[cases[-1]].low in self._lists["noun_cases"]
            if beside and noun is not None:
                self._hang(verb, noun, "acl")
                inner = _Clause("acl", clause, noun)
            elif clause.verb is not None:
                self._hang(verb, clause.verb, "advcl")
                inner = _Clause("advcl", clause, clause.verb)
            else:
                inner = _Clause("advcl", clause, None)
        elif self._cc is not None and clause.verb is not None and words[clause.verb].form == "Ger":
            self._hang(verb, clause.verb, "conj")
            self._hang(self._cc, verb, "cc")
            inner = _Clause("conj", clause.above, clause.verb)
        elif clause.verb is None:
            if clause.last is not None and clause.pending and not self._comma:
                self._hang(verb, clause.last, "acl")
                inner = _Clause("acl", clause, clause.last)
            else:
                inner = _Clause("advcl", clause, None)
        else:
            before = words[chunk.first - 1] if chunk.first else None
            if before is not None and before.pos in ("NOUN", "PROPN") and clause.last is not None and not self._comma:
                self._hang(verb, clause.last, "acl")
                inner = _Clause("acl", clause, clause.last)
            else:
                takes = words[clause.verb].lemma in self._lists["gerund_verbs"] and not self._comma
                self._hang(verb, clause.verb, "xcomp" if takes else "advcl")
                inner = _Clause("advcl", clause, clause.verb)
        inner.verb = verb
        self._clauses.append(inner)
        self._clause = inner

    def _whole_phrase(self, place: int) -> int:
        words = self._words
        while words[place].relation in ("det", "amod", "compound", "nummod", "nmod:poss", "case", "cc") and words[place].head >= 0:
            place = words[place].head
        return place

    # the end

    def _finish(self) -> None:
        words = self._words
        self._stranded()
        root = self._root
        if root is None:
            first = next((c.verb for c in self._clauses if c.verb is not None), None)
            loose = [p for c in self._clauses for p in c.pending if words[p].head == ROOT]
            nominal = next((p for p in loose if words[p].pos in NOMINAL and not self._has_case(p)), None)
            root = nominal if nominal is not None else first
            if root is None:
                root = next((i for i, w in enumerate(words) if w.pos != "PUNCT"), 0)
            words[root].head, words[root].relation = ROOT, "root"
        for clause in self._clauses:
            verb = clause.verb
            if verb is not None and verb != root and words[verb].head == ROOT:
                anchor = clause.anchor if clause.anchor is not None else root
                self._hang(verb, anchor if anchor != verb else root, clause.relation if clause.relation != "root" else "parataxis")
            if verb is None:
                for place in (*clause.pending, *clause.mark, *([clause.subject] if clause.subject is not None else [])):
                    if words[place].head == ROOT and place != root:
                        anchor = clause.anchor if clause.anchor is not None else root
                        self._hang(place, anchor if anchor != place else root, "mark" if words[place].pos == "SCONJ" else "obl" if self._has_case(place) else "dep")
        for place, word in enumerate(words):
            if word.pos == "PUNCT" and word.head == ROOT and place + 1 < len(words) and place != root:
                after = self._whole_phrase(place + 1)
                if words[after].relation == "conj":
                    self._hang(place, after, "punct")
            if word.head == ROOT and place != root:
                self._hang(place, root, "punct" if word.pos == "PUNCT" else "dep")
