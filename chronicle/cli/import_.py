"""chronicle import"""

from __future__ import annotations

from pathlib import Path

import click

from chronicle.cli.options import echo_events, log_option, tell_losses, write_log
from chronicle.cli.terminal import complain, say
from chronicle.event import Event
from chronicle.formats import IMPORTS, FormatError, read
from chronicle.log.eventlog import EventLog
from chronicle.log.logfile import unwritable


@click.command(name="import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE..."
)
@click.option("--from", "kind", type=click.Choice(IMPORTS), help="The format; without it told by the file's ending.")
@log_option
def command(files: tuple[Path, ...], kind: str | None, log_path: Path | None) -> int:
    """Turn the events of other tools' files into a log: CSV, JSON Lines, iCalendar, TimelineJS, JSON-LD and TimeML.

    What a log cannot hold is listed on standard error. Into a log only what is new is added, as it is by extract.

    \b
    Example:
      chronicle import meetings.ics --log events/meetings.yaml
      chronicle import timeline.json --log events/story.yaml
    """
    found: list[tuple[Path, list[Event]]] = []
    code = 0
    for path in files:
        try:
            done = read(path, kind)
        except FormatError as error:
            complain(str(error))
            code = 1
            continue
        tell_losses(done.losses, path.name)
        reasons = [unwritable(event) for event in done.events]
        for event, why in zip(done.events, reasons, strict=True):
            if why is not None:
                complain(f"{path}: {event.id}: left out: {why}")
                code = 1
        found.append((path, [event for event, why in zip(done.events, reasons, strict=True) if why is None]))
    if not found:
        return code
    if log_path is None:
        echo_events(event for _, events in found for event in events)
        return code
    log = EventLog.read(log_path, create=True)
    for path, events in found:
        say(f"{path}: {log.take_events(events, None, distinct=True)}")
    written = write_log(log)
    say(f"{log_path}: {len(log)} events, {'written' if written else 'nothing to change'}")
    return code
