"""HTML in fields of feeds and records, to text: its blocks as paragraphs, by the standard library's parser."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import Final

_BLOCKS: Final = frozenset(["p", "br", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "table", "ul", "ol", "dl", "dt", "dd", "pre", "section", "article", "header", "footer", "figure", "figcaption", "hr"])
_UNSEEN: Final = frozenset(("script", "style", "head", "title", "template", "noscript"))
_TAG: Final = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|em|strong|h[1-6]|ul|ol|li|img|table|tr|td|blockquote|pre|figure|iframe|section|article|html|body|script|style|sup|sub|font|center|small)"
    r"(?:\s[^<>]{0,2000})?/?>|<!DOCTYPE[^>]*>?|<!--",
    re.IGNORECASE,
)
_SPACE: Final = re.compile(r"[^\S\n]+")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            # a line end within a block is a space
            self.parts.append(data.replace("\n", " "))


def is_markup(text: str) -> bool:
    """Whether a text has HTML's tags in it."""
    return "<" in text and _TAG.search(text) is not None


def text_of(markup: str) -> str:
    """Return the text of a piece of HTML, a paragraph for each of its blocks; of what has no tags, the text with its references read."""
    if not markup.strip():
        return ""
    if not is_markup(markup):
        return _paragraphs(html.unescape(markup))
    parser = _Text()
    parser.feed(markup)
    parser.close()
    return _paragraphs("".join(parser.parts))


def _paragraphs(text: str) -> str:
    lines = (_SPACE.sub(" ", line).strip() for line in text.split("\n"))
    return "\n\n".join(line for line in lines if line)
