"""Passage: the text that is being read, in its language, with the day on which it was published."""

from __future__ import annotations

import functools
from collections.abc import Callable

from attrs import frozen

from chronicle.article import Published, published_day
from chronicle.errors import InvalidValue
from chronicle.resolve.cues import Cues
from chronicle.resolve.style import COLLOQUIAL, NARRATIVE, NEWS, is_request, is_talk
from chronicle.tagger.candidate import Candidate
from chronicle.tagger.language import Language, load
from chronicle.tagger.scan import Scanner
from chronicle.time import gregorian, periods

Reader = tuple[Scanner, Cues]


@frozen
class Passage:
    """What every step of the way may look at.

    ``day`` is the publication date as a day number and ``minute`` the minute of that day (in the article's own clock), None
    where it is not known; ``style`` is "news", "narrative", "colloquial" or None: news or narrative, to be told from the text;
    ``is_request`` says that it asks for something to be done, so that what it names lies ahead.
    """

    text: str
    scanner: Scanner
    cues: Cues
    day: int | None
    minute: int | None
    style: str | None
    is_request: bool = False

    @classmethod
    def of(cls, text: str, published: Published, code: str, style: str | None) -> Passage:
        """Return a passage in a language. Raises LookupError for an unknown one, ValueError for an unknown style or no date."""
        if not isinstance(text, str):
            raise InvalidValue(f"the text is a string, not {type(text).__name__}; give an article's text and its publication date")
        if style not in (None, NEWS, NARRATIVE, COLLOQUIAL):
            raise InvalidValue(f"style {style!r} is not known: give 'news', 'narrative', 'colloquial' or None")
        return cls.read(text, _reader(code), published, style)

    @classmethod
    def read(cls, text: str, reader: Reader, published: Published = None, style: str | None = None) -> Passage:
        """Return a passage as a scanner and the cues of a language read it."""
        scanner, cues = reader
        request = style in (None, COLLOQUIAL) and is_request(text, cues)
        if style is None and (request or is_talk(text, cues)):
            style = COLLOQUIAL
        day = _day_of(published) if isinstance(published, str) else published_day(published)
        return cls(text, scanner, cues, *day, style, request)

    def anchor(self) -> str | None:
        """Return the publication date as an explanation tells it."""
        return None if self.day is None else _anchor(self.day)


Step = Callable[[Passage, list[Candidate]], list[Candidate]]


@functools.lru_cache(maxsize=1024)
def _day_of(published: str) -> tuple[int | None, int | None]:
    return published_day(published)


@functools.lru_cache(maxsize=1024)
def _anchor(day: int) -> str:
    return f"{periods.edtf_day(day)} (a {gregorian.WEEKDAYS[gregorian.weekday(day)]})"


@functools.cache
def _reader(code: str) -> Reader:
    return reader(load(code))


@functools.cache
def reader(language: Language) -> Reader:
    """Return what reads texts of a language; it remembers the phrases that it has parsed."""
    return Scanner(language), Cues(language)
