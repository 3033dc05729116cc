"""Tree: a sentence as words, each with a part of speech, a head and a relation, named as Universal Dependencies name them.

Who made the tree does not matter: spaCy (see spacy_.py) or chronicle's own reader (light.py). Source of names and of what hangs on what:
Universal Dependencies, version 2 (de Marneffe, Manning, Nivre and Zeman, 2021).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from attrs import define, field

ROOT = -1
# a sentence, its place in the article, and the spans of its expressions of time
Given = tuple[str, int, list[tuple[int, int]]]


@define
class Word:
    """A word of a sentence.

    ``start`` and ``end`` are offsets in the article's text; ``pos`` is a universal part of speech, ``form`` of a verb one of Fin, Inf, Part
    (past participle), Ger (present participle) or "", ``tense`` Past, Pres or "". ``head`` is the place of the word that it hangs on, -1 for
    the root, ``relation`` how it hangs; ``entity`` the kind of name that it is part of, begun by B- or continued by I-.
    """

    start: int
    end: int
    text: str
    low: str
    lemma: str
    pos: str
    head: int = ROOT
    relation: str = "dep"
    form: str = ""
    tense: str = ""
    plural: bool = False
    entity: str = ""


@define
class Tree:
    """The words of one sentence, ``start`` to ``end`` of the article's text."""

    words: list[Word]
    text: str
    start: int
    end: int
    quotes: list[tuple[int, int]] = field(factory=list)
    _children: list[list[int]] = field(factory=list)
    _starts: list[int] = field(factory=list)
    _plain: list[str] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        self._children = [[] for _ in self.words]
        for place, word in enumerate(self.words):
            if word.head >= 0:
                self._children[word.head].append(place)
        self._starts = [w.start for w in self.words]
        # relations without their subtypes
        self._plain = [w.relation.partition(":")[0] for w in self.words]

    def children(self, place: int, *relations: str) -> list[int]:
        """Return what hangs on a word, in order; of some relations only, a relation with all its subtypes."""
        if not relations:
            return self._children[place]
        plain, words = self._plain, self.words
        return [c for c in self._children[place] if plain[c] in relations or words[c].relation in relations]

    def child(self, place: int, *relations: str) -> int | None:
        """Return the first word that hangs on another by one of some relations."""
        return next(iter(self.children(place, *relations)), None)

    def is_a(self, place: int, *relations: str) -> bool:
        """Tell whether a word hangs by one of some relations: "acl" takes "acl:relcl", too."""
        return self._plain[place] in relations or self.words[place].relation in relations

    def subtree(self, place: int) -> list[int]:
        """Return a word and all that hangs on it, in order."""
        found, todo = [], [place]
        while todo:
            at = todo.pop()
            found.append(at)
            todo.extend(self._children[at])
        return sorted(found)

    def ancestors(self, place: int) -> Iterator[int]:
        """Yield what a word hangs on, what that hangs on, up to the root."""
        at = self.words[place].head
        while at >= 0:
            yield at
            at = self.words[at].head

    def inside(self, start: int, end: int) -> list[int]:
        """Return the places of the words that overlap a span of the article's text."""
        first = bisect_right(self._starts, start) - 1
        if first < 0 or self.words[first].end <= start:
            first += 1
        return list(range(first, bisect_left(self._starts, end)))

    def top(self, places: Iterable[int]) -> int | None:
        """Return of some words the one that the others hang on."""
        chosen = set(places)
        tops = [p for p in chosen if self.words[p].head not in chosen]
        tops = [p for p in tops if self.words[p].pos != "PUNCT"] or tops
        return min(tops, key=lambda p: (sum(1 for _ in self.ancestors(p)), -p), default=None)

    def said(self, places: Iterable[int]) -> str:
        """Return words as a text, each gap as in the article where nothing is left out."""
        out = ""
        last = -2
        for place in places:
            word = self.words[place]
            glued = place == last + 1 and word.start == self.words[last].end
            out += word.text if glued or not out else f" {word.text}"
            last = place
        return out


def attached(words: list[Word]) -> list[Word]:
    """Return words whose heads are sound: one root, no head outside, no circle."""
    roots = [i for i, w in enumerate(words) if w.head == ROOT]
    root = roots[0] if roots else 0
    for place in roots[1:]:
        words[place].head, words[place].relation = root, "parataxis"
    if words and not roots:
        words[root].head, words[root].relation = ROOT, "root"
    state = [0] * len(words)
    for begin in range(len(words)):
        path, at = [], begin
        while at >= 0 and not state[at]:
            state[at] = 1
            path.append(at)
            at = words[at].head if words[at].head < len(words) else root
        if at >= 0 and state[at] == 1:
            words[at].head, words[at].relation = (root, "dep") if at != root else (ROOT, "root")
        for place in path:
            state[place] = 2
    return words
