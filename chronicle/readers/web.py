"""Web pages as saved by a browser: text and title by trafilatura, the publication date by what the page itself says (extra ``web``).

Where a page says its date, most sure first: schema.org's datePublished in JSON-LD; the meta elements of the Open Graph protocol, Dublin Core
and the like; a <time> element that is marked as the publication's; a date in the page's own address; and, unsure, what htmldate finds in
the page's markup. The clock, the file's age, a copyright line and the article's text say nothing of it.
"""

from __future__ import annotations

import copy
import datetime
import importlib
import json
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from chronicle.article import Article, ArticleError, Published, parse_published
from chronicle.errors import MissingLibrary
from chronicle.readers.encoding import decode

_MISSING: Final = "web pages, feeds and WARC files need the extra web: pip install 'chronicle-timeline[web]'"
_METAS: Final = (
    "article:published_time", "og:published_time", "datepublished", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date",
    "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publication_date", "cxenseparse:recs:publishtime", "article.published",
    "date", "citation_publication_date", "citation_date",
)  # fmt: skip
_ARTICLES: Final = (
    "article",
    "newsarticle",
    "blogposting",
    "report",
    "webpage",
    "reportagenewsarticle",
    "analysisnewsarticle",
    "scholarlyarticle",
    "pressrelease",
)
_IN_ADDRESS: Final = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/\-_.]|$)")
_MARKED: Final = re.compile(r"publi|posted|pubdate|entry-date|post-date|article-date|issued", re.IGNORECASE)
_CHANGED: Final = re.compile(r"modif|updat|edit", re.IGNORECASE)
# what a CMS writes beside the text and no reader takes for a sentence of it
_BESIDE: Final = re.compile(
    r"^(?:(?:by|von|par|por)\s+[A-Z][\w.'’-]+(?:\s+(?:and|[A-Z][\w.'’-]+)){0,5}|(?:photo|photograph|image|picture|credit|courtesy)s?\s*(?::|by\b|©).*|©.*"
    r"|(?:based on|with)\s+(?:materials?|reporting)\s+(?:from|by)\b.*|(?:share|tweet|print|e-?mail|subscribe|advertisement|read more|related)\b(?:\W+(?:this|article|story|page))*\W*"
    r"|(?:published|updated|posted|last (?:updated|modified))\b.{0,60})$",
    re.IGNORECASE,
)


_SHORT: Final = 40  # characters
_ENDS: Final = '.!?…"”»)。！？'


class Dated(NamedTuple):
    """A publication date, where it was found, and how sure that is: certain, likely or unsure."""

    published: datetime.date
    found: str
    sure: str


def library() -> Any:
    """Return lxml's HTML module, with trafilatura there too. Raises ImportError, which names the extra."""
    required("trafilatura")
    return required("lxml.html")


def required(name: str) -> ModuleType:
    """Return a module of the extra ``web``. Raises ImportError, which names the extra."""
    try:
        return importlib.import_module(name)
    except ImportError:
        raise MissingLibrary(_MISSING) from None


def page(
    raw: bytes,
    where: str,
    name: str | None,
    published: Published = None,
    url: str | None = None,
    charset: str | None = None,
) -> Article:
    """Return the article of a page. Raises ArticleError where there is no text in it, ImportError without the extra."""
    lxml_html = library()
    import trafilatura

    source = decode(raw, where, charset)
    if not source.strip():
        raise ArticleError(f"{where}: empty")
    try:
        # declarations of an encoding in a text that has been decoded only confuse the parser
        tree = lxml_html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", source))
    except (ValueError, lxml_html.etree.ParserError, lxml_html.etree.XMLSyntaxError):
        raise ArticleError(f"{where}: no HTML that can be read") from None
    address = url or _address(tree)
    dated = find_published(tree, address)
    meta = trafilatura.extract_metadata(tree, default_url=address)
    text = (
        trafilatura.extract(
            copy.deepcopy(tree),
            output_format="txt",
            include_comments=False,
            url=address,
        )
        or ""
    )
    title = _title(tree, meta.title if meta else None)
    text = _paragraphs(text, title)
    if not text:
        raise ArticleError(f"{where}: there is no article's text in this page")
    return Article(
        text=text,
        published=published if published is not None else dated and dated.published,
        title=title,
        url=address,
        publisher=_publisher(tree, meta),
        language=(tree.get("lang") or "en")[:2].lower() or "en",
        id=name or address,
        published_from=None if published is not None or dated is None else f"{dated.found} ({dated.sure})",
    )


def find_published(tree: Any, address: str | None) -> Dated | None:
    """Return when a page says that it was published, or None: it is never guessed."""
    for finder in (_in_json_ld, _in_metas, _in_time_elements):
        dated = next(finder(tree), None)
        if dated is not None:
            return dated
    found = _IN_ADDRESS.search(urlsplit(address).path) if address else None
    if found:
        try:
            return Dated(datetime.date(*(int(part) for part in found.groups())), "the page's address", "likely")
        except ValueError:
            pass
    return _by_htmldate(tree, address)


def _in_json_ld(tree: Any) -> Iterator[Dated]:
    for script in tree.xpath(
        "//script[translate(@type,'ABCDEFGHIJKLMNOPQRSTUVWXYZ','abcdefghijklmnopqrstuvwxyz')='application/ld+json']"
    ):
        try:
            whole = json.loads(script.text_content())
        except ValueError:
            continue
        for node in _nodes(whole):
            kinds = node.get("@type")
            names = {str(k).lower() for k in (kinds if isinstance(kinds, list) else [kinds])}
            if names & set(_ARTICLES) and (day := _date(node.get("datePublished"))) is not None:
                yield Dated(day, "datePublished in JSON-LD", "certain")


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(value.get(key), depth + 1) if depth < 5 else ()
    elif isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1) if depth < 5 else ()


def _in_metas(tree: Any) -> Iterator[Dated]:
    found: dict[str, Dated] = {}
    for element in tree.iter("meta"):
        name = next((element.get(a) for a in ("property", "name", "itemprop", "http-equiv") if element.get(a)), "")
        day = _date(element.get("content"))
        if name.lower() in _METAS and day is not None:
            found.setdefault(name.lower(), Dated(day, f"the meta element {name}", "certain"))
    yield from (found[name] for name in _METAS if name in found)


def _in_time_elements(tree: Any) -> Iterator[Dated]:
    for element in tree.xpath(
        "//*[self::time or self::abbr or self::span or self::p][@datetime or @title or @content or @itemprop='datePublished']"
    ):
        marks = " ".join(str(element.get(a) or "") for a in ("class", "itemprop", "id", "rel")) + (
            " pubdate" if element.get("pubdate") is not None else ""
        )
        parent = element.getparent()
        around = "" if parent is None else " ".join(str(parent.get(a) or "") for a in ("class", "itemprop", "id"))
        if _CHANGED.search(marks) or not (
            _MARKED.search(marks) or (element.tag == "time" and _MARKED.search(around) and not _CHANGED.search(around))
        ):
            continue
        day = next(
            (
                d
                for v in (element.get("datetime"), element.get("content"), element.get("title"), element.text_content())
                if (d := _date(v)) is not None
            ),
            None,
        )
        if day is not None:
            yield Dated(day, f"a <{element.tag}> element that is marked as the publication's", "likely")
    times = tree.xpath("//article//time[@datetime][not(ancestor::aside or ancestor::footer or ancestor::nav)]")
    days = {
        d
        for t in times
        if not _CHANGED.search(str(t.get("class") or "")) and (d := _date(t.get("datetime"))) is not None
    }
    if len(days) == 1:
        yield Dated(days.pop(), "the only <time> element of the article", "likely")


def _by_htmldate(tree: Any, address: str | None) -> Dated | None:
    """Ask htmldate, without what says nothing of the publication: comments, other stories, footers, and when a page was changed."""
    from htmldate import find_date

    own = copy.deepcopy(tree)
    for element in own.xpath(
        "//footer | //aside | //nav | //meta | //time | //*[contains(@id, 'comment') or contains(@class, 'comment')]"
    ):
        marks = " ".join(str(value) for value in element.attrib.values())
        if (element.tag not in ("meta", "time") or _CHANGED.search(marks)) and element.getparent() is not None:
            element.drop_tree()
    source = library().tostring(own, encoding="unicode")
    source = re.sub(r"(?i)(?:©|&copy;|copyright|last (?:edited|modified|updated))[^<]{0,80}", " ", source)
    if len(source) > 1_000_000:
        return None
    day = _date(find_date(source, original_date=True, extensive_search=False, outputformat="%Y-%m-%d", url=None))
    # what is nowhere written is no date of the page's
    return (
        Dated(day, "the page's markup, by htmldate", "unsure") if day is not None and str(day.year) in source else None
    )


def _date(value: Any) -> datetime.date | None:
    """Return a date as a page's metadata has it; None where it names no day."""
    if not isinstance(value, str) or not 8 <= len(value.strip()) <= 60:
        return None
    text = value.strip()
    try:
        return parse_published(re.sub(r"\.\d+(?=Z|[+-]|$)", "", text), free_form=True)
    except (ArticleError, ValueError, OverflowError):
        return None


def _address(tree: Any) -> str | None:
    """Return a page's own address: canonical, else Open Graph's; only of the web."""
    for path in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        for value in tree.xpath(path):
            if str(value).startswith(("http://", "https://")):
                return str(value)
    return None


def _title(tree: Any, found: str | None) -> str | None:
    headings = [" ".join(h.text_content().split()) for h in tree.xpath("//article//h1 | //main//h1")] or [
        " ".join(h.text_content().split()) for h in tree.xpath("//h1")
    ]
    if len(headings) == 1 and headings[0]:
        return headings[0]
    return " ".join(found.split()) if found else None


def _publisher(tree: Any, meta: Any) -> str | None:
    names = tree.xpath("//meta[@property='og:site_name']/@content")
    name = str(names[0]).strip() if names else (meta.sitename if meta else None)
    return name or None


def _paragraphs(text: str, title: str | None) -> str:
    """Return the paragraphs of a page, apart from those that stand beside the text: its title again, bylines, credits, buttons.

    Short lines before the first sentence are dates, places and sections. A page without any sentence has no article's text.
    """
    kept: list[str] = []
    for line in text.split("\n"):
        found = (
            " ".join(line.strip("| ").split()).removeprefix(title or "").strip() if not kept else " ".join(line.split())
        )
        if (
            not found
            or found == title
            or _BESIDE.match(found)
            or (not kept and len(found) < _SHORT and found[-1] not in _ENDS)
        ):
            continue
        kept.append(found)
    return "\n\n".join(kept) if any(len(line) >= _SHORT or line[-1] in _ENDS for line in kept) else ""
