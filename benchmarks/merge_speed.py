"""Times merging new events into a log: python benchmarks/merge_speed.py [EVENTS]

A log of that many events is written, then as many others, of other articles, are merged into it and the log is written again.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from make_log import events, write

from chronicle import EventLog


def main() -> None:
    """Print the seconds that a merge takes."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.yaml"
        write(count, path)
        log = EventLog.read(path)
        new = events(count, seed=2)
        for event in new:
            event.id = f"other-{event.id}"
            event.sources[0].article = f"other-{event.sources[0].article}"
        begun = time.perf_counter()
        result = log.take(new)
        log.write()
        print(f"{count} events into {count}: {time.perf_counter() - begun:.1f} s; {result}")


if __name__ == "__main__":
    main()
