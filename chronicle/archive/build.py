"""build_archive: sources to an archive, on Dask; what was done is not done again, whenever a run was stopped.

A part's rows go to files named after it; when they are there, its note is written. Notes and files that nobody has taken yet are taken into
the archive's state (state.py) at the end, in one atomic step, so that readers see the archive as it was before the run or as it is after.
"""

from __future__ import annotations

import importlib
import itertools
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import define

from chronicle.archive import rows, state
from chronicle.archive.plan import Part, plan
from chronicle.errors import MissingLibrary
from chronicle.log.storage import write_atomically
from chronicle.syntax.reader import AUTO, missing

if TYPE_CHECKING:
    from distributed import Client

#: a worker's memory, in bytes: Dask pauses and restarts one that needs more
WORKER_MEMORY: Final = 600 * 1000**2
#: tasks that wait for each worker; the scheduler holds no more, however many there are
_AHEAD: Final = 4
_TRIES: Final = 3


@define
class Run:
    """What a run did: parts in all and those done before, articles, events, mentions and problems read in it."""

    parts: int = 0
    before: int = 0
    articles: int = 0
    mentions: int = 0
    events: int = 0
    problems: int = 0

    def __str__(self) -> str:
        already = f", {self.before} of {self.parts} parts were done before" if self.before else ""
        return f"{self.articles} articles, {self.mentions} times, {self.events} events, {self.problems} problems{already}"


def build_archive(
    sources: Iterable[str | Path],
    folder: str | Path,
    *,
    jobs: int = 1,
    scheduler: str | None = None,
    client: Client | None = None,
    fields: Mapping[str, str] | None = None,
    nlp: str = AUTO,
    on_progress: Callable[[int, int, Run], None] | None = None,
) -> Run:
    """Read sources into an archive, a new one or one that is there: new articles are added, ones that changed replace their rows.

    ``sources`` are files, folders and globs as :func:`chronicle.read_articles` takes them, and addresses for fsspec. Work goes to ``client``,
    to the Dask ``scheduler`` at an address ("tcp://host:8786"; its workers must see the sources and the folder under the same paths), or to
    ``jobs`` processes of this machine. ``fields`` names fields of records, ``nlp`` is as for :func:`chronicle.extract`, by name ("light" reads
    some eight times as fast as a pipeline of spaCy). What cannot be read is a row of the dataset ``problems``. ``on_progress`` is called with
    the parts done, of how many, and the figures so far. Raises ImportError without the extra ``archive``, MissingLibrary for a pipeline
    that this machine's own workers do not have, and ValueError for a folder that holds something else.
    """
    distributed = _dask()
    if nlp != AUTO and client is None and scheduler is None and (lacking := missing(nlp)):
        raise MissingLibrary(lacking)
    home = Path(folder)
    with state.writing(home) as known:
        parts, unread = plan(sources, {"fields": dict(fields or {}), "nlp": nlp, "rows": rows.VERSION})
        run = Run(parts=len(parts))
        done = known.done | state.noted(home)
        todo = [part for part in parts if part.name not in done]
        run.before = len(parts) - len(todo)
        if todo:
            work = (str(home), dict(fields or {}), known.run + 1, nlp)
            if client is not None:
                _run(client, todo, work, run, on_progress)
            elif scheduler is not None:
                with distributed.Client(scheduler) as given:
                    _run(given, todo, work, run, on_progress)
            else:
                with _cluster(jobs) as own, distributed.Client(own) as given:
                    _run(given, todo, work, run, on_progress)
        problems = [{"source": "", "problem": str(error)} for error in unread]
        run.problems += len(problems)
        read: dict[str, set[str]] = {}
        for part in parts:
            for piece in part.pieces:
                read.setdefault(piece.path, set()).add(part.name)
        state.take_in(home, known, problems, read)
    return run


def _dask() -> Any:
    """Return the package distributed: its calls carry no types."""
    try:
        return importlib.import_module("distributed")
    except ImportError:
        raise MissingLibrary("an archive needs Dask: pip install 'chronicle-timeline[archive]'") from None


def _cluster(jobs: int) -> Any:
    import dask

    dask.config.set({
        "distributed.worker.memory.terminate": 0.98,
        "distributed.scheduler.allowed-failures": _TRIES,
        "distributed.admin.low-level-log-length": 0,
    })
    return _dask().LocalCluster(
        n_workers=jobs, threads_per_worker=1, memory_limit=WORKER_MEMORY if jobs > 1 else None,
        # one job works in the command's own process, which starts at once
        processes=jobs > 1, dashboard_address=":0", silence_logs=50
    )


def _run(
    client: Client,
    todo: list[Part],
    work: tuple[str, dict[str, str], int, str],
    run: Run,
    on_progress: Callable[[int, int, Run], None] | None,
) -> None:
    """Give the parts to the workers, few ahead of what is done; one that keeps killing its worker becomes a problem, and the rest goes on."""
    distributed = _dask()
    left = iter(todo)
    workers = max(1, len(client.scheduler_info()["workers"]))

    def submit(part: Part) -> Any:
        return client.submit(do, part, *work, key=f"chronicle-{part.name}", pure=False, retries=1)

    waiting = distributed.as_completed([submit(part) for part in itertools.islice(left, workers * _AHEAD)])
    by_key = {f"chronicle-{part.name}": part for part in todo}
    for count, future in enumerate(waiting, 1):
        part = by_key.pop(future.key)
        try:
            told = future.result()
        except distributed.KilledWorker:
            told = _failed(part, work, "its worker was killed again and again: it may need more memory than a worker has")
        except (OSError, ValueError, RuntimeError, ImportError) as error:
            told = _failed(part, work, f"{type(error).__name__}: {error}")
        future.release()
        run.articles += told["articles"]
        run.mentions += told["mentions"]
        run.events += told["events"]
        run.problems += told["problems"]
        if on_progress is not None:
            on_progress(count, len(todo), run)
        for part in itertools.islice(left, 1):
            waiting.add(submit(part))


def _failed(part: Part, work: tuple[str, dict[str, str], int, str], why: str) -> dict[str, int]:
    """Note a part that could not be done, as a problem of each of its files; it is tried again in the next run."""
    state.note_failure(Path(work[0]), part.name, [{"source": p.path, "problem": why} for p in part.pieces])
    return {"articles": 0, "mentions": 0, "events": 0, "problems": len(part.pieces)}


def do(part: Part, folder: str, fields: dict[str, str], run: int, nlp: str) -> dict[str, int]:
    """Do a part, on a worker: its files first, its note last. Done twice, it leaves what it leaves when done once."""
    home = Path(folder)
    counts = {"articles": 0, "mentions": 0, "events": 0, "problems": 0}
    files: dict[str, list[str]] = {}
    for name, by_year in rows.rows_of(part, fields, run, nlp).items():
        for year, table in by_year.items():
            path = state.file_of(name, year, part.name)
            write_atomically(home / path, rows.file_bytes(table))
            files.setdefault(name, []).append(path)
            counts[name] += table.num_rows
    note = {"part": part.name, "files": files, "counts": counts}
    write_atomically(state.note_of(home, part.name), json.dumps(note).encode())
    return counts
