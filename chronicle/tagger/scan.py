"""Scanning: text to candidates, in time linear in its length.

The text's words are looked up one by one; words of time that stand together make a region, a region with a trigger word is
parsed, and a phrase that was parsed once is remembered by its text. Everything here is free of any anchor.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from chronicle.tagger import kinds
from chronicle.tagger import meaning as m
from chronicle.tagger.candidate import Candidate
from chronicle.tagger.grammar import Parse
from chronicle.tagger.language import NO_WORD, ROOT, TRIGGER, Language
from chronicle.tagger.meaning import Meaning
from chronicle.tagger.script import IS_UNSPACED
from chronicle.tagger.tokens import Token

_LONGEST_REGION: Final = 28
_LONGEST_GAP: Final = 24
_BEFORE: Final = 36
_AFTER: Final = 48
_PHRASES_KEPT: Final = 20_000
# the style that a text may turn out to have once its expressions are known
_MAYBE: Final = "narrative"
_TALK: Final = "colloquial"
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_NOTHING: Final[frozenset[str]] = frozenset()
_JOINING_GAP = re.compile(
    r"(?:[^\S\n]*\n?[^\S\n]*)|[^\S\n]*,[^\S\n]*\n?[^\S\n]*|[^\S\n]?[-–—‐‑][^\S\n]?|-?['’]|['’] |[^\S\n]?\+|[/:½¼¾]|\+|[^\S\n]+['’½¼¾]|[^\S\n]*[½¼¾][^\S\n]*"
)
_STOP_GAP = re.compile(r"\.(?:[^\S\n]*\n?[^\S\n]*)|\.,?[^\S\n]|\.[-–—]|\.?[^\S\n]?\(|\)[^\S\n]")
_TRIGGER_GAPS: Final = frozenset((":", "/", " '", " ’", "'", "’", "-'", "-’"))
# 14.02.16
_DATE_GAPS: Final = frozenset(".-")
_APOSTROPHES: Final = frozenset("'’")
_LONGEST_ORDINAL: Final = 3
_HALF_DAY = frozenset({"a", "p"})


class _Reading(NamedTuple):
    """The ways to read a phrase from one of its tokens, the longest first."""

    start: int
    choices: tuple[tuple[int, Meaning, tuple[str, ...]], ...]


class Scanner:
    """Finds the expressions of one language in texts; keeps the phrases that it has parsed."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._word = re.compile(rf"\d+|{language.tokenizer.word}")
        self._phrases: dict[str, tuple[_Reading, ...]] = {}
        self._gaps: dict[str, int] = {}
        self._style: str | None = None
        self._wrappers = {name: getattr(m, name) for name in set(language.signals.values())}

    def scan(self, text: str, style: str | None = None) -> Iterator[Candidate]:
        """Yield the candidates of a text in order, none overlapping another. Those that count in one style only are left out of a text of
        another; without a style it is news or a narrative, and those of a narrative say so."""
        self._style = style
        talk = style == _TALK
        hours_after = self.language.hours_after
        flags = self.language.flags
        gaps = self._gaps
        years_after = self.language.years_after
        figures = self.language.tokenizer.has_figures
        start = end = size = dotted = 0
        is_open = triggered = False
        last = ""
        for match in self._word.finditer(text):
            word = match.group()
            flag = flags[word]
            if flag == NO_WORD:
                if is_open:
                    if triggered:
                        yield from self._region(text, start, end)
                    is_open = False
                continue
            at = match.start()
            if is_open:
                gap = text[end:at] if at - end <= _LONGEST_GAP else "\n\n"
                joins = gaps.get(gap)
                if joins is None:
                    joins = self._join(gap)
                if joins and (joins == 1 or self._may_stop(last, gap, word)) and size < _LONGEST_REGION:
                    dotted = dotted + 1 if gap in _DATE_GAPS and word.isdigit() and last.isdigit() else 0
                    if (
                        flag == TRIGGER
                        or dotted > 1
                        or (talk and last.lower() in hours_after)
                        or not gap
                        or (gap in _APOSTROPHES and last.isdigit())
                        or (gap == "." and figures and last.isdigit() and word.isdigit())
                        or (word.isdigit() and (gap in _TRIGGER_GAPS or (last in years_after and len(word) == 3)))
                    ):
                        triggered = True
                    end = match.end()
                    last = word
                    size += 1
                    continue
                if triggered:
                    yield from self._region(text, start, end)
            is_open = True
            triggered = flag == TRIGGER
            start, end, last, size, dotted = at, match.end(), word, 1, 0
        if is_open and triggered:
            yield from self._region(text, start, end)

    def _join(self, gap: str) -> int:
        """Return 1 for a gap that joins two words, 2 for one that does after an abbreviation, 0 for one that parts them."""
        joins = 1 if _JOINING_GAP.fullmatch(gap) else 2 if _STOP_GAP.fullmatch(gap) else 0
        if len(self._gaps) > _PHRASES_KEPT:
            self._gaps.clear()
        self._gaps[gap] = joins
        return joins

    def _may_stop(self, last: str, gap: str, word: str) -> bool:
        low = last.lower()
        if gap[-1] == "(" or gap[0] == ")":
            # "5 p.m. (EST) on Friday"
            return "zonename" in self.language.lexicon.classes(word if gap[-1] == "(" else last)
        if gap == ".":
            return (
                low in _HALF_DAY
                or low in self.language.lexicon.abbreviations
                or (last.isdigit() and word.isdigit())
                or (len(last) == 1 and len(word) == 1)
            )
        return low in self.language.lexicon.abbreviations or (
            self.language.tokenizer.stops_ordinals
            and last.isdigit()
            and len(last) <= _LONGEST_ORDINAL + self.language.tokenizer.stops_years
        )

    def _region(self, text: str, start: int, end: int) -> Iterator[Candidate]:
        if start and text[start - 1] in "'’" and text[start].isdigit():
            start -= 1
        if text[end : end + 1] == ")" and "(" in text[start:end]:
            end += 1
        if text[end : end + 1] == "." and not (text[end + 1 : end + 2] == "." or self._ends_sentence(text, start, end)):
            end += 1
        readings = self._readings(text[start:end])
        done = 0
        for reading in readings:
            if reading.start < done:
                continue
            begin = start + reading.start
            loose: tuple[int, Candidate] | None = None
            for length, meaning, guards in reading.choices:
                stop = start + length
                styles = self._styles(guards) if guards else ()
                if styles and (self._style or _MAYBE) not in styles:
                    continue
                if guards and not self._pass(text, begin, stop, guards):
                    continue
                if not _stands_free(text, begin, stop, self.language.tokenizer.unspaced):
                    continue
                if styles and not self._style:
                    # what counts in any style goes before
                    loose = loose or (length, self._candidate(text, begin, stop, meaning)._replace(styles=styles))
                    continue
                loose = None
                done = length
                if not isinstance(meaning, m.Nothing):
                    yield self._candidate(text, begin, stop, meaning)
                break
            if loose is not None:
                done = loose[0]
                yield loose[1]

    def _ends_sentence(self, text: str, start: int, end: int) -> bool:
        """Tell whether the full stop at a place ends a sentence and no abbreviation: "in 2 hrs. Then", but not "in Dec. Mr. Hall"."""
        last = _LAST_WORD.search(text, max(start, end - _LONGEST_GAP), end)
        if last is None or "unit" not in self.language.lexicon.classes(last[0]):
            return False
        after = text[end + 1 : end + 3].lstrip()
        return not after or after[0].isupper()

    def _readings(self, phrase: str) -> tuple[_Reading, ...]:
        readings = self._phrases.get(phrase)
        if readings is None:
            readings = self._split(phrase)
            if len(self._phrases) > _PHRASES_KEPT:
                self._phrases.clear()
            self._phrases[phrase] = readings
        return readings

    def _split(self, phrase: str) -> tuple[_Reading, ...]:
        """Cut a phrase where no rule lets one token follow the other, and read the pieces: short ones come up again."""
        tokens = self.language.tokenizer.tokenize(phrase)
        follow = self.language.grammar.follow
        cuts = [
            index
            for index, (left, right) in enumerate(itertools.pairwise(tokens), 1)
            if all(follow.get(name, _NOTHING).isdisjoint(right.classes) for name in left.classes)
        ]
        if not cuts:
            return self._parse(tokens) if tokens else ()
        found: list[_Reading] = []
        for first, stop in zip([0, *cuts], [*cuts, len(tokens)], strict=True):
            start = tokens[first].start
            for reading in self._readings(phrase[start : tokens[stop - 1].end]):
                moved = tuple((end + start, meaning, guards) for end, meaning, guards in reading.choices)
                found.append(_Reading(reading.start + start, moved))
        return tuple(found)

    def _parse(self, tokens: list[Token]) -> tuple[_Reading, ...]:
        parser = self.language.grammar.parser(tokens)
        starters = self.language.starters
        found: list[_Reading] = []
        for index, token in enumerate(tokens):
            if starters.isdisjoint(token.classes):
                continue
            parses = parser.parse(ROOT, index)
            if parses:
                found.append(_Reading(token.start, _choices(parses, tokens)))
        return tuple(found)

    def _pass(self, text: str, start: int, end: int, guards: tuple[str, ...]) -> bool:
        before = text[max(0, start - _BEFORE) : start]
        after = text[end : end + _AFTER]
        for name in guards:
            for kind, pattern in self.language.guards.get(name, ()):
                if kind == "before" or kind == "not-before":
                    hit = pattern.search(before)
                elif kind == "after" or kind == "not-after":
                    hit = pattern.match(after)
                elif kind == "is" or kind == "not-is":
                    hit = pattern.fullmatch(text[start:end])
                else:
                    hit = pattern.search(f"{before}«{text[start:end]}»{after}")
                if (hit is None) != kind.startswith("not-"):
                    return False
        return True

    def _styles(self, guards: tuple[str, ...]) -> tuple[str, ...]:
        """Return the styles of text that a rule asks for by its guards; nothing: any."""
        styles = self.language.styles
        return next((styles[name] for name in guards if name in styles), ())

    def _trim(self, text: str, start: int, end: int) -> int:
        """Return where an expression begins without an article that belongs to the noun after it ("a two-week tour")."""
        found = self.language.trim_pattern.match(text, start, min(len(text), end + _AFTER))
        return found.end() if found is not None and found.end() < end else start

    def _candidate(self, text: str, start: int, end: int, meaning: Meaning) -> Candidate:
        start = self._trim(text, start, end)
        window = text[max(0, start - 24) : start]
        found = self.language.signal_pattern.search(window)
        if found is None or text[end : end + 2] in ("'s", "’s"):
            return Candidate(start, end, meaning, None, start)
        word = re.sub(r"\s+", " ", found.group(1).lower())
        return Candidate(start, end, meaning, self.language.signals.get(word), start - len(window) + found.start(1))

    def wrap(self, candidate: Candidate) -> Meaning:
        """Return a candidate's meaning with that of its signal word around it."""
        if candidate.signal is None:
            return candidate.meaning
        wrapped: Meaning = self._wrappers[candidate.signal](candidate.meaning)
        return wrapped


def _choices(parses: list[Parse], tokens: list[Token]) -> tuple[tuple[int, Meaning, tuple[str, ...]], ...]:
    ordered = sorted(parses, key=lambda p: (-p.end, p.order))
    nothing = m.Nothing()
    return tuple((tokens[p.end - 1].end, nothing if kinds.is_nothing(p.value) else p.value, p.guards) for p in ordered)


def _stands_free(text: str, start: int, end: int, unspaced: bool) -> bool:
    """Tell whether an expression is no piece of a longer number, word or address."""
    before = text[start - 1 : start]
    after = text[end : end + 1]
    if unspaced:
        before, after = (" " if IS_UNSPACED.match(sign) else sign for sign in (before, after))
    if before and (before.isalnum() or before in "$€£@#/\\_="):
        return before == "/" and not text[start].isdigit() and text[start - 2 : start - 1].isalpha()
    if before in (".", ",") and text[start].isdigit() and text[start - 2 : start - 1].isdigit():
        return False
    if after and (after.isalnum() or after in "_@%"):
        return False
    if after in (".", ",", "/", ":") and text[end - 1].isdigit() and text[end + 1 : end + 2].isdigit():
        return False
    # "9am-5pm", "pre-1990", but not "F-16" or "1-800"
    last = text[start - 2 : start - 1]
    return not (before in "-–" and before and text[start].isdigit() and last.isalnum() and not last.islower())
