"""Archive: an archive's datasets as tables, and questions to them, by DuckDB over the Parquet files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from chronicle.archive import schema, state
from chronicle.archive.question import Question, sql
from chronicle.errors import InvalidValue, MissingLibrary
from chronicle.event import Event, Predicate, Source

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

_TEXTS: Final = ("status", "who", "whom", "according_to", "unresolved")
_LISTS: Final = ("people", "organisations", "places", "doubts")


class Archive:
    """A folder that ``chronicle archive`` made, as it stands when it is opened. Raises ValueError where it is none.

    ``articles``, ``mentions``, ``events`` and ``problems`` are its datasets; their columns stand in docs/archives.md. Instants are
    microseconds of UTC, naive ones as they stand; null where a time is open.

    >>> import chronicle
    >>> try:
    ...     chronicle.Archive("nowhere")
    ... except chronicle.ChronicleError as error:
    ...     print(str(error)[:41])
    nowhere: no archive: state.json is missin
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self._state = state.read(self.folder)

    def __repr__(self) -> str:
        return f"<Archive {self.folder}, run {self._state.run}>"

    def sql(self, query: str, parameters: Mapping[str, Any] | None = None) -> pyarrow.Table:
        """Answer a query of SQL, as DuckDB understands it, in which the datasets are tables. Raises ValueError for one that it does not."""
        import duckdb

        link = state.connection()
        try:
            for name in schema.DATASETS:
                self._view(link, name)
            return link.sql(query, params=dict(parameters or {})).to_arrow_table()
        except duckdb.Error as error:
            raise InvalidValue(f"{self.folder}: {error}") from None
        finally:
            link.close()

    def _view(self, link: Any, name: str) -> None:
        paths = list(state.paths_of(self.folder, self._state, name))
        if not paths:
            link.register(name, schema.DATASETS[name].empty_table())
            return
        listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
        columns = ", ".join(f'"{c}"' for c in schema.DATASETS[name].names)
        link.execute(
            f"CREATE VIEW {name} AS SELECT {columns}, year FROM read_parquet([{listed}], hive_partitioning = true)"  # noqa: S608 names are the schema's, paths are quoted
        )

    def to_arrow(self, dataset: str = "events") -> pyarrow.Table:
        """Return a dataset as an Arrow table. Raises ValueError for one that there is not."""
        if dataset not in schema.DATASETS:
            raise InvalidValue(f"there is no dataset {dataset!r}; there are {', '.join(schema.DATASETS)}")
        return self.sql(f"SELECT * FROM {dataset}")  # noqa: S608 one of the schema's names

    def to_pandas(self, dataset: str = "events") -> pandas.DataFrame:
        """Return a dataset as a pandas DataFrame."""
        frame: pandas.DataFrame = self.to_arrow(dataset).to_pandas()
        return frame

    def to_polars(self, dataset: str = "events") -> polars.DataFrame:
        """Return a dataset as a polars DataFrame. Raises ImportError where polars is not installed."""
        try:
            import polars
        except ImportError:
            raise MissingLibrary("to_polars needs polars: pip install polars") from None
        frame = polars.from_arrow(self.to_arrow(dataset))
        assert isinstance(frame, polars.DataFrame)
        return frame

    def find(self, question: Question | None = None, /, **wanted: Any) -> Iterator[Event]:
        """Yield the events that a question asks for, by time; ``wanted`` are the fields of a :class:`Question`.

        ``archive.find(about="Doha", during="2020/2021")``. Raises ValueError for a field or a value that is not known.
        """
        for row in self.rows(question, **wanted):
            yield event_of(row)

    def rows(self, question: Question | None = None, /, **wanted: Any) -> list[dict[str, Any]]:
        """Return the rows of the events that a question asks for, as dictionaries of the dataset's columns."""
        asked = question if question is not None else Question.of(wanted)
        like = self._like(asked.like) if asked.like else None
        query, parameters = sql(asked, like)
        found: list[dict[str, Any]] = self.sql(query, parameters).to_pylist()
        return found

    def _like(self, which: str) -> dict[str, Any]:
        """Return the row of the event that others are to be like: "id" or "article#id"."""
        article, mark, name = which.rpartition("#")
        query = "SELECT * FROM events WHERE id = $id AND (article = $article OR NOT $given) LIMIT 1"
        found = self.sql(query, {"id": name, "article": article, "given": bool(mark)}).to_pylist()
        if not found:
            raise InvalidValue(f"{self.folder}: there is no event {which!r}; give the id that find prints")
        return dict(found[0])


def event_of(row: Mapping[str, Any]) -> Event:
    """Return the event of a row."""
    predicate = None
    if row["predicate"] is not None:
        predicate = Predicate(row["predicate"], row["predicate_start"] or 0, row["predicate_end"] or 0)
    source = Source(
        row["article"], row["source_published"], row["source_title"], row["publisher"], row["url"], row["quote"],
        row["expression"], row["start"], row["end"], row["anchor"], row["how"],
    )  # fmt: skip
    event = Event(row["id"], row["when"], row["title"], sources=[source], predicate=predicate)
    for name in _TEXTS:
        setattr(event, name, row[name])
    for name in _LISTS:
        if hasattr(event, name):
            setattr(event, name, list(row[name] or ()))
    return event


def line_of(row: Mapping[str, Any]) -> str:
    """Return a row as a line of JSON, without what is empty."""
    return json.dumps({k: v for k, v in row.items() if v not in (None, [], "")}, ensure_ascii=False, default=str)
