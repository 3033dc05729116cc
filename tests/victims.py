"""Processes that write logs until they are killed, forked from one that has chronicle loaded already, so that hundreds take seconds."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

MOTHER = """
import os, random, sys
from chronicle import Event, EventLog
{act}
for line in sys.stdin:
    if line == "wait\\n":
        try:
            while True:
                os.wait()
        except ChildProcessError:
            os.write(1, b"all\\n")
    else:
        child = os.fork()
        if child == 0:
            path, name = line.rstrip("\\n").split("\\t")
            for number, _ in enumerate(act(path, name), 1):
                # lines this short are written whole (POSIX, PIPE_BUF), those of several processes beside each other
                os.write(1, f"{{name}}\\t{{os.getpid()}}\\t{{number}}\\n".encode())
            os._exit(0)
"""


class Victims:
    """Starts processes that repeat ``act``, a generator of Python source that yields after each write, and kills them.

    ``act(path, name)`` finds ``Event``, ``EventLog`` and ``random`` there.
    """

    def __init__(self, act: str, root: Path) -> None:
        self.mother = subprocess.Popen(
            [sys.executable, "-c", MOTHER.format(act=act)],
            env={**os.environ, "PYTHONPATH": str(root)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def killed(self, paths: dict[str, Path], after: float) -> dict[str, int]:
        """Start a process for each name, kill all ``after`` seconds from when each has written once; returns how often each said that it had written."""
        for name, path in paths.items():
            self.mother.stdin.write(f"{path}\t{name}\n")
        written: dict[str, int] = {}
        processes: dict[str, int] = {}
        while len(written) < len(paths):
            name, process, number = self.mother.stdout.readline().split("\t")
            written[name], processes[name] = int(number), int(process)
        time.sleep(after)
        for process in processes.values():
            os.kill(process, signal.SIGKILL)
        self.mother.stdin.write("wait\n")
        while (line := self.mother.stdout.readline()) != "all\n":
            name, _, number = line.split("\t")
            written[name] = int(number)
        return written


@contextlib.contextmanager
def victims(act: str, root: Path) -> Iterator[Victims]:
    """Hold what forks the victims, and end it."""
    of = Victims(act, root)
    try:
        yield of
    finally:
        of.mother.stdin.close()
        of.mother.wait(30)
        of.mother.stdout.close()
