"""RSS and Atom files, read by feedparser (extra ``web``): an article for each entry.

Dates are read by chronicle itself: feedparser would fill in what is missing, from the clock, and turn each into UTC, whose day may be another.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, Final

from attrs import evolve

from chronicle.article import Article, ArticleError, Published, parse_published
from chronicle.article.dates import Habits, is_plausible, language_habits
from chronicle.article.published import order_of
from chronicle.readers import web
from chronicle.readers.markup import text_of

# feedparser's names: "published" is pubDate, dcterms:issued and Atom's published; "updated" in RSS is dc:date, for want of which RSS 1.0 has none
_PUBLISHED: Final = ("published", "created")
_ENDS: Final = (b"</rss>", b"</feed>", b"</rdf:rdf>", b"</channel>")


def entries(raw: bytes, where: str, published: Published = None) -> Iterator[Article | ArticleError]:
    """Yield the entries of a feed, and an ArticleError for one without a text, for a date that cannot be read, and for a feed that is cut off."""
    web.library()
    feedparser = web.required("feedparser")
    if not raw.strip():
        raise ArticleError(f"{where}: empty")
    try:
        feed = feedparser.parse(raw, sanitize_html=True, resolve_relative_uris=False)
    except Exception as error:
        # feedparser stumbles over some broken namespaces
        raise ArticleError(f"{where}: its markup is broken beyond what can be read as a feed ({type(error).__name__}); fetch it anew") from None
    if not feed.entries and not feed.version:
        raise ArticleError(f"{where}: neither RSS nor Atom")
    if not feed.entries:
        raise ArticleError(f"{where}: a feed without any entry")
    dates = [_date(entry, feed.version) for entry in feed.entries]
    habits = language_habits(feed.feed.get("language"))
    order = order_of(text for _, text in dates)
    habits = habits if order is None else evolve(habits, month_first=order)
    for number, (entry, (name, text)) in enumerate(zip(feed.entries, dates, strict=True), 1):
        yield from _entry(entry, f"{where}: entry {number}", name, text, habits, feed, published)
    if not raw.rstrip().lower().endswith(_ENDS) and feed.bozo:
        yield ArticleError(f"{where}: the feed is cut off: it has no end; {len(feed.entries)} entries were read; fetch it anew")


def _entry(
    entry: Any, where: str, name: str, said: str, habits: Habits, feed: Any, published: Published
) -> Iterator[Article | ArticleError]:
    # feedparser gives None for an element that is broken off
    bodies = [c.get("value") or "" for c in entry.get("content", [])] or [entry.get("summary") or ""]
    title = " ".join(text_of(entry.get("title") or "").split()) or None
    text = max(map(text_of, bodies), key=len)
    if not text and not title:
        yield ArticleError(f"{where} has no text")
        return
    day, wrong = None, None
    if published is None and said:
        try:
            day = parse_published(said, free_form=True, where=where, habits=habits)
            if day is not None and not is_plausible(datetime.date(day.year, day.month, day.day)):
                day, wrong = None, ArticleError(f"{where}: {said!r} stands for no date")
        except ArticleError as error:
            wrong = error
    sure = "likely" if name == "dc:date" else "certain"
    yield Article(
        text=text or title or "",
        published=published if published is not None else day,
        title=title,
        url=entry.get("link") or None,
        publisher=feed.feed.get("title") or None,
        language=(feed.feed.get("language") or "")[:2].lower(),
        language_from="the feed" if feed.feed.get("language") else None,
        id=entry.get("id") or entry.get("link") or None,
        published_from=f"the entry's {name} ({sure})" if day is not None else None,
        published_sure=sure if day is not None else None,
        modified=_changed(entry, feed.version, habits),
        byline=entry.get("author") or None,
    )
    if wrong is not None:
        yield ArticleError(f"{wrong}; the entry was read without it")


def _date(entry: Any, version: str) -> tuple[str, str]:
    """Return the name and the text of an entry's publication date; both empty where there is none. When it was changed says nothing of it."""
    for name in _PUBLISHED:
        if entry.get(name):
            return name, str(entry[name])
    if version.startswith("rss") and entry.get("updated"):
        return "dc:date", str(entry["updated"])
    return "", ""


def _changed(entry: Any, version: str, habits: Habits) -> datetime.date | None:
    if version.startswith("rss") or not entry.get("updated"):
        return None
    try:
        return parse_published(str(entry["updated"]), free_form=True, habits=habits)
    except ArticleError:
        return None
