"""Packing: marks and their labels in rows in order of time, and what has no room gathered into counted clusters.

No mark is placed without its label. web/packing.js does the same for what the page shows next; both are tested with one set of cases.
Lengths are in pixels from the left edge of the view; a label of one line takes several rows.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from typing import Final

from attrs import define, field

from chronicle.drawing.labels import Label
from chronicle.drawing.measures import HALF_SIGN, LABEL_GAP, M

RIGHT: Final = "right"  # the label stands after the sign,
LEFT: Final = "left"  # before it, where the chart ends too soon,
ABOVE: Final = "above"  # or over a bar
_NO_LABEL: Final = Label((), 0.0)


@define
class Piece:
    """Something to be placed: a mark from ``left`` to ``right`` with its sign at ``at``; heavier pieces are placed before others.

    ``bar`` says that the label stands above the mark. Packing sets ``label``, its side, where it begins (``text``), and the ``row``.
    """

    key: int
    left: float
    right: float
    at: float
    weight: int = 0
    bar: bool = False
    label: Label = _NO_LABEL
    side: str = RIGHT
    text: float = 0.0
    first: float = 0.0
    last: float = 0.0
    row: int = -1

    @property
    def height(self) -> int:
        """How many rows it takes."""
        return int(M["oneLine"] + M["nextLine"] * (max(len(self.label.lines), 1) - 1))


@define
class Cluster:
    """What has no room between two marks of the axis: where these are, and the keys of what it holds, in order of time."""

    left: float
    right: float
    keys: list[int]
    stretch: tuple[int, int]


@define
class Packing:
    """What became of the pieces of a lane. ``rows`` counts the rows of marks; clusters stand in one more, above them."""

    placed: list[Piece] = field(factory=list)
    clusters: list[Cluster] = field(factory=list)
    rows: int = 0


Measure = Callable[[int], Label]


def pack_lanes(
    lanes: list[list[Piece]], most_rows: int, room: float, stretches: list[float], measure: Measure
) -> list[Packing]:
    """Place the pieces of several lanes; each may have all the rows it needs unless together they need more than ``most_rows``."""
    packed = [pack(pieces, most_rows, room, stretches, measure) for pieces in lanes]
    if sum(p.rows for p in packed) <= most_rows:
        return packed
    share = max(M["fewestRows"], most_rows // len(lanes))
    return [
        p if p.rows <= share else pack(pieces, share, room, stretches, measure)
        for p, pieces in zip(packed, lanes, strict=True)
    ]


def pack(pieces: list[Piece], most_rows: int, room: float, stretches: list[float], measure: Measure) -> Packing:
    """Place pieces with their labels in ``most_rows`` rows of a chart ``room`` wide.

    Where more stand at one place than there are rows, the heavier and then the earlier ones are placed, and the others gathered into a
    cluster for each stretch between two marks of the axis (``stretches``: where they begin). One or two are never a cluster: they
    stand below the last row.
    """
    chosen, rest = _choose(pieces, most_rows, room, measure)
    result = Packing()
    ends: list[float] = []
    for piece in sorted(chosen, key=lambda p: (p.at, p.key)):
        (result.placed if _place(piece, ends, 0, most_rows) else rest).append(piece)
    gathered: dict[int, list[Piece]] = defaultdict(list)
    for piece in rest:
        gathered[max(bisect_right(stretches, piece.at) - 1, 0)].append(piece)
    spare = len(ends)
    for number in sorted(gathered):
        own = sorted(gathered[number], key=lambda p: (p.at, p.key))
        if len(own) <= M["few"]:
            for piece in own:
                piece.label = measure(piece.key)
                _measure(piece, room)
                _place(piece, ends, spare, sys.maxsize)
            result.placed += own
        else:
            left = stretches[number] if stretches else 0.0
            right = stretches[number + 1] if number + 1 < len(stretches) else room
            result.clusters.append(Cluster(left, right, [p.key for p in own], (number, number)))
    result.clusters = _joined(result.clusters, room)
    result.rows = max((p.row + p.height for p in result.placed), default=0)
    return result


def _choose(pieces: list[Piece], most_rows: int, room: float, measure: Measure) -> tuple[list[Piece], list[Piece]]:
    """Return the pieces for which there is room, the heaviest first, and the others."""
    used: dict[int, int] = defaultdict(int)
    chosen: list[Piece] = []
    rest: list[Piece] = []
    size, least = M["bin"], M["oneLine"]
    for piece in sorted(pieces, key=lambda p: (-p.weight, p.at, p.key)):
        if used[int(piece.at // size)] + least > most_rows:
            rest.append(piece)
            continue
        piece.label = measure(piece.key)
        _measure(piece, room)
        low, high = max(piece.first, -room), min(piece.last, 2 * room)
        bins = range(int(low // size), int(high // size) + 1)
        if any(used[b] + piece.height > most_rows for b in bins):
            rest.append(piece)
            continue
        for b in bins:
            used[b] += piece.height
        chosen.append(piece)
    return chosen, rest


def _measure(piece: Piece, room: float) -> None:
    """Say where a piece's label stands, and from where to where all of it reaches."""
    width = piece.label.width
    if piece.bar:
        piece.side = ABOVE
        piece.text = max(min(piece.at, room - width), 0.0) if 0 <= piece.at <= room else piece.at
        piece.first, piece.last = min(piece.left, piece.text), max(piece.right, piece.text + width)
        return
    before, after = min(piece.left, piece.at - HALF_SIGN), max(piece.right, piece.at + HALF_SIGN)
    piece.side, piece.text = RIGHT, after + LABEL_GAP
    piece.first, piece.last = before, piece.text + width
    if piece.last > room and piece.at <= room and before - LABEL_GAP - width >= 0:
        piece.side, piece.text = LEFT, before - LABEL_GAP - width
        piece.first, piece.last = piece.text, after


def _place(piece: Piece, ends: list[float], first_row: int, most_rows: int) -> bool:
    """Give a piece the first rows, more for a label of two lines, where nothing reaches into it."""
    row, height = first_row, piece.height
    while row < len(ends) and any(end > piece.first for end in ends[row : row + height]):
        row += 1
    if row + height > most_rows:
        return False
    piece.row = row
    ends.extend([float("-inf")] * (row + height - len(ends)))
    ends[row : row + height] = [piece.last + M["gap"]] * height
    return True


def _joined(clusters: list[Cluster], room: float) -> list[Cluster]:
    """Cut clusters at the edges of the chart; one too narrow to be read there is one with its neighbour."""
    found: list[Cluster] = []
    for cluster in clusters:
        if cluster.left < 0 < cluster.right:
            cluster.left = 0.0
        if cluster.left < room < cluster.right:
            cluster.right = room
        before = found[-1] if found else None
        narrow = min(cluster.right - cluster.left, before.right - before.left if before else room) < M["minPill"]
        if before is not None and narrow and before.right == cluster.left:
            first, last = before.stretch[0], cluster.stretch[1]
            found[-1] = Cluster(before.left, cluster.right, before.keys + cluster.keys, (first, last))
        else:
            found.append(cluster)
    return found
