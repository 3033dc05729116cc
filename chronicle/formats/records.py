"""Events as plain records, and back: what the formats that hold everything share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chronicle.errors import InvalidValue
from chronicle.event import LIST_FIELDS, Event
from chronicle.time.moment import Moment


def to_record(event: Event) -> dict[str, Any]:
    """Return an event as JSON holds it, fields as a log names them, those without a value left out."""
    return event.to_dict()


def flat_record(event: Event) -> dict[str, Any]:
    """Return the record of an event with the curator's own fields beside the others, as they stand in a log."""
    record = to_record(event)
    extra = record.pop("extra", {})
    return {**record, **extra}


def from_record(record: Mapping[str, Any]) -> Event:
    """Return the event of a record, in which what is empty is as if it were not there. Raises ValueError, whose message names the field."""
    if not isinstance(record, Mapping):
        raise InvalidValue("an event is an object with id, when and title")
    record = {name: value for name, value in record.items() if value or name not in (*_EMPTY, "id", "title")}
    if record.get("when") in ("", "unresolved"):
        record["when"] = None
    for name in ("sources", "media"):
        if not isinstance(record.get(name, []), list):
            raise InvalidValue(f"the field {name} is a list")
    for source in record.get("sources", ()):
        if not isinstance(source, Mapping) or not source.get("article"):
            raise InvalidValue("a source is an object with the field article")
    for medium in record.get("media", ()):
        if not isinstance(medium, Mapping) or bool(medium.get("file")) == bool(medium.get("address")):
            raise InvalidValue("a picture of media is an object with the field file or the field address")
    return Event.from_dict(record)


_EMPTY = (*LIST_FIELDS, "sources", "media", "predicate", "extra")


def moment_text(moment: Moment) -> str | None:
    """Return a moment in ISO 8601 to the second (years beyond 0 to 9999 as EDTF has them); None for one that is not known."""
    return None if moment.is_infinite else str(moment)
