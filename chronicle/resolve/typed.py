"""One time as a person types it: EDTF, or words such as "14 March 2023", "early May", "since last autumn"."""

from __future__ import annotations

import functools
import re
from typing import Final

from attrs import frozen

from chronicle import languages
from chronicle.article.published import Published, parse_published
from chronicle.resolve.find import find_times
from chronicle.tagger.mention import TimeMention
from chronicle.time.edtf import OPEN, EdtfError
from chronicle.time.when import When

_WORD: Final = re.compile(r"[^\W\d_]+")
_LONGEST: Final = 200  # characters
_SOME_DAY: Final = "2000-06-15"  # shows whether words only lack a date to be counted from


@frozen
class Typed:
    """A time that was typed: what it is, and the date that it was counted from (ISO 8601), None where it needs none."""

    when: When
    counted_from: str | None = None


def when_of(text: str, published: Published = None, language: str = "en") -> When:
    """Return the one time that a text names: EDTF, or words in a language that :func:`chronicle.find_times` reads.

    ``published`` is the date that relative words ("last Monday", "early May") are counted from: a date, a datetime or ISO 8601 text.
    Raises EdtfError (a ValueError), which says what would be right, for what is no time, more than one, comes round again, or lacks a date to
    be counted from; LookupError for an unknown language.

    >>> str(when_of("14 March 2023")), str(when_of("last Monday", published="2021-07-16"))
    ('2023-03-14', '2021-07-12')
    """
    return read_typed(text, published, language).when


def read_typed(text: str, published: Published = None, language: str = "en") -> Typed:
    """Do what :func:`when_of` does, and say what the time was counted from."""
    try:
        return Typed(When.parse(text))
    except EdtfError as error:
        if not isinstance(text, str) or not text.strip():
            raise
        refused = error
    if not any(c.isalpha() for c in text):
        raise refused  # in figures alone only EDTF is sure which is the day
    plain = " ".join(text.split())
    if len(plain) > _LONGEST:
        raise EdtfError(f"a time is typed in at most {_LONGEST} characters; this has {len(plain)}: write 14 March 2023 or 2023-03-14")
    anchor = parse_published(published)
    found = find_times(plain, anchor, language)
    if not found:
        raise refused
    when = _one(plain, found, language)
    counted = anchor.isoformat() if anchor is not None and any(m.published for m in found) else None
    return Typed(when, counted)


def _one(text: str, found: list[TimeMention], language: str) -> When:
    first = found[0]
    for mention in found:
        if mention.edtf is None:
            raise EdtfError(_undated(text, mention, language))
    meant = dict.fromkeys(m.edtf for m in found)
    if len(meant) > 1:
        named = ", ".join(f"{m.edtf} (“{m.text}”)" for m in found)
        raise EdtfError(f"{text!r} names more than one time: {named}; give one of them, or a stretch from one to the other")
    assert first.when is not None
    told = _as_told(text, first.when, language)
    if told is not None:
        return told
    rest, at = "", 0
    for mention in found:
        # what stands between the two ends of a range was read with them
        rest += " " + text[at : mention.expression[0]] if at == 0 or mention.partner is None else ""
        at = mention.end
    rest += " " + text[at:]
    if len(found) > 1 and first.partner is not None:
        rest = _WORD.sub("", rest, count=1) if len(_WORD.findall(rest)) == 1 else rest  # the word that opens a range
    foreign = [word for word in _WORD.findall(rest) if word.casefold() not in _around(languages.base(language), len(found) > 1)]
    if foreign or any(c.isdigit() for c in rest):
        read = " … ".join(m.text for m in found)
        raise EdtfError(f"{text!r}: only “{read}” of it is read as a time, as {first.edtf}; write the date alone, or as EDTF")
    return first.when


def _undated(text: str, mention: TimeMention, language: str) -> str:
    if mention.published is None and any(m.edtf is not None for m in find_times(mention.text, _SOME_DAY, language)):
        return (
            f"{text!r} has no date: it is counted from another, and none is known; write it with its year, such as 14 March 2023, or give the "
            "date that it is counted from (published=)"
        )
    return f"{text!r} is not one date: {mention.reason}; write when it was, such as 14 March 2023, early May 2023 or 2023-05"


def _as_told(text: str, when: When, language: str) -> When | None:
    """Return the time whose words these are, None where they are others: typing what chronicle says of a time gives that time."""
    plain = str(when)
    start, slash, end = plain.partition("/")
    forms = [plain, *([f"[{start.strip(OPEN)}..{end.strip(OPEN)}]"] if slash else [f"{plain}?", f"{plain}%", f"{plain}~", f"[..{plain}]", f"[{plain}..]"])]
    for form in forms:
        try:
            other = When.parse(form)
            told = other.words(language)
        except (ValueError, LookupError):
            continue
        if told.casefold() == text.casefold():
            return other
    return None


@functools.cache
def _around(language: str, is_range: bool) -> frozenset[str]:
    """Return the words that may stand around a date, or around the two of a range, without changing what is meant."""
    try:
        said = languages.table(language, languages.WORDS)["sentences"]
    except LookupError:
        return frozenset()

    def of(*names: str) -> set[str]:
        templates = " ".join(said.get(name, "") for name in names)
        return {word.casefold() for word in _WORD.findall(re.sub(r"\{\w+\}", " ", templates))}

    range_words = of("from_to", "within")
    words = of("some_day", "some_month") | (of("from_to_clocks") - range_words)
    return frozenset(words | range_words if is_range else words)
