"""Files on disk: bytes to text and back, atomically and under a lock."""

from __future__ import annotations

import contextlib
import errno
import math
import os
import random
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from chronicle.errors import InvalidValue

_BOM = "\ufeff"
_PATIENCE: Final = 60.0  # seconds to wait for another process that writes


def decode(raw: bytes) -> tuple[str, bool]:
    """Return a log's text without its byte order mark, and whether there was one. Raises UnicodeDecodeError for what is not UTF-8."""
    text = raw.decode("utf-8")
    return (text[1:], True) if text.startswith(_BOM) else (text, False)


def encode(text: str, bom: bool) -> bytes:
    """Return the bytes of a log."""
    return ((_BOM if bom else "") + text).encode("utf-8")


def real(path: Path) -> Path:
    """Return the file that a path leads to, through all symbolic links. Raises OSError where they lead in a circle."""
    try:
        return path.resolve()
    except RuntimeError:
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from None


def write_atomically(path: Path, raw: bytes) -> None:
    """Replace a file's content so that at every moment the old or the new one is there, whole; its mode is kept.

    The file that a symbolic link leads to is replaced. Another name of the same file (a hard link) keeps the old content, as copies
    made by linking are meant to. Raises PermissionError for a file that nobody may write.
    """
    path = real(path)
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_umask()
    if not mode & 0o222:
        raise PermissionError(errno.EACCES, "the file is marked as not to be written (chmod u+w allows it)", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=_temporary(path), suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
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


def _temporary(path: Path) -> str:
    return f".{path.name}."


def sweep(path: Path) -> None:
    """Take away what a writer that was killed left half-written beside a file. Only who holds the lock may: nobody else writes then."""
    for left in path.parent.glob(f"{_glob_safe(_temporary(path))}????????.tmp"):
        with contextlib.suppress(OSError):
            left.unlink()


def _glob_safe(name: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


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
def locked(*paths: Path, patience: float | None = _PATIENCE) -> Iterator[None]:
    """Hold the locks of files while they are read again and replaced.

    A file's lock is that of the folder in which it really lies, so that all ways to it (its own name, a folder above, a symbolic link)
    share it, and no file is left behind. Where folders cannot be locked (Windows) a file ``.chronicle.lock`` in it serves, by the library
    filelock. A process that ends, however, lets go of its locks. Raises TimeoutError after ``patience``
    seconds, with None never.
    """
    files = [real(path) for path in paths]
    with contextlib.ExitStack() as held:
        for folder in sorted({file.parent for file in files}):
            folder.mkdir(parents=True, exist_ok=True)
            held.enter_context(_locked_folder(folder, patience))
        for file in files:
            sweep(file)
        yield


@contextlib.contextmanager
def _locked_folder(folder: Path, patience: float | None) -> Iterator[None]:
    try:
        import fcntl
    except ImportError:
        with _locked_by_file(folder, patience):
            yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        until = time.monotonic() + (math.inf if patience is None else patience)
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise TimeoutError(errno.ETIMEDOUT, "another process holds its lock", str(folder)) from None
                time.sleep(random.uniform(0.001, 0.01))  # noqa: S311 so that those who wait do not march in step
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def _locked_by_file(folder: Path, patience: float | None = _PATIENCE) -> Iterator[None]:
    try:
        import filelock
    except ImportError:
        raise InvalidValue("writing logs needs filelock on this system: pip install filelock") from None
    try:
        with filelock.FileLock(folder / ".chronicle.lock", timeout=-1 if patience is None else patience):
            yield
    except filelock.Timeout:
        raise TimeoutError(errno.ETIMEDOUT, "another process holds its lock", str(folder)) from None
