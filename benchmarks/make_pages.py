"""Writes a folder of web pages, for timing: copies of the pages of tests/pages under other names: python benchmarks/make_pages.py COUNT FOLDER"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

PAGES = Path(__file__).resolve().parent.parent / "tests" / "pages"
LEFT_OUT = ("empty.html", "binary.html", "navigation-only.html", "no-date.html")


def main() -> None:
    """Write the pages, each with a number in its name and in its first sentence."""
    count, folder = int(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    usable = [p for p in sorted(PAGES.glob("*.html")) if p.name not in LEFT_OUT and "utf16" not in p.name]
    for number, page in enumerate(itertools.islice(itertools.cycle(usable), count)):
        raw = page.read_bytes()
        (folder / f"{number:05d}-{page.name}").write_bytes(
            raw.replace(b"<p>The ", b"<p>In the case of number %d the " % number, 1)
        )


if __name__ == "__main__":
    main()
