"""Cards: an event as HTML, for people who read. Everything that comes from an article or a log is escaped."""

from __future__ import annotations

from html import escape
from typing import Final
from urllib.parse import urlsplit

from chronicle.drawing.labels import plain
from chronicle.drawing.style import STYLES
from chronicle.event import DOUBTS, Event, Source

_LINKED: Final = ("http", "https")
# Plotly's signs as paths in a square of 16 units
_SIGNS: Final = {
    "circle": '<circle cx="8" cy="8" r="6"/>',
    "square": '<path d="M2.5 2.5h11v11h-11z"/>',
    "diamond": '<path d="M8 1l7 7-7 7-7-7z"/>',
    "triangle-up": '<path d="M8 2l7 12H1z"/>',
    "pentagon": '<path d="M8 1.5l6.7 4.8-2.6 7.8H3.9L1.3 6.3z"/>',
    "x": '<path d="M4.3 1.5L8 5.2l3.7-3.7 2.8 2.8L10.8 8l3.7 3.7-2.8 2.8L8 10.8l-3.7 3.7-2.8-2.8L5.2 8 1.5 4.3z"/>',
    "cross": '<path d="M6 1.5h4V6h4.5v4H10v4.5H6V10H1.5V6H6z"/>',
    "star": '<path d="M8 1l2 5h5.2l-4.2 3.2 1.6 5.2L8 11.2l-4.6 3.2L5 9.200.8 6H6z"/>',
    "hexagon": '<path d="M8 1l6 3.500v7L8 15l-6-3.500v-7z"/>',
}


def sign(status: str) -> str:
    """Return the sign of a status as an inline picture, in the colour that the page gives to the status."""
    shape = _SIGNS[STYLES[status].symbol]
    return f'<svg class="sign" viewBox="0 0 16 16" aria-hidden="true" style="fill:var(--{status})">{shape}</svg>'


def text(value: str | None) -> str:
    """Return a text for the page: escaped, and without signs that would turn the direction of what stands around it."""
    return escape(plain(value))


def card(event: Event, named: bool = True) -> str:
    """Return the list entry of an event; one that is not ``named`` gets its id and title from the index when it is shown."""
    name = f' id="{escape(event.id)}"' if named else ""
    parts = [f'<li class="event"{name} tabindex="-1"><p class="when">']
    if event.when is not None:
        parts.append(
            f'<span class="date">{text(event.when.words())}</span> <code title="EDTF">{text(str(event.when))}</code></p>'
        )
    else:
        parts.append('<span class="date">no date</span></p>')
    link = f'<a href="#{escape(event.id)}">{text(event.title)}</a>' if named else "<a></a>"
    parts.append(f'<h3 dir="auto">{link}</h3>')
    parts.append(f'<p class="labels"><span class="status">{sign(event.status)}{event.status}</span> ')
    parts.append(f'<span class="review">{event.review}</span>')
    parts.extend(
        f' <bdi class="tag">{text(t)}</bdi>' for t in (*event.people, *event.organisations, *event.places, *event.tags)
    )
    parts.append("</p>")
    if event.according_to:
        parts.append(f'<p class="note" dir="auto">According to <bdi>{text(event.according_to)}</bdi></p>')
    if event.doubts:
        said = "; ".join(DOUBTS.get(doubt, doubt) for doubt in event.doubts)
        parts.append(f'<p class="note" dir="auto">In doubt: {text(said)}.</p>')
    if event.unresolved:
        parts.append(f'<p class="note" dir="auto">Unresolved: {text(event.unresolved)}.</p>')
    if event.previously:
        parts.append(f'<p class="note">Corrected by hand; it was {text(event.previously)}.</p>')
    parts.extend(_source(s) for s in event.sources)
    if event.notes:
        parts.append(f'<p class="note" dir="auto">{text(event.notes)}</p>')
    parts.append("</li>")
    return "".join(parts)


def _source(source: Source) -> str:
    quote = f'<blockquote dir="auto">{text(source.quote)}</blockquote>' if source.quote else ""
    name = f"<bdi>{text(source.title or source.article)}</bdi>"
    link = (
        f'<a href="{escape(source.url or "")}" rel="noopener noreferrer">{name}</a>' if may_link(source.url) else name
    )
    rest = "".join(f", <bdi>{text(p)}</bdi>" for p in (source.publisher, source.published) if p)
    how = ""
    if source.how:
        counted = f"<bdi>“{text(source.expression)}”</bdi>: " if source.expression else ""
        how = f"<details><summary>How the date came about</summary><p>{counted}{text(source.how)}</p></details>"
    return f'{quote}<p class="source">{link}{rest}</p>{how}'


def may_link(url: str | None) -> bool:
    """Tell whether an address may become a link: http or https with a host, without white space or control signs."""
    if not url or any(c.isspace() or ord(c) < 32 for c in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in _LINKED and bool(parts.netloc)
