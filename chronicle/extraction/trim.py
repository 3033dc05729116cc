"""Trimming: what is taken out of a sentence so that a title is left: its dates, brackets, and what dangles then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from chronicle.extraction.syntax import FINITE, Word, lists

_BEFORE_DATE = re.compile(
    r"(?:[,;]\s*)?(?:\s|^|(?<=[\"“`(]))\(?(?:as (?:early|late|far back|recently) as|(?:as )?(?:early|late) (?:on|in)|on|in|at|by|since|from|until|till|before|after|during|around|about|come|"
    r"between|over|throughout|into|towards?|to|starting|beginning|of|for|as of|no later than|earlier|later)?\s*(?:(?:the|its|their|his|her|our)\s+)?$",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"^(?:(?:and|but|however|also|meanwhile|moreover|furthermore|in addition|additionally|separately|then|so|yet|still|now|thus|therefore"
    r"|nevertheless|nonetheless|finally|in fact|of course|indeed)\b[,\s]+|(?:earlier|later),?\s+(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|this|that|in\b|on\b))+",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^[A-Z][A-Z'’.-]*[A-Z.](?:[ ,]+[A-Z][\w'’.-]*){0,4}(?:,? \d{1,2})?[ ,]*(?:\([A-Z][\w ]*\)\s*)?(?:_|--|–|—|-(?=\s))\s*"
    r"|^[A-Z][A-Z .,'’-]{2,40}\([A-Z][\w ]*\)\s*(?:_|--|–|—|-(?=\s))?\s*"
)
_BRACKETED = re.compile(r"\s*[(\[][^()\[\]]{0,80}[)\]]|\{(?=\w)|(?<=\w)\}")
_EMPTY_QUOTES = re.compile(r"\s*(?:[\"“]\s*[.,]?\s*[\"”]|``\s*[.,]?\s*'')")
_DATE_WITH_COMMA = re.compile(r",\s+\d{4}$")
_ABBREVIATED = re.compile(
    r"\b(?:(?:[A-Za-z]\.){2,}|(?:Inc|Corp|Co|Ltd|Bros|Jr|Sr|Calif|Mass|Conn|Ill|Pa|Fla|Ariz|Wash|Mich|Tenn)\.)$"
)
_ALONE = re.compile(r" alone\b")
_OPENERS: Final = frozenset(("as", "when", "while", "because", "although", "if", "whether", "before", "after"))
# "since November, when he was found": the clause belongs to the date
_WHEN = re.compile(r",\s+(?:when|the (?:day|week|month|year))\b[^,;]*(?=[,;]|$)")
# its preposition is part of the expression already: "went on | until midnight"
_SIGNAL = re.compile(r"(?:until|till|since|by|before|after|from|through)\b", re.IGNORECASE)
_LEADING_MARKS: Final = " \"“‘`'"
_OWNED = re.compile(r"\b(?:the|its|their|his|her|our)\s+$", re.IGNORECASE)
_SUBJECTS: Final = frozenset(("pronoun", "determiner", "name", "noun"))
_DESCRIBED: Final = frozenset(("noun", "name", "happening", "gerund", "adjective"))


class Cut(NamedTuple):
    """A span of a sentence that is taken out, and what stands there then."""

    start: int
    end: int
    left: str = ""


def date_cut(sentence: str, words: list[Word], start: int, end: int, low: int) -> Cut | None:
    """Return what goes with an expression of time: the preposition before it and the comma that set it off.

    None where it must stay: as an owner ("Friday's"), as the subject of a verb, or inside a phrase that would fall apart.
    """
    head, tail = sentence[low:start], sentence[end:]
    if tail.startswith(("'s", "’s")) or _is_needed(words, start, end, low):
        return None
    if _ALONE.match(tail):
        end += len(" alone")
        tail = sentence[end:]
    left = ""
    if "-" in sentence[start:end] and _first_kind(words, end) in _DESCRIBED:
        # "a drop in third-quarter profit"
        return Cut(start, end + 1)
    lead = None if _SIGNAL.match(sentence, start) else _BEFORE_DATE.search(head)
    begin = low + (lead.start() if lead else len(head.rstrip()))
    if lead and _OWNED.search(lead[0]) and sentence[end : end + 1] == " " and _first_kind(words, end) in _DESCRIBED:
        # "his 1990 projection"
        return Cut(start, end + 1)
    opened = "," in head
    stop = end
    if lead and lead[0].startswith((",", ";")):
        opened = "," in head[: lead.start()]
        if tail.startswith(",") and not opened:
            stop += 1
        elif _first_kind(words, end) in (FINITE if opened else _SUBJECTS):
            left = ","
    elif tail.startswith(",") and not opened and _DATE_WITH_COMMA.search(sentence[start:end]):
        # the comma belongs to the year: "on July 4, 2020, to meet"
        stop += 1
        if _first_kind(words, stop) in _SUBJECTS:
            left = ","
    if tail.startswith(",") and head.rstrip().endswith(",") and stop == end:
        stop += 1
    aside = _WHEN.match(tail)
    if aside is not None and sentence[low:begin].strip():
        stop = max(stop, end + aside.end() - sentence[end : end + aside.end()].endswith("."))
    if not sentence[low:begin].strip(_LEADING_MARKS):
        stop += len(sentence[stop:]) - len(sentence[stop:].lstrip(" ,;:–—-"))
        return Cut(begin, stop, " ")
    return Cut(begin, stop, left if sentence[stop : stop + 1] in {*",.;:!?)", ""} else left + " ")


def _first_kind(words: list[Word], at: int) -> str:
    return next((w.kind for w in words if w.start >= at and w.kind != "adverb"), "")


def _is_needed(words: list[Word], start: int, end: int, low: int) -> bool:
    """Tell whether a sentence falls apart without an expression: it is a subject, or the head of a described phrase."""
    before = [w for w in words if low <= w.start and w.end <= start]
    following = _first_kind(words, end)
    last = before[-1] if before else None
    if last is not None and last.kind == "determiner":
        last = before[-2] if len(before) > 1 else None
    governing = next((w for w in reversed(before) if w.kind not in ("preposition", "determiner")), None)
    if governing is not None and governing.text.lower() in lists()["takes-time"]:
        # "he is approaching next year with caution", "the charges date from 2016", "the approach of the year 2000", not "a date in May"
        owner = before[: before.index(governing)][-1:]
        described = governing.kind == "noun" and not (owner and owner[0].kind in ("noun", "name"))
        if not described or "of" in (w.text.lower() for w in before[-2:]):
            return True
    opens = (
        last is None
        or last.text in ("“", '"', "``", "''", ":")
        or last.kind == "relative"
        or last.text.lower() in _OPENERS
    )
    if opens and following in FINITE:
        return True
    # "the seasonally slow third quarter narrowed", "its best year", but not "weak third-quarter sales"
    described = last is not None and last is before[-1] and last.kind in ("adjective", "noun") and len(before) > 1
    owned = (
        described
        and any(w.kind == "determiner" for w in before[-4:-1])
        and before[-2].kind in ("adverb", "adjective", "determiner")
    )
    return owned and following in FINITE and before[-2].kind == "adverb"


def bracket_cuts(sentence: str) -> Iterator[Cut]:
    """Yield what stands in brackets."""
    for found in _BRACKETED.finditer(sentence):
        yield Cut(found.start(), found.end())


def tidied(text: str) -> str:
    """Strip what dangles: a lead such as "however", brackets and quotation marks without partner, marks at the ends."""
    text = _BRACKETED.sub("", " ".join(text.split()))
    text = _EMPTY_QUOTES.sub("", _LEADS.sub("", text))
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    text = re.sub(r"^([\"“‘]|``)\s+", r"\1", text)
    text = re.sub(r",\s*,", ",", text)
    for left, right in ("“”", "«»", ("``", "''"), ('"', '"')):
        odd = text.count(left) % 2 == 1 if left == right else text.count(left) != text.count(right)
        if odd:
            text = text.replace(left, "").replace(right, "")
    if text.count("(") != text.count(")"):
        text = text.replace("(", "").replace(")", "")
    text = re.sub(r"(?:\s*(?:--|[–—]))+(?=[\W_]*$)", "", text)
    text = re.sub(r"(?<!\.)\.\.$", ".", text.strip().strip(",;:–—- "))
    return text if _ABBREVIATED.search(text) else text.rstrip(".").strip()


def dateline_end(sentence: str) -> int:
    """Return how long the dateline at the beginning of a sentence is."""
    found = _DATELINE.match(sentence)
    return found.end() if found is not None else 0
