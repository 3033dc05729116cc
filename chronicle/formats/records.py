"""Events as plain records, and back: what the formats that hold everything share."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from chronicle.errors import InvalidValue
from chronicle.event import Event, Media, Predicate, Source
from chronicle.log.schema import EVENT_FIELDS, LIST_FIELDS, MEDIA_FIELDS, SOURCE_FIELDS
from chronicle.resolve.typed import when_of
from chronicle.time.moment import Moment

_TEXTS: Final = tuple(f for f in EVENT_FIELDS if f not in (*LIST_FIELDS, "when", "predicate", "sources", "media"))


def to_record(event: Event) -> dict[str, Any]:
    """Return an event as JSON holds it, fields as a log names them, those without a value left out."""
    record: dict[str, Any] = {"id": event.id, "when": None if event.when is None else str(event.when)}
    for name in _TEXTS[1:]:
        value = getattr(event, name)
        if value is not None:
            record[name] = value
    if event.predicate is not None:
        record["predicate"] = {"text": event.predicate.text, "start": event.predicate.start, "end": event.predicate.end}
    for name in LIST_FIELDS:
        if getattr(event, name):
            record[name] = list(getattr(event, name))
    if event.sources:
        record["sources"] = [source_record(s) for s in event.sources]
    if event.media:
        record["media"] = [{n: v for n in MEDIA_FIELDS if (v := getattr(m, n)) is not None} for m in event.media]
    if event.extra:
        record["extra"] = dict(event.extra)
    return record


def flat_record(event: Event) -> dict[str, Any]:
    """Return the record of an event with the curator's own fields beside the others, as they stand in a log."""
    record = to_record(event)
    extra = record.pop("extra", {})
    return {**record, **extra}


def source_record(source: Source) -> dict[str, Any]:
    """Return a source as JSON holds it."""
    record = {name: getattr(source, name) for name in SOURCE_FIELDS if name != "span"}
    if source.start is not None and source.end is not None:
        record["start"], record["end"] = source.start, source.end
    return {name: value for name, value in record.items() if value is not None}


def from_record(record: Mapping[str, Any]) -> Event:
    """Return the event of a record. Raises ValueError, whose message names the field."""
    if not isinstance(record, Mapping):
        raise InvalidValue("an event is an object with id, when and title")
    known = {"id", "when", "sources", "media", "predicate", "extra", *_TEXTS, *LIST_FIELDS}
    values: dict[str, Any] = {name: _text(name, record.get(name)) for name in _TEXTS if record.get(name) is not None}
    for needed in ("id", "title"):
        if not values.get(needed):
            raise InvalidValue(f"the field {needed} is missing")
    when = record.get("when")
    values["when"] = None if when in (None, "", "unresolved") else when_of(_text("when", when))
    for name in LIST_FIELDS:
        if record.get(name):
            values[name] = [_text(name, item) for item in _list(name, record[name])]
    if record.get("predicate"):
        told = record["predicate"]
        values["predicate"] = Predicate(_text("predicate", told["text"]), int(told["start"]), int(told["end"]))
    values["sources"] = [_source(item) for item in _list("sources", record.get("sources") or [])]
    values["media"] = [_medium(item) for item in _list("media", record.get("media") or [])]
    extra = {name: value for name, value in record.items() if name not in known}
    values["extra"] = {**dict(record.get("extra") or {}), **extra}
    return Event(**values)


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidValue(f"the field {name} is a text, not {json.dumps(value)[:40]}")
    return value


def _list(name: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise InvalidValue(f"the field {name} is a list")
    return value


def _source(record: Any) -> Source:
    if not isinstance(record, Mapping) or not record.get("article"):
        raise InvalidValue("a source is an object with the field article")
    values: dict[str, Any] = {
        name: _text(name, record[name]) for name in SOURCE_FIELDS if name != "span" and record.get(name) is not None
    }
    for name in ("start", "end"):
        if record.get(name) is not None:
            values[name] = int(record[name])
    return Source(**values)


def _medium(record: Any) -> Media:
    if not isinstance(record, Mapping) or bool(record.get("file")) == bool(record.get("address")):
        raise InvalidValue("a picture of media is an object with the field file or the field address")
    return Media(**{name: _text(name, record[name]) for name in MEDIA_FIELDS if record.get(name) is not None})


def moment_text(moment: Moment) -> str | None:
    """Return a moment in ISO 8601 to the second (years beyond 0 to 9999 as EDTF has them); None for one that is not known."""
    return None if moment.is_infinite else str(moment)
