"""chronicle explain"""

from __future__ import annotations

import click

from chronicle.cli.options import published_option
from chronicle.cli.terminal import say
from chronicle.resolve.find import find_times
from chronicle.resolve.reckon import NO_PUBLICATION
from chronicle.tagger.mention import TimeMention


@click.command(name="explain")
@click.argument("words", nargs=-1, required=True, metavar="TEXT")
@published_option
@click.option("--language", default="en", show_default=True, help="The text's language: de, pt-BR; see chronicle languages.")
def command(words: tuple[str, ...], published: str | None, language: str) -> int:
    """Say how the expressions of time in a text are understood: span, meaning, When, TIMEX3, and how each came about.

    Exit code 1 where there is none, or one cannot be resolved for want of --published.

    \b
    Example:
      chronicle explain "later this week" --published 2021-07-16
    """
    text = " ".join(words)
    mentions = find_times(text, published, language)
    if not mentions:
        say(f"chronicle: no expression of time in {text!r}", err=True)
        return 1
    for index, mention in enumerate(mentions):
        if index:
            say()
        for name, value in _rows(mention):
            say(f"{name:<10}{value}")
    wanting = [m for m in mentions if m.edtf is None and m.reason == NO_PUBLICATION]
    if wanting and published is None:
        say("chronicle: relative expressions need a publication date: give --published DATE", err=True)
        return 1
    return 0


def _rows(mention: TimeMention) -> list[tuple[str, str]]:
    start, end = mention.expression
    with_signal = f", with “{mention.signal.lower()}” {start}-{end}" if mention.signal is not None else ""
    mod = f" mod={mention.mod}" if mention.mod else ""
    extra = "".join(f" {n}={v}" for n, v in (("quant", mention.quant), ("freq", mention.freq)) if v)
    when = mention.when
    return [
        ("text", mention.text),
        ("span", f"{mention.start}-{mention.end}{with_signal}"),
        ("meaning", str(mention.meaning)),
        ("when", f"{when}  ({when.words()})" if when is not None else f"none: {mention.reason}"),
        ("TIMEX3", f"type={mention.type} value={mention.value}{mod}{extra}"),
        ("why", mention.explain()),
    ]
