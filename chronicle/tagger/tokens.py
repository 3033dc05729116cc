"""Tokens of a candidate phrase, each with the classes that the grammar may match it by."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_TOKEN = re.compile(
    r"""
    (?P<iso>\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?(?!\d)|\d{4}-\d\d-\d\d(?!\d))
    |(?P<slash>\d{1,4}(?P<sep>[/.-])\d{1,2}(?P=sep)(?:\d{4}|\d\d?)(?!\d|(?P=sep)\d))
    |(?P<clock>\d{1,2}(?:[.]\d\d(?![\d.,]*\d)|:\d\d(?::\d\d(?:[.,]\d{1,6})?)?(?!\d|[:]\d)))
    |(?P<decade>['’]?\d{1,3}0['’]?s\b)
    |(?P<ordinal>\d{1,3}(?:st|nd|rd|th)\b)
    |(?P<decimal>\d+\.\d+)
    |(?P<grouped>\d{1,3}(?:,\d{3})+(?!\d))
    |(?P<short>['’]\d\d(?!\d))
    |(?P<int>\d+)
    |(?P<word>[^\W\d_]+)
    |(?P<possessive>['’]s\b|['’](?=\s|$))
    |(?P<mark>[^\s\w])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FRACTIONS: Final = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_MOST_DIGITS: Final = 7

Classes = dict[str, "int | float | str | None"]


class Token(NamedTuple):
    """A token, where it stands in the phrase, and its classes: name to value."""

    start: int
    end: int
    classes: Classes


class Lexicon:
    """The words of a language: each with its classes, whether it must be capitalised and may end in a full stop."""

    def __init__(self) -> None:
        self.words: dict[str, Classes] = {}
        self.capitalised: dict[str, Classes] = {}
        self.abbreviations: set[str] = set()

    def add(self, word: str, name: str, value: int | float | str | None) -> None:
        """Add a word to a class. A capital in the word asks for one in the text, a final full stop allows one there."""
        if word.endswith("."):
            word = word[:-1]
            self.abbreviations.add(word.lower())
        table = self.words if word == word.lower() else self.capitalised
        table.setdefault(word.lower(), {})[name] = value

    def classes(self, word: str) -> Classes:
        """Return the classes of a word as it stands in the text; empty for a word that the grammar does not know."""
        low = word.lower()
        found = self.words.get(low)
        if word != low:
            strict = self.capitalised.get(low)
            if strict:
                return {**found, **strict} if found else strict
        return found or {}


def tokenize(text: str, lexicon: Lexicon) -> list[Token]:
    """Split a phrase into tokens. A hyphen between words only joins them and is left out."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup if match.lastgroup != "sep" else "slash"
        token = match.group()
        start, end = match.span()
        if kind == "word":
            classes = lexicon.classes(token)
            if token.lower() in lexicon.abbreviations and text[end : end + 1] == ".":
                end += 1
        elif kind == "mark":
            if token == "." and tokens and tokens[-1].end in (start, end):
                continue
            if token == "-" and not _is_range_mark(text, start, end, tokens):
                continue
            classes = {f"={_MARKS.get(token, token)}": None}
            if token in _FRACTIONS:
                classes = {"fraction": _FRACTIONS[token]}
        else:
            classes = _numeric(kind or "", token)
        tokens.append(Token(start, end, classes))
    return tokens


_MARKS: Final = {"–": "-", "—": "--", "‐": "-", "‑": "-", "(": "[", ")": "]"}


def _is_range_mark(text: str, start: int, end: int, tokens: list[Token]) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if before == "-" or after == "-":
        return True
    if not tokens:
        return False
    if before.isdigit() and after.isdigit():
        return True
    names = tokens[-1].classes
    if "ordinal" in names and after.isdigit():
        return True
    if before.isspace() or after.isspace():
        return True
    return ("month" in names or "weekday" in names or "decade" in names) and (after.isupper() or after.isdigit())


def _numeric(kind: str, token: str) -> Classes:
    if kind == "possessive":
        return {"='s": None}
    if kind == "ordinal":
        value = int(token[:-2])
        return {"ordinal": value, **({"dayth": value} if 1 <= value <= 31 else {})}
    if kind == "decade":
        digits = token.strip("'’sS")
        if len(digits.rstrip("'’")) == 2:
            return {"shortdecade": int(digits[0])}
        return {"decade": int(digits.rstrip("'’")) // 10}
    if kind in ("decimal", "grouped"):
        classes: Classes = {"number": float(token) if kind == "decimal" else int(token.replace(",", ""))}
        if kind == "decimal" and re.fullmatch(r"\d{1,2}\.\d\d", token):
            classes["clock"] = token.replace(".", ":")
        return classes
    if kind == "clock" and ":" not in token:
        return {"number": float(token), "dotclock": token.replace(".", ":")}
    if kind == "short":
        return {"shortyear": int(token[1:])}
    if kind == "int":
        return _integer(token)
    return {kind: token}


def _integer(token: str) -> Classes:
    if len(token) > _MOST_DIGITS:
        return {"digits": token}
    value = int(token)
    classes: Classes = {"number": value}
    if len(token) == 4:
        classes["fourdigits"] = token
        if 1000 <= value <= 2999:
            classes["year"] = value
        if 1800 <= value <= 2049:
            classes["modernyear"] = value
        elif 1000 <= value <= 2999:
            classes["oldyear"] = value
        if 2050 <= value <= 2100:
            classes["futureyear"] = value
    elif len(token) == 3:
        classes["smallyear"] = value
        if value % 100 < 60:
            classes["compactclock"] = token
    if len(token) <= 2:
        classes["twodigits"] = value if len(token) == 2 else None
        if len(token) == 1:
            del classes["twodigits"]
        if token[0] == "0" and len(token) == 2:
            classes["zeroed"] = value
        if 1 <= value <= 31:
            classes["day"] = value
        if 1 <= value <= 12:
            classes["month#"] = value
        if value <= 24:
            classes["hour"] = value
        classes["smallyear"] = value
    return classes
