"""Named days: on which date Christmas, Thanksgiving or Diwali falls in a year.

The rules are data (``named_days.txt``). Easter is dateutil's; days of other calendars and of countries' laws are those of
the library ``holidays``, which is loaded when one is first asked for.
"""

from __future__ import annotations

import functools
import warnings
from importlib import resources

from chronicle.time import gregorian

_GREGORIAN = 1583
_CATEGORIES = ("unofficial", "optional", "school", "government")


@functools.cache
def _rules() -> dict[str, str]:
    text = resources.files("chronicle.time").joinpath("named_days.txt").read_text("utf-8")
    rules = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, _, rule = line.partition(" = ")
            rules[name] = rule
    return rules


def names() -> frozenset[str]:
    """Return the names that have a rule."""
    return frozenset(_rules())


@functools.lru_cache(maxsize=4096)
def day_in_year(name: str, year: int) -> int | None:
    """Return the day number of a named day in a year; None where that year has none or it is not known.

    Raises KeyError for a name without a rule.
    """
    kind, _, rest = _rules()[name].partition(" ")
    if kind == "fixed":
        return gregorian.to_ordinal(year, int(rest[:2]), int(rest[3:]))
    if kind == "onafter":
        start = gregorian.to_ordinal(year, int(rest[:2]), int(rest[3:5]))
        return start + (int(rest[6:]) - gregorian.weekday(start)) % 7
    if kind in ("easter", "orthodox"):
        return _easter(year, kind == "easter", int(rest))
    country, _, title = rest.partition(" ")
    return _days_of(country, year).get(title)


def _easter(year: int, western: bool, offset: int) -> int | None:
    from dateutil import easter

    if 326 <= year < _GREGORIAN:
        # Old Style, as the sources of the time date it
        return easter.easter(year, easter.EASTER_JULIAN).toordinal() + offset
    if not _GREGORIAN <= year <= 4099:
        return None
    return easter.easter(year, easter.EASTER_WESTERN if western else easter.EASTER_ORTHODOX).toordinal() + offset


@functools.lru_cache(maxsize=512)
def _days_of(country: str, year: int) -> dict[str, int]:
    """Return the first day of each holiday of a country in a year."""
    import holidays

    if not 1 <= year <= 9999:
        return {}
    code, _, part = country.partition("-")
    supported = holidays.country_holidays(code).supported_categories
    categories = tuple(c for c in ("public", *_CATEGORIES) if c in supported)
    with warnings.catch_warnings():
        # of years that a country's table does not reach the days are not known, which is no news
        warnings.simplefilter("ignore")
        found = holidays.country_holidays(
            code, subdiv=part or None, years=[year], observed=False, language="en_US", categories=categories
        )
    days: dict[str, int] = {}
    for date, titles in sorted(found.items()):
        for title in titles.split("; "):
            title = title.removesuffix(" Day") if title == "Thanksgiving Day" else title
            days.setdefault(title, date.toordinal())
    return days
