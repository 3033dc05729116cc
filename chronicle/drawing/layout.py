"""The layout of a figure: axes, colours, the names of lanes, notes at its edges, and the line of the latest source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chronicle.drawing import labels
from chronicle.drawing.labels import safe
from chronicle.drawing.sheet import Sheet
from chronicle.drawing.style import ROW, THEMES

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


def lay_out(figure: Figure, sheet: Sheet, title: str | None, theme: str, height: int | None, font: str) -> None:
    """Give a figure its axes, colours, lane names and notes."""
    look = THEMES[theme]
    top = (44 if title else 12) + 40
    axis: dict[str, Any] = {
        "type": "linear" if sheet.plain_years else "date",
        "gridcolor": look.line,
        "linecolor": look.line,
        "zeroline": False,
        "showspikes": True,
        "spikethickness": 1,
        "spikecolor": look.line,
        "rangeslider": {"visible": False},
        "range": [sheet.x(edge) for edge in sheet.view],
    }
    figure.update_layout(
        title={"text": safe(title)} if title else None,
        height=height or max(240, top + 48 + round(sheet.rows * ROW)),
        font={"family": font, "size": 13, "color": look.ink},
        paper_bgcolor=look.paper,
        plot_bgcolor=look.paper,
        margin={"l": 24, "r": 24, "t": top, "b": 48},
        xaxis=axis,
        yaxis={"visible": False, "range": [max(sheet.rows, 3) + 0.2, -0.8], "fixedrange": True},
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0},
        hoverlabel={"align": "left", "font": {"family": font}},
        hovermode="closest",
        dragmode="pan",
        annotations=[*_headings(sheet, look.soft), *_off_view(sheet, look.ink)],
        shapes=[
            {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y - 0.55, "y1": y - 0.55, "line": {"color": look.line, "width": 1}}
            for y, _ in sheet.headings
        ],
    )  # fmt: skip


def _headings(sheet: Sheet, colour: str) -> list[dict[str, Any]]:
    return [
        {
            "text": f"<b>{safe(labels.label(name))}</b>", "xref": "paper", "x": 0, "y": y, "xanchor": "left", "yanchor": "middle",
            "showarrow": False, "font": {"color": colour, "size": 12},
        }
        for y, name in sheet.headings
    ]  # fmt: skip


def _off_view(sheet: Sheet, ink: str) -> list[dict[str, Any]]:
    """Say how many events lie outside the first view, on the side where they are."""
    events = {p.mark.event.id: p.mark for p in sheet.placed} | {m.event.id: m for c in sheet.clusters for m in c.marks}
    earlier = sum(1 for m in events.values() if m.end < sheet.view[0])
    later = sum(1 for m in events.values() if m.start > sheet.view[1])
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


def now_line(figure: Figure, day: str, place: float, sheet: Sheet, theme: str) -> None:
    """Draw a line at a day, named in words; ``place`` is in microseconds."""
    x = sheet.x(place)
    figure.add_shape(
        type="line",
        x0=x,
        x1=x,
        yref="paper",
        y0=0,
        y1=1,
        line={"color": THEMES[theme].soft, "width": 1, "dash": "dash"},
    )
    figure.add_annotation(
        text=f"latest source, {day}", x=x, yref="paper", y=0, xanchor="right", yanchor="bottom", showarrow=False,
        font={"size": 11, "color": THEMES[theme].soft},
    )  # fmt: skip
