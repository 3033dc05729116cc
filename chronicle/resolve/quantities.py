"""How long and how often, as TIMEX3 writes it: the values of durations and sets.

Source: TimeML 1.2.1, after ISO 8601: P3Y, PT1H30M, PXW, XXXX-WXX-1.
"""

from __future__ import annotations

from typing import Final

from chronicle.tagger.meaning import Clock, Cycle, Duration, Meaning
from chronicle.time import periods

# TIMEX3 letters of units; the ones after T count hours and less
_LETTERS: Final = {
    "millennium": "L", "century": "C", "decade": "E", "year": "Y", "quarter": "Q", "month": "M", "fortnight": "W", "week": "W",
    "weekend": "WE", "day": "D", "hour": "TH", "minute": "TM", "second": "TS",
}  # fmt: skip
FINER: Final = {
    "millennium": ("century", 10), "century": ("decade", 10), "decade": ("year", 10), "year": ("month", 12),
    "half": ("month", 6), "quarter": ("month", 3), "month": ("day", 30), "fortnight": ("day", 14), "week": ("day", 7), "day": ("hour", 24),
    "hour": ("minute", 60), "minute": ("second", 60),
}  # fmt: skip
# half an hour is 30 minutes and half a decade five years, but half a day may be a working day
_HALVED: Final = frozenset({"minute", "hour", "year", "decade"})


def duration_value(duration: Duration) -> str:
    """Write a duration as a TIMEX3 value: P3Y, PT1H30M, PXW."""
    dates: list[str] = []
    times: list[str] = []
    for given, named in duration.amounts:
        count, unit = _in_months(given, named)
        letters = _LETTERS[unit]
        whole, rest = _split(count, unit)
        target = times if letters.startswith("T") else dates
        if whole:
            target.append(whole + letters.removeprefix("T"))
        if rest:
            (times if _LETTERS[FINER[unit][0]].startswith("T") else dates).append(rest)
    return "P" + "".join(dates) + ("T" + "".join(times) if times else "")


def _in_months(count: int | float | None, unit: str) -> tuple[int | float | None, str]:
    """Return halves of years, for which TIMEX3 has no letter, as months."""
    return (None if count is None else count * 6, "month") if unit == "half" else (count, unit)


def _split(count: int | float | None, unit: str) -> tuple[str, str]:
    """Return a count as text, a fraction turned into the next finer unit where it comes out whole (1.5 hours is 1H30M)."""
    if count is None:
        return "X", ""
    if unit == "fortnight":
        count *= 2
    if float(count).is_integer():
        return str(int(count)), ""
    finer = FINER.get(unit)
    if finer:
        part = (count - int(count)) * finer[1]
        if float(part).is_integer() and (count > 1 or unit in _HALVED):
            return str(int(count)) if count > 1 else "", f"{int(part)}{_LETTERS[finer[0]].removeprefix('T')}"
    return f"{count:.6f}".rstrip("0").rstrip("."), ""


def set_value(what: Meaning, count: int, at: Clock | None = None) -> str:
    """Write what comes round, every ``count`` times, as a TIMEX3 value: P2W, XXXX-WXX-1, XXXX-03, XXXX-WXX-2T20:00."""
    if at is not None:
        day = set_value(what, count)
        seconds = "" if at.second is None else f":{at.second:02d}"
        clock = f"T{at.hour % 24:02d}:{at.minute or 0:02d}{seconds}"
        return f"{'XXXX-XX-XX' if day[0] == 'P' else day.partition('T')[0]}{clock}"
    if not isinstance(what, Cycle):
        what = getattr(what, "what", what)
    if not isinstance(what, Cycle):
        return "XXXX"
    value = what.value
    if what.kind == "unit":
        return "XXXX-WXX-WE" if value == "weekend" else duration_value(Duration(((count, str(value)),)))
    if what.kind == "weekdays":
        return "XXXX-WXX"
    if what.kind == "weekday":
        return f"XXXX-WXX-{value}"
    if what.kind in ("part", "overnight"):
        return f"XXXX-XX-XXT{periods.PART_CODES.get(str(value), value)}"
    if what.kind == "season":
        return f"XXXX-{periods.SEASON_CODES[int(value)]}"
    if what.kind in ("quarter", "half"):
        return f"XXXX-{what.kind[0].upper()}{value}"
    if what.kind == "month":
        return f"XXXX-{int(value):02d}"
    if what.kind == "date":
        return f"XXXX-{int(value) // 100:02d}-{int(value) % 100:02d}"
    if what.kind == "monthday":
        return f"XXXX-XX-{int(value):02d}"
    if what.kind == "weekdate":
        return f"XXXX-XX-{int(value) % 100:02d}"
    return "XXXX-XX-XX"
