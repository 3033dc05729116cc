"""How well chronicle chooses the days that matter: python benchmarks/digest.py DAYS.jsonl [--fit]

DAYS.jsonl has a collection a line: ``set``, ``articles`` [{pub, days: [[day, place], ...]}] and ``gold``, lists of days. Date F1 as timeline
summarisation counts it: candidates from the first to the last day of publication, the reference cut to these, as many days chosen as it has.
Each topic (the part of ``set`` before its first "_") is judged by weights fitted on the other topics. ``--fit`` prints the weights fitted on all.
"""

from __future__ import annotations

import datetime
import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from chronicle.story.days import FEATURES, DaysTold, features, ranked_days

PENALTY = 1.5


def load(path: str) -> list[tuple[str, list[DaysTold], list[datetime.date]]]:
    """Return each reference timeline with its collection's name and tellings."""
    found = []
    for line in Path(path).read_text("utf-8").splitlines():
        record = json.loads(line)
        tellings = []
        for article in record["articles"]:
            days = set()
            for text, _ in article["days"]:
                try:
                    days.add(datetime.date.fromisoformat(text))
                except ValueError:
                    continue
            tellings.append(DaysTold(datetime.date.fromisoformat(article["pub"]), frozenset(days)))
        first, last = min(t.published for t in tellings), max(t.published for t in tellings)
        for gold in record["gold"]:
            days = sorted({datetime.date.fromisoformat(d) for d in gold})
            found.append((record["set"], tellings, [d for d in days if first <= d <= last]))
    return found


def fit(timelines: list[tuple[str, list[DaysTold], list[datetime.date]]]) -> dict[str, float]:
    """Fit a logistic regression with a bias for each timeline, each weighing as the root of its days, by Newton's method."""
    data = []
    for _, tellings, gold in timelines:
        table = features(tellings)
        data.append((np.array(list(table.values())), np.array([float(day in set(gold)) for day in table])))
    weights = np.zeros(len(FEATURES))
    biases = [float(np.log(y.mean() / (1 - y.mean()))) for _, y in data]
    for _ in range(60):
        gradient, hessian = -PENALTY * weights, PENALTY * np.eye(len(weights))
        for index, (x, y) in enumerate(data):
            p = 1 / (1 + np.exp(-(x @ weights + biases[index])))
            scale = 1 / np.sqrt(max(1.0, y.sum()))
            gradient += scale * x.T @ (y - p)
            hessian += scale * (x.T * (p * (1 - p))) @ x
            biases[index] += float((y - p).sum() / ((p * (1 - p)).sum() + 1e-6))
        weights += 0.7 * np.linalg.solve(hessian, gradient)
    return {name: round(float(w), 3) for name, w in zip(FEATURES, weights, strict=True)}


def counted(tellings: list[DaysTold], count: int) -> list[datetime.date]:
    """Choose the days that most articles name: the baseline."""
    first, last = min(t.published for t in tellings), max(t.published for t in tellings)
    counts = Counter(day for t in tellings for day in t.days if first <= day <= last)
    return [day for day, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:count]]


def f1(chosen: list[datetime.date], gold: list[datetime.date]) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * len(set(chosen) & set(gold)) / (len(chosen) + len(gold))


def main() -> None:
    """Print the table."""
    timelines = load(sys.argv[1])
    if "--fit" in sys.argv:
        print(json.dumps(fit(timelines), indent=1))
        return
    rows = []
    for name, tellings, gold in timelines:
        topic = name.partition("_")[0]
        weights = fit([t for t in timelines if t[0].partition("_")[0] != topic])
        chosen = ranked_days(tellings, weights)[: len(gold)]
        shipped = ranked_days(tellings)[: len(gold)]
        rows.append((f1(counted(tellings, len(gold)), gold), f1(chosen, gold), f1(shipped, gold)))
        print(f"{name:24} {len(gold):4} days   counting {rows[-1][0]:.3f}   left out {rows[-1][1]:.3f}   as shipped {rows[-1][2]:.3f}")
    means = [sum(row[i] for row in rows) / len(rows) for i in range(3)]
    print(f"{'mean':24} {'':9}   counting {means[0]:.3f}   left out {means[1]:.3f}   as shipped {means[2]:.3f}")


if __name__ == "__main__":
    main()
