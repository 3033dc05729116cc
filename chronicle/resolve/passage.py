"""Passage: the text that is being read, in its language, with the day on which it was published."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Final

from attrs import frozen

from chronicle.article import Published, published_day
from chronicle.errors import InvalidValue
from chronicle.resolve.cues import Cues
from chronicle.tagger.candidate import Candidate
from chronicle.tagger.language import load
from chronicle.tagger.scan import Scanner
from chronicle.time import gregorian, periods

NEWS: Final = "news"
NARRATIVE: Final = "narrative"


@frozen
class Passage:
    """What every step of the way may look at.

    ``day`` is the publication date as a day number and ``minute`` the minute of that day (in the article's own clock), None
    where it is not known; ``style`` is "news", "narrative" or None: to be told from the text.
    """

    text: str
    scanner: Scanner
    cues: Cues
    day: int | None
    minute: int | None
    style: str | None

    @classmethod
    def of(cls, text: str, published: Published, code: str, style: str | None) -> Passage:
        """Return a passage in a language. Raises LookupError for an unknown one, ValueError for an unknown style or no date."""
        if style not in (None, NEWS, NARRATIVE):
            raise InvalidValue(f"style {style!r} is not known: give 'news', 'narrative' or None")
        return cls(text, *_reader(code), *published_day(published), style)

    def anchor(self) -> str | None:
        """Return the publication date as an explanation tells it."""
        if self.day is None:
            return None
        return f"{periods.edtf_day(self.day)} (a {gregorian.WEEKDAYS[gregorian.weekday(self.day)]})"


Step = Callable[[Passage, list[Candidate]], list[Candidate]]


@functools.cache
def _reader(code: str) -> tuple[Scanner, Cues]:
    language = load(code)
    return Scanner(language), Cues(language)
