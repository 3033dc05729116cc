"""Edits in place: each names a stretch of the text and what is to stand there; all the rest stays byte for byte."""

from __future__ import annotations

import re
from typing import NamedTuple

from chronicle.event import Event, Source
from chronicle.log.nodes import Mapping, Node, Scalar, Sequence
from chronicle.log.schema import EVENT_FIELDS
from chronicle.log.text import event_lines, scalar, source_lines

# what YAML takes for the end of a line, which is more than Python's text files do
_LINE = re.compile(r"[^\r\n\x85\u2028\u2029]*(?:\r\n|[\r\n\x85\u2028\u2029]|$)")


class Edit(NamedTuple):
    """Put ``text`` in place of the characters from ``start`` to ``end``."""

    start: int
    end: int
    text: str


class Lines:
    """The lines of a text, for turning places into offsets."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] = []
        at = 0
        while at <= len(text):
            found = _LINE.match(text, at)
            assert found is not None
            self.starts.append(at)
            if found.end() == at or (
                found.end() == len(text) and text[-1:] not in ("\n", "\r", "\x85", "\u2028", "\u2029")
            ):
                break
            at = found.end()
        self.newline = "\r\n" if "\r\n" in text else "\n"

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place; past the last line it is the text's end."""
        return min(self.starts[line] + column, len(self.text)) if line < len(self.starts) else len(self.text)

    def after(self, node: Node) -> int:
        """Return the offset of the first line below a node."""
        return self.offset(node.end_line + (1 if node.end_column else 0), 0)

    def joined(self, lines: list[str], at: int) -> str:
        """Join new lines as they must stand when inserted at an offset that begins a line."""
        text = "".join(line + self.newline for line in lines)
        if at and at == len(self.text) and self.text[-1] not in "\r\n":
            return self.newline + text
        return text


def apply(text: str, edits: list[Edit]) -> str:
    """Return the text with all edits made. Raises ValueError where two touch the same characters."""
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start < at:
            raise ValueError("two edits touch the same text")
        pieces.extend((text[at : edit.start], edit.text))
        at = edit.end
    return "".join((*pieces, text[at:]))


def set_field(lines: Lines, node: Mapping, name: str, value: str | list[str]) -> Edit:
    """Return the edit that gives an event's field a value."""
    if isinstance(value, str):
        written = scalar(value, flow=node.flow)
    else:
        written = f"[{', '.join(scalar(v, flow=True) for v in value)}]"
    for key, old in node.items:
        if key.value == name:
            return _replace_value(lines, key, old, written)
    if node.flow:
        last = node.items[-1][1] if node.items else None
        at = lines.offset(last.end_line, last.end_column) if last else lines.offset(node.line, node.column + 1)
        return Edit(at, at, f"{', ' if last else ''}{name}: {written}")
    known = EVENT_FIELDS.index(name) if name in EVENT_FIELDS else len(EVENT_FIELDS)
    place = node.items[0][1]
    for key, old in node.items:
        if key.value in EVENT_FIELDS and EVENT_FIELDS.index(key.value) < known:
            place = old
    at = lines.after(place)
    return Edit(at, at, lines.joined([f"{' ' * node.column}{name}: {written}"], at))


def _replace_value(lines: Lines, key: Scalar, old: Node, written: str) -> Edit:
    start = lines.offset(key.end_line, key.end_column)
    colon = lines.text.index(":", start) + 1
    if isinstance(old, Scalar) and not old.value and not old.style:
        return Edit(colon, colon, f" {written}")
    block = isinstance(old, (Sequence, Mapping)) and not old.flow
    begin = (
        colon if block or (isinstance(old, Scalar) and old.style in ("|", ">")) else lines.offset(old.line, old.column)
    )
    if isinstance(old, Scalar) and old.style in ("|", ">"):
        return Edit(
            begin, lines.offset(old.end_line, 0 if not old.end_column else old.end_column), f" {written}{lines.newline}"
        )
    end = lines.offset(old.end_line, old.end_column)
    return Edit(begin, end, f" {written}" if block else written)


def add_sources(lines: Lines, node: Mapping, sources: list[Source]) -> Edit:
    """Return the edit that adds sources to an event."""
    old = node.get("sources")
    in_flow = ", ".join(_flow_source(s) for s in sources)
    if isinstance(old, Sequence) and old.flow:
        at = lines.offset(old.end_line, old.end_column) - 1
        return Edit(at, at, (", " if old.items else "") + in_flow)
    if node.flow:
        last = node.items[-1][1]
        at = lines.offset(last.end_line, last.end_column)
        return Edit(at, at, f", sources: [{in_flow}]")
    column = old.column if isinstance(old, Sequence) and old.items else node.column
    written = [line for source in sources for line in source_lines(source, " " * column)]
    if old is None:
        written.insert(0, f"{' ' * column}sources:")
    at = lines.after(node if old is None else old)
    return Edit(at, at, lines.joined(written, at))


def _flow_source(source: Source) -> str:
    pairs = [line.lstrip("- ").strip() for line in source_lines(source, "")]
    return "{" + ", ".join(f"{k}: {_flow_value(v)}" for k, _, v in (p.partition(": ") for p in pairs)) + "}"


def _flow_value(written: str) -> str:
    return written if written.startswith('"') else scalar(written, flow=True)


def append_events(lines: Lines, root: Mapping, events: list[Event]) -> Edit:
    """Return the edit that adds events at the end of a log's list of events."""
    key, node = next((k, v) for k, v in root.items if k.value == "events")
    if isinstance(node, Sequence) and node.flow and node.items:
        at = lines.offset(node.end_line, node.end_column) - 1
        return Edit(at, at, "".join(f", {_flow_event(e)}" for e in events))
    if isinstance(node, Sequence) and node.items:
        indent = " " * node.column
        at = _list_end(lines, root, node)
        written = lines.joined([line for e in events for line in event_lines(e, indent)], at)
        return Edit(at, at, written)
    colon = lines.text.index(":", lines.offset(key.end_line, key.end_column)) + 1
    end = lines.offset(node.end_line, node.end_column)
    body = lines.newline.join(line for e in events for line in event_lines(e, ""))
    return Edit(colon, max(colon, end), lines.newline + body)


def _list_end(lines: Lines, root: Mapping, node: Sequence) -> int:
    """Return where a list of events ends: before the next field of the log, or at the text's end with its last comments."""
    below = [k for k, v in root.items if k.line > node.line]
    if below:
        return lines.after(node)
    return len(lines.text)


def _flow_event(event: Event) -> str:
    pairs = []
    for line in event_lines(Event(event.id, event.when, event.title, event.status, event.review), ""):
        name, _, value = line.lstrip("- ").strip().partition(": ")
        pairs.append(f"{name}: {_flow_value(value)}")
    if event.sources:
        pairs.append(f"sources: [{', '.join(_flow_source(s) for s in event.sources)}]")
    return "{" + ", ".join(pairs) + "}"


def remove_event(lines: Lines, node: Mapping, parent: Sequence) -> Edit:
    """Return the edit that takes an event out of a block list. Raises ValueError for one in a flow list."""
    if parent.flow:
        raise ValueError("an event in a list on one line is taken out by hand")
    return Edit(lines.offset(node.line, 0), lines.after(node), "")


def unset_field(lines: Lines, node: Mapping, name: str) -> Edit | None:
    """Return the edit that takes a field out of an event, or None where it is not there."""
    for index, (key, old) in enumerate(node.items):
        if key.value != name:
            continue
        if not node.flow:
            if index == 0:
                # the first field shares its line with the dash: the next one moves up to it
                after = node.items[1][0]
                return Edit(lines.offset(key.line, key.column), lines.offset(after.line, after.column), "")
            return Edit(lines.offset(key.line, 0), max(lines.after(old), lines.offset(key.line + 1, 0)), "")
        end = lines.offset(old.end_line, old.end_column)
        if index:
            before = node.items[index - 1][1]
            return Edit(lines.offset(before.end_line, before.end_column), end, "")
        following = node.items[1][0]
        return Edit(lines.offset(key.line, key.column), lines.offset(following.line, following.column), "")
    return None


def rewrite_event(lines: Lines, node: Mapping, parent: Sequence, event: Event) -> Edit:
    """Return the edit that writes an event anew in its place."""
    if parent.flow or node.flow:
        start, end = lines.offset(node.line, node.column), lines.offset(node.end_line, node.end_column)
        return Edit(start, end, _flow_event(event))
    start = lines.offset(node.line, 0)
    return Edit(start, lines.after(node), lines.joined(event_lines(event, " " * parent.column), start))
