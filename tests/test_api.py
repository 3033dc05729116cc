"""The public face: what a person would type works, or says what to type; every name has an example that runs."""

from __future__ import annotations

import doctest
import inspect
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

import chronicle
from chronicle import (
    Article,
    ArticleError,
    ChronicleError,
    Event,
    EventLog,
    EventView,
    Media,
    Predicate,
    Source,
    TimeMention,
    When,
)

TEXT = "The council met on Monday. It will meet again on 3 August, and has talked every week for two years since last September."


@pytest.fixture
def log(tmp_path):
    log = EventLog.new(tmp_path / "talks.yaml", "Talks")
    log.add(Event("a", "2021-07-01", "They met", "happened", "confirmed", tags=["doha"], extra={"weight": "3"}))
    log.add(Event("b", "2021-07-02", "They will meet", "planned", tags=["doha", "paris"], sources=[Source("x", publisher="The Post")]))
    log.add(Event("c", "2021-08-02", "They meet", "ongoing", predicate=Predicate("meet", 5, 9)))
    log.add(Event("d", None, "They came", unresolved="no year"))
    return log


# --- examples of docstrings


def examples(name: str) -> list[doctest.DocTest]:
    value = getattr(chronicle, name)
    return [t for t in doctest.DocTestFinder(recurse=False).find(value, name, globs={"chronicle": chronicle, name: value}) if t.examples]


@pytest.mark.parametrize("name", chronicle.__all__)
def test_every_public_name_has_an_example_that_runs(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = examples(name)
    assert found, f"{name} has no example in its docstring"
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    told: list[str] = []
    for test in found:
        runner.run(test, out=told.append)
    assert runner.failures == 0, "".join(told)


@pytest.mark.parametrize("name", chronicle.__all__)
def test_every_public_name_and_method_stands_in_the_reference(name):
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    assert re.search(rf"`{name}\b", text), name
    value = getattr(chronicle, name)
    if inspect.isclass(value) and not issubclass(value, (Exception, tuple)):
        for method, found in vars(value).items():
            if not method.startswith("_") and (inspect.isfunction(found) or isinstance(found, (classmethod, property))):
                assert re.search(rf"\b{method}\b", text), f"{name}.{method}"


def test_the_reference_names_nothing_that_is_not_there():
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    for module, name in re.findall(r"`chronicle\.((?:\w+\.)*)(\w+)\(", text):
        value = chronicle
        for part in filter(None, module.split(".")):
            value = getattr(value, part, None) or __import__(f"chronicle.{module.rstrip('.')}", fromlist=["x"])
        assert hasattr(value, name), f"chronicle.{module}{name}"
    for name, told in re.findall(r"^`(\w+)\(([^`]*)\)", text, re.MULTILINE):
        if hasattr(chronicle, name):
            given = {p.split("=")[0].strip(" *") for p in told.split(",")} - {"", "..."}
            assert given <= set(inspect.signature(getattr(chronicle, name)).parameters) | {"sources"}, name


def test_names_do_not_depend_on_the_order_of_imports():
    code = "import importlib, chronicle, sys\nfor m in sys.argv[1:]: importlib.import_module('chronicle.' + m)\nassert all(callable(getattr(chronicle, n)) and type(getattr(chronicle, n)).__name__ != 'module' for n in chronicle.__all__)"
    modules = ["extraction.extract", "drawing.figure", "readers", "log", "archive"]
    for order in (modules, modules[::-1]):
        subprocess.run([sys.executable, "-c", code, *order], check=True, cwd=ROOT)


# --- extract


def test_extract_takes_an_article_a_text_or_a_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("monday.md").write_text(f"---\npublished: 2021-07-16\n---\n{TEXT}\n", "utf-8")
    expected = [(str(e.when), e.title) for e in chronicle.extract(Article(TEXT, "2021-07-16"))]
    assert len(expected) > 1
    for found in (
        chronicle.extract(TEXT, published="2021-07-16"),
        chronicle.extract(TEXT, "2021-07-16"),
        chronicle.extract(Path("monday.md")),
        chronicle.extract("monday.md"),
        chronicle.extract(Article(TEXT), "2021-07-16"),
    ):
        assert [(str(e.when), e.title) for e in found] == expected
    assert chronicle.extract(Path("monday.md"), "2021-07-23")[0].when == When.parse("2021-07-19")


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: chronicle.extract(5), "extract takes one Article, text or Path of a file at a time, not int"),
        (lambda: chronicle.extract([Article("x")]), "at a time, not list"),
        (lambda: chronicle.extract("nowhere.md"), "nowhere.md"),
        (lambda: chronicle.extract("They met.", published="July"), "is not a publication date; write ISO 8601"),
        (lambda: chronicle.find_times(Article("x")), "the text is a string, not Article"),
        (lambda: chronicle.timeline("x"), "there is no such log; timeline takes events: a log"),
        (lambda: chronicle.timeline(5), "timeline takes events: a log, .*, not int"),
        (lambda: chronicle.timeline([Article("x")]), "number 1 of what was given is of type Article"),
        (lambda: chronicle.write_html("x", "y.html"), "write_html takes events"),
        (EventLog, r"EventLog.read\(path\), and begun with EventLog.new\(path\)"),
        (lambda: EventLog.new("talks.txt"), "ends with .yaml or .yml"),
        (lambda: Event.from_dict({"id": "a"}), "the field title is missing: an event needs it"),
        (lambda: Event.from_dict([]), "an event is made of a dict of its fields, not of list"),
        (lambda: Source.from_dict({"article": "a", "quot": "x"}), "a source has no field 'quot'; did you mean 'quote'"),
        (lambda: Source.from_dict({"article": "a", "start": "x"}), "the field start is a whole number, not 'x'"),
        (lambda: TimeMention.from_dict({"start": 0}), "the field end is missing"),
    ],
)
def test_errors_say_what_would_be_right(call, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises((ChronicleError, OSError), match=told):
        call()


# --- read_article


def test_read_article_reads_every_kind(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps({"text": "They met.", "published": "2021-07-16"}), "utf-8")
    assert chronicle.read_article(tmp_path / "a.json").text == "They met."
    pytest.importorskip("trafilatura")
    page = "<html><head><title>Talks</title></head><body><article><p>The council met on Monday, and it will meet again in the autumn.</p></article></body></html>"
    (tmp_path / "b.html").write_text(page, "utf-8")
    assert "The council met on Monday" in chronicle.read_article(tmp_path / "b.html").text


@pytest.mark.parametrize(("count", "told"), [(0, "no"), (2, "2"), (1001, "more than 1000")])
def test_read_article_says_how_many_there_are(tmp_path, count, told):
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"text": f"They met {n} times."}) + "\n" for n in range(count)), "utf-8")
    with pytest.raises(ArticleError, match=rf"holds {told} articles, and read_article reads one; read_articles\("):
        chronicle.read_article(path)


# --- logs


def test_where_chains_and_is_a_sequence(log):
    view = log.where(tags="doha")
    assert isinstance(view, EventView)
    assert [e.id for e in view] == ["a", "b"]
    assert view == [log["a"], log["b"]]
    assert view != [log["b"], log["a"]]
    assert view.where(status="planned").during("2021-07") == [log["b"]]
    assert view["b"] is log["b"] and view[-1] is log["b"] and view[:1] == [log["a"]]
    assert "b" in view and "c" not in view and log["c"] not in view
    assert len(log.where()) == 4
    assert log.where(status="denied") == []


def test_where_fits_each_kind_of_field(log):
    def ids(**fields):
        return [e.id for e in log.where(**fields)]

    assert ids(when="2021-07-02") == ["b"]
    assert ids(when=When.parse("2021-07-02")) == ["b"]
    assert ids(when=None) == ["d"]
    assert ids(tags=None) == ["c", "d"]
    assert ids(status=["planned", "ongoing"]) == ["b", "c"]
    assert ids(tags={"paris"}, review="proposed") == ["b"]
    assert ids(sources="The Post") == ["b"] == ids(sources="x")
    assert ids(predicate="meet") == ["c"]
    assert ids(weight="3") == ["a"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"reviw": "confirmed"}, "an event has no field 'reviw'; did you mean 'review'"),
        ({"status": "hapened"}, "no event has the status 'hapened'; it is one of happened, .*did you mean 'happened'"),
        ({"review": ["confirmed", "rejectd"]}, "did you mean 'rejected'"),
        ({"outcome": "late"}, "it is one of done, put off, cancelled"),
        ({"title": 5}, "title is asked for by a text, not by int"),
        ({"when": 2021}, "when is asked for by a When or EDTF text"),
    ],
)
def test_where_refuses_what_is_not_known(log, fields, told):
    with pytest.raises(ValueError, match=told):
        log.where(**fields)


def test_an_event_by_its_id(log):
    assert log["b"] is log.by_id("b") is log[1]
    assert "b" in log and "z" not in log
    with pytest.raises(KeyError, match="there is no event 'bb'"):
        log["bb"]
    with pytest.raises(ValueError, match="by its number, its id or a slice, not by float"):
        log[1.5]
    with pytest.raises(IndexError):
        log[4]


def test_a_new_log(tmp_path):
    path = tmp_path / "new-talks.yaml"
    log = EventLog.new(path)
    assert not path.exists()
    assert log.write() == [path]
    assert log.write() == []
    assert EventLog.read(path).title == "New talks"
    with pytest.raises(ValueError, match=r"is there already; EventLog\.read"):
        EventLog.new(path)
    log.add(Event("a", "2021", "They met"))
    log.write()
    assert [e.id for e in EventLog.read(path)] == ["a"]


def test_a_new_log_does_not_write_over_another(tmp_path):
    path = tmp_path / "talks.yaml"
    log = EventLog.new(path)
    path.write_text("events: []\n", "utf-8")
    with pytest.raises(ValueError, match="is there by now"):
        log.write()
    assert path.read_text("utf-8") == "events: []\n"


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_there_and_back(log, tmp_path, library):
    pytest.importorskip(library)
    frame = getattr(log.where(tags="doha"), f"to_{library}")()
    back = EventLog.from_pandas(frame, tmp_path / "back.yaml")
    assert [(e.id, e.when, e.title, e.status, e.review, e.tags) for e in back] == [
        (e.id, e.when, e.title, e.status, e.review, e.tags) for e in log.where(tags="doha")
    ]
    assert back["b"].sources == [Source("x")]
    assert len(chronicle.timeline(frame).data) > 0


def test_a_frame_of_ones_own():
    pandas = pytest.importorskip("pandas")
    import datetime

    from chronicle.log.frames import events_of

    frame = pandas.DataFrame(
        {
            "when": ["2021-07", datetime.date(2021, 7, 2), pandas.Timestamp("2021-07-03"), pandas.Timestamp("2021-07-04 10:30"), None, 44],
            "title": ["A", "A", "B", "C", "D", "E"],
            "place": ["Doha", None, float("nan"), "", "Paris", "Rome"],
        }
    )
    events = events_of(frame)
    assert [str(e.when) for e in events] == ["2021-07", "2021-07-02", "2021-07-03", "2021-07-04T10:30:00", "None", "0044"]
    assert [e.id for e in events][:2] == ["2021-07-a", "2021-07-02-a"]
    assert [e.extra for e in events] == [{"place": "Doha"}, {}, {}, {}, {"place": "Paris"}, {"place": "Rome"}]
    with pytest.raises(ValueError, match=r"no column 'when' .*did you mean 'wen'"):
        events_of(frame.rename(columns={"when": "wen"}))
    with pytest.raises(ValueError, match=r"row 2 of the frame: .*no month 13"):
        events_of(pandas.DataFrame({"when": ["2021", "2021-13"], "title": ["A", "B"]}))


def test_lists_and_views_keep_their_lanes(tmp_path):
    for name, title in (("2021", "Talks in Doha"), ("2022", "Talks in Paris")):
        (tmp_path / f"{name}.yaml").write_text(f"title: {title}\nevents:\n- id: e{name}\n  when: {name}-07-01\n  title: They met\n", "utf-8")
    log = EventLog.read(tmp_path)
    log.add(Event("new", "2022-08-01", "They met again"))
    assert [e.story for e in log] == ["Talks in Doha", "Talks in Paris", "Talks in Paris"]

    def lanes(events):
        return sorted(a.text for a in chronicle.timeline(events, lanes="story").layout.annotations if a.text and "Talks" in a.text)

    assert len(lanes(log)) == 2
    assert lanes(list(log)) == lanes(log) == lanes(log.where(status="happened")) == lanes(iter(log)) == lanes(tmp_path) == lanes(str(tmp_path))
    assert Event.from_dict(log["new"].to_dict()).story is None


# --- records


def test_records_go_to_dicts_and_back(log):
    article = Article(TEXT, "2021-07-16T10:00:00+02:00", "Talks", url="https://example.org/a", published_conflicts=("x",))
    mentions = chronicle.find_times(article.text, article.published)
    assert len(mentions) > 4
    events = chronicle.extract(article)
    records = [article, *mentions, *events, *log, *(s for e in events for s in e.sources), Media("a.png", alt="A"), Predicate("met", 4, 7)]
    for record in records:
        told = json.loads(json.dumps(record.to_dict()))
        assert type(record).from_dict(told) == record


def test_a_dict_shares_nothing_with_its_record():
    event = Event("a", "2021", "A", tags=["x"], extra={"own": {"deep": ["y"]}})
    told = event.to_dict()
    told["tags"].append("z")
    told["extra"]["own"]["deep"].append("z")
    assert event.tags == ["x"]
    assert event.extra == {"own": {"deep": ["y"]}}
    assert told["when"] == "2021"
    assert "notes" not in told and "story" not in told
    assert Event("b", None, "B").to_dict()["when"] is None


def test_what_an_event_does_not_know_is_the_curators_own():
    assert Event.from_dict({"id": "a", "when": "2021", "title": "A", "weight": "3", "extra": {"colour": "red"}}).extra == {
        "weight": "3",
        "colour": "red",
    }


def test_an_archive_without_its_libraries_says_what_to_install():
    code = "import sys; sys.modules['pyarrow'] = None\nimport chronicle\ntry: chronicle.Archive\nexcept chronicle.ChronicleError as error: print(error)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "chronicle.Archive needs pyarrow: pip install 'chronicle-timeline[archive]'"
