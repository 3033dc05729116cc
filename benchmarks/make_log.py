"""Writes a log of many events as extraction makes them, for timing: python benchmarks/make_log.py EVENTS FILE"""

from __future__ import annotations

import datetime
import random
import sys
from pathlib import Path

from chronicle import Event, Source
from chronicle.log.text import event_lines, new_log

WORDS = [
    "council",
    "talks",
    "bridge",
    "minister",
    "court",
    "troops",
    "vote",
    "border",
    "report",
    "strike",
    "harbour",
    "agreement",
    "delegation",
    "budget",
    "election",
]
VERBS = ["opens", "closes", "meets", "signs", "rejects", "delays", "announces", "cancels", "confirms", "denies"]


def events(count: int, seed: int = 1) -> list[Event]:
    """Return events spread over ten years, a source each."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        day = datetime.date(2015, 1, 1) + datetime.timedelta(chance.randrange(3650))
        title = f"The {chance.choice(WORDS)} of {chance.choice(WORDS)} {chance.choice(VERBS)} the {chance.choice(WORDS)} {number}"
        article = f"article-{number // 5}"
        source = Source(
            article, str(day), f"Title {article}", "A newspaper", f"https://news.example/{article}", f"{title} on {day}.",
            str(day), number * 7, number * 7 + 10, str(day), "counted from the publication date",
        )  # fmt: skip
        made.append(Event(f"{day}-event-{number}", str(day), title, sources=[source], tags=[chance.choice(WORDS)]))
    return made


def write(count: int, path: Path) -> None:
    """Write a log of that many events."""
    text = new_log("A large log").replace("events: []\n", "events:\n")
    text += "".join(line + "\n" for event in events(count) for line in event_lines(event, ""))
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(int(sys.argv[1]), Path(sys.argv[2]))
