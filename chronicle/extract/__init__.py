"""From an article to events: sentences, the clauses that an expression dates, what the text claims of them."""

import sys

from chronicle._callable import CallableModule
from chronicle.extract.extract import extract

__all__ = ["extract"]

sys.modules[__name__].__class__ = CallableModule
