"""Scanning: text to candidates, in time linear in its length.

The text's words are looked up one by one; words of time that stand together make a region, a region with a trigger word is
parsed, and a phrase that was parsed once is remembered by its text. Everything here is free of any anchor.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from typing import Final

from chronicle.tagger import kinds
from chronicle.tagger import meaning as m
from chronicle.tagger.candidate import Candidate
from chronicle.tagger.language import FIGURE, ROOT, TRIGGER, Language
from chronicle.tagger.meaning import Meaning
from chronicle.tagger.script import IS_UNSPACED
from chronicle.tagger.tokens import Token

# in characters: so much of a text is cut into words at once
_CHUNK: Final = 65_536
_PARAGRAPH = re.compile(r"\n\s*\n")
_SPACE = re.compile(r"\s")
_LONGEST_PARAGRAPH: Final = 16_384
_LONGEST_REGION: Final = 28
_LONGEST_GAP: Final = 24
_BEFORE: Final = 36
_AFTER: Final = 48
_PHRASES_KEPT: Final = 20_000
# the style that a text may turn out to have once its expressions are known
_MAYBE: Final = "narrative"
_TALK: Final = "colloquial"
# classes of units that are a letter behind a figure
_LETTERS: Final = frozenset({"minuteletter", "shortunit"})
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_NOTHING: Final[frozenset[str]] = frozenset()
_JOINING_GAP = re.compile(
    r"(?:[^\S\n]*\n?[^\S\n]*)|[^\S\n]*,[^\S\n]*\n?[^\S\n]*|[^\S\n]?[-–—‐‑][^\S\n]?|-?['’]|['’] |[^\S\n]?\+|[/:½¼¾（）、]|\+|[^\S\n]+['’½¼¾]|[^\S\n]*[½¼¾][^\S\n]*"
)
_STOP_GAP = re.compile(r"\.(?:[^\S\n]*\n?[^\S\n]*)|\.,?[^\S\n]|\.[-–—/]|\.?[^\S\n]?\(|\)[^\S\n]")
_TRIGGER_GAPS: Final = frozenset((":", "/", " '", " ’", "'", "’", "-'", "-’"))
# 14.02.16
_DATE_GAPS: Final = frozenset(".-")
_APOSTROPHES: Final = frozenset("'’")
_CLOSING: Final = {")": "(", "）": "（"}
_LONGEST_ORDINAL: Final = 3
_HALF_DAY = frozenset({"a", "p"})


_Choices = tuple[tuple[int, Meaning, tuple[str, ...]], ...]


class _Piece:
    """A piece of text that is one phrase to the grammar, and the ways to read it from each token that may begin an expression; they are
    found when they are asked for, for most stand within another expression."""

    __slots__ = ("_choices", "_grammar", "_tokens", "starts")

    def __init__(self, tokens: list[Token], language: Language) -> None:
        self._grammar = language.grammar
        self._tokens = tokens
        starters, grammar = language.starters, language.grammar
        self.starts = [
            i
            for i, token in enumerate(tokens)
            if not starters.isdisjoint(token.classes)
            and grammar.may_begin(ROOT, token.classes, tokens[i + 1].classes if i + 1 < len(tokens) else ())
        ]
        self._choices: dict[int, _Choices] = {}

    def place(self, index: int) -> int:
        """Return where a token begins."""
        return self._tokens[index].start

    def choices(self, index: int) -> _Choices:
        """Return the ways to read the piece from a token, the longest first: where each ends, its meaning, its guards."""
        known = self._choices.get(index)
        if known is None:
            tokens = self._tokens
            parses = sorted(self._grammar.parser(tokens).parse(ROOT, index), key=lambda p: (-p.end, p.order))
            nothing = m.Nothing()
            known = self._choices[index] = tuple(
                (tokens[p.end - 1].end, nothing if kinds.is_nothing(p.value) else p.value, p.guards) for p in parses
            )
        return known


class Scanner:
    """Finds the expressions of one language in texts; keeps the phrases that it has parsed."""

    def __init__(self, language: Language) -> None:
        self.language = language
        word = language.tokenizer.word
        self._word = re.compile(rf"({language.tokenizer.figures}|\d+|{word})" if language.tokenizer.unspaced else rf"({word}|\d+)")
        self._phrases: dict[str, tuple[tuple[int, _Piece], ...]] = {}
        self._gaps: dict[str, int] = {}
        self._style: str | None = None
        self._known_styles: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._guards = {name: tuple(_look(*guard) for guard in guards) for name, guards in language.guards.items()}
        # what may be the last word of a signal and what stands between it and an expression
        before = (*language.signals, *language.lists["lists"].get("articles", ()))
        self._last_words = frozenset(words.split()[-1].lower() for words in before if words)
        signals = {*language.signals.values(), *language.postpositions.values()}
        self._measured = frozenset(language.lists["lists"].get("measured", ()))
        self._wrappers = {name: getattr(m, name) for name in signals}

    def scan(self, text: str, style: str | None = None) -> list[Candidate]:
        """Return the candidates of a text in order, none overlapping another. Those that count in one style only are left out of a text of
        another; without a style it is news or a narrative, and those of a narrative say so."""
        self._style = style
        found: list[Candidate] = []
        hours_after = self.language.hours_after if style == _TALK else _NOTHING
        for begin, stop in _chunks(text):
            pieces = self._word.split(text[begin:stop])
            known = list(map(self.language.flags.__getitem__, pieces[1::2]))
            done = 0
            # where a piece begins, the last one that was asked for
            counted, place = 0, begin
            # what has neither a word of time nor a figure is not looked at, but that in talk a number alone may be an hour
            marks = [index for index, flag in enumerate(known) if flag >= TRIGGER]
            if hours_after:
                words = pieces[1::2]
                behind = [i for i, word in enumerate(words[:-1], 1) if known[i] and word.lower() in hours_after]
                marks = sorted({*marks, *behind})
            for index in marks:
                if index < done:
                    continue
                first, least = index, max(done, index - _LONGEST_REGION + 1)
                while first > least and known[first - 1] and (pieces[2 * first] == " " or self._goes_on(pieces, first - 1)):
                    first -= 1
                triggered, last = self._run(pieces, known, first, index)
                done = last + 1
                if triggered:
                    place += sum(map(len, pieces[counted : 2 * first + 1]))
                    counted = 2 * first + 1
                    end = place + sum(map(len, pieces[counted : 2 * last + 2]))
                    self._region(text, place, end, found)
        return found

    def _run(self, pieces: list[str], known: list[int], first: int, mark: int) -> tuple[bool, int]:
        """Return whether the words of time that stand together from a word on, past the first of them that may be worth reading, are, and
        which of them is the last."""
        language = self.language
        figures, unspaced = language.tokenizer.has_figures, language.tokenizer.unspaced
        triggered = known[mark] == TRIGGER
        index, dotted, stop = mark if triggered else first, 0, min(len(known), first + _LONGEST_REGION)
        while index + 1 < stop and known[index + 1] and (pieces[2 * index + 2] == " " or self._goes_on(pieces, index)):
            index += 1
            if triggered:
                continue
            last, gap, word = pieces[2 * index - 1], pieces[2 * index], pieces[2 * index + 1]
            flag = known[index]
            dotted = dotted + 1 if gap in _DATE_GAPS and flag == FIGURE and known[index - 1] == FIGURE else 0
            triggered = (
                flag == TRIGGER
                or dotted > 1
                or (not gap and not unspaced)
                or (gap in _APOSTROPHES and last.isdigit())
                or (
                    gap == "."
                    and word.isdigit()
                    and last.isdigit()
                    and (figures or (last[0] == "0" and len(last) == 2))
                )
                or (flag == FIGURE and (gap in _TRIGGER_GAPS or (last in language.years_after and len(word) <= 3)))
                or (flag == FIGURE and last.lower() in language.numbers_after)
                or (self._style == _TALK and last.lower() in language.hours_after)
            )
        return triggered, index

    def _goes_on(self, pieces: list[str], index: int) -> bool:
        """Tell whether what stands between a word and the next one joins them."""
        gap = pieces[2 * index + 2]
        if len(gap) > _LONGEST_GAP:
            return False
        joins = self._gaps.get(gap)
        if joins is None:
            joins = self._join(gap)
        return joins == 1 or (joins == 2 and self._may_stop(pieces[2 * index + 1], gap, pieces[2 * index + 3]))

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
            # "5 p.m. (EST) on Friday"; where a language writes "Minggu (28/12/2014) pagi", the words beside the brackets are "bracketed"
            inner, outer = (word, last) if gap[-1] == "(" else (last, word)
            classes = self.language.lexicon.classes
            return "zonename" in classes(inner) or (inner.isdigit() and "bracketed" in classes(outer))
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

    def _region(self, text: str, start: int, end: int, found: list[Candidate]) -> None:
        """Add the candidates between two places to those found before."""
        if start and text[start - 1] in "'’" and text[start].isdigit():
            start -= 1
        if text[end : end + 1] in _CLOSING and _CLOSING[text[end]] in text[start:end]:
            end += 1
        if text[end : end + 1] == "." and not (text[end + 1 : end + 2] == "." or self._ends_sentence(text, start, end)):
            end += 1
        unspaced = self.language.tokenizer.unspaced
        done = 0
        for offset, piece in self._pieces(text[start:end]):
            for index in piece.starts:
                begin = start + offset + piece.place(index)
                if begin < done:
                    continue
                loose: Candidate | None = None
                for length, meaning, guards in piece.choices(index):
                    stop = start + offset + length
                    styles = self._styles(guards) if guards else ()
                    if styles and (self._style or _MAYBE) not in styles:
                        continue
                    if guards and not self._pass(text, begin, stop, guards):
                        continue
                    if not _stands_free(text, begin, stop, unspaced):
                        continue
                    if styles and not self._style:
                        # what counts in any style goes before
                        loose = loose or self._candidate(text, begin, stop, meaning)._replace(styles=styles)
                        continue
                    loose = None
                    done = stop
                    if not isinstance(meaning, m.Nothing):
                        found.append(self._candidate(text, begin, stop, meaning))
                    break
                if loose is not None:
                    done = loose.end
                    found.append(loose)

    def _ends_sentence(self, text: str, start: int, end: int) -> bool:
        """Tell whether the full stop at a place ends a sentence and no abbreviation: "in 2 hrs. Then", but not "in Dec. Mr. Hall"."""
        last = _LAST_WORD.search(text, max(start, end - _LONGEST_GAP), end)
        if last is None:
            return False
        classes = self.language.lexicon.classes(last[0])
        if "unit" not in classes and (
            _LETTERS.isdisjoint(classes) or not text[last.start() - 1 : last.start()].isdigit()
        ):
            return False
        after = text[end + 1 : end + 3].lstrip()
        return not after or after[0].isupper()

    def _pieces(self, phrase: str) -> tuple[tuple[int, _Piece], ...]:
        """Return the pieces of a phrase and where they begin: it is cut where no rule lets one token follow the other. Short pieces come
        up again."""
        known = self._phrases.get(phrase)
        if known is None:
            if len(self._phrases) > _PHRASES_KEPT:
                self._phrases.clear()
            known = self._phrases[phrase] = self._cut(phrase)
        return known

    def _cut(self, phrase: str) -> tuple[tuple[int, _Piece], ...]:
        tokens = self.language.tokenizer.tokenize(phrase)
        follow = self.language.grammar.follow
        cuts = [
            index
            for index, (left, right) in enumerate(itertools.pairwise(tokens), 1)
            if all(follow.get(name, _NOTHING).isdisjoint(right.classes) for name in left.classes)
        ]
        if not cuts:
            return ((0, _Piece(tokens, self.language)),)
        found: list[tuple[int, _Piece]] = []
        for first, stop in zip([0, *cuts], [*cuts, len(tokens)], strict=True):
            start = tokens[first].start
            found.extend((start + at, piece) for at, piece in self._pieces(phrase[start : tokens[stop - 1].end]))
        return tuple(found)

    def _pass(self, text: str, start: int, end: int, guards: tuple[str, ...]) -> bool:
        before = text[max(0, start - _BEFORE) : start]
        after = text[end : end + _AFTER]
        around = ""
        for name in guards:
            for where, look, wanted in self._guards.get(name, ()):
                if where == "before":
                    hit = look(before)
                elif where == "around":
                    around = around or f"{before}«{text[start:end]}»{after}"
                    hit = look(around)
                elif where == "after":
                    hit = look(after)
                else:
                    hit = look(text[start:end])
                if (hit is not None) is not wanted:
                    return False
        return True

    def _styles(self, guards: tuple[str, ...]) -> tuple[str, ...]:
        """Return the styles of text that a rule asks for by its guards; nothing: any."""
        known = self._known_styles.get(guards)
        if known is None:
            styles = self.language.styles
            known = self._known_styles[guards] = next((styles[name] for name in guards if name in styles), ())
        return known

    def _trim(self, text: str, start: int, end: int) -> int:
        """Return where an expression begins without an article that belongs to the noun after it ("a two-week tour")."""
        found = self.language.trim_pattern.match(text, start, min(len(text), end + _AFTER))
        return found.end() if found is not None and found.end() < end else start

    def _candidate(self, text: str, start: int, end: int, meaning: Meaning) -> Candidate:
        start = self._trim(text, start, end)
        if text[end - 1] == ",":
            end -= 1
        cut = self.language.end_pattern.search(text[start:end])
        if cut is not None and cut.start():
            end = start + cut.start()
        if self.language.postpositions:
            behind = self.language.postposition_pattern.match(text, end, end + _AFTER)
            if behind is not None:
                return Candidate(start, end, meaning, self.language.postpositions[behind.group().strip().lower()], start)
        window = text[max(0, start - 24) : start]
        if window[-1:] == " ":
            last = window.rstrip()
            last = last[last.rfind(" ") + 1 :]
            if last.isalpha() and last.lower() not in self._last_words:
                return Candidate(start, end, meaning, None, start)
        found = self.language.signal_pattern.search(window)
        if found is None or text[end : end + 2] in ("'s", "’s"):
            return Candidate(start, end, meaning, None, start)
        word = re.sub(r"\s+", " ", found.group(1).lower())
        signal = self.language.signals.get(word)
        if signal == "Inside" and text[end : end + _AFTER].lstrip().partition(" ")[0] in self._measured:
            # "within a week of the fire"
            return Candidate(start, end, meaning, None, start)
        return Candidate(start, end, meaning, signal, start - len(window) + found.start(1))

    def wrap(self, candidate: Candidate) -> Meaning:
        """Return a candidate's meaning with that of its signal word around it."""
        if candidate.signal is None:
            return candidate.meaning
        wrapped: Meaning = self._wrappers[candidate.signal](candidate.meaning)
        return wrapped


def _look(kind: str, pattern: re.Pattern[str]) -> tuple[str, Callable[[str], re.Match[str] | None], bool]:
    """Return where a guard looks, how, and whether it asks for what it looks for or for its absence."""
    where = kind.removeprefix("not-")
    look = pattern.match if where == "after" else pattern.fullmatch if where == "is" else pattern.search
    return where, look, where == kind


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a text, cut between paragraphs, or in long ones between words."""
    begin = 0
    while len(text) - begin > _CHUNK:
        least = begin + _CHUNK
        space = _PARAGRAPH.search(text, least, least + _LONGEST_PARAGRAPH) or _SPACE.search(text, least)
        stop = len(text) if space is None else space.start()
        yield begin, stop
        begin = stop
    yield begin, len(text)


def _stands_free(text: str, start: int, end: int, unspaced: bool) -> bool:
    """Tell whether an expression is no piece of a longer number, word or address."""
    before = text[start - 1 : start]
    after = text[end : end + 1]
    if unspaced:
        # between two scripts a word ends
        before = " " if IS_UNSPACED.match(before) or IS_UNSPACED.match(text[start]) else before
        after = " " if IS_UNSPACED.match(after) or IS_UNSPACED.match(text[end - 1]) else after
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
