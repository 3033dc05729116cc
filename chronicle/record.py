"""Records: values with named fields as dicts that JSON can hold, and back."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self

import attrs

from chronicle.errors import InvalidValue
from chronicle.nearest import did_you_mean

#: what a field's metadata names the class of the records that it holds by
OF = "of"


class Record:
    """A value whose fields can be had as a dict and read back; see :meth:`to_dict`."""

    __slots__ = ()
    #: what one is called in messages
    _called: ClassVar[str] = "a record"

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as JSON holds them: texts, numbers, lists and dicts; times as EDTF, dates as ISO 8601.

        Fields without a value are left out, unless the value has none by itself. What is returned shares nothing with the value.
        """
        found: dict[str, Any] = {}
        for attribute in _fields(type(self)):
            value = getattr(self, attribute.name)
            if attribute.init and (attribute.default is attrs.NOTHING or not (value is None or value in ([], (), {}))):
                found[attribute.name] = _plain(value)
        return found

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> Self:
        """Return what :meth:`to_dict` had the fields of. Raises InvalidValue (a ValueError), which names the field and what would be right."""
        if not isinstance(record, Mapping):
            raise InvalidValue(f"{cls._called} is made of a dict of its fields, not of {type(record).__name__}")
        known = {a.name: a for a in _fields(cls) if a.init}
        values: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        for name, value in record.items():
            attribute = known.get(name)
            if attribute is not None:
                if value is not None:
                    values[name] = _read(attribute, value)
            elif "extra" in known:
                extra[name] = copy.deepcopy(value)
            else:
                raise InvalidValue(f"{cls._called} has no field {name!r}{did_you_mean(str(name), known)}")
        if extra:
            values["extra"] = {**values.get("extra", {}), **extra}
        for name, attribute in known.items():
            if attribute.default is attrs.NOTHING and name not in values:
                if "None" not in str(attribute.type):
                    raise InvalidValue(f"the field {name} is missing: {cls._called} needs it")
                values[name] = None
        return cls(**values)


def _fields(kind: Any) -> tuple[attrs.Attribute[Any], ...]:
    found: tuple[attrs.Attribute[Any], ...] = attrs.fields(kind)
    return found


def _plain(value: Any) -> Any:
    if hasattr(value, "to_dict"):
        return value.to_dict()
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, dict):
        return copy.deepcopy(value)
    return value if isinstance(value, str | int | float) else str(value) if value is not None else None


def _read(attribute: attrs.Attribute[Any], value: Any) -> Any:
    name, kind, of = attribute.name, str(attribute.type), attribute.metadata.get(OF)
    if kind.startswith(("list", "tuple")):
        if not isinstance(value, list | tuple):
            raise InvalidValue(f"the field {name} is a list, not {type(value).__name__}")
        items = [of.from_dict(item) if of else item for item in value]
        return items if kind.startswith("list") else tuple(items)
    if kind.startswith("dict"):
        if not isinstance(value, Mapping):
            raise InvalidValue(f"the field {name} is a dict, not {type(value).__name__}")
        return copy.deepcopy(dict(value))
    if of:
        return of.from_dict(value)
    if kind.startswith("int"):
        try:
            return int(value)
        except (TypeError, ValueError):
            raise InvalidValue(f"the field {name} is a whole number, not {value!r:.40}") from None
    if kind.startswith("str") and not isinstance(value, str):
        raise InvalidValue(f"the field {name} is a text, not {value!r:.40}")
    if kind.startswith("datetime.date") and isinstance(value, str) and attribute.converter is None:
        try:
            return datetime.date.fromisoformat(value) if len(value) == 10 else datetime.datetime.fromisoformat(value)
        except ValueError:
            raise InvalidValue(f"the field {name} is a date in ISO 8601, such as 2021-07-16, not {value!r:.40}") from None
    return value
