"""A language: its lexicon, grammar, guards and cues, read from the data files of its folder in ``chronicle/languages``."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from chronicle import languages
from chronicle.errors import UnknownName
from chronicle.tagger import ground
from chronicle.tagger.builders import BUILDERS
from chronicle.tagger.grammar import Grammar, GrammarError
from chronicle.tagger.patterns import ending, one_of
from chronicle.tagger.tokens import SETTINGS, Lexicon, Tokenizer

ROOT: Final = "expr"
# the rule of numbers in words, in languages that have one
COUNT: Final = "small"
NO_WORD: Final = 0
FILLER: Final = 1
TRIGGER: Final = 2
FIGURE: Final = 3
_FLAGS_KEPT: Final = 200_000
# what the sections of lists may say: the words that the steps of resolve/ ask for, "a | b | c"
KEYS: Final = {
    "sentences": ("abbreviated",),
    "style": ("talk", "first", "commands", "asking", "wishing"),
    "lists": ("articles", "joined", "opening", "and", "behind", "day_suffix", "excepting", "measured", "month_first"),
    "range": (
        "inside", "counting", "hours_after", "numbers_after", "timed",
        "opening", "opening_both", "joining", "joining_both", "joining_alone", "before_end", "closing", "closed", "years_after"
    ),
    "tense": (
        "past", "future", "neither", "past_ending", "future_ending", "past_form", "future_form", "subjectless", "attributive", "realized", "infinitive", "ahead", "deferred",
        "present", "conditional", "lasted", "kept", "until_then", "unreached", "perfect", "was", "backward", "nounlike", "describing", "throughout", "reported", "happened", "possessive"
    ),
}  # fmt: skip
_GUARD_KINDS: Final = ("before", "after", "not-before", "not-after", "is", "not-is", "around", "not-around")


class Language:
    """Everything that the tagger knows of one language, from the texts of its files by name. Raises GrammarError for a mistake in one."""

    def __init__(self, code: str, files: Mapping[str, str]) -> None:
        self.code = code
        self._endings: dict[str, tuple[str, ...]] = {}
        self._tokens: dict[str, str] = {}
        self.lexicon = Lexicon(self._endings)
        self.grammar = Grammar(BUILDERS)
        self.guards: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        self.styles: dict[str, tuple[str, ...]] = {}
        self.signals: dict[str, str] = {}
        self.postpositions: dict[str, str] = {}
        self.lists: dict[str, dict[str, tuple[str, ...]]] = {section: {} for section in KEYS}
        self._fillers: set[str] = set()
        self._trims: list[str] = []
        self._ends: list[str] = []
        self._rule = ""
        sections: dict[str, list[tuple[str, str]]] = {}
        for name, text in files.items():
            for section, line, source in _lines(name, text):
                sections.setdefault(section, []).append((line, source))
        for family, _ in sections.pop("family", []):
            for name, text in languages.family(family).items() if family else ():
                for section, line, source in _lines(name, text):
                    sections.setdefault(section, []).append((line, source))
        self._read(sections)
        self.grammar.compile(self._fillers)
        self._complete_lexicon()
        self.starters = self.grammar.first(ROOT)
        self.enders = self.grammar.last[ROOT]
        self.figures = re.compile(self.tokenizer.figures)
        self.flags = _Flags(self)
        self.signal_pattern = ending(self.signals, self.lists["lists"].get("articles", ()))
        self.hours_after = frozenset(self.lists["range"].get("hours_after", ()))
        self.numbers_after = frozenset(self.lists["range"].get("numbers_after", ()))
        counted = self.numbers_after and COUNT in self.grammar.names
        self._counts = self.grammar.first(COUNT) if counted else frozenset()
        self.years_after = frozenset(self.lists["range"].get("years_after", ()))
        space, end = (r"[^\S\n]?", "") if self.tokenizer.unspaced else (r"\s+", r"\b")
        self.postposition_pattern = re.compile(rf"{space}(?:{one_of(self.postpositions)}){end}", re.IGNORECASE)
        self.end_pattern = re.compile("|".join(self._ends) or r"(?!)", re.IGNORECASE)
        self.trim_pattern = re.compile("|".join(self._trims) or r"(?!)", re.IGNORECASE)

    def _read(self, sections: Mapping[str, list[tuple[str, str]]]) -> None:
        readers: dict[str, Callable[[str, str], None]] = {
            # what the others are written with comes first
            "tokens": self._read_token,
            "endings": self._read_endings,
            "words": self._read_words,
            "compounds": self._read_compound,
            "rules": self._read_rule,
            "fillers": self._read_fillers,
            "holidays": self._read_holiday,
            "guards": self._read_guard,
            "signals": self._read_signal,
            "postpositions": self._read_postposition,
            "extent": self._read_extent,
            **{section: functools.partial(self._read_list, section) for section in KEYS},
        }
        for section, lines in sections.items():
            if section not in readers:
                raise GrammarError(f"{lines[0][1]}: there is no section [{section}]; there are {', '.join(readers)}")
        self.tokenizer = Tokenizer(self.lexicon, self._tokens)
        for section, read in readers.items():
            for line, source in sections.get(section, []):
                if line:
                    read(line, source)
            if section == "tokens":
                self.tokenizer = Tokenizer(self.lexicon, self._tokens)

    def _pair(self, line: str, sign: str, source: str) -> tuple[str, str]:
        left, found, right = line.partition(sign)
        if not found:
            raise GrammarError(f"{source}: {sign.strip()} is missing")
        return left.strip(), right.strip()

    def _read_token(self, line: str, source: str) -> None:
        name, text = self._pair(line, " = ", source)
        if name not in SETTINGS:
            raise GrammarError(f"{source}: a line on tokens names {', '.join(SETTINGS)}, not {name!r}")
        try:
            re.compile(text)
        except re.error as error:
            raise GrammarError(f"{source}: {name} is no regular expression: {error}") from None
        self._tokens[name] = text

    def _read_endings(self, line: str, source: str) -> None:
        name, endings = self._pair(line, " = ", source)
        self._endings[name] = tuple("" if e == "-" else e for e in endings.split())

    def _read_compound(self, line: str, source: str) -> None:
        left, right = self._pair(line, " = ", source)
        for name in left.split():
            self.lexicon.join(name, right.split())

    def _add_word(self, word: str, name: str, value: int | float | str | None, source: str) -> None:
        try:
            self.lexicon.add(word, name, value)
        except KeyError as missing:
            raise GrammarError(f"{source}: there are no endings {missing} for {word!r}") from None

    def _read_words(self, line: str, source: str) -> None:
        left, right = self._pair(line, " = ", source)
        name, _, raw = left.partition(" ")
        value: int | float | str | None = raw or None
        if raw and re.fullmatch(r"-?\d+", raw):
            value = int(raw)
        elif re.fullmatch(r"\d\.\d+", raw):
            value = float(raw)
        for word in right.split():
            self._add_word(word, name, value, source)

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
        self.grammar.add(self._rule, self.tokenizer.split_pattern(pattern), action, guards, source)

    def _read_fillers(self, line: str, source: str) -> None:
        for word in line.split():
            stem, tilde, table = word.partition("~")
            if table not in self._endings and tilde:
                raise GrammarError(f"{source}: there are no endings {table!r} for {word!r}")
            words = [stem + ending for ending in self._endings[table]] if tilde else [word]
            self._fillers.update(map(self.lexicon.plain, words))

    def _read_holiday(self, line: str, source: str) -> None:
        name, pattern = self._pair(line, " = ", source)
        action = f"cycle('holiday', \"{name}\")"
        self.grammar.add("holiday", self.tokenizer.split_pattern(pattern), action, (), source)

    def _read_guard(self, line: str, source: str) -> None:
        name, _, rest = line.partition(" ")
        kind, _, pattern = rest.strip().partition(" ")
        if kind == "style":
            self.styles[name] = tuple(pattern.split())
            return
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

    def _read_postposition(self, line: str, source: str) -> None:
        name, words = self._pair(line, " = ", source)
        self.postpositions.update({w.strip(): name for w in words.split(" | ")})

    def _read_extent(self, line: str, source: str) -> None:
        name, _, pattern = line.partition(" ")
        if name not in ("trim", "end"):
            raise GrammarError(f"{source}: a line on extents begins with trim or end, not {name!r}")
        (self._trims if name == "trim" else self._ends).append(pattern.strip())

    def _read_list(self, section: str, line: str, source: str) -> None:
        name, words = self._pair(line, " = ", source)
        if name not in KEYS[section]:
            raise GrammarError(f"{source}: [{section}] says {', '.join(KEYS[section])}, not {name!r}")
        known = self.lists[section].get(name, ())
        self.lists[section][name] = (*known, *(w.strip() for w in words.split(" | ")))

    def _complete_lexicon(self) -> None:
        """Let every word that a rule names stand in the lexicon, as itself."""
        for word, source in self.grammar.words.items():
            if word[0].isalnum():
                self._add_word(word, f"={word.lower()}", None, source)
        both = self.grammar.names & self.lexicon.names()
        if both:
            raise GrammarError(f"{self.code}: {', '.join(sorted(both))} is the name of a rule and of a class of words")
        self.lexicon.complete()
        self.tokenizer.complete()

    def is_count(self, word: str) -> bool:
        """Tell whether a word is a number that makes a time behind some words ("las diez")."""
        return not self._counts.isdisjoint(self.lexicon.classes(word))

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
            return TRIGGER if len(word) in (4, 8) else FIGURE
        language = self._language
        if language.figures.fullmatch(word):
            return TRIGGER
        if not language.lexicon.knows(word):
            pieces = language.lexicon.pieces(word)
            if pieces:
                return FILLER if all(language.is_filler(piece) for piece, _ in pieces) else TRIGGER
            tokenizer, low = language.tokenizer, language.lexicon.plain(word)
            if low in tokenizer.ends_of_words:
                return TRIGGER
            if tokenizer.is_number(word):
                # a Roman figure of more than one letter is rare enough: "XX в."
                return TRIGGER if len(word) > 1 and word.isalpha() else FIGURE
            return FILLER if low in tokenizer.particles else NO_WORD
        if not language.is_filler(language.lexicon.plain(word)):
            return TRIGGER
        return FIGURE if language.is_count(word) else FILLER


def _lines(file: str, text: str) -> Iterator[tuple[str, str, str]]:
    """Yield the lines of a file that say something, each with its section and its place."""
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        source = f"{file}:{number}"
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
            yield section, "", source
        elif not section:
            raise GrammarError(f"{source}: a line before the first section, such as [words]")
        else:
            yield section, line, source


@functools.cache
def load(tag: str) -> Language:
    """Return a language by its tag (BCP 47: "de", "pt-BR"): by its own folder, else by the tables of dateparser.

    Raises UnknownName, a LookupError, for one that neither has.
    """
    code = languages.base(tag)
    if code in languages.codes():
        return Language(code, languages.files(code))
    return on_the_ground(tag)


@functools.cache
def on_the_ground(tag: str) -> Language:
    """Return a language as the tables of dateparser have it, whether or not it has a folder of its own. Raises UnknownName."""
    files = ground.files(tag)
    if files is None:
        known = ", ".join(languages.codes())
        raise UnknownName(
            f"chronicle does not know the language {tag!r}; it knows {known}, and on the ground what `chronicle languages` lists"
        )
    return Language(tag, files)
