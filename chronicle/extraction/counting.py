"""Counting: lengths of time that are counted from a happening named behind them ("eight days after the fire"), and its day in the article."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from typing import Final

from attrs import frozen

from chronicle.event import Event
from chronicle.extraction.dating import Dated
from chronicle.resolve.reckon import Reference
from chronicle.resolve.resolution import resolve
from chronicle.syntax.clauses import Clauses
from chronicle.syntax.happenings import Lexicon
from chronicle.tagger import kinds
from chronicle.tagger.meaning import Fixed, Meaning, Shift
from chronicle.tagger.mention import TimeMention
from chronicle.time import periods
from chronicle.time.edtf import MICROSECONDS_PER_DAY
from chronicle.time.periods import Period
from chronicle.time.when import When

_COARSE: Final = ("day", "week", "fortnight", "month", "year", "decade", "century")
_LESS: Final = ("LESS_THAN", "EQUAL_OR_LESS")
_MORE: Final = ("MORE_THAN", "EQUAL_OR_MORE")


@frozen
class Counted:
    """A length with the happening that it is counted from: ``source`` is the head of that phrase or clause, ``words`` what it says.

    ``within`` where it is some time of that length: "in the week after the fire".
    """

    mention: TimeMention
    back: bool
    within: bool
    source: int
    words: str
    end: int
    dated: Dated


def counted_from(clauses: Clauses, mention: TimeMention, times: Collection[int]) -> Counted | None:
    """Return what a length is counted from, and what happened then; None where no happening with a word of its own is named behind it."""
    tree, lists = clauses.tree, clauses.words
    if mention.type != "DURATION" or mention.edtf is not None:
        return None
    places = tree.inside(mention.start, mention.end)
    marker = places[-1] + 1 if places else len(tree.words)
    if marker >= len(tree.words) or tree.words[marker].low not in lists["counted_after"] | lists["counted_before"]:
        return None
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
    dated = Dated(above, time=set(range(places[0], marker + 1)) | set(inside))
    back = tree.words[marker].low in lists["counted_before"]
    first = places[0]
    within = any(tree.words[p].low in lists["definite"] for p in (first, first - 1) if p >= 0)
    return Counted(mention, back, within, source, tree.said(told), tree.words[told[-1]].end, dated)


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
    units = kinds.counted_units(counted.mention.meaning)
    if not units or any(unit not in _COARSE for _, unit in units):
        return None
    for count, unit in units:
        moved = Shift(moved, -count if counted.back else count, unit)
    edtf = resolve(moved, Reference()).edtf
    if edtf is None:
        return None
    bounds = counted.mention.mod or ""
    if bounds in _LESS or counted.within:
        ends = (edtf, periods.edtf_day(day)) if counted.back else (periods.edtf_day(day), edtf)
        return When.parse(f"[{ends[0]}..{ends[1]}]")
    if bounds in _MORE:
        return When.parse(f"[..{edtf}]" if counted.back else f"[{edtf}..]")
    return When.parse(f"{edtf}~" if bounds == "APPROX" and not edtf.startswith("[") else edtf)
