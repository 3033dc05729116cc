"""Logs in every shape that YAML allows: an edit makes what was meant and touches nothing else, or is refused and touches nothing."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chronicle import Event, EventLog, LogError, Source

EXAMPLES = int(os.environ.get("CHRONICLE_EXAMPLES", "250"))
NEW = "- id: n\n  when: 2022\n  title: N\n  status: happened\n  review: proposed\n"


@pytest.fixture
def write(tmp_path):
    def call(text):
        path = tmp_path / "log.yaml"
        path.write_bytes(text.encode())
        return path

    return call


def edited(path, change):
    log = EventLog.read(path)
    change(log)
    log.write()
    return path.read_bytes().decode()


# --- the smallest of each kind


def test_a_document_end_stays_last(write):
    path = write("events:\n- id: a\n  when: 2020\n  title: t\n...\n")
    text = edited(path, lambda log: log.add(Event("n", "2022", "N")))
    assert text == f"events:\n- id: a\n  when: 2020\n  title: t\n{NEW}...\n"
    assert [e.id for e in EventLog.read(path)] == ["a", "n"]


@pytest.mark.parametrize("dash", ["-\n  ", "- # c\n  ", "-\n\n  # c\n  ", "-   \n  "])
def test_a_dash_on_a_line_of_its_own(write, dash):
    log = f"events:\n{dash}id: a\n  when: 2020\n  title: t\n- id: b\n  when: 2021\n  title: u\n"
    rest = "- id: b\n  when: 2021\n  title: u\n"
    assert edited(write(log), lambda log: log.remove("a")) == "events:\n" + rest
    assert edited(write(log), lambda log: log.merge("b", "a")).startswith("events:\n- id: b")
    assert edited(write(log), lambda log: log.confirm("a")) == log.replace(
        "title: t\n", "title: t\n  review: confirmed\n"
    )
    path = write(log)
    from chronicle.cli.main import run

    assert run(["format", str(path), "--normalise"]) in (0, 1)
    assert [e.id for e in EventLog.read(path)] == ["a", "b"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[{id: a, when: 2020, title: t}, ]", "[{id: a, when: 2020, title: t}, NEW, ]"),
        ("[{id: a, when: 2020, title: t},]", "[{id: a, when: 2020, title: t}, NEW,]"),
        ("[\n  {id: a, when: 2020, title: t}, # c\n]", "[\n  {id: a, when: 2020, title: t}, NEW, # c\n]"),
        ("[{id: a, when: 2020, title: t} # c\n]", "[{id: a, when: 2020, title: t}, NEW # c\n]"),
    ],
)
def test_a_comma_that_trails(write, before, after):
    text = edited(write(f"events: {before}\n"), lambda log: log.add(Event("n", "2022", "N")))
    new = "{id: n, when: 2022, title: N, status: happened, review: proposed}"
    assert text == f"events: {after.replace('NEW', new)}\n"


@pytest.mark.parametrize("event", ["{id: a, when: 2020, title: t, }", "{id: a, when: 2020, title: t,\n}"])
def test_a_comma_that_trails_in_an_event(write, event):
    text = edited(write(f"events:\n- {event}\n"), lambda log: log.confirm("a"))
    assert text == f"events:\n- {event.replace('title: t', 'title: t, review: confirmed')}\n"


def test_no_line_break_after_an_empty_field(write):
    path = write("events:\n- id: a\n  when: 2020\n  title: t\n  notes:")
    text = edited(path, lambda log: (log.set("a", tags=["x"]), log.set("a", related=["b"])))
    assert text == "events:\n- id: a\n  when: 2020\n  title: t\n  tags: [x]\n  related: [b]\n  notes:"
    assert edited(path, lambda log: log.set("a", notes="n")).endswith("  notes: n")
    assert edited(path, lambda log: log.add(Event("n", "2022", "N"))).endswith("  notes: n\n" + NEW[:-1])


def test_a_block_at_the_end_without_a_line_break_gains_none(write):
    path = write("events:\n- id: a\n  when: 2020\n  title: t\n  notes: |\n    one\n    two")
    edited(path, lambda log: log.add(Event("n", "2022", "N")))
    assert EventLog.read(path).by_id("a").notes == "one\ntwo"


def test_blank_lines_below_a_block_stay(write):
    log = (
        "events:\n- id: a\n  when: 2020\n  title: t\n  notes: |\n    one\n\n\n# b\n- id: b\n  when: 2020\n  title: t\n"
    )
    assert edited(write(log), lambda log: log.set("a", notes="x")) == log.replace("|\n    one", "x")
    assert edited(write(log), lambda log: log.set("a", notes=None)) == log.replace("  notes: |\n    one\n", "")
    assert edited(write(log), lambda log: log.set("a", tags=["x"])) == log.replace("  notes", "  tags: [x]\n  notes")
    assert edited(write(log), lambda log: log.remove("a")) == "events:\n\n\n# b\n- id: b\n  when: 2020\n  title: t\n"


def test_a_log_as_json(write):
    path = write('{"title": "T", "events": [{"id": "a", "when": "2020", "title": "t"}]}')
    text = edited(
        path, lambda log: (log.confirm("a"), log.add(Event("n", "2022", "N", sources=[Source("x", quote='"q": r')])))
    )
    import json

    assert json.loads(text)["events"][0]["review"] == "confirmed"
    assert json.loads(text)["events"][1]["sources"] == [{"article": "x", "quote": '"q": r'}]


def test_events_in_flow_are_taken_out(write):
    flow = "events: [{id: a, when: 2020, title: t}, {id: b, when: 2020, title: t}, {id: c, when: 2020, title: t}]\n"
    for gone in ("a", "b", "c", "ab", "bc", "ac", "abc"):
        path = write(flow)
        edited(path, lambda log, gone=gone: [log.remove(name) for name in gone])
        assert {e.id for e in EventLog.read(path)} == set("abc") - set(gone)


def test_the_last_event_is_taken_out_and_another_put_in(write):
    path = write("title: T\nevents: # here\n- id: a\n  when: 2020\n  title: t\n")
    assert edited(path, lambda log: log.remove("a")) == "title: T\nevents: [] # here\n"
    assert edited(path, lambda log: log.add(Event("n", "2022", "N"))) == "title: T\nevents: # here\n" + NEW


def test_unknown_fields_of_sources_stay(write):
    log = "events:\n- id: a\n  when: 2020\n  title: t\n  sources:\n  - article: x\n    page: 4\n"
    path = write(log)
    edited(path, lambda log: setattr(log.by_id("a").sources[0], "quote", "q"))
    assert path.read_text() == log.replace("    page: 4", '    quote: q\n    page: "4"')
    from chronicle.cli.main import run

    run(["format", str(path), "--normalise"])
    assert "page" in path.read_text()


def test_what_cannot_be_edited_is_refused_with_its_place(write):
    log = "events:\n- id: a\n  when: 2020\n  title: t\n- ? id\n  : b\n  when: 2020 # c\n  title: u\n"
    path = write(log)
    opened = EventLog.read(path)
    opened.set("b", title="v")
    try:
        opened.write()
    except LogError as error:
        assert (error.faults[0].line, error.faults[0].code, error.faults[0].event) == (5, "edit", "b")
        assert path.read_text() == log
    else:
        assert EventLog.read(path).by_id("b").title == "v"


def test_a_changed_field_of_an_event_itself_is_written(write):
    path = write("events:\n- id: a\n  when: 2020\n  title: t # c\n  tags: [x]\n")
    log = EventLog.read(path)
    log.by_id("a").title = "u"
    log[0].tags.append("y")
    log.write()
    assert path.read_text() == "events:\n- id: a\n  when: 2020\n  title: u # c\n  tags: [x, y]\n"
    log.by_id("a").id = "b"
    with pytest.raises(ValueError, match="id of an event"):
        log.write()


def test_text_that_utf8_cannot_hold_is_never_written(write):
    path = write("events:\n- id: a\n  when: 2020\n  title: t\n  tags: [x]\n")
    log = EventLog.read(path)
    log.by_id("a").tags.append("\ud800")
    with pytest.raises(ValueError, match="a"):
        log.write()
    assert path.read_text() == "events:\n- id: a\n  when: 2020\n  title: t\n  tags: [x]\n"


def test_numbers_of_own_fields_are_written_as_texts(write):
    path = write("events: []\n")
    log = EventLog.read(path)
    log.add(Event("a", "2020", "t", extra={"n": 5, "deep": {"x": [1.5, True, None]}}, sources=[Source("x", start=4)]))
    log.write()
    assert EventLog.read(path).by_id("a").extra == {"n": "5", "deep": {"x": ["1.5", "true", "null"]}}
    log.by_id("a").extra["n"] = 6
    assert log.write() == [path]
    assert EventLog.read(path).by_id("a").extra["n"] == "6"
    assert log.write() == []


# --- shapes put together by chance

WORDS = st.sampled_from(["x", "two words", "ünï 漢字", "a: b", "#h", "- d", "it's", '"q"', "", "no", "~", "{", "end:"])


def scalars(pad, last):
    """Ways of writing a text: (how it stands, what it says)."""
    plain = st.sampled_from(["plain", "two words", "2020", "no", "ünï 漢字 😀", "a-b", "it's", "x:y", "x#y"]).map(
        lambda t: (t, t)
    )
    single = WORDS.filter(bool).map(lambda t: ("'" + t.replace("'", "''") + "'", t))
    double = WORDS.filter(bool).map(lambda t: ('"' + t.replace('"', '\\"') + '"', t))
    folded = st.just((f"one\n{pad}  two", "one two"))
    quoted_lines = st.just((f'"one\n\n{pad}  two \\\n{pad} three"', "one\ntwo three"))
    block = st.sampled_from(
        [
            (f"|\n{pad}  a\n{pad}   b", "a\n b\n"), (f"|-\n{pad}  a\n{pad}  b", "a\nb"), (f">\n{pad}  a\n{pad}  b\n\n{pad}  c", "a b\nc\n"), (f"|2 # c\n{pad}  a", "a\n"),
            (f"|+\n{pad}  a\n", "a\n\n"), (f">-\n{pad}  a\n\n\n", "a"), (f"|\n{pad}  # no comment\n\n", "# no comment\n"),
        ]
    )  # fmt: skip
    return st.one_of(plain, single, double, folded, quoted_lines, block)


@st.composite
def events(draw, name, column, last):
    pad = " " * (column + 2 + draw(st.sampled_from([0, 0, 0, 1, 2])))
    comment = st.sampled_from(["", "", "", "  # c", " #"])
    noise = st.sampled_from(["", "", "", "", "\n", f"{pad}# inside\n", "   \n"])
    fields = [
        ("id", name),
        ("when", draw(st.sampled_from(["2020", "'2021-05'", '"199X"', "2020-09/..", "unresolved"]))),
    ]
    title, _ = draw(scalars(pad, last))
    fields.append(("title", title))
    more = {
        "status": st.sampled_from(["planned", "'happened'"]),
        "review": st.just("proposed"),
        "notes": scalars(pad, last).map(lambda t: t[0]) | st.just(""),
        "tags": st.sampled_from(["[a, 'b, c']", "[a, b, ]", "[]", "", f"\n{pad}- a\n{pad}- 'b'", f"\n{pad}  - a # x\n{pad}  # y\n{pad}  - b", f"[a,\n{pad} b]"]),
        "who": scalars(pad, last).map(lambda t: t[0]),
        "mood": st.sampled_from(["{a: 1, b: [x, y]}", "x", "", f"\n{pad}  a: 1\n{pad}  b: |\n{pad}    t"]),
        "sources": st.sampled_from(
            [f"\n{pad}- article: x\n{pad}  quote: 'q'", f"\n{pad}  - article: x\n{pad}    note: own", "[{article: x, quote: q}]", "[{article: x,}, ]", f"\n{pad}-\n{pad}  article: y\n{pad}- article: z\n{pad}  quote: >\n{pad}    f\n{pad}    g", ""]
        ),
    }  # fmt: skip
    for key in draw(st.lists(st.sampled_from(sorted(more)), unique=True)):
        fields.append((key, draw(more[key])))
    fields = draw(st.permutations(fields))
    quote = draw(st.sampled_from(["", "", "'", '"']))
    body = ""
    for index, (key, value) in enumerate(fields):
        multi = "\n" in value or value.startswith(("|", ">"))
        body += (
            (draw(noise) if index else "")
            + pad
            + f"{quote}{key}{quote}:"
            + (" " * bool(value) if not value.startswith("\n") else "")
            + value
            + ("" if multi else draw(comment))
            + "\n"
        )
    dash = " " * column + "-"
    begin = draw(st.sampled_from(["same", "same", "same", "line", "comment"]))
    if begin == "same":
        body = dash + body[column + 1 :]
    else:
        body = dash + {"line": "", "comment": " # c"}[begin] + "\n" + body
    return body


@st.composite
def flow_events(draw, name):
    q = draw(st.sampled_from(["", "", '"']))
    value = st.sampled_from(["x", "'y, z'", '"w"', "two words"])
    pairs = [f"{q}id{q}: {name}", f"{q}when{q}: 2020", f"{q}title{q}: {draw(value)}"]
    if draw(st.booleans()):
        pairs.append(f"{q}tags{q}: {draw(st.sampled_from(['[a, b]', '[a,]', '[]']))}")
    if draw(st.booleans()):
        pairs.append(f"{q}sources{q}: {draw(st.sampled_from(['[{article: x}]', '[{article: x, quote: q}, ]']))}")
    glue = draw(st.sampled_from([", ", ",\n     ", ", # c\n     "]))
    return "{" + glue.join(pairs) + draw(st.sampled_from(["", ",", " ", ", "])) + "}"


@st.composite
def logs(draw):
    count = draw(st.integers(0, 5))
    names = [f"e{n}" for n in range(count)]
    head = draw(
        st.sampled_from(
            [
                "",
                "title: T\n",
                "# c\n---\ntitle: 'T: x' # c\n",
                "%YAML 1.1\n---\n",
                "description: >\n  long\n  text\n\n",
            ]
        )
    )
    tail = draw(
        st.sampled_from(
            [
                "",
                "",
                "",
                "# tail\n",
                "\n\n",
                "...\n",
                "# c\n...\n# d\n",
                "title: below\n",
                "\n# c\ndescription: |\n  b\n",
            ]
        )
    )
    if ("title" in tail and "title" in head) or ("description" in tail and "description" in head):
        tail = ""
    noise = st.sampled_from(["", "", "\n", "# between\n", "\n# – ünï\n\n", "    # deep\n"])
    if count == 0:
        listed = draw(
            st.sampled_from(["events: []\n", "events:\n", "events: [ ] # c\n", "events: # c\n", "events:\n  []\n"])
        )
    elif draw(st.integers(0, 4)) == 0:
        glue = draw(st.sampled_from([", ", ",\n  ", ", # c\n  "]))
        listed = (
            "events: ["
            + glue.join(draw(flow_events(n)) for n in names)
            + draw(st.sampled_from(["", ",", " # c\n  "]))
            + "]\n"
        )
    else:
        column = draw(st.sampled_from([0, 0, 2, 4]))
        listed = draw(st.sampled_from(["events:\n", "events: # c\n", "'events':\n"]))
        for n in names:
            listed += draw(noise)
            listed += (
                f"{' ' * column}- {draw(flow_events(n))}\n"
                if draw(st.integers(0, 4)) == 0
                else draw(events(n, column, n == names[-1]))
            )
    text = head + listed + tail
    if draw(st.booleans()):
        text = text.rstrip("\n") if draw(st.booleans()) else text
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    return ("\ufeff" if draw(st.integers(0, 6)) == 0 else "") + text.replace("\n", newline), names


CHANGES = [
    "title",
    "when",
    "unset",
    "tags",
    "source",
    "review",
    "notes",
    "who",
    "remove",
    "merge",
    "direct",
    "extra",
    "lists",
    "replace",
]


def change(log, name, what, other, value):
    if what == "source":
        log.add_source(name, Source("added", quote=value))
    elif what == "remove":
        log.remove(name)
    elif what == "merge":
        if other != name:
            log.merge(name, other)
    elif what == "direct":
        log.by_id(name).title = value
    elif what == "extra":
        log.by_id(name).extra["own"] = {"x": [value]}
    elif what == "lists":
        log.by_id(name).places.append(value)
    elif what == "replace":
        log.replace(Event(name, "2001", value, sources=[Source("r", quote=value)]))
    else:
        log.set(name, **{"title": {"title": value}, "when": {"when": "2001-01"}, "unset": {"notes": None, "who": None}, "tags": {"tags": ["n", value]}, "review": {"review": "rejected"}, "notes": {"notes": value}, "who": {"who": value}}[what])  # fmt: skip


@settings(
    max_examples=EXAMPLES, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)  # fmt: skip
@given(st.data())
def test_an_edit_makes_what_was_meant_or_nothing(tmp_path_factory, data):
    text, names = data.draw(logs())
    path = tmp_path_factory.getbasetemp() / "shape.yaml"
    path.write_bytes(text.encode())
    try:
        log = EventLog.read(path)
    except LogError:
        return  # the shape is no log
    assert {e.id for e in log} == set(names)
    before = {e.id: e.copy() for e in log}
    value = data.draw(st.sampled_from(["v", "with: colon", "two\nlines", "# h", "x" * 90, "'q", "ünï"]))
    for _ in range(data.draw(st.integers(1, 4))):
        left = sorted(e.id for e in log)
        what = data.draw(st.sampled_from([*CHANGES, "add", "add"]))
        if what == "add" or not left:
            log.add(Event(f"n{len(log)}", "2022", value, sources=[Source("s", quote=value)], extra={"own": value}))
        else:
            change(log, data.draw(st.sampled_from(left)), what, data.draw(st.sampled_from(left)), value)
    meant = {e.id: e.copy() for e in log}
    try:
        log.write()
    except LogError as error:
        assert path.read_bytes().decode() == text, "refused, but something was written"
        assert error.faults[0].code == "edit"
        REFUSED.append(text)
        return
    WRITTEN.append(text)
    after = path.read_bytes().decode()
    assert {e.id: e for e in EventLog.read(path)} == meant
    untouched = [name for name in names if meant.get(name) == before[name]]
    assert_untouched(text, after, untouched)


def assert_untouched(before, after, names):
    """Every line of an event that nothing touched stands there as it stood, in the same order."""
    import yaml

    def pieces(text):
        root = yaml.compose(text.removeprefix("\ufeff"), Loader=yaml.SafeLoader)
        found = {}
        for item in next(v for k, v in root.value if k.value == "events").value or ():
            if isinstance(item, yaml.MappingNode):
                name = next(v.value for k, v in item.value if k.value == "id")
                lines = text.removeprefix("\ufeff")[item.start_mark.index : item.end_mark.index].rstrip().split("\n")
                while not lines[-1].strip() or lines[-1].lstrip().startswith("#"):
                    lines.pop()  # what stands below it is no part of it
                found[name] = "\n".join(lines).rstrip()
        return found

    for comment in ("# between\n", "# – ünï\n", "    # deep\n", "# tail\n"):
        assert before.splitlines().count(comment[:-1]) <= after.splitlines().count(comment[:-1])
    old, new = pieces(before), pieces(after)
    for name in names:
        if name == [*old][-1] and old[name] != new[name]:
            # a block of text at the end of a file without a line break says that it has none
            assert new[name].replace("|-", "|").replace(">-", ">").replace("|2-", "|2") == old[name].replace(
                "|+", "|"
            ).replace("|-", "|").replace(">-", ">")
        else:
            assert new[name] == old[name]


REFUSED: list[str] = []
WRITTEN: list[str] = []


def test_hardly_any_shape_is_refused():
    """Runs after the one above, in its process."""
    if len(WRITTEN) > 50:
        assert len(REFUSED) <= len(WRITTEN) // 20, REFUSED[:3]
