"""When in words, for people who do not read EDTF; the words of each language are data, in its folder's words.toml."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from chronicle import languages
from chronicle.time.edtf import GROUPINGS, OPEN, DatePart
from chronicle.time.moment import Moment

_RUNNING_DECADE = re.compile(r"\d{3}X", re.ASCII)
_RUNNING_CENTURY = re.compile(r"\d\dXX", re.ASCII)
_ROMAN: Final = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_FIRST_GROUPING: Final = min(GROUPINGS)
_ALONE: Final = "alone"
_FORMS: Final = (_ALONE, "after", "upto")
_NO_QUALIFIERS: Final = ("", "", "")


def describe(kind: str, parts: Sequence[Any], language: str = languages.ENGLISH) -> str:
    """Say a time in words: "16 July 2021", "some time from 17 to 18 July 2021", "since September 2020".

    ``kind`` and ``parts`` are those of a :class:`chronicle.When`. Raises LookupError for a language that has no words for it; a tag such as de-AT is taken as de.
    """
    return _teller(languages.base(language)).describe(kind, parts)


@functools.cache
def _teller(code: str) -> _Teller:
    return _Teller(languages.table(code, languages.WORDS))


class _Teller:
    """Tells times in one language.

    ``form``: alone, or as a date stands behind a word such as "since" (after) or "until" (upto), where a language has forms for that.
    """

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._months: list[str] = table["names"]["months"]
        # as they stand behind a day, where a language inflects them
        self._months_of: list[str] = table["names"].get("months_of", self._months)
        # a year that stands alone; whether dates begin with it, so that the second of two is the one that leaves it out
        self._year_alone: str = table["names"].get("year_alone", "{year}")
        self._year_first: bool = table["names"].get("year_first", False)
        self._ordinals = table["ordinals"]
        alone = {**table["dates"], "groupings": table["names"]["groupings"]}
        self._dates: dict[str, dict[str, Any]] = {form: {**alone, **table.get(form, {})} for form in _FORMS}
        self._say: dict[str, str] = table["sentences"]
        self._contractions: dict[str, str] = table.get("contractions", {})
        self._contracted = re.compile(
            "|".join(rf"(?<!\w){re.escape(c)}(?!\w)" for c in sorted(self._contractions, key=len, reverse=True))
            or "(?!)"
        )

    def describe(self, kind: str, parts: Sequence[Any]) -> str:
        said = self._whole(kind, parts)
        return self._contracted.sub(lambda found: self._contractions[found.group()], said)

    def _whole(self, kind: str, parts: Sequence[Any]) -> str:
        if kind == "date":
            return self._date(parts[0])
        if kind == "interval":
            return self._interval(*parts)
        pieces = self._members(parts, "within" if kind == "one of" else "from_to")
        if kind == "one of" and len(pieces) > 1:
            return self._said("either", list=self._listed(pieces, "or"))
        return pieces[0] if kind == "one of" else self._listed(pieces, "and")

    def _interval(self, start: DatePart | str, end: DatePart | str) -> str:
        if isinstance(start, DatePart) and isinstance(end, DatePart):
            return self._from_to(start, end, "from_to")
        if isinstance(start, DatePart):
            return self._beside("since" if end == OPEN else "no_end", start)
        assert isinstance(end, DatePart)
        return self._beside("until" if start == OPEN else "no_start", end)

    def _members(self, parts: Sequence[Any], run: str) -> list[str]:
        found = []
        for index, part in enumerate(parts):
            if isinstance(part, tuple) and not isinstance(part, DatePart):
                found.append(self._from_to(part[0], part[1], run))
            elif isinstance(part, DatePart):
                if index == 1 and parts[0] == OPEN:
                    found.append(self._beside("up_to", part))
                elif index + 1 < len(parts) and parts[index + 1] == OPEN:
                    found.append(self._beside("on", part))
                else:
                    found.append(self._date(part))
        return found

    def _listed(self, pieces: list[str], last: str) -> str:
        if len(pieces) == 1:
            return pieces[0]
        return self._say["comma"].join(pieces[:-1]) + self._say[last] + pieces[-1]

    def _said(self, key: str, **values: str) -> str:
        return self._say[key].format_map(values)

    def _beside(self, key: str, part: DatePart) -> str:
        return self._said(key, **self._formed("date", part))

    def _formed(self, name: str, part: DatePart, short: str | None = None) -> dict[str, str]:
        """Return a date in every form, whole or by the short template, under the names that a sentence calls it by."""
        return {
            name if form == _ALONE else f"{name}_{form}": self._short(short, part, form)
            if short
            else self._date(part, form)
            for form in _FORMS
        }

    def _from_to(self, start: DatePart, end: DatePart, key: str) -> str:
        """Say both ends, leaving out of one what the other says too."""
        plain = start.qualifiers == end.qualifiers == _NO_QUALIFIERS and not (
            start.is_unspecified or end.is_unspecified
        )
        if (
            plain
            and start.clock
            and end.clock
            and (start.year, start.month, start.day) == (end.year, end.month, end.day)
        ):
            return self._said(f"{key}_clocks", start=start.clock, end=end.clock, date=self._day(start, _ALONE))
        short = None
        if plain and not start.clock and not end.clock and start.year == end.year and start.precision == end.precision:
            if start.precision == "day":
                short = "day_alone" if start.month == end.month else "day_month"
            elif start.precision == "month":
                short = "month_alone"
        first, second = (None, short) if self._year_first else (short, None)
        return self._said(key, **self._formed("start", start, first), **self._formed("end", end, second))

    def _short(self, key: str, part: DatePart, form: str) -> str:
        return self._form(key, form, **self._month(part), day=self._day_number(part))

    def _form(self, key: str, form: str, **values: str) -> str:
        pattern: str = self._dates[form][key]
        return pattern.format_map(values)

    def _month(self, part: DatePart) -> dict[str, str]:
        """Return the name of a month, alone and behind a day, as the templates call it."""
        index = int(part.month or 1) - 1
        return {"month": self._months[index], "month_of": self._months_of[index]}

    def _day_number(self, part: DatePart) -> str:
        number = str(int(part.day or 1))
        named: str = self._ordinals.get("days", {}).get(number, number)
        return named

    def year(self, year: str) -> str:
        """Say a year as EDTF writes it: "2021", "44 BC", "170002"."""
        body, _, significant = year.partition("S")
        if body.startswith("Y"):
            mantissa, _, exponent = body[1:].partition("E")
            number = int(mantissa) * 10 ** int(exponent or 0)
        elif "X" in body:
            return year
        else:
            number = int(body)
        text = self._numbered(number)
        return self._said("about", date=text) if significant else text

    def _numbered(self, number: int) -> str:
        return self._form("bc", _ALONE, year=str(1 - number)) if number <= 0 else str(number)

    def _date(self, part: DatePart, form: str = _ALONE) -> str:
        text = self._plain(part, form)
        if not (part.is_approximate or part.is_uncertain):
            return text
        key = "about" if not part.is_uncertain else "perhaps_about" if part.is_approximate else "perhaps"
        return self._said(key, date=text)

    def _plain(self, part: DatePart, form: str) -> str:
        if part.is_unspecified:
            return self._unspecified(part, form)
        year = self.year(part.year)
        if part.month is None:
            return self._year_alone.format_map({"year": year})
        if int(part.month) in GROUPINGS:
            pattern: str = self._dates[form]["groupings"][int(part.month) - _FIRST_GROUPING]
            return pattern.format_map({"year": year})
        if part.day is None:
            return self._form("month", form, **self._month(part), year=year)
        text = self._day(part, form)
        if part.clock is None:
            return text
        clock = part.clock if ":" in part.clock else self._form("hour", form, clock=part.clock)
        zone = {None: "", "Z": " UTC"}.get(part.zone, f" UTC{part.zone}")
        return self._form("moment", form, date=text, clock=clock, zone=zone)

    def _day(self, part: DatePart, form: str) -> str:
        return self._form("day", form, day=self._day_number(part), **self._month(part), year=self.year(part.year))

    def _unspecified(self, part: DatePart, form: str) -> str:
        if part.month is None:
            if _RUNNING_DECADE.fullmatch(part.year):
                return self._form("decade", form, decade=f"{part.year[:3]}0")
            if _RUNNING_CENTURY.fullmatch(part.year):
                number = int(part.year[:2]) + 1
                return self._form(
                    "century", form, ordinal=self._ordinal(number), roman=_roman(number), number=str(number)
                )
            first, last = Moment(part.first).year, Moment(part.last - 1).year
            return self._said("some_year", **_bare(self._numbered(first), self._numbered(last)))
        if "X" not in part.year and "X" not in part.month and part.day == "XX":
            return self._said("some_day_in_month", **self._month(part), year=self.year(part.year))
        if "X" not in part.year and part.month == "XX":
            return self._said("some_day" if part.day else "some_month", year=self.year(part.year))
        start, end = str(Moment(part.first)).split("T")[0], str(Moment(part.last - 1)).split("T")[0]
        return self._said("within", **_bare(start, end))

    def _ordinal(self, number: int) -> str:
        exception: str | None = self._ordinals.get("numbers", {}).get(str(number))
        teens = 10 < number % 100 < 20
        return exception or f"{number}{self._ordinals['teens'] if teens else self._ordinals['endings'][number % 10]}"


def _bare(start: str, end: str) -> dict[str, str]:
    """Return both ends of a stretch that are the same in every form."""
    forms = ("", *(f"_{form}" for form in _FORMS[1:]))
    return {f"{name}{form}": text for name, text in (("start", start), ("end", end)) for form in forms}


def _roman(number: int) -> str:
    said = ""
    for value, sign in _ROMAN:
        said += sign * (number // value)
        number %= value
    return said
