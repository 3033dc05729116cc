"""RSS and Atom files, read by feedparser (extra ``web``): an article for each entry."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from chronicle.article import Article, ArticleError, Published
from chronicle.readers import web


def entries(raw: bytes, where: str, published: Published = None) -> Iterator[Article | ArticleError]:
    """Yield the entries of a feed, and an ArticleError for one without a text."""
    lxml_html = web.library()
    feedparser = web.required("feedparser")
    if not raw.strip():
        raise ArticleError(f"{where}: empty")
    feed = feedparser.parse(raw, sanitize_html=True, resolve_relative_uris=False)
    if not feed.entries and (feed.bozo or not feed.version):
        raise ArticleError(f"{where}: neither RSS nor Atom")
    for number, entry in enumerate(feed.entries, 1):
        bodies = [c.value for c in entry.get("content", [])] or [entry.get("summary", "")]
        text = _text(max(bodies, key=len), lxml_html)
        title = _text(entry.get("title", ""), lxml_html) or None
        if not text and not title:
            yield ArticleError(f"{where}: entry {number} has no text")
            continue
        day, name = _published(entry)
        yield Article(
            text=text or title or "",
            published=published if published is not None else day,
            title=title,
            url=entry.get("link") or None,
            publisher=feed.feed.get("title") or None,
            language=(feed.feed.get("language") or "en")[:2].lower(),
            id=entry.get("id") or entry.get("link") or None,
            published_from=f"the entry's {name} (certain)" if day is not None and published is None else None,
        )


def _published(entry: Any) -> tuple[datetime.datetime | None, str]:
    """Return when an entry was published; feedparser gives UTC. When it was changed says nothing of it."""
    for name in ("published", "created"):
        parsed = entry.get(f"{name}_parsed") if name in entry else None
        if parsed:
            year, month, day, hour, minute, second = parsed[:6]
            return datetime.datetime(year, month, day, hour, minute, second, tzinfo=datetime.UTC), name
    return None, ""


def _text(html: str, lxml_html: Any) -> str:
    """Return the text of a piece of HTML, its blocks as paragraphs."""
    if not html.strip():
        return ""
    if "<" not in html:
        import html as entities

        return " ".join(entities.unescape(html).split())
    tree = lxml_html.fragment_fromstring(html, create_parent="div")
    for element in tree.iter("p", "br", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "tr"):
        element.tail = "\n" + (element.tail or "")
    lines = [" ".join(line.split()) for line in tree.text_content().split("\n")]
    return "\n\n".join(line for line in lines if line)
