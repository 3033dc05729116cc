"""Trees by spaCy: any pipeline with a parser, its labels given Universal Dependencies' names and shape.

English pipelines of spaCy speak CLEAR style (ClearNLP, Choi 2012): prepositions and copulas are heads there, and conjuncts hang on one
another in a chain; here they are turned to what UD makes of them. Pipelines whose labels are UD's already pass through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from chronicle.syntax.tree import ROOT, Given, Tree, Word, attached

_NAMES: Final = {
    "ROOT": "root", "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass", "dobj": "obj", "dative": "iobj",
    "neg": "advmod", "npadvmod": "obl:npmod", "prt": "compound:prt", "poss": "nmod:poss", "relcl": "acl:relcl", "attr": "xcomp",
    "acomp": "xcomp", "oprd": "xcomp", "quantmod": "advmod", "preconj": "cc:preconj", "predet": "det:predet", "intj": "discourse",
    "meta": "dep", "prep": "advmod", "agent": "advmod", "pobj": "obl", "pcomp": "advcl",
}  # fmt: skip
_OBJECTS: Final = ("pobj", "pcomp")
_PREPOSITIONS: Final = ("prep", "agent", "dative")
_VERBAL: Final = ("VERB", "AUX", "ADJ", "ADV")
_KEPT: Final = (
    "det",
    "amod",
    "compound",
    "nmod",
    "nummod",
    "poss",
    "case",
    "relcl",
    "acl",
    "appos",
    "predet",
    "preconj",
    "quantmod",
)
_FORMS: Final = {"VBN": "Part", "VBG": "Ger", "VB": "Inf", "VBD": "Fin", "VBZ": "Fin", "VBP": "Fin", "MD": "Fin"}


def has_trees(nlp: Any) -> bool:
    """Tell whether a pipeline makes trees that can be read here."""
    if "parser" not in nlp.pipe_names:
        return False
    labels = set(nlp.get_pipe("parser").labels)
    return {"dobj", "prep"} <= labels or {"obj", "case"} <= labels


def trees(nlp: Any, mended: Mapping[str, str], sentences: Iterable[Given]) -> Iterator[Tree]:
    """Yield the tree of each sentence, given with its place in the article; ``mended`` are the lemmas of verbs' forms that pipelines get wrong."""
    given = list(sentences)
    docs = [nlp.make_doc(text) for text, _, _ in given]
    for doc in docs:
        for token in doc[1:]:
            token.is_sent_start = False
    clear = "dobj" in nlp.get_pipe("parser").labels
    for doc, (text, start, spans) in zip(nlp.pipe(docs, batch_size=64), given, strict=True):
        tokens = [t for t in doc if not t.is_space]
        place = {t.i: n for n, t in enumerate(tokens)}
        words = [_word(t, start, place) for t in tokens]
        for word in words:
            if word.low in mended and word.pos in _VERBAL:
                word.lemma = mended[word.low]
        yield Tree(attached(_timed(_to_ud(words) if clear else words, spans)), text, start, start + len(text))


def _word(token: Any, start: int, place: dict[int, int]) -> Word:
    form = token.morph.get("VerbForm", [""])
    tense = token.morph.get("Tense", [""])
    kind = _FORMS.get(token.tag_) or {"Fin": "Fin", "Inf": "Inf", "Part": "Part", "Ger": "Ger"}.get(
        form[0] if form else "", ""
    )
    head = token.head
    while head.is_space and head.head.i != head.i:
        head = head.head
    entity = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else ""
    return Word(
        start + token.idx, start + token.idx + len(token.text), token.text, token.lower_, token.lemma_.lower(), token.pos_,
        ROOT if head.i == token.i or head.is_space else place[head.i], token.dep_, kind, tense[0] if tense else "",
        "Plur" in token.morph.get("Number", []), entity,
    )  # fmt: skip


def _to_ud(words: list[Word]) -> list[Word]:
    _conjuncts(words)
    children: list[list[int]] = [[] for _ in words]
    for place, word in enumerate(words):
        if word.head >= 0:
            children[word.head].append(place)
    # from below, so that "from behind the house" is turned inside first
    order = sorted(range(len(words)), key=lambda p: -_depth(words, p))
    for place in order:
        word = words[place]
        if word.relation in _PREPOSITIONS or (word.pos == "ADP" and word.relation in ("conj", "pcomp", "prep")):
            _turn_preposition(words, children, place)
        elif word.lemma == "be" and word.relation not in ("aux", "auxpass"):
            _turn_copula(words, children, place)
    _promote(words, children)
    for place, word in enumerate(words):
        if word.relation == "quantmod" and word.pos == "SYM":
            word.relation = "compound"
        of_noun = 0 <= word.head < place and words[word.head].pos in ("NOUN", "PROPN")
        if word.relation == "prep" and of_noun and any(words[c].relation == "xcomp" for c in children[place]):
            # "the strike due to begin on Monday"
            word.relation, word.pos = "acl", "ADJ"
        if word.relation == "amod" and place > word.head >= 0 and any(c > place for c in children[place]):
            word.relation = "acl"
        if word.relation == "aux" and word.low == "to":
            word.relation = "mark"
        elif word.relation == "obl" and word.head >= 0 and words[word.head].pos not in _VERBAL:
            word.relation = "nmod"
        word.relation = _NAMES.get(word.relation, word.relation)
    return words


def _timed(words: list[Word], spans: list[tuple[int, int]]) -> list[Word]:
    """Mend what a pipeline that knows no times makes of one: "On 12 March | Halmark closed the strait" as one phrase, "rejected the line |
    last autumn" as a kind of line."""
    for begin, end in spans:
        inside = [p for p, w in enumerate(words) if w.start < end and begin < w.end]
        tops = [p for p in inside if words[p].head not in inside]
        if not inside or len({words[p].head for p in tops}) != 1 or words[tops[0]].head < 0:
            continue
        above, last = words[tops[0]].head, inside[-1]
        verb = words[above].head
        if len(tops) == 1 and words[tops[0]].relation == "obl:npmod" and words[above].pos in ("NOUN", "PROPN") and above < inside[0]:
            if verb >= 0 and words[verb].pos in _VERBAL:
                words[tops[0]].head, words[tops[0]].relation = verb, "obl:tmod"
            continue
        case = next((p for p, w in enumerate(words[: inside[0]]) if w.head == above and w.relation == "case"), None)
        whole = all(words[p].pos in ("PROPN", "NOUN", "ADJ") for p in range(last + 1, above + 1)) and words[above].relation in ("obl", "nmod")
        while verb >= 0 and words[verb].pos not in _VERBAL:
            verb = words[verb].head
        if case is None or not (last < above < verb and whole) or any(w.head == verb and w.relation.startswith("nsubj") for w in words):
            continue
        top = next((p for p in reversed(inside) if words[p].pos in ("PROPN", "NOUN", "NUM")), last)
        for place in (*tops, case):
            if place != top:
                words[place].head = top
        words[top].head, words[top].relation = words[above].head, words[above].relation
        words[above].head, words[above].relation = verb, "nsubj"
    return words


def _depth(words: list[Word], place: int) -> int:
    depth, at = 0, words[place].head
    while at >= 0 and depth < len(words):
        depth, at = depth + 1, words[at].head
    return depth


def _conjuncts(words: list[Word]) -> None:
    """Hang conjuncts on the first one, and "and" on what follows it."""
    for place, word in enumerate(words):
        if word.relation == "conj":
            while word.head >= 0 and words[word.head].relation == "conj" and words[word.head].head < place:
                word.head = words[word.head].head
    for place, word in enumerate(words):
        if word.relation == "cc":
            first = word.head
            while first >= 0 and words[first].relation == "conj":
                first = words[first].head
            after = next(
                (
                    i
                    for i in range(place + 1, len(words))
                    if words[i].relation == "conj" and words[i].head in (first, word.head)
                ),
                None,
            )
            if after is not None:
                word.head = after


def _move(words: list[Word], children: list[list[int]], place: int, head: int, relation: str | None = None) -> None:
    if words[place].head >= 0:
        children[words[place].head].remove(place)
    words[place].head = head
    if head >= 0:
        children[head].append(place)
    if relation is not None:
        words[place].relation = relation


def _turn_preposition(words: list[Word], children: list[list[int]], place: int) -> None:
    word = words[place]
    objects = [c for c in children[place] if words[c].relation in _OBJECTS]
    # "according to", "from behind": one preposition in front of another, which was turned before
    objects = objects or [c for c in children[place] if words[c].relation in ("obl", "advcl") and c > place]
    if not objects:
        return
    thing = objects[-1]
    clause = words[thing].relation == "pcomp" and words[thing].pos in ("VERB", "AUX")
    if word.relation == "conj":
        relation = "conj"
    elif word.relation == "agent":
        relation = "obl:agent"
    else:
        relation = ("advcl" if word.head >= 0 and words[word.head].pos in _VERBAL else "acl") if clause else "obl"
    _move(words, children, thing, word.head, relation)
    _move(words, children, place, thing, "mark" if clause else "case")
    for other in list(children[place]):
        if words[other].relation == "pobj":
            _move(words, children, other, thing, "compound")
        else:
            _move(words, children, other, thing)


def _promote(words: list[Word], children: list[list[int]]) -> None:
    """Make the verb the root where the parser took it for a participle of its subject: "Ash, who leads the council, announced ..."."""
    root = next((i for i, w in enumerate(words) if w.head < 0), None)
    if (
        root is None
        or words[root].pos not in ("NOUN", "PROPN", "PRON")
        or any(words[c].relation in ("cop", "nsubj", "nsubjpass") for c in children[root])
    ):
        return
    for verb in children[root]:
        told = words[verb]
        alone = not any(words[c].relation in ("aux", "auxpass", "mark", "nsubj", "agent") for c in children[verb])
        if (
            told.relation in ("acl", "relcl")
            and told.pos == "VERB"
            and verb > root
            and words[verb - 1].text == ","
            and alone
            and words[verb].form in ("Part", "Fin")
            and told.text.endswith(("d", "e", "t", "w", "k", "n"))
        ):
            for other in list(children[root]):
                if other > verb:
                    _move(words, children, other, verb)
            _move(words, children, verb, ROOT, "root")
            _move(words, children, root, verb, "nsubj")
            told.form, told.tense = "Fin", "Past"
            return


def _turn_copula(words: list[Word], children: list[list[int]], place: int) -> None:
    said = next((c for c in children[place] if words[c].relation in ("attr", "acomp") and c > place), None)
    if said is None:
        return
    if any(words[c].relation == "expl" and words[c].low == "there" for c in children[place]):
        words[said].relation = "nsubj"
        return
    _move(words, children, said, words[place].head, words[place].relation)
    for other in list(children[place]):
        _move(words, children, other, said)
    _move(words, children, place, said, "cop")
    for c in children[said]:
        # what was conjoined to the verb stays a clause; its own "and" stands before it
        if words[c].relation == "pobj":
            words[c].relation = "obl"


def named(nlp: Any, maker: Any, sentences: Iterable[Given]) -> Iterator[Tree]:
    """Yield trees made by another, with the names that a pipeline without a parser finds."""
    given = list(sentences)
    for doc, tree in zip(nlp.pipe([text for text, _, _ in given]), maker(given), strict=True):
        for span in doc.ents:
            places = tree.inside(tree.start + span.start_char, tree.start + span.end_char)
            for number, place in enumerate(places):
                tree.words[place].entity = f"{'I' if number else 'B'}-{span.label_}"
        yield tree
