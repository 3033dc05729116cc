"""JSON, JSON Lines and CSV: an article for each record, its fields by the names that were given or that are usual."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from chronicle.article import Article, ArticleError, Published, parse_published
from chronicle.article.dates import Habits, language_habits
from chronicle.article.published import order_of
from chronicle.readers.encoding import decode
from chronicle.readers.limits import USUAL as USUAL_LIMITS
from chronicle.readers.limits import Limits
from chronicle.readers.markup import is_markup, text_of
from chronicle.readers.place import Place

USUAL: Final[dict[str, tuple[str, ...]]] = {
    "text": ("text", "body", "content", "articlebody", "article_body", "fulltext", "full_text", "article", "maintext"),
    "published": (
        "published",
        "date",
        "published_at",
        "publishedat",
        "datepublished",
        "date_published",
        "date_publish",
        "pubdate",
        "pub_date",
        "publication_date",
        "published_date",
        "publish_date",
        "dct",
    ),
    "title": ("title", "headline", "name"),
    "url": ("url", "link", "source_url", "web_url", "canonical_url"),
    "publisher": ("publisher", "source", "site", "outlet", "newspaper", "source_name", "sitename"),
    "language": ("language", "lang"),
    "id": ("id", "uid", "guid", "doc_id", "article_id", "_id"),
}
_FIRST_YEAR: Final = 1000
_LISTS: Final = ("articles", "items", "data", "docs", "documents", "results", "entries", "records")


def records(
    kind: str,
    raw: bytes,
    place: Place,
    published: Published,
    fields: Mapping[str, str] | None,
    limits: Limits = USUAL_LIMITS,
) -> Iterator[Article | ArticleError]:
    """Yield the articles of a file of records, and an ArticleError for each record that is none."""
    unknown = set(fields or ()) - set(USUAL)
    if unknown:
        raise ArticleError(f"the field {min(unknown)!r} is not one of an article; there are {', '.join(USUAL)}")
    text = decode(raw, place.name)
    if kind == "json":
        limits.check_depth(text, place.name)
    reader = {"json": _json, "jsonl": _lines, "csv": _csv}[kind]

    @cache
    def order() -> bool | None:
        """Whether the month comes first in this file, by all its dates: asked for once, if at all."""
        return order_of(str(_found(record, fields or {})["published"] or "") for _, record in reader(text, place) if isinstance(record, dict))

    for where, record in reader(text, place):
        if isinstance(record, ArticleError):
            yield record
            continue
        try:
            yield _article(record, where, published, fields or {}, order)
        except ArticleError as error:
            yield error if str(error).startswith(where) else ArticleError(f"{where}: {error}")


def _json(text: str, place: Place) -> Iterator[tuple[str, Any]]:
    try:
        whole = json.loads(text)
    except ValueError as error:
        raise ArticleError(f"{place.name}: not JSON: {error}") from None
    if isinstance(whole, dict):
        listed = next((whole[k] for k in _LISTS if isinstance(whole.get(k), list)), None)
        whole = [whole] if listed is None else listed
    if not isinstance(whole, list):
        raise ArticleError(f"{place.name}: a list of articles or one article is expected, not {json.dumps(whole)[:40]}")
    for number, record in enumerate(whole, 1):
        yield f"{place.name}: record {number}", record


def _lines(text: str, place: Place) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            where = f"{place.name}:{number}"
            try:
                yield where, json.loads(line)
            except ValueError as error:
                yield where, ArticleError(f"{where}: not JSON: {error}")
            except RecursionError:
                yield where, ArticleError(f"{where}: nested too deep to be an article")


def _csv(text: str, place: Place) -> Iterator[tuple[str, Any]]:
    csv.field_size_limit(max(len(text) + 1, 131_072))
    separator = "\t" if ".tsv" in place.path.name.lower() else _separator(text)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for record in reader:
            yield f"{place.name}:{reader.line_num}", {k: v for k, v in record.items() if k is not None}
    except csv.Error as error:
        raise ArticleError(f"{place.name}:{reader.line_num}: not CSV: {error}") from None


def _separator(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t|", key=head.count)


def _found(record: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
    """Return the values of a record by the names of an article's fields; None for each that it has not."""
    lower = {str(key).strip().lower(): key for key in record}
    found: dict[str, Any] = {}
    for name, usual in USUAL.items():
        if name in fields:
            found[name] = record.get(fields[name])
        else:
            found[name] = next((record[lower[u]] for u in usual if u in lower and record[lower[u]] not in (None, "")), None)
    return found


def _article(
    record: Any, where: str, published: Published, fields: Mapping[str, str], order: Callable[[], bool | None]
) -> Article:
    if not isinstance(record, dict):
        raise ArticleError(f"{where}: an article is an object with text and published, not {json.dumps(record)[:40]}")
    there = ", ".join(map(str, record)) or "none"
    for field in fields.values():
        if field not in record:
            raise ArticleError(f"{where}: there is no field {field!r}; there are {there}")
    found = _found(record, fields)
    text = found["text"]
    if isinstance(text, list) and all(isinstance(part, str) for part in text):
        text = "\n\n".join(text)
    if isinstance(text, str) and is_markup(text):
        text = text_of(text)
    if not isinstance(text, str) or not text.strip():
        raise ArticleError(f"{where}: no field holds the text; name it with text=FIELD. There are {there}")
    language = str(found["language"] or "")
    day = published
    if day is None and found["published"] is not None:
        day = _day(found["published"], where, language, order)
        if isinstance(day, datetime.date) and day.year < _FIRST_YEAR:
            raise ArticleError(f"{where}: {found['published']!r} stands for no date; leave it out where it is not known")
    publisher = found["publisher"]
    if isinstance(publisher, dict):
        publisher = publisher.get("name")
    simple = {name: str(found[name]) if found[name] is not None else None for name in ("title", "url", "id")}
    title = simple["title"]
    known = published is None and day is not None
    return Article(
        text=text,
        published=day,
        title=" ".join(text_of(title).split()) if title and is_markup(title) else title,
        url=simple["url"],
        publisher=str(publisher) if publisher is not None else None,
        language=language[:2].lower(),
        language_from="the record" if language else None,
        id=simple["id"] or simple["url"],
        published_from="the record (certain)" if known else None,
        published_sure="certain" if known else None,
    )


def _day(said: Any, where: str, language: str, order: Callable[[], bool | None]) -> Published:
    """Return a record's date; where it can mean two days, by the order that the file's other dates have, else by the record's language."""
    try:
        return parse_published(str(said), free_form=True, where=where)
    except ArticleError:
        habits = language_habits(language)
        told = order()
        return parse_published(str(said), free_form=True, where=where, habits=habits if told is None else Habits(habits.language, told))
