"""Long runs: files read and extracted one after another or by several processes, with progress, and a journal to go on from."""

from __future__ import annotations

import itertools
import json
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from attrs import define, evolve, frozen

from chronicle.article import Article, Published
from chronicle.cli.terminal import own_fault, say, show_traceback
from chronicle.errors import ChronicleError, MissingLibrary
from chronicle.event import Event
from chronicle.readers import Place, read_place
from chronicle.readers.limits import USUAL, Limits

_AHEAD: Final = 8  # files that wait for each process
_WATCH: Final = 0.5  # seconds between two looks whether the parent is there
_OFTEN: Final = 100  # files between two lines of progress where there is no terminal


@frozen
class Work:
    """How files are to be read."""

    published: Published
    fields: Mapping[str, str]
    nlp: str = "auto"
    limits: Limits = USUAL
    language: str | None = None


@define
class Done:
    """What became of a file: each article with a note, where its date came from elsewhere than from a person, and its events."""

    place: Place
    articles: list[tuple[str | None, Article, list[Event]]]
    complaints: list[str]
    faults: int = 0  # of them, those that are chronicle's own


def do(place: Place, work: Work) -> Done:
    """Read a file and extract its articles. One that cannot be read is a complaint, not an error."""
    from chronicle.extraction.extract import extract

    done = Done(place, [], [])
    many = place.kind in ("feed", "json", "jsonl", "csv", "warc", "mail")
    articles = read_place(place, work.published, work.fields, work.limits)
    while True:
        try:
            found = next(articles, None)
        except MissingLibrary as error:
            done.complaints.append(f"{place.name}: {error}")
            break
        if found is None:
            break
        if not isinstance(found, Article):
            done.complaints.append(str(found))
            continue
        where = f"{place.name}: {found.key}" if many else place.name
        if work.language:
            found = evolve(found, language=work.language, language_from="given")
        try:
            events = extract(found, nlp=work.nlp)
        except ChronicleError as error:  # its language
            done.complaints.append(f"{where}: {error}")
            continue
        except Exception as error:
            show_traceback(error)
            done.complaints.append(f"{where}: {own_fault(error)}")
            done.faults += 1
            continue
        done.articles.append((_note(found, where, place), found, events))
        complaint = _unresolved(where, found, events, place)
        if complaint:
            done.complaints.append(complaint)
    return done


def _note(article: Article, where: str, place: Place) -> str | None:
    """Say where the publication date of a page was found, so that somebody can see how sure it is."""
    if place.kind not in ("html", "warc", "pdf", "docx", "odt", "epub") or article.published is None or article.published_from is None:
        return None
    conflicts = f"; {', '.join(article.published_conflicts)}" if article.published_conflicts else ""
    return f"{where}: published {article.published_text}, from {article.published_from}{conflicts}"


def _unresolved(where: str, article: Article, events: list[Event], place: Place) -> str | None:
    unresolved = [e for e in events if e.when is None]
    if not unresolved:
        return None
    expressions = ", ".join(f"“{e.sources[0].expression}”" for e in unresolved[:5])
    more = f" and {len(unresolved) - 5} more" if len(unresolved) > 5 else ""
    if article.published is not None:
        remedy = f"{unresolved[0].unresolved}; write when: by hand"
    elif place.kind == "text" or not place.kind:
        remedy = "the article has no publication date: give --published DATE, or published: in its front matter"
    elif place.kind in ("json", "jsonl", "csv"):
        remedy = "the record has no publication date: give --published DATE, or --field published=FIELD"
    else:
        remedy = "the page says no publication date: give --published DATE"
    return f"{where}: unresolved: {expressions}{more}; {remedy}"


def results(places: list[Place], work: Work, jobs: int) -> Iterator[Done]:
    """Yield what becomes of files, in their order, done by ``jobs`` processes; few files are ahead of what is taken."""
    if jobs == 1 or len(places) < 2:
        for place in places:
            yield do(place, work)
        return
    from concurrent.futures import Future, ProcessPoolExecutor

    left = iter(places)
    with ProcessPoolExecutor(min(jobs, len(places)), initializer=_begin_worker) as pool:
        waiting: deque[Future[Done]] = deque(pool.submit(do, p, work) for p in itertools.islice(left, jobs * _AHEAD))
        try:
            while waiting:
                done = waiting.popleft().result()
                for place in itertools.islice(left, 1):
                    waiting.append(pool.submit(do, place, work))
                yield done
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _begin_worker() -> None:
    """Let a worker end with the process that started it, however that ends; Ctrl-C is for the one that started it to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_WATCH)
    os._exit(1)


def progress(all_done: Iterable[Done], total: int) -> Iterator[Done]:
    """Pass on what is done and tell on standard error how far it is: a bar on a terminal, a line now and then elsewhere."""
    if total < 2:
        yield from all_done
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(stderr=True)
        with Progress(
            TextColumn("extracting"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
        ) as bar:
            task = bar.add_task("", total=total)
            for done in all_done:
                yield done
                bar.advance(task)
    else:
        for number, done in enumerate(all_done, 1):
            yield done
            if number % _OFTEN == 0 or (number == total and total > _OFTEN):
                say(f"{number} of {total} files", err=True)


class Journal:
    """What an unfinished run into a log has done: a line for each file, with its size and time, beside the log.

    A file's line is written after the log is; merging again what was merged changes nothing, so that a run stopped between the two
    repeats at worst work, and no event.
    """

    def __init__(self, log_path: Path, resume: bool) -> None:
        self.path = log_path.with_name(f".{log_path.name}.progress")
        self._done: set[tuple[str, int, int]] = set()
        if resume and self.path.exists():
            for line in self.path.read_text("utf-8").splitlines():
                try:
                    name, size, changed = json.loads(line)
                except ValueError:
                    continue  # the last line of a run that was killed
                self._done.add((name, size, changed))
        elif not resume:
            self.path.unlink(missing_ok=True)

    @staticmethod
    def _line(place: Place) -> tuple[str, int, int] | None:
        try:
            known = place.path.stat()
        except OSError:
            return None
        return str(place.path.resolve()), known.st_size, known.st_mtime_ns

    def has(self, place: Place) -> bool:
        """Tell whether a file was done, and is what it was."""
        return self._line(place) in self._done

    def add(self, done: list[Place]) -> None:
        """Note files as done."""
        lines = [json.dumps(line) + "\n" for place in done if (line := self._line(place)) is not None]
        if lines:
            with self.path.open("a", encoding="utf-8") as file:
                file.writelines(lines)

    def finish(self) -> None:
        """Forget the run: it is whole."""
        self.path.unlink(missing_ok=True)
