"""Dating: whether an expression of time dates a happening, or only describes a thing, an amount or another time."""

from __future__ import annotations

import re
from typing import Final

from chronicle.extraction.syntax import lists
from chronicle.tagger.meaning import Cycle, Last, Meaning, Next, Same, Shift, This
from chronicle.tagger.mention import TimeMention

_DATELINE = re.compile(r"[A-Z][A-Z .,'’-]+(?:\([A-Z][\w .]+\)\s*)?[,\s]+$")
_MODIFIED = re.compile(
    r"(?:'s|’s)?[ -](?!(?:and|or|but|when|after|before|at|in|on|to|for|by|with|that|as|the|a|an|was|were|is|are|has|had|have|he|she|it|they|we|his|her|its|their|while|because|who|which|said|says|told|against|from|near|over|until|since)\b)[a-z]{3,}"
)
_DETERMINED = re.compile(r"(?:\b(?:the|a|an|its|their|his|her|our|this|that)\s+)$", re.IGNORECASE)


def dates_something(text: str, start: int, mention: TimeMention) -> bool:
    """Tell whether an expression dates a happening: not the present, an amount or a set, nor a mere attribute of a noun."""
    if mention.type == "SET" or mention.value.endswith("_REF"):
        return False
    if mention.type == "DURATION" and mention.edtf is None:
        return False
    if mention.edtf is None and not mention.is_unresolved:
        return False
    after = text[mention.end : mention.end + 40]
    before = text[max(start, mention.start - 40) : mention.start]
    if before.endswith("-") and before[-2:-1].isalpha():
        # "the post-1959 politics"
        return False
    if _UP_FROM.search(text, max(start, mention.start - 90), mention.start):
        return False
    if _compares(mention.meaning) and (
        _COMPARED.search(before) or _FIGURE_COMPARED.search(text, max(start, mention.start - 90), mention.start)
    ):
        return False
    if _QUARTERLY.search(before) or (mention.meaning in _GENERIC and before.lower().endswith("of ")):
        return False
    if _MOST_SINCE.search(text, max(start, mention.start - 180), mention.start) and not after.lstrip(" ,").startswith(
        "when"
    ):
        return False
    if _ACT.search(before) or _bears(after):
        return False
    if mention.partner is not None:
        return _RESULTS.search(before) is None
    if mention.signal is None and _CHANGED_FROM.search(text, max(start, mention.start - 90), mention.start):
        return False
    if mention.signal is None and before and _DATELINE.fullmatch(text[start : mention.start]):
        return False
    if mention.value.endswith("XX") and _MODIFIED.match(after) and not mention.text.lower().startswith("the "):
        # "the fabled 11th century temple"
        return False
    is_attribute = _MODIFIED.match(after) is not None and (
        _DETERMINED.search(before) is not None or mention.text.lower().startswith(("the ", "a ", "an "))
    )
    return not (is_attribute and mention.type in ("DATE", "DURATION") and _is_coarse(mention))


# the date says which results are meant, not when they come
_QUARTERLY = re.compile(
    r"\b(?:results|earnings|figures|accounts|reports?) for (?:the|its|their) [\w -]{0,30}(?:ended|ending)\s+$",
    re.IGNORECASE,
)
# "the worst accident since 2009": only how far back one has to look
_MOST_SINCE = re.compile(
    r"\b(?:first|second|third|only|most|least|best|worst|\w{3,}est)\b[^.;:]{0,150}\bsince\s+(?:the\s+)?$", re.IGNORECASE
)
_OWNED = re.compile(r"['’]s\s+((?:[\w-]+\s+){0,2}[\w-]+)")


def _bears(after: str) -> bool:
    """Tell whether an expression only says which of several people or things is meant: "last year's winner"."""
    owned = _OWNED.match(after)
    return owned is not None and not lists()["bearer"].isdisjoint(owned[1].lower().split())


# "the Recovery Act of 1989": the year is part of a name
_ACT = re.compile(r"\b(?:Act|Law|Amendments?|Treaty|Convention|Code|Regulations?|Declaration) of $")
_RESULTS = re.compile(r"\b(?:results|earnings|figures|accounts|reports?) for (?:its |their )?$", re.IGNORECASE)
# "the people of tomorrow"
_GENERIC: Final = (This(Cycle("unit", "day")), Next(Cycle("unit", "day")), Last(Cycle("unit", "day")))
_CHANGED_FROM = re.compile(
    r"\b(?:up|down|rose|fell|increased?|decreased?|dropped|drop|gained|declined?|higher|lower)\b[^;]{0,60}\bfrom\s+$",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"\b(?:than|from|with|over|against|versus|as)\s+$", re.IGNORECASE)
# "up from $4.1 million, or 12 cents a share, a year ago": the year of a figure that the happening is compared with
_FIGURES: Final = (
    r"(?:(?:[$£€#¥]|[A-Z]{1,3}\$)?\d[\d.,]*%?,?\s+(?:[a-z]+,?\s+)?|an?\s+[a-z]+,?\s+|(?:an?|the|or|and|of|about|estimated|nearly|some|net|pretax|restated|loss|profit|income|earnings"
    r"|sales|revenue|shares?|contracts|canadian|australian|american|units|hundred|thousand|million|billion|trillion|cents?|pence|percent|points?|francs?|marks?|yen|pounds?|dollars?|euros?|guilders?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve),?\s+)+(?:(?:in|for)\s+)?$"
)
_FIGURE_COMPARED = re.compile(
    r"\b(?:from|than|with|against|versus|below|above|over|twice|double|triple)\s+" + _FIGURES, re.IGNORECASE
)
# the same of a day, which is only there to compare with where "up from" says so: "up from 886 million shares Thursday"
_UP_FROM = re.compile(
    r"\b(?:(?:up|down|increase|decrease|rise|drop|decline) from|compared (?:with|to)|versus"
    r"|(?:rose|fell|grew|declined|dropped|increased|decreased|climbed|slipped|slid|risen|fallen|grown)\b[^;]{0,60}\sfrom)\s+"
    + _FIGURES,
    re.IGNORECASE,
)


def _compares(meaning: Meaning) -> bool:
    """Tell whether an expression stands for an amount of an earlier time ("more than a year earlier")."""
    return isinstance(meaning, (Shift, Last)) or (isinstance(meaning, Same) and meaning.offset <= 0)


def _is_coarse(mention: TimeMention) -> bool:
    """Tell whether an expression is of the kind that stands before nouns: a year, quarter or duration ("the 2020 budget")."""
    return mention.type == "DURATION" or len(mention.value) <= len("2019-Q3")
