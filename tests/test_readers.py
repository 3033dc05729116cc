"""Articles as they come: pages of many makes, feeds, records, archives; and long runs over them."""

from __future__ import annotations

import datetime
import gzip
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml

import chronicle
from chronicle import Article, ArticleError, EventLog, read_articles
from chronicle.readers import read_place
from chronicle.readers.encoding import decode
from chronicle.readers.files import Place
from chronicle.readers.limits import Limits

PAGES = Path(__file__).parent / "pages"
EXPECTED = yaml.safe_load((PAGES / "expected.yaml").read_text("utf-8"))


def test_the_folder_of_pages_is_whole():
    assert len(EXPECTED) >= 40
    assert {p.name for p in PAGES.iterdir()} == {*EXPECTED, "expected.yaml"}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_page(name):
    wanted = EXPECTED[name]
    (found,) = read_place(Place(PAGES / name, "html"))
    if "error" in wanted:
        assert isinstance(found, ArticleError)
        assert str(found).endswith(wanted["error"])
        assert name in str(found)
        return
    assert isinstance(found, Article), found
    assert found.published_text == (str(wanted["date"]) if wanted["date"] else None)
    assert found.title == wanted["title"]
    assert found.text.startswith(wanted["begins"])
    assert found.id == Path(name).stem
    if wanted["date"]:
        assert found.published_from.endswith(f"({wanted['sure']})")
    else:
        assert found.published_from is None
    for field in ("url", "publisher", "language"):
        if field in wanted:
            assert getattr(found, field) == wanted[field]
    for beside in (
        "Home",
        "Copyright",
        "Share this",
        "Photo:",
        "By Ann",
        "Based on materials",
        "Nice cellar",
        "Storm warning",
    ):
        assert beside not in found.text


def test_a_page_of_five_megabytes_is_read(tmp_path):
    paragraph = "<p>The ferry between Eastmere and the island of Skarn sailed again on 3 March 2021, and {} people came to see it.</p>\n"
    text = "<html><head><title>Long</title><meta name='date' content='2021-07-16'></head><body><article><h1>Long</h1>"
    text += "".join(paragraph.format(n) for n in range(45_000)) + "</article></body></html>"
    assert len(text) > 5_000_000
    path = tmp_path / "long.html"
    path.write_text(text, "utf-8")
    (article,) = read_articles(path, limits=Limits(seconds=600))
    assert article.published_text == "2021-07-16"
    assert "44999 people" in article.text


def test_nothing_of_a_page_reads_the_clock():
    """A page without a date has none; today's is nowhere taken for it."""
    today = datetime.date.today().isoformat()
    for name in EXPECTED:
        for found in read_place(Place(PAGES / name, "html")):
            if isinstance(found, Article) and found.published is not None:
                assert found.published_text[:10] != today


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Echo</title><language>en-gb</language>
<item><title>Talks &amp;amp; tea</title><link>https://echo.example/1</link><guid>echo-1</guid><pubDate>Fri, 16 Jul 2021 10:05:00 +0200</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>They met on Tuesday.</p><p>They left.</p><script>x()</script>]]></content:encoded></item>
<item><title>No date</title><link>https://echo.example/2</link><description>They met on Monday.</description></item>
<item><guid>empty</guid></item>
</channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Post</title>
<entry><id>tag:post.example,1</id><title>A vote</title><updated>2022-01-01T00:00:00Z</updated><published>2021-07-16T08:00:00Z</published><summary>It votes on Friday.</summary></entry>
<entry><id>tag:post.example,2</id><title>Changed</title><updated>2022-01-01T00:00:00Z</updated><summary>It voted last week.</summary></entry></feed>"""


def test_feeds(tmp_path):
    (tmp_path / "a.rss").write_text(RSS, "utf-8")
    (tmp_path / "b.xml").write_text(ATOM, "utf-8")
    errors = []
    found = list(read_articles(tmp_path, on_error=errors.append))
    assert [(a.id, a.title, a.published_text, a.publisher, a.text) for a in found] == [
        ("echo-1", "Talks & tea", "2021-07-16T10:05:00+02:00", "The Echo", "They met on Tuesday.\n\nThey left."),
        ("https://echo.example/2", "No date", None, "The Echo", "They met on Monday."),
        ("tag:post.example,1", "A vote", "2021-07-16T08:00:00+00:00", "The Post", "It votes on Friday."),
        ("tag:post.example,2", "Changed", None, "The Post", "It voted last week."),
    ]
    assert [str(e).rpartition("/")[2] for e in errors] == ["a.rss: entry 3 has no text"]
    (tmp_path / "c.xml").write_text("<html><p>no feed</p></html>", "utf-8")
    with pytest.raises(ArticleError, match="neither RSS nor Atom"):
        list(read_articles(tmp_path / "c.xml"))


def feed(*dates, head='<rss version="2.0"><channel><title>F</title>', tail="</channel></rss>"):
    items = "".join(
        f"<item><title>A fire</title><description>A fire broke out today.</description><pubDate>{d}</pubDate></item>"
        for d in dates
    )
    return (head + items + tail).encode()


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("2012/02/10", "2012-02-10"), ("2009年9月6日", "2009-09-06"), ("1252253880", "2009-09-06T16:18:00+00:00"), ("Mon, 06 Sep 09 10:00 GMT", "2009-09-06T10:00:00+00:00"),
        ("Sun, 06 Sep 2009 23:30:00 -0500", "2009-09-06T23:30:00-05:00"), ("Sun, 06 Sep 2009 23:30:00 EST", "2009-09-06T23:30:00-05:00"),
        ("10-02-2012", None), ("2009", None), ("0000-00-00 00:00:00", None), ("soon", None), ("0001-01-01T00:00:00Z", None),
    ],
)  # fmt: skip
def test_a_feeds_dates_are_read_whole_or_named(tmp_path, said, read):
    (tmp_path / "a.rss").write_bytes(feed(said, "2020-01-01"))
    errors = []
    found = list(read_articles(tmp_path / "a.rss", on_error=errors.append))
    assert [a.published_text for a in found] == [read, "2020-01-01"]
    assert [said in str(e) and "entry 1" in str(e) for e in errors] == ([] if read else [True])


def test_one_feed_has_one_order_of_day_and_month(tmp_path):
    for name, others, day in (("a", "25-02-2012", "2012-02-10"), ("b", "02-25-2012", "2012-10-02")):
        (tmp_path / f"{name}.rss").write_bytes(feed("10-02-2012", others))
        assert next(iter(read_articles(tmp_path / f"{name}.rss"))).published_text == day


def test_a_feed_that_feedparser_stumbles_over_is_named(tmp_path, monkeypatch):
    import feedparser

    def parse(*_given, **_more):
        raise AttributeError("'NoneType' object has no attribute 'lower'")

    monkeypatch.setattr(feedparser, "parse", parse)
    (tmp_path / "news.atom").write_text("<feed xmlns=[]><entry>")
    with pytest.raises(ArticleError, match=r"news\.atom: its markup is broken beyond what can be read as a feed \(AttributeError\)") as caught:
        list(read_articles(tmp_path / "news.atom"))
    assert caught.value.__cause__ is None


def test_a_bad_entry_loses_no_feed(tmp_path):
    path = tmp_path / "a.rss"
    path.write_bytes(
        b'<rss version="2.0"><channel><item><title>X</title><description>&lt;!DOCTYPE</description></item><item><title>Y</title><description>Text.</description></item></channel></rss>'
    )
    assert [a.title for a in read_articles(path)] == ["X", "Y"]
    path.write_bytes(feed("2020-01-01", tail="<item><title>Half"))
    errors = []
    assert [a.published_text for a in read_articles(path, on_error=errors.append)] == ["2020-01-01"]
    assert "the feed is cut off" in str(errors[-1])
    path.write_bytes(feed())
    with pytest.raises(ArticleError, match="a feed without any entry"):
        list(read_articles(path))


def test_rss_1_0(tmp_path):
    head = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="c"><title>F</title></channel>'
    item = '<item rdf:about="x"><title>T</title><link>http://x.test/1</link><description>Text.</description><dc:date>2004-05-06T23:10:00-08:00</dc:date></item></rdf:RDF>'
    (tmp_path / "a.xml").write_text(head + item, "utf-8")
    (article,) = read_articles(tmp_path / "a.xml")
    assert (article.published_text, article.published_from) == (
        "2004-05-06T23:10:00-08:00",
        "the entry's dc:date (likely)",
    )


def dated(tmp_path, *dates, **more):
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": "They met.", "published": d, **more}) + "\n" for d in dates), "utf-8")
    errors = []
    return [a.published_text for a in read_articles(path, on_error=errors.append)], [
        str(e).partition("a.jsonl")[2] for e in errors
    ]


def test_one_file_of_records_has_one_order_of_day_and_month(tmp_path):
    assert dated(tmp_path, "05.07.2021", "16.07.2021")[0] == ["2021-07-05", "2021-07-16"]
    assert dated(tmp_path, "05/07/2021", "07/16/2021")[0] == ["2021-05-07", "2021-07-16"]
    assert dated(tmp_path, "05.07.2021", language="de")[0] == ["2021-07-05"]
    assert dated(tmp_path, "05/07/2021", language="en-US")[0] == ["2021-05-07"]
    days, errors = dated(tmp_path, "05/07/2021", "2021-07-16")
    assert days == ["2021-07-16"]
    assert errors == [":1: '05/07/2021' can be 5 July 2021 or 7 May 2021; write ISO 8601, such as 2021-07-05"]
    assert dated(tmp_path, "21-07-16")[0] == []


def test_html_in_a_record_is_read_as_such(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps(
            [
                {"title": "A <b>fair</b>", "content": "<p>They met.</p><p>Ann &amp; Bo<br>went.</p><script>x</script>"},
                {"text": "3 < 4 & 5 > 2"},
            ]
        ),
        "utf-8",
    )
    first, second = read_articles(path)
    assert (first.title, first.text, second.text) == ("A fair", "They met.\n\nAnn & Bo\n\nwent.", "3 < 4 & 5 > 2")


def test_a_line_nested_too_deep_loses_no_other(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One."}\n' + "[" * 100_000 + '\n{"text": "Two."}\n', "utf-8")
    errors = []
    assert [a.text for a in read_articles(path, on_error=errors.append)] == ["One.", "Two."]
    assert "a.jsonl:2: " in str(errors[0])


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        (
            "---\ntitle: T\ndate: 2021-07-16 10:00:00 +0200\nauthor: Ann Lee\ntags: [a, b]\n---\nText.",
            "2021-07-16T10:00:00+02:00",
        ),
        (
            "+++\ntitle = 'T'\ndate = 2021-07-16T10:00:00+02:00\nlastmod = 2022-01-01\nauthor = 'Ann Lee'\n+++\nText.",
            "2021-07-16T10:00:00+02:00",
        ),
        ("Title: T\nDate: 2021-07-16 10:00\nAuthor: Ann Lee\n\nText.", "2021-07-16T10:00:00"),
        ("---\ntitle: T\npublished: 04.03.2023\nlanguage: de\nauthor: Ann Lee\n---\nText.", "2023-03-04"),
    ],
)
def test_front_matter_of_jekyll_hugo_and_pelican(tmp_path, raw, day):
    path = tmp_path / "a.md"
    path.write_text(raw, "utf-8")
    (article,) = read_articles(path)
    assert (article.text, article.title, article.byline, article.published_text, article.published_sure) == (
        "Text.",
        "T",
        "Ann Lee",
        day,
        "certain",
    )


def test_front_matter_is_not_guessed(tmp_path):
    path = tmp_path / "a.md"
    for day in ("03/04/2023", "04.03.2023"):
        path.write_text(f"---\npublished: {day}\n---\nText.", "utf-8")
        with pytest.raises(
            ArticleError, match=r"can be 3 April 2023 or 4 March 2023|can be 4 March 2023 or 3 April 2023"
        ):
            list(read_articles(path))
    path.write_text("+++\ntitle = T\n+++\nText.", "utf-8")
    with pytest.raises(ArticleError, match=r"a\.md:2: the front matter is not TOML"):
        list(read_articles(path))


RECORDS = [
    ({"text": "A", "published": "2021-07-16"}, ("A", "2021-07-16")),
    ({"Body": "A", "Date": "16 July 2021"}, ("A", "2021-07-16")),
    (
        {"content": ["A", "B"], "publishedAt": "2021-07-16T10:00:00Z", "source": {"name": "P"}},
        ("A\n\nB", "2021-07-16T10:00:00+00:00"),
    ),
    ({"articleBody": "A"}, ("A", None)),
]


@pytest.mark.parametrize(("record", "wanted"), RECORDS)
def test_records(tmp_path, record, wanted):
    for name, text in (
        ("a.json", json.dumps([record])), ("b.json", json.dumps({"articles": [record]})), ("c.json", json.dumps(record)), ("d.jsonl", json.dumps(record) + "\n\n"),
    ):  # fmt: skip
        (tmp_path / name).write_text(text, "utf-8")
        (article,) = read_articles(tmp_path / name)
        assert (article.text, article.published_text) == wanted
        if "source" in record:
            assert article.publisher == "P"


def test_tables(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        'headline;body;date;link\nT;"They met; on Tuesday.";2021-07-16;https://x.test/1\nU;On Friday.;16/07/21x;\nV;;2021-07-16;\n',
        "utf-8",
    )
    errors = []
    (article,) = read_articles(path, on_error=errors.append)
    assert (article.title, article.text, article.published_text, article.url, article.id) == (
        "T",
        "They met; on Tuesday.",
        "2021-07-16",
        "https://x.test/1",
        "https://x.test/1",
    )
    assert [str(e).partition("a.csv")[2].partition(";")[0] for e in errors] == [
        ":3: '16/07/21x' is not a publication date",
        ":4: no field holds the text",
    ]
    path = tmp_path / "b.tsv"
    path.write_text("was\tgesagt\n2021-07-16\tOn Friday.\n", "utf-8")
    (article,) = read_articles(path, fields={"text": "gesagt", "published": "was"})
    assert (article.text, article.published_text) == ("On Friday.", "2021-07-16")
    with pytest.raises(ArticleError, match="there is no field 'x'; there are was, gesagt"):
        list(read_articles(path, fields={"text": "x"}))
    with pytest.raises(ArticleError, match="the field 'y' is not one of an article"):
        list(read_articles(path, fields={"y": "x"}))


def warc(pages):
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    for url, kind, status, body in pages:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.0")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers))
    return file.getvalue()


def test_warc(tmp_path):
    page = (PAGES / "meta-opengraph.html").read_bytes()
    cyrillic = (PAGES / "charset-russian.html").read_bytes().replace(b'<meta charset="windows-1251">', b"")
    raw = warc([
        ("https://x.test/a", "text/html", "200 OK", page), ("https://x.test/style.css", "text/css", "200 OK", b"x{}"),
        ("https://x.test/gone", "text/html", "404 Not Found", page), ("https://x.test/ru", "text/html; charset=windows-1251", "200 OK", cyrillic),
        ("https://x.test/empty", "text/html", "200 OK", b""), ("https://x.test/2021/07/16/c", "text/html", "200 OK", (PAGES / "no-date.html").read_bytes()),
    ])  # fmt: skip
    path = tmp_path / "a.warc.gz"
    path.write_bytes(raw)
    errors = []
    found = list(read_articles(path, on_error=errors.append))
    assert [(a.id, a.published_text) for a in found] == [
        ("https://x.test/a", "2021-07-16"),
        ("https://x.test/ru", "2022-08-22"),
        ("https://x.test/2021/07/16/c", "2021-07-16"),
    ]
    assert found[1].text.startswith("Трамваи")
    assert len(errors) == 1
    assert "https://x.test/empty: empty" in str(errors[0])
    (tmp_path / "b.warc").write_bytes(b"nonsense")
    with pytest.raises(ArticleError, match="no WARC file"):
        list(read_articles(tmp_path / "b.warc"))


def test_gzip_folders_globs_and_each_file_once(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text("One.", "utf-8")
    (tmp_path / "sub" / "b.md.gz").write_bytes(gzip.compress(b"---\npublished: 2021-07-16\n---\nTwo."))
    (tmp_path / "sub" / "c.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Three.", "id": "c"}\n'))
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    found = list(read_articles(tmp_path))
    assert [(a.id, a.text, a.published_text) for a in found] == [
        ("a", "One.", None),
        ("b", "Two.", "2021-07-16"),
        ("c", "Three.", None),
    ]
    assert [a.id for a in read_articles(tmp_path / "a.txt", str(tmp_path / "**" / "*.gz"), tmp_path)] == ["a", "b", "c"]
    assert [a.published_text for a in read_articles(tmp_path, published="2020-01-01")] == ["2020-01-01"] * 3
    (tmp_path / "bad.txt.gz").write_bytes(gzip.compress(b"Four.")[:-4])
    for source, said in (
        (tmp_path / "bad.txt.gz", "not a whole gzip file"), (tmp_path / "picture.png", "not .png"), (tmp_path / "none.txt", "does not exist"),
        (str(tmp_path / "*.pdf"), "has such a name"),
    ):  # fmt: skip
        with pytest.raises(ArticleError, match=re.escape(said)):
            list(read_articles(source))
        errors = []
        assert list(read_articles(source, on_error=errors.append)) == []
        assert len(errors) == 1


def test_what_an_article_cannot_hold_is_told_with_its_record(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "One."}\n{"text": "\\ud800 Two."}\n', "utf-8")
    errors = []
    assert [a.text for a in read_articles(path, on_error=errors.append)] == ["One."]
    assert [str(e).startswith(f"{path}:2: ") for e in errors] == [True]


def test_zstandard(tmp_path):
    pa = pytest.importorskip("pyarrow")
    from chronicle.readers import Limits

    def pack(name, raw):
        (tmp_path / name).write_bytes(pa.Codec("zstd").compress(raw, asbytes=True))
        return tmp_path / name

    path = pack("c.md.ZST", b"---\npublished: 2021-07-16\n---\nTwo.")
    assert [(a.id, a.text, a.published_text) for a in read_articles(path)] == [("c", "Two.", "2021-07-16")]
    with pytest.raises(ArticleError, match="unpacked it is larger"):
        list(read_articles(pack("a.txt.zst", b"0" * (1 << 22)), limits=Limits(size=1 << 20)))
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(ArticleError, match="not a whole zstd file"):
        list(read_articles(path))


def test_a_gzip_bomb_is_refused(tmp_path):
    from chronicle.readers import Limits

    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"0" * (1 << 22)))
    with pytest.raises(ArticleError, match="unpacked it is larger"):
        list(read_articles(tmp_path / "a.txt.gz", limits=Limits(size=1 << 20)))


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("Käse\r\nx\ry".encode(), "Käse\nx\ny"),
        (b"\xef\xbb\xbfx", "x"),
        ("Käse".encode("utf-16"), "Käse"),
        ('<meta charset="windows-1251">Москва'.encode("cp1251"), '<meta charset="windows-1251">Москва'),
        (
            '<?xml version="1.0" encoding="koi8-r"?>Москва'.encode("koi8-r"),
            '<?xml version="1.0" encoding="koi8-r"?>Москва',
        ),
    ],
)
def test_encodings(raw, wanted):
    assert decode(raw, "x") == wanted


def test_what_is_no_text_is_said():
    for raw, said in (
        (b"\x00\x01\x02", "x: binary, not text"),
        (b"ab\xff", r"x: not UTF-8 \(byte 2\); save the file as UTF-8"),
        (b"\xff\xfe\x00", "x: not UTF-16"),
    ):
        with pytest.raises(ArticleError, match=said):
            decode(raw, "x")


@pytest.mark.parametrize(
    ("raw", "texts"),
    [
        (b"---\npublished: 2021-07-16\n---\nThey met on Tuesday.", ["They met on Tuesday."]),
        (b'[{"text": "They met."}]', ["They met."]),
        (b'{"text": "One."}\n{"text": "Two."}\n', ["One.", "Two."]),
        (RSS.encode(), ["They met on Tuesday.\n\nThey left.", "They met on Monday."]),
        ((PAGES / "news-jsonld.html").read_bytes(), None),
        (gzip.compress(b"They met.", mtime=0), ["They met."]),
    ],
)
def test_standard_input(monkeypatch, raw, texts):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    found = list(read_articles("-", on_error=lambda error: None))
    assert [a.text for a in found] == texts if texts is not None else found[0].published is not None


def test_the_extra_is_named_where_it_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(ImportError, match=r"pip install 'chronicle-timeline\[web\]'"):
        list(read_articles(PAGES / "news-jsonld.html"))


def test_boilerplate_yields_no_events():
    article = next(iter(read_articles(PAGES / "credits.html")))
    assert all(
        "Photo" not in s.quote and "Based on" not in s.quote for e in chronicle.extract(article) for s in e.sources
    )
    text = "Photo: Tom Birch, 3 May 2022\n\nBased on materials from Interfax, 2 March 2021\n\nThey met on 3 March 2021.\n\n© Reuters 2019\n\nWith reporting by RIA on 5 May 2020."
    assert [e.title for e in chronicle.extract(Article(text))] == ["They met"]


def test_extract_tells_where_a_date_came_from(run):
    code, out, error = run("extract", PAGES / "url-only.html", PAGES / "no-date.html", PAGES / "empty.html")
    assert code == 1
    assert "published 2019-03-01, from the page's address (likely)" in error
    assert "the page says no publication date: give --published DATE" in error
    assert "empty.html: empty" in error
    assert "2 of 3 files need a look:" in error
    assert "- id:" in out
    code, _, error = run("extract", PAGES / "no-date.html", "--published", "2021-07-16")
    assert (code, error) == (0, "")


def test_a_language_that_is_not_known_stops_nothing(run, tmp_path):
    strange = tmp_path / "strange.html"
    strange.write_text((PAGES / "meta-parsely.html").read_text("utf-8").replace('lang="en"', 'lang="qq"'), "utf-8")
    code, out, error = run("extract", strange, PAGES / "meta-parsely.html")
    assert code == 1
    assert "strange.html: chronicle does not know the language 'qq'; it knows " in error
    assert "- id:" in out


def test_extract_of_records_with_named_fields(run, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"was": "They met on Tuesday.", "am": "2021-07-16", "id": "x"}\n', "utf-8")
    code, out, _ = run("extract", path, "--field", "text=was", "--field", "published=am")
    assert code == 0
    assert "when: 2021-07-13" in out
    assert run("extract", path, "--field", "texts=was")[0] == 2
    assert run("extract", path, "--resume")[0] == 2


def many(folder, count):
    folder.mkdir()
    for n in range(count):
        day = datetime.date(2015, 1, 1) + datetime.timedelta(7 * n)
        one, two = (
            f"{start}{'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10 % 10]}{'aeiou'[n // 100 % 5]}{'vwxyz'[n // 500 % 5]}"
            for start in ("B", "D")
        )
        text = f"The people of {one} met their ministers on Tuesday. The council of {two} voted yesterday."
        (folder / f"a{n:04d}.md").write_text(f"---\npublished: {day}\n---\n{text}\n", "utf-8")


def test_jobs_make_no_difference(run, tmp_path):
    many(tmp_path / "in", 40)
    (tmp_path / "in" / "bad.txt").write_bytes(b"\x00")
    logs = []
    for jobs in (1, 3):
        code, _, error = run("extract", tmp_path / "in", "--log", tmp_path / f"{jobs}.yaml", "--jobs", jobs)
        assert code == 1
        assert "bad.txt: binary" in error
        logs.append((tmp_path / f"{jobs}.yaml").read_text("utf-8").replace(f"title: {jobs}", "title: X"))
    assert logs[0] == logs[1]
    assert not list(tmp_path.glob(".*.progress"))


def test_a_run_that_is_stopped_is_resumed_without_loss_or_repetition(tmp_path, run):
    many(tmp_path / "in", 800)
    log = tmp_path / "log.yaml"
    command = [sys.executable, "-u", "-m", "chronicle", "extract", str(tmp_path / "in"), "--log", str(log), "--nlp", "light"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        for _ in range(300):
            running.stdout.readline()
        running.send_signal(signal.SIGINT)
        _, error = running.communicate(timeout=60)
        assert running.returncode == 130, error
    assert "go on with --resume" in error
    first = len(EventLog.read(log))
    assert 0 < first < 1600
    code, out, error = run("extract", tmp_path / "in", "--log", log, "--resume", "--nlp", "light")
    assert code == 0
    assert re.search(r"\d+ of 800 files were done before", error)
    assert out.count(".md: ") < 600
    whole = tmp_path / "whole.yaml"
    assert run("extract", tmp_path / "in", "--log", whole, "--nlp", "light")[0] == 0
    assert [(e.id, e.when, e.sources) for e in EventLog.read(log)] == [
        (e.id, e.when, e.sources) for e in EventLog.read(whole)
    ]
    assert not list(tmp_path.glob(".*.progress"))


def test_a_run_that_is_killed_is_resumed(tmp_path, run):
    many(tmp_path / "in", 900)
    log = tmp_path / "log.yaml"
    command = [
        sys.executable,
        "-u",
        "-m",
        "chronicle",
        "extract",
        str(tmp_path / "in"),
        "--log",
        str(log),
        "--jobs",
        "2",
        "--nlp",
        "light",
    ]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as running:
        journal = tmp_path / ".log.yaml.progress"
        for _ in range(600):
            if journal.exists():
                break
            time.sleep(0.05)
        os.killpg(running.pid, signal.SIGKILL)
    done = len(journal.read_text("utf-8").splitlines())
    assert done > 0
    code, _, error = run("extract", tmp_path / "in", "--log", log, "--resume", "--nlp", "light")
    assert code == 0
    assert f"{done} of 900 files were done before" in error
    assert len(EventLog.read(log)) == 1800
    assert run("check", log)[0] == 0


def test_lines_of_progress_where_there_is_no_terminal(run, tmp_path):
    many(tmp_path / "in", 120)
    _, _, error = run("extract", tmp_path / "in", "--log", tmp_path / "log.yaml")
    assert error == "100 of 120 files\n120 of 120 files\n"


# --- limits


def refusals(folder, **limits):
    from chronicle.readers import Limits

    errors = []
    articles = list(read_articles(folder, on_error=lambda e: errors.append(str(e)), limits=Limits(**limits)))
    return articles, errors


def test_a_file_past_the_size_is_named_and_the_others_are_read(tmp_path):
    import gzip

    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"0" * 3_000_000))
    (tmp_path / "large.txt").write_text("x" * 1_100_000)
    (tmp_path / "small.txt").write_text("fine")
    articles, errors = refusals(tmp_path, size=1024**2)
    assert [a.text for a in articles] == ["fine"]
    assert [e.partition(": ")[2] for e in errors] == [
        "unpacked it is larger than 1 MB; split it, or raise --max-size"
    ] * 2


def test_a_bomb_takes_no_more_memory_than_its_limit(tmp_path):
    import gzip
    import tracemalloc

    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"0" * 100_000_000))
    tracemalloc.start()
    refusals(tmp_path, size=4 * 1024**2)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


def test_a_page_of_an_archive_past_the_size_costs_no_other(tmp_path):
    pages = [b"<p>They met on 3 May 2020.</p>", b"<p>" + b"x" * 2_000_000, b"<p>They left on 4 May 2020.</p>"]
    raw = b""
    for number, page in enumerate(pages):
        body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
        raw += (
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/%d\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
            % (number, len(body), body)
        )
    (tmp_path / "a.warc").write_bytes(raw)
    articles, errors = refusals(tmp_path, size=1024**2)
    assert len(articles) + len(errors) == 3
    assert len([e for e in errors if "x.example/1: unpacked it is larger" in e]) == 1


@pytest.mark.parametrize(("depth", "good"), [(3, True), (2, False)])
def test_the_depth_of_json(tmp_path, depth, good):
    (tmp_path / "a.json").write_text('[{"text": "a [[[[[ b \\" [[[", "more": [1]}]')
    articles, errors = refusals(tmp_path, depth=depth)
    assert (len(articles), len(errors)) == ((1, 0) if good else (0, 1))
    assert good or "a.json:1: nested more than 2 deep" in errors[0]


def test_a_reader_that_takes_too_long_is_stopped(tmp_path, monkeypatch):
    import time

    from chronicle.readers import files

    real = files._read

    def slow(kind, raw, place, *rest):
        if place.path.name == "a.txt":
            until = time.monotonic() + 20
            while time.monotonic() < until:
                pass
        yield from real(kind, raw, place, *rest)

    monkeypatch.setattr(files, "_read", slow)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("text")
    started = time.monotonic()
    articles, errors = refusals(tmp_path, seconds=0.3)
    assert time.monotonic() - started < 10
    assert [a.id for a in articles] == ["b"]
    assert len(errors) == 1
    assert "reading it took more than 0.3 s" in errors[0]


def test_a_folder_that_cannot_be_read_is_named(tmp_path, monkeypatch):
    import os

    (tmp_path / "shut").mkdir()
    (tmp_path / "a.txt").write_text("text")
    real = os.scandir

    def scandir(path):
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    articles, errors = refusals(tmp_path)
    assert len(articles) == 1
    assert errors == [f"{tmp_path / 'shut'}: the folder cannot be read: Permission denied"]


def test_an_empty_name_is_no_folder():
    with pytest.raises(ArticleError, match="empty name"):
        list(read_articles(""))
