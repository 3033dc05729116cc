"""How articles, mentions, events and logs show themselves in Jupyter (``_repr_html_``).

Styles are in the elements themselves and in colours that stand out on light and dark grounds; everything from texts is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from chronicle.drawing.cards import text
from chronicle.drawing.style import STYLES

if TYPE_CHECKING:
    from chronicle.article import Article
    from chronicle.event import Event
    from chronicle.log.view import Selection
    from chronicle.tagger.mention import TimeMention

_SHOWN: Final = 50  # events of a log
_LONGEST: Final = 20_000  # characters of an article
_MARK: Final = "border-bottom:2px solid {colour};padding-bottom:1px"
_RESOLVED, _UNRESOLVED = STYLES["happened"].light, STYLES["cancelled"].light
_CELL: Final = 'style="text-align:left;vertical-align:top"'


def marked(article: Article, mentions: Iterable[TimeMention] | None = None) -> str:
    """Return the HTML of an article's text with its expressions of time marked; what each means shows under the pointer.

    ``mentions`` are those to mark, by default those that find_times finds.
    """
    if mentions is None:
        from chronicle.resolve.find import find_times

        mentions = find_times(article.text, article.published, article.language)
    body, parts, at = article.text[:_LONGEST], [], 0
    for mention in sorted(mentions, key=lambda m: m.start):
        if mention.start < at or mention.end > len(body):
            continue
        said = mention.when.words() if mention.when is not None else mention.reason or "no date"
        colour = _RESOLVED if mention.when is not None else _UNRESOLVED
        hint = text(f"{said}; TIMEX3 {mention.type} {mention.value}")
        style = _MARK.format(colour=colour)
        parts += [text(body[at : mention.start]), f'<span style="{style}" title="{hint}">{text(mention.text)}</span>']
        at = mention.end
    parts.append(text(body[at:]))
    more = f"<p>… and {len(article.text) - _LONGEST:,} characters more</p>" if len(article.text) > _LONGEST else ""
    return f'<div style="white-space:pre-wrap;max-width:46rem">{"".join(parts)}</div>{more}'


def article_html(article: Article) -> str:
    """Show an article: its title, its publication date, and its text with the expressions of time marked."""
    head = ", ".join(p for p in (article.publisher, article.published_text or "no publication date") if p)
    title = f"<strong>{text(article.title)}</strong><br>" if article.title else ""
    return f"<p>{title}<small>{text(head)}</small></p>{marked(article)}"


def mention_html(mention: TimeMention) -> str:
    """Show a mention: the expression, what it is resolved to, and how."""
    said = (
        f"{text(str(mention.when))}</code>: {text(mention.when.words())}"
        if mention.when is not None
        else f"no date</code>: {text(mention.reason)}"
    )
    colour = _RESOLVED if mention.when is not None else _UNRESOLVED
    mod = f", mod {text(mention.mod)}" if mention.mod else ""
    return (
        f'<div><span style="{_MARK.format(colour=colour)}">{text(mention.text)}</span> <code>{said} '
        f"<small>TIMEX3 {text(mention.type)} {text(mention.value)}{mod}, characters {mention.start} to {mention.end}</small></div>"
    )


def event_html(event: Event) -> str:
    """Show an event as a card."""
    when = text(event.when.words()) if event.when is not None else f"no date: {text(event.unresolved)}"
    lines = [
        f'<strong dir="auto">{text(event.title)}</strong>',
        f"{when} <code>{text(str(event.when)) if event.when is not None else ''}</code> · {_status(event)}, {event.review}",
    ]
    for source in event.sources:
        if source.quote:
            lines.append(f'<em dir="auto">“{text(source.quote)}”</em>')
        lines.append(f"<small>{text(source.named)}</small>")
        if source.how:
            lines.append(f"<small>{text(source.how)}</small>")
    return f'<div style="border-left:4px solid {STYLES[event.status].light};padding-left:.8em;max-width:46rem">{"<br>".join(lines)}</div>'


def _status(event: Event) -> str:
    return f'<span style="color:{STYLES[event.status].light}">●</span> {event.status}'


def log_html(log: Selection) -> str:
    """Show a log, or what a question leaves of it, as a table of its events."""
    named = log.title or getattr(getattr(log, "path", None), "name", "events")
    rows = [
        f"<tr><td {_CELL}>{text(e.when.words()) if e.when is not None else 'no date'}</td>"
        f'<td {_CELL} dir="auto">{text(e.title)}</td><td {_CELL}>{_status(e)}</td><td {_CELL}>{e.review}</td></tr>'
        for e in log[:_SHOWN]
    ]
    more = f"<p>… and {len(log) - _SHOWN} more</p>" if len(log) > _SHOWN else ""
    head = "".join(f"<th {_CELL}>{name}</th>" for name in ("when", "title", "status", "review"))
    return (
        f"<p><strong>{text(named)}</strong>: {len(log)} events</p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>{more}"
    )
