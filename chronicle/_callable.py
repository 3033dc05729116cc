"""Packages that share their name with the function that they are for.

``chronicle.extract`` is both a package and a public function. Importing the package binds the name to the module, so the module can
be called as the function can.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any


class CallableModule(ModuleType):
    """A module that can be called as the function of its own name."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return getattr(self, self.__name__.rpartition(".")[2])(*args, **kwargs)
