"""Measures: lengths and limits of a drawn timeline, in pixels, rows and counts. The page's scripts read the same file."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any, Final

M: Final[dict[str, Any]] = json.loads(
    resources.files("chronicle.drawing").joinpath("web", "measures.json").read_text("utf-8")
)
#: the charts that a page has drawn in it: from which width of the window on, and for which width of the chart
LAYOUTS: Final[tuple[tuple[int, int], ...]] = tuple((window, chart) for window, chart in M["layouts"])
ROW: Final[float] = M["row"]
HALF_SIGN: Final[float] = M["halfSign"]
LABEL_GAP: Final[float] = M["labelGap"]
