"""Candidate: an expression on its way from the text to a mention, and what each step of the way has found out about it."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from chronicle.tagger.meaning import Meaning

# which time the text about an expression is of: its own, another one in a passage, another one altogether
NOW: Final = 0
PASSAGE: Final = 1
THROUGHOUT: Final = 2

# where the clause about an expression looks
PAST: Final = "past"
FUTURE: Final = "future"
# the distance of no cue where what is beside the expression tells nothing of it
SILENT: Final = -1

# how an expression makes one time with the next one
RANGE: Final = "range"
ENDED: Final = "ended"
ENDING: Final = "ending"
COUNTED: Final = "counted"
TIMED: Final = "timed"
Pair = Literal["range", "ended", "ending", "counted", "timed"]


class Candidate(NamedTuple):
    """An expression that was found.

    The scanner gives its span, its meaning and the signal word before it. ``told`` is set by the step that tells whose time
    it is, ``pair`` by the one that joins it with the next, ``direction`` ("past", "future" or None) and ``cue_distance``
    (in characters; negative where there is no doubt) by the one that reads the tense of its clause. ``styles`` are those of texts in which
    it is an expression of time; empty: in any.
    """

    start: int
    end: int
    meaning: Meaning
    signal: str | None
    signal_start: int
    told: int = NOW
    pair: Pair | None = None
    direction: str | None = None
    cue_distance: int = 0
    styles: tuple[str, ...] = ()
