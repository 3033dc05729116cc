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
    r"(?:[,;]\s*)?(?:\s|^)\(?(?:as (?:early|late|far back|recently) as|(?:as )?(?:early|late) (?:on|in)|on|in|at|by|since|from|until|till|before|after|during|around|about|"
    r"between|over|throughout|starting|beginning|of|for|as of|no later than)?\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_MARK: Final = "\x02"
_DATELINE = re.compile(r"^[A-Z][A-Z .,'’-]{2,40}(?:\([A-Z][\w ]*\)\s*)?(?:_|--|–|—)\s*")
_ADVERBIAL = re.compile(
    r"(?:in|on|at|for|with|by|after|before|during|under|despite|according|separately|as|if|when|while)\b", re.IGNORECASE
)
_NAME_GOES_ON = re.compile(r"\s+(?:and|of|for|the|&)\s+(?:the\s+)?[A-Z]")
_BRACKETED = re.compile(r"\s*[(\[][^()\[\]]{0,80}[)\]]")
_CUT = re.compile(
    r",\s+(?:who|which|where|when|while|with|after|before|as|led by|including|according to|saying|adding|but|and)\b|;|\s+[–—-]{1,2}\s+|:\s"
)
_BREAKS = re.compile(
    r"\s+(?=(?:in|on|at|for|with|by|to(?=\s+(?:the|an?|[A-Z]))|from|of|after|before|between|during|as|that|and|over|under|against|because)\b)|,\s+"
)
_DANGLING = re.compile(
    r"[\s,;:–—-]+(?:(?:the|a|an|of|in|on|at|for|with|by|to|from|and|or|that|as|between|after|before|into|its|their|his|her|than|is|are|was|were|has|have|be|been|will|compared|even|such|more|including|according|about|some|most|whose|which|who|where|while|because|though|although|if|when)[\s,;:]*)*$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|may|might|could|can|did|said|says|met|told|went|came|took|made|got|gave|began|fell|rose|won|lost|led|held|left|"
    r"died|struck|shot|broke|brought|built|caught|cut|drew|found|hit|killed|paid|put|ran|saw|sold|sent|set|spoke|wrote|(?-i:[a-z]{2,}ed))\b",
    re.IGNORECASE,
)
_APPOSITION = re.compile(
    r",\s[^,]{1,80}(?:,\s[^,]{1,80})?,\s(?=(?:[a-z]+ly\s)?(?:is|are|was|were|has|have|had|will|would|may|might|could|can|did|said|says|met|told|went|came|took|made|began|[a-z]{3,}ed)\b)"
)


_ABBREVIATED = re.compile(r"\b(?:(?:[A-Za-z]\.){2,}|(?:Inc|Corp|Co|Ltd|Bros|Jr|Sr)\.)$")
_SUBORDINATOR = re.compile(
    r"\b(?:that|though|although|because|while|if|when|whether|which|who|what|how|why)\s", re.IGNORECASE
)
_GERUND_AT_END = re.compile(r"[\s,]+(?:before|after|without|by|while|when)\s+\w+ing$")
_TIME_AT_END = re.compile(r",\s+(?:\w+\s+){0,2}(?:years?|months?|weeks?|days?|hours?|minutes?)$")


def title_of(
    sentence: str, spans: list[tuple[int, int]], predicate: tuple[int, int] | None = None, subject: str | None = None
) -> str:
    """Return a title of at most 90 characters for a sentence; the expressions at ``spans`` (offsets in it) are taken out.

    ``predicate`` is where the word stands that the title is about: it is not cut off. Where it comes too late for that, the title begins
    with ``subject``, if that is given.
    """
    text = sentence
    if predicate is not None and not any(a < predicate[1] and predicate[0] < b for a, b in spans):
        # the mark goes with the word through all that is cut and tidied before it
        text = f"{text[: predicate[1]]}{_MARK}{text[predicate[1] :]}"
        spans = [(a + (a >= predicate[1]), b + (b > predicate[1])) for a, b in spans]
    for start, end in sorted(spans, reverse=True):
        text = _without(text, start, end)
    text = _BRACKETED.sub("", " ".join(text.split()))
    text = _tidy(_LEADS.sub("", _DATELINE.sub("", text)))
    if len(text) > LONGEST:
        text = _shortened(text, subject)
    text = text.replace(_MARK, "")
    if len(text) < _SHORTEST:
        whole = _tidy(" ".join(sentence.split()))
        text = whole if len(whole) <= LONGEST else _shortened(whole, None)
    return text[:1].upper() + text[1:]


def _without(text: str, start: int, end: int) -> str:
    """Take out an expression with the preposition before it and the comma that set it off."""
    head, tail = text[:start], text[end:]
    if tail.startswith(("'s", "’s")):
        return text
    lead = _BEFORE_DATE.search(head)
    if lead and lead[0].startswith((",", ";")):
        opened = "," in head[: lead.start()]
        if tail.startswith(",") and not opened:
            # set off on both sides: both commas go
            tail = tail[1:]
        elif opened and _VERB.match(tail.lstrip()):
            # the comma closes an apposition
            tail = "," + tail
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
    text = text.strip().strip(",;:–—- ")
    return text if _ABBREVIATED.search(text) else text.rstrip(".").strip()


def _shortened(text: str, subject: str | None) -> str:
    """Cut a long clause where a reader would pause, behind what it is about, so that what is left stands by itself."""
    if not _ADVERBIAL.match(text):
        shorter = _tidy(_APPOSITION.sub(" ", text))
        text = shorter if _MARK in shorter or _MARK not in text else text
    if len(text) <= LONGEST:
        return text
    told = text.find(_MARK)
    if told > LONGEST and subject is not None:
        again = text.rfind(subject, 0, told)
        if again > 0:
            text = text[again:]
            told = text.find(_MARK)
            if len(text) <= LONGEST:
                return _tidy(text)
    # of "Under a plan approved by the board, the company sold ..." the verb that matters comes after the comma
    begun = text.find(",") + 1 if _ADVERBIAL.match(text) and 0 < text.find(",") < LONGEST else 0
    verb = _VERB.search(text, begun)
    earliest = max(_SHORTEST * 2, verb.end() + 1 if verb else 0, told if 0 < told < LONGEST else 0)
    for cut in _CUT.finditer(text):
        if earliest < cut.start() <= LONGEST and _is_whole(text[: cut.start()]):
            return _tidy(text[: cut.start()])
    parts = [
        b.start() for b in _BREAKS.finditer(text) if earliest < b.start() <= LONGEST and not _in_name(text, b.start())
    ]
    whole = [part for part in parts if _is_whole(text[:part])]
    if whole and verb:
        found = _tidy(_DANGLING.sub("", text[: whole[-1]] + " "))
        found = _tidy(_GERUND_AT_END.sub("", _TIME_AT_END.sub("", found)))
        if _VERB.search(found):
            return found
    cut_at = text.rfind(" ", 0, LONGEST - 1)
    return _tidy(_DANGLING.sub("", text[: cut_at if cut_at > 0 else LONGEST - 1] + " ")) + "…"


def _is_whole(text: str) -> bool:
    """Tell whether the last subordinate clause of a text that is cut off has its verb."""
    *_, last = (None, *_SUBORDINATOR.finditer(text))
    return last is None or _VERB.search(text, last.end()) is not None


def _in_name(text: str, at: int) -> bool:
    """Tell whether a place lies inside a name ("Securities and Exchange Commission")."""
    before = text[:at].rpartition(" ")[2]
    return before[:1].isupper() and _NAME_GOES_ON.match(text, at) is not None
