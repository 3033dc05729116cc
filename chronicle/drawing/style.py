"""How events look: a colour and a sign for each status, the same in a figure and on a page.

The colours are those of Okabe and Ito ("Color Universal Design", 2008), which colour-blind people can tell apart, darkened where they
would have less than 3:1 of contrast with white (WCAG 2.2, 1.4.11), as they are on a dark ground; no status is told by colour alone.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from chronicle.errors import InvalidValue


class Style(NamedTuple):
    """How a status looks: its colour on a light and on a dark ground, and Plotly's name of its sign."""

    light: str
    dark: str
    symbol: str


STYLES: Final[dict[str, Style]] = {
    "happened": Style("#0072B2", "#4BA3DB", "circle"),
    "ongoing": Style("#008A64", "#25B78D", "square"),
    "planned": Style("#B87F00", "#E69F00", "diamond"),
    "expected": Style("#B95F90", "#CC79A7", "triangle-up"),
    "possible": Style("#3D8DBD", "#7CC4EE", "pentagon"),
    "denied": Style("#202124", "#DDDDDD", "x"),
    "cancelled": Style("#D55E00", "#E8762B", "cross"),
    "recurring": Style("#7A6F00", "#C9BC2E", "star"),
    "hypothetical": Style("#6F6F6F", "#A6A6A6", "hexagon"),
}


class Theme(NamedTuple):
    """The colours of what is not an event."""

    ink: str
    soft: str
    line: str
    paper: str
    wash: str


THEMES: Final[dict[str, Theme]] = {
    "light": Theme("#1d1f23", "#575d66", "#dfe2e6", "#ffffff", "#f5f6f8"),
    "dark": Theme("#e8e8e8", "#a8aeb8", "#3a3f46", "#16181c", "#1f2227"),
}
FONT: Final = "system-ui, sans-serif"
ROW: Final = 28  # pixels between two rows
POINT_SIZE: Final = 13
BAR_WIDTH: Final = 9
THIN_WIDTH: Final = 3
# how strong an open end is drawn, from where it is vouched for outwards
FADING: Final = (0.55, 0.3, 0.12)


def colour_of(status: str, theme: str, colours: dict[str, str] | None = None) -> str:
    """Return the colour of a status."""
    style = STYLES[status]
    return (colours or {}).get(status, style.dark if theme == "dark" else style.light)


def check_theme(theme: str, allowed: tuple[str, ...]) -> None:
    """Raise ValueError for a theme that is not known."""
    if theme not in allowed:
        *most, last = (repr(name) for name in allowed)
        raise InvalidValue(f"theme {theme!r} is not known: give {', '.join(most)} or {last}")


def check_colours(colours: dict[str, str] | None) -> None:
    """Raise ValueError for a status that is not known, or a colour that is not written #rrggbb."""
    for status, colour in (colours or {}).items():
        if status not in STYLES:
            raise InvalidValue(f"there is no status {status} to colour; there are {', '.join(STYLES)}")
        if not (
            colour.startswith("#") and len(colour) in (4, 7) and all(c in "0123456789abcdefABCDEF" for c in colour[1:])
        ):
            raise InvalidValue(f"colour {colour!r} of {status}: write it as #rrggbb")
