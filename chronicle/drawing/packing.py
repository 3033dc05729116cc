"""Packing: marks and their labels in rows where none touches another, and dense stretches gathered into counted clusters.

The page does the same for what it shows (web/packing.js); lengths are in pixels from the left edge of the view.
"""

from __future__ import annotations

import sys
from typing import Final

from attrs import define, field

BIN: Final = 48  # the width of a stretch that becomes one cluster
_GAP: Final = 10
_NARROW_GAP: Final = 2  # after a piece without a label
_FEWEST_ROWS: Final = 5
_FEW: Final = 2
_HALF_SIGN: Final = 8


@define
class Piece:
    """Something to be placed: a mark from ``left`` to ``right`` with its sign at ``at`` and a label after it."""

    key: int
    left: float
    right: float
    at: float
    label: float
    row: int = -1
    labelled: bool = False


@define
class Cluster:
    """A stretch too dense to be drawn: its middle and what it holds."""

    at: float
    keys: list[int]


@define
class Packing:
    """What became of the pieces of a lane. ``rows`` counts the rows of marks; clusters stand in one more, above them."""

    placed: list[Piece] = field(factory=list)
    clusters: list[Cluster] = field(factory=list)
    rows: int = 0


def pack_lanes(lanes: list[list[Piece]], most_rows: int) -> list[Packing]:
    """Place the pieces of several lanes; each may have all the rows it needs unless together they need more than ``most_rows``."""
    packed = [pack(pieces, most_rows) for pieces in lanes]
    if sum(p.rows for p in packed) <= most_rows:
        return packed
    share = max(_FEWEST_ROWS, most_rows // len(lanes))
    return [p if p.rows <= share else pack(pieces, share) for p, pieces in zip(packed, lanes, strict=True)]


def pack(pieces: list[Piece], most_rows: int) -> Packing:
    """Place pieces in ``most_rows`` rows.

    A piece goes to the first row where it and its label touch no other; where there is none, it goes without its label. Where a stretch
    of BIN pixels does not fit like that, it is tried without any label, then at the cost of the labels that reach into it, and if that
    does not fit either, all of it becomes a cluster: what is drawn singly is complete where it stands. One or two pieces are never a
    cluster; they may stand below the last row.
    """
    result = Packing()
    ends: list[float] = []
    last: list[Piece] = []
    for stretch in _stretches(pieces):
        few = len(stretch) <= _FEW
        for labelled, stripping in ((True, False), (False, False), (False, True)):
            tried = (
                [min(e, _bare(p) + _NARROW_GAP) for e, p in zip(ends, last, strict=True)] if stripping else ends.copy()
            )
            rows = sys.maxsize if few and stripping else most_rows
            if all(_place(piece, tried, rows, labelled) for piece in stretch):
                for piece in stretch:
                    if piece.row < len(last):
                        # the earlier piece of a row gives up its label where this one stands in it
                        last[piece.row].labelled &= ends[piece.row] <= _left(piece)
                    last[piece.row : piece.row + 1] = [piece]
                    ends[piece.row : piece.row + 1] = [_end(piece)]
                result.placed.extend(stretch)
                break
        else:
            at = sum(p.at for p in stretch) / len(stretch)
            result.clusters.append(Cluster(at, [p.key for p in stretch]))
    result.rows = max((p.row + 1 for p in result.placed), default=0)
    return result


def _stretches(pieces: list[Piece]) -> list[list[Piece]]:
    bins: dict[int, list[Piece]] = {}
    for piece in pieces:
        bins.setdefault(int(piece.at // BIN), []).append(piece)
    return [sorted(bins[number], key=lambda p: (p.left, p.at)) for number in sorted(bins)]


def _left(piece: Piece) -> float:
    return min(piece.left, piece.at - _HALF_SIGN)


def _bare(piece: Piece) -> float:
    return max(piece.right, piece.at + _HALF_SIGN)


def _end(piece: Piece) -> float:
    """Return where the next piece of its row may begin."""
    if piece.labelled:
        return max(_bare(piece), piece.at + _HALF_SIGN + piece.label) + _GAP
    return _bare(piece) + _NARROW_GAP


def _place(piece: Piece, ends: list[float], most_rows: int, with_label: bool) -> bool:
    """Give a piece the first row that has room, with its label or else without."""
    left = _left(piece)
    row = next((r for r, end in enumerate(ends) if end <= left), len(ends))
    if row >= most_rows:
        return False
    piece.row, piece.labelled = row, with_label and piece.label > 0
    ends[row : row + 1] = [_end(piece)]
    return True
