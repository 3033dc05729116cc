"""The figure: events as a Plotly figure.

Moments are points, spans bars, "some time within" a thin line with a hollow mark, open ends fade into an arrow, approximate and
uncertain times are dotted. Colours are those of Okabe and Ito ("Color Universal Design", 2008), which colour-blind people can tell
apart; each status has a shape of its own as well.
"""

from __future__ import annotations

import html
import textwrap
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from chronicle.event import Event
from chronicle.timeline import marks as drawing
from chronicle.timeline.marks import POINT, SPAN, Mark

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


class Style(NamedTuple):
    """How a status looks."""

    colour: str
    symbol: str


STYLES: Final[dict[str, Style]] = {
    "happened": Style("#0072B2", "circle"),
    "ongoing": Style("#009E73", "square"),
    "planned": Style("#E69F00", "diamond"),
    "expected": Style("#CC79A7", "triangle-up"),
    "possible": Style("#56B4E9", "pentagon"),
    "denied": Style("#000000", "x"),
    "cancelled": Style("#D55E00", "cross"),
    "recurring": Style("#8A7F00", "star"),
    "hypothetical": Style("#7F7F7F", "hexagon"),
}
_ROW_HEIGHT: Final = 34
_MARGIN: Final = 150
_LABEL_PIXELS: Final = 6.6
_LABELLED: Final = 120
_LONGEST_LABEL: Final = 42
_HOVER_WIDTH: Final = 64
_LONGEST_QUOTE: Final = 400


def timeline(
    events: Iterable[Event],
    *,
    title: str | None = None,
    theme: str = "light",
    width: int = 1000,
    height: int | None = None,
    font: str = "system-ui, sans-serif",
    colours: dict[str, str] | None = None,
) -> Figure:
    """Draw events as a Plotly figure; rejected events and events without a date are left out.

    ``theme`` is "light" or "dark"; ``width`` the plot's expected width in pixels, by which labels are packed into rows; ``height`` the
    height in pixels (None: as the rows need); ``colours`` replaces the colour of a status::

        chronicle.timeline(log, theme="dark", colours={"happened": "#88ccee"}).show()

    Raises ValueError for an unknown theme or status.
    """
    import plotly.graph_objects as go

    if theme not in ("light", "dark"):
        raise ValueError(f"theme {theme!r} is not known: give 'light' or 'dark'")
    if colours and (unknown := set(colours) - set(STYLES)):
        raise ValueError(f"there is no status {', '.join(sorted(unknown))} to colour")
    shown = [e for e in events if e.review != "rejected"]
    placed = drawing.make_marks(shown)
    labelled = len(placed) <= _LABELLED
    labels = [_label(m.event.title) if labelled else "" for m in placed]
    pixels = [len(text) * _LABEL_PIXELS + 24 if text else 4.0 for text in labels]
    view = drawing.view_of(placed, width - _MARGIN, pixels)
    rows = drawing.pack(placed, view, width - _MARGIN, pixels)
    plain_years = drawing.needs_plain_years(placed)
    label_of = dict(zip((id(m) for m in placed), labels, strict=True))
    figure = go.Figure()
    dark = theme == "dark"
    for status, style in STYLES.items():
        own = [m for m in placed if m.event.status == status]
        if own:
            colour = (colours or {}).get(status, "#dddddd" if dark and style.colour == "#000000" else style.colour)
            for trace in _traces(own, status, colour, style.symbol, plain_years, label_of):
                figure.add_trace(trace)
    _layout(figure, rows, title, dark, height, font, plain_years, placed, view)
    return figure


def _layout(
    figure: Figure,
    rows: int,
    title: str | None,
    dark: bool,
    height: int | None,
    font: str,
    plain_years: bool,
    placed: list[Mark],
    view: tuple[float, float],
) -> None:
    ink, paper, grid = ("#e8e8e8", "#16181c", "#33373d") if dark else ("#1d1f23", "#ffffff", "#e6e8eb")
    axis: dict[str, Any] = {
        "type": "linear" if plain_years else "date",
        "gridcolor": grid,
        "linecolor": grid,
        "zeroline": False,
        "showspikes": True,
        "spikethickness": 1,
        "spikecolor": grid,
        "rangeslider": {"visible": False},
    }
    axis["range"] = [drawing.axis_value(edge, plain_years) for edge in view]
    figure.update_layout(
        title={"text": safe(title)} if title else None,
        height=height or max(260, _MARGIN + rows * _ROW_HEIGHT),
        font={"family": font, "size": 13, "color": ink},
        paper_bgcolor=paper,
        plot_bgcolor=paper,
        margin={"l": 24, "r": 24, "t": 60 if title else 24, "b": 48},
        xaxis=axis,
        yaxis={"visible": False, "range": [rows - 0.4, -0.8], "fixedrange": True},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        hoverlabel={"align": "left", "font": {"family": font}},
        hovermode="closest",
        dragmode="pan",
        annotations=_off_view(placed, view, ink),
    )


def _off_view(placed: list[Mark], view: tuple[float, float], ink: str) -> list[dict[str, Any]]:
    """Say how many events lie outside the first view, on the side where they are."""
    earlier = sum(1 for m in placed if m.end < view[0])
    later = sum(1 for m in placed if m.start > view[1])
    told = []
    for count, text, x in ((earlier, "← {} earlier", 0), (later, "{} later →", 1)):
        if count:
            told.append(
                {
                    "text": text.format(count), "xref": "paper", "yref": "paper", "x": x, "y": 0, "yanchor": "bottom",
                    "xanchor": "left" if x == 0 else "right", "showarrow": False, "font": {"color": ink, "size": 12}, "opacity": 0.7,
                }
            )  # fmt: skip
    return told


def _traces(
    own: list[Mark], status: str, colour: str, symbol: str, plain_years: bool, label_of: dict[int, str]
) -> Iterable[Any]:
    """Yield the traces of one status: bars first, so that the marks lie over them."""
    import plotly.graph_objects as go

    bars = [m for m in own if m.shape == SPAN]
    yield from _lines(bars, status, colour, plain_years, width=9, opacity=0.85)
    thin = [m for m in own if m.shape not in (SPAN, POINT)]
    yield from _lines(thin, status, colour, plain_years, width=3, opacity=0.7)
    fading = [m for m in own if m.opens_left or m.opens_right]
    if fading:
        yield go.Scatter(
            x=[drawing.axis_value(m.end if m.opens_right else m.start, plain_years) for m in fading],
            y=[m.row for m in fading],
            mode="markers",
            marker={
                "symbol": ["triangle-right" if m.opens_right else "triangle-left" for m in fading],
                "size": 12,
                "color": colour,
                "opacity": 0.45,
            },
            hovertext=[hover_text(m.event) for m in fading],
            hoverinfo="text",
            customdata=[m.event.id for m in fading],
            legendgroup=status,
            showlegend=False,
            name=status,
        )
    yield go.Scatter(
        x=[drawing.axis_value(m.label_at, plain_years) for m in own],
        y=[m.row for m in own],
        mode="markers+text",
        text=[safe(label_of[id(m)]) for m in own],
        textposition=["middle right" if m.shape == POINT else "top right" for m in own],
        cliponaxis=False,
        marker={
            "symbol": [symbol if m.shape != drawing.WITHIN else f"{symbol}-open" for m in own],
            "size": [13 if m.shape == POINT else 11 for m in own],
            "color": colour,
            "opacity": [0.6 if m.event.review == "proposed" else 1.0 for m in own],
            "line": {"width": [2.4 if m.event.review == "confirmed" else 1.6 for m in own], "color": colour},
        },
        hovertext=[hover_text(m.event) for m in own],
        hoverinfo="text",
        customdata=[m.event.id for m in own],
        legendgroup=status,
        name=status,
    )


def _lines(own: list[Mark], status: str, colour: str, plain_years: bool, width: int, opacity: float) -> Iterable[Any]:
    """Yield lines for bars: whole ones solid, approximate or uncertain ones dotted, the last third towards an open end faded."""
    import plotly.graph_objects as go

    groups: dict[tuple[str, float], list[tuple[float, float, int]]] = {}
    for mark in own:
        when = mark.event.when
        assert when is not None
        dash = "dot" if when.is_approximate or when.is_uncertain else "solid"
        for start, end, fade in _pieces(mark):
            groups.setdefault((dash, opacity * fade), []).append((start, end, mark.row))
    for (dash, alpha), pieces in groups.items():
        xs: list[str | float | None] = []
        ys: list[int | None] = []
        for start, end, row in pieces:
            xs.extend((drawing.axis_value(start, plain_years), drawing.axis_value(end, plain_years), None))
            ys.extend((row, row, None))
        yield go.Scatter(
            x=xs, y=ys, mode="lines", line={"color": colour, "width": width, "dash": dash}, opacity=alpha,
            hoverinfo="skip", legendgroup=status, showlegend=False, name=status,
        )  # fmt: skip


def _pieces(mark: Mark) -> list[tuple[float, float, float]]:
    """Cut a bar into (start, end, strength): weaker in steps towards an open end, from where its latest source vouches for it."""
    length = mark.end - mark.start
    pieces = [(mark.start, mark.end, 1.0)]
    steps = (0.55, 0.3, 0.12)
    if mark.opens_right:
        solid = mark.known if mark.known is not None else mark.end - length * 0.3
        third = (mark.end - solid) / 3
        pieces = [(mark.start, solid, 1.0)]
        pieces += [(solid + third * i, solid + third * (i + 1), s) for i, s in enumerate(steps)]
    if mark.opens_left:
        start, end, strength = pieces.pop(0)
        pieces += [
            (mark.start + length * 0.1 * (2 - i), mark.start + length * 0.1 * (3 - i), s) for i, s in enumerate(steps)
        ]
        pieces.insert(0, (max(start, mark.start + length * 0.3), end, strength))
    return [p for p in pieces if p[1] > p[0]]


def _label(title: str) -> str:
    return title if len(title) <= _LONGEST_LABEL else title[: _LONGEST_LABEL - 1].rstrip() + "…"


def safe(text: str | None) -> str:
    """Return a text as Plotly shows it and not as markup: its pseudo-HTML escaped, control and direction signs left out."""
    kept = "".join(c for c in text or "" if unicodedata.category(c) not in ("Cc", "Cs") and c not in _DIRECTION)
    return html.escape(kept, quote=False)


_DIRECTION: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


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
