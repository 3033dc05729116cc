"""What the light reader makes of sentences with times, beside a pipeline of spaCy: python benchmarks/clauses.py FOLDER [--show CLASS] [--nlp NAME]

FOLDER holds articles as chronicle reads them (text, Markdown, JSON lines). Events of the two readers are put side by side by article, sentence and
expression; counted is where they differ: only one of them has an event, another word is dated, another subject, status or title. ``--show``
prints the first hundred of a class.
"""

from __future__ import annotations

import argparse
import collections
from collections.abc import Iterator
from pathlib import Path

import chronicle
from chronicle.event import Event

CLASSES = ("only light", "only spaCy", "dated", "subject", "status", "title", "equal")


def compared(article: chronicle.Article, nlp: str) -> Iterator[tuple[str, Event | None, Event | None]]:
    """Yield the class of each pair of events of an article, with what light and spaCy made of it."""
    by_place = [
        {(e.sources[0].start, e.sources[0].end): e for e in chronicle.extract(article, nlp=who)} for who in ("light", nlp)
    ]
    for place in sorted({*by_place[0], *by_place[1]}):
        light, other = by_place[0].get(place), by_place[1].get(place)
        yield _class(light, other), light, other


def _class(light: Event | None, other: Event | None) -> str:
    if light is None or other is None:
        return "only spaCy" if light is None else "only light"
    if light.predicate is None or other.predicate is None or light.predicate.start != other.predicate.start:
        return "dated"
    if light.who != other.who:
        return "subject"
    if light.status != other.status:
        return "status"
    return "equal" if light.title == other.title else "title"


def main() -> None:
    """Print a table of the classes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("--show", choices=CLASSES)
    parser.add_argument("--nlp", default="auto")
    options = parser.parse_args()
    counts: collections.Counter[str] = collections.Counter()
    shown = 0
    for article in chronicle.read_articles(Path(options.folder)):
        if not isinstance(article, chronicle.Article) or article.language != "en":
            continue
        for kind, light, other in compared(article, options.nlp):
            counts[kind] += 1
            if kind == options.show and shown < 100:
                shown += 1
                one = light or other
                print(f"\n{one.sources[0].quote if one else ''}\n  at: {one.sources[0].expression if one else ''}")
                for name, event in (("light", light), ("spaCy", other)):
                    if event is not None:
                        word = event.predicate.text if event.predicate else "-"
                        print(f"  {name}: {word} | {event.who} | {event.status} | {event.title}")
    total = max(sum(counts.values()), 1)
    print("| what differs | events | % |\n| --- | ---: | ---: |")
    for kind in CLASSES:
        print(f"| {kind} | {counts[kind]} | {100 * counts[kind] / total:.1f} |")


if __name__ == "__main__":
    main()
