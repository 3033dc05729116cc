"""Question: what one looks for in an archive, and the SQL that finds it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from attrs import fields, frozen

from chronicle.errors import InvalidValue
from chronicle.event import STATUSES
from chronicle.resolve.typed import when_of
from chronicle.time.edtf import UNIX_EPOCH
from chronicle.time.moment import Moment

_WORD: Final = re.compile(r"[^\W_]+")
_SORTS: Final = ("time", "told", "published")
_LEAST_ALIKE: Final = 2
_FARTHEST: Final = 2**63 - 2


@frozen
class Question:
    """What to look for among an archive's events; all that is given must hold.

    ``about``: words in title, quote or names. ``who``: words in who takes part, or a name. ``during``: EDTF that the event's time
    overlaps. ``told``: EDTF that holds the publication. ``status``: one of an event's. ``language``: of the article. ``text``: letters as
    they stand in the quote. ``like``: the id of an event ("article#id" where several share one) that others are to be like. ``limit``: at
    most so many. ``sort``: "time", "published", or "told": those first that most articles tell in the same words of the title on the same day.
    """

    about: str | None = None
    who: str | None = None
    during: str | None = None
    told: str | None = None
    status: str | None = None
    language: str | None = None
    text: str | None = None
    like: str | None = None
    sort: str = "time"
    limit: int | None = None

    @classmethod
    def of(cls, wanted: Mapping[str, Any]) -> Question:
        """Return the question of keywords. Raises ValueError for one that is not known."""
        known = [f.name for f in fields(cls)]
        for name in wanted:
            if name not in known:
                raise InvalidValue(f"find has no {name!r}; it has {', '.join(known)}")
        return cls(**wanted)

    def __attrs_post_init__(self) -> None:
        if self.status is not None and self.status not in STATUSES:
            raise InvalidValue(f"status {self.status!r} is not known; it is one of {', '.join(STATUSES)}")
        if self.sort not in _SORTS:
            raise InvalidValue(f"sort {self.sort!r} is not known; it is one of {', '.join(_SORTS)}")


def sql(asked: Question, like: Mapping[str, Any] | None = None) -> tuple[str, dict[str, Any]]:
    """Return the query for a question and its parameters. Raises EdtfError for times that are none."""
    conditions: list[str] = []
    values: dict[str, Any] = {}

    def all_words(text: str, columns: str) -> None:
        if not _WORD.search(text):
            raise ValueError(f"{text!r} holds no word to look for; give words, or --text for letters as they stand")
        for word in _WORD.findall(text.casefold()):
            values[f"w{len(values)}"] = word
            conditions.append(f"contains(lower({columns}), $w{len(values) - 1})")

    if asked.about is not None:
        all_words(
            asked.about,
            "concat_ws(' ', title, quote, who, array_to_string(people, ' '), array_to_string(organisations, ' '), array_to_string(places, ' '))",
        )
    if asked.who is not None:
        all_words(asked.who, "concat_ws(' ', who, whom, according_to, array_to_string(people, ' '), array_to_string(organisations, ' '))")
    if asked.during:
        first, last = _bounds(asked.during)
        conditions.append("(earliest IS NOT NULL OR latest IS NOT NULL)")
        if last is not None:
            values["last"] = last
            conditions.append("(earliest IS NULL OR earliest <= make_timestamp($last))")
        if first is not None:
            values["first"] = first
            conditions.append("(latest IS NULL OR latest >= make_timestamp($first))")
    if asked.told:
        first, last = _bounds(asked.told)
        if first is not None:
            values["told_first"] = first
            conditions.append("published >= make_timestamp($told_first)")
        if last is not None:
            values["told_last"] = last
            conditions.append("published <= make_timestamp($told_last)")
    for name in ("status", "language"):
        if getattr(asked, name):
            values[name] = getattr(asked, name)
            conditions.append(f"{name} = ${name}")
    if asked.text:
        values["text"] = asked.text
        conditions.append("contains(quote, $text)")
    order = {"time": "earliest NULLS LAST, article, start", "published": "published NULLS LAST, article, start"}.get(asked.sort)
    score = ""
    if like is not None:
        words = sorted({w for w in _WORD.findall(like["title"].casefold()) if len(w) > 3})
        values["words"] = words
        shared = "len(list_intersect(regexp_extract_all(lower(title), '[\\p{L}\\p{N}]+'), $words))"
        conditions.append(f"{shared} >= {min(_LEAST_ALIKE, max(1, len(words)))}")
        order = f"{shared} DESC, earliest NULLS LAST, article, start"
    if order is None:
        score = ", count(DISTINCT article) OVER (PARTITION BY lower(title), \"when\") AS told"
        order = "told DESC, earliest NULLS LAST, article, start"
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    limit = f" LIMIT {int(asked.limit)}" if asked.limit is not None else ""
    return f"SELECT *{score} FROM events{where} ORDER BY {order}{limit}", values  # noqa: S608 what people give are parameters


def _bounds(text: str) -> tuple[int | None, int | None]:
    """Return the first and last microsecond of UTC since 1970 of EDTF; None where it is open."""
    when = when_of(text)
    return _instant(when.earliest), _instant(when.latest)


def _instant(moment: Moment) -> int | None:
    if moment.is_infinite:
        return None
    return max(-_FARTHEST, min(_FARTHEST, int(moment.microseconds) - UNIX_EPOCH))
