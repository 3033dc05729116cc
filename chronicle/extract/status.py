"""Status: what a clause claims of an event, from its tense, modals, negation and reporting verbs. The cues are data (cues.txt)."""

from __future__ import annotations

import functools
import re
from importlib import resources

from chronicle.when import When

_RELATIVE = re.compile(r",?\s(?:who|whom|which|whose)\b[^,.;]*")


@functools.cache
def _cues() -> list[tuple[str, re.Pattern[str]]]:
    text = resources.files("chronicle.extract").joinpath("cues.txt").read_text("utf-8")
    found = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            status, _, pattern = line.partition(" ")
            found.append((status, re.compile(pattern.strip(), re.IGNORECASE)))
    return found


def status_of(clause: str, when: When | None, signal: str | None, published: When | None) -> str:
    """Return the status that a clause claims: its own words first, else where its time lies beside the publication date."""
    clause = _RELATIVE.sub("", clause)
    for status, pattern in _cues():
        if pattern.search(clause):
            if status == "ongoing" and not _reaches(when, published):
                continue
            if (
                status in ("planned", "expected")
                and when is not None
                and published is not None
                and when.latest < published.earliest
            ):
                continue
            return status
    if when is None or published is None:
        return "happened"
    if signal == "Since":
        return "ongoing"
    return "planned" if when.earliest > published.latest else "happened"


def _reaches(when: When | None, published: When | None) -> bool:
    """Tell whether a time reaches the day of publication."""
    if when is None or published is None:
        return True
    return when.is_open_end or when.overlaps(published)
