"""The errors that are meant for a user: what is wrong, where, and what would be right.

Whatever else is raised is a fault of chronicle's own, and the command says so. Each is one of Python's own kinds too, so that
``except ValueError`` goes on to work.
"""

from __future__ import annotations


class ChronicleError(Exception):
    """Something that whoever uses chronicle can put right; the message says what and where.

    >>> import chronicle
    >>> try:
    ...     chronicle.Event("a", "2021", "They met", status="hapened")
    ... except chronicle.ChronicleError as error:
    ...     print(str(error)[:32])
    status 'hapened' is not known; i
    """


class InvalidValue(ChronicleError, ValueError):
    """A value that cannot be taken. The message says what would be right."""


class UnknownName(ChronicleError, KeyError):
    """A name that nothing has: of an event, a language, a field. The message names the nearest."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class MissingLibrary(ChronicleError, ImportError):
    """A library of one of the extras is not installed. The message says how to install it."""
