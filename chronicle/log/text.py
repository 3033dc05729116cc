"""Events to YAML text, as a person would write it."""

from __future__ import annotations

import json
import re

from chronicle.characters import escaped
from chronicle.event import Event, Media, Predicate, Source
from chronicle.log.schema import EVENT_FIELDS, MEDIA_FIELDS, SOURCE_FIELDS, UNRESOLVED

# what may stand without quotation marks: begins with a letter or digit, and holds nothing that YAML reads as a sign
_PLAIN = re.compile(r"(?:[^\W_]|[.(](?=[\w.]))[^\n\r\t\x00-\x1f\x7f\x80-\x9f\u2028-\u202e\u2066-\u206f\ufeff\ud800-\udfff]*")
_PLAIN_IN_FLOW = re.compile(r"[^\W_][\w .()/'’–-]*")
_BREAKS_PLAIN = re.compile(r": |:$| #|\s$|\s{2}")
_ESCAPED = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufeff\ud800-\udfff\ufffe\uffff]")


SCHEMA_FILE = "chronicle-log.schema.json"
# by this line editors with a YAML language server find the schema beside the log
EDITOR_LINE = f"# yaml-language-server: $schema={SCHEMA_FILE}"


def scalar(text: str, flow: bool = False) -> str:
    """Write a text as a YAML scalar on one line: plain where that is safe, else in double quotation marks."""
    if (_PLAIN_IN_FLOW if flow else _PLAIN).fullmatch(text) and not _BREAKS_PLAIN.search(text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda m: f"\\u{ord(m[0]):04x}", quoted)


def event_lines(event: Event, indent: str) -> list[str]:
    """Write an event as an item of a block list whose dash stands at ``indent``."""
    pad = indent + "  "
    lines: list[str] = []
    for name in EVENT_FIELDS:
        if name == "when":
            lines.append(f"{pad}when: {scalar(str(event.when)) if event.when is not None else UNRESOLVED}")
        elif name == "sources":
            if event.sources:
                lines.append(f"{pad}sources:")
                for source in event.sources:
                    lines.extend(source_lines(source, pad))
        elif name == "media":
            if event.media:
                lines.append(f"{pad}media:")
                for medium in event.media:
                    lines.extend(media_lines(medium, pad))
        else:
            value = getattr(event, name)
            if isinstance(value, Predicate):
                value = f"{value.text} {value.start}-{value.end}"
            if isinstance(value, list):
                if value:
                    lines.append(f"{pad}{name}: [{', '.join(scalar(v, flow=True) for v in value)}]")
            elif value is not None:
                lines.append(f"{pad}{name}: {scalar(value)}")
    for name, extra in event.extra.items():
        lines.append(f"{pad}{scalar(name)}: {escaped(json.dumps(extra, ensure_ascii=False))}")
    lines[0] = f"{indent}- {lines[0].lstrip()}"
    return lines


def source_lines(source: Source, indent: str) -> list[str]:
    """Write a source as an item of a block list whose dash stands at ``indent``."""
    lines: list[str] = []
    for name in SOURCE_FIELDS:
        if name == "span":
            if source.start is not None and source.end is not None:
                lines.append(f"{indent}  span: {source.start}-{source.end}")
            continue
        value = getattr(source, name)
        if value is not None:
            lines.append(f"{indent}  {name}: {scalar(value)}")
    lines[0] = f"{indent}- {lines[0].lstrip()}"
    return lines


def media_lines(medium: Media, indent: str) -> list[str]:
    """Write a picture as an item of a block list whose dash stands at ``indent``."""
    told = ((name, getattr(medium, name)) for name in MEDIA_FIELDS)
    lines = [f"{indent}  {name}: {scalar(value)}" for name, value in told if value is not None]
    lines[0] = f"{indent}- {lines[0].lstrip()}"
    return lines


def new_log(title: str | None = None) -> str:
    """Return the text of a log without events."""
    head = f"title: {scalar(title)}\n" if title else ""
    return f"{EDITOR_LINE}\n# Edit it by hand: what you write is kept.\nformat: 1\n{head}events: []\n"
