"""Characters that a text of a log may not hold, and how those that do harm on a terminal are shown.

Control characters (Unicode's category Cc, but for tab and line ends) and halves of surrogate pairs (Cs) are no text: YAML or UTF-8
cannot hold them, and they move a terminal's cursor, name its window or end a line of a CI's log. The characters that turn the
direction of writing (UAX #9's embeddings, overrides and isolates) may stand in a text and are shown by their number.
"""

from __future__ import annotations

import re
from typing import Final

from chronicle.errors import InvalidValue

_NO_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_HARMFUL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufeff\ud800-\udfff]")
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\xad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\ud800-\udfff\U000e0000-\U000e0fff]|^\\s|\\s$")  # fmt: skip
_BREAKS: Final = "\x0b\x0c\x1c\x1d\x1e\x85"
_REPLACED: Final = {c: "\ufffd" for c in (*range(0x20), *range(0x7F, 0xA0)) if chr(c) not in "\t\n\r"} | {
    ord(c): "\n" for c in _BREAKS
}


def _named(character: str, text: str, at: int) -> str:
    kind = "half of a surrogate pair" if "\ud800" <= character <= "\udfff" else "a control character"
    line, column = text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1
    place = f"line {line}, column {column}" if line > 1 else f"character {column}"
    return f"{kind} (U+{ord(character):04X}) at {place}"


def refuse_what_is_no_text(name: str, text: str) -> None:
    """Raise InvalidValue where a text holds what a log cannot; the message says which character, and where."""
    if text.isprintable():
        return
    found = _NO_TEXT.search(text)
    if found is not None:
        raise InvalidValue(f"{name} holds {_named(found[0], text, found.start())}; take it out")


def refuse_surrogates(name: str, text: str) -> None:
    """Raise InvalidValue where a text holds halves of surrogate pairs, which no encoding of Unicode can hold."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InvalidValue(f"{name} holds {_named(text[error.start], text, error.start)}; take it out") from None


def unseen(text: str) -> str | None:
    """Return the first character of an id that is no visible one, None where there is none."""
    found = _UNSEEN.search(text)
    return found[0] if found is not None else None


def readable(text: str) -> str:
    """Return a text with a line end or U+FFFD in place of each control character: its offsets stay what they were."""
    return text if _CONTROL.search(text) is None else text.translate(_REPLACED)


def _escape(match: re.Match[str]) -> str:
    number = ord(match[0])
    return {"\n": "\\n", "\r": "\\r"}.get(match[0]) or (
        f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
    )


def shown(text: str) -> str:
    """Return a text as it can be sent to a terminal or a CI's log: what does harm there is shown by its number; line ends stay.

    A line that a CI would take for a command to it ("::error::", "##vso[") shows its first sign by its number too.
    """
    safe = _HARMFUL.sub(_escape, text)
    if "::" in safe or "##" in safe:
        safe = _COMMAND.sub(lambda m: f"{m[1]}\\x{ord(m[2]):02x}", safe)
    return safe


_COMMAND: Final = re.compile(r"^(\s*)([:#])(?=:|#)", re.MULTILINE)


def shown_in_line(text: str) -> str:
    """Return a text as :func:`shown` does, on one line."""
    return shown(text.replace("\r", "\\r").replace("\n", "\\n"))


def escaped(text: str) -> str:
    r"""Return JSON with every character that does harm on a terminal as \\uXXXX: the same data."""
    return _HARMFUL.sub(lambda m: m[0] if m[0] in "\r\n" else _json_escape(m[0]), text)


def _json_escape(character: str) -> str:
    number = ord(character)
    if number < 0x10000:
        return f"\\u{number:04x}"
    number -= 0x10000
    return f"\\u{0xD800 + (number >> 10):04x}\\u{0xDC00 + (number & 0x3FF):04x}"
