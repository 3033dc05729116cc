"""The sheet: what is drawn where, in numbers, free of any drawing library."""

from __future__ import annotations

from typing import Any, Final

from attrs import define

from chronicle.drawing import axis as ticking
from chronicle.drawing import labels, packing
from chronicle.drawing import lanes as laning
from chronicle.drawing import marks as drawing
from chronicle.drawing.labels import Label
from chronicle.drawing.marks import POINT, Mark
from chronicle.drawing.measures import HALF_SIGN, ROW, M
from chronicle.drawing.packing import Piece
from chronicle.drawing.texts import filled, texts
from chronicle.errors import InvalidValue
from chronicle.resolve.typed import when_of
from chronicle.time.edtf import UNIX_EPOCH
from chronicle.time.when import When

DAY: Final = "day"  # a moment seen from so near that it has a width


@define
class Placed:
    """A mark on the sheet: its height in rows from the top, its shape here, and where its label is."""

    mark: Mark
    y: float
    shape: str
    piece: Piece

    @property
    def middle(self) -> float:
        """The height of its middle, in rows."""
        return self.y + (self.piece.height - 1) / 2

    @property
    def line_y(self) -> float:
        """The height of its sign, in rows: bars lie under their labels."""
        more = max(len(self.piece.label.lines), 1) - 1
        return self.middle + float(M["under"] + more * M["line"] / 2) / ROW * self.piece.bar

    @property
    def text_y(self) -> float:
        """The height of the middle of its label, in rows."""
        return self.middle - float(M["over"]) / ROW * self.piece.bar


@define
class Gathered:
    """A cluster on the sheet: the stretch of the axis that it is of, its name, and its marks."""

    start: float
    end: float
    y: float
    name: str
    marks: list[Mark]

    @property
    def at(self) -> float:
        """Where it stands, in microseconds."""
        return (self.start + self.end) / 2

    @property
    def middle(self) -> float:
        """The height of its middle, in rows."""
        return self.y + (float(M["pillRows"]) - 1) / 2


@define
class Sheet:
    """What is drawn, in numbers: places in microseconds, heights in rows, ``room`` in pixels; ``earlier`` and ``later`` lie beyond it."""

    view: tuple[float, float]
    room: float
    plain_years: bool
    axis: ticking.Axis
    placed: list[Placed]
    clusters: list[Gathered]
    headings: list[tuple[float, str]]
    rows: float
    earlier: list[Mark]
    later: list[Mark]

    def x(self, microseconds: float) -> str | float:
        """Return a place as the axis has it."""
        return drawing.axis_value(microseconds, self.plain_years)

    def px(self, microseconds: float) -> float:
        """Return a place in pixels from the left."""
        return (microseconds - self.view[0]) * self.room / (self.view[1] - self.view[0])

    def at(self, px: float) -> float:
        """Return the place that is so many pixels from the left."""
        return self.view[0] + px * (self.view[1] - self.view[0]) / self.room


def milliseconds(microseconds: float) -> int:
    """Return a place in time as the axis and JavaScript count it: from 1970-01-01 in UTC."""
    return round((microseconds - UNIX_EPOCH) / 1000)


def microseconds(milliseconds: float) -> float:
    """Return a place on the axis as marks count it."""
    return milliseconds * 1000 + UNIX_EPOCH


def arrange(
    marks: list[Mark],
    lanes: str | None,
    stories: dict[str, str],
    view: When | str | None,
    room: float,
    language: str | None = None,
    factor: float = 1.0,
    everything: bool = False,
) -> Sheet:
    """Give everything its place on a chart ``room`` pixels wide; ``factor`` is for a font wider than Arial.

    What lies beyond the first view is only counted, unless ``everything`` asks for it; then it has the rows beside those of the view.

    Raises ValueError for a view that is not EDTF or has no end.
    """
    low, high = _asked(view) if view is not None else drawing.view_of(marks)
    words = texts(language)
    ticks = ticking.axis(milliseconds(low), milliseconds(high), room, words["axis"])
    seen = [m for m in marks if m.end > low and m.start < high]
    sheet = Sheet(
        (low, high), room, drawing.needs_plain_years(marks), ticks, [], [], [], 0.0,
        [m for m in marks if m.end <= low], [m for m in marks if m.start >= high],
    )  # fmt: skip
    beyond = [sheet.earlier, sheet.later] if view is None and everything else []
    drawn = [*seen, *(m for marks_ in beyond for m in marks_)]
    lane_names, lanes_of = laning.assign([m.event for m in drawn], lanes, stories)
    crowded = len(seen) > M["crowd"]
    stretches = [sheet.px(microseconds(t.at)) for t in ticks.minor]

    def measure(number: int) -> Label:
        mark = drawn[number]
        wider = factor * (M["bold"] if mark.key else 1)
        most = M["crowdLine"] if crowded else room * M["widest"]
        return labels.fit(labels.one_line(mark.event.title), M["crowdLine"] if crowded else M["one"], most, wider)

    def pack(first: int, last: int) -> list[packing.Packing]:
        by_lane: list[list[Piece]] = [[] for _ in lane_names]
        for number in range(first, last):
            for lane in lanes_of[number]:
                by_lane[lane].append(_piece(number, drawn[number], sheet))
        most = M["crowdRows"] if crowded else M["mostRows"]
        return packing.pack_lanes(by_lane, most, room, stretches, measure)

    packed = pack(0, len(seen))
    others, first = [], len(seen)
    for marks_ in beyond:
        others.append(pack(first, first + len(marks_)))
        first += len(marks_)
    for number, (name, lane) in enumerate(zip(lane_names, packed, strict=True)):
        if lanes is not None:
            sheet.headings.append((sheet.rows, name))
            sheet.rows += M["headingRows"]
        _gather(sheet, [lane, *(side[number] for side in others)], drawn, words)
        for piece in [*lane.placed, *(p for side in others for p in side[number].placed)]:
            mark = drawn[piece.key]
            wide = mark.shape == POINT and piece.right - piece.left > 2 * HALF_SIGN
            sheet.placed.append(Placed(mark, sheet.rows + piece.row, DAY if wide else mark.shape, piece))
        sheet.rows += lane.rows
    return sheet


def _gather(sheet: Sheet, packed: list[packing.Packing], drawn: list[Mark], words: dict[str, Any]) -> None:
    """Put the clusters of a lane, and of what lies beside it, into a row of their own."""
    names = [t.name for t in sheet.axis.minor]
    for cluster in (c for lane in packed for c in lane.clusters):
        first, last = names[cluster.stretch[0]], names[cluster.stretch[1]]
        called = first if first == last else filled(words["axis"]["to"], first=first, last=last)
        own = [drawn[k] for k in cluster.keys]
        sheet.clusters.append(Gathered(sheet.at(cluster.left), sheet.at(cluster.right), sheet.rows, called, own))
    if any(lane.clusters for lane in packed):
        sheet.rows += M["pillRows"]


def _piece(number: int, mark: Mark, sheet: Sheet) -> Piece:
    left, right = sheet.px(mark.start), sheet.px(mark.end)
    bar = right - left > M["above"]
    at = min(max(left, 0.0), right) if bar else sheet.px(mark.label_at)
    return Piece(number, left, right, at, mark.weight, bar)


def _asked(view: When | str) -> tuple[float, float]:
    when = when_of(view) if isinstance(view, str) else view
    if when.earliest.is_infinite or when.latest.is_infinite:
        raise InvalidValue(f"view {str(when)!r} has no end; give a time with both, such as 2021-07/2021-08")
    return when.earliest.microseconds, when.latest.microseconds + 1
