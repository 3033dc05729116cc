"""When in English words, for people who do not read EDTF."""

from __future__ import annotations

import re

from chronicle.time import gregorian
from chronicle.time.edtf import GROUPINGS, DatePart
from chronicle.time.when import OPEN, Moment, When

_RUNNING_DECADE = re.compile(r"\d{3}X", re.ASCII)
_RUNNING_CENTURY = re.compile(r"\d\dXX", re.ASCII)


def describe(when: When) -> str:
    """Say a time in words: "16 July 2021", "some time from 17 to 18 July 2021", "since September 2020"."""
    if when.kind == "date":
        return _date(when.dates[0])
    if when.kind == "interval":
        return _interval(when)
    pieces = list(_members(when))
    if when.kind == "one of":
        return pieces[0] if len(pieces) == 1 else "either " + _listed(pieces, "or")
    return _listed(pieces, "and")


def _interval(when: When) -> str:
    start, end = when.parts
    if isinstance(start, DatePart) and isinstance(end, DatePart):
        return "from " + _from_to(start, end)
    if isinstance(start, DatePart):
        return f"since {_date(start)}" if end == OPEN else f"from {_date(start)} to an unknown time"
    assert isinstance(end, DatePart)
    return f"until {_date(end)}" if start == OPEN else f"from an unknown time to {_date(end)}"


def _members(when: When) -> list[str]:
    found = []
    parts = list(when.parts)
    for index, part in enumerate(parts):
        if isinstance(part, tuple) and not isinstance(part, DatePart):
            lead = "some time from " if when.kind == "one of" else "from "
            found.append(lead + _from_to(part[0], part[1]))
        elif isinstance(part, DatePart):
            if index and parts[index - 1] == OPEN and index == 1:
                found.append(f"some time up to {_date(part)}")
            elif index + 1 < len(parts) and parts[index + 1] == OPEN:
                found.append(f"some time from {_date(part)} on")
            else:
                found.append(_date(part))
    return found


def _listed(pieces: list[str], word: str) -> str:
    return f"{', '.join(pieces[:-1])} {word} {pieces[-1]}" if len(pieces) > 1 else pieces[0]


def _from_to(start: DatePart, end: DatePart) -> str:
    """Say both ends, leaving out of the first what the second says again."""
    first, last = _date(start), _date(end)
    if start.qualifiers == end.qualifiers == ("", "", "") and not (start.is_unspecified or end.is_unspecified):
        if start.clock and end.clock and first.split(",")[0] == last.split(",")[0]:
            return f"{start.clock} to {end.clock} on {first.split(',')[0]}"
        if not start.clock and not end.clock and start.year == end.year and start.precision == end.precision:
            if start.precision == "day" and start.month == end.month:
                return f"{int(start.day or 0)} to {last}"
            if start.precision in ("day", "month"):
                return f"{first.removesuffix(' ' + year_words(start.year))} to {last}"
    return f"{first} to {last}"


def year_words(year: str) -> str:
    """Say a year as EDTF writes it: "2021", "44 BC", "the year 170002"."""
    body, _, significant = year.partition("S")
    if body.startswith("Y"):
        mantissa, _, exponent = body[1:].partition("E")
        number = int(mantissa) * 10 ** int(exponent or 0)
    elif "X" in body:
        return year
    else:
        number = int(body)
    text = f"{1 - number} BC" if number <= 0 else str(number)
    return f"about {text}" if significant else text


def _date(part: DatePart) -> str:
    text = _plain_date(part)
    if part.is_approximate and part.is_uncertain:
        return f"perhaps about {text}"
    if part.is_approximate:
        return f"about {text}"
    return f"perhaps {text}" if part.is_uncertain else text


def _plain_date(part: DatePart) -> str:
    if part.is_unspecified:
        return _unspecified(part)
    year = year_words(part.year)
    if part.month is None:
        return year
    number = int(part.month)
    if number in GROUPINGS:
        name = GROUPINGS[number][0]
        return f"the {name} of {year}" if number > 32 else f"{name} {year}"
    if part.day is None:
        return f"{gregorian.MONTHS[number]} {year}"
    text = f"{int(part.day)} {gregorian.MONTHS[number]} {year}"
    if part.clock is None:
        return text
    clock = part.clock if ":" in part.clock else f"{part.clock}:00 or so"
    zone = {None: "", "Z": " UTC"}.get(part.zone, f" UTC{part.zone}")
    return f"{text}, {clock}{zone}"


def _unspecified(part: DatePart) -> str:
    if part.month is None:
        if _RUNNING_DECADE.fullmatch(part.year):
            return f"the {part.year[:3]}0s"
        if _RUNNING_CENTURY.fullmatch(part.year):
            return f"the {ordinal(int(part.year[:2]) + 1)} century"
        first, last = Moment(part.first).year, Moment(part.last - 1).year
        return f"some year from {_astronomical(first)} to {_astronomical(last)}"
    if "X" not in part.year and part.month != "XX" and "X" not in part.month and part.day == "XX":
        return f"some day in {gregorian.MONTHS[int(part.month)]} {year_words(part.year)}"
    if "X" not in part.year and part.month == "XX":
        return f"some {'day' if part.day else 'month'} in {year_words(part.year)}"
    first_text, last_text = str(Moment(part.first)).split("T")[0], str(Moment(part.last - 1)).split("T")[0]
    return f"some time from {first_text} to {last_text}"


def _astronomical(year: int) -> str:
    return f"{1 - year} BC" if year <= 0 else str(year)


def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 11th ..."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{({1: 'st', 2: 'nd', 3: 'rd'}).get(number % 10, 'th')}"
