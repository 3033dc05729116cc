"""find_times: text to resolved mentions."""

from __future__ import annotations

import functools
import re
from typing import Final

import attrs

from chronicle.article import Published, published_day
from chronicle.resolve import ranges, reckon, sharing, telling, tense
from chronicle.resolve import resolution as resolve
from chronicle.resolve.reckon import Reference
from chronicle.resolve.resolution import Resolution
from chronicle.tagger import kinds, language
from chronicle.tagger import meaning as m
from chronicle.tagger.mention import TimeMention
from chronicle.tagger.scan import Candidate, Scanner
from chronicle.time import gregorian, periods
from chronicle.time.periods import Period
from chronicle.time.when import When

_LONGEST_JOIN: Final = 12
_LONGEST_CLOSING: Final = 18
_SIDE_BY_SIDE: Final = 2
_NOTE: Final = 24
_DEFERRED: Final = 80
_DAYS_OVER: Final = 10
_COUNTED: Final = frozenset({"Before", "After"})
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
    candidates = sharing.day_first(text, list(scanner.scan(text)))
    candidates = sharing.listed_days(text, candidates, scanner.language.list_pattern)
    candidates = sharing.share_years(text, candidates, scanner.language.listing)
    candidates = ranges.part(text, candidates, scanner.language)
    narrative = style == NARRATIVE if style else telling.is_narrative(candidates, day)
    finder = _Finder(text, scanner, day, minute, narrative)
    if narrative:
        finder.begin_in(candidates)
    elif day is not None and style is None:
        finder.told = telling.told_of(text, candidates, day)
    return finder.run(candidates)


def time_of(text: str) -> When | None:
    """Return the time that a text names as a whole ("3 May 2020"), or None where it is no single date or more than one."""
    found = find_times(text)
    return found[0].when if len(found) == 1 and found[0].text == text.strip() else None


_THE_QUARTER: Final = m.Near(m.Cycle("unit", "quarter"))
_RUNS_AHEAD: Final = "it is told as past, and counted from the time last mentioned it would lie ahead"
_DASHES: Final = frozenset({"-", "–", "—", "through", "thru"})
_ERAS: Final = frozenset({"decade", "century", "millennium"})
_LAST_WORD = re.compile(r"([^\W\d_]+)\s+$")
_NEXT_WORD = re.compile(r"\s+[a-z]")
_NOTE_BETWEEN = re.compile(r",?\s*\([^()\n]{1,40}\),?\s+(?:\w\w\s+)?")


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
            meaning = kinds.innermost(candidate.meaning)
            if isinstance(meaning, m.Fixed) and meaning.period.unit not in _ERAS:
                self._reference.previous = periods.widen(meaning.period, "year")
                return

    def run(self, candidates: list[Candidate]) -> list[TimeMention]:
        found: list[TimeMention] = []
        index = 0
        while index < len(candidates):
            candidate = candidates[index]
            pair = self._joined(candidate, candidates[index + 1], len(found)) if index + 1 < len(candidates) else []
            if pair:
                found.extend(pair)
                index += 2
                continue
            if isinstance(candidate.meaning, m.Clock) and candidate.meaning.day is None:
                candidate = self._on_later_day(candidate, candidate.meaning, candidates[index + 1 : index + 3])
            if candidate.meaning != m.Previous() or self._reference.previous is not None:
                found.append(self._single(candidate))
            index += 1
        return found

    def _joined(self, first: Candidate, second: Candidate, index: int) -> list[TimeMention]:
        """Resolve two expressions that make one time together, the first of them the ``index``th of the text; nothing where they make none."""
        if second.joined or self._makes_range(first, second):
            return self._pair(first, second, index)
        if self._is_closed_by(first, second):
            return self._closed(first, second, index)
        return self._counted(first, second, index) if self._is_counted_from(first, second) else []

    def _refer(self, candidate: Candidate) -> None:
        reference = self._reference
        reference.distance = candidate.start - self._focus_at
        reference.compared_distance = candidate.start - self._compared_at
        reference.direction = None
        if candidate.signal in _AHEAD:
            over = tense.is_over(self._language, self._text, candidate.start, candidate.end, candidate.signal)
            reference.direction, reference.cue_distance = reckon.PAST if over else reckon.FUTURE, 0
        elif candidate.signal == "Since" and self._goes_back(candidate):
            reference.direction, reference.cue_distance = reckon.PAST, reckon.CERTAIN
        elif kinds.needs_direction(candidate.meaning):
            # expressions side by side or in a list share their verbs
            if not self._goes_on(candidate.start):
                aside = isinstance(candidate.meaning, m.Hence) and self._text[candidate.end : candidate.end + 1] == ","
                self._cue = tense.direction(self._language, self._text, candidate.start, candidate.end, aside)
            reference.direction, reference.cue_distance = self._cue
            if kinds.is_weekday(candidate.meaning) and self._language.ahead_pattern.search(
                self._text, max(0, candidate.start - _LONGEST_JOIN), candidate.start
            ):
                reference.direction, reference.cue_distance = self._cue = reckon.FUTURE, 0
            if self._language.deferred_pattern.search(self._text, max(0, candidate.start - _DEFERRED), candidate.start):
                reference.direction, reference.cue_distance = self._cue = reckon.FUTURE, 0
            self._cued_to = candidate.end
        if self.told:
            inside = candidate.start in self.told
            reference.narrative = inside and (reference.direction != reckon.FUTURE or candidate.signal in _AHEAD)

    def _goes_back(self, candidate: Candidate) -> bool:
        """Tell whether the word before an expression is one for what is past: "since"."""
        signal = self._text[candidate.signal_start : candidate.start].lower().removesuffix("the ")
        return " ".join(signal.split()) in self._language.backward

    def _goes_on(self, start: int) -> bool:
        """Tell whether an expression stands right behind the one whose direction was asked for last, or is listed with it."""
        gap = start - self._cued_to
        if not 0 <= gap <= _LONGEST_JOIN:
            return False
        between = self._text[self._cued_to : start].strip().lower()
        return between in self._language.listing or (gap <= _SIDE_BY_SIDE and between in ("", ","))

    def _single(self, candidate: Candidate, over: bool = False) -> TimeMention:
        self._refer(candidate)
        if over:
            self._reference.direction, self._reference.cue_distance = reckon.PAST, 0
        resolution = resolve.resolve(self._scanner.wrap(candidate), self._reference)
        if resolution.period is not None and self._runs_ahead(candidate, resolution.period):
            previous, self._reference.previous = self._reference.previous, None
            resolution = resolve.resolve(self._scanner.wrap(candidate), self._reference)._replace(reason=_RUNS_AHEAD)
            self._reference.previous = previous
        return self._mention(candidate, resolution, candidate.signal)

    def _runs_ahead(self, candidate: Candidate, period: Period) -> bool:
        """Tell whether "six months later" than the time last mentioned lies ahead of the article that tells it as past: it is not counted
        from there."""
        reference = self._reference
        if reference.narrative or not kinds.counts_on(candidate.meaning) or not reference.is_ahead(period):
            return False
        return tense.direction(self._language, self._text, candidate.start, candidate.end)[0] == reckon.PAST

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
        if resolution.period is not None and self._moves_focus(candidate, resolution.period):
            self._reference.previous = resolution.period
            self._focus_at = candidate.end
            if resolution.period.unit in reckon.COMPARED and not self._reference.is_ahead(resolution.period):
                self._reference.compared = resolution.period
                self._compared_at = candidate.end
        return mention

    def _moves_focus(self, candidate: Candidate, period: Period) -> bool:
        """Tell whether the text goes on about a time that it has named: not if it only compares with it, or only widens the view."""
        reference = self._reference
        previous = reference.previous
        if not reference.narrative and kinds.looks_back(candidate.meaning):
            return False
        if previous is None:
            return True
        if (
            period.unit == "day"
            and candidate.start - self._focus_at < _NOTE
            and periods.rank(previous.unit) > periods.rank("part")
        ):
            # "at 12:10 p.m. (1610 GMT) on Friday" is about the minute
            return periods.first_day(previous) != period.number
        if period.unit == "year" and not reference.narrative and periods.rank(previous.unit) >= periods.rank("day"):
            # "the worst since a 1998 crash" leaves the text where it was
            return not (candidate.signal == "Since" or self._is_attribute(candidate))
        if not (kinds.names_again(candidate.meaning) or period.unit in _ERAS):
            return True
        inside = periods.first_day(period) <= periods.first_day(previous)
        return not (inside and periods.last_day(previous) <= periods.last_day(period))

    def _is_attribute(self, candidate: Candidate) -> bool:
        """Tell whether an expression stands between an article and a noun: "a 1998 crash"."""
        before = _LAST_WORD.search(self._text, max(0, candidate.start - _LONGEST_JOIN), candidate.start)
        after = _NEXT_WORD.match(self._text, candidate.end)
        return before is not None and after is not None and before[1].lower() in self._language.attributive

    def _anchor_in_text(self, used: frozenset[str]) -> str | None:
        """Return the time mentioned before that was counted from, as TIMEX3 writes it."""
        reference = self._reference
        period = reference.previous if "previous" in used else reference.compared if "compared" in used else None
        return None if period is None else periods.to_timex3(period)

    def _makes_range(self, first: Candidate, second: Candidate) -> bool:
        between = self._text[first.end : second.start]
        if len(between) > _LONGEST_JOIN or not (kinds.datable(first.meaning) and kinds.datable(second.meaning)):
            return False
        joiner = between.strip().lower().removesuffix(" the").removesuffix(" on").removesuffix(" in")
        if joiner not in self._language.joining:
            return False
        if self._language.deferred_pattern.search(self._text, max(0, first.start - _DEFERRED), second.start):
            return False
        window = self._text[max(0, first.start - 24) : first.start]
        opened = self._language.opening_pattern.search(window)
        if joiner == "and":
            return opened is not None and opened.group(1).lower() == "between"
        hours = isinstance(first.meaning, m.Clock) and isinstance(second.meaning, m.Clock)
        return opened is not None or hours or kinds.are_dates(first.meaning, second.meaning) or joiner in _DASHES

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
            and kinds.length_of(first.meaning) is not None
        )

    def _on_later_day(self, candidate: Candidate, clock: m.Clock, following: list[Candidate]) -> Candidate:
        """Give a time of day the day that stands behind a note in brackets: "10:35 a.m. (0735 GMT) on Friday"."""
        later = next((c for c in following if not isinstance(c.meaning, m.Clock)), None)
        if later is None or not kinds.names_one_day(later.meaning):
            return candidate
        if not _NOTE_BETWEEN.fullmatch(self._text, candidate.end, later.start):
            return candidate
        return candidate._replace(meaning=attrs.evolve(clock, day=later.meaning))

    def _is_counted_from(self, first: Candidate, second: Candidate) -> bool:
        """Tell whether a time is counted from another that stands behind it: "two days before Christmas"."""
        between = self._text[first.end : second.start]
        if len(between) > _LONGEST_JOIN or not between[:1].isspace():
            return False
        counted = self._language.signals.get(between.strip().lower()) in _COUNTED
        return counted and kinds.counted_units(first.meaning) is not None and kinds.datable(second.meaning)

    def _counted(self, first: Candidate, second: Candidate, index: int) -> list[TimeMention]:
        """Resolve an amount and the time that it is counted from: TIMEX3 has a duration and a date, a reader one date."""
        back = self._language.signals[self._text[first.end : second.start].strip().lower()] == "Before"
        mentions = [self._single(first)]
        # both are counted from where the text stands before the second moves it
        self._refer(second)
        moved = second.meaning
        for count, unit in kinds.counted_units(first.meaning) or ():
            moved = m.Shift(moved, -count if back else count, unit)
        whole = resolve.resolve(moved, self._reference)
        mentions.append(self._mention(second, resolve.resolve(second.meaning, self._reference), None))
        if whole.edtf is None:
            return mentions
        self._reference.previous = whole.period
        return _share(mentions, whole.edtf, index)

    def _closed(self, first: Candidate, second: Candidate, index: int) -> list[TimeMention]:
        """Resolve a stretch and the day on which it ends: both are the whole months up to that day."""
        over = self._text[first.end : second.start].strip().lower() in self._language.closed
        named = self._reference.compared is not None
        mentions = [self._single(first), self._single(second, over)]
        length = kinds.length_of(first.meaning)
        end = self._reference.previous
        if length is None or mentions[1].edtf is None or end is None or end.unit not in ("day", "month"):
            return mentions
        # companies' months end on a Friday or Saturday near the last of the month
        last = end if end.unit == "month" else periods.containing("month", end.number - _DAYS_OVER)
        if first.meaning == _THE_QUARTER and not named:
            # its middle month says which quarter it is, where the company's own count is not told
            quarter = periods.containing("quarter", periods.first_day(last.shifted(-1)))
            mentions[0].value = periods.to_timex3(quarter)
            self._reference.compared, self._compared_at = quarter, first.end
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
