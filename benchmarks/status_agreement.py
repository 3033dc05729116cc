"""How far the status of events agrees with annotated tense and polarity: python benchmarks/status_agreement.py GOLD.jsonl ...

A line of GOLD is a document: id, dct, text, timexes, events (start, end, eiid, tense, polarity, modality) and tlinks. Counted are the
events whose predicate a link ties to their expression of time, where the annotation says happened (PAST, no modality), future (FUTURE, or
will, would, shall or to) or negated (NEG). The second figure sets aside what is marked NEG in a sentence without any word of negation.
"""

from __future__ import annotations

import argparse
import collections
import json
import re
from pathlib import Path
from typing import Any

import chronicle
from chronicle.syntax.blocks import sentence_spans

_PLACES = {"IS_INCLUDED", "SIMULTANEOUS", "DURING", "BEGUN_BY", "ENDED_BY", "BEGINS", "ENDS", "INCLUDES"}
_CLAIMS = {
    "happened": "happened",
    "ongoing": "happened",
    "recurring": "happened",
    "planned": "future",
    "expected": "future",
    "possible": "future",
    "hypothetical": "future",
    "denied": "negated",
    "cancelled": "negated",
}
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nor|neither|nobody|nothing|without|cannot|fail\w*|refus\w*|den(?:y|ied|ies|ying)|reject\w*|unable|declin\w*"
    r"|lack\w*|prevent\w*|halt\w*|cancel\w*)\b|n['’]t\b",
    re.IGNORECASE,
)


def _annotated(event: dict[str, Any]) -> str | None:
    if event.get("polarity") == "NEG":
        return "negated"
    modality = (event.get("modality") or "").strip().lower()
    if event.get("tense") == "FUTURE" or modality in ("will", "would", "shall", "to", "'ll"):
        return "future"
    return "happened" if event.get("tense") == "PAST" and not modality else None


def _compared(document: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """Return (what is annotated, what chronicle says, whether a word of negation is near) of each event that both have."""
    text = document["text"]
    spans = sentence_spans(text)

    def sentence(at: int) -> tuple[int, int]:
        return next(((a, b) for a, b in spans if a <= at < b), (0, 0))

    events = {e["eiid"]: e for e in document["events"] if e.get("eiid")}
    times = {t["tid"]: t for t in document["timexes"]}
    linked: dict[tuple[int, int], list[dict[str, Any]]] = collections.defaultdict(list)
    for link in document["tlinks"]:
        event = events.get(link.get("eventInstanceID")) or events.get(link.get("relatedToEventInstance"))
        timex = times.get(link.get("relatedToTime")) or times.get(link.get("timeID"))
        if event and timex and link["relType"] in _PLACES and sentence(event["start"]) == sentence(timex["start"]):
            linked[timex["start"], timex["end"]].append(event)
    article = chronicle.Article(text, published=document["dct"], id=document["id"])
    found = []
    for said in chronicle.extract(article, undated=True):
        source, predicate = said.sources[0], said.predicate
        if predicate is None:
            continue
        for (start, end), candidates in linked.items():
            if not source.start < end or not start < source.end:
                continue
            for event in candidates:
                claim = _annotated(event)
                if claim and predicate.start < event["end"] and event["start"] < predicate.end:
                    first, last = sentence(event["start"])
                    found.append((claim, _CLAIMS[said.status], _NEGATION.search(text[first:last]) is not None))
    return found


def main() -> None:
    """Print a table, a line a file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", nargs="+", type=Path)
    print(
        "| file | events | agreement, % | without NEG where nothing negates | agreement, % |\n| --- | ---: | ---: | ---: | ---: |"
    )
    together: list[tuple[str, str, bool]] = []
    for path in parser.parse_args().gold:
        rows = [row for line in path.read_text("utf-8").splitlines() for row in _compared(json.loads(line))]
        together += rows
        _print(path.name, rows)
    _print("all", together)


def _print(name: str, rows: list[tuple[str, str, bool]]) -> None:
    usable = [row for row in rows if row[0] != "negated" or row[2]]
    shares = [100 * sum(a == b for a, b, _ in some) / max(len(some), 1) for some in (rows, usable)]
    print(f"| {name} | {len(rows)} | {shares[0]:.1f} | {len(usable)} | {shares[1]:.1f} |")


if __name__ == "__main__":
    main()
