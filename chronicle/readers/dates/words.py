"""The words and names of ``words.txt`` and ``names.txt``: labels of dates in many languages, names of classes and meta elements."""

from __future__ import annotations

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
def labels() -> tuple[tuple[str, str, bool], ...]:
    """Return the labels of ``words.txt`` in small letters, each with its kind, and whether it is of a script that parts words by spaces."""
    found: dict[str, str] = {}
    for kind, rest in _lines("words.txt"):
        for word in rest.split("|"):
            found.setdefault(word.strip().casefold(), kind)
    return tuple((label, kind, label[0] < "\u2e80") for label, kind in found.items())


def label_of(text: str) -> str:
    """Return the kind of the last label in a text: published, changed, today, other, or nothing."""
    low = text.casefold()
    best, at = "", (-1, -1)
    for label, kind, spaced in labels():
        start = low.rfind(label)
        end = start + len(label)
        if start < 0 or (end, len(label)) <= at:
            continue
        if spaced and (low[start - 1 : start].isalnum() or low[end : end + 1].isalnum()):
            continue
        best, at = kind, (end, len(label))
    return best


def whole_label(text: str) -> str:
    """Return the kind of a line that is a label and nothing else."""
    plain = text.strip(" :：*|·-–").casefold()
    return next((kind for label, kind, _ in labels() if plain == label), "") if len(plain) < 40 else ""
