"""The plan of a run: sources cut into parts, each small enough for a worker and named by what it holds.

A part is a few small files, or a piece of a large one: of JSON Lines a range of bytes, of Parquet a run of row groups. Where files are
grouped depends on their names alone, and where lines are cut on the lines, so that what is new or changed is in parts of its own and the
others are known to be done.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from chronicle.article import ArticleError
from chronicle.errors import MissingLibrary
from chronicle.readers import places
from chronicle.readers.packed import name_inside

#: bytes of sources in a part, about: some thousands of articles, a minute's work
PART_BYTES: Final = 8 * 1024**2
_PART_FILES: Final = 256
#: one name in so many ends a group of small files
_CUT: Final = 64
_ADDRESS: Final = "://"


@frozen
class Piece:
    """A file of the sources, or the part of one from ``start`` to ``stop`` (bytes of JSON Lines, row groups of Parquet)."""

    path: str
    kind: str
    size: int
    mark: str
    start: int = 0
    stop: int = -1


@frozen
class Part:
    """What one task reads. ``name`` is made of what it holds: another state of the same files is another part."""

    name: str
    pieces: tuple[Piece, ...]


def plan(sources: Iterable[str | Path], settings: Mapping[str, Any]) -> tuple[list[Part], list[ArticleError]]:
    """Return the parts of the sources, and what cannot be read at all. ``settings`` are what else decides the rows of a part."""
    problems: list[ArticleError] = []
    parts: list[Part] = []
    group: list[Piece] = []

    def close() -> None:
        if group:
            parts.append(_part(tuple(group), settings))
            group.clear()

    for piece in _files(sources, problems):
        if piece.size > PART_BYTES and piece.kind in ("jsonl", "parquet") and name_inside(piece.path) == piece.path:
            parts.extend(_part((cut,), settings) for cut in _cut(piece))
            continue
        group.append(piece)
        full = len(group) >= _PART_FILES or sum(p.size for p in group) >= PART_BYTES
        if full or int(_digest(piece.path)[:8], 16) % _CUT == 0:
            close()
    close()
    return parts, problems


def _part(pieces: tuple[Piece, ...], settings: Mapping[str, Any]) -> Part:
    # where lines lie in their file tells nothing of them: others may have come before
    told = json.dumps([[(p.path, p.kind, p.size, p.mark) for p in pieces], dict(settings)], sort_keys=True, default=str)
    return Part(_digest(told)[:24], pieces)


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _files(sources: Iterable[str | Path], problems: list[ArticleError]) -> Iterator[Piece]:
    for source in sources:
        if _ADDRESS in str(source):
            yield from _addresses(str(source), problems)
            continue
        for place in places([source], problems.append):
            try:
                known = place.path.stat()
            except OSError as error:
                problems.append(ArticleError(f"{place.name}: {error.strerror}"))
                continue
            yield Piece(str(place.path), place.kind, known.st_size, str(known.st_mtime_ns))


def _addresses(source: str, problems: list[ArticleError]) -> Iterator[Piece]:
    """Yield the files of an address that fsspec knows, such as s3://bucket/folder/*.jsonl."""
    try:
        import fsspec
    except ImportError:
        raise MissingLibrary(
            f"{source}: addresses need fsspec: pip install 'chronicle-timeline[archive]', and s3fs or gcsfs for theirs"
        ) from None
    from chronicle.readers.files import _kind

    scheme = source.partition(_ADDRESS)[0]
    try:
        system, path = fsspec.core.url_to_fs(source)
        found = system.glob(path) if any(mark in path for mark in "*?[") else system.find(path)
        details = [system.info(name) for name in sorted(found)]
    except (OSError, ValueError, ImportError) as error:
        problems.append(ArticleError(f"{source}: {error}"))
        return
    known = False
    for info in details:
        kind = _kind(Path(info["name"]))
        if info.get("type") != "directory" and kind:
            known = True
            mark = info.get("ETag") or info.get("mtime") or info.get("LastModified") or info.get("created") or ""
            yield Piece(f"{scheme}{_ADDRESS}{info['name'].lstrip('/') if scheme != 'file' else info['name']}", kind, int(info.get("size") or 0), str(mark))
    if not known:
        problems.append(ArticleError(f"{source}: there is no file at this address that chronicle reads"))


def _cut(piece: Piece) -> Iterator[Piece]:
    """Cut a large file at lines or row groups; the mark of lines is that of their bytes."""
    if _ADDRESS in piece.path:
        yield piece
        return
    if piece.kind == "parquet":
        yield from _row_groups(piece)
        return
    digest = hashlib.blake2b(digest_size=16)
    start = stop = 0
    with Path(piece.path).open("rb") as file:
        for line in file:
            digest.update(line)
            stop += len(line)
            size = stop - start
            # past half of its size, a part ends after one line in so many, told by the line: those before it do not move the cut
            ends = size >= PART_BYTES // 2 and zlib.crc32(line) * PART_BYTES < len(line) << 33
            if ends or size >= 2 * PART_BYTES:
                yield Piece(piece.path, piece.kind, size, digest.hexdigest(), start, stop)
                digest, start = hashlib.blake2b(digest_size=16), stop
    if stop > start:
        yield Piece(piece.path, piece.kind, stop - start, digest.hexdigest(), start, stop)


def _row_groups(piece: Piece) -> Iterator[Piece]:
    import pyarrow.parquet as pq

    meta = pq.ParquetFile(piece.path).metadata
    start = size = 0
    for index in range(meta.num_row_groups):
        size += meta.row_group(index).total_byte_size
        if size >= PART_BYTES or index == meta.num_row_groups - 1:
            yield Piece(piece.path, piece.kind, size, piece.mark, start, index + 1)
            start, size = index + 1, 0
