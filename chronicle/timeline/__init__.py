"""Timelines: a view of events made to be looked at, as a Plotly figure and as a page."""

import sys

from chronicle._callable import CallableModule
from chronicle.timeline.figure import timeline
from chronicle.timeline.page import write_html

__all__ = ["timeline", "write_html"]

sys.modules[__name__].__class__ = CallableModule
