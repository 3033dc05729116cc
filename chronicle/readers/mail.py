"""Mail (.eml) and folders of mail (.mbox), read by the standard library: an article for each message, its Date certain.

What a message quotes of others (lines that begin with ">") and its signature are left out.
"""

from __future__ import annotations

import datetime
import email
import email.policy
import email.utils
import re
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Final

from chronicle.article import Article, ArticleError, Published, parse_published
from chronicle.readers.markup import text_of

_FROM: Final = re.compile(rb"(?m)^From [^\r\n]*\r?\n")
_QUOTES: Final = re.compile(r"^(?:On|Am|Le|El|Il|Op|W dniu|Em|Den)\b.{8,200}(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|napisał\(a\)|escreveu|skrev)\s*:\s*$", re.MULTILINE | re.DOTALL)


def messages(raw: bytes, where: str, name: str | None, published: Published = None) -> Iterator[Article | ArticleError]:
    """Yield the messages of a file, and an ArticleError for each that has no text."""
    if not raw.strip():
        raise ArticleError(f"{where}: empty")
    starts = [m.end() for m in _FROM.finditer(raw)] if raw.startswith(b"From ") else []
    if not starts:
        yield _message(raw, where, name, published)
        return
    ends = [*[m.start() for m in _FROM.finditer(raw)][1:], len(raw)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
        try:
            yield _message(re.sub(rb"(?m)^>(>*From )", rb"\1", raw[start:end]), f"{where}: message {number}", f"{name}-{number}" if name else None, published)
        except ArticleError as error:
            yield error


def _message(raw: bytes, where: str, name: str | None, published: Published) -> Article:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    try:
        part = message.get_body(("plain", "html"))
        body = part.get_content() if part is not None else ""
    except (LookupError, ValueError, AttributeError, TypeError) as error:
        raise ArticleError(f"{where}: its text cannot be read: {error}") from None
    text = text_of(body) if part is not None and part.get_content_type() == "text/html" else _own_words(str(body))
    if not text:
        raise ArticleError(f"{where}: there is no text in this message")
    day = published if published is not None else _date(_header(message, "Date"), where)
    known = published is None and day is not None
    return Article(
        text=text,
        published=day,
        title=_header(message, "Subject") or None,
        publisher=_header(message, "List-Id").partition("<")[0].strip().strip('"') or None,
        id=_header(message, "Message-ID").strip("<>") or name,
        published_from="the message's Date (certain)" if known else None,
        published_sure="certain" if known else None,
        byline=email.utils.parseaddr(_header(message, "From"))[0] or None,
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""


def _date(said: str, where: str) -> datetime.date | None:
    if not said:
        return None
    try:
        # -0000 says that the zone is not known: the clock is kept
        return email.utils.parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return parse_published(said, free_form=True, where=f"{where}: Date")


def _own_words(body: str) -> str:
    """Return a message's own paragraphs: lines that were wrapped are joined."""
    text = body.replace("\r\n", "\n").partition("\n-- \n")[0]
    text = _QUOTES.sub("", "\n".join(line for line in text.split("\n") if not line.startswith((">", "|>"))))
    blocks = re.split(r"\n\s*\n", text)
    return "\n\n".join(joined for block in blocks if (joined := _joined(block)))


def _joined(block: str) -> str:
    lines = [line.rstrip() for line in block.split("\n") if line.strip()]
    wrapped = len(lines) > 1 and all(len(line) >= 45 for line in lines[:-1]) and not any(re.match(r"\s*(?:[-*•]|\d+[.)])\s", line) for line in lines)
    return (" " if wrapped else "\n").join(" ".join(line.split()) for line in lines)
