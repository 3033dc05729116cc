"""chronicle set, confirm, reject, merge: single edits, for scripts"""

from __future__ import annotations

from pathlib import Path

import click

from chronicle.cli.terminal import say
from chronicle.event import LIST_FIELDS
from chronicle.log.eventlog import EventLog

_log_argument = click.argument("log", type=click.Path(exists=True, path_type=Path), metavar="LOG")


def _done(log: EventLog, what: str) -> int:
    written = log.write()
    say(f"{what}: {', '.join(str(p) for p in written) or 'nothing to change'}")
    return 0


@click.command(name="set")
@_log_argument
@click.argument("name", metavar="ID")
@click.argument("changes", nargs=-1, required=True, metavar="FIELD=VALUE...")
def set_command(log: Path, name: str, changes: tuple[str, ...]) -> int:
    """Give fields of an event new values; an empty value takes the field out, lists are written with commas.

    \b
    Example:
      chronicle set events/story.yaml 2021-07-17-talks when=2021-07-17 tags=doha,talks
    """
    fields: dict[str, str | list[str] | None] = {}
    for change in changes:
        field, sign, value = change.partition("=")
        if not sign:
            raise click.UsageError(f"{change!r}: write FIELD=VALUE, such as when=2021-07-17")
        if field in LIST_FIELDS:
            fields[field] = [v.strip() for v in value.split(",") if v.strip()] or None
        else:
            fields[field] = value or None
    found = EventLog.read(log)
    found.set(name, **fields)
    return _done(found, name)


def _marking(verb: str, past: str, example: str) -> click.Command:
    @click.command(name=verb, help=f"Mark events as {past}.\n\n\b\nExample:\n  {example}")
    @_log_argument
    @click.argument("names", nargs=-1, required=True, metavar="ID...")
    def mark(log: Path, names: tuple[str, ...]) -> int:
        found = EventLog.read(log)
        for name in names:
            found.set(name, review=past)
        return _done(found, ", ".join(names))

    return mark


confirm_command = _marking("confirm", "confirmed", "chronicle confirm events/story.yaml 2021-07-17-talks")
reject_command = _marking("reject", "rejected", "chronicle reject events/story.yaml 2021-07-17-talks")


@click.command(name="merge")
@_log_argument
@click.argument("name", metavar="ID")
@click.argument("other", metavar="ID")
def merge_command(log: Path, name: str, other: str) -> int:
    """Make one event of two: the first gets the sources of the second, which is taken out.

    \b
    Example:
      chronicle merge events/story.yaml 2021-07-17-talks 2021-07-18-talks-in-doha
    """
    found = EventLog.read(log)
    found.merge(name, other)
    return _done(found, name)
