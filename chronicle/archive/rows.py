"""A part's articles to rows: what a task of a run does, on whichever machine."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import io
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from chronicle.archive import schema
from chronicle.archive.plan import _ADDRESS, Part, Piece
from chronicle.article import Article, ArticleError
from chronicle.event import Event
from chronicle.readers import Place, read_place
from chronicle.syntax.reader import AUTO
from chronicle.tagger.mention import TimeMention
from chronicle.time.edtf import UNIX_EPOCH
from chronicle.time.moment import Moment

_FARTHEST: Final = 2**63 - 2
_OF_FILES: Final = ("text", "html")
UNDATED: Final = 0
_MOST_LOOSE: Final = 10_000
#: raised where the same article would give other rows
VERSION: Final = 1


def rows_of(part: Part, fields: Mapping[str, str], run: int, nlp: str = AUTO) -> dict[str, dict[int, pa.Table]]:
    """Return the rows of a part, by dataset and year of publication. What cannot be read is a row of ``problems``."""
    found = _Rows()
    origin = {"part": part.name, "run": run}

    def problem(source: str, message: str) -> None:
        found.add("problems", UNDATED, {"source": source, "problem": message, **origin})

    for piece in part.pieces:
        for article in _articles(piece, fields):
            if isinstance(article, ArticleError):
                problem(piece.path, str(article))
                continue
            try:
                mentions, events = _extracted(article, nlp)
            except LookupError as error:  # its language
                problem(piece.path, f"{article.key}: {error.args[0]}")
                continue
            _add(found, piece, article, mentions, events, origin)
    return found.tables()


class _Rows:
    """Rows by dataset and year; but for the last of them they are held as Arrow, in a tenth of the memory of dictionaries."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, int], list[dict[str, Any]]] = {}
        self._packed: dict[tuple[str, int], list[pa.Table]] = {}
        self._loose = 0

    def add(self, name: str, year: int, row: dict[str, Any]) -> None:
        """Add a row to a dataset."""
        self._rows.setdefault((name, year), []).append(row)
        self._loose += 1
        if self._loose > _MOST_LOOSE:
            self._pack()

    def _pack(self) -> None:
        for (name, year), rows in self._rows.items():
            self._packed.setdefault((name, year), []).append(pa.Table.from_pylist(rows, schema=schema.DATASETS[name]))
        self._rows.clear()
        self._loose = 0

    def tables(self) -> dict[str, dict[int, pa.Table]]:
        """Return the tables of each dataset, by year, in its order."""
        self._pack()
        found: dict[str, dict[int, pa.Table]] = {}
        for (name, year), tables in self._packed.items():
            order = [(column, "ascending") for column in schema.ORDER[name]]
            found.setdefault(name, {})[year] = pa.concat_tables(tables).sort_by(order)
        return found


def _extracted(article: Article, nlp: str) -> tuple[list[TimeMention], list[Event]]:
    from chronicle.extraction.extract import extract
    from chronicle.resolve.find import find_times

    mentions = find_times(article.text, article.published, article.language)
    return mentions, extract(article, nlp=nlp)


def _articles(piece: Piece, fields: Mapping[str, str]) -> Iterator[Article | ArticleError]:
    if piece.kind == "parquet" or piece.stop >= 0 or _ADDRESS in piece.path:
        with _local(piece) as path:
            yield from (_named(a, piece) for a in read_place(Place(path, piece.kind), None, fields))
    else:
        yield from (_named(a, piece) for a in read_place(Place(Path(piece.path), piece.kind), None, fields))


def _named(article: Article | ArticleError, piece: Piece) -> Article | ArticleError:
    """Let a file that is an article by itself be known by its path: many folders have an index.html."""
    if isinstance(article, Article) and piece.kind in _OF_FILES and not article.url:
        article.id = piece.path
    return article


@contextlib.contextmanager
def _local(piece: Piece) -> Iterator[Path]:
    """Give a piece as a file of its own: its bytes or row groups, fetched where they lie elsewhere."""
    name = piece.path.rpartition("/")[2]
    with tempfile.TemporaryDirectory(prefix="chronicle-") as folder:
        path = Path(folder) / name
        if _ADDRESS in piece.path:
            import fsspec

            with fsspec.open(piece.path, "rb") as source:
                path.write_bytes(source.read())
        elif piece.kind == "parquet":
            file = pq.ParquetFile(piece.path)
            stop = piece.stop if piece.stop >= 0 else file.metadata.num_row_groups
            pq.write_table(file.read_row_groups(list(range(piece.start, stop))), path)
        else:
            with Path(piece.path).open("rb") as whole:
                whole.seek(piece.start)
                path.write_bytes(whole.read(piece.stop - piece.start))
        yield path


def _instant(moment: Moment) -> int | None:
    if moment.is_infinite:
        return None
    value = int(moment.microseconds) - UNIX_EPOCH
    return value if abs(value) <= _FARTHEST else None


def _published(article: Article) -> tuple[int, int | None]:
    """Return an article's year and its publication in microseconds of UTC, a naive one as it stands."""
    day = article.published
    if day is None:
        return UNDATED, None
    if not isinstance(day, datetime.datetime):
        day = datetime.datetime(day.year, day.month, day.day)
    year = day.year
    if day.tzinfo is not None:
        day = day.astimezone(datetime.UTC).replace(tzinfo=None)
    return year, (day - datetime.datetime(1970, 1, 1)) // datetime.timedelta(microseconds=1)


def _add(
    found: _Rows,
    piece: Piece,
    article: Article,
    mentions: list[TimeMention],
    events: list[Event],
    origin: dict[str, Any],
) -> None:
    year, published = _published(article)
    base = {"article": article.key, "published": published, **origin}
    found.add("articles", year, {
        **base,
        "published_text": article.published_text,
        "published_from": article.published_from,
        "title": article.title,
        "url": article.url,
        "publisher": article.publisher,
        "language": article.language,
        "digest": hashlib.sha256(article.text.encode("utf-8", "replace")).hexdigest()[:32],
        "characters": len(article.text),
    })
    for mention in mentions:
        when = mention.when
        found.add("mentions", year, {
            **base,
            "start": mention.start,
            "end": mention.end,
            "text": mention.text,
            "type": mention.type,
            "value": mention.value,
            "mod": mention.mod,
            "edtf": mention.edtf,
            "earliest": None if when is None else _instant(when.earliest),
            "latest": None if when is None else _instant(when.latest),
            "meaning": str(mention.meaning),
            "anchor": mention.published or mention.previous,
        })
    for event in events:
        found.add("events", year, {**base, **_event_row(event, article)})


def _event_row(event: Event, article: Article) -> dict[str, Any]:
    when, source, predicate = event.when, event.sources[0], event.predicate
    return {
        "id": event.id,
        "when": None if when is None else str(when),
        "earliest": None if when is None else _instant(when.earliest),
        "latest": None if when is None else _instant(when.latest),
        "precision": None if when is None else when.precision,
        "status": event.status,
        "title": event.title,
        "predicate": None if predicate is None else predicate.text,
        "predicate_start": None if predicate is None else predicate.start,
        "predicate_end": None if predicate is None else predicate.end,
        "who": event.who,
        "whom": event.whom,
        "according_to": event.according_to,
        "people": event.people,
        "organisations": event.organisations,
        "places": event.places,
        "doubts": list(getattr(event, "doubts", ())),
        "unresolved": event.unresolved,
        "source_published": source.published,
        "source_title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "language": article.language,
        "quote": source.quote,
        "expression": source.expression,
        "start": source.start,
        "end": source.end,
        "anchor": source.anchor,
        "how": source.how,
    }


def file_bytes(table: pa.Table) -> bytes:
    """Return a table as the bytes of a Parquet file."""
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd", row_group_size=100_000)
    return sink.getvalue()
