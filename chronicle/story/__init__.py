"""Events of many articles: the same happening, what came of a plan, conflicts, which days matter."""
