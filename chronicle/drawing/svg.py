"""The first view as SVG in the page: there before any script runs, without scripts, and in print.

Places are shares of the width, so that a chart drawn for one width also fills a somewhat wider one; heights and the space between a sign
and its label are pixels. The chart is cut into bands of rows, between which a printed page may end.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from itertools import pairwise
from typing import Any, Final

from attrs import frozen

from chronicle.drawing import figure, labels
from chronicle.drawing.cards import SIGNS, link_to
from chronicle.drawing.marks import SPAN
from chronicle.drawing.measures import HALF_SIGN, LABEL_GAP, ROW, M
from chronicle.drawing.packing import ABOVE, LEFT
from chronicle.drawing.sheet import Gathered, Placed, Sheet, microseconds
from chronicle.drawing.style import BAR_WIDTH, POINT_SIZE, STYLES, THIN_WIDTH
from chronicle.drawing.texts import counted, said

_BAND: Final = 18  # rows
_SPACING: Final = 1.3  # of lines, Plotly's own
_NAMED: Final = 3  # events that a cluster names
_SIGN: Final = 12  # what the paths of signs are wide, in their own units


@frozen
class Pen:
    """What drawing a sheet needs beside it: the page's texts, its language, and the number of each event on the page by its id."""

    words: Mapping[str, Any]
    language: str | None
    numbers: dict[str, int]


def definitions() -> str:
    """Return the signs of all statuses, to be used by their names."""
    scale = POINT_SIZE / _SIGN
    paths = "".join(
        f'<g id="sign-{style.symbol}" transform="scale({scale:.3f}) translate(-8 -8)">{SIGNS[style.symbol]}</g>'
        for style in STYLES.values()
    )
    return f'<svg class="defs" width="0" height="0" aria-hidden="true"><defs>{paths}</defs></svg>'


def height(sheet: Sheet) -> int:
    """Return the height of a sheet in pixels, without its axis."""
    return int(M["top"] + max(sheet.rows, 1) * ROW + M["bottom"])


def chart(sheet: Sheet, latest: tuple[str, float] | None, pen: Pen) -> str:
    """Return the axis and the marks of a sheet."""
    return axis(sheet) + bands(sheet, latest, pen)


def _share(sheet: Sheet, place: float) -> str:
    return _percent(sheet, sheet.px(place))


def _percent(sheet: Sheet, px: float) -> str:
    return f"{min(max(px / sheet.room, -1), 2) * 100:.2f}%".replace(".00%", "%")


def axis(sheet: Sheet) -> str:
    """Return the axis: the larger units above, the smaller below; the one in which the view begins is named at its edge."""
    tall = M["axis"]
    parts = [f'<svg class="axis" width="100%" height="{tall}" aria-hidden="true">']
    major = [(sheet.px(microseconds(t.at)), t.label) for t in sheet.axis.major]
    for number, (px, label) in enumerate(major):
        after = major[number + 1][0] if number + 1 < len(major) else sheet.room
        if px + labels.width_of(label) > sheet.room or (px < 0 and after - max(px, 0) < labels.width_of(label) + 16):
            continue
        if px >= 0:
            parts.append(_upright(sheet, px, 4, tall, "major"))
        at = max(px, 0.0)
        parts.append(
            f'<text class="major" x="{_percent(sheet, at)}" dx="{5 if px >= 0 else 0}" y="18">{escape(label)}</text>'
        )
    for tick in sheet.axis.minor:
        px = sheet.px(microseconds(tick.at))
        if 0 <= px <= sheet.room:
            parts.append(_upright(sheet, px, tall - 17, tall, "minor"))
            if px + labels.width_of(tick.label) < sheet.room:
                parts.append(f'<text x="{_percent(sheet, px)}" dx="5" y="{tall - 6}">{escape(tick.label)}</text>')
    return "".join(parts) + "</svg>"


def _upright(sheet: Sheet, px: float, top: float, bottom: float | str, kind: str) -> str:
    x = _percent(sheet, px)
    return f'<line class="{kind}" x1="{x}" x2="{x}" y1="{top:g}" y2="{bottom}"/>'


def bands(sheet: Sheet, latest: tuple[str, float] | None, pen: Pen) -> str:
    """Return the marks in bands of rows, each with the lines of the calendar."""
    whole = height(sheet)
    edges = [0.0, *(M["top"] + n * ROW for n in range(_BAND, int(sheet.rows), _BAND)), float(whole)]
    if len(edges) > 2 and edges[-1] - edges[-2] < 4 * ROW:
        del edges[-2]
    content: list[list[str]] = [[] for _ in edges[1:]]

    for y, name in sheet.headings:
        middle = M["top"] + (y + M["headingRows"] / 2) * ROW
        shown = labels.cut(labels.one_line(name), sheet.room * 0.6, M["bold"])
        band = _band_of(edges, middle)
        top = M["top"] + y * ROW - edges[band]
        line = f'<line class="lane" x1="0" x2="100%" y1="{top:g}" y2="{top:g}"/>'
        content[band].append(f'{line}<text class="lane" x="0" y="{middle + 5 - edges[band]:g}">{escape(shown)}</text>')
    for cluster in sheet.clusters:
        middle = M["top"] + (cluster.middle + 0.5) * ROW
        band = _band_of(edges, middle)
        content[band].append(_pill(cluster, sheet, middle - edges[band], pen))
    for placed in sorted(sheet.placed, key=lambda p: (p.mark.start, p.y)):
        band = _band_of(edges, M["top"] + (placed.middle + 0.5) * ROW)
        content[band].append(_mark(placed, sheet, edges[band], pen))
    grid = [
        (sheet.px(microseconds(t.at)), kind)
        for kind, ticks in (("minor", sheet.axis.minor), ("major", sheet.axis.major))
        for t in ticks
    ]
    lines = "".join(_upright(sheet, px, 0, "100%", kind) for px, kind in grid if 0 <= px <= sheet.room)
    if latest is not None and sheet.view[0] <= latest[1] <= sheet.view[1]:
        lines += _upright(sheet, sheet.px(latest[1]), 0, "100%", "latest")
    drawn = f'<g id="grid-{sheet.room:g}">{lines}</g>'
    parts = []
    for number, (top, bottom) in enumerate(pairwise(edges)):
        before = drawn if number == 0 else f'<use href="#grid-{sheet.room:g}"/>'
        parts.append(
            f'<div class="row"><svg class="band" width="100%" height="{bottom - top:g}">{before}{"".join(content[number])}</svg></div>'
        )
    return "".join(parts)


def _band_of(edges: list[float], y: float) -> int:
    return next((n for n, edge in enumerate(edges[1:]) if y < edge), len(edges) - 2)


def _mark(placed: Placed, sheet: Sheet, top: float, pen: Pen) -> str:
    mark = placed.mark
    event = mark.event
    said_ = said(event.when, pen.language) if event.when is not None else ""
    status = pen.words["statuses"][event.status]
    title = f"{said_}: {labels.one_line(event.title)} ({status}, {pen.words['reviews'][event.review]})"
    hollow = "" if event.review == "confirmed" else " open"
    parts = [
        f'<a class="mark s-{event.status}{hollow}{" key" if mark.key else ""}" href="{escape(link_to(event.id))}"'
        f' data-n="{pen.numbers[event.id]}"><title>{escape(title)}</title>'
    ]
    line_y = M["top"] + (placed.line_y + 0.5) * ROW - top
    if placed.shape != "point":
        parts.append(_lines(placed, sheet, line_y))
    sign_px = sheet.px(figure.sign_at(placed, sheet))
    symbol = STYLES[event.status].symbol
    if -HALF_SIGN < sign_px < sheet.room + HALF_SIGN:
        parts.append(f'<use href="#sign-{symbol}" x="{_percent(sheet, sign_px)}" y="{line_y:g}"/>')
    parts.append(_label(placed, sheet, M["top"] + (placed.text_y + 0.5) * ROW - top))
    return "".join(parts) + "</a>"


def _lines(placed: Placed, sheet: Sheet, y: float) -> str:
    when = placed.mark.event.when
    dotted = when is not None and (when.is_approximate or when.is_uncertain)
    kind = "bar" if placed.shape == SPAN else "thin"
    width = BAR_WIDTH if placed.shape == SPAN else THIN_WIDTH
    parts = []
    for start, end, strength in figure.pieces_of(placed.mark):
        if end <= sheet.view[0] or start >= sheet.view[1]:
            continue
        faint = f' opacity="{strength:g}"' if strength < 1 else ""
        dash = ' stroke-dasharray="2 4"' if dotted else ""
        parts.append(
            f'<line class="{kind}" x1="{_share(sheet, max(start, sheet.view[0]))}" x2="{_share(sheet, min(end, sheet.view[1]))}"'
            f' y1="{y:g}" y2="{y:g}" stroke-width="{width}"{faint}{dash}/>'
        )
    return "".join(parts)


def _label(placed: Placed, sheet: Sheet, y: float) -> str:
    """Return the label, tied to its sign, or to the edge of the chart that it was moved in from."""
    piece = placed.piece
    lines = piece.label.lines
    if piece.side == LEFT:
        tie, anchored = piece.text + piece.label.width + LABEL_GAP + HALF_SIGN, "end"
        offset = -(LABEL_GAP + HALF_SIGN)
        if placed.shape != "point":
            tie, offset = piece.text + piece.label.width, 0.0
    elif piece.side == ABOVE and piece.text < piece.at - 0.5:
        tie, anchored, offset = sheet.room, "end", 0.0
    elif piece.side == ABOVE:
        tie, anchored, offset = piece.text, "start", 0.0
    else:
        tie, anchored, offset = piece.text - LABEL_GAP - HALF_SIGN, "start", LABEL_GAP + HALF_SIGN
    x = _percent(sheet, tie)
    # as Plotly places lines about a height
    first = y + M["drop"] + M["font"] * (0.75 - ((len(lines) - 1) * _SPACING + 1) / 2)
    end = ' text-anchor="end"' if anchored == "end" else ""
    if len(lines) == 1:
        return f'<text x="{x}" dx="{offset:g}" y="{first:.1f}"{end}>{escape(lines[0])}</text>'
    spacing = M["font"] * _SPACING
    spans = "".join(
        f'<tspan x="{x}" dx="{offset:g}" y="{first + n * spacing:.1f}">{escape(line)}</tspan>'
        for n, line in enumerate(lines)
    )
    return f"<text{end}>{spans}</text>"


def cluster_words(cluster: Gathered, pen: Pen) -> str:
    """Say what a cluster holds: how many events of which stretch, and the first of them."""
    words = pen.words
    named = "; ".join(labels.one_line(m.event.title) for m in cluster.marks[:_NAMED])
    more = len(cluster.marks) - _NAMED
    told = f"{counted(words, 'chart', 'cluster', len(cluster.marks), name=cluster.name)}: {named}"
    return f"{told}; {counted(words, 'chart', 'more', more)}" if more > 0 else told


def _pill(cluster: Gathered, sheet: Sheet, y: float, pen: Pen) -> str:
    left, right = sheet.px(cluster.start) + 2, sheet.px(cluster.end) - 2
    middle, tall = (left + right) / 2, M["pill"]
    label, base = pill_text(cluster, right - left), M["drop"] + M["font"] / 4
    return (
        f'<a class="pill" href="{escape(link_to(cluster.marks[0].event.id))}"><title>{escape(cluster_words(cluster, pen))}</title>'
        f'<rect x="{_percent(sheet, left)}" width="{_percent(sheet, max(right - left, 8))}" y="{y - tall / 2:g}" height="{tall}" rx="2"/>'
        f'<text x="{_percent(sheet, middle)}" y="{y + base:g}" text-anchor="middle">{escape(label)}</text></a>'
    )


def pill_text(cluster: Gathered, width: float) -> str:
    """Return what stands on a cluster: its number, and its name where there is room."""
    number = f"+{figure.count_text(len(cluster.marks))}"
    named = f"{number} · {cluster.name}"
    return named if labels.width_of(named) + 16 <= width else number
