"""Meaning: what an expression says of time, apart from any anchor.

A small algebra of frozen values, as in timenorm (Bethard, 2013) and SCATE (Bethard and Parker, 2016): repeating
intervals (:class:`Cycle`, "September", "Friday", "day"), operators that pick or shift one of them, and wrappers for what
the words add (early, since, about). ``str()`` shows a meaning as a formula, which is what ``explain`` prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs
from attrs import frozen

from chronicle.errors import InvalidValue
from chronicle.time.gregorian import MONTHS, WEEKDAYS
from chronicle.time.periods import Period, to_timex3

_SEASONS: Final = ("spring", "summer", "autumn", "winter")
_PARTS: Final = {
    "MO": "morning", "MI": "midday", "AF": "afternoon", "EV": "evening", "NI": "night", "EVNI": "night", "DT": "daytime",
}  # fmt: skip


@frozen
class Meaning:
    """The base of every meaning."""

    def __str__(self) -> str:
        named = [(a.name, getattr(self, a.name)) for a in attrs.fields(type(self))]
        shown = [
            n if value is True else str(value) for n, value in named if value not in (None, "") and value is not False
        ]
        return f"{type(self).__name__}({', '.join(shown)})"

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON holds it: ``meaning`` is the name of its class, and each field is beside it."""
        return {"meaning": type(self).__name__} | {a.name: _plain(getattr(self, a.name)) for a in attrs.fields(type(self))}

    @staticmethod
    def from_dict(record: Mapping[str, Any]) -> Meaning:
        """Return the meaning that :meth:`to_dict` told. Raises InvalidValue for a dict that tells none."""
        told = dict(record) if isinstance(record, Mapping) else {}
        kind = globals().get(str(told.pop("meaning", "")))
        if not (isinstance(kind, type) and issubclass(kind, Meaning)):
            raise InvalidValue(f"{record!r:.60} is no meaning: it needs the field meaning, the name of one")
        try:
            return kind(**{name: _read(value) for name, value in told.items()})
        except TypeError as error:
            raise InvalidValue(f"{record!r:.60} is no meaning: {error}") from None


def _plain(value: Any) -> Any:
    if isinstance(value, Meaning):
        return value.to_dict()
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _read(value: Any) -> Any:
    if isinstance(value, Mapping):
        return Meaning.from_dict(value)
    return tuple(_read(item) for item in value) if isinstance(value, list | tuple) else value


def _to_period(value: Period | tuple[str, int]) -> Period:
    return value if isinstance(value, Period) else Period(*value)


@frozen(str=False)
class Cycle(Meaning):
    """An interval that comes round again: a month, weekday, season, part of the day, holiday, or any day, week, year ...

    ``kind`` is "unit" (value: day, week, ...), "month", "weekday", "season" (0 is spring), "quarter", "half", "part"
    (a TIMEX3 code), "monthday" (the 15th), "date" (month * 100 + day) or "holiday" (a name).
    """

    kind: str
    value: int | str

    def __str__(self) -> str:
        value = self.value
        if self.kind == "month" and isinstance(value, int):
            return MONTHS[value]
        if self.kind == "weekday" and isinstance(value, int):
            return WEEKDAYS[value]
        if self.kind == "season" and isinstance(value, int):
            return _SEASONS[value]
        if self.kind == "part":
            return _PARTS.get(str(value), str(value))
        if self.kind == "date" and isinstance(value, int):
            return f"{value % 100} {MONTHS[value // 100]}"
        return f"{self.kind} {value}" if self.kind not in ("unit", "holiday") else str(value)


@frozen(str=False)
class Fixed(Meaning):
    """A period that needs no anchor: a year, a full date, a century."""

    period: Period = attrs.field(converter=_to_period)

    def __str__(self) -> str:
        return to_timex3(self.period)


@frozen
class ShortYear(Meaning):
    """A year by its last two digits ('87)."""

    digits: int


@frozen
class ShortDecade(Meaning):
    """A decade by its tens digit (the '80s, the eighties)."""

    tens: int


@frozen(str=False)
class Published(Meaning):
    """The publication date."""

    def __str__(self) -> str:
        return "Published"


@frozen(str=False)
class Previous(Meaning):
    """The time last mentioned."""

    def __str__(self) -> str:
        return "Previous"


@frozen
class Near(Meaning):
    """A cycle without this, last or next: the occurrence that tense points to ("on Friday")."""

    what: Cycle


@frozen
class This(Meaning):
    """The occurrence that holds the anchor."""

    what: Meaning


@frozen
class Last(Meaning):
    """The occurrence before the anchor."""

    what: Meaning


@frozen
class Next(Meaning):
    """The occurrence after the anchor."""

    what: Meaning


@frozen
class Coming(Meaning):
    """The first occurrence after the anchor, be it in the same week or year ("this coming Friday"); or, with ``today``, at it."""

    what: Meaning
    today: bool = False


@frozen
class Same(Meaning):
    """A period named again: "that year", "the same day", with an offset for "the following day"."""

    what: Cycle
    offset: int = 0


@frozen
class Beside(Meaning):
    """A cycle's occurrence next before (-1) or after (1) another time: "the Friday before Easter", "the day after 3 May"."""

    what: Cycle
    base: Meaning
    step: int


@frozen
class Shift(Meaning):
    """A base moved by a number of units (negative: earlier); where the number is unknown, ``earlier`` tells the direction."""

    base: Meaning
    count: int | float | None
    unit: str
    earlier: bool = False


@frozen
class Nth(Meaning):
    """The nth of something within a whole; negative counts from the end."""

    number: int
    what: Cycle
    whole: Meaning


@frozen
class Run(Meaning):
    """The first (or, negative, last) n of something within a whole: "the first nine months of 1989"."""

    number: int
    unit: str
    whole: Meaning | None


@frozen
class At(Meaning):
    """A cycle's occurrence within a whole: "Friday of next week", "January this year", "Friday morning"."""

    what: Meaning
    whole: Meaning


@frozen
class Clock(Meaning):
    """A time of day, in hours, minutes and seconds; on a day, or on the day that the text is about.

    ``twelve``: the hour may be of either half of the day, as on a clock's face, until a word such as "tonight" says which.
    """

    hour: int
    minute: int | None = None
    second: int | None = None
    zone: str | None = None
    day: Meaning | None = None
    twelve: bool = False


@frozen
class Part(Meaning):
    """START, MID or END of a period: a third of it, or where the words say so a half."""

    which: str
    whole: Meaning
    half: bool = False


@frozen
class The(Meaning):
    """The week, month or year that the text is about, as "the end of the month" names it."""

    what: Cycle


@frozen
class Rest(Meaning):
    """What is left of a period after the anchor: "later this week"."""

    whole: Meaning


@frozen
class SoFar(Meaning):
    """What is past of a period at the anchor: "earlier this year"."""

    whole: Meaning


@frozen
class About(Meaning):
    """Approximately."""

    what: Meaning


@frozen
class Bounded(Meaning):
    """A bound on an amount or date, with the TIMEX3 mod that says which (MORE_THAN, EQUAL_OR_LESS, ON_OR_AFTER ...)."""

    mod: str
    what: Meaning


@frozen
class Since(Meaning):
    """From a time on."""

    what: Meaning


@frozen
class Inside(Meaning):
    """At the latest a length of time after now, or after the time told before: "within 28 days"."""

    what: Meaning


@frozen
class Until(Meaning):
    """Up to and with a time."""

    what: Meaning


@frozen
class By(Meaning):
    """At some time up to and with a time."""

    what: Meaning


@frozen
class Before(Meaning):
    """Earlier than a time."""

    what: Meaning


@frozen
class After(Meaning):
    """Later than a time."""

    what: Meaning


@frozen
class Between(Meaning):
    """From one time through another."""

    start: Meaning
    end: Meaning


@frozen
class Duration(Meaning):
    """An amount of time: pairs of number (None: some) and unit."""

    amounts: tuple[tuple[int | float | None, str], ...]


@frozen
class Past(Meaning):
    """A duration that ends at the anchor: "the past three years"."""

    duration: Duration


@frozen
class Ahead(Meaning):
    """A duration that begins at the anchor: "the next few days"."""

    duration: Duration


@frozen
class Hence(Meaning):
    """A duration after "in": a time so far ahead where the clause speaks of what is to come, else a length of time; ``upto``: or so long."""

    duration: Duration
    upto: Duration | None = None


@frozen
class Either(Meaning):
    """What lies ahead of the publication date, or in a story of another time, or of a clause that looks back, ahead of the time last mentioned:
    for words that are used of both, where others have two ("next year", "the following year")."""

    ahead: Meaning
    back: Meaning


@frozen
class Within(Meaning):
    """Some time from one time through another: "two to three years ago"."""

    start: Meaning
    end: Meaning


@frozen
class Every(Meaning):
    """A time that comes round again: every ``count``th occurrence, ``times`` in each, ``at`` a time of day."""

    what: Meaning
    count: int = 1
    times: int | None = None
    at: Clock | None = None


@frozen
class Nothing(Meaning):
    """What is written as a date and is none: 31 November. It is read as a whole, so that its pieces are no dates either."""


@frozen
class Reference(Meaning):
    """PRESENT_REF, PAST_REF or FUTURE_REF."""

    value: str
