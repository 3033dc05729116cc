"""The datasets of an archive: their columns, as Arrow schemas, and the version that they stand under.

Each is partitioned by ``year``, that of publication (0 where it is not known). Instants are microseconds of UTC, naive ones as they stand;
they are null where a time is open or lies beyond what such a column holds, some 290,000 years around 1970. ``part`` names the piece of the
sources that a row comes from and ``run`` the run that wrote it, so that rows of a source that changed can be replaced.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

#: raised where a column changes its name, type or sense
VERSION: Final = 1

_INSTANT: Final = pa.timestamp("us")
_WORDS: Final = pa.list_(pa.string())
_ORIGIN: Final = [("part", pa.string()), ("run", pa.int32())]


def _schema(*columns: tuple[str, pa.DataType]) -> pa.Schema:
    return pa.schema([*columns, *_ORIGIN], metadata={"chronicle": str(VERSION)})


ARTICLES: Final = _schema(
    ("article", pa.string()),
    ("published", _INSTANT),
    ("published_text", pa.string()),
    ("published_from", pa.string()),
    ("title", pa.string()),
    ("url", pa.string()),
    ("publisher", pa.string()),
    ("language", pa.string()),
    ("digest", pa.string()),
    ("characters", pa.int32()),
)
MENTIONS: Final = _schema(
    ("article", pa.string()),
    ("published", _INSTANT),
    ("start", pa.int32()),
    ("end", pa.int32()),
    ("text", pa.string()),
    ("type", pa.string()),
    ("value", pa.string()),
    ("mod", pa.string()),
    ("edtf", pa.string()),
    ("earliest", _INSTANT),
    ("latest", _INSTANT),
    ("meaning", pa.string()),
    ("anchor", pa.string()),
)
EVENTS: Final = _schema(
    ("article", pa.string()),
    ("published", _INSTANT),
    ("id", pa.string()),
    ("when", pa.string()),
    ("earliest", _INSTANT),
    ("latest", _INSTANT),
    ("precision", pa.string()),
    ("status", pa.string()),
    ("title", pa.string()),
    ("predicate", pa.string()),
    ("predicate_start", pa.int32()),
    ("predicate_end", pa.int32()),
    ("who", pa.string()),
    ("whom", pa.string()),
    ("according_to", pa.string()),
    ("people", _WORDS),
    ("organisations", _WORDS),
    ("places", _WORDS),
    ("doubts", _WORDS),
    ("unresolved", pa.string()),
    ("source_published", pa.string()),
    ("source_title", pa.string()),
    ("publisher", pa.string()),
    ("url", pa.string()),
    ("language", pa.string()),
    ("quote", pa.string()),
    ("expression", pa.string()),
    ("start", pa.int32()),
    ("end", pa.int32()),
    ("anchor", pa.string()),
    ("how", pa.string()),
)
#: what could not be read or extracted: where, and why
PROBLEMS: Final = _schema(("source", pa.string()), ("problem", pa.string()))
DATASETS: Final = {"articles": ARTICLES, "mentions": MENTIONS, "events": EVENTS, "problems": PROBLEMS}
#: what rows are sorted by, so that a question about a time reads few row groups
ORDER: Final = {
    "articles": ("published", "article"),
    "mentions": ("earliest", "article", "start"),
    "events": ("earliest", "article", "start"),
    "problems": ("source",),
}
