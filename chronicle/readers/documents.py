"""Word's .docx, OpenDocument's .odt and EPUB: zip files of XML, read by the standard library.

Their dates are those of the file's making, or of the book's edition: *unsure*, never certain. A row of a table is a line of its own.
"""

from __future__ import annotations

import datetime
import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import unquote
from xml.etree import ElementTree

from chronicle.article import Article, ArticleError, Published, parse_published
from chronicle.readers.encoding import decode
from chronicle.readers.markup import text_of

_LARGEST: Final = 200 * 1024**2  # bytes of one member, unpacked
_CELL: Final = " | "


def document(kind: str, raw: bytes, where: str, name: str | None, published: Published = None) -> Article:
    """Return the article of such a file (``kind`` is docx, odt or epub). Raises ArticleError."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            paragraphs, meta = {"docx": _docx, "odt": _odt, "epub": _epub}[kind](archive)
    except (zipfile.BadZipFile, LookupError, ElementTree.ParseError, NotImplementedError, RuntimeError, EOFError) as error:
        raise ArticleError(f"{where}: no {kind} file that can be read: {' '.join(str(error).split())[:120]}; save it anew, or as plain text") from None
    except ValueError as error:
        raise ArticleError(f"{where}: {error}") from None
    text = "\n\n".join(p for p in paragraphs if p)
    if not text:
        raise ArticleError(f"{where}: there is no text in this file")
    day = _day(meta.get("published"))
    known = published is None and day is not None
    return Article(
        text=text,
        published=published if published is not None else day,
        title=meta.get("title") or None,
        publisher=meta.get("publisher") or None,
        language=(meta.get("language") or "en")[:2].lower(),
        id=name,
        published_from=f"{meta['from']} (unsure)" if known else None,
        published_sure="unsure" if known else None,
        modified=_day(meta.get("modified")),
        byline=meta.get("byline") or None,
    )


def _day(said: str | None) -> datetime.date | None:
    try:
        return parse_published(said or None, free_form=True)
    except ArticleError:
        return None


def _xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(_member(archive, name))  # noqa: S314 expat bounds the growth of entities


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _LARGEST:
        raise ValueError(f"{name} in it is larger than {_LARGEST // 1024**2} MB")
    return archive.read(name)


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _meta(root: ElementTree.Element, names: dict[str, str]) -> dict[str, str]:
    """Return the first text of each element by its local name, under the name that is ours."""
    found: dict[str, str] = {}
    for element in root.iter():
        ours = names.get(_local(element))
        if ours and ours not in found and (element.text or "").strip():
            found[ours] = " ".join((element.text or "").split())
    return found


def _docx(archive: zipfile.ZipFile) -> tuple[list[str], dict[str, str]]:
    body = _xml(archive, "word/document.xml")
    meta: dict[str, str] = {}
    if "docProps/core.xml" in archive.namelist():
        meta = _meta(
            _xml(archive, "docProps/core.xml"),
            {"created": "published", "modified": "modified", "title": "title", "creator": "byline", "language": "language"},
        )
    return list(_blocks(body, "p", "tr", "tc", {"t": "", "tab": "\t", "br": "\n", "cr": "\n"})), meta | {"from": "the day on which the file was made"}


def _odt(archive: zipfile.ZipFile) -> tuple[list[str], dict[str, str]]:
    body = next((e for e in _xml(archive, "content.xml").iter() if _local(e) == "text" and e.tag.endswith("office:1.0}text")), None)
    meta: dict[str, str] = {}
    if "meta.xml" in archive.namelist():
        names = {"creation-date": "published", "date": "modified", "title": "title", "initial-creator": "byline", "language": "language"}
        meta = _meta(_xml(archive, "meta.xml"), names)
    if body is None:
        return [], meta
    return list(_blocks(body, ("p", "h"), "table-row", "table-cell", {"s": " ", "tab": "\t", "line-break": "\n"}, whole=True)), meta | {"from": "the day on which the file was made"}


def _blocks(
    body: ElementTree.Element, paragraph: str | tuple[str, ...], row: str, cell: str, marks: dict[str, str], whole: bool = False
) -> Iterator[str]:
    """Yield the paragraphs of a document, and each row of its tables as one line."""
    stack = [iter(body)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            continue
        name = _local(element)
        if name == row:
            cells = [" ".join("".join(_words(part, marks, whole)).split()) for part in element.iter() if _local(part) == cell]
            yield _CELL.join(c for c in cells if c)
        elif name in paragraph if isinstance(paragraph, tuple) else name == paragraph:
            yield "\n".join(" ".join(line.split()) for line in "".join(_words(element, marks, whole)).split("\n")).strip()
        elif name not in ("tracked-changes", "del", "annotation", "note", "sectPr"):
            stack.append(iter(element))


def _words(element: ElementTree.Element, marks: dict[str, str], whole: bool) -> Iterator[str]:
    """Yield the text of an element: all of it, or that of its <t> elements only; deletions, notes and comments apart."""
    name = _local(element)
    if name in marks:
        yield marks[name]
    if (whole or name == "t") and element.text:
        yield element.text
    for part in element:
        if _local(part) not in ("del", "annotation", "note", "tracked-changes", "instrText"):
            yield from _words(part, marks, whole)
        if _local(part) in ("p", "h"):
            yield " "
        if whole and part.tail:
            yield part.tail


def _epub(archive: zipfile.ZipFile) -> tuple[list[str], dict[str, str]]:
    container = _xml(archive, "META-INF/container.xml")
    root = next(e.get("full-path") or "" for e in container.iter() if _local(e) == "rootfile")
    package = _xml(archive, root)
    meta = _meta(package, {"title": "title", "creator": "byline", "language": "language", "publisher": "publisher", "date": "published"})
    meta["from"] = "the date of the edition in the EPUB"
    items: dict[str, Any] = {str(e.get("id")): e for e in package.iter() if _local(e) == "item"}
    paragraphs: list[str] = []
    for reference in (e for e in package.iter() if _local(e) == "itemref"):
        item = items.get(str(reference.get("idref")))
        if item is None or "html" not in str(item.get("media-type")) or "nav" in str(item.get("properties") or "").split():
            continue
        path = posixpath.normpath(posixpath.join(posixpath.dirname(root), unquote(str(item.get("href")))))
        if path in archive.namelist():
            paragraphs += text_of(decode(_member(archive, path), path, markup=True)).split("\n\n")
    return paragraphs, meta
