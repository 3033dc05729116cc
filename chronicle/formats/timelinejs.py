"""TimelineJS 3 (Knight Lab): the JSON that its page reads, and back.

Its dates are years with optional months, days and times; what they cannot say (open, about, some time within) is said in words, which it
shows, and as EDTF in a member "chronicle", which it passes over. Headlines and texts are HTML there: what comes from articles is escaped.
"""

from __future__ import annotations

import datetime
import html
import json
import re
from pathlib import Path
from typing import Any, Final

from chronicle.drawing.cards import may_link
from chronicle.errors import InvalidValue
from chronicle.event import REVIEWS, STATUSES, Event, Media, Source, slug
from chronicle.formats import Exported, FormatError, Imported, Loss, left_out, unused
from chronicle.time.moment import Moment
from chronicle.time.when import When

_LEFT_OUT: Final = (
    "predicate",
    "who",
    "whom",
    "doubts",
    "according_to",
    "related",
    "outcome",
    "previously",
    "notes",
    "extra",
    "people",
    "organisations",
    "places",
)
_UNITS: Final = ("year", "month", "day", "hour", "minute", "second")
_DEPTH: Final = {"month": 2, "day": 3, "hour": 4, "minute": 5, "second": 6}
_KEPT: Final = frozenset(
    {"start_date", "end_date", "text", "group", "unique_id", "display_date", "chronicle", "autolink", "media"}
)
_TAG: Final = re.compile(r"<[^>]*>")
_BREAK: Final = re.compile(r"<\s*(?:br|/p|/div|/blockquote)\s*/?>", re.IGNORECASE)


def write(events: list[Event], title: str | None = None) -> Exported:
    """Write events as TimelineJS's JSON; events without a date cannot be on it."""
    slides: list[dict[str, Any]] = []
    losses: list[Loss] = []
    for event in events:
        if event.when is None:
            losses.append(Loss(event.id, "left out: it has no date"))
            continue
        slides.append(_slide(event, event.when))
        losses += left_out(event, _LEFT_OUT)
        losses += (
            [Loss(event.id, "tags: the first is the group, the others are left out")] if len(event.tags) > 1 else []
        )
        losses += [
            Loss(event.id, "media: a slide shows one picture, from an address")
            for _ in event.media[1:] or [m for m in event.media if not may_link(m.address)]
        ][:1]
        losses += [Loss(event.id, "sources are text of the slide")] if event.sources else []
    whole: dict[str, Any] = {"events": slides}
    if title:
        whole["title"] = {"text": {"headline": html.escape(title)}}
    return Exported((json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8"), losses)


def _slide(event: Event, when: When) -> dict[str, Any]:
    depth = _DEPTH.get(when.precision, 1)
    first, last = when.earliest, when.latest
    begin = _date(last if first.is_infinite else first, depth)
    slide: dict[str, Any] = {
        "unique_id": event.id,
        "start_date": begin,
        "display_date": when.words(),
        "text": {"headline": html.escape(event.title), "text": "".join(_source(s) for s in event.sources)},
        "autolink": False,
        "chronicle": {"when": str(when), "status": event.status, "review": event.review},
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
    parts = (year, month, day, seconds // 3600, seconds // 60 % 60, seconds % 60)
    return dict(list(zip(_UNITS, parts, strict=True))[:depth])


def _source(source: Source) -> str:
    quote = f"<blockquote>{html.escape(source.quote)}</blockquote>" if source.quote else ""
    name = html.escape(source.named)
    link = f'<a href="{html.escape(source.url or "")}" rel="noopener">{name}</a>' if may_link(source.url) else name
    return f"{quote}<p>{link}</p>"


def read(raw: bytes, path: Path) -> Imported:
    """Read TimelineJS's JSON; backgrounds, eras and the like are listed as left out. Raises FormatError."""
    try:
        whole = json.loads(raw.decode("utf-8-sig"))
    except ValueError as error:
        raise FormatError(f"{path}: not JSON: {error}") from None
    if not isinstance(whole, dict) or not isinstance(whole.get("events"), list):
        raise FormatError(f"{path}: not TimelineJS: there is no list of events")
    losses = [Loss(str(path), f"{key} is left out") for key in sorted(set(whole) - {"events", "title"})]
    events: list[Event] = []
    used: set[str] = set()
    for number, slide in enumerate(whole["events"], 1):
        try:
            event = _event(slide, path, used)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise FormatError(f"{path}: event {number}: {_said(error)}") from None
        events.append(event)
        lost = set(slide) - _KEPT | ({"media"} & set(slide) if not event.media else set())
        losses += [Loss(event.id, f"{key} is left out") for key in sorted(lost)]
    return Imported(events, losses)


def _said(error: Exception) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)


def _event(slide: dict[str, Any], path: Path, used: set[str]) -> Event:
    text = slide.get("text") or {}
    title = _plain(text.get("headline") or "") or _plain(text.get("text") or "")[:90]
    if not title:
        raise InvalidValue("it has neither a headline nor a text")
    own = slide.get("chronicle") or {}
    when = _when(slide, own.get("when"))
    name = unused(str(slide.get("unique_id") or f"{str(when)[:10]}-{slug(title)}"), used)
    body = _plain(text.get("text") or "") or None
    return Event(
        name, when, title,
        own["status"] if own.get("status") in STATUSES else "happened",
        own["review"] if own.get("review") in REVIEWS else "proposed",
        sources=[Source(path.name, quote=body)],
        tags=[str(slide["group"])] if slide.get("group") else [],
        media=_media(slide.get("media")),
    )  # fmt: skip


def _media(told: Any) -> list[Media]:
    if not isinstance(told, dict) or not may_link(str(told.get("url") or "")):
        return []
    alt, credit = (_plain(str(told[name])) if told.get(name) else None for name in ("alt", "credit"))
    return [Media(address=str(told["url"]), alt=alt or _plain(str(told.get("caption") or "")) or None, credit=credit)]


def _when(slide: dict[str, Any], told: Any) -> When:
    """Return the When of a slide; the EDTF in it where it still means the same dates."""
    start, end = slide["start_date"], slide.get("end_date")
    if isinstance(told, str):
        when = When.parse(told)
        depth = _DEPTH.get(when.precision, 1)
        begin = _date(when.latest if when.earliest.is_infinite else when.earliest, depth)
        finish = None if when.latest.is_infinite else _date(when.latest, depth)
        if _numbers(start) == begin and (_numbers(end) if end else begin) in (
            finish,
            begin if finish is None else finish,
        ):
            return when
    first = _edtf(_numbers(start))
    last = _edtf(_numbers(end)) if end else first
    return When.parse(first if first == last else f"{first}/{last}")


def _numbers(date: dict[str, Any]) -> dict[str, int]:
    """Return the parts of a date, which may be numbers or text there."""
    found: dict[str, int] = {}
    for unit in _UNITS:
        value = str(date.get(unit, "")).strip()
        if not value:
            break
        found[unit] = int(value)
    if "year" not in found:
        raise InvalidValue("a date without a year")
    return found


def _edtf(parts: dict[str, int]) -> str:
    from chronicle.time import periods

    text = periods.edtf_year(parts["year"])
    for unit in ("month", "day"):
        if unit in parts:
            text += f"-{parts[unit]:02d}"
    if "hour" in parts:
        datetime.time(parts["hour"], parts.get("minute", 0), parts.get("second", 0))
        text += f"T{parts['hour']:02d}:{parts.get('minute', 0):02d}" + (
            f":{parts['second']:02d}" if "second" in parts else ""
        )
    return text


def _plain(text: str) -> str:
    """Return the text of HTML, its breaks as spaces."""
    return " ".join(html.unescape(_TAG.sub("", _BREAK.sub(" ", str(text)))).split())
