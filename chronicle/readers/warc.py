"""WARC files (ISO 28500), read by warcio (extra ``web``): an article for each web page in it.

The date at which a page was fetched is not that of its publication and is not used.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

from chronicle.article import Article, ArticleError, Published
from chronicle.readers import web
from chronicle.readers.limits import USUAL, Limits


def pages(raw: bytes, where: str, published: Published = None, limits: Limits = USUAL) -> Iterator[Article | ArticleError]:
    """Yield the HTML pages of a WARC file, and an ArticleError for each that has no article."""
    web.library()
    read = web.required("warcio.archiveiterator").ArchiveIterator
    failed = web.required("warcio.exceptions").ArchiveLoadFailed
    if not raw:
        raise ArticleError(f"{where}: empty")
    try:
        for record in read(io.BytesIO(raw)):
            headers = record.http_headers
            if record.rec_type != "response" or headers is None or not str(headers.get_statuscode()).startswith("2"):
                continue
            kind = (headers.get_header("Content-Type") or "").lower()
            if "html" not in kind:
                continue
            url = record.rec_headers.get_header("WARC-Target-URI")
            charset = kind.partition("charset=")[2].strip(" \"';") or None
            try:
                content = record.content_stream().read(limits.size + 1)
                if len(content) > limits.size:
                    raise limits.too_large(f"{where}: {url}")
                yield web.page(content, f"{where}: {url}", url, published, url, charset)
            except ArticleError as error:
                yield error
            except Exception as error:  # one page costs no other
                told = ArticleError(f"{where}: {url}: cannot be read as html: {type(error).__name__}: {str(error)[:200]}")
                told.__cause__ = error
                yield told
    except (failed, AttributeError, ValueError, OverflowError) as error:  # the last three of records without a type, or of impossible length
        raise ArticleError(f"{where}: no WARC file: {' '.join(str(error).split())[:200]}") from None
