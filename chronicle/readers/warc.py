"""WARC files (ISO 28500), read by warcio (extra ``web``): an article for each web page in it.

The date at which a page was fetched is not that of its publication: nothing in the page is younger, and that is all that it says.
"""

from __future__ import annotations

import gzip
import io
import logging
import zlib
from collections.abc import Iterator
from typing import Any, Final

from chronicle.article import Article, ArticleError, Published
from chronicle.readers import web
from chronicle.readers.limits import USUAL, Limits

_KINDS: Final = ("response", "resource", "conversion")
_BODIES: Final = {"br": "brotli", "zstd": "zstandard"}
_LARGEST: Final = 2 * 1024**3
_PIECE: Final = 1 << 14


def pages(
    raw: bytes, where: str, published: Published = None, limits: Limits = USUAL
) -> Iterator[Article | ArticleError]:
    """Yield the HTML pages of a WARC file, and an ArticleError for each that has no article, for a record that is broken, and for a file that is cut off."""
    web.library()
    failed = web.required("warcio.exceptions").ArchiveLoadFailed
    if not raw:
        raise ArticleError(f"{where}: empty")
    number = 0
    notes: list[str] = []
    try:
        for number, record in enumerate(_records(raw, failed, notes), 1):  # noqa: B007 the number of the last one is told
            yield from (ArticleError(f"{where}: record {number - 1} {note}") for note in notes)
            notes.clear()
            try:
                found = _page(record, f"{where}: record {number}", where, published, limits)
            except ArticleError as error:
                found = error
            except (failed, ValueError, KeyError, AttributeError, TypeError, OSError, EOFError, zlib.error) as error:
                found = ArticleError(f"{where}: record {number} cannot be read: {_said(error)}")
            if found is not None:
                yield found
    except (failed, ValueError, KeyError, AttributeError, TypeError, OSError, EOFError, zlib.error) as error:
        if not number:
            raise ArticleError(f"{where}: no WARC file: {_said(error)}") from None
        yield ArticleError(f"{where}: after record {number} it is cut off or broken: {_said(error)}; what stands before was read")


def _said(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _records(raw: bytes, failed: type[Exception], notes: list[str]) -> Iterator[Any]:
    """Yield the records; those of a file that was packed as a whole, not record by record, too. What is wrong with the last one goes to ``notes``."""
    # warcio prints what it finds amiss, with the bytes of it, to standard error
    read = type("Records", (web.required("warcio.archiveiterator").ArchiveIterator,), {"INC_RECORD": ""})
    logging.getLogger("warcio").setLevel(logging.ERROR)
    started = False
    faults = 0
    try:
        records = read(io.BytesIO(raw))
        for record in records:
            started = True
            if records.err_count > faults:
                faults = records.err_count
                notes.append("is longer than its Content-Length: its end was not read")
            yield record
            _ends_well(record)
    except failed:
        # packed as one, warcio gives its first record and then refuses the rest
        if raw[:2] != b"\x1f\x8b" or (started and raw.count(b"\x1f\x8b\x08") > 1):
            raise
        rest = iter(read(io.BytesIO(_unpacked(raw))))
        for number, record in enumerate(rest):
            if number or not started:
                yield record
                _ends_well(record)


def _unpacked(raw: bytes) -> bytes:
    with gzip.GzipFile(fileobj=io.BytesIO(raw)) as file:
        return file.read(_LARGEST)


def _ends_well(record: Any) -> None:
    """Raise ValueError where a record's bytes are fewer than it says."""
    left = getattr(record.raw_stream, "limit", 0)
    if isinstance(left, int) and left > 0 and not record.raw_stream.read(1):
        raise ValueError(f"a record is {left} bytes shorter than its Content-Length")


def _page(record: Any, where: str, file: str, published: Published, limits: Limits) -> Article | ArticleError | None:
    kind = record.rec_type
    if kind is None:
        return ArticleError(f"{where} does not say its WARC-Type")
    if kind not in _KINDS:
        return None
    headers = record.http_headers
    said = headers.get_header("Content-Type") if headers is not None else record.rec_headers.get_header("Content-Type")
    type_ = (said or "").lower()
    if headers is not None and not str(headers.get_statuscode() or "2").startswith("2"):
        return None
    if "html" not in type_ and not (kind == "conversion" and "text/plain" in type_):
        return None
    url = record.rec_headers.get_header("WARC-Target-URI")
    packed = (headers.get_header("Content-Encoding") or "").lower() if headers is not None else ""
    body = _body(record, packed, f"{file}: {url}", limits)
    if len(body) > limits.size:
        raise limits.too_large(f"{file}: {url}")
    left = getattr(record.raw_stream, "limit", 0)
    if isinstance(left, int) and left > 0:
        return ArticleError(f"{file}: {url}: the record is cut off: {left} bytes are missing; fetch it anew")
    charset = type_.partition("charset=")[2].partition(";")[0].strip(" \"'") or None
    if kind == "conversion" and "html" not in type_:
        text = body.decode("utf-8", "replace").strip()
        return Article(text=text, published=published, url=url, id=url) if text else ArticleError(f"{file}: {url}: empty")
    return web.page(body, f"{file}: {url}", url, published, url, charset)


def _body(record: Any, packed: str, where: str, limits: Limits) -> bytes:
    needed = _BODIES.get(packed)
    if needed is None:
        return bytes(record.content_stream().read(limits.size + 1))
    import importlib

    try:
        library = importlib.import_module(needed)
    except ImportError:
        raise ArticleError(f"{where}: its body is packed by {packed}: pip install {needed}") from None
    raw = record.raw_stream.read()
    if needed == "zstandard":
        return bytes(library.ZstdDecompressor().stream_reader(io.BytesIO(raw)).read(limits.size + 1))
    unpacking, whole = library.Decompressor(), bytearray()
    for at in range(0, len(raw), _PIECE):
        whole += unpacking.process(raw[at : at + _PIECE])
        if len(whole) > limits.size:
            break
    return bytes(whole)
