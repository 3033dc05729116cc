"""What a witness is: one place of a page that gives a date."""

from __future__ import annotations

import datetime
from typing import Final

from attrs import frozen

from chronicle.article.dates import Reading, is_plausible
from chronicle.readers.dates.places import Place

PUBLISHED, CHANGED, UNSAID = "published", "changed", "unsaid"
_DAY: Final = datetime.timedelta(1)


@frozen
class Witness:
    """A place that gives a date: what to call it, the family whose word is one word, how much it weighs, what it says the date is of.

    ``days`` are the days that it can mean, each with how much of the weight speaks for it: order of day and month, and zone, may leave more than
    one. ``loose`` says that its zone leaves the day open.
    """

    name: str
    family: str
    weight: float
    days: tuple[tuple[datetime.date, float], ...]
    role: str = PUBLISHED
    loose: bool = False
    moment: datetime.datetime | None = None
    offset: int | None = None

    @property
    def day(self) -> datetime.date:
        """The day that it means if nothing speaks against it."""
        return self.days[0][0]


_OTHER_ORDER: Final = 0.45  # of a witness's weight, for the other order of day and month
_OTHER_DAY: Final = 0.85  # for the day that the readers of a stamp in UTC may have had


def witness(name: str, family: str, weight: float, reading: Reading | None, place: Place, role: str = PUBLISHED) -> Witness | None:
    """Return the witness for a date that was read, with the days that it can mean at the page's home; None for none."""
    if reading is None:
        return None
    share = dict.fromkeys(reading.days, 1.0)
    for other in reading.days[1:]:
        share[other] = _OTHER_ORDER if place.habits.month_first is not None else 0.8
    loose = False
    moment = reading.moment
    if moment is not None and moment.hour == moment.minute == 0 and reading.offset in (0, None):
        moment = None  # a day that is written as a moment
    if moment is not None and reading.offset == 0 and len(reading.days) == 1:
        local = {(moment + datetime.timedelta(hours=hours)).date() for hours in _hours(place, moment)}
        shifted = [day for day in local if day != moment.date() and is_plausible(day)]
        if shifted and len(local) == 1 and place.known:
            share = {shifted[0]: 1.0, moment.date(): _OTHER_DAY}
        elif shifted:
            share |= dict.fromkeys(shifted, _OTHER_DAY)
        loose = bool(shifted)
        # wherever it was written, the day before or after is possible with some hours
        for hours in (-11, 13):
            share.setdefault((moment + datetime.timedelta(hours=hours)).date(), 0.5)
    return Witness(name, family, weight, tuple(share.items()), role, loose, moment, reading.offset)


def _hours(place: Place, moment: datetime.datetime) -> tuple[float, float]:
    """Return the hours from UTC at a page's home on a day: summer time, north of the tropics, from April to October."""
    first, last = place.hours
    if place.known and last - first == 1 and first < 10:
        return (last, last) if 4 <= moment.month <= 10 else (first, first)
    return first, last

