"""The figure: events as a Plotly figure.

Moments are points, spans bars, "some time within" a thin line with its sign in the middle, open ends fade, approximate and uncertain
times are dotted; what nobody has checked is hollow. Where there is no room for a label, events are gathered into a counted cluster.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from chronicle.drawing import labels, layout
from chronicle.drawing import lanes as laning
from chronicle.drawing import marks as drawing
from chronicle.drawing.labels import safe
from chronicle.drawing.marks import POINT, SPAN, WITHIN, Mark
from chronicle.drawing.measures import M
from chronicle.drawing.packing import LEFT
from chronicle.drawing.sheet import DAY, Gathered, Placed, Sheet, arrange
from chronicle.drawing.style import (
    BAR_WIDTH,
    FONT,
    POINT_SIZE,
    STYLES,
    THEMES,
    THIN_WIDTH,
    check_colours,
    check_theme,
    colour_of,
)
from chronicle.drawing.texts import said
from chronicle.errors import InvalidValue
from chronicle.event import Event
from chronicle.log.given import events_given
from chronicle.time.when import When

if TYPE_CHECKING:
    from pandas import DataFrame
    from plotly.graph_objects import Figure

_SPACE: Final = "\u2002"  # between a sign and its label
_NAMED: Final = 6  # events that a cluster names under the pointer


def timeline(
    events: Iterable[Event] | str | Path | DataFrame,
    *,
    title: str | None = None,
    lanes: str | None = None,
    view: When | str | None = None,
    now: bool = False,
    theme: str = "light",
    width: int = 1000,
    height: int | None = None,
    font: str = FONT,
    colours: dict[str, str] | None = None,
) -> Figure:
    """Draw events as a Plotly figure; rejected events and events without a date are left out.

    ``events`` is a log or what a question leaves of one, a list of events, a data frame of them (see :meth:`chronicle.EventLog.from_pandas`), or the
    path of a log.

    >>> import chronicle
    >>> figure = chronicle.timeline([chronicle.Event("a", "2021-07-16", "They met"), chronicle.Event("b", "2021-08/2021-09", "They talked")])
    >>> type(figure).__name__
    'Figure'

    ``title`` stands above the figure::

        chronicle.timeline(log, title="Talks in Doha")

    ``lanes`` keeps events apart by "story" (the file, for a log that is a folder), "tag", "place", "person", "organisation", "source" or
    "status"; the twelve with most events have a lane of their own, and an event stands in each lane that it belongs to::

        chronicle.timeline(log, lanes="place")

    ``view`` is the time to show first, a When, EDTF or words that name one time; without it, all events, or where a few lie far off, the stretch that most of
    them share. What has no room for its label is in a counted cluster; a narrower view opens it (so does the page of :func:`write_html`, by itself)::

        chronicle.timeline(log, view="2021-07/2021-08")

    ``now`` draws a line at the publication date of the latest source (never at today's date)::

        chronicle.timeline(log, now=True)

    ``theme`` is "light" or "dark", ``font`` a CSS font family, and ``colours`` replaces the colour of a status::

        chronicle.timeline(log, theme="dark", font="Georgia, serif", colours={"happened": "#88ccee"})

    ``width`` is the expected width in pixels, by which labels are placed; ``height`` the height in pixels (None: as the rows need)::

        chronicle.timeline(log, width=1600, height=900).write_image("wide.png")

    Dates without a zone are drawn as they stand, aware ones in UTC. Years before -9999 and after 9999 are drawn on an axis of plain years.
    Raises ValueError for an unknown theme, lane, status or colour, for a ``view`` that is not one time or has no end, and for ``now`` where no
    source has a publication date.
    """
    import plotly.graph_objects as go

    check_theme(theme, ("light", "dark"))
    check_colours(colours)
    laning.check(lanes)
    events = events_given(events, "timeline")
    stories = laning.stories_of(events) if lanes == "story" else {}
    shown = [e for e in events if e.review != "rejected"]
    factor = 1.0 if font == FONT else M["otherFont"]
    sheet = arrange(
        drawing.make_marks(shown),
        lanes,
        stories,
        view,
        max(width - 2 * layout.SIDE, 100),
        factor=factor,
        everything=True,
    )
    figure = go.Figure()
    for status in STYLES:
        own = [p for p in sheet.placed if p.mark.event.status == status]
        if own:
            for trace in _traces(own, status, colour_of(status, theme, colours), sheet):
                figure.add_trace(trace)
    if sheet.clusters:
        figure.add_trace(_cluster_trace(sheet, theme))
    layout.lay_out(figure, sheet, title, theme, height, font)
    if now:
        latest = latest_source(shown)
        if latest is None:
            raise InvalidValue("now: no source of these events has a publication date, so there is no line to draw")
        layout.now_line(figure, *latest, sheet, theme)
    return figure


def _traces(own: list[Placed], status: str, colour: str, sheet: Sheet) -> Iterable[Any]:
    """Yield the traces of one status: bars first, so that the marks lie over them."""
    import plotly.graph_objects as go

    symbol = STYLES[status].symbol
    shared: dict[str, Any] = {"legendgroup": status, "name": status, "showlegend": False}
    yield go.Scatter(
        x=[None], y=[None], mode="markers", marker={"symbol": symbol, "size": POINT_SIZE, "color": colour},
        hoverinfo="skip", **{**shared, "showlegend": True},
    )  # fmt: skip
    yield from _lines([p for p in own if p.shape == SPAN], colour, BAR_WIDTH, 1.0, shared, sheet)
    yield from _lines([p for p in own if p.shape in (WITHIN, DAY)], colour, THIN_WIDTH, 1.0, shared, sheet)
    # labels of points are tied to their signs; others stand where their lines end, or above them
    apart = [p for p in own if p.shape != POINT]
    yield go.Scatter(
        x=[sheet.x(sign_at(p, sheet)) for p in own],
        y=[p.line_y for p in own],
        mode="markers+text",
        text=[label_text(p, _SPACE) if p.shape == POINT else "" for p in own],
        textposition=[_position(p) for p in own],
        cliponaxis=False,
        marker={
            "symbol": [symbol if p.mark.event.review == "confirmed" else f"{symbol}-open" for p in own],
            "size": [sign_size(p) for p in own],
            "color": colour,
            "opacity": 1,
            "line": {"width": 2, "color": colour},
        },
        **_told(own), **shared,
    )  # fmt: skip
    if apart:
        yield go.Scatter(
            x=[sheet.x(sheet.at(p.piece.text + p.piece.label.width * (p.piece.side == LEFT))) for p in apart],
            y=[p.text_y for p in apart],
            mode="text", text=[label_text(p) for p in apart], textposition=[_position(p) for p in apart], cliponaxis=False,
            **_told(apart), **shared,
        )  # fmt: skip


def _position(placed: Placed) -> str:
    return "middle left" if placed.piece.side == LEFT else "middle right"


def sign_at(placed: Placed, sheet: Sheet) -> float:
    """Return where the sign of a mark stands: a bar's where it begins to be seen, or where it ends if only that is known."""
    mark = placed.mark
    if placed.shape == SPAN and not (mark.opens_left and not mark.opens_right):
        return max(mark.start, min(sheet.view[0], mark.end))
    return mark.label_at


def sign_size(placed: Placed) -> float:
    """Return the size of the sign of a mark in pixels."""
    return POINT_SIZE + 3 if placed.mark.key else POINT_SIZE


def label_text(placed: Placed, space: str = "") -> str:
    """Return a label as Plotly reads it, with a space on the side of its sign: bold for what matters most."""
    before, after = ("", space) if placed.piece.side == LEFT else (space, "")
    text = "<br>".join(f"{before}{labels.safe(line)}{after}" for line in placed.piece.label.lines)
    return f"<b>{text}</b>" if placed.mark.key else text


def _told(own: list[Placed]) -> dict[str, Any]:
    return {
        "hovertext": [labels.hover_text(p.mark.event) for p in own],
        "hoverinfo": "text",
        "customdata": [p.mark.event.id for p in own],
    }


def _lines(
    own: list[Placed], colour: str, width: int, opacity: float, shared: dict[str, Any], sheet: Sheet
) -> Iterable[Any]:
    """Yield lines for bars: whole ones solid, approximate or uncertain ones dotted, steps of fading towards an open end."""
    import plotly.graph_objects as go

    groups: dict[tuple[str, float], list[tuple[float, float, float]]] = {}
    for placed in own:
        when = placed.mark.event.when
        assert when is not None
        dash = "dot" if when.is_approximate or when.is_uncertain else "solid"
        for start, end, fade in pieces_of(placed.mark):
            groups.setdefault((dash, opacity * fade), []).append((start, end, placed.line_y))
    for (dash, alpha), pieces in groups.items():
        xs: list[str | float | None] = []
        ys: list[float | None] = []
        for start, end, y in pieces:
            xs.extend((sheet.x(start), sheet.x(end), None))
            ys.extend((y, y, None))
        yield go.Scatter(
            x=xs, y=ys, mode="lines", line={"color": colour, "width": width, "dash": dash}, opacity=alpha,
            hoverinfo="skip", **shared,
        )  # fmt: skip


def pieces_of(mark: Mark) -> list[tuple[float, float, float]]:
    """Cut a bar into (start, end, strength): weaker in steps from what is known of it towards an open end; web/marks.js does the same."""
    steps = M["fading"]
    pieces = [(mark.solid_start, mark.solid_end, 1.0)]
    for edge, far in ((mark.solid_start, mark.start), (mark.solid_end, mark.end)):
        step = (far - edge) / len(steps)
        for i, strength in enumerate(steps):
            a, b = edge + step * i, edge + step * (i + 1)
            pieces.append((min(a, b), max(a, b), strength))
    return [p for p in pieces if p[1] > p[0]]


def _cluster_trace(sheet: Sheet, theme: str) -> Any:
    """Return the clusters: circles with a count, larger for more, that name the first of their events under the pointer."""
    import plotly.graph_objects as go

    look = THEMES[theme]
    most = max(len(c.marks) for c in sheet.clusters)
    return go.Scatter(
        x=[sheet.x(c.at) for c in sheet.clusters],
        y=[c.middle for c in sheet.clusters],
        mode="markers+text",
        text=[count_text(len(c.marks)) for c in sheet.clusters],
        textposition="middle center",
        textfont={"size": 10, "color": look.ink},
        marker={
            "symbol": "circle", "size": [cluster_size(len(c.marks), most) for c in sheet.clusters], "color": look.line,
            "line": {"width": 1, "color": look.soft},
        },
        hovertext=[_cluster_text(c) for c in sheet.clusters],
        hoverinfo="text",
        name="clusters",
        showlegend=False,
        cliponaxis=False,
    )  # fmt: skip


def count_text(number: int) -> str:
    """Return a count that fits in a cluster: 87, 1.2k, 34k."""
    if number < 1000:
        return str(number)
    return f"{number / 1000:.1f}k" if number < 9950 else f"{number / 1000:.0f}k"


def cluster_size(number: int, most: int) -> float:
    """Return the diameter of a cluster in pixels, from 22 to 38 by its share of the densest one."""
    return float(round(22 + 16 * math.sqrt(number / most), 1))


def _cluster_text(cluster: Gathered) -> str:
    lines = [f"<b>{len(cluster.marks)} events, {safe(cluster.name)}</b>"]
    for mark in cluster.marks[:_NAMED]:
        when = mark.event.when
        title = labels.cut(labels.one_line(mark.event.title), M["one"])
        lines.append(f"{safe(when.words() if when else None)}: {safe(title)}")
    if len(cluster.marks) > _NAMED:
        lines.append(f"and {len(cluster.marks) - _NAMED} more")
    return "<br>".join(lines)


def latest_source(events: Iterable[Event], language: str | None = None) -> tuple[str, float] | None:
    """Return the day of the latest source in words and its middle in microseconds; None where no source has a publication date."""
    days = drawing.published_days(s for e in events for s in e.sources)
    if not days:
        return None
    day = max(days, key=lambda d: d.earliest.microseconds)
    return said(day, language), (day.earliest.microseconds + day.latest.microseconds) / 2
