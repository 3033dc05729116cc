"""Ranges that are one phrase of the grammar ("3-5 August", "1914-18") as the two expressions that TIMEX3 marks, one for each end."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Final

from chronicle.resolve.passage import Passage
from chronicle.tagger import meaning as m
from chronicle.tagger.candidate import RANGE, Candidate
from chronicle.tagger.language import Language

# between the two ends, whatever the language
_MARK = re.compile(r"\s*[-–—/]+\s*")
_SPACED: Final = frozenset(" –—")


def part(passage: Passage, candidates: list[Candidate]) -> list[Candidate]:
    """Give each end of a range its own candidate."""
    parted: list[Candidate] = []
    for candidate in candidates:
        meaning = candidate.meaning
        gap = _gap(passage.text, candidate, passage.language) if isinstance(meaning, m.Between) else None
        if gap is None or not isinstance(meaning, m.Between):
            parted.append(candidate)
            continue
        parted.append(candidate._replace(end=gap[0], meaning=meaning.start, pair=RANGE))
        parted.append(Candidate(gap[1], candidate.end, meaning.end, None, gap[1]))
    return parted


def _gap(text: str, candidate: Candidate, language: Language) -> tuple[int, int] | None:
    """Return where the first end of a range stops and the second begins."""
    word = _joining(language).search(text, candidate.start + 1, candidate.end)
    if word is not None:
        return word.span()
    marks = list(_inside(text, candidate))
    if not marks:
        return None
    loose = [found for found in marks if not _SPACED.isdisjoint(found[0])]
    # "2014-06-02/2014-06-09": the middle one of several
    return (loose or marks)[len(loose or marks) // 2].span()


def _inside(text: str, candidate: Candidate) -> Iterator[re.Match[str]]:
    for found in _MARK.finditer(text, candidate.start + 1, candidate.end):
        if found.end() < candidate.end:
            yield found


@functools.lru_cache(maxsize=64)
def _joining(language: Language) -> re.Pattern[str]:
    words = {*language.joining, *language.listing}
    choices = sorted((w for w in words if w[0].isalpha() and " the" not in w), key=len, reverse=True)
    body = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in choices) or "(?!)"
    return re.compile(rf"[\s-]+(?:{body})[\s-]+", re.IGNORECASE)
