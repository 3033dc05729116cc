"""Groups: the expressions that date one happening, and the time that they give together."""

from __future__ import annotations

import re
from typing import Final

from chronicle.syntax.lexicon import Lexicon
from chronicle.tagger.meaning import Ahead, Duration
from chronicle.tagger.mention import TimeMention
from chronicle.time import periods
from chronicle.time.edtf import MICROSECONDS_PER_DAY
from chronicle.time.periods import Period
from chronicle.time.when import When

NEAR: Final = 20


def side_by_side(mentions: list[TimeMention]) -> list[list[TimeMention]]:
    """Put the two ends of a range, and expressions of the same day side by side, into one group."""
    groups: list[list[TimeMention]] = []
    for mention in mentions:
        last = groups[-1][-1] if groups else None
        if last is not None and last.edtf is not None:
            range_end = last.partner is not None and last.edtf == mention.edtf and mention.start - last.end <= NEAR
            close = mention.start - last.end <= _CLOSE and "TIME" in (last.type, mention.type)
            if range_end or (close and _overlap(last.when, mention.when)) or _notes_zone(last, mention):
                groups[-1].append(mention)
                continue
        groups.append([mention])
    return groups


_CLOSE: Final = 12
_NOTE: Final = len(" (")
_ZONED = re.compile(r"T[\d:.]+(?:Z|[+-]\d\d:\d\d)$")


def _notes_zone(last: TimeMention, mention: TimeMention) -> bool:
    """Tell whether an expression gives the hour before it in another zone: "10:35 a.m. (0735 GMT)"."""
    if not last.type == mention.type == "TIME" or mention.start - last.end > _NOTE:
        return False
    return _ZONED.search(mention.edtf or "") is not None and _ZONED.search(last.edtf or "") is None


def _overlap(first: When | None, second: When | None) -> bool:
    return first is not None and second is not None and first.overlaps(second)


def one_time(first: list[TimeMention], second: list[TimeMention]) -> bool:
    """Tell whether two groups of one predicate name one time, one of them more exactly ("on Friday evening ... at 7 p.m.")."""
    a, b = combined(first), combined(second)
    return a is not None and b is not None and a.overlaps(b) and not (a.is_open or b.is_open)


def consecutive(text: str, first: list[TimeMention], second: list[TimeMention], words: Lexicon) -> When | None:
    """Return the span of two months or years that follow each other and are listed under one preposition: "in May and June".

    Where the preposition is said again ("in May and in June"), or each is meant ("in both"), they are two times and this is None.
    """
    a, b = first[-1], second[0]
    one, other = a.when, b.when
    if one is None or other is None or a.signal is not None or b.signal is not None or a.mod or b.mod:
        return None
    if text[a.end : b.start].strip().lower() not in words["listing"]:
        return None
    if any(word in words["each"] for word in text[max(0, first[0].start - NEAR) : first[0].start].lower().split()[-2:]):
        return None
    if one.precision != other.precision or one.precision not in _LISTED or one.kind != "date" or other.kind != "date":
        return None
    if one.latest.microseconds + 1 != other.earliest.microseconds:
        return None
    return When.parse(f"{one}/{other}")


_LISTED: Final = ("month", "year")


def finest(group: list[TimeMention]) -> TimeMention:
    """Return the most exact of some expressions."""
    dated = [m for m in group if m.when is not None] or group

    def exactness(mention: TimeMention) -> float:
        when = mention.when
        return when.earliest.microseconds - when.latest.microseconds if when is not None else 0

    return max(dated, key=exactness)


def combined(group: list[TimeMention]) -> When | None:
    """Return the time of a group: that of its finest expression."""
    return finest(group).when


def lasting(text: str, group: list[TimeMention], mentions: list[TimeMention], words: Lexicon) -> When | None:
    """Return the span of a day with a length from it: "for three weeks from 2 March" is 2 to 22 March; "for the next few weeks" is all of them."""
    day = finest(group)
    if isinstance(day.meaning, Ahead) and day.when is not None and _follows(text, day.start, words["for_a_time"]):
        # "for the next few weeks"
        return When.parse(str(day.when).strip("[]").replace("..", "/")) if day.when.is_within else None
    if day.when is None or day.when.kind != "date" or day.when.precision != "day" or day.signal is not None:
        return None
    if not _follows(text, day.start, words["from_a_day"]):
        return None
    for other in mentions:
        meaning = other.meaning
        if (
            isinstance(meaning, Duration)
            and other.type == "DURATION"
            and _follows(text, other.start, words["for_a_time"])
        ):
            first = int(day.when.earliest.microseconds) // MICROSECONDS_PER_DAY
            end = Period("day", first)
            for count, unit in meaning.amounts:
                if count is None or not float(count).is_integer() or unit in ("hour", "minute", "second"):
                    return None
                end = periods.shift(end, int(count), unit)
            if end.number - 1 > first:
                return When.parse(f"{periods.edtf_day(first)}/{periods.edtf_day(end.number - 1)}")
    return None


def _follows(text: str, at: int, words: frozenset[str]) -> bool:
    """Tell whether one of some words stands right before a place, or before a preposition there."""
    before = text[max(0, at - NEAR) : at].lower().split()
    return any(word in words for word in before[-2:])
