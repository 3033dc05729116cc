"""A publication date as somebody gives it, or as a file's metadata has it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from typing import Any, Final

from attrs import evolve

from chronicle.article.dates import Habits, Reading, read_value
from chronicle.errors import ChronicleError
from chronicle.time import gregorian

Published = datetime.date | datetime.datetime | str | None
# what may stand before a date that is the whole of a value (a weekday, a label) and after it
_BEFORE: Final = re.compile(r"\W*(?:[^\W\d_]{1,14}\W{1,3}){0,2}")
_AFTER: Final = re.compile(r"\W*(?:uhr|h|hrs|года?|г|р|d)?\.?\W*(?:\([A-Za-z][\w /+-]{0,40}\))?\W*", re.IGNORECASE)
_SHORT_YEAR: Final = re.compile(r"\d{1,2}[-./]\d{1,2}[-./]\d{2}")


class ArticleError(ChronicleError, ValueError):
    """An article that cannot be read. The message names the file, the line where there is one, and what would be right.

    >>> import chronicle
    >>> chronicle.Article("They met.", published="July")
    Traceback (most recent call last):
        ...
    chronicle.article.published.ArticleError: published: 'July' is not a publication date; write ISO 8601, such as 2021-07-16 or 2021-07-16T15:40-04:00
    """


def parse_published(
    value: Published, free_form: bool = False, where: str = "published", habits: Habits | None = None
) -> datetime.date | None:
    """Return a publication date as a date or datetime (naive: the article's own clock), or None for None.

    Text is read as ISO 8601; with ``free_form`` a whole date as metadata write it is taken too, in any language. ``habits`` says whether the month
    comes before the day; where nothing does, a date that can mean two days is refused. Raises ArticleError for anything else.
    """
    if value is None or isinstance(value, datetime.date):
        return value
    text = str(value).strip()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return datetime.datetime.fromisoformat(text)
    except ValueError:
        pass
    if free_form and text:
        found = _free_form(text, habits or Habits(), where)
        if found is not None:
            return found
    raise ArticleError(
        f"{where}: {text!r} is not a publication date; write ISO 8601, such as 2021-07-16 or 2021-07-16T15:40-04:00"
    )


def whole_date(text: str, habits: Habits) -> Reading | None:
    """Return the date that is the whole of a text, but for a weekday or a label; None for none."""
    reading = read_value(text, habits)
    if reading is None:
        return None
    plain = text.strip().strip("\"'")
    if not _BEFORE.fullmatch(plain[: reading.start]) or not _AFTER.fullmatch(plain[reading.end :]):
        return None
    if _SHORT_YEAR.fullmatch(plain[reading.start : reading.end].replace(" ", "")):
        return evolve(reading, days=_with_year_first(plain[reading.start : reading.end], reading.days))
    return reading


def _with_year_first(text: str, days: tuple[datetime.date, ...]) -> tuple[datetime.date, ...]:
    """Return the days of three short numbers, with the one whose year stands first."""
    year, month, day = (int(part) for part in re.findall(r"\d+", text))
    try:
        return tuple(dict.fromkeys((*days, datetime.date(2000 + year, month, day))))
    except ValueError:
        return days


def order_of(values: Iterable[str]) -> bool | None:
    """Return whether the month comes first in the numeric dates of a file, by those that leave no choice; None where none tells."""
    month_first: set[bool] = set()
    for value in values:
        found = re.search(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2\d{4}(?!\d)", value)
        if found and (int(found[1]) > 12) != (int(found[3]) > 12):
            month_first.add(int(found[3]) > 12)
    return month_first.pop() if len(month_first) == 1 else None


def _free_form(text: str, habits: Habits, where: str) -> datetime.date | None:
    """Read a date as metadata write it; None unless it names day, month and year itself. Raises ArticleError for one that can mean several days."""
    reading = whole_date(text, habits)
    if reading is None:
        return _by_dateparser(text) if re.search(r"[^\W\d_]{3}", text) and re.search(r"\d{4}", text) else None
    if len(reading.days) > 1 and (habits.month_first is None or len(reading.days) > 2):
        days = " or ".join(f"{d.day} {d:%B} {d.year}" for d in reading.days)
        raise ArticleError(f"{where}: {text!r} can be {days}; write ISO 8601, such as {reading.days[0].isoformat()}")
    if reading.moment is None:
        return reading.days[0]
    moment = datetime.datetime.combine(reading.days[0], reading.moment.time())
    return moment if reading.offset is None else moment.replace(tzinfo=datetime.timezone(datetime.timedelta(minutes=reading.offset)))


def _by_dateparser(text: str) -> datetime.date | None:
    """Read a date in one of the languages that only dateparser's tables know."""
    import dateparser

    settings: dict[str, Any] = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    # a base in another year shows whether the year was read from the text or filled in
    bases = (datetime.datetime(2000, 1, 1), datetime.datetime(1977, 5, 9, 13, 7))
    found: datetime.datetime | None
    found, again = (dateparser.parse(text, settings={**settings, "RELATIVE_BASE": base}) for base in bases)
    if found is None or again is None or found.date() != again.date():
        return None
    return found if ":" in text else found.date()


def published_day(published: Published) -> tuple[int | None, int | None]:
    """Return the day number of a publication date and the minute of that day, where a time is given."""
    moment = parse_published(published)
    if moment is None:
        return None, None
    day = gregorian.to_ordinal(moment.year, moment.month, moment.day)
    if isinstance(moment, datetime.datetime):
        return day, moment.hour * 60 + moment.minute
    return day, None
