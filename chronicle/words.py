"""When in words, for people who do not read EDTF."""

from __future__ import annotations

from chronicle.when import When


def describe(when: When) -> str:
    return str(when)
