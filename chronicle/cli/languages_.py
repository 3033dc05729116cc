"""chronicle languages"""

from __future__ import annotations

import textwrap

import click

from chronicle import languages
from chronicle.cli.terminal import say, say_lines
from chronicle.languages import ground

_HAS = {languages.TIMES: "times", languages.WORDS: "dates in words", languages.PAGE: "pages"}


@click.command(name="languages")
@click.option("--codes", is_flag=True, help="Print the codes only, one a line.")
def command(codes: bool) -> int:
    """List the languages that chronicle reads, and what it has of each.

    A language with times of its own is read deeply: by a grammar and a corpus. Any other that dateparser has tables for is read on the ground:
    full and partial dates, months, weekdays, and relative words such as yesterday, two days ago, next week.

    \b
    Example:
      chronicle languages
    """
    deep = set(languages.codes())
    shallow = sorted(ground.codes() - deep)
    if codes:
        say_lines("\n".join(sorted({*deep, *shallow})))
        return 0
    having = {ending: set(languages.codes(ending)) for ending in _HAS}
    for code in sorted(set().union(*having.values())):
        has = [name for ending, name in _HAS.items() if code in having[ending]]
        say(f"{code:<6}{', '.join(has)}{'' if code in deep else '; times on the ground'}")
    say(f"on the ground, {len(shallow)}: dates, months, weekdays and relative words")
    say_lines(textwrap.fill(" ".join(shallow), 96, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False))
    return 0
