"""Article: a text and what is known of it; readers for .txt and .md files.

The publication date is the anchor of everything relative, so it is taken from what was given or stands in the file's front
matter, and from nowhere else: never from the clock, the file's age or the text.
"""

from __future__ import annotations

import datetime
import hashlib
from pathlib import Path
from typing import Any, Final

from attrs import define, field

from chronicle.characters import readable, refuse_surrogates
from chronicle.errors import ChronicleError, InvalidValue
from chronicle.time import gregorian

Published = datetime.date | datetime.datetime | str | None
_SUFFIXES: Final = (".txt", ".md", ".markdown")
_FENCE: Final = "---"
_KNOWN_FIELDS: Final = ("title", "published", "publisher", "url", "language", "id")


class ArticleError(ChronicleError, ValueError):
    """An article that cannot be read. The message names the file, the line where there is one, and what would be right."""


def parse_published(value: Published, free_form: bool = False, where: str = "published") -> datetime.date | None:
    """Return a publication date as a date or datetime (naive: the article's own clock), or None for None.

    Text is read as ISO 8601; with ``free_form`` anything that dateparser understands as a whole date is taken too. Raises
    ArticleError for anything else.
    """
    if value is None or isinstance(value, datetime.date):
        return value
    text = str(value).strip()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return datetime.datetime.fromisoformat(text)
    except ValueError:
        pass
    if free_form and text:
        found = _free_form(text)
        if found is not None:
            return found
    raise ArticleError(
        f"{where}: {text!r} is not a publication date; write ISO 8601, such as 2021-07-16 or 2021-07-16T15:40-04:00"
    )


def _free_form(text: str) -> datetime.date | None:
    """Read a date as people write it in metadata; None unless it names day, month and year itself."""
    settings: dict[str, Any] = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    # a base in another year shows whether the year was read from the text or filled in
    bases = (datetime.datetime(2000, 1, 1), datetime.datetime(1977, 5, 9, 13, 7))
    found, again = (_parse_with(text, {**settings, "RELATIVE_BASE": base}) for base in bases)
    if found is None or again is None or found.date() != again.date():
        return None
    return found if any(mark in text for mark in ":") else found.date()


def published_day(published: Published) -> tuple[int | None, int | None]:
    """Return the day number of a publication date and the minute of that day, where a time is given."""
    moment = parse_published(published)
    if moment is None:
        return None, None
    day = gregorian.to_ordinal(moment.year, moment.month, moment.day)
    if isinstance(moment, datetime.datetime):
        return day, moment.hour * 60 + moment.minute
    return day, None


def _parse_with(text: str, settings: dict[str, Any]) -> datetime.datetime | None:
    import dateparser

    found: datetime.datetime | None = dateparser.parse(text, settings=settings)
    return found


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


def _converted(value: Published) -> datetime.date | None:
    return parse_published(value)


@define
class Article:
    """A text with its publication date and where it comes from.

    ``published`` is a date, an aware or naive datetime (naive: the article's own clock) or ISO 8601 text; None means that
    it is not known, and then relative expressions stay unresolved. ``language`` is an ISO 639-1 code. ``id`` names the article
    in logs; without one it is the url, or a digest of the text. Where a reader found the publication date, ``published_from`` names the places
    that say so, ``published_sure`` is certain, likely or unsure, and ``published_conflicts`` tells what other places say. ``modified`` is the last
    change, ``byline`` who wrote it, ``section`` where it stood, as far as they are known. A control character of a text becomes U+FFFD, or a line end
    where it breaks lines or pages, so that offsets stay. Raises ArticleError for a publication date that is none and for halves of surrogate
    pairs, which no encoding holds.
    """

    text: str = field(converter=_readable, validator=[_text_is_text, _holds_no_surrogates])
    published: datetime.date | None = field(default=None, converter=_converted)
    title: str | None = field(default=None, converter=_readable, validator=_holds_no_surrogates)
    url: str | None = field(default=None, converter=_readable, validator=_holds_no_surrogates)
    publisher: str | None = field(default=None, converter=_readable, validator=_holds_no_surrogates)
    language: str = field(default="en", converter=_readable, validator=_holds_no_surrogates)
    id: str | None = field(default=None, converter=_readable, validator=_holds_no_surrogates)
    published_from: str | None = field(default=None, converter=_readable, validator=_holds_no_surrogates)
    published_sure: str | None = None
    published_conflicts: tuple[str, ...] = ()
    modified: datetime.date | None = None
    byline: str | None = field(default=None, converter=_readable, validator=_holds_no_surrogates)
    section: str | None = field(default=None, converter=_readable, validator=_holds_no_surrogates)

    @property
    def key(self) -> str:
        """What tells this article from others: its id, else its url, else a digest of its text."""
        return self.id or self.url or "sha256:" + hashlib.sha256(self.text.encode("utf-8", "replace")).hexdigest()[:16]

    def _repr_html_(self) -> str:
        from chronicle.notebook import article_html

        return article_html(self)

    @property
    def published_text(self) -> str | None:
        """The publication date as ISO 8601."""
        return None if self.published is None else self.published.isoformat()


def read_article(path: str | Path, published: Published = None) -> Article:
    """Read a .txt file, or a .md file with YAML front matter (title, published, publisher, url, language, id).

    ``published``, where given, wins over the front matter. Offsets count from the first character after the front matter.
    Raises ArticleError, and OSError for a file that cannot be opened.
    """
    path = Path(path)
    if path.suffix.lower() not in _SUFFIXES:
        raise ArticleError(
            f"{path}: chronicle reads {', '.join(_SUFFIXES)} files, not {path.suffix or 'files without an ending'!s}"
        )
    try:
        raw = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArticleError(f"{path}: not UTF-8 (byte {error.start}); save the file as UTF-8") from None
    return article_of_text(raw.replace("\r\n", "\n"), path, path.stem, published)


def article_of_text(raw: str, path: Path, name: str | None, published: Published = None) -> Article:
    """Return the article of a decoded text file; one that is not .txt may begin with front matter. Raises ArticleError."""
    meta: dict[str, str] = {}
    text = raw
    suffix = Path(path.name.removesuffix(".gz")).suffix.lower()
    if suffix != ".txt" and (raw.startswith(_FENCE + "\n") or raw.strip() == _FENCE):
        meta, text = _front_matter(path, raw)
    given = parse_published(published) if published is not None else None
    found = None
    if given is None and "published" in meta:
        given = parse_published(meta["published"], free_form=True, where=f"{path}: published")
        found = "the front matter (certain)"
    return Article(
        text=text,
        published=given,
        title=meta.get("title"),
        url=meta.get("url"),
        publisher=meta.get("publisher"),
        language=meta.get("language", "en"),
        id=meta.get("id") or name,
        published_from=found,
    )


def articles_in(folder: Path) -> dict[str, Path]:
    """Return the files of articles in a folder and below, by the name that logs know them by."""
    return {p.stem: p for p in sorted(folder.rglob("*")) if p.suffix in (".md", ".txt")}


def _front_matter(path: Path, raw: str) -> tuple[dict[str, str], str]:
    import yaml

    end = raw.find(f"\n{_FENCE}\n", len(_FENCE))
    if end < 0 and raw.endswith(f"\n{_FENCE}"):
        end = len(raw) - len(_FENCE) - 1
    if end < 0:
        raise ArticleError(f"{path}:1: the front matter is not closed; write a line {_FENCE} after it")
    try:
        node = yaml.compose(raw[len(_FENCE) + 1 : end + 1], Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark is not None else 1
        raise ArticleError(f"{path}:{line}: the front matter is not YAML: {getattr(error, 'problem', error)}") from None
    meta: dict[str, str] = {}
    if node is not None and not isinstance(node, yaml.MappingNode):
        raise ArticleError(f"{path}:2: the front matter is no list of fields; write title: and published: lines")
    for key, value in node.value if node is not None else []:
        line = key.start_mark.line + 2
        if key.value in _KNOWN_FIELDS and not isinstance(value, yaml.ScalarNode):
            raise ArticleError(f"{path}:{line}: {key.value} takes one value")
        if isinstance(value, yaml.ScalarNode) and value.value:
            meta[str(key.value)] = str(value.value)
    return meta, raw[end + len(_FENCE) + 2 :].lstrip("\n")
