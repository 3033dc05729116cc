"""A page as somebody sees it who looks for its date: its lines in order, which stand beside the article, where its headline is.

One walk over the tree, linear in its size.
"""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import unquote

from attrs import define, field, frozen

from chronicle.readers.dates.address import split
from chronicle.readers.dates.words import names

_ASIDE: Final = names("aside")
_TOP: Final = names("top")
_OWN: Final = names("own")
_STATES: Final = names("states")
_PARTS: Final = names("parts")
_BLOCKS: Final = names("blocks")
_UNSEEN: Final = frozenset(("script", "style", "noscript", "template", "head", "svg", "textarea", "select", "iframe", "object"))
_INLINE: Final = frozenset(("a", "span", "i", "b", "em", "strong", "time", "small", "abbr", "font", "p"))
_HEADINGS: Final = ("h1", "h2", "h3", "h4")
_CUT: Final = re.compile(r"[^\w]+|_+|(?<=[a-z])(?=[A-Z])")
_PROSE: Final = 110  # characters
_LONGEST: Final = 400  # characters of a line that are looked at


@define
class Line:
    """A line of a page: its text, the names of classes and ids around it, its number; whether it stands beside the article, or in the head of the whole page;
    how many of its characters are links."""

    number: int
    parts: list[str] = field(factory=list)
    marks: set[str] = field(factory=set)
    aside: bool = False
    top: bool = False
    length: int = 0
    linked: int = 0

    @property
    def text(self) -> str:
        """The text, its spaces single."""
        return " ".join("".join(self.parts).split())


@frozen
class Marked:
    """An element that carries a date in an attribute, or is a <time>: the values, the names around it, where it stands."""

    tag: str
    values: tuple[str, ...]
    marks: frozenset[str]
    around: frozenset[str]
    itemprop: str
    line: int
    aside: bool
    in_sentence: bool


@define
class Outline:
    """The lines of a page, its marked elements, its headline's line (-1 where there is none), its title and its address; whether it only lists stories; the line with
    which its prose begins (-1 where there is none)."""

    tree: Any
    address: str | None
    lines: list[Line]
    marked: list[Marked]
    headline: int
    title: str
    is_list: bool = False
    prose: int = -1


def outline(tree: Any, address: str | None) -> Outline:
    """Return the outline of a page (lxml's tree)."""
    title = _title_of(tree)
    headline = _headline(tree, title)
    kept = {id(e): e for e in ([headline, *headline.iterancestors()] if headline is not None else [])}
    main = next((e for e in kept.values() if e.tag == "article"), None)
    is_list = headline is None and _is_list(tree)
    if is_list:
        main = tree  # a page of several stories is none of them
    lines: list[Line] = [Line(0)]
    marked: list[Marked] = []
    stack: list[frozenset[str]] = []
    aside = unseen = articles = top = links = 0
    at = -1
    within = False  # an article's own footer often holds its date
    opened: list[tuple[bool, bool]] = []  # for each open element, whether what stands beside the article or on top begins with it
    body = next(tree.iter("body"), tree)
    from lxml import etree

    def add(text: str | None) -> None:
        line = lines[-1]
        if not text or unseen or line.length > _LONGEST:
            return
        if not line.parts:
            line.aside = aside > 0
            line.top = top > 0 and at < 0
        line.parts.append(text[: _LONGEST + 1])
        line.length += len(text)
        line.linked += len(text.strip()) if links else 0
        if text.strip():
            line.marks.update(*stack[-3:])

    def cut() -> None:
        if lines[-1].parts:
            lines.append(Line(len(lines)))

    for event, element in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            add(element.tail)
            continue
        tag = element.tag
        block = tag in _BLOCKS
        if event == "start":
            marks = names_of(element)
            stack.append(marks)
            unseen += tag in _UNSEEN
            links += tag == "a"
            beside = heads = False
            if id(element) not in kept:
                other = tag == "article" and (main is not None or articles > 0)
                own = bool(marks & _OWN) or within
                found = marks & _ASIDE if tag not in _INLINE else frozenset()
                named = bool(found) and not (found == {"footer"} and own) and not any("elementor" in name for name in marks)
                beside = other or tag in ("aside", "nav", "figcaption") or (tag == "footer" and not own) or named or (tag == "blockquote" and len(marks) > 0)
                heads = tag == "header" or bool(marks & _TOP)
                articles += tag == "article"
            elif tag == "article":
                within = True
            opened.append((beside, heads))
            aside += beside
            top += heads
            if block:
                cut()
            if element is headline:
                at = lines[-1].number
            if not unseen or element.get("itemprop"):
                _note(element, tag, marks, stack, lines[-1].number, aside > 0, marked)
            if tag in ("td", "th", "dt") or marks & _PARTS:
                add(" ")
            add(element.text)
        else:
            if stack.pop() & _PARTS:
                add(" ")
            if tag == "article" and id(element) in kept:
                within = False
            unseen -= tag in _UNSEEN
            beside, heads = opened.pop()
            links -= tag == "a"
            aside -= beside
            top -= heads
            if block:
                cut()
            if tag != "body":
                add(element.tail)
    full = [line for line in lines if line.length]
    if not (headline is not None and _fits(headline.text_content()[:300], title)):
        at = next((line.number for line in full if not line.aside and _fits(line.text, title)), at)
    prose = next((line.number for line in full if line.number > at and not line.aside and is_prose(line.text)), -1)
    return Outline(tree, address, full, marked, at, title, is_list, prose)


def _fits(text: str, title: str) -> bool:
    """Whether a text is a page's title, or its beginning."""
    one, whole = _letters(text), _letters(title)
    return len(one) >= 8 and (whole.startswith(one) or one == whole)


def is_prose(text: str) -> bool:
    """Whether a line is a sentence or more: long, or several words that end with a stop."""
    if len(text) > _PROSE:
        return True
    if text[-1:] in "。！？":
        return len(text) > _PROSE // 5
    return text.rstrip("\"'”»)")[-1:] in (".", "!", "?", "…") and text.count(" ") >= 7


def _is_list(tree: Any) -> bool:
    return sum(1 for e in tree.iter("article") if next(e.iter(*_HEADINGS), None) is not None) > 1


def names_of(element: Any) -> frozenset[str]:
    """Return the words in an element's class and id, in small letters."""
    said = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-testid') or ''}".strip()
    if not said:
        return frozenset()
    kept = [name for name in said.split() if name.lower() not in _STATES]
    return frozenset(part.lower() for name in kept for part in (name, *_CUT.split(name)) if part)


def _note(element: Any, tag: str, marks: frozenset[str], stack: list[frozenset[str]], line: int, aside: bool, marked: list[Marked]) -> None:
    prop = (element.get("itemprop") or element.get("property") or "").lower()
    dated = "date" in prop or prop in ("dc:created", "dcterms:issued", "published")
    if not (tag == "time" or dated or (tag in ("abbr", "span", "relative-time", "a", "p", "div") and (element.get("datetime") or marks & {"published", "dtstart"}))
            or tag.endswith("timeago") or element.get("data-timestamp") or element.get("data-datetime") or element.get("data-date")):  # fmt: skip
        return
    text = " ".join(element.text_content().split())[:90]
    values = tuple(v for v in (element.get("datetime"), element.get("content"), element.get("title"), element.get("data-timestamp"),
                               element.get("data-datetime"), element.get("data-date"), text) if v)  # fmt: skip
    if element.get("pubdate") is not None:
        marks = marks | {"pubdate"}
    parent = element.getparent()
    around = frozenset().union(*stack[-3:-1]) if len(stack) > 1 else frozenset()
    sentence = parent is not None and parent.tag in ("p", "li", "dd", "td") and len(" ".join(parent.text_content()[:600].split())) > len(text) + 90
    marked.append(Marked(tag, values, marks, around, prop, line, aside, sentence))


def _title_of(tree: Any) -> str:
    for path in ("//meta[@property='og:title']/@content", "//head/title/text()", "//title/text()"):
        for value in tree.xpath(path):
            if str(value).strip():
                return " ".join(str(value).split())
    return ""


def _headline(tree: Any, title: str) -> Any:
    """Return the heading that is the page's: one that the title has, else the only <h1> or the first within an article."""
    plain = _letters(title)
    found: list[tuple[int, int, Any]] = []
    headings = list(tree.iter(*_HEADINGS))
    stories = [e for e in headings if not _links_home(e)] or headings
    for number, element in enumerate(stories):
        text = _letters(element.text_content()[:300])
        if len(text) >= 4 and plain and (text in plain or (len(plain) > 8 and plain in text)):
            found.append((-min(len(text), len(plain)), number, element))
    if found:
        return min(found, key=lambda f: f[:2])[2]
    firsts = tree.xpath("//article//h1 | //main//h1") or tree.xpath("//h1")
    return next((e for e in firsts if e in stories), firsts[0] if firsts else None)


def _links_home(heading: Any) -> bool:
    """Whether a heading is the site's name: a link to its beginning."""
    around = [heading.getparent()] if heading.getparent() is not None and heading.getparent().tag == "a" else []
    for link in [*heading.iter("a"), *around]:
        target = (link.get("href") or "").split("?")[0]
        if target in ("/", "./", "index.html", "/index.html", "index.php") or (target.startswith("http") and split(target).path in ("", "/")):
            return True
    return False


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def same_page(one: str | None, other: str | None) -> bool | None:
    """Tell whether two addresses are of the same page; None where one of them is none."""
    if not one or not other or not one.startswith(("http", "/", "//")):
        return None
    first, second = (unquote(split(url).path).rstrip("/").lower() for url in (one, other))
    return first == second or (len(first) > 12 and second.endswith(first)) or (len(second) > 12 and first.endswith(second))
