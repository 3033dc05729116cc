"""Bytes to text: byte order marks, what the file declares, UTF-8, and, where none of these fits, charset-normalizer's judgement."""

from __future__ import annotations

import codecs
import re
from typing import Final

from chronicle.article import ArticleError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_DECLARED: Final = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_CONTROLS: Final = tuple(bytes((code,)) for code in range(9))
# what the WHATWG Encoding Standard reads as windows-1252
_LATIN: Final = frozenset(("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"))


def decode(raw: bytes, where: str, declared: str | None = None, markup: bool = False) -> str:
    """Return the text of a file. Raises ArticleError for what is no text, or in an encoding that nothing tells.

    A page's own declaration (or ``declared``, that of the server) is believed where the bytes fit it and are not UTF-8: many pages declare
    what they are not. With ``markup`` a few bad bytes in what is UTF-8 otherwise become U+FFFD, and NULs are left out: one of them is no reason to
    lose a page. Line ends become newlines.
    """
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _lines(_by(raw, name, where))
    if markup and 0 < sum(raw.count(byte) for byte in _CONTROLS) <= max(1, len(raw) // 1000):
        raw = raw.replace(b"\x00", b"")
    if b"\x00" in raw[:4096]:
        raise ArticleError(f"{where}: binary, not text")
    try:
        return _lines(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        broken = error
    if markup and _mostly_utf8(raw, declared or _declaration(raw)):
        return _lines(raw.decode("utf-8", "replace"))
    for said in (declared, _declaration(raw)):
        if said:
            try:
                return _lines(raw.decode("windows-1252" if said.lower() in _LATIN else said))
            except (UnicodeDecodeError, LookupError):
                continue
    found = _detected(raw)
    if found is None:
        raise ArticleError(f"{where}: not UTF-8 (byte {broken.start}); save the file as UTF-8")
    return _lines(found)


def _mostly_utf8(raw: bytes, said: str | None) -> bool:
    """Whether bytes are UTF-8 but for a few: more of its sequences than bad bytes, fewest where nothing declares it."""
    text = raw.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for c in text if c > "\x7f") - bad
    declares = bool(said) and (said or "").lower().replace("_", "-") in ("utf-8", "utf8")
    return (declares and bad <= max(3, len(raw) // 500)) or good > 10 * bad


def _by(raw: bytes, name: str, where: str) -> str:
    try:
        return raw.decode(name)
    except UnicodeDecodeError as error:
        raise ArticleError(f"{where}: not {name.upper()} (byte {error.start}), as its beginning says") from None


def _declaration(raw: bytes) -> str | None:
    found = _DECLARED.search(raw[:4096])
    return (found[1] or found[2]).decode("ascii") if found else None


def _detected(raw: bytes) -> str | None:
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return None
    best = from_bytes(raw).best()
    # a few bytes fit anything: they tell nothing
    return str(best) if best is not None and len(raw) >= 20 else None


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
