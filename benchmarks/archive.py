"""What an archive costs: python benchmarks/archive.py [--articles 200000] [--folder DIR] [--half] [--nlp light] [--kills N]

Makes articles out of templates of its own, no two alike, about 3 KB each, in three languages, and prints articles a second with one and with two workers,
also of processor time, which a machine with other work does not blur; bytes written for an article, the largest worker's memory, the time to go on
after a kill, and the cost of questions and of one per cent more. ``--kills N`` does instead: N times, at random moments, SIGKILL to the whole command
or to one of its workers; each archive that was finished all the same is compared, as sets of rows, with one that nobody disturbed.
"""

from __future__ import annotations

import argparse
import contextlib
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
from collections import Counter
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


def command_of(source: Path, folder: Path, jobs: int, nlp: str) -> list[str]:
    """Return the command of a user."""
    return [sys.executable, "-m", "chronicle", "archive", str(source), "--into", str(folder), "--jobs", str(jobs), "--nlp", nlp]


def build(source: Path, folder: Path, jobs: int, nlp: str) -> tuple[float, float, float]:
    """Build an archive; returns seconds, seconds of processor time and the largest process's memory in MB."""
    begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command_of(source, folder, jobs, nlp), check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - begin, cpu, used.ru_maxrss / 1000


def killed(source: Path, folder: Path, after: float, nlp: str) -> tuple[float, float]:
    """Kill a run and go on; returns the seconds of both."""
    command = command_of(source, folder, 2, nlp)
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
    time.sleep(after)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return after, build(source, folder, 2, nlp)[0]


#: as the command does, in parts of some kilobytes instead of megabytes, so that there is much to break in a second
SMALL_PARTS = """
import sys
from chronicle.archive import plan
plan.PART_BYTES = 20000
from chronicle.archive.build import build_archive
if __name__ == "__main__":
    build_archive([sys.argv[1]], sys.argv[2], jobs=2, nlp=sys.argv[3])
"""


def workers_of(process: int) -> list[int]:
    """Return the processes below one that Dask started as workers."""
    found, below = [], [process]
    while below:
        # any thread of a process may have started others
        for children in Path(f"/proc/{below.pop()}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                for child in map(int, children.read_text().split()):
                    below.append(child)
                    if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
                        found.append(child)
    return found


def rows_of(folder: Path) -> dict[str, Counter[str]]:
    """Return the rows of each dataset, without the columns that name their run."""
    from chronicle import Archive

    return {
        name: Counter(map(str, Archive(folder).sql(f"SELECT * EXCLUDE (part, run) FROM {name}").to_pylist()))  # noqa: S608 names of our own
        for name in ("articles", "mentions", "events", "problems")
    }


def kills(count: int, folder: Path, nlp: str) -> None:
    """Kill commands and workers at random, and compare what was built all the same."""
    source, script = folder / "news.jsonl", folder / "run.py"
    source.write_text("".join(articles(500)), "utf-8")
    script.write_text(SMALL_PARTS, "utf-8")

    def start(home: Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(script), str(source), str(home), nlp]
        return subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    begin = time.perf_counter()
    start(folder / "whole").wait()
    usual = time.perf_counter() - begin
    wanted = rows_of(folder / "whole")
    chance = random.Random(11)
    done = {"command": 0, "worker": 0}
    finished = wrong = 0
    while sum(done.values()) < count:
        home = folder / f"killed{finished}"
        process = start(home)
        while process.poll() is None:
            time.sleep(chance.uniform(0.1, usual / 2))
            if process.poll() is not None:
                break
            whom = chance.choice(("command", "worker", "worker"))
            below = workers_of(process.pid)
            if whom == "worker" and not below:
                continue
            with contextlib.suppress(ProcessLookupError):
                if whom == "command":
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
                else:
                    os.kill(chance.choice(below), signal.SIGKILL)
                done[whom] += 1
        if process.returncode == 0:
            same = rows_of(home) == wanted
            finished, wrong = finished + 1, wrong + (not same)
            shutil.rmtree(home, ignore_errors=True)
    print(f"{done['command']} kills of the command, {done['worker']} of a worker; {finished} archives finished all the same, {wrong} of them with other rows")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "chronicle-archive")
    parser.add_argument("--half", action="store_true", help="leave out the run with one worker")
    parser.add_argument("--nlp", default="light", help="who reads sentences, as for the command")
    parser.add_argument("--kills", type=int, help="kill so often, and compare")
    given = parser.parse_args()
    shutil.rmtree(given.folder, ignore_errors=True)
    given.folder.mkdir(parents=True)
    if given.kills:
        kills(given.kills, given.folder, given.nlp)
        return
    source = given.folder / "news.jsonl"
    size = 0
    with source.open("w", encoding="utf-8") as file:
        for first in range(0, given.articles, 1000):
            lines = articles(min(1000, given.articles - first), first)
            size += sum(map(len, lines))
            file.writelines(lines)
    print(f"{given.articles} articles, {size / given.articles / 1000:.1f} KB each")
    for jobs in (2,) if given.half else (1, 2):
        seconds, cpu, memory = build(source, given.folder / f"jobs{jobs}", jobs, given.nlp)
        print(
            f"{jobs} workers: {given.articles / seconds:,.0f} articles a second, {seconds:,.0f} s; "
            f"{given.articles / cpu:,.0f} a second of processor time, {cpu:,.0f} s; largest process {memory:,.0f} MB",
            flush=True,
        )
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
    print(f"one per cent more: {build(source, given.folder / 'jobs2', 2, given.nlp)[0]:.1f} s")
    after, rest = killed(source, given.folder / "killed", max(8.0, seconds / 2), given.nlp)
    print(f"killed after {after:.0f} s, gone on in {rest:.0f} s")


if __name__ == "__main__":
    main()
