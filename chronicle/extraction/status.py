"""Status: what a clause claims of its event, from its verb group and from what governs it."""

from __future__ import annotations

import datetime
from typing import Final

from chronicle.resolve.reckon import CERTAIN, Reference
from chronicle.resolve.resolution import resolve
from chronicle.syntax.clauses import CONDITIONAL, RELATIVE, Clauses
from chronicle.tagger import kinds
from chronicle.tagger.candidate import PAST
from chronicle.tagger.meaning import Cycle, Near
from chronicle.tagger.mention import TimeMention
from chronicle.time.edtf import MICROSECONDS_PER_DAY
from chronicle.time.timex3 import THIRDS
from chronicle.time.when import When

# what comes round, by its kind: each can be told for the last and for the next
_ROUND: Final = frozenset(("date", "month", "monthday", "season", "holiday", "weekday"))
_NARROW: Final = ("day", "hour", "minute", "second")


def is_over(when: When | None, published: When | None) -> bool:
    """Tell whether a time was past when the article came out."""
    if when is None or published is None or when.is_open_end:
        return False
    return when.earliest < published.earliest and when.latest <= published.latest


def is_ahead(when: When | None, published: When | None, mention: TimeMention) -> bool:
    """Tell whether a time was still to come when the article came out."""
    if when is None or published is None:
        return False
    return when.earliest > published.latest or (mention.signal == "By" and when.latest > published.latest)


def looked_back(clauses: Clauses, place: int, mention: TimeMention, when: When | None, published: When | None) -> When | None:
    """Return the last time that a date of any year came round, where a past tense tells of what it dates and it was taken for the next: "was seen
    on 2 March". None where that is not so."""
    if when is None or published is None or mention.signal is not None or not when.earliest > published.latest:
        return None
    inner = kinds.innermost(mention.meaning)
    if not isinstance(inner, Near) or not isinstance(inner.what, Cycle) or inner.what.kind not in _ROUND:
        return None
    tree, lists = clauses.tree, clauses.words
    word, helpers = tree.words[place], clauses.auxiliaries(place)
    lows = [tree.words[h].low for h in helpers]
    past = word.form == "Fin" and word.tense == "Past" and not helpers
    past = past or (word.form == "Part" and bool(lows) and lows[0] in lists["past_auxiliaries"] and lows[0] not in lists["modals"])
    if not past or clauses.has_to(place) or tree.child(place, "xcomp") is not None or tree.is_a(place, "xcomp"):
        return None
    ahead = lists["planning"] | lists["expecting"] | lists["planned_states"] | lists["put_off"] | lists["waits_until"] | lists["decided"] | lists["hoping"]
    if word.lemma in ahead or clauses.kind(place) == CONDITIONAL:
        return None
    day = int(published.earliest.microseconds) // MICROSECONDS_PER_DAY
    edtf = resolve(mention.meaning, Reference(day=day, direction=PAST, cue_distance=CERTAIN)).edtf
    found = When.parse(edtf) if edtf is not None else None
    return found if found is not None and found.latest <= published.latest else None


def status_of(
    clauses: Clauses, place: int, is_noun: bool, mention: TimeMention, when: When | None, published: When | None
) -> tuple[str, set[str]]:
    """Return the status that a sentence claims of what a time dates, and what is doubtful in it."""
    return _Claim(clauses, mention, when, published).status(place, is_noun)


def is_negated(clauses: Clauses, at: int) -> bool:
    """Tell whether a clause's verb group is negated."""
    tree = clauses.tree
    own = tree.children(at, "advmod", "det", "cc")
    return any(map(clauses.is_negation, own)) or any(
        clauses.is_negation(c) for a in clauses.auxiliaries(at) for c in tree.children(a)
    )


def reached(clauses: Clauses, place: int, mention: TimeMention, when: When | None) -> When | None:
    """Return when a happening came or comes that is told as not having come until then ("was not called until 2:15", "was put off until May");
    None where nothing is told so."""
    if mention.signal != "Until" or when is None or not when.is_open_start or when.is_open_end:
        return None
    tree = clauses.tree
    inside = tree.inside(*mention.expression)
    before = min(inside) - 1 if inside else -1
    waits = clauses.waits(place)
    if waits or is_negated(clauses, place) or (before >= 0 and clauses.is_negation(before)):
        part = When.from_timex3(mention.value, mention.mod) if mention.mod in THIRDS else None
        return part or When.parse(str(when).removeprefix("../"))
    return None


def not_before(clauses: Clauses, place: int, mention: TimeMention, when: When | None) -> When | None:
    """Return from when on a happening can come that is told as not coming before ("will not resume before June", "is unlikely before the
    autumn"); None where nothing is told so."""
    if mention.signal != "Before" or when is None or not when.is_open_start or when.is_open_end:
        return None
    if when.latest.is_infinite or not _is_not_to_be(clauses, place):
        return None
    try:
        return When.parse(f"[{(when.latest.date() + datetime.timedelta(1)).isoformat()}..]")
    except OverflowError:
        return None


def _is_not_to_be(clauses: Clauses, place: int) -> bool:
    """Tell whether a clause, or what it is an infinitive of, is negated: "will not open", "is unlikely to open", "no vote is expected"."""
    at: int | None = place
    while at is not None:
        if is_negated(clauses, at) or subject_denies(clauses, at) or clauses.tree.words[at].lemma in clauses.words["unlikely"]:
            return True
        at = clauses.governor(at) if clauses.tree.is_a(at, "xcomp") else None
    return False


def subject_denies(clauses: Clauses, at: int) -> bool:
    """Tell whether a clause is said of nobody: "no vote was held"."""
    tree, subject = clauses.tree, clauses.subject(at)
    if subject is None:
        return False
    no = any(tree.words[c].low in clauses.words["no"] for c in tree.children(subject, "det"))
    return no or tree.words[subject].low in clauses.words["nobody"]


class _Claim:
    def __init__(self, clauses: Clauses, mention: TimeMention, when: When | None, published: When | None) -> None:
        self._clauses, self._tree, self._lists = clauses, clauses.tree, clauses.words
        self._mention, self._when, self._published = mention, when, published
        self._over = is_over(when, published)
        self._ahead = is_ahead(when, published, mention)

    def status(self, place: int, is_noun: bool) -> tuple[str, set[str]]:
        if self._mention.type == "SET":
            return "recurring", set()
        doubts: set[str] = set()
        said = self._of_noun(place) if is_noun else self._of_clause(place)
        if not is_noun and said not in ("hypothetical", "cancelled") and self._is_denied(place):
            said = "denied"
        if said is None:
            said = self._by_time(place)
        if said == "happened" and self._ahead:
            said = "planned"
        elif said in ("planned", "expected") and self._over:
            doubts.add("status")
        return said, doubts

    def _of_noun(self, place: int) -> str | None:
        tree = self._tree
        word = tree.words[place]
        if word.head < 0:
            return None
        verb = self._clauses.clause_of(word.head)
        if tree.is_a(place, "nsubj", "obj") and word.head == verb and self._clauses.cancels(verb):
            return "cancelled" if word.lemma not in self._lists["ongoing_happenings"] else None
        if not self._over and tree.is_a(place, "nsubj", "obj") and word.head == verb:
            return self._of_clause(verb)
        return None

    def _of_clause(self, place: int) -> str | None:
        clauses, tree, _lists = self._clauses, self._tree, self._lists
        at: int | None = place
        infinitive = False
        for _ in range(len(tree.words)):
            if at is None:
                return None
            if clauses.kind(at) == CONDITIONAL:
                return "hypothetical"
            if clauses.called_off(at) is not None:
                return "cancelled"
            found = self._own(at, infinitive, at == place)
            if found is not None:
                return found
            governed = not clauses.is_finite(at) and not tree.is_a(at, "root")
            first = at
            while tree.words[first].relation == "conj" and clauses.is_clause(tree.words[first].head):
                first = tree.words[first].head
            if not governed or tree.is_a(first, "parataxis"):
                return self._reported(first)
            infinitive = clauses.has_to(at) or clauses.has_to(first) or tree.is_a(first, "xcomp")
            noun = clauses.complement_of_noun(at)
            if noun is not None and clauses.has_to(at):
                found = self._lemma(tree.words[noun].lemma, at)
                if found is not None:
                    return found
                if clauses.is_passive(at) or not self._over:
                    return "planned"
                return None
            if clauses.called_off(first) is not None:
                return "cancelled"
            if tree.is_a(first, "acl", "advcl") and not clauses.has_to(first):
                return None if tree.is_a(first, "acl") else self._reported(first)
            at = clauses.governor(at)
            if at is not None and infinitive:
                found = self._lemma(tree.words[at].lemma, at)
                if found is not None:
                    return found if found != "happened" or self._over else self._of_clause(at)
        return None

    def _lemma(self, lemma: str, at: int) -> str | None:
        """Return what a governing word makes of an infinitive."""
        lists = self._lists
        if lemma in lists["decided"] and (self._over or lemma not in lists["planning"]):
            negated = any(self._clauses.is_negation(c) for c in self._tree.children(at, "advmod"))
            return "denied" if negated else "happened" if self._over else None
        if lemma in lists["refusing"]:
            return "denied"
        if lemma in lists["denying"]:
            return "denied"
        if lemma in lists["expecting"]:
            return "expected"
        if lemma in lists["planning"]:
            return "planned"
        return "possible" if lemma in lists["hoping"] else None

    def _is_denied(self, place: int) -> bool:
        """Tell whether somebody denies what a clause says."""
        tree = self._tree
        at = place
        while tree.words[at].head >= 0:
            above = self._clauses.clause_of(tree.words[at].head)
            if tree.is_a(at, "ccomp") and tree.words[above].lemma in self._lists["denying"]:
                return True
            if not tree.is_a(at, "xcomp", "ccomp", "conj"):
                return False
            at = above
        return False

    def _reported(self, first: int) -> str | None:
        """Return what the clauses above make of a finite clause: "denied that", "would be hit if"."""
        tree, clauses = self._tree, self._clauses
        at = first
        for _ in range(6):
            word = tree.words[at]
            if word.head < 0:
                return None
            if tree.is_a(at, "ccomp", "xcomp", "csubj") and tree.words[word.head].lemma in self._lists["denying"]:
                return "denied"
            if not tree.is_a(at, "ccomp"):
                return None
            at = clauses.clause_of(word.head)
            if clauses.kind(at) == CONDITIONAL:
                return "hypothetical"
        return None

    def _own(self, at: int, governs: bool, is_dated: bool) -> str | None:
        """Return what the verb group of a clause itself claims."""
        clauses, tree, lists = self._clauses, self._tree, self._lists
        helpers = clauses.auxiliaries(at)
        lows = [tree.words[a].low for a in helpers]
        word = tree.words[at]
        # "pleaded not guilty" denies no pleading
        said_of = word.pos == "ADJ" and tree.is_a(at, "xcomp") and not helpers
        negated = (not said_of and is_negated(clauses, at)) or subject_denies(clauses, at)
        perfect = any(
            tree.words[a].lemma in lists["having"] or tree.words[a].low in lists["having_forms"] for a in helpers
        )
        if negated and not self._is_until():
            if any(f"{word.lemma}-{tree.words[c].low}" in lists["double"] for c in tree.children(at, "compound:prt")):
                return "possible"
            if set(lows) & lists["modal_past"] and perfect:
                return None if self._over else "hypothetical"
            return "denied"
        if is_dated and word.lemma in lists["denying"] and not self._over:
            return None
        if is_dated and self._clauses.cancels(at):
            things = list(tree.children(at, "nsubj", "obj"))
            if any(tree.words[c].lemma in lists["ongoing_happenings"] for c in things):
                return None
            needs_thing = word.lemma in lists["cancels_if"]
            if not needs_thing or any(
                tree.words[c].lemma in lists["cancelled_if_things"] or tree.words[c].lemma in lists["happenings"]
                for c in things
            ):
                return "cancelled"
        if is_dated and self._mention.signal == "Until" and clauses.waits(at) and not self._over:
            return "planned"
        modals = [m for m in lows if m in lists["modals"]]
        if modals:
            modal = lists.table("modal").get(modals[0])
            if modal == "possible" and perfect and modals[0] in lists["modal_past"]:
                return "hypothetical"
            if modal == "prospective":
                if perfect:
                    return "hypothetical"
                return None if self._over and not self._is_reported(at) else "planned"
            if modal == "possible" and self._over and modals[0] in lists["modal_past"]:
                return None
            if modal is not None:
                return modal
        expects = word.lemma in lists["expecting"] and (clauses.is_passive(at) or word.pos == "ADJ" or not self._over)
        if expects and ((is_dated and not self._over) or governs):
            return "expected"
        if is_dated and not self._over and (word.lemma in lists["planned_states"]):
            return "planned"
        if is_dated and not self._over and word.lemma in lists["unlikely"]:
            return "expected"
        if is_dated and not self._over and word.lemma in lists["wanting"]:
            return "possible"
        if any(tree.words[c].low in lists["recurring"] for c in tree.children(at, "advmod")):
            return "recurring"
        # "is to meet"
        if clauses.has_to(at) and self._is_be_to(at):
            return "planned"
        progressive = word.form == "Ger" and helpers and any(tree.words[a].lemma in lists["be"] for a in helpers)
        if progressive:
            present = any(tree.words[a].low in lists["present_be"] for a in helpers)
            if present and self._ahead:
                return "planned"
            past_perfect = any(tree.words[a].low in lists["had"] for a in helpers)
            if (
                (present or perfect)
                and not past_perfect
                and (
                    self._when is None
                    or self._published is None
                    or self._when.is_open_end
                    or self._when.overlaps(self._published)
                )
            ):
                return "ongoing"
        return None

    def _is_reported(self, at: int) -> bool:
        """Tell whether a clause is what somebody said."""
        tree = self._tree
        return tree.is_a(at, "ccomp") and tree.words[tree.words[at].head].lemma in self._lists["saying"]

    def _is_until(self) -> bool:
        """Tell whether "not ... until" says that it did happen."""
        tree = self._tree
        places = tree.inside(self._mention.expression[0], self._mention.end)
        first = places[0] if places else 0
        lows = {tree.words[p].low for p in range(max(0, first - 1), first + 1)}
        return self._mention.signal == "Until" or bool(lows & self._lists["until"])

    def _is_be_to(self, at: int) -> bool:
        head = self._tree.words[at].head
        return head >= 0 and self._tree.words[head].lemma in self._lists["be"] and self._tree.is_a(at, "xcomp", "ccomp")

    def _by_time(self, place: int) -> str:
        when, published, mention = self._when, self._published, self._mention
        if when is None or published is None:
            return "happened"
        helpers = {self._tree.words[a].low for a in self._clauses.auxiliaries(place)}
        word = self._tree.words[place]
        if mention.signal == "Since" and when.is_open_end:
            had = bool(helpers & self._lists["had"])
            return "happened" if had or (word.form == "Fin" and word.tense == "Past") else "ongoing"
        lasts = (
            word.tense == "Pres"
            or bool(helpers & self._lists["present_be"])
            or bool(helpers & self._lists["having_forms"])
        )
        if mention.signal == "Until" and when.latest > published.latest and lasts:
            return "ongoing"
        if when.kind == "interval" and when.overlaps(published) and when.latest > published.latest and lasts:
            return "ongoing"
        return "planned" if self._ahead else "happened"


def speaker_of(clauses: Clauses, place: int) -> tuple[int | None, int | None]:
    """Return the head of the phrase that names who says a clause, and the clause in which it is said."""
    tree, lists = clauses.tree, clauses.words
    at = place
    for _ in range(len(tree.words)):
        for child in tree.children(at, "obl", "advmod", "advcl"):
            cases = {tree.words[c].low for c in tree.children(child, "case", "mark", "fixed")}
            if cases & lists["accords"] or tree.words[child].low in lists["accords"]:
                inner = tree.child(child, "obl")
                return (inner if tree.words[child].low in lists["accords"] and inner is not None else child), at
        for child in tree.children(at, "parataxis", "advcl"):
            if (
                tree.words[child].lemma in lists["saying"]
                and not clauses.is_passive(child) and tree.child(child, "ccomp", "obj") is None
                and tree.child(child, "nsubj") is not None
            ):
                return tree.child(child, "nsubj"), child
        word = tree.words[at]
        if word.head < 0:
            return None, None
        above = clauses.clause_of(word.head)
        if (
            (tree.is_a(at, "ccomp") or (tree.is_a(at, "parataxis") and at < above))
            and tree.words[above].lemma in lists["saying"]
            and not clauses.is_passive(above)
        ):
            subject = clauses.subject(above)
            return (subject, above) if subject is not None else (None, None)
        if clauses.kind(at) == RELATIVE and at != place and not tree.is_a(at, "conj"):
            pass
        at = above
    return None, None
