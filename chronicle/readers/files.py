"""Which files there are, and which reader each needs: told by its name, and by its beginning where the name says nothing."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from chronicle.article import Article, ArticleError, Published, article_of_text
from chronicle.errors import MissingLibrary
from chronicle.readers.encoding import decode
from chronicle.readers.limits import USUAL, Limits
from chronicle.readers.packed import ENDINGS, name_inside, unpacked
from chronicle.readers.place import STDIN, Place

_KINDS: Final = {
    ".txt": "text", ".md": "text", ".markdown": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".rss": "feed", ".atom": "feed",
    ".xml": "feed", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv", ".warc": "warc",
    ".pdf": "pdf", ".docx": "docx", ".odt": "odt", ".epub": "epub", ".eml": "mail", ".mbox": "mail",
}  # fmt: skip
_MARKS: Final = "*?["
_LONGEST_PATH: Final = 1000


def places(sources: Iterable[str | Path], on_error: Callable[[ArticleError], None] | None = None) -> Iterator[Place]:
    """Yield the files of sources, each once. A folder gives those with an ending that is known; a file that was named must have one."""
    seen: set[Path] = set()
    for source in sources:
        try:
            found = list(_expanded(source, on_error))
        except ArticleError as error:
            if on_error is None:
                raise
            on_error(error)
            continue
        for place in found:
            if place.path not in seen:
                seen.add(place.path)
                yield place


def _expanded(source: str | Path, on_error: Callable[[ArticleError], None] | None) -> Iterator[Place]:
    path = Path(source)
    if not str(source).strip():
        raise ArticleError("an empty name is no file; for all files here write .")
    if str(source) == STDIN:
        yield Place(path, "")
    elif path.is_dir():
        shut: list[ArticleError] = []
        found = [p for p in _below(path, shut) if _kind(p) and not p.name.startswith(".") and p.is_file()]
        for error in shut:
            if on_error is None:
                raise error
            on_error(error)
        if not found and not shut:
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


def _below(folder: Path, shut: list[ArticleError]) -> list[Path]:
    """Return the files in a folder and below; folders that cannot be read are named in ``shut``."""

    def note(error: OSError) -> None:
        shut.append(ArticleError(f"{error.filename}: the folder cannot be read: {error.strerror}"))

    return sorted(Path(at) / name for at, _, names in os.walk(folder, onerror=note) for name in names)


def _kind(path: Path) -> str | None:
    return _KINDS.get(Path(name_inside(path.name.lower())).suffix)


def is_file_name(text: str) -> bool:
    """Tell whether a text is one word that ends as the files do that chronicle reads."""
    return len(text) < _LONGEST_PATH and not any(c.isspace() for c in text) and _kind(Path(text)) is not None


def _endings() -> str:
    return f"{', '.join(_KINDS)} and {' and '.join(ENDINGS)} of these"


def read_place(
    place: Place, published: Published = None, fields: Mapping[str, str] | None = None, limits: Limits = USUAL
) -> Iterator[Article | ArticleError]:
    """Yield the articles of a file, and an ArticleError for each one in it that cannot be read, or for all where it is past a limit."""
    for found in limits.in_time(_all_of(place, published, fields, limits), place.name):
        yield _of_file(found, place.name) if isinstance(found, ArticleError) else found


def _of_file(error: ArticleError, name: str) -> ArticleError:
    """Return an error that names its file, as one of what an article may hold does not."""
    return error if name in str(error) else ArticleError(f"{name}: {error}")


def _all_of(
    place: Place, published: Published, fields: Mapping[str, str] | None, limits: Limits
) -> Iterator[Article | ArticleError]:
    try:
        if place.kind != "warc" and str(place.path) != STDIN and place.path.stat().st_size > limits.size:
            raise limits.too_large(place.name)
        raw = sys.stdin.buffer.read() if str(place.path) == STDIN else place.path.read_bytes()
        if place.kind != "warc" or raw[:2] != b"\x1f\x8b":
            raw = unpacked(raw, place.name, limits)
    except (OSError, ArticleError) as error:
        yield error if isinstance(error, ArticleError) else ArticleError(f"{place.name}: {error.strerror}")
        return
    kind = place.kind or _sniffed(raw)
    try:
        yield from _read(kind, raw, place, published, fields, limits)
    except ArticleError as error:
        yield error
    except (RecursionError, MemoryError) as error:
        yield _unreadable(
            place, kind, error, "it is nested too deep" if isinstance(error, RecursionError) else "it is too large"
        )
    except MissingLibrary:
        raise
    except Exception as error:
        # the one place where whatever a reader or its library stumbles over becomes the file's name and remedy
        told = " ".join(str(error).split())[:200]
        yield _unreadable(place, kind, error, f"{type(error).__name__}{f': {told}' if told else ''}")


def _unreadable(place: Place, kind: str, error: BaseException, why: str) -> ArticleError:
    found = ArticleError(f"{place.name}: cannot be read as {kind}: {why}; save it anew, or as plain text")
    found.__cause__ = error
    return found


def _read(
    kind: str, raw: bytes, place: Place, published: Published, fields: Mapping[str, str] | None, limits: Limits
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

        yield from warc.pages(raw, place.name, published, limits)
    elif kind in ("json", "jsonl", "csv"):
        from chronicle.readers import tables

        yield from tables.records(kind, raw, place, published, fields, limits)
    else:
        plain = name_inside(place.path.name.lower()).endswith(".txt")
        yield article_of_text(decode(raw, place.name), place.path, name_of(place), published, plain=plain)


def name_of(place: Place) -> str | None:
    """Return the name by which logs know an article that is a file by itself: the file's, without endings."""
    if str(place.path) == STDIN:
        return None
    return Path(name_inside(place.path.name)).stem


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
