"""Tables: events as rows with typed columns, for pandas, polars and Parquet.

Earliest and latest are microseconds of UTC (naive times as they stand), empty where the When is open or beyond what such a column
holds (some 290,000 years around 1970).
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from chronicle.errors import InvalidValue, MissingLibrary
from chronicle.event import LIST_FIELDS, Event, id_of, unused
from chronicle.nearest import did_you_mean
from chronicle.time.edtf import UNIX_EPOCH
from chronicle.time.moment import Moment
from chronicle.time.when import When

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


def events_of(frame: Any) -> list[Event]:
    """Return the events of a data frame of pandas or polars, a row each, with the columns of :func:`columns`.

    ``when`` (EDTF, dates or datetimes) and ``title`` are needed. What is worked out (earliest, latest, precision) and the predicate, whose place in
    a text a column does not hold, are not read; columns with other names are the curator's own fields. Raises InvalidValue.
    """
    names = [str(name) for name in frame.columns]
    for needed in ("when", "title"):
        if needed not in names:
            near = did_you_mean(needed, names)
            raise InvalidValue(f"the frame has no column {needed!r} (it has {', '.join(names) or 'none'}){near}")
    rows = frame.to_dicts() if hasattr(frame, "to_dicts") else frame.to_dict("records")
    found: list[Event] = []
    used: set[str] = set()
    for number, row in enumerate(rows, 1):
        told = {str(name): value for name, raw in row.items() if (value := _cell(raw)) is not None and str(name) not in _NOT_READ}
        try:
            found.append(_event(told, used))
        except ValueError as error:
            raise InvalidValue(f"row {number} of the frame: {error}") from None
    return found


_NOT_READ: Final = ("earliest", "latest", "precision", "predicate")


def _cell(value: Any) -> Any:
    """Return what stands in a cell: nothing where it is empty, as data frames have it; lists and dates as a log has them."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, datetime.datetime):
        if value != value:  # pandas.NaT
            return None
        return value.date().isoformat() if value.timetz() == datetime.time() else value.isoformat(timespec="seconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [str(item) for item in value] or None
    if isinstance(value, float) and math.isnan(value):
        return None
    # pandas' own missing value is neither equal to itself nor to anything else
    return None if value is None or type(value).__name__ in ("NAType", "NaTType") or value == "" else value


def _event(told: dict[str, Any], used: set[str]) -> Event:
    when, title = told.get("when"), told.get("title")
    if not isinstance(title, str):
        raise InvalidValue(f"the title is a text, not {title!r:.40}")
    if when is not None:
        told["when"] = when if isinstance(when, str) else f"{when:04d}" if isinstance(when, int) else str(when)
    name = told.get("id")
    told["id"] = unused(str(name), used) if name is not None else id_of(None if when is None else When.parse(told["when"]), title, used)
    for field in LIST_FIELDS:
        if isinstance(told.get(field), str):
            told[field] = [told[field]]
    sources, quotes = told.pop("sources", []), told.pop("quotes", [])
    sources, quotes = ([value] if isinstance(value, str) else value for value in (sources, quotes))
    quotes = [*quotes, *("" for _ in sources)]
    told["sources"] = [{"article": article, "quote": quotes[n] or None} for n, article in enumerate(sources)]
    return Event.from_dict(told)


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
