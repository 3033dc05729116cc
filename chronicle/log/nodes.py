"""YAML text to nodes that know their place, with every scalar as text.

PyYAML's parser (libyaml where it is there) finds the structure; what it would guess of types is not asked for. Anchors,
aliases, tags and merge keys are refused: a log is plain data, and an alias that is shared cannot be edited in one place.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator
from typing import Any, Final

import yaml
from attrs import define

from chronicle.log.faults import Fault

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST: Final = 12


@define
class Node:
    """A place in a text: lines and columns count from 0, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@define
class Scalar(Node):
    """A scalar as text. ``style`` is the quotation mark or | or > or nothing."""

    value: str = ""
    style: str = ""


@define
class Mapping(Node):
    """Keys and values in the order of the text."""

    items: list[tuple[Scalar, Node]]
    flow: bool = False

    def get(self, name: str) -> Node | None:
        """Return the value of a key."""
        for key, value in self.items:
            if key.value == name:
                return value
        return None


@define
class Sequence(Node):
    """Items in the order of the text."""

    items: list[Node]
    flow: bool = False


@contextlib.contextmanager
def without_collecting() -> Iterator[None]:
    """Hold off garbage collection: a large log is a great many small objects, none of them garbage, and going through them again and
    again more than doubles the time that reading takes."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def moved(node: Node, lines: int) -> Node:
    """Move a node and all in it down by some lines; returns it."""
    node.line += lines
    node.end_line += lines
    if isinstance(node, Sequence):
        for item in node.items:
            moved(item, lines)
    elif isinstance(node, Mapping):
        for key, value in node.items:
            moved(key, lines)
            moved(value, lines)
    return node


class _Refused(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def compose(text: str, path: str) -> tuple[Node | None, list[Fault]]:
    """Return the root node of a YAML text and what is wrong with it. Without a root the text is not YAML or empty."""
    faults: list[Fault] = []
    try:
        root = _Composer(text, path, faults).document()
    except _Refused as refused:
        return None, [*faults, refused.fault]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error).splitlines()[0]
        context = getattr(error, "context", None)
        hint = _hint(text, line, str(problem))
        detail = f"{context}, {problem}" if context else problem
        return None, [Fault(path, line, column, "yaml", f"not YAML: {detail}{hint}")]
    except (ValueError, RecursionError) as error:
        return None, [Fault(path, 1, 1, "yaml", f"not YAML: {error}")]
    return root, faults


def _hint(text: str, line: int, problem: str) -> str:
    lines = text.splitlines()
    row = lines[line - 1] if 0 < line <= len(lines) else ""
    if "\t" in row[: len(row) - len(row.lstrip())] or "'\\t'" in problem:
        return "; indent with spaces, not with tabs"
    if "mapping values are not allowed" in problem or "could not find expected ':'" in problem:
        return "; put a text that holds a colon in quotation marks"
    if "%" in row or "@" in row or "`" in row:
        return "; put a text that begins with a special sign in quotation marks"
    return ""


class _Composer:
    def __init__(self, text: str, path: str, faults: list[Fault]) -> None:
        self._path = path
        self._faults = faults
        self._events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)

    def document(self) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._refuse(event, "documents", "a log is one YAML document; a second begins here")
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, 0)
        return root

    def _refuse(self, event: Any, code: str, message: str) -> _Refused:
        mark: Any = event.start_mark
        return _Refused(Fault(self._path, mark.line + 1, mark.column + 1, code, message))

    def _node(self, event: Any, depth: int) -> Node:
        if type(event) is yaml.ScalarEvent and event.anchor is None and event.tag is None:
            return self._scalar(event)
        self._refuse_what_is_no_plain_data(event, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, depth)
        return self._scalar(event)

    @staticmethod
    def _scalar(event: Any) -> Scalar:
        start, end = event.start_mark, event.end_mark
        return Scalar(start.line, start.column, end.line, end.column, event.value, event.style or "")

    def _refuse_what_is_no_plain_data(self, event: Any, depth: int) -> None:
        if isinstance(event, yaml.AliasEvent):
            raise self._refuse(
                event, "alias", f"an alias (*{event.anchor}) has no place in a log; write the value itself"
            )
        if event.anchor is not None:
            raise self._refuse(
                event, "anchor", f"an anchor (&{event.anchor}) has no place in a log; write the value itself"
            )
        if event.tag is not None and event.tag != "!":
            raise self._refuse(event, "tag", f"a tag ({event.tag}) has no place in a log; every value is text")
        if depth > _DEEPEST:
            raise self._refuse(event, "depth", f"nested more than {_DEEPEST} deep; a log is flat")

    def _sequence(self, event: Any, depth: int) -> Sequence:
        items: list[Node] = []
        start: Any = event.start_mark
        while True:
            item = next(self._events)
            if isinstance(item, yaml.SequenceEndEvent):
                break
            items.append(self._node(item, depth + 1))
        end: Any = item.end_mark
        stop = items[-1] if items and not event.flow_style else None
        line, column = (end.line, end.column) if stop is None else (stop.end_line, stop.end_column)
        return Sequence(start.line, start.column, line, column, items, bool(event.flow_style))

    def _mapping(self, event: Any, depth: int) -> Mapping:
        items: list[tuple[Scalar, Node]] = []
        seen: dict[str, int] = {}
        start: Any = event.start_mark
        while True:
            key_event = next(self._events)
            if isinstance(key_event, yaml.MappingEndEvent):
                break
            key = self._node(key_event, depth + 1)
            value = self._node(next(self._events), depth + 1)
            if not isinstance(key, Scalar):
                raise self._refuse(key_event, "key", "a field's name is a word, not a list or mapping")
            if key.value == "<<" and not key.style:
                raise self._refuse(
                    key_event, "merge", "a merge key (<<) has no place in a log; write the fields themselves"
                )
            if key.value in seen:
                message = f"{key.value!r} stands twice, first in line {seen[key.value]}; keep one"
                self._faults.append(Fault(self._path, key.line + 1, key.column + 1, "duplicate-key", message))
                continue
            seen[key.value] = key.line + 1
            items.append((key, value))
        end: Any = key_event.end_mark
        last = (end.line, end.column)
        if not event.flow_style and items:
            last = (items[-1][1].end_line, items[-1][1].end_column)
        return Mapping(start.line, start.column, *last, items, bool(event.flow_style))
