"""Texts on a drawing: how wide they are, where they break into two lines, and what is safe from Plotly's own markup.

Widths are those of Arial, Helvetica and Liberation Sans, which share them, in thousandths of the font's size; web/labels.js does the same.
"""

from __future__ import annotations

import functools
import html
import re
import textwrap
import unicodedata
from typing import Final

from attrs import frozen

from chronicle.drawing.measures import M
from chronicle.event import Event

_HOVER_WIDTH: Final = 64
_LONGEST_QUOTE: Final = 400
_LETTERS: Final = {letter: int(width) for width, letters in M["letters"].items() for letter in letters}
# control characters, halves of surrogate pairs, and signs that turn the direction of what follows them, beyond their own text if not closed
_UNSEEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


@frozen
class Label:
    """A title as it is drawn: one line or two, the width of the wider one in pixels, and whether it had to be cut."""

    lines: tuple[str, ...]
    width: float
    cut: bool = False


def plain(text: str | None) -> str:
    """Return a text without control and direction signs, as it can be shown next to others."""
    return _UNSEEN.sub("", text or "")


def one_line(text: str | None) -> str:
    """Return a text without control and direction signs and with single spaces."""
    return " ".join(plain(text).split())


def safe(text: str | None) -> str:
    """Return a text as Plotly shows it and not as markup or TeX: its pseudo-HTML and "$" escaped, white space on one line."""
    return html.escape(one_line(text), quote=False).replace("$", "&#36;")


def width_of(text: str, factor: float = 1.0) -> float:
    """Return the width of a text in pixels at the size of labels; ``factor`` is for a wider font or weight."""
    return float(sum(_width(c) for c in text)) * float(M["font"]) / 1000 * float(M["slack"]) * factor


@functools.lru_cache(maxsize=4096)
def _width(char: str) -> int:
    known = _LETTERS.get(char)
    if known is not None:
        return known
    code = ord(char)
    category = unicodedata.category(char)
    if category.startswith("M"):
        return 0
    if code > 0xFFFF:
        return int(M["emoji"])
    if any(first <= code <= last for first, last in M["wideRanges"]):
        return int(M["wide"])
    return int(M["upper"] if category == "Lu" else M["other"])


def fit(text: str, one: float, most: float, factor: float = 1.0) -> Label:
    """Return a title on one line where that is no wider than ``one``, else on two even ones; cut where two of ``most`` do not hold it."""
    width = width_of(text, factor)
    if width <= min(one, most):
        return Label((text,), width)
    breaks = [i for i, c in enumerate(text) if c == " "]
    if width > 1.5 * most * (len(breaks) + 1):
        breaks = list(range(1, len(text)))  # words longer than a line, or a script without spaces
    best: tuple[float, int] | None = None
    before = 0.0
    last = 0
    for place in breaks:
        before += width_of(text[last:place], factor)
        last = place
        wider = max(before, width - before)
        if best is None or wider < best[0]:
            best = wider, place
    if best is not None and best[0] <= most:
        lines = text[: best[1]].rstrip(), text[best[1] :].strip()
        return Label(lines, max(width_of(line, factor) for line in lines))
    first, rest = _first(text, most, factor)
    if not rest:
        return Label((first,), width_of(first, factor))
    second, more = _first(rest, most, factor)
    if more:
        second = cut(rest, most, factor)
    lines = (first, second)
    return Label(lines, max(width_of(line, factor) for line in lines), bool(more))


def _first(text: str, most: float, factor: float) -> tuple[str, str]:
    """Return as many words as a line holds, or letters where not one word fits, and the rest."""
    width, end, space = 0.0, 0, 0
    for end, char in enumerate(text):
        if char == " ":
            space = end
        width += width_of(char, factor)
        if width > most:
            place = space or max(end, 1)
            return text[:place].rstrip(), text[place:].strip()
    return text, ""


def cut(text: str, most: float, factor: float = 1.0) -> str:
    """Return a text that is no wider than ``most``, an ellipsis at its end where it was cut."""
    if width_of(text, factor) <= most:
        return text
    room = most - width_of("…", factor)
    kept = ""
    for char in text:
        room -= width_of(char, factor)
        if room < 0:
            break
        kept += char
    return kept.rstrip() + "…"


def hover_text(event: Event) -> str:
    """Return what is shown of an event under the pointer: title, date, status, quote and source."""
    lines = [f"<b>{line}</b>" for line in _wrapped(event.title)]
    if event.when is not None:
        lines.append(f"{safe(event.when.words())} · {event.status}, {event.review}")
    for source in event.sources[:2]:
        if source.quote:
            quote = (
                source.quote if len(source.quote) <= _LONGEST_QUOTE else source.quote[:_LONGEST_QUOTE].rstrip() + "…"
            )
            lines.extend(f"<i>{line}</i>" for line in _wrapped(f"“{quote}”"))
        named = ", ".join(p for p in (source.publisher, source.title, source.published) if p)
        lines.extend(_wrapped(named or source.article))
    return "<br>".join(lines)


def _wrapped(text: str) -> list[str]:
    return [safe(line) for line in textwrap.wrap(" ".join(text.split()), _HOVER_WIDTH)] or [""]
