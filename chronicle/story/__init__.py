"""Events of many articles as one story: which of them tell the same happening, and what came of what was expected."""

from chronicle.story.joining import Found, Story
from chronicle.story.weighing import Weights

__all__ = ["Found", "Story", "Weights"]
