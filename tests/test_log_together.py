"""Several writers of one log: nothing lost, nothing doubled, and what both changed is told."""

from __future__ import annotations

import multiprocessing
import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from victims import victims

from chronicle import Event, EventLog, Source
from chronicle.event import EVENT_FIELDS
from chronicle.log import ConflictError

RUNS = int(os.environ.get("CHRONICLE_RUNS", "200"))
KILLS = int(os.environ.get("CHRONICLE_KILLS", "40"))
LOG = "events:\n- id: a\n  when: 2020-09-12\n  title: Talks open\n- id: b\n  when: 2021\n  title: Talks end\n"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "log.yaml"
    path.write_text(LOG)
    return path


def told(name, article="x", title=None, **more):
    return Event(
        name,
        "2020-05-03",
        title or f"Title of {name}",
        sources=[Source(article, quote=f"On 3 May {name}.", expression="3 May", start=3, end=8)],
        **more,
    )


def two(path):
    return EventLog.read(path), EventLog.read(path)


# --- the smallest of each kind


def test_what_was_added_and_confirmed_meanwhile_is_not_deleted_with_ones_own(path):
    mine, theirs = two(path)
    mine.add(Event("x", "2020", "Mine"))
    mine.remove("x")
    theirs.add(Event("x", "2020", "Theirs"))
    theirs.confirm("x")
    theirs.write()
    mine.write()
    (x,) = [e for e in EventLog.read(path) if e.id.startswith("x")]
    assert (x.id, x.title, x.review) == ("x", "Theirs", "confirmed")


def test_what_is_done_to_an_event_under_another_name_goes_to_it(path):
    mine, theirs = two(path)
    x = mine.add(Event("x", "2020", "Mine"))
    mine.set("x", notes="of mine")
    mine.add(Event("y", "2021", "Points", related=["x"]))
    theirs.add(Event("x", "2020", "Theirs"))
    theirs.write()
    mine.write()
    log = EventLog.read(path)
    assert (log.by_id("x").title, log.by_id("x").notes) == ("Theirs", None)
    assert (log.by_id("x-2").title, log.by_id("x-2").notes) == ("Mine", "of mine")
    assert log.by_id("y").related == ["x-2"]
    assert x.id == "x-2"
    assert mine.by_id("x-2") is x
    assert mine.by_id("x").title == "Theirs"


def test_the_same_event_of_both_is_one_and_stays_rejected(path):
    mine, theirs = two(path)
    mine.add(told("x"))
    theirs.add(told("x"))
    theirs.reject("x")
    theirs.write()
    mine.write()
    (x,) = [e for e in EventLog.read(path) if e.id.startswith("x")]
    assert x.review == "rejected"


def test_extraction_meets_a_rejection_in_between(path):
    from chronicle import Article

    article = Article(
        "The flood reached Oslo on 3 May 2020. The council met in Bergen on 5 May 2020.", published="2020-06-01", id="n"
    )
    mine = EventLog.read(path)
    mine.take(article)
    theirs = EventLog.read(path)
    theirs.take(article)
    rejected = next(e.id for e in theirs if e.sources)
    theirs.reject(rejected)
    theirs.write()
    count = len(theirs)
    mine.write()
    log = EventLog.read(path)
    assert len(log) == count
    assert log.by_id(rejected).review == "rejected"
    assert mine.by_id(rejected).review == "rejected"


def test_notes_of_both_are_a_conflict_and_theirs_stay(path):
    mine, theirs = two(path)
    mine.set("a", notes="mine", who="Ann")
    theirs.set("a", notes="theirs")
    theirs.write()
    with pytest.raises(
        ConflictError,
        match=r"log.yaml:2:3: notes was changed meanwhile, to theirs; what you meant, mine, is not written \[a\]",
    ):
        mine.write()
    a = EventLog.read(path).by_id("a")
    assert (a.notes, a.who) == ("theirs", "Ann")
    mine.set("a", notes="theirs and mine")
    mine.write()
    assert EventLog.read(path).by_id("a").notes == "theirs and mine"


def test_a_merge_does_not_delete_what_somebody_confirmed_meanwhile(path):
    mine, theirs = two(path)
    mine.merge("a", "b")
    theirs.confirm("b")
    theirs.write()
    with pytest.raises(ConflictError):
        mine.write()
    assert {e.id: e.review for e in EventLog.read(path)} == {"a": "proposed", "b": "confirmed"}


def test_a_merge_takes_along_what_came_meanwhile(path):
    mine, theirs = two(path)
    mine.merge("a", "b")
    theirs.add_source("b", Source("new", quote="q"))
    theirs.write()
    mine.write()
    (a,) = EventLog.read(path)
    assert [s.article for s in a.sources] == ["new"]


def test_what_was_taken_out_meanwhile_stays_out_and_is_told(path):
    mine, theirs = two(path)
    mine.confirm("b")
    mine.confirm("a")
    theirs.remove("b")
    theirs.write()
    with pytest.raises(ConflictError) as caught:
        mine.write()
    assert [c.event for c in caught.value.conflicts] == ["b"]
    assert {e.id: e.review for e in EventLog.read(path)} == {"a": "confirmed"}


def test_lists_that_both_changed_are_joined(path):
    mine, theirs = two(path)
    mine.set("a", tags=["x", "y"])
    theirs.set("a", tags=["z"])
    theirs.write()
    mine.write()
    assert EventLog.read(path).by_id("a").tags == ["z", "x", "y"]


def test_the_command_tells_a_conflict(path, capsys, monkeypatch):
    from chronicle.cli.main import run
    from chronicle.log import eventlog

    real = eventlog.EventLog.write

    def late(log, *rest):
        monkeypatch.setattr(eventlog.EventLog, "write", real)
        other = EventLog.read(path)
        other.set("a", title="Theirs")
        other.write()
        return real(log, *rest)

    monkeypatch.setattr(eventlog.EventLog, "write", late)
    assert run(["set", str(path), "a", "title=Mine"]) == 1
    assert (
        "title was changed meanwhile, to Theirs; what you meant, Mine, is not written [a] (conflict)"
        in capsys.readouterr().err
    )
    assert EventLog.read(path).by_id("a").title == "Theirs"


def test_adding_what_is_there_adds_nothing(path):
    log = EventLog.read(path)
    first = log.add(told("x"))
    log.reject("x")
    log.write()
    again = EventLog.read(path)
    assert again.add(told("x")).review == "rejected"
    assert again.write() == []
    assert log.add(told("x")) is first
    assert log.add(told("x", article="another")).id == "x-2"
    assert log.add(told("x", article="another")).id == "x-2"


def test_setting_is_all_or_nothing_and_typed(path):
    log = EventLog.read(path)
    for bad in (
        {"title": "New", "status": "soon"},
        {"title": "New", "people": "Ann"},
        {"title": "New", "tags": ["a", 3]},
        {"title": "New", "who": ["x"]},
        {"title": 5},
    ):
        with pytest.raises(ValueError, match=r"status|people|tags|who|title"):
            log.set("a", **bad)
    assert log.write() == []
    assert log.by_id("a").title == "Talks open"
    log.set("a", tags=("p", "q"))
    assert log.by_id("a").tags == ["p", "q"]


def test_a_merge_keeps_everything(path):
    log = EventLog.read(path)
    log.set("a", notes="one")
    log.replace(
        Event(
            "b",
            "2021",
            "Talks end",
            notes="two",
            who="they",
            according_to="Ann",
            tags=["t"],
            extra={"mood": "calm"},
            related=["a"],
            previously="2022",
        )
    )
    log.add(Event("c", "2022", "C", related=["b", "a"]))
    log.add(Event("d", "2022", "D", related=["b"]))
    log.merge("a", "b")
    log.write()
    log = EventLog.read(path)
    a = log.by_id("a")
    assert (a.notes, a.who, a.according_to, a.tags, a.extra, a.related) == (
        "one / two / b: 2021",
        "they",
        "Ann",
        ["t"],
        {"mood": "calm"},
        [],
    )
    assert log.by_id("c").related == ["a"]
    assert log.by_id("d").related == ["a"]


def test_a_changed_predicate_is_written(path):
    from chronicle.event import Predicate

    log = EventLog.read(path)
    log.replace(Event("a", "2020-09-12", "Talks open", predicate=Predicate("open", 6, 10)))
    log.write()
    assert path.read_text() == LOG.replace("Talks open\n", "Talks open\n  predicate: open 6-10\n")


# --- files


def test_ways_to_one_file_share_its_lock(tmp_path):
    (tmp_path / "nest" / "sub").mkdir(parents=True)
    real = tmp_path / "nest" / "sub" / "2021.yaml"
    real.write_text("events: []\n")
    (tmp_path / "link").mkdir()
    (tmp_path / "link" / "2021.yaml").symlink_to(real)
    ways = [tmp_path / "nest", tmp_path / "nest" / "sub", real, tmp_path / "link", tmp_path / "link" / "2021.yaml"]
    workers = [
        multiprocessing.get_context("spawn").Process(target=add_some, args=(way, f"w{n}", 12))
        for n, way in enumerate(ways)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(120)
        assert worker.exitcode == 0
    assert len(EventLog.read(real)) == 12 * len(ways)
    assert (tmp_path / "link" / "2021.yaml").is_symlink()


def add_some(path, name, count):
    for number in range(count):
        log = EventLog.read(path)
        log.add(Event(f"{name}-{number}x", "2021", f"{name} {number}"))
        log.write()


def test_a_lock_by_file_serves_where_folders_cannot_be_locked(path):
    from chronicle.log import storage

    pytest.importorskip("filelock")
    with storage._locked_by_file(path.parent):
        assert (path.parent / ".chronicle.lock").exists()
    log = EventLog.read(path.parent)
    assert len(log) == 2


def test_a_loop_of_links_is_a_line(tmp_path, capsys):
    from chronicle.cli.main import run

    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    assert run(["extract", "seeds", "--log", str(tmp_path / "loop.yaml")]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_file_that_is_not_to_be_written_is_not(path):
    path.chmod(0o444)
    log = EventLog.read(path)
    log.confirm("a")
    with pytest.raises(PermissionError):
        log.write()
    assert path.read_text() == LOG
    assert not list(path.parent.glob(".*"))


def test_what_a_killed_writer_left_is_swept(path):
    left = path.parent / ".log.yaml.abcd1234.tmp"
    left.write_text("half")
    other = path.parent / ".other.yaml.abcd1234.tmp"
    other.write_text("another's")
    log = EventLog.read(path)
    log.confirm("a")
    log.write()
    assert not left.exists()
    assert other.exists()


# --- a model


FIELDS = {"title": ["A", "B"], "when": ["2001", "2002-03"], "notes": ["n", "m", None], "who": ["Ann", None], "status": ["planned", "denied"], "review": ["confirmed", "rejected", "proposed"]}  # fmt: skip


class Writers(RuleBasedStateMachine):
    """Several writers of one file, each with what it read and did, against the events as they should stand, in memory.

    The model knows nothing of texts, edits or operations: for each writer it keeps the values that it saw and wants of each field. A write
    puts a wanted value where the file still has what was seen, and is a conflict where it has a third.
    """

    @initialize()
    def begin(self):
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "log.yaml"
        self.path.write_text(
            "# head\nevents:\n- id: a\n  when: 2020 # c\n  title: A\n- {id: b, when: 2021, title: B}\n# between\n- id: c\n  when: 2022\n  title: C\n  notes: |\n    n\n# tail\n"
        )
        self.writers = [EventLog.read(self.path) for _ in range(3)]
        self.disk = {e.id: state(e) for e in self.writers[0]}
        self.seen = [dict(self.disk) for _ in self.writers]
        self.wants = [[] for _ in self.writers]
        self.number = 0
        self.rejected_quotes = set()

    who = st.integers(0, 2)
    pick = st.integers(0, 50)

    def some(self, writer, pick):
        ids = sorted(e.id for e in self.writers[writer])
        return ids[pick % len(ids)] if ids else None

    @rule(who=who)
    def read(self, who):
        self.writers[who] = EventLog.read(self.path)
        self.wants[who] = []

    @rule(who=who, pick=pick, field=st.sampled_from(sorted(FIELDS)), value=pick)
    def set(self, who, pick, field, value):
        name = self.some(who, pick)
        if name is None:
            return
        value = FIELDS[field][value % len(FIELDS[field])]
        before = state(self.writers[who].by_id(name))[field]
        self.writers[who].set(name, **{field: value})
        after = state(self.writers[who].by_id(name))[field]
        if before != after:
            self.wants[who].append(("set", name, field, before, after))

    @rule(who=who, pick=pick, tag=st.sampled_from(["p", "q", "r"]))
    def tag(self, who, pick, tag):
        name = self.some(who, pick)
        if name is not None and tag not in self.writers[who].by_id(name).tags:
            self.writers[who].by_id(name).tags.append(tag)  # directly
            self.wants[who].append(("tag", name, tag))

    @rule(who=who)
    def add(self, who):
        self.number += 1
        name = f"n{self.number}"
        self.writers[who].add(Event(name, "2010", f"Added {self.number}"))
        self.wants[who].append(("add", name, state(self.writers[who].by_id(name))))

    @rule(who=who, pick=pick)
    def remove(self, who, pick):
        name = self.some(who, pick)
        if name is None:
            return
        before = state(self.writers[who].by_id(name))
        self.writers[who].remove(name)
        if any(w[0] == "add" and w[1] == name for w in self.wants[who]):
            self.wants[who] = [w for w in self.wants[who] if w[1] != name]
        else:
            self.wants[who].append(("remove", name, before))

    @rule(who=who, pick=pick, article=st.sampled_from(["x", "y"]))
    def source(self, who, pick, article):
        name = self.some(who, pick)
        if name is not None and article not in [s.article for s in self.writers[who].by_id(name).sources]:
            self.writers[who].add_source(name, Source(article, quote="q"))
            self.wants[who].append(("source", name, article))

    @rule(who=who, article=st.sampled_from(["k", "l"]))
    def extract(self, who, article):
        """The same article taken by any number of writers is there once, and stays rejected."""
        name = f"take-{article}"
        if name not in [e.id for e in self.writers[who]]:
            self.writers[who].take([told(name, article, title=f"Storm number {article} hits {article.upper()}ville")])
            if name in [e.id for e in self.writers[who]]:
                self.wants[who].append(("take", name, state(self.writers[who].by_id(name))))

    @rule(who=who)
    def write(self, who):
        expected = self.expect(who)
        try:
            self.writers[who].write()
            told = set()
        except ConflictError as error:
            told = {(c.event, c.what) for c in error.conflicts}
        assert told == expected, (told, expected)
        self.wants[who] = []
        now = {e.id: state(e) for e in EventLog.read(self.path)}
        assert now == self.disk
        # a writer that wrote nothing sees what it read; one that wrote sees the file
        assert {e.id: state(e) for e in self.writers[who]} == self.disk or not self.changed

    def expect(self, who):
        """Do in the model what a write should do; returns what of which event is told as a conflict."""
        conflicts = set()
        self.changed = bool(self.wants[who])
        for what, name, *rest in self.wants[who]:
            event = self.disk.get(name)
            if what == "add":
                self.disk[name] = dict(rest[0])
            elif what == "take":
                if event is None:
                    self.disk[name] = dict(rest[0])
            elif what == "remove":
                if event is not None:
                    same = all(event[f] == rest[0][f] for f in event if f != "sources")
                    if same:
                        del self.disk[name]
                    else:
                        conflicts.add((name, "the event"))
            elif event is None:
                conflicts.add((name, {"tag": "tags", "source": "sources"}.get(what, rest[0])))
            elif what == "tag":
                if rest[0] not in event["tags"]:
                    event["tags"] = (*event["tags"], rest[0])
            elif what == "source":
                if rest[0] not in event["sources"]:
                    event["sources"] = (*event["sources"], rest[0])
            elif event[rest[0]] == rest[1]:
                event[rest[0]] = rest[2]
            elif event[rest[0]] != rest[2]:
                conflicts.add((name, rest[0]))
        return conflicts

    @invariant()
    def whole(self):
        if not hasattr(self, "path"):
            return
        text = self.path.read_text()
        assert text.startswith("# head\n")
        assert "# tail\n" in text
        assert "# between\n" in text
        assert [p.name for p in self.path.parent.iterdir()] == ["log.yaml"]

    def teardown(self):
        if hasattr(self, "folder"):
            self.folder.cleanup()


def state(event):
    values = {
        name: getattr(event, name) for name in EVENT_FIELDS if name not in ("sources", "media", "predicate", "id")
    }
    values = {
        name: tuple(v) if isinstance(v, list) else str(v) if v is not None else None for name, v in values.items()
    }
    return {**values, "sources": tuple(s.article for s in event.sources)}


Writers.TestCase.settings = settings(
    max_examples=RUNS,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestWriters = Writers.TestCase


# --- real processes, killed

ACT = """
def act(path, name):
    chance = random.Random(name)
    number = 0
    while True:
        log = EventLog.read(path)
        number += 1
        log.add(Event(f"{name}-{number}x", "2020", f"{name} {number}"))
        own = [e.id for e in log if e.id.startswith(name)]
        log.set(chance.choice(own), notes="x" * 5000)
        log.write()
        yield
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked, which this system has not")
def test_killed_writers_lose_nothing_they_were_told_is_written(path, root):
    chance = random.Random(1)
    acknowledged = {}
    with victims(ACT, root) as of:
        for turn in range(KILLS // 4):
            acknowledged |= of.killed({f"v{turn}w{number}": path for number in range(4)}, chance.uniform(0.05, 0.4))
            there = {e.id for e in EventLog.read(path)}
            for name, count in acknowledged.items():
                assert {f"{name}-{n}x" for n in range(1, count + 1)} <= there
    log = EventLog.read(path)
    log.confirm("a")
    log.write()
    assert [p.name for p in path.parent.iterdir()] == ["log.yaml"]
    assert path.read_text().startswith(LOG.replace("Talks open\n", "Talks open\n  review: confirmed\n"))
    print(f"{KILLS} kills, {sum(acknowledged.values())} acknowledged writes, none lost")
