"""Counting: times that are counted from a happening named behind them ("eight days after the fire", "within a week of the fire", "the second
anniversary of the fire"), and its day in the article."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from chronicle.event import Event
from chronicle.extraction.dating import Dated
from chronicle.resolve.reckon import Reference
from chronicle.resolve.resolution import resolve
from chronicle.syntax.clauses import Clauses
from chronicle.syntax.happenings import Lexicon
from chronicle.syntax.lexicon import Lexicon as Lists
from chronicle.tagger import kinds
from chronicle.tagger.language import load
from chronicle.tagger.meaning import Duration, Fixed, Meaning, Shift
from chronicle.tagger.mention import TimeMention
from chronicle.time import periods
from chronicle.time.edtf import MICROSECONDS_PER_DAY
from chronicle.time.periods import Period
from chronicle.time.when import When

_COARSE: Final = ("day", "week", "fortnight", "month", "year", "decade", "century")
_LESS: Final = ("LESS_THAN", "EQUAL_OR_LESS")
_MORE: Final = ("MORE_THAN", "EQUAL_OR_MORE")
_SHORT: Final = ("hour", "minute", "second")
_NEXT_WORD: Final = re.compile(r"\s(\w+)")
_REACH: Final = 40  # characters before a word
_ORDINAL_BEFORE: Final = re.compile(r"(?:\b(\w+)\s)?\b([\w-]+)\s$")


@frozen
class Counted:
    """A length with the happening that it is counted from: ``source`` is the head of that phrase or clause, ``words`` what it says.

    It stands from ``start`` to ``end`` in the article. ``exactly`` where it is "to the day".
    ``within`` where it is some time of that length: "in the week after the fire". ``years`` are those of an anniversary from which it is
    counted in turn: "a week before the second anniversary of the fire".
    """

    mention: TimeMention
    back: bool
    within: bool
    source: int
    words: str
    start: int
    end: int
    dated: Dated
    years: int = 0
    exactly: bool = False


def anniversaries(text: str, words: Lists, code: str) -> Iterator[TimeMention]:
    """Yield the anniversaries of a text that say which they are and of what, as lengths of so many years: "the second anniversary (of ...)"."""
    names, of = ("|".join(map(re.escape, sorted(words[name]))) for name in ("anniversaries", "counted_of"))
    if not names:
        return
    for found in re.finditer(rf"\b(?:{names})(?=\s(?:{of})\b)", text, re.IGNORECASE):
        reach = max(0, found.start() - _REACH)
        before = _ORDINAL_BEFORE.search(text[reach : found.start()])
        years = _ordinal(before[2], code) if before is not None else None
        if before is None or years is None:
            continue
        start = reach + before.start(1 if (before[1] or "").lower() in words["definite"] else 2)
        end = found.end()
        yield TimeMention(start, end, text[start:end], "DURATION", f"P{years}Y", None, Duration(((years, "year"),)), None)


def _ordinal(word: str, code: str) -> int | None:
    """Return the number of an ordinal in figures or words: "10th", "second", "twenty-fifth"."""
    classes = [token.classes for token in load(code).tokenizer.tokenize(word)]
    values = [c.get("ordword", c.get("ordinal")) for c in classes[-1:]] + [c.get("tens") for c in classes[:-1]]
    return sum(int(v) for v in values if v is not None) if values and None not in values else None


def may_count(text: str, mention: TimeMention, words: Lists) -> bool:
    """Tell whether a length stands before a word by which it is counted from something."""
    if mention.type != "DURATION":
        return False
    at = words.opening("counted_exactly", text, mention.end + 1) or mention.end
    found = _NEXT_WORD.match(text, at)
    behind = "" if found is None else found[1].lower()
    if behind in words["counted_of"]:
        return text[max(0, mention.start - _REACH) : mention.start].lower().split()[-1:] in [[w] for w in words["counted_within"]]
    return behind in words["counted_after"] | words["counted_before"]


def counted_from(clauses: Clauses, mention: TimeMention, times: Collection[int], years: Mapping[int, int]) -> Counted | None:
    """Return what a length is counted from, and what happened then; None where no happening with a word of its own is named behind it.

    ``years`` are those of the sentence's anniversaries, by the place of their last word.
    """
    tree, lists = clauses.tree, clauses.words
    if mention.type != "DURATION" or mention.edtf is not None:
        return None
    places = tree.inside(mention.start, mention.end)
    marker = _behind(clauses, places[-1] + 1) if places else len(tree.words)
    if marker >= len(tree.words):
        return None
    low = tree.words[marker].low
    is_length = places[-1] not in years
    within = False
    if low in lists["counted_of"] and is_length:
        within = places[0] > 0 and tree.words[places[0] - 1].low in lists["counted_within"]
        if not within:
            return None
        places = [places[0] - 1, *places]
    elif low in lists["counted_of"]:
        if not _is_told_for_a_day(clauses, places[0]):
            return None
    elif low not in lists["counted_after"] | lists["counted_before"]:
        return None
    exactly = marker > places[-1] + 1
    places = [*places, *range(places[-1] + 1, marker)]
    source = tree.words[marker].head
    if not tree.is_a(marker, "case", "mark") or source <= marker or source in times:
        return None
    word = tree.words[source]
    is_clause = clauses.is_clause(source)
    if not is_clause and (word.pos != "NOUN" or not _is_one(clauses, source)):
        return None
    above = word.head
    while above in places:
        above = tree.words[above].head
    if above < 0 or (above >= marker and above in tree.subtree(source)) or not clauses.is_clause(above):
        return None
    if is_clause and not (tree.is_a(source, "advcl", "obl") and clauses.is_finite(source)):
        return None
    inside = [p for p in tree.subtree(source) if p >= marker and p != above]
    last = max(inside)
    if marker < above <= last or tree.words[above].pos in ("NOUN", "PROPN", "NUM"):
        return None
    told = list(itertools.takewhile(lambda p: p in inside and tree.words[p].pos != "PUNCT", range(marker + 1, last + 1)))
    if not told:
        return None
    if low in lists["counted_of"]:
        # "within a week of the fire", "on the second anniversary of the fire"
        outside = lists["definite"] | lists["anniversary_on"]
        places = [*itertools.takewhile(lambda p: tree.words[p].low in outside, range(places[0] - 1, -1, -1)), *places]
    dated = Dated(above, time={*places, *range(max(places), marker + 1), *inside})
    back = low in lists["counted_before"]
    first = places[0]
    within = within or (is_length and any(tree.words[p].low in lists["definite"] for p in (first, first - 1) if p >= 0))
    later = years.get(source, 0)
    if later:
        source = next(
            (c for c in tree.children(source, "nmod") if any(tree.words[k].low in lists["counted_of"] for k in tree.children(c, "case"))),
            source,
        )
    start = tree.words[first].start
    return Counted(mention, back, within, source, tree.said(told), start, tree.words[told[-1]].end, dated, later, exactly)


def _behind(clauses: Clauses, place: int) -> int:
    """Return the place behind words that only say that a length is exact: "a year to the day after the fire"."""
    for phrase in clauses.words["counted_exactly"]:
        told = phrase.split("-")
        if [w.low for w in clauses.tree.words[place : place + len(told)]] == told:
            return place + len(told)
    return place


def _is_told_for_a_day(clauses: Clauses, place: int) -> bool:
    """Tell whether an anniversary that begins at a place is when something is: "on the second anniversary", not "by", "since" or "before" it."""
    words, lists = clauses.tree.words, clauses.words
    before = next((words[p].low for p in range(place - 1, -1, -1) if words[p].low not in lists["definite"]), None)
    return before is None or before in lists["anniversary_on"]


def _is_one(clauses: Clauses, source: int) -> bool:
    """Tell whether a noun names one happening that was told: "the fire", "her arrival", "Ash's death", and not "birth" or "a fire"."""
    tree, lists = clauses.tree, clauses.words
    return any(tree.words[c].low in lists["definite"] for c in tree.children(source, "det")) or bool(
        tree.children(source, "nmod:poss")
    )


def day_of(counted: Counted, clauses: Clauses, told: Sequence[Event], words: Lexicon) -> When | None:
    """Return the time that an expression gives, where its happening is exactly one of those that an article tells with their day.

    The same word comes before a word of the same kind, and a word for any disaster ("the tragedy") after both.
    """
    stem = words.stem(clauses.tree.words[counted.source].text)
    mine = words.kinds_of(stem)
    lists = clauses.words
    days: list[set[int]] = [set(), set(), set()]
    for event in told:
        day = _day(event.when)
        if day is None or event.predicate is None or event.status != "happened":
            continue
        own = words.stem(event.predicate.text)
        # "a fire broke out": what happened is told by the nouns beside the verb
        others = (own,) if words.kinds_of(own) and own not in words.light else words.stems(event.title)
        others = (*others, *words.stems(event.who or "")[-1:])
        its = frozenset(kind for other in others for kind in words.kinds_of(other))
        if stem in others:
            days[0].add(day)
        elif mine & its:
            days[1].add(day)
        elif stem in {words.stem(w) for w in lists["calamities"]} and its & lists["calamity_kinds"]:
            days[2].add(day)
    found = next((d for d in days if d), set())
    return _moved(counted, found.pop()) if len(found) == 1 else None


def _day(when: When | None) -> int | None:
    """Return the day within which a time lies."""
    if when is None or when.is_open:
        return None
    first, last = (int(t.microseconds) // MICROSECONDS_PER_DAY for t in (when.earliest, when.latest))
    return first if first == last else None


def _moved(counted: Counted, day: int) -> When | None:
    moved: Meaning = Fixed(Period("day", day))
    if counted.years:
        moved = Shift(moved, counted.years, "year")
    units = kinds.counted_units(counted.mention.meaning)
    meaning = counted.mention.meaning
    if counted.within and isinstance(meaning, Duration) and all(unit in _SHORT for _, unit in meaning.amounts):
        # "within hours of the fire"
        units = ((0, "day"),)
    if not units or any(unit not in _COARSE for _, unit in units):
        return None
    for count, unit in units:
        moved = Shift(moved, -count if counted.back else count, unit)
    edtf = resolve(moved, Reference()).edtf
    if edtf is None:
        return None
    bounds = counted.mention.mod or ""
    if counted.exactly and bounds:
        # "almost a year to the day after": a day or a few before or behind it
        bounds = "APPROX"
    if bounds in _LESS or counted.within:
        if edtf == periods.edtf_day(day):
            return When.parse(edtf)
        ends = (edtf, periods.edtf_day(day)) if counted.back else (periods.edtf_day(day), edtf)
        return When.parse(f"[{ends[0]}..{ends[1]}]")
    if bounds in _MORE:
        return When.parse(f"[..{edtf}]" if counted.back else f"[{edtf}..]")
    return When.parse(f"{edtf}~" if bounds == "APPROX" and not edtf.startswith("[") else edtf)
