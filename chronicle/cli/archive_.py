"""chronicle archive"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from chronicle.archive.build import Run, build_archive
from chronicle.cli.options import check_reader, fields_option, nlp_option


@click.command(name="archive")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--into", "folder", required=True, type=click.Path(path_type=Path), help="The archive's folder, new or one that is there.")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes of this machine that work at once.")
@click.option("--scheduler", metavar="ADDRESS", help="A Dask scheduler that runs already, such as tcp://host:8786, instead of --jobs.")
@fields_option
@nlp_option
def command(
    sources: tuple[str, ...], folder: Path, jobs: int, scheduler: str | None, fields: dict[str, str], nlp: str
) -> int:
    """Read articles by the thousand or million, and write their times and events as Parquet.

    SOURCE is what extract takes, or an address such as s3://bucket/news/*.jsonl. A run that was stopped goes on where it was; articles that
    are new are added, ones that changed replace their rows. Exit code 1 where something could not be read: it is in the dataset problems.

    \b
    Example:
      chronicle archive articles/ more.jsonl.gz --into archive/ --jobs 2
      chronicle find archive/ --about "Doha" --during 2020/2021
    """
    if scheduler is None:
        check_reader(nlp)
    try:
        run = build_archive(
            sources, folder, jobs=jobs, scheduler=scheduler, fields=fields, nlp=nlp, on_progress=_teller()
        )
    except KeyboardInterrupt:
        click.echo(f"chronicle: stopped; the same command goes on where {folder} is", err=True)
        return 130
    click.echo(f"{folder}: {run}")
    if run.problems:
        click.echo(f"chronicle: what could not be read: chronicle find {folder} --problems", err=True)
    return 1 if run.problems else 0


def _teller() -> Callable[[int, int, Run], None]:
    """Return what tells how far it is: a line that is written over on a terminal, one now and then elsewhere."""
    from time import monotonic

    last = monotonic()

    def tell(done: int, total: int, run: Run) -> None:
        nonlocal last
        now = monotonic()
        every = 0.2 if sys.stderr.isatty() else 30.0
        if now - last < every and done < total:
            return
        last = now
        end = "\r" if sys.stderr.isatty() and done < total else "\n"
        click.echo(f"{done} of {total} parts, {run.articles} articles, {run.events} events{end}", err=True, nl=False)

    return tell
