"""What is tried, by kind: how a case is made from a seed, and what must hold of it. A case is bytes; what must hold raises where it does not."""

from __future__ import annotations

import json
import random
import re
import tempfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import chronicle
from chronicle import Article, ArticleError, Event, EventLog, LogError, Source, When, formats
from chronicle.errors import ChronicleError
from chronicle.log.logfile import unwritable
from chronicle.time.edtf import EdtfError

CORPUS = Path(__file__).parent.parent / "corpus"
NASTY = [
    "\x00", "\x1b[2J", "\u202e", "\ufeff", "\u2028", "\x85", "\r", "\r\n", "\t", "\ud800", "\U0001f600", "e\u0301", "\u0130", "ß", "ﬁ", "٣", "३", "²", "–", "—", "−", "'", '"', "“", "”", "(", ")", "[", "{", "<", "&", "|", ":", ";", "%", "\\", "`", "#", "- ", "\n- ", "...", "---", "\n...\n", "\n---\n",
    "999999999999999999999", "0", "00", "-1", "1e999", "NaN", "Infinity", "null", "true", "2020-02-30", "2020-13-01", "9999-12-31", "0000-00-00", "-0001", "24:00", "25:61", "12:30:15.12:30", "+14:00", "+99:99", "Z", "XX", "19XX", "[..]", "../..", "?~%", "31 February", "29 February 2021", "2.1AD", "BC", "half", "fortnight", "ago", "next", "last", "of", "to", "and", "since", "until",
]  # fmt: skip
_PHRASES: list[str] = []


def phrases() -> list[str]:
    """Return the phrases of the corpora."""
    if not _PHRASES:
        for path in sorted(CORPUS.rglob("*.txt")):
            _PHRASES.extend(line for line in path.read_text("utf-8").splitlines() if line and line[0] not in "#=")
    return _PHRASES


def mixed(chance: random.Random, seeds: list[str], pieces: int) -> str:
    """Return a text put together of seeds and nasty pieces, then changed here and there."""
    parts = [
        chance.choice(seeds) if chance.random() < 0.7 else chance.choice(NASTY)
        for _ in range(chance.randint(1, pieces))
    ]
    text = chance.choice([" ", ", ", "", "\n", ". ", " and "]).join(parts)
    if chance.random() < 0.1:
        text = text * chance.randint(2, 40)
    for _ in range(chance.choice([0, 0, 1, 2, 5])):
        if not text:
            break
        at, other = chance.randrange(len(text)), chance.randrange(len(text))
        start, end = min(at, other), max(at, other)
        match chance.randrange(5):
            case 0:
                text = text[:at] + chance.choice(NASTY) + text[at:]
            case 1:
                text = text[:start] + text[min(end, start + 12) :]
            case 2:
                text = text[:end] + text[start:end] + text[end:]
            case 3:
                text = (
                    text[:at]
                    + chr(chance.choice([chance.randrange(32, 127), chance.randrange(0x2FF), chance.randrange(0xD7FF)]))
                    + text[at + 1 :]
                )
            case 4:
                text = text[:start].upper() + text[start:end].title() + text[end:]
    return text[:4000]


def encoded(text: str) -> bytes:
    """Return a text as a case."""
    return text.encode("utf-8", "surrogatepass")


def decoded(case: bytes) -> str:
    """Return the text of a case."""
    return case.decode("utf-8", "surrogatepass") if _is_text(case) else case.decode("latin-1")


def _is_text(case: bytes) -> bool:
    try:
        case.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


# --- times and events


def make_find(chance: random.Random) -> bytes:
    """A text, its first line an anchor and a language."""
    return encoded(
        f"{chance.choice(['2021-07-16', '0001-01-01', '9999-12-31', ''])} {chance.choice(['en', 'de'])}\n"
        + mixed(chance, phrases(), 8)
    )


def _anchored(case: bytes) -> tuple[str | None, str, str]:
    head, _, text = decoded(case).partition("\n")
    anchor, _, code = head.partition(" ")
    try:
        When.parse(anchor)
    except EdtfError:
        anchor = ""
    return anchor or None, code if code in ("en", "de") else "en", text


def try_find(case: bytes) -> None:
    """Nothing raises; every mention stands where it says; EDTF and TIMEX3 can be read again; the same text gives the same."""
    anchor, code, text = _anchored(case)
    found = chronicle.find_times(text, anchor, language=code)
    for mention in found:
        assert text[mention.start : mention.end] == mention.text
        if mention.when is not None:
            assert When.parse(str(mention.when)) == mention.when
            assert mention.when.words()
    assert [str(m) for m in found] == [str(m) for m in chronicle.find_times(text, anchor, language=code)]


def try_extract(case: bytes) -> None:
    """Nothing raises but what is meant for a user; every event can stand in a log, and comes back from it."""
    anchor, code, text = _anchored(case)
    try:
        article = Article(text, published=anchor, language=code, id="fuzz")
    except ArticleError:
        return
    for event in chronicle.extract(article, nlp="light"):
        why = unwritable(event)
        assert why is None, why


_EDTF = ["2020", "2020-05", "2020-05-17", "2020-05-17T10:30:15+02:00", "19XX", "2020-2X", "2020-21", "2020-35", "2020?", "2020~", "2020-05%", "?2020-05-~17", "[1667,1668..1670]", "{1960,1961-12}", "[..1984]", "2020/2021", "2020/..", "../2020", "2020/", "Y-17E7", "Y3388E2S3", "-0044-03-15", "2020-W05-3", "P3D", "T10:30"]  # fmt: skip


def make_when(chance: random.Random) -> bytes:
    """An EDTF text, or nearly one."""
    return encoded(mixed(chance, _EDTF, 3)[:200])


def try_when(case: bytes) -> None:
    """A text is EDTF, or EdtfError says why not; what is read prints as what reads the same, and hashes so."""
    try:
        when = When.parse(decoded(case))
    except EdtfError:
        return
    again = When.parse(str(when))
    assert again == when
    assert hash(again) == hash(when)
    assert when.words()
    assert when.overlaps(when)
    assert not when.earliest > when.latest


# --- logs


def make_log(chance: random.Random) -> bytes:
    """A log as text, nearly as one writes it, and a line of edits above it."""
    lines = ["title: T", "events:"]
    for number in range(chance.randint(0, 5)):
        lines.append(f"- id: e{number}")
        for _ in range(chance.randint(1, 5)):
            lines.append(chance.choice(["  when: 2020-05", "  title: t: u", "  title: 'q'", "  notes: |\n    a\n\n    b", "  tags: [a, b,]", "  tags:\n  - a # c\n  - b", "  sources:\n  - article: x\n    quote: >\n      f\n  -\n    article: y", "  who: \"a\\\n    b\"", "  mood: {a: [b]}", "  # c", "", "  review: rejected", "  related: [e0]", "  notes:"]))  # fmt: skip
        if chance.random() < 0.2:
            lines.append(f'- {{id: f{number}, when: 2020, title: "x, y",}}')
    text = "\n".join(lines) + chance.choice(["\n", "", "\n...\n", "\n\n# tail\n"])
    if chance.random() < 0.5:
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(text))
            text = (
                text[:at]
                + chance.choice([*NASTY[:60], " ", "\n", "  ", "\n  ", ""])
                + text[at + chance.randint(0, 2) :]
            )
    return encoded(f"{chance.randrange(1 << 30)}\n{text}")


def try_log(case: bytes) -> None:
    """Reading lists faults or gives events; an edit gives exactly what was meant, or is refused and nothing is written."""
    head, _, _ = case.partition(b"\n")
    chance = random.Random(int(head) if head.isdigit() else 0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.yaml"
        path.write_bytes(case.partition(b"\n")[2])
        try:
            log = EventLog.read(path)
        except LogError as error:
            assert error.faults
            return
        for _ in range(chance.randint(1, 5)):
            names = [e.id for e in log]
            what = chance.choice(["add", "set", "remove", "merge", "source", "direct"])
            if what == "add" or not names:
                log.add(Event(f"n{chance.randrange(9)}", "2001", "New: one", sources=[Source("s", quote="# q")]))
            elif what == "set":
                log.set(
                    chance.choice(names),
                    **chance.choice(
                        [
                            {"title": "a: b"},
                            {"notes": "x\ny"},
                            {"notes": None},
                            {"tags": ["p", "q, r"]},
                            {"when": "2001"},
                        ]
                    ),
                )
            elif what == "remove":
                log.remove(chance.choice(names))
            elif what == "source":
                log.add_source(chance.choice(names), Source("added", quote="q: r"))
            elif what == "direct":
                log.by_id(chance.choice(names)).places.append("Oslo")
            elif len(names) > 1:
                log.merge(*chance.sample(names, 2))
        meant = {e.id: e.copy() for e in log}
        before = path.read_bytes()
        try:
            log.write()
        except LogError as error:
            assert all(fault.code == "edit" for fault in error.faults), error
            assert path.read_bytes() == before
            return
        assert {e.id: e for e in EventLog.read(path)} == meant
        assert [p.name for p in Path(folder).iterdir()] == ["log.yaml"]


# --- readers and formats

_PAGE = '<html lang="en"><head><title>Flood</title><meta property="article:published_time" content="2020-05-03T10:00:00Z"><script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2020-05-03"}</script></head><body><article><h1>Flood in Oslo</h1><p>The river rose on 2 May 2020.</p><p>They met on Tuesday.</p></article></body></html>'  # fmt: skip
_RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><item><title>Flood</title><link>http://x.example/1</link><pubDate>Sun, 03 May 2020 10:00:00 GMT</pubDate><description>They met on &lt;b&gt;Tuesday&lt;/b&gt;.</description></item></channel></rss>'  # fmt: skip
_ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><entry><title>F</title><link href="http://x.example/2"/><id>2</id><published>2020-05-03T10:00:00Z</published><content type="html">They met.</content></entry></feed>'  # fmt: skip
_HTTP = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + _PAGE
_WARC = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/3\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(_HTTP)}\r\n\r\n{_HTTP}\r\n\r\n"  # fmt: skip
_FILES = {
    ".txt": "They met on Tuesday.\n", ".md": "---\ntitle: T\npublished: 2020-05-03\n---\nThey met on Tuesday.\n", ".html": _PAGE, ".xml": _RSS, ".atom": _ATOM, ".warc": _WARC,
    ".json": '[{"text": "They met on Tuesday.", "published": "2020-05-03", "title": "T"}]', ".jsonl": '{"text": "They met.", "date": "2020-05-03"}\n{"text": "They left."}\n', ".csv": "text,published\nThey met.,2020-05-03\n",
}  # fmt: skip


def _broken(chance: random.Random, text: str) -> str:
    for _ in range(chance.randint(1, 6)):
        if not text:
            break
        at, other = chance.randrange(len(text)), chance.randrange(len(text))
        start, end = min(at, other), min(max(at, other), min(at, other) + 60)
        match chance.randrange(5):
            case 0:
                text = text[:at] + chance.choice(NASTY) + text[at:]
            case 1:
                text = text[:start] + text[end:]
            case 2:
                text = text[:end] + text[start:end] * chance.choice([1, 1, 2, 30]) + text[end:]
            case 3:
                text = text[:at]
            case 4:
                value = chance.choice(['""', "null", "1", "[]", "{}", '"\\ud800"', "Infinity", "[" * 500])
                text = re.sub(r'"[^"]*"', lambda m, value=value: value if chance.random() < 0.2 else m[0], text)
    return text


def make_reader(chance: random.Random) -> bytes:
    """A file of a kind that is read, broken; its ending in the first line."""
    suffix = chance.choice(sorted(_FILES))
    return encoded(f"{suffix}\n{_broken(chance, _FILES[suffix])}")


def try_reader(case: bytes) -> None:
    """Every file gives articles, or errors that name it; never anything else."""
    from chronicle.readers import read_place
    from chronicle.readers.files import places

    head, _, content = case.partition(b"\n")
    suffix = head.decode("latin-1")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix if suffix in _FILES else '.txt'}"
        path.write_bytes(content)
        (place,) = places([path])
        for found in read_place(place):
            assert isinstance(found, Article | ArticleError)
            if isinstance(found, ArticleError):
                assert path.name in str(found), str(found)
                assert found.__cause__ is None or isinstance(found.__cause__, RecursionError | ChronicleError), repr(
                    found.__cause__
                )
            else:
                found.text.encode("utf-8")


_SAMPLE = [
    Event("a", "2020-05-03", "Flood reaches Oslo", sources=[Source("x", published="2020-05-04", quote="On 3 May.", expression="3 May", start=3, end=8)], people=["Ann"], places=["Oslo"], tags=["t"]),
    Event("b", "2020-06/..", "Repairs go on", status="ongoing", notes="two\nlines"),
    Event("c", "2021-07-16T10:30+02:00", "Talks, again", status="planned"),
]  # fmt: skip
_EXPORTED: dict[str, str] = {}


def make_import(chance: random.Random) -> bytes:
    """A file that another tool could have written, broken; its format in the first line."""
    if not _EXPORTED:
        for kind in formats.IMPORTS:
            _EXPORTED[kind] = formats.export(_SAMPLE, kind, "T").content.decode("utf-8")
    kind = chance.choice(sorted(_EXPORTED))
    return encoded(f"{kind}\n{_broken(chance, _EXPORTED[kind])}")


def try_import(case: bytes) -> None:
    """Every file gives events, or FormatError that names it; nothing else is raised, here or inside."""
    head, _, content = case.partition(b"\n")
    kind = head.decode("latin-1")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.in"
        path.write_bytes(content)
        try:
            done = formats.read(path, kind if kind in formats.IMPORTS else "jsonl")
        except formats.FormatError as error:
            assert "a.in" in str(error), str(error)
            assert error.__cause__ is None or isinstance(error.__cause__, RecursionError | ChronicleError), repr(
                error.__cause__
            )
            return
        for event in done.events:
            assert event.id
            unwritable(event)


# --- pages


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(sorted(name for name, _ in attrs))))
        for name, value in attrs:
            assert not name.startswith("on"), (tag, name, value)
            if name in ("href", "src") and value:
                assert (
                    not re.match(r"\s*(?:javascript|data|vbscript):", value.replace("\x00", ""), re.IGNORECASE)
                    or tag == "link"
                ), (tag, value)


_ATTACKS = ["<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", "<!--", "-->", "]]>", "javascript:alert(1)", "{{x}}", "${x}", "\u2028", "&lt;b&gt;", "' onload='x", '" autofocus onfocus="x', "%s%n", "<a href=javascript:x>", "index", "__proto__", "constructor", "chart", "</title>", "\\u003c", "<svg/onload=x>"]  # fmt: skip


def make_page(chance: random.Random) -> bytes:
    """Texts for the fields of events."""
    texts = []
    for _ in range(chance.randint(1, 10)):
        text = "".join(chance.choice([*_ATTACKS, "word ", *NASTY[:50]]) for _ in range(chance.randint(1, 4)))
        texts.append("".join(c for c in text if not "\ud800" <= c <= "\udfff"))
    return encoded(json.dumps(texts))


def try_page(case: bytes) -> None:
    """The page has the elements that it has for harmless texts: none more, and no attribute that runs."""
    from chronicle.drawing.page import Look, page

    try:
        texts = json.loads(decoded(case))
        made, plain = [], []
        for number, text in enumerate(texts):
            more = {
                "when": f"20{number % 90 + 10}-05-0{number % 9 + 1}",
                "status": "planned" if number % 2 else "happened",
            }
            made.append(
                Event(
                    text.strip() or "x",
                    title=text or "x",
                    notes=text,
                    tags=[text],
                    places=[text],
                    who=text,
                    sources=[Source(text, quote=text, url=text, title=text)],
                    **more,
                )
            )
            plain.append(
                Event(
                    f"e{number}",
                    title="word",
                    notes="word",
                    tags=["word"],
                    places=["word"],
                    who="word",
                    sources=[Source("word", quote="word", url="word", title="word")],
                    **more,
                )
            )
    except (ValueError, TypeError, AttributeError):
        return
    scripts = []
    for events in (made, plain):
        parser = _Elements()
        parser.feed(page(events, Look("T", "D", plotlyjs="cdn")))
        scripts.append(sum(tag == "script" for tag, _ in parser.found))
        assert not any(
            tag in ("svg", "img", "iframe", "object", "embed", "base") and "onload" in names
            for tag, names in parser.found
        )
    assert scripts[0] == scripts[1], "a text made an element that runs"


KINDS: dict[str, tuple[Callable[[random.Random], bytes], Callable[[bytes], None]]] = {
    "find": (make_find, try_find),
    "extract": (make_find, try_extract),
    "when": (make_when, try_when),
    "log": (make_log, try_log),
    "reader": (make_reader, try_reader),
    "import": (make_import, try_import),
    "page": (make_page, try_page),
}
