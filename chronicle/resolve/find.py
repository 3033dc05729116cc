"""find_times: text to resolved mentions, as a pipeline.

Every step takes the passage and its list of candidates and gives a list; what comes before a step is done when it begins,
and none calls back. Meanings are free of any anchor up to the last step, in which the arithmetic runs.
"""

from __future__ import annotations

from typing import Final

from chronicle.article import Published
from chronicle.resolve.directing import direct
from chronicle.resolve.headings import head
from chronicle.resolve.joining import join
from chronicle.resolve.passage import Passage, Step
from chronicle.resolve.ranges import part
from chronicle.resolve.resolving import resolve_all
from chronicle.resolve.sharing import share
from chronicle.resolve.telling import tell
from chronicle.tagger.mention import TimeMention

_STEPS: Final[tuple[Step, ...]] = (
    share,  # what one expression takes from others: the year of a list, the order of day and month
    part,  # the two ends of a range that the grammar reads as one phrase
    tell,  # whose time it is: that of the publication, or another that a passage tells of
    head,  # of which year the sections of a narrative are
    join,  # which two expressions make one time: the ends of a range, an amount and what it is counted from
    direct,  # where the clause about it looks: back, ahead or nowhere
)


def find_times(
    text: str, published: Published = None, language: str = "en", style: str | None = None
) -> list[TimeMention]:
    """Find and resolve every expression of time in a text.

    ``published`` is the publication date: a date, a datetime (naive: the article's own clock) or ISO 8601 text. Without it
    only absolute expressions are resolved; relative ones are kept and say why. ``style`` is "news" (anchored in the
    publication date), "narrative" (in the time last mentioned), "colloquial" (posts and requests to an assistant: these name
    times that news would not, and a request looks ahead) or None: chosen from the text, as a whole and for paragraphs that
    open with a date of years back. Raises LookupError for an unknown language and ValueError for a publication date
    that is none or an unknown style.

    >>> [(m.text, m.type, str(m.when)) for m in find_times("They have met since last September.", "2021-07-16")]
    [('last September', 'DATE', '2020-09/..')]
    """
    return mentions(Passage.of(text, published, language, style))


def mentions(passage: Passage) -> list[TimeMention]:
    """Find and resolve every expression of time in a passage."""
    candidates = passage.scanner.scan(passage.text, passage.style)
    for step in _STEPS:
        candidates = step(passage, candidates)
    return resolve_all(passage, candidates)
