"""How long curating a large log takes: opening it, an event, a decision until it is written, taking it back.

``python benchmarks/curating.py [EVENTS]`` makes a log of so many events (10,000) in a folder that is thrown away and prints a line for each,
processor time and elapsed time in seconds.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from chronicle import Event, Source
from chronicle.curate.desk import Desk
from chronicle.log.text import event_lines


def made(path: Path, count: int) -> None:
    """Write a log of so many events."""
    lines = ["format: 1", "title: Many", "events:"]
    for n in range(count):
        source = Source(
            f"a{n % 50}", "2021-02-05", "Paper says so", "The Paper", quote=f"The council decided on Wednesday about harbour number {n}, at last.",
            expression="on Wednesday", start=35, end=47, anchor="2021-02-05", how="counted from the publication date",
        )  # fmt: skip
        when = f"{1990 + n % 30}-{1 + n % 12:02d}-{1 + n % 28:02d}"
        doubts = ["title"] if n % 7 == 0 else []
        lines += event_lines(Event(f"e{n}", when, f"The council decides about harbour number {n}", places=["Town"], doubts=doubts, sources=[source]), "")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def timed(what: str, work: Callable[[], object]) -> object:
    """Do something and print how long it took."""
    cpu, clock = time.process_time(), time.perf_counter()
    result = work()
    print(f"{what:<42} {time.process_time() - cpu:7.3f} {time.perf_counter() - clock:7.3f}")
    return result


def main() -> None:
    """Measure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "many.yaml"
        made(path, count)
        print(f"{count} events, {path.stat().st_size:,} bytes{'':<12} cpu elapsed")
        desk = Desk([path])
        timed("open the logs", lambda: Desk([path]))
        timed("the page's first requests", lambda: (desk.about(), desk.queue({"review": "proposed"}), desk.event("0:e7"), desk.article("0:e7")))
        for name in ("0:e7", f"0:e{count // 2}", f"0:e{count - 1}"):
            version = desk.event(name)["version"]
            act = {"act": "edit", "events": [[name, version]], "fields": {"title": "Another title", "when": "3 May 2021"}}
            timed(f"a decision on {name[2:]}, written", lambda act=act: desk.decide(act))  # type: ignore[misc]
        timed("undo", desk.take_back)
        timed("the queue, filtered by words", lambda: desk.queue({"text": "number 77"}))
        timed("the difference", desk.diff)


if __name__ == "__main__":
    main()
