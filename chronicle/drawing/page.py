"""The page: one HTML file that works offline, with the timeline and a list of the same events."""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from string import Template
from typing import Final

from attrs import frozen

from chronicle.drawing import index as indexing
from chronicle.drawing import lanes as laning
from chronicle.drawing.cards import card, sign, text
from chronicle.drawing.style import FONT, STYLES, THEMES, check_colours, check_theme, colour_of
from chronicle.errors import InvalidValue
from chronicle.event import Event, sort_events
from chronicle.log import storage

_SCRIPTS: Final = (
    "data.js",
    "state.js",
    "packing.js",
    "marks.js",
    "gestures.js",
    "chart.js",
    "overview.js",
    "list.js",
    "page.js",
)
_CDN: Final = "https://cdn.plot.ly"
PLOTLYJS: Final = ("inline", "cdn", "directory", "basic")


@frozen
class Look:
    """How a page looks and what it brings along; see :func:`write_html`."""

    title: str | None = None
    description: str | None = None
    lanes: str | None = None
    now: bool = False
    theme: str = "auto"
    font: str = FONT
    colours: dict[str, str] | None = None
    plotlyjs: str = "inline"
    live: bool = False


def write_html(
    events: Iterable[Event],
    path: str | Path,
    title: str | None = None,
    description: str | None = None,
    *,
    lanes: str | None = None,
    now: bool = False,
    theme: str = "auto",
    font: str = FONT,
    colours: dict[str, str] | None = None,
    plotlyjs: str = "inline",
) -> Path:
    """Write a page with the timeline of some events; returns its path. Rejected events are left out.

    ``lanes``, ``now``, ``font`` and ``colours`` are as for :func:`chronicle.timeline`; ``theme`` may also be "auto": as the reader's
    system has it. With ``plotlyjs="inline"`` the file holds all that it needs and asks no network for anything; "directory" puts
    plotly.min.js beside it, for several pages to share; "cdn" and "basic" load the whole or the basic bundle, 1 MB, from Plotly's server.

    Texts of articles are shown as text; links are made of http and https addresses only. Raises OSError where a file cannot be written,
    ValueError for options that are not known.
    """
    path = Path(path)
    look = Look(title, description, lanes, now, theme, font, colours, plotlyjs)
    content = page(events, look)
    if plotlyjs == "directory":
        storage.write_atomically(path.parent / "plotly.min.js", _plotly_source().encode("utf-8"))
    storage.write_atomically(path, content.encode("utf-8"))
    return path


def page(events: Iterable[Event], look: Look | None = None) -> str:
    """Return the HTML of the page."""
    look = look or Look()
    check_theme(look.theme, ("auto", "light", "dark"))
    check_colours(look.colours)
    laning.check(look.lanes)
    stories = laning.stories_of(events)
    shown = sort_events([e for e in events if e.review != "rejected"])
    index = indexing.build(shown, stories, look.lanes, look.now)
    if look.now and index["latest"] is None:
        raise InvalidValue("now: no source of these events has a publication date, so there is no line to draw")
    index["symbols"] = {status: style.symbol for status, style in STYLES.items()}
    static = len(shown) <= indexing.STATIC
    index_text = indexing.as_json(index)
    script = "\n".join(_web(name) for name in _SCRIPTS) + ("\n" + _web("live.js") if look.live else "")
    plotly, allowed = _plotly(look.plotlyjs)
    return Template(_web("page.html")).substitute(
        title=text(look.title or "Timeline"),
        theme="" if look.theme == "auto" else f' data-theme="{look.theme}"',
        description=f'<p class="lead" dir="auto">{text(look.description)}</p>' if look.description else "",
        policy="; ".join(
            (
                "default-src 'none'", f"script-src {_hash(script)} {allowed}", "style-src 'unsafe-inline'", "img-src data: blob:",
                "font-src data:", "connect-src " + ("'self'" if look.live else "'none'"), "base-uri 'none'", "form-action 'none'",
            )
        ),
        style=_colours(look.colours) + f"\n:root {{ --font: {_css(look.font)}; }}\n" + _web("page.css"),
        plotly=plotly,
        script=script,
        count=_count(shown),
        chips="\n".join(_chip(s, shown) for s in STYLES if any(e.status == s for e in shown)),
        events="\n".join(card(e) for e in shown) if static else "",
        index=index_text if static else indexing.packed(index_text),
        encoding="json" if static else "gzip",
        blocks="" if static else "\n".join(f'<script type="text/plain" class="block">{b}</script>' for b in indexing.blocks(shown)),
    )  # fmt: skip


def _web(name: str) -> str:
    return resources.files("chronicle.drawing").joinpath("web", name).read_text("utf-8")


def _hash(script: str) -> str:
    """Return what a Content-Security-Policy allows a script by (CSP level 3, 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode('utf-8')).digest()).decode()}'"


def _plotly_source() -> str:
    from plotly.offline import get_plotlyjs

    return str(get_plotlyjs())


def _plotly(kind: str) -> tuple[str, str]:
    """Return the element that brings plotly.js, and what the policy must allow for it."""
    if kind not in PLOTLYJS:
        raise InvalidValue(f"plotlyjs {kind!r} is not known: give one of {', '.join(PLOTLYJS)}")
    if kind == "directory":
        return '<script src="plotly.min.js"></script>', "'self' file:"
    source = _plotly_source()
    if kind == "inline":
        source = source.replace("</script", "<\\/script")
        return f"<script>{source}</script>", _hash(source)
    from plotly.offline import get_plotlyjs_version

    version = get_plotlyjs_version()
    if kind == "basic":
        return f'<script src="{_CDN}/plotly-basic-{version}.min.js" crossorigin="anonymous"></script>', _CDN
    integrity = _hash(source).strip("'")
    return (
        f'<script src="{_CDN}/plotly-{version}.min.js" integrity="{integrity}" crossorigin="anonymous"></script>',
        _CDN,
    )


def _css(value: str) -> str:
    """Return a CSS value; what could end it or the element is left out."""
    return "".join(c for c in value if c not in ";{}<>\\") or FONT


def _colours(colours: dict[str, str] | None) -> str:
    """Return the rules that give every colour a name, light and dark."""
    named = {}
    for theme, look in THEMES.items():
        own = {**look._asdict(), **{status: colour_of(status, theme, colours) for status in STYLES}}
        named[theme] = f"color-scheme: {theme}; " + " ".join(f"--{name}: {value};" for name, value in own.items())
    return (
        f":root {{ {named['light']} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root:not([data-theme]) {{ {named['dark']} }} }}\n"
        f':root[data-theme="dark"] {{ {named["dark"]} }}'
    )


def _chip(status: str, events: list[Event]) -> str:
    number = sum(1 for e in events if e.status == status)
    return (
        f'<label class="chip"><input type="checkbox" name="status" value="{status}" checked>'
        f"{sign(status)}{html.escape(status)} <small>{number}</small></label>"
    )


def _count(events: list[Event]) -> str:
    number = len(events)
    undated = sum(1 for e in events if e.when is None)
    words = f"{number} event{'' if number == 1 else 's'}"
    return f"{words}, {undated} of them without a date" if undated else words
