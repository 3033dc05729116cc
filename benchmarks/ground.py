"""What the ground finds in annotated texts, beside dateparser.search: python benchmarks/ground.py GOLD...

GOLD are .jsonl files of documents (id, lang, dct, text, timexes). Folders of languages are left aside: every language is read by the tables
alone. F1 relaxed / strict / value after ../shared/gold/score.py (TempEval-3's), and the time of one pass over the texts, loading left out.
dateparser.search gets as many documents as it reads in some minutes, and the ground is scored on the same.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.util
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from chronicle.resolve import find
from chronicle.resolve.passage import Passage, reader
from chronicle.tagger.language import on_the_ground

Document = dict[str, Any]
_LONGEST = 90.0


def on_ground(document: Document) -> list[dict[str, Any]]:
    """Return what the ground finds."""
    language = on_the_ground(document["lang"])
    passage = Passage.read(document["text"], reader(language), document["dct"])
    return [{"start": m.start, "end": m.end, "value": m.value, "type": m.type} for m in find.mentions(passage)]


def searched(document: Document) -> list[dict[str, Any]]:
    """Return what dateparser.search finds, a time of day only where the words say one."""
    from dateparser.search import search_dates

    base = datetime.datetime.fromisoformat(document["dct"][:10]) if document["dct"] else datetime.datetime(2000, 1, 1)
    code = {"zh": "zh-Hans"}.get(document["lang"], document["lang"])
    settings: Any = {"RELATIVE_BASE": base}
    found, at = [], 0
    for words, moment in search_dates(document["text"], languages=[code], settings=settings) or []:
        start = document["text"].find(words, at)
        if start < 0:
            continue
        at = start + len(words)
        clock = moment.strftime("T%H:%M") if ":" in words else ""
        found.append(
            {"start": start, "end": at, "value": f"{moment:%Y-%m-%d}{clock}", "type": "TIME" if clock else "DATE"}
        )
    return found


def run(
    reader_of: Callable[[Document], list[dict[str, Any]]], documents: list[Document]
) -> tuple[dict[str, Any], float, int]:
    """Return what a finder finds by id, the seconds, and how many documents it read."""
    found: dict[str, Any] = {}
    begun = time.perf_counter()
    for document in documents:
        found[document["id"]] = {"timexes": reader_of(document)}
        if time.perf_counter() - begun > _LONGEST:
            break
    return found, time.perf_counter() - begun, len(found)


def main() -> None:
    """Print a table."""
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, nargs="+")
    paths = parser.parse_args().gold
    spec = importlib.util.spec_from_file_location("score", paths[0].resolve().parent.parent / "score.py")
    assert spec is not None and spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    print(
        "| texts | the ground: relaxed / strict / value | KB/s | dateparser.search | KB/s | times as fast |\n| --- | --- | ---: | --- | ---: | ---: |"
    )
    for path in paths:
        gold = score.load(path)
        documents = list(gold.values())
        on_ground({**documents[0], "text": "x"})
        theirs, their_seconds, count = run(searched, documents)
        ours, seconds, _ = run(on_ground, documents[:count])
        size = sum(len(d["text"].encode()) for d in documents[:count]) / 1000
        same = {key: gold[key] for key in ours}
        cells = []
        for found, taken in ((ours, seconds), (theirs, their_seconds)):
            s = score.score(same, found)[0]
            cells += [f"{s['relaxedF1']:.1f} / {s['strictF1']:.1f} / {s['valueF1']:.1f}", f"{size / taken:.1f}"]
        print(
            f"| {path.parent.name}/{path.stem} ({count} of {len(documents)}) | {' | '.join(cells)} | {their_seconds / seconds:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
