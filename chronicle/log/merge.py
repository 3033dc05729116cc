"""Extraction into a log: what is new is added, what a person decided stays.

An event of the log and one from an article are the same where they share a source: the article, the expression and where it
stands; or, where the article was edited since, its sentence. Otherwise it is the same happening where the times overlap and the titles,
predicates and names share their words, within one article most of them; its source is then added, and says how alike the two are. Where
the titles agree and the times do not, both are kept and the new one points at the old, for the curator to choose. What reports that an
expected event has happened is an event of its own that points at it. Rejected events stay rejected, corrected ones corrected.
"""

from __future__ import annotations

import re
from typing import Final

from attrs import define, evolve, field

from chronicle.event import SMALL_WORDS, Event
from chronicle.log.eventlog import EventLog
from chronicle.time.edtf import MICROSECONDS_PER_DAY

_SAME = 0.6
_CONFLICT = 0.75
_TWICE = 0.8
# stretches of 31 days: how many make a time too wide for the index, and how far off another account of the same may lie
_WIDE = 24
_NEIGHBOURS = 2
_CAPITALISED = re.compile(r"\b[^\W\d_a-z]\w*")
_WORD = re.compile(r"\w+")
_STILL_TO_COME: Final = frozenset(("expect", "schedul", "slat", "due", "will", "would", "likely"))
_ENDING = re.compile(r"(?<=\w{3})(?:ing|ed|es|s)$")


@define
class Report:
    """What became of each extracted event."""

    added: list[Event] = field(factory=list)
    confirmed: list[Event] = field(factory=list)
    unchanged: list[Event] = field(factory=list)
    conflicts: list[tuple[Event, Event]] = field(factory=list)
    rejected: list[Event] = field(factory=list)

    def plus(self, other: Report) -> Report:
        """Return both reports as one."""
        return Report(
            self.added + other.added, self.confirmed + other.confirmed, self.unchanged + other.unchanged,
            self.conflicts + other.conflicts, self.rejected + other.rejected,
        )  # fmt: skip

    def __str__(self) -> str:
        return (
            f"{len(self.added)} added, {len(self.confirmed)} confirmed by another source, {len(self.unchanged)} unchanged, "
            f"{len(self.conflicts)} in conflict, {len(self.rejected)} skipped because rejected"
        )


def merge(log: EventLog, events: list[Event]) -> Report:
    """Add to a log what it does not have; returns what was done with each event. Nothing is written yet."""
    return Merger(log).merge(events)


class Merger:
    """Merges the events of many articles into one log, its index built once."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._by_source: dict[tuple[str, str], Event] = {}
        self._by_month: dict[int, list[Event]] = {}
        self._wide: list[Event] = []
        self._words: dict[str, frozenset[str]] = {}
        self._names: dict[str, frozenset[str]] = {}
        for event in log:
            for key in _keys(event):
                self._by_source.setdefault(key, event)
            self._index(event)

    def _index(self, event: Event) -> None:
        self._words[event.id] = telling_words(event)
        self._names[event.id] = _names(event)
        months = _months(event)
        if months is None:
            return
        if len(months) > _WIDE:
            self._wide.append(event)
        else:
            for month in months:
                self._by_month.setdefault(month, []).append(event)

    def _near(self, event: Event) -> list[Event]:
        """Return the events whose time lies near that of an event."""
        months = _months(event)
        if months is None:
            return []
        found: dict[str, Event] = {e.id: e for e in self._wide}
        if len(months) > _WIDE:
            months = range(months.start, months.start + _WIDE)
        for month in range(months.start - _NEIGHBOURS, months.stop + _NEIGHBOURS):
            found.update((e.id, e) for e in self._by_month.get(month, ()))
        return list(found.values())

    def merge(self, events: list[Event]) -> Report:
        """Merge the events of one article."""
        report = Report()
        for event in events:
            old = next((self._by_source[key] for key in _keys(event) if key in self._by_source), None)
            if old is not None:
                (report.rejected if old.review == "rejected" else report.unchanged).append(old)
                continue
            likeness, same, awaited, rival = self._alike(event)
            if same is not None and same.review == "rejected":
                report.rejected.append(same)
            elif same is not None:
                told = f"taken for the same happening, {likeness:.0%} alike"
                for source in event.sources:
                    how = f"{source.how}; {told}" if source.how else told
                    self._log.add_source(same.id, evolve(source, how=how))
                self._remember(event, same)
                report.confirmed.append(same)
            else:
                other = awaited or rival
                if other is not None:
                    event = evolve(event, related=[*event.related, other.id])
                added = self._log.add(event)
                self._remember(event, added)
                self._index(added)
                if rival is not None and awaited is None:
                    report.conflicts.append((added, rival))
                else:
                    report.added.append(added)
        return report

    def _remember(self, event: Event, home: Event) -> None:
        for key in _keys(event)[:1]:
            self._by_source.setdefault(key, home)

    def _alike(self, event: Event) -> tuple[float, Event | None, Event | None, Event | None]:
        """Return how alike, and which: the event of another article that tells the same, one that expected it, and one that tells the same
        at another time."""
        words, own = telling_words(event), _names(event)
        articles = {s.article for s in event.sources}
        same = awaited = rival = None
        best = nearest = worst = 0.0
        for other in self._near(event):
            theirs = self._words[other.id]
            count = len(words & theirs)
            # the cheap bound first: most events nearby share hardly a word
            if count < _SAME * max(len(words), len(theirs)):
                continue
            names = self._names[other.id]
            if own - names and names - own:
                # each names somebody whom the other does not
                continue
            assert event.when is not None and other.when is not None
            likeness = count / len(words | theirs)
            if any(s.article in articles for s in other.sources):
                # an article tells of much that is alike; what it tells twice it tells in nearly the same words
                enough = _SAME if _same_predicate(event, other) else _TWICE
                twice = likeness >= enough and event.status == other.status and event.when.overlaps(other.when)
                if twice and likeness > best:
                    same, best = other, likeness
            elif likeness >= _SAME and event.when.overlaps(other.when):
                if _follows(event, other):
                    if other.review == "rejected":
                        continue
                    awaited, nearest = (other, likeness) if likeness > nearest else (awaited, nearest)
                elif likeness > best:
                    same, best = other, likeness
            elif likeness >= _CONFLICT and likeness > worst and event.status == other.status:
                rival, worst = other, likeness
        return best, same, awaited, rival


def _months(event: Event) -> range | None:
    """Return the running numbers of the months that an event's time touches, an open side taken to be where the other is."""
    when = event.when
    if when is None:
        return None
    start, end = (int(m) // MICROSECONDS_PER_DAY // 31 for m in when.closed_bounds())
    return range(start, end + 1)


_AHEAD = frozenset(("planned", "expected", "possible"))


def _follows(new: Event, old: Event) -> bool:
    """Tell whether an event is what became of one that was only to come."""
    return old.status in _AHEAD and new.status not in _AHEAD


def title_words(title: str) -> frozenset[str]:
    """Return the words of a title that carry its meaning, without the endings that tense and number give them."""
    return frozenset(_stem(w) for w in _WORD.findall(title.casefold()) if w not in SMALL_WORDS)


def telling_words(event: Event) -> frozenset[str]:
    """Return the words that tell an event from others: those of its title, its predicate and the names in it, but not those that only
    say that it is still to come."""
    words = title_words(event.title) - _STILL_TO_COME
    if event.predicate is not None:
        words |= {_stem(event.predicate.text.casefold())}
    for name in (*event.people, *event.organisations, *event.places):
        words |= title_words(name)
    return words


def _names(event: Event) -> frozenset[str]:
    """Return the capitalised words of a title: its names, and the word that it begins with."""
    words = (w.casefold() for w in _CAPITALISED.findall(event.title))
    return frozenset(_stem(w) for w in words if w not in SMALL_WORDS)


def _same_predicate(one: Event, other: Event) -> bool:
    if one.predicate is None or other.predicate is None:
        return False
    return _stem(one.predicate.text.casefold()) == _stem(other.predicate.text.casefold())


def _stem(word: str) -> str:
    stem = _ENDING.sub("", word)
    # travelled, travel; stopped, stop
    return stem[:-1] if stem[-1:] == stem[-2:-1] != "" else stem


def _keys(event: Event) -> list[tuple[str, str]]:
    """Return what an event can be known by: for each source the article with the place, and with the words."""
    keys = []
    for source in event.sources:
        words = " ".join((source.expression or "").split())
        if source.start is not None:
            keys.append((source.article, f"{source.start}:{words}"))
        if source.quote:
            keys.append((source.article, f"{words}:{' '.join(source.quote.split())}"))
    return keys
