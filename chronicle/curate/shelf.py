"""The shelf: the articles of a folder, by the names that logs know them by, and where their times stand."""

from __future__ import annotations

import itertools
import re
from collections import OrderedDict
from pathlib import Path
from typing import Any, Final

from chronicle.article import Article, ArticleError
from chronicle.errors import MissingLibrary
from chronicle.event import Source
from chronicle.readers import Place, places, read_place
from chronicle.readers.files import name_of
from chronicle.resolve.find import find_times

_KEPT: Final = 64  # articles in memory
_LONGEST: Final = 400_000  # characters of an article that are shown


class Shelf:
    """Articles that are read when they are asked for. Nothing outside of the folder is read, through links neither."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._places: dict[str, Place] | None = None
        self._all: dict[str, Article] | None = None
        self._kept: OrderedDict[str, Article] = OrderedDict()
        self._pieces: OrderedDict[str, list[Any]] = OrderedDict()

    def find(self, name: str) -> Article | None:
        """Return an article by its name in logs; None where it is not at hand."""
        if self.folder is None:
            return None
        if name not in self._kept:
            found = self._read(name)
            if found is None:
                return None
            self._kept[name] = found
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return self._kept[name]

    def _read(self, name: str) -> Article | None:
        assert self.folder is not None
        if self._places is None:
            home = self.folder.resolve()
            found = places([self.folder], on_error=_pass)
            inside = [p for p in found if p.path.resolve().is_relative_to(home)]
            self._places = {name_of(p) or "": p for p in reversed(inside)}
        place = self._places.get(name)
        if place is not None:
            articles = self._of(place)
            for article in articles:
                if article.key == name or len(articles) == 1:
                    return article
        if self._all is None:  # one of several in a feed or a table, or under another name than its file's
            self._all = {a.key: a for p in self._places.values() for a in self._of(p)}
        return self._all.get(name)

    @staticmethod
    def _of(place: Place) -> list[Article]:
        try:
            return [a for a in read_place(place) if isinstance(a, Article)]
        except (ArticleError, MissingLibrary, OSError):
            return []

    def pieces(self, article: Article, source: Source | None) -> list[dict[str, Any]]:
        """Return the text of an article in pieces: ``text``, ``start`` (its offset), ``quote`` and ``own`` (of the source's words), ``when``, ``told``.

        Pieces that are a time have its EDTF and its words; those without a date say why under ``reason``.
        """
        text = article.text[:_LONGEST]
        quote = place_of(text, source.quote, source.start) if source is not None else None
        own = (source.start, source.end) if source is not None and source.start is not None and source.end is not None else None
        if own is not None and (not 0 <= own[0] < own[1] <= len(text) or not _says(text[own[0] : own[1]], source)):
            own = None  # the article was changed since
        times = [t for t in self._times(article, text) if t[1] <= len(text)]
        edges = {0, len(text)}
        for span in (quote, own, *(t[:2] for t in times)):
            if span is not None:
                edges.update(span)
        cuts = sorted(edges)
        pieces: list[dict[str, Any]] = []
        at = 0
        for start, end in itertools.pairwise(cuts):
            piece: dict[str, Any] = {"text": text[start:end], "start": start}
            if quote is not None and quote[0] <= start < quote[1]:
                piece["quote"] = True
            if own is not None and own[0] <= start < own[1]:
                piece["own"] = True
            while at < len(times) and times[at][1] <= start:
                at += 1
            if at < len(times) and times[at][0] <= start:
                piece.update(times[at][2])
            pieces.append(piece)
        return pieces

    def _times(self, article: Article, text: str) -> list[Any]:
        if article.key not in self._pieces:
            try:
                found = find_times(text, article.published, article.language)
            except LookupError:
                found = []
            self._pieces[article.key] = [
                (
                    *m.expression,
                    {"when": m.edtf, "told": m.when.words()} if m.when is not None else {"reason": m.reason or "it names no date"},
                )
                for m in found
            ]
            if len(self._pieces) > _KEPT:
                self._pieces.popitem(last=False)
        return self._pieces[article.key]


def _pass(_error: ArticleError) -> None:
    """What cannot be read is not at hand."""


def _says(text: str, source: Source | None) -> bool:
    expected = (source.expression or source.quote) if source is not None else None
    return expected is None or expected.split() == text.split()


def place_of(text: str, quote: str | None, near: int | None) -> tuple[int, int] | None:
    """Return where a quote stands in a text, whatever blanks are between its words: the place nearest to an offset."""
    words = (quote or "").split()
    if not words:
        return None
    spans = [m.span() for m in re.finditer(r"\s+".join(map(re.escape, words)), text)]
    return min(spans, key=lambda span: abs(span[0] - (near or 0)), default=None)
