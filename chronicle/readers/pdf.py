"""PDF files, read by pypdf (extra ``pdf``): pure Python under the BSD licence, where PyMuPDF is under the AGPL and pdfminer.six slower.

The date is that of the file's making: *unsure*. Lines that the page's width broke are joined, words that a hyphen parts at a line's end too.
"""

from __future__ import annotations

import datetime
import importlib
import io
import re
from typing import Any, Final

from chronicle.article import Article, ArticleError, Published
from chronicle.errors import MissingLibrary

_HYPHEN: Final = re.compile(r"(?<=[^\W\d_])-\n(?=[^\W\d_])")
_STOPS: Final = '.!?…:"”»。！？'
_PAGE_NUMBER: Final = re.compile(r"(?:page|seite|p\.)?\s*\d{1,4}(?:\s*(?:/|of|von)\s*\d{1,4})?", re.IGNORECASE)


def document(raw: bytes, where: str, name: str | None, published: Published = None) -> Article:
    """Return the article of a PDF. Raises ArticleError where it has no text, MissingLibrary without the extra."""
    try:
        pypdf = importlib.import_module("pypdf")
    except ImportError:
        raise MissingLibrary("PDF files need the extra pdf: pip install 'chronicle-timeline[pdf]'") from None
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ArticleError(f"{where}: the PDF is locked by a password; save it without one")
        pages = [page.extract_text() or "" for page in reader.pages]
        meta = reader.metadata
    except (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, OSError, AttributeError) as error:
        if isinstance(error, ArticleError):
            raise
        raise ArticleError(f"{where}: no PDF that can be read: {' '.join(str(error).split())[:120]}; save it anew, or as plain text") from None
    text = "\n\n".join(paragraphs(pages))
    if not text:
        raise ArticleError(f"{where}: there is no text in this PDF, only pictures of it; make its text readable (OCR) first")
    made = _date(meta, "creation_date")
    known = published is None and made is not None
    return Article(
        text=text,
        published=published if published is not None else made,
        title=_text(meta, "title"),
        id=name,
        published_from="the day on which the PDF was made (unsure)" if known else None,
        published_sure="unsure" if known else None,
        modified=_date(meta, "modification_date"),
        byline=_text(meta, "author"),
    )


def paragraphs(pages: list[str]) -> list[str]:
    """Return the paragraphs of pages: a line goes on where it is nearly as long as the longest and ends without a stop."""
    found: list[str] = []
    for page in pages:
        lines = [" ".join(line.split()) for line in _HYPHEN.sub("", page).split("\n")]
        lines = [line for line in lines if not _PAGE_NUMBER.fullmatch(line)]
        longest = max((len(line) for line in lines), default=0)
        going = bool(found) and found[-1][-1] not in _STOPS
        for line in lines:
            if not line:
                going = False
                continue
            if going and found and (line[0].islower() or len(found[-1]) >= longest * 0.6):
                found[-1] += f" {line}"
            else:
                found.append(line)
            going = len(line) >= longest * 0.6 or (line[-1] not in _STOPS and len(line) > longest * 0.5)
            if line[-1] in _STOPS and len(line) < longest * 0.8:
                going = False
    return found


def _date(meta: Any, name: str) -> datetime.date | None:
    try:
        found = getattr(meta, name, None)
    except (ValueError, TypeError):
        return None
    return found if isinstance(found, datetime.date) else None


def _text(meta: Any, name: str) -> str | None:
    value = getattr(meta, name, None)
    return " ".join(value.split()) or None if isinstance(value, str) else None
