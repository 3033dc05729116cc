"""EventLog: one YAML file of events or a folder of them, read whole and changed in place.

It is long because a log is one object for whoever uses it: reading, every change, and writing; how each is done stands in edit.py,
nodes.py, schema.py, storage.py and take.py.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from collections.abc import Sequence as AbstractSequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from chronicle.article import Article
from chronicle.errors import ChronicleError, InvalidValue, UnknownName
from chronicle.event import Event, Source, slug, sort_events
from chronicle.log import edit, nodes, schema, storage
from chronicle.log.faults import Fault, did_you_mean
from chronicle.log.nodes import Mapping, Node, Sequence
from chronicle.log.text import new_log
from chronicle.time.when import When

if TYPE_CHECKING:
    import pandas
    import polars

    from chronicle.log.take import Report, Taker

_SUFFIXES = (".yaml", ".yml")


def files_in(folder: Path) -> list[Path]:
    """Return the files of a log that is a folder, by name."""
    return sorted(p for p in folder.rglob("*") if p.suffix in _SUFFIXES and not p.name.startswith("."))


class LogError(ChronicleError, ValueError):
    """A log that cannot be used. ``faults`` holds everything that is wrong; the message lists it, a line each."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(f) for f in faults))


def _default(field: str) -> str | list[str] | None:
    """Return what a field is where it is not written."""
    if field in schema.LIST_FIELDS:
        return []
    return {"status": "happened", "review": "proposed"}.get(field)


class _Operation:
    """A change that waits to be written; it is replayed where another process has written in between."""

    def __init__(self, name: str, *arguments: Any) -> None:
        self.name = name
        self.arguments = arguments


class LogFile:
    """One file: its text as it is on disk, its nodes and its events."""

    def __init__(self, path: Path, raw: bytes, fresh: bool = False) -> None:
        self.path = path
        self.raw = raw
        self.fresh = fresh
        self.faults: list[Fault] = []
        self.events: dict[str, Event] = {}
        self.places: dict[str, Node] = {}
        self.list: Sequence | None = None
        self.root: Mapping | None = None
        self._whole: dict[str, Mapping] = {}
        self._lines: edit.Lines | None = None
        try:
            self.text, self.bom = storage.decode(raw, path)
        except ValueError as error:
            place, _, message = str(error).partition(": ")
            line, column = place.removeprefix(f"{path}:").split(":")
            self.text, self.bom = "", False
            self.faults.append(
                Fault(str(path), int(line), int(column), "encoding", message.removesuffix(" (encoding)"))
            )
            return
        with nodes.without_collecting():
            self._read()

    def _read(self) -> None:
        root, faults = nodes.compose(self.text, str(self.path))
        reader = schema.Reader(str(self.path))
        self.faults.extend(faults)
        if root is None and not faults:
            reader.fault(Node(0, 0, 0, 0), "log", "the file is empty; write events: []")
        self.root = root if isinstance(root, Mapping) else None
        self.list = reader.events_node(root) if root is not None else None
        for node in self.list.items if self.list is not None else ():
            event = reader.event(node)
            if event is None or not isinstance(node, Mapping):
                continue
            if event.id in self.events:
                first = self.places[event.id].line + 1
                reader.fault(node, "duplicate-id", f"the id {event.id!r} stands twice, first in line {first}", event.id)
                continue
            self.events[event.id] = event
            self.places[event.id] = Node(node.line, node.column, node.end_line, node.end_column)
            if self.list is not None and self.list.flow:
                self._whole[event.id] = node
        if self.list is not None:
            # what stands inside an event is read again when it is edited; to keep it for all of them would take most of the memory
            self.list.items = [Node(n.line, n.column, n.end_line, n.end_column) for n in self.list.items]
        self.faults.extend(reader.faults)

    @property
    def lines(self) -> edit.Lines:
        """The lines of the text."""
        if self._lines is None:
            self._lines = edit.Lines(self.text)
        return self._lines

    def node(self, name: str) -> Mapping:
        """Return the node of an event with all that is in it. Raises KeyError."""
        if name not in self._whole:
            place = self.places[name]
            start = self.lines.offset(place.line, 0)
            piece = self.text[start : self.lines.after(place)]
            assert self.list is not None
            # without its dash an item is a mapping that stands where it stood
            column = self.list.column
            found, _ = nodes.compose(f"{piece[:column]} {piece[column + 1 :]}", str(self.path))
            assert isinstance(found, Mapping)
            moved = nodes.moved(found, place.line)
            assert isinstance(moved, Mapping)
            self._whole[name] = moved
        return self._whole[name]


class EventLog(AbstractSequence[Event]):
    """The events of a log, in order of time, and the changes to be written.

    A sequence of :class:`chronicle.Event`. Changes are kept in memory until :meth:`write`; only the lines of the events that they
    touch are rewritten. Not safe for use by several threads at once; several processes may write the same log.
    """

    def __init__(self, path: Path, files: list[LogFile]) -> None:
        self.path = path
        self.files = files
        self._operations: list[_Operation] = []
        self._where: dict[str, LogFile] = {}
        self._events: dict[str, Event] = {}
        for file in files:
            for name, event in file.events.items():
                self._where.setdefault(name, file)
                self._events.setdefault(name, event)
        self._sorted: list[Event] | None = None
        self._taker: Taker | None = None

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

    def __len__(self) -> int:
        return len(self._events)

    def __iter__(self) -> Iterator[Event]:
        return iter(self._ordered())

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> list[Event]: ...
    def __getitem__(self, index: int | slice) -> Event | list[Event]:
        return self._ordered()[index]

    def __repr__(self) -> str:
        return f"<EventLog {self.path}: {len(self)} events>"

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

    def stories(self) -> list[tuple[str, list[str]]]:
        """Return each file's title (or its name without suffix) and the ids of its events."""
        return [
            (
                (schema.Reader.text(file.root.get("title")) if file.root else None) or file.path.stem,
                [name for name in file.events if self._where[name] is file],
            )
            for file in self.files
        ]

    def to_pandas(self) -> pandas.DataFrame:
        """Return the events as a pandas DataFrame: id, when, earliest, latest, precision, status, title, sources and more.

        Earliest and latest are datetimes without a zone (UTC where the When names one), NaT where it is open. Raises ImportError
        where pandas is not installed.
        """
        from chronicle.log.frames import to_pandas

        return to_pandas(self)

    def to_polars(self) -> polars.DataFrame:
        """Return the events as a polars DataFrame, with the columns of :meth:`to_pandas`. Raises ImportError without polars."""
        from chronicle.log.frames import to_polars

        return to_polars(self)

    def _repr_html_(self) -> str:
        from chronicle.notebook import log_html

        return log_html(self)

    def by_id(self, name: str) -> Event:
        """Return an event by its id. Raises KeyError, which names the nearest id."""
        try:
            return self._events[name]
        except KeyError:
            raise UnknownName(f"there is no event {name!r}{did_you_mean(name, self._events)}") from None

    def during(self, when: When | str) -> list[Event]:
        """Return the events whose time has a moment in common with a time (EDTF or When)."""
        wanted = When.parse(when) if isinstance(when, str) else when
        return [e for e in self if e.when is not None and e.when.overlaps(wanted)]

    def where(self, **fields: object) -> list[Event]:
        """Return the events whose fields have the given values; a list field fits where it holds the value."""
        found = []
        for event in self:
            values = [(getattr(event, name), wanted) for name, wanted in fields.items()]
            if all(wanted in value if isinstance(value, list) else value == wanted for value, wanted in values):
                found.append(event)
        return found

    # --- changes

    def unused_id(self, event: Event) -> str:
        """Return an id for an event that no other event of the log has."""
        if event.id and event.id not in self._events:
            return event.id
        base = event.id or slug(event.title)
        number = 2
        while f"{base}-{number}" in self._events:
            number += 1
        return f"{base}-{number}"

    def add(self, event: Event) -> Event:
        """Add an event; where its id is taken it gets another. Returns the event as it was added."""
        event = event.with_id(self.unused_id(event))
        file = self._file_for(event)
        self._operations.append(_Operation("add", event))
        self._events[event.id] = event
        self._where[event.id] = file
        self._sorted = None
        return event

    def _file_for(self, event: Event) -> LogFile:
        if len(self.files) == 1:
            return self.files[0]
        if event.when is not None and not event.when.is_open_start:
            name = f"{event.when.earliest.year:04d}"
            for file in self.files:
                if file.path.stem == name:
                    return file
        raise InvalidValue(f"{self.path}: the log has several files; say which of them the event {event.id!r} goes to")

    def add_source(self, name: str, source: Source) -> None:
        """Add a source to an event. Raises KeyError for an unknown id."""
        self.by_id(name).sources.append(source)
        self._operations.append(_Operation("source", name, source))

    def set(self, name: str, **fields: str | list[str] | None) -> Event:
        """Give fields of an event new values, as they stand in YAML; None takes a field out.

        Raises KeyError for an unknown id and ValueError for a field or value that is none.
        """
        event = self.by_id(name)
        for field in fields:
            if field not in schema.EVENT_FIELDS or field in ("id", "predicate", "sources", "media"):
                raise InvalidValue(f"{field!r} is no field to set{did_you_mean(field, schema.EVENT_FIELDS)}")
        for field, value in fields.items():
            if value is None and field in ("when", "title"):
                raise InvalidValue(f"an event needs its {field}")
            setattr(event, field, _default(field) if value is None else value)
            self._operations.append(_Operation("set", name, field, value))
        self._sorted = None
        return event

    def replace(self, event: Event) -> Event:
        """Put an event in the place of the one with its id; only the fields that differ are written. Raises KeyError."""
        old = self.by_id(event.id)
        kept = event.sources[: len(old.sources)] == old.sources
        if not kept or event.extra != old.extra or event.media != old.media:
            self._events[event.id] = event
            self._operations.append(_Operation("rewrite", event.id, event))
            self._sorted = None
            return event
        for field in schema.EVENT_FIELDS:
            before, after = getattr(old, field), getattr(event, field)
            if field not in ("id", "predicate", "sources", "media") and before != after:
                value = str(after) if isinstance(after, When) else after
                self.set(event.id, **{field: value or None})
        for source in event.sources[len(old.sources) :]:
            self.add_source(event.id, source)
        return old

    def remove(self, name: str) -> None:
        """Take an event out of the log, its lines with it. Raises KeyError; see :meth:`reject` for one that must not come back."""
        self.by_id(name)
        del self._events[name]
        self._operations.append(_Operation("remove", name))
        self._sorted = None

    def merge(self, name: str, other: str) -> Event:
        """Make one event of two: the first gets the sources, tags, people and places of the other, which is taken out.

        Dates that differ are not chosen between: the other's goes into the notes. Raises KeyError, and ValueError for one event twice.
        """
        kept, gone = self.by_id(name), self.by_id(other)
        if kept is gone:
            raise InvalidValue(f"{name!r} cannot be merged with itself")
        for source in gone.sources:
            if source.key not in kept.keys:
                self.add_source(name, source)
        for field in schema.LIST_FIELDS:
            extra = [v for v in getattr(gone, field) if v not in getattr(kept, field) and v != name]
            if extra:
                self.set(name, **{field: [*getattr(kept, field), *extra]})
        if gone.when is not None and gone.when != kept.when:
            told = f"{other}: {gone.when}"
            self.set(name, notes=f"{kept.notes} / {told}" if kept.notes else f"Another date in {told}")
        self.remove(other)
        return kept

    def take(self, what: Article | Iterable[Event], nlp: object = None) -> Report:
        """Take an article, or the events of one, into the log, as ``chronicle extract --log`` does, and return what became of each event.

        An event that the log has is not added again: told by the same sentence it is unchanged, told by another article it gets a source
        more. What a person rejected is not brought back, what a person confirmed or edited is not changed. Where the log expected an
        event, ``related`` and ``outcome`` say so; where it tells the same at another time, the two are a conflict, and ``related``. With an
        article whose text was corrected since, what it said before gives way to what it says now. ``nlp`` is that of
        :func:`chronicle.extract`. Nothing is written before :meth:`write`. Raises LookupError for an article in a language that cannot be
        read, and ValueError in a log of several files for an event that none of them is for.
        """
        from chronicle.log.take import Taker

        article = what if isinstance(what, Article) else None
        if isinstance(what, Article):
            from chronicle.extraction.extract import extract

            what = extract(what) if nlp is None else extract(what, nlp=nlp)
        # the index is kept from one article to the next while nothing else changes the log
        if self._taker is None or self._taker.changes != len(self._operations):
            self._taker = Taker(self)
        report = self._taker.take(what, article)
        self._taker.changes = len(self._operations)
        return report

    def confirm(self, name: str) -> Event:
        """Mark an event as confirmed by a person."""
        return self.set(name, review="confirmed")

    def reject(self, name: str) -> Event:
        """Mark an event as rejected by a person; extraction will not bring it back."""
        return self.set(name, review="rejected")

    # --- writing

    def _changed_texts(self) -> dict[Path, tuple[LogFile, str]]:
        """Return the new text of each file that changes."""
        removed = {o.arguments[0] for o in self._operations if o.name == "remove"}
        rewritten = {o.arguments[0] for o in self._operations if o.name == "rewrite"} - removed
        edits: dict[Path, list[edit.Edit]] = {}
        added: dict[Path, list[Event]] = {}
        sets: dict[tuple[str, str], str | list[str] | None] = {}
        sources: dict[str, list[Source]] = {}
        for operation in self._operations:
            name = operation.arguments[0].id if operation.name == "add" else operation.arguments[0]
            file = self._where[name]
            if operation.name == "add":
                if name in self._events:
                    added.setdefault(file.path, []).append(self._events[name])
            elif name not in file.places or name in rewritten or (name in removed and operation.name != "remove"):
                continue
            elif operation.name == "set":
                sets[name, operation.arguments[1]] = operation.arguments[2]
            elif operation.name == "source":
                sources.setdefault(name, []).append(operation.arguments[1])
        for name, new_sources in sources.items():
            file = self._where[name]
            new = edit.add_sources(file.lines, file.node(name), new_sources)
            edits.setdefault(file.path, []).append(new)
        for (name, field), value in sets.items():
            file = self._where[name]
            changed = (
                edit.unset_field(file.lines, file.node(name), field)
                if value is None
                else edit.set_field(file.lines, file.node(name), field, value)
            )
            if changed is not None:
                edits.setdefault(file.path, []).append(changed)
        for name in sorted(rewritten | removed):
            file = self._where[name]
            if name not in file.places:
                continue
            assert file.list is not None
            new = (
                edit.remove_event(file.lines, file.node(name), file.list)
                if name in removed
                else edit.rewrite_event(file.lines, file.node(name), file.list, self._events[name])
            )
            edits.setdefault(file.path, []).append(new)
        for file in self.files:
            if file.path in added:
                assert file.root is not None
                new = edit.append_events(file.lines, file.root, added[file.path])
                edits.setdefault(file.path, []).append(new)
        return {f.path: (f, edit.apply(f.text, edits[f.path])) for f in self.files if f.path in edits}

    def diff(self) -> str:
        """Return the changes that are not written yet as a unified diff."""
        pieces: list[str] = []
        for path, (file, text) in self._current()._changed_texts().items():
            before = [] if file.fresh else file.text.splitlines(keepends=True)
            name = str(path)
            pieces.extend(difflib.unified_diff(before, text.splitlines(keepends=True), name, name))
        return "".join(pieces)

    def write(self, path: str | Path | None = None) -> list[Path]:
        """Write the changes and return the files that were changed; without changes no file is touched.

        Each file is replaced atomically. Where another process has written in between, the file is read again and the changes are made
        there; events that came in so are seen when the log is read again. With ``path`` the log (of one file) is written to another
        place. Raises LogError where what was written in between has faults.
        """
        if path is not None and Path(path) != self.path:
            return [self._write_elsewhere(Path(path))]
        if not self._operations:
            return []
        written: list[Path] = []
        with storage.locked(self.path if not self.path.is_dir() else self.path / "log"):
            for target, (file, text) in self._current()._changed_texts().items():
                storage.write_atomically(target, storage.encode(text, file.bom))
                written.append(target)
        self._operations.clear()
        return written

    def _current(self) -> EventLog:
        """Return this log where the files are as they were read, else the log as it is on disk now with the changes made there."""
        stale = any(
            (f.path.read_bytes() if f.path.exists() else None) != (None if f.fresh else f.raw) for f in self.files
        )
        return self._replayed() if stale else self

    def _write_elsewhere(self, path: Path) -> Path:
        if len(self.files) != 1:
            raise InvalidValue(f"{self.path}: a folder of logs cannot be written to one file")
        file = self.files[0]
        current = self._current()
        file = current.files[0]
        changed = current._changed_texts()
        text = changed[file.path][1] if changed else file.text
        with storage.locked(path):
            storage.write_atomically(path, storage.encode(text, file.bom))
        return path

    def _replayed(self) -> EventLog:
        """Return the log as it is on disk now, with the changes made there; an event that is gone there stays gone."""
        current = EventLog.read(self.path, create=True)
        for operation in self._operations:
            name = operation.arguments[0]
            if operation.name == "add":
                current.add(self._events.get(name.id, name))
            elif name not in current._events:
                continue
            elif operation.name == "set":
                current.set(name, **{operation.arguments[1]: operation.arguments[2]})
            elif operation.name == "source":
                current.add_source(name, operation.arguments[1])
            elif operation.name == "remove":
                current.remove(name)
            else:
                current.replace(operation.arguments[1])
        return current
