"""KB/s of find_times and of extract, on the first pass over texts and on later ones: python benchmarks/passes.py TEXTS

TEXTS as for compare.py. Each function runs in a process of its own, so that neither profits from what the other remembers.
Loading the language, once a process, is not counted.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import time
from pathlib import Path

from compare import read_texts

import chronicle

_LATER_PASSES = 5


def _measure(what: str, path: Path, pipe: object) -> None:
    texts = read_texts(path)
    size = sum(len(text.encode()) for text, _ in texts) / 1000
    chronicle.extract(chronicle.Article("It began on 3 May 2020.", "2021-07-16"))
    speeds = []
    for _ in range(1 + _LATER_PASSES):
        started = time.perf_counter()
        for text, published in texts:
            if what == "find_times":
                chronicle.find_times(text, published)
            else:
                chronicle.extract(chronicle.Article(text, published))
        speeds.append(size / (time.perf_counter() - started))
    pipe.send((speeds[0], statistics.median(speeds[1:])))  # type: ignore[attr-defined]


def main() -> None:
    """Print a table of the two functions."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", type=Path)
    path = parser.parse_args().texts
    print("| function | first pass, KB/s | later passes, KB/s |\n| --- | ---: | ---: |")
    context = multiprocessing.get_context("spawn")
    for what in ("find_times", "extract"):
        receive, send = context.Pipe(False)
        worker = context.Process(target=_measure, args=(what, path, send))
        worker.start()
        first, later = receive.recv()
        worker.join()
        print(f"| {what} | {first:.0f} | {later:.0f} |")


if __name__ == "__main__":
    main()
