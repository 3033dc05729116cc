"""Events of articles whose sentences nobody parses: the sentence is the title, its expressions of time taken out where that leaves it whole.

What a language needs for it is ``claims.toml`` in its folder: words that say of a happening that it was denied, cancelled, planned or
expected, words by which somebody says something, and the prepositions that go with an expression of time that is taken out. Without
the file every sentence stays as it is, and its status is what its date tells.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import frozen

from chronicle import languages
from chronicle.article import Article
from chronicle.event import Event, slug
from chronicle.extraction.citing import cited
from chronicle.extraction.groups import finest, side_by_side
from chronicle.extraction.shorten import shorten
from chronicle.resolve.find import find_times
from chronicle.tagger.language import load
from chronicle.tagger.mention import TimeMention
from chronicle.tagger.patterns import GAP, NONE, UNSPACED, UNSPACED_SIGNS, one_of
from chronicle.time.when import When

FILE: Final = "claims.toml"
# in this order: a plan that was called off is no plan
STATUSES: Final = ("cancelled", "denied", "hypothetical", "recurring", "expected", "planned", "possible", "ongoing")
_AHEAD: Final = frozenset({"expected", "planned", "possible"})
_LONGEST: Final = 160
_LONGEST_NAME: Final = 60
_OPENING: Final = "\"'“„«‚‘「『(["
_CLOSING: Final = "\"'”“»’」』)]"
_STOP = re.compile(rf"[.!?…][{re.escape(_CLOSING)}]*\s+|[。！？][{re.escape(_CLOSING)}]*|\n\s*\n|\n(?=[#>*•–-])")
_LAST_WORD = re.compile(r"(?:[^\W\d_]+\.)*[^\W\d_]+$")
_LONGEST_ABBREVIATION: Final = 8
_EMPTY = re.compile(r"[\s,，、;:–—-]*")
_COMMAS: Final = (",", "，")
# a space that was put where an expression was taken out of a script that has none
_UNSPACED_GAP = re.compile(rf"(?<=[{UNSPACED_SIGNS}，]) (?=[{UNSPACED_SIGNS}])")
_SPACES = re.compile(r"\s+")
_BEFORE_MARK = re.compile(r"\s+(?=[,.;:!?…])")
_DOUBLE = re.compile(r",\s*(?=[,.;:!?…])|(?<=[(\[])\s+")
# an expression behind these is a part of a word
_GLUE: Final = ("-", "–", "'", "’")
_NAME = re.compile(r"[^,;.:!?«»“”„\"()\n]{2,}")


@frozen
class Claims:
    """What a language says of reading sentences whole: patterns, each of the words of one list."""

    statuses: dict[str, re.Pattern[str]]
    said: re.Pattern[str]
    according: re.Pattern[str]
    before: re.Pattern[str]
    holding: re.Pattern[str]
    ranges: re.Pattern[str]
    inverts: bool
    abbreviated: frozenset[str]


@functools.cache
def claims_of(code: str) -> Claims:
    """Return what a language's folder says; empty patterns where it says nothing."""
    data = languages.table(code, FILE) if code in languages.codes(FILE) else {}
    lists = data.get("lists", {})
    known = code in languages.codes()
    sections = load(code).lists if known else {}
    articles = sections.get("lists", {}).get("articles", ())
    words = {name: _words(text) for name, text in lists.items()}

    def ending(choices: Iterable[str]) -> re.Pattern[str]:
        return re.compile(
            rf"(?:^|(?<=[\s(,{UNSPACED_SIGNS}，]))(?:{one_of(choices)}){GAP}(?:(?:{one_of(articles)}){GAP})?$", re.IGNORECASE
        )

    ranges = sections.get("range", {})

    return Claims(
        {status: _whole(words.get(status, ())) for status in STATUSES},
        _whole(words.get("saying", ())),
        re.compile(rf"(?:^|(?<=[\s(,{UNSPACED_SIGNS}，]))(?:{one_of(words.get('according', ()))}){GAP}", re.IGNORECASE),
        ending(words.get("before", ())),
        ending(words.get("holding", ())),
        ending((*ranges.get("opening", ()), *ranges.get("opening_both", ()), *words.get("before", ()))),
        bool(data.get("verb_second")),
        frozenset(sections.get("sentences", {}).get("abbreviated", ())),
    )


def events_of(article: Article, undated: bool) -> list[Event]:
    """Return the dated events of an article in the order of its text: one for each time that a sentence names."""
    mentions = find_times(article.text, article.published, article.language)
    claims = claims_of(languages.base(article.language))
    published = None if article.published is None else When.parse(article.published.isoformat()[:10])
    events: list[Event] = []
    taken: set[str] = set()
    at = 0
    for start, end in sentences(article.text, claims, mentions):
        found = []
        while at < len(mentions) and mentions[at].start < end:
            found.append(mentions[at])
            at += 1
        groups = [g for g in side_by_side(found) if undated or any(map(is_dated, g))]
        for group in groups:
            event = _event(article, (start, end), found, group, claims, published)
            if len(groups) > 1:
                event.doubts.append("clause")
            name, number = event.id, 2
            while event.id in taken:
                event = event.with_id(f"{name}-{number}")
                number += 1
            taken.add(event.id)
            events.append(event)
    return events


def is_dated(mention: TimeMention) -> bool:
    """Tell whether an expression dates something: not the present, a length without a date, nor what comes round again."""
    if mention.type == "SET" or mention.value.endswith("_REF"):
        return False
    return mention.edtf is not None or (mention.type != "DURATION" and mention.is_unresolved)


def sentences(text: str, claims: Claims, mentions: list[TimeMention]) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each sentence. None ends at an abbreviation, inside an expression of time or at its own full stop ("3. August")."""
    at = start = 0
    for stop in _STOP.finditer(text):
        while at < len(mentions) and mentions[at].end < stop.start() + 1:
            at += 1
        inside = at < len(mentions) and mentions[at].start <= stop.start() < mentions[at].end
        if text[stop.start()] in ".!?…" and (inside or not _ends(text, stop, claims)):
            continue
        yield from _stripped(text, start, stop.end())
        start = stop.end()
    yield from _stripped(text, start, len(text))


def _ends(text: str, stop: re.Match[str], claims: Claims) -> bool:
    following = text[stop.end() : stop.end() + 2].lstrip(_OPENING + "¿¡")
    if following[:1].islower():
        return False
    word = _LAST_WORD.search(text, max(0, stop.start() - _LONGEST_ABBREVIATION), stop.start())
    if word is None:
        return True
    last = word.group().rpartition(".")[2]
    return not ((len(last) == 1 and last.isupper()) or word.group() in claims.abbreviated)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    begin, stop = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
    if begin < stop:
        yield begin, stop


def _event(
    article: Article,
    span: tuple[int, int],
    found: list[TimeMention],
    group: list[TimeMention],
    claims: Claims,
    published: When | None,
) -> Event:
    sentence = article.text[slice(*span)]
    main = finest(group)
    when = main.when
    title = _title(article.text, span, found, claims)
    status, doubts = _status(sentence, main, when, claims, published)
    begin, stop = group[0].expression[0], max(m.end for m in group)
    name = slug(title)
    return Event(
        id=name if when is None or when.is_open_start else f"{str(when.earliest).partition('T')[0]}-{name}",
        when=when,
        title=title if len(title) <= _LONGEST else f"{shorten(title, _LONGEST)} …",
        status=status,
        unresolved=None if when is not None else main.reason,
        according_to=_speaker(article.text, span, found, claims),
        doubts=sorted(doubts | ({"title"} if len(title) > _LONGEST else set())),
        sources=[
            cited(
                article,
                main,
                sentence,
                " ".join(article.text[begin:stop].split()),
                (begin, stop),
                "; ".join(
                    [*main.anchoring(), f"{main.meaning}, TIMEX3 {main.value}", "the sentence was read as a whole"]
                ),
            )
        ],
    )


def _status(
    sentence: str, mention: TimeMention, when: When | None, claims: Claims, published: When | None
) -> tuple[str, set[str]]:
    """Return what a sentence claims of its happening: by its words, else by its date."""
    if mention.type == "SET":
        return "recurring", set()
    over = when is not None and published is not None and not when.is_open_end and when.latest <= published.latest
    ahead = when is not None and published is not None and when.earliest > published.latest
    for status, cue in claims.statuses.items():
        if cue.search(sentence):
            # what was to be by a day that is over is told as the day has it, and may not have been
            return ("happened", {"status"}) if over and status in _AHEAD else (status, set())
    return ("planned" if ahead else "happened"), set()


def _title(text: str, span: tuple[int, int], found: list[TimeMention], claims: Claims) -> str:
    """Return a sentence without the expressions of time that it does not need."""
    start, end = span
    pieces, at = [], start
    for group in side_by_side(found):
        if len(group) > 1:
            cut = _range(text, start, group, claims)
        else:
            cut = _cut(text, start, group[0], claims) if is_dated(group[0]) else None
        if cut is not None and cut[0] >= at:
            pieces.append(text[at : cut[0]])
            at = cut[1]
    pieces.append(text[at:end])
    title = _UNSPACED_GAP.sub("", _SPACES.sub(" ", " ".join(pieces)))
    title = _DOUBLE.sub("", _BEFORE_MARK.sub("", title)).strip(" ,，、;:–—-")
    title = _balanced(title.rstrip(".。").strip())
    if not any(map(str.isalnum, title)):
        # nothing but a time: "3日。"
        return _SPACES.sub(" ", text[start:end])
    return title[:1].upper() + title[1:]


def _range(text: str, start: int, group: list[TimeMention], claims: Claims) -> tuple[int, int] | None:
    """Return what is taken out with the two ends of a range, or a day and its time of day: all of it or nothing."""
    first, last = group[0], group[-1]
    opening = claims.ranges if first.partner is not None and first.value != last.value else claims.before
    lead = opening.search(text, max(start, first.start - _LONGEST_NAME), first.start)
    begin = lead.start() if lead is not None else first.start
    opens = _EMPTY.fullmatch(text, start, begin) is not None
    if (opens and claims.inverts) or text[max(start, begin - 1) : begin].endswith(_GLUE):
        return None
    if lead is None and claims.holding.search(text, max(start, begin - _LONGEST_NAME), begin):
        return None
    return begin, last.end + (opens and text[last.end : last.end + 1] in _COMMAS)


def _cut(text: str, start: int, mention: TimeMention, claims: Claims) -> tuple[int, int] | None:
    """Return what is taken out with an expression of time: its preposition, and the comma that set it off; None where it must stay."""
    begin, stop = mention.start, mention.end
    if text[max(start, begin - 1) : begin].endswith(_GLUE) or text.startswith(("-", "–"), stop):
        return None
    if claims.holding.search(text, max(start, begin - _LONGEST_NAME), begin):
        # "the law of 3 May": the date belongs to a noun
        return None
    lead = claims.before.search(text, max(start, begin - _LONGEST_NAME), begin)
    begin = lead.start() if lead is not None else begin
    opens = _EMPTY.fullmatch(text, start, begin) is not None
    if opens and claims.inverts:
        return None
    comma = text[stop : stop + 1] in _COMMAS
    if opens and comma:
        stop += 1
    elif comma and text[start:begin].rstrip()[-1:] in _COMMAS:
        begin = start + len(text[start:begin].rstrip()) - 1
        stop += 1
        return begin, stop
    return begin, stop


def _balanced(title: str) -> str:
    """Take a title out of quotes that are opened or closed only."""
    low = "„" in title
    for left, right in (("„", "“") if low else ("“", "”"), ("«", "»"), ("「", "」"), ("(", ")")):
        if title.count(left) != title.count(right):
            title = title.replace(left, "").replace(right, "")
    return _SPACES.sub(" ", title).strip()


def _speaker(text: str, span: tuple[int, int], found: list[TimeMention], claims: Claims) -> str | None:
    """Return who says so: named after "according to", beside a verb of saying behind a quotation, or as the subject of one."""
    start, end = span
    source = claims.according.search(text, start, end)
    if source is not None:
        return _name(text, source.end(), end, found)
    said = claims.said.search(text, start, end)
    if said is None:
        return None
    before = text[start : said.start()].rstrip()
    if before and (before[-1] in _CLOSING or before[-2:-1] in _CLOSING) and before[-1] in _CLOSING + ",":
        return _name(text, said.end(), end, found)
    first = found[0].start if found and found[0].start < said.start() else said.start()
    lead = text[start:first].strip()
    if first == said.start() and 0 < len(lead) <= _LONGEST_NAME and "," not in lead and lead[:1] not in _OPENING:
        return lead
    return None


def _name(text: str, start: int, end: int, found: list[TimeMention]) -> str | None:
    """Return the name that begins at a place: up to a mark, an expression of time, or a word in small letters behind names."""
    for mention in found:
        if mention.start <= start + 1 < mention.end:
            start = mention.end
        elif start < mention.start < end:
            end = min(end, mention.start)
    piece = _NAME.match(text, start + (text[start : start + 1] == " "), end)
    if piece is None:
        return None
    words = piece.group().split()
    names = [i for i, word in enumerate(words) if word[:1].isupper()]
    last = len(words) if len(piece.group()) <= _LONGEST_NAME // 2 else 0
    for index, word in enumerate(words):
        if word[:1].islower() and names and index > names[0]:
            after = [i for i in names if i > index]
            # "of the interior" goes on a name
            if not after or after[0] > index + 2:
                last = index
                break
            continue
    else:
        last = last or min(len(words), 8)
    name = " ".join(words[: last or 8]).strip()
    return name if 1 < len(name) <= _LONGEST_NAME else None


def _words(text: str) -> tuple[str, ...]:
    """Return what a list holds: a phrase each, parted by commas."""
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _whole(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for one of some words as a whole; "~" at an end stands for any letters there."""
    parts = [re.escape(w).replace(r"\ ", r"\s+").replace(r"\~", r"\w*").replace("~", r"\w*") for w in words]
    joined = [part for part in parts if UNSPACED.search(part)]
    spaced = [part for part in parts if part not in joined]
    whole, within = ("|".join(sorted(some, key=len, reverse=True)) or NONE for some in (spaced, joined))
    return re.compile(rf"(?<!\w)(?:{whole})(?!\w)|(?:{within})", re.IGNORECASE)
