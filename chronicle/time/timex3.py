"""TIMEX3 values and mods to EDTF and back.

Source: TimeML 1.2.1 and the TIMEX3 annotation guidelines (Sauri et al., 2006). Values without X for a decade or century
(``199``, ``19``), as TimeBank writes them, are read too.
"""

from __future__ import annotations

import re
from typing import Final

from chronicle.time import gregorian, periods
from chronicle.time.edtf import MICROSECONDS_PER_DAY, EdtfError, parse_date
from chronicle.time.periods import Period

NO_TIME: Final = re.compile(r"PRESENT_REF|PAST_REF|FUTURE_REF|P[0-9TX].*|X{4}.*|T.*", re.ASCII)
# mods that divide a period, as (first, last) twelfths of it; EARLY and LATE are not TIMEX3's, START and END are
THIRDS: Final = {"START": (0, 4), "MID": (4, 8), "END": (8, 12)}
_HALVES: Final = {"START": (0, 6), "END": (6, 12)}
_SEASONS: Final = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
_PIECES: Final = {"Q1": 33, "Q2": 34, "Q3": 35, "Q4": 36, "H1": 40, "H2": 41}
_VALUE = re.compile(
    r"(?P<bc>BC)?(?P<year>[0-9X]{1,4})"
    r"(?:-(?P<piece>SP|SU|FA|WI|Q[1-4X]|H[12X])"
    r"|-W(?P<week>[0-9X]{1,2})(?P<weekend>-WE)?(?:-(?P<weekday>[1-7]))?"
    r"|-(?P<month>[0-9X]{1,2})(?:-(?P<day>[0-9X]{1,2}))?)?"
    r"(?:T(?P<part>MO|MI|AF|EV|NI|DT)|T(?P<clock>\d\d(?::\d\d){0,2}(?:Z|[+-]\d\d(?::?\d\d)?)?))?",
    re.ASCII,
)


def to_edtf(value: str, mod: str | None) -> str | None:
    """Return the EDTF of a TIMEX3 value and mod, or None where they name no time. Raises EdtfError."""
    if NO_TIME.fullmatch(value):
        return None
    if "/" in value:
        start, end = (to_edtf(v, None) for v in value.split("/", 1))
        return None if start is None or end is None else f"{start}/{end}"
    found = _VALUE.fullmatch(value)
    if not found:
        raise EdtfError(f"{value!r} is not a TIMEX3 value, such as 2021-07-16, 2021-W28, 2019-Q3, 199X or PAST_REF")
    text = _plain(value, found.groupdict())
    if mod is None:
        return text
    if mod == "APPROX":
        return f"{text}~" if text[0] != "[" else f"[{text[1:-1].split('..')[0]}~..{text[1:-1].split('..')[1]}~]"
    first, last = (text[1:-1].split("..") * 2)[:2] if text[0] == "[" else (text, text)
    if mod == "ON_OR_AFTER":
        return f"{first}/.."
    if mod == "ON_OR_BEFORE":
        return f"../{last}"
    if mod in ("BEFORE", "AFTER") or mod in THIRDS:
        begin, stop = days_of(first)[0], days_of(last)[1]
        if mod == "BEFORE":
            return f"../{periods.edtf_day(begin - 1)}"
        if mod == "AFTER":
            return f"{periods.edtf_day(stop + 1)}/.."
        return part(begin, stop, mod) if stop > begin else text
    return text


def days_of(text: str) -> tuple[int, int]:
    """Return the numbers of the first and the last day of an EDTF date."""
    date = parse_date(text)
    return date.first // MICROSECONDS_PER_DAY, (date.last - 1) // MICROSECONDS_PER_DAY


def part(first: int, last: int, mod: str, half: bool = False) -> str:
    """Return "some time within" the first, middle or last third (or the first or last half) of the days from first to last, in
    whole months or years where the stretch is long enough to be spoken of so."""
    low, high = _HALVES[mod] if half else THIRDS[mod]
    length = last - first + 1
    if length >= 3652:
        years = gregorian.from_ordinal(last)[0] - gregorian.from_ordinal(first)[0] + 1
        begin = gregorian.from_ordinal(first)[0]
        low_year, high_year = begin + round(years * low / 12), begin + -(-years * high // 12) - 1
        return f"[{periods.edtf_year(low_year)}..{periods.edtf_year(high_year)}]"
    if length >= 364:
        year, month, _ = gregorian.from_ordinal(first)
        start = Period("month", year * 12 + month - 1 + low)
        return f"[{periods.to_edtf(start)}..{periods.to_edtf(start.shifted(high - low - 1))}]"
    begin, end = first + length * low // 12, first + -(-length * high // 12) - 1
    if not half and 28 <= length <= 31:
        # the dekads of a month, as the World Meteorological Organization counts them
        begin, end = first + low // 4 * 10, last if high == 12 else first + high // 4 * 10 - 1
    return f"[{periods.edtf_day(begin)}..{periods.edtf_day(max(begin, end))}]"


def _plain(value: str, part: dict[str, str | None]) -> str:
    year_text = part["year"] or ""
    if len(year_text) < 4:
        year_text += "X" * (4 - len(year_text))
    if part["bc"]:
        if "X" in year_text:
            year_text = f"-{year_text}"
        else:
            year_text = periods.edtf_year(1 - int(year_text))
    piece = part["piece"]
    if piece:
        if piece.endswith("X") and piece not in _PIECES:
            return year_text
        return f"{year_text}-{_SEASONS.get(piece) or _PIECES[piece]}"
    if part["week"]:
        if "X" in part["week"]:
            return year_text
        try:
            week = gregorian.from_iso_week(int(year_text), int(part["week"]))
        except ValueError as error:
            raise EdtfError(f"{value!r}: {error}") from None
        if part["weekday"]:
            return periods.edtf_day(gregorian.week_start(week) + int(part["weekday"]) - 1)
        return periods.to_edtf(Period("weekend" if part["weekend"] else "week", week))
    if not part["month"]:
        return year_text
    text = f"{year_text}-{part['month'].zfill(2)}"
    if part["day"] is None:
        return text
    text = f"{text}-{part['day'].zfill(2)}"
    if "X" in text and (part["part"] or part["clock"]):
        return text
    if part["part"]:
        year, month, day = int(year_text), int(part["month"]), int(part["day"])
        return periods.to_edtf(Period(part["part"], gregorian.to_ordinal(year, month, day)))
    return f"{text}T{part['clock']}" if part["clock"] else text


def from_edtf(text: str, kind: str, approximate: bool) -> tuple[str, str | None]:
    """Return TIMEX3 (value, mod) for EDTF of a kind that :class:`chronicle.When` knows."""
    mod = "APPROX" if approximate else None
    bare = re.sub(r"[?~%]", "", text)
    if kind == "date":
        return _date_value(bare), mod
    if kind == "interval":
        start, end = bare.split("/")
        if end in ("..", ""):
            return _date_value(start), "ON_OR_AFTER"
        if start in ("..", ""):
            return _date_value(end), "ON_OR_BEFORE"
        return _span_value(start, end), mod
    members = bare[1:-1].split(",")
    start, _, end = members[0].partition("..")
    if len(members) == 1 and start and end:
        return _span_value(start, end), mod
    if len(members) == 1 and members[0].startswith(".."):
        return _date_value(end), "ON_OR_BEFORE"
    if len(members) == 1 and members[0].endswith(".."):
        return _date_value(start), "ON_OR_AFTER"
    if len(members) == 1:
        return _date_value(start), mod
    return ",".join(_date_value(m.replace("..", "/")) if ".." not in m else m.replace("..", "/") for m in members), mod


def _date_value(text: str) -> str:
    year, dash, rest = _year_of(text)
    if year.startswith("Y") or "S" in year:
        return text
    if year.startswith("-"):
        year = f"BC{year[1:]}" if "X" in year else f"BC{1 + int(year[1:]):04d}"
    elif year == "0000":
        year = "BC0001"
    if dash and "-" not in rest and rest.isdigit() and int(rest) > 12:
        code = int(rest)
        names = {v: k for k, v in (_SEASONS | _PIECES).items()}
        # TIMEX3 names seasons without their hemisphere: a northern one is that, a southern one keeps EDTF's number, which is read back
        if 25 <= code <= 28:
            code -= 4
        if code in names:
            return f"{year}-{names[code]}"
    return f"{year}{dash}{rest}"


def _year_of(text: str) -> tuple[str, str, str]:
    sign = "-" if text.startswith("-") else ""
    head, dash, rest = text[len(sign) :].partition("-") if not text.startswith("Y-") else (text, "", "")
    return sign + head, dash, rest


def _span_value(start: str, end: str) -> str:
    """Name a run of days by its week, weekend or part of the day where it is just that."""
    plain = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?", re.ASCII)
    first, last = plain.fullmatch(start), plain.fullmatch(end)
    if first and last:
        begin = gregorian.to_ordinal(*(int(g) for g in first.groups()[:3]))
        stop = gregorian.to_ordinal(*(int(g) for g in last.groups()[:3]))
        if first[4] and last[4]:
            for code in periods.PARTS_OF_DAY:
                if (start, end) == periods.ends(Period(code, begin)):
                    return periods.to_timex3(Period(code, begin))
        elif not first[4] and not last[4]:
            if gregorian.weekday(begin) == 1 and stop == begin + 6:
                return periods.to_timex3(Period("week", gregorian.week_number(begin)))
            if gregorian.weekday(begin) == 6 and stop == begin + 1:
                return periods.to_timex3(Period("weekend", gregorian.week_number(begin)))
    return f"{_date_value(start)}/{_date_value(end)}"
