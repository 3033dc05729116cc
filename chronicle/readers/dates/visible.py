"""What a page shows of its date: elements that are marked as dates, and lines near the headline that hold one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from chronicle.article.dates import Reading, month_of, read_dates, read_value
from chronicle.readers.dates.outline import Line, Marked, Outline, is_prose
from chronicle.readers.dates.places import Place
from chronicle.readers.dates.witness import CHANGED, PUBLISHED, UNSAID, Witness, witness
from chronicle.readers.dates.words import label_of, names, whole_label

_IS_PUBLISHED: Final = names("is-published")
_IS_CHANGED: Final = names("is-changed")
_IS_DATE: Final = names("is-date")
_FAR: Final = 14  # lines from the headline within which a date is likely the article's
_LONG: Final = 90  # letters beside a date that make a line a sentence
_COPYRIGHT: Final = re.compile(r"©|\(c\)|copyright|all rights|alle rechte|powered by|version \d", re.IGNORECASE)
_RANGE: Final = re.compile(r"^\s?(?:-|–|—|to|bis|until|au|al|tot)\s?\d", re.IGNORECASE)


def marked(page: Outline, place: Place) -> Iterator[Witness]:
    """Yield the elements that carry a date and are marked as the publication's, or as times near the headline."""
    best: dict[str, Witness] = {}
    firsts = 0
    for element in page.marked:
        if element.aside:
            continue
        reading = next((r for v in element.values if (r := read_value(v, place.habits)) is not None), None)
        if reading is None:
            continue
        reading = _settled(element, reading, place)
        said_of = element.marks | {element.itemprop}
        changed = bool(said_of & _IS_CHANGED or element.itemprop == "datemodified")
        published = bool(said_of & _IS_PUBLISHED) or (element.itemprop and "date" in element.itemprop and "publi" in element.itemprop) or element.itemprop in ("dc:created", "dc:date")
        said = label_of(_before(page, element))
        name = f"a <{element.tag}> element"
        if published and said not in ("changed", "other", "today"):
            weight, role, name = 4.0 + (0.5 if element.itemprop else 0), PUBLISHED, f"a <{element.tag}> element that is marked as the publication's"
        elif changed or said == "changed":
            weight, role = 1.0, CHANGED
        elif element.in_sentence or said in ("other", "today") or element.itemprop in ("startdate", "enddate"):
            continue
        elif said == "published" or element.around & _IS_PUBLISHED:
            weight, role = 3.8, PUBLISHED
        else:
            weight, role = 3.0, UNSAID
        weight *= _standing(element.line, page)
        if firsts and weight > 1 and role == UNSAID:
            weight *= 0.6  # the first of several
        heard = witness(name, "shown", weight, reading, place, role)
        if heard is None:
            continue
        firsts += role != CHANGED
        key = f"{heard.day}{heard.role}"
        if key not in best or best[key].weight < heard.weight:
            best[key] = heard
    yield from best.values()


def _settled(element: Marked, reading: Reading, place: Place) -> Reading:
    """Settle what an attribute leaves open by the element's own words."""
    if len(reading.days) == 1 or len(element.values) < 2:
        return reading
    for value in element.values[1:]:
        other = read_value(value, place.habits)
        if other is not None and len(other.days) == 1 and other.days[0] in reading.days:
            return other
    return reading


def _before(page: Outline, element: Marked) -> str:
    """Return the words on an element's line before its own."""
    line = next((ln for ln in page.lines[max(0, element.line - 40) :] if ln.number >= element.line), None)
    if line is None or line.number > element.line:
        return ""
    text = line.text
    own = element.values[-1]
    at = text.find(own) if own else -1
    return text[: at if at >= 0 else 40][-60:]


def _standing(number: int, page: Outline) -> float:
    """Return how much the place of a line speaks for its date: most between headline and prose, less above the headline, little after the prose."""
    first, prose = page.headline, page.prose
    if first < 0:
        if prose < 0:
            return 0.7
        return _SLOT if prose - 8 <= number < prose else (0.4 if number < prose else 0.5)
    if number < first:
        return _ABOVE if number >= first - 3 else 0.3
    if prose < 0 or number < prose:
        return _SLOT if number <= first + _FAR else 0.6
    return max(0.35, 0.6 - 0.01 * (number - prose))


_SLOT: Final = 1.15
_ABOVE: Final = 0.8


def lines(page: Outline, place: Place, month: tuple[int, int] | None) -> Iterator[Witness]:
    """Yield the dates of lines that are no sentences: labelled, or standing near the headline.

    ``month`` is the year and month of the address: it completes a day that is shown without its year.
    """
    best: dict[str, Witness] = {}
    previous = ""
    seen = [0, 0]  # dates before, in the slot between headline and prose and outside it
    for number, line in enumerate(page.lines):
        text = line.text
        before, previous = previous, text
        if len(text) > 330 or _COPYRIGHT.search(text):
            continue
        readings = read_dates(text, place.habits)
        if not readings and len(text) <= _PIECE:
            text = _pieced(page.lines, number)
            readings = read_dates(text, place.habits)
        if not readings and month and len(text) < 60 and not line.aside:
            readings = _without_year(text, month, place)
        if not readings:
            continue
        in_slot = _standing(line.number, page) == _SLOT
        for heard in _of_line(line, text, before, readings, page, place, seen[0] if in_slot else sum(seen)):
            seen[not in_slot] += heard.weight >= 1.2 and heard.role != CHANGED and not line.aside and not line.top
            key = f"{heard.day}{heard.role}"
            if key not in best or best[key].weight < heard.weight:
                best[key] = heard
    yield from best.values()


_PIECE: Final = 12  # letters of a line that may be a piece of a date: a day, a month, a year


def _pieced(all_lines: list[Line], number: int) -> str:
    """Return a line and the two after it as one, where all are that short: dates in boxes stand so."""
    near = [line.text for line in all_lines[number : number + 3]]
    short = list(takewhile(lambda text: len(text) <= _PIECE, near))
    return " ".join(short) if len(short) > 1 and any(c.isdigit() for c in short[0] + short[1]) else ""


_DAY_MONTH: Final = re.compile(r"(?<![\d.:])(\d{1,2})(?:st|nd|rd|th)?[.\s]{1,2}\s?(?:de\s)?([^\W\d_]{3,12})|(?<!\w)([^\W\d_]{3,12})\.?\s(\d{1,2})(?!\d|:)|(?<![\d.])(\d{1,2})\.(\d{1,2})\.(?!\d)")


def _without_year(text: str, month: tuple[int, int], place: Place) -> list[Reading]:
    for found in _DAY_MONTH.finditer(text):
        day, word = found[1] or found[4] or found[5], found[2] or found[3]
        number = month_of(word, place.habits.language) if word else int(found[6])
        if number == month[1] and 1 <= int(day) <= 28 + (number != 2) * 2:
            return [Reading((datetime.date(month[0], number, int(day)),), found.start(), found.end())]
    return []


def _of_line(line: Line, text: str, before: str, readings: list[Reading], page: Outline, place: Place, seen: int) -> Iterator[Witness]:
    if len(readings) > 4:
        return
    rest = len(text) - sum(r.end - r.start for r in readings)
    start = 0
    for number, reading in enumerate(readings):
        ahead = text[start : reading.start]
        if reading.start >= 70 and rest > _LONG and is_prose(text):
            break  # deep in a sentence
        kind = label_of(ahead[-60:]) or (whole_label(before) if not ahead.strip() else "")
        if not kind:
            after = text[reading.end : reading.end + 14]
            kind = "published" if re.match(r"\W{0,3}(?:に公開|公開|掲載|발행|입력|作成|发布|發布)", after) else ""
            kind = kind or ("changed" if re.match(r"\W{0,3}(?:に更新|更新|수정)", after) else "")
        start = reading.end
        if kind in ("today", "other") or _RANGE.match(text[reading.end :]):
            continue
        sentence = (rest > _LONG or (rest > 20 and is_prose(text))) and not (kind and reading.start < 60)
        dateline = reading.start < 70 and re.match(r"\W{0,3}(?:/[^/]{2,30}/|\([^)]{2,40}\))?\s?(?:--|–|—|-|:|\.\s-)\s", text[reading.end :]) and text[:1].isupper()
        yield from _heard(line, reading, kind, number, sentence, bool(dateline), rest, page, place, seen)


def _heard(
    line: Line, reading: Reading, kind: str, number: int, sentence: bool, dateline: bool, rest: int, page: Outline, place: Place, seen: int
) -> Iterator[Witness]:  # fmt: skip
    near = 1.0 if dateline and line.number == page.prose else _standing(line.number, page)
    marks = line.marks
    if kind == "changed":
        name, weight, role = "the line that says when it was changed", 1.0 if near < _SLOT or line.aside else 2.6, CHANGED
    elif line.aside:
        return
    elif kind == "published":
        name, weight, role = "the line that says when it was published", 4.2 if not sentence else 1.5, PUBLISHED
    elif dateline and sentence:
        name, weight, role = "the dateline", 2.2, UNSAID
    elif sentence:
        return
    elif marks & _IS_PUBLISHED:
        name, weight, role = "a line that is marked as the publication's date", 3.8, PUBLISHED
    elif marks & _IS_CHANGED:
        name, weight, role = "a line that is marked as the change's date", 1.0, CHANGED
    elif marks & _IS_DATE:
        name, weight, role = "a line that is marked as a date", 3.2, UNSAID
    elif _tells(line.text, reading):
        name, weight, role = "a line that tells of something else", 1.0, UNSAID
    else:
        name, weight, role = "a line near the headline", 2.8 if rest < 40 else 2.0, UNSAID
    if reading.days[0].year < _FIRST_SHOWN and role != PUBLISHED:
        return
    if role != CHANGED:
        weight *= max(near, _LABELLED) if kind == "published" else near
        if line.number == page.headline:
            weight *= 0.4  # what a headline tells of is mostly something else's day
        if near < _SLOT and line.linked > max(12, rest // 2) and kind != "published":
            weight *= 0.55  # another story, with its day
        if line.top and kind != "published":
            weight *= 0.3  # today's day
        if seen and not line.aside:
            weight *= 0.75 if seen < 2 else 0.5
        if number and kind != "published":
            weight *= 0.6
    heard = witness(name, "shown", weight, reading, place, role)
    if heard is not None:
        yield heard


_TELLING: Final = 4  # words in small letters before a date that make of a line a clause


def _tells(text: str, reading: Reading) -> bool:
    """Whether words in small letters lead up to a date: a line such as "The council wants it open by 1 May" is no dateline."""
    words = re.findall(r"(?<![\w'’])[a-z]{2,}(?![\w'’])", text[: reading.start])
    return len(words) >= _TELLING


_FIRST_SHOWN: Final = 1994
_LABELLED: Final = 0.75  # of its weight a line keeps that says "published", however far from the headline
