"""The sheet: what is drawn where, in numbers, free of any drawing library."""

from __future__ import annotations

from typing import Final

from attrs import define

from chronicle.drawing import labels, packing
from chronicle.drawing import lanes as laning
from chronicle.drawing import marks as drawing
from chronicle.drawing.marks import POINT, Mark
from chronicle.drawing.style import POINT_SIZE
from chronicle.errors import InvalidValue
from chronicle.time.when import When

DAY: Final = "day"  # a moment seen from so near that it has a width
_SIDES: Final = 48
_HEADING_ROWS: Final = 0.9  # the height of a lane's name, in rows
_CLUSTER_ROWS: Final = 1.3
_MOST_ROWS: Final = 60
_MANY: Final = 2000  # more events than this leave no room for labels at the end of the first view


@define
class Placed:
    """A mark on the figure: its height in rows from the top, and its label where there is room for one."""

    mark: Mark
    y: float
    label: str
    shape: str


@define
class Gathered:
    """A cluster on the figure."""

    at: float
    y: float
    marks: list[Mark]


@define
class Sheet:
    """What is drawn, in numbers: places in microseconds and rows."""

    view: tuple[float, float]
    plain_years: bool
    placed: list[Placed]
    clusters: list[Gathered]
    headings: list[tuple[float, str]]
    rows: float

    def x(self, microseconds: float) -> str | float:
        """Return a place as the axis has it."""
        return drawing.axis_value(microseconds, self.plain_years)


def arrange(
    marks: list[Mark], lanes: str | None, stories: dict[str, str], view: When | str | None, width: int
) -> Sheet:
    """Give everything its place; ``width`` is in pixels. Raises ValueError for a view that is not EDTF or has no end."""
    room = max(width - _SIDES, 100)
    names = [labels.label(m.event.title) for m in marks]
    widths = [labels.width_of(n) for n in names] if len(marks) <= _MANY else [0.0] * len(marks)
    low, high = _asked(view) if view is not None else drawing.view_of(marks, room, [w + 24 for w in widths])
    scale = room / max(high - low, 1)
    plain_years = drawing.needs_plain_years(marks)
    lane_names, lanes_of = laning.assign([m.event for m in marks], lanes, stories)
    sheet = Sheet((low, high), plain_years, [], [], [], 0.0)
    by_lane: list[list[packing.Piece]] = [[] for _ in lane_names]
    for number, mark in enumerate(marks):
        if view is not None and (mark.end < low or mark.start > high):
            continue
        at = max(mark.label_at, low) if mark.end > low else mark.label_at
        piece = (number, (mark.start - low) * scale, (mark.end - low) * scale, (at - low) * scale, widths[number])
        for lane in lanes_of[number]:
            by_lane[lane].append(packing.Piece(*piece))
    for name, packed in zip(lane_names, packing.pack_lanes(by_lane, _MOST_ROWS), strict=True):
        if lanes is not None:
            sheet.headings.append((sheet.rows, name))
            sheet.rows += _HEADING_ROWS
        if packed.clusters:
            sheet.clusters += [
                Gathered(low + c.at / scale, sheet.rows, [marks[k] for k in c.keys]) for c in packed.clusters
            ]
            sheet.rows += _CLUSTER_ROWS
        for piece_ in packed.placed:
            mark = marks[piece_.key]
            label = names[piece_.key] if piece_.labelled else ""
            wide = mark.shape == POINT and (mark.end - mark.start) * scale > 2 * POINT_SIZE
            sheet.placed.append(Placed(mark, sheet.rows + piece_.row, label, DAY if wide else mark.shape))
        sheet.rows += packed.rows
    return sheet


def _asked(view: When | str) -> tuple[float, float]:
    when = When.parse(view) if isinstance(view, str) else view
    if when.earliest.is_infinite or when.latest.is_infinite:
        raise InvalidValue(f"view {str(when)!r} has no end; give a time with both, such as 2021-07/2021-08")
    return when.earliest.microseconds, when.latest.microseconds + 1
