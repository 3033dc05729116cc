"""Events to YAML text, as a person would write it."""

from __future__ import annotations

import json
import re

from chronicle.characters import escaped
from chronicle.event import EVENT_FIELDS, MEDIA_FIELDS, SOURCE_FIELDS, Event, Media, Predicate, Source
from chronicle.log.schema import UNRESOLVED

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
    lines = [line for name in EVENT_FIELDS for line in field_lines(event, name, pad)]
    lines += [extra_line(name, value, pad) for name, value in event.extra.items()]
    lines[0] = f"{indent}- {lines[0].lstrip()}"
    return lines


def field_lines(event: Event, name: str, pad: str) -> list[str]:
    """Write a field of an event as lines of a block; none where it has no value."""
    value = getattr(event, name)
    if name == "when":
        return [f"{pad}when: {UNRESOLVED if value is None else scalar(str(value))}"]
    if name == "sources" and value:
        return [f"{pad}sources:", *(line for source in value for line in source_lines(source, pad))]
    if name == "media" and value:
        return [f"{pad}media:", *(line for medium in value for line in media_lines(medium, pad))]
    if isinstance(value, Predicate):
        value = f"{value.text} {value.start}-{value.end}"
    if isinstance(value, list):
        return [f"{pad}{name}: [{', '.join(scalar(v, flow=True) for v in value)}]"] if value else []
    return [f"{pad}{name}: {scalar(value)}"] if value is not None else []


def extra_line(name: str, value: object, pad: str) -> str:
    """Write a field of the curator's own."""
    return f"{pad}{scalar(name)}: {escaped(json.dumps(value, ensure_ascii=False))}"


def in_flow(event: Event, quoted: bool = False) -> str:
    """Write an event on one line, as it stands in a list on one line; ``quoted`` writes names as JSON does."""
    fields = [field_in_flow(event, name, quoted) for name in EVENT_FIELDS]
    fields += [field_in_flow(event, name, quoted) for name in event.extra]
    return "{" + ", ".join(f for f in fields if f) + "}"


def field_in_flow(event: Event, name: str, quoted: bool = False, beyond: int = 0) -> str:
    """Write a field of an event on one line; of a list without its first ``beyond`` items. Nothing where it has no value."""
    key = json.dumps(name) if quoted else scalar(name, flow=True)
    if name in event.extra:
        return f"{key}: {escaped(json.dumps(event.extra[name], ensure_ascii=False))}"
    value = getattr(event, name)
    if name == "when" and value is None:
        value = UNRESOLVED
    if value is None or value == []:
        return ""
    if isinstance(value, list):
        items = [_flow_value(v, quoted) if isinstance(v, str) else _flow_record(v, quoted) for v in value[beyond:]]
        return f"{key}: [{', '.join(items)}]"
    if isinstance(value, Predicate):
        value = f"{value.text} {value.start}-{value.end}"
    return f"{key}: {_flow_value(str(value), quoted)}"


def _flow_record(record: Source | Media, quoted: bool) -> str:
    names = SOURCE_FIELDS if isinstance(record, Source) else MEDIA_FIELDS
    pairs = []
    for name in names:
        value = getattr(record, name) if name != "span" else _span(record)
        if value is not None:
            pairs.append(f"{json.dumps(name) if quoted else name}: {_flow_value(value, quoted)}")
    return "{" + ", ".join(pairs) + "}"


def _span(record: Source | Media) -> str | None:
    if not isinstance(record, Source) or record.start is None or record.end is None:
        return None
    return f"{record.start}-{record.end}"


def _flow_value(text: str, quoted: bool) -> str:
    return escaped(json.dumps(text, ensure_ascii=False)) if quoted else scalar(text, flow=True)


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
