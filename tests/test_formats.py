"""Interchange formats: what each holds comes back, what it cannot hold is listed."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import chronicle
from chronicle import Article, Event, EventLog, Media, Source, When, find_times, formats
from chronicle.characters import unseen
from chronicle.event import Predicate
from chronicle.formats import FormatError, timeml

WHOLE = ("jsonl", "csv", "timelinejs")
WHENS = [
    "2021", "2021-07", "2021-07-16", "2021-07-16T10:30", "2021-07-16T10:30Z", "2021-07-16T10:30:15+02:00", "199X", "19XX", "2021-24",
    "2019-35", "[2021-07-17..2021-07-18]", "2021-03/2021-05", "2021-07-03/2021-07-20", "2021-07~", "2021-07?", "2020-09/..", "../2021-12-31",
    "[..2021-09-11]", "-0043-03-15", "0000", "Y-17E7", "9999-12-31", "2021-07-16T10:30/2021-07-16T12:00", "2021-12-31T23:30-05:00", "0001-01-01", "-0001", "-0043-03",
]  # fmt: skip
TEXT = (
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=30)
    .map(lambda t: " ".join(t.split()))
    .filter(bool)
)
NAMES = st.lists(TEXT, max_size=3, unique=True)
MAYBE = st.none() | TEXT
SOURCES = st.builds(
    Source, TEXT, st.none() | st.sampled_from(["2021-07-16", "2021-07-16T10:00:00+02:00"]), MAYBE, MAYBE,
    st.none() | st.just("https://news.example/a?b=c&d"), MAYBE, MAYBE, st.none(), st.none(), MAYBE, MAYBE,
)  # fmt: skip
MEDIA = st.builds(Media, TEXT, st.none(), MAYBE, MAYBE) | st.builds(
    Media, st.none(), st.just("https://pictures.example/a.jpg"), MAYBE, MAYBE
)
EVENTS = st.lists(
    st.builds(
        Event, id=TEXT.filter(lambda t: unseen(t) is None), when=st.none() | st.sampled_from(WHENS), title=TEXT, status=st.sampled_from(chronicle.event.STATUSES),
        review=st.sampled_from(("proposed", "confirmed")), sources=st.lists(SOURCES, max_size=3),
        predicate=st.none() | st.builds(Predicate, TEXT, st.integers(0, 9), st.integers(10, 99)), who=MAYBE, whom=MAYBE, according_to=MAYBE,
        people=NAMES, organisations=NAMES, places=NAMES, tags=NAMES, related=NAMES, notes=MAYBE, previously=st.none() | st.just("2020"),
        unresolved=MAYBE, media=st.lists(MEDIA, max_size=2), extra=st.dictionaries(TEXT.filter(lambda t: not hasattr(Event, t) and t not in ("earliest", "latest", "precision")), TEXT, max_size=2),
    ),
    max_size=5, unique_by=lambda e: e.id,
)  # fmt: skip


def back(content, kind, tmp_path_factory=None):
    return formats._module(kind, formats.IMPORTS).read(content, Path(f"file.{kind}"))


@pytest.mark.parametrize("kind", WHOLE)
@given(EVENTS)
@settings(max_examples=150, deadline=None)
def test_whole_formats_hold_everything(kind, events):
    done = formats.export(events, kind)
    kept = [e for e in events if e.when is not None or kind != "timelinejs"]
    assert [loss.event for loss in done.losses] == [e.id for e in events if e not in kept]
    if not kept and kind == "timelinejs":
        return
    again = back(done.content, kind)
    assert again.losses == []
    assert again.events == kept


def test_a_flat_record_has_the_curators_own_fields_beside_the_others():
    from chronicle.formats import records

    record = records.flat_record(Event("a", "2021", "T", extra={"colour": "red"}))
    assert record == {
        "id": "a",
        "when": "2021",
        "title": "T",
        "status": "happened",
        "review": "proposed",
        "colour": "red",
    }


@given(EVENTS)
@example([Event("\\N", "2021", "a\\Nb\\n", tags=["\\N,;"])])
@example([Event("a", "2021", "\U000f0000 \\", organisations=["\U000f0000"])])
@example([Event("a", "2021", "\ufeffone", tags=["\ufeff"], notes="\ufeff")])
@settings(max_examples=150, deadline=None)
def test_icalendar_round_trip(events):
    done = formats.export(events, "ics", "A title")
    told = {(loss.event, loss.what.split()[0].rstrip(":")) for loss in done.losses}
    again = {e.id: e for e in back(done.content, "ics").events}
    for event in events:
        if (event.id, "left") in told:
            assert event.id not in again
            assert (
                event.when is None
                or not 1 <= (event.when.latest if event.when.is_open_start else event.when.earliest).year <= 9999
            )
            continue
        found = again[event.id]
        for name in (
            "when",
            "title",
            "status",
            "review",
            "people",
            "organisations",
            "places",
            "according_to",
            "tags",
            "notes",
        ):
            assert getattr(found, name) == getattr(event, name), name
        for name in ("predicate", "who", "whom", "related", "previously", "extra"):
            assert bool(getattr(event, name)) == ((event.id, name) in told), name


@given(EVENTS)
@settings(max_examples=100, deadline=None)
def test_the_spreadsheet_of_timelinejs_holds_what_it_does_not_list(events):
    done = formats.export(events, "timelinejs-csv", "A title")
    told = {(loss.event, loss.what.split()[0].rstrip(":")) for loss in done.losses}
    kept = [e for e in events if e.when is not None]
    assert {e.id for e in events if (e.id, "left") in told} == {e.id for e in events if e.when is None}
    again = back(done.content, "timelinejs-csv")
    assert again.title == "A title"
    assert len(again.events) == len(kept)
    for event, found in zip(kept, again.events, strict=True):
        assert found.title == event.title
        assert (found.when == event.when) != ((event.id, "when") in told)
        assert found.tags == event.tags[:1]


@given(EVENTS)
@settings(max_examples=60, deadline=None)
def test_every_export_can_be_written(events):
    for kind in formats.EXPORTS:
        assert isinstance(formats.export(events, kind, "T").content, bytes)


@pytest.mark.parametrize("text", WHENS)
def test_icalendar_dates(text):
    from icalendar import Calendar

    done = formats.export([Event("a", text, "Title")], "ics")
    parts = Calendar.from_ical(done.content).walk("VEVENT")
    span = formats.ics.span_of(When.parse(text)) if hasattr(formats, "ics") else None
    assert len(parts) == (0 if span is None else 1)
    if parts:
        assert str(parts[0]["x-chronicle-when"]) == text
        assert "dtstart" in parts[0]


def test_icalendar_marks_what_is_uncertain_and_ends_on_the_day_after():
    events = [
        Event(
            "span",
            "2021-07-17/2021-07-18",
            "Talks",
            "planned",
            places=["Doha", "Kabul"],
            sources=[Source("a", "2021-07-16", url="https://x.test/a")],
        ),
        Event("within", "[2021-07-19..2021-07-25]", "A visit"),
        Event("noon", "2021-07-19T12:00Z", "A call", "cancelled"),
    ]
    text = formats.export(events, "ics").content.decode().replace("\r\n ", "")
    for line in (
        "DTSTART;VALUE=DATE:20210717", "DTEND;VALUE=DATE:20210719", "SUMMARY:Talks", "LOCATION:Doha\\, Kabul", "DTSTAMP:20210716T000000Z",
        "STATUS:TENTATIVE", "URL:https://x.test/a", "SUMMARY:(some time from 19 to 25 July 2021) A visit", "DTSTART:20210719T120000Z", "STATUS:CANCELLED",
    ):  # fmt: skip
        assert f"{line}\r\n" in text, line


def test_a_foreign_calendar():
    raw = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//x//EN\r
BEGIN:VEVENT\r
UID:1@x\r
DTSTAMP:20210101T000000Z\r
DTSTART;TZID=Europe/Berlin:20210716T103000\r
DTEND;TZID=Europe/Berlin:20210716T120000\r
SUMMARY:A meeting\r
LOCATION:Room 1\\, House 2\r
RRULE:FREQ=WEEKLY\r
ATTENDEE:mailto:a@x.test\r
BEGIN:VALARM\r
ACTION:DISPLAY\r
TRIGGER:-PT15M\r
END:VALARM\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:2@x\r
DTSTAMP:20210101T000000Z\r
DTSTART;VALUE=DATE:20210720\r
DURATION:P3D\r
SUMMARY:A fair\r
END:VEVENT\r
BEGIN:VTODO\r
SUMMARY:Wash up\r
END:VTODO\r
BEGIN:VEVENT\r
SUMMARY:No date\r
END:VEVENT\r
END:VCALENDAR\r
"""
    done = back(raw, "ics")
    assert [(str(e.when), e.title, e.places) for e in done.events] == [
        ("2021-07-16T10:30+02:00/2021-07-16T12:00+02:00", "A meeting", ["Room 1, House 2"]),
        ("2021-07-20/2021-07-22", "A fair", []),
    ]
    told = " | ".join(str(loss) for loss in done.losses)
    for part in (
        "RRULE is left out",
        "ATTENDEE is left out",
        "a VALARM is left out",
        "a VTODO is left out",
        "an event without DTSTART is left out",
    ):
        assert part in told


def test_a_foreign_timelinejs_file():
    raw = json.dumps({
        "title": {"text": {"headline": "T"}}, "eras": [],
        "events": [
            {"start_date": {"year": "1969", "month": "7", "day": "20"}, "text": {"headline": "The <b>landing</b> &amp; walk", "text": "<p>One</p><p>two</p>"}, "media": {"url": "x"}, "group": "Moon"},
            {"start_date": {"year": -43}, "end_date": {"year": -42}, "text": {"text": "Ides"}},
        ],
    }).encode()  # fmt: skip
    done = back(raw, "timelinejs")
    assert [(str(e.when), e.title, e.tags) for e in done.events] == [
        ("1969-07-20", "The landing & walk", ["Moon"]),
        ("-0042/-0041", "Ides", []),
    ]
    assert done.events[0].sources[0].quote == "One two"
    assert {loss.what for loss in done.losses} == {"eras is left out", "media is left out"}
    assert done.title == "T"


def test_an_edit_in_timelinejs_wins_over_what_chronicle_wrote_beside_it():
    whole = json.loads(formats.export([Event("a", "[2021-07-17..2021-07-18]", "A")], "timelinejs").content)
    assert str(back(json.dumps(whole).encode(), "timelinejs").events[0].when) == "[2021-07-17..2021-07-18]"
    whole["events"][0]["start_date"]["day"] = 16
    assert str(back(json.dumps(whole).encode(), "timelinejs").events[0].when) == "2021-07-16/2021-07-18"


def test_timelinejs_shows_texts_as_text():
    attack = "<script>alert(1)</script>"
    text = formats.export(
        [Event("a", "2021", attack, sources=[Source(attack, quote=attack, url="javascript:alert(1)")])],
        "timelinejs",
        attack,
    ).content.decode()
    assert "<script" not in text
    assert "javascript:" not in text


@pytest.mark.parametrize(
    ("kind", "raw", "said"),
    [
        ("jsonl", b'{"id": "a", "when": "2021-13", "title": "x"}\n', "file.jsonl:1: '2021-13': there is no month 13"),
        ("jsonl", b'{"id": "a"}\n', "file.jsonl:1: the field title is missing"),
        ("jsonl", b"[1]\n", "file.jsonl:1: an event is an object"),
        ("jsonl", b"{\n", "file.jsonl:1: "),
        ("jsonl", b"\xff\n", "file.jsonl: not UTF-8 (byte 0)"),
        ("csv", b"id,title\na,b\n", "file.csv:1: the column when is missing"),
        ("csv", b"id,when,title\na,2021-13,b\n", "file.csv:2: '2021-13': there is no month 13"),
        ("csv", b"id,when,title\na,2021,b,c\n", "file.csv:2: there are more cells than columns"),
        ("csv", b"id,when,title,status\na,2021,b,happned\n", "file.csv:2: status 'happned' is not known"),
        ("csv", b"id,when,title,sources\na,2021,b,x\n", "file.csv:2: sources is not JSON"),
        ("timelinejs", b"{}", "file.timelinejs: not TimelineJS: there is no list of events"),
        ("timelinejs", b'{"events": [{"text": {"headline": "x"}}]}', "file.timelinejs: event 1: start_date is missing"),
        ("timelinejs", b'{"events": [{"start_date": {"year": 2021, "month": 13}, "text": {"headline": "x"}}]}', "event 1: '2021-13': there is no month 13"),
        ("ics", b"hello", "file.ics: not iCalendar"),
        ("timeml", b"<TimeML>", "file.timeml:1:9: not XML"),
        ("timeml", b"<TimeML/>", "file.timeml:1: no TimeML: the element TEXT is missing"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(kind, raw, said):
    with pytest.raises(FormatError) as error:
        back(raw, kind)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_csv_is_no_formula_and_can_be_written_by_hand():
    events = [Event("a", "-0043", "=cmd|' /C calc'!A0", tags=["a;b", "c\\d", " e"])]
    raw = formats.export(events, "csv").content
    cells = next(csv.DictReader(io.StringIO(raw.decode(), newline="")))
    assert cells["title"] == "'=cmd|' /C calc'!A0"
    assert cells["when"] == "'-0043"
    assert cells["earliest"] == "'-0043-01-01T00:00:00"
    assert back(raw, "csv").events == events
    done = back("when,title,tags,colour,latest\n2021-07,A day,talks; doha,red,2022\n".encode("utf-8-sig"), "csv")
    (event,) = done.events
    assert (event.id, str(event.when), event.tags, event.extra) == (
        "row-1",
        "2021-07",
        ["talks", "doha"],
        {"colour": "red"},
    )
    assert [str(loss) for loss in done.losses] == ["row-1: latest '2022' is worked out from when"]


def test_jsonld_and_markdown():
    event = Event("a", "[2021-07-17..2021-07-18]", "Talks <b> [x](y)", "planned", sources=[Source("s", "2021-07-16", "T", "P", "https://x.test/a", "They *met*.")], people=["Ann Lee"], organisations=["UN"], places=["Doha"], tags=["talks"])  # fmt: skip
    (node,) = json.loads(formats.export([event], "jsonld").content)["@graph"]
    assert node["startDate"] == "2021-07-17"
    assert node["endDate"] == "2021-07-18"
    assert node["about"] == [{"@type": "Person", "name": "Ann Lee"}, {"@type": "Organization", "name": "UN"}]
    assert node["subjectOf"][0]["url"] == "https://x.test/a"
    assert any("said in words" in loss.what for loss in formats.export([event], "jsonld").losses)
    text = formats.export([event], "markdown", "A title").content.decode()
    assert text.startswith(
        "# A title\n\n## 2021\n\n- **some time from 17 to 18 July 2021**: Talks \\<b\\> \\[x\\](y\\) *(planned)*".replace(
            "](y", "]\\(y"
        )
    )
    assert "> They \\*met\\*." in text
    assert "[T, P, 2021-07-16](<https://x.test/a>)" in text


ARTICLES = [
    Article("On Friday & on <3 March> they met; since last September, every Monday, for two days.\r\nThen\ttea at 3 p.m. \ufb01n.", published="2021-07-16", title="A & B", id="x"),
    Article("", published=None, id="empty"),
    Article("No time here.", id="none"),
]  # fmt: skip


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a.id)
def test_timeml_reads_back_to_the_same_mentions(article):
    mentions = find_times(article.text, article.published)
    document = timeml.loads(timeml.dumps(article))
    assert document.text == article.text
    assert (document.id, document.published, document.title) == (article.id, article.published_text, article.title)
    names = ("start", "end", "text", "type", "value", "mod", "quant", "freq")
    assert [tuple(getattr(t, n) for n in names) for t in document.timexes] == [
        tuple(getattr(m, n) for n in names) for m in mentions
    ]


@given(st.text(max_size=60), st.sampled_from(["today", "on 3 March 2021", "last year"]))
@settings(deadline=None)
def test_timeml_keeps_every_character(text, expression):
    article = Article(f"{text} {expression} {text}", published="2021-07-16", language="en")
    document = timeml.loads(timeml.dumps(article))
    assert len(document.text) == len(article.text)
    assert [(t.start, t.end, t.value) for t in document.timexes] == [
        (m.start, m.end, m.value) for m in find_times(article.text, article.published, article.language)
    ]


def test_timeml_of_the_seeds(root):
    for path in sorted((root / "seeds").rglob("*.md")):
        article = chronicle.read_article(path)
        found = timeml.loads(timeml.dumps(article))
        assert [(t.start, t.end, t.type, t.value, t.mod) for t in found.timexes] == [
            (m.start, m.end, m.type, m.value, m.mod) for m in find_times(article.text, article.published)
        ]


def test_timeml_of_a_log_and_back(root):
    log = EventLog.read(root / "events" / "harbour-bridge.yaml")
    done = formats.export(log, "timeml", log.title)
    again = back(done.content, "timeml")
    kept = [e for e in log if e.review != "rejected"]
    left = {loss.event for loss in done.losses if loss.what.startswith("left out")}
    changed = {loss.event for loss in done.losses if loss.what.startswith("when: ")}
    assert [
        e.when
        for e, new in zip([e for e in kept if e.id not in left], again.events, strict=True)
        if new.when != e.when and e.id not in changed
    ] == []
    assert b"<TLINK" in done.content


def test_frames(root):
    log = EventLog.read(root / "events")
    frame = log.to_pandas()
    assert list(frame.columns[:7]) == ["id", "when", "earliest", "latest", "precision", "status", "review"]
    assert len(frame) == len(log)
    assert str(frame["earliest"].dtype) == "datetime64[us]"
    assert frame.set_index("id").loc[log[0].id, "title"] == log[0].title
    other = log.to_polars()
    assert other.columns == list(frame.columns)
    assert other["earliest"].to_list() == [
        None if v is None else v.to_pydatetime()
        for v in frame["earliest"].astype(object).where(frame["earliest"].notna(), None)
    ]
    strange = [
        Event("a", "-0043-03-15", "Ides"),
        Event("b", "2020-09/..", "Since"),
        Event("c", None, "Some day"),
        Event("d", "Y-17E7", "Old"),
    ]
    frame = chronicle.log.frames.to_pandas(strange)
    assert str(frame["earliest"].to_numpy()[0]).startswith("-043-03-15")
    assert frame["latest"].isna().tolist() == [False, True, True, True]


def test_parquet_is_read_by_others(tmp_path):
    import pandas
    import polars

    events = [Event("a", "2021-07-16", "A", tags=["x", "y"], sources=[Source("s", quote="Q")]), Event("b", None, "B")]
    path = tmp_path / "x.parquet"
    path.write_bytes(formats.export(events, "parquet").content)
    assert pandas.read_parquet(path)["title"].tolist() == ["A", "B"]
    assert polars.read_parquet(path)["tags"].to_list() == [["x", "y"], []]


def test_a_missing_library_is_named(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"pip install 'chronicle-timeline\[parquet\]'"):
        formats.export([], "parquet")
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(ImportError, match=r"pip install 'chronicle-timeline\[ics\]'"):
        formats.export([], "ics")
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(ImportError, match="pip install polars"):
        chronicle.log.frames.to_polars([])


def test_the_commands(run, tmp_path, root):
    log = root / "events" / "harbour-bridge.yaml"
    count = sum(1 for e in EventLog.read(log) if e.review != "rejected")
    assert count > 10
    for kind in formats.EXPORTS:
        code, out, error = run("export", log, "--to", kind, "-o", tmp_path / f"x.{kind}")
        assert code == 0, error
        assert f" {count} events" in out
        assert (kind in WHOLE) == (error == "")
    code, out, _ = run("export", log, "--to", "csv")
    assert out.startswith("id,when,earliest,latest,precision,title,status")
    code, out, _ = run("import", tmp_path / "x.csv", "--log", tmp_path / "new.yaml")
    assert code == 0
    kept = [e for e in EventLog.read(log) if e.review != "rejected"]
    assert [(e.id, e.when, e.title, e.sources) for e in EventLog.read(tmp_path / "new.yaml")] == [
        (e.id, e.when, e.title, e.sources) for e in kept
    ]
    assert run("check", tmp_path / "new.yaml")[0] == 0
    code, out, _ = run("import", tmp_path / "x.csv", "--log", tmp_path / "new.yaml")
    assert "nothing to change" in out
    code, _, error = run("import", tmp_path / "x.markdown")
    assert code == 1
    assert "tells no format" in error


def test_timelinejs_of_knight_lab_loads_it(browser, root, tmp_path):
    """Knight Lab's own script, from npm, draws what chronicle exports, without a complaint."""
    folder = root / "tests" / "web" / "node_modules" / "@knight-lab" / "timelinejs" / "dist"
    if not folder.exists():
        message = "TimelineJS is not installed: npm ci --prefix tests/web"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    log = EventLog.read(root / "events")
    extra = [Event(f"w{n}", w, f"Event of {w}") for n, w in enumerate(WHENS)]
    data = json.loads(formats.export([*log, *extra], "timelinejs", "All").content)
    page = tmp_path / "page.html"
    script = (folder / "js" / "timeline.js").read_text("utf-8").replace("</script", "<\\/script")
    page.write_text(f'<meta charset="utf-8"><div id="t" style="height:600px"></div><script>{script}</script>', "utf-8")
    shown = browser.new_page()
    complaints = []
    shown.on("pageerror", lambda error: complaints.append(str(error)))
    shown.goto(page.as_uri())
    told = shown.evaluate(
        """async (data) => {
            const made = new TL.Timeline("t", data, {font: null, language: "en"});
            await new Promise(r => setTimeout(r, 2000));
            return {messages: made.config.messages, events: made.config.events.length};
        }""",
        data,
    )
    assert told["messages"] == {"errors": [], "warnings": []}
    assert told["events"] == len(data["events"])
    assert [c for c in complaints if "font" not in c.lower()] == []
    assert shown.locator(".tl-timemarker").count() == len(data["events"])
    shown.close()


def test_the_docs_table_tells_the_losses(root):
    """Each format that docs/formats.md calls whole is one that loses nothing."""
    table = (root / "docs" / "formats.md").read_text("utf-8")
    whole = re.findall(r"^\| `(\w+)` \|[^\n]*\| everything \|", table, re.MULTILINE)
    assert sorted(whole) == sorted(WHOLE)


def ics(*lines, event=True):
    body = ["BEGIN:VEVENT", "SUMMARY:A fair", "DTSTART:20240102", *lines, "END:VEVENT"] if event else list(lines)
    good = ["BEGIN:VEVENT", "SUMMARY:Good", "DTSTART;VALUE=DATE:20240101", "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *body, *good, "END:VCALENDAR", ""]).encode()


def whole(*lines):
    return ics("BEGIN:VEVENT", "SUMMARY:A fair", *lines, "END:VEVENT", event=False)


@pytest.mark.parametrize(
    ("raw", "when", "told"),
    [
        (whole("DTSTART:INVALID"), None, "file.ics:5: DTSTART 'INVALID' is no date and is left out; write 20240131"), (whole("DTSTART:2024-01-01"), None, "'2024-01-01' is no date"),
        (whole("DTSTART:20240101T235960"), "2024-01-01T23:59:59", ""), (whole("DTSTART:00000101"), None, "'00000101' is no date"), (whole("DTSTART;VALUE=PERIOD:20240101T000000Z/PT1H"), None, "VALUE=PERIOD"),
        (whole("DTSTART:20240102", "DTEND:TBD"), "2024-01-02", "file.ics:6: DTEND 'TBD' is no date"), (whole("DTSTART:20240102", "DURATION:5 days"), "2024-01-02", "write P5D"),
        (whole("DTSTART:20240102", "DTEND:20240103T100000"), "2024-01-02", "one of beginning and end is a day"), (whole("DTSTART:20240102T100000", "DTEND:20240102T110000Z"), "2024-01-02T10:00", "has a zone, the other has none"),
        (whole("DTSTART:20240102", "DTSTART:20240105"), "2024-01-02", "DTSTART a second time is left out (line 6)"), (whole("DTSTART:20240105", "DTEND:20240102"), "2024-01-05", "before the beginning"),
        (whole("DTSTART;TZID=America/New_York:20240101T210000"), "2024-01-01T21:00-05:00", ""), (whole("DTSTART;TZID=W. Europe Standard Time:20240701T210000"), "2024-07-01T21:00+02:00", ""),
        (whole("DTSTART;TZID=Nowhere/Else:20240101T210000"), "2024-01-01T21:00", "file.ics:5: the zone 'Nowhere/Else' is not known"), (whole("dtstart:20240102", "status:cancelled"), "2024-01-02", ""),
        (ics("SUMMARY:Again"), "2024-01-02", "SUMMARY a second time is left out"), (ics("a stray line"), "2024-01-02", "file.ics:6: 'a stray line' is no property"),
        (ics("RRULE:FREQ=DAILY", "RDATE:20240105"), "2024-01-02", "RDATE is left out (line 7)"), (ics("DESCRIPTION:caf\xe9"), "2024-01-02", ""),
    ],
)  # fmt: skip
def test_one_bad_line_of_a_calendar_costs_nothing_else(raw, when, told):
    done = back(raw, "ics")
    assert [(str(e.when), e.title) for e in done.events] == [
        *([(when, "A fair")] if when else []),
        ("2024-01-01", "Good"),
    ]
    assert told in " | ".join(str(loss) for loss in done.losses)
    assert bool(told) == bool(done.losses)
    if b"cancelled" in raw:
        assert done.events[0].status == "cancelled"


def test_latin_1_zones_of_the_file_and_other_ends_of_calendars():
    done = back(ics("LOCATION:Caf\xe9, Paris").replace("é".encode(), b"\xe9"), "ics")
    assert done.events[0].places == ["Café, Paris"]
    assert "file.ics:6: not UTF-8 here" in str(done.losses[0])
    zone = [
        "BEGIN:VTIMEZONE",
        "TZID:Ours",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0330",
        "TZOFFSETTO:+0330",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]
    raw = ics(*zone, "BEGIN:VEVENT", "SUMMARY:A fair", "DTSTART;TZID=Ours:20240101T210000", "END:VEVENT", event=False)
    assert str(back(raw, "ics").events[0].when) == "2024-01-01T21:00+03:30"
    cut = back(raw[: raw.index(b"SUMMARY:Good") + 20], "ics")
    assert [e.title for e in cut.events] == ["A fair"]
    assert any("the file is cut off" in loss.what for loss in cut.losses)
    named = back(ics("X-WR-CALNAME:Fairs", event=False), "ics")
    assert (named.title, named.losses) == ("Fairs", [])


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Tokyo"])
def test_a_calendar_reads_the_same_wherever_it_is_read(zone, monkeypatch):
    import time

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        raw = whole("DTSTART;TZID=Europe/Berlin:20240101T003000", "DTEND:20240101T003000Z")
        assert str(back(raw, "ics").events[0].when) == "2024-01-01T00:30+01:00/2024-01-01T00:30Z"
    finally:
        monkeypatch.undo()
        time.tzset()


def slides(*given):
    good = {"start_date": {"year": 2024}, "text": {"headline": "Good"}}
    return json.dumps({"title": {"text": {"headline": "All", "text": "More"}}, "events": [*given, good]}).encode()


@pytest.mark.parametrize(
    ("slide", "read", "told"),
    [
        ({"start_date": {"year": -44}, "text": {"headline": "X"}}, ("-0043", "X"), ""), ({"start_date": {"year": "2020.0", "month": None}, "end_date": {}, "text": {"headline": "X"}}, ("2020", "X"), ""),
        ({"start_date": {"year": 2020, "day": 5}, "text": {"headline": "X"}}, ("2020", "X"), "day 5 is left out: what is larger is missing"),
        ({"start_date": {"year": 2020, "month": 5, "day": 5, "hour": 1, "minute": 2, "second": 3, "millisecond": 40}, "text": {"headline": "X"}}, ("2020-05-05T01:02:03", "X"), "millisecond 40 is left out"),
        ({"start_date": {"year": 1850}, "display_date": "circa 1850", "text": {"headline": "X"}}, ("1850", "X"), "display_date “circa 1850” is left out"),
        ({"start_date": {"year": 1850}, "media": {"url": "https://x.test/a.jpg", "caption": "A bridge"}}, ("1850", "A bridge"), ""),
        ({"start_date": {}, "text": {"headline": "X"}}, None, "event 1: a date without a year"), ("x", None, "event 1: a slide is an object"), ({"text": {"headline": "X"}}, None, "event 1: start_date is missing"),
        ({"start_date": {"year": 2020, "month": 13}, "text": {"headline": "X"}}, None, "event 1: '2020-13': there is no month 13"), ({"start_date": {"year": "soon"}, "text": {"headline": "X"}}, None, "event 1: "),
    ],
)  # fmt: skip
def test_one_odd_slide_costs_nothing_else(slide, read, told):
    done = back(slides(slide), "timelinejs")
    assert [(str(e.when), e.title) for e in done.events] == [*([read] if read else []), ("2024", "Good")]
    assert told in " | ".join(str(loss) for loss in done.losses)
    assert done.title == "All"
    assert next(loss.what for loss in done.losses) == "text is left out"


def test_links_of_slides_are_kept():
    done = back(
        slides(
            {
                "start_date": {"year": 2020},
                "text": {
                    "headline": "X",
                    "text": "<p>They met, <a href='https://x.test/a?b=1&amp;c=2'>it says</a>.</p>",
                },
            }
        ),
        "timelinejs",
    )
    (source,) = done.events[0].sources
    assert (source.url, source.quote) == ("https://x.test/a?b=1&c=2", "They met, it says .".replace(" .", "."))


SHEET = """Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,Media Credit,Media Caption,Media Thumbnail,Type,Group,Background,Link
,,,,,,,,,Bridges,All of them,,,,,title,,,
1932,3,19,,,,,,,Opening,It <b>opened</b>.,https://x.test/a.jpg,Ann,The bridge,,,Sydney,,https://x.test/more
2000,,,,2001,,,,,Repair,,,,,,,,,
1900,1,,,1910,,,,,Planning,,,,,,era,,,
soon,,,,,,,,,Never,,,,,,,,,
2010,5,1,9:30 PM,,,,,,Lights,On.,,,,,,,,
"""


def test_the_spreadsheet_of_timelinejs_is_read():
    for kind in ("csv", "timelinejs-csv"):
        done = back(SHEET.encode(), kind)
        assert [(str(e.when), e.title, e.tags) for e in done.events] == [
            ("1932-03-19", "Opening", ["Sydney"]),
            ("2000/2001", "Repair", []),
            ("2010-05-01T21:30", "Lights", []),
        ]
        assert done.title == "Bridges"
        assert done.events[0].media[0].credit == "Ann"
        assert done.events[0].sources[0].url == "https://x.test/more"
        told = [str(loss) for loss in done.losses]
        for part in ("the era “Planning” is left out", f"file.{kind}:6: ", ":2: text of the title is left out"):
            assert any(part in line for line in told), part


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_one_bad_record_costs_no_other(kind):
    good, bad = formats.export([Event("a", "2021", "A")], kind), formats.export([Event("b", "2022", "B")], kind)
    lines = bad.content.decode().strip().splitlines()
    raw = good.content + lines[-1].replace("2022", "2022-13", 1).encode() + b"\n"
    done = back(raw, kind)
    assert [e.id for e in done.events] == ["a"]
    assert [str(loss) for loss in done.losses] == [
        f"file.{kind}:{2 if kind == 'jsonl' else 3}: '2022-13': there is no month 13 (01 to 12, or a season or quarter from 21 to 41)"
    ]


def test_the_day_that_is_written_counts():
    event = Event("a", "2021-12-31T23:30-05:00", "A party")
    from chronicle.log.select import select

    assert select([event], "2021") == [event]
    assert select([event], "2022") == []
    assert select([event], "after 2021") == []
    assert "## 2021" in formats.export([event], "markdown").content.decode()
    assert (
        json.loads(formats.export([event], "jsonld").content)["@graph"][0]["startDate"] == "2021-12-31T23:30:00-05:00"
    )
    start = json.loads(formats.export([event], "timelinejs").content)["events"][0]["start_date"]
    assert start == {"year": 2021, "month": 12, "day": 31, "hour": 23, "minute": 30}


@pytest.mark.parametrize("kind", ["csv", "jsonl", "timelinejs", "ics"])
def test_events_that_share_all_but_their_ids_come_back_through_a_log(run, tmp_path, kind):
    source = Source(
        "article", "2021-07-16", quote="They met on Friday and on Friday.", expression="Friday", start=12, end=18
    )
    events = [
        Event(f"a-{n}", "2021-07-16", "They met in Doha", places=["Paris, France", "Doha"], sources=[source])
        for n in range(12)
    ]
    events += [
        Event("b", "2021-07-16", "Another meeting in Doha", sources=[source]),
        Event("c", "-0043-03-15", "The Ides"),
    ]
    path = tmp_path / f"x.{kind}"
    path.write_bytes(formats.export(events, kind).content)
    for said in (f"{13 if kind == 'ics' else 14} added", "nothing to change"):
        code, out, error = run("import", path, "--from", kind, "--log", tmp_path / "log.yaml")
        assert code == 0, error
        assert said in out
    found = {e.id: e for e in EventLog.read(tmp_path / "log.yaml")}
    gone = {"c"} if kind == "ics" else set()
    assert set(found) == {e.id for e in events} - gone
    assert all(found[e.id].places == e.places and found[e.id].when == e.when for e in events if e.id not in gone)


@given(EVENTS)
@settings(max_examples=60, deadline=None)
def test_jsonld_round_trip(events):
    done = formats.export(events, "jsonld")
    told = {(loss.event, loss.what.split()[0].rstrip(":")) for loss in done.losses}
    if not events:
        return
    again = back(done.content, "jsonld")
    assert [e.title for e in again.events] == [e.title for e in events]
    for event, found in zip(events, again.events, strict=True):
        for name in ("places", "people", "organisations", "tags"):
            assert getattr(found, name) == getattr(event, name), name
        assert (found.when == event.when) or (event.id, "when") in told or (event.id, "it") in told


def test_foreign_json_ld_is_read():
    raw = json.dumps([
        {"@type": "Organization", "name": "x"},
        {"@context": "https://schema.org", "@graph": [
            {"@type": ["MusicEvent"], "name": "A  concert", "startDate": "2024-05-01T20:00:00.000+02:00", "endDate": "2024-05-01T22:00:00+02:00", "location": {"@type": "Place", "name": "Hall", "address": "Street 1"},
             "url": "https://x.test/a", "eventStatus": "https://schema.org/EventCancelled", "keywords": "music, jazz", "offers": {}},
            {"@type": "Event", "name": "Bad", "startDate": "soon"}, {"@type": "Event", "startDate": "2024-05-01"}]},
    ]).encode()  # fmt: skip
    done = back(raw, "jsonld")
    (event,) = done.events
    assert (str(event.when), event.title, event.status, event.places, event.tags) == (
        "2024-05-01T20:00+02:00/2024-05-01T22:00+02:00",
        "A concert",
        "cancelled",
        ["Hall"],
        ["music", "jazz"],
    )
    assert event.sources[0].url == "https://x.test/a"
    assert [str(loss).partition("jsonld")[2] for loss in done.losses[1:]][1] == ": event 3: the member name is missing"
    assert "offers is left out" in done.losses[0].what


def test_ten_thousand_events_of_one_name_and_day_come_back():
    text = "when,title\n" + "2021-07-16,They met\n" * 10_000
    sheet = "Year,Month,Day,Headline\n" + "2021,7,16,They met\n" * 10_000
    for kind, raw in (("csv", text), ("timelinejs-csv", sheet)):
        done = back(raw.encode(), kind)
        assert len({e.id for e in done.events}) == 10_000
        again = back(formats.export(done.events, "jsonl").content, "jsonl")
        assert again.events == done.events


@pytest.mark.parametrize("source", ["monday", {}, {"article": ""}])
def test_a_source_needs_its_article(source):
    from chronicle.formats import records

    with pytest.raises(ValueError, match="a source is an object with the field article"):
        records.from_record({"id": "a", "when": None, "title": "A", "sources": [source]})
    with pytest.raises(ValueError, match="the field sources is a list"):
        records.from_record({"id": "a", "when": None, "title": "A", "sources": 5})
