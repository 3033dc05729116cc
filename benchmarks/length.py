"""Time and memory of find_times as texts grow, and on adversarial text: python benchmarks/length.py TEXTS

TEXTS as for compare.py. Memory is what the process's peak grew by beyond the text and the result, in a process of its own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import time
from pathlib import Path

from compare import read_texts

import chronicle

_PUBLISHED = "2021-07-16"
_MEGABYTE = 1_000_000


def grown(news: str, size: int) -> str:
    """Return news text of a size."""
    return (news * (size // len(news) + 1))[:size]


def adversarial() -> dict[str, str]:
    """Return texts of a megabyte that would hurt a careless pattern."""
    chance = random.Random(1)
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    return {
        "last last last": "last " * (_MEGABYTE // 5),
        "digits": "1234567890" * (_MEGABYTE // 10),
        "hyphens": "-" * _MEGABYTE,
        "months": " ".join(chance.choice(months) for _ in range(_MEGABYTE // 8)),
        "opening brackets": "(" * _MEGABYTE,
        "weekdays": "Monday, " * (_MEGABYTE // 8),
        "years": "1999 " * (_MEGABYTE // 5),
        "white space": " " * _MEGABYTE,
        "half and half": "a half and " * (_MEGABYTE // 11),
        "words of time": " ".join(
            chance.choice(
                [
                    "last",
                    "next",
                    "the",
                    "of",
                    "in",
                    "year",
                    "week",
                    "Monday",
                    "May",
                    "3",
                    "2020",
                    "early",
                    "late",
                    "end",
                    "and",
                    "to",
                    "since",
                    "-",
                    ",",
                    "ago",
                    "later",
                ]
            )
            for _ in range(_MEGABYTE // 5)
        ),
    }


def _peak() -> int:
    """Return the process's peak of memory in KB, as Linux tells it."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def _memory(news: str, size: int, pipe: object) -> None:
    text = grown(news, size)
    chronicle.find_times("on 3 May 2020", _PUBLISHED)
    before = _peak()
    found = chronicle.find_times(text, _PUBLISHED)
    peak = _peak()
    size = sum(sys.getsizeof(m) + sys.getsizeof(m.text) + sys.getsizeof(m.value) + sys.getsizeof(m.edtf) for m in found)
    pipe.send((peak - before, size // 1024, len(found)))  # type: ignore[attr-defined]


def main() -> None:
    """Print the two tables and the memory."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", type=Path)
    news = "\n\n".join(text for text, _ in read_texts(parser.parse_args().texts))
    chronicle.find_times("on 3 May 2020", _PUBLISHED)
    started = time.perf_counter()
    chronicle.find_times(news, _PUBLISHED)
    first_pass = (time.perf_counter() - started) / len(news)
    print("| size | seconds | KB/s |\n| ---: | ---: | ---: |")
    for size in (1_000, 10_000, 100_000, _MEGABYTE, 10 * _MEGABYTE):
        text = grown(news, size)
        rounds = max(1, 200_000 // size)
        started = time.perf_counter()
        for _ in range(rounds):
            chronicle.find_times(text, _PUBLISHED)
        spent = (time.perf_counter() - started) / rounds
        print(f"| {size // 1000} KB | {spent:.4f} | {size / 1000 / spent:.0f} |")
    print("\nEach text for the first time, its phrases not yet known:\n")
    print("| a megabyte of | seconds | cost per byte beside news |\n| --- | ---: | ---: |")
    print(f"| news | {first_pass * _MEGABYTE:.2f} | 1.0 |")
    for name, text in adversarial().items():
        started = time.perf_counter()
        chronicle.find_times(text, _PUBLISHED)
        spent = time.perf_counter() - started
        print(f"| {name} | {spent:.2f} | {spent / len(text) / first_pass:.1f} |")
    receive, send = multiprocessing.get_context("spawn").Pipe(False)
    worker = multiprocessing.get_context("spawn").Process(target=_memory, args=(news, 10 * _MEGABYTE, send))
    worker.start()
    grew, result, count = receive.recv()
    worker.join()
    print(
        f"\n10 MB: the peak grew by {grew // 1024} MB, of which the result ({count} mentions) is about {result // 1024} MB"
    )


if __name__ == "__main__":
    main()
