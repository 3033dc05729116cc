"""EventLog: one YAML file of events or a folder of them, read whole and changed in place.

It is long because a log is one object for whoever uses it: reading, every change, and writing; how each is done stands in edit.py,
nodes.py, schema.py, storage.py and take.py.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Sequence as AbstractSequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve

from chronicle.article import Article
from chronicle.errors import InvalidValue, UnknownName
from chronicle.event import EVENT_FIELDS, LIST_FIELDS, Event, Source, slug, sort_events, written_alike
from chronicle.log import nodes, operations, schema, storage
from chronicle.log.faults import Fault
from chronicle.log.logfile import LogError, LogFile, as_written, unified_diff
from chronicle.log.operations import Operation
from chronicle.log.text import new_log
from chronicle.log.view import Selection
from chronicle.nearest import Nearest, did_you_mean
from chronicle.resolve.typed import when_of
from chronicle.time.when import When

if TYPE_CHECKING:
    import pandas
    import polars

    from chronicle.log.take import Report, Taker

__all__ = ["EventLog", "LogError", "LogFile", "files_in"]

SUFFIXES = (".yaml", ".yml")
_NUMBERED = re.compile(r"-(\d{1,9})")
# fields that are not set by themselves: what an event is called, and lists of records
_NOT_SET = ("id", "predicate", "sources", "media")


def files_in(folder: Path) -> list[Path]:
    """Return the files of a log that is a folder, by name."""
    return sorted(p for p in folder.rglob("*") if p.suffix in SUFFIXES and not p.name.startswith("."))


def _default(field: str) -> str | list[str] | None:
    """Return what a field is where it is not written."""
    if field in LIST_FIELDS:
        return []
    return {"status": "happened", "review": "proposed"}.get(field)


class EventLog(Selection):
    """The events of a log, in order of time, and the changes to be written.

    :meth:`read` opens one that is there, :meth:`new` begins one. A sequence of :class:`chronicle.Event`; ``log["a"]`` is the event of that id.
    Changes, those made to an event itself (``log.by_id("a").title = "..."``) too, are kept in
    memory until :meth:`write`; only the lines of the events that they touch are rewritten. Not safe for use by several threads at once;
    several processes may write the same log, each with an EventLog of its own.

    >>> import chronicle
    >>> log = chronicle.EventLog.new("talks.yaml", title="Talks")
    >>> report = log.take(chronicle.Article("The council met on Monday.", published="2021-07-16"))
    >>> [(event.id, str(event.when)) for event in log]
    [('2021-07-12-council-met', '2021-07-12')]
    >>> log["2021-07-12-council-met"].title = "The council met for the first time"
    >>> log.write()
    [PosixPath('talks.yaml')]
    """

    def __init__(self, path: Path | None = None, files: list[LogFile] | None = None) -> None:
        if path is None or files is None:
            raise InvalidValue("a log is opened with EventLog.read(path), and begun with EventLog.new(path)")
        self.path = path
        self.files = files
        self._operations: list[Operation] = []
        self._where: dict[str, LogFile] = {}
        self._events: dict[str, Event] = {}
        self._known: dict[str, Event] = {}
        self._numbers: dict[str, int] = {}
        self._pointing: dict[str, set[str]] | None = None
        self._sorted: list[Event] | None = None
        self._gathering = False
        self._gathered: list[Event] = []
        self._mine: set[str] = set()  # ids of events that were added and are not written yet
        self._nearest: tuple[int, Nearest] | None = None
        # where the log was read again: what events were called in memory, and which names there belong to other events now
        self.origins: dict[str, str] = {}
        self.moved: frozenset[str] = frozenset()
        for file in files:
            for name, event in file.events.items():
                if name not in self._where:
                    self._where[name] = file
                    self._events[name] = event.copy()
                    self._events[name].story = self._story(file)
        self._created = False  # whether an empty log is to be written, too
        self._taker: Taker | None = None
        self._count = 0  # of changes in memory, by which the taker knows whether it still knows all

    @classmethod
    def read(cls, path: str | Path, create: bool = False) -> EventLog:
        """Read a log file, or a folder of .yaml files. With ``create`` a file that is not there becomes an empty log on writing.

        Raises LogError, which lists every fault with its place, and FileNotFoundError.
        """
        log = cls.load(path, create)
        faults = log.faults()
        if faults:
            raise LogError(faults)
        return log

    @classmethod
    def load(cls, path: str | Path, create: bool = False) -> EventLog:
        """Read a log as far as it can be read, faults and all; see :meth:`faults`."""
        path = Path(path)
        if path.is_dir():
            found = files_in(path)
            if not found:
                raise FileNotFoundError(f"{path}: there is no .yaml file in this folder")
            return cls(path, [LogFile(p, p.read_bytes()) for p in found])
        if not path.exists() and create:
            return cls(path, [LogFile(path, new_log(path.stem.replace("-", " ").capitalize()).encode(), fresh=True)])
        return cls(path, [LogFile(path, path.read_bytes())])

    @classmethod
    def new(cls, path: str | Path, title: str | None = None) -> EventLog:
        """Begin a log in a file that is not there yet; :meth:`write` makes it. Without a title it is called as the file is.

        Raises InvalidValue (a ValueError) where something stands at that path, and for a file that is not .yaml or .yml.
        """
        path = Path(path)
        if path.suffix not in SUFFIXES:
            raise InvalidValue(f"{path}: a log is a file that ends with {' or '.join(SUFFIXES)}")
        if path.exists():
            raise InvalidValue(f"{path} is there already; EventLog.read({str(path)!r}) opens it")
        text = new_log(title or path.stem.replace("-", " ").capitalize())
        log = cls(path, [LogFile(path, text.encode(), fresh=True)])
        log._created = True
        return log

    @classmethod
    def from_pandas(cls, frame: pandas.DataFrame | polars.DataFrame, path: str | Path, title: str | None = None) -> EventLog:
        """Begin a log with the events of a data frame of pandas or polars, a row each; :meth:`write` makes the file.

        The columns are those of :meth:`to_pandas`; ``when`` (EDTF, dates or datetimes) and ``title`` are needed, the rest is as for a log.
        Columns with other names become the curator's own fields. Raises InvalidValue, which names the column or the row.
        """
        from chronicle.log.frames import events_of

        log = cls.new(path, title)
        for event in events_of(frame):
            log.add(event)
        return log

    def faults(self) -> list[Fault]:
        """Return what is wrong with the files, ids used in two of them included."""
        found = [fault for file in self.files for fault in file.faults]
        for file in self.files:
            for name, node in file.places.items():
                first = self._where[name]
                if first is not file:
                    message = f"the id {name!r} is used in {first.path}, line {first.places[name].line + 1}, too"
                    found.append(Fault(str(file.path), node.line + 1, node.column + 1, "duplicate-id", message, name))
        return found

    # --- a sequence of events

    def _ordered(self) -> list[Event]:
        if self._sorted is None:
            self._sorted = sort_events(list(self._events.values()))
        return self._sorted

    def _named(self) -> dict[str, Event]:
        return self._events

    def __len__(self) -> int:
        return len(self._events)

    def __repr__(self) -> str:
        return f"<EventLog {self.path}: {len(self)} events>"

    @property
    def folder(self) -> Path:
        """The folder that the log is, or that its file is in."""
        return self.path if self.path.is_dir() else self.path.parent

    @property
    def title(self) -> str | None:
        """The title of the log; of a folder, that of its first file."""
        return self._head("title")

    @property
    def description(self) -> str | None:
        """The description of the log; of a folder, that of its first file."""
        return self._head("description")

    def _head(self, field: str) -> str | None:
        """Return what the first file that has a field of the log itself says there."""
        said = (schema.Reader.text(file.root.get(field)) for file in self.files if file.root)
        return next((text for text in said if text), None)

    @staticmethod
    def _story(file: LogFile) -> str:
        return (schema.Reader.text(file.root.get("title")) if file.root else None) or file.path.stem

    def stories(self) -> list[tuple[str, list[str]]]:
        """Return each file's title (or its name without suffix) and the ids of its events."""
        return [
            (
                self._story(file),
                [name for name in file.events if self._where[name] is file],
            )
            for file in self.files
        ]

    def by_id(self, name: str) -> Event:
        """Return an event by its id. Raises KeyError, which names the nearest id."""
        try:
            return self._events[name]
        except KeyError:
            if self._nearest is None or self._nearest[0] != self._count:
                self._nearest = self._count, Nearest(self._events)
            longer = [known for known in self._events if name and known.startswith(name)]
            hint = f"; did you mean {longer[0]!r}?" if len(longer) == 1 else self._nearest[1].hint(name)
            raise UnknownName(f"there is no event {name!r}{hint}") from None

    def file_of(self, name: str) -> LogFile:
        """Return the file that holds an event as it was read. Raises KeyError."""
        return self._where[name]

    # --- changes

    def unused_id(self, event: Event) -> str:
        """Return an id for an event that no other event of the log has."""
        if event.id and event.id not in self._events:
            return event.id
        base = event.id or slug(event.title)
        number = self._numbers.get(base, 2)
        while f"{base}-{number}" in self._events:
            number += 1
        self._numbers[base] = number
        return f"{base}-{number}"

    def add(self, event: Event) -> Event:
        """Add an event; where its id is taken it gets another. Returns the event as it is in the log.

        An event that the log has under this id from the same words of the same article is not added again, so that one which a person
        rejected or edited stays as it is: that event is returned. Raises ValueError in a log of several files where none is for its year.
        """
        there = self._the_same(event)
        if there is not None:
            return there
        event = as_written(event.copy().with_id(self.unused_id(event)))
        self._where[event.id] = self._file_for(event)
        self._events[event.id] = event
        event.story = self._story(self._where[event.id])
        self._note(operations.Add(event.copy()), event)
        return event

    def _the_same(self, event: Event) -> Event | None:
        """Return the event that stands under an id, or that id with a number, and comes from the same words of the same article."""
        name, number = event.id, 2
        while name in self._events:
            other = self._events[name]
            if not event.keys.isdisjoint(other.keys) and _same_happening(event, other):
                return other
            if not event.sources or number > 100:
                break
            name, number = f"{event.id}-{number}", number + 1
        return None

    def _file_for(self, event: Event) -> LogFile:
        if len(self.files) == 1:
            return self.files[0]
        if event.when is not None and not event.when.is_open_start:
            name = f"{event.when.earliest.year:04d}"
            for file in self.files:
                if file.path.stem == name:
                    return file
        raise InvalidValue(f"{self.path}: the log has several files; say which of them the event {event.id!r} goes to")

    def _note(self, operation: Operation, event: Event | None) -> None:
        """Note what was done, and how the event is now, so that what is changed in it directly can be told from it."""
        self._count += 1
        if not self._gathering:
            self._operations.append(operation)
        elif isinstance(operation, operations.Add):
            self._gathered.append(operation.event)
        if isinstance(operation, operations.Add):
            self._mine.add(operation.event.id)
        if event is not None:
            self._known[event.id] = event.copy()
            if self._pointing is not None:
                for other in event.related:
                    self._pointing.setdefault(other, set()).add(event.id)
        self._sorted = None

    @contextlib.contextmanager
    def _together(self, work: Callable[[EventLog], object]) -> Iterator[None]:
        """Make one operation of what is done inside: where the log has changed on disk until it is written, ``work`` does it again there."""
        self._gathering = True
        self._gathered.clear()
        count = self._count
        try:
            yield
        finally:
            self._gathering = False
            if self._count != count:
                self._note(operations.Again(work, tuple(self._gathered)), None)

    def add_source(self, name: str, source: Source) -> None:
        """Add a source to an event. Raises KeyError for an unknown id."""
        event = self._touched(name)
        event.sources.append(source)
        as_written(event)
        self._note(operations.AddSource(name, source), event)

    def _touched(self, name: str) -> Event:
        """Return an event that is about to be changed, with what was changed in it directly noted before."""
        event = self.by_id(name)
        self._note_direct_of(name)
        return event

    def set(self, name: str, **fields: str | list[str] | When | None) -> Event:
        """Give fields of an event new values, as they stand in YAML; None takes a field out.

        ``when`` may be words that name one date; relative ones ("last Monday") are counted from the publication date of the event's articles,
        where these agree. All of them are set, or none. Raises KeyError for an unknown id and ValueError for a field or value that is none.
        """
        event = self._touched(name)
        trial = event.copy()
        for field, value in fields.items():
            if field not in EVENT_FIELDS or field in _NOT_SET:
                hint = "; did you mean 'when'?" if field == "date" else did_you_mean(field, EVENT_FIELDS)
                raise InvalidValue(f"{field!r} is no field to set{hint}")
            if value is None and field in ("when", "title"):
                raise InvalidValue(f"an event needs its {field}")
            if isinstance(value, tuple):
                value = list(value)
            if field in ("when", "previously") and isinstance(value, str):
                value = _dated(field, value, event)
            setattr(trial, field, _default(field) if value is None else value)
        if event.when is None and trial.when is not None and "unresolved" not in fields:
            trial.unresolved = None
        return self._become(event, trial)

    def replace(self, event: Event) -> Event:
        """Put an event in the place of the one with its id; only the fields that differ are written. Raises KeyError."""
        return self._become(self._touched(event.id), as_written(event.copy()))

    def _become(self, event: Event, new: Event) -> Event:
        for field in (*EVENT_FIELDS, "extra"):
            before, after = getattr(event, field), getattr(new, field)
            if not written_alike(before, after):
                object.__setattr__(event, field, after)
                self._note(operations.Change(event.id, field, before, after), event)
        return event

    def remove(self, name: str) -> None:
        """Take an event out of the log, its lines with it. Raises KeyError; see :meth:`reject` for one that must not come back."""
        event = self._touched(name)
        mine = []
        if name in self._mine and not self._gathering:
            mine = [o for o in self._operations if isinstance(o, operations.Add) and o.event.id == name]
        self._mine.discard(name)
        self._forget(name)
        if mine:
            # it came and went in memory: nobody else's event of that name is meant
            self._operations = [o for o in self._operations if o not in mine and getattr(o, "id", None) != name]
            return
        self._note(operations.Remove(name, event.copy()), None)

    def _forget(self, name: str) -> None:
        del self._events[name]
        self._known.pop(name, None)
        base = _NUMBERED.sub("", name)
        self._numbers.pop(base, None)
        self._sorted = None

    def merge(self, name: str, other: str) -> Event:
        """Make one event of two: the first gets what the second has and it has not; the second is taken out.

        Sources, names, tags and pictures are joined, notes follow each other, own fields and who, whom and according_to are kept where the
        first says nothing, and events whose ``related`` names the second name the first. Dates that differ are not chosen between: the
        other's goes into the notes. Raises KeyError, and ValueError for one event twice.
        """
        kept, gone = self._touched(name), self._touched(other)
        if kept is gone:
            raise InvalidValue(f"{name!r} cannot be merged with itself")
        operation = operations.Merge(name, other, kept.copy(), gone.copy())
        outer, self._gathering = self._gathering, True
        try:
            self._become(kept, _joined(kept, gone))
            for pointer in sorted(self._pointers(other)):
                event = self._touched(pointer)
                related = [name if r == other else r for r in event.related]
                fit = [r for r in dict.fromkeys(related) if r != event.id]
                object.__setattr__(event, "related", fit)
                self._known[pointer] = event.copy()
                if self._pointing is not None and pointer != name:
                    self._pointing.setdefault(name, set()).add(pointer)
            self._forget(other)
        finally:
            self._gathering = outer
        self._note(operation, kept)
        return kept

    def _pointers(self, name: str) -> frozenset[str]:
        """Return the ids of the events whose ``related`` names an event."""
        if self._pointing is None:
            pointing: dict[str, set[str]] = {}
            for event in self._events.values():
                for other in event.related:
                    pointing.setdefault(other, set()).add(event.id)
            self._pointing = pointing
        near = self._pointing.get(name, ())
        return frozenset(p for p in near if p in self._events and name in self._events[p].related)

    def take(self, what: Article | Iterable[Event], nlp: object = "auto") -> Report:
        """Take an article, or the events of one, into the log, as ``chronicle extract --log`` does, and return what became of each event.

        An event that the log has is not added again: told by the same sentence it is unchanged, told by another article it gets a source
        more. What a person rejected is not brought back, what a person confirmed or edited is not changed. Where the log expected an
        event, ``related`` and ``outcome`` say so; where it tells the same at another time, the two are a conflict, and ``related``. With an
        article whose text was corrected since, what it said before gives way to what it says now. ``nlp`` is that of
        :func:`chronicle.extract`. Nothing is written before :meth:`write`; where the log has changed on disk by then, the events are taken
        anew. Raises LookupError for an article in a language that cannot be read, and ValueError in a log of several files for an event
        that none of them is for.
        """
        article = what if isinstance(what, Article) else None
        if isinstance(what, Article):
            from chronicle.extraction.extract import extract

            what = extract(what, nlp=nlp)
        return self.take_events(list(what), article)

    def take_events(self, events: list[Event], article: Article | None, distinct: bool = False) -> Report:
        """Do what :meth:`take` does, with the events of an article that were extracted elsewhere.

        ``distinct`` says that they are of a file of events, each another: none is taken for another of them.
        """
        from chronicle.log.take import Taker

        # the index is kept from one article to the next while nothing else changes the log
        if self._taker is None or self._taker.changes != self._count:
            self._taker = Taker(self)
        with self._together(lambda log: log.take_events(events, article, distinct)):
            report = self._taker.take(events, article, distinct)
        self._taker.changes = self._count
        return report

    def confirm(self, name: str) -> Event:
        """Mark an event as confirmed by a person."""
        return self.set(name, review="confirmed")

    def reject(self, name: str) -> Event:
        """Mark an event as rejected by a person; extraction will not bring it back."""
        return self.set(name, review="rejected")

    # --- writing

    def _note_direct(self) -> None:
        """Note what was changed in events themselves."""
        for name in self._events:
            self._note_direct_of(name)

    def _note_direct_of(self, name: str) -> None:
        event = self._events[name]
        known = self._known.get(name) or self._where[name].events[name]
        if event == known or as_written(event) == known:
            return
        if event.id != known.id:
            object.__setattr__(event, "id", known.id)
            raise InvalidValue(f"the id of an event, {known.id!r}, is not changed: others point at it")
        changes: AbstractSequence[operations.Change] = [
            operations.Change(name, field, getattr(known, field), getattr(event, field))
            for field in (*EVENT_FIELDS, "extra")
            if not written_alike(getattr(known, field), getattr(event, field))
        ]
        for change in changes:
            self._note(change, event)

    def _edited(self) -> dict[Path, LogFile]:
        """Return each file that changes as it will be, read back. Raises LogError for what cannot be edited."""
        changed: dict[Path, dict[str, Event | None]] = {}
        added: dict[Path, list[Event]] = {}
        for file in self.files:
            for name, event in file.events.items():
                if self._where.get(name) is not file:
                    continue
                now = self._events.get(name)
                if now != event:
                    changed.setdefault(file.path, {})[name] = None if now is None else now.copy()
        for name, event in self._events.items():
            if name not in self._where[name].events:
                added.setdefault(self._where[name].path, []).append(event.copy())
        with nodes.without_collecting():
            return {
                file.path: file.edited(changed.get(file.path, {}), added.get(file.path, []))
                for file in self.files
                if file.path in changed or file.path in added
            }

    def diff(self) -> str:
        """Return the changes that are not written yet as a unified diff."""
        current, _ = self._current()
        pieces: list[str] = []
        before = {file.path: "" if file.fresh else file.text for file in current.files}
        for path, new in current._edited().items():
            pieces.extend(unified_diff(path, before[path], new.text))
        return "".join(pieces)

    def write(self, path: str | Path | None = None) -> list[Path]:
        """Write the changes and return the files that were changed; without changes no file is touched.

        Each file is replaced atomically, after what it will hold was read back. Where another process has written in between, the file is
        read again and the changes are worked out again there: what came meanwhile is recognised, and what a person decided meanwhile
        stays. Afterwards this log is what is on disk. With ``path`` the log (of one file) is written to another place.

        Raises LogError where a file has faults by now or an event stands in a way that cannot be edited (nothing is written then), and
        :class:`ConflictError` where both changed the same: all else is written, theirs stays, and ``conflicts`` says what yours was.
        """
        if path is not None and Path(path) != self.path:
            return [self._write_elsewhere(Path(path))]
        self._note_direct()
        if not self._operations:
            return self._write_new() if self._created else []
        self._created = False
        with storage.locked(*(file.path for file in self.files)):
            current, conflicts = self._current()
            edited = current._edited()
            for target, file in edited.items():
                storage.write_atomically(target, file.raw)
        current.files = [edited.get(file.path, file) for file in current.files]
        self._absorb(current)
        if conflicts:
            from chronicle.log.together import ConflictError

            raise ConflictError(self, conflicts, list(edited))
        return list(edited)

    def _current(self) -> tuple[EventLog, list[operations.Conflict]]:
        """Return this log where the files are as they were read, else the log as it is on disk now with the changes made there."""
        self._note_direct()
        stale = any(
            (f.path.read_bytes() if f.path.exists() else None) != (None if f.fresh else f.raw) for f in self.files
        ) or (self.path.is_dir() and set(files_in(self.path)) != {file.path for file in self.files})
        if not stale:
            return self, []
        from chronicle.log.together import redo

        current = EventLog.read(self.path, create=True) if self.files else self
        return current, redo(self, current)

    def _absorb(self, current: EventLog) -> None:
        """Become what is on disk. Events that somebody holds stay the same objects."""
        if current is not self:
            events: dict[str, Event] = {}
            for name, event in current._events.items():
                held = self._events.get(current.origins.get(name, name)) if name not in current.moved else None
                if held is not None:
                    for field in (*EVENT_FIELDS, "extra"):
                        object.__setattr__(held, field, getattr(event, field))
                events[name] = held if held is not None else event
            self._events = events
            self._sorted = None
            self._numbers.clear()
            self._count += 1
        self.files = current.files
        self._where = {name: file for file in reversed(self.files) for name in file.events}
        self._known.clear()
        self._pointing = None
        self._operations.clear()
        self._mine.clear()

    def _write_new(self) -> list[Path]:
        """Write a log that has no events yet, unless somebody else has made one there meanwhile."""
        (file,) = self.files
        with storage.locked(file.path):
            if file.path.exists():
                raise InvalidValue(f"{file.path} is there by now; EventLog.read({str(file.path)!r}) opens it")
            storage.write_atomically(file.path, file.raw)
        self.files = [LogFile(file.path, file.raw)]
        self._absorb(self)
        self._created = False
        return [file.path]

    def _write_elsewhere(self, path: Path) -> Path:
        if len(self.files) != 1:
            raise InvalidValue(f"{self.path}: a folder of logs cannot be written to one file")
        current, _ = self._current()
        edited = current._edited()
        file = edited.get(current.files[0].path, current.files[0])
        with storage.locked(path):
            storage.write_atomically(path, file.raw)
        return path


def _dated(field: str, text: str, event: Event) -> str | When:
    """Return the time that a text names, counted from the day on which the event's articles were published."""
    when = when_of(text, event.published) if text != schema.UNRESOLVED else None
    return when if when is not None and field == "when" else str(when or text)


def _same_happening(one: Event, other: Event) -> bool:
    """Tell whether two events of the same words are the same: their id is, or what happened."""
    return (
        one.id == other.id
        or one.title == other.title
        or (one.predicate is not None and one.predicate == other.predicate)
    )


def _joined(kept: Event, gone: Event) -> Event:
    """Return the first of two events with what the second has and it has not."""
    new = kept.copy()
    values: dict[str, Any] = {"sources": [*new.sources, *(s for s in gone.sources if s.key not in new.keys)]}
    for field in LIST_FIELDS:
        more = [v for v in getattr(gone, field) if v not in getattr(new, field)]
        values[field] = [v for v in (*getattr(new, field), *more) if field != "related" or v not in (kept.id, gone.id)]
    values["media"] = [*new.media, *(m for m in gone.media if m not in new.media)]
    for field in ("who", "whom", "according_to", "predicate", "unresolved", "previously"):
        values[field] = getattr(new, field) if getattr(new, field) is not None else getattr(gone, field)
    notes = [new.notes, gone.notes]
    if gone.when is not None and gone.when != kept.when:
        notes.append(f"{'' if any(notes) else 'Another date in '}{gone.id}: {gone.when}")
    differing = {k: v for k, v in gone.extra.items() if k in new.extra and new.extra[k] != v}
    notes += [f"{gone.id}: {name}: {value}" for name, value in differing.items()]
    values["notes"] = " / ".join(text.rstrip("\n") for text in notes if text) or None
    if values["notes"] == (kept.notes or "").rstrip("\n"):
        values["notes"] = kept.notes
    values["extra"] = {**gone.extra, **new.extra}
    if kept.when is not None:
        values["unresolved"] = new.unresolved
    return evolve(new, **values)
