"""When pages were published: pages as systems of many countries write them from 1998 to 2026, each with its day.

``tests/dates/*.txt`` hold them: a line "%% name | day or none | address or -", then the page. those in ``aside-*`` were written before the code, ``crossed.txt`` crosses layouts with what a page states.
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from lxml import html as lxml_html

from chronicle.article.dates import Habits, read_dates, read_value
from chronicle.readers import web
from chronicle.readers.blocks import is_beside
from chronicle.readers.dates import find_published
from chronicle.readers.dates.stated import saved_address


def pages():
    for path in sorted((Path(__file__).parent / "dates").glob("*.txt")):
        for part in re.split(r"^%% ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            head, _, body = part.partition("\n")
            name, day, address = (word.strip() for word in head.split("|"))
            yield pytest.param(day, None if address == "-" else address, body, id=name)


def found(body, address=None):
    return find_published(lxml_html.document_fromstring(body), address or saved_address(body))


def day_of(dated):
    return "none" if dated is None else dated.published.isoformat()[:10]


def test_there_are_enough_pages():
    assert len(list(pages())) >= 150


@pytest.mark.parametrize(("day", "address", "body"), list(pages()))
def test_a_page_of_a_known_day(day, address, body):
    dated = found(body, address)
    assert day_of(dated) == day, dated
    if dated is not None:
        assert dated.found
        assert dated.sure in ("certain", "likely", "unsure")


PROSE = (
    "<p>The council met for three hours and agreed to mend the bridge that was built in 1932 and closed on 14 January 2019 after a flood.</p>"
    "<p>It will open again on 1 May 2021, the mayor said, and cost four million.</p>"
)
DATELINES = """
en | PUBLISHED: 12:01, 5 March 2020 / UPDATED: 13:05, 6 March 2020
en | 12:01 am UTC • March 5, 2020
en-IN | MARCH 05, 2020 10:32 IST / UPDATED: MARCH 06, 2020 11:20 IST
en | Submitted by admin on Thu, 03/05/2020 - 10:12
en | Originally published March 5, 2020 at 7:00 pm Updated March 6, 2020 at 9:00 am
fr | Publié le 05/03/2020 à 10:02, mis à jour le 06/03/2020 à 11:00
es | 05 MAR 2020 - 12:04 CET
de | Stand: 05.03.2020 12:01 Uhr
de | 05.03.20
zh | 2020年03月05日 12:01
ko | 기사입력 2020.03.05 12:01 최종수정 2020.03.06 10:00
ja | 2020.3.5
ru | 12:01 05.03.2020
pt-BR | 05/03/2020 12h01 - Atualizado em 06/03/2020 13h01
hu | 2020. március 5. 12:01
ar | الخميس 5 مارس 2020
hi | 5 मार्च 2020
th | 5 มี.ค. 2563
lt | 2020 m. kovo 5 d.
"""
LAYOUTS = {
    "a box of news first": '<div class="box"><div><span>12 April 2022</span> <a href="/x">Fair opens</a></div><div><span>11 April 2022</span> <a href="/y">Pool shut</a></div></div>'
    "<div><h1>Bridge to be mended</h1><p><small>{}</small></p>{}</div>",
    "no heading, today above": "<table><tr><td>Monday, 4 November 2024</td><td>Weather 12</td></tr></table><table><tr><td><b>Bridge to be mended</b><br><font size=1>{}</font><br><br>{}</td></tr></table>",
    "times of others below": "<main><h1>Bridge to be mended</h1><span>By Ann Lee</span><span>|</span><span>{}</span>{}<section><h3>More</h3><div><a>Pool</a><time datetime='2021-08-01T10:00:00Z'>1 Aug 2021</time></div></section></main>",
    "the site's name a heading": '<div id="header"><h1><a href="/">The Echo of the Valley and Hills</a></h1></div><div class="post"><h2>Bridge to be mended</h2><div class="entry-meta">{}</div>{}</div><div><ul><li>Other post <span>9 April 2021</span></li></ul></div>',
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("line", DATELINES.strip().splitlines())
def test_datelines_of_many_languages_in_layouts_of_many_kinds(line, layout):
    language, text = line.split(" | ")
    body = f"<html lang='{language}'><head><title>Bridge to be mended | The Echo of the Valley and Hills</title></head><body>{layout.format(text, PROSE)}</body></html>"
    assert day_of(found(body)) == "2020-03-05"


def test_the_readers_day_counts_and_the_zone_is_told():
    body = '<html lang="en"><title>Talks</title><script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2023-11-09T03:28:35Z"}</script><h1>Talks</h1><p>They met.</p>'
    alone, beside = found(body), found(body, "https://x.test/2023/11/08/talks")
    assert (day_of(alone), alone.sure) == ("2023-11-09", "likely")
    assert (day_of(beside), beside.sure) == ("2023-11-08", "certain")


def test_conflicts_are_told_and_lower_how_sure_it_is():
    body = (
        '<html lang="en"><title>Talks</title><meta property="article:published_time" content="2023-11-09T12:00:00+01:00">'
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Talks","datePublished":"2023-09-01T12:00:00+02:00"}</script><h1>Talks</h1><p>They met.</p>'
    )
    dated = found(body)
    assert (day_of(dated), dated.sure) == ("2023-09-01", "unsure")
    assert dated.conflicts == ("the meta element article:published_time says 2023-11-09",)


def test_a_change_alone_is_named_so_and_unsure():
    dated = found('<title>T</title><meta property="article:modified_time" content="2022-02-02"><h1>T</h1><p>Text.</p>')
    assert (day_of(dated), dated.sure, dated.changed) == ("2022-02-02", "unsure", datetime.date(2022, 2, 2))
    assert "of a change" in dated.found


@pytest.mark.parametrize("year", [2024, 2026, 2027, 2040])
def test_the_clock_is_not_read(year):
    """A day of the future is read as one of the past is, so no page's date depends on when it is read."""
    for body in (
        f"<title>Fair at the mill</title><h1>Fair at the mill</h1><p>{year}-05-03</p><p>It opens.</p>",
        f"<title>Fair at the mill</title><h1>Fair at the mill</h1><p>It opens.</p><div>3 May {year}</div>",
    ):
        assert day_of(found(body)) == f"{year}-05-03"
    body = (
        f"<title>Fair at the mill</title><h1>Fair at the mill</h1><p>It opens.</p><span data-x='{year}-05-03'></span>"
    )
    assert day_of(found(body)) in ("none", f"{year}-05-03")


@pytest.mark.parametrize(
    ("text", "language", "day", "offset"),
    [
        ("Fri, 16 Jul 2021 10:05:00 +0200", "en", "2021-07-16", 120), ("20091103T101112Z", "", "2009-11-03", 0), ("Thu Nov 09 2023 10:00:00 GMT+0100 (CET)", "en", "2023-11-09", 60),
        ("1er mars 2020", "fr", "2020-03-01", None), ("5. listopada 2019", "pl", "2019-11-05", None), ("5. listopada 2019", "hr", "2019-10-05", None),
        ("令和元年5月1日", "ja", "2019-05-01", None), ("民國109年3月5日", "zh", "2020-03-05", None), ("۱۰ سپتامبر ۲۰۱۸", "fa", "2018-09-10", None), ("5 มีนาคม 2563", "th", "2020-03-05", None),
        ("1252253880", "", "2009-09-06", 0), ("29-Nov-07", "en", "2007-11-29", None), ("Sat Feb 11 21:14:00 EST 2006", "en", "2006-02-11", -300),
    ],
)  # fmt: skip
def test_dates_of_metadata(text, language, day, offset):
    reading = read_value(text, Habits(language))
    assert [d.isoformat() for d in reading.days[:1]] == [day]
    assert reading.offset == offset


@pytest.mark.parametrize(
    "text",
    [
        "2022/02",
        "2022",
        "0001-01-01",
        "1970-01-01T00:00:00Z",
        "2099-01-01",
        "soon",
        "31.02.2020",
        "12:30",
        "10.0.0.12",
        "",
        "version 1.2.3",
    ],
)
def test_what_is_no_day(text):
    assert read_value(text, Habits("en")) is None


def test_both_orders_stay_open_until_something_tells():
    assert [str(d) for d in read_dates("03/04/2020", Habits("en"))[0].days] == ["2020-04-03", "2020-03-04"]
    assert [str(d) for d in read_dates("Fri 03/04/2020", Habits("en"))[0].days] == ["2020-04-03"]
    assert [str(d) for d in read_dates("03/04/2020", Habits("en", True))[0].days] == ["2020-03-04", "2020-04-03"]


def article(body, **more):
    return web.page(body if isinstance(body, bytes) else body.encode(), "x.html", None, **more)


LONG = "<p>The mayor spoke for an hour about the bridge and the road that leads to it from the harbour.</p>"


@pytest.mark.parametrize("mark", ["\x02", "\x0b", "&#2;", "\uffff", "&#xB;"])
def test_a_control_character_loses_no_page(mark):
    text = article(
        f"<html><h1>Talks</h1><p>They met{mark} on Monday in the old town hall of Dunford.</p>{LONG}</html>"
    ).text
    assert text.startswith("They met on Monday in the old town hall")
    assert "The mayor spoke" in text


def test_a_title_is_never_cut_from_a_sentence():
    assert article(
        f"<html><article><h1>The</h1><p>Then the mayor left the hall by the back door.</p>{LONG}</article></html>"
    ).text.startswith("Then the mayor left")


@pytest.mark.parametrize(
    ("line", "beside"),
    [
        ("Updated rules took effect on Monday.", False), ("Published figures showed a loss in 2019.", False), ("Photographs by Nadar sold for a record sum in 1999.", False),
        ("Images by satellite showed smoke on 3 May.", False), ("By Monday the river had fallen.", False), ("Posted workers get the same pay from 1 May 2020.", False),
        ("Print sales fell by a tenth.", False), ("Related firms pay less.", False), ("Source of the smoke was a barn.", False), ("On 3 May 2020 the pier opened.", False),
        ("By Ann Lee", True), ("By Ann Lee and Tom Birch, Staff Writers", True), ("Von Max Muster", True), ("Photo: Tom Birch, 3 May 2022", True), ("Photograph by Ann Lee/Reuters", True),
        ("Image credit: NASA", True), ("Updated 3 May 2020", True), ("Published: May 3, 2020, 10:12 AM", True), ("Veröffentlicht am 3. Mai 2020 um 10:12 Uhr", True), ("© 2020 The Echo", True),
        ("Share this article", True), ("With reporting by RIA", True), ("3 May 2020", True),
    ],
)  # fmt: skip
def test_what_stands_beside_a_text_is_known_by_what_it_is(line, beside):
    assert is_beside(line, Habits("en")) is beside


def test_breaks_and_code_lose_nothing():
    text = article(
        f"<html><article><h1>T</h1><p>One came first of all.<br>Two came after it.</p><p>Type <code>make</code> to build the whole of it.</p>{LONG}</article></html>"
    ).text
    for part in ("One came first of all.", "Two came after it.", "Type make to build"):
        assert part in text


def test_one_bad_byte_or_nul_spoils_no_page():
    page = f"<html><meta charset='utf-8'><article><h1>T</h1><p>Die Straße über die Brücke ist für Käufer gesperrt.</p>{LONG}</article></html>".encode()
    assert "Straße über die Brücke" in article(page.replace(b"gesperrt", b"ges\xe4perrt")).text
    assert "Straße über die Brücke" in article(page.replace(b"gesperrt", b"ges\x00perrt")).text


@pytest.mark.parametrize(
    ("said", "language"), [("de-AT", "de"), ("x-default", "en"), ("deu", "de"), ("pt_BR", "pt"), ("", "en")]
)
def test_the_pages_own_word_on_its_language(said, language):
    assert article(f"<html lang='{said}'><h1>T</h1>{LONG}{LONG}</html>").language == language


def test_what_else_is_known_of_a_page():
    found = article(
        f"""<html lang="en"><head><title>Talks open</title><meta name="author" content="Ann Lee"><meta property="article:section" content="World">
        <meta property="article:published_time" content="2020-03-05T10:00:00+01:00"><meta property="article:modified_time" content="2020-03-07T10:00:00+01:00"></head>
        <body><article><h1>Talks open</h1>{LONG}{LONG}</article></body></html>"""
    )
    assert (found.byline, found.section, found.modified, found.published_sure) == (
        "Ann Lee",
        "World",
        datetime.date(2020, 3, 7),
        "certain",
    )
    assert found.published_from == "the meta element article:published_time (certain)"


BROKEN = [
    '<time datetime="">', '<time datetime="9999-99-99T99:99">', '<meta name="date" content="00/00/0000">', '<meta property="article:published_time" content="2020-13-45T25:61:00Z">',
    '<script type="application/ld+json">[[[{"@type":["NewsArticle",null,3],"datePublished":{"a":1},"url":5,"mainEntityOfPage":[1]}]]]</script>',
    '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":1583366400000,"url":"http://[bad"}</script>', '<h1><a href="http://[x">Y</a></h1>',
    '<link rel="canonical" href="http://[bad/2020/02/31/x">', "99999999999999999999", "<!-- saved from url=(1)http://[x -->", '<time datetime="2020-03-05T10:00:00+25:00">x</time>',
    "Thu Feb 30 10:00:00 UTC 2020", "民國999年12月31日", '<meta name="date" content="253402300800">', "<svg><title>x</title></svg>",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_whatever_a_page_holds_nothing_but_an_article_or_its_complaint_comes_of_it(seed):
    import random

    from chronicle import ArticleError

    chance = random.Random(seed)
    body = chance.choice([p.values[2] for p in pages()])
    for _ in range(4):
        at = chance.randint(0, len(body))
        body = body[:at] + chance.choice(BROKEN) + body[at:]
    try:
        assert article(body).text
    except ArticleError as error:
        assert "x.html" in str(error)
