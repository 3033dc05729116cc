"""The blocks of a page's text: which are the article's, and which stand beside it (its title again, bylines, credits, buttons, dates)."""

from __future__ import annotations

import re
from typing import Final

from chronicle.article.dates import Habits, read_dates
from chronicle.readers.dates.words import label_of

_SHORT: Final = 40  # characters
_LONGEST_BYLINE: Final = 160
_ENDS: Final = '.!?…"”»)。！？'
_STOPS: Final = ".!?…。！？"
# who wrote it, whose picture it is; a name must follow, and nothing but names
_BY: Final = re.compile(r"^(?:(?:story|text|words|reporting|reported|written|posted|submitted)\s+)?(?:by|von|par|por|de|di|da|door|af|av|od|автор:?)\s+", re.IGNORECASE)
_CREDIT: Final = re.compile(
    r"^(?:(?:file|stock|cover)\s+)?(?:photo(?:graph)?|image|picture|illustration|graphic|video|foto|bild|crédit|credit|courtesy|copyright|©|quelle|source)s?(?:\s+(?:credit|courtesy))?\s*(?P<mark>:|\b(?:by|of|von|par|de)\b|©|/)\s*",
    re.IGNORECASE,
)
_MATERIALS: Final = re.compile(r"^(?:based on|with) (?:materials?|reporting) (?:from|by) ", re.IGNORECASE)
_BUTTONS: Final = re.compile(
    r"^(?:share|tweet|print|e-?mail|subscribe|advertisement|read more|related|sign up|follow us|comments?|reply|like this|loading|pin it|save|anzeige|teilen|drucken|publicité|partager|compartir)"
    r"(?:\W+(?:this|article|story|page|on|by|via|facebook|twitter|e-?mail|whatsapp|link|a|the|it|to|with|friends?|comments?|post|stories|articles|now|newsletter|our|us|diesen|artikel)){0,8}\W*$",
    re.IGNORECASE,
)
# words in small letters that stand among names
_SMALL: Final = frozenset(["and", "und", "et", "y", "e", "i", "&", "for", "via", "with", "of", "the", "de", "la", "van", "von", "der", "den", "di", "da", "del", "dos", "bin", "al", "/", "|", ",", "staff", "writer", "correspondent"])
_NO_LETTERS: Final = re.compile(r"\W+")


def article_blocks(lines: list[str], title: str | None, habits: Habits) -> list[str]:
    """Return the blocks that are the article's; none where no block has a sentence.

    Short lines before the first sentence are dates, places and sections; the title is dropped where it is a line by itself, never cut from one.
    """
    plain_title = _letters(title or "")
    kept: list[str] = []
    for line in lines:
        found = " ".join((line.strip("| ") if not kept else line).split())
        if not found or (plain_title and not kept and _letters(found) == plain_title) or is_beside(found, habits):
            continue
        if not kept and len(found) < _SHORT and found[-1] not in _ENDS:
            continue
        kept.append(found)
    return kept if any(len(line) >= _SHORT or line[-1] in _ENDS for line in kept) else []


def is_beside(line: str, habits: Habits) -> bool:
    """Whether a line is a byline, a credit, a button, a copyright line, or a date with its label: by all that is in it, not its first word."""
    if line.startswith("©") or _BUTTONS.match(line):
        return True
    if len(line) > _LONGEST_BYLINE:
        return False
    if _MATERIALS.match(line) and not _has_verb_after_stop(line):
        return True
    credit = _CREDIT.match(line)
    if credit and _is_names(_undated(line[credit.end() :], habits), strict=credit["mark"] not in (":", "©", "/")):
        return True
    by = _BY.match(line)
    if by and _is_names(_undated(line[by.end() :], habits), strict=True):
        return True
    return _is_dating(line, habits)


def _is_dating(line: str, habits: Habits) -> bool:
    """Whether a line is a date and what labels it."""
    if line[-1] in _STOPS and not line.endswith(("m.", "Uhr.")):
        return False
    readings = read_dates(line, habits)
    if not readings or len(line) - sum(r.end - r.start for r in readings) > 60:
        return False
    before = line[: readings[0].start]
    words = re.findall(r"[^\W\d_]+", before + line[readings[-1].end :])
    return (bool(label_of(before)) and len(words) <= 7) or len(words) <= 1


def _undated(text: str, habits: Habits) -> str:
    for reading in reversed(read_dates(text, habits)):
        text = text[: reading.start] + text[reading.end :]
    return text.strip(" ,|·•–-()")


def _is_names(text: str, strict: bool) -> bool:
    """Whether a text is names alone: capitals, and the small words between names. What is not strict may be a caption, too."""
    if not text:
        return True
    words = text.replace("/", " / ").replace(",", " , ").split()
    if len(words) > 14 or (text[-1] in _STOPS and len(words) > 4):
        return False
    low = [w for w in words if w[0].islower() and w.lower() not in _SMALL]
    return not low if strict else len(low) <= 1 or text[-1] not in _STOPS


def _has_verb_after_stop(line: str) -> bool:
    return ". " in line.rstrip(".")


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text).casefold()
