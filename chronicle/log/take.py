"""Extraction into a log: what is new is added, what a person decided stays.

For each event, in this order: the log has it from this very place of the article, or from its sentence; the article was corrected there, and its
own word gives way to the new one; the same text was read under another name; the log has the happening from others
(:mod:`chronicle.story`), and gets a source more; the log expected it, or tells it at another time; it is new. What a person rejected is not
brought back in any of these ways, what a person confirmed or edited is not changed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from attrs import define, evolve, field

from chronicle.article import Article
from chronicle.event import Event, Source, slug
from chronicle.log.reworded import Reworded
from chronicle.story import Story, Weights
from chronicle.story.copies import Copies

WITHDRAWN: Final = "its article was corrected and says it no longer"


@define
class Report:
    """What became of each event that was taken: a list for each fate.

    ``added`` are new, ``confirmed`` got a source more, ``unchanged`` were there, ``copies`` told by the same text under another name,
    ``rejected`` not brought back. ``conflicts`` pairs a new event with the one that tells the same at another time, ``outcomes`` with the one
    that expected it and what came of that. ``corrected`` has an event as it is now and as it was before its article was corrected,
    ``withdrawn`` what a corrected article says no longer.
    """

    added: list[Event] = field(factory=list)
    confirmed: list[Event] = field(factory=list)
    unchanged: list[Event] = field(factory=list)
    copies: list[Event] = field(factory=list)
    conflicts: list[tuple[Event, Event]] = field(factory=list)
    rejected: list[Event] = field(factory=list)
    outcomes: list[tuple[Event, Event, str]] = field(factory=list)
    corrected: list[tuple[Event, Event]] = field(factory=list)
    withdrawn: list[Event] = field(factory=list)

    def plus(self, other: Report) -> Report:
        """Return both reports as one."""
        return Report(
            self.added + other.added, self.confirmed + other.confirmed, self.unchanged + other.unchanged, self.copies + other.copies,
            self.conflicts + other.conflicts, self.rejected + other.rejected, self.outcomes + other.outcomes,
            self.corrected + other.corrected, self.withdrawn + other.withdrawn,
        )  # fmt: skip

    def __str__(self) -> str:
        said = (
            f"{len(self.added)} added, {len(self.confirmed)} confirmed by another source, {len(self.unchanged)} unchanged, "
            f"{len(self.conflicts)} in conflict, {len(self.rejected)} skipped because rejected"
        )
        more = [
            (self.copies, "copied from a source that is there"), (self.outcomes, "settle what was expected"),
            (self.corrected, "corrected"), (self.withdrawn, "withdrawn"),
        ]  # fmt: skip
        return ", ".join([said, *(f"{len(events)} {what}" for events, what in more if events)])  # type: ignore[arg-type]

    def remarks(self) -> list[str]:
        """Return what somebody who curates the log should look at, a line each."""
        lines = [
            f"conflict: {new.id} ({new.when}) and {old.id} ({old.when}) tell the same; keep one date"
            for new, old in self.conflicts
        ]
        lines += [f"{what}: {new.id} settles {old.id}" for new, old, what in self.outcomes]
        for new, old in self.corrected:
            pairs = ((getattr(old, name), getattr(new, name)) for name in ("when", "title", "status"))
            changed = "; ".join(f"{before} is now {after}" for before, after in pairs if before != after)
            lines.append(f"corrected: {new.id}: {changed or 'other words of the same'}")
        return lines + [f"withdrawn: {event.id}: {WITHDRAWN}" for event in self.withdrawn]


class Log(Protocol):
    """What taking events asks of a log: that of :class:`chronicle.EventLog`."""

    def __iter__(self) -> Iterator[Event]: ...
    def by_id(self, name: str) -> Event:
        """Return an event by its id."""
        ...

    def add(self, event: Event) -> Event:
        """Add an event."""
        ...

    def replace(self, event: Event) -> Event:
        """Put an event in the place of the one with its id."""
        ...

    def set(self, name: str, **fields: str | list[str] | None) -> Event:
        """Give fields of an event new values."""
        ...

    def add_source(self, name: str, source: Source) -> None:
        """Give an event one more source."""
        ...


class Taker:
    """Takes the events of many articles into one log, its index built once. Nothing is written yet."""

    def __init__(self, log: Log, weights: Weights | None = None) -> None:
        self._log = log
        self._story = Story(log, weights=weights)
        self._copies = Copies()
        self._by_quote: dict[tuple[str, str, str], str] = {}
        self._by_place: dict[tuple[str, str, int], tuple[str, str]] = {}
        self._by_sentence: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
        self._by_article: dict[str, dict[str, None]] = {}
        self._read: list[tuple[Source, str]] = []
        self._ids: set[str] = set()
        self._waiting: list[Event] | None = None  # of a file whose events are distinct, those that are added
        self.changes = -1  # of the log, when it was last looked at
        for event in log:
            self._know(event)

    def _know(self, event: Event) -> None:
        for source in event.sources:
            self._remember(source, event.id)

    def _remember(self, source: Source, home: str) -> None:
        words, quote = _plain(source.expression), _plain(source.quote)
        if source.start is not None:
            self._by_place.setdefault((source.article, words, source.start), (home, quote))
        self._by_article.setdefault(source.article, {})[home] = None
        # a sentence can tell of two events in the same words ("in May ... and in May"): it is known when all of them were taken
        self._read.append((source, home))

    def _settle(self) -> None:
        """Make what was read known by its sentences."""
        for source, home in self._read:
            if source.quote:
                quote = _plain(source.quote)
                self._by_quote.setdefault((source.article, _plain(source.expression), quote), home)
                if source.start is not None and source.end is not None:
                    self._by_sentence.setdefault((source.article, quote), []).append((source.start, source.end, home))
            self._copies.add(source, home)
        self._read.clear()

    def _own(self, event: Event) -> str | None:
        """Return the id of the event that the log has from this very mention: its sentence, or, where that was cut otherwise, its place."""
        for source in event.sources:
            words, quote = _plain(source.expression), _plain(source.quote)
            home = self._by_quote.get((source.article, words, quote)) if quote else None
            if source.start is not None:
                at_place = self._by_place.get((source.article, words, source.start))
                if at_place is not None and (at_place[1] in quote or quote in at_place[1]):
                    return at_place[0]
            if home is not None:
                return home
            home = self._nested(source, event)
            if home is not None:
                return home
        return None

    def _nested(self, source: Source, event: Event) -> str | None:
        """Return the event of the same time, or one that a person dated, whose expression is a part of a source's, or the other way round.

        So one is that was extracted when expressions were found longer or shorter than now: "5 May", "5 May, two days after the fire".
        """
        if source.start is None or source.end is None:
            return None
        for start, end, home in self._by_sentence.get((source.article, _plain(source.quote)), ()):
            inside = start <= source.start and source.end <= end
            if inside or (source.start <= start and end <= source.end):
                old = self._log.by_id(home)
                if old.when == event.when or by_a_person(old):
                    return home
        return None

    def take(self, events: Iterable[Event], article: Article | None = None, distinct: bool = False) -> Report:
        """Take the events of one article. With the article, what it told before and tells no longer is found, too.

        ``distinct`` says that the events come from a file that holds events, each another: one whose id the log has, with its title or its
        time, is there; none is taken for another of the file, however much alike they are.
        """
        self._settle()
        events = list(events)
        self._waiting = [] if distinct else None
        self._ids = {event.id for event in self._log} if distinct else set()
        report = Report()
        stale = self._stale(events, article)
        for event in events:
            self._take(event, stale, report)
        if article is not None:
            for home, source in stale.left.values():
                self._withdraw(home, source, report)
        waiting, self._waiting = self._waiting or [], None
        for event in waiting:
            self._learn(event)
        return report

    def _learn(self, event: Event) -> None:
        if self._waiting is not None:
            self._waiting.append(event)
            return
        self._know(event)
        self._story.add(event)

    def _there(self, event: Event) -> Event | None:
        """Return the event of a log that one of a file of events is: by its id, else by where it was told."""
        if event.id in self._ids:
            old = self._log.by_id(event.id)
            if old.title == event.title or old.when == event.when:
                return old
        known = self._own(event)
        if known is None:
            return None
        old = self._log.by_id(known)
        return old if self._waiting is None or (old.title == event.title and old.when == event.when) else None

    def _take(self, event: Event, stale: Reworded, report: Report) -> None:
        old = self._there(event)
        if old is not None:
            (report.rejected if old.review == "rejected" else report.unchanged).append(old)
            return
        if self._corrected(event, stale, report):
            return
        copied = None if self._waiting is not None else self._copied(event)
        if copied is not None:
            (report.rejected if copied.review == "rejected" else report.copies).append(copied)
            return
        found = self._story.find(event)
        if found is not None and found.kind == "same":
            same = self._log.by_id(found.event.id)
            if same.review == "rejected":
                report.rejected.append(same)
                return
            told = "taken for the same happening" + (f", by {found.bits:.0f} bits" if math.isfinite(found.bits) else "")
            for source in event.sources:
                source = evolve(source, how=f"{source.how}; {told}" if source.how else told)
                self._log.add_source(same.id, source)
                self._remember(source, same.id)
            report.confirmed.append(same)
            return
        other = self._log.by_id(found.event.id) if found is not None and found.event.review != "rejected" else None
        if found is not None and other is not None:
            also = [e.id for e in found.others if self._log.by_id(e.id).review != "rejected"]
            event = evolve(event, related=[*event.related, other.id, *also])
            if found.kind == "expected":
                event = evolve(event, outcome=self._story.outcome(event))
        added = self._log.add(event)
        self._learn(added)
        if found is not None and other is not None and found.kind == "conflict":
            report.conflicts.append((added, other))
            return
        report.added.append(added)
        if found is not None and other is not None:
            report.outcomes.append((added, other, added.outcome or ""))

    def _copied(self, event: Event) -> Event | None:
        """Return the event that the same text told under another name, where it told it of the same time."""
        for source in event.sources:
            for home in self._copies.find(source):
                old = self._log.by_id(home)
                if old.when == event.when or (
                    old.when is not None and event.when is not None and old.when.overlaps(event.when)
                ):
                    return old
        return None

    # --- articles that were corrected

    def _stale(self, events: list[Event], article: Article | None) -> Reworded:
        """Return the sources of an article, each with the id of its event, whose sentences the article has no longer."""
        key = (
            article.key
            if article is not None
            else events[0].sources[0].article
            if events and events[0].sources
            else None
        )
        homes = self._by_article.get(key, {}) if key is not None else {}
        if not homes:
            return Reworded([])
        quotes = {_plain(s.quote) for e in events for s in e.sources}
        text = _plain(article.text) if article is not None else None
        known = {home for home in (self._own(event) for event in events) if home is not None}
        return Reworded([
            (home, source)
            for home in homes
            if home not in known
            for source in self._log.by_id(home).sources
            if source.article == key and source.quote and _plain(source.quote) not in quotes
            and (text is None or _plain(source.quote) not in text)
        ])  # fmt: skip

    def _corrected(self, event: Event, stale: Reworded, report: Report) -> bool:
        """Put an event in the place of what its article said before it was corrected; False where it said nothing of the kind."""
        source = event.sources[0] if event.sources else None
        likest = stale.take(source) if source is not None else None
        if source is None or likest is None:
            return False
        home, gone = likest
        old = self._log.by_id(home).copy()
        if old.review == "rejected":
            report.rejected.append(old)
            self._remember(source, home)
            return True
        others = [s for s in old.sources if s != gone]
        elsewhere = any(s.article != gone.article for s in others)
        if elsewhere and not _meet(event, old):
            # the others still say what this article says no longer
            self._log.replace(evolve(old, sources=others))
            return False
        told = f"the article was corrected; it said “{gone.quote}”"
        sources = [
            evolve(source, how=f"{source.how}; {told}" if source.how else told) if s == gone else s for s in old.sources
        ]
        if elsewhere or by_a_person(old):
            new = evolve(old, sources=sources)
        else:
            new = evolve(
                event, id=old.id, sources=sources, related=old.related, tags=old.tags, notes=old.notes, outcome=old.outcome,
                previously=str(old.when) if old.when is not None and old.when != event.when else old.previously, extra=old.extra,
            )  # fmt: skip
        new = self._log.replace(new)
        self._know(new)
        self._story.add(new)
        report.corrected.append((new, old))
        return True

    def _withdraw(self, home: str, source: Source, report: Report) -> None:
        """Note that the article of an event says it no longer; a person decides what becomes of it."""
        old = self._log.by_id(home)
        if len(old.sources) > 1 or by_a_person(old) or WITHDRAWN in old.doubts:
            return
        self._log.set(home, doubts=[*old.doubts, WITHDRAWN])
        report.withdrawn.append(self._log.by_id(home))


def by_a_person(event: Event) -> bool:
    """Tell whether a person decided on an event or edited its title or date: its id tells what they were when it was extracted."""
    if event.review != "proposed" or event.previously:
        return True
    year = f"{event.when.earliest.year:04d}" if event.when is not None and not event.when.is_open_start else ""
    return slug(event.title) not in event.id or not event.id.startswith(year)


def _meet(one: Event, other: Event) -> bool:
    return one.when == other.when or (one.when is not None and other.when is not None and one.when.overlaps(other.when))


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())
