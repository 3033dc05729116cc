"""Putting a log in order: whole stretches of lines change places, and inside them nothing changes unless it is asked for."""

from __future__ import annotations

from chronicle.event import sort_events
from chronicle.log.edit import Lines
from chronicle.log.eventlog import LogFile
from chronicle.log.text import event_lines


def arranged(file: LogFile, normalise: bool = False) -> str:
    """Return the text of a log with its events in order of time, each with the comments and blank lines above it.

    With ``normalise`` the events that have no comment inside are written anew in chronicle's way. A list on one line stays as it is.
    """
    if file.list is None or file.list.flow or len(file.events) != len(file.list.items):
        return file.text
    lines = Lines(file.text)
    pieces: dict[str, str] = {}
    assert file.root is not None
    key = next(k for k, _ in file.root.items if k.value == "events")
    start = lines.offset(key.end_line + 1, 0)
    first = start
    for name, node in file.places.items():
        end = lines.after(node)
        body_start = lines.offset(node.line, 0)
        above, body = file.text[start:body_start], file.text[body_start:end]
        if normalise and "#" not in body:
            body = lines.joined(event_lines(file.events[name], " " * file.list.column), body_start).lstrip("\r\n")
        pieces[name] = above + body
        start = end
    ordered = [pieces[event.id] for event in sort_events(list(file.events.values()))]
    if ordered and any(not piece.endswith(("\n", "\r")) for piece in ordered[:-1]):
        ordered = [p if p.endswith(("\n", "\r")) else p + lines.newline for p in ordered]
    return file.text[:first] + "".join(ordered) + file.text[start:]
