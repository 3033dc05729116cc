"""How cost grows with each thing that can be large: doubled three times, the exponent printed: python benchmarks/scaling.py [PART...]

PARTs are text (find_times and extract on sentences, lines and files of all shapes) and log (reading, checking, editing, adding, merging by
many events, of one day, one title, one misspelt id; lists, pages, imports). An exponent of 1 is linear cost, 2 quadratic; it is that of the
line through the logarithms of the last three sizes. Beside it stands the cost per byte or event, for texts as a multiple of news.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import math
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import chronicle
from chronicle import Event, EventLog, Source
from chronicle.log.check import check
from chronicle.log.text import event_lines

_DOUBLINGS = 3
_ROUNDS = 4
_SPENT = 0.1
_DAY = date(1500, 1, 1).toordinal()
_FIRST = 10_000  # numbers of five figures, none of which is a year, so that a longer text is more of the same
NEWS = (
    "The council of Ansbeck met on Tuesday to hear what the flood of last May had cost. In June 2019 the bridge was closed to lorries; "
    "it opened again four months later.\n\nThe mayor, Ada Brandt, said on 3 March 2021 that repairs would begin next spring. "
)


def sentences() -> dict[str, Callable[[int], str]]:
    """Return makers of texts of about so many bytes: what somebody writes, and what somebody could send."""
    return {
        "news": lambda n: (NEWS * (n // len(NEWS) + 1))[:n],
        "one sentence of news": lambda n: (NEWS.replace(".", ",").replace("\n", " ") * (n // len(NEWS) + 1))[:n] + ".",
        "towns and days": lambda n: ", ".join(f"Town{i} on {i % 28 + 1} May" for i in range(n // 18)),
        "they met on Monday and": lambda n: "they met on Monday and " * (n // 23) + "left.",
        "it fell on": lambda n: "it fell on 3 May 2020, " * (n // 23) + "they said.",
        "chronology without stops": lambda n: "\n".join(f"{1700 + i % 300}: The council number {i} built a bridge in Town{i}" for i in range(_FIRST, _FIRST + n // 60)),
        "fixtures without stops": lambda n: "\n".join(f"Team{i} v Team{i + 1} {i % 28 + 1} May 2020 Hall {i}" for i in range(_FIRST, _FIRST + n // 44)),
        "one line of years": lambda n: " ".join(f"{1700 + i % 300} bridge built" for i in range(n // 18)),
        "spaces": lambda n: "They met on" + " " * n + "Monday.",
        "dashes": lambda n: "– " * (n // 4) + "on Monday they met.",
        "he said": lambda n: '"He met," he said, ' * (n // 19) + "on Monday.",
        "clauses": lambda n: "he met, she went, " * (n // 18) + "on Monday.",
        "capitals": lambda n: "A" * n + " met on Monday.",
        "names": lambda n: "Ann Brown " * (n // 10) + "met on Monday.",
        "brackets": lambda n: "(" * (n // 2) + "on Monday they met" + ")" * (n // 2),
        "quotation marks": lambda n: '"' * n + "They met on Monday.",
        "of the end of": lambda n: "the end of " * (n // 11) + "May 2020",
        "digits": lambda n: "1234567890" * (n // 10),
        "last": lambda n: "last " * (n // 5) + "May",
        "hyphens": lambda n: "a-" * (n // 2) + " met on Monday.",
        "anniversaries": lambda n: "the second anniversary of " * (n // 26) + "the fire on Monday.",
    }  # fmt: skip


def events(count: int, **more: Callable[[int], object]) -> list[Event]:
    """Return events each of a day and a title of its own, or as told for each field."""
    return [
        Event(
            **{
                "id": f"e{_FIRST + i}", "when": date.fromordinal(_DAY + i * 11).isoformat(), "title": f"Council {i} meets in Town{i * 7919 % 1_000_003}", "tags": ["x"],
                "sources": [Source(f"a{i % 97}", published="2020-01-01", quote=f"Council {i} met in Town{i}.", expression="then", start=i, end=i + 4)],
                **{name: make(i) for name, make in more.items()},
            }
        )
        for i in range(count)
    ]  # fmt: skip


def written(folder: Path, some: list[Event]) -> Path:
    """Write a log of events."""
    path = folder / "log.yaml"
    body = "\n".join(line for event in some for line in event_lines(event, ""))
    path.write_text(f"events:\n{body}\n" if some else "events: []\n", "utf-8")
    return path


def quiet(*arguments: object) -> None:
    """Run the command, its output thrown away."""
    from chronicle.cli.main import run

    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        run([str(a) for a in arguments])


def logs(folder: Path) -> dict[str, Callable[[int], Callable[[], object]]]:
    """Return for each act on a log a maker: of so many events, which gives what is to be timed."""

    def opened(some: list[Event]) -> EventLog:
        return EventLog.read(written(folder, some))

    def read(n: int) -> Callable[[], object]:
        path = written(folder, events(n))
        return lambda: EventLog.read(path)

    def checked(**more: Callable[[int], object]) -> Callable[[int], Callable[[], object]]:
        def make(n: int) -> Callable[[], object]:
            path = written(folder, events(n, **more))
            return lambda: check(path)

        return make

    def edit(n: int, then: str) -> Callable[[], object]:
        log = opened(events(n))

        def work() -> None:
            for event in log:
                log.set(event.id, title="Other: " + event.title)
            log.diff() if then == "diff" else log.write()

        return work

    def one(n: int) -> Callable[[], object]:
        log = opened(events(n))

        def work() -> None:
            log.confirm(f"e{_FIRST + n // 2}")
            log.write()

        return work

    def add(n: int, **more: Callable[[int], object]) -> Callable[[], object]:
        log, some = opened([]), events(n, **more)

        def work() -> None:
            for event in some:
                log.add(event)
            log.write()

        return work

    def merge(n: int) -> Callable[[], object]:
        log = opened(events(n, related=lambda i: [f"e{_FIRST + (i + 1) % n}"]))

        def work() -> None:
            for i in range(0, n - 1, 2):
                log.merge(f"e{_FIRST + i}", f"e{_FIRST + i + 1}")
            log.write()

        return work

    def remove(n: int) -> Callable[[], object]:
        log = opened(events(n))

        def work() -> None:
            for i in range(0, n, 2):
                log.remove(f"e{_FIRST + i}")
            log.write()

        return work

    def take(n: int, **more: Callable[[int], object]) -> Callable[[], object]:
        # an article after the other, each of ten events
        told = {"sources": lambda i: [Source(f"a{i // 10}", published="2020-01-01", quote=f"Council {i} met in Town{i}.", expression="then", start=i)]}
        log, some = opened([]), events(n, **(told | more))

        def work() -> None:
            for at in range(0, n, 10):
                log.take(some[at : at + 10])
            log.write()

        return work

    def meanwhile(n: int) -> Callable[[], object]:
        path = written(folder, events(n))
        mine, theirs = EventLog.read(path), EventLog.read(path)
        theirs.add(Event("z", "2020", "Theirs"))
        theirs.write()

        def work() -> None:
            for event in mine:
                mine.set(event.id, notes="n")
            mine.write()

        return work

    def command(*arguments: str, suffix: str = "") -> Callable[[int], Callable[[], object]]:
        def make(n: int) -> Callable[[], object]:
            path = written(folder, events(n))
            if suffix:
                quiet("export", path, "--to", suffix, "-o", folder / f"in.{suffix}")
                path = folder / f"in.{suffix}"
            rest = [a.replace("FOLDER", str(folder)) for a in arguments[1:]]
            (folder / "new.yaml").unlink(missing_ok=True)
            return lambda: quiet(arguments[0], path, *rest)

        return make

    return {
        "read": read,
        "check": checked(),
        "check: misspelt related ids": checked(related=lambda i: [f"e{_FIRST + i}x"]),
        "check: one misspelt id everywhere": checked(related=lambda i: ["nobody"]),
        "check: one day and title": checked(when=lambda i: "2020-01-01", title=lambda i: "The same"),
        "edit all, diff": lambda n: edit(n, "diff"),
        "edit all, write": lambda n: edit(n, "write"),
        "confirm one, write": one,
        "add": add,
        "add: one id": lambda n: add(n, id=lambda i: "same"),
        "add: one id, one article": lambda n: add(n, id=lambda i: "same", sources=lambda i: [Source("a", quote=f"q{i}", expression="then", start=i)]),
        "merge in pairs": merge,
        "remove half": remove,
        "take": take,
        "take: one day": lambda n: take(n, when=lambda i: "2020-01-01"),
        "take: one day and title": lambda n: take(n, when=lambda i: "2020-01-01", title=lambda i: "The flood reaches the town"),
        "take: one title": lambda n: take(n, title=lambda i: "The flood reaches the town"),
        "write after another wrote": meanwhile,
        "list": command("list"),
        "format": command("format"),
        "render": command("render", "-o", "FOLDER/page.html"),
        "export csv": command("export", "--to", "csv"),
        "import csv": command("import", "--log", "FOLDER/new.yaml", suffix="csv"),
        "import jsonl": command("import", "--log", "FOLDER/new.yaml", suffix="jsonl"),
        "import ics": command("import", "--log", "FOLDER/new.yaml", suffix="ics"),
    }  # fmt: skip


def seconds(make: Callable[[], Callable[[], object]]) -> float:
    """Return the least CPU time of a thing, done anew until a tenth of a second is spent, without Python's collector of garbage (as timeit does)."""
    best, spent = math.inf, 0.0
    while spent < _SPENT:
        work = make()
        gc.collect()
        gc.disable()
        started = time.process_time()
        work()
        took = time.process_time() - started
        gc.enable()
        best, spent = min(best, took), spent + took
    return best


def exponent(sizes: list[int], times: list[float]) -> float:
    """Return the slope of the line through the logarithms of the last three sizes and times."""
    xs, ys = [math.log(s) for s in sizes[-3:]], [math.log(max(t, 1e-6)) for t in times[-3:]]
    middle_x, middle_y = sum(xs) / 3, sum(ys) / 3
    return sum((x - middle_x) * (y - middle_y) for x, y in zip(xs, ys, strict=True)) / sum((x - middle_x) ** 2 for x in xs)


def grown(make: Callable[[int], Callable[[], object]], first: int, limit: float) -> tuple[float, float, float]:
    """Time a thing at four sizes, each twice the one before, in rounds through all of them, so that what else the machine does meets all alike;
    returns the exponent, the last time, and the cost of one of the last size."""
    sizes = [first * 2**step for step in range(_DOUBLINGS + 1)]
    best = dict.fromkeys(sizes, math.inf)
    for _ in range(_ROUNDS):
        for size in list(sizes):
            took = seconds(lambda size=size: make(size))  # type: ignore[misc]
            best[size] = min(best[size], took)
            if took > limit:
                sizes = sizes[: sizes.index(size) + 1]
                break
    times = [best[size] for size in sizes]
    power = exponent(sizes, times) if len(sizes) >= 3 else math.inf
    return power, times[-1], times[-1] / sizes[-1]


def main() -> None:
    """Print a table for each part."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", choices=["text", "log", []], default=["text", "log"])
    parser.add_argument("--bytes", type=int, default=4000, help="the first size of texts")
    parser.add_argument("--events", type=int, default=500, help="the first size of logs")
    parser.add_argument("--limit", type=float, default=20, help="seconds after which a thing is not doubled again")
    parser.add_argument("--only", default="", help="only what has this in its name")
    chosen = parser.parse_args()
    chronicle.extract(chronicle.Article(NEWS, published="2021-07-16"), nlp="light")
    if "text" in chosen.parts:
        size = f"{chosen.bytes * 2**_DOUBLINGS // 1000} KB"
        acts: dict[str, Callable[[str], object]] = {
            "find_times": lambda text: chronicle.find_times(text, "2021-07-16"),
            "extract": lambda text: chronicle.extract(chronicle.Article(text, published="2021-07-16"), nlp="light"),
        }
        for act, work in acts.items():
            print(f"\n| {act} on | exponent | s at {size} | cost per byte beside news |\n| --- | ---: | ---: | ---: |")
            base = 0.0
            for name, text in sentences().items():
                if chosen.only not in name and base:
                    continue
                made = lambda n, text=text, work=work: (lambda whole: lambda: work(whole))(text(n))  # noqa: E731
                power, last, each = grown(made, chosen.bytes, chosen.limit)
                base = base or each
                print(f"| {name} | {power:.2f} | {last:.3f} | {each / base:.1f} |", flush=True)
    if "log" in chosen.parts:
        folder = Path(tempfile.mkdtemp())
        count = chosen.events * 2**_DOUBLINGS
        print(f"\n| act | exponent | s for {count} events |\n| --- | ---: | ---: |")
        try:
            for name, make in logs(folder).items():
                if chosen.only in name:
                    power, last, _ = grown(make, chosen.events, chosen.limit)
                    print(f"| {name} | {power:.2f} | {last:.3f} |", flush=True)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
