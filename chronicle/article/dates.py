"""A date as metadata and datelines write it, to the days that it can mean.

Month names are those of dateparser's locale tables (CLDR's). What is ambiguous stays so: a reading holds the days that it can mean, the likelier
first, by the order of day and month that the page's language and its other dates have.
"""

from __future__ import annotations

import datetime
import html
import importlib
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from attrs import frozen

# publication dates lie in these years; what lies beyond is a placeholder (0001, 1970-01-01 and 9999 are checked besides)
FIRST_YEAR, LAST_YEAR = 1800, 2049
_PLACEHOLDERS: Final = frozenset(
    datetime.date(*day) for day in ((1900, 1, 1), (1901, 1, 1), (1969, 12, 31), (1970, 1, 1), (1980, 1, 1), (1904, 1, 1))
)
_LANGUAGES: Final = ("en", "de", "fr", "es", "it", "pt", "nl", "ru", "uk", "pl", "cs", "sv", "da", "nb", "fi", "hu", "tr", "el", "ar", "he", "fa", "hi", "id", "th", "ro", "bg", "hr", "sr", "lt", "lv", "et", "sk", "sl", "ca", "eu", "gl", "bn", "ms", "az", "ka", "hy", "be", "mk", "is", "ur", "ta", "te")
_WORD: Final = r"[^\W\d_][^\s\d,;:|/()<>\[\]–—-]{1,19}"
_SHORT_YEAR: Final = 69  # as POSIX reads two digits: 69 is 1969, 68 is 2068
_TIME: Final = re.compile(
    r"[\sT,|•·–-]{0,4}(?:at|um|à|a las|às|alle|ore|kl\.?|om|o|u|в|@|klo|saat|lúc|h)?[\s,|(]{0,3}"
    r"(?P<h>[01]?\d|2[0-3])(?:[:.hH時时시]\s?|(?=\s?[ap]\.?m\b))(?P<m>[0-5]\d)?(?:[:.](?P<s>[0-5]\d)(?:[.,]\d{1,9})?)?"
    r"\s?(?P<ap>[ap]\.?\s?m\b\.?)?(?:\s?(?P<z>Z\b|(?:UTC|GMT)?\s?[+-]\d\d?:?(?:\d\d)?\b|[A-Z]{2,5}\b))?",
    re.IGNORECASE,
)
_ISO_TIME: Final = re.compile(
    r"[T\s](?P<h>[01]\d|2[0-4]):?(?P<m>[0-5]\d)(?::?(?P<s>[0-6]\d)(?:[.,]\d{1,9})?)?\s?(?P<z>Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?", re.IGNORECASE
)
_PATTERNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("era", r"(?P<era>令和|平成|昭和)\s?(?P<y>\d{1,2}|元)年\s?(?P<m>\d{1,2})月\s?(?P<d>\d{1,2})日"),
        ("roc", r"(?:中華)?民國\s?(?P<y>\d{2,3})年\s?(?P<m>\d{1,2})月\s?(?P<d>\d{1,2})日"),
        ("cjk", r"(?<!\d)(?P<y>\d{4})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일号號]?"),
        ("viet", r"(?<!\d)(?P<d>\d{1,2})\s+(?:tháng|thg)\s+(?P<m>\d{1,2}),?(?:\s+năm)?\s+(?P<y>\d{4})"),
        ("ymd", r"(?<![\d.,/-])(?P<y>\d{4})\s?(?P<sep>[-/._])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<d>\d{1,2})(?!\d)"),
        ("numeric", r"(?<![\d./-])(?P<a>\d{1,2})(?P<sep>\s?[./-]\s?)(?P<b>\d{1,2})(?:\s?[./-]\s?)(?P<y>\d{4}|\d\d)(?!\d|[./-]\d|[:%€$])"),
        ("unix", rf"(?<!\w)(?P<w>{_WORD})\s+(?P<d>\d{{1,2}})\s+(?P<clock>\d\d:\d\d(?::\d\d)?)\s+(?P<z>[A-Z]{{2,5}}\s|[+-]\d{{4}}\s)?(?P<y>\d{{4}})(?!\d)"),
        ("dmy", rf"(?<![\d:.,/])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|ste|de|[.ºª°]|-?[гй]?[оаы]?[ея]?)?[\s./-]{{0,2}}(?:of\s|de\s|den\s|d['’])?\s?(?P<w>{_WORD})[\s.,/-]{{1,3}}(?:de[l]?\s|of\s|in\s)?(?P<y>\d{{4}}|['’]\d\d|\d\d(?=\D*$|,?\s\d\d?[:.]\d\d))(?!\d)"),
        ("mdy", rf"(?<!\w)(?P<w>{_WORD})\s{{0,2}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s.,]{{1,3}}(?P<y>\d{{4}})(?!\d)"),
        ("ywd", rf"(?<!\d)(?P<y>\d{{4}})[.,]?\s(?:m\.|gada|ko|eko)?\s?(?P<w>{_WORD})\s(?P<d>\d{{1,2}})(?!\d)"),
        ("ywd", rf"(?<!\d)(?P<y>\d{{4}})[.,]?\s(?:m\.|gada)\s(?P<d>\d{{1,2}})\.\s(?P<w>{_WORD})"),
        ("compact", r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])(?=T|(?:[\s-]?[0-2]\d[0-5]\d(?:[0-5]\d)?)?(?!\d))"),
    )
)  # fmt: skip
_ERAS: Final = {"令和": 2018, "平成": 1988, "昭和": 1925}
_ROC: Final = 1911
_BUDDHIST: Final = 543


@frozen
class Habits:
    """How a page writes dates: its language (ISO 639-1), and whether the month comes before the day, as far as that is known."""

    language: str = ""
    month_first: bool | None = None


@frozen
class Reading:
    """A date that was read: the days that it can mean (the likelier first), where it stands, the time of day, and minutes from UTC.

    ``offset`` is None where no zone is written; ``moment`` is in the zone that is written.
    """

    days: tuple[datetime.date, ...]
    start: int
    end: int
    moment: datetime.datetime | None = None
    offset: int | None = None

    @property
    def is_utc(self) -> bool:
        """Whether it is a moment in UTC, which says little of the day that its readers had."""
        return self.offset == 0 and self.moment is not None


@cache
def _month_table(language: str) -> dict[str, int]:
    try:
        info = importlib.import_module(f"dateparser.data.date_translation_data.{language}").info
    except ImportError:
        return {}
    names = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
    table: dict[str, int] = {}
    for number, name in enumerate(names, 1):
        for word in info.get(name, ()):
            plain = _plain(word.removeprefix("de ").removeprefix("d’"))
            if len(plain) > 1 and not plain[0].isdigit():
                table.setdefault(plain, number)
    return table


@cache
def _all_months() -> dict[str, int]:
    table: dict[str, int] = {}
    for language in _LANGUAGES:
        for word, number in _month_table(language).items():
            table.setdefault(word, number)
    return table | {"sept": 9, "juni": 6, "juli": 7, "dezember": 12, "jänner": 1, "feber": 2}


@cache
def _weekdays(language: str) -> dict[str, int]:
    try:
        info = importlib.import_module(f"dateparser.data.date_translation_data.{language}").info
    except ImportError:
        return {}
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return {_plain(word): number for number, name in enumerate(names) for word in info.get(name, ()) if len(word) > 1}


def _of_weekday(days: tuple[datetime.date, ...], before: str, language: str) -> tuple[datetime.date, ...]:
    """Return the one of several days whose weekday stands before it; all of them where none does."""
    words = before.replace(",", " ").split()
    table = _weekdays(language) | _weekdays("en")
    said = {table[plain] for word in words[-2:] if (plain := _plain(word)) in table}
    fitting = tuple(day for day in days if day.weekday() in said)
    return fitting if len(fitting) == 1 else days


def _plain(word: str) -> str:
    return word.casefold().strip(",'’*").replace(".", "")


def language_habits(language: str | None) -> Habits:
    """Return the habits of a language, for dates of metadata: the month comes first in English of the United States only; English alone tells nothing."""
    found = re.match(r"([a-z]{2})(?![a-z])(?:[-_]([a-z]{2}))?", (language or "").strip().lower())
    if not found:
        return Habits()
    if found[1] != "en":
        return Habits(found[1], False)
    return Habits("en", None if not found[2] else found[2] in ("us", "ph"))


def month_of(word: str, language: str = "") -> int | None:
    """Return the number of a month's name, in the language if it is one of it, else in any."""
    plain = _plain(word)
    return _month_table(language).get(plain) or _all_months().get(plain) if language else _all_months().get(plain)


def read_dates(text: str, habits: Habits) -> list[Reading]:
    """Return the dates in a short text, in order; those in years that no publication has, and placeholders, are none."""
    if not any(c.isdigit() for c in text):
        return []
    found: list[Reading] = []
    taken: list[tuple[int, int]] = []
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            days = tuple(d for d in _days(name, match, habits) if is_plausible(d))
            if len(days) > 1:
                days = _of_weekday(days, text[max(0, match.start() - 16) : match.start()], habits.language)
            if not days:
                continue
            taken.append(match.span())
            moment, offset, end = _clock(name, text, match, days[0])
            found.append(Reading(days, match.start(), end, moment, offset))
    return sorted(found, key=lambda r: r.start)


def read_value(value: Any, habits: Habits) -> Reading | None:
    """Return the date that a piece of metadata is: at most 90 characters, one date (a list counts by its first); None where it is none."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(int(value))
    if not isinstance(value, str):
        return None
    text = html.unescape(value).strip().strip("\"'")
    if not 6 <= len(text) <= 90:
        return None
    if re.fullmatch(r"\d{10}|\d{13}", text):
        return _epoch(int(text[:10]))
    found = read_dates(text, habits)
    return found[0] if found and found[0].start <= 40 else None


def is_plausible(day: datetime.date) -> bool:
    """Whether something can have been published on a day: no placeholder, no year that is none."""
    return FIRST_YEAR <= day.year <= LAST_YEAR and day not in _PLACEHOLDERS


def _epoch(seconds: int) -> Reading | None:
    moment = datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    return Reading((moment.date(),), 0, 10, moment.replace(tzinfo=None), 0) if is_plausible(moment.date()) else None


def _days(name: str, match: re.Match[str], habits: Habits) -> Iterator[datetime.date]:
    get = match.groupdict().get
    if name == "numeric":
        yield from _numeric(match, habits)
        return
    year = _year(get("y") or "")
    if name == "era":
        year = _ERAS[match["era"]] + (1 if match["y"] == "元" else int(match["y"]))
    elif name == "roc":
        year = _ROC + int(match["y"])
    elif habits.language == "th" and year > LAST_YEAR:
        year -= _BUDDHIST
    month = month_of(match["w"], habits.language) if get("w") else int(get("m") or 0)
    yield from _day(year, month or 0, int(match["d"]))


def _numeric(match: re.Match[str], habits: Habits) -> Iterator[datetime.date]:
    first, second, year = int(match["a"]), int(match["b"]), _year(match["y"])
    if habits.language == "th" and year > LAST_YEAR:
        year -= _BUDDHIST
    separator = match["sep"].strip()
    if match[0].count(separator) != 2:
        return
    month_first = habits.month_first and separator != "."
    both = ((first, second), (second, first)) if month_first else ((second, first), (first, second))
    for month, day in dict.fromkeys(both):
        yield from _day(year, month, day)
    if len(match["y"]) == 2 and len(match["a"]) == 2 and habits.language in ("ko", "ja", "zh", "hu"):
        yield from _day(_year(match["a"]), second, int(match["y"]))


def _year(text: str) -> int:
    digits = text.strip("'’")
    if not digits.isdigit():
        return 0
    number = int(digits)
    return number if len(digits) > 2 else number + (1900 if number >= _SHORT_YEAR else 2000)


def _day(year: int, month: int, day: int) -> Iterator[datetime.date]:
    try:
        yield datetime.date(year, month, day)
    except ValueError:
        return


def _clock(name: str, text: str, match: re.Match[str], day: datetime.date) -> tuple[datetime.datetime | None, int | None, int]:
    """Return the time of day that follows a date, its zone in minutes from UTC, and where that ends."""
    if name == "unix":
        hour, minute = (int(part) for part in match["clock"].split(":")[:2])
        return _moment(day, hour, minute), _offset((match["z"] or "").strip()), match.end()
    found = (_ISO_TIME.match(text, match.end()) if name in ("ymd", "compact") else None) or _TIME.match(text, match.end())
    if found is None or (found["m"] is None and not found.groupdict().get("ap")):
        return None, None, match.end()
    hour, minute = int(found["h"]), int(found["m"] or 0)
    half = found.groupdict().get("ap") or ""
    if half[:1].lower() == "p" and hour < 12:
        hour += 12
    elif half[:1].lower() == "a" and hour == 12:
        hour = 0
    return _moment(day, hour, minute), _offset((found["z"] or "").strip()), found.end()


def _moment(day: datetime.date, hour: int, minute: int) -> datetime.datetime | None:
    return datetime.datetime(day.year, day.month, day.day, hour, minute) if hour < 24 and minute < 60 else None


# minutes from UTC; names that several zones share say only that a zone was written
_ZONES: Final = {
    "EST": -300, "EDT": -240, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "ET": -300, "CT": -360, "MT": -420, "PT": -480, "CET": 60,
    "CEST": 120, "MEZ": 60, "MESZ": 120, "EET": 120, "EEST": 180, "BST": 60, "MSK": 180, "JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "IST": 330, "NZST": 720,
    "NZDT": 780, "AKST": -540, "HST": -600, "SAST": 120, "WIB": 420, "HKT": 480, "SGT": 480, "PHT": 480, "BRT": -180, "ART": -180,
}  # fmt: skip


def _offset(zone: str) -> int | None:
    if not zone:
        return None
    upper = zone.upper().replace(" ", "")
    signed = re.fullmatch(r"(?:UTC|GMT)?([+-])(\d\d?):?(\d\d)?", upper)
    if signed:
        minutes = int(signed[2]) * 60 + int(signed[3] or 0)
        # no clock is further from UTC than 14 hours
        return (minutes if signed[1] == "+" else -minutes) if minutes <= 14 * 60 else None
    return 0 if upper in ("Z", "UTC", "GMT") else _ZONES.get(upper)
