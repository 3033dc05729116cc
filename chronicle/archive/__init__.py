"""Archives: articles by the million, their times and events as Parquet; open build.py for how they are made, store.py for how they are read.

In come the sources that :func:`chronicle.read_articles` reads and addresses that fsspec knows; out goes a folder of Parquet datasets whose
schemas stand in schema.py. Dask runs the work, DuckDB the questions.
"""

from __future__ import annotations
