"""find_times: text to resolved mentions."""

from __future__ import annotations

import functools
import re
from typing import Final

from chronicle import cycles, gregorian, periods, reckon, resolve
from chronicle.article import Published, published_day
from chronicle.mention import TimeMention
from chronicle.periods import Period
from chronicle.reckon import Reference
from chronicle.resolve import Resolution
from chronicle.tagger import language, tense
from chronicle.tagger import meaning as m
from chronicle.tagger.meaning import Meaning
from chronicle.tagger.scan import Candidate, Scanner
from chronicle.when import When

_UNITS: Final = {"month": "month", "season": "season", "date": "day", "quarter": "quarter", "half": "half"}
_LONGEST_JOIN: Final = 12
_LONGEST_CLOSING: Final = 18
_SIDE_BY_SIDE: Final = 2
_DAYS_OVER: Final = 10
_MONTHS_IN: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12}
# a time that something lasts until, or is due by, lies ahead
_AHEAD: Final = frozenset({"Until", "By"})
NEWS: Final = "news"
NARRATIVE: Final = "narrative"


@functools.cache
def _scanner(code: str) -> Scanner:
    return Scanner(language.load(code))


def find_times(
    text: str, published: Published = None, language: str = "en", style: str | None = None
) -> list[TimeMention]:
    """Find and resolve every expression of time in a text.

    ``published`` is the publication date: a date, a datetime (naive: the article's own clock) or ISO 8601 text. Without it
    only absolute expressions are resolved; relative ones are kept and say why. ``style`` is "news" (anchored in the
    publication date), "narrative" (in the time last mentioned) or None: chosen from the text, as a whole and for paragraphs
    that open with a date of years back. Raises LookupError for an unknown language and ValueError for a publication date
    that is none or an unknown style.
    """
    if style not in (None, NEWS, NARRATIVE):
        raise ValueError(f"style {style!r} is not known: give 'news', 'narrative' or None")
    scanner = _scanner(language)
    day, minute = published_day(published)
    candidates = share_years(text, list(scanner.scan(text)), scanner.language.listing)
    narrative = style == NARRATIVE if style else is_narrative(candidates, day)
    finder = _Finder(text, scanner, day, minute, narrative)
    if narrative:
        finder.begin_in(candidates)
    elif day is not None and style is None:
        finder.told = told_of(text, candidates, day)
    return finder.run(candidates)


def time_of(text: str) -> When | None:
    """Return the time that a text names as a whole ("3 May 2020"), or None where it is no single date or more than one."""
    found = find_times(text)
    return found[0].when if len(found) == 1 and found[0].text == text.strip() else None


def share_years(text: str, candidates: list[Candidate], listing: frozenset[str]) -> list[Candidate]:
    """Give the year at the end of a list to what stands before it without one: "July or August of 1914"."""
    shared = list(candidates)
    for index in range(len(shared) - 2, -1, -1):
        first, second = shared[index], shared[index + 1]
        if not (isinstance(first.meaning, m.Near) and second.start - first.end <= _LONGEST_JOIN):
            continue
        joiner = text[first.end : second.start].strip().lower()
        what, last = first.meaning.what, _dated(second.meaning)
        listed = joiner in listing or (joiner == "," and isinstance(second.meaning, m.At))
        if not listed or last is None or _UNITS.get(what.kind) != last.unit:
            continue
        try:
            found = cycles.latest_by(what, periods.first_day(last))
        except ValueError:
            continue
        year = Period("year", gregorian.from_ordinal(periods.first_day(found))[0])
        shared[index] = first._replace(meaning=m.At(what, m.Fixed(year)))
    return shared


def _dated(meaning: Meaning) -> Period | None:
    """Return the period of a date, month or season that is written with its year."""
    if isinstance(meaning, m.Fixed):
        return meaning.period
    if isinstance(meaning, m.At) and isinstance(meaning.what, m.Cycle) and isinstance(meaning.whole, m.Fixed):
        year = meaning.whole.period
        if year.unit == "year" and meaning.what.kind in _UNITS:
            return cycles.in_year(meaning.what, year.number)
    return None


def is_narrative(candidates: list[Candidate], day: int | None) -> bool:
    """Tell whether a text tells of another time than its own: most of its dates lie years back and few words are of today."""
    if day is None:
        return True
    distant, near = _distances(candidates, day)
    return distant > 5 * near and distant >= (_FEWEST_DATES if near else _FEWEST_ALONE)


def told_of(text: str, candidates: list[Candidate], day: int) -> set[int]:
    """Return where the expressions begin that stand in paragraphs of another time: ones whose first expression is a day or month of years
    back, in their opening or not the only one of years back, and that name no time near the publication."""
    found: set[int] = set()
    start = index = 0
    for end in (*(gap.end() for gap in _PARAGRAPH.finditer(text)), len(text)):
        inside = []
        while index < len(candidates) and candidates[index].start < end:
            inside.append(candidates[index])
            index += 1
        if len(inside) > 1 and _names_day(inside[0].meaning):
            opening = text[start : inside[0].start].strip()
            distant, near = _distances(inside, day)
            opens = len(opening) <= _OPENING and "," not in opening
            if distant and not near and (opens or distant > 1):
                found.update(c.start for c in inside)
        start = end
    return found


def _names_day(meaning: Meaning) -> bool:
    inner = _innermost(meaning)
    return isinstance(inner, m.Fixed) and periods.rank(inner.period.unit) > periods.rank("year")


def _distances(candidates: list[Candidate], day: int) -> tuple[int, int]:
    """Count the dates of years back, and the dates and words of the time about the publication."""
    year = gregorian.from_ordinal(day)[0]
    distant = near = 0
    for candidate in candidates:
        meaning = _innermost(candidate.meaning)
        if isinstance(meaning, m.Fixed):
            gap = year - gregorian.from_ordinal(periods.first_day(meaning.period))[0]
            if gap >= _YEARS_BACK:
                distant += 1
            else:
                near += 1
        elif isinstance(meaning, (m.This, m.Last, m.Next)) or (
            isinstance(meaning, m.Near) and meaning.what.kind == "weekday"
        ):
            near += 1
    return distant, near


_PARAGRAPH = re.compile(r"\n\s*\n")
_OPENING: Final = 24
_YEARS_BACK: Final = 3
_FEWEST_DATES: Final = 6
_FEWEST_ALONE: Final = 3


class _Finder:
    """One pass over a text's candidates, the time last mentioned carried along."""

    def __init__(self, text: str, scanner: Scanner, day: int | None, minute: int | None, narrative: bool) -> None:
        self._text = text
        self._scanner = scanner
        self._language = scanner.language
        self._reference = Reference(day, minute, narrative=narrative)
        self._published = (
            None if day is None else f"{periods.edtf_day(day)} (a {gregorian.WEEKDAYS[gregorian.weekday(day)]})"
        )
        self.told: set[int] = set()
        self._focus_at = 0
        self._compared_at = 0
        self._cue: tuple[str | None, int] = (None, 0)
        self._cued_to = -1 - _SIDE_BY_SIDE

    def begin_in(self, candidates: list[Candidate]) -> None:
        """Let a narrative begin in the year that it names first, for dates before that which have none."""
        for candidate in candidates:
            meaning = _innermost(candidate.meaning)
            if isinstance(meaning, m.Fixed) and meaning.period.unit not in ("decade", "century", "millennium"):
                self._reference.previous = periods.widen(meaning.period, "year")
                return

    def run(self, candidates: list[Candidate]) -> list[TimeMention]:
        found: list[TimeMention] = []
        index = 0
        while index < len(candidates):
            candidate = candidates[index]
            following = candidates[index + 1] if index + 1 < len(candidates) else None
            if following is not None and self._makes_range(candidate, following):
                found.extend(self._pair(candidate, following, len(found)))
                index += 2
                continue
            if following is not None and self._is_closed_by(candidate, following):
                found.extend(self._closed(candidate, following, len(found)))
                index += 2
                continue
            if candidate.meaning != m.Previous() or self._reference.previous is not None:
                found.append(self._single(candidate))
            index += 1
        return found

    def _refer(self, candidate: Candidate) -> None:
        reference = self._reference
        reference.distance = candidate.start - self._focus_at
        reference.compared_distance = candidate.start - self._compared_at
        reference.direction = None
        if candidate.signal in _AHEAD:
            over = tense.is_over(self._language, self._text, candidate.start, candidate.end)
            reference.direction, reference.cue_distance = reckon.PAST if over else reckon.FUTURE, 0
        elif _needs_direction(candidate.meaning):
            # expressions side by side share their verbs
            if not 0 <= candidate.start - self._cued_to <= _SIDE_BY_SIDE:
                self._cue = tense.direction(self._language, self._text, candidate.start, candidate.end)
            reference.direction, reference.cue_distance = self._cue
            if _is_weekday(candidate.meaning) and self._language.ahead_pattern.search(
                self._text, max(0, candidate.start - _LONGEST_JOIN), candidate.start
            ):
                reference.direction, reference.cue_distance = reckon.FUTURE, 0
            self._cued_to = candidate.end
        if self.told:
            inside = candidate.start in self.told
            reference.narrative = inside and (reference.direction != reckon.FUTURE or candidate.signal in _AHEAD)

    def _single(self, candidate: Candidate, over: bool = False) -> TimeMention:
        self._refer(candidate)
        if over:
            self._reference.direction, self._reference.cue_distance = reckon.PAST, 0
        resolution = resolve.resolve(self._scanner.wrap(candidate), self._reference)
        return self._mention(candidate, resolution, candidate.signal)

    def _mention(self, candidate: Candidate, resolution: Resolution, signal: str | None) -> TimeMention:
        used = resolution.used
        mention = TimeMention(
            candidate.start,
            candidate.end,
            self._text[candidate.start : candidate.end],
            resolution.type,
            resolution.value,
            resolution.mod,
            candidate.meaning,
            resolution.edtf,
            resolution.reason,
            signal if resolution.edtf is not None else None,
            candidate.signal_start if signal is not None else None,
            self._published if "published" in used else None,
            self._anchor_in_text(used),
            "past" if "past" in used else "future" if "future" in used else None,
            resolution.quant,
            resolution.freq,
        )
        if resolution.period is not None and self._moves_focus(candidate.meaning, resolution.period):
            self._reference.previous = resolution.period
            self._focus_at = candidate.end
            if resolution.period.unit in reckon.COMPARED and not self._reference.is_ahead(resolution.period):
                self._reference.compared = resolution.period
                self._compared_at = candidate.end
        return mention

    def _moves_focus(self, meaning: Meaning, period: Period) -> bool:
        """Tell whether the text goes on about a time that it has named: not if it only compares with it, or only widens the view."""
        reference = self._reference
        if not reference.narrative and _looks_back(meaning):
            return False
        previous = reference.previous
        if previous is None or not _names_again(meaning):
            return True
        inside = periods.first_day(period) <= periods.first_day(previous)
        return not (inside and periods.last_day(previous) <= periods.last_day(period))

    def _anchor_in_text(self, used: frozenset[str]) -> str | None:
        """Return the time mentioned before that was counted from, as TIMEX3 writes it."""
        reference = self._reference
        period = reference.previous if "previous" in used else reference.compared if "compared" in used else None
        return None if period is None else periods.to_timex3(period)

    def _makes_range(self, first: Candidate, second: Candidate) -> bool:
        between = self._text[first.end : second.start]
        if len(between) > _LONGEST_JOIN or not (_datable(first.meaning) and _datable(second.meaning)):
            return False
        joiner = between.strip().lower().removesuffix(" the").removesuffix(" on").removesuffix(" in")
        if joiner not in self._language.joining:
            return False
        window = self._text[max(0, first.start - 24) : first.start]
        opened = self._language.opening_pattern.search(window)
        if joiner == "and":
            return opened is not None and opened.group(1).lower() == "between"
        hours = isinstance(first.meaning, m.Clock) and isinstance(second.meaning, m.Clock)
        return opened is not None or hours or joiner in ("-", "–", "—", "through", "thru")

    def _pair(self, first: Candidate, second: Candidate, index: int) -> list[TimeMention]:
        self._refer(first)
        start, end, whole = resolve.resolve_pair(first.meaning, second.meaning, self._reference)
        mentions = [self._mention(first, start, None), self._mention(second, end, None)]
        return mentions if whole is None else _share(mentions, whole, index)

    def _is_closed_by(self, first: Candidate, second: Candidate) -> bool:
        """Tell whether the second of two expressions is the day on which the first ends: "the quarter ended Sept. 30"."""
        between = self._text[first.end : second.start]
        return (
            len(between) <= _LONGEST_CLOSING
            and between.strip().lower() in self._language.closing
            and _length_of(first.meaning) is not None
        )

    def _closed(self, first: Candidate, second: Candidate, index: int) -> list[TimeMention]:
        """Resolve a stretch and the day on which it ends: both are the whole months up to that day."""
        over = self._text[first.end : second.start].strip().lower() in self._language.closed
        mentions = [self._single(first), self._single(second, over)]
        length = _length_of(first.meaning)
        end = self._reference.previous
        if length is None or mentions[1].edtf is None or end is None or end.unit not in ("day", "month"):
            return mentions
        # companies' months end on a Friday or Saturday near the last of the month
        last = end if end.unit == "month" else periods.containing("month", end.number - _DAYS_OVER)
        whole = (
            f"{periods.to_edtf(last.shifted(1 - length))}/{periods.to_edtf(last)}"
            if length > 1
            else periods.to_edtf(last)
        )
        return _share(mentions, whole, index)


def _share(mentions: list[TimeMention], whole: str, index: int) -> list[TimeMention]:
    """Give two expressions, the first of them at ``index`` in the text's list, the time that they make together."""
    for offset, mention in enumerate(mentions):
        mention.edtf, mention.reason = whole, None
        mention.partner = index + 1 - offset
    return mentions


def _length_of(meaning: Meaning) -> int | None:
    """Return how many months a stretch has that a day may end: a quarter, half or year, or so many months."""
    while isinstance(meaning, (m.Shift, m.About)):
        meaning = meaning.base if isinstance(meaning, m.Shift) else meaning.what
    if isinstance(meaning, (m.Duration, m.Run, m.Past)):
        amounts = meaning.amounts if isinstance(meaning, m.Duration) else ()
        if isinstance(meaning, m.Run):
            amounts = ((meaning.number, meaning.unit),)
        elif isinstance(meaning, m.Past):
            amounts = meaning.duration.amounts
        count, name = amounts[0] if len(amounts) == 1 else (None, "")
        months = _MONTHS_IN.get(name)
        return int(count) * months if months and count is not None and float(count).is_integer() and count > 0 else None
    what = getattr(meaning, "what", None)
    if isinstance(meaning, (m.Near, m.At, m.The, m.This, m.Same, m.Last)) and isinstance(what, m.Cycle):
        return _MONTHS_IN.get(str(what.value) if what.kind == "unit" else what.kind)
    if isinstance(meaning, m.Fixed):
        return _MONTHS_IN.get(meaning.period.unit)
    return None


def _innermost(meaning: Meaning) -> Meaning:
    """Return the time that an expression names a part of: 1943 in "early in the winter of 1943"."""
    while isinstance(meaning, (m.Part, m.At, m.Nth, m.About)):
        meaning = meaning.what if isinstance(meaning, m.About) else meaning.whole
    return meaning


def _is_weekday(meaning: Meaning) -> bool:
    """Tell whether a meaning is a weekday, or a time of one."""
    while isinstance(meaning, (m.Clock, m.At, m.About, m.Part)):
        inner = (
            meaning.day
            if isinstance(meaning, m.Clock)
            else meaning.what
            if isinstance(meaning, m.About)
            else meaning.whole
        )
        if inner is None:
            return False
        meaning = inner
    return isinstance(meaning, m.Near) and meaning.what.kind == "weekday"


def _needs_direction(meaning: Meaning) -> bool:
    while True:
        if isinstance(meaning, m.Hence):
            return True
        if isinstance(meaning, m.Near):
            return meaning.what.kind != "unit" or meaning.what.value in ("quarter", "weekend")
        inner = getattr(meaning, "whole", None) or getattr(meaning, "day", None) or getattr(meaning, "base", None)
        if inner is None:
            inner = getattr(meaning, "what", None) or getattr(meaning, "start", None)
        if not isinstance(inner, Meaning) or isinstance(meaning, (m.This, m.Last, m.Next, m.Same, m.Coming)):
            return False
        meaning = inner


def _looks_back(meaning: Meaning) -> bool:
    """Tell whether an expression only compares with an earlier time ("a year ago") and leaves the time that the text is about."""
    while isinstance(meaning, (m.About, m.Bounded)):
        meaning = meaning.what
    return isinstance(meaning, m.Shift) and meaning.count is not None and meaning.count < 0


def _names_again(meaning: Meaning) -> bool:
    """Tell whether an expression points back at the time last mentioned: "that year", "later that day"."""
    while isinstance(meaning, (m.Rest, m.SoFar, m.Part, m.About)):
        meaning = meaning.what if isinstance(meaning, m.About) else meaning.whole
    return isinstance(meaning, m.Same) and meaning.offset == 0


def _datable(meaning: Meaning) -> bool:
    return not isinstance(meaning, (m.Duration, m.Hence, m.Every, m.Run, m.Past, m.Ahead, m.Between))
