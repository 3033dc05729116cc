"""Reading logs: scalars as text, faults with their place, all at once."""

from __future__ import annotations

import pytest

from chronicle import Event, EventLog, LogError, Media
from chronicle.log.check import check

LOG = """\
# a comment
title: Talks
events:
- id: a
  when: 2020-09-12
  title: Talks open
  status: happened
  review: confirmed
  sources:
  - article: x
    published: 2020-09-14
    quote: They met on 12 September.
    expression: 12 September
    span: 12-24
- id: b
  when: 2020-09/..
  title: Meetings go on
  status: ongoing
  tags: [doha, peace talks]
  mood: tense
"""


@pytest.fixture
def write(tmp_path):
    def call(text, name="log.yaml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return call


def test_a_log_is_a_sequence_of_events(write):
    log = EventLog.read(write(LOG))
    assert [e.id for e in log] == ["b", "a"]
    assert len(log) == 2
    assert log[0].id == "b"
    assert [e.id for e in log[0:1]] == ["b"]
    assert log.title == "Talks"
    assert log.by_id("a").sources[0].start == 12
    assert log.by_id("b").tags == ["doha", "peace talks"]
    assert log.by_id("b").extra == {"mood": "tense"}
    with pytest.raises(KeyError, match="there is no event 'aa'"):
        log.by_id("aa")


def test_filters(write):
    log = EventLog.read(write(LOG))
    assert [e.id for e in log.during("2020-09-12")] == ["b", "a"]
    assert [e.id for e in log.during("2021")] == ["b"]
    assert [e.id for e in log.where(status="ongoing")] == ["b"]
    assert [e.id for e in log.where(tags="doha")] == ["b"]


@pytest.mark.parametrize(
    "text", ["NO", "12:30", "2020", "1e3", "2021-07-16", "yes", "null", "~", "0x1F", "1_000", "on", ".5"]
)
def test_scalars_come_out_as_written(write, text):
    path = write(f"events:\n- id: {text}\n  when: 2020\n  title: {text}\n  notes: {text}\n  tags: [{text}]\n")
    event = EventLog.read(path)[0]
    assert (event.id, event.title, event.notes, event.tags) == (text, text, text, [text])


def faults(path):
    with pytest.raises(LogError) as caught:
        EventLog.read(path)
    return [str(f).replace(str(path), "log") for f in caught.value.faults]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("events:\n- id: a\n  when: 2020-02-30\n  title: t\n", ["log:3:9: '2020-02-30': 2020-02 has days 01 to 29, not 30 [a] (when)"]),
        ("events:\n- id: a\n  when: July 2021\n  title: t\n", ["log:3:9: 'July 2021' is not an EDTF date, such as 2021, 2021-07, 2021-07-16, 199X or 2021-07~; did you mean 2021-07? [a] (when)"]),
        ("events:\n- id: a\n  when: 2021/2020\n  title: t\n", ["log:3:9: '2021/2020': the end comes before the start; did you mean 2020/2021? [a] (when)"]),
        ("events:\n- id: a\n  when: 2020\n  title: t\n  statsu: planned\n", ["log:5:3: the field 'statsu' is not known; did you mean 'status'? [a] (field)"]),
        ("events:\n- id: a\n  when: 2020\n  title: t\n  status: planed\n", ["log:5:11: status 'planed' is not known; it is one of happened, ongoing, planned, expected, possible, denied, cancelled, recurring, hypothetical; did you mean 'planned'? [a] (status)"]),
        ("events:\n- id: a\n  when: 2020\n  title: t\n- id: a\n  when: 2021\n  title: u\n", ["log:5:3: the id 'a' stands twice, first in line 2 [a] (duplicate-id)"]),
        ("events:\n- id: a\n  when: 2020\n  title: t\n  title: u\n", ["log:5:3: 'title' stands twice, first in line 4; keep one (duplicate-key)"]),
        ("events:\n- id: a\n  when: &x 2020\n  title: t\n", ["log:3:9: an anchor (&x) has no place in a log; write the value itself (anchor)"]),
        ("events:\n- id: a\n  when: *x\n  title: t\n", ["log:3:9: an alias (*x) has no place in a log; write the value itself (alias)"]),
        ("events:\n- id: a\n  when: !!python/object:os.system x\n  title: t\n", ["log:3:9: a tag (tag:yaml.org,2002:python/object:os.system) has no place in a log; every value is text (tag)"]),
        ("events:\n- <<: {id: a}\n  when: 2020\n  title: t\n", ["log:2:3: a merge key (<<) has no place in a log; write the fields themselves (merge)"]),
        ("events:\n- id: a\n\twhen: 2020\n", ["log:3:1: not YAML: while scanning a plain scalar, found a tab character that violates indentation; indent with spaces, not with tabs (yaml)"]),
        ("events:\n- id: a\n  when: 2020\n  title: Talks: the end\n", ["log:4:15: not YAML: mapping values are not allowed in this context; put a text that holds a colon in quotation marks (yaml)"]),
        (b"events:\n- id: \xff\n", ["log:2:7: not UTF-8; save the file as UTF-8 (encoding)"]),
        ("", ["log:1:1: the file is empty; write events: [] (log)"]),
        ("- a\n", ["log:1:1: a log is a mapping with title: and events:, not a list or a text (log)"]),
        ("title: x\n", ["log:1:1: the field events: is missing; write events: [] for a log without any (events)"]),
        ("evnets: []\n", ["log:1:1: the field 'evnets' is not known; did you mean 'events'? (field)", "log:1:1: the field events: is missing; write events: [] for a log without any (events)"]),
        ("events: x\n", ["log:1:9: events: is a list; each event begins with a dash (events)"]),
        ("events:\n- x\n", ["log:2:3: an event is a mapping with id:, when: and title: (event)"]),
        ("events:\n- title: t\n", ["log:2:3: the field id: is missing (missing)", "log:2:3: the field when: is missing (missing)"]),
        ("format: 2\nevents: []\n", ["log:1:9: format '2' is not known; this chronicle reads format 1 (format)"]),
        ("events:\n- id: a\n  when: 2020\n  title: t\n  sources:\n  - quote: q\n", ["log:6:5: the source's field article: is missing [a] (source)"]),
        ("events:\n- id: a\n  when: 2020\n  title: t\n  sources:\n  - article: x\n    span: 1..2\n", ["log:7:11: a span is written first-last in characters, such as 120-131 [a] (span)"]),
        ("events: []\n---\nevents: []\n", ["log:2:1: a log is one YAML document; a second begins here (documents)"]),
        ("events: " + "[" * 40 + "]" * 40, ["log:1:21: nested more than 12 deep; a log is flat (depth)"]),
    ],
)  # fmt: skip
def test_faults(write, text, expected):
    assert faults(write(text)) == expected


def test_all_faults_are_told_at_once(write):
    text = "events:\n- id: a\n  when: 2020-13\n  title: t\n  reveiw: x\n- id: b\n  when: soon\n  status: x\n"
    assert [f.split(": ")[0] for f in faults(write(text))] == ["log:3:9", "log:5:3", "log:7:9", "log:8:11", "log:6:3"]


def test_crlf_bom_and_folders(write, tmp_path):
    path = write(b"\xef\xbb\xbf" + LOG.replace("\n", "\r\n").encode())
    assert len(EventLog.read(path)) == 2
    write(LOG.replace("id: a", "id: c").replace("id: b", "id: d"), "other.yaml")
    assert len(EventLog.read(tmp_path)) == 4
    write(LOG, "third.yml")
    assert [f.code for f in EventLog.load(tmp_path).faults()] == ["duplicate-id", "duplicate-id"]
    with pytest.raises(FileNotFoundError):
        EventLog.read(tmp_path / "none.yaml")


def test_an_unresolved_event_is_kept(write):
    event = EventLog.read(write("events:\n- id: a\n  when: unresolved\n  title: t\n  unresolved: no date\n"))[0]
    assert event.when is None
    assert "no date: no date" in event.explain()


def test_a_million_laughs_end_at_once(write):
    text = "a: &a [x,x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)},*{chr(97 + i)}]\n" for i in range(20)
    )
    assert faults(write(text + "events: []\n"))[0].endswith("(anchor)")


def test_explain(write):
    said = EventLog.read(write(LOG)).by_id("a").explain()
    assert said.splitlines() == [
        "a: Talks open",
        "  2020-09-12: 12 September 2020 (happened, confirmed)",
        "  from x, published 2020-09-14: “12 September”",
    ]


# --- sense


def codes(path):
    return [(f.line, f.code) for f in check(path)]


def test_a_good_log_has_no_faults(write):
    assert codes(write(LOG)) == []


def test_told_twice(write):
    text = "events:\n- id: a\n  when: 2020\n  title: Talks open\n- id: b\n  when: 2020\n  title: talks open\n"
    assert codes(write(text)) == [(7, "twice")]


def test_spans(write):
    text = LOG.replace("span: 12-24", "span: 12-20")
    assert codes(write(text)) == [(10, "span")]
    assert codes(write(LOG.replace("span: 12-24", "span: 24-12"))) == [(10, "span")]


def test_confirmed_without_a_date(write):
    text = "events:\n- id: a\n  when: unresolved\n  title: t\n  review: confirmed\n"
    assert codes(write(text)) == [(3, "no-date")]


def test_sources_without_a_date(write):
    assert codes(write(LOG.replace("    published: 2020-09-14\n", ""))) == [(10, "source-date")]
    assert codes(write(LOG.replace("published: 2020-09-14", "published: unknown"))) == []
    assert codes(write(LOG.replace("published: 2020-09-14", "published: last week"))) == [(11, "published")]


def test_related(write):
    text = LOG.replace("  tags: [doha", "  related: [a, c]\n  tags: [doha")
    assert codes(write(text)) == [(19, "related")]
    assert codes(write(text.replace("review: confirmed", "review: rejected"))) == [(19, "related"), (19, "related")]


def test_a_date_that_cannot_be_read_hides_no_other_fault(write):
    path = write(
        "events:\n- id: a\n  when: soon\n  title: t\n  review: confirmed\n  sources:\n  - article: x\n"
        "- id: b\n  when: 2020\n  title: u\n  related: [a, c]\n"
    )
    assert [(f.line, f.code) for f in check(path)] == [(3, "when"), (7, "source-date"), (11, "related")]


def test_pictures(tmp_path):
    log = tmp_path / "log.yaml"
    log.write_text(
        "events:\n- id: a\n  when: 2021\n  title: A\n  media:\n  - file: a/b.jpg\n    alt: A bridge\n  - address: https://x.test/c.png\n    credit: 12\n",
        "utf-8",
    )
    media = EventLog.read(log).by_id("a").media
    assert [(m.file, m.address, m.alt, m.credit) for m in media] == [
        ("a/b.jpg", None, "A bridge", None),
        (None, "https://x.test/c.png", None, "12"),
    ]
    for written, said in (
        ("x.jpg", "media: is a list"),
        ("[x.jpg]", "a picture is a mapping"),
        ("\n  - alt: nothing", "either a file: beside the log or an address:"),
        ("\n  - file: a\n    adress: b", "did you mean 'address'"),
    ):
        log.write_text(f"events:\n- id: a\n  when: 2021\n  title: A\n  media: {written}\n", "utf-8")
        with pytest.raises(LogError, match=said):
            EventLog.read(log)


def test_pictures_are_written_and_read_back(tmp_path):
    log = tmp_path / "log.yaml"
    log.write_text("events: []\n", "utf-8")
    event = Event("a", "2021", "A", media=[Media("b: c.jpg", None, "# no comment", "D")], notes="n")
    whole = EventLog.read(log)
    whole.add(event)
    whole.write()
    assert EventLog.read(log).by_id("a") == event


# --- the nearest word, and checks of several files


def test_the_nearest_of_many_is_found():
    from chronicle.nearest import Nearest

    known = [f"2021-07-{n:05}-council-meets-in-town" for n in range(3000)] + ["flood-reaches-oslo"]
    nearest = Nearest(known)
    assert nearest.to("flood-reachs-oslo") == "flood-reaches-oslo"
    assert nearest.to("2021-07-00042-council-meet-in-town") == "2021-07-00042-council-meets-in-town"
    assert nearest.to("qqqq") is None
    assert nearest.to("") is None


def test_related_may_be_in_another_log_or_beside(tmp_path):
    one, two = tmp_path / "one.yaml", tmp_path / "two.yaml"
    one.write_text("events:\n- id: a\n  when: 2020\n  title: t\n  related: [b]\n")
    two.write_text("events:\n- id: b\n  when: 2020\n  title: u\n  related: [a, zz]\n")
    for paths in (one, two, [one, two], tmp_path):
        assert all("'zz'" in f.message for f in check(paths))
    assert check(one) == []
    assert len(check([one, two])) == len(check(tmp_path)) == 1
    other = tmp_path / "else" / "one.yaml"
    other.parent.mkdir()
    other.write_text(one.read_text())
    assert len(check(other)) == 1
    assert check([other, two]) == check(two)


@pytest.mark.parametrize("name", ["x.md", "x.MD", "x.markdown", "x.txt", "named.md"])
def test_spans_are_compared_with_articles_of_every_ending(tmp_path, name):
    articles = tmp_path / "articles"
    articles.mkdir()
    head = "---\nid: x\n---\n" if name.startswith("named") else ""
    (articles / name).write_text(f"{head}They met on 12 September.\n")
    log = tmp_path / "log.yaml"
    body = "events:\n- id: a\n  when: 2020\n  title: t\n  sources:\n  - {article: x, published: unknown, expression: 12 September, span: %s}\n"
    log.write_text(body % "12-24")
    assert check(log, articles) == []
    log.write_text(body % "11-23")
    assert [f.code for f in check(log, articles)] == ["quote"]


def test_ids_that_nobody_sees_are_told(tmp_path):
    log = tmp_path / "log.yaml"
    log.write_text('events:\n- id: "a\\nb"\n  when: 2020\n  title: t\n- id: c\n  when: 2020\n  title: "x\\ey"\n')
    assert [(f.line, f.code) for f in check(log)] == [(2, "characters"), (5, "characters")]
    assert {e.id for e in EventLog.read(log)} == {"a\nb", "c"}
