"""What a page states for machines: JSON-LD, meta elements, the data of its scripts, its address, the notes of those who saved it."""

from __future__ import annotations

import datetime
import html
import json
import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import unquote

from chronicle.article.dates import FIRST_YEAR, Habits, is_plausible, month_of, read_value
from chronicle.readers.dates.address import is_of_the_web, split
from chronicle.readers.dates.outline import Outline, same_page
from chronicle.readers.dates.places import Place
from chronicle.readers.dates.witness import CHANGED, PUBLISHED, Witness, witness
from chronicle.readers.dates.words import names

_PUBLISHED: Final = names("meta-published")
_DATE: Final = names("meta-date")
_CHANGED: Final = names("meta-changed")
_MARKS: Final = re.compile(r"[^a-z]")
_STRAY: Final = re.compile(r"^\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*$")
_COMMA: Final = re.compile(r",(?=\s*[}\]])")
_PAIR: Final = re.compile(r'"(datePublished|dateModified|dateCreated|uploadDate)"\s*:\s*\[?\s*"([^"\\]{6,60})"')
_IN_SCRIPT: Final = re.compile(
    r"""["']?\b(date_?published|published_?at|published_?date|publish_?date|publish_?time|published_?time|pub_?date|publication_?date|first_?published?(?:_?(?:at|date))?|"""
    r"""first_publish_date|display_date|date_?created|created_?at|original_?publish_?date|post_?date|article_?date|article_?publish_?date)["']?\s*[:=]\s*["']?([^"'<>{}\n,;]{8,40})""",
    re.IGNORECASE,
)
_DEEPEST: Final = 8
_LONGEST_SCRIPT: Final = 400_000


def stated(page: Outline, place: Place) -> Iterator[Witness]:
    """Yield the witnesses of a page that are written for machines."""
    yield from _json_ld(page, place)
    yield from _metas(page, place)
    yield from _scripts(page, place)
    yield from _address(page.address, place)
    yield from _rdf(page, place)


def _json_ld(page: Outline, place: Place) -> Iterator[Witness]:
    nodes: list[dict[str, Any]] = []
    broken: list[str] = []
    for script in page.tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = script.text_content()
        whole, repaired = _loaded(text)
        if whole is None:
            broken.append(html.unescape(text))
        else:
            nodes += [node | {"repaired": repaired} for node in _nodes(whole)]
    found = [(rank - (0.3 if node["repaired"] else 0), node) for node in nodes if (rank := _rank(node, page)) > 0]
    best = max((rank for rank, _ in found), default=0.0)
    for rank, node in found:
        if rank < best and best >= 4:
            continue
        kind = _kinds(node)[0] if _kinds(node) else "thing"
        for key, weight, role in (("datePublished", rank, PUBLISHED), ("dateCreated", rank * 0.5, PUBLISHED), ("uploadDate", rank * 0.5, PUBLISHED), ("dateModified", 1.0, CHANGED)):
            if key in ("dateCreated", "uploadDate") and node.get("datePublished"):
                continue
            heard = witness(f"{key} of the {kind} in JSON-LD", "stamps", weight, read_value(node.get(key), place.habits), place, role)
            if heard is not None:
                yield heard
    for text in broken:
        pairs = _PAIR.findall(text)
        published = {value for key, value in pairs if key == "datePublished"}
        for key, value in pairs:
            role = CHANGED if key == "dateModified" else PUBLISHED
            heard = witness(f"{key} in JSON-LD that is broken", "stamps", 3.5 if len(published) == 1 and key == "datePublished" else 1.5, read_value(value, place.habits), place, role)
            if heard is not None:
                yield heard


def _loaded(text: str) -> tuple[Any, bool]:
    """Return what JSON says, and whether it had to be repaired; None where it cannot be read."""
    plain = _STRAY.sub("", _STRAY.sub("", text.strip()).strip()).strip().rstrip(";")
    for repaired, attempt in enumerate((plain, _COMMA.sub("", html.unescape(plain) if "&quot;" in plain else plain))):
        try:
            return json.loads(attempt, strict=False), bool(repaired)
        except (ValueError, RecursionError):
            continue
    return None, False


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item", "liveBlogUpdate") if depth < 4 else ():
            if key not in ("itemListElement", "item", "hasPart", "liveBlogUpdate"):
                yield from _nodes(value.get(key), depth + 1)
    elif isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)


def _kinds(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [str(k).rstrip("/").rpartition("/")[2].rpartition(":")[2] for k in (kinds if isinstance(kinds, list) else [kinds]) if k]


def _rank(node: dict[str, Any], page: Outline) -> float:
    """Return how much a node's word on the page weighs: by its type, and whether it names this page or another."""
    rank = 0.0
    for kind in _kinds(node):
        low = kind.lower()
        if low.endswith(("article", "posting", "pressrelease", "report")) or low in ("articles", "blogpost", "recipe", "newsarticles", "podcastepisode"):
            rank = max(rank, 5.0)
        elif low in ("webpage", "itempage", "faqpage", "qapage", "profilepage", "medicalwebpage", "aboutpage", "creativework", "howto", "question", "question", "claimreview", "dataset", "book"):
            rank = max(rank, 4.6)
        elif low in ("videoobject", "audioobject", "review", "imagegallery", "imageobject", "clip", "tvepisode", "episode", "musicrecording"):
            rank = max(rank, 1.5)
    if not rank:
        return 0.0
    named = node.get("mainEntityOfPage")
    urls = [u.get("@id") or u.get("url") if isinstance(u, dict) else u for u in (node.get("url"), named, node.get("@id"))]
    told = [same for u in urls if isinstance(u, str) and (same := same_page(u.partition("#")[0], page.address)) is not None and split(u).path.strip("/")]
    if any(told):
        return rank + 0.5
    headline = re.sub(r"\W+", "", html.unescape(str(node.get("headline") or node.get("name") or ""))).casefold()
    title = re.sub(r"\W+", "", page.title).casefold()
    same_title = len(headline) > 5 and len(title) > 5 and (headline in title or title in headline)
    if told and not same_title:
        return min(rank, 2.0)
    return rank + (0.4 if same_title else 0)


def _metas(page: Outline, place: Place) -> Iterator[Witness]:
    for element in page.tree.iter("meta"):
        itemprop = element.get("itemprop")
        name = element.get("property") or element.get("name") or itemprop or ""
        plain = _MARKS.sub("", name.lower())
        in_body = bool(itemprop) and any(above.tag == "body" for above in element.iterancestors())
        if not plain or (in_body and _elsewhere(element)):
            continue
        if plain in _PUBLISHED:
            weight, role = 5.0, PUBLISHED
        elif plain in _DATE:
            weight, role = 4.2, PUBLISHED
        elif plain in _CHANGED:
            weight, role = 1.0, CHANGED
        else:
            continue
        if in_body:
            weight -= 0.5
        heard = witness(f"the meta element {name}", "stamps", weight, read_value(element.get("content") or element.get("value"), place.habits), place, role)
        if heard is not None:
            yield heard


def _elsewhere(element: Any) -> bool:
    """Whether an element with an itemprop stands in a list of other stories, in comments, or is of another thing than an article."""
    for above in element.iterancestors():
        kind = (above.get("itemtype") or "").lower()
        if kind and not kind.rstrip("/").endswith(("article", "posting", "webpage", "report", "creativework", "pressrelease")):
            return True
        if above.tag in ("aside", "nav", "footer") or (above.get("itemprop") or "").lower() in ("comment", "review", "relatedlink", "suggestedanswer", "acceptedanswer"):
            return True
    return False


def _scripts(page: Outline, place: Place) -> Iterator[Witness]:
    """Yield what the data of scripts says: one day if they agree, the first one's as a hint if they do not."""
    seen: dict[str, list[Witness]] = {}
    size = 0
    for script in page.tree.iter("script"):
        text = script.text or ""
        size += len(text)
        if "ld+json" in (script.get("type") or "") or size > _LONGEST_SCRIPT:
            continue
        for key, value in _IN_SCRIPT.findall(text.replace('\\"', '"').replace("\\/", "/")):
            heard = witness(f"{key} in the page's scripts", "scripts", 1.2, read_value(value.strip(), place.habits), place)
            if heard is not None:
                seen.setdefault(str(heard.day), []).append(heard)
    if len(seen) == 1:
        yield _heavier(next(iter(seen.values()))[0], 2.3)
    elif seen:
        yield next(iter(seen.values()))[0]


def _heavier(one: Witness, weight: float) -> Witness:
    from attrs import evolve

    return evolve(one, weight=weight)


_DAYS_IN_PATH: Final = (
    (re.compile(r"(?:^|[/_=.-])((?:19|20)\d\d)([/_.-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?=[/\-_.T?&]|$)"), 6.5),
    (re.compile(r"(?:^|[/_=-])((?:19|20)\d\d)/(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/\-_.]|$)"), 6.0),
    (re.compile(r"(?:^|[/_=-])((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/\-_.?&]|$)"), 5.5),
    (re.compile(r"(?:^|[/_=.-]t?)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:(?=[_/.-]|$)|(?:[0-2]\d[0-5]\d(?:[0-5]\d)?)(?=[/._-]|$))"), 4.5),
)  # fmt: skip
_DAY_FIRST_PATH: Final = re.compile(r"(?:^|[/_-])(0?[1-9]|[12]\d|3[01])([/_.-])(0?[1-9]|1[0-2])\2((?:19|20)\d\d)(?=[/\-_.]|$)")
_NAMED_PATH: Final = re.compile(r"/((?:19|20)\d\d)[/_-]([^\W\d_]{3,12})[/_-](0?[1-9]|[12]\d|3[01])(?=[/\-_.]|$)")
_SHORT_PATH: Final = re.compile(r"/(\d\d)_([a-z]{3,12})_(0?[1-9]|[12]\d|3[01])(?=[/\-_.]|$)")
_SAVED: Final = re.compile(r"saved from url=\(\d+\)(\S+)|^\s*url:\s*(https?://\S+)", re.MULTILINE)


def _address(address: str | None, place: Place) -> Iterator[Witness]:
    if not address:
        return
    parts = split(address)
    path = unquote(parts.path + ("?" + parts.query if parts.query else ""))
    for pattern, weight in _DAYS_IN_PATH:
        found = pattern.search(path)
        if found:
            year, month, day = (int(g) for g in found.groups() if g.isdigit())
            yield from _told(year, month, day, weight)
            return
    found = _NAMED_PATH.search(path) or _SHORT_PATH.search(path)
    named = month_of(found[2], place.habits.language) if found else None
    if found and named:
        year = int(found[1])
        yield from _told(year if year > 99 else 2000 + year, named, int(found[3]), 6.0)
        return
    found = _DAY_FIRST_PATH.search(path)
    if found:
        day, month = int(found[1]), int(found[3])
        if place.habits.month_first and day <= 12:
            day, month = month, day
        yield from _told(int(found[4]), month, day, 5.0)


def _told(year: int, month: int, day: int, weight: float) -> Iterator[Witness]:
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        return
    if is_plausible(found) and found.year >= _FIRST_ADDRESS:
        yield Witness("the page's address", "address", weight, ((found, 1.0),))


_FIRST_ADDRESS: Final = 1990  # the first pages
_MONTH_PATH: Final = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?=[/\-_.]|$)")


def month_in(address: str | None) -> tuple[int, int] | None:
    """Return the year and month in an address that names no day."""
    found = _MONTH_PATH.search(split(address).path) if address else None
    return (int(found[1]), int(found[2])) if found and int(found[1]) >= FIRST_YEAR else None


_ARCHIVED: Final = re.compile(r"^https?://web\.archive\.org/web/(\d{8})\d*\w*/(https?:/.*)$")
_SAVED_ON: Final = re.compile(r"(?:saved date|file archived on|saved on|snapshot date|date saved)\W{0,3}(?:\d\d:\d\d:\d\d )?([^\n]{8,60})", re.IGNORECASE)


def unarchived(address: str | None) -> tuple[str | None, datetime.date | None]:
    """Return the address that an archive's address holds, and the day on which the archive fetched it."""
    found = _ARCHIVED.match(address or "")
    if not found:
        return address, None
    reading = read_value(found[1], Habits())
    return re.sub(r"^(https?:)/+", r"\1//", found[2]), reading.days[0] if reading else None


def saved_on(tree: Any) -> datetime.date | None:
    """Return the day on which a browser or an archive saved a page, as it noted in a comment: nothing in it is younger."""
    from lxml import etree

    top = tree.getroottree().getroot()
    before = list(top.itersiblings(etree.Comment, preceding=True))
    for comment in [*before, *tree.iter(etree.Comment)]:
        found = _SAVED_ON.search(comment.text or "")
        reading = read_value(found[1], Habits()) if found else None
        if reading is not None:
            return reading.days[0]
    return None


def saved_address(source: str) -> str | None:
    """Return the address that a browser noted where it saved a page: a comment at its beginning."""
    head = source[:4000]
    if "saved" not in head.lower():
        return None
    found = _SAVED.search(head)
    said = (found[1] or found[2]) if found else None
    return said if said and is_of_the_web(said) else None


def _rdf(page: Outline, place: Place) -> Iterator[Witness]:
    """Yield dc:date of the RDF that weblogs of the years from 2002 wrote in a comment, for trackbacks."""
    from lxml import etree

    for comment in page.tree.iter(etree.Comment):
        text = comment.text or ""
        if "rdf:Description" in text:
            found = re.search(r'dc:date="([^"]{8,40})"', text)
            heard = witness("dc:date of the trackback's RDF", "stamps", 4.0, read_value(found[1], Habits()) if found else None, place)
            if heard is not None:
                yield heard
                return
