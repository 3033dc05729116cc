"""htmldate as a further witness, asked where the others are silent or weak (extra ``web``)."""

from __future__ import annotations

import copy
import datetime
import re
from typing import Any, Final

from chronicle.article.dates import LAST_YEAR, is_plausible, read_dates
from chronicle.readers.dates.outline import Outline, names_of
from chronicle.readers.dates.places import Place
from chronicle.readers.dates.witness import Witness

_ASIDE: Final = frozenset(("comment", "comments", "commentlist", "related", "sidebar", "widget"))
_LARGEST: Final = 1_000_000  # characters
_SENTENCE: Final = 110
_NOTHING: Final = re.compile(r"(?i)(?:©|&copy;|&#169;|copyright)[^<]{0,80}")


def searched(page: Outline, place: Place) -> Witness | None:
    """Return the day that htmldate finds in what is not a comment, a list of others or a copyright line; None for none.

    Its last day is fixed, so that it never reads the clock.
    """
    from htmldate import find_date
    from lxml import html as lxml_html

    own: Any = copy.deepcopy(page.tree)
    for element in list(own.iter("footer", "aside", "nav", "div", "ol", "ul", "section")):
        beside = element.tag in ("footer", "aside", "nav") or names_of(element) & _ASIDE
        if beside and element.getparent() is not None and not any(True for _ in element.iter("h1", "article")):
            element.drop_tree()
    source = _NOTHING.sub(" ", lxml_html.tostring(own, encoding="unicode"))
    if len(source) > _LARGEST:
        return None
    try:
        text = find_date(source, original_date=True, extensive_search=True, outputformat="%Y-%m-%d", url=None, max_date=datetime.datetime(LAST_YEAR, 12, 31))
        day = datetime.date.fromisoformat(text) if text else None
    except (ValueError, OverflowError):
        return None
    if day is not None and _only_told(page, place, day):
        return None
    if day is None or not is_plausible(day) or not _is_written(day, source, page, place):
        return None
    weight = 0.7 if day.day == 1 else 1.2
    return Witness("the page's markup, by htmldate", "searched", weight, ((day, 1.0),))


def _is_written(day: datetime.date, source: str, page: Outline, place: Place) -> bool:
    """Whether a day stands anywhere in a page: what does not was filled in."""
    year, month, number = day.year, day.month, day.day
    forms = (
        rf"{year}[-/._]?0?{month}[-/._]?0?{number}(?!\d)", rf"(?<!\d)0?{number}[-/. ]{{1,2}}0?{month}[-/. ]{{1,2}}(?:{year}|{year % 100:02d})(?!\d)",
        rf"(?<!\d)0?{month}[-/. ]{{1,2}}0?{number}[-/. ]{{1,2}}(?:{year}|{year % 100:02d})(?!\d)",
    )  # fmt: skip
    if any(re.search(form, source) for form in forms):
        return True
    return any(day in reading.days for line in page.lines for reading in read_dates(line.text, place.habits))


def _only_told(page: Outline, place: Place, day: datetime.date) -> bool:
    """Whether a day stands only in sentences, beside the article or in the head of the page."""
    found = False
    for line in page.lines:
        text = line.text
        if any(day in reading.days for reading in read_dates(text, place.habits)):
            if len(text) <= _SENTENCE and not line.aside and not line.top:
                return False
            found = True
    return found
