"""Limits of a reader: how large a file may be unpacked, how deep nested, and how long reading it may take.

A file that is past one of them is named with the option that raises it, and the run goes on.
"""

from __future__ import annotations

import re
import signal
import threading
import time
from collections.abc import Iterator
from types import FrameType
from typing import Final, NoReturn, TypeVar

from attrs import frozen

from chronicle.article import ArticleError

_Item = TypeVar("_Item")
_MEGABYTE: Final = 1024**2
# a string of JSON, or a bracket outside of one
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)


@frozen
class Limits:
    """What one file may cost. ``size`` is in bytes, unpacked (of an archive of pages: each page); ``depth`` counts the lists and objects
    of JSON inside each other; ``seconds`` is the time that reading the file takes, without that of extraction."""

    size: int = 256 * _MEGABYTE
    depth: int = 200
    seconds: float = 60.0

    def too_large(self, name: str) -> ArticleError:
        """Return the error of a file that is too large."""
        return ArticleError(f"{name}: unpacked it is larger than {self.size / _MEGABYTE:g} MB; split it, or raise --max-size")

    def check_depth(self, text: str, name: str) -> None:
        """Raise ArticleError for JSON that is nested too deep."""
        depth = 0
        for found in _TOKEN.finditer(text):
            sign = found[0]
            if sign in "[{":
                depth += 1
                if depth > self.depth:
                    line = text.count("\n", 0, found.start()) + 1
                    raise ArticleError(f"{name}:{line}: nested more than {self.depth} deep; flatten it, or raise --max-depth")
            elif sign in "]}":
                depth -= 1

    def in_time(self, items: Iterator[_Item], name: str) -> Iterator[_Item | ArticleError]:
        """Pass on what a reader yields, until it has taken too long: then an ArticleError, and no more.

        In a process's first thread, on systems that have timers, what takes too long is stopped; elsewhere this is seen when it is done.
        """
        spent = 0.0
        late = ArticleError(f"{name}: reading it took more than {self.seconds:g} s; what came until then is used. Split it, or raise --max-seconds")
        while True:
            started = time.monotonic()
            try:
                with _alarm(self.seconds - spent, late):
                    item = next(items, None)
            except ArticleError as error:
                yield error
                return
            spent += time.monotonic() - started
            if item is None:
                return
            yield item
            if item is late:
                return
            if spent > self.seconds:
                yield late
                return


class _alarm:  # noqa: N801 used as a function
    """Raise an error in the block where it takes too long."""

    def __init__(self, seconds: float, error: Exception) -> None:
        self._seconds = seconds
        self._error = error
        self._works = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()

    def __enter__(self) -> None:
        if self._works:
            self._before = signal.signal(signal.SIGALRM, self._ring)
            signal.setitimer(signal.ITIMER_REAL, max(self._seconds, 0.001))

    def _ring(self, _number: int, _frame: FrameType | None) -> NoReturn:
        raise self._error

    def __exit__(self, *_error: object) -> None:
        if self._works:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._before)


USUAL: Final = Limits()
