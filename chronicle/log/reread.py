"""Reading back an edit without reading the whole file again: only the events that it touched, each as far as the next one begins.

What an event is read as depends on its own lines alone: the next event begins with a dash at the list's column, which ends whatever was open
before it (YAML 1.2.2, 8.2.1), anchors and aliases are refused, and a second document cannot begin. Where one of these is not sure, nothing is
returned, and the file is read whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as AbstractMapping
from pathlib import Path
from typing import Final, NamedTuple

from chronicle.event import Event
from chronicle.log import edit, nodes, schema
from chronicle.log.edit import Edit, Lines
from chronicle.log.nodes import Mapping, Node, Sequence

_MOST: Final = 200  # events: past that the whole file is read as fast
_DOCUMENT: Final = re.compile(r"^(?:---|\.\.\.|%|\ufeff)", re.MULTILINE)


class Reread(NamedTuple):
    """What a file becomes by an edit."""

    text: str
    events: dict[str, Event]
    places: dict[str, Node]
    list: Sequence
    root: Mapping


def reread(
    path: Path, lines: Lines, root: Mapping | None, known: Sequence | None, events: AbstractMapping[str, Event],
    places: AbstractMapping[str, Node], changed: AbstractMapping[str, Event | None], edits: list[Edit],
) -> Reread | None:
    """Return what a file becomes by edits of events; None where it is not sure that each reads as was meant, and no other is touched."""
    if root is None or known is None or known.flow or root.flow or len(known.items) != len(places) or not 0 < len(changed) <= _MOST:
        return None
    if not root.items or root.items[-1][1] is not known or any(event is None for event in changed.values()):
        return None
    names = list(places)
    starts = [lines.offset(places[name].line, 0) for name in names]
    starts.append(len(lines.text))
    numbers = {name: number for number, name in enumerate(names) if name in changed}
    left = list(edits)
    new_events, new_places = dict(events), dict(places)
    pieces: list[str] = []
    at = moved = 0
    first = min(numbers.values())
    items: list[Node] = list(known.items[:first])
    for number in range(first, len(names)):
        name = names[number]
        if name not in numbers and not moved:
            items.append(known.items[number])
            continue
        old = places[name]
        if name not in numbers:
            place = Node(old.line + moved, old.column, old.end_line + moved, old.end_column)
            new_places[name] = place
            items.append(Node(place.line, place.column, place.end_line, place.end_column))
            continue
        start, end = starts[number], starts[number + 1]
        own = [e for e in left if start <= e.start and e.end <= end]
        left = [e for e in left if e not in own]
        piece = edit.apply(lines.text[start:end], [Edit(e.start - start, e.end - start, e.text) for e in own])
        read = _event(path, piece, known.column)
        event = changed[name]
        if read is None or event is None or read[0] != event or (number + 1 < len(names) and not _breaks(piece[-1:])):
            return None
        node = read[1]
        line = old.line + moved
        place = Node(node.line + line, node.column, node.end_line + line, node.end_column)
        new_events[name], new_places[name] = read[0], place
        items.append(Node(place.line, place.column, place.end_line, place.end_column))
        pieces += [lines.text[at:start], piece]
        at = end
        moved += _breaks(piece) - _breaks(lines.text[start:end])
    if left:
        return None
    last = items[-1]
    sequence = Sequence(known.line, known.column, last.end_line, last.end_column, items)
    whole = Mapping(root.line, root.column, last.end_line, last.end_column, [*root.items[:-1], (root.items[-1][0], sequence)])
    return Reread("".join([*pieces, lines.text[at:]]), new_events, new_places, sequence, whole)


def _event(path: Path, piece: str, column: int) -> tuple[Event, Mapping] | None:
    """Return what the lines of one event are read as, and where it stands in them; None for anything else."""
    if piece[:column].strip(" ") or piece[column : column + 2] != "- " or _DOCUMENT.search(piece, 1):
        return None
    found, faults = nodes.compose(f"{piece[:column]} {piece[column + 1 :]}", str(path))
    if faults or not isinstance(found, Mapping) or found.flow or found.line != 0:
        return None
    reader = schema.Reader(str(path))
    event = reader.event(found)
    return (event, found) if event is not None and not reader.faults else None


def _breaks(text: str) -> int:
    """Return how many lines end in a text, as YAML takes lines."""
    return text.count("\n") + text.count("\r") - text.count("\r\n") + text.count("\x85") + text.count("\u2028") + text.count("\u2029")
