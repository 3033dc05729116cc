"""Sentences of a text, as spans. Paragraphs end them; inside a paragraph nupunkt finds their ends."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n|\n(?=[#>*-])")
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
            for start, end in _joined(paragraph, nupunkt.sent_spans(paragraph)):
                piece = paragraph[start:end]
                lead = len(piece) - len(piece.lstrip())
                if piece.strip():
                    yield at + start + lead, at + start + len(piece.rstrip())
        at = resume


def _joined(paragraph: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Put back what was cut off: closing quotation marks, and sentences that go on in lower case after an abbreviation."""
    held: tuple[int, int] | None = None
    for start, end in spans:
        piece = paragraph[start:end].strip()
        if held is not None and (not piece.strip(_CLOSING) or piece[:1].islower()):
            held = (held[0], end)
            continue
        if held is not None:
            yield held
        held = (start, end)
    if held is not None:
        yield held
