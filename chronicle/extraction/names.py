"""Names: people, organisations and places, as a pipeline marks them, or by capital letters, titles, endings and a list of places."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import define, field

from chronicle import languages
from chronicle.syntax.tree import Tree

_HOMES: Final = {
    "PERSON": "people", "PER": "people", "ORG": "organisations", "NORP": "organisations", "GPE": "places", "LOC": "places", "FAC": "places",
}  # fmt: skip
# Bounded and possessive, here and in a name: a long run of capitals is looked at once.
_ACRONYM = re.compile(
    r"\b([A-Z][\w.'’-]{0,60}+(?: (?:[a-z]{2,3}|&|[A-Z][\w.'’-]{0,60}+)){1,8}) \(([A-Z]{2,8})\)"
)
_ACRONYM_WORD = re.compile(r"[A-Z]{2,8}")
_POSSESSIVE = re.compile(r"['’]s?$")
_NAMES: Final = "names.toml"


@define
class Names:
    """The names in some words, each kind in the order of the text."""

    people: list[str] = field(factory=list)
    organisations: list[str] = field(factory=list)
    places: list[str] = field(factory=list)


@functools.cache
def name_lists(language: str) -> dict[str, frozenset[str]]:
    """Return what tells names apart in a language: titles, endings of organisations, first names, places."""
    data = languages.table(language, _NAMES) if language in languages.codes(_NAMES) else {}
    return {
        key: frozenset(w.strip() for w in " ".join(text.split()).split(",") if w.strip()) for key, text in data.items()
    }


@functools.cache
def _people(language: str) -> list[re.Pattern[str]]:
    """Return patterns that find people's full names: behind a title or a word for a person, before an age, "who" or a verb of saying."""
    lists = name_lists(language)
    if not lists:
        return []

    def any_of(name: str) -> str:
        return "|".join(map(re.escape, sorted(lists.get(name, ()), key=len, reverse=True)))

    name = rf"[A-Z][\w’'-]{{1,60}}+(?:\s[A-Z]\.)?(?:\s(?:(?:{any_of('particle') or '(?!)'})\s){{0,2}}[A-Z][\w’'-]{{0,60}}[a-z]){{1,2}}"
    return [
        re.compile(rf"\b(?:{any_of('title')})\s+({name})"),
        re.compile(rf"\b(?:{any_of('person')})\s+({name})"),
        re.compile(rf"\b((?:{any_of('given')})(?:\s[A-Z]\.)?(?:\s[A-Z][\w’'-]{{1,60}}+){{1,2}})"),
        re.compile(rf"\b({name}), (?:\d\d(?=[,.;:)])|(?:{any_of('personal')})\b)"),
        re.compile(rf"\b({name}) (?:{any_of('speaks')})\b"),
        re.compile(rf"\b(?:{any_of('speaks')}) ({name})(?=[,.])"),
    ]


class Known:
    """What an article says of the names in it: acronyms that it explains, and people whom it names in full somewhere."""

    def __init__(self, text: str, language: str) -> None:
        self.lists = name_lists(language)
        self.short = {short: " ".join(full.split()).removeprefix("The ") for full, short in _ACRONYM.findall(text)}
        self.full: dict[str, str] = {}
        for pattern in _people(language):
            for name in pattern.findall(text):
                self.note(" ".join(name.split()))

    def note(self, name: str) -> None:
        """Remember a person's full name by the family name."""
        parts = _POSSESSIVE.sub("", name).split()
        if len(parts) > 1:
            self.full.setdefault(parts[-1], " ".join(parts))

    def person(self, name: str) -> str:
        """Return a person's name in full, where the article has it."""
        return self.full.get(name, name)

    def names(self, tree: Tree, places: Iterable[int], marked: bool) -> Names:
        """Return the names among some words of a tree."""
        names = Names()
        chosen = set(places)
        if marked:
            for label, name in entities(tree, chosen):
                home = _HOMES.get(label)
                if home == "people":
                    self.note(name)
                    name = self.person(name)
                if home is not None and name not in self.short:
                    _once(getattr(names, home), name)
            for place in sorted(chosen):
                word = tree.words[place]
                if word.text in self.short:
                    _once(names.organisations, self.short[word.text])
                elif not word.entity and word.pos == "PROPN" and word.text in self.full:
                    _once(names.people, self.full[word.text])
            return names
        for run in _runs(tree, chosen, {*self.full, *self.short}):
            name = " ".join(tree.words[p].text for p in run)
            if not self._sort_in(name, names) and run[0] and tree.words[run[0] - 1].low in self.lists.get("before_places", ()):
                _once(names.places, name)
        return names

    def _sort_in(self, name: str, names: Names) -> bool:
        """Put a name where it belongs, and tell whether that is known."""
        known = {k: self.lists.get(k, frozenset()) for k in ("title", "suffix", "prefix", "place", "given")}
        bare = _POSSESSIVE.sub("", name).removeprefix("The ").strip()
        parts = bare.split()
        if not parts:
            return True
        if bare in known["place"]:
            _once(names.places, bare)
        elif bare in self.short:
            _once(names.organisations, self.short[bare])
        elif parts[-1].rstrip(".") in known["suffix"] or parts[0] in known["prefix"] or _ACRONYM_WORD.fullmatch(bare):
            _once(names.organisations, bare)
        elif (count := next((n for n in (3, 2, 1) if " ".join(parts[:n]) in known["title"] and len(parts) > n), 0)) and parts[count][0].islower():
            return self._sort_in(" ".join(p for p in parts[count + 1 :] if p[0].isupper()), names)
        elif count or bare in self.full or (len(parts) > 1 and self.full.get(parts[-1]) == bare):
            _once(names.people, self.person(" ".join(parts[count:])))
        elif (inside := next((f for f in self.full.values() if bare.endswith(f" {f}")), None)) is not None:
            _once(names.people, inside)
        elif len(parts) in (2, 3) and parts[0] in known["given"]:
            _once(names.people, bare)
        else:
            return False
        return True


def entities(tree: Tree, places: set[int]) -> Iterator[tuple[str, str]]:
    """Yield the names that a pipeline marked among some words: label and text."""
    held: list[int] = []
    label = ""
    for place, word in enumerate(tree.words):
        begin, _, kind = word.entity.partition("-")
        if held and (begin != "I" or kind != label):
            yield label, _clean(tree, held)
            held = []
        if kind and (place in places or held):
            held.append(place)
            label = kind
    if held:
        yield label, _clean(tree, held)


def _clean(tree: Tree, held: list[int]) -> str:
    if len(held) > 1 and tree.words[held[0]].pos == "DET":
        held = held[1:]
    return _POSSESSIVE.sub("", " ".join(tree.said(held).split())).strip()


def _runs(tree: Tree, places: set[int], known: set[str]) -> Iterator[list[int]]:
    """Yield the runs of capitalised words, with the small words that join them."""
    run: list[int] = []
    pending: list[int] = []
    for place, word in enumerate(tree.words):
        capital = (
            place in places
            and word.text[:1].isupper()
            and (word.pos == "PROPN" or word.text in known or (place > 0 and word.pos in ("NOUN", "ADJ") and run != []))
        )
        if capital:
            run = [*run, *pending, place]
            pending = []
        elif (
            run
            and place in places
            and (word.pos in ("ADP", "DET") or word.text == "&" or (word.pos == "PROPN" and word.text.islower()))
            and len(pending) < 2
        ):
            pending.append(place)
        else:
            if run:
                yield run
            run, pending = [], []
    if run:
        yield run


def _once(found: list[str], name: str) -> None:
    if name and name not in found:
        found.append(name)
