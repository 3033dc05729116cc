"""Parquet, for DuckDB, pandas and polars (extra ``parquet``): the columns of :mod:`chronicle.log.frames`."""

from __future__ import annotations

import io

from chronicle.event import Event
from chronicle.formats import Exported, Loss
from chronicle.log.frames import to_arrow


def write(events: list[Event], title: str | None = None) -> Exported:
    """Write events as one Parquet file."""
    table = to_arrow(events)
    import pyarrow.parquet

    file = io.BytesIO()
    pyarrow.parquet.write_table(table, file)
    losses = [Loss(e.id, "extra is left out") for e in events if e.extra]
    losses += [Loss(e.id, "media is left out") for e in events if e.media]
    losses += [
        Loss(e.id, "sources: the articles and quotes are kept, the rest is left out") for e in events if e.sources
    ]
    losses += [
        Loss(e.id, f"{name}: {e.when} is farther away than such a column holds") for e in events if e.when is not None
        for name, end in (("earliest", e.when.earliest), ("latest", e.when.latest)) if not end.is_infinite and abs(end.year) > 290_000
    ]  # fmt: skip
    return Exported(file.getvalue(), losses)
