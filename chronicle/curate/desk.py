"""The desk: logs as a curator sees them, and decisions, each written at once. It knows no server; several threads may use it.

It is long because it is one object under one lock: seeing, deciding, taking back; how each is done stands in the files beside it.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from attrs import define, field

from chronicle.curate import deciding
from chronicle.curate.history import Changed, Patch, Step
from chronicle.curate.shelf import Shelf
from chronicle.curate.strip import strip
from chronicle.curate.summary import message, said_of
from chronicle.errors import InvalidValue, UnknownName
from chronicle.event import DOUBTS, Event, sort_events
from chronicle.formats.records import flat_record
from chronicle.log.eventlog import EventLog, files_in
from chronicle.log.logfile import LogError, unified_diff
from chronicle.log.select import parse_time, select
from chronicle.log.together import ConflictError, decided
from chronicle.resolve.typed import read_typed

_MOST_STEPS: Final = 1000  # that can be taken back, of each page
Key = tuple[int, str]


@define
class _Open:
    """A log that is open: as it is now, as its files were when it was last read, and as they were at the start."""

    path: Path
    log: EventLog
    seen: dict[Path, tuple[int, int, int]]
    first: dict[Path, str]
    first_events: dict[str, Event]
    trouble: list[str] = field(factory=list)
    story: dict[str, str] = field(factory=dict)


@define
class _Hand:
    """What one page did and took back."""

    done: list[Step] = field(factory=list)
    undone: list[Step] = field(factory=list)


class Desk:
    """Some logs and a folder of articles, being curated.

    Keys name events: the number of the log and the id, ``0:2021-07-17-talks``. ``generation`` grows with every change, those that others make
    to the files too; each method looks at them first. Raises what EventLog.read raises.
    """

    def __init__(self, logs: Iterable[Path], articles: Path | None = None) -> None:
        self._lock = threading.RLock()
        self.shelf = Shelf(articles)
        self.generation = 1
        self._hands: dict[str, _Hand] = {}
        self._ordered: tuple[int, list[tuple[Key, Event]]] | None = None
        self._logs = [self._opened(path) for path in logs]

    @staticmethod
    def _opened(path: Path) -> _Open:
        seen = _seen(path)
        log = EventLog.read(path)
        return _Open(
            path, log, seen, {f.path: f.text for f in log.files}, _as_read(log), story=_stories(log)
        )

    # --- what there is

    def _refresh(self) -> None:
        """Take up what others changed on disk. A file that has faults now leaves the log as it was, and is told of."""
        for one in self._logs:
            seen = _seen(one.path)
            if seen != one.seen:
                one.seen = seen
                self._read_again(one)

    def _read_again(self, one: _Open) -> None:
        self.generation += 1
        try:
            one.log = EventLog.read(one.path)
        except LogError as error:
            one.trouble = [str(fault) for fault in error.faults[:10]]
        except OSError as error:
            one.trouble = [f"{one.path}: {error.strerror or error}"]
        else:
            one.trouble = []
            one.story = _stories(one.log)

    def _all(self) -> list[tuple[Key, Event]]:
        """Return all events, the doubtful first, each part in order of time."""
        if self._ordered is None or self._ordered[0] != self.generation:
            keyed = {id(event): (number, event.id) for number, one in enumerate(self._logs) for event in one.log}
            events = [event for one in self._logs for event in one.log]
            if len(self._logs) > 1:
                events = sort_events(events)
            ordered = sorted(events, key=lambda e: not e.doubts)
            self._ordered = self.generation, [(keyed[id(e)], e) for e in ordered]
        return self._ordered[1]

    def state(self, hand: str = "") -> dict[str, Any]:
        """Return the generation, what is wrong with the files, how many events there are of each review, and what can be taken back."""
        with self._lock:
            self._refresh()
            return self._state(hand)

    def _state(self, hand: str) -> dict[str, Any]:
        mine = self._hands.get(hand) or _Hand()
        counts = Counter(event.review for one in self._logs for event in one.log)
        return {
            "generation": self.generation,
            "trouble": [line for one in self._logs for line in one.trouble],
            "counts": {"all": sum(counts.values()), **counts},
            "undo": mine.done[-1].what if mine.done else None,
            "redo": mine.undone[-1].what if mine.undone else None,
        }

    def about(self) -> dict[str, Any]:
        """Return what the page needs once: the logs, their stories, the sources, the texts of doubts."""
        with self._lock:
            self._refresh()
            sources = Counter(s.article for one in self._logs for e in one.log for s in e.sources)
            return {
                "logs": [{"path": str(one.path), "title": one.log.title or one.path.stem} for one in self._logs],
                "stories": list(dict.fromkeys(s for one in self._logs for s in one.story.values())),
                "sources": [name for name, _ in sources.most_common(500)],
                "articles": self.shelf.folder is not None,
                "doubts": dict(DOUBTS),
            }

    def queue(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Return the events that are asked for, a line each, from ``offset`` on at most ``limit``.

        Filters: ``review``, ``status``, ``story``, ``source`` (the name of an article), ``doubts`` ("any", "none" or one of them), ``time`` (as
        ``chronicle list --time`` has it), ``text``. Raises InvalidValue.
        """
        with self._lock:
            self._refresh()
            chosen = self._chosen(asked)
            offset, limit = number_of(asked, "offset", 0), min(number_of(asked, "limit", 200), 1000)
            return {
                **self._state(str(asked.get("hand") or "")),
                "total": len(chosen),
                "keys": [_key(key) for key, _ in chosen] if asked.get("keys") else None,
                "events": [self._row(key, event) for key, event in chosen[offset : offset + limit]],
            }

    def _chosen(self, asked: Mapping[str, Any]) -> list[tuple[Key, Event]]:
        found = self._all()
        story, source, doubts = asked.get("story"), asked.get("source"), asked.get("doubts")
        if story:
            found = [(k, e) for k, e in found if self._logs[k[0]].story.get(k[1]) == story]
        if source:
            found = [(k, e) for k, e in found if any(s.article == source for s in e.sources)]
        if doubts:
            found = [(k, e) for k, e in found if (bool(e.doubts) if doubts == "any" else not e.doubts if doubts == "none" else doubts in e.doubts)]
        if asked.get("time"):
            parse_time(str(asked["time"]))
        if any(asked.get(name) for name in ("time", "status", "review", "text")):
            one = {name: [str(asked[name])] if asked.get(name) else [] for name in ("status", "review")}
            kept = {id(e) for e in select((e for _, e in found), asked.get("time") or None, text=asked.get("text") or None, **one)}
            found = [(k, e) for k, e in found if id(e) in kept]
        return found

    def _row(self, key: Key, event: Event) -> dict[str, Any]:
        return {
            "key": _key(key), "version": version(event), "title": event.title, "when": said_of(event), "status": event.status, "review": event.review,
            "doubts": len(event.doubts), "sources": len(event.sources),
        }  # fmt: skip

    def event(self, key: str) -> dict[str, Any]:
        """Return an event with all of it, what it conflicts with, and where it lies among others. Raises KeyError."""
        with self._lock:
            self._refresh()
            return self._detail(self._parsed(key))

    def _detail(self, key: Key) -> dict[str, Any]:
        one = self._logs[key[0]]
        event = one.log.by_id(key[1])
        related = {name: self._short(key[0], name) for name in event.related}
        pointing = [e.id for e in one.log if event.id in e.related]
        conflicts = [
            other
            for name in dict.fromkeys((*event.related, *pointing))
            if (other := self._short(key[0], name)) is not None and self._in_conflict(one.log, event, name)
        ]
        return {
            "key": _key(key), "version": version(event), "record": flat_record(event), "said": said_of(event), "story": one.story.get(event.id),
            "log": str(one.path), "doubts": [{"name": d, "told": DOUBTS.get(d, d)} for d in event.doubts],
            "related": [r for r in related.values() if r is not None], "pointing": [self._short(key[0], n) for n in pointing],
            "conflicts": conflicts, "asks": deciding.misfits(event), "explained": event.explain(), "published": event.published,
            "strip": self._strip(event),
        }  # fmt: skip

    def _strip(self, event: Event) -> dict[str, Any] | None:
        return strip(event, [e for one in self._logs for e in one.log])

    @staticmethod
    def _in_conflict(log: EventLog, event: Event, name: str) -> bool:
        other = log.by_id(name)
        return (
            other.when is not None and event.when is not None and other.when != event.when and not other.outcome and not event.outcome
            and "rejected" not in (event.review, other.review)
        )  # fmt: skip

    def _short(self, number: int, name: str) -> dict[str, Any] | None:
        try:
            event = self._logs[number].log.by_id(name)
        except UnknownName:
            return None
        quote = next((s.quote for s in event.sources if s.quote), None)
        return {**self._row((number, name), event), "quote": quote, "named": event.sources[0].named if event.sources else None}

    def article(self, key: str, index: int = 0) -> dict[str, Any]:
        """Return the article of an event's source in pieces (see :meth:`Shelf.pieces`), or its quote where it is not at hand."""
        with self._lock:
            self._refresh()
            number, name = self._parsed(key)
            sources = self._logs[number].log.by_id(name).sources
            if not sources:
                return {"title": None, "pieces": [], "at_hand": False, "sources": 0}
            source = sources[min(max(index, 0), len(sources) - 1)]
            found = self.shelf.find(source.article)
            told = {
                "article": source.article, "title": source.title or (found.title if found else None) or source.article, "named": source.named,
                "published": source.published, "how": source.how, "sources": len(sources), "at_hand": found is not None,
                "language": found.language if found is not None else "en",
            }  # fmt: skip
            if found is None:
                return {**told, "pieces": [{"text": source.quote or source.expression or "", "start": 0, "quote": True}]}
            return {**told, "pieces": self.shelf.pieces(found, source)}

    def reading(self, text: str, key: str | None = None, published: str | None = None, language: str = "en") -> dict[str, Any]:
        """Return how a date that is typed is read: EDTF, words, what it was counted from, and a strip; or why it is none, under ``error``."""
        with self._lock:
            event = None
            if key:
                number, name = self._parsed(key)
                event = self._logs[number].log.by_id(name)
                published = published or event.published
            try:
                typed = read_typed(text, published, language)
            except (ValueError, LookupError) as error:
                return {"error": str(error)}
            trial = Event("typed", typed.when, "")
            return {
                "when": str(typed.when), "told": typed.when.words(), "counted_from": typed.counted_from,
                "strip": self._strip(_with_when(event, trial)),
                "asks": deciding.misfits(_with_when(event, trial)),
            }  # fmt: skip

    # --- decisions

    def decide(self, act: Mapping[str, Any], hand: str = "") -> dict[str, Any]:
        """Do an act and write it: ``{"act": "edit", "events": [[key, version], ...], ...}``, see :mod:`chronicle.curate.deciding`.

        An act is done as a whole or not at all. Raises Changed where an event is no longer what the version says, LogError where the file
        cannot be edited, InvalidValue for what is no act.
        """
        with self._lock:
            self._refresh()
            kind = act.get("act")
            if kind == "add":
                number = number_of(act, "log", 0)
                if not 0 <= number < len(self._logs):
                    raise InvalidValue(f"there is no log {number}")
                article, span = self._marked(act)
                return self._do(number, "add", (), lambda log, _: deciding.add(log, act, article, span), hand)
            if not isinstance(kind, str) or kind not in deciding.ACTS:
                raise InvalidValue(f"there is no act {kind!r}; there are add, {', '.join(deciding.ACTS)}")
            function, count = deciding.ACTS[kind]
            keys = self._checked(act.get("events"), count)
            numbers = sorted({number for number, _ in keys})
            if len(numbers) > 1 and count:
                raise InvalidValue("these events stand in two logs; put them into one first")
            result: dict[str, Any] = {}
            for number in numbers:
                ids = tuple(name for n, name in keys if n == number)
                result = self._do(number, str(kind), ids, lambda log, ids: function(log, ids, act), hand)
            return {**result, "changed": [_key(key) for key in keys] if len(numbers) > 1 else result["changed"]}

    def _checked(self, given: Any, count: int) -> list[Key]:
        if not isinstance(given, list) or not given or (count and len(given) != count):
            raise InvalidValue(f"events is a list of {count or 'any number of'} pairs of a key and a version")
        keys, differ = [], []
        for pair in given:
            if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)):
                raise InvalidValue("each of events is a pair of a key and a version")
            key = self._parsed(pair[0])
            keys.append(key)
            try:
                event = self._logs[key[0]].log.by_id(key[1])
            except UnknownName:
                raise Changed(f"{key[1]} is there no longer: somebody took it out or made one event of it and another", (pair[0],)) from None
            if version(event) != pair[1]:
                differ.append(pair[0])
        if differ:
            raise Changed(f"{', '.join(k.partition(':')[2] for k in differ[:5])} was changed meanwhile", tuple(differ))
        return keys

    def _marked(self, act: Mapping[str, Any]) -> tuple[Any, tuple[int, int] | None]:
        marked = act.get("marked")
        if marked is None:
            return None, None
        if not isinstance(marked, dict):
            raise InvalidValue("marked is an object with article, start and end")
        article = self.shelf.find(str(marked.get("article")))
        if article is None:
            raise InvalidValue("the article is not at hand")
        return article, (number_of(marked, "start", 0), number_of(marked, "end", 0))

    def _do(
        self, number: int, what: str, ids: deciding.Ids, work: Callable[[EventLog, deciding.Ids], deciding.Ids], hand: str
    ) -> dict[str, Any]:
        one = self._logs[number]
        if one.trouble:
            raise InvalidValue(f"the log has faults on disk, nothing is written: {one.trouble[0]}")
        before = _as_read(one.log)
        raws = {f.path: f.raw for f in one.log.files}
        try:
            touched = work(one.log, ids)
            one.log.write()
        except ConflictError as error:
            one.seen = _seen(one.path)
            self._read_again(one)
            raise Changed(str(error), tuple(_key((number, c.event)) for c in error.conflicts)) from None
        except BaseException:
            # what was half done in memory goes; what others wrote is taken up
            one.seen = _seen(one.path)
            self._read_again(one)
            raise
        one.seen = _seen(one.path)
        self.generation += 1
        one.story = _stories(one.log)
        after = _as_read(one.log)
        names = [n for n in (*after, *(n for n in before if n not in after)) if before.get(n) is not after.get(n) and before.get(n) != after.get(n)]
        patches = {f.path: Patch.of(raws[f.path], f.raw) for f in one.log.files if f.path in raws and f.raw != raws[f.path]}
        if names:
            step = Step(number, what, {n: before.get(n) for n in names}, {n: after.get(n) for n in names}, patches)
            mine = self._hands.setdefault(hand, _Hand())
            mine.done = [*mine.done, step][-_MOST_STEPS:]
            mine.undone.clear()
        return self._result(number, [*dict.fromkeys((*touched, *names))], hand)

    def _result(self, number: int, names: list[str], hand: str) -> dict[str, Any]:
        log = self._logs[number].log
        there = {e.id for e in log}
        kept = [n for n in names if n in there]
        return {
            **self._state(hand),
            "changed": [_key((number, n)) for n in kept],
            "gone": [_key((number, n)) for n in names if n not in there],
            "event": self._detail((number, kept[0])) if kept else None,
            "rows": [self._row((number, n), log.by_id(n)) for n in kept[:200]],
        }

    def take_back(self, hand: str = "", again: bool = False) -> dict[str, Any]:
        """Take back the last decision of a page, or do ``again`` what was taken back. Raises Changed where the events were changed since."""
        with self._lock:
            self._refresh()
            mine = self._hands.setdefault(hand, _Hand())
            source, target = (mine.undone, mine.done) if again else (mine.done, mine.undone)
            if not source:
                raise InvalidValue(f"there is nothing to {'do again' if again else 'take back'}")
            step = source[-1] if again else source[-1].reverse()
            one = self._logs[step.log]
            try:
                if not step.do():
                    step.do_to_events(one.log)
            finally:
                one.seen = _seen(one.path)
                self._read_again(one)
            target.append(source.pop())
            return self._result(step.log, [n for n, e in step.after.items()], hand)

    # --- what has changed

    def diff(self) -> str:
        """Return what has changed on disk since the desk was opened, by whomever, as a unified diff."""
        with self._lock:
            self._refresh()
            lines: list[str] = []
            for one in self._logs:
                for file in one.log.files:
                    old = one.first.get(file.path, "")
                    if old != file.text:
                        lines.extend(unified_diff(file.path, old, file.text))
            return "".join(lines)

    def summary(self) -> str:
        """Return what has changed as the message of a commit: a line with numbers, then a line for each event."""
        with self._lock:
            self._refresh()
            stories = ", ".join(one.log.title or one.path.stem for one in self._logs)
            return message(stories, ((one.first_events, {e.id: e for e in one.log}) for one in self._logs))

    def _parsed(self, key: str) -> Key:
        number, colon, name = key.partition(":")
        if not colon or not number.isascii() or not number.isdigit() or len(number) > 6 or int(number) >= len(self._logs):
            raise UnknownName(f"there is no event {key!r}")
        return int(number), name


def version(event: Event) -> str:
    """Return what tells one state of an event from another: of all that a person decides on."""
    return hashlib.blake2b(repr((*decided(event), event.related)).encode("utf-8", "replace"), digest_size=8).hexdigest()


def _with_when(event: Event | None, trial: Event) -> Event:
    if event is None:
        return trial
    new = event.copy()
    object.__setattr__(new, "when", trial.when)
    return new


def _key(key: Key) -> str:
    return f"{key[0]}:{key[1]}"


def number_of(given: Mapping[str, Any], name: str, default: int) -> int:
    """Return a number of what was asked. Raises InvalidValue."""
    value = given.get(name, default)
    text = str(default if value is None or value == "" else value)
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InvalidValue(f"{name} is a number, not {value!r}")
    return int(text)


def _as_read(log: EventLog) -> dict[str, Event]:
    """Return the events of a log as its files have them; these are never changed."""
    return {name: event for file in log.files for name, event in file.events.items()}


def _stories(log: EventLog) -> dict[str, str]:
    return {name: title for title, names in log.stories() for name in names}


def _seen(path: Path) -> dict[Path, tuple[int, int, int]]:
    """Return the time, size and inode of each file of a log."""
    found = {}
    for file in files_in(path) if path.is_dir() else [path]:
        try:
            known = file.stat()
        except OSError:
            continue
        found[file] = (known.st_mtime_ns, known.st_size, known.st_ino)
    return found


def as_json(value: object) -> bytes:
    """Return a value as JSON in UTF-8; halves of surrogate pairs, which only old logs hold, are escaped."""
    try:
        return json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value).encode("ascii")
