"""Ranges that are one phrase of the grammar ("3-5 August", "1914-18") as the two expressions that TIMEX3 marks, one for each end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from chronicle.resolve.cues import Cues
from chronicle.resolve.passage import Passage
from chronicle.tagger import meaning as m
from chronicle.tagger.candidate import RANGE, Candidate

# between the two ends, whatever the language
_MARK = re.compile(r"\s*[-–—/]+\s*")
_SPACED: Final = frozenset(" –—")


def part(passage: Passage, candidates: list[Candidate]) -> list[Candidate]:
    """Give each end of a range its own candidate."""
    parted: list[Candidate] = []
    for candidate in candidates:
        meaning = candidate.meaning
        gap = _gap(passage.text, candidate, passage.cues) if isinstance(meaning, m.Between) else None
        if gap is None or not isinstance(meaning, m.Between):
            parted.append(candidate)
            continue
        parted.append(candidate._replace(end=gap[0], meaning=meaning.start, pair=RANGE))
        parted.append(Candidate(gap[1], candidate.end, meaning.end, None, gap[1]))
    return parted


def _gap(text: str, candidate: Candidate, cues: Cues) -> tuple[int, int] | None:
    """Return where the first end of a range stops and the second begins."""
    word = cues.parting.search(text, candidate.start + 1, candidate.end)
    if word is not None:
        return _with_blanks(text, *word.span())
    marks = list(_inside(text, candidate))
    if not marks:
        return None
    loose = [found for found in marks if not _SPACED.isdisjoint(found[0])]
    # "2014-06-02/2014-06-09": the middle one of several
    return (loose or marks)[len(loose or marks) // 2].span()


def _with_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span with the blanks about it: where words stand unspaced, some write them spaced."""
    while text[start - 1].isspace():
        start -= 1
    while text[end].isspace():
        end += 1
    return start, end


def _inside(text: str, candidate: Candidate) -> Iterator[re.Match[str]]:
    for found in _MARK.finditer(text, candidate.start + 1, candidate.end):
        if found.end() < candidate.end:
            yield found
