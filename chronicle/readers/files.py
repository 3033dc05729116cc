"""Which files there are, and which reader each needs: told by its name, and by its beginning where the name says nothing."""

from __future__ import annotations

import glob
import gzip
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from chronicle.article import Article, ArticleError, Published, article_of_text
from chronicle.errors import MissingLibrary
from chronicle.readers.encoding import decode
from chronicle.readers.place import STDIN, Place

_KINDS: Final = {
    ".txt": "text", ".md": "text", ".markdown": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".rss": "feed", ".atom": "feed",
    ".xml": "feed", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv", ".warc": "warc",
    ".pdf": "pdf", ".docx": "docx", ".odt": "odt", ".epub": "epub", ".eml": "mail", ".mbox": "mail",
}  # fmt: skip
# unpacked, a file may be this large: a few kilobytes of gzip can hold gigabytes of nothing
_LARGEST: Final = 2 * 1024**3
_MARKS: Final = "*?["


def places(sources: Iterable[str | Path], on_error: Callable[[ArticleError], None] | None = None) -> Iterator[Place]:
    """Yield the files of sources, each once. A folder gives those with an ending that is known; a file that was named must have one."""
    seen: set[Path] = set()
    for source in sources:
        try:
            found = list(_expanded(source))
        except ArticleError as error:
            if on_error is None:
                raise
            on_error(error)
            continue
        for place in found:
            if place.path not in seen:
                seen.add(place.path)
                yield place


def _expanded(source: str | Path) -> Iterator[Place]:
    path = Path(source)
    if str(source) == STDIN:
        yield Place(path, "")
    elif path.is_dir():
        found = [p for p in sorted(path.rglob("*")) if p.is_file() and _kind(p) and not p.name.startswith(".")]
        if not found:
            raise ArticleError(f"{path}: there is no file in this folder that chronicle reads ({_endings()})")
        yield from (Place(p, _kind(p) or "") for p in found)
    elif path.exists():
        kind = _kind(path)
        if kind is None:
            raise ArticleError(f"{path}: chronicle reads {_endings()}, not {path.suffix or 'files without an ending'}")
        yield Place(path, kind)
    elif any(mark in str(source) for mark in _MARKS):
        matched = [p for p in sorted(map(Path, glob.glob(str(source), recursive=True))) if p.is_file() and _kind(p)]  # noqa: PTH207 a pattern may be absolute
        if not matched:
            raise ArticleError(f"{source}: no file that chronicle reads has such a name")
        yield from (Place(p, _kind(p) or "") for p in matched)
    else:
        raise ArticleError(f"{source}: the file does not exist")


def _kind(path: Path) -> str | None:
    name = path.name.lower().removesuffix(".gz")
    return _KINDS.get(Path(name).suffix)


def _endings() -> str:
    return ", ".join(_KINDS) + " and .gz of these"


def read_place(
    place: Place, published: Published = None, fields: Mapping[str, str] | None = None
) -> Iterator[Article | ArticleError]:
    """Yield the articles of a file, and an ArticleError for each one in it that cannot be read."""
    try:
        raw = sys.stdin.buffer.read() if str(place.path) == STDIN else place.path.read_bytes()
        if raw[:2] == b"\x1f\x8b" and place.kind != "warc":
            raw = _unpacked(raw, place)
    except (OSError, ArticleError) as error:
        yield error if isinstance(error, ArticleError) else ArticleError(f"{place.name}: {error.strerror}")
        return
    kind = place.kind or _sniffed(raw)
    try:
        yield from _read(kind, raw, place, published, fields)
    except ArticleError as error:
        yield error
    except (RecursionError, MemoryError) as error:
        yield _unreadable(
            place, kind, error, "it is nested too deep" if isinstance(error, RecursionError) else "it is too large"
        )
    except MissingLibrary:
        raise
    except (
        Exception
    ) as error:  # the one place where whatever a reader or its library stumbles over becomes the file's name and remedy
        told = " ".join(str(error).split())[:200]
        yield _unreadable(place, kind, error, f"{type(error).__name__}{f': {told}' if told else ''}")


def _unreadable(place: Place, kind: str, error: BaseException, why: str) -> ArticleError:
    found = ArticleError(f"{place.name}: cannot be read as {kind}: {why}; save it anew, or as plain text")
    found.__cause__ = error
    return found


def _read(
    kind: str, raw: bytes, place: Place, published: Published, fields: Mapping[str, str] | None
) -> Iterator[Article | ArticleError]:
    if kind == "html":
        from chronicle.readers import web

        yield web.page(raw, place.name, name_of(place), published)
    elif kind == "feed" and b"<mediawiki" in raw[:2048]:
        from chronicle.readers import mediawiki

        yield from mediawiki.pages(raw, place.name, published)
    elif kind == "pdf":
        from chronicle.readers import pdf

        yield pdf.document(raw, place.name, name_of(place), published)
    elif kind in ("docx", "odt", "epub"):
        from chronicle.readers import documents

        yield documents.document(kind, raw, place.name, name_of(place), published)
    elif kind == "mail":
        from chronicle.readers import mail

        yield from mail.messages(raw, place.name, name_of(place), published)
    elif kind == "feed":
        from chronicle.readers import feeds

        yield from feeds.entries(raw, place.name, published)
    elif kind == "warc":
        from chronicle.readers import warc

        yield from warc.pages(raw, place.name, published)
    elif kind in ("json", "jsonl", "csv"):
        from chronicle.readers import tables

        yield from tables.records(kind, raw, place, published, fields)
    else:
        yield article_of_text(decode(raw, place.name), place.path, name_of(place), published)


def name_of(place: Place) -> str | None:
    """Return the name by which logs know an article that is a file by itself: the file's, without endings."""
    if str(place.path) == STDIN:
        return None
    name = place.path.name
    return Path(name[:-3] if name.lower().endswith(".gz") else name).stem


def _unpacked(raw: bytes, place: Place) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        import io

        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as file:
            while part := file.read(1 << 20):
                parts.append(part)
                size += len(part)
                if size > _LARGEST:
                    raise ArticleError(f"{place.name}: unpacked it is larger than {_LARGEST // 1024**3} GB; split it")
    except (OSError, EOFError, zlib.error) as error:
        raise ArticleError(f"{place.name}: not a whole gzip file: {error}") from None
    return b"".join(parts)


def _sniffed(raw: bytes) -> str:
    """Return the kind of a file without a name, by how it begins."""
    head = raw[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"warc/"):
        return "warc"
    if head[:1] in (b"{", b"["):
        first, _, rest = raw.strip().partition(b"\n")
        return "jsonl" if head[:1] == b"{" and first.rstrip().endswith(b"}") and rest.lstrip()[:1] == b"{" else "json"
    if head.startswith(b"%pdf-"):
        return "pdf"
    if head.startswith(b"<"):
        return "feed" if b"<mediawiki" in head or b"<rss" in head or b"<feed" in head or b"<rdf:rdf" in head else "html"
    return "text"
