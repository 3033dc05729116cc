"""Texts on a figure: labels, and what is shown under the pointer, safe from Plotly's own markup."""

from __future__ import annotations

import html
import textwrap
import unicodedata
from typing import Final

from chronicle.event import Event

LONGEST: Final = 46
_HOVER_WIDTH: Final = 64
_LONGEST_QUOTE: Final = 400
_NARROW: Final = frozenset("iljtfrI.,:;'|!()[] -")
_WIDE: Final = frozenset("mwMW@%—…")
# signs that turn the direction of what follows them, beyond their own text if they are not closed
_DIRECTION: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str | None) -> str:
    """Return a text without control and direction signs, as it can be shown next to others."""
    return "".join(
        c for c in text or "" if c not in _DIRECTION and (unicodedata.category(c) not in ("Cc", "Cs") or c in "\n\t")
    )


def safe(text: str | None) -> str:
    """Return a text as Plotly shows it and not as markup or TeX: its pseudo-HTML and "$" escaped, white space on one line."""
    return html.escape(" ".join(plain(text).split()), quote=False).replace("$", "&#36;")


def label(title: str) -> str:
    """Return a title as a label, cut where it is long."""
    text = " ".join(plain(title).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def width_of(text: str) -> float:
    """Estimate, from above, the width of a text in pixels at 13 pixels' size in a common sans-serif font."""
    return sum(_width(c) for c in text)


def _width(char: str) -> float:
    if char in _NARROW:
        return 5.0
    if char in _WIDE:
        return 13.0
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF" or ord(char) > 0xFFFF:
        return 17.0 if ord(char) > 0xFFFF else 13.5
    return 9.6 if char.isupper() else 8.2


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
