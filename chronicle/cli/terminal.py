"""What the command prints: control, escape and bidi characters of articles and logs shown, not sent."""

from __future__ import annotations

import json
import sys
import traceback
from typing import Final

import click

from chronicle.characters import escaped, shown, shown_in_line

DEBUG_VARIABLE: Final = "CHRONICLE_DEBUG"
FAULT: Final = 3  # exit code of a fault of chronicle's own


class Terminated(BaseException):
    """SIGTERM: the run ends as tidily as by Ctrl-C."""


class _Debug:
    on = False


def debug(on: bool) -> None:
    """Show tracebacks, or not."""
    _Debug.on = on


def say(text: str = "", err: bool = False) -> None:
    """Print a text as one line."""
    click.echo(shown_in_line(text), err=err)


def say_lines(text: str, nl: bool = True) -> None:
    """Print a text of several lines."""
    click.echo(shown(text), nl=nl)


def say_json(value: object) -> None:
    """Print data as JSON, with the characters that do harm on a terminal escaped."""
    click.echo(escaped(json.dumps(value, ensure_ascii=False, indent=2)))


def complain(message: str) -> None:
    """Say on standard error, in one line, what is wrong."""
    click.echo(f"chronicle: {shown_in_line(message)}", err=True)


def show_traceback(error: BaseException) -> None:
    """Print where an error comes from, where --debug asks for it."""
    if _Debug.on:
        click.echo(shown("".join(traceback.format_exception(error))), err=True, nl=False)


def own_fault(error: BaseException) -> str:
    """Say that an error is chronicle's own, and how to report it."""
    told = str(error).strip().splitlines()
    what = f"{type(error).__name__}{f': {told[0][:200]}' if told else ''}"
    hint = "" if _Debug.on else f"; the same command with --debug (or {DEBUG_VARIABLE}=1) shows where"
    return f"a fault of chronicle itself, please report it: {what}{hint}"


def write_bytes(content: bytes) -> None:
    """Write a file's content to standard output: byte for byte, but to a terminal as :func:`say` does."""
    if sys.stdout.isatty():
        click.echo(shown(content.decode("utf-8", "replace")), nl=False)
    else:
        click.echo(content, nl=False)
