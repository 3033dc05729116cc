"""Kinds of happening and the words that tell them, from a language's ``happenings.kinds``."""

from __future__ import annotations

import functools
import re
from importlib import resources
from typing import Final

import snowballstemmer

_WORD: Final = re.compile(r"\w+(?:[-’']\w+)*")
_POSSESSIVE: Final = re.compile(r"[’']s?$")
# words that may stand between the first two words of a phrase: "turned the generous offer down"
_GAP: Final = 3
_SECTIONS: Final = (
    "kinds", "irregular", "small", "light", "apart", "things", "ahead", "telling", "aside", "phases", "answers", "postponed",
    "noun_name", "name_noun",
)  # fmt: skip
_NAME: Final = r"([A-Z][\w’'-]+(?: (?:\w{1,3} )?[A-Z][\w’'-]+){0,3})"
_NOUN: Final = r"([a-z][a-z-]+)"
_STEMMERS: Final = {"en": "english"}


def words_of(text: str) -> list[str]:
    """Return the words of a text as they stand, the endings of possession and hyphens taken off."""
    found: list[str] = []
    for word in _WORD.findall(text):
        found.extend(part for part in _POSSESSIVE.sub("", word).split("-") if part)
    return found


def _pattern(line: str) -> re.Pattern[str]:
    """Return a line's pattern, with what a noun and a name look like in it."""
    return re.compile(line.replace("NAME", _NAME).replace("NOUN", _NOUN))


class Lexicon:
    """What kinds of happening words tell. Raises ValueError, with file and line, for a line that cannot be read."""

    def __init__(self, text: str, name: str = "happenings.kinds", stemmer: str = "english") -> None:
        self._snowball = snowballstemmer.stemmer(stemmer)
        self._irregular: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        self._kinds: dict[str, set[str]] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
        self._apart: set[frozenset[str]] = set()
        self._things: dict[str, set[int]] = {}
        sections: dict[str, list[tuple[int, str]]] = {}
        section = ""
        for number, line in enumerate(text.splitlines(), 1):
            line = line.strip()
            if line.startswith("[") and line.endswith("]"):
                section = line[1:-1]
            elif line and not line.startswith("#"):
                if section not in _SECTIONS:
                    raise ValueError(f"{name}:{number}: {section!r} is no section of kinds of happening")
                sections.setdefault(section, []).append((number, line))
        for _, line in sections.get("irregular", []):
            lemma, _, forms = line.partition("=")
            self._irregular.update((form, lemma.strip()) for form in forms.split())
        for number, line in sections.get("kinds", []):
            kind, sign, words = line.partition("=")
            if not sign:
                raise ValueError(f"{name}:{number}: write kind = word, word, ...")
            for word in _listed(words):
                self._add(kind.strip(), word)
        known = {kind for kinds in self._kinds.values() for kind in kinds}
        for number, line in sections.get("apart", []):
            pair = frozenset(line.split())
            if len(pair) != 2 or not pair <= known:
                raise ValueError(f"{name}:{number}: two kinds are expected, not {line!r}")
            self._apart.add(pair)
        self.telling = frozenset(kind for _, line in sections.get("telling", []) for kind in _listed(line))
        self.phases = frozenset(kind for _, line in sections.get("phases", []) for kind in _listed(line))
        self.aside = frozenset(kind for _, line in sections.get("aside", []) for kind in _listed(line))
        self._answers: dict[str, frozenset[str]] = {}
        for number, line in sections.get("answers", []):
            kind, _, answers = line.partition("=")
            self._answers[kind.strip()] = frozenset(answers.split())
            unknown = {kind.strip(), *answers.split()} - known
            if unknown:
                raise ValueError(f"{name}:{number}: {', '.join(sorted(unknown))} is no kind of happening")
        for number, line in sections.get("things", []):
            for word in _listed(line):
                self._things.setdefault(" ".join(self.stems(word)), set()).add(number)
        self.beside = [_pattern(line) for _, line in sections.get("noun_name", [])]
        self.behind = [_pattern(line) for _, line in sections.get("name_noun", [])]
        self.small = frozenset(word for _, line in sections.get("small", []) for word in _listed(line))
        self.light = self._stemmed(sections, "light")
        self.ahead = self._stemmed(sections, "ahead")
        self._postponed = [self.stems(w) for _, line in sections.get("postponed", []) for w in _listed(line)]

    def _stemmed(self, sections: dict[str, list[tuple[int, str]]], name: str) -> frozenset[str]:
        return frozenset(" ".join(self.stems(w)) for _, line in sections.get(name, []) for w in _listed(line))

    def _add(self, kind: str, word: str) -> None:
        stems = self.stems(word)
        if len(stems) == 1:
            self._kinds.setdefault(stems[0], set()).add(kind)
            return
        for place, (phrase, kinds) in enumerate(self._phrases.get(stems[0], [])):
            if phrase == stems:
                self._phrases[stems[0]][place] = phrase, kinds | {kind}
                return
        self._phrases.setdefault(stems[0], []).append((stems, frozenset((kind,))))
        self._kinds.setdefault(" ".join(stems), set()).add(kind)

    def stem(self, word: str) -> str:
        """Return what a word has in common with its other forms."""
        low = word.casefold()
        found = self._stems.get(low)
        if found is None:
            found = str(self._snowball.stemWord(self._irregular.get(low, low)))
            if len(self._stems) < 200_000:
                self._stems[low] = found
        return found

    def stems(self, text: str) -> tuple[str, ...]:
        """Return the stems of the words of a text."""
        return tuple(self.stem(word) for word in words_of(text))

    def kinds_in(self, stems: tuple[str, ...]) -> list[tuple[int, int, frozenset[str]]]:
        """Return the kinds that stand in a text, each with its place among the stems: start, end and kinds. The longest phrase wins."""
        found = []
        place = 0
        while place < len(stems):
            best: tuple[int, frozenset[str]] | None = None
            for phrase, kinds in self._phrases.get(stems[place], ()):
                end = _phrase_at(phrase, stems, place)
                if end is not None and (best is None or end > best[0]):
                    best = end, kinds
            if best is None and stems[place] in self._kinds:
                best = place + 1, frozenset(self._kinds[stems[place]])
            if best is not None:
                found.append((place, best[0], best[1]))
            # what stands between the parts of a phrase may tell something, too
            place += 1 if best is None or best[0] - place > _GAP else best[0] - place
        return found

    def kinds_of(self, stem: str) -> frozenset[str]:
        """Return the kinds that a word by itself tells."""
        return frozenset(self._kinds.get(stem, ()))

    def apart(self, one: frozenset[str], other: frozenset[str]) -> bool:
        """Tell whether some kinds and some others cannot be of one happening."""
        return any(frozenset((a, b)) in self._apart for a in one for b in other)

    def answers(self, kinds: frozenset[str]) -> frozenset[str]:
        """Return the kinds that can come of what was expected, those kinds themselves among them."""
        return kinds.union(*(self._answers.get(kind, ()) for kind in kinds))

    def thing(self, stem: str) -> frozenset[int]:
        """Return the groups of nouns that a noun belongs to; those of one group can name one thing in a story."""
        return frozenset(self._things.get(stem, ()))

    def postponed(self, stems: tuple[str, ...]) -> bool:
        """Tell whether a text says of what was expected that it will come later."""
        return _says(self._postponed, stems)


def _listed(text: str) -> list[str]:
    return [part for part in (p.strip() for p in text.split(",")) if part]


def _says(phrases: list[tuple[str, ...]], stems: tuple[str, ...]) -> bool:
    starts = {phrase[0] for phrase in phrases}
    places = [p for p, stem in enumerate(stems) if stem in starts]
    return any(_phrase_at(phrase, stems, place) is not None for place in places for phrase in phrases)


def _phrase_at(phrase: tuple[str, ...], stems: tuple[str, ...], place: int) -> int | None:
    """Return where a phrase that begins at a place ends, up to three words between its first and second word."""
    if stems[place] != phrase[0]:
        return None
    if len(phrase) == 1:
        return place + 1
    rest = phrase[1:]
    for start in range(place + 1, place + 2 + _GAP):
        if stems[start : start + len(rest)] == rest:
            return start + len(rest)
    return None


@functools.cache
def lexicon(code: str = "en") -> Lexicon:
    """Return the lexicon of a language."""
    text = resources.files("chronicle.languages").joinpath(code).joinpath("happenings.kinds").read_text("utf-8")
    return Lexicon(text, f"{code}/happenings.kinds", _STEMMERS.get(code, "english"))
