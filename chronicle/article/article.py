"""Article: a text and what is known of it."""

from __future__ import annotations

import datetime
import functools
import hashlib
from typing import Any, ClassVar

from attrs import define, field

from chronicle.article.language import language_of
from chronicle.article.published import ArticleError, Published, parse_published
from chronicle.characters import readable, refuse_surrogates
from chronicle.errors import InvalidValue
from chronicle.record import Record


def _text_is_text(_article: object, _attribute: object, value: Any) -> None:
    if not isinstance(value, str):
        raise ArticleError(f"an article's text is a string, not {type(value).__name__}")


def _holds_no_surrogates(_article: object, attribute: Any, value: Any) -> None:
    if isinstance(value, str) and not value.isascii():
        try:
            refuse_surrogates(f"an article's {attribute.name}", value)
        except InvalidValue as error:
            raise ArticleError(str(error)) from None


def _readable(value: Any) -> Any:
    return readable(value) if isinstance(value, str) else value


def _tag(value: str | None) -> str:
    """Return a language tag as it was given, or nothing: it is found out."""
    return str(_readable(value) or "").strip()


def _converted(value: Published) -> datetime.date | None:
    return parse_published(value)


# every event of an article cites it
@functools.lru_cache(maxsize=1)
def _digest(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


@define
class Article(Record):
    """A text with its publication date and where it comes from.

    ``published`` is a date, an aware or naive datetime (naive: the article's own clock) or ISO 8601 text; None means that
    it is not known, and then relative expressions stay unresolved. ``language`` is an ISO 639-1 code or a tag ("pt-BR"); without one it is found out from the text, and ``language_from`` says how it was told. ``id`` names the article
    in logs; without one it is the url, or a digest of the text. Where a reader found the publication date, ``published_from`` names the places
    that say so, ``published_sure`` is certain, likely or unsure, and ``published_conflicts`` tells what other places say. ``modified`` is the last
    change, ``byline`` who wrote it, ``section`` where it stood, as far as they are known. A control character of a text becomes U+FFFD, or a line end
    where it breaks lines or pages, so that offsets stay. Raises ArticleError for a publication date that is none and for halves of surrogate
    pairs, which no encoding holds.

    >>> article = Article("They met on Monday.", published="2021-07-16")
    >>> article.published
    datetime.date(2021, 7, 16)
    """

    _called: ClassVar[str] = "an article"
    text: str = field(converter=_readable, validator=[_text_is_text, _holds_no_surrogates])
    published: datetime.date | None = field(default=None, converter=_converted)
    title: str | None = field(default=None, converter=_readable, validator=_holds_no_surrogates)
    url: str | None = field(default=None, converter=_readable, validator=_holds_no_surrogates)
    publisher: str | None = field(default=None, converter=_readable, validator=_holds_no_surrogates)
    language: str = field(default=None, converter=_tag, validator=_holds_no_surrogates)
    id: str | None = field(default=None, converter=_readable, validator=_holds_no_surrogates)
    published_from: str | None = field(default=None, converter=_readable, validator=_holds_no_surrogates)
    published_sure: str | None = None
    published_conflicts: tuple[str, ...] = ()
    modified: datetime.date | None = None
    byline: str | None = field(default=None, converter=_readable, validator=_holds_no_surrogates)
    section: str | None = field(default=None, converter=_readable, validator=_holds_no_surrogates)
    language_from: str | None = None

    def __attrs_post_init__(self) -> None:
        if not self.language:
            self.language, self.language_from = language_of(self.text)
        elif self.language_from is None:
            self.language_from = "given"

    @property
    def key(self) -> str:
        """What tells this article from others: its id, else its url, else a digest of its text."""
        return self.id or self.url or _digest(self.text)

    def _repr_html_(self) -> str:
        from chronicle.notebook import article_html

        return article_html(self)

    @property
    def published_text(self) -> str | None:
        """The publication date as ISO 8601."""
        return None if self.published is None else self.published.isoformat()
