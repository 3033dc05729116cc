"""chronicle export"""

from __future__ import annotations

from pathlib import Path

import click

from chronicle.cli.options import logs_argument, review_option, several_logs, tell_losses
from chronicle.cli.terminal import say, write_bytes
from chronicle.formats import EXPORTS, export, format_of


@click.command(name="export")
@logs_argument
@click.option("--to", "kind", type=click.Choice(EXPORTS), help="The format; without it told by the ending of -o.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The file; without it standard output."
)
@review_option
@click.option("--title", help="The title, where the format has one; without it that of the log.")
def command(logs: tuple[Path, ...], kind: str | None, output: Path | None, review: tuple[str, ...], title: str | None) -> int:
    """Write the events of logs in another format; rejected ones are left out.

    What the format cannot hold is listed on standard error, never dropped in silence.

    \b
    Example:
      chronicle export events/afghan-peace.yaml --to ics -o talks.ics
      chronicle export events/ --to csv > events.csv
      chronicle export events/ --to csv --review confirmed > checked.csv
    """
    if kind is None:
        kind = format_of(output) if output is not None else None
        if kind is None:
            raise click.UsageError(f"say which format with --to, one of {', '.join(EXPORTS)}, or -o FILE with its ending")
    log = several_logs(logs)
    chosen = [e for e in log if e.review != "rejected" and (not review or e.review in review)]
    done = export(chosen, kind, title or log.title)
    if output is None:
        write_bytes(done.content)
    else:
        from chronicle.log.storage import write_atomically

        write_atomically(output, done.content)
        say(f"{output}: {len(chosen)} events")
    tell_losses(done.losses, kind)
    return 0
