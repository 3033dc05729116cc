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
# fonts of one width, which labels are measured by (labels.py)
FONT: Final = 'Arial, Helvetica, "Liberation Sans", Arimo, sans-serif'
_ACCENT: Final = {"light": "#1f5fa8", "dark": "#7fb4ea"}
_LEAST_CONTRAST: Final = 4.5
POINT_SIZE: Final = 10
BAR_WIDTH: Final = 6
THIN_WIDTH: Final = 2


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
        check_colour(colour, status)


def check_colour(colour: str, of: str) -> None:
    """Raise ValueError for a colour that is not written #rrggbb or #rgb."""
    if not (
        colour.startswith("#") and len(colour) in (4, 7) and all(c in "0123456789abcdefABCDEF" for c in colour[1:])
    ):
        raise InvalidValue(f"colour {colour!r} of {of}: write it as #rrggbb")


def accents(accent: str | None) -> dict[str, str]:
    """Return the colour of links and dates on each ground: the one given, darker or lighter until it has a contrast of 4.5:1.

    Raises ValueError for a colour that is not written #rrggbb.
    """
    if accent is None:
        return dict(_ACCENT)
    check_colour(accent, "accent")
    return {theme: _readable(accent, look.wash) for theme, look in THEMES.items()}


def rules(colours: dict[str, str] | None, accent: str | None) -> str:
    """Return the CSS that gives every colour a name, light and dark, and to each status its own."""
    named = {}
    links = accents(accent)
    for theme, look in THEMES.items():
        own = {
            **look._asdict(),
            **{status: colour_of(status, theme, colours) for status in STYLES},
            "accent": links[theme],
        }
        named[theme] = f"color-scheme: {theme}; " + " ".join(f"--{name}: {value};" for name, value in own.items())
    return (
        f":root {{ {named['light']} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root:not([data-theme]) {{ {named['dark']} }} }}\n"
        f':root[data-theme="dark"] {{ {named["dark"]} }}\n'
        + "".join(f".s-{s} {{ --c: var(--{s}); }}\n" for s in STYLES)
    )


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours written #rrggbb (WCAG 2.2, relative luminance)."""
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def _parts(colour: str) -> list[float]:
    whole = colour if len(colour) == 7 else "#" + "".join(2 * c for c in colour[1:])
    return [int(whole[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def _light(colour: str) -> float:
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in _parts(colour))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _readable(colour: str, ground: str) -> str:
    """Return a colour moved towards black or white until it stands out from its ground."""
    target = 0.0 if _light(ground) > 0.2 else 1.0
    parts = _parts(colour)
    for step in range(101):
        moved = "#" + "".join(f"{round((p + (target - p) * step / 100) * 255):02x}" for p in parts)
        if contrast(moved, ground) >= _LEAST_CONTRAST:
            return moved
    return moved
