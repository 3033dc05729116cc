"""Files that are packed: gzip (RFC 1952) and Zstandard (RFC 8878), known by their first bytes, unpacked up to a limit."""

from __future__ import annotations

import gzip
import importlib
import io
import zlib
from collections.abc import Callable
from typing import Any, Final

from chronicle.article import ArticleError
from chronicle.errors import MissingLibrary
from chronicle.readers.limits import Limits

#: endings of packed files, behind the ending of what is packed
ENDINGS: Final = (".gz", ".zst")
_BLOCK: Final = 1 << 20


def name_inside(name: str) -> str:
    """Return the name of what is packed in a file, which is its own where nothing is.

    >>> name_inside("news.jsonl.zst"), name_inside("news.jsonl")
    ('news.jsonl', 'news.jsonl')
    """
    ending = next((e for e in ENDINGS if name.lower().endswith(e)), "")
    return name.removesuffix(name[len(name) - len(ending) :]) if ending else name


def unpacked(raw: bytes, name: str, limits: Limits) -> bytes:
    """Return what is packed in the bytes of a file, or these where nothing is.

    Raises ArticleError for a file that is not whole or larger than ``limits.size`` unpacked, and MissingLibrary where Zstandard cannot be read.
    """
    if raw[:2] == b"\x1f\x8b":
        return _read("gzip", lambda: gzip.GzipFile(fileobj=io.BytesIO(raw)), name, limits)
    if raw[:4] == b"\x28\xb5\x2f\xfd":
        return _read("zstd", lambda: _zstd(raw, name), name, limits)
    return raw


def _read(format_: str, opened: Callable[[], Any], name: str, limits: Limits) -> bytes:
    whole = bytearray()
    try:
        with opened() as file:
            while part := file.read(_BLOCK):
                whole += part
                if len(whole) > limits.size:
                    raise limits.too_large(name)
    except (OSError, EOFError, zlib.error) as error:
        raise ArticleError(f"{name}: not a whole {format_} file: {error}") from None
    return bytes(whole)


def _zstd(raw: bytes, name: str) -> Any:
    """Return a file that reads Zstandard: by Python's own module (3.14 and later), else by pyarrow, which the extra archive brings."""
    try:
        own = importlib.import_module("compression.zstd")
    except ImportError:
        try:
            import pyarrow as pa
        except ImportError:
            raise MissingLibrary(f"{name}: Zstandard needs Python 3.14 or pyarrow: pip install 'chronicle-timeline[archive]'") from None
        return pa.CompressedInputStream(pa.BufferReader(raw), "zstd")
    return own.ZstdFile(io.BytesIO(raw))
