"""When a page was published: every place that gives a date is a witness; what they say is weighed.

The article's own day counts, the day that its readers had: a stamp in UTC beside an address or a dateline of the day before is the day before.
First publication counts, not the last change. Never taken: the clock, a placeholder, another story's date, a comment's, an embedded post's.

:func:`find_published` asks them all. ``stated`` holds what is written for machines, ``visible`` what is shown, ``weigh`` decides.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from chronicle.readers.dates import searched, stated, visible
from chronicle.readers.dates.outline import outline
from chronicle.readers.dates.places import place_of
from chronicle.readers.dates.weigh import Dated, weigh
from chronicle.readers.dates.witness import Witness

__all__ = ["Dated", "find_published"]


def find_published(tree: Any, address: str | None) -> Dated | None:
    """Return when a page (lxml's tree) was published, with its witnesses; None where nothing says a day."""
    address, fetched = stated.unarchived(address)
    page = outline(tree, address)
    place = place_of(tree, address, [line.text for line in page.lines])
    month = stated.month_in(address)
    witnesses = chain(stated.stated(page, place), visible.marked(page, place), visible.lines(page, place, month))
    last = min((day for day in (fetched, stated.saved_on(tree)) if day is not None), default=None)
    return weigh(_not_after(last, witnesses), month, lambda: None if page.is_list else searched.searched(page, place))


def _not_after(last: datetime.date | None, witnesses: Iterable[Witness]) -> Iterator[Witness]:
    """Leave out what is younger than the day on which a page was saved: zones may make it a day."""
    for one in witnesses:
        if last is None or one.day <= last + datetime.timedelta(1):
            yield one
