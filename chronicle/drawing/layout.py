"""The layout of a figure: axes, colours, the names of lanes, notes at its edges, and the line of the latest source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from chronicle.drawing import labels
from chronicle.drawing.axis import moment_name
from chronicle.drawing.labels import safe
from chronicle.drawing.marks import Mark
from chronicle.drawing.measures import ROW, M
from chronicle.drawing.sheet import Sheet, milliseconds
from chronicle.drawing.style import THEMES
from chronicle.drawing.texts import counted, texts

if TYPE_CHECKING:
    from plotly.graph_objects import Figure


SIDE: Final = 24


def lay_out(figure: Figure, sheet: Sheet, title: str | None, theme: str, height: int | None, font: str) -> None:
    """Give a figure its axes, colours, lane names and notes."""
    look = THEMES[theme]
    top = (44 if title else 12) + 48
    axis: dict[str, Any] = {
        "type": "linear" if sheet.plain_years else "date",
        "side": "top",
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
        margin={"l": SIDE, "r": SIDE, "t": top, "b": 48},
        xaxis=axis,
        yaxis={"visible": False, "range": [max(sheet.rows, 9) + 0.5, -1], "fixedrange": True},
        legend={"orientation": "h", "y": 0, "yanchor": "top", "x": 0},
        hoverlabel={"align": "left", "font": {"family": font}},
        hovermode="closest",
        dragmode="pan",
        annotations=[*_headings(sheet, look.soft), *_off_view(sheet, look.ink)],
        shapes=[
            {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y - 0.5, "y1": y - 0.5, "line": {"color": look.line, "width": 1}}
            for y, _ in sheet.headings
        ],
    )  # fmt: skip


def _headings(sheet: Sheet, colour: str) -> list[dict[str, Any]]:
    return [
        {
            "text": f"<b>{safe(labels.cut(labels.one_line(name), sheet.room / 2))}</b>", "xref": "paper", "x": 0, "y": y + (M["headingRows"] - 1) / 2, "xanchor": "left", "yanchor": "middle",
            "showarrow": False, "font": {"color": colour, "size": 12},
        }
        for y, name in sheet.headings
    ]  # fmt: skip


def _off_view(sheet: Sheet, ink: str) -> list[dict[str, Any]]:
    """Say how many events lie outside the first view, and when, on the side where they are."""
    words = texts()
    told = []
    for marks, key, x in ((sheet.earlier, "earlier", 0), (sheet.later, "later", 1)):
        if marks:
            told.append(
                {
                    "text": safe(beyond(marks, key, sheet, words)), "xref": "paper", "yref": "paper", "x": x, "y": 1, "yanchor": "bottom",
                    "xanchor": "left" if x == 0 else "right", "yshift": 22, "showarrow": False, "font": {"color": ink, "size": 12},
                }
            )  # fmt: skip
    return told


def beyond(marks: list[Mark], key: str, sheet: Sheet, words: dict[str, Any]) -> str:
    """Say when and how many events lie on one side of a view: "1928: 1 earlier"."""
    low, high = sheet.view
    ends = [min(m.start for m in marks), max(m.end for m in marks) - 1000]
    far = low - ends[0] if key == "earlier" else ends[1] - high
    length = max(high - low, far) / 1000
    first, last = (moment_name(milliseconds(e), length, words["axis"]) for e in ends)
    span = first if first == last else f"{first}–{last}"
    return counted(words, "chart", key, len(marks), span=span)


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
