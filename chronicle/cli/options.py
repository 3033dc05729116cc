"""Options and steps that several verbs share."""

from __future__ import annotations

from pathlib import Path

import click

from chronicle.article import ArticleError, parse_published


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
