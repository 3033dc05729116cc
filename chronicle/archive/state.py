"""The state of an archive: which parts are done and which files hold their rows, in one file that is replaced atomically.

``state.json`` is what readers go by. Beside it stand the notes of parts that a run has done and not taken in yet, and files that no longer
count until they are swept. Taking in merges small files of a year to ones of some 128 MB, and leaves out rows of articles that came again.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from attrs import define, field

from chronicle.archive import schema
from chronicle.errors import InvalidValue, MissingLibrary
from chronicle.log.storage import locked, write_atomically

_STATE: Final = "state.json"
_NOTES: Final = "notes"
#: bytes: a file below the first is merged with others of its year, up to the second
_SMALL: Final = 64 * 1024**2
_LARGE: Final = 128 * 1024**2
_SORT_MEMORY: Final = "400MB"


@define
class State:
    """What an archive holds."""

    run: int = 0
    done: set[str] = field(factory=set)
    files: dict[str, list[str]] = field(factory=dict)

    def text(self) -> bytes:
        """Return it as the content of its file."""
        files = {name: sorted(self.files.get(name, ())) for name in schema.DATASETS}
        whole = {"chronicle": schema.VERSION, "run": self.run, "files": files, "done": sorted(self.done)}
        return json.dumps(whole, indent=1).encode()


def read(home: Path) -> State:
    """Return an archive's state. Raises ValueError for a folder that is no archive, or one of another version."""
    path = home / _STATE
    try:
        found = json.loads(path.read_bytes())
        version, run, files, done = (found[k] for k in ("chronicle", "run", "files", "done"))
    except FileNotFoundError:
        raise InvalidValue(f"{home}: no archive: {_STATE} is missing; make one with chronicle archive SOURCE... --into FOLDER") from None
    except (ValueError, KeyError, TypeError):
        raise InvalidValue(f"{path}: not the state of an archive; take it from a backup, or make the archive anew") from None
    if version != schema.VERSION:
        raise InvalidValue(f"{path}: version {version}, and this chronicle reads {schema.VERSION}; make the archive anew")
    return State(run, set(done), {name: list(paths) for name, paths in files.items()})


@contextlib.contextmanager
def writing(home: Path) -> Iterator[State]:
    """Hold an archive for one run, and give its state: another run into the same folder waits. Raises ValueError for a folder of something else."""
    if home.exists() and not (home / _STATE).exists() and not (home / _NOTES).exists() and any(home.iterdir()):
        raise InvalidValue(f"{home}: this folder holds something that is no archive; give a new one")
    (home / _NOTES).mkdir(parents=True, exist_ok=True)
    with locked(home / _NOTES / "lock", patience=None):
        yield read(home) if (home / _STATE).exists() else State()


def file_of(dataset: str, year: int, name: str) -> str:
    """Return the place of a part's rows in an archive."""
    return f"{dataset}/year={year}/{name}.parquet"


def note_of(home: Path, name: str) -> Path:
    """Return where a part is noted as done."""
    return home / _NOTES / f"{name}.json"


def noted(home: Path) -> set[str]:
    """Return the parts that a run has done and not taken in: one that was stopped, or this one."""
    return {path.name.removesuffix(".json") for path in (home / _NOTES).glob("*.json")}


def note_failure(home: Path, name: str, problems: list[dict[str, str]]) -> None:
    """Note what became of a part that could not be done."""
    write_atomically(home / _NOTES / f"{name}.failed", json.dumps(problems).encode())


def take_in(home: Path, known: State, problems: list[dict[str, str]], read: Mapping[str, set[str]]) -> None:
    """Take what was noted into the state, merge what is small, and sweep what no longer counts.

    ``problems`` are those of sources and parts that could not be read in this run, ``read`` the names of the parts that each file is now in.
    """
    notes = [json.loads(path.read_bytes()) for path in sorted((home / _NOTES).glob("*.json"))]
    failures = sorted((home / _NOTES).glob("*.failed"))
    for path in failures:
        problems = [*problems, *json.loads(path.read_bytes())]
    new = State(known.run + 1 if notes else known.run, set(known.done), {n: list(f) for n, f in known.files.items()})
    for note in notes:
        new.done.add(note["part"])
        for dataset, paths in note["files"].items():
            new.files.setdefault(dataset, []).extend(paths)
    if notes:
        again = _came_again(home, new)
        for dataset in ("articles", "mentions", "events"):
            new.files[dataset] = _merged(home, dataset, new, again)
    told = _problems(home, new, problems, read)
    if notes or told or not (home / _STATE).exists():
        write_atomically(home / _STATE, new.text())
    for path in [note_of(home, note["part"]) for note in notes] + failures:
        path.unlink(missing_ok=True)
    _sweep(home, new, known)


def _problems(home: Path, new: State, problems: list[dict[str, str]], read: Mapping[str, set[str]]) -> bool:
    """Bring the dataset of problems up to date, in one file: what a file that was read again no longer says is gone. Tells whether it changed."""
    import pyarrow.parquet as pq

    before = [row for p in new.files.get("problems", ()) for row in pq.read_table(home / p, schema=schema.PROBLEMS).to_pylist()]
    kept = [row for row in before if row["part"] and (row["source"] not in read or row["part"] in read[row["source"]])]
    kept += [{**p, "part": "", "run": new.run} for p in problems]
    if kept == before and len(new.files.get("problems", ())) < 2:
        return False
    # a state that was written names its files for good: what differs has another name
    number = len(list((home / "problems").rglob("*.parquet")))
    path = file_of("problems", 0, f"run-{new.run}-{number}")
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(kept, schema=schema.PROBLEMS), sink)
    write_atomically(home / path, sink.getvalue().to_pybytes())
    new.files["problems"] = [path]
    return True


def connection(threads: int | None = None) -> Any:
    """Return a DuckDB connection of its own, in memory. Raises ImportError without the extra ``archive``."""
    try:
        import duckdb
    except ImportError:
        raise MissingLibrary("an archive needs DuckDB: pip install 'chronicle-timeline[archive]'") from None
    found = duckdb.connect(config={"threads": threads} if threads else {})
    found.execute("SET TimeZone = 'UTC'")
    return found


def _came_again(home: Path, state: State) -> pa.Table | None:
    """Return the rows of articles (article, part, run) in whose place newer ones stand; None where there are none."""
    paths = [str(home / p) for p in state.files.get("articles", ())]
    if not paths:
        return None
    link = connection()
    link.execute(f"SET memory_limit = '{_SORT_MEMORY}'")
    found = link.sql(
        "WITH told AS (SELECT article, part, run FROM read_parquet($paths)), twice AS (SELECT article FROM told GROUP BY article HAVING count(*) > 1) "
        "SELECT article, part, run FROM told SEMI JOIN twice USING (article) "
        "QUALIFY row_number() OVER (PARTITION BY article ORDER BY run DESC, part DESC) > 1",
        params={"paths": paths},
    ).to_arrow_table()
    return found if found.num_rows else None


def _merged(home: Path, dataset: str, state: State, again: pa.Table | None) -> list[str]:
    """Return a dataset's files after merging: small ones of a year made one, those with rows that do not count written again without them."""
    by_year: dict[str, list[str]] = {}
    for path in sorted(state.files.get(dataset, ())):
        by_year.setdefault(path.split("/")[1], []).append(path)
    stale = set(again.column("part").to_pylist()) if again is not None else set()
    kept: list[str] = []
    for year, paths in by_year.items():
        sizes = {p: (home / p).stat().st_size for p in paths}
        group: list[str] = []
        for path in paths:
            if sizes[path] < _SMALL or (stale and _holds(home / path, stale)):
                group.append(path)
            else:
                kept.append(path)
            if sum(sizes[p] for p in group) >= _LARGE:
                kept.append(_rewritten(home, dataset, year, group, state.run, len(kept), again if stale else None))
                group = []
        if len(group) > 1 or (group and stale and _holds(home / group[0], stale)):
            kept.append(_rewritten(home, dataset, year, group, state.run, len(kept), again if stale else None))
        else:
            kept.extend(group)
    return kept


def _holds(path: Path, parts: set[str]) -> bool:
    """Tell whether a file may hold rows of some parts, by its statistics."""
    import pyarrow.parquet as pq

    table = pq.read_table(path, columns=["part"])
    return not parts.isdisjoint(table.column("part").unique().to_pylist())


def _rewritten(
    home: Path, dataset: str, year: str, paths: list[str], run: int, number: int, again: pa.Table | None
) -> str:
    """Write the rows of some files that count into one, sorted, and return its place."""
    link = connection()
    link.execute(f"SET memory_limit = '{_SORT_MEMORY}'")
    link.execute(f"SET temp_directory = '{home / _NOTES / 'spill'}'")
    new = f"{dataset}/{year}/run-{run}-{number}.parquet"
    temporary = home / f"{new}.tmp"
    where = ""
    if again is not None:
        link.register("again", again)
        where = "WHERE NOT EXISTS (SELECT 1 FROM again WHERE again.article = told.article AND again.part = told.part AND again.run = told.run)"
    columns = ", ".join(f'"{name}"' for name in schema.DATASETS[dataset].names)
    order = ", ".join(f'"{name}"' for name in schema.ORDER[dataset])
    files = ", ".join("'" + str(home / p).replace("'", "''") + "'" for p in paths)
    target = str(temporary).replace("'", "''")
    link.execute(
        f"COPY (SELECT {columns} FROM read_parquet([{files}], hive_partitioning = false) AS told {where} ORDER BY {order}) "  # noqa: S608 names are the schema's own, paths are quoted
        f"TO '{target}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 100000)"
    )
    link.close()
    temporary.replace(home / new)
    return new


def _sweep(home: Path, *states: State) -> None:
    """Remove what no state counts: that before is kept until the next run, for those who read it now; so is nothing that a killed run left."""
    live = {path for state in states for paths in state.files.values() for path in paths}
    for dataset in schema.DATASETS:
        for path in (home / dataset).rglob("*") if (home / dataset).exists() else ():
            if path.is_file() and str(path.relative_to(home)) not in live:
                path.unlink(missing_ok=True)
    for path in (home / _NOTES).glob(".*.tmp"):
        path.unlink(missing_ok=True)


def paths_of(home: Path, state: State, dataset: str) -> Iterable[str]:
    """Return the files of a dataset as paths to read."""
    return [str(home / p) for p in state.files.get(dataset, ())]
