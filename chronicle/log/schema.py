"""Format 1 of a log: which fields there are, and nodes to events."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import resources
from typing import Any, Final, TypeVar

from chronicle.article import ArticleError, parse_published
from chronicle.errors import InvalidValue
from chronicle.event import (
    EVENT_FIELDS,
    LIST_FIELDS,
    MEDIA_FIELDS,
    OUTCOMES,
    REVIEWS,
    SOURCE_FIELDS,
    STATUSES,
    Event,
    Media,
    Predicate,
    Source,
)
from chronicle.log.faults import Fault
from chronicle.log.nodes import Mapping, Node, Scalar, Sequence
from chronicle.nearest import did_you_mean
from chronicle.time.edtf import EdtfError
from chronicle.time.when import When

LOG_FIELDS: Final = ("format", "title", "description", "events")
FORMAT: Final = "1"
UNRESOLVED: Final = "unresolved"
UNKNOWN: Final = "unknown"
_PREDICATE = re.compile(r"(\S.*) (\d{1,9})-(\d{1,9})", re.ASCII)
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)

_Record = TypeVar("_Record", Event, Source, Media)


def json_schema() -> str:
    """Return the JSON Schema (draft 2020-12) of format 1 as text."""
    return resources.files("chronicle.log").joinpath("format-1.schema.json").read_text("utf-8")


class Reader:
    """Turns the nodes of one file into events and collects every fault on the way."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.faults: list[Fault] = []

    def fault(self, node: Node, code: str, message: str, event: str | None = None) -> None:
        """Note a fault at a node."""
        self.faults.append(Fault(self.path, node.line + 1, node.column + 1, code, message, event))

    def events_node(self, root: Node | None) -> Sequence | None:
        """Return the list of events of a log, None where there is none; check the fields beside it."""
        if root is None:
            return None
        if not isinstance(root, Mapping):
            self.fault(root, "log", "a log is a mapping with title: and events:, not a list or a text")
            return None
        for key, value in root.items:
            if key.value not in LOG_FIELDS:
                self._maybe_typo(key, LOG_FIELDS, None)
            elif key.value == "format" and self.text(value) != FORMAT:
                self.fault(
                    value, "format", f"format {self.text(value)!r} is not known; this chronicle reads format {FORMAT}"
                )
        node = root.get("events")
        if node is None:
            self.fault(root, "events", "the field events: is missing; write events: [] for a log without any")
            return None
        if isinstance(node, Scalar) and not node.value:
            return None
        if not isinstance(node, Sequence):
            self.fault(node, "events", "events: is a list; each event begins with a dash")
            return None
        return node

    @staticmethod
    def text(node: Node | None) -> str | None:
        """Return a scalar as it stands; None for an empty plain one and for what is no scalar."""
        if isinstance(node, Scalar) and (node.value or node.style):
            return node.value
        return None

    def _maybe_typo(self, key: Scalar, known: tuple[str, ...], event: str | None) -> None:
        """Report an unknown field only where it looks like a slip; others are the curator's own and are kept."""
        hint = did_you_mean(key.value, known)
        if hint:
            self.fault(key, "field", f"the field {key.value!r} is not known{hint}", event)

    def event(self, node: Node) -> Event | None:
        """Return the event of a node, as far as it can be read."""
        if not isinstance(node, Mapping):
            self.fault(node, "event", "an event is a mapping with id:, when: and title:")
            return None
        name = self.text(node.get("id"))
        values: dict[str, Any] = {"extra": {}}
        for key, value in node.items:
            if key.value not in EVENT_FIELDS:
                self._maybe_typo(key, EVENT_FIELDS, name)
                values["extra"][key.value] = plain(value)
                continue
            reader: Callable[[Node, str | None], Any] = getattr(self, f"_read_{key.value}", self._read_text)
            found = self._read_list(value, name) if key.value in LIST_FIELDS else reader(value, name)
            if found is not None:
                values[key.value] = found
        for needed in ("id", "when", "title"):
            given = node.get(needed) is not None and (needed == "when" or self.text(node.get(needed)) is not None)
            if not given and not (needed == "when" and self._says_unresolved(node)):
                self.fault(node, "missing", f"the field {needed}: is missing", name)
        if values.get("id") is None or values.get("title") is None:
            return None
        values.setdefault("when", None)
        try:
            return Event(**values)
        except InvalidValue:
            return _as_it_stands(Event("", None, ""), values)

    def _says_unresolved(self, node: Mapping) -> bool:
        return node.get(UNRESOLVED) is not None or self.text(node.get("when")) == UNRESOLVED

    def _read_text(self, node: Node, event: str | None) -> str | None:
        if isinstance(node, Scalar):
            return self.text(node)
        self.fault(node, "type", "here stands a list or mapping; a text is expected", event)
        return None

    def _read_when(self, node: Node, event: str | None) -> When | None:
        text = self._read_text(node, event)
        if text is None or text == UNRESOLVED:
            return None
        try:
            return When.parse(text)
        except EdtfError as error:
            self.fault(node, "when", f"{error}{_written_out(text)}", event)
            return None

    def _read_predicate(self, node: Node, event: str | None) -> Predicate | None:
        text = self._read_text(node, event)
        found = _PREDICATE.fullmatch(text) if text is not None else None
        if text is not None and found is None:
            self.fault(
                node, "predicate", "a predicate is written as its word and its span, such as signed 120-126", event
            )
        return Predicate(found[1], int(found[2]), int(found[3])) if found is not None else None

    def _read_previously(self, node: Node, event: str | None) -> str | None:
        self._read_when(node, event)
        return self._read_text(node, event)

    def _choice(self, node: Node, event: str | None, name: str, known: tuple[str, ...]) -> str | None:
        text = self._read_text(node, event)
        if text is None or text in known:
            return text
        self.fault(
            node,
            name,
            f"{name} {text!r} is not known; it is one of {', '.join(known)}{did_you_mean(text, known)}",
            event,
        )
        return None

    def _read_status(self, node: Node, event: str | None) -> str | None:
        return self._choice(node, event, "status", STATUSES)

    def _read_review(self, node: Node, event: str | None) -> str | None:
        return self._choice(node, event, "review", REVIEWS)

    def _read_outcome(self, node: Node, event: str | None) -> str | None:
        return self._choice(node, event, "outcome", OUTCOMES)

    def _read_list(self, node: Node, event: str | None) -> list[str] | None:
        if isinstance(node, Scalar):
            return [node.value] if node.value else None
        if isinstance(node, Sequence) and all(isinstance(i, Scalar) for i in node.items):
            return [i.value for i in node.items if isinstance(i, Scalar)]
        self.fault(node, "type", "a list of texts is expected here", event)
        return None

    def _read_sources(self, node: Node, event: str | None) -> list[Source] | None:
        if isinstance(node, Scalar) and not node.value:
            return None
        if not isinstance(node, Sequence):
            self.fault(node, "sources", "sources: is a list; each source begins with a dash", event)
            return None
        found = [self._source(item, event) for item in node.items]
        return [s for s in found if s is not None]

    def _read_media(self, node: Node, event: str | None) -> list[Media] | None:
        if isinstance(node, Scalar) and not node.value:
            return None
        if not isinstance(node, Sequence):
            self.fault(node, "media", "media: is a list; each picture begins with a dash", event)
            return None
        found = [self._medium(item, event) for item in node.items]
        return [m for m in found if m is not None]

    def _medium(self, node: Node, event: str | None) -> Media | None:
        if not isinstance(node, Mapping):
            self.fault(node, "media", "a picture is a mapping with file: or address:, alt: and credit:", event)
            return None
        values: dict[str, Any] = {}
        for key, value in node.items:
            if key.value in MEDIA_FIELDS:
                values[key.value] = self._read_text(value, event)
            else:
                self._maybe_typo(key, MEDIA_FIELDS, event)
        if bool(values.get("file")) == bool(values.get("address")):
            self.fault(node, "media", "a picture has either a file: beside the log or an address:", event)
            return None
        try:
            return Media(**values)
        except InvalidValue:
            return _as_it_stands(Media(), values)

    def _check_published(self, node: Node, text: str | None, event: str | None) -> None:
        if text is None or text == UNKNOWN:
            return
        try:
            parse_published(text, where="published")
        except ArticleError as error:
            self.fault(node, "published", str(error).removeprefix("published: "), event)

    def _source(self, node: Node, event: str | None) -> Source | None:
        if not isinstance(node, Mapping):
            self.fault(node, "source", "a source is a mapping with article: and quote:", event)
            return None
        values: dict[str, Any] = {}
        for key, value in node.items:
            if key.value not in SOURCE_FIELDS:
                self._maybe_typo(key, SOURCE_FIELDS, event)
            elif key.value == "span":
                span = _SPAN.fullmatch(self._read_text(value, event) or "")
                if span is None:
                    self.fault(value, "span", "a span is written first-last in characters, such as 120-131", event)
                else:
                    values["start"], values["end"] = int(span[1]), int(span[2])
            else:
                values[key.value] = self._read_text(value, event)
                if key.value == "published":
                    self._check_published(value, values["published"], event)
        if not values.get("article"):
            self.fault(node, "source", "the source's field article: is missing", event)
            return None
        try:
            return Source(**values)
        except InvalidValue:
            return _as_it_stands(Source(""), values)


def _as_it_stands(record: _Record, values: dict[str, Any]) -> _Record:
    """Give a record the values of an older log, which may hold characters that are refused today; ``check`` tells of them."""
    for name, value in values.items():
        object.__setattr__(record, name, value)
    return record


def _written_out(text: str) -> str:
    """Return a hint of the EDTF for a date in words, such as July 2021."""
    from chronicle.resolve.typed import when_of

    try:
        return f"; did you mean {when_of(text)}?"
    except EdtfError:
        return ""


def plain(node: Node) -> object:
    """Return a node as text, lists and dictionaries."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(i) for i in node.items]
    assert isinstance(node, Mapping)
    return {k.value: plain(v) for k, v in node.items}
