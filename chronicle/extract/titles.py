"""Titles: a sentence made short enough for a timeline, the date taken out."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 90
_SHORTEST: Final = 8
_LEADS = re.compile(
    r"^(?:(?:and|but|however|also|meanwhile|moreover|furthermore|in addition|then|so|yet|still|now|thus|therefore|nevertheless)\b[,\s]+)+",
    re.IGNORECASE,
)
_BEFORE_DATE = re.compile(
    r"(?:[,;]\s*)?(?:\s|^)\(?(?:(?:as )?(?:early|late) (?:on|in)|on|in|at|by|since|from|until|till|before|after|during|around|about|"
    r"between|over|throughout|starting|beginning|of|for|as of|no later than)?\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\s*[(\[][^()\[\]]{0,80}[)\]]")
_CUT = re.compile(
    r",\s+(?:who|which|where|when|while|with|after|before|as|led by|including|according to|saying|adding|but|and)\b|;|\s+[–—-]{1,2}\s+|:\s"
)
_BREAKS = re.compile(
    r"\s+(?=(?:in|on|at|for|with|by|to|from|of|after|before|between|during|as|that|and|over|under|against|because)\b)|,\s+"
)
_DANGLING = re.compile(
    r"[\s,;:–—-]+(?:(?:the|a|an|of|in|on|at|for|with|by|to|from|and|or|that|as|between|after|before|into|its|their|his|her|than|is|are|was|were|has|have|be|been|will)[\s,;:]*)*$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|may|might|could|can|did|said|says|met|told|went|came|took|made|got|gave|began|fell|rose|won|lost|led|held|left|"
    r"died|struck|shot|broke|brought|built|caught|cut|drew|found|hit|killed|paid|put|ran|saw|sold|sent|set|spoke|wrote|(?-i:[a-z]{2,}ed))\b",
    re.IGNORECASE,
)
_APPOSITION = re.compile(
    r",\s[^,]{1,80}(?:,\s[^,]{1,80})?,\s(?=(?:is|are|was|were|has|have|had|will|would|may|might|could|can|did|said|says|met|told|went|came|took|made|began|[a-z]{3,}ed)\b)"
)


def title_of(sentence: str, spans: list[tuple[int, int]]) -> str:
    """Return a title of at most 90 characters for a sentence; the expressions at ``spans`` (offsets in it) are taken out."""
    text = sentence
    for start, end in sorted(spans, reverse=True):
        text = _without(text, start, end)
    text = _BRACKETED.sub("", " ".join(text.split()))
    text = _tidy(_LEADS.sub("", text))
    if len(text) > LONGEST:
        text = _shortened(text)
    if len(text) < _SHORTEST:
        whole = _tidy(" ".join(sentence.split()))
        text = whole if len(whole) <= LONGEST else _shortened(whole)
    return text[:1].upper() + text[1:]


def _without(text: str, start: int, end: int) -> str:
    """Take out an expression with the preposition before it and the comma that set it off."""
    head, tail = text[:start], text[end:]
    if tail.startswith(("'s", "’s")):
        return text
    lead = _BEFORE_DATE.search(head)
    head = head[: lead.start()] if lead else head
    if not head.strip():
        return tail.lstrip(" ,;:–—-")
    glue = "" if tail[:1] in ",.;:!?)" or not tail else " "
    if tail.startswith(",") and head.rstrip().endswith(","):
        tail = tail[1:]
    return head.rstrip() + glue + tail.lstrip()


def _tidy(text: str) -> str:
    """Strip what dangles: brackets and quotation marks without their partner, a comma or full stop at the end."""
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    text = re.sub(r",\s*,", ",", text)
    for left, right in ("“”", "«»", ('"', '"')):
        odd = text.count(left) % 2 == 1 if left == right else text.count(left) != text.count(right)
        if odd:
            text = text.replace(left, "").replace(right, "")
    if text.count("(") != text.count(")"):
        text = text.replace("(", "").replace(")", "")
    return text.strip().strip(",;:–—- ").rstrip(".").strip()


def _shortened(text: str) -> str:
    """Cut a long clause where a reader would pause, behind its verb, so that what is left stands by itself."""
    text = _tidy(_APPOSITION.sub(" ", text))
    if len(text) <= LONGEST:
        return text
    verb = _VERB.search(text)
    earliest = max(_SHORTEST * 2, verb.end() + 1 if verb else 0)
    for cut in _CUT.finditer(text):
        if earliest < cut.start() <= LONGEST:
            return _tidy(text[: cut.start()])
    parts = [b.start() for b in _BREAKS.finditer(text) if earliest < b.start() <= LONGEST]
    if parts and verb:
        return _tidy(_DANGLING.sub("", text[: parts[-1]] + " "))
    cut_at = text.rfind(" ", 0, LONGEST - 1)
    return _tidy(_DANGLING.sub("", text[: cut_at if cut_at > 0 else LONGEST - 1] + " ")) + "…"
