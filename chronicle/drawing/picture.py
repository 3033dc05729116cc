"""Pictures: the figure as a PNG, SVG or PDF file, drawn by kaleido with a Chromium or Chrome of the machine."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from chronicle.drawing.figure import timeline
from chronicle.errors import InvalidValue
from chronicle.event import Event
from chronicle.log import storage

FORMATS: Final = ("png", "svg", "pdf")
_SCALE: Final = 2  # pixels of a PNG for one of the figure's


class PictureError(ImportError):
    """What drawing a picture needs is missing on this machine; the message says what."""


def write_picture(
    events: Iterable[Event], path: str | Path, title: str | None = None, *, width: int = 1200, **options: Any
) -> Path:
    """Draw the timeline of some events into a .png, .svg or .pdf file; returns its path.

    ``width`` is in pixels and ``options`` are those of :func:`chronicle.timeline`. Needs the extra ``image`` (kaleido) and a Chromium
    or Chrome on the machine. Raises PictureError where they are missing, ValueError for another kind of file.
    """
    path = Path(path)
    kind = path.suffix.lower().lstrip(".")
    if kind not in FORMATS:
        raise InvalidValue(f"{path}: pictures are {', '.join(FORMATS)}")
    if importlib.util.find_spec("kaleido") is None:
        raise PictureError(
            "pictures are drawn by kaleido, which is not installed: pip install 'chronicle-timeline[image]'"
        )
    figure = timeline(events, title=title, width=width, **options)
    try:
        raw = figure.to_image(
            format=kind, width=width, height=figure.layout.height, scale=_SCALE if kind == "png" else 1
        )
    except Exception as error:
        if "chrome" in f"{type(error).__name__} {error}".lower():
            raise PictureError(
                "kaleido found no Chromium or Chrome that it can run: install one, or name it in the variable BROWSER_PATH"
            ) from error
        raise
    storage.write_atomically(path, raw)
    return path
