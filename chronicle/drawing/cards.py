"""Cards: an event as HTML, for people who read: an entry of the chronology, which is the event's card as well.

Everything that comes from an article or a log is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Final
from urllib.parse import quote, urlsplit

from attrs import frozen

from chronicle.drawing.labels import plain
from chronicle.drawing.style import STYLES
from chronicle.drawing.texts import filled, said
from chronicle.event import Event, Media, Source
from chronicle.time.when import Relation, When

_LINKED: Final = ("http", "https")
# Plotly's signs as paths in a square of 16 units
SIGNS: Final = {
    "circle": '<circle cx="8" cy="8" r="6"/>',
    "square": '<path d="M2.5 2.5h11v11h-11z"/>',
    "diamond": '<path d="M8 .2l7.8 7.8L8 15.8.2 8z"/>',
    "triangle-up": '<path d="M8 2l6.9 9H1.1z"/>',
    "pentagon": '<path d="M8 1.5l6.7 4.8-2.6 7.8H3.9L1.3 6.3z"/>',
    "x": '<path d="M4.3 1.5L8 5.2l3.7-3.7 2.8 2.8L10.8 8l3.7 3.7-2.8 2.8L8 10.8l-3.7 3.7-2.8-2.8L5.2 8 1.5 4.3z"/>',
    "cross": '<path d="M6 1.5h4V6h4.5v4H10v4.5H6V10H1.5V6H6z"/>',
    "star": '<path d="M8 1l2 5h5.2l-4.2 3.2 1.6 5.2L8 11.2l-4.6 3.2L5 9.200.8 6H6z"/>',
    "hexagon": '<path d="M8 1l6 3.500v7L8 15l-6-3.500v-7z"/>',
}
_ANCHOR: Final = "ev-"  # no id of the page itself begins so
_SAYS_MORE: Final = 0.35  # of a quote's words are not in the title
_LEAST_WORDS: Final = 4
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+")
_BEFORE: Final = (Relation.BEFORE, Relation.MEETS)
_AFTER: Final = (Relation.AFTER, Relation.MET_BY)


@frozen
class Reader:
    """Whom cards are for: the page's texts and language, the other events by id, how pictures are shown, and whether some events on
    the page are checked and others not (then each that is not says so)."""

    words: Mapping[str, Any]
    language: str | None
    events: Mapping[str, Event]
    picture: Callable[[Media, str], str]
    mixed: bool = False


def sign(status: str) -> str:
    """Return the sign of a status as an inline picture, in the colour that the page gives to the status."""
    return f'<svg class="sign s-{status}" viewBox="0 0 16 16" aria-hidden="true">{SIGNS[STYLES[status].symbol]}</svg>'


def text(value: str | None) -> str:
    """Return a text for the page: escaped, and without signs that would turn the direction of what stands around it."""
    return escape(plain(value))


def anchor(event: str) -> str:
    """Return the name in the page of the entry of an event."""
    return _ANCHOR + event


def link_to(event: str) -> str:
    """Return the address in the page of the entry of an event."""
    return "#" + quote(anchor(event), safe="-._~!$'()*+,;=:@/?")


def entry(event: Event, reader: Reader, named: bool = True) -> str:
    """Return the list entry of an event; one that is not ``named`` gets its id and title from the index when it is shown."""
    words = reader.words
    name = f' id="{escape(anchor(event.id))}"' if named else ""
    date = text(said(event.when, reader.language)) if event.when is not None else text(words["list"]["no_date_short"])
    title = f'<a href="{escape(link_to(event.id))}">{text(event.title)}</a>' if named else "<a></a>"
    line = next((s.quote for s in event.sources if s.quote and says_more(s.quote, event.title)), None)
    parts = [
        f'<li class="event"{name} tabindex="-1"><p class="when">{date}</p><div class="body"><h4 dir="auto">{title}</h4>',
        _tags(event, reader),
        f'<blockquote class="line" dir="auto">{text(line)}</blockquote>' if line else "",
        "".join(reader.picture(m, event.title) for m in event.media),
        _by(event),
        f'<details class="more"><summary>{text(words["list"]["details"])}</summary>{_details(event, reader, line)}</details>',
        "</div></li>",
    ]
    return "".join(parts)


def says_more(quoted: str, title: str) -> bool:
    """Tell whether a quote says more than a title does."""
    known = set(_words(title))
    own = _words(quoted)
    return len(own) >= _LEAST_WORDS and sum(w not in known for w in own) > _SAYS_MORE * len(own)


def _words(value: str) -> list[str]:
    return re.findall(r"\w+", value.lower())


def _tags(event: Event, reader: Reader) -> str:
    told = []
    if event.status != "happened":
        told.append(f'<span class="status">{sign(event.status)}{text(reader.words["statuses"][event.status])}</span>')
    if reader.mixed and event.review == "proposed":
        told.append(f'<span class="unchecked">{text(reader.words["reviews"]["proposed"])}</span>')
    return f'<p class="labels">{" ".join(told)}</p>' if told else ""


def _by(event: Event) -> str:
    names = dict.fromkeys(s.publisher or s.title or s.article for s in event.sources)
    listed = ", ".join(f"<bdi>{text(n)}</bdi>" for n in names)
    return f'<p class="by">{listed}</p>' if listed else ""


def _details(event: Event, reader: Reader, shown: str | None) -> str:
    words = reader.words
    parts = [_sure(event, reader)]
    if event.according_to:
        who = f"<bdi>{text(event.according_to)}</bdi>"
        parts.append(f'<p dir="auto">{filled(text(words["list"]["according"]), who=who)}</p>')
    if event.unresolved:
        parts.append(f'<p dir="auto">{filled(text(words["card"]["unresolved"]), why=text(event.unresolved))}</p>')
    if event.notes:
        parts.append(paragraphs(event.notes))
    if event.sources:
        listed = "".join(_source(s, s.quote if s.quote != shown else None, reader) for s in event.sources)
        parts.append(f'<p class="of">{text(words["card"]["sources"])}</p><ul class="sources">{listed}</ul>')
    if event.doubts:
        listed = "".join(f'<li dir="auto">{text(words["doubts"].get(d, d))}</li>' for d in event.doubts)
        parts.append(f'<p class="of">{text(words["card"]["doubts"])}</p><ul class="doubts">{listed}</ul>')
    related = [reader.events[r] for r in event.related if r in reader.events]
    if related:
        listed = "".join(_related(event, other, reader) for other in related)
        parts.append(f'<p class="of">{text(words["card"]["related"])}</p><ul class="related">{listed}</ul>')
    names = (*event.people, *event.organisations, *event.places, *event.tags)
    if names:
        listed = " ".join(f'<bdi class="tag">{text(n)}</bdi>' for n in names)
        parts.append(f'<p class="tags"><span class="said">{text(words["card"]["names"])}: </span>{listed}</p>')
    parts.append(_how(event, reader))
    return "".join(parts)


def _sure(event: Event, reader: Reader) -> str:
    """Say in words how the sources put the time: “later this week”, counted from 16 July 2021."""
    words = reader.words["card"]
    told = []
    for source in event.sources:
        if source.expression:
            expression = f"<bdi>{text(source.expression)}</bdi>"
            day = _day(source.anchor)
            if day is None:
                told.append(filled(text(words["says"]), expression=expression))
            else:
                counted_from = text(said(day, reader.language))
                told.append(filled(text(words["says_counted"]), expression=expression, anchor=counted_from))
    listed = "; ".join(dict.fromkeys(told))
    return f'<p class="sure">{listed}</p>' if listed else ""


def _day(value: str | None) -> When | None:
    try:
        return When.parse((value or "")[:10])
    except ValueError:
        return None


def _source(source: Source, quoted: str | None, reader: Reader) -> str:
    name = f"<bdi>{text(source.title or source.article)}</bdi>"
    linked = (
        f'<a href="{escape(source.url or "")}" rel="noopener noreferrer">{name}</a>' if may_link(source.url) else name
    )
    day = _day(source.published)
    published = said(day, reader.language) if day is not None else source.published
    rest = "".join(f", <bdi>{text(p)}</bdi>" for p in (source.publisher, published) if p)
    words = f'<blockquote dir="auto">{text(quoted)}</blockquote>' if quoted else ""
    return f"<li>{linked}{rest}{words}</li>"


def _related(event: Event, other: Event, reader: Reader) -> str:
    told = []
    if other.when is not None:
        told.append(text(said(other.when, reader.language)))
        if event.when is not None:
            relation = other.when.relation(event.when)
            key = "before" if relation in _BEFORE else "after" if relation in _AFTER else "during"
            told.append(text(reader.words["relations"][key]))
    if event.outcome:
        told.append(text(reader.words["outcomes"].get(event.outcome, event.outcome)))
    rest = f" <small>({', '.join(told)})</small>" if told else ""
    return f'<li><a class="to" href="{escape(link_to(other.id))}"><bdi>{text(other.title)}</bdi></a>{rest}</li>'


def _how(event: Event, reader: Reader) -> str:
    words = reader.words["card"]
    lines = [f"<p>{text(s.how)}</p>" for s in event.sources if s.how]
    if event.when is not None:
        lines.append(f"<p>{filled(text(words['edtf']), edtf=f'<code>{text(str(event.when))}</code>')}</p>")
    lines.append(f"<p>{text(words['review_' + event.review])}</p>" if event.review != "rejected" else "")
    if event.previously:
        lines.append(f"<p>{filled(text(words['corrected']), previously=text(event.previously))}</p>")
    return f'<details class="how"><summary>{text(words["how"])}</summary>{"".join(lines)}</details>'


def paragraphs(value: str, kind: str = "note") -> str:
    """Return a text as paragraphs, parted where it has empty lines; addresses in it become links."""
    return "".join(
        f'<p class="{kind}" dir="auto">{_linked(p)}</p>' for p in re.split(r"\n\s*\n", plain(value)) if p.strip()
    )


def _linked(value: str) -> str:
    parts, at = [], 0
    for found in _ADDRESS.finditer(value):
        address = found[0].rstrip(".,;:!?'’”)]")
        if may_link(address):
            parts.append(escape(value[at : found.start()]))
            parts.append(f'<a href="{escape(address)}" rel="noopener noreferrer">{escape(address)}</a>')
            at = found.start() + len(address)
    return "".join(parts) + escape(value[at:])


def may_link(url: str | None) -> bool:
    """Tell whether an address may become a link: http or https with a host, without white space or control signs."""
    if not url or any(c.isspace() or ord(c) < 32 for c in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in _LINKED and bool(parts.netloc)
