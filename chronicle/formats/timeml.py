"""TimeML 1.2.1: TIMEX3 in the text itself, as corpora of annotated time have it; and back.

A text keeps its characters one by one, so that the offsets of what is marked stay the same; a sign that XML 1.0 cannot hold becomes U+FFFD.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Protocol
from xml.sax.saxutils import escape, quoteattr

from attrs import frozen

from chronicle.article import Article
from chronicle.event import Event, Source, id_of
from chronicle.formats import Exported, FormatError, Imported, Loss, imported, left_out
from chronicle.time.when import When

_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<TimeML xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd">\n'
)
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITIES: Final = {"\r": "&#13;"}
_LONGEST_TITLE: Final = 90
_LEFT_OUT: Final = (
    "title", "status", "review", "people", "organisations", "places", "tags", "who", "whom", "doubts", "according_to", "notes", "related", "outcome", "previously",
    "media", "extra",
)  # fmt: skip


class Marked(Protocol):
    """An expression with its place: a :class:`chronicle.TimeMention` or a :class:`Timex`."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""

    @property
    def type(self) -> str:
        """DATE, TIME, DURATION or SET."""

    @property
    def value(self) -> str:
        """The TIMEX3 value."""

    @property
    def mod(self) -> str | None:
        """The TIMEX3 mod."""

    @property
    def quant(self) -> str | None:
        """The TIMEX3 quant, of a SET."""

    @property
    def freq(self) -> str | None:
        """The TIMEX3 freq, of a SET."""


@frozen
class Timex:
    """An expression as TimeML marks it; ``start`` and ``end`` count characters of the text."""

    start: int
    end: int
    text: str
    type: str
    value: str
    mod: str | None = None
    quant: str | None = None
    freq: str | None = None


@frozen
class Document:
    """A TimeML document: its text, its publication date as a TIMEX3 value, and what is marked in it."""

    id: str | None
    published: str | None
    title: str | None
    text: str
    timexes: list[Timex]


def dumps(article: Article, mentions: Iterable[Marked] | None = None) -> str:
    """Return an article as TimeML, with the expressions of time that find_times finds in it or those given."""
    if mentions is None:
        from chronicle.resolve.find import find_times

        mentions = find_times(article.text, article.published, article.language)
    body = _inline(
        article.text, [(m.start, m.end, _timex_tag(m, f"t{n}"), "TIMEX3") for n, m in enumerate(mentions, 1)]
    )
    published = ""
    if article.published_text:
        tag = f'<TIMEX3 tid="t0" type="{"TIME" if "T" in article.published_text else "DATE"}" value={quoteattr(article.published_text)} temporalFunction="false" functionInDocument="CREATION_TIME">'
        published = f"<DCT>{tag}{_text(article.published_text)}</TIMEX3></DCT>\n"
    title = f"<TITLE>{_text(article.title)}</TITLE>\n" if article.title else ""
    return f"{_HEAD}<DOCID>{_text(article.key)}</DOCID>\n{published}{title}<TEXT>{body}</TEXT>\n</TimeML>\n"


def loads(text: str | bytes, where: str = "TimeML") -> Document:
    """Read a TimeML document. Raises FormatError, which names the line."""
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 expat resolves no external entities and stops expansion bombs
    except LookupError as error:
        raise FormatError(f"{where}:1: the encoding that the XML declares is not known: {error}; UTF-8 would be read") from None
    except ElementTree.ParseError as error:
        raise FormatError(f"{where}:{error.position[0]}:{error.position[1] + 1}: not XML: {error}") from None
    body = root.find("TEXT")
    if body is None:
        raise FormatError(f"{where}:1: no TimeML: the element TEXT is missing")
    created = root.find(".//TIMEX3[@functionInDocument='CREATION_TIME']")
    pieces: list[str] = []
    timexes: list[Timex] = []
    _flatten(body, pieces, timexes, created, 0)
    title, name = root.findtext("TITLE"), root.findtext("DOCID")
    return Document(name, None if created is None else created.get("value"), title, "".join(pieces), timexes)


def _flatten(
    element: ElementTree.Element,
    pieces: list[str],
    timexes: list[Timex],
    created: ElementTree.Element | None,
    start: int,
) -> int:
    """Collect the text of an element and the expressions in it; returns where the element ends."""
    pieces.append(element.text or "")
    at = start + len(pieces[-1])
    first = len(pieces) - 1
    for child in element:
        at = _flatten(child, pieces, timexes, created, at)
        pieces.append(child.tail or "")
        at += len(pieces[-1])
    if element.tag == "TIMEX3" and element is not created:
        get = element.get
        timexes.append(
            Timex(
                start,
                at,
                "".join(pieces[first:]),
                get("type", ""),
                get("value", ""),
                get("mod"),
                get("quant"),
                get("freq"),
            )
        )
    return at


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text), _ENTITIES)


def _timex_tag(marked: Marked, name: str) -> str:
    rest = "".join(
        f" {key}={quoteattr(value)}"
        for key, value in (("mod", marked.mod), ("quant", marked.quant), ("freq", marked.freq))
        if value
    )
    return f'<TIMEX3 tid="{name}" type={quoteattr(marked.type)} value={quoteattr(marked.value)}{rest}>'


def _inline(text: str, tags: list[tuple[int, int, str, str]]) -> str:
    """Return a text with tags in it; of two that overlap the first stays."""
    parts: list[str] = []
    at = 0
    for start, end, tag, name in sorted(tags, key=lambda t: (t[0], -t[1])):
        if start >= at:
            parts += [_text(text[at:start]), tag, _text(text[start:end]), f"</{name}>"]
            at = end
    return "".join(parts) + _text(text[at:])


def write(events: list[Event], title: str | None = None) -> Exported:
    """Write the quotes of events as one TimeML text: expressions as TIMEX3, predicates as EVENT, the two linked."""
    body: list[str] = []
    links: list[str] = []
    losses: list[Loss] = []
    for number, event in enumerate(events, 1):
        quote = event.sources[0].quote if event.sources else None
        expression = event.sources[0].expression if event.sources else None
        at = quote.find(expression) if quote and expression else -1
        if quote is None or expression is None or at < 0 or event.when is None:
            losses.append(
                Loss(event.id, "left out: TimeML marks an expression in a quote, and it lacks a date or these")
            )
            continue
        value, mod = event.when.to_timex3()
        timex = Timex(
            at, at + len(expression), expression, "TIME" if "T" in value and value[0] != "P" else "DATE", value, mod
        )
        tags = [(timex.start, timex.end, _timex_tag(timex, f"t{number}"), "TIMEX3")]
        verb = re.search(rf"\b{re.escape(event.predicate.text)}\b", quote) if event.predicate else None
        if verb and not (verb.start() < timex.end and timex.start < verb.end()):
            tags.append((verb.start(), verb.end(), f'<EVENT eid="e{number}" class="OCCURRENCE">', "EVENT"))
            polarity = "NEG" if event.status in ("denied", "cancelled") else "POS"
            links.append(
                f'<MAKEINSTANCE eventID="e{number}" eiid="ei{number}" tense="NONE" aspect="NONE" polarity="{polarity}" pos="OTHER"/>\n'
                f'<TLINK lid="l{number}" relType="IS_INCLUDED" eventInstanceID="ei{number}" relatedToTime="t{number}"/>\n'
            )
        body.append(_inline(quote, tags))
        losses += left_out(event, _LEFT_OUT)
        losses += [Loss(event.id, "sources: only the first one's quote is kept")]
        back = When.from_timex3(value, mod)
        if back != event.when:
            losses.append(Loss(event.id, f"when: {event.when} becomes TIMEX3 {value}{f', mod {mod}' if mod else ''}"))
    name = f"<TITLE>{_text(title)}</TITLE>\n" if title else ""
    joined = "\n\n".join(body)
    return Exported(
        f"{_HEAD}<DOCID>{_text(title or 'chronicle')}</DOCID>\n{name}<TEXT>{joined}</TEXT>\n{''.join(links)}</TimeML>\n".encode(),
        losses,
    )


def read(raw: bytes, path: Path) -> Imported:
    """Read the dated expressions of a TimeML text as events: the sentence is the quote and, cut, the title.

    Durations, sets and references without a date are listed as left out. Raises FormatError.
    """
    from chronicle.syntax.blocks import sentence_spans

    document = loads(raw, str(path))
    spans = sentence_spans(document.text)
    events: list[Event] = []
    losses: list[Loss] = []
    bad: list[Loss] = []
    used: set[str] = set()
    for timex in document.timexes:
        try:
            when = When.from_timex3(timex.value, timex.mod)
        except ValueError as error:
            bad.append(Loss(f"{path}:{timex.start}", f"“{timex.text}”: {error}"))
            continue
        if when is None or timex.type in ("DURATION", "SET"):
            losses.append(
                Loss(f"{path}:{timex.start}", f"“{timex.text}” ({timex.type} {timex.value}) is no date and is left out")
            )
            continue
        start, end = next((s for s in spans if s[0] <= timex.start < s[1]), (timex.start, timex.end))
        quote = " ".join(document.text[start:end].split())
        title = quote if len(quote) <= _LONGEST_TITLE else quote[: _LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
        name = id_of(when, title, used)
        source = Source(
            document.id or path.stem, document.published, document.title, quote=quote, expression=timex.text, start=timex.start, end=timex.end,
            how=f"marked in {path.name}; TIMEX3 {timex.value}{f', mod {timex.mod}' if timex.mod else ''}",
        )  # fmt: skip
        events.append(Event(name, when, title, sources=[source]))
    return imported(events, losses, bad)
