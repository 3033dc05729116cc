"""Which days matter to a story: date selection, as timeline summarisation calls it.

A day matters that articles come back to long after it, on and after which much is published, and that follows one that is told of. The
weights are fitted by ``benchmarks/digest.py``.

Sources: G. B. Tran et al., "Leveraging learning to rank in an optimization framework for timeline summarization" (2013), for the task and
Timeline17; D. Gholipour Ghalandari and G. Ifrim, "Examining the state-of-the-art in news timeline summarization" (2020), for date selection
by supervised ranking.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import frozen

#: a mention counts in full from so many days after the day: e^3 - 1
_LATE: Final = 3.0
FEATURES: Final = ("age", "published", "before")
#: fitted on ten timelines of Timeline17: python benchmarks/digest.py DAYS.jsonl --fit
WEIGHTS: Final[Mapping[str, float]] = {"age": 1.036, "published": 0.433, "before": 0.156}


@frozen
class DaysTold:
    """What an article tells of: the day it was published on (its own), and the days that it names."""

    published: datetime.date
    days: frozenset[datetime.date]


def features(tellings: Sequence[DaysTold], before: int = 0) -> dict[datetime.date, tuple[float, ...]]:
    """Return the values of FEATURES for each day from ``before`` days before the first publication to the last publication."""
    first = min(t.published for t in tellings) - datetime.timedelta(before)
    size = (max(t.published for t in tellings) - first).days + 1
    age, told, published = [0.0] * size, [0.0] * size, [0.0] * (size + 1)
    for telling in tellings:
        published[(telling.published - first).days] += 1
        for day in telling.days:
            place = (day - first).days
            if 0 <= place < size:
                told[place] += 1
                age[place] += min(1.0, math.log1p(max(0, (telling.published - day).days)) / _LATE)
    late = _standard(age)
    # what happens in the evening is in the next day's paper
    news = _standard([published[i] + published[i + 1] for i in range(size)])
    previous = _standard([0.0, *told[:-1]])
    return {first + datetime.timedelta(i): (late[i], news[i], previous[i]) for i in range(size)}


def _standard(values: list[float]) -> list[float]:
    """Return the logarithms of counts in standard deviations from their mean."""
    logs = [math.log1p(v) for v in values]
    mean = sum(logs) / len(logs)
    deviation = math.sqrt(sum((x - mean) ** 2 for x in logs) / len(logs)) or 1.0
    return [(x - mean) / deviation for x in logs]


def ranked_days(
    tellings: Iterable[DaysTold], weights: Mapping[str, float] = WEIGHTS, before: int = 0
) -> list[datetime.date]:
    """Return the days from the first publication to the last, those first that matter most to the story. Without a telling there is none.

    ``before`` adds so many days before the first publication: what a story is about happened before anybody wrote of it.
    """
    given = list(tellings)
    if not given:
        return []
    scores = {
        day: sum(weights[name] * value for name, value in zip(FEATURES, values, strict=True))
        for day, values in features(given, before).items()
    }
    return sorted(scores, key=lambda day: (-scores[day], day))
