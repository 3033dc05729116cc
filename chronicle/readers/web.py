"""Web pages as saved by a browser: text and title by trafilatura, the publication date by :mod:`chronicle.readers.dates` (extra ``web``)."""

from __future__ import annotations

import copy
import importlib
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any, Final

from chronicle.article import Article, ArticleError, Published
from chronicle.errors import MissingLibrary
from chronicle.readers.blocks import article_blocks
from chronicle.readers.dates import Dated, find_published
from chronicle.readers.dates.address import is_of_the_web
from chronicle.readers.dates.outline import is_prose, outline
from chronicle.readers.dates.places import place_of
from chronicle.readers.dates.stated import saved_address
from chronicle.readers.encoding import decode

__all__ = ["Dated", "find_published", "library", "page", "required"]
_MISSING: Final = "web pages, feeds and WARC files need the extra web: pip install 'chronicle-timeline[web]'"
# characters that HTML has not, as they stand and as references
_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_ILLEGAL_REFERENCE: Final = re.compile(r"&#(?:x0*(?:[0-8bcef]|1[0-9a-f]|7f|f{3}[ef])|0*(?:[0-8]|1[124-9]|2\d|3[01]|127|6553[45]));?", re.IGNORECASE)
_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
# trafilatura looks for a date with htmldate, which would read the clock; its answer is not used
_NO_DATES: Final = {"extensive_search": False, "original_date": True, "max_date": "2049-12-31"}


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
    source = clean(decode(raw, where, charset, markup=True))
    if not source.strip():
        raise ArticleError(f"{where}: empty")
    tree = parsed(source, where, lxml_html)
    address = url or _address(tree) or saved_address(source)
    dated = find_published(tree, address)
    meta = _metadata(tree, address)
    title = _title(tree, meta.title if meta else None)
    habits = place_of(tree, address, []).habits
    blocks = next((found for lines in _texts(tree, address) if (found := article_blocks(lines, title, habits))), [])
    if not blocks:
        raise ArticleError(f"{where}: there is no article's text in this page")
    given = published is not None or dated is None
    return Article(
        text="\n\n".join(blocks),
        published=published if given or dated is None else dated.published,
        title=title,
        url=address,
        publisher=_publisher(tree, meta),
        language=habits.language or None,
        language_from="the page" if habits.language else None,
        id=name or address,
        published_from=None if given or dated is None else f"{dated.found} ({dated.sure})",
        published_sure=None if given or dated is None else dated.sure,
        published_conflicts=() if given or dated is None else dated.conflicts,
        modified=dated.changed if dated is not None else None,
        byline=(meta.author or None) if meta else None,
        section=_section(tree, meta),
    )


def clean(source: str) -> str:
    """Return a page without the characters that HTML has not: one of them would cost the parser the rest."""
    return _ILLEGAL_REFERENCE.sub("", _ILLEGAL.sub("", source))


def parsed(source: str, where: str, lxml_html: Any) -> Any:
    """Return a page's tree. Raises ArticleError for what is no HTML."""
    try:
        # declarations of an encoding in a text that has been decoded only confuse the parser
        return lxml_html.document_fromstring(_DECLARATION.sub("", source))
    except (ValueError, lxml_html.etree.ParserError, lxml_html.etree.XMLSyntaxError):
        raise ArticleError(f"{where}: no HTML that can be read") from None


def _metadata(tree: Any, address: str | None) -> Any:
    import trafilatura

    try:
        return trafilatura.extract_metadata(tree, default_url=address, date_config=dict(_NO_DATES), extensive=False)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, OverflowError):
        return None  # it stumbles over addresses and offsets that are none; what it would say is little


def _texts(tree: Any, address: str | None) -> Iterator[list[str]]:
    """Yield the lines of a page's text by ways that find ever more."""
    import trafilatura

    own = copy.deepcopy(tree)
    _unlaid(own)
    _tidied(own)
    for more in (False, True):
        text = trafilatura.extract(
            copy.deepcopy(own), output_format="txt", include_comments=False, url=address, favor_recall=more, date_extraction_params=dict(_NO_DATES)
        )  # fmt: skip
        yield (text or "").split("\n")
    _, text, _ = trafilatura.baseline(own)
    yield (text or "").split("\n")
    yield [line.text for line in outline(tree, address).lines if not line.aside and is_prose(line.text)]


def _tidied(tree: Any) -> None:
    """Take away what makes trafilatura lose text: elements of a line become their words, breaks that stand alone paragraphs' ends."""
    for element in list(tree.iter("code", "kbd", "samp", "tt", "var")):
        parent = element.getparent()
        if parent is not None and parent.tag in ("p", "li", "td", "dd"):
            element.drop_tag()
    for element in list(tree.iter("br")):
        parent = element.getparent()
        if parent is not None and parent.tag == "p":
            element.tail = "\n" + (element.tail or "").lstrip("\n")
            element.drop_tag()


_CELLS: Final = ("table", "tbody", "tr", "td", "th", "font", "center")


def _unlaid(tree: Any) -> None:
    """Make blocks of the cells of tables that only lay out a page: those with paragraphs in them, or with one cell."""
    for table in list(tree.iter("table")):
        cells = list(table.iter("td", "th"))
        if len(cells) <= 1 or any(len(cell.findall(".//p")) > 1 for cell in cells):
            for element in list(table.iter(*_CELLS)):
                element.tag = "div"


def _address(tree: Any) -> str | None:
    """Return a page's own address: canonical, else Open Graph's; only of the web."""
    for path in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content", "//base/@href"):
        for value in tree.xpath(path):
            if is_of_the_web(str(value)):
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


def _section(tree: Any, meta: Any) -> str | None:
    said = [str(v).strip() for v in tree.xpath("//meta[@property='article:section']/@content")]
    return next((s for s in said if s), None) or next(iter(meta.categories or []), None) if meta else None

