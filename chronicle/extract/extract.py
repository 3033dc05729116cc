"""extract: an article's mentions become dated events, each with its sentence, title, status and source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from chronicle.article import Article
from chronicle.event import Event, Source, slug
from chronicle.extract.sentences import sentence_spans
from chronicle.extract.status import status_of
from chronicle.extract.titles import title_of
from chronicle.find import find_times
from chronicle.mention import TimeMention
from chronicle.tagger.meaning import Last, Meaning, Same, Shift
from chronicle.when import When

_DATELINE = re.compile(r"[A-Z][A-Z .,'’-]+(?:\([A-Z][\w .]+\)\s*)?[,\s]+$")
_BYLINE = re.compile(
    r"^\s*(?:by [A-Z]|published\b|updated\b|posted\b|last (?:updated|modified)\b|photo:|source:)", re.IGNORECASE
)
_MODIFIED = re.compile(
    r"(?:'s|’s)?[ -](?!(?:and|or|but|when|after|before|at|in|on|to|for|by|with|that|as|the|a|an|was|were|is|are|has|had|have|he|she|it|they|we|his|her|its|their|while|because|who|which|said|says|told|against|from|near|over|until|since)\b)[a-z]{3,}"
)
_DETERMINED = re.compile(r"(?:\b(?:the|a|an|its|their|his|her|our|this|that)\s+)$", re.IGNORECASE)


def extract(article: Article) -> list[Event]:
    """Return the dated events of an article, in the order of its text.

    Every resolved date that dates something yields an event; so does a relative expression that could not be resolved, without
    ``when`` and with the reason. References to the present, mere lengths of time and repeated times yield none.
    """
    mentions = find_times(article.text, article.published, article.language)
    published = None if article.published is None else When.parse(article.published.isoformat()[:10])
    spans = sentence_spans(article.text)
    starts = [start for start, _ in spans]
    by_sentence: dict[int, list[TimeMention]] = {}
    for mention in mentions:
        index = bisect_right(starts, mention.start) - 1
        if index >= 0 and mention.start < spans[index][1]:
            by_sentence.setdefault(index, []).append(mention)
    events: list[Event] = []
    taken: set[str] = set()
    for index, found in by_sentence.items():
        for event in _events(article, spans[index], found, published):
            event = event.with_id(_unused(event.id, taken))
            taken.add(event.id)
            events.append(event)
    return events


def _unused(name: str, taken: set[str]) -> str:
    number, free = 2, name
    while free in taken:
        free = f"{name}-{number}"
        number += 1
    return free


def _events(
    article: Article, span: tuple[int, int], mentions: list[TimeMention], published: When | None
) -> Iterator[Event]:
    start, end = span
    sentence = article.text[start:end]
    if _BYLINE.match(sentence):
        return
    dating = [m for m in mentions if _dates_something(article.text, start, m)]
    groups = _grouped(dating)
    for position, group in enumerate(groups):
        clause_start, clause_end = _clause(sentence, start, groups, position)
        clause = article.text[clause_start:clause_end]
        first = group[0]
        if first.partner is not None:
            spans = [(first.expression[0] - clause_start, group[-1].end - clause_start)]
        else:
            spans = [(m.expression[0] - clause_start, m.end - clause_start) for m in group]
        when = _combined(group)
        title = title_of(clause, [s for s in spans if s[0] >= 0])
        status = status_of(clause, when, first.signal, published)
        begin, stop = first.expression[0], group[-1].end
        name = slug(title)
        if when is not None and not when.is_open_start:
            name = f"{_stamp(when)}-{name}"
        yield Event(
            id=name,
            when=when,
            title=title,
            status=status,
            unresolved=None if when is not None else first.reason,
            sources=[
                Source(
                    article=article.key,
                    published=article.published_text,
                    title=article.title,
                    publisher=article.publisher,
                    url=article.url,
                    quote=" ".join(sentence.split()),
                    expression=re.sub(r"\s", " ", article.text[begin:stop]),
                    start=begin,
                    end=stop,
                    anchor=first.previous or (article.published_text if first.published else None),
                    how=_how(group),
                )
            ],
        )


_DAYS: Final = ("day", "hour", "minute", "second")


def _stamp(when: When) -> str:
    """Return the beginning of a time for an id, as exact as it is known."""
    day = str(when.earliest).split("T")[0]
    if when.precision in _DAYS:
        return day
    return day[: -len("-01")] if when.precision in ("month", "season", "quarter", "half") else day[: -len("-01-01")]


def _dates_something(text: str, start: int, mention: TimeMention) -> bool:
    """Tell whether an expression dates a happening: not the present, an amount or a set, nor a mere attribute of a noun."""
    if mention.type == "SET" or mention.value.endswith("_REF"):
        return False
    if mention.type == "DURATION" and mention.edtf is None:
        return False
    if mention.edtf is None and not mention.is_unresolved:
        return False
    after = text[mention.end : mention.end + 40]
    before = text[max(start, mention.start - 40) : mention.start]
    if _COMPARED.search(before) and _compares(mention.meaning):
        return False
    if mention.signal is None and before and _DATELINE.fullmatch(text[start : mention.start]):
        return False
    is_attribute = _MODIFIED.match(after) is not None and (
        _DETERMINED.search(before) is not None or mention.text.lower().startswith(("the ", "a ", "an "))
    )
    return not (is_attribute and mention.type in ("DATE", "DURATION") and _is_coarse(mention))


_COMPARED = re.compile(r"\b(?:than|from|with|over|against|versus|as)\s+$", re.IGNORECASE)


def _compares(meaning: Meaning) -> bool:
    """Tell whether an expression stands for an amount of that time ("more than a year earlier")."""
    return isinstance(meaning, (Shift, Last, Same))


def _is_coarse(mention: TimeMention) -> bool:
    """Tell whether an expression is of the kind that stands before nouns: a year, quarter or duration ("the 2020 budget")."""
    return mention.type == "DURATION" or len(mention.value) <= len("2019-Q3")


def _grouped(mentions: list[TimeMention]) -> list[list[TimeMention]]:
    """Put the two ends of a range, and expressions of the same day side by side, into one group."""
    groups: list[list[TimeMention]] = []
    for mention in mentions:
        if groups:
            last = groups[-1][-1]
            if last.partner is not None and last.edtf == mention.edtf and mention.start - last.end <= 20:
                groups[-1].append(mention)
                continue
            if mention.start - last.end <= 12 and last.edtf and mention.edtf and _same_day(last, mention):
                groups[-1].append(mention)
                continue
        groups.append([mention])
    return groups


def _same_day(first: TimeMention, second: TimeMention) -> bool:
    a, b = first.when, second.when
    return a is not None and b is not None and a.overlaps(b) and "TIME" in (first.type, second.type)


def _combined(group: list[TimeMention]) -> When | None:
    """Return the time of a group: the finest of it."""
    whens = [m.when for m in group if m.when is not None]
    if not whens:
        return None
    return max(whens, key=lambda w: _DAYS.index(w.precision) if w.precision in _DAYS else -1)


def _clause(sentence: str, start: int, groups: list[list[TimeMention]], position: int) -> tuple[int, int]:
    """Return the span of the part of a sentence that a group dates: all of it where it is the only one, else up to where the
    clauses part."""
    low, high = 0, len(sentence)
    for split in _PARTS.finditer(sentence):
        at = start + split.start()
        before = [g for g in groups if g[-1].end <= at]
        after = [g for g in groups if g[0].start >= start + split.end()]
        if not before or not after:
            continue
        if groups[position][0].start >= start + split.end():
            low = max(low, split.end())
        elif groups[position][-1].end <= at and split.group().strip() != "that":
            high = min(high, split.start())
    return start + low, start + high


_PARTS = re.compile(
    r";\s+|\s+that\s+|,\s+(?:and|but|while|whereas)\s+|\s+(?:and|but)\s+(?=(?:he|she|it|they|we|I|the|[A-Z]\w+)\s+\w+)|,?\s+(?:after|before)\s+(?=\w+ing\b)"
)


def _how(group: list[TimeMention]) -> str:
    """Say in one line how the date came about."""
    mention = group[0]
    steps = []
    if mention.published is not None:
        steps.append(f"counted from the publication date, {mention.published}")
    if mention.previous is not None:
        steps.append(f"counted from the time last mentioned, {mention.previous}")
    if mention.direction is not None:
        steps.append(f"the verbs beside it speak of the {mention.direction}")
    mod = f" {mention.mod}" if mention.mod else ""
    steps.append(f"{mention.meaning}, TIMEX3 {mention.value}{mod}")
    return "; ".join(steps)
