"""Tables: events as rows with typed columns, for pandas, polars and Parquet.

Earliest and latest are microseconds of UTC (naive times as they stand), empty where the When is open or beyond what such a column
holds (some 290,000 years around 1970).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from chronicle.errors import MissingLibrary
from chronicle.event import LIST_FIELDS, Event
from chronicle.time.edtf import UNIX_EPOCH
from chronicle.time.moment import Moment

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

_FARTHEST: Final = 2**63 - 2
_TEXTS: Final = (
    "id",
    "when",
    "precision",
    "status",
    "review",
    "title",
    "according_to",
    "who",
    "whom",
    "predicate",
    "notes",
    "previously",
    "unresolved",
)
_LISTS: Final = (*LIST_FIELDS, "sources", "quotes")
COLUMNS: Final = ("id", "when", "earliest", "latest", *_TEXTS[2:], *_LISTS)


def _microseconds(moment: Moment) -> int | None:
    if moment.is_infinite:
        return None
    value = int(moment.microseconds) - UNIX_EPOCH
    return value if abs(value) <= _FARTHEST else None


def columns(events: Iterable[Event]) -> dict[str, list[Any]]:
    """Return the columns of a table of events; sources are the articles' names, quotes stand beside them."""
    found: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for event in events:
        when = event.when
        row: dict[str, Any] = {
            name: getattr(event, name) for name in _TEXTS if name not in ("when", "precision", "predicate")
        }
        row["when"] = None if when is None else str(when)
        row["precision"] = None if when is None else when.precision
        row["earliest"] = None if when is None else _microseconds(when.earliest)
        row["latest"] = None if when is None else _microseconds(when.latest)
        row["predicate"] = None if event.predicate is None else event.predicate.text
        row |= {name: list(getattr(event, name)) for name in LIST_FIELDS}
        row["sources"] = [s.article for s in event.sources]
        row["quotes"] = [s.quote or "" for s in event.sources]
        for name in COLUMNS:
            found[name].append(row[name])
    return found


def to_pandas(events: Iterable[Event]) -> pandas.DataFrame:
    """Return a pandas DataFrame. Raises ImportError where pandas is not installed."""
    try:
        import numpy
        import pandas
    except ImportError:
        raise MissingLibrary("to_pandas needs pandas: pip install pandas") from None
    table = columns(events)
    for name in ("earliest", "latest"):
        values = [numpy.datetime64("NaT") if v is None else numpy.datetime64(v, "us") for v in table[name]]
        table[name] = pandas.Series(numpy.array(values, dtype="datetime64[us]"))
    return pandas.DataFrame(table, columns=list(COLUMNS))


def to_polars(events: Iterable[Event]) -> polars.DataFrame:
    """Return a polars DataFrame. Raises ImportError where polars is not installed."""
    try:
        import polars
    except ImportError:
        raise MissingLibrary("to_polars needs polars: pip install polars") from None
    kinds: dict[str, Any] = dict.fromkeys(_TEXTS, polars.String) | dict.fromkeys(_LISTS, polars.List(polars.String))
    kinds |= dict.fromkeys(("earliest", "latest"), polars.Datetime("us"))
    return polars.DataFrame(columns(events), schema={name: kinds[name] for name in COLUMNS})


def to_arrow(events: Iterable[Event]) -> pyarrow.Table:
    """Return an Arrow table. Raises ImportError where pyarrow is not installed."""
    try:
        import pyarrow
    except ImportError:
        raise MissingLibrary(
            "Parquet is written by pyarrow, which is not installed: pip install 'chronicle-timeline[parquet]'"
        ) from None
    kinds: dict[str, Any] = dict.fromkeys(_TEXTS, pyarrow.string()) | dict.fromkeys(
        _LISTS, pyarrow.list_(pyarrow.string())
    )
    kinds |= dict.fromkeys(("earliest", "latest"), pyarrow.timestamp("us"))
    return pyarrow.table(columns(events), schema=pyarrow.schema([(name, kinds[name]) for name in COLUMNS]))
