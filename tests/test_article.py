from __future__ import annotations

import datetime
import hashlib

import pytest

from chronicle import Article, extract, read_article
from chronicle.article import ArticleError, parse_published


def write(tmp_path, name, text):
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_front_matter(tmp_path):
    path = write(
        tmp_path,
        "talks.md",
        "---\ntitle: Talks: a start\n".replace(": a", " – a")
        + "published: 2021-07-16\nurl: https://x.test/1\n---\nThey met.\n",
    )
    article = read_article(path)
    assert article.text == "They met.\n"
    assert article.title == "Talks – a start"
    assert article.published == datetime.date(2021, 7, 16)
    assert (article.url, article.language, article.id) == ("https://x.test/1", "en", "talks")


def test_plain_text_and_given_date(tmp_path):
    article = read_article(write(tmp_path, "a.txt", "They met."), published="2021-07-16")
    assert article.published == datetime.date(2021, 7, 16)
    assert read_article(write(tmp_path, "b.txt", "They met.")).published is None


def test_a_given_date_wins(tmp_path):
    path = write(tmp_path, "a.md", "---\npublished: 2020-01-01\n---\nText.")
    assert read_article(path, "2021-07-16").published == datetime.date(2021, 7, 16)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("July 16, 2021 3:40 PM EDT", datetime.datetime.fromisoformat("2021-07-16T15:40-04:00")),
        ("16 июля 2021", datetime.date(2021, 7, 16)),
        ("16. Juli 2021", datetime.date(2021, 7, 16)),
        ("2021-07-16T15:40:00-04:00", datetime.datetime.fromisoformat("2021-07-16T15:40:00-04:00")),
        ("Fri, 16 Jul 2021", datetime.date(2021, 7, 16)),
    ],
)
def test_free_form_dates_in_metadata(tmp_path, text, expected):
    path = write(tmp_path, "a.md", f'---\npublished: "{text}"\n---\nText.')
    assert read_article(path).published == expected


@pytest.mark.parametrize("text", ["July 16", "yesterday", "2 days ago", "soon", "16/07", "12:30", "Friday", "2021"])
def test_a_date_that_is_not_whole_is_refused_and_never_completed(tmp_path, text):
    path = write(tmp_path, "a.md", f'---\ntitle: x\npublished: "{text}"\n---\nText.')
    with pytest.raises(ArticleError, match=r"a\.md: published: .* is not a publication date; write ISO 8601"):
        read_article(path)


def test_an_aware_date_keeps_its_zone():
    article = Article("x", published=datetime.datetime(2021, 7, 16, 23, 30, tzinfo=datetime.UTC))
    assert article.published_text == "2021-07-16T23:30:00+00:00"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.md", "---\ntitle: x\n", r"a\.md:1: the front matter is not closed"),
        ("a.md", "---\ntitle: [x\n---\n", r"a\.md:\d+: the front matter is not YAML"),
        ("a.md", "---\ntitle: Bridge: shut\n---\n", r"a\.md:2: .*put a text that holds a colon in quotation marks"),
        ("a.md", "---\n- x\n---\n", r"a\.md:2: the front matter is no list of fields"),
        ("a.md", "---\ntitle:\n  - x\n---\n", r"a\.md:2: title takes one value"),
        ("a.txt", b"caf\xe9 and tea", r"a\.txt: not UTF-8"),
        ("a.pages", "x", r"a\.pages: chronicle reads \.txt, \.md"),
        ("a.pdf", "x", r"a\.pdf: no PDF that can be read"),
    ],
)
def test_what_cannot_be_read(tmp_path, name, text, message):
    with pytest.raises(ArticleError, match=message):
        read_article(write(tmp_path, name, text))


def test_crlf_and_bom(tmp_path):
    article = read_article(write(tmp_path, "a.md", "\ufeff---\r\ntitle: x\r\n---\r\nOne.\r\nTwo.\r\n".encode()))
    assert (article.title, article.text) == ("x", "One.\nTwo.\n")


def test_text_is_text():
    with pytest.raises(ArticleError, match="not bytes"):
        Article(b"x")  # type: ignore[arg-type]


def test_key():
    assert Article("x", id="a", url="u").key == "a"
    assert Article("x", url="u").key == "u"
    assert Article("x").key == Article("x").key != Article("y").key


def test_key_of_a_text_is_counted_once(monkeypatch):
    counted = []
    whole = hashlib.sha256
    monkeypatch.setattr("chronicle.article.article.hashlib.sha256", lambda *given, **more: counted.append(given) or whole(*given, **more))
    text = " ".join(f"The council of Ansbeck met on {day} May 2020." for day in range(1, 29))
    found = extract(Article(text, published="2021-07-16"), nlp="light")
    assert len({event.sources[0].article for event in found}) == 1
    assert len(found) == 28
    assert len(counted) == 1


def test_parse_published():
    assert parse_published(None) is None
    with pytest.raises(ArticleError):
        parse_published("")
