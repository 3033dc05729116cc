"""Every mention and every event of the gold sets, the stories and seeds/, a line of JSON each: python benchmarks/write_down.py OUT [--no-events]

For comparing a change that should change nothing, byte for byte: run before and after, then ``cmp`` or ``diff`` the two files.
Each text is told by its set and id; ../shared/gold and ../shared/stories are read where they are there.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

import chronicle

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def texts() -> Iterator[tuple[str, chronicle.Article]]:
    """Yield every English text with its name."""
    for path in sorted([*(SHARED / "gold").glob("*.jsonl"), *(SHARED / "gold" / "en").glob("*.jsonl")]):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            yield f"{path.stem}/{row['id']}", chronicle.Article(row["text"], row["dct"])
    for path in sorted([*(SHARED / "stories").glob("*/articles/*.md"), *(ROOT / "seeds").glob("*/*.md")]):
        yield f"{path.parent.parent.name}/{path.parent.name}/{path.name}", chronicle.read_article(path)


def plain(value: Any) -> Any:
    """Return a value as JSON takes it, every field of it."""
    if attrs.has(type(value)) and not type(value).__module__.startswith(("chronicle.time", "chronicle.tagger.meaning")):
        return {a.name: plain(getattr(value, a.name)) for a in attrs.fields(type(value))}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--no-events", action="store_true")
    arguments = parser.parse_args()
    with arguments.out.open("w", encoding="utf-8") as out:
        for name, article in texts():
            for mention in chronicle.find_times(article.text, article.published):
                row = {**plain(mention), "explained": mention.explain(), "unresolved": mention.is_unresolved}
                out.write(json.dumps({"in": name, "mention": row}, ensure_ascii=False, sort_keys=True) + "\n")
            for event in [] if arguments.no_events else chronicle.extract(article):
                out.write(json.dumps({"in": name, "event": plain(event)}, ensure_ascii=False, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
