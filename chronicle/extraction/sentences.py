"""Sentences of a text, as spans. Paragraphs end them; inside a paragraph nupunkt finds their ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n|\n(?=[#>*-])")
_OPENERS = (
    "The", "A", "An", "This", "That", "These", "Those", "He", "She", "It", "They", "We", "I", "But", "And", "In", "On", "At", "By", "For",
    "With", "After", "Before", "When", "While", "If", "However", "Meanwhile", "Actually", "Then", "There", "His", "Her", "Its", "Their",
    "Our", "As", "Since", "Although", "Some", "Many", "Most", "Also", "Now", "So",
)  # fmt: skip
_ABBREVIATIONS = frozenset(
    (
        "approx",
        "dept",
        "est",
        "inc",
        "corp",
        "vol",
        "etc",
        "resp",
        "capt",
        "gen",
        "sen",
        "rep",
        "gov",
        "col",
        "maj",
        "sgt",
    )
)
_INITIALS = re.compile(r"\s*(?:[A-Z]\.){1,4}\s*")
_CLOSING = "\"'”’)]»"


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence, without the white space around it."""
    return list(_spans(text))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    import nupunkt

    at = 0
    edges = [(m.start(), m.end()) for m in _PARAGRAPH.finditer(text)]
    for stop, resume in [*edges, (len(text), len(text))]:
        paragraph = text[at:stop]
        if paragraph.strip():
            for start, end in _parted(paragraph, _joined(paragraph, nupunkt.sent_spans(paragraph))):
                piece = paragraph[start:end]
                lead = len(piece) - len(piece.lstrip())
                if piece.strip():
                    yield at + start + lead, at + start + len(piece.rstrip())
        at = resume


# words that end a sentence although some field abbreviates another word so ("the council met. Meanwhile")
_MISSED = re.compile(
    r"(?:(?<=[a-z]{3})|(?<=\d\d))[.!?][\"'”’)]*\s+(?=[\"'“‘(]*(?:``)?[\"'“‘(]*(?:" + "|".join(_OPENERS) + r")\b)"
)


def _parted(paragraph: str, spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Part what was left in one piece although a word that opens sentences follows a full stop behind a whole word."""
    for start, end in spans:
        at = start
        for stop in _MISSED.finditer(paragraph, start, end):
            if paragraph[: stop.start()].rpartition(" ")[2].lower() not in _ABBREVIATIONS:
                yield at, stop.end()
                at = stop.end()
        yield at, end


def _joined(paragraph: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Put back what was cut off: closing quotation marks, and sentences that go on in lower case after an abbreviation."""
    held: tuple[int, int] | None = None
    for start, end in spans:
        piece = paragraph[start:end].strip()
        begun = held is not None and _INITIALS.fullmatch(paragraph, held[0], held[1]) is not None
        if held is not None and (begun or not piece.strip(_CLOSING) or piece[:1].islower()):
            held = (held[0], end)
            continue
        if held is not None:
            yield held
        held = (start, end)
    if held is not None:
        yield held
