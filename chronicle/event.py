"""Event and Source: what a log holds."""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Callable
from typing import Any, ClassVar, Final

from attrs import define, evolve, field, fields, frozen, validators

from chronicle.characters import refuse_what_is_no_text, unseen
from chronicle.errors import InvalidValue
from chronicle.record import OF, Record
from chronicle.time.edtf import EdtfError
from chronicle.time.when import When

STATUSES: Final = (
    "happened",
    "ongoing",
    "planned",
    "expected",
    "possible",
    "denied",
    "cancelled",
    "recurring",
    "hypothetical",
)
REVIEWS: Final = ("proposed", "confirmed", "rejected")
OUTCOMES: Final = ("done", "put off", "cancelled")
# what could be wrong with an event that was extracted, and how one says it to a reader
DOUBTS: Final = {
    "title": "the title is cut from the sentence",
    "antecedent": "it is not clear whom or what a word of the title stands for",
    "clause": "the time could belong to another part of the sentence",
    "status": "it is not clear whether it happened",
    "direction": "no verb tells whether the time lies before or after publication",
    "extent": "how far the time reaches is told loosely",
    "anchor": "counted from a time that was mentioned far back",
    "published": "the date of publication is not sure",
}
# the fields of a log, in the order in which they are written
EVENT_FIELDS: Final = (
    "id", "when", "title", "status", "review", "according_to", "previously", "unresolved", "predicate", "who", "whom", "doubts", "people", "organisations", "places", "tags", "related", "outcome", "sources", "media", "notes",
)  # fmt: skip
SOURCE_FIELDS: Final = (
    "article", "published", "title", "publisher", "url", "quote", "expression", "span", "anchor", "how",
)  # fmt: skip
MEDIA_FIELDS: Final = ("file", "address", "alt", "credit")
LIST_FIELDS: Final = ("people", "organisations", "places", "tags", "related", "doubts")
_LONGEST_SLUG_WORD: Final = 24
_SLUG_WORDS: Final = 6
_FIRST_DATE: Final = re.compile(r"-?\d{4}(?:-\d\d){0,2}")
SMALL_WORDS: Final = frozenset(
    (
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "for",
        "from",
        "has",
        "have",
        "in",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "that",
        "the",
        "to",
        "was",
        "were",
        "will",
        "with",
    )
)


_OWNERS: Final = {"Source": "a source's", "Media": "a picture's"}


def _text(record: Any, attribute: Any, value: Any) -> None:
    """Let a text of a log be a text: no control characters, no halves of surrogate pairs."""
    if value is None or (isinstance(value, str) and value.isprintable()):
        return
    name = attribute.name if isinstance(record, Event) else f"{_OWNERS[type(record).__name__]} {attribute.name}"
    if not isinstance(value, str):
        raise InvalidValue(f"{name} is a text, not {type(value).__name__}")
    refuse_what_is_no_text(name, value)


def _texts(_event: Any, attribute: Any, value: Any) -> None:
    if not isinstance(value, list):
        raise InvalidValue(f"{attribute.name} is a list of texts, not {type(value).__name__}")
    for item in value:
        _text(_event, attribute, item)


def _id(event: Any, attribute: Any, value: Any) -> None:
    _text(event, attribute, value)
    hidden = unseen(value)
    if hidden is not None:
        raise InvalidValue(f"an id is one line of visible characters; {value!r} holds U+{ord(hidden):04X}")


def _plain() -> Any:
    return field(default=None, validator=_text)


@define
class Source(Record):
    """Where an event comes from: an article, and the words in it.

    ``start`` and ``end`` are the character offsets of the expression in the article's text; ``anchor`` is the date that a relative
    expression was counted from, and ``how`` says in words how the date came about.

    >>> Source("monday", published="2021-07-16", title="Talks", quote="They met on Monday.").named
    'Talks, 2021-07-16'
    """

    _called: ClassVar[str] = "a source"
    article: str = field(validator=_text)
    published: str | None = _plain()
    title: str | None = _plain()
    publisher: str | None = _plain()
    url: str | None = _plain()
    quote: str | None = _plain()
    expression: str | None = _plain()
    start: int | None = None
    end: int | None = None
    anchor: str | None = _plain()
    how: str | None = _plain()

    @property
    def named(self) -> str:
        """What to call it for a reader: the article's title (else its id), its publisher and its date, as far as they are known."""
        return ", ".join(part for part in (self.title or self.article, self.publisher, self.published) if part)

    @property
    def key(self) -> tuple[str, str, int | None]:
        """What tells one mention from another: the article, the expression and where it stands."""
        return self.article, " ".join((self.expression or self.quote or "").split()), self.start


@frozen
class Media(Record):
    """A picture of an event: a ``file`` beside the log or an ``address`` (http or https), what it shows in words, and whose it is.

    >>> Media(address="https://example.org/a.png", alt="The hall").to_dict()
    {'address': 'https://example.org/a.png', 'alt': 'The hall'}
    """

    _called: ClassVar[str] = "a picture"
    file: str | None = _plain()
    address: str | None = _plain()
    alt: str | None = _plain()
    credit: str | None = _plain()


@frozen
class Predicate(Record):
    """The verb or noun of a happening, and where it stands in the text of the event's first article.

    >>> Predicate("met", 5, 8).to_dict()
    {'text': 'met', 'start': 5, 'end': 8}
    """

    _called: ClassVar[str] = "a predicate"
    text: str
    start: int
    end: int


def _to_when(value: When | str | None) -> When | None:
    if not isinstance(value, str):
        return value
    try:
        return When.parse(value)
    except EdtfError:
        from chronicle.resolve.typed import when_of

        return when_of(value)


def _known(choices: tuple[str, ...], name: str) -> Callable[[Any, Any, str], None]:
    def check(_event: Any, _attribute: Any, value: str) -> None:
        if value not in choices:
            raise InvalidValue(f"{name} {value!r} is not known; it is one of {', '.join(choices)}")

    return check


@define
class Event(Record):
    """Something that happens, and when.

    ``when`` is a :class:`chronicle.When`, EDTF text or words that name one date ("14 March 2023"); None where the expression stayed unresolved, and then ``unresolved`` says
    why. ``status`` is what the text claims of it, ``review`` what a person decided; ``related`` names other events by id, and ``outcome`` says
    what came of those of them that were expected (done, put off or cancelled). ``predicate`` is the verb or noun of the happening, ``who`` and
    ``whom`` its subject and object as the sentence has them, ``according_to`` who says so, ``media`` its pictures. ``doubts`` names what could be
    wrong (keys of :data:`DOUBTS`, or a curator's own words). ``extra`` keeps fields that chronicle does
    not know. Raises InvalidValue (a ValueError) for an unknown status, review or outcome, a ``when`` that is not one time, an id that is no line
    of visible characters, and for control characters and halves of surrogate pairs anywhere.

    >>> event = Event("a", "2021-07~", "They met", tags=["talks"])
    >>> event.when.words()
    'about July 2021'
    >>> Event.from_dict(event.to_dict()) == event
    True
    """

    _called: ClassVar[str] = "an event"
    id: str = field(validator=_id)
    # events are equal where they are written the same: the same moment in another zone is another day on somebody's clock
    when: When | None = field(converter=_to_when, eq=str)
    title: str = field(validator=_text)
    status: str = field(default="happened", validator=_known(STATUSES, "status"))
    review: str = field(default="proposed", validator=_known(REVIEWS, "review"))
    sources: list[Source] = field(factory=list, metadata={OF: Source})
    predicate: Predicate | None = field(default=None, metadata={OF: Predicate})
    who: str | None = _plain()
    whom: str | None = _plain()
    according_to: str | None = _plain()
    doubts: list[str] = field(factory=list, validator=_texts)
    people: list[str] = field(factory=list, validator=_texts)
    organisations: list[str] = field(factory=list, validator=_texts)
    places: list[str] = field(factory=list, validator=_texts)
    tags: list[str] = field(factory=list, validator=_texts)
    related: list[str] = field(factory=list, validator=_texts)
    outcome: str | None = field(default=None, validator=validators.optional(_known(OUTCOMES, "outcome")))
    notes: str | None = _plain()
    previously: str | None = _plain()
    unresolved: str | None = _plain()
    media: list[Media] = field(factory=list, metadata={OF: Media})
    extra: dict[str, object] = field(factory=dict)
    #: the title of the log file that it stands in; no field of a log, and None for an event that is in none
    story: str | None = field(default=None, init=False, eq=False, repr=False)

    @property
    def keys(self) -> set[tuple[str, str, int | None]]:
        """The keys of its sources."""
        return {source.key for source in self.sources}

    @property
    def published(self) -> str | None:
        """The publication date of its articles (ISO 8601), from which words such as "last Monday" are counted; None where they differ or say none."""
        dates = {source.published for source in self.sources if source.published not in (None, "unknown")}
        return dates.pop() if len(dates) == 1 else None

    def explain(self) -> str:
        """Say how its date came about, a line for each source."""
        lines = [f"{self.id}: {self.title}"]
        if self.when is None:
            lines.append(f"  no date: {self.unresolved or 'none is given'}")
        else:
            lines.append(f"  {self.when}: {self.when.words()} ({self.status}, {self.review})")
        lines += [f"  in doubt: {DOUBTS.get(doubt, doubt)}" for doubt in self.doubts]
        if self.outcome:
            lines.append(f"  what was expected of {', '.join(self.related)} was {self.outcome}")
        if self.previously:
            lines.append(f"  corrected; it was {self.previously}")
        for source in self.sources:
            published = f", published {source.published}" if source.published else ""
            lines.append(f"  from {source.article}{published}: “{source.expression or source.quote or ''}”")
            if source.how:
                lines.append(f"    {source.how}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        from chronicle.notebook import event_html

        return event_html(self)

    def copy(self) -> Event:
        """Return an event that is equal and shares no list with this one."""
        new = copy.copy(self)
        for name in _LISTS:
            value = getattr(new, name)
            object.__setattr__(new, name, list(value) if value else [])
        object.__setattr__(new, "sources", [copy.copy(source) for source in self.sources])
        object.__setattr__(new, "extra", copy.deepcopy(self.extra) if self.extra else {})
        return new

    def with_id(self, new: str) -> Event:
        """Return the same event under another id."""
        return evolve(self, id=new)


_LISTS: Final = tuple(a.name for a in fields(Event) if getattr(a.default, "factory", None) is list)


def written_alike(one: object, other: object) -> bool:
    """Tell whether two values of a field stand alike in a log; times that mean the same need not."""
    if isinstance(one, When) and isinstance(other, When):
        return str(one) == str(other)
    return one == other


def slug(text: str) -> str:
    """Return a short id of the words that matter: "Talks open in Doha" is talks-open-doha. What is in another script stays in it."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    if sum(map(len, words)) < sum(c.isalnum() for c in text) / 2:
        words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text.lower()))
    words = [w[:_LONGEST_SLUG_WORD] for w in words]
    kept = [w for w in words if w not in SMALL_WORDS] or words
    return "-".join(kept[:_SLUG_WORDS]) or "event"


def unused(name: str, used: set[str]) -> str:
    """Return an id that no event before it has (with -2, -3, ... where it must), and note it as used; the cost grows with the number's length."""
    found = name
    if name in used:
        low, high = 1, 2
        while f"{name}-{high}" in used:
            low, high = high, high * 2
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if f"{name}-{middle}" in used else (low, middle)
        found = f"{name}-{high}"
    used.add(found)
    return found


def id_of(when: When | None, title: str, used: set[str]) -> str:
    """Return an id that no event before it has, of an event that comes without one: its day, month or year, and the words of its title."""
    found = _FIRST_DATE.search(str(when)) if when is not None else None
    words = slug(title)
    return unused(f"{found[0]}-{words}" if found else words, used)


def _reading_order(event: Event) -> tuple[float, When, str]:
    when = event.when
    assert when is not None
    start = when.latest if when.is_open_start else when.earliest
    return start.microseconds, when, event.id


def sort_events(events: list[Event]) -> list[Event]:
    """Return events in the order in which one reads them: by time, "until" and "before" where they end, those without a date last."""
    dated = [e for e in events if e.when is not None]
    undated = [e for e in events if e.when is None]
    dated.sort(key=_reading_order)
    return dated + sorted(undated, key=lambda e: e.id)
