"""chronicle schema"""

from __future__ import annotations

import click

from chronicle.cli.terminal import say_lines
from chronicle.log.schema import json_schema


@click.command(name="schema")
def command() -> int:
    """Print the JSON Schema (draft 2020-12) of a log, for editors that check YAML.

    \b
    Example:
      chronicle schema > events/chronicle-log.schema.json
    """
    say_lines(json_schema(), nl=False)
    return 0
