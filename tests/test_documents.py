"""Documents, mail, dumps and archives: what people have beside pages and text files. Every file is made here."""

from __future__ import annotations

import gzip
import io
import re
import sys
import zipfile

import pytest

from chronicle import read_articles


def zipped(path, members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def read(path, **more):
    errors = []
    return list(read_articles(path, on_error=errors.append, **more)), [str(e) for e in errors]


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CORE = (
    '<cp:coreProperties xmlns:cp="http://x" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>Minutes</dc:title>'
    "<dc:creator>Ann Lee</dc:creator><dcterms:created>2020-03-05T10:00:00Z</dcterms:created><dcterms:modified>2021-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>"
)


def test_docx(tmp_path):
    body = (
        f"<w:document {W}><w:body><w:p><w:r><w:t>They met on </w:t></w:r><w:r><w:t>Tuesday.</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p><w:p/>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>3 May 1950</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>The bridge opened</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:p><w:r><w:t>They left</w:t><w:br/><w:t>at noon.</w:t></w:r></w:p></w:body></w:document>"
    )
    path = zipped(tmp_path / "a.docx", {"word/document.xml": body, "docProps/core.xml": CORE})
    ((article,), errors) = read(path)
    assert errors == []
    assert article.text == "They met on Tuesday.\n\n3 May 1950 | The bridge opened\n\nThey left\nat noon."
    assert (article.title, article.byline, article.published_text, article.published_sure) == (
        "Minutes",
        "Ann Lee",
        "2020-03-05T10:00:00+00:00",
        "unsure",
    )
    assert next(iter(read_articles(path, published="2020-03-04"))).published_from is None


def test_odt(tmp_path):
    spaces = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "text", "table"))
    body = (
        f"<office:document-content {spaces}><office:body><office:text><text:h>Talks</text:h><text:p>They<text:s/>met <text:span>on Tuesday</text:span>.</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>1950</text:p></table:table-cell><table:table-cell><text:p>It opened</text:p></table:table-cell></table:table-row></table:table>"
        "<text:list><text:list-item><text:p>One</text:p></text:list-item></text:list></office:text></office:body></office:document-content>"
    )
    meta = '<m xmlns:meta="m" xmlns:dc="d"><meta:creation-date>2020-03-05T10:00:00</meta:creation-date><dc:title>Minutes</dc:title></m>'
    ((article,), _) = read(zipped(tmp_path / "a.odt", {"content.xml": body, "meta.xml": meta}))
    assert article.text == "Talks\n\nThey met on Tuesday.\n\n1950 | It opened\n\nOne"
    assert (article.title, article.published_text, article.published_sure) == (
        "Minutes",
        "2020-03-05T10:00:00",
        "unsure",
    )


def test_epub(tmp_path):
    items = '<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="b" href="two.xhtml" media-type="application/xhtml+xml"/><item id="a" href="one%20a.xhtml" media-type="application/xhtml+xml"/>'
    members = {
        "META-INF/container.xml": '<container xmlns="c"><rootfiles><rootfile full-path="OEBPS/a.opf"/></rootfiles></container>',
        "OEBPS/a.opf": '<package xmlns="o" xmlns:dc="d"><metadata><dc:title>A life</dc:title><dc:language>de</dc:language><dc:date>2015-01-02</dc:date></metadata>'
        f'<manifest>{items}</manifest><spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>',
        "OEBPS/nav.xhtml": "<p>Contents</p>", "OEBPS/one a.xhtml": "<html><head><title>x</title></head><body><p>First.</p></body></html>", "OEBPS/two.xhtml": "<p>Second.</p>",
    }  # fmt: skip
    ((article,), _) = read(zipped(tmp_path / "a.epub", members))
    assert (article.text, article.title, article.language, article.published_text, article.published_sure) == (
        "First.\n\nSecond.",
        "A life",
        "de",
        "2015-01-02",
        "unsure",
    )


@pytest.mark.parametrize("ending", ["docx", "odt", "epub", "pdf"])
def test_documents_that_are_none(tmp_path, ending):
    path = tmp_path / f"a.{ending}"
    for raw in (b"", b"PK\x03\x04broken", b"%PDF-1.4 broken", b"plain text"):
        path.write_bytes(raw)
        found, errors = read(path)
        assert found == []
        assert f"a.{ending}" in errors[0]


def pdf(lines):
    """A PDF of one page, its lines under each other."""
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in lines)
    stream = f"BT /F1 12 Tf 40 780 Td {shown}ET".encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", b"<</Title(Minutes)/Author(Ann Lee)/CreationDate(D:20200305100000+01'00')>>",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 7\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    )


def test_pdf(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(
        pdf(
            [
                "The council met on Tuesday for three hours and agreed to mend",
                "the bridge, which had been closed since the flood of that sum-",
                "mer. It will open in May.",
                "1",
            ]
        )
    )
    ((article,), errors) = read(path)
    assert errors == []
    assert (
        article.text
        == "The council met on Tuesday for three hours and agreed to mend the bridge, which had been closed since the flood of that summer. It will open in May."
    )
    assert (article.title, article.byline, article.published_text, article.published_sure) == (
        "Minutes",
        "Ann Lee",
        "2020-03-05T10:00:00+01:00",
        "unsure",
    )
    path.write_bytes(pdf([]))
    assert "make its text readable (OCR) first" in read(path)[1][0]


def test_pdf_on_standard_input_and_without_its_extra(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(pdf(["They met on Monday."]))))
    assert [a.text for a in read_articles("-")] == ["They met on Monday."]
    monkeypatch.setitem(sys.modules, "pypdf", None)
    (tmp_path / "a.pdf").write_bytes(pdf(["x"]))
    with pytest.raises(ImportError, match=r"pip install 'chronicle-timeline\[pdf\]'"):
        list(read_articles(tmp_path / "a.pdf"))


MAIL = """From: Ann Lee <ann@x.test>
To: bo@x.test
Subject: =?utf-8?q?Caf=C3=A9?=
Date: Sun, 06 Sep 2009 23:30:00 -0500
Message-ID: <1@x.test>
Content-Type: text/plain; charset=utf-8

We met yesterday in the old hall by the river and spoke for
an hour about the bridge.

On 5 Sep 2009, Bo wrote:
> Will you come on Friday?

- one
- two
--
Ann
""".replace("--\nAnn", "-- \nAnn")


def test_mail(tmp_path):
    path = tmp_path / "a.eml"
    path.write_text(MAIL, "utf-8")
    ((article,), errors) = read(path)
    assert errors == []
    assert (
        article.text
        == "We met yesterday in the old hall by the river and spoke for an hour about the bridge.\n\n- one\n- two"
    )
    assert (article.title, article.byline, article.id, article.published_text, article.published_sure) == (
        "Café",
        "Ann Lee",
        "1@x.test",
        "2009-09-06T23:30:00-05:00",
        "certain",
    )
    path.write_text(
        MAIL.replace("text/plain", "text/html").partition("\n\n")[0] + "\n\n<p>They met.</p><p>They left.</p>", "utf-8"
    )
    assert read(path)[0][0].text == "They met.\n\nThey left."


def test_a_folder_of_mail(tmp_path):
    path = tmp_path / "a.mbox"
    second = MAIL.replace("1@x", "2@x").replace("We met", ">From us: we met")
    path.write_text(
        f"From ann Sun Sep 6 2009\n{MAIL}\nFrom bo Mon Sep 7 2009\nSubject: none\n\n\nFrom bo Mon Sep 7 2009\n{second}",
        "utf-8",
    )
    found, errors = read(path)
    assert [a.id for a in found] == ["1@x.test", "2@x.test"]
    assert found[1].text.startswith("From us: we met yesterday")
    assert [e.partition("a.mbox")[2] for e in errors] == [": message 2: there is no text in this message"]


DUMP = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/" xml:lang="en"><siteinfo><sitename>Wikinews</sitename><base>https://en.wikinews.example/wiki/Main_Page</base></siteinfo>
<page><title>Storm hits coast</title><ns>0</ns><id>1</id><revision><timestamp>2019-06-04T21:07:00Z</timestamp><text>{{date|October 12, 2008}} A '''storm''' hit the [[Coast of Skarn|coast]] of [[Eastmere]] overnight.&lt;ref&gt;A paper&lt;/ref&gt; [[File:x.jpg|thumb|A [[storm]]]]
{| class="x"
| a
|}
== Damage ==
* Roofs fell.
== Sources ==
* {{source|url=x}}</text></revision></page>
<page><title>Talk:Storm</title><ns>1</ns><revision><text>Hello</text></revision></page>
<page><title>Gone</title><ns>0</ns><redirect title="x"/><revision><text>#REDIRECT [[x]]</text></revision></page>
<page><title>Moor</title><ns>0</ns><revision><timestamp>2020-01-01T00:00:00Z</timestamp><text>A moor is wet land.</text></revision></page></mediawiki>"""


def test_dumps_of_mediawiki(tmp_path):
    path = tmp_path / "dump.xml"
    path.write_text(DUMP, "utf-8")
    found, errors = read(path)
    assert errors == []
    assert [(a.title, a.published_text, a.published_sure, a.text) for a in found] == [
        (
            "Storm hits coast",
            "2008-10-12",
            "certain",
            "A storm hit the coast of Eastmere overnight.\n\nDamage\n\nRoofs fell.",
        ),
        ("Moor", None, None, "A moor is wet land."),
    ]
    assert (found[0].url, found[0].publisher) == ("https://en.wikinews.example/wiki/Storm_hits_coast", "Wikinews")
    path.write_text(DUMP[: DUMP.index("<page><title>Moor")], "utf-8")
    found, errors = read(path)
    assert [a.title for a in found] == ["Storm hits coast"]
    assert "the dump is cut off" in errors[0]


PAGE = b"<html lang='en'><title>Talks</title><h1>Talks</h1><p>They met on Monday in the old town hall of Dunford, and spoke for an hour.</p></html>"


def record(
    kind="response", url="https://x.test/a", body=PAGE, headers=b"Content-Type: text/html\r\n", more=b"", length=None
):
    block = (b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n" + body) if kind in ("response", None) else body
    type_ = b"" if kind is None else b"WARC-Type: " + kind.encode() + b"\r\n"
    head = (
        b"WARC/1.0\r\n"
        + type_
        + b"WARC-Target-URI: "
        + url.encode()
        + b"\r\n"
        + more
        + b"Content-Length: %d\r\n\r\n" % (length or len(block))
    )
    return head + block + b"\r\n\r\n"


def warc(tmp_path, raw, name="a.warc"):
    path = tmp_path / name
    path.write_bytes(raw)
    found, errors = read(path)
    return [a.id.rpartition("/")[2] for a in found], errors


B = "https://x.test/b"


def test_a_warc_that_is_cut_off_says_so(tmp_path):
    found, errors = warc(tmp_path, record() + record(url=B)[:-80])
    assert found == ["a"]
    assert any("cut off" in e for e in errors), errors


def test_resource_and_conversion_records(tmp_path):
    raw = (
        record("resource", more=b"Content-Type: text/html\r\n")
        + record("conversion", B, b"They met.", more=b"Content-Type: text/plain\r\n")
        + record("metadata", B)
    )
    assert warc(tmp_path, raw) == (["a", "b"], [])


def test_a_record_of_a_warc_that_is_longer_than_it_says_is_named_and_nothing_is_printed(tmp_path, capfd):
    short = re.sub(rb"Content-Length: (\d+)", lambda m: b"Content-Length: %d" % (int(m[1]) - 20), record(), count=1)
    found, errors = warc(tmp_path, short + record(url=B))
    assert found == ["a", "b"]
    assert [e.rpartition(": record ")[2] for e in errors] == ["1 is longer than its Content-Length: its end was not read"]
    assert capfd.readouterr() == ("", "")


def test_a_warc_packed_as_one(tmp_path):
    assert warc(tmp_path, gzip.compress(record() + record(url=B)), "a.warc.gz") == (["a", "b"], [])
    assert warc(tmp_path, gzip.compress(record()) + gzip.compress(record(url=B)), "b.warc.gz") == (["a", "b"], [])


def test_bodies_that_nothing_unpacks_are_named(tmp_path):
    found, errors = warc(
        tmp_path, record(headers=b"Content-Type: text/html\r\nContent-Encoding: zstd\r\n", body=b"xx") + record(url=B)
    )
    assert found == ["b"]
    assert len(errors) == 1
    assert "https://x.test/a" in errors[0] or "record 1" in errors[0]


def test_a_record_without_a_type_costs_no_other(tmp_path):
    found, errors = warc(tmp_path, record(None) + record(url=B))
    assert found[-1] == "b"
    assert len(found) + len(errors) == 2
