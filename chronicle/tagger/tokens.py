"""Tokens of a candidate phrase, each with the classes that the grammar may match it by.

What a language writes in its own way (ordinals, decades, times of day, decimal signs, elided words) is its section [tokens].
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from chronicle.tagger.script import IS_UNSPACED, LETTERS, word_pattern

_FRACTION = re.compile(r"(?<=:\d\d)[.,]\d+$")
_FRACTIONS: Final = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_MARKS: Final = {"–": "-", "—": "--", "‐": "-", "‑": "-", "(": "[", ")": "]", "（": "[", "）": "]"}
_PLAIN: Final = str.maketrans("’‐‑", "'--")
_MOST_DIGITS: Final = 7
# 20210709
_DATE_DIGITS: Final = 8
_LONGEST_COMPOUND: Final = 48
_MOST_PIECES: Final = 7
_SHORTEST_PIECE: Final = 2
_LONGEST_MONTH: Final = 31
_FIRST_YEAR: Final = 1000
_LAST_YEAR: Final = 2999
# Cyrillic letters that look as Roman figures do
_ROMAN_LOOK: Final = str.maketrans("іхсмІХСМ", "ixcmIXCM")
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_APOSTROPHES: Final = "['’]"
_HYPHENS: Final = "[-‐‑]"
_INNER: Final = re.compile(r"\w['-]\w")
# what a language may say of its tokens: patterns of kinds of token, signs in numbers, and words that lose a letter before a vowel
# the class of words that are of no time and only look so
OTHER: Final = "other"
KINDS: Final = ("figures", "daymonth", "clock", "decade", "ordinal", "roman", "possessive")
SETTINGS: Final = (*KINDS, "script", "years", "decimal", "grouping", "elided", "suffixes", "inner", "alike", "digits", "not_behind")

Classes = dict[str, "int | float | str | None"]


class Token(NamedTuple):
    """A token, where it stands in the phrase, and its classes: name to value."""

    start: int
    end: int
    classes: Classes


class Lexicon:
    """The words of a language: each with its classes, whether it must be capitalised and may end in a full stop."""

    def __init__(self, endings: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self.words: dict[str, Classes] = {}
        self.capitalised: dict[str, Classes] = {}
        self.abbreviations: set[str] = set()
        # words that are of their classes only before a full stop: "в." is a century, "в" is "in"
        self.stopped: dict[str, Classes] = {}
        self._endings = {} if endings is None else endings
        self._joins: dict[str, set[str]] = {}
        self._heads: dict[str, Classes] = {}
        self._longest = 0
        # letters that are written in two ways: "ё" as "е", one apostrophe as the other
        self.alike: dict[int, str] = {}

    def plain(self, word: str) -> str:
        """Return a word in small letters, those that are written in two ways in one of them."""
        low = word.lower()
        return low.translate(self.alike) if self.alike else low

    def add(self, word: str, name: str, value: int | float | str | None) -> None:
        """Add a word to a class.

        A capital in the word asks for one in the text, a final full stop allows one there and two ask for it; "letzt~adj" stands for the word with each of
        the endings "adj". Raises KeyError for endings that are not known.
        """
        stem, tilde, table = word.partition("~")
        if tilde:
            for ending in self._endings[table]:
                self._add(stem + ending, name, value)
        else:
            self._add(word, name, value)

    def _add(self, word: str, name: str, value: int | float | str | None) -> None:
        table = None
        if word.endswith("."):
            table = self.stopped if word.endswith("..") else None
            word = word.rstrip(".")
            self.abbreviations.add(self.plain(word))
        if table is None:
            table = self.words if word == word.lower() else self.capitalised
        table.setdefault(self.plain(word), {})[name] = value

    def join(self, left: str, right: Iterable[str]) -> None:
        """Let words of some classes follow one of another class without a space: weekday and part of the day in "Dienstagabend"."""
        self._joins.setdefault(left, set()).update(right)

    def complete(self) -> None:
        """Gather what compounds may begin with, when all words are known."""
        for table in (self.words, self.capitalised):
            for word, classes in table.items():
                if not self._joins.keys().isdisjoint(classes):
                    self._heads[word] = {**self._heads.get(word, {}), **classes}
        self._longest = max(map(len, self._heads), default=0)

    def names(self) -> set[str]:
        """Return the names of all classes."""
        tables = (self.words, self.capitalised, self.stopped)
        return {name for table in tables for classes in table.values() for name in classes}

    def knows(self, word: str) -> bool:
        """Tell whether the grammar knows a word as it stands in the text."""
        low = self.plain(word)
        return low in self.words or low in self.stopped or (word != low and low in self.capitalised)

    def classes(self, word: str) -> Classes:
        """Return the classes of a word as it stands in the text; empty for a word that the grammar does not know."""
        low = self.plain(word)
        found = self.words.get(low)
        if word != low:
            strict = self.capitalised.get(low)
            if strict:
                return {**found, **strict} if found else strict
        return found or {}

    def pieces(self, word: str) -> list[tuple[str, Classes]]:
        """Return the words that a compound is made of, each with its classes; nothing for a word that is none."""
        if not self._heads or not _SHORTEST_PIECE < len(word) <= _LONGEST_COMPOUND:
            return []
        return self._split(self.plain(word), 0, None, set(), 0) or []

    def _split(
        self, word: str, at: int, before: Classes | None, failed: set[tuple[int, frozenset[str]]], depth: int
    ) -> list[tuple[str, Classes]] | None:
        allowed = frozenset().union(*(self._joins.get(name, ()) for name in before or ()))
        if depth == _MOST_PIECES or (at, allowed) in failed:
            return None
        rest = word[at:]
        if before is not None:
            last = self._any_case(rest)
            if last and not allowed.isdisjoint(last):
                return [(rest, last)]
        for length in range(min(self._longest, len(rest) - 1), _SHORTEST_PIECE - 1, -1):
            head = self._heads.get(rest[:length])
            if head is None or (before is not None and allowed.isdisjoint(head)):
                continue
            after = self._split(word, at + length, head, failed, depth + 1)
            if after:
                return [(rest[:length], head), *after]
        failed.add((at, allowed))
        return None

    def _any_case(self, word: str) -> Classes:
        return {**self.words.get(word, {}), **self.capitalised.get(word, {})}


class Tokenizer:
    """Splits phrases of one language into tokens. ``settings`` is the language's section [tokens]: name to pattern or sign."""

    def __init__(self, lexicon: Lexicon, settings: Mapping[str, str]) -> None:
        self._lexicon = lexicon
        self._settings = settings
        elided = settings.get("elided", "").split()
        self._elided = re.compile(rf"(?:{'|'.join(map(re.escape, elided)) or '(?!)'}){_APOSTROPHES}", re.IGNORECASE)
        self._possessive = re.compile(rf"(?<=\w)(?:{settings.get('possessive') or '(?!)'})$", re.IGNORECASE)
        self._roman = re.compile(settings.get("roman") or "(?!)")
        self._ordinal = re.compile(settings.get("ordinal") or "(?!)", re.IGNORECASE)
        # signs that are figures written one by one, from nought to nine: 二〇二一
        self._digits = {sign: str(value) for value, signs in enumerate(settings.get("digits", "").split()) for sign in signs}
        self._decimal = settings.get("decimal", ".")
        self._grouping = settings.get("grouping", ",")
        # signs that stand within words as letters do: the apostrophe of "п'ять"
        self._inner = settings.get("inner", "")
        self._known_inner = str.maketrans("", "", self._inner)
        lexicon.alike = str.maketrans(dict(pair.split("=", 1) for pair in settings.get("alike", "").split()))
        # pieces of tokens that the scanner meets as words: the l of "l'année", the h of "15h30"
        self.particles = frozenset(elided) | frozenset(settings.get("suffixes", "").split())
        self.ends_of_words: frozenset[str] = frozenset()
        # a full stop between figures may make a date or a time of day
        self.has_figures = "daymonth" in settings
        self.stops_ordinals = self._ordinal.fullmatch("3.") is not None
        # figures of a year may end in a full stop: "2021. július 16."
        self.stops_years = settings.get("years") == "stopped"
        self.figures = settings.get("figures", "(?!)")
        self.unspaced = settings.get("script") == "unspaced"
        self.word = LETTERS
        self._pattern = self._compile(())

    def _compile(self, whole: Iterable[str]) -> re.Pattern[str]:
        words = "|".join(
            re.escape(w).replace("'", _APOSTROPHES).replace(r"\-", _HYPHENS)
            for w in sorted(whole, key=len, reverse=True)
        )
        decimal = re.escape(self._decimal)
        grouping = r"[ \u00a0\u202f]" if self._grouping == "space" else re.escape(self._grouping)
        parts = [
            ("whole", rf"(?:{words})\b" if words else "(?!)"),
            (
                "iso",
                r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?(?!\d)|\d{4}-\d\d-\d\d(?!\d)",
            ),
            ("slash", r"\d{1,4}(?P<sep>[/.-])\d{1,2}(?P=sep)(?:\d{4}|\d\d?)(?!\d|(?P=sep)\d)"),
            *((kind, self._settings[kind]) for kind in KINDS[:-1] if kind in self._settings),
            ("decimal", rf"\d+{decimal}\d+"),
            ("grouped", rf"\d{{1,3}}(?:{grouping}\d{{3}})+(?!\d)"),
            ("short", r"['’]\d\d(?!\d)"),
            ("int", r"\d+"),
            ("elided", self._elided.pattern),
            ("word", self.word),
            ("possessive", self._settings.get("possessive", "(?!)")),
            ("mark", r"[^\s\w]"),
        ]
        return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in parts), re.IGNORECASE)

    def complete(self) -> None:
        """Learn the words that hold an apostrophe or hyphen themselves (aujourd'hui, après-midi), when all words are known."""
        whole = {
            word
            for word in (*self._lexicon.words, *self._lexicon.capitalised)
            if _INNER.search(word.translate(self._known_inner)) and not self._elided.fullmatch(word)
        }
        pieces = [re.findall(r"[^\W\d_]+", word) for word in whole]
        self.particles |= {piece for first in pieces for piece in first[:-1]}
        self.ends_of_words = frozenset(last[-1] for last in pieces)
        others = [word for word, classes in self._lexicon.words.items() if OTHER in classes]
        words = (*self._lexicon.words, *self._lexicon.capitalised)
        self.word = word_pattern(words, self.unspaced, self._inner, others, self._settings.get("not_behind", ""))
        self._pattern = self._compile(whole)

    def is_number(self, word: str) -> bool:
        """Tell whether a word is a number in Roman figures, or in figures with a letter, as the language writes ordinals."""
        return self._roman.fullmatch(word) is not None or self._ordinal.fullmatch(word) is not None

    def split_pattern(self, pattern: str) -> str:
        """Write a rule's words as the tokens that the text has: "year's" is two, "l'année" too, "years'" ends in a mark."""
        words = []
        for word in pattern.split():
            elided = self._elided.match(word)
            if elided:
                words.append(elided.group().lower().replace("’", "'"))
                word = word[elided.end() :]
            ended = self._possessive.search(word)
            if ended:
                word = f"{word[: ended.start()]} 's"
            if word:
                words.append(word)
        return " ".join(words)

    def tokenize(self, text: str) -> list[Token]:
        """Split a phrase into tokens, a compound into its words. A hyphen between words only joins them and is left out."""
        tokens: list[Token] = []
        lexicon = self._lexicon
        for match in self._pattern.finditer(text):
            kind = match.lastgroup if match.lastgroup != "sep" else "slash"
            token = match.group()
            start, end = match.span()
            if kind == "word":
                classes = lexicon.classes(token)
                pieces = [] if classes else lexicon.pieces(token)
                for piece, named in pieces:
                    tokens.append(Token(start, start + len(piece), named))
                    start += len(piece)
                if pieces:
                    continue
                plain = lexicon.plain(token)
                if plain in lexicon.abbreviations and text[end : end + 1] == ".":
                    end += 1
                    if plain in lexicon.stopped:
                        classes = {**classes, **lexicon.stopped[plain]}
            elif kind == "mark":
                if token == "." and tokens and tokens[-1].end in (start, end):
                    continue
                if token == "-" and not _is_range_mark(text, start, end, tokens):
                    continue
                classes = {f"={_MARKS.get(token, token)}": None}
                if token in _FRACTIONS:
                    classes = {"fraction": _FRACTIONS[token]}
            elif kind in ("whole", "elided"):
                classes = lexicon.classes(token.translate(_PLAIN))
            else:
                classes = self._numeric(kind or "", token)
            tokens.append(Token(start, end, classes))
        return tokens

    def _numeric(self, kind: str, token: str) -> Classes:
        if kind == "possessive":
            return {"='s": None}
        if kind == "ordinal":
            value = int(re.findall(r"\d+", token)[0])
            found: Classes = {"ordinal": value}
            if 1 <= value <= _LONGEST_MONTH:
                found["dayth"] = value
            elif _FIRST_YEAR <= value <= _LAST_YEAR:
                found["yearth"] = value
            return found
        if kind == "figures":
            return _integer("".join(self._digits.get(sign, sign) for sign in token))
        if kind == "roman":
            return {"roman": _roman(token)}
        if kind == "decade":
            digits = re.findall(r"\d+", token)[0]
            return {"shortdecade": int(digits[0])} if len(digits) == 2 else {"decade": int(digits) // 10}
        if kind in ("decimal", "grouped"):
            classes: Classes = {"number": self._value(kind, token)}
            if kind == "decimal" and re.fullmatch(r"\d{1,2}\.\d\d", token):
                classes["clock"] = token.replace(".", ":")
            return classes
        if kind == "clock":
            return self._clock(token)
        if kind == "short":
            return {"shortyear": int(token[1:])}
        if kind == "daymonth":
            classes = {"daymonth": ".".join(re.findall(r"\d+", token))}
            return (
                {**classes, "dotclock": token[:-1].replace(".", ":")}
                if re.fullmatch(r"\d+\.\d\d\.", token)
                else classes
            )
        if kind == "int":
            return _integer(token)
        return {kind: token}

    def _value(self, kind: str, token: str) -> int | float:
        if kind == "grouped":
            return int("".join(re.findall(r"\d+", token)))
        return float(token.replace(self._decimal, "."))

    def _clock(self, token: str) -> Classes:
        # fractions of a second are left out
        parts = re.findall(r"\d+", _FRACTION.sub("", token))
        text = ":".join(parts)
        if "." in token and len(parts) == 2:
            return {"dotclock": text, **({"number": float(token)} if self._decimal == "." else {})}
        return {"clock": text}


def _roman(token: str) -> int:
    token = token.translate(_ROMAN_LOOK)
    values = [_ROMAN[c] for c in token.lower()] if token.isupper() else []
    if not values:
        # the letters that follow the figures, in "XIXe"
        values = [_ROMAN[c.lower()] for c in re.match(r"[IVXLCDM]*", token).group()]  # type: ignore[union-attr]
    return sum(-v if v < max(values[i:], default=0) else v for i, v in enumerate(values))


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
    if IS_UNSPACED.match(before) and after.isdigit():
        return True
    return ("month" in names or "weekday" in names or "decade" in names) and (after.isupper() or after.isdigit())


def _integer(token: str) -> Classes:
    if len(token) > _MOST_DIGITS:
        dated = len(token) == _DATE_DIGITS and token[:2] in ("19", "20")
        return {"digits": token, **({"compactdate": f"{token[:4]}-{token[4:6]}-{token[6:]}"} if dated else {})}
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
