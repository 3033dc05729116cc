"""chronicle: timelines from articles, with dates that one can trust.

The public face. Names load when they are first used, so that ``import chronicle`` costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chronicle.archive.store import Archive
    from chronicle.article import Article, ArticleError
    from chronicle.drawing.figure import timeline
    from chronicle.drawing.page import write_html
    from chronicle.errors import ChronicleError
    from chronicle.event import Event, Media, Predicate, Source
    from chronicle.extraction.extract import extract
    from chronicle.log import ConflictError, EventLog, EventView, Fault, LogError
    from chronicle.readers import read_article, read_articles
    from chronicle.resolve.find import find_times
    from chronicle.resolve.typed import when_of
    from chronicle.tagger.mention import TimeMention
    from chronicle.time.edtf import EdtfError
    from chronicle.time.moment import Moment
    from chronicle.time.when import Relation, When

__version__ = "0.2.0"
_HOMES = {
    "Archive": "archive.store",
    "Article": "article",
    "ArticleError": "article",
    "read_article": "readers",
    "read_articles": "readers",
    "EdtfError": "time.edtf",
    "Event": "event",
    "Media": "event",
    "Predicate": "event",
    "Source": "event",
    "extract": "extraction.extract",
    "find_times": "resolve.find",
    "ChronicleError": "errors",
    "ConflictError": "log",
    "when_of": "resolve.typed",
    "EventLog": "log",
    "EventView": "log",
    "Fault": "log",
    "LogError": "log",
    "TimeMention": "tagger.mention",
    "timeline": "drawing.figure",
    "write_html": "drawing.page",
    "Moment": "time.moment",
    "Relation": "time.when",
    "When": "time.when",
}
__all__ = [
    "Archive", "Article", "ArticleError", "ChronicleError", "ConflictError", "EdtfError", "Event", "EventLog", "EventView", "Fault", "LogError", "Media", "Moment", "Predicate", "Relation", "Source",
    "TimeMention", "When", "extract", "find_times", "read_article", "read_articles", "timeline", "when_of", "write_html",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'chronicle' has no attribute {name!r}")
    try:
        value = getattr(importlib.import_module(f"chronicle.{home}"), name)
    except ModuleNotFoundError as error:
        if name != "Archive" or str(error.name).startswith("chronicle"):
            raise
        from chronicle.errors import MissingLibrary

        raise MissingLibrary(f"chronicle.Archive needs {error.name}: pip install 'chronicle-timeline[archive]'") from None
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
