"""A language: its lexicon, grammar, guards and cues, read from the data files of its folder in ``chronicle/languages``."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from importlib import resources
from typing import Final

from chronicle.tagger.builders import BUILDERS
from chronicle.tagger.grammar import Grammar, GrammarError
from chronicle.tagger.tokens import Lexicon

ROOT: Final = "expr"
NO_WORD: Final = 0
FILLER: Final = 1
TRIGGER: Final = 2
_FLAGS_KEPT: Final = 200_000
# what the sections of lists may say: the words that the steps of resolve/ ask for, "a | b | c"
KEYS: Final = {
    "sentences": ("abbreviated",),
    "lists": ("articles", "joined", "opening", "and", "behind", "day_suffix", "month_first"),
    "range": (
        "opening", "opening_both", "joining", "joining_both", "joining_alone", "before_end", "closing", "closed", "years_after"
    ),
    "tense": (
        "past", "future", "neither", "past_ending", "future_ending", "attributive", "realized", "infinitive", "ahead", "deferred",
        "present", "conditional", "lasted", "perfect", "was", "backward", "nounlike", "describing", "reported", "happened", "possessive"
    ),
}  # fmt: skip
_GUARD_KINDS: Final = ("before", "after", "not-before", "not-after", "is", "not-is", "around", "not-around")


class Language:
    """Everything that the tagger knows of one language, from the texts of its files by name. Raises GrammarError for a mistake in one."""

    def __init__(self, code: str, files: Mapping[str, str]) -> None:
        self.code = code
        self.lexicon = Lexicon()
        self.grammar = Grammar(BUILDERS)
        self.guards: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        self.signals: dict[str, str] = {}
        self.lists: dict[str, dict[str, tuple[str, ...]]] = {section: {} for section in KEYS}
        self._fillers: set[str] = set()
        self._trims: list[str] = []
        self._rule = ""
        for name, text in files.items():
            self._read(name, text)
        self.grammar.compile()
        self._complete_lexicon()
        self.starters = self.grammar.first(ROOT)
        self.enders = self.grammar.last[ROOT]
        self.flags = _Flags(self)
        self.signal_pattern = _ending(self.signals)
        self.years_after = frozenset(self.lists["range"].get("years_after", ()))
        self.trim_pattern = re.compile("|".join(self._trims) or r"(?!)", re.IGNORECASE)

    def _read(self, file: str, text: str) -> None:
        section = ""
        readers: dict[str, Callable[[str, str], None]] = {
            "words": self._read_words,
            "rules": self._read_rule,
            "fillers": self._read_fillers,
            "holidays": self._read_holiday,
            "guards": self._read_guard,
            "signals": self._read_signal,
            "extent": self._read_extent,
            **{section: functools.partial(self._read_list, section) for section in KEYS},
        }
        for number, line in enumerate(text.splitlines(), 1):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            if line.startswith("[") and line.endswith("]"):
                section = line[1:-1]
                if section not in readers:
                    raise GrammarError(
                        f"{file}:{number}: there is no section [{section}]; there are {', '.join(readers)}"
                    )
                continue
            if not section:
                raise GrammarError(f"{file}:{number}: a line before the first section, such as [words]")
            readers[section](line, f"{file}:{number}")

    def _pair(self, line: str, sign: str, source: str) -> tuple[str, str]:
        left, found, right = line.partition(sign)
        if not found:
            raise GrammarError(f"{source}: {sign.strip()} is missing")
        return left.strip(), right.strip()

    def _read_words(self, line: str, source: str) -> None:
        left, right = self._pair(line, " = ", source)
        name, _, raw = left.partition(" ")
        value: int | float | str | None = raw or None
        if raw and re.fullmatch(r"-?\d+", raw):
            value = int(raw)
        elif re.fullmatch(r"\d\.\d+", raw):
            value = float(raw)
        for word in right.split():
            self.lexicon.add(word, name, value)

    def _read_rule(self, line: str, source: str) -> None:
        left, action = self._pair(line, " => ", source)
        if left.startswith("| "):
            pattern = left[2:]
        else:
            self._rule, pattern = self._pair(left, ": ", source)
        guards = tuple(re.findall(r"\?(\w+)", action))
        action = re.sub(r"\s*\?\w+", "", action)
        if not self._rule:
            raise GrammarError(f"{source}: a rule without a name")
        self.grammar.add(self._rule, _split_apostrophes(pattern), action, guards, source)

    def _read_fillers(self, line: str, source: str) -> None:
        self._fillers.update(line.split())

    def _read_holiday(self, line: str, source: str) -> None:
        name, pattern = self._pair(line, " = ", source)
        action = f"cycle('holiday', \"{name}\")"
        self.grammar.add("holiday", _split_apostrophes(pattern), action, (), source)

    def _read_guard(self, line: str, source: str) -> None:
        name, _, rest = line.partition(" ")
        kind, _, pattern = rest.strip().partition(" ")
        if kind not in _GUARD_KINDS:
            raise GrammarError(f"{source}: a guard looks {', '.join(_GUARD_KINDS)}, not {kind!r}")
        try:
            compiled = re.compile(pattern.strip())
        except re.error as error:
            raise GrammarError(f"{source}: the guard {name} is no regular expression: {error}") from None
        self.guards.setdefault(name, []).append((kind, compiled))

    def _read_signal(self, line: str, source: str) -> None:
        name, words = self._pair(line, " = ", source)
        self.signals.update({w.strip(): name for w in words.split(" | ")})

    def _read_extent(self, line: str, source: str) -> None:
        name, _, pattern = line.partition(" ")
        if name != "trim":
            raise GrammarError(f"{source}: a line on extents begins with trim, not {name!r}")
        self._trims.append(pattern.strip())

    def _read_list(self, section: str, line: str, source: str) -> None:
        name, words = self._pair(line, " = ", source)
        if name not in KEYS[section]:
            raise GrammarError(f"{source}: [{section}] says {', '.join(KEYS[section])}, not {name!r}")
        known = self.lists[section].get(name, ())
        self.lists[section][name] = (*known, *(w.strip() for w in words.split(" | ")))

    def _complete_lexicon(self) -> None:
        """Let every word that a rule names stand in the lexicon, as itself."""
        for word in self.grammar.words:
            if word[0].isalnum():
                self.lexicon.add(word, f"={word.lower()}", None)

    def is_filler(self, word: str) -> bool:
        """Tell whether a word alone never makes a phrase worth parsing."""
        return word in self._fillers


class _Flags(dict[str, int]):
    """Whether a word of the text is nothing, a filler or a trigger; learnt as words come up."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, word: str) -> int:
        if len(self) > _FLAGS_KEPT:
            self.clear()
        flag = self._flag(word)
        self[word] = flag
        return flag

    def _flag(self, word: str) -> int:
        if word.isdigit():
            return TRIGGER if len(word) == 4 else FILLER
        if not self._language.lexicon.classes(word):
            return NO_WORD
        return FILLER if self._language.is_filler(word.lower()) else TRIGGER


def _split_apostrophes(pattern: str) -> str:
    """Write words as the tokenizer gives them: "year's" is two tokens, "years'" ends in a mark."""
    pattern = re.sub(r"(\w)['’]s\b", r"\1 's", pattern)
    return re.sub(r"(\w)s['’](?=\s|$)", r"\1s 's", pattern)


def _ending(words: object) -> re.Pattern[str]:
    """Return a pattern for one of some words at the end of a text, an article between allowed."""
    choices = sorted(words, key=len, reverse=True)  # type: ignore[call-overload]
    body = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in choices) or "(?!)"
    return re.compile(rf"(?:^|[\s(\[\"'“‘,;:—–-])({body})\s+(?:the\s+)?$", re.IGNORECASE)


@functools.cache
def load(code: str) -> Language:
    """Return a language by its code (ISO 639-1). Raises LookupError for one that chronicle has no file of."""
    languages = resources.files("chronicle").joinpath("languages")
    folder = languages.joinpath(code)
    if not code.isalnum() or not folder.is_dir():
        known = sorted(p.name for p in languages.iterdir() if p.is_dir() and not p.name.startswith("_"))
        raise LookupError(f"chronicle does not know the language {code!r}; it knows {', '.join(known)}")
    files = sorted((p for p in folder.iterdir() if p.name.endswith(".lang")), key=lambda p: p.name)
    return Language(code, {f"{code}/{p.name}": p.read_text("utf-8") for p in files})
