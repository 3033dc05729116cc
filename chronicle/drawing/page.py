"""The page: one HTML file that works offline: a chart that is there before any script runs, and the chronology of the same events."""

from __future__ import annotations

import base64
import functools
import hashlib
import html
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from chronicle.drawing import axis as ticking
from chronicle.drawing import index as indexing
from chronicle.drawing import lanes as laning
from chronicle.drawing import marks as drawing
from chronicle.drawing import svg
from chronicle.drawing.bundle import bundle, web
from chronicle.drawing.cards import Reader, link_to, paragraphs, sign, text
from chronicle.drawing.chronology import chronology
from chronicle.drawing.figure import latest_source
from chronicle.drawing.layout import beyond
from chronicle.drawing.marks import Mark
from chronicle.drawing.measures import LAYOUTS, M
from chronicle.drawing.media import Pictures, data_address
from chronicle.drawing.sheet import Sheet, arrange, milliseconds
from chronicle.drawing.strip import strip
from chronicle.drawing.style import FONT, STYLES, check_colours, check_theme, rules
from chronicle.drawing.texts import counted, filled, texts
from chronicle.errors import InvalidValue
from chronicle.event import Event, sort_events
from chronicle.log import storage
from chronicle.log.given import events_given
from chronicle.log.view import Selection

if TYPE_CHECKING:
    from pandas import DataFrame

_CDN: Final = "https://cdn.plot.ly"
PLOTLYJS: Final = ("inline", "cdn", "directory", "basic")
_LONGEST_DESCRIPTION: Final = 300


@frozen
class Look:
    """How a page looks and what it brings along; see :func:`write_html`."""

    title: str | None = None
    description: str | None = None
    lanes: str | None = None
    now: bool = False
    theme: str = "auto"
    font: str = FONT
    colours: dict[str, str] | None = None
    plotlyjs: str = "inline"
    live: bool = False
    language: str | None = None
    canonical: str | None = None
    accent: str | None = None
    logo: str | Path | None = None
    embed: bool = False
    colophon: bool = True
    media: str = "inline"
    review: tuple[str, ...] = ()


def write_html(
    events: Iterable[Event] | str | Path | DataFrame,
    path: str | Path,
    title: str | None = None,
    description: str | None = None,
    *,
    lanes: str | None = None,
    now: bool = False,
    theme: str = "auto",
    font: str = FONT,
    colours: dict[str, str] | None = None,
    plotlyjs: str = "inline",
    language: str | None = None,
    canonical: str | None = None,
    accent: str | None = None,
    logo: str | Path | None = None,
    embed: bool = False,
    colophon: bool = True,
    media: str = "inline",
    review: Iterable[str] = (),
) -> Path:
    """Write a page with the timeline of some events; returns its path. Rejected events are left out.

    >>> import chronicle
    >>> chronicle.write_html([chronicle.Event("a", "2021-07-16", "They met")], "page.html", title="Talks").name
    'page.html'

    ``events`` is what :func:`chronicle.timeline` takes.
    ``lanes``, ``now``, ``font`` and ``colours`` are as for :func:`chronicle.timeline`; ``theme`` may also be "auto": as the reader's
    system has it. With ``plotlyjs="inline"`` the file holds all that it needs and asks no network for anything; "directory" puts
    plotly.min.js beside it, for several pages to share; "cdn" and "basic" load the whole or the basic bundle, 1 MB, from Plotly's server.

    ``language`` is the code of the language of the page's own texts; ``canonical`` the address at which it will stand; ``accent`` a colour
    written #rrggbb for links and dates, made darker or lighter until it can be read; ``logo`` a picture's file; ``embed`` makes a page
    that fits into another's iframe; ``colophon`` says at its end what drew it. Pictures of events (``media``) are put into the page up to
    400 kB, larger ones into a folder beside it; pictures with an address are links, unless ``media`` is "link": then the reader's browser
    fetches them; "none" leaves all out. ``review`` draws only events in these states of review ("confirmed", "proposed"). Files are named from the folder of the log, for other events from the working directory.

    Texts of articles are shown as text; links are made of http and https addresses only. Raises OSError where a file cannot be written,
    ValueError for options that are not known.
    """
    look = Look(
        title, description, lanes, now, theme, font, colours, plotlyjs, False, language, canonical, accent, logo, embed, colophon, media,
        tuple(review),
    )  # fmt: skip
    write(events_given(events, "write_html"), Path(path), look)
    return Path(path)


def write(events: Iterable[Event], path: Path, look: Look) -> list[str]:
    """Write a page that looks so; returns what pictures could not be shown, and why."""
    events = events_given(events, "write")
    pictures = pictures_of(events, look, path)
    content = page(events, look, pictures)
    if look.plotlyjs == "directory":
        storage.write_atomically(path.parent / "plotly.min.js", _plotly_source().encode("utf-8"))
    pictures.write()
    storage.write_atomically(path, content.encode("utf-8"))
    return pictures.problems


def pictures_of(events: Iterable[Event], look: Look, path: Path | None) -> Pictures:
    """Return what shows the pictures of events on a page, whose place is None where nothing can be put beside it."""
    root = events.folder if isinstance(events, Selection) else None
    return Pictures(look.media, root or Path(), path, look.language)


def page(events: Iterable[Event], look: Look | None = None, pictures: Pictures | None = None) -> str:
    """Return the HTML of the page."""
    look = look or Look()
    events = events_given(events, "page")
    check_theme(look.theme, ("auto", "light", "dark"))
    check_colours(look.colours)
    laning.check(look.lanes)
    stories = laning.stories_of(events)
    pictures = pictures or pictures_of(events, look, None)
    shown = sort_events([e for e in events if e.review != "rejected" and (not look.review or e.review in look.review)])
    words = texts(look.language)
    latest = latest_source(shown, look.language) if look.now else None
    if look.now and latest is None:
        raise InvalidValue("now: no source of these events has a publication date, so there is no line to draw")
    marks = drawing.make_marks(shown)
    view = drawing.view_of(marks)
    factor = 1.0 if look.font == FONT else M["otherFont"]
    sheets = [arrange(marks, look.lanes, stories, None, room, look.language, factor) for _, room in LAYOUTS]
    pen = svg.Pen(words, look.language, {e.id: n for n, e in enumerate(shown)})
    reviews = Counter(e.review for e in shown)
    reader = Reader(words, look.language, {e.id: e for e in shown}, pictures.show, len(reviews) > 1)
    static = len(shown) <= indexing.STATIC
    index = indexing.build(shown, marks, view, stories, words)
    index |= {
        "symbols": {status: style.symbol for status, style in STYLES.items()},
        "group": look.lanes,
        "latest": {"words": latest[0], "at": milliseconds(latest[1])} if latest else None,
        "factor": factor,
        "font": _css(look.font),
        "embed": look.embed,
    }
    index_text = indexing.as_json(index)
    start = bundle("start.js")
    program = bundle("page.js", "live.js") if look.live else bundle("page.js")
    library, allowed = _plotly(look.plotlyjs)
    title = look.title or "Timeline"
    facts = _facts(shown, marks, view, words)
    entries = chronology(shown, reader) if static else ""
    images = " ".join(part for part in ("data: blob:", pictures.allowed) if part)
    return Template(web("page.html")).substitute(
        _texts(words),
        language=html.escape((look.language or "en").lower()),
        title=text(title),
        theme="" if look.theme == "auto" else f' data-theme="{look.theme}"',
        embed=' class="embed"' if look.embed else "",
        meta=_meta(title, look, facts),
        policy="; ".join(
            (
                "default-src 'none'", f"script-src {_hash(start)} {_hash(program)} {allowed}", "style-src 'unsafe-inline'", f"img-src {images}",
                "font-src data:", "connect-src " + ("'self'" if look.live else "'none'"), "base-uri 'none'", "form-action 'none'",
            )
        ),
        style=rules(look.colours, look.accent) + f"\n:root {{ --font: {_css(look.font)}; }}\n" + _screens() + web("page.css"),
        logo=f'<img class="logo" src="{data_address(Path(look.logo))}" alt="">' if look.logo else "",
        description=paragraphs(look.description, "lead") if look.description else "",
        facts=text(facts),
        label=text(words["chart"]["label"]),
        signs=svg.definitions(),
        edges=_edges(sheets[0], words, latest),
        axes="".join(f'<div class="w{s.room:g}">{svg.axis(s)}</div>' for s in sheets if marks),
        bands="".join(f'<div class="w{s.room:g}">{svg.bands(s, latest, pen)}</div>' for s in sheets)
        if marks else f'<p class="nothing">{text(words["chart"]["nothing"])}</p>',
        drawing=text(filled(words["chart"]["drawing"], title=title)),
        strip=strip(marks, view, pen),
        legend=_legend(shown, marks, sheets[0], words),
        chips="\n".join(_chip(s, shown, words) for s in STYLES if any(e.status == s for e in shown)),
        statuses="".join(f"<li>{sign(s)}{text(words['statuses'][s])}</li>" for s in STYLES if any(e.status == s for e in shown)),
        count=text(counted(words, "head", "events", len(shown))),
        events=entries,
        index=indexing.packed(index_text),
        encoding="standing" if static else "packed",
        blocks="" if static else "\n".join(f'<script type="text/plain" class="block">{b}</script>' for b in indexing.blocks(shown, reader)),
        library=library,
        program=indexing.packed(program),
        start=start,
        colophon=f'<footer><p>{text(words["head"]["colophon"])}</p></footer>' if look.colophon else "",
    )  # fmt: skip


def _texts(words: dict[str, Any]) -> dict[str, str]:
    """Return the page's texts as the names that page.html has for them: t_search and the like."""
    return {
        f"t_{section}_{name}": text(value)
        for section in ("tools", "list", "card", "chart", "legend", "head")
        for name, value in words[section].items()
    }


def _hash(script: str) -> str:
    """Return what a Content-Security-Policy allows a script by (CSP level 3, 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode('utf-8')).digest()).decode()}'"


def _plotly_source() -> str:
    from plotly.offline import get_plotlyjs

    return str(get_plotlyjs())


@functools.cache
def _packed_library() -> str:
    return indexing.packed(_plotly_source())


def _plotly(kind: str) -> tuple[str, str]:
    """Return the element that brings plotly.js or says where it is, and what the policy must allow for it."""
    if kind not in PLOTLYJS:
        raise InvalidValue(f"plotlyjs {kind!r} is not known: give one of {', '.join(PLOTLYJS)}")
    if kind == "directory":
        return '<script type="text/plain" id="library" data-src="plotly.min.js"></script>', "'self' file:"
    source = _plotly_source()
    if kind == "inline":
        return f'<script type="text/plain" id="library">{_packed_library()}</script>', _hash(source)
    from plotly.offline import get_plotlyjs_version

    version = get_plotlyjs_version()
    if kind == "basic":
        address, integrity = f"{_CDN}/plotly-basic-{version}.min.js", ""
    else:
        address = f"{_CDN}/plotly-{version}.min.js"
        integrity = f' data-integrity="{_hash(source).strip(chr(39))}"'
    return f'<script type="text/plain" id="library" data-src="{address}"{integrity}></script>', _CDN


def _css(value: str) -> str:
    """Return a CSS value; what could end it or the element is left out."""
    return "".join(c for c in value if c not in ";{}<>\\") or FONT


def _screens() -> str:
    """Return the rules that show the one chart of several that was drawn for a window so wide."""
    found = []
    for number, (window, room) in enumerate(LAYOUTS):
        above = f" and (max-width: {LAYOUTS[number - 1][0] - 0.02}px)" if number else ""
        found.append(f"@media screen and (min-width: {window}px){above} {{ .w{room} {{ display: block; }} }}\n")
    narrow = LAYOUTS[-1][1]
    return f".w{', .w'.join(str(room) for _, room in LAYOUTS)} {{ display: none; }}\n" + "".join(found) + f"@media print {{ .w{narrow} {{ display: contents; }} }}\n"  # fmt: skip


def _meta(title: str, look: Look, facts: str) -> str:
    """Return what search engines and those who share the page read of it."""
    described = " ".join((look.description or facts).split())
    if len(described) > _LONGEST_DESCRIPTION:
        described = described[: _LONGEST_DESCRIPTION - 1].rstrip() + "…"
    parts = [
        f'<meta name="description" content="{text(described)}">',
        '<meta property="og:type" content="article">',
        f'<meta property="og:title" content="{text(title)}">',
        f'<meta property="og:description" content="{text(described)}">',
        f'<meta property="og:locale" content="{html.escape((look.language or "en").replace("-", "_"))}">',
    ]
    if look.canonical is not None:
        from chronicle.drawing.cards import may_link

        if not may_link(look.canonical):
            raise InvalidValue(f"canonical {look.canonical!r}: give the whole address, https://...")
        address = html.escape(look.canonical)
        parts += [f'<link rel="canonical" href="{address}">', f'<meta property="og:url" content="{address}">']
    return "\n".join(parts)


def _facts(shown: list[Event], marks: list[Mark], view: tuple[float, float], words: dict[str, Any]) -> str:
    """Say when all this is, how many events there are of how many sources, and how much of it somebody has checked."""
    head = words["head"]
    parts = []
    seen = [m for m in marks if m.start >= view[0] and m.end <= view[1]]
    if seen:
        first, last = min(m.start for m in seen), max(m.end for m in seen) - 1000
        length = (last - first) / 1000
        names = [ticking.moment_name(milliseconds(edge), length, words["axis"]) for edge in (first, last)]
        parts.append(names[0] if names[0] == names[1] else filled(words["axis"]["to"], first=names[0], last=names[1]))
    told = counted(words, "head", "events", len(shown))
    sources = {s.article for e in shown for s in e.sources}
    parts.append(f"{told} {counted(words, 'head', 'sources', len(sources))}" if sources else told)
    if undated := sum(e.when is None for e in shown):
        parts.append(counted(words, "head", "undated", undated))
    unchecked = sum(e.review == "proposed" for e in shown)
    if shown:
        parts.append(
            head["all_checked"] if not unchecked
            else head["none_checked"] if unchecked == len(shown) else counted(words, "head", "unchecked", unchecked)
        )  # fmt: skip
    return " · ".join(parts)


def _edges(sheet: Sheet, words: dict[str, Any], latest: tuple[str, float] | None) -> str:
    """Return what lies beyond the first view, with the way there, and the day of the latest source."""
    parts = []
    for marks, key in ((sheet.earlier, "earlier"), (sheet.later, "later")):
        if marks:
            nearest = max(marks, key=lambda m: m.end) if key == "earlier" else min(marks, key=lambda m: m.start)
            told = beyond(marks, key, sheet, words)
            shown = f"‹ {text(told)}" if key == "earlier" else f"{text(told)} ›"
            parts.append(f'<a class="edge {key}" href="{html.escape(link_to(nearest.event.id))}">{shown}</a>')
    if latest is not None and sheet.view[0] <= latest[1] <= sheet.view[1]:
        share = sheet.px(latest[1]) / sheet.room * 100
        side = "before" if share > 50 else "after"
        day = text(filled(words["chart"]["latest"], day=latest[0]))
        parts.append(f'<span class="latest {side}" style="left: {share:.2f}%">{day}</span>')
    return "".join(parts)


def _legend(shown: list[Event], marks: list[Mark], sheet: Sheet, words: dict[str, Any]) -> str:
    """Return what the shapes of this chart mean, those that it has."""
    legend = words["legend"]
    line = '<line x1="1" x2="{x2}" y1="8" y2="8" stroke-width="{width}"{more}/>'
    fade = "".join(
        f'<line x1="{13 + 3 * n}" x2="{16 + 3 * n}" y1="8" y2="8" stroke-width="6" opacity="{s}"/>'
        for n, s in enumerate(M["fading"])
    )
    dot = '<circle cx="{x}" cy="8" r="5"{more}/>'
    opened = ' class="open"'
    kinds = {
        "point": (any(m.shape == "point" for m in marks), dot.format(x=16, more="")),
        "span": (any(m.shape == "span" for m in marks), line.format(x2=31, width=6, more="")),
        "within": (any(m.shape == "within" for m in marks), line.format(x2=31, width=2, more="") + dot.format(x=16, more="")),
        "fade": (any(m.opens_left or m.opens_right for m in marks), line.format(x2=13, width=6, more="") + fade),
        "dotted": (
            any(m.event.when is not None and (m.event.when.is_approximate or m.event.when.is_uncertain) for m in marks),
            line.format(x2=31, width=2, more=' stroke-dasharray="2 4"'),
        ),
        "key": (any(m.key for m in marks), f'{dot.format(x=8, more="")}<text x="18" y="13" font-weight="bold">A</text>'),
        "checked": (any(e.review == "confirmed" for e in shown), dot.format(x=16, more="")),
        "proposed": (any(e.review == "proposed" for e in shown), dot.format(x=16, more=opened)),
        "cluster": (bool(sheet.clusters), '<rect x="1" y="0" width="30" height="16" rx="8"/><text x="16" y="12" text-anchor="middle" class="small">+9</text>'),
    }  # fmt: skip
    items = [
        f'<li><svg class="swatch" width="32" height="16" viewBox="0 0 32 16" aria-hidden="true">{drawn}</svg>{text(legend[name])}</li>'
        for name, (there, drawn) in kinds.items()
        if there
    ]
    return f'<ul class="legend">{"".join(items)}</ul>'


def _chip(status: str, events: list[Event], words: dict[str, Any]) -> str:
    number = f"{sum(e.status == status for e in events):,}".replace(",", words["chart"]["thousands"])
    return (
        f'<label class="chip"><input type="checkbox" name="status" value="{status}" checked hidden>'
        f"{sign(status)}{text(words['statuses'][status])} <small>{number}</small></label>"
    )
