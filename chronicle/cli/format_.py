"""chronicle format"""

from __future__ import annotations

from pathlib import Path

import click

from chronicle.cli.options import logs_argument
from chronicle.cli.terminal import say
from chronicle.log import storage
from chronicle.log.arrange import arranged
from chronicle.log.eventlog import EventLog


@click.command(name="format")
@logs_argument
@click.option("--normalise", is_flag=True, help="Write events without comments of their own in chronicle's way, too.")
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit code 1 where a log is not in order.")
def command(logs: tuple[Path, ...], normalise: bool, only_check: bool) -> int:
    """Put the events of logs in order of time, each with the comments above it.

    \b
    Example:
      chronicle format events/
    """
    unordered = 0
    for path in logs:
        for file in EventLog.read(path).files:
            text = arranged(file, normalise)
            if text == file.text:
                continue
            unordered += 1
            if only_check:
                say(f"{file.path}:1:1: the events are not in order; run chronicle format")
                continue
            if not storage.replace_unchanged(file.path, file.raw, storage.encode(text, file.bom)):
                raise click.ClickException(f"{file.path} was changed meanwhile; run chronicle format again")
            say(f"{file.path}: put in order")
    if not unordered:
        say("in order; nothing to change")
    return 1 if only_check and unordered else 0
