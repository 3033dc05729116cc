"""Meaning and reference to a resolved time: the arithmetic that runs anew for each article.

What TIMEX3 says and what a reader takes from an expression can differ ("later this week" is 2021-W28 with mod END, and
some time from tomorrow to Sunday), so a :class:`Resolution` holds both: ``type``, ``value`` and ``mod`` after TimeML 1.2.1,
and the EDTF text of the :class:`chronicle.When`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from attrs import define

from chronicle import gregorian, named_days, periods, timex3
from chronicle.periods import PARTS_OF_DAY, Period
from chronicle.tagger import meaning as m
from chronicle.tagger.meaning import Cycle, Duration, Meaning

PAST: Final = "past"
FUTURE: Final = "future"
# TIMEX3 letters of units; the ones after T count hours and less
_LETTERS: Final = {
    "millennium": "L", "century": "C", "decade": "E", "year": "Y", "quarter": "Q", "month": "M", "fortnight": "W", "week": "W",
    "weekend": "WE", "day": "D", "hour": "TH", "minute": "TM", "second": "TS",
}  # fmt: skip
_FINER: Final = {
    "millennium": ("century", 10), "century": ("decade", 10), "decade": ("year", 10), "year": ("month", 12),
    "quarter": ("month", 3), "month": ("day", 30), "fortnight": ("day", 14), "week": ("day", 7), "day": ("hour", 24),
    "hour": ("minute", 60), "minute": ("second", 60),
}  # fmt: skip
COMPARED: Final = frozenset({"quarter", "half", "season"})
_NEAR_IN_TEXT: Final = 600
_HALF_YEAR: Final = 183
_MONTHS_TO_ROUND: Final = 12
_BESIDE: Final = 30
# how many days off an occurrence is close enough to be meant without a word about the direction
_CLOSE: Final = {"date": 120, "month": 100, "quarter": 70, "season": 60, "holiday": 60}


class Unresolved(Exception):
    """An expression that needs an anchor which is not there. The message says which."""


@define
class Reference:
    """What an expression is resolved against.

    ``day`` is the publication date as a day number, ``minute`` the minute of that day where the time is known (in the
    article's own clock); ``previous`` the period last mentioned and ``distance`` how many characters back that was;
    ``compared`` and ``compared_distance`` the same of the last quarter, half or season, which reports go on comparing with others;
    ``direction`` what the tense of the clause says (PAST, FUTURE or None); ``narrative`` whether the text tells of another
    time than its own, so that the time last mentioned is the anchor.
    """

    day: int | None = None
    minute: int | None = None
    previous: Period | None = None
    distance: int = 0
    compared: Period | None = None
    compared_distance: int = 0
    direction: str | None = None
    cue_distance: int = 0
    narrative: bool = False


class Resolution(NamedTuple):
    """A resolved expression. ``reason`` says why there is no time, where there is none; ``used`` names the anchors used."""

    type: str
    value: str
    mod: str | None
    edtf: str | None
    period: Period | None
    reason: str | None = None
    used: frozenset[str] = frozenset()
    quant: str | None = None
    freq: str | None = None
    zone: str = ""


def resolve(meaning: Meaning, reference: Reference) -> Resolution:
    """Resolve a meaning against a reference. Never raises: what cannot be resolved says why in ``reason``."""
    return _Resolver(reference).resolve(meaning)


class _Resolver:
    __slots__ = ("_ref", "_used", "_zone")

    def __init__(self, reference: Reference) -> None:
        self._ref = reference
        self._used: set[str] = set()
        self._zone = ""

    def resolve(self, meaning: Meaning) -> Resolution:
        try:
            return self._resolve(meaning)._replace(used=frozenset(self._used))
        except Unresolved as missing:
            kind, value = self._unresolved_value(meaning)
            return Resolution(kind, value, None, None, None, str(missing), frozenset(self._used))
        except (ValueError, OverflowError) as error:
            return Resolution("DATE", "XXXX", None, None, None, f"no such date: {error}", frozenset(self._used))

    def _resolve(self, meaning: Meaning) -> Resolution:
        handler = _HANDLERS.get(type(meaning))
        if handler is not None:
            return handler(self, meaning)
        return self._point(self.period(meaning), meaning)

    def _point(self, period: Period, meaning: Meaning | None = None) -> Resolution:
        kind = "TIME" if period.unit in PARTS_OF_DAY or period.unit in ("hour", "minute", "second") else "DATE"
        if isinstance(meaning, m.Clock) and meaning.hour == 24:
            day = periods.edtf_day(periods.first_day(period) - 1)
            return Resolution(kind, f"{day}T24:00", None, f"{day}T24:00{self._zone}", period, zone=self._zone)
        return Resolution(
            kind, periods.to_timex3(period), None, periods.to_edtf(period, self._zone), period, zone=self._zone
        )

    # --- periods

    def period(self, meaning: Meaning) -> Period:
        """Return the one period that a meaning names. Raises Unresolved, or ValueError where there is none."""
        if isinstance(meaning, m.Fixed):
            return meaning.period
        evaluate = _PERIODS.get(type(meaning))
        if evaluate is None:
            raise Unresolved("it names no single date")
        return evaluate(self, meaning)

    def _anchor(self) -> int:
        if self._ref.day is None:
            raise Unresolved("it is relative, and the article has no publication date")
        self._used.add("published")
        return self._ref.day

    def _now(self, unit: str) -> Period:
        """Return the period of a unit that holds the publication date (and time, where that is known)."""
        day = self._anchor()
        if unit in ("hour", "minute", "second"):
            if self._ref.minute is None:
                return Period("day", day)
            return periods.widen(Period("minute", day * 1440 + self._ref.minute), unit)
        return periods.containing(unit, day)

    def _focus(self) -> Period:
        """Return the time last mentioned."""
        if self._ref.previous is None:
            raise Unresolved("it refers to a time mentioned before, and there is none")
        self._used.add("previous")
        return self._ref.previous

    def _short_year(self, meaning: m.ShortYear) -> Period:
        if self._ref.day is None:
            return Period("year", meaning.digits + (1900 if meaning.digits > 30 else 2000))
        now = gregorian.from_ordinal(self._anchor())[0]
        year = now // 100 * 100 + meaning.digits
        return Period("year", year - 100 if year > now + 20 else year + 100 if year <= now - 80 else year)

    def _short_decade(self, meaning: m.ShortDecade) -> Period:
        if self._ref.day is None:
            return Period("decade", 190 + meaning.tens)
        now = gregorian.from_ordinal(self._anchor())[0] // 10
        decade = now // 10 * 10 + meaning.tens
        return Period("decade", decade if decade <= now else decade - 10)

    def _this(self, meaning: m.This) -> Period:
        return self._relative(meaning.what, 0)

    def _last(self, meaning: m.Last) -> Period:
        return self._relative(meaning.what, -1)

    def _next(self, meaning: m.Next) -> Period:
        return self._relative(meaning.what, 1)

    def _relative(self, what: Meaning, step: int) -> Period:
        if not isinstance(what, Cycle):
            return periods.shift(self.period(what), step, "year")
        if what.kind == "unit":
            return self._now(str(what.value)).shifted(step)
        anchor = self._anchor()
        if step == 0:
            if what.kind == "weekday":
                return Period("day", gregorian.week_start(gregorian.week_number(anchor)) + int(what.value) - 1)
            year = gregorian.from_ordinal(anchor)[0]
            return _in_year(what, year)
        found = self._neighbour(what, anchor, step)
        if step > 0 and what.kind == "weekday" and gregorian.week_number(found.number) == gregorian.week_number(anchor):
            return found.shifted(7)
        return found

    def _neighbour(self, what: Cycle, day: int, step: int) -> Period:
        """Return the nearest occurrence wholly before (-1) or after (1) the one that holds a day."""
        if what.kind == "weekday":
            ahead = (int(what.value) - gregorian.weekday(day)) % 7
            return Period("day", day + (ahead or 7) if step > 0 else day + (ahead or 7) - 7 if ahead else day - 7)
        if what.kind == "part":
            return Period(str(what.value), day + step)
        year = gregorian.from_ordinal(day)[0]
        for candidate in range(year + step * -1, year + step * 12, step):
            try:
                period = _in_year(what, candidate)
            except ValueError:
                continue
            if (periods.first_day(period) > day) if step > 0 else (periods.last_day(period) < day):
                return period
        raise ValueError(f"there is no {what} near {periods.edtf_day(day)}")

    def _coming(self, meaning: m.Coming) -> Period:
        if isinstance(meaning.what, Cycle) and meaning.what.kind != "unit":
            return self._neighbour(meaning.what, self._anchor(), 1)
        return self._relative(meaning.what, 1)

    def _near(self, meaning: m.Near) -> Period:
        what = meaning.what
        ref = self._ref
        if what.kind == "unit":
            return self._near_unit(str(what.value))
        if what.kind == "part":
            return Period(str(what.value), self._day_in_focus())
        if ref.previous is not None and (ref.narrative or ref.day is None):
            return self._after_focus(what, self._focus())
        anchor = self._anchor()
        if what.kind == "monthday":
            return self._near_monthday(int(what.value), anchor)
        candidates = _around(what, anchor)
        direction = self._direction(what, anchor)
        if direction == PAST:
            past = [p for p in candidates if periods.first_day(p) <= anchor]
            return past[-1]
        return next(p for p in candidates if periods.last_day(p) >= anchor)

    def _direction(self, what: Cycle, anchor: int) -> str:
        """Choose between the last occurrence and the next one.

        A date, month or quarter close by is meant whatever the tense says, unless a verb right beside it speaks of the past:
        of one long past, a writer says "last". A weekday goes by tense, and is past where there is none, as in news reports.
        """
        ref = self._ref
        back, ahead = _distances(what, anchor)
        if what.kind in ("quarter", "half"):
            return FUTURE if ref.direction == FUTURE and ahead <= _CLOSE["quarter"] < back else PAST
        if what.kind != "weekday":
            close = _CLOSE.get(what.kind, 60)
            if back <= close * 2 // 3 and not (ref.direction == FUTURE and ahead < back):
                return PAST
            beside = _BESIDE if ahead > close // 3 else 0
            if ahead <= close and not (ref.direction == PAST and ref.cue_distance < beside):
                return FUTURE
        if ref.direction:
            self._used.add(ref.direction)
            return ref.direction
        return PAST if what.kind == "weekday" or back <= ahead else FUTURE

    @staticmethod
    def _closer(candidates: Sequence[Period], day: int) -> str:
        nearest = min(candidates, key=lambda p: abs(periods.first_day(p) - day))
        return FUTURE if periods.first_day(nearest) > day else PAST

    def _near_monthday(self, number: int, anchor: int) -> Period:
        year, month, _ = gregorian.from_ordinal(anchor)
        found = []
        for offset in (-2, -1, 0, 1, 2):
            y, index = divmod(year * 12 + month - 1 + offset, 12)
            if number <= gregorian.days_in_month(y, index + 1):
                found.append(periods.day(y, index + 1, number))
        direction = self._ref.direction or self._closer(found, anchor)
        if direction == PAST:
            return [p for p in found if p.number <= anchor][-1]
        return next(p for p in found if p.number >= anchor)

    def _near_unit(self, unit: str) -> Period:
        """Return the period of "the quarter", "the year", "the weekend": the one in focus, or the publication's."""
        previous = self._ref.previous
        in_focus = previous is not None and previous.unit == unit and self._ref.distance < _NEAR_IN_TEXT * 4
        if in_focus and unit != "year":
            return self._focus()
        compared = self._compared() if unit == "quarter" else None
        if compared is not None and compared.unit == unit:
            return compared
        if self._ref.narrative and previous is not None and periods.rank(previous.unit) >= periods.rank(unit):
            return periods.widen(self._focus(), unit)
        now = self._now(unit)
        if unit == "weekend":
            if self._ref.direction != FUTURE and gregorian.weekday(self._anchor()) < 6:
                return now.shifted(-1)
            return now
        if unit == "quarter" and self._ref.direction != FUTURE:
            return now.shifted(-1)
        return now

    def _day_in_focus(self) -> int:
        """Return the day that a time of day without one belongs to."""
        previous = self._ref.previous
        if previous is not None and periods.rank(previous.unit) >= periods.rank("day"):
            near = self._ref.distance < _NEAR_IN_TEXT or self._ref.narrative or self._ref.day is None
            if near:
                return periods.first_day(self._focus())
        if self._ref.day is None and previous is not None:
            raise Unresolved("it is a time of day, and no day was mentioned before it")
        return self._anchor()

    def _after_focus(self, what: Cycle, focus: Period) -> Period:
        """Return the occurrence that a narrative at a point would mean: of the same year, or the next if that lies far back."""
        start = periods.first_day(focus)
        if what.kind == "weekday":
            return Period("day", start + (int(what.value) - gregorian.weekday(start)) % 7)
        if what.kind == "monthday":
            year, month, _ = gregorian.from_ordinal(start)
            return periods.day(year, month, int(what.value))
        year = gregorian.from_ordinal(start)[0]
        found = _in_year(what, year)
        fine = periods.rank(focus.unit) > periods.rank("year")
        if fine and start - periods.last_day(found) > _HALF_YEAR:
            return _in_year(what, year + 1)
        return found

    def _same(self, meaning: m.Same) -> Period:
        what, offset = meaning.what, meaning.offset
        if self._ref.previous is None and self._ref.day is not None and not self._ref.narrative:
            focus = Period("day", self._anchor())
        else:
            focus = self._focus()
        if what.kind == "weekday":
            day = periods.last_day(focus) if offset >= 0 else periods.first_day(focus)
            if offset == 0:
                return Period("day", day - (gregorian.weekday(day) - int(what.value)) % 7)
            return self._neighbour(what, day, offset)
        if what.kind != "unit":
            if offset == 0:
                return _in_year(what, gregorian.from_ordinal(periods.first_day(focus))[0])
            return self._neighbour(what, periods.last_day(focus) if offset > 0 else periods.first_day(focus), offset)
        unit = str(what.value)
        if periods.rank(focus.unit) < periods.rank(unit):
            raise Unresolved(f"the time mentioned before it, {periods.to_timex3(focus)}, is no single {unit}")
        return periods.widen(focus, unit).shifted(offset)

    def _shift(self, meaning: m.Shift) -> Period:
        count, unit, base = meaning.count, meaning.unit, meaning.base
        if count is None:
            raise Unresolved("it does not say how many")
        while isinstance(count, float) and not count.is_integer():
            finer = _FINER.get(unit)
            if finer is None:
                count = float(round(count))
                break
            unit, count = finer[0], count * finer[1]
            if unit in ("day", "second"):
                count = float(round(count))
        number = int(count)
        if unit == "fortnight":
            unit, number = "week", number * 2
        if isinstance(base, m.Published):
            return self._from_published(number, unit)
        if isinstance(base, m.Previous):
            return self._from_focus(number, unit)
        return periods.shift(self.period(base), number, unit)

    def _from_published(self, count: int, unit: str) -> Period:
        compared = self._compared()
        if unit == "year" and compared is not None and abs(count) == 1 and not self._ref.narrative:
            return periods.shift(compared, count, unit)
        if unit in ("decade", "century", "millennium"):
            unit, count = "year", count * periods.YEARS_IN[unit]
        now = self._now(unit)
        return now.shifted(count) if now.unit == unit else now

    def _compared(self) -> Period | None:
        """Return the quarter, half or season that the text about here is about, if it is."""
        near = self._ref.compared is not None and self._ref.compared_distance < _NEAR_IN_TEXT
        if near:
            self._used.add("compared")
        return self._ref.compared if near else None

    def _from_focus(self, count: int, unit: str) -> Period:
        compared = self._compared() if unit == "year" and count == -1 and not self._ref.narrative else None
        if compared is not None:
            return periods.shift(compared, count, unit)
        if self._ref.previous is None and self._ref.day is not None and count < 0:
            return self._now(unit).shifted(count)
        focus = self._focus()
        if focus.unit in COMPARED and unit == "year":
            return periods.shift(focus, count, unit)
        if focus.unit == "year" and unit == "month" and abs(count) > _MONTHS_TO_ROUND:
            return focus.shifted(round(count / 12))
        if periods.rank(focus.unit) < periods.rank(unit):
            raise Unresolved(
                f"the time mentioned before it, {periods.to_timex3(focus)}, is too wide to count {unit}s from"
            )
        return periods.widen(focus, unit).shifted(count)

    def _nth(self, meaning: m.Nth) -> Period:
        whole = self.period(meaning.whole)
        first, last = periods.first_day(whole), periods.last_day(whole)
        what, number = meaning.what, meaning.number
        if what.kind == "weekday":
            offset = (int(what.value) - gregorian.weekday(first)) % 7
            day = (
                first + offset + 7 * (number - 1)
                if number > 0
                else last - (gregorian.weekday(last) - int(what.value)) % 7
            )
            if not first <= day <= last:
                raise ValueError(f"{periods.to_timex3(whole)} has no such {what}")
            return Period("day", day)
        unit = str(what.value)
        if periods.rank(unit) <= periods.rank(whole.unit):
            raise ValueError(f"a {whole.unit} has no {unit}s")
        if number < 0:
            return periods.containing(unit, last).shifted(number + 1)
        if unit == "week":
            return periods.containing(unit, first + 3).shifted(number - 1)
        found = periods.containing(unit, first).shifted(number - 1)
        if periods.first_day(found) > last:
            raise ValueError(f"{periods.to_timex3(whole)} has no {unit} {number}")
        return found

    def _at(self, meaning: m.At) -> Period:
        what = meaning.what
        whole = self.period(meaning.whole)
        if not isinstance(what, Cycle):
            return self.period(what)
        first = periods.first_day(whole)
        if what.kind == "part":
            return Period(str(what.value), first)
        if what.kind == "unit":
            return periods.widen(whole, str(what.value))
        if what.kind == "weekday":
            if whole.unit in ("week", "weekend"):
                return Period("day", gregorian.week_start(whole.number) + int(what.value) - 1)
            return Period("day", first + (int(what.value) - gregorian.weekday(first)) % 7)
        year, month, _ = gregorian.from_ordinal(first)
        if what.kind == "monthday":
            return periods.day(year, month, int(what.value))
        return _in_year(what, year)

    def _clock(self, meaning: m.Clock) -> Period:
        day = self._day_in_focus() if meaning.day is None else periods.first_day(self.period(meaning.day))
        if meaning.zone:
            self._zone = _offset(meaning.zone, day, meaning.hour)
        seconds = (meaning.hour * 60 + (meaning.minute or 0)) * 60 + (meaning.second or 0)
        if meaning.second is not None:
            return Period("second", day * 86_400 + seconds)
        if meaning.minute is not None:
            return Period("minute", day * 1440 + seconds // 60)
        return Period("hour", day * 24 + meaning.hour)

    # --- what is no single period

    def _part(self, meaning: m.Part) -> Resolution:
        period = self.period(meaning.whole)
        first, last = periods.first_day(period), periods.last_day(period)
        edtf = timex3.third(first, last, meaning.which) if last - first > 1 else periods.to_edtf(period, self._zone)
        return self._point(period)._replace(mod=meaning.which, edtf=edtf)

    def _rest(self, meaning: m.Rest) -> Resolution:
        period = self.period(meaning.whole)
        first, last = periods.first_day(period), periods.last_day(period)
        point = self._point(period)._replace(mod="END")
        if first == last or (self._ref.day is not None and not first <= self._anchor() < last):
            return point
        return point._replace(edtf=_within(self._anchor() + 1, last))

    def _so_far(self, meaning: m.SoFar) -> Resolution:
        period = self.period(meaning.whole)
        first, last = periods.first_day(period), periods.last_day(period)
        point = self._point(period)._replace(mod="START")
        if first == last or (self._ref.day is not None and not first < self._anchor() <= last):
            return point
        return point._replace(edtf=_within(first, self._anchor()))

    def _about(self, meaning: m.About) -> Resolution:
        inner = self._resolve(meaning.what)
        return inner._replace(mod="APPROX" if inner.mod is None else inner.mod, edtf=_mark(inner.edtf, "~"))

    def _bounded(self, meaning: m.Bounded) -> Resolution:
        inner = self._resolve(meaning.what)
        if inner.edtf is None or inner.period is None:
            return inner._replace(mod=meaning.mod)
        first, last = _ends(inner.edtf)
        mod = meaning.mod
        edge = first if mod in ("ON_OR_AFTER", "AFTER") else last
        if edge in ("", ".."):
            return inner._replace(mod=mod)
        edtf = f"[..{last}]"
        if mod in ("ON_OR_AFTER", "AFTER"):
            edtf = f"[{first}..]"
            if mod == "AFTER" and self._ref.day is not None and periods.last_day(inner.period) < self._anchor():
                edtf = f"[{first}..{periods.edtf_day(self._anchor())}]"
        return inner._replace(mod=mod, edtf=edtf)

    def _since(self, meaning: m.Since) -> Resolution:
        return self._opened(meaning.what, 0, "{}/..")

    def _until(self, meaning: m.Until) -> Resolution:
        return self._opened(meaning.what, 1, "../{}")

    def _by(self, meaning: m.By) -> Resolution:
        return self._opened(meaning.what, 1, "[..{}]")

    def _opened(self, what: Meaning, side: int, form: str) -> Resolution:
        """Open a time on one side; what has no date on the other side stays as it is."""
        inner = self._resolve(what)
        edge = "" if inner.edtf is None else _ends(inner.edtf)[side]
        return inner if edge in ("", "..") else inner._replace(edtf=form.format(edge))

    def _before(self, meaning: m.Before) -> Resolution:
        return self._beside(meaning.what, -1, "[..{}]")

    def _after(self, meaning: m.After) -> Resolution:
        return self._beside(meaning.what, 1, "[{}..]")

    def _beside(self, what: Meaning, step: int, form: str) -> Resolution:
        inner = self._resolve(what)
        if inner.edtf is None or inner.period is None:
            return inner
        side = 0 if step < 0 else 1
        if inner.mod:
            edge = _ends(inner.edtf)[side]
        else:
            edge = periods.ends(inner.period.shifted(step), inner.zone)[1 - side]
        return inner if edge in ("", "..") else inner._replace(edtf=form.format(edge))

    def _between(self, meaning: m.Between) -> Resolution:
        start, end = self.pair(meaning.start, meaning.end)
        edtf = span(start, end)
        kind = "TIME" if "TIME" in (start.type, end.type) else "DATE"
        return Resolution(kind, f"{start.value}/{end.value}", None, edtf, start.period)

    def pair(self, start: Meaning, end: Meaning) -> tuple[Resolution, Resolution]:
        """Resolve both ends of a range: an end without a year takes it from the other."""
        if isinstance(start, m.Near) and start.what.kind != "unit" and not isinstance(end, m.Near):
            last = self._resolve(end)
            if last.period is not None:
                found = self._latest_by(start.what, periods.last_day(last.period))
                return self._point(found), last
        first = self._resolve(start)
        alike = isinstance(end, m.Near) and isinstance(start, m.Near) and (end.what.kind == start.what.kind)
        yearly = isinstance(end, m.Near) and end.what.kind not in ("unit", "part", "weekday", "monthday")
        if (
            isinstance(end, m.Near)
            and (alike or yearly)
            and end.what.kind not in ("unit", "part")
            and first.period is not None
        ):
            begin = periods.first_day(first.period)
            try:
                candidates = _around(end.what, begin)
                return first, self._point(next(p for p in candidates if periods.last_day(p) > begin))
            except (StopIteration, ValueError):
                pass
        return first, self._resolve(end)

    def _latest_by(self, what: Cycle, day: int) -> Period:
        if what.kind == "monthday":
            year, month, _ = gregorian.from_ordinal(day)
            return periods.day(year, month, int(what.value))
        return [p for p in _around(what, day) if periods.first_day(p) <= day][-1]

    def _duration(self, meaning: Duration) -> Resolution:
        return Resolution("DURATION", duration_value(meaning), None, None, None, "it is a length of time, not a date")

    def _past(self, meaning: m.Past) -> Resolution:
        return self._anchored(meaning.duration, -1)

    def _ahead(self, meaning: m.Ahead) -> Resolution:
        return self._anchored(meaning.duration, 1)

    def _anchored(self, duration: Duration, sign: int) -> Resolution:
        value = duration_value(duration)
        if self._ref.day is None:
            return Resolution(
                "DURATION", value, None, None, None, "it is relative, and the article has no publication date"
            )
        here = Period("day", self._anchor())
        far = here
        for count, unit in duration.amounts:
            if count is None:
                today = periods.edtf_day(here.number)
                return Resolution("DURATION", value, None, f"/{today}" if sign < 0 else f"{today}/", None)
            if float(count).is_integer() and unit not in ("hour", "minute", "second"):
                far = periods.shift(far, int(count) * sign, unit)
        coarse = periods.rank(duration.amounts[-1][1]) <= periods.rank("quarter")
        near_text, far_text = (
            (periods.to_edtf(periods.containing("month", p.number)) for p in (here, far))
            if coarse
            else (periods.edtf_day(p.number) for p in (here, far))
        )
        edtf = f"{far_text}/{near_text}" if sign < 0 else f"{near_text}/{far_text}"
        return Resolution("DURATION", value, None, edtf if far != here else near_text, None)

    def _run(self, meaning: m.Run) -> Resolution:
        value = duration_value(Duration(((abs(meaning.number), meaning.unit),)))
        if meaning.whole is None:
            return Resolution("DURATION", value, None, None, None, "it is a length of time, not a date")
        whole = self.period(meaning.whole)
        if periods.rank(meaning.unit) <= periods.rank(whole.unit):
            return Resolution("DURATION", value, None, None, None, "it is longer than what it is a part of")
        if meaning.number > 0:
            first = periods.containing(meaning.unit, periods.first_day(whole))
            last = first.shifted(meaning.number - 1)
        else:
            last = periods.containing(meaning.unit, periods.last_day(whole))
            first = last.shifted(meaning.number + 1)
        return Resolution("DURATION", value, None, f"{periods.ends(first)[0]}/{periods.ends(last)[1]}", None)

    def _every(self, meaning: m.Every) -> Resolution:
        what = meaning.what
        value = _set_value(what, meaning.count)
        freq = f"{meaning.times}X" if meaning.times else None
        quant = "EVERY" if freq is None else None
        return Resolution("SET", value, None, None, None, "it comes round again and again", quant=quant, freq=freq)

    def _reference(self, meaning: m.Reference) -> Resolution:
        value = meaning.value
        if self._ref.day is None:
            reason = "it is relative, and the article has no publication date"
            return Resolution("DATE", value, None, None, None, reason)
        if value == "PRESENT_REF":
            self._used.add("published")
            return Resolution("DATE", value, None, periods.edtf_day(self._ref.day), None)
        return Resolution("DATE", value, None, None, None, "it names no date, only before or after the present")

    def _unresolved_value(self, meaning: Meaning) -> tuple[str, str]:
        """Return what TIMEX3 can say without an anchor."""
        if isinstance(meaning, m.Shift):
            if meaning.count is None:
                return "DATE", "PAST_REF" if isinstance(meaning.base, m.Published) else "FUTURE_REF"
            return "DURATION", duration_value(Duration(((abs(meaning.count), meaning.unit),)))
        if isinstance(meaning, (m.About, m.Bounded, m.Since, m.Until, m.By, m.Before, m.After)):
            return self._unresolved_value(meaning.what)
        what = getattr(meaning, "what", None)
        if isinstance(what, Cycle):
            return "TIME" if what.kind == "part" else "DATE", _set_value(what, 1) if what.kind != "unit" else "XXXX"
        if isinstance(meaning, m.Clock):
            minute = "" if meaning.minute is None else f":{meaning.minute:02d}"
            return "TIME", f"XXXX-XX-XXT{meaning.hour:02d}{minute}"
        return "DATE", "XXXX"


@functools.lru_cache(maxsize=2048)
def _around(what: Cycle, day: int) -> tuple[Period, ...]:
    """Return the occurrences about a day, in order. Raises ValueError where there is none."""
    if what.kind == "weekday":
        first = day + (int(what.value) - gregorian.weekday(day)) % 7
        return Period("day", first - 7), Period("day", first), Period("day", first + 7)
    year = gregorian.from_ordinal(day)[0]
    found = []
    for candidate in range(year - 9, year + 10) if what == Cycle("date", 229) else range(year - 1, year + 2):
        try:
            found.append(_in_year(what, candidate))
        except ValueError:
            continue
    if not found:
        raise ValueError(f"there is no {what} about {year}")
    return tuple(found)


@functools.lru_cache(maxsize=2048)
def _distances(what: Cycle, day: int) -> tuple[int, int]:
    """Return how many days back the last occurrence ended (0: it is not over) and how many days ahead the next begins."""
    candidates = _around(what, day)
    last = max((p for p in candidates if periods.first_day(p) <= day), key=lambda p: p.number)
    following = min((p for p in candidates if periods.first_day(p) > day), key=lambda p: p.number)
    return max(0, day - periods.last_day(last)), periods.first_day(following) - day


def _in_year(what: Cycle, year: int) -> Period:
    """Return a yearly cycle's occurrence in a year. Raises ValueError where that year has none."""
    value = what.value
    if what.kind == "holiday":
        day = named_days.day_in_year(str(value), year)
        if day is None:
            raise ValueError(f"the date of {value} in {year} is not known")
        return Period("day", day)
    number = int(value)
    if what.kind == "month":
        return Period("month", year * 12 + number - 1)
    if what.kind == "season":
        return Period("season", year * 4 + number)
    if what.kind in ("quarter", "half"):
        return Period(what.kind, year * periods.PIECES_OF_YEAR[what.kind] + number - 1)
    if what.kind == "date":
        return periods.day(year, number // 100, number % 100)
    raise ValueError(f"{what} does not come round by the year")


def span(start: Resolution, end: Resolution) -> str | None:
    """Return the EDTF interval from one resolved time through another, or None where one of them has no date."""
    if start.edtf is None or end.edtf is None:
        return None
    first, last = _ends(start.edtf)[0], _ends(end.edtf)[1]
    if first == last:
        return first
    if {first, last} <= {"", ".."}:
        return None
    begin, stop = start.period, end.period
    if begin is not None and stop is not None and periods.first_day(begin) > periods.last_day(stop):
        return None
    return _joined(first, last)


def resolve_pair(start: Meaning, end: Meaning, reference: Reference) -> tuple[Resolution, Resolution, str | None]:
    """Resolve the two ends of a range that are expressions of their own; the third value is the EDTF of the whole."""
    resolver = _Resolver(reference)
    try:
        first, last = resolver.pair(start, end)
    except (Unresolved, ValueError, OverflowError):
        return resolve(start, reference), resolve(end, reference), None
    used = frozenset(resolver._used)
    return first._replace(used=used), last._replace(used=used), span(first, last)


def duration_value(duration: Duration) -> str:
    """Write a duration as a TIMEX3 value: P3Y, PT1H30M, PXW."""
    dates: list[str] = []
    times: list[str] = []
    for count, unit in duration.amounts:
        letters = _LETTERS[unit]
        whole, rest = _split(count, unit)
        target = times if letters.startswith("T") else dates
        target.append(whole + letters.removeprefix("T"))
        if rest:
            (times if _LETTERS[_FINER[unit][0]].startswith("T") else dates).append(rest)
    return "P" + "".join(dates) + ("T" + "".join(times) if times else "")


def _split(count: int | float | None, unit: str) -> tuple[str, str]:
    """Return a count as text, a fraction turned into the next finer unit where it comes out whole (1.5 hours is 1H30M)."""
    if count is None:
        return "X", ""
    if unit == "fortnight":
        count *= 2
    if float(count).is_integer():
        return str(int(count)), ""
    finer = _FINER.get(unit)
    if finer:
        part = (count - int(count)) * finer[1]
        if float(part).is_integer() and count > 1:
            return str(int(count)), f"{int(part)}{_LETTERS[finer[0]].removeprefix('T')}"
    return f"{count:g}", ""


def _set_value(what: Meaning, count: int) -> str:
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
    if what.kind == "part":
        return f"XXXX-XX-XXT{value}"
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
    return "XXXX-XX-XX"


def _ends(edtf: str) -> tuple[str, str]:
    """Return where a written time begins and ends."""
    if edtf[0] == "[":
        first, _, last = edtf[1:-1].partition("..")
        return first, last
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        return first, last
    return edtf, edtf


def _joined(first: str, last: str) -> str:
    return f"{first}/{last}"


def _within(first: int, last: int) -> str:
    """Return "some time from one day to another"."""
    if first >= last:
        return periods.edtf_day(last)
    return f"[{periods.edtf_day(first)}..{periods.edtf_day(last)}]"


def _mark(edtf: str | None, mark: str) -> str | None:
    """Put a qualifier on every date of a written time; times of day, which take none, stay as they are."""
    if edtf is None:
        return None
    first, last = _ends(edtf)
    marked = [e if not e or e == ".." or "T" in e or e.endswith(mark) else e + mark for e in (first, last)]
    if edtf[0] == "[":
        return f"[{marked[0]}..{marked[1]}]"
    return "/".join(marked) if "/" in edtf else marked[0]


def _offset(zone: str, day: int, hour: int) -> str:
    """Return the UTC offset of a zone on a day as EDTF writes it; nothing where the machine has no table of that zone."""
    if "/" not in zone:
        return zone
    import datetime
    import zoneinfo

    try:
        place = zoneinfo.ZoneInfo(zone)
        moment = datetime.datetime.combine(datetime.date.fromordinal(day), datetime.time(hour % 24), place)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OverflowError):
        return ""
    text = moment.strftime("%z")
    return f"{text[:3]}:{text[3:5]}"


_PERIODS: Final[dict[type[Meaning], Callable[[_Resolver, Any], Period]]] = {
    m.ShortYear: _Resolver._short_year,
    m.ShortDecade: _Resolver._short_decade,
    m.This: _Resolver._this,
    m.Last: _Resolver._last,
    m.Next: _Resolver._next,
    m.Coming: _Resolver._coming,
    m.Near: _Resolver._near,
    m.Same: _Resolver._same,
    m.Shift: _Resolver._shift,
    m.Nth: _Resolver._nth,
    m.At: _Resolver._at,
    m.Clock: _Resolver._clock,
}
_HANDLERS: Final[dict[type[Meaning], Callable[[_Resolver, Any], Resolution]]] = {
    m.Part: _Resolver._part,
    m.Rest: _Resolver._rest,
    m.SoFar: _Resolver._so_far,
    m.About: _Resolver._about,
    m.Bounded: _Resolver._bounded,
    m.Since: _Resolver._since,
    m.Until: _Resolver._until,
    m.By: _Resolver._by,
    m.Before: _Resolver._before,
    m.After: _Resolver._after,
    m.Between: _Resolver._between,
    m.Duration: _Resolver._duration,
    m.Past: _Resolver._past,
    m.Ahead: _Resolver._ahead,
    m.Run: _Resolver._run,
    m.Every: _Resolver._every,
    m.Reference: _Resolver._reference,
}
