"""Archives: what is built, stopped, gone on with and changed gives the rows that one run over the same articles gives."""

from __future__ import annotations

import datetime
import json
import os
import signal
import subprocess
import sys
import time

import pytest

pytest.importorskip("distributed")
pytest.importorskip("duckdb")

import pyarrow as pa
import pyarrow.parquet as pq
from distributed import Client

from chronicle import Archive, extract, read_article
from chronicle.archive import plan as planning
from chronicle.archive import schema, state
from chronicle.archive.build import build_archive
from chronicle.cli.main import run as command
from chronicle.syntax.reader import installed

PLACES = ["Norburg", "Ellmouth", "Saltwick", "Harrowby", "Kestrel Bay"]
DEEDS = ["opened the new quay", "closed the old mill", "signed the water treaty", "rejected the budget"]


def record(number, text=None):
    day = datetime.date(2019, 1, 1) + datetime.timedelta(number * 11)
    place, deed = PLACES[number % len(PLACES)], DEEDS[number % len(DEEDS)]
    body = text or f"The council of {place} {deed} on Tuesday. Work had begun in March {2010 + number % 7}."
    return {
        "id": f"a{number}",
        "published": str(day),
        "title": f"{place} {number}",
        "text": body,
        "url": f"https://news.example/{number}",
    }


def write(path, records):
    path.write_text("".join(json.dumps(r) + "\n" for r in records), "utf-8")
    return path


@pytest.fixture(scope="module")
def client():
    with Client(processes=False, n_workers=2, threads_per_worker=1, dashboard_address=None) as found:
        yield found


def rows(folder, dataset="events", columns="* EXCLUDE (part, run)"):
    return {tuple(map(str, r.values())) for r in Archive(folder).sql(f"SELECT {columns} FROM {dataset}").to_pylist()}


def test_an_archive_holds_articles_times_and_events(tmp_path, client):
    source = write(tmp_path / "news.jsonl", [record(n) for n in range(40)])
    done = build_archive([source], tmp_path / "a", client=client)
    assert (done.articles, done.problems) == (40, 0)
    archive = Archive(tmp_path / "a")
    assert archive.sql("SELECT count(*) AS n, count(DISTINCT digest) AS d FROM articles").to_pylist() == [
        {"n": 40, "d": 40}
    ]
    first = archive.sql("SELECT * FROM mentions WHERE article = 'a0' ORDER BY start").to_pylist()
    assert [(m["text"], m["value"], m["edtf"]) for m in first] == [
        ("Tuesday", "2019-01-01", "2019-01-01"),
        ("March 2010", "2010-03", "2010-03"),
    ]
    assert first[1]["earliest"] == datetime.datetime(2010, 3, 1)
    assert first[1]["latest"] == datetime.datetime(2010, 3, 31, 23, 59, 59, 999999)
    for name, expected in schema.DATASETS.items():
        columns = archive.to_arrow(name).schema
        assert [(f.name, f.type) for f in columns][: len(expected)] == [(f.name, f.type) for f in expected]
    assert {p.parent.name for p in (tmp_path / "a" / "articles").rglob("*.parquet")} == {"year=2019", "year=2020"}


def test_nothing_is_done_twice(tmp_path, client):
    source = write(tmp_path / "news.jsonl", [record(n) for n in range(10)])
    build_archive([source], tmp_path / "a", client=client)
    before = rows(tmp_path / "a", columns="*")
    again = build_archive([source], tmp_path / "a", client=client)
    assert (again.articles, again.before, again.parts) == (0, 1, 1)
    assert rows(tmp_path / "a", columns="*") == before


def test_new_articles_are_added_and_changed_ones_replaced(tmp_path, client, monkeypatch):
    monkeypatch.setattr(planning, "PART_BYTES", 800)
    source = write(tmp_path / "news.jsonl", [record(n) for n in range(30)])
    build_archive([source], tmp_path / "a", client=client)
    changed = [record(n, "The mayor resigned on Monday." if n == 3 else None) for n in range(33)]
    write(source, changed)
    told = build_archive([source], tmp_path / "a", client=client)
    assert 0 < told.before < told.parts, "parts that did not change are not read again"
    build_archive([source], tmp_path / "b", client=client)
    for name in ("articles", "mentions", "events"):
        assert rows(tmp_path / "a", name) == rows(tmp_path / "b", name)
    assert Archive(tmp_path / "a").sql("SELECT title FROM events WHERE article = 'a3'").to_pylist() == [
        {"title": "The mayor resigned"}
    ]


def test_what_cannot_be_read_is_a_problem_and_stops_nothing(tmp_path, client):
    source = write(tmp_path / "news.jsonl", [record(0), record(1)])
    source.write_text(source.read_text() + "{broken\n" + json.dumps({"title": "no text"}) + "\n")
    done = build_archive([source, tmp_path / "missing.txt"], tmp_path / "a", client=client)
    assert (done.articles, done.problems) == (2, 3)
    told = sorted(p["problem"] for p in Archive(tmp_path / "a").to_arrow("problems").to_pylist())
    assert any("news.jsonl:3: not JSON" in t for t in told)
    assert any("missing.txt: the file does not exist" in t for t in told)
    # the missing file comes: the problem goes
    (tmp_path / "missing.txt").write_text("The bridge fell on 3 May 2019.")
    build_archive([source, tmp_path / "missing.txt"], tmp_path / "a", client=client)
    told = [p["problem"] for p in Archive(tmp_path / "a").to_arrow("problems").to_pylist()]
    assert not any("missing.txt" in t for t in told)


def test_files_of_one_name_are_articles_of_their_own(tmp_path, client):
    for folder, place in (("one", "Norburg"), ("two", "Saltwick")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "index.md").write_text(f"---\npublished: 2020-01-01\n---\n{place} voted on 5 May 2019.\n")
    build_archive([tmp_path / "one", tmp_path / "two"], tmp_path / "a", client=client)
    assert Archive(tmp_path / "a").to_arrow("articles").num_rows == 2


def test_small_files_are_merged_and_what_came_again_is_left_out(tmp_path, client, monkeypatch):
    monkeypatch.setattr(planning, "PART_BYTES", 1000)
    source = write(tmp_path / "news.jsonl", [record(n) for n in range(30)])
    build_archive([source], tmp_path / "a", client=client)
    files = [p for p in state.read(tmp_path / "a").files["events"] if "year=2019" in p]
    assert len(files) == 1
    times = pq.read_table(tmp_path / "a" / files[0], columns=["earliest"]).column("earliest").to_pylist()
    dated = [t for t in times if t is not None]
    assert dated == sorted(dated), "sorted by time, so that a question reads few row groups"
    assert sorted(p.name for p in (tmp_path / "a" / "notes").iterdir() if p.name != "lock") == []


def test_a_folder_of_something_else_is_refused(tmp_path, client):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ValueError, match="holds something that is no archive"):
        build_archive([tmp_path / "notes.txt"], tmp_path, client=client)
    with pytest.raises(ValueError, match=r"no archive: state\.json is missing"):
        Archive(tmp_path)


def test_parts_do_not_depend_on_what_is_added(tmp_path):
    for number in range(400):
        (tmp_path / f"{number:04}.txt").write_text("x")
    before, _ = planning.plan([tmp_path], {})
    (tmp_path / "0123b.txt").write_text("x")
    after, _ = planning.plan([tmp_path], {})
    changed = {p.name for p in after} - {p.name for p in before}
    assert len(changed) <= 2, "the part that it falls into, or the two that it makes of it"
    assert sum(len(p.pieces) for p in after) == 401


def test_lines_are_never_cut(tmp_path, monkeypatch):
    monkeypatch.setattr(planning, "PART_BYTES", 997)
    source = write(tmp_path / "news.jsonl", [record(n) for n in range(50)])
    raw = source.read_bytes()
    parts, _ = planning.plan([source], {})
    pieces = [p.pieces[0] for p in parts]
    assert len(pieces) > 5
    assert b"".join(raw[p.start : p.stop] for p in pieces) == raw
    assert all(raw[p.start : p.stop].endswith(b"\n") for p in pieces)
    assert len({p.name for p in parts}) == len(parts)


QUESTIONS = [
    ({"about": "norburg"}, {"Norburg"}),
    ({"who": "council saltwick"}, {"Saltwick"}),
    ({"about": "quay", "during": "2019-01"}, {"Norburg"}),
    ({"about": "quay", "during": "../2018"}, set()),
    ({"told": "2019-01", "during": "2019"}, {"Norburg", "Ellmouth", "Saltwick"}),
    ({"status": "planned"}, set()),
    ({"language": "de"}, set()),
]


@pytest.mark.parametrize(("wanted", "places"), QUESTIONS)
def test_questions(archive_of_40, wanted, places):
    quotes = [event.sources[0].quote for event in archive_of_40.find(**wanted)]
    assert {p for quote in quotes for p in PLACES if p in quote} == places


@pytest.fixture(scope="module")
def archive_of_40(tmp_path_factory, client):
    folder = tmp_path_factory.mktemp("archive")
    source = write(folder / "news.jsonl", [record(n) for n in range(40)])
    build_archive([source], folder / "a", client=client)
    return Archive(folder / "a")


def test_events_come_back_as_extraction_made_them(archive_of_40, tmp_path):
    from chronicle import extract, read_articles

    source = write(tmp_path / "one.jsonl", [record(4)])
    (article,) = read_articles(source)
    wanted = extract(article)
    got = [e for e in archive_of_40.find() if e.sources[0].article == "a4"]
    assert sorted(got, key=lambda e: e.id) == sorted(wanted, key=lambda e: e.id)


def test_questions_refuse_what_they_do_not_know(archive_of_40):
    with pytest.raises(ValueError, match="find has no 'abuot'; it has about, who"):
        archive_of_40.rows(abuot="x")
    with pytest.raises(ValueError, match="status 'hapened' is not known"):
        archive_of_40.rows(status="hapened")
    with pytest.raises(ValueError, match="there is no event 'nothing'"):
        archive_of_40.rows(like="nothing")
    with pytest.raises(ValueError, match="no dataset 'event'"):
        archive_of_40.to_arrow("event")


def test_questions_are_parameters_not_sql(archive_of_40):
    assert archive_of_40.rows(about="x'; DROP TABLE events; --", text="' OR 1=1 --") == []


def test_frames(archive_of_40):
    assert archive_of_40.to_pandas("articles").shape[0] == 40
    assert archive_of_40.to_polars("articles").height == 40
    assert isinstance(archive_of_40.to_arrow(), pa.Table)


def test_a_mistake_in_finding_is_the_users_not_a_fault_of_chronicle(archive_of_40, tmp_path, capsys):
    (tmp_path / "one.md").write_text("x")
    for arguments, said in (
        ([str(tmp_path)], "no archive: state.json is missing; make one with chronicle archive SOURCE... --into FOLDER\n"),
        ([str(archive_of_40.folder), "--like", "nothing"], "there is no event 'nothing'; give the id that find prints"),
    ):
        assert command(["find", *arguments]) == 1
        message = capsys.readouterr().err
        assert said in message
        assert "fault of chronicle" not in message


def test_a_library_that_is_not_installed_is_named(tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert command(["archive", str(write(tmp_path / "a.jsonl", [record(1)])), "--into", str(tmp_path / "a")]) == 2
    assert capsys.readouterr().err == "chronicle: an archive needs Dask: pip install 'chronicle-timeline[archive]'\n"


def test_the_command(tmp_path, capsys):
    source = write(tmp_path / "news.jsonl", [record(n) for n in range(6)])
    folder = tmp_path / "a"
    assert command(["archive", str(source), "--into", str(folder)]) == 0
    assert "6 articles" in capsys.readouterr().out
    assert command(["find", str(folder), "--about", "Norburg", "--during", "2019", "--format", "jsonl"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines and all("Norburg" in line["quote"] for line in lines)
    log = tmp_path / "story.yaml"
    assert command(["find", str(folder), "--about", "council", "--log", str(log)]) == 0
    assert command(["check", str(log)]) == 0
    before = log.read_bytes()
    assert command(["find", str(folder), "--about", "council", "--log", str(log)]) == 0
    assert log.read_bytes() == before, "merging the same again changes nothing"


@pytest.mark.parametrize("nlp", ["light", installed("en") or "auto"])
def test_who_reads_the_sentences_is_said_and_done(tmp_path, nlp):
    source = write(tmp_path / "news.jsonl", [record(1)])
    assert command(["archive", str(source), "--into", str(tmp_path / "a"), "--nlp", nlp]) == 0
    assert {e.sources[0].how for e in Archive(tmp_path / "a").find()} == {e.sources[0].how for e in extract(read_article(source), nlp=nlp)}


def test_a_pipeline_that_is_not_installed_is_named_at_once(tmp_path, capsys):
    source = write(tmp_path / "news.jsonl", [record(1)])
    assert command(["archive", str(source), "--into", str(tmp_path / "a"), "--nlp", "en_core_web_none"]) == 2
    assert "en_core_web_none" in capsys.readouterr().err
    assert not (tmp_path / "a").exists()


def test_a_killed_run_goes_on_and_doubles_nothing(tmp_path):
    source = write(tmp_path / "news.jsonl", [record(n) for n in range(300)])
    whole, stopped = tmp_path / "whole", tmp_path / "stopped"
    program = (
        "import sys\nfrom chronicle.archive import plan\nplan.PART_BYTES = 4000\nfrom chronicle.archive.build import build_archive\n"
        "if __name__ == '__main__':\n    print(build_archive([sys.argv[1]], sys.argv[2], jobs=1, nlp='light'), flush=True)\n"
    )
    script = tmp_path / "run.py"
    script.write_text(program)

    def start(folder):
        return subprocess.Popen(
            [sys.executable, str(script), str(source), str(folder)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )

    assert start(whole).wait(120) == 0
    process = start(stopped)
    deadline = time.monotonic() + 60
    while len(list((stopped / "notes").glob("*.json"))) < 3 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    with pytest.raises(ValueError, match=r"state.json is missing"):
        Archive(stopped)
    again = start(stopped)
    out, _ = again.communicate(timeout=120)
    assert again.returncode == 0
    assert "parts were done before" in out
    for name in ("articles", "mentions", "events"):
        assert rows(stopped, name) == rows(whole, name)
        assert Archive(stopped).to_arrow(name).num_rows == Archive(whole).to_arrow(name).num_rows


def told_again(number, day, text):
    return {"id": f"t{number}", "published": day, "title": f"News {number}", "text": text}


def test_one_happening_told_by_many_is_one_event_with_so_many_sources(tmp_path, capsys):
    texts = [
        "The dam at Torrin burst on 9 March 2021, the inquiry heard.",
        "On 9 March 2021 the Torrin Dam gave way.",
        "The Torrin Dam collapsed on 9 March 2021.",
    ]
    lines = [told_again(n, f"2021-03-{10 + n}", text) for n, text in enumerate(texts)]
    source = write(tmp_path / "news.jsonl", lines)
    command(["archive", str(source), "--into", str(tmp_path / "a")])
    log = tmp_path / "dam.yaml"
    assert command(["find", str(tmp_path / "a"), "--during", "2021-03-09", "--log", str(log), "--sources", "2"]) == 0
    text = log.read_text()
    assert text.count("- id:") == 1, text
    assert text.count("article: t") == 2
    assert 'told_by: "3 articles"' in text


def test_a_digest_of_articles_a_log_and_an_archive(tmp_path, capsys):
    texts = [
        ("2021-03-10", "The Torrin Dam burst on 9 March 2021. The mayor visited on Wednesday."),
        ("2021-06-01", "The inquiry opened on 31 May 2021. The Torrin Dam burst on 9 March 2021."),
        ("2021-11-20", "Three engineers were charged on 19 November 2021. The Torrin Dam had burst on 9 March 2021."),
        ("2022-03-09", "People remembered on Wednesday the night of 9 March 2021, when the Torrin Dam burst."),
    ]
    source = write(tmp_path / "news.jsonl", [told_again(n, day, text) for n, (day, text) in enumerate(texts)])
    command(["archive", str(source), "--into", str(tmp_path / "a")])
    log = tmp_path / "all.yaml"
    command(["extract", str(source), "--log", str(log)])
    capsys.readouterr()
    for given in (source, log, tmp_path / "a"):
        short = tmp_path / f"short-{given.name}.yaml"
        assert command(["digest", str(given), "-n", "1", "--log", str(short)]) == 0
        text = short.read_text()
        assert text.count("- id:") == 1, text
        assert "2021-03-09" in text and "burst" in text
        before = short.read_bytes()
        assert command(["digest", str(given), "-n", "1", "--log", str(short)]) == 0
        assert short.read_bytes() == before


def test_a_question_without_a_word_is_refused(archive_of_40):
    for wanted in ({"about": "'"}, {"who": ""}, {"about": "😀"}):
        with pytest.raises(ValueError, match="holds no word to look for"):
            archive_of_40.rows(**wanted)
