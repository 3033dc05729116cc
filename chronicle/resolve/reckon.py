"""Meaning and reference to the one period that is meant: the calendar arithmetic, and which of several occurrences it is.

It is long because each class of meaning has its method here and they call each other, as meanings hold meanings; words and text
are nowhere in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from chronicle.resolve import cycles
from chronicle.resolve.quantities import FINER
from chronicle.resolve.storyline import Storyline
from chronicle.tagger import meaning as m
from chronicle.tagger.builders import likely
from chronicle.tagger.candidate import FUTURE, PAST
from chronicle.tagger.meaning import Cycle, Meaning
from chronicle.time import gregorian, periods
from chronicle.time.periods import Period

COMPARED: Final = frozenset({"quarter", "half", "season"})
# a cue that leaves no doubt
CERTAIN: Final = -1
# what a story counts from where it is: "this year"; its "today" is the reader's
_STORY_UNITS: Final = frozenset({"week", "month", "quarter", "half", "year"})
_NEAR_IN_TEXT: Final = 600
_SAME_STORY: Final = 200
# a fortnight goes by its first week
_WEEKS_IN: Final = {"fortnight": 2}
_CLOCK_UNITS: Final = frozenset({"hour", "minute", "second"})
_TUESDAY: Final = 2
_SMALL_HOURS: Final = 6
_THIS_WEEK: Final = 7
_NOON: Final = 12
_EVENING: Final = 18
_HALF_YEAR: Final = 183
# how many days a quarter is reported on when it is over
_REPORTED: Final = 45
_MONTHS_TO_ROUND: Final = 12
_BESIDE: Final = 30
_FAR: Final = 60
# a weekday or a day of the month is counted from a time no longer than this
_WITHIN: Final = {"weekday": "month", "monthday": "month"}
_MORNING: Final = Cycle("part", "MO")
_NEXT_DAY: Final = m.Same(Cycle("unit", "day"), 1)
_NEW_YEAR: Final = Cycle("holiday", "new year")
# how many days off an occurrence is close enough to be meant without a word about the direction
_CLOSE: Final = {"date": 120, "month": 100, "quarter": 70, "season": 60, "holiday": 60}


NO_PUBLICATION: Final = "it is relative, and the article has no publication date"


class Unresolved(Exception):
    """An expression that needs an anchor which is not there. The message says which."""


class Reference(NamedTuple):
    """What an expression is resolved against.

    ``day`` is the publication date as a day number, ``minute`` the minute of that day where the time is known (in the
    article's own clock); ``previous`` the period last mentioned and ``distance`` how many characters back that was;
    ``compared`` and ``compared_distance`` the same of the last quarter, half or season, which reports go on comparing with others;
    ``direction`` what the tense of the clause says (PAST, FUTURE or None); ``narrative`` whether the text tells of another
    time than its own, so that the time last mentioned is the anchor, and ``throughout`` whether all of it does; ``storyline`` the line of
    that time, and ``beside`` whether the time last mentioned stands in the same sentence of it.
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
    throughout: bool = False
    storyline: Storyline | None = None
    beside: bool = False

    def is_ahead(self, period: Period) -> bool:
        """Tell whether a period begins after the publication: reports compare with what is past."""
        return self.day is not None and periods.first_day(period) > self.day


class Reckoner:
    """Finds the period that a meaning names. ``used`` gathers the anchors that it took, ``zone`` the offset of a time of day."""

    __slots__ = ("ref", "used", "zone")

    def __init__(self, reference: Reference) -> None:
        self.ref = reference
        self.used: set[str] = set()
        self.zone = ""

    def period(self, meaning: Meaning) -> Period:
        """Return the one period that a meaning names. Raises Unresolved, or ValueError where there is none."""
        if isinstance(meaning, m.Fixed):
            return meaning.period
        evaluate = _PERIODS.get(type(meaning))
        if evaluate is None:
            raise Unresolved("it names no single date")
        return evaluate(self, meaning)

    def anchor(self) -> int:
        """Return the publication date as a day number. Raises Unresolved where there is none."""
        if self.ref.day is None:
            raise Unresolved(NO_PUBLICATION)
        self.used.add("published")
        return self.ref.day

    def _now(self, unit: str) -> Period:
        """Return the period of a unit that holds the publication date (and time, where that is known)."""
        day = self.anchor()
        if unit in ("hour", "minute", "second"):
            if self.ref.minute is None:
                return Period("day", day)
            return periods.widen(Period("minute", day * 1440 + self.ref.minute), unit)
        return periods.containing(unit, day)

    def focus(self) -> Period:
        """Return the time last mentioned."""
        if self.ref.previous is None:
            raise Unresolved("it refers to a time mentioned before, and there is none")
        self.used.add("previous")
        return self.ref.previous

    def _short_year(self, meaning: m.ShortYear) -> Period:
        if self.ref.day is None:
            return Period("year", meaning.digits + (1900 if meaning.digits > 30 else 2000))
        now = gregorian.from_ordinal(self.anchor())[0]
        year = now // 100 * 100 + meaning.digits
        return Period("year", year - 100 if year > now + 20 else year + 100 if year <= now - 80 else year)

    def _short_decade(self, meaning: m.ShortDecade) -> Period:
        if self.ref.day is None:
            return Period("decade", 190 + meaning.tens)
        now = gregorian.from_ordinal(self.anchor())[0] // 10
        decade = now // 10 * 10 + meaning.tens
        return Period("decade", decade if decade <= now else decade - 10)

    def _this(self, meaning: m.This) -> Period:
        """Return the period of its kind that holds the publication date; early in a week, a weekend told as past is the one before."""
        found = self._relative(meaning.what, 0)
        if found.unit == "weekend" and self.ref.direction == PAST and gregorian.weekday(self.anchor()) <= _TUESDAY:
            self.used.add(PAST)
            return found.shifted(-1)
        return found

    def _the(self, meaning: m.The) -> Period:
        """Return the unit that a narrative is in, or that holds the publication date."""
        unit = str(meaning.what.value)
        return self._told(unit) or self._now(unit)

    def _told(self, unit: str) -> Period | None:
        """Return the period of a unit that a narrative is in, if it is known so finely."""
        previous = self.ref.previous
        if previous is None or not self.ref.narrative or periods.rank(previous.unit) < periods.rank(unit):
            return None
        return periods.widen(self.focus(), unit)

    def _last(self, meaning: m.Last) -> Period:
        return self._relative(meaning.what, -1)

    def _next(self, meaning: m.Next) -> Period:
        return self._relative(meaning.what, 1)

    def _relative(self, what: Meaning, step: int) -> Period:
        if not isinstance(what, Cycle):
            return periods.shift(self.period(what), step, "year")
        if what.kind == "unit" and step == 0 and what.value != "day":
            told = self._told(str(what.value))
            if told is not None:
                return told
        if what.kind == "unit":
            unit = str(what.value)
            told = (
                self._told(unit) if self.ref.throughout and self.ref.day is not None and unit in _STORY_UNITS else None
            )
            return (told or self._now(unit)).shifted(step * _WEEKS_IN.get(unit, 1))
        anchor = self.anchor()
        if step == 0:
            if what.kind == "weekday":
                return Period("day", gregorian.week_start(gregorian.week_number(anchor)) + int(what.value) - 1)
            year = gregorian.from_ordinal(anchor)[0]
            return cycles.in_year(what, year)
        found = cycles.neighbour(what, anchor, step)
        if step > 0 and what.kind == "weekday" and gregorian.week_number(found.number) == gregorian.week_number(anchor):
            return found.shifted(7)
        return found

    def _coming(self, meaning: m.Coming) -> Period:
        if isinstance(meaning.what, Cycle) and meaning.what.kind != "unit":
            return cycles.neighbour(meaning.what, self.anchor() - meaning.today, 1)
        return self._relative(meaning.what, 1)

    def _near(self, meaning: m.Near) -> Period:
        what = meaning.what
        ref = self.ref
        if what.kind == "unit":
            return self._near_unit(str(what.value))
        if what.kind == "part":
            return Period(str(what.value), self._day_in_focus())
        if what.kind == "overnight":
            return Period(str(what.value), self._day_in_focus() - self._is_last_night())
        if ref.previous is not None and (ref.narrative or ref.day is None):
            told = self.focus()
            if what.kind in _WITHIN and periods.rank(told.unit) < periods.rank(_WITHIN[what.kind]):
                # which Saturday of 2022 nobody can tell
                raise Unresolved(f"the time mentioned before it, {periods.to_timex3(told)}, is too long to tell which day is meant")
            return self._after_focus(what, told)
        anchor = self.anchor()
        if what.kind == "monthday":
            return self._near_monthday(int(what.value), anchor)
        if what.kind == "weekdate":
            return self._near_weekdate(what, anchor)
        if self._direction(what, anchor) == PAST:
            return cycles.latest_by(what, anchor)
        if what.kind == "weekday" and ref.direction == FUTURE and ref.cue_distance == CERTAIN:
            # one asks for today by name
            return cycles.neighbour(what, anchor, 1)
        return next(p for p in cycles.around(what, anchor) if periods.last_day(p) >= anchor)

    def _direction(self, what: Cycle, anchor: int) -> str:
        """Choose between the last occurrence and the next one.

        A date, month or quarter close by is meant whatever the tense says, unless a verb right beside it speaks of the past:
        of one long past, a writer says "last". A weekday goes by tense, and is past where there is none, as in news reports.
        """
        ref = self.ref
        if ref.direction and ref.cue_distance == CERTAIN:
            return ref.direction
        back, ahead = cycles.distances(what, anchor)
        if what.kind in ("quarter", "half"):
            # a quarter that has just ended is reported on
            over = back > (0 if what.kind == "half" else _REPORTED)
            return FUTURE if ref.direction == FUTURE and over else PAST
        if what.kind != "weekday":
            close = _CLOSE.get(what.kind, 60)
            if back <= close * 2 // 3 and not (ref.direction == FUTURE and ahead < back):
                return PAST
            beside = _BESIDE if ahead > close // 3 else 0
            if ahead <= close and not (ref.direction == PAST and ref.cue_distance < beside):
                return FUTURE
        if what.kind == "weekday" and ahead == 1 and (ref.direction is None or ref.cue_distance > _FAR):
            # six days ago is "last Wednesday"
            return FUTURE
        if ref.direction:
            self.used.add(ref.direction)
            return ref.direction
        return PAST if what.kind == "weekday" or back <= 2 * ahead else FUTURE

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
        told = self._in_told_month(number)
        if told is not None and not (self.ref.direction == FUTURE and told.number < anchor):
            return told
        direction = self.ref.direction or self._closer(found, anchor)
        if direction == PAST:
            return [p for p in found if p.number <= anchor][-1]
        return next(p for p in found if p.number >= anchor)

    def _in_told_month(self, number: int) -> Period | None:
        """Return a later day of the month of the past that was just told: "it met on 3 May; on the 20th it fell"."""
        told = self.ref.previous
        if told is None or told.unit not in ("day", "month") or periods.last_day(told) > self.anchor():
            return None
        year, month, day = gregorian.from_ordinal(periods.last_day(told))
        day = day if told.unit == "day" else 0
        if not day < number <= gregorian.days_in_month(year, month):
            return None
        found = periods.day(year, month, number)
        latest = cycles.latest_by(Cycle("monthday", number), self.anchor())
        if found.number > self.anchor() or self.anchor() - periods.first_day(latest) <= _THIS_WEEK:
            # a day of these days is told by its number alone in the news
            return None
        self.used.add("previous")
        return found

    def _near_weekdate(self, what: Cycle, anchor: int) -> Period:
        """Return the day that is both a weekday and a day of the month: the closest, unless tense points the other way just as near."""
        found = cycles.around(what, anchor)
        if self.ref.direction is not None:
            self.used.add(self.ref.direction)
            ahead = [p for p in found if p.number >= anchor]
            return ahead[0] if self.ref.direction == FUTURE else [p for p in found if p.number <= anchor][-1]
        return min(found, key=lambda p: abs(p.number - anchor))

    def _near_unit(self, unit: str) -> Period:
        """Return the period of "the quarter", "the year", "the weekend": the one in focus, or the publication's."""
        previous = self.ref.previous
        named = previous is not None and previous.unit == unit != "year" and self.ref.distance < _NEAR_IN_TEXT * 4
        if named and previous is not None and (self.ref.direction == FUTURE or not self.ref.is_ahead(previous)):
            return self.focus()
        compared = self._compared() if unit in ("quarter", "year") else None
        if compared is not None and compared.unit == unit:
            return compared
        if unit == "year" and compared is not None and self._closes_year(compared):
            return periods.widen(compared, "year")
        told = self._told(unit)
        if told is not None:
            return told
        now = self._now(unit)
        if unit == "weekend":
            if self.ref.direction != FUTURE and gregorian.weekday(self.anchor()) < 6:
                return now.shifted(-1)
            return now
        if unit == "quarter" and self.ref.direction != FUTURE:
            return now.shifted(-1)
        return now

    def _closes_year(self, period: Period) -> bool:
        """Tell whether a quarter or half is the last of the year before the publication's: reports go on to "the full year"."""
        if self.ref.day is None:
            return False
        count = periods.PIECES_OF_YEAR.get(period.unit, 0)
        last_year = self._now("year").number - 1
        return period.unit != "season" and period.number == (last_year + 1) * count - 1 and self.ref.direction != FUTURE

    def _day_in_focus(self) -> int:
        """Return the day that a time of day without one belongs to."""
        previous = self.ref.previous
        if previous is not None and periods.rank(previous.unit) >= periods.rank("day"):
            near = self.ref.distance < _NEAR_IN_TEXT or self.ref.narrative or self.ref.day is None
            if near:
                return periods.first_day(self.focus())
        if previous is not None and (self.ref.narrative or self.ref.day is None):
            raise Unresolved("it is a time of day, and no day was mentioned before it")
        return self.anchor()

    def _is_to_come(self, clock: m.Clock) -> bool:
        """Say whether a time that is asked for is tomorrow's: over at the time of publication, or of the small hours."""
        ref = self.ref
        if ref.direction != FUTURE or ref.cue_distance != CERTAIN or ref.previous is not None or ref.day is None:
            return False
        minute = clock.hour * 60 + (clock.minute or 0)
        return minute < ref.minute if ref.minute is not None else clock.hour < _SMALL_HOURS

    def _is_last_night(self) -> bool:
        """Say whether "overnight" is the night before the publication: unless it is to come, or of a day that the text is about."""
        return self.ref.direction != FUTURE and "previous" not in self.used

    def _is_before_dawn(self) -> bool:
        """Say whether the time last mentioned is one of the small hours: "the next morning" is that of the same day."""
        previous = self.ref.previous
        if previous is None or periods.rank(previous.unit) <= periods.rank("part"):
            return False
        return periods.widen(previous, "hour").number % 24 < _SMALL_HOURS

    def _passes_midnight(self, clock: m.Clock) -> bool:
        """Say whether a time is of the morning after an evening told just before: "at 11 p.m. on Thursday ... at 2 a.m."."""
        previous = self.ref.previous
        if previous is None or self.ref.distance > _SAME_STORY:
            return False
        if previous.unit in ("NI", "EVNI") and clock.hour < _NOON and not clock.twelve:
            return True
        if clock.hour >= _SMALL_HOURS:
            return False
        return previous.unit in ("EV", "NI", "EVNI") or (
            periods.rank(previous.unit) > periods.rank("part")
            and periods.widen(previous, "hour").number % 24 >= _EVENING
        )

    def _after_focus(self, what: Cycle, focus: Period) -> Period:
        """Return the occurrence that a narrative at a point would mean: of the same year, or the next if that lies far back."""
        start = periods.first_day(focus)
        if what.kind == "weekday":
            return Period("day", start + (int(what.value) - gregorian.weekday(start)) % 7)
        if what.kind in ("monthday", "weekdate"):
            # a day of the week tells nothing of a text that counts in another calendar
            year, month, _ = gregorian.from_ordinal(start)
            return periods.day(year, month, int(what.value) % 100)
        year = gregorian.from_ordinal(start)[0]
        line = self.ref.storyline
        if line is not None and line.line is not None:
            return self._on_line(what, line, focus)
        found = cycles.in_year(what, year)
        fine = periods.rank(focus.unit) > periods.rank("year")
        if what == _NEW_YEAR and fine and periods.first_day(found) < start:
            return cycles.in_year(what, year + 1)
        if fine and start - periods.last_day(found) > _HALF_YEAR:
            return cycles.in_year(what, year + 1)
        return found

    def _on_line(self, what: Cycle, line: Storyline, focus: Period) -> Period:
        """Return the occurrence that costs the text's line least. Raises ValueError where no year near has one."""
        found = []
        since = self.ref.direction == PAST and self.ref.cue_distance == CERTAIN
        years = line.years(focus)
        for year in [years[0] - 1, *years] if since else years:
            try:
                found.append(cycles.in_year(what, year))
            except ValueError:
                continue
        if what == _NEW_YEAR and line.line is not None and periods.rank(line.line.unit) > periods.rank("year"):
            found = [p for p in found if periods.first_day(p) >= periods.first_day(line.line)]
        if not found:
            raise ValueError(f"there is no {what} in the years that the text tells of")
        if since and line.line is not None:
            # "since January"
            reached = periods.first_day(line.line)
            found = [p for p in found if periods.first_day(p) <= reached] or found
        return min(found, key=lambda p: line.cost(p, focus, self.ref.distance, self.ref.beside))

    def _previous(self, meaning: m.Previous) -> Period:
        return self.focus()

    def _same(self, meaning: m.Same) -> Period:
        what, offset = meaning.what, meaning.offset
        if self.ref.previous is None and self.ref.day is not None and not self.ref.narrative:
            focus = Period("day", self.anchor())
        else:
            focus = self.focus()
        if what.kind == "weekday":
            day = periods.last_day(focus) if offset >= 0 else periods.first_day(focus)
            if offset == 0:
                return Period("day", day - (gregorian.weekday(day) - int(what.value)) % 7)
            return cycles.neighbour(what, day, offset)
        if what.kind != "unit":
            if offset == 0:
                return cycles.in_year(what, gregorian.from_ordinal(periods.first_day(focus))[0])
            return cycles.neighbour(what, periods.last_day(focus) if offset > 0 else periods.first_day(focus), offset)
        unit = str(what.value)
        if periods.rank(focus.unit) < periods.rank(unit):
            today = self.ref.day
            if offset < 0 and today is not None and periods.first_day(focus) <= today <= periods.last_day(focus):
                self.used.discard("previous")
                return self._now(unit).shifted(offset)
            raise Unresolved(f"the time mentioned before it, {periods.to_timex3(focus)}, is no single {unit}")
        return periods.widen(focus, unit).shifted(offset * _WEEKS_IN.get(unit, 1))

    def _beside(self, meaning: m.Beside) -> Period:
        base, what, step = self.period(meaning.base), meaning.what, meaning.step
        edge = periods.last_day(base) if step > 0 else periods.first_day(base)
        if what.kind == "unit":
            return periods.containing(str(what.value), edge).shifted(step)
        return cycles.neighbour(what, edge, step)

    def _shift(self, meaning: m.Shift) -> Period:
        count, unit, base = meaning.count, meaning.unit, meaning.base
        if isinstance(base, m.Shift):
            return self._shift_all(meaning)
        if count is None:
            raise Unresolved("it does not say how many")
        number, unit = _whole(count, unit)
        if isinstance(base, m.Published):
            return self._from_published(number, unit)
        if isinstance(base, m.Previous):
            return self._from_focus(number, unit)
        return periods.shift(self.period(base), number, unit)

    def _shift_all(self, meaning: m.Shift) -> Period:
        """Count a whole amount, at the fineness of its smallest unit: a year and two months ago."""
        steps: list[tuple[int | float, str]] = []
        base: Meaning = meaning
        while isinstance(base, m.Shift):
            if base.count is None:
                raise Unresolved("it does not say how many")
            steps.append((base.count, base.unit))
            base = base.base
        finest = max((unit for _, unit in steps), key=periods.rank)
        if isinstance(base, m.Published):
            here = self._now(finest)
        elif isinstance(base, m.Previous):
            here = self.focus()
            if periods.rank(here.unit) < periods.rank(finest):
                raise Unresolved(
                    f"the time mentioned before it, {periods.to_timex3(here)}, is too wide to count {finest}s from"
                )
            here = periods.widen(here, finest)
        else:
            here = self.period(base)
        for count, unit in reversed(steps):
            whole, finer = _whole(count, unit)
            if here.unit == "day" and finer in _CLOCK_UNITS:
                # the time of day is not known
                continue
            here = periods.shift(here, whole, finer)
        return here

    def _from_published(self, count: int, unit: str) -> Period:
        compared = self._compared()
        if unit == "year" and compared is not None and abs(count) == 1 and not self.ref.narrative:
            return periods.shift(compared, count, unit)
        unit, count = _in_years(unit, count)
        now = self._now(unit)
        return now.shifted(count) if now.unit == unit else now

    def _compared(self) -> Period | None:
        """Return the quarter, half or season that the text about here is about, if it is."""
        near = self.ref.compared is not None and self.ref.compared_distance < _NEAR_IN_TEXT
        if near:
            self.used.add("compared")
        return self.ref.compared if near else None

    def _from_focus(self, count: int, unit: str) -> Period:
        compared = self._compared() if unit == "year" and count == -1 and not self.ref.narrative else None
        if compared is not None:
            return periods.shift(compared, count, unit)
        if self.ref.previous is None and self.ref.day is not None and count < 0:
            return self._now(unit).shifted(count)
        unit, count = _in_years(unit, count)
        focus = self.focus()
        if focus.unit in ("hour", "minute") and unit in ("hour", "minute", "second"):
            # "at 2:49 p.m., the second 13 seconds later", "at 11 a.m.; an hour later"
            return periods.shift(focus, count, unit)
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
            found = periods.containing(unit, last)
            # the weekend of a month's last week may be of the next month
            return found.shifted(number + (periods.first_day(found) <= last))
        if unit == "week":
            return periods.containing(unit, first + 3).shifted(number - 1)
        found = periods.containing(unit, first).shifted(number - 1)
        if periods.first_day(found) > last:
            raise ValueError(f"{periods.to_timex3(whole)} has no {unit} {number}")
        return found

    def _at(self, meaning: m.At) -> Period:
        what = meaning.what
        if what == _MORNING and meaning.whole == _NEXT_DAY and self._is_before_dawn():
            return Period("MO", periods.first_day(self.focus()))
        whole = self.period(meaning.whole)
        if not isinstance(what, Cycle):
            return self.period(what)
        first = periods.first_day(whole)
        if what.kind == "part":
            return Period(str(what.value), first)
        if what.kind == "unit" and what.value == "weekend" and periods.rank(whole.unit) >= periods.rank("day"):
            # a Monday's weekend is the one before it
            return periods.containing("weekend", first - (_TUESDAY if gregorian.weekday(first) <= _TUESDAY else 0))
        if what.kind == "unit":
            return periods.widen(whole, str(what.value))
        if what.kind == "weekday":
            if whole.unit in ("week", "weekend"):
                return Period("day", gregorian.week_start(whole.number) + int(what.value) - 1)
            return Period("day", first + (int(what.value) - gregorian.weekday(first)) % 7)
        year, month, _ = gregorian.from_ordinal(first)
        if what.kind == "monthday":
            return periods.day(year, month, int(what.value))
        return cycles.in_year(what, year)

    def _clock(self, meaning: m.Clock) -> Period:
        if meaning.twelve and self.ref.direction == FUTURE and self.ref.cue_distance == CERTAIN:
            meaning = likely(meaning)
        if meaning.day is None:
            day = self._day_in_focus() + (self._passes_midnight(meaning) or self._is_to_come(meaning))
        else:
            day = periods.first_day(self.period(meaning.day))
        if meaning.zone:
            self.zone = _offset(meaning.zone, day, meaning.hour)
        seconds = (meaning.hour * 60 + (meaning.minute or 0)) * 60 + (meaning.second or 0)
        if meaning.second is not None:
            return Period("second", day * 86_400 + seconds)
        if meaning.minute is not None:
            return Period("minute", day * 1440 + seconds // 60)
        return Period("hour", day * 24 + meaning.hour)


def _whole(count: int | float, unit: str) -> tuple[int, str]:
    """Return an amount in whole units: a year and a half as 18 months, a fortnight as two weeks."""
    while isinstance(count, float) and not count.is_integer():
        finer = FINER.get(unit)
        if finer is None:
            count = float(round(count))
            break
        unit, count = finer[0], count * finer[1]
        if unit in ("day", "second"):
            count = float(round(count))
    return (int(count) * 2, "week") if unit == "fortnight" else (int(count), unit)


def _in_years(unit: str, count: int) -> tuple[str, int]:
    """Return decades, centuries and millennia as years, in which they are counted."""
    return ("year", count * periods.YEARS_IN[unit]) if unit in periods.YEARS_IN else (unit, count)


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


_PERIODS: Final[dict[type[Meaning], Callable[[Reckoner, Any], Period]]] = {
    m.ShortYear: Reckoner._short_year,
    m.ShortDecade: Reckoner._short_decade,
    m.This: Reckoner._this,
    m.The: Reckoner._the,
    m.Last: Reckoner._last,
    m.Next: Reckoner._next,
    m.Coming: Reckoner._coming,
    m.Near: Reckoner._near,
    m.Previous: Reckoner._previous,
    m.Same: Reckoner._same,
    m.Beside: Reckoner._beside,
    m.Shift: Reckoner._shift,
    m.Nth: Reckoner._nth,
    m.At: Reckoner._at,
    m.Clock: Reckoner._clock,
}
