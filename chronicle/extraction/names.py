"""Names: people, organisations and places in a clause, by capital letters, titles, endings and a list of places. No model is needed.

A spaCy pipeline with an entity recogniser does better; see :func:`chronicle.extract`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any, Final

from attrs import define, field

from chronicle.extraction.syntax import Word, read_lists

_JOINING: Final = frozenset(("of", "for", "de", "al", "bin", "van", "von", "der", "la", "du", "&"))
# bounded and possessive: a long run of capitals is looked at once
_ACRONYM = re.compile(
    r"\b([A-Z][\w.'’-]{0,60}+(?: (?:of|for|the|and|on|in|&|[A-Z][\w.'’-]{0,60}+)){1,8}) \(([A-Z]{2,8})\)"
)
_ACRONYM_WORD = re.compile(r"[A-Z]{2,8}")


@define
class Names:
    """The names in a clause, each kind in the order of the text."""

    people: list[str] = field(factory=list)
    organisations: list[str] = field(factory=list)
    places: list[str] = field(factory=list)


@functools.cache
def _lists() -> dict[str, frozenset[str]]:
    return read_lists("names.txt", ",")


def acronyms(text: str) -> dict[str, str]:
    """Return the acronyms that a text explains, "United Nations (UN)", with what they stand for."""
    return {short: " ".join(full.split()).removeprefix("The ") for full, short in _ACRONYM.findall(text)}


def people_of(text: str) -> dict[str, str]:
    """Return the family names of people whom a text names in full somewhere, with the full names."""
    known = _lists()
    found: dict[str, str] = {}
    titles = "|".join(map(re.escape, sorted(known["title"], key=len, reverse=True)))
    pattern = rf"\b(?:{titles})\s+((?:[A-Z][\w'’-]+\s+){{1,2}}[A-Z][\w'’-]+)"
    for full in re.findall(pattern, text):
        name = " ".join(full.split())
        found.setdefault(name.split()[-1], name)
    return found


def names_of(text: str, words: list[Word], short: dict[str, str], people: dict[str, str]) -> Names:
    """Return the names among the words of a clause. ``short`` and ``people`` are what the article says of acronyms and people elsewhere."""
    names = Names()
    for run in _runs(words):
        _sort_in(" ".join(text[run[0].start : run[-1].end].split()), names, short, people)
    return names


def _runs(words: list[Word]) -> Iterable[list[Word]]:
    """Yield the runs of capitalised words, with the small words that join them."""
    run: list[Word] = []
    pending: list[Word] = []
    sentence_start = True
    for word in words:
        capital = word.text[:1].isupper() and word.kind not in ("time", "pronoun")
        if capital and sentence_start and word.kind not in ("name", "noun", "happening", "number"):
            capital = False
        if capital:
            run = [*run, *pending, word] if run else [word]
            pending = []
        elif run and not pending and word.text.lower() in _JOINING:
            pending = [word]
        elif run and pending and word.text.lower() == "the":
            pending.append(word)
        else:
            if run:
                yield run
            run, pending = [], []
        if word.kind != "mark":
            sentence_start = False
    if run:
        yield run


def _sort_in(name: str, names: Names, short: dict[str, str], people: dict[str, str]) -> None:
    known = _lists()
    name = name.removesuffix("'s").removesuffix("’s")
    bare = name.removeprefix("The ")
    parts = bare.split()
    if bare in known["place"]:
        _once(names.places, bare)
    elif bare in short:
        _once(names.organisations, short[bare])
    elif parts[-1].rstrip(".") in known["suffix"] or parts[0] in known["prefix"] or _ACRONYM_WORD.fullmatch(bare):
        _once(names.organisations, bare)
    else:
        for count in (3, 2, 1):
            if " ".join(parts[:count]) in known["title"] and len(parts) > count:
                rest = " ".join(parts[count:])
                if parts[count] == "of":
                    _sort_in(" ".join(parts[count + 1 :]).removeprefix("the "), names, short, people)
                    return
                _once(names.people, people.get(rest, rest))
                return
        if bare in people or (len(parts) > 1 and people.get(parts[-1]) == bare):
            _once(names.people, people.get(bare, bare))
        elif len(parts) in (2, 3) and parts[0] in known["given"]:
            _once(names.people, bare)


def _once(found: list[str], name: str) -> None:
    if name not in found:
        found.append(name)


def names_by_spacy(span: Any) -> Names:
    """Return the names that a spaCy pipeline found in a span of its document."""
    names = Names()
    homes = {"PERSON": names.people, "PER": names.people, "ORG": names.organisations, "NORP": names.organisations}
    homes |= dict.fromkeys(("GPE", "LOC", "FAC"), names.places)
    for entity in span.ents:
        home = homes.get(entity.label_)
        if home is not None:
            _once(home, " ".join(entity.text.split()).removeprefix("the ").removesuffix("'s"))
    return names
