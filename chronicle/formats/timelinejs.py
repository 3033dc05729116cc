"""TimelineJS 3 (Knight Lab): the JSON that its page reads, and back.

Its dates are years with optional months, days and times; what they cannot say (open, about, some time within) is said in words, which it
shows, and with all else of an event in a member "chronicle", which it passes over. Its year -44 is 44 BCE: it has no year 0. Headlines and texts are HTML there: what comes from articles is escaped.
"""

from __future__ import annotations

import datetime
import html
import json
import re
from pathlib import Path
from typing import Any, Final

from attrs import evolve

from chronicle.drawing.cards import may_link
from chronicle.errors import InvalidValue
from chronicle.event import Event, Media, Source, id_of, unused
from chronicle.formats import Exported, FormatError, Imported, Loss, imported
from chronicle.formats.records import from_record, to_record
from chronicle.time.moment import Moment
from chronicle.time.when import When

_UNITS: Final = ("year", "month", "day", "hour", "minute", "second")
_DEPTH: Final = {"month": 2, "day": 3, "hour": 4, "minute": 5, "second": 6}
_KEPT: Final = frozenset(
    {"start_date", "end_date", "text", "group", "unique_id", "display_date", "chronicle", "autolink", "media"}
)
_TAG: Final = re.compile(r"<[^>]*>")
_LINK: Final = re.compile(r"""<a\s[^>]*?href\s*=\s*["']([^"'>]+)""", re.IGNORECASE)
_BREAK: Final = re.compile(r"<\s*(?:br|/p|/div|/blockquote)\s*/?>", re.IGNORECASE)


def write(events: list[Event], title: str | None = None) -> Exported:
    """Write events as TimelineJS's JSON; events without a date cannot be on it. What it does not show is in the member "chronicle"."""
    slides: list[dict[str, Any]] = []
    losses: list[Loss] = []
    for event in events:
        if event.when is None:
            losses.append(Loss(event.id, "left out: it has no date"))
            continue
        slides.append(slide_of(event, event.when))
        if any(s.url and not may_link(s.url) for s in event.sources):
            losses.append(Loss(event.id, "sources: an address that is none of the web is left out"))
    whole: dict[str, Any] = {"events": slides}
    if title:
        whole["title"] = {"text": {"headline": html.escape(title)}}
    # as a reference "<" cannot end the script of a page that holds this
    return Exported((json.dumps(whole, ensure_ascii=False, indent=1).replace("<", "\\u003c") + "\n").encode("utf-8"), losses)


def slide_of(event: Event, when: When) -> dict[str, Any]:
    """Return the slide of an event."""
    depth = _DEPTH.get(when.precision, 1)
    own = when.local
    first, last = own.earliest, own.latest
    begin = _date(last if first.is_infinite else first, depth)
    slide: dict[str, Any] = {
        "unique_id": event.id,
        "start_date": begin,
        "display_date": when.words(),
        "text": {"headline": html.escape(event.title), "text": "".join(_source(s) for s in event.sources)},
        "autolink": False,
        "chronicle": to_record(evolve(event, sources=[s if may_link(s.url) else evolve(s, url=None) for s in event.sources])),
    }
    if not last.is_infinite and (finish := _date(last, depth)) != begin:
        slide["end_date"] = finish
    if address := next((m for m in event.media if may_link(m.address)), None):
        told = {"url": address.address, "alt": address.alt, "credit": html.escape(address.credit or "") or None}
        slide["media"] = {name: value for name, value in told.items() if value}
    if event.tags:
        slide["group"] = event.tags[0]
    return slide


def _date(moment: Moment, depth: int) -> dict[str, int]:
    year, month, day, micro = moment._civil()
    seconds = micro // 1_000_000
    parts = (year if year > 0 else year - 1, month, day, seconds // 3600, seconds // 60 % 60, seconds % 60)
    return dict(list(zip(_UNITS, parts, strict=True))[:depth])


def _source(source: Source) -> str:
    quote = f"<blockquote>{html.escape(source.quote)}</blockquote>" if source.quote else ""
    name = html.escape(source.named)
    link = f'<a href="{html.escape(source.url or "")}" rel="noopener">{name}</a>' if may_link(source.url) else name
    return f"{quote}<p>{link}</p>"


def read(raw: bytes, path: Path) -> Imported:
    """Read TimelineJS's JSON; what has no place in a log is listed, and so is a slide that cannot be read. Raises FormatError where none can be read."""
    try:
        whole = json.loads(raw.decode("utf-8-sig"))
    except ValueError as error:
        raise FormatError(f"{path}: not JSON: {error}") from None
    if isinstance(whole, dict) and isinstance(whole.get("timeline"), dict):
        raise FormatError(f"{path}: of TimelineJS's first version, which had a member timeline; save it with TimelineJS 3")
    if not isinstance(whole, dict) or not isinstance(whole.get("events"), list):
        raise FormatError(f"{path}: not TimelineJS: there is no list of events")
    losses = [Loss(str(path), f"{key} is left out") for key in sorted(set(whole) - {"events", "title"})]
    title, more = _title(whole.get("title"))
    losses += [Loss(f"{path}: title", f"{name} is left out") for name in more]
    events: list[Event] = []
    bad: list[Loss] = []
    used: set[str] = set()
    for number, slide in enumerate(whole["events"], 1):
        where = f"{path}: event {number}"
        try:
            event, lost = event_of(slide, path, used)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
            bad.append(Loss(where, _said(error)))
            continue
        events.append(event)
        losses += [Loss(event.id, what) for what in lost]
    return imported(events, losses, bad, title)


def _title(slide: Any) -> tuple[str | None, list[str]]:
    """Return the headline of the title slide, and what else it has."""
    if not isinstance(slide, dict):
        return None, []
    text = slide.get("text") or {}
    more = [name for name in sorted(slide) if name not in ("text", "unique_id", "autolink")]
    return plain_text(text.get("headline") or "") or None, more + (["text"] if text.get("text") else [])


def _said(error: Exception) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else " ".join(str(error).split()) or type(error).__name__


def event_of(slide: dict[str, Any], path: Path, used: set[str]) -> tuple[Event, list[str]]:
    """Return the event of a slide, and what of it is left out. What was edited there wins over what chronicle wrote beside it."""
    if not isinstance(slide, dict):
        raise InvalidValue("a slide is an object with start_date and text")
    lost: list[str] = []
    text = slide.get("text") or {}
    body = plain_text(text.get("text") or "") or None
    media = _media(slide.get("media"))
    told = slide.get("media")
    shown: dict[str, Any] = told if isinstance(told, dict) else {}
    title = plain_text(text.get("headline") or "") or (body or "")[:90] or plain_text(shown.get("caption") or shown.get("alt") or "") or str(shown.get("url") or "")[:90]
    if not title:
        raise InvalidValue("it has neither a headline nor a text")
    own = _own(slide)
    when, ignored = _when(slide, None if own is None or own.when is None else str(own.when))
    lost += ignored
    lost += [f"{key} is left out" for key in sorted(set(slide) - _KEPT | ({"media"} & set(slide) if slide.get("media") and not media else set()))]
    group = str(slide["group"]) if slide.get("group") else None
    if own is not None:
        name = unused(str(slide.get("unique_id") or own.id), used)
        sources = own.sources if plain_text("".join(_source(s) for s in own.sources)) == (body or "") else [Source(f"{path.name}#{name}", quote=body)]
        tags = own.tags if group == (own.tags[0] if own.tags else None) else [group] if group else []
        pictures = own.media if media == [m for m in own.media if may_link(m.address)][:1] else media
        same = html.unescape(str(text.get("headline") or "")) == own.title
        return evolve(own, id=name, when=when, title=own.title if same else title, sources=sources, tags=tags, media=pictures), lost
    name = unused(" ".join(str(slide["unique_id"]).split()), used) if slide.get("unique_id") else id_of(when, title, used)
    words = plain_text(str(slide.get("display_date") or ""))
    if words and words != when.words():
        lost.append(f"display_date “{words}” is left out")
    link = _LINK.search(str(text.get("text") or ""))
    url = html.unescape(link[1]) if link and may_link(html.unescape(link[1])) else None
    lost += ["further links are left out"] if len(_LINK.findall(str(text.get("text") or ""))) > 1 else []
    source = Source(f"{path.name}#{name}", quote=body, url=url)
    return Event(name, when, title, sources=[source], tags=[group] if group else [], media=media), lost


def _own(slide: dict[str, Any]) -> Event | None:
    """Return the event that chronicle wrote beside a slide; None where there is none that can be read."""
    told = slide.get("chronicle")
    if not isinstance(told, dict):
        return None
    try:
        return from_record({"id": str(slide.get("unique_id") or "event"), "title": "-", **told})
    except (ValueError, KeyError, TypeError):
        return None


def _media(told: Any) -> list[Media]:
    if not isinstance(told, dict) or not may_link(str(told.get("url") or "")):
        return []
    alt, credit = (plain_text(str(told[name])) if told.get(name) else None for name in ("alt", "credit"))
    return [Media(address=str(told["url"]), alt=alt or plain_text(str(told.get("caption") or "")) or None, credit=credit)]


def _when(slide: dict[str, Any], told: str | None) -> tuple[When, list[str]]:
    """Return the When of a slide, and what of its dates is left out; the EDTF in it where it still means the same dates."""
    start, end = slide["start_date"], slide.get("end_date")
    if not isinstance(start, dict):
        raise InvalidValue("start_date is an object with year, month and day")
    begin, lost = _numbers(start)
    finish, more = _numbers(end) if isinstance(end, dict) and any(end.values()) else (None, [])
    if told is not None:
        when = When.parse(told)
        depth, local = _DEPTH.get(when.precision, 1), when.local
        first = _date(local.latest if local.earliest.is_infinite else local.earliest, depth)
        last = None if local.latest.is_infinite else _date(local.latest, depth)
        if begin == first and (finish or begin) in (last, first if last is None else last):
            return when, lost + more
    one = _edtf(begin)
    two = _edtf(finish) if finish else one
    return When.parse(one if one == two else f"{one}/{two}"), lost + more


def _numbers(date: dict[str, Any]) -> tuple[dict[str, int], list[str]]:
    """Return the parts of a date, which may be numbers or text there, as far as none is missing before them, and what is left out."""
    found: dict[str, int] = {}
    lost: list[str] = []
    whole = True
    for unit in (*_UNITS, "millisecond"):
        value = str(date.get(unit) if date.get(unit) is not None else "").strip()
        if not value:
            whole = False
        elif not whole or unit == "millisecond":
            lost.append(f"{unit} {value} is left out" + ("" if whole else ": what is larger is missing"))
        else:
            number = float(value)
            if number != int(number):
                raise InvalidValue(f"{unit} {value} is no whole number")
            found[unit] = int(number)
    if "year" not in found:
        raise InvalidValue("a date without a year")
    return found, lost


def _edtf(parts: dict[str, int]) -> str:
    from chronicle.time import periods

    # there -44 is 44 BCE; EDTF counts a year 0 before it
    year = parts["year"]
    text = periods.edtf_year(year if year >= 0 else year + 1)
    for unit in ("month", "day"):
        if unit in parts:
            text += f"-{parts[unit]:02d}"
    if "hour" in parts:
        datetime.time(parts["hour"], parts.get("minute", 0), parts.get("second", 0))
        text += f"T{parts['hour']:02d}:{parts.get('minute', 0):02d}" + (
            f":{parts['second']:02d}" if "second" in parts else ""
        )
    return text


def plain_text(text: str) -> str:
    """Return the text of HTML, its breaks as spaces."""
    return " ".join(html.unescape(_TAG.sub("", _BREAK.sub(" ", str(text)))).split())
