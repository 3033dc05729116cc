"""LogFile: one YAML file of events, its text, its nodes and its events, and how the text changes with them."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from collections.abc import Mapping as AbstractMapping
from pathlib import Path

from chronicle.errors import ChronicleError
from chronicle.event import Event
from chronicle.log import edit, nodes, schema, storage
from chronicle.log.edit import Care, Edit
from chronicle.log.faults import Fault
from chronicle.log.nodes import Mapping, Node, Sequence
from chronicle.log.reread import reread
from chronicle.log.text import event_lines

_CONTEXT = 3


class LogError(ChronicleError, ValueError):
    """A log that cannot be used. ``faults`` holds everything that is wrong; the message lists it, a line each.

    >>> from pathlib import Path
    >>> from chronicle import EventLog
    >>> _ = Path("log.yaml").write_text("events:\\n- id: a\\n  when: 2021-07\\n")
    >>> try:
    ...     EventLog.read("log.yaml")
    ... except LogError as error:
    ...     print(error.faults[0].line, error.faults[0].code)
    2 missing
    """

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(f) for f in faults))

    def __reduce__(self) -> tuple[type[LogError], tuple[list[Fault]]]:
        return type(self), (self.faults,)


class LogFile:
    """One file as it is on disk. Its events are never changed; what changes them makes another LogFile, by :meth:`edited`."""

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
        self.text, self.bom = "", False
        try:
            self.text, self.bom = storage.decode(raw)
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
            self.faults.append(Fault(str(path), line, column, "encoding", "not UTF-8; save the file as UTF-8"))
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
            piece = self.text[start : self.lines.offset(place.end_line + (1 if place.end_column else 0), 0)]
            assert self.list is not None
            # without its dash an item is a mapping that stands where it stood
            column = self.list.column
            found, _ = nodes.compose(f"{piece[:column]} {piece[column + 1 :]}", str(self.path))
            assert isinstance(found, Mapping)
            moved = nodes.moved(found, place.line)
            assert isinstance(moved, Mapping)
            self._whole[name] = moved
        return self._whole[name]

    # --- changing the text

    def edited(self, changed: AbstractMapping[str, Event | None], added: list[Event]) -> LogFile:
        """Return the file with events changed, taken out (None) and added, read back.

        The new text holds exactly the events that are meant, and every byte outside of theirs as it was. Raises LogError, which says what
        cannot be edited and where, where no way of writing it does.
        """
        wanted = {name: changed.get(name, event) for name, event in self.events.items()}
        meant = {event.id: event for event in (*(e for e in wanted.values() if e is not None), *added)}
        care = dict.fromkeys(changed, Care.LINES)
        bad: list[str] = []
        for _ in Care:
            try:
                edits = self._edits(changed, added, care)
                quick = self._reread(changed, added, edits)
                if quick is not None:
                    return quick
                made = LogFile(self.path, storage.encode(edit.apply(self.text, edits), self.bom))
            except (ValueError, IndexError, StopIteration, UnicodeEncodeError):
                # which of them it is shows when each is tried by itself
                bad = [name for name in care if self._trouble({name: changed[name]}, [], care)] or list(care)
            else:
                if not made.faults and made.events == meant:
                    return made
                bad = [name for name in care if made.events.get(name) != changed[name]] or list(care)
            if all(care[name] is Care.ANEW for name in bad):
                break
            for name in bad:
                care[name] = Care(min(care[name] + 1, Care.ANEW))
        raise LogError(self._refusals(changed, added, bad))

    def _reread(self, changed: AbstractMapping[str, Event | None], added: list[Event], edits: list[Edit]) -> LogFile | None:
        """Return the file as it will be where only the events that change need to be read for that; None where all must be."""
        if added or self.faults:
            return None
        found = reread(self.path, self.lines, self.root, self.list, self.events, self.places, changed, edits)
        if found is None:
            return None
        made = LogFile.__new__(LogFile)
        made.path, made.raw, made.fresh, made.faults = self.path, storage.encode(found.text, self.bom), False, []
        made.text, made.bom, made.events, made.places = found.text, self.bom, found.events, found.places
        made.list, made.root, made._whole, made._lines = found.list, found.root, {}, None
        return made

    def _trouble(self, changed: AbstractMapping[str, Event | None], added: list[Event], care: AbstractMapping[str, Care]) -> bool:
        try:
            made = LogFile(self.path, storage.encode(edit.apply(self.text, self._edits(changed, added, care)), self.bom))
        except (ValueError, IndexError, StopIteration, UnicodeEncodeError):
            return True
        return bool(made.faults) or any(made.events.get(name) != event for name, event in changed.items())

    def _refusals(self, changed: AbstractMapping[str, Event | None], added: list[Event], bad: list[str]) -> list[Fault]:
        remedy = "nothing was written; write it as - id: on lines of its own (chronicle format --normalise), or change it by hand"
        found = []
        for name in bad:
            node = self.places[name]
            found.append(
                Fault(str(self.path), node.line + 1, node.column + 1, "edit", f"this event stands in a way that cannot be edited: {remedy}", name)
            )  # fmt: skip
        if not found:
            line = self.list.line + 1 if self.list is not None else 1
            reasons = [(e.id, why) for e in added if (why := unwritable(e)) is not None]
            for name, why in reasons:
                found.append(Fault(str(self.path), line, 1, "edit", f"the event cannot be added: {why}", name))
            if not reasons:
                names = ", ".join(e.id for e in added[:3])
                found.append(Fault(str(self.path), line, 1, "edit", f"to this list nothing can be added ({names}): {remedy}"))
        return found

    def _edits(self, changed: AbstractMapping[str, Event | None], added: list[Event], care: AbstractMapping[str, Care]) -> list[Edit]:
        edits: list[Edit] = []
        gone: list[Mapping] = []
        for name, event in changed.items():
            assert self.list is not None
            if event is None:
                gone.append(self.node(name))
            else:
                edits += edit.change_event(self.lines, self.node(name), self.list, self.events[name], event, care[name])
        left = len(self.events) > len(gone)
        if gone:
            assert self.root is not None
            assert self.list is not None
            edits += edit.remove_events(self.lines, self.root, self.list, gone, empty=not left and not added)
        if added:
            if self.root is None:
                raise ValueError("there is no list to add to")
            edits += edit.append_events(self.lines, self.root, added, left)
        if self.lines.open_ended and self.events:
            last = next(reversed(self.events))
            if changed.get(last, self.events[last]) is not None:
                edits += edit.closing_block(self.lines, self.node(last), edits)
        return edits


def as_written(event: Event) -> Event:
    """Give an event the values that come back from a log, and return it: numbers of own fields are texts there, half a span is none."""
    if event.extra:
        object.__setattr__(event, "extra", {str(name): _as_text(value) for name, value in event.extra.items()})
    for source in event.sources:
        if (source.start is None) != (source.end is None):
            source.start = source.end = None
    return event


def _as_text(value: object) -> object:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {str(name): _as_text(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_as_text(inner) for inner in value]
    return json.dumps(value)


def unwritable(event: Event) -> str | None:
    """Return why an event cannot stand in a log: what reading it back says; None where it can."""
    try:
        body = "\n".join(event_lines(event, ""))
        made = LogFile(Path("log"), f"events:\n{body}\n".encode())
    except (ValueError, TypeError) as error:  # of values that are no text, or that JSON does not hold
        return str(error)
    if made.faults:
        return made.faults[0].message
    return None if list(made.events.values()) == [as_written(event.copy())] else "it would not read back as it is"


def unified_diff(path: Path, before: str, after: str) -> Iterator[str]:
    """Yield the lines of a unified diff of two texts whose lines are mostly the same, at a cost that grows with their length."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    yield f"--- {path}\n"
    yield f"+++ {path}\n"
    for a, a_end, b, b_end in _hunks(old, new):
        yield f"@@ -{_range(a, a_end)} +{_range(b, b_end)} @@\n"
        matcher = difflib.SequenceMatcher(None, old[a:a_end], new[b:b_end], autojunk=False)
        for tag, i, i_end, j, j_end in matcher.get_opcodes():
            if tag == "equal":
                yield from (" " + line for line in old[a + i : a + i_end])
            else:
                yield from ("-" + line for line in old[a + i : a + i_end])
                yield from ("+" + line for line in new[b + j : b + j_end])


def _range(start: int, end: int) -> str:
    return f"{start + 1 if end > start else start},{end - start}"


def _hunks(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield stretches of lines that differ, with a few lines around; those that do not are found by walking both texts side by side."""
    runs = list(_differences(old, new))
    at = 0
    while at < len(runs):
        a, a_end, b, b_end = runs[at]
        at += 1
        while at < len(runs) and runs[at][0] - a_end <= 2 * _CONTEXT and runs[at][1] - a < 200:
            a_end, b_end = runs[at][1], runs[at][3]
            at += 1
        before = min(_CONTEXT, a - (runs[at - 2][1] if at > 1 and len(runs) > 1 and runs[at - 2][1] <= a else 0))
        following = runs[at][0] if at < len(runs) else len(old)
        after = min(_CONTEXT, max(0, following - a_end))
        yield a - before, a_end + after, b - before, b_end + after


def _differences(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield stretches that differ: after each the two texts go on alike for at least two lines."""
    i = j = 0
    while i < len(old) or j < len(new):
        if i < len(old) and j < len(new) and old[i] == new[j]:
            i, j = i + 1, j + 1
            continue
        step = _resume(old, new, i, j)
        yield i, step[0], j, step[1]
        i, j = step


def _resume(old: list[str], new: list[str], i: int, j: int) -> tuple[int, int]:
    """Return where two texts go on alike after a difference, the nearest such place: found by looking ever further ahead."""
    reach = 16
    while True:
        window = {}
        for at in range(min(len(new), j + reach) - 1, j - 1, -1):
            window[tuple(new[at : at + 2])] = at
        best: tuple[int, int] | None = None
        for at in range(i, min(len(old), i + reach)):
            other = window.get(tuple(old[at : at + 2]))
            if other is not None and (best is None or at + other < sum(best)):
                best = (at, other)
        if best is not None:
            return best
        if i + reach >= len(old) and j + reach >= len(new):
            return len(old), len(new)
        reach *= 2
