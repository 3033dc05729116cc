"""Options and steps that several verbs share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from chronicle.article import ArticleError, parse_published
from chronicle.cli.terminal import complain, say
from chronicle.event import Event
from chronicle.formats import Loss
from chronicle.log.eventlog import EventLog, LogError
from chronicle.log.schema import json_schema
from chronicle.log.text import SCHEMA_FILE, event_lines
from chronicle.readers.tables import USUAL


class PublishedDate(click.ParamType[str]):
    """A publication date in ISO 8601."""

    name = "DATE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text as it is, once it is known to be a date."""
        text = str(value)
        try:
            parse_published(text, where="--published")
        except ArticleError as error:
            self.fail(str(error).removeprefix("--published: "), param, ctx)
        return text


published_option = click.option(
    "--published", type=PublishedDate(), help="The publication date, ISO 8601; it wins over that of the files."
)
logs_argument = click.argument(
    "logs", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="LOG..."
)
log_option = click.option(
    "--log",
    "log_path",
    type=click.Path(path_type=Path),
    help="The log to add to; without it YAML goes to standard output.",
)
review_option = click.option(
    "--review", multiple=True, type=click.Choice(("confirmed", "proposed")),
    help="Only events in this state of review; may be given again. Without it all but the rejected ones.",
)  # fmt: skip


def _fields(_context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    fields = {}
    for text in given:
        name, sign, field = text.partition("=")
        if not sign or name not in USUAL or not field:
            raise click.BadParameter(f"{text!r}: write NAME=FIELD, NAME one of {', '.join(USUAL)}")
        fields[name] = field
    return fields


fields_option = click.option(
    "--field",
    "fields",
    multiple=True,
    callback=_fields,
    metavar="NAME=FIELD",
    help="Which field of JSON or CSV records is text, published, title, url, publisher, language or id.",
)
nlp_option = click.option(
    "--nlp",
    default="auto",
    show_default=True,
    metavar="auto|light|NAME",
    help="Who reads sentences: an installed spaCy pipeline of the article's language, else the light reader (auto), the light reader, or a pipeline.",
)
_TOLD = 10  # losses that are listed one by one


def check_reader(nlp: str) -> None:
    """Say that the light reader reads where no pipeline is installed. Raises UsageError for a pipeline that was asked for and is not there."""
    from chronicle.syntax.reader import AUTO, missing

    lacking = missing(nlp)
    if lacking and nlp != AUTO:
        raise click.UsageError(lacking)
    if lacking:
        complain(lacking)


def several_logs(paths: Iterable[Path]) -> EventLog:
    """Read logs as one, so that each event keeps its story. Raises LogError, also for an id that two of them use."""
    read = [EventLog.read(path) for path in paths]
    if len(read) == 1:
        return read[0]
    whole = EventLog(read[0].path.parent, [file for log in read for file in log.files])
    if faults := whole.faults():
        raise LogError(faults)
    return whole


def write_log(log: EventLog) -> bool:
    """Write a log's changes; tells whether there were any. A new one gets, beside it, the schema that its first line points editors at."""
    is_new = not log.path.exists()
    written = bool(log.write())
    schema = log.path.parent / SCHEMA_FILE
    if is_new and written and not schema.exists():
        schema.write_text(json_schema(), encoding="utf-8")
    return written


def echo_events(events: Iterable[Event]) -> None:
    """Print events as the YAML of a log, each as soon as it is there."""
    begun = False
    for event in events:
        if not begun:
            click.echo("events:")
            begun = True
        click.echo("\n".join(event_lines(event, "")))
    if not begun:
        click.echo("events: []")


def tell_losses(losses: list[Loss], where: str) -> None:
    """List on standard error what a format cannot hold: each kind once with its number, the first few by name."""
    counts = Counter(loss.what for loss in losses)
    for what, number in counts.most_common(_TOLD):
        first = next(loss.event for loss in losses if loss.what == what)
        more = f" and {number - 1} more" if number > 1 else ""
        say(f"chronicle: {where}: {first}{more}: {what}", err=True)
    if len(counts) > _TOLD:
        say(f"chronicle: {where}: and {len(counts) - _TOLD} more kinds of loss", err=True)
