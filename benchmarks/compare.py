"""Compares find_times with other date finders: speed over the same texts, on one core, medians of three runs, in one go.

    python benchmarks/compare.py TEXTS [--chart docs/pictures/speed.png]

TEXTS is a folder of .txt files or a .jsonl file with a field ``text`` (and ``dct``). Whatever of these installs takes part:
dateparser.search, parsedatetime, Recognizers-Text, timefhuman (``pip install -e '.[benchmark]'``). A tagger that is slow gets
the first texts only, as many as it takes to run for some seconds; its speed is that over those.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import importlib
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

Text = tuple[str, str | None]
Tagger = Callable[[Text], object]
_RUNS = 3
_LONGEST = 12.0


def chronicle_tagger() -> Tagger:
    """Return find_times."""
    import chronicle

    return lambda text: chronicle.find_times(text[0], text[1])


def dateparser_tagger() -> Tagger:
    """Return dateparser's search, for English."""
    from dateparser.search import search_dates

    def run(text: Text) -> object:
        base = datetime.datetime.fromisoformat((text[1] or "2000-01-01")[:10])
        return search_dates(text[0], languages=["en"], settings={"RELATIVE_BASE": base})

    return run


def parsedatetime_tagger() -> Tagger:
    """Return parsedatetime's nlp."""
    calendar = importlib.import_module("parsedatetime").Calendar()
    return lambda text: calendar.nlp(text[0])


def recognizers_tagger() -> Tagger:
    """Return Microsoft Recognizers-Text, for English."""
    module = importlib.import_module("recognizers_date_time")
    model = module.DateTimeRecognizer("en-us").get_datetime_model()
    return lambda text: model.parse(text[0], datetime.datetime.fromisoformat((text[1] or "2000-01-01")[:10]))


def timefhuman_tagger() -> Tagger:
    """Return timefhuman."""
    function = importlib.import_module("timefhuman").timefhuman
    return lambda text: function(text[0])


TAGGERS: dict[str, Callable[[], Tagger]] = {
    "chronicle": chronicle_tagger,
    "dateparser.search": dateparser_tagger,
    "parsedatetime": parsedatetime_tagger,
    "Recognizers-Text": recognizers_tagger,
    "timefhuman": timefhuman_tagger,
}


def read_texts(path: Path) -> list[Text]:
    """Return the texts of a folder or JSONL file, each with its publication date where it has one."""
    if path.is_dir():
        return [(p.read_text("utf-8"), None) for p in sorted(path.rglob("*.txt"))]
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [(row["text"], row.get("dct")) for row in rows]


def measure(tagger: Tagger, texts: list[Text]) -> tuple[float, int, int, int]:
    """Return KB/s (median of the runs), how many texts were run, what was found in them, and on how many the tagger failed."""
    failed = taken = size = found = 0
    started = time.perf_counter()
    for text in texts:
        try:
            result = tagger(text)
            found += len(result) if isinstance(result, (list, tuple)) else 0
        except Exception:
            failed += 1
        taken += 1
        size += len(text[0])
        if time.perf_counter() - started > _LONGEST:
            break
    speeds = []
    for _ in range(_RUNS):
        started = time.perf_counter()
        for text in texts[:taken]:
            with contextlib.suppress(Exception):
                tagger(text)
        speeds.append(size / 1000 / (time.perf_counter() - started))
    return statistics.median(speeds), taken, found, failed


def main() -> None:
    """Run the comparison and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument(
        "--chart", type=Path, help="draw the table to this file: .html, or .png and .svg with the extra image"
    )
    arguments = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    texts = read_texts(arguments.texts)
    rows: list[tuple[str, float, int, int, int]] = []
    for name, make in TAGGERS.items():
        try:
            tagger = make()
        except ImportError as error:
            print(f"{name}: not installed ({error})", file=sys.stderr)
            continue
        rows.append((name, *measure(tagger, texts)))
        print(f"{name}: {rows[-1][1]:.1f} KB/s", file=sys.stderr)
    first = rows[0][1]
    print(
        "| tagger | KB/s | chronicle is faster by | texts run | found | failed on |\n| --- | ---: | ---: | ---: | ---: | ---: |"
    )
    for name, speed, taken, found, failed in rows:
        print(f"| {name} | {speed:.1f} | {first / speed:.0f} x | {taken} of {len(texts)} | {found} | {failed} |")
    if arguments.chart:
        draw([(row[0], row[1]) for row in rows], arguments.chart)


def draw(speeds: list[tuple[str, float]], path: Path) -> None:
    """Draw the speeds as points on a logarithmic scale: its bars would begin nowhere."""
    import plotly.graph_objects as go

    names, values = zip(*speeds, strict=True)
    figure = go.Figure(
        go.Scatter(
            x=values, y=names, mode="markers+text", text=[f" {v:,.0f}" for v in values], textposition="middle right",
            marker={"size": 13, "color": ["#0b6e4f"] + ["#7a8691"] * (len(values) - 1)}, cliponaxis=False,
        )
    )  # fmt: skip
    figure.update_layout(
        template="plotly_white", width=760, height=90 + 46 * len(names), margin={"l": 10, "r": 60, "t": 20, "b": 60},
        font={"size": 15},
    )  # fmt: skip
    figure.update_xaxes(type="log", title_text="KB of text in a second, one core", tickvals=[10, 100, 1000, 10_000])
    figure.update_yaxes(autorange="reversed", automargin=True)
    if path.suffix == ".html":
        figure.write_html(path, include_plotlyjs="cdn")
    else:
        figure.write_image(path, scale=2)


if __name__ == "__main__":
    main()
