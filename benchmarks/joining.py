"""What is joined in stories whose gold is known: PYTHONPATH=. python benchmarks/joining.py [FOLDER...] [--nlp NAME] [--show] [--vary]

A story is a folder with articles/*.md and gold.yaml, as in tests/stories. Counts pairs of retellings that became one event, events that became
one of two happenings though no expression of the article dates both, outcomes that point at what was expected, and outcomes that point at
something else. With --vary each weight of chronicle.story is made half and twice as large, one after another.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import attrs
import yaml

from chronicle import Article, Event, EventLog, extract, read_article
from chronicle.log.take import Taker
from chronicle.story import Weights

HERE = Path(__file__).parent.parent / "tests" / "stories"


class Gold:
    """A story, its articles extracted once."""

    def __init__(self, folder: Path, nlp: str | None) -> None:
        self.name = folder.name
        self.happenings: list[dict[str, Any]] = yaml.safe_load((folder / "gold.yaml").read_text("utf-8"))["happenings"]
        self.articles: dict[str, Article] = {
            p.stem: read_article(p) for p in sorted((folder / "articles").glob("*.md"))
        }
        self.events: dict[str, list[Event]] = {
            stem: extract(a, nlp=nlp) if nlp else extract(a)  # type: ignore[call-arg]
            for stem, a in sorted(self.articles.items(), key=lambda item: str(item[1].published))
        }

    def place(self, told: dict[str, Any]) -> tuple[str, int, int]:
        """Return the article and the place of an expression. Raises ValueError where it is not there."""
        article, at = self.articles[told["article"]], -1
        for _ in range(told.get("nth", 1)):
            at = article.text.index(told["expression"], at + 1)
        return article.key, at, at + len(told["expression"])


def score(gold: Gold, weights: Weights | None = None, show: bool = False) -> Counter[str]:
    """Read a story into a log and count what was made of it."""
    count: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        log = EventLog.read(Path(folder) / "log.yaml", create=True)
    taker = Taker(log, weights)
    for events in gold.events.values():
        taker.take([attrs.evolve(e, sources=list(e.sources)) for e in events])
    homes: dict[str, set[str]] = {}
    tellers: dict[str, list[str]] = {}
    expressions: dict[str, set[tuple[str, int, int]]] = {}
    for happening in gold.happenings:
        for told in happening["told"]:
            key, start, end = place = gold.place(told)
            expressions.setdefault(happening["id"], set()).add(place)
            found = next(
                (
                    e.id
                    for e in log
                    for s in e.sources
                    if s.article == key
                    and s.start is not None
                    and s.end is not None
                    and s.start < end
                    and start < s.end
                ),
                None,
            )
            if found is not None:
                tellers.setdefault(happening["id"], []).append(found)
                homes.setdefault(happening["id"], set()).add(found)
    for name, ids in tellers.items():
        for one, other in combinations(ids, 2):
            count["retellings"] += 1
            count["joined"] += one == other
            if show and one != other:
                print(f"  {gold.name}: two events of {name}: {_said(log, one)}; {_said(log, other)}")
    for (one, ids), (other, others) in combinations(homes.items(), 2):
        if ids & others and not expressions[one] & expressions[other]:
            count["false joins"] += 1
            if show:
                print(f"  {gold.name}: one event of {one} and {other}: {_said(log, next(iter(ids & others)))}")
    wanted = {h["id"]: h["outcome_of"] for h in gold.happenings if h.get("outcome_of")}
    linked: set[tuple[str, str]] = set()
    for name, before in wanted.items():
        if name in homes and before in homes:
            count["outcomes"] += 1
            good = {
                (a, b)
                for a in homes[name]
                for b in homes[before]
                if b in log.by_id(a).related or a in log.by_id(b).related
            }
            count["linked"] += bool(good)
            linked |= good | {(b, a) for a, b in good}
            if show and not good:
                print(
                    f"  {gold.name}: {name} is not linked with {before}: {_said(log, min(homes[name]))}; {_said(log, min(homes[before]))}"
                )
    for event in log:
        for other in event.related:
            if (event.id, other) not in linked:
                count["other links"] += 1
                if show:
                    print(f"  {gold.name}: linked: {_said(log, event.id)}; {_said(log, other)}")
    return count


def _said(log: EventLog, name: str) -> str:
    event = log.by_id(name)
    return f"[{event.when} {event.status}] {event.title}"


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--nlp")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--vary", action="store_true")
    given = parser.parse_args()
    stories = [Gold(f, given.nlp) for f in given.folders or sorted(p for p in HERE.iterdir() if p.is_dir())]

    def total(weights: Weights | None = None) -> str:
        counts = [score(s, weights, given.show) for s in stories]
        whole = sum(counts, Counter())
        return ", ".join(
            f"{n} {whole[n]}" for n in ("retellings", "joined", "false joins", "outcomes", "linked", "other links")
        )

    print(f"{'as it is':24s} {total()}")
    if given.vary:
        for name, value in attrs.asdict(Weights()).items():
            for factor in (0.5, 0.8, 1.25, 2.0):
                print(f"{name + ' ' + format(value * factor, 'g'):24s} {total(Weights(**{name: value * factor}))}")


if __name__ == "__main__":
    main()
