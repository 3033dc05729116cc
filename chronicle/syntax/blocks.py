"""Blocks and sentences of a text, as spans.

A block is what no sentence runs out of: a paragraph, a headline, a dateline, an item of a list, a row of a table. Lines that were only
broken to a width are put together again. Inside of a block nupunkt finds the ends of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attrs import frozen

from chronicle.syntax.lexicon import Lexicon, lexicon_of

_LINE: Final = re.compile(r"[^\n]+")
_MARKED = re.compile(r"\s*(?:[#>|]|[-*•–]\s|\(?\d{1,3}[.)]\s)")
_STOPPED = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")
_URL = re.compile(r"\s*(?:https?://|www\.)\S+\s*$")
_NARROWEST, _WIDEST = 40, 120
_LONGEST: Final = 600
_CUT = re.compile(r"[;,]\s|\s")
_INITIALS = re.compile(r"\s*(?:[A-Z]\.){1,4}\s*")
_CLOSING = "\"'”’)]»"
_DATELINE = re.compile(
    r"\s*(?:(?:[A-Z][A-Z.'’-]+,?[ ])+(?:[A-Z][\w.]+,?[ ])?(?:[A-Z][a-z]{2,8}\.?[ ]\d{1,2},?[ ](?:\d{4}[ ])?)?(?:\([^()\n]{2,40}\)[ ]?)?(?:--|[—–_-])\s"
    r"|(?:[A-Z][\w.'’-]+,?[ ]){1,5}\([^()\n]{2,40}\)[ ]?(?:--|[—–_-])\s|\([A-Z][^()\n]{1,40}\)[ ]?(?:--|[—–_-])\s)"
)


@frozen
class Span:
    """A sentence: ``start`` to ``end`` of the text, without a dateline, which begins at ``lead``; ``whole`` where it ends with a stop."""

    lead: int
    start: int
    end: int
    whole: bool
    block: int


def sentence_spans(text: str, language: str = "en") -> list[tuple[int, int]]:
    """Return (start, end) of each sentence, without the white space around it."""
    return [(s.lead, s.end) for s in sentences(text, language)]


def sentences(text: str, language: str = "en") -> list[Span]:
    """Return the sentences of a text in order; those that are longer than six hundred characters in parts."""
    import nupunkt

    words = lexicon_of(language)
    found: list[Span] = []
    for number, (low, high) in enumerate(blocks(text, words)):
        block = text[low:high]
        for start, end in _parted(block, _joined(block, nupunkt.sent_spans(block)), words):
            piece = block[start:end]
            begin, stop = low + start + len(piece) - len(piece.lstrip()), low + start + len(piece.rstrip())
            for first, last in _short(text, begin, stop):
                dateline = _DATELINE.match(text, first, last)
                lead = dateline.end() if dateline is not None and dateline.end() < last else first
                found.append(
                    Span(first, lead, last, _STOPPED.search(text, max(first, last - 8), last) is not None, number)
                )
    return found


def blocks(text: str, words: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield the blocks of a text: its lines, put together where they were only broken to a width."""
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text)]
    at = 0
    while at < len(lines):
        stop = at + 1
        while stop < len(lines) and lines[stop][0] == lines[stop - 1][1] + 1 and text[slice(*lines[stop])].strip():
            stop += 1
        run = lines[at:stop]
        at = stop
        begin = run[0][0]
        long = [b - a for a, b in run]
        full = [
            _is_full(text, run[i], run[i + 1], max(long[i - 1] if i else 0, long[i + 1])) for i in range(len(run) - 1)
        ]
        for i, (_, end) in enumerate(run):
            if i + 1 < len(run) and _goes_on(text, run[i], run[i + 1], full, i, words):
                continue
            if text[begin:end].strip():
                yield begin, end
            if i + 1 < len(run):
                begin = run[i + 1][0]


def _is_full(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Tell whether the next line's first word would not have fitted into a line as wide as those around."""
    first = text[slice(*following)].split(None, 1)
    return _NARROWEST <= width <= _WIDEST and line[1] - line[0] + 1 + len(first[0] if first else "") > width


def _goes_on(
    text: str, line: tuple[int, int], following: tuple[int, int], full: list[bool], at: int, words: Lexicon
) -> bool:
    here, after = text[slice(*line)], text[slice(*following)]
    if _MARKED.match(after) or _URL.match(here) or _URL.match(after):
        return False
    stopped = _STOPPED.search(here) is not None
    if after.lstrip()[:1].islower() and not stopped:
        return True
    if not full[at]:
        return False
    # a broken paragraph has full lines in a row, or a line that cannot end there
    if any(full[max(0, at - 1) : at]) or any(full[at + 1 : at + 2]):
        return True
    return not stopped and (here.rstrip().endswith(",") or here.split()[-1].lower() in words["dangling"])


def _short(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Part what is too long for a sentence, so that no text makes the cost of reading one grow."""
    while end - start > _LONGEST:
        cut = None
        for cut in _CUT.finditer(text, start + _LONGEST // 2, start + _LONGEST):
            if cut.group()[0] in ";,":
                break
        stop = cut.end() if cut is not None else start + _LONGEST
        yield start, stop
        start = stop
    if end > start:
        yield start, end


def _parted(block: str, spans: Iterator[tuple[int, int]], words: Lexicon) -> Iterator[tuple[int, int]]:
    """Part what was left in one piece although a word that opens sentences follows a full stop behind a whole word ("met. Meanwhile")."""
    for start, end in spans:
        at = start
        for stop in _MISSED.finditer(block, start, end):
            before = block[max(start, stop.start() - 20) : stop.start()].rpartition(" ")[2].lower()
            if stop["next"].lower() in words["openers"] and before not in words["abbreviations"]:
                yield at, stop.end("gap")
                at = stop.end("gap")
        yield at, end


_MISSED = re.compile(r"(?:(?<=[a-z]{3})|(?<=\d\d))[.!?][\"'”’)]*(?P<gap>\s+)(?=[\"'“‘(`]*(?P<next>[A-Z]\w*))")


def _joined(block: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Put back what was cut off: closing quotation marks, decimals, and sentences that go on in lower case after an abbreviation."""
    held: tuple[int, int] | None = None
    for start, end in spans:
        piece = block[start:end].strip()
        begun = held is not None and _INITIALS.fullmatch(block, held[0], held[1]) is not None
        decimal = piece[:1].isdigit() and block[max(0, start - 1) : start] == "." and not block[start].isspace()
        if held is not None and (begun or decimal or not piece.strip(_CLOSING) or piece[:1].islower()):
            held = (held[0], end)
            continue
        if held is not None:
            yield held
        held = (start, end)
    if held is not None:
        yield held
