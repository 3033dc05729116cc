"""Mutants: small faults put into the code, a sample a room, and which of them the room's own tests notice.

``python -m tests.mutants [ROOM ...] [--count 60] [--seed 1]``, or ``make mutants``. The faults are mutmut's (its operators on libcst's trees).
mutmut's own runner is not used: it asks every mutant of a file, chosen by the coverage of one run of all tests, and so cannot take a sample that
fits two cores; cosmic-ray can take one, and has fewer operators. A mutant is killed where a test fails or runs on for three times as long as the tests of
the unchanged code. Mutants of docstrings, of messages of errors and of annotations are not counted: no test should hold a message to the letter.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
# a room, and the tests that are its own
ROOMS = {
    "time": "test_when.py test_timex3.py test_gregorian.py test_words.py test_days.py",
    "resolve": "test_find_times.py test_resolve_steps.py test_corpus.py",
    "story": "test_story.py test_take.py",
    "log": "test_log_read.py test_log_write.py test_log_shapes.py test_log_together.py test_take.py test_api.py",
    "formats": "test_formats.py",
    "readers": "test_readers.py test_dates.py test_documents.py",
}


class Mutant(NamedTuple):
    """A file with one fault in it: what stood there, what stands there now, and in which line."""

    path: Path
    line: int
    before: str
    after: str
    code: str


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield the mutants of a file."""
    import libcst as cst
    from mutmut.mutation.file_mutation import create_mutations, deep_replace

    source = path.read_text("utf-8")
    module, found, _, _ = create_mutations(str(path), source)
    show = cst.Module([]).code_for_node
    for one in found:
        changed = deep_replace(module, one.original_node, one.mutated_node)
        code = changed.code
        if code == source:
            continue
        first = next(i for i, (a, b) in enumerate(zip(source.splitlines(), [*code.splitlines(), ""], strict=False)) if a != b)
        if not is_message(source.splitlines(), first):
            yield Mutant(path, first + 1, show(one.original_node), show(one.mutated_node), code)


def is_message(lines: list[str], number: int) -> bool:
    """Tell whether a line is of an error's message: it raises one, or stands in a call that was opened by such a line."""
    for line in reversed(lines[max(0, number - 3) : number + 1]):
        if "raise " in line or "Error(" in line or "Fault(" in line or ".fault(" in line or "Loss(" in line:
            return True
        if line.rstrip().endswith(":"):
            return False
    return False


def run(home: Path, tests: list[str], limit: float | None, tell: bool = False) -> bool:
    """Tell whether tests pass on the code in a folder; with ``tell`` show what fails."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:cacheprovider", *(f"tests/{t}" for t in tests)]
    environment = {**os.environ, "PYTHONPATH": str(home), "PYTHONDONTWRITEBYTECODE": "1", "HYPOTHESIS_MAX_EXAMPLES": "20"}
    try:
        done = subprocess.run(command, cwd=home, env=environment, capture_output=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return False
    if tell and done.returncode:
        sys.stderr.write(done.stdout.decode(errors="replace")[-2000:])
    return done.returncode == 0


def ask(room: str, count: int, seed: int, home: Path) -> tuple[int, list[Mutant]]:
    """Return how many mutants of a room were asked, and those that no test noticed."""
    tests = [t for t in ROOMS[room].split() if (ROOT / "tests" / t).exists()]
    started = time.monotonic()
    if not run(home, tests, None, tell=True):
        raise SystemExit(f"{room}: its tests fail without any fault; mend them first")
    limit = 3 * (time.monotonic() - started) + 5
    # a file is chosen as often as it is long, and then one of its mutants: to make all of them would take longer than to ask a sample
    chance = random.Random(seed)  # noqa: S311 a sample, no secret
    files = sorted((home / "chronicle" / room).rglob("*.py"))
    sizes = [f.stat().st_size for f in files]
    drawn = [files.index(f) for f in chance.choices(files, sizes, k=count)]
    chosen: list[Mutant] = []
    for number in sorted(set(drawn)):
        found = list(mutants(files[number]))
        chosen += chance.sample(found, min(drawn.count(number), len(found)))
    alive = []
    for mutant in chosen:
        whole = mutant.path.read_bytes()
        mutant.path.write_text(mutant.code, "utf-8")
        try:
            if run(home, tests, limit):
                alive.append(mutant)
                print(f"  {mutant.path.relative_to(home)}:{mutant.line}: {mutant.before!r:.100} -> {mutant.after!r:.100}", flush=True)
        finally:
            mutant.path.write_bytes(whole)
    return len(chosen), alive


def main() -> None:
    """Ask the rooms that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", choices=[*ROOMS, []], help="rooms to ask (all)")
    parser.add_argument("--count", type=int, default=60, help="mutants a room")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for name in ("chronicle", "tests", "seeds", "events", "docs", "benchmarks"):
            shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
        for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "pyproject.toml", "Makefile", "english.txt"):
            shutil.copy(ROOT / name, home / name)
        for room in given.rooms or ROOMS:
            print(f"{room}:", flush=True)
            asked, alive = ask(room, given.count, given.seed, home)
            print(f"{room}: {asked - len(alive)} of {asked} killed", flush=True)


if __name__ == "__main__":
    main()
