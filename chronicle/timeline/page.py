"""The page: one HTML file that works offline, with the figure and a list of the same events for people who read."""

from __future__ import annotations

import html
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from string import Template
from typing import Final
from urllib.parse import urlsplit

from chronicle.event import Event, Source, sort_events
from chronicle.log import storage
from chronicle.timeline.figure import STYLES, timeline

_LINKED: Final = ("http", "https")
_CONFIG: Final = {
    "displaylogo": False,
    "responsive": True,
    "scrollZoom": True,
    "modeBarButtons": [["zoomIn2d", "zoomOut2d", "pan2d", "zoom2d", "autoScale2d", "resetScale2d", "toImage"]],
}


def write_html(
    events: Iterable[Event], path: str | Path, title: str | None = None, description: str | None = None
) -> Path:
    """Write a page with the timeline of some events; returns its path. Rejected events are left out.

    The file holds all that it needs, plotly.js included, and asks no network for anything. Texts of articles are shown as text; links
    are made of http and https addresses only. Raises OSError where the file cannot be written.
    """
    path = Path(path)
    text = page(list(events), title, description)
    storage.write_atomically(path, text.encode("utf-8"))
    return path


def page(events: list[Event], title: str | None = None, description: str | None = None) -> str:
    """Return the HTML of the page."""
    shown = sort_events([e for e in events if e.review != "rejected"])
    figure = timeline(shown)
    chart = figure.to_html(full_html=False, include_plotlyjs=True, config=_CONFIG, div_id="chart", default_width="100%")
    folder = resources.files("chronicle.timeline")
    heading = title or "Timeline"
    return Template(folder.joinpath("page.html").read_text("utf-8")).substitute(
        title=html.escape(heading),
        description=f'<p class="lead">{html.escape(description)}</p>' if description else "",
        style=folder.joinpath("page.css").read_text("utf-8"),
        script=folder.joinpath("page.js").read_text("utf-8"),
        chart=chart,
        count=_count(shown),
        events="\n".join(_card(e) for e in shown),
    )


def _count(events: list[Event]) -> str:
    number = len(events)
    undated = sum(1 for e in events if e.when is None)
    text = f"{number} event{'' if number == 1 else 's'}"
    return f"{text}, {undated} of them without a date" if undated else text


def _card(event: Event) -> str:
    """Return the list entry of an event."""
    words = event.when.words() if event.when is not None else "no date"
    colour = STYLES[event.status].colour
    parts = [
        f'<li class="event" id="{html.escape(event.id)}" tabindex="-1">',
        f'<p class="when"><time>{html.escape(words)}</time>',
        f'<code title="EDTF">{html.escape(str(event.when))}</code></p>' if event.when is not None else "</p>",
        f'<h3><a href="#{html.escape(event.id)}">{html.escape(event.title)}</a></h3>',
        f'<p class="labels"><span class="status" style="--mark:{colour}">{event.status}</span> ',
        f'<span class="review">{event.review}</span>',
    ]
    parts.extend(
        f' <span class="tag">{html.escape(t)}</span>'
        for t in (*event.people, *event.organisations, *event.places, *event.tags)
    )
    parts.append("</p>")
    if event.unresolved:
        parts.append(f'<p class="note">Unresolved: {html.escape(event.unresolved)}.</p>')
    if event.previously:
        parts.append(f'<p class="note">Corrected by hand; it was {html.escape(event.previously)}.</p>')
    parts.extend(_source(s) for s in event.sources)
    if event.notes:
        parts.append(f'<p class="note">{html.escape(event.notes)}</p>')
    parts.append("</li>")
    return "".join(parts)


def _source(source: Source) -> str:
    quote = f"<blockquote>{html.escape(source.quote)}</blockquote>" if source.quote else ""
    name = html.escape(source.title or source.article)
    link = (
        f'<a href="{html.escape(source.url or "")}" rel="noopener noreferrer">{name}</a>'
        if _may_link(source.url)
        else name
    )
    rest = ", ".join(html.escape(p) for p in (source.publisher, source.published) if p)
    how = (
        f"<details><summary>How the date came about</summary><p>“{html.escape(source.expression or '')}”: {html.escape(source.how)}</p></details>"
        if source.how
        else ""
    )
    return f'{quote}<p class="source">{link}{", " if rest else ""}{rest}</p>{how}'


def _may_link(url: str | None) -> bool:
    """Tell whether an address may become a link: http or https with a host, without white space or control signs."""
    if not url or any(c.isspace() or ord(c) < 32 for c in url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in _LINKED and bool(parts.netloc)
