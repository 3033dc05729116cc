"""What a page's country says: the order of day and month, and how far from UTC its readers' clocks are."""

from __future__ import annotations

import re
from typing import Any, Final

from attrs import frozen

from chronicle.article.dates import Habits
from chronicle.readers.dates.address import split

# hours from UTC over the year, first and last zone in which many people live (IANA's tz database)
_HOURS: Final[dict[str, tuple[float, float]]] = {
    "us": (-10, -4), "ca": (-8, -2.5), "mx": (-8, -5), "br": (-5, -2), "ar": (-3, -3), "cl": (-4, -3), "co": (-5, -5), "pe": (-5, -5), "ve": (-4, -4), "uy": (-3, -3),
    "uk": (0, 1), "gb": (0, 1), "ie": (0, 1), "pt": (0, 1), "is": (0, 0), "de": (1, 2), "at": (1, 2), "ch": (1, 2), "fr": (1, 2), "be": (1, 2), "nl": (1, 2), "lu": (1, 2),
    "es": (1, 2), "it": (1, 2), "pl": (1, 2), "cz": (1, 2), "sk": (1, 2), "hu": (1, 2), "si": (1, 2), "hr": (1, 2), "rs": (1, 2), "ba": (1, 2), "mk": (1, 2), "al": (1, 2),
    "se": (1, 2), "no": (1, 2), "dk": (1, 2), "fi": (2, 3), "ee": (2, 3), "lv": (2, 3), "lt": (2, 3), "gr": (2, 3), "ro": (2, 3), "bg": (2, 3), "ua": (2, 3), "cy": (2, 3),
    "il": (2, 3), "tr": (3, 3), "ru": (2, 12), "by": (3, 3), "za": (2, 2), "ng": (1, 1), "ke": (3, 3), "gh": (0, 0), "eg": (2, 3), "ma": (0, 1), "sa": (3, 3), "ae": (4, 4),
    "ir": (3.5, 4.5), "pk": (5, 5), "in": (5.5, 5.5), "lk": (5.5, 5.5), "bd": (6, 6), "np": (5.75, 5.75), "th": (7, 7), "vn": (7, 7), "id": (7, 9), "my": (8, 8),
    "sg": (8, 8), "ph": (8, 8), "cn": (8, 8), "hk": (8, 8), "tw": (8, 8), "jp": (9, 9), "kr": (9, 9), "au": (8, 11), "nz": (12, 13), "eu": (0, 3), "gov": (-10, -4),
    "edu": (-10, -4), "mil": (-10, -4),
}  # fmt: skip
# where a language is at home, if the page names no country
_HOMES: Final = {
    "de": "de", "fr": "fr", "it": "it", "nl": "nl", "pl": "pl", "cs": "cz", "sk": "sk", "hu": "hu", "sv": "se", "nb": "no", "no": "no", "nn": "no", "da": "dk", "fi": "fi",
    "el": "gr", "ro": "ro", "bg": "bg", "uk": "ua", "ru": "ru", "tr": "tr", "he": "il", "fa": "ir", "hi": "in", "th": "th", "vi": "vn", "id": "id", "ja": "jp", "ko": "kr",
    "zh": "cn", "hr": "hr", "sr": "rs", "sl": "si", "lt": "lt", "lv": "lv", "et": "ee", "ca": "es", "eu": "es", "gl": "es", "is": "is",
}  # fmt: skip
# ISO 639-2, as some systems write it
_THREE: Final = {
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "por": "pt", "nld": "nl", "dut": "nl", "rus": "ru", "ukr": "uk", "pol": "pl",
    "ces": "cs", "cze": "cs", "slk": "sk", "hun": "hu", "ron": "ro", "rum": "ro", "tur": "tr", "ell": "el", "gre": "el", "swe": "sv", "dan": "da", "nob": "nb", "nor": "no",
    "fin": "fi", "jpn": "ja", "zho": "zh", "chi": "zh", "kor": "ko", "ara": "ar", "heb": "he", "fas": "fa", "per": "fa", "hin": "hi", "vie": "vi", "tha": "th", "ind": "id",
}  # fmt: skip
_MONTH_FIRST: Final = frozenset(("us", "ph", "gov", "edu", "mil"))
_DAY_FIRST: Final = frozenset(_HOURS) - _MONTH_FIRST - {"ca", "eu"}
_ANYWHERE: Final = (-10.0, 3.0)
_NUMBERS: Final = re.compile(r"(?<![\d./-])(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d\d)(?![\d/-])")


@frozen
class Place:
    """Where a page is at home: its habits of writing dates, and its hours from UTC; ``known`` says whether anything told them."""

    habits: Habits
    hours: tuple[float, float]
    known: bool


def place_of(tree: Any, address: str | None, lines: list[str]) -> Place:
    """Return where a page is at home: by its language's region, its domain, and how its own dates are written."""
    said = [str(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang") or "")]
    for path in (
        "//body/@lang", "//meta[@property='og:locale']/@content", "//meta[translate(@http-equiv,'CL','cl')='content-language']/@content",
        "//meta[@name='language']/@content", "//article/@lang",
    ):  # fmt: skip
        said += [str(value) for value in tree.xpath(path)[:1]]
    language, region = "", ""
    for text in said:
        text = _THREE.get(text.strip().lower(), text)
        found = re.match(r"([a-zA-Z]{2})(?![a-zA-Z])(?:[-_](?:[A-Z][a-z]{3}[-_])?([A-Za-z]{2})\b)?", text.strip())
        if found:
            language = language or found[1].lower()
            region = region or (found[2] or "").lower()
    host = split(address).hostname or "" if address else ""
    top = host.rpartition(".")[2]
    generic = top in ("com", "org", "net", "info", "io", "tv", "me", "co", "news", "ai", "fm", "cc", "blog", "")
    # en-US is what many systems write where nobody has chosen
    country = top if not generic and (top in _HOURS) else region if region and (region != "us" or language == "en") else _HOMES.get(language, "")
    month_first: bool | None = None
    if country in _MONTH_FIRST or (country == "" and language == "en"):
        month_first = True
    elif country in _DAY_FIRST or language not in ("", "en"):
        month_first = False
    first, second = _evidence(lines)
    if first != second:
        month_first = second > first
    return Place(Habits(language, month_first), _HOURS.get(country, _ANYWHERE), country in _HOURS)


def _evidence(lines: list[str]) -> tuple[int, int]:
    """Count the page's numeric dates that can only begin with the day, and those that can only begin with the month."""
    day_first = month_first = 0
    for line in lines:
        for found in _NUMBERS.finditer(line):
            one, two = int(found[1]), int(found[3])
            day_first += 12 < one <= 31 and two <= 12
            month_first += 12 < two <= 31 and one <= 12
    return day_first, month_first
