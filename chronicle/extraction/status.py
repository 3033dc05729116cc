"""Status: what a clause claims of its event, from the tense, modals and negation of the verb group and from verbs that govern it.

The cues are data (cues.txt): each looks at the verb group before the predicate, at the predicate with the word behind it, or at the whole
clause. Where the words claim nothing, the time beside the publication date decides.
"""

from __future__ import annotations

import functools
import re
from importlib import resources

from chronicle.time.when import When

_OVER = re.compile(r"\bhad\b", re.IGNORECASE)
_LASTS = re.compile(r"\b(?:is|are|remains?|stays?|continues?|runs?|lasts?)\b", re.IGNORECASE)
_RELATIVE = re.compile(r",?\s(?:who|whom|which|whose)\b[^,.;]*")


@functools.cache
def _cues() -> list[tuple[str, str, re.Pattern[str]]]:
    text = resources.files("chronicle.extraction").joinpath("cues.txt").read_text("utf-8")
    found = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            status, where, pattern = line.split(None, 2)
            found.append((status, where, re.compile(pattern.strip(), re.IGNORECASE)))
    return found


def status_of(
    clause: str,
    group: str,
    predicate: str,
    when: When | None,
    signal: str | None,
    published: When | None,
    lead: str = "",
) -> str:
    """Return the status that a clause claims.

    ``group`` is the verb group before the predicate ("is expected to"), ``predicate`` the predicate with the word behind it ("called off"), ``lead``
    the sentence before the clause.
    """
    places = {
        "clause": _RELATIVE.sub("", clause),
        "group": group,
        "predicate": predicate,
        "lead": lead,
        "both": f"{group} {predicate}",
    }
    for status, where, pattern in _cues():
        if pattern.search(places[where]):
            if status == "ongoing" and not _reaches(when, published):
                continue
            return status
    if when is None or published is None:
        return "happened"
    if signal == "Since" and when.is_open_end:
        # "a debate that had lasted since 2019" is over
        return "happened" if _OVER.search(group) else "ongoing"
    if signal == "Until" and when.latest > published.latest and _LASTS.search(f"{group} {predicate}"):
        return "ongoing"
    ahead = when.earliest > published.latest or (signal == "By" and when.latest > published.latest)
    return "planned" if ahead else "happened"


def _reaches(when: When | None, published: When | None) -> bool:
    """Tell whether a time reaches the day of publication."""
    if when is None or published is None:
        return True
    return when.is_open_end or when.overlaps(published)
