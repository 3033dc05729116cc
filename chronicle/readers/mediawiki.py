"""Dumps of MediaWiki (export-0.x XML, as Wikipedia and Wikinews give them): an article for each page of the main namespace.

A page of Wikinews says its day in ``{{date|...}}``, which is certain. Of others only the last change is known: that is ``modified``, and they have no
publication date.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote
from xml.etree import ElementTree

from chronicle.article import Article, ArticleError, Published, parse_published

_DATE: Final = re.compile(r"\{\{\s*(?:date|datum|дата|data|fecha)\s*\|\s*([^{}|]{6,40})", re.IGNORECASE)
_UNSEEN: Final = re.compile(r"<(ref|gallery|math|timeline|score|syntaxhighlight)\b[^<>]{0,500}>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_ADDRESS: Final = re.compile(r"\[(?:https?:)?//[^\s\]]{1,2000}(?:\s([^\]]{0,2000}))?\]")
_HEADING: Final = re.compile(r"^(={2,6})\s*(.*?)\s*\1\s*$")
_ENDS: Final = re.compile(r"^==\s*(?:sources?|references?|external links|see also|notes|further reading|quellen?|einzelnachweise|weblinks|literatur)\s*==\s*$", re.IGNORECASE | re.MULTILINE)


def pages(raw: bytes, where: str, published: Published = None) -> Iterator[Article | ArticleError]:
    """Yield the pages of a dump, and an ArticleError for one without a text and for a dump that is cut off."""
    language, site, base = "en", None, ""
    number = 0
    try:
        for event, element in ElementTree.iterparse(io.BytesIO(raw), events=("start", "end")):  # noqa: S314 expat bounds the growth of entities
            name = element.tag.rpartition("}")[2]
            if event == "start":
                if name == "mediawiki":
                    language = element.get("{http://www.w3.org/XML/1998/namespace}lang") or "en"
                continue
            if name == "sitename":
                site = element.text
            elif name == "base":
                base = (element.text or "").rpartition("/")[0]
            elif name == "page":
                number += 1
                try:
                    found = _page(element, f"{where}: page {number}", language[:2], site, base, published)
                    if found is not None:
                        yield found
                except ArticleError as error:
                    yield error
                element.clear()
    except (ElementTree.ParseError, LookupError) as error:
        yield ArticleError(f"{where}: the dump is cut off or no XML: {error}; {number} pages were read")


def _page(element: ElementTree.Element, where: str, language: str, site: str | None, base: str, published: Published) -> Article | None:
    found = {child.tag.rpartition("}")[2]: child.text or "" for child in element.iter()}
    if found.get("ns", "0") != "0" or "redirect" in found:
        return None
    title, source = found.get("title", "").strip(), found.get("text", "")
    text = plain(source)
    if not text:
        raise ArticleError(f"{where}: {title or 'it'} has no text")
    said = _DATE.search(source)
    day = _day(said[1]) if said else None
    known = published is None and day is not None
    return Article(
        text=text,
        published=published if published is not None else day,
        title=title or None,
        url=f"{base}/{quote(title.replace(' ', '_'))}" if base and title else None,
        publisher=site,
        language=language,
        id=title or None,
        published_from="the page's date template (certain)" if known else None,
        published_sure="certain" if known else None,
        modified=_day(found.get("timestamp", "")),
    )


def _day(said: str) -> datetime.date | None:
    try:
        return parse_published(said.strip() or None, free_form=True)
    except ArticleError:
        return None


def plain(source: str) -> str:
    """Return the text of wikitext: without templates, tables, pictures, references and marks; links as their words."""
    import html

    end = _ENDS.search(source)
    text = _unseen(_without(source[: end.start()] if end else source, "<!--", "-->"))
    text = _links(_without(_without(text, "{|", "|}"), "{{", "}}"))
    text = _TAG.sub("", _ADDRESS.sub(lambda m: m[1] or "", text)).replace("'''", "").replace("''", "")
    lines: list[str] = []
    for line in html.unescape(text).split("\n"):
        heading = _HEADING.match(line)
        line = heading[2] if heading else line.lstrip("*#:; ")
        if line.strip() and not line.startswith(("__", "|", "!")):
            lines.append(" ".join(line.split()))
    return "\n\n".join(lines)


def _unseen(text: str) -> str:
    """Leave out references, galleries and formulas; one walk over the text."""
    parts: list[str] = []
    at = 0
    lower = text.lower()
    endless: set[str] = set()
    for found in _UNSEEN.finditer(text):
        name = found[1].lower()
        if found.start() < at or name in endless:
            continue
        parts.append(text[at : found.start()])
        at = found.end()
        if not found[0].endswith("/>"):
            end = lower.find(f"</{name}", at)
            if end < 0:
                endless.add(name)
                continue
            at = lower.find(">", end) + 1 or len(text)
    return "".join([*parts, text[at:]])


def _without(text: str, begin: str, end: str) -> str:
    """Leave out what stands between two marks, which may stand within each other; one walk over the text."""
    parts: list[str] = []
    depth = at = 0
    for found in re.finditer(f"{re.escape(begin)}|{re.escape(end)}", text):
        if found[0] == begin:
            if depth == 0:
                parts.append(text[at : found.start()])
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                at = found.end()
    if depth == 0:
        parts.append(text[at:])
    return "".join(parts)


def _links(text: str) -> str:
    """Return a text with its [[links]] as their words; those to pictures and categories, and to other languages, are left out."""
    parts: list[list[str]] = [[]]
    at = 0
    for found in re.finditer(r"\[\[|\]\]", text):
        parts[-1].append(text[at : found.start()])
        at = found.end()
        if found[0] == "[[":
            parts.append([])
        elif len(parts) > 1:
            inner = "".join(parts.pop())
            target, _, words = inner.partition("|")
            if not re.match(r"\s*:?(?:file|image|category|datei|bild|kategorie|fichier|catégorie|archivo|categoría|файл|категория|[a-z]{2,3}):", target, re.IGNORECASE):
                parts[-1].append(words or target)
    rest = text[at:]
    return "".join("".join(part) for part in parts) + rest
