""".txt and .md files: articles with what their front matter says (YAML as Jekyll has it, TOML as Hugo has it, lines as Pelican has them)."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any, Final

from chronicle.article.article import Article
from chronicle.article.dates import Habits, language_habits
from chronicle.article.published import ArticleError, Published, parse_published

_PLAIN: Final = ".txt"
_SUFFIXES: Final = (_PLAIN, ".md", ".markdown")
_FENCE: Final = "---"
_TOML: Final = "+++"
# an article's field, and the names that front matter gives it, the first first
_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "title": ("title",),
    "published": ("published", "publishdate", "pubdate", "published_at", "date", "created"),
    "publisher": ("publisher", "source", "site"),
    "url": ("url", "canonical_url", "canonical", "link"),
    "language": ("language", "lang", "locale"),
    "id": ("id",),
    "modified": ("modified", "lastmod", "last_modified_at", "updated"),
    "byline": ("byline", "author"),
    "section": ("section", "category"),
}
_ONE_VALUE: Final = ("title", "published", "publisher", "url", "language", "id")
_LINE: Final = re.compile(r"([A-Za-z][\w-]{1,20}):[ \t]+(\S.*)")


def read_article(path: str | Path, published: Published = None) -> Article:
    """Read a .txt file, or a .md file with front matter: title, published (or date), publisher, url, language, id, modified, byline, section.

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
    return article_of_text(raw.replace("\r\n", "\n"), path, path.stem, published, plain=path.suffix.lower() == _PLAIN)


def article_of_text(raw: str, path: Path, name: str | None, published: Published = None, *, plain: bool = False) -> Article:
    """Return the article of a decoded text file, which begins with its front matter where it is not ``plain``. Raises ArticleError."""
    meta: dict[str, Any] = {}
    text = raw
    if not plain:
        if raw.startswith(_FENCE + "\n") or raw.strip() == _FENCE:
            meta, text = _yaml(path, raw)
        elif raw.startswith(_TOML + "\n"):
            meta, text = _toml(path, raw)
        else:
            meta, text = _lines(raw)
    fields = _fields(meta)
    given = parse_published(published) if published is not None else None
    found = sure = None
    habits = language_habits(fields.get("language"))
    if given is None and "published" in fields:
        given = _day(fields["published"], f"{path}: published", habits)
        found, sure = "the front matter (certain)", "certain"
    modified = _day(fields["modified"], f"{path}: modified", habits) if "modified" in fields else None
    code = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", str(fields.get("language") or ""))
    return Article(
        text=text,
        published=given,
        title=_text(fields.get("title")),
        url=_text(fields.get("url")),
        publisher=_text(fields.get("publisher")),
        language=code[0].lower() if code else str(fields.get("language") or ""),
        language_from="the front matter" if fields.get("language") else None,
        id=_text(fields.get("id")) or name,
        published_from=found,
        published_sure=sure,
        modified=modified,
        byline=_text(fields.get("byline")),
        section=_text(fields.get("section")),
    )


def articles_in(folder: Path) -> dict[str, Path]:
    """Return the files of articles in a folder and below, by the name that logs know them by."""
    return {p.stem: p for p in sorted(folder.rglob("*")) if p.suffix.lower() in _SUFFIXES}


def _day(value: Any, where: str, habits: Habits) -> datetime.date | None:
    if isinstance(value, datetime.date):
        return value
    return parse_published(str(value), free_form=True, where=where, habits=habits)


def _text(value: Any) -> str | None:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = ", ".join(value)
    return str(value) if isinstance(value, str | int | float) and str(value) else None


def _fields(meta: dict[str, Any]) -> dict[str, Any]:
    lower = {str(key).lower(): value for key, value in meta.items() if value not in (None, "")}
    return {name: next(lower[n] for n in names if n in lower) for name, names in _NAMES.items() if any(n in lower for n in names)}


def _yaml(path: Path, raw: str) -> tuple[dict[str, Any], str]:
    import yaml

    end = _closed(path, raw, _FENCE)
    try:
        node = yaml.compose(raw[len(_FENCE) + 1 : end + 1], Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark is not None else 1
        problem = str(getattr(error, "problem", error))
        hint = "; put a text that holds a colon in quotation marks" if "mapping values are not allowed" in problem else ""
        raise ArticleError(f"{path}:{line}: the front matter is not YAML: {problem}{hint}") from None
    meta: dict[str, Any] = {}
    if node is not None and not isinstance(node, yaml.MappingNode):
        raise ArticleError(f"{path}:2: the front matter is no list of fields; write title: and published: lines")
    for key, value in node.value if node is not None else []:
        line = key.start_mark.line + 2
        if key.value in _ONE_VALUE and not isinstance(value, yaml.ScalarNode):
            raise ArticleError(f"{path}:{line}: {key.value} takes one value")
        if isinstance(value, yaml.ScalarNode) and value.value:
            meta[str(key.value)] = str(value.value)
        elif isinstance(value, yaml.SequenceNode):
            meta[str(key.value)] = [str(item.value) for item in value.value if isinstance(item, yaml.ScalarNode)]
    return meta, raw[end + len(_FENCE) + 2 :].lstrip("\n")


def _toml(path: Path, raw: str) -> tuple[dict[str, Any], str]:
    import tomllib

    end = _closed(path, raw, _TOML)
    try:
        meta = tomllib.loads(raw[len(_TOML) + 1 : end + 1])
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise ArticleError(f"{path}:{int(found[1]) + 1 if found else 1}: the front matter is not TOML: {error}") from None
    return meta, raw[end + len(_TOML) + 2 :].lstrip("\n")


def _closed(path: Path, raw: str, fence: str) -> int:
    end = raw.find(f"\n{fence}\n", len(fence))
    if end < 0 and raw.endswith(f"\n{fence}"):
        end = len(raw) - len(fence) - 1
    if end < 0:
        raise ArticleError(f"{path}:1: the front matter is not closed; write a line {fence} after it")
    return end


def _lines(raw: str) -> tuple[dict[str, Any], str]:
    """Return the lines "Title: ..." and "Date: ..." with which a file begins, where both are there, and the text after them."""
    meta: dict[str, Any] = {}
    at = 0
    for line in raw.split("\n")[:20]:
        found = _LINE.fullmatch(line.rstrip())
        if found is None:
            break
        meta[found[1].lower()] = found[2]
        at += len(line) + 1
    if "title" not in meta or "date" not in meta:
        return {}, raw
    return meta, raw[at:].lstrip("\n")
