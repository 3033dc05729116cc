"""Putting a log in order: whole stretches of lines change places, and inside them nothing changes unless it is asked for."""

from __future__ import annotations

from chronicle.event import sort_events
from chronicle.log import nodes, storage
from chronicle.log.edit import span
from chronicle.log.faults import Fault
from chronicle.log.logfile import LogError, LogFile
from chronicle.log.nodes import Mapping, Sequence
from chronicle.log.schema import plain
from chronicle.log.text import event_lines


def arranged(file: LogFile, normalise: bool = False) -> str:
    """Return the text of a log with its events in order of time, each with the comments and blank lines above it.

    With ``normalise`` the events that have no comment inside are written anew in chronicle's way, where that keeps all that stands in them.
    A list on one line stays as it is. Raises LogError where the lines of the events cannot change places.
    """
    if file.list is None or file.list.flow or not file.events or len(file.events) != len(file.list.items):
        return file.text
    lines = file.lines
    pieces: dict[str, str] = {}
    assert file.root is not None
    key = next(k for k, _ in file.root.items if k.value == "events")
    start = first = lines.offset(key.end_line + 1, 0)
    for name in file.places:
        body_start, end = span(lines, file.node(name), file.list)
        above, body = file.text[start:body_start], file.text[body_start:end]
        if normalise and "#" not in body:
            body = _anew(file, name, body)
        pieces[name] = above + body
        start = end
    ordered = [pieces[event.id] for event in sort_events(list(file.events.values()))]
    if ordered and any(not piece.endswith(("\n", "\r")) for piece in ordered[:-1]):
        ordered = [p if p.endswith(("\n", "\r")) else p + lines.newline for p in ordered]
    text = file.text[:first] + "".join(ordered) + file.text[start:]
    made = LogFile(file.path, storage.encode(text, file.bom))
    if made.faults or made.events != file.events:
        place = next(iter(file.places.values()))
        remedy = "the lines of these events cannot change places; nothing was written, put them in order by hand"
        raise LogError([Fault(str(file.path), place.line + 1, place.column + 1, "edit", remedy)])
    return text


def _anew(file: LogFile, name: str, body: str) -> str:
    """Return the lines of an event in chronicle's way, or as they are where that would leave something out."""
    assert file.list is not None
    newline = file.lines.newline
    written = newline.join(event_lines(file.events[name], " " * file.list.column))
    if body.endswith(("\n", "\r")):
        written += newline
    root, faults = nodes.compose("events:\n" + written, str(file.path))
    items = root.items[0][1] if isinstance(root, Mapping) and not faults else None
    if isinstance(items, Sequence) and len(items.items) == 1 and _kept(plain(file.node(name)), plain(items.items[0])):
        return written
    return body


def _kept(old: object, new: object) -> bool:
    """Tell whether all that stood in an event stands in it still: with a value, that is, and whatever its default adds."""
    if isinstance(old, dict) and isinstance(new, dict):
        return all(_kept(value, new.get(name)) for name, value in old.items() if value not in ("", [], {}))
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(_kept(a, b) for a, b in zip(old, new, strict=True))
    return old == new
