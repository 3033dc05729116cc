"""Lexicon: the words by which clauses are read, from ``clauses.toml`` of a language's folder. A language without one has empty lists."""

from __future__ import annotations

import functools
from typing import Final

from attrs import field, frozen

from chronicle import languages

# what the clauses are read by, and what the light reader tells words apart by
_FILES: Final = ("clauses.toml", "speech.toml")

_NONE: Final[frozenset[str]] = frozenset()


@frozen
class Lexicon:
    """The lists and tables of a language; a list that it lacks is empty."""

    lists: dict[str, frozenset[str]] = field(factory=dict)
    tables: dict[str, dict[str, str]] = field(factory=dict)

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.lists.get(name, _NONE)

    def opening(self, name: str, text: str, start: int) -> int | None:
        """Return where a phrase of a list (its words joined by "-") ends that stands at a place of a text, or None."""
        for phrase in self[name]:
            words = phrase.replace("-", " ")
            end = start + len(words)
            if text[start:end].lower() == words and not text[end : end + 1].isalnum():
                return end
        return None

    def table(self, name: str) -> dict[str, str]:
        """Return a table of words."""
        return self.tables.get(name, {})


@functools.cache
def lexicon_of(language: str) -> Lexicon:
    """Return the lexicon of a language's code."""
    lists: dict[str, frozenset[str]] = {}
    tables: dict[str, dict[str, str]] = {}
    for name in _FILES:
        if language in languages.codes(name):
            data = languages.table(language, name)
            lists |= {key: frozenset(_items(text)) for key, text in data.get("lists", {}).items()}
            tables |= {key: dict(table) for key, table in data.get("tables", {}).items()}
    return Lexicon(lists, tables)


def _items(text: str) -> list[str]:
    """Return what a list holds: a line each where a line holds commas, else words."""
    return [w.strip() for w in text.split(",")] if "," in text else text.split()
