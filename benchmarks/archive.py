"""What an archive costs: python benchmarks/archive.py [--articles 200000] [--folder DIR] [--half]

Makes articles out of templates of its own, no two alike, about 3 KB each, in three languages, and prints articles a second with one and with two workers,
bytes written for an article, the largest worker's memory, the time to go on after a kill, and the cost of questions and of one per cent more.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PLACES = ["Norburg", "Ellmouth", "Saltwick", "Harrowby", "Kestrel Bay", "Tarn", "Olvik", "Brenna", "Sankt Veit", "Marlow Sound"]
PEOPLE = ["Anna Holt", "Peter Varga", "Ines Duarte", "Jonas Brandt", "Mara Lindqvist", "Tom Okafor", "Lucia Ferro", "Karl Weiss"]
THINGS = ["harbour bridge", "water treaty", "school budget", "tram line", "flood wall", "grain levy", "night ferry", "power station", "market hall"]
EN = [
    "The council of {place} approved the {thing} on {weekday}.",
    "{person} said that work on the {thing} would begin in {month} {next}.",
    "The {thing} had been closed since {month} {before}, when a storm struck {place}.",
    "Talks between {place} and {other} broke down last week after {n} hours.",
    "“We have waited since {before},” {person} told reporters in {place}.",
    "In {before}, {person} had promised to rebuild the {thing} within two years.",
    "A vote is expected on {day} {month}, the mayor's office said.",
    "Police arrested {n} people near the {thing} early on {weekday}.",
    "Prices in {other} rose {n} per cent in the second quarter of {before}.",
    "The court in {place} will hear the case of the {thing} next month.",
    "Nobody in {place} had expected so many visitors, and the streets were full of lanterns and music.",
    "The plan names {n} houses, a park by the water and a road around the old town.",
    "{person} was born in {other} and studied law before turning to politics.",
]
DE = [
    "Der Rat von {place} hat am {day}. März {before} über die Brücke abgestimmt.",
    "{person} sagte am Dienstag, die Arbeiten sollten im nächsten Jahr beginnen.",
    "Seit {before} ist der Tunnel bei {other} gesperrt.",
    "Die Stadt will bis Ende {next} {n} Wohnungen bauen und einen Park am Wasser anlegen.",
    "Viele Menschen kamen zum Fest, und die Straßen waren voller Musik.",
]
FR = [
    "Le conseil de {place} a voté le {day} mars {before} la construction du pont.",
    "{person} a annoncé mardi que les travaux commenceraient l'année prochaine.",
    "Depuis {before}, le tunnel de {other} est fermé.",
    "La ville veut bâtir {n} logements d'ici {next} et ouvrir un parc au bord de l'eau.",
    "Beaucoup de monde est venu à la fête, et les rues étaient pleines de musique.",
]
MONTHS = ["January", "March", "April", "June", "July", "September", "October", "December"]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


def articles(count: int, first: int = 0, seed: int = 7) -> list[str]:
    """Return lines of JSON, an article each; one number always gives one article."""
    lines = []
    for number in range(first, first + count):
        chance = random.Random(seed * 1_000_003 + number)
        day = datetime.date(1995, 1, 1) + datetime.timedelta(chance.randrange(10_900))
        language = chance.choices(("en", "de", "fr"), (8, 1, 1))[0]
        pool = {"en": EN, "de": DE, "fr": FR}[language]
        body: list[str] = []
        while sum(map(len, body)) < 2900:
            place, other = chance.sample(PLACES, 2)
            body.append(
                chance.choice(pool).format(
                    place=place, other=other, person=chance.choice(PEOPLE), thing=chance.choice(THINGS), n=chance.randrange(3, 900),
                    weekday=chance.choice(WEEKDAYS), month=chance.choice(MONTHS), day=chance.randrange(1, 29),
                    before=day.year - chance.randrange(1, 30), next=day.year + 1,
                )
            )  # fmt: skip
            if chance.random() < 0.25:
                body.append("\n\n")
        text = " ".join(body).replace(" \n\n ", "\n\n")
        title = f"{chance.choice(PLACES)}: {chance.choice(THINGS)} {number}"
        lines.append(json.dumps({"id": f"n{number}", "published": str(day), "language": language, "title": title, "text": text}) + "\n")
    return lines


def build(source: Path, folder: Path, jobs: int) -> tuple[float, float]:
    """Build an archive as a user would; returns seconds and the largest process's memory in MB."""
    begin = time.perf_counter()
    command = [sys.executable, "-m", "chronicle", "archive", str(source), "--into", str(folder), "--jobs", str(jobs)]
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000


def killed(source: Path, folder: Path, after: float) -> tuple[float, float]:
    """Kill a run and go on; returns the seconds of both."""
    command = [sys.executable, "-m", "chronicle", "archive", str(source), "--into", str(folder), "--jobs", "2"]
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
    time.sleep(after)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return after, build(source, folder, 2)[0]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "chronicle-archive")
    parser.add_argument("--half", action="store_true", help="leave out the run with one worker")
    given = parser.parse_args()
    shutil.rmtree(given.folder, ignore_errors=True)
    given.folder.mkdir(parents=True)
    source = given.folder / "news.jsonl"
    size = 0
    with source.open("w", encoding="utf-8") as file:
        for first in range(0, given.articles, 1000):
            lines = articles(min(1000, given.articles - first), first)
            size += sum(map(len, lines))
            file.writelines(lines)
    print(f"{given.articles} articles, {size / given.articles / 1000:.1f} KB each")
    for jobs in (2,) if given.half else (1, 2):
        seconds, memory = build(source, given.folder / f"jobs{jobs}", jobs)
        print(f"{jobs} workers: {given.articles / seconds:,.0f} articles a second, {seconds:,.0f} s; largest process {memory:,.0f} MB", flush=True)
    written = sum(p.stat().st_size for p in (given.folder / "jobs2").rglob("*.parquet"))
    print(f"written: {written / given.articles:,.0f} bytes an article")
    from chronicle import Archive

    archive = Archive(given.folder / "jobs2")
    total = archive.sql("SELECT count(*) AS n FROM events").to_pylist()[0]["n"]
    for wanted in ({"about": "harbour bridge", "during": "2010", "limit": 100}, {"who": "Anna Holt", "limit": 100}, {"about": "treaty", "sort": "told", "limit": 100}):
        begin = time.perf_counter()
        rows = archive.rows(**wanted)
        print(f"find {wanted}: {time.perf_counter() - begin:.2f} s over {total:,} events, {len(rows)} rows", flush=True)
    more = given.articles // 100
    with source.open("a", encoding="utf-8") as file:
        file.writelines(articles(more, given.articles))
    print(f"one per cent more: {build(source, given.folder / 'jobs2', 2)[0]:.1f} s")
    after, rest = killed(source, given.folder / "killed", max(8.0, seconds / 2))
    print(f"killed after {after:.0f} s, gone on in {rest:.0f} s")


if __name__ == "__main__":
    main()
