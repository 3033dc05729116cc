"""Score find_times on sets of annotated texts, and count the classes of its errors.

Usage: python benchmarks/times.py GOLD.jsonl... [--errors N]   (a line a document, as `chronicle evaluate` reads them)

Prints, per set, F1 relaxed / strict / value with precision and recall, then the largest classes of errors of all sets with an example each.
"""

from __future__ import annotations

import sys
from pathlib import Path

from chronicle.evaluate import classes, predict, read_gold, score


def main() -> None:
    """Score every file and list the errors by class."""
    names = sys.argv[1:]
    shown = int(names.pop(names.index("--errors") + 1)) if "--errors" in names else 10
    names = [name for name in names if name != "--errors"]
    errors = []
    for name in names:
        result = score((document, predict(document)) for document in read_gold(Path(name)))
        figures = " / ".join(f"{result.f1(hits):.1f}" for hits in (result.relaxed, result.strict, result.values))
        print(f"{Path(name).stem:20} {figures}   {result.gold} marked, {result.found} found")
        errors += result.errors
    for name, count, error in classes(errors)[:shown]:
        print(f"{count:5} {name:40} {' '.join(error.context.split())[:100]}")


if __name__ == "__main__":
    main()
