"""The words and names of ``words.txt`` and ``names.txt``: labels of dates in many languages, names of classes and meta elements."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources


@cache
def _lines(file: str) -> list[tuple[str, str]]:
    text = (resources.files("chronicle.readers.dates") / file).read_text("utf-8")
    found = [line.partition(":") for line in text.splitlines() if line and not line.startswith("#")]
    return [(head.split()[0], rest) for head, _, rest in found]


@cache
def names(kind: str) -> frozenset[str]:
    """Return the names of a kind in ``names.txt``."""
    return frozenset(name for head, rest in _lines("names.txt") if head == kind for name in rest.split())


@cache
def labels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return for each kind of label in ``words.txt`` (published, changed, today, other) a pattern of all its words."""
    found: dict[str, set[str]] = {}
    for kind, rest in _lines("words.txt"):
        found.setdefault(kind, set()).update(word.strip() for word in rest.split("|"))
    return tuple((kind, re.compile(_alternatives(words), re.IGNORECASE)) for kind, words in found.items())


def _alternatives(words: set[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    # scripts without spaces have no word boundary
    return "|".join(f"(?<!\\w){re.escape(w)}(?!\\w)" if w[0] < "\u2e80" else re.escape(w) for w in ordered)


def label_of(text: str) -> str:
    """Return the kind of the last label in a text: published, changed, today, other, or nothing."""
    best, at = "", (-1, -1)
    for kind, pattern in labels():
        for match in pattern.finditer(text):
            if (match.end(), match.end() - match.start()) > at:
                best, at = kind, (match.end(), match.end() - match.start())
    return best


def whole_label(text: str) -> str:
    """Return the kind of a line that is a label and nothing else."""
    plain = text.strip(" :：*|·-–").casefold()
    return next((kind for kind, pattern in labels() if pattern.fullmatch(plain)), "") if len(plain) < 40 else ""
