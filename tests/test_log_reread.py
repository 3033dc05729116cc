"""What an edit makes is read back from the touched events alone, and is what reading the whole file gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chronicle import EventLog
from chronicle.log import edit
from chronicle.log.logfile import LogFile

HEADS = ["title: T\nevents:\n", "# c\nformat: 1\nevents:\n", "events:\n\n"]
EVENTS = [
    "- id: {id}\n  when: 2021-01-0{n}\n  title: Plain\n",
    "- id: {id}\n  when: 2021-01-0{n}\n  title: Blocks\n  notes: |\n    one\n\n    two\n\n",
    "- id: {id}\n  when: 2021-01-0{n}\n  title: Kept\n  notes: |+\n    one\n\n\n",
    "- id: {id}   # a comment\n  when: 2021-01-0{n}\n  title: >-\n    folded\n    text\n  tags: [a, b]\n# between\n\n",
    "- when: 2021-01-0{n}\n  title: 'Quoted ''it'''\n  id: {id}\n  notes: \"a\n\n    b\"\n",
    "- {{id: {id}, when: 2021-01-0{n}, title: Flow}}\n",
    "-  id: {id}\n   when: 2021-01-0{n}\n   title: Wide\n   sources:\n   - article: x\n     quote: it was\n       so\n",
    "-\n  id: {id}\n  when: 2021-01-0{n}\n  title: Below\n",
    "- id: {id}\r\n  when: 2021-01-0{n}\r\n  title: Windows\r\n",
    "- id: {id}\n  when: 2021-01-0{n}\n  title: Odd \x85  break\n",
]  # fmt: skip
TAILS = ["", "# the end\n", "\n\n", "own: field\n", "...\n"]
VALUES = ["New", "a: b", "- x", "two\nlines\n", "# no", "'", "...", "---\nid: x", "trailing\n\n\n", "\u2028 sep", "x" * 200, "&a *b", " lead"]


def same(one: LogFile, two: LogFile) -> None:
    assert one.raw == two.raw
    assert one.events == two.events
    assert list(one.events) == list(two.events)
    assert one.places == two.places
    assert one.list == two.list
    assert one.root == two.root
    assert one.lines.starts == two.lines.starts


@settings(max_examples=400, deadline=None)
@given(
    head=st.sampled_from(HEADS), kinds=st.lists(st.sampled_from(EVENTS), min_size=1, max_size=4), tail=st.sampled_from(TAILS),
    indent=st.sampled_from(["", "  "]), open_end=st.booleans(), data=st.data(),
)  # fmt: skip
def test_read_back_is_what_reading_gives(head, kinds, tail, indent, open_end, data):
    body = "".join(kind.format(id=f"e{n}", n=n + 1) for n, kind in enumerate(kinds))
    body = "".join(indent + line if line.strip() else line for line in body.splitlines(keepends=True))
    text = head + body + tail
    file = LogFile(Path("log.yaml"), (text.rstrip("\n") if open_end else text).encode())
    if file.faults:
        return
    for _ in range(2):
        names = data.draw(st.lists(st.sampled_from(list(file.events)), min_size=1, max_size=2, unique=True))
        changed = {}
        for name in names:
            event = file.events[name].copy()
            field = data.draw(st.sampled_from(["title", "notes", "who", "tags", "review"]))
            value = data.draw(st.sampled_from(VALUES))
            object.__setattr__(event, field, [value] if field == "tags" else "confirmed" if field == "review" else value)
            changed[name] = event
        try:
            made = file.edited(changed, [])
        except ValueError:
            return
        same(made, LogFile(file.path, made.raw))
        assert {n: made.events[n] for n in changed} == changed
        file = made


def test_it_is_used(tmp_path, monkeypatch):
    path = tmp_path / "log.yaml"
    path.write_text("events:\n" + "".join(EVENTS[n % 4].format(id=f"e{n}", n=1) for n in range(40)))
    log = EventLog.read(path)
    read = []
    whole = LogFile._read
    monkeypatch.setattr(LogFile, "_read", lambda file: (read.append(len(file.text)), whole(file)))
    log.confirm("e7")
    log.set("e39", notes="last")
    log.write()
    log.set("e7", title="Again")
    log.write()
    assert read == []
    monkeypatch.undo()
    same(log.files[0], EventLog.read(path).files[0])


@pytest.mark.parametrize("text", ["", "\n", "a", "a\n", "a\r\nb", "a\rb\n", "a\x85b\u2028c\u2029", "a\x0bb\x0cc\x1cd\ne\n", "\n\n"])
def test_lines_are_those_of_yaml(text):
    starts = edit.Lines(text).starts
    slow = edit.Lines(text + "\x0c").starts  # the way that is taken for texts with breaks of Python's own
    assert starts == (slow if not text or text[-1] not in "\r\n\x85\u2028\u2029" else [s for s in slow if s <= len(text)])
