"""Files on disk: bytes to text and back, atomically and under a lock."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

_BOM = "\ufeff"


def decode(raw: bytes, path: Path) -> tuple[str, bool]:
    """Return a log's text without its byte order mark, and whether there was one. Raises ValueError for what is not UTF-8."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        raise ValueError(f"{path}:{line}:{column}: not UTF-8; save the file as UTF-8 (encoding)") from None
    return (text[1:], True) if text.startswith(_BOM) else (text, False)


def encode(text: str, bom: bool) -> bytes:
    """Return the bytes of a log."""
    return ((_BOM if bom else "") + text).encode("utf-8")


def write_atomically(path: Path, raw: bytes) -> None:
    """Replace a file's content so that at every moment the old or the new one is there, whole; its mode is kept."""
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_umask()
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    with contextlib.suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def replace_unchanged(path: Path, old: bytes, new: bytes) -> bool:
    """Replace a file's content where it still is what it was; tells whether it did."""
    with locked(path):
        if path.read_bytes() != old:
            return False
        write_atomically(path, new)
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a log's folder while a file in it is read again and replaced; it leaves no file behind.

    Where the system has no file locks, there is none.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    parent = path.resolve().parent
    parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
