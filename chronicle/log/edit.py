"""Edits in place: each names a stretch of the text and what is to stand there; all the rest stays byte for byte.

What is written here is not trusted: :class:`chronicle.log.logfile.LogFile` reads the result back before anything reaches the disk.
"""

from __future__ import annotations

import bisect
import itertools
import re
from enum import IntEnum
from typing import Final, NamedTuple

from chronicle.event import EVENT_FIELDS, SOURCE_FIELDS, Event, written_alike
from chronicle.log.nodes import Mapping, Node, Scalar, Sequence
from chronicle.log.schema import plain
from chronicle.log.text import event_lines, extra_line, field_in_flow, field_lines, in_flow, source_lines

_BREAKS: Final = "\r\n\x85\u2028\u2029"
# what YAML takes for the end of a line, which is more than Python's text files do
_LINE = re.compile(r"[^\r\n\x85\u2028\u2029]*(?:\r\n|[\r\n\x85\u2028\u2029]|$)")
# what Python takes for the end of a line, and YAML does not
_BREAKS_OF_PYTHON = re.compile("[\x0b\x0c\x1c-\x1e]")
_HEADER = re.compile(r"[|>][0-9+-]*")
_DOCUMENT_END = re.compile(r"^\.\.\.(?=\s|$)", re.MULTILINE)


class Edit(NamedTuple):
    """Put ``text`` in place of the characters from ``start`` to ``end``."""

    start: int
    end: int
    text: str


class Care(IntEnum):
    """How an event is edited; each way is tried where what the one before made does not read as was meant."""

    LINES = 0  # field by field, blank lines below a text kept
    WHOLE_TEXTS = 1  # field by field, a block of text with all that YAML takes for part of it
    ANEW = 2  # written anew, where no comment is in it


class Lines:
    """The lines of a text, for turning places into offsets."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] = []
        self.newline = "\r\n" if "\r\n" in text else "\n"
        self.open_ended = bool(text) and text[-1] not in _BREAKS
        if text and not _BREAKS_OF_PYTHON.search(text):
            ends = list(itertools.accumulate(map(len, text.splitlines(keepends=True))))
            self.starts = [0, *(ends[:-1] if self.open_ended else ends)]
            return
        at = 0
        while at <= len(text):
            found = _LINE.match(text, at)
            assert found is not None
            self.starts.append(at)
            if found.end() == at or (found.end() == len(text) and text[-1:] not in _BREAKS):
                break
            at = found.end()

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place; past the last line it is the text's end."""
        return min(self.starts[line] + column, len(self.text)) if line < len(self.starts) else len(self.text)

    def start_of(self, node: Node) -> int:
        """Return the offset at which a node begins."""
        return self.offset(node.line, node.column)

    def line_of(self, offset: int) -> int:
        """Return the number of the line in which an offset lies."""
        return bisect.bisect_right(self.starts, offset) - 1

    def end_of_line(self, offset: int) -> int:
        """Return where the line of an offset ends, before its line break."""
        stop = self.offset(self.line_of(offset) + 1, 0)
        while stop > offset and self.text[stop - 1] in _BREAKS:
            stop -= 1
        return stop

    def end_of(self, node: Node, care: Care = Care.LINES) -> int:
        """Return where a node's content ends: of a block of text without the blank lines below it, unless it keeps them."""
        leaf = last_leaf(node)
        end = self.offset(leaf.end_line, leaf.end_column)
        if isinstance(leaf, Scalar) and leaf.style in ("|", ">") and care is Care.LINES:
            start = self.start_of(leaf)
            header = _HEADER.match(self.text, start)
            if header is not None and "+" not in header[0]:
                kept = len(self.text[start:end].rstrip(" \t" + _BREAKS))
                end = max(start + kept, header.end())
        return end

    def below(self, node: Node, care: Care = Care.LINES) -> int:
        """Return the offset of the first line below a node."""
        end = self.end_of(node, care)
        if end > self.start_of(node) and self.text[end - 1 : end] in tuple(_BREAKS):
            return end
        return self.offset(self.line_of(end) + 1, 0)

    def put(self, lines: list[str], at: int) -> str:
        """Return new lines as they must stand when inserted at an offset that begins a line, or ends a text without a line break."""
        if at == len(self.text) and self.open_ended:
            return "".join(self.newline + line for line in lines)
        return "".join(line + self.newline for line in lines)


def last_leaf(node: Node) -> Node:
    """Return the node within a block that stands last."""
    while isinstance(node, (Mapping, Sequence)) and not node.flow and node.items:
        last = node.items[-1]
        node = last if isinstance(last, Node) else last[1]
    return node


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


def change_event(lines: Lines, node: Mapping, parent: Sequence, before: Event, after: Event, care: Care) -> list[Edit]:
    """Return the edits that make one event of another, in the lines of the fields that differ. Raises ValueError where there is no way."""
    if care is Care.ANEW:
        return [_anew(lines, node, parent, after)]
    edits: list[Edit] = []
    for name in EVENT_FIELDS:
        old, new = getattr(before, name), getattr(after, name)
        if written_alike(old, new):
            continue
        grown = isinstance(old, list) and isinstance(new, list) and bool(old) and new[: len(old)] == old
        if name == "sources" and grown and isinstance(node.get("sources"), Sequence):
            edits.append(_add_sources(lines, node, after, len(old)))
        elif not new and name not in ("when", "id", "title"):
            edits.extend(_unset(lines, node, name, care))
        else:
            edits.extend(_set(lines, node, name, before, after, care))
    for name in before.extra.keys() | after.extra.keys():
        if before.extra.get(name) == after.extra.get(name) and (name in before.extra) == (name in after.extra):
            continue
        if name in after.extra:
            edits.extend(_set(lines, node, name, before, after, care))
        else:
            edits.extend(_unset(lines, node, name, care))
    return edits


def _anew(lines: Lines, node: Mapping, parent: Sequence, event: Event) -> Edit:
    start, end = (lines.start_of(node), lines.end_of(node)) if parent.flow or node.flow else span(lines, node, parent)
    if "#" in lines.text[start:end]:
        raise ValueError("a comment may stand in it")
    if parent.flow or node.flow:
        return Edit(start, end, in_flow(event, quoted=_quotes_keys(node)))
    body = lines.newline.join(event_lines(event, " " * parent.column))
    return Edit(start, end, body if end == len(lines.text) and lines.open_ended else body + lines.newline)


def _quotes_keys(node: Mapping) -> bool:
    return bool(node.items) and node.items[0][0].style == '"'


def _field(lines: Lines, node: Mapping, name: str, before: Event, after: Event) -> list[str]:
    """Return the lines of a field, the curator's own fields inside of sources kept."""
    pad = " " * node.column
    if name in after.extra:
        return [extra_line(name, after.extra[name], pad)]
    old = node.get(name)
    if name != "sources" or not isinstance(old, Sequence):
        return field_lines(after, name, pad)
    written = [f"{pad}sources:"]
    for index, source in enumerate(after.sources):
        written += source_lines(source, pad)
        known = index < len(old.items) and index < len(before.sources) and before.sources[index].article == source.article
        item = old.items[index] if known else None
        for key, value in item.items if isinstance(item, Mapping) else ():
            if key.value not in SOURCE_FIELDS:
                written.append(extra_line(key.value, plain(value), pad + "  "))
    return written


def _set(lines: Lines, node: Mapping, name: str, before: Event, after: Event, care: Care) -> list[Edit]:
    """Return the edits that give an event's field the value that it has in ``after``."""
    pair = next(((key, old) for key, old in node.items if key.value == name), None)
    if node.flow:
        written = field_in_flow(after, name, quoted=_quotes_keys(node))
        if pair is not None:
            return _replace(lines, *pair, written.partition(": ")[2], care)
        at = lines.end_of(node.items[-1][1])
        return [Edit(at, at, f", {written}")]
    body = _field(lines, node, name, before, after)
    if pair is not None:
        first = body[0].partition(":")[2]
        return _replace(lines, *pair, lines.newline.join((first.removeprefix(" "), *body[1:])), care)
    known = EVENT_FIELDS.index(name) if name in EVENT_FIELDS else len(EVENT_FIELDS)
    place: Node = node.items[0][1]
    for key, old in node.items:
        if key.value in EVENT_FIELDS and EVENT_FIELDS.index(key.value) < known:
            place = old
    at = max(lines.below(place, care), lines.offset(node.items[0][0].line + 1, 0))
    return [Edit(at, at, lines.put(body, at))]


def _replace(lines: Lines, key: Scalar, old: Node, written: str, care: Care) -> list[Edit]:
    """Return the edits that put a text in the place of a field's value, a comment beside the value kept."""
    colon = lines.text.index(":", lines.offset(key.end_line, key.end_column)) + 1
    space = "" if written.startswith(("\n", "\r")) else " "
    if isinstance(old, Scalar) and not old.value and not old.style:
        return [Edit(colon, colon, space + written)]
    end = lines.end_of(old, care)
    block = isinstance(old, (Sequence, Mapping)) and not old.flow
    text_block = isinstance(old, Scalar) and old.style in ("|", ">")
    if not block and not text_block:
        return [Edit(lines.start_of(old), end, written)]
    if care is not Care.LINES and end and lines.text[end - 1] in _BREAKS:
        written += lines.newline
    stop = lines.end_of_line(colon)
    beside = lines.text[colon:stop].find(" #")
    if beside < 0 or stop >= end:
        return [Edit(colon, end, space + written)]
    return [Edit(colon, colon + beside, space + written), Edit(stop, end, "")]


def _unset(lines: Lines, node: Mapping, name: str, care: Care) -> list[Edit]:
    """Return the edits that take a field out of an event; none where it is not there."""
    for index, (key, old) in enumerate(node.items):
        if key.value != name:
            continue
        end = lines.end_of(old, care)
        if node.flow:
            if index:
                return [Edit(lines.end_of(node.items[index - 1][1]), end, "")]
            return [Edit(lines.start_of(key), lines.start_of(node.items[1][0]), "")]
        if index or lines.text[lines.offset(key.line, 0) : lines.start_of(key)].isspace():
            return [Edit(lines.offset(key.line, 0), max(lines.below(old, care), lines.offset(key.line + 1, 0)), "")]
        # the first field shares its line with the dash: the next one moves up to it, unless comments lie between
        following = lines.start_of(node.items[1][0])
        if "#" in lines.text[end:following]:
            return [Edit(lines.start_of(key), end, "")]
        return [Edit(lines.start_of(key), following, "")]
    return []


def _add_sources(lines: Lines, node: Mapping, event: Event, known: int) -> Edit:
    """Return the edit that adds to an event's list of sources those beyond the first few."""
    old = node.get("sources")
    assert isinstance(old, Sequence)
    if old.flow:
        written = field_in_flow(event, "sources", quoted=_quotes_keys(node), beyond=known)
        at = lines.end_of(old.items[-1]) if old.items else lines.end_of(old) - 1
        return Edit(at, at, (", " if old.items else "") + written.partition(": [")[2][:-1])
    body = [line for source in event.sources[known:] for line in source_lines(source, " " * old.column)]
    at = lines.below(old)
    return Edit(at, at, lines.put(body, at))


# --- the list of events


def span(lines: Lines, node: Node, parent: Sequence) -> tuple[int, int]:
    """Return where the lines of an event in a block list begin and end; its dash may stand lines above it."""
    line = node.line
    while line > parent.line:
        row = lines.text[lines.offset(line, 0) : lines.end_of_line(lines.offset(line, 0))]
        if row[parent.column : parent.column + 1] == "-" and not row[: parent.column].strip():
            break
        line -= 1
    return lines.offset(line, 0), lines.below(node)


def remove_events(lines: Lines, root: Mapping, parent: Sequence, nodes: list[Mapping], empty: bool) -> list[Edit]:
    """Return the edits that take events out of a list; ``empty`` says that none is left."""
    if not parent.flow:
        edits = [Edit(*span(lines, node, parent), "") for node in nodes]
        if empty:
            key = next(k for k, _ in root.items if k.value == "events")
            colon = lines.text.index(":", lines.offset(key.end_line, key.end_column)) + 1
            edits.append(Edit(colon, colon, " []"))
        return edits
    gone = {(n.line, n.column) for n in nodes}
    edits = []
    before: Node | None = None
    for index, item in enumerate(parent.items):
        if (item.line, item.column) not in gone:
            before = item
        elif before is not None:
            edits.append(Edit(lines.end_of(parent.items[index - 1]), lines.end_of(item), ""))
        elif index + 1 < len(parent.items):
            edits.append(Edit(lines.start_of(item), lines.start_of(parent.items[index + 1]), ""))
        else:
            edits.append(Edit(lines.start_of(item), lines.end_of(parent) - 1, ""))
    return edits


def append_events(lines: Lines, root: Mapping, events: list[Event], left: bool) -> list[Edit]:
    """Return the edits that add events at the end of a log's list; ``left`` says that events of the list stay."""
    key, node = next((k, v) for k, v in root.items if k.value == "events")
    if root.flow or (isinstance(node, Sequence) and node.flow and node.items):
        quoted = key.style == '"'
        written = ", ".join(in_flow(e, quoted) for e in events)
        if not isinstance(node, Sequence):
            return _replace(lines, key, node, f"[{written}]", Care.LINES)
        at = lines.end_of(node.items[-1]) if node.items else lines.end_of(node) - 1
        return [Edit(at, at, (", " if node.items and left else "") + written)]
    if isinstance(node, Sequence) and node.items:
        indent = " " * node.column
        at = _list_end(lines, root, node)
        return [Edit(at, at, lines.put([line for e in events for line in event_lines(e, indent)], at))]
    colon = lines.text.index(":", lines.offset(key.end_line, key.end_column)) + 1
    edits = [Edit(colon, lines.end_of(node), "")] if isinstance(node, Sequence) else []
    last = max(colon, lines.end_of(node)) if isinstance(node, Sequence) else colon
    at = lines.offset(lines.line_of(last) + 1, 0)
    indent = " " * key.column
    return [*edits, Edit(at, at, lines.put([line for e in events for line in event_lines(e, indent)], at))]


def _list_end(lines: Lines, root: Mapping, node: Sequence) -> int:
    """Return where a list of events ends: before the next field of the log, or at the text's end with its last comments."""
    end = lines.below(node.items[-1])
    if any(k.line > node.line for k, _ in root.items):
        return end
    closed = _DOCUMENT_END.search(lines.text, end)
    return closed.start() if closed is not None else len(lines.text)


def closing_block(lines: Lines, node: Node, edits: list[Edit]) -> list[Edit]:
    """Return the edit that keeps a block of text, at the end of a file without a line break, from gaining one by what comes below."""
    leaf = last_leaf(node)
    if not (isinstance(leaf, Scalar) and leaf.style in ("|", ">") and lines.open_ended):
        return []
    at = lines.start_of(leaf)
    if lines.offset(leaf.end_line, leaf.end_column) < len(lines.text) or any(e.start <= at < e.end for e in edits):
        return []
    header = _HEADER.match(lines.text, at)
    if header is None or "-" in header[0] or not any(e.start == len(lines.text) and e.text for e in edits):
        return []
    return [Edit(at, header.end(), header[0].replace("+", "") + "-")]
