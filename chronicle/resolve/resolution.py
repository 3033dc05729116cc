"""Meaning and reference to a resolved time: the arithmetic that runs anew for each article.

What TIMEX3 says and what a reader takes from an expression can differ ("later this week" is 2021-W28 with mod END, and
some time from tomorrow to Sunday), so a :class:`Resolution` holds both: ``type``, ``value`` and ``mod`` after TimeML 1.2.1,
and the EDTF text of the :class:`chronicle.When`.

It is long because each class of meaning that is more than one period has its method here, and ranges have both their ends.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import attrs

from chronicle.resolve import cycles
from chronicle.resolve.quantities import duration_value, set_value
from chronicle.resolve.reckon import NO_PUBLICATION, Reckoner, Reference, Unresolved
from chronicle.tagger import kinds
from chronicle.tagger import meaning as m
from chronicle.tagger.candidate import FUTURE, PAST, SILENT
from chronicle.tagger.meaning import Cycle, Duration, Meaning
from chronicle.time import gregorian, periods, timex3
from chronicle.time.edtf import EdtfError
from chronicle.time.periods import PARTS_OF_DAY, Period
from chronicle.time.when import When

_YEAR_FIGURES: Final = 4
_WEEKS: Final = {"week": 7, "fortnight": 14}
# some of a unit are fewer than make one of these
_VAGUE: Final = {"day": "week", "week": "month", "month": "year"}


_TODAY: Final = m.This(Cycle("unit", "day"))


_DAWN: Final = Cycle("part", "DAWN")
_SMALL_HOURS: Final = Cycle("part", "SMALL")


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
    __slots__ = ("_reckon",)

    def __init__(self, reference: Reference) -> None:
        self._reckon = Reckoner(reference)

    def resolve(self, meaning: Meaning) -> Resolution:
        try:
            found = self._resolve(meaning)
            return found._replace(used=frozenset(self._reckon.used)) if self._reckon.used else found
        except Unresolved as missing:
            kind, value = self._unresolved_value(meaning)
            return Resolution(kind, value, None, None, None, str(missing), frozenset(self._reckon.used))
        except (ValueError, OverflowError) as error:
            return Resolution("DATE", "XXXX", None, None, None, f"no such date: {error}", frozenset(self._reckon.used))

    def _resolve(self, meaning: Meaning) -> Resolution:
        if meaning == _TODAY and self._reckon.ref.throughout and self._reckon.ref.day is not None:
            # "today" in a history is no day, but the present
            return self._reference(m.Reference("PRESENT_REF"))
        handler = _HANDLERS.get(type(meaning))
        if handler is not None:
            return handler(self, meaning)
        if isinstance(meaning, m.Shift):
            return self._shifted(meaning)
        return self._point(self._reckon.period(meaning), meaning)

    def _shifted(self, meaning: m.Shift) -> Resolution:
        """Resolve what is counted from another time: weeks from a day lead to a day, an unknown number of units to some time
        before as many as make the next larger one."""
        base = meaning.base
        if meaning.count is None and meaning.unit in _VAGUE and isinstance(base, (m.Previous, m.Published)):
            here = self._reckon.focus() if isinstance(base, m.Previous) else Period("day", self._reckon.anchor())
            if periods.rank(here.unit) >= periods.rank("day"):
                kind, value = self._unresolved_value(meaning)
                sign = -1 if meaning.earlier else 1
                here = periods.widen(here, "day")
                far = periods.shift(here, sign, _VAGUE[meaning.unit])
                near = periods.shift(here, sign, meaning.unit if meaning.unit != "month" else "week")
                first, last = sorted((periods.first_day(near), periods.first_day(far)))
                return Resolution(kind, value, None, _within(first, last), None)
        point = self._point(self._reckon.period(meaning), meaning)
        if meaning.unit == "week" and isinstance(base, m.Previous) and float(meaning.count or 0.5).is_integer():
            here = self._reckon.focus()
            if periods.rank(here.unit) >= periods.rank("day"):
                day = periods.shift(periods.widen(here, "day"), int(meaning.count or 0), "week")
                return point._replace(edtf=periods.to_edtf(day, self._reckon.zone))
        return point

    def _point(self, period: Period, meaning: Meaning | None = None) -> Resolution:
        kind = "TIME" if period.unit in PARTS_OF_DAY or period.unit in ("hour", "minute", "second") else "DATE"
        if isinstance(meaning, m.Clock) and meaning.hour == 24:
            before = Period("day", periods.first_day(period) - 1)
            day, value = periods.edtf_day(before.number), _value(before)
            return Resolution(
                kind,
                value if value.endswith("_REF") else f"{value}T24:00",
                None,
                f"{day}T24:00{self._reckon.zone}",
                period,
                zone=self._reckon.zone,
            )
        return Resolution(
            kind,
            _value(period),
            None,
            periods.to_edtf(period, self._reckon.zone),
            period,
            zone=self._reckon.zone,
        )

    def _part(self, meaning: m.Part) -> Resolution:
        period = self._reckon.period(meaning.whole)
        if period.unit == "EVNI":
            # late last night it was night
            period = period._replace(unit="NI")
        first, last = periods.first_day(period), periods.last_day(period)
        edtf = (
            timex3.part(first, last, meaning.which, meaning.half)
            if last - first > 1
            else periods.to_edtf(period, self._reckon.zone)
        )
        return self._point(period)._replace(mod=meaning.which, edtf=edtf)

    def _rest(self, meaning: m.Rest) -> Resolution:
        period = self._reckon.period(meaning.whole)
        first, last = periods.first_day(period), periods.last_day(period)
        point = self._point(period)._replace(mod="END")
        if first == last or (self._reckon.ref.day is not None and not first <= self._reckon.anchor() < last):
            return point
        return point._replace(edtf=_within(self._reckon.anchor() + 1, last))

    def _so_far(self, meaning: m.SoFar) -> Resolution:
        period = self._reckon.period(meaning.whole)
        first, last = periods.first_day(period), periods.last_day(period)
        point = self._point(period)._replace(mod="START")
        if first == last or (self._reckon.ref.day is not None and not first < self._reckon.anchor() <= last):
            return point
        return point._replace(edtf=_within(first, self._reckon.anchor()))

    def _about(self, meaning: m.About) -> Resolution:
        inner = self._resolve(meaning.what)
        return inner._replace(mod="APPROX" if inner.mod is None else inner.mod, edtf=_mark(inner.edtf, "~"))

    def _beside_clock(self, inner: Resolution, period: Period, mod: str) -> Resolution:
        """Resolve "shortly before 2 p.m.": some time within the hour before it, or after."""
        if period.unit not in ("hour", "minute"):
            return inner._replace(mod=mod)
        start = periods.widen(period, "minute")
        first = start.shifted(-60 if mod == "BEFORE" else 0)
        ends = (periods.to_edtf(first.shifted(step), inner.zone) for step in (0, 59))
        return inner._replace(mod=mod, edtf="[{}..{}]".format(*ends))

    def _bounded(self, meaning: m.Bounded) -> Resolution:
        if meaning.mod.startswith("JUST_"):
            inner, mod = self._resolve(meaning.what), meaning.mod.removeprefix("JUST_")
            return inner._replace(mod=mod) if inner.period is None else self._beside_clock(inner, inner.period, mod)
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
            if (
                mod == "AFTER"
                and self._reckon.ref.day is not None
                and periods.last_day(inner.period) < self._reckon.anchor()
            ):
                edtf = f"[{first}..{periods.edtf_day(self._reckon.anchor())}]"
        return inner._replace(mod=mod, edtf=edtf)

    def _since(self, meaning: m.Since) -> Resolution:
        what = meaning.what
        if isinstance(what, m.Part) and what.which == "END" and isinstance(what.whole, m.The):
            # "since year-end": that of the year before
            what = m.Part("END", m.Last(what.whole.what))
        return self._opened(what, 0, "{}/..")

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
        what = meaning.what
        if isinstance(what, m.At) and what.what == _DAWN:
            # before dawn on Tuesday it is Tuesday
            return self._resolve(attrs.evolve(what, what=_SMALL_HOURS))
        return self._beside(meaning.what, -1, "[..{}]")

    def _after(self, meaning: m.After) -> Resolution:
        return self._beside(meaning.what, 1, "[{}..]")

    def _beside(self, what: Meaning, step: int, form: str) -> Resolution:
        inner = self._resolve(what)
        if inner.edtf is None or inner.period is None:
            return inner
        side = 0 if step < 0 else 1
        if isinstance(what, m.Part) and what.which == ("END" if step < 0 else "START"):
            # before the end of August is by its last day
            edge = _ends(inner.edtf)[1 - side]
        elif isinstance(what, m.Part):
            # before the middle of August is before its middle begins
            edge = periods.edtf_day(timex3.days_of(_ends(inner.edtf)[side])[side] + step)
        elif inner.mod:
            edge = _ends(inner.edtf)[side]
        elif step > 0 and isinstance(what, m.At) and isinstance(what.whole, m.Near) and what.whole.what.kind == "holiday":
            # after the new year is in it
            edge = periods.edtf_day(periods.first_day(inner.period))
        else:
            edge = periods.ends(periods.beside(inner.period, step), inner.zone)[1 - side]
        return inner if edge in ("", "..") else inner._replace(edtf=form.format(edge))

    def _inside(self, meaning: m.Inside) -> Resolution:
        """Resolve "within 28 days": from publication where it is told as to come, from the time told before where it is told as past."""
        found = self._resolve(meaning.what)
        ref = self._reckon.ref
        if not isinstance(meaning.what, Duration) or len(meaning.what.amounts) > 1:
            return found
        count, unit = meaning.what.amounts[0]
        if count is None:
            count, unit = 1, _VAGUE.get(unit, "")
        if not unit or not float(count).is_integer():
            return found
        if ref.direction == FUTURE and ref.day is not None and not ref.narrative:
            here = Period("day", self._reckon.anchor())
            self._reckon.used.add(FUTURE)
        elif ref.direction == PAST and ref.previous is not None and periods.rank(ref.previous.unit) >= periods.rank("day"):
            here = self._reckon.focus()
        else:
            return found
        if unit in ("hour", "minute", "second") and here.unit not in ("hour", "minute", "second"):
            return found
        far = periods.shift(here, int(count), unit)
        zone = self._reckon.zone
        return found._replace(edtf=f"[{periods.ends(here, zone)[0]}..{periods.ends(far, zone)[1]}]", reason=None)

    def _within(self, meaning: m.Within) -> Resolution:
        start, end = self._resolve(meaning.start), self._resolve(meaning.end)
        if start.edtf is None or end.edtf is None or start.period is None or end.period is None:
            return start
        first, last = (
            min(start.period, end.period, key=periods.first_day),
            max(start.period, end.period, key=periods.last_day),
        )
        edtf = f"[{periods.ends(first)[0]}..{periods.ends(last)[1]}]" if first != last else start.edtf
        return start._replace(mod="APPROX", edtf=edtf)

    def _between(self, meaning: m.Between) -> Resolution:
        start, end = self.pair(meaning.start, meaning.end)
        edtf = span(start, end)
        kind = "TIME" if "TIME" in (start.type, end.type) else "DATE"
        return Resolution(kind, f"{start.value}/{end.value}", None, edtf, start.period)

    def pair(self, start: Meaning, end: Meaning) -> tuple[Resolution, Resolution]:
        """Resolve both ends of a range: an end without a year takes it from the other."""
        if _is_of_day(start) or _is_of_day(end):
            return self._hours(start, end)
        near = start.whole if isinstance(start, m.Part) else start
        if isinstance(near, m.Near) and _is_completed_by(near.what, end):
            last = self._resolve(end)
            if last.period is not None:
                found = self._latest_by(near.what, periods.last_day(last.period))
                named: Meaning = m.Fixed(found)
                return self._resolve(attrs.evolve(start, whole=named) if isinstance(start, m.Part) else named), last
        first = self._resolve(start)
        open_end = _open(end)
        if open_end is not None and kinds.is_present(start) and self._reckon.ref.day is not None:
            # "from now until Friday"
            found = cycles.neighbour(open_end.what, self._reckon.anchor(), 1)
            return first, self._resolve(_closed(end, m.Fixed(found)))
        if open_end is not None and _follows(open_end.what, start) and first.period is not None:
            begin = periods.first_day(first.period)
            timed = open_end is not end
            try:
                candidates = cycles.around(open_end.what, begin)
                found = next(p for p in candidates if periods.last_day(p) > begin - timed)
                return first, self._resolve(_closed(end, m.Fixed(found)))
            except (StopIteration, ValueError):
                pass
        return first, self._resolve(end)

    def _hours(self, start: Meaning, end: Meaning) -> tuple[Resolution, Resolution]:
        """Resolve a range of hours: one without a day or a zone takes it from the other; what ends earlier ends a day later."""
        first, last = self._resolve(start), self._resolve(end)
        begin, stop = first.period, last.period
        if begin is None or stop is None:
            return first, last
        if isinstance(start, m.Clock) and not first.zone and "T" in (last.edtf or ""):
            self._reckon.zone = last.zone
            first = self._point(begin, start)
        apart = periods.first_day(stop) - periods.first_day(begin)
        if _is_of_day(start) and not _is_of_day(end) and last.type == "TIME":
            first = self._moved(start, first, apart)
            if span(first, last) is None:
                first = self._moved(start, first, -1)
        elif _is_of_day(end):
            if not _is_of_day(start) and periods.rank(begin.unit) >= periods.rank("day"):
                last = self._moved(end, last, -apart)
            if span(first, last) is None:
                last = self._moved(end, last, 1)
        return first, last

    def _moved(self, meaning: Meaning, found: Resolution, days: int) -> Resolution:
        if found.period is None or not days:
            return found
        self._reckon.zone = found.zone
        return self._point(periods.shift(found.period, days, "day"), meaning)

    def _latest_by(self, what: Cycle, day: int) -> Period:
        if what.kind == "monthday":
            year, month, _ = gregorian.from_ordinal(day)
            return periods.day(year, month, int(what.value))
        return cycles.latest_by(what, day)

    def _duration(self, meaning: Duration) -> Resolution:
        return Resolution("DURATION", duration_value(meaning), None, None, None, "it is a length of time, not a date")

    def _past(self, meaning: m.Past) -> Resolution:
        return self._anchored(meaning.duration, -1)

    def _ahead(self, meaning: m.Ahead) -> Resolution:
        return self._anchored(meaning.duration, 1)

    def _anchored(self, duration: Duration, sign: int) -> Resolution:
        value = duration_value(duration)
        reference = self._reckon.ref
        told = reference.previous if reference.narrative and reference.day is not None else None
        if told is not None and periods.rank(told.unit) >= periods.rank("month"):
            here = Period("day", periods.first_day(told) if sign < 0 else periods.last_day(told))
            self._reckon.used.add("previous")
        elif reference.day is None:
            return Resolution("DURATION", value, None, None, None, NO_PUBLICATION)
        else:
            here = Period("day", self._reckon.anchor())
        far = here
        for count, unit in duration.amounts:
            if count is None:
                today = periods.edtf_day(here.number)
                if sign > 0 and unit in _VAGUE:
                    stop = periods.shift(here, 1, _VAGUE[unit])
                    return Resolution("DURATION", value, None, _within(here.number, stop.number), None)
                return Resolution("DURATION", value, None, f"/{today}" if sign < 0 else f"{today}/", None)
            if unit == "hour":
                far = far.shifted(int(count // 24) * sign)
            elif float(count).is_integer() and unit not in ("minute", "second"):
                far = periods.shift(far, int(count) * sign, unit)
        coarse = periods.rank(duration.amounts[-1][1]) <= periods.rank("quarter")
        near_text, far_text = (
            (periods.to_edtf(periods.containing("month", p.number)) for p in (here, far))
            if coarse
            else (periods.edtf_day(p.number) for p in (here, far))
        )
        edtf = f"{far_text}/{near_text}" if sign < 0 else f"{near_text}/{far_text}"
        return Resolution("DURATION", value, None, edtf if far != here else near_text, None)

    def _hence(self, meaning: m.Hence) -> Resolution:
        reference = self._reckon.ref
        if (
            reference.direction == PAST
            or (reference.direction is None and reference.cue_distance == SILENT)
            or reference.day is None
            or reference.narrative
        ):
            if meaning.upto is None:
                return self._duration(meaning.duration)
            return self._about(m.About(Duration(((None, meaning.duration.amounts[0][1]),))))
        if reference.direction == FUTURE:
            self._reckon.used.add(FUTURE)
        moved = _ahead_of(m.Published(), meaning.duration)
        if meaning.upto is not None:
            return self._within(m.Within(moved, _ahead_of(m.Published(), meaning.upto)))
        return self._resolve(moved)

    def _run(self, meaning: m.Run) -> Resolution:
        value = duration_value(Duration(((abs(meaning.number), meaning.unit),)))
        if meaning.whole is None:
            return Resolution("DURATION", value, None, None, None, "it is a length of time, not a date")
        whole = self._reckon.period(meaning.whole)
        if periods.rank(meaning.unit) <= periods.rank(whole.unit):
            return Resolution("DURATION", value, None, None, None, "it is longer than what it is a part of")
        if meaning.unit in _WEEKS and periods.rank(whole.unit) < periods.rank("week"):
            # counted from its first day, or to its last, not in weeks of the calendar
            days = abs(meaning.number) * _WEEKS[meaning.unit]
            begin, stop = periods.first_day(whole), periods.last_day(whole)
            first, last = (
                Period("day", n) for n in ((begin, begin + days - 1) if meaning.number > 0 else (stop - days + 1, stop))
            )
        elif meaning.number > 0:
            first = periods.containing(meaning.unit, periods.first_day(whole))
            last = first.shifted(meaning.number - 1)
        else:
            last = periods.containing(meaning.unit, periods.last_day(whole))
            first = last.shifted(meaning.number + 1)
        return Resolution("DURATION", value, None, f"{periods.ends(first)[0]}/{periods.ends(last)[1]}", None)

    def _every(self, meaning: m.Every) -> Resolution:
        what = meaning.what
        value = set_value(what, meaning.count, meaning.at)
        freq = f"{meaning.times}X" if meaning.times else None
        quant = "EVERY" if freq is None else None
        return Resolution("SET", value, None, None, None, "it comes round again and again", quant=quant, freq=freq)

    def _reference(self, meaning: m.Reference) -> Resolution:
        value = meaning.value
        if self._reckon.ref.day is None:
            return Resolution("DATE", value, None, None, None, NO_PUBLICATION)
        if value == "PRESENT_REF":
            self._reckon.used.add("published")
            return Resolution("DATE", value, None, periods.edtf_day(self._reckon.ref.day), None)
        return Resolution("DATE", value, None, None, None, "it names no date, only before or after the present")

    def _unresolved_value(self, meaning: Meaning) -> tuple[str, str]:
        """Return what TIMEX3 can say without an anchor."""
        if isinstance(meaning, m.Shift):
            if meaning.count is None and isinstance(meaning.base, m.Previous):
                # earlier or later than another time, not than the present
                return "DURATION", duration_value(Duration(((None, meaning.unit),)))
            amounts: list[tuple[int | float | None, str]] = []
            base: Meaning = meaning
            while isinstance(base, m.Shift):
                amounts.append((None if base.count is None else abs(base.count), base.unit))
                base = base.base
            if len(amounts) > 1:
                return "DURATION", duration_value(Duration(tuple(reversed(amounts))))
            if meaning.count is None:
                return "DATE", "PAST_REF" if meaning.earlier else "FUTURE_REF"
            return "DURATION", duration_value(Duration(((abs(meaning.count), meaning.unit),)))
        if isinstance(meaning, m.Within):
            unit = meaning.start.unit if isinstance(meaning.start, m.Shift) else "year"
            return "DURATION", duration_value(Duration(((None, unit),)))
        if isinstance(meaning, (m.About, m.Bounded, m.Since, m.Until, m.By, m.Before, m.After, m.Inside)):
            return self._unresolved_value(meaning.what)
        what = getattr(meaning, "what", None)
        if isinstance(what, Cycle):
            return "TIME" if what.kind == "part" else "DATE", set_value(what, 1) if what.kind != "unit" else "XXXX"
        if isinstance(meaning, m.Clock):
            minute = "" if meaning.minute is None else f":{meaning.minute:02d}"
            return "TIME", f"XXXX-XX-XXT{meaning.hour:02d}{minute}"
        return "DATE", "XXXX"


def _value(period: Period) -> str:
    """Return a period's TIMEX3 value; what lies beyond years of four figures is only before or after the present."""
    value = periods.to_timex3(period)
    year = value.removeprefix("BC").partition("-")[0].partition("T")[0]
    if len(year) <= _YEAR_FIGURES:
        return value
    return "PAST_REF" if value.startswith("BC") else "FUTURE_REF"


def _ahead_of(base: Meaning, duration: Duration) -> Meaning:
    for count, name in duration.amounts:
        base = m.Shift(base, count, name)
    return base


def _is_completed_by(what: Cycle, end: Meaning) -> bool:
    """Tell whether the start of a range takes its year or month from the end: "the 3rd and the 12th of May"."""
    if what.kind == "monthday" and isinstance(end, m.Near):
        return end.what.kind == "date"
    inner = end.whole if isinstance(end, m.Part) else end
    return what.kind != "unit" and not isinstance(inner, m.Near)


def _open(meaning: Meaning) -> m.Near | None:
    """Return the day, month ... without a year that an expression names, or names a time of."""
    while not isinstance(meaning, m.Near):
        if isinstance(meaning, (m.Part, m.At)):
            meaning = meaning.whole
        elif isinstance(meaning, m.Clock) and meaning.day is not None:
            meaning = meaning.day
        else:
            return None
    return meaning


def _closed(meaning: Meaning, found: Meaning) -> Meaning:
    """Return a meaning with what it leaves open put in."""
    if isinstance(meaning, (m.Part, m.At)):
        return attrs.evolve(meaning, whole=_closed(meaning.whole, found))
    if isinstance(meaning, m.Clock) and meaning.day is not None:
        return attrs.evolve(meaning, day=_closed(meaning.day, found))
    return found


def _follows(what: Cycle, start: Meaning) -> bool:
    """Tell whether the end of a range is the next one after its start: a yearly cycle is, a day only of one named alike."""
    if what.kind in ("weekday", "monthday"):
        near = _open(start)
        if near is None:
            return what.kind == "weekday" and kinds.names_one_day(kinds.innermost(start))
        return near.what.kind == what.kind
    return what.kind not in ("unit", "part")


def span(start: Resolution, end: Resolution) -> str | None:
    """Return the EDTF interval from one resolved time through another; None where one has no date, or the end comes before the start."""
    if start.edtf is None or end.edtf is None:
        return None
    first, last = _ends(start.edtf)[0], _ends(end.edtf)[1]
    if first == last:
        return first
    if {first, last} <= {"", ".."}:
        return None
    whole = f"{first}/{last}"
    try:
        When.parse(whole)
    except EdtfError:
        return None
    return whole


def _is_of_day(meaning: Meaning) -> bool:
    """Say whether a time of day or a part of the day comes without its day."""
    if isinstance(meaning, m.Clock):
        return meaning.day is None
    return isinstance(meaning, m.Near) and meaning.what.kind == "part"


def resolve_pair(start: Meaning, end: Meaning, reference: Reference) -> tuple[Resolution, Resolution, str | None]:
    """Resolve the two ends of a range that are expressions of their own; the third value is the EDTF of the whole."""
    resolver = _Resolver(reference)
    try:
        first, last = resolver.pair(start, end)
    except (Unresolved, ValueError, OverflowError):
        return resolve(start, reference), resolve(end, reference), None
    used = frozenset(resolver._reckon.used)
    return first._replace(used=used), last._replace(used=used), span(first, last)


def _ends(edtf: str) -> tuple[str, str]:
    """Return where a written time begins and ends."""
    if edtf[0] == "[":
        first, _, last = edtf[1:-1].partition("..")
        return first, last
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        return first, last
    return edtf, edtf


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
    m.Within: _Resolver._within,
    m.Inside: _Resolver._inside,
    m.Duration: _Resolver._duration,
    m.Past: _Resolver._past,
    m.Ahead: _Resolver._ahead,
    m.Hence: _Resolver._hence,
    m.Run: _Resolver._run,
    m.Every: _Resolver._every,
    m.Reference: _Resolver._reference,
}
