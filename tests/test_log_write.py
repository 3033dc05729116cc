"""Writing logs: an edit touches the lines of its event and no other byte; writes are whole or not at all."""

from __future__ import annotations

import multiprocessing
import os
import random
import re
import stat

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from victims import victims

from chronicle import Event, EventLog, Source
from chronicle.log.text import scalar

LOG = """\
# head
title: Talks   # the story

events:
# about a
- id: a   # first
  when: 2020-09-12
  title: 'Talks open'
  review: proposed   # to do
  notes: |
    one
    two
  tags:
  - x
  - y

- {id: b, when: 2021, title: "B, too"}
# tail
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "log.yaml"
    path.write_text(LOG)
    return path


def edited(path, change):
    log = EventLog.read(path)
    change(log)
    log.write()
    return path.read_text()


def test_set_an_existing_field(path):
    text = edited(path, lambda log: log.confirm("a"))
    assert text == LOG.replace("review: proposed   # to do", "review: confirmed   # to do")


def test_set_a_quoted_title(path):
    text = edited(path, lambda log: log.set("a", title="Talks: open #1"))
    assert text == LOG.replace("'Talks open'", '"Talks: open #1"')


def test_set_a_block_text(path):
    text = edited(path, lambda log: log.set("a", notes="one line"))
    assert text == LOG.replace("notes: |\n    one\n    two\n", "notes: one line\n")


def test_set_a_block_list(path):
    text = edited(path, lambda log: log.set("a", tags=["p", "q, r"]))
    assert text == LOG.replace("tags:\n  - x\n  - y\n", 'tags: [p, "q, r"]\n')


def test_set_a_new_field(path):
    text = edited(path, lambda log: log.set("a", status="planned", previously="2020-09-11"))
    assert text == LOG.replace(
        "  title: 'Talks open'\n  review: proposed   # to do\n",
        "  title: 'Talks open'\n  status: planned\n  review: proposed   # to do\n  previously: 2020-09-11\n",
    )


def test_take_a_field_out(path):
    assert edited(path, lambda log: log.set("a", notes=None)) == LOG.replace("  notes: |\n    one\n    two\n", "")


def test_an_event_on_one_line(path):
    text = edited(path, lambda log: (log.set("b", title="C"), log.reject("b")))
    assert text == LOG.replace(
        '{id: b, when: 2021, title: "B, too"}', "{id: b, when: 2021, title: C, review: rejected}"
    )


def test_add_a_source(path):
    text = edited(
        path, lambda log: (log.add_source("a", Source("x", quote="q")), log.add_source("b", Source("y", quote="r: s")))
    )
    expected = LOG.replace("  - y\n", "  - y\n  sources:\n  - article: x\n    quote: q\n")
    assert text == expected.replace('"B, too"}', '"B, too", sources: [{article: y, quote: "r: s"}]}')
    assert EventLog.read(path).by_id("b").sources[0].quote == "r: s"


def test_add_events(path):
    text = edited(path, lambda log: log.add(Event("c", "2022", "C", sources=[Source("x", start=1, end=2)])))
    new = "- id: c\n  when: 2022\n  title: C\n  status: happened\n  review: proposed\n  sources:\n  - article: x\n    span: 1-2\n"
    assert text == LOG + new


def test_add_before_another_field(tmp_path):
    path = tmp_path / "log.yaml"
    path.write_text("events:\n  - id: a\n    when: 2020\n    title: t\n\n# below\ntitle: x\n")
    text = edited(path, lambda log: log.add(Event("b", "2021", "u")))
    new = "  - id: b\n    when: 2021\n    title: u\n    status: happened\n    review: proposed\n"
    assert text == f"events:\n  - id: a\n    when: 2020\n    title: t\n{new}\n# below\ntitle: x\n"


@pytest.mark.parametrize("empty", ["events: []\n", "events:\n", "events: [ ]\n", "title: x\nevents: []"])
def test_add_to_an_empty_log(tmp_path, empty):
    path = tmp_path / "log.yaml"
    path.write_text(empty)
    edited(path, lambda log: log.add(Event("b", "2021", "u")))
    assert [e.id for e in EventLog.read(path)] == ["b"]


def test_add_to_a_list_on_one_line(tmp_path):
    path = tmp_path / "log.yaml"
    path.write_text("events: [{id: a, when: 2020, title: t}]  # x\n")
    edited(path, lambda log: log.add(Event("b", "2021", "u, v", sources=[Source("s", quote="[q]")])))
    log = EventLog.read(path)
    assert log.by_id("b").title == "u, v"
    assert log.by_id("b").sources[0].quote == "[q]"
    assert path.read_text().endswith("]  # x\n")


def test_merge_remove_replace(path):
    log = EventLog.read(path)
    log.add_source("b", Source("z", quote="q"))
    log.merge("a", "b")
    log.write()
    text = path.read_text()
    assert "id: b" not in text
    assert text.startswith(LOG[: LOG.index("  notes")])
    kept = EventLog.read(path).by_id("a")
    assert [s.article for s in kept.sources] == ["z"]
    assert "b: 2021" in kept.notes
    assert text.endswith("# tail\n")
    log = EventLog.read(path)
    log.replace(Event("a", "2020-09-13", "Talks open", tags=["x", "y"], notes=kept.notes, sources=kept.sources))
    log.write()
    assert "when: 2020-09-13\n" in path.read_text()
    log.replace(Event("a", "2020-09-13", "Talks open", sources=[]))
    log.write()
    assert EventLog.read(path).by_id("a").sources == []
    with pytest.raises(ValueError, match="itself"):
        log.merge("a", "a")


def test_a_taken_id_gets_a_number(path):
    log = EventLog.read(path)
    assert log.add(Event("a", "2020", "x")).id == "a-2"
    assert log.add(Event("a", "2020", "x")).id == "a-3"


def test_nothing_to_write_touches_nothing(path):
    before = path.stat().st_mtime_ns
    assert EventLog.read(path).write() == []
    assert path.stat().st_mtime_ns == before


def test_diff(path):
    log = EventLog.read(path)
    log.confirm("a")
    lines = log.diff().splitlines()
    assert [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")] == [
        "-  review: proposed   # to do",
        "+  review: confirmed   # to do",
    ]


def test_mode_line_ends_and_bom_are_kept(path):
    path.write_bytes(b"\xef\xbb\xbf" + LOG.replace("\n", "\r\n").encode())
    path.chmod(0o640)
    log = EventLog.read(path)
    log.confirm("a")
    log.add(Event("c", "2022", "C"))
    log.write()
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf# head\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_wrong_field_or_value_is_refused(path):
    log = EventLog.read(path)
    with pytest.raises(ValueError, match="did you mean 'status'"):
        log.set("a", statsu="x")
    with pytest.raises(ValueError, match="one of happened"):
        log.set("a", status="x")
    with pytest.raises(ValueError, match="two digits"):
        log.set("a", when="2020-1")
    with pytest.raises(KeyError):
        log.confirm("zz")
    assert log.write() == []


def test_written_to_another_place(path, tmp_path):
    log = EventLog.read(path)
    log.confirm("a")
    log.write(tmp_path / "copy.yaml")
    assert path.read_text() == LOG
    assert "confirmed" in (tmp_path / "copy.yaml").read_text()


def test_a_folder_by_years(tmp_path):
    for year in (2020, 2021):
        (tmp_path / f"{year}.yaml").write_text("events: []\n")
    log = EventLog.read(tmp_path)
    log.add(Event("a", "2021-05", "t"))
    assert log.write() == [tmp_path / "2021.yaml"]
    with pytest.raises(ValueError, match="several files"):
        log.add(Event("b", "1999", "t"))


# --- whatever stands in a log, an edit leaves the rest byte for byte

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)


@given(
    TEXTS
    | st.sampled_from(
        [
            "no",
            "- x",
            "a: b",
            "# c",
            "'q'",
            '"',
            "x #y",
            " lead",
            "trail ",
            "[",
            "{}",
            "&a",
            "*b",
            "!t",
            "%",
            "@",
            "`",
            "|",
            ">",
            "?",
            "a\nb",
            "a\tb",
            "\u2028",
            "1e3",
            "",
        ]
    )
)
def test_scalars_come_back(text):
    import yaml

    for flow in (False, True):
        written = scalar(text, flow=flow)
        body = f"[{written}]" if flow else f"k: {written}"
        node = yaml.compose(body, Loader=yaml.SafeLoader)
        value = node.value[0].value if flow else node.value[0][1].value
        assert value == text


@st.composite
def logs(draw):
    """Make a log in some style of writing, with comments and blank lines; gives its pieces, one for each event."""
    noise = st.sampled_from(["", "", "\n", "# a comment\n", "\n# – ünï\n\n", " # deep\n"])
    indent = draw(st.sampled_from(["", "  "]))
    head = (
        draw(noise)
        + draw(st.sampled_from(["", "title: T\n", "title: 'T: x' # c\ndescription: >\n  long\n  text\n\n"]))
        + "events:\n"
    )
    pieces = []
    for number in range(draw(st.integers(1, 6))):
        name = f"e{number}"
        title = draw(
            st.sampled_from(
                [
                    "plain",
                    "'single ''q'''",
                    '"dou\\"ble"',
                    "with #hash",
                    "ünï 漢字 😀",
                    "|\n{p}  block\n{p}  text",
                    ">-\n{p}  folded\n\n{p}  text",
                ]
            )
        )
        pad = f"{indent}  "
        fields = [
            f"when: {draw(st.sampled_from(['2020', chr(39) + '2021-05' + chr(39), '199X', '2020-09/..']))}",
            f"title: {title.format(p=pad)}",
        ]
        extra = {
            "status": "status: planned   # sure?",
            "review": "review: 'proposed'",
            "tags": draw(st.sampled_from(["tags: [a, 'b, c']", f"tags:\n{pad}- a\n{pad}- b # x", "tags: []"])),
            "notes": draw(
                st.sampled_from(
                    ["notes: one: two".replace(": two", " two"), f"notes: |\n{pad}  x\n{pad}    y", "notes:"]
                )
            ),
            "mood": "mood: {tense: very, list: [1, 2]}",
            "sources": f'sources:\n{pad}- article: x\n{pad}  quote: "q: r"',
        }
        chosen = draw(st.lists(st.sampled_from(sorted(extra)), unique=True))
        fields += [extra[k] for k in chosen]
        if draw(st.integers(0, 4)) == 0:
            body = f"{indent}- {{id: {name}, when: 2020, title: 'x, y', tags: [p]}}\n"
        else:
            between = [draw(st.sampled_from(["", "", f"{pad}# inside\n"])) for _ in fields]
            body = f"{indent}- id: {name}\n" + "".join(f"{b}{pad}{f}\n" for b, f in zip(between, fields, strict=True))
        pieces.append(draw(noise) + body)
    tail = draw(noise)
    return head, pieces, tail


@settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(logs(), st.randoms(use_true_random=False), st.booleans())
def test_edits_leave_the_rest_byte_for_byte(tmp_path, made, chance, crlf):
    head, pieces, tail = made
    whole = head + "".join(pieces) + tail
    newline = "\r\n" if crlf else "\n"
    path = tmp_path / "log.yaml"
    path.write_bytes(whole.replace("\n", newline).encode())
    log = EventLog.read(path)
    before = {e.id: e for e in EventLog.read(path)}
    touched = {}
    for _ in range(chance.randint(1, 5)):
        name = f"e{chance.randrange(len(pieces))}"
        change = chance.choice(["title", "when", "review", "status", "tags", "notes", "source", "unset"])
        touched.setdefault(name, []).append(change)
        if change == "source":
            log.add_source(name, Source("added", quote="said: yes"))
        elif change == "unset":
            log.set(name, notes=None)
        elif change == "tags":
            log.set(name, tags=["n", "o, p"])
        else:
            log.set(
                name,
                **{
                    change: {
                        "title": "New: title",
                        "when": "2001-01",
                        "review": "confirmed",
                        "status": "denied",
                        "notes": "N # n",
                    }[change]
                },
            )
    added = chance.random() < 0.4
    if added:
        log.add(Event("added", "2022", "Added"))
    expected = {e.id: e for e in log}
    log.write()
    text = path.read_bytes().decode()
    assert ("\r\n" in text) == crlf
    assert not re.search(r"(?<!\r)\n", text) or not crlf
    text = text.replace("\r\n", "\n")
    # every event that nothing touched stands there as it stood, in the same order, and so do head and tail
    at = 0
    assert text.startswith(head)
    for number, piece in enumerate(pieces):
        if f"e{number}" in touched:
            continue
        found = text.find(piece, at)
        assert found >= 0, piece
        at = found + len(piece)
    if not added:
        assert text.endswith(tail)
    # and what was changed is what was asked for
    after = {e.id: e for e in EventLog.read(path)}
    assert after == expected
    for name, event in before.items():
        if name not in touched:
            assert after[name] == event


# --- several writers


def _add_some(path, name, count):
    for number in range(count):
        log = EventLog.read(path)
        log.add(Event(f"{name}-{number}x", "2020", f"{name} {number}"))
        log.write()


def test_two_processes_that_add_both_win(path):
    workers = [
        multiprocessing.get_context("spawn").Process(target=_add_some, args=(path, name, 12)) for name in ("p", "q")
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
    ids = {e.id for e in EventLog.read(path)}
    assert ids >= {f"{n}-{i}x" for n in ("p", "q") for i in range(12)}
    assert path.read_text().startswith(LOG)


def test_a_change_made_in_between_is_kept(path):
    log = EventLog.read(path)
    log.confirm("a")
    path.write_text(LOG.replace("2020-09-12", "2020-09-13") + "- {id: z, when: 2023, title: z}\n")
    log.write()
    text = path.read_text()
    assert "2020-09-13" in text
    assert "review: confirmed" in text
    assert "id: z" in text


# --- killed at any moment

KILLS = int(os.environ.get("CHRONICLE_KILLS", "200"))

ACT = """
def act(path, name):
    number = 0
    while True:
        log = EventLog.read(path)
        log.set("a", notes="x" * 20000 + str(number))
        log.write()
        number += 1
        yield
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked, which this system has not")
def test_kill_9_leaves_the_old_file_or_the_new_one(path, root):
    chance = random.Random(1)
    written = set()
    paths = {f"v{number}": path.with_name(f"log{number}.yaml") for number in range(4)}
    for own in paths.values():
        own.write_text(LOG)
    with victims(ACT, root) as of:
        for _ in range(KILLS // 4):
            said = of.killed(paths, chance.uniform(0.0, 0.05))
            for name, own in paths.items():
                log = EventLog.read(own)
                found = re.fullmatch(r"x{20000}(\d+)", log.by_id("a").notes)
                # what was said to be written is there, or what was written after it
                assert found is not None
                assert int(found[1]) in (said[name] - 1, said[name])
                written.add(int(found[1]))
                assert log.by_id("b").title == "B, too"
    assert len(written) > 3, "the victims never wrote; the test shows nothing"
    print(f"{KILLS} kills, every file whole")


def test_doubts_are_written_and_read_back(tmp_path):
    log = EventLog.read(tmp_path / "log.yaml", create=True)
    log.add(Event("a", "2021-07-16", "It closed", doubts=["antecedent", "a curator's own"]))
    log.write()
    (event,) = EventLog.read(tmp_path / "log.yaml")
    assert event.doubts == ["antecedent", "a curator's own"]
    assert "in doubt: it is not clear whom or what a word of the title stands for" in event.explain()
