"""Moment: a point on the time line."""

from __future__ import annotations

import datetime
import functools
from typing import Final

from chronicle.time import gregorian, periods
from chronicle.time.edtf import MICROSECONDS_PER_DAY

INFINITY: Final = float("inf")


@functools.total_ordering
class Moment:
    """A point on the time line, at any distance: microseconds since the start of the day before 1 January 1 CE.

    Open ends lie at plus or minus infinity. Moments compare with each other and with ``datetime.date`` (its midnight)
    and ``datetime.datetime``. A moment without a zone is compared as if it were UTC, so that every two can be ordered.

    It hashes as the naive datetime that it equals, where there is one. It equals a date and an aware datetime too, which Python does not
    hold equal to each other, so that no hash can be that of all; look for these with ``==``, not in a set.

    >>> import datetime
    >>> from chronicle import When
    >>> When.parse("2021-07").earliest == datetime.date(2021, 7, 1)
    True
    >>> When.parse("2021-07").latest
    <Moment 2021-07-31T23:59:59.999999>
    """

    __slots__ = ("microseconds",)

    def __init__(self, microseconds: float) -> None:
        self.microseconds = microseconds

    @property
    def is_infinite(self) -> bool:
        """Whether this is the far side of an open end."""
        return self.microseconds in (INFINITY, -INFINITY)

    @property
    def year(self) -> int:
        """The astronomical year (0 is 1 BCE). Raises OverflowError at infinity."""
        return self._civil()[0]

    def _civil(self) -> tuple[int, int, int, int]:
        if self.is_infinite:
            raise OverflowError("an open end has no date")
        day, rest = divmod(int(self.microseconds), MICROSECONDS_PER_DAY)
        return (*gregorian.from_ordinal(day), rest)

    def date(self) -> datetime.date:
        """Return the day as a date. Raises OverflowError outside the years 1 to 9999 and at infinity."""
        year, month, day, _ = self._civil()
        if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
            raise OverflowError(f"datetime.date cannot hold the year {year}")
        return datetime.date(year, month, day)

    def datetime(self) -> datetime.datetime:
        """Return the moment as a naive datetime (UTC where a zone was given). Raises OverflowError as date() does."""
        rest = int(self.microseconds) % MICROSECONDS_PER_DAY if not self.is_infinite else 0
        return datetime.datetime.combine(self.date(), datetime.time()) + datetime.timedelta(microseconds=rest)

    def __str__(self) -> str:
        if self.is_infinite:
            return "infinity" if self.microseconds > 0 else "-infinity"
        year, month, day, rest = self._civil()
        text = f"{periods.edtf_year(year)}-{month:02d}-{day:02d}"
        seconds, micro = divmod(rest, 1_000_000)
        clock = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
        return f"{text}T{clock}" + (f".{micro:06d}" if micro else "")

    def __repr__(self) -> str:
        return f"<Moment {self}>"

    def _other(self, other: object) -> float | None:
        if isinstance(other, Moment):
            return other.microseconds
        if isinstance(other, datetime.datetime):
            if other.tzinfo is not None:
                other = other.astimezone(datetime.UTC)
            seconds = (other.hour * 60 + other.minute) * 60 + other.second
            return other.toordinal() * MICROSECONDS_PER_DAY + seconds * 1_000_000 + other.microsecond
        if isinstance(other, datetime.date):
            return other.toordinal() * MICROSECONDS_PER_DAY
        return None

    def __eq__(self, other: object) -> bool:
        value = self._other(other)
        return NotImplemented if value is None else self.microseconds == value

    def __lt__(self, other: object) -> bool:
        value = self._other(other)
        return NotImplemented if value is None else self.microseconds < value

    def __hash__(self) -> int:
        try:
            return hash(self.datetime())
        except OverflowError:
            return hash(self.microseconds)
