"""The command as a user types it: output, errors on one line, exit codes 0, 1 and 2."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request

import pytest

from chronicle import EventLog
from chronicle.cli.main import _VERBS

TEXT = "They met on Tuesday. They will meet again on 3 August.\n"


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "talks.md"
    path.write_text(f"---\ntitle: Talks\npublished: 2021-07-16\n---\n{TEXT}")
    return path


@pytest.fixture
def log(tmp_path, article, run):
    path = tmp_path / "events" / "log.yaml"
    run("extract", article, "--log", path)
    return path


@pytest.mark.parametrize("verb", _VERBS)
def test_every_verb_has_help_with_an_example(run, verb):
    code, out, _ = run(verb, "--help")
    assert code == 0
    assert f"chronicle {verb} " in out


def test_extract_to_standard_output(run, article):
    code, out, err = run("extract", article)
    assert (code, err) == (0, "")
    assert "when: 2021-07-13\n" in out
    assert "when: 2021-08-03\n  title: They will meet again\n  status: planned" in out


def test_extract_into_a_log_twice(run, article, log):
    before = log.read_bytes()
    code, out, _ = run("extract", article, "--log", log)
    assert code == 0
    assert "0 added, 0 confirmed by another source, 2 unchanged, 0 in conflict, 0 skipped because rejected" in out
    assert "nothing to change" in out
    assert log.read_bytes() == before
    assert (log.parent / "chronicle-log.schema.json").exists()


def test_what_a_person_did_stays(run, article, log):
    first, second = (e.id for e in EventLog.read(log))
    run("reject", log, first)
    run("set", log, second, "when=2021-08-04", "previously=2021-08-03", "title=They meet")
    before = log.read_bytes()
    code, out, _ = run("extract", article, "--log", log)
    assert (code, log.read_bytes()) == (0, before)
    assert "1 unchanged" in out
    assert "1 skipped because rejected" in out


def test_another_article_confirms_or_contradicts(run, tmp_path, log):
    second = tmp_path / "second.md"
    second.write_text("---\npublished: 2021-07-20\n---\nThey met on 13 July. They will meet again on 4 August.\n")
    code, out, _ = run("extract", second, "--log", log)
    assert code == 0
    assert "0 added, 1 confirmed by another source, 0 unchanged, 1 in conflict" in out
    events = {str(e.when): e for e in EventLog.read(log)}
    assert [s.article for s in events["2021-07-13"].sources] == ["talks", "second"]
    assert events["2021-08-04"].related == [events["2021-08-03"].id]


def test_without_a_publication_date(run, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    code, out, err = run("extract", path)
    assert code == 1
    assert "when: unresolved" in out
    assert err.count("\n") == 1
    assert "“Tuesday”" in err
    assert "give --published DATE" in err
    code, _, err = run("extract", path, "--published", "2021-07-16")
    assert (code, err) == (0, "")


def test_a_file_that_cannot_be_read_does_not_stop_the_others(run, tmp_path, article):
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\xff")
    code, out, err = run("extract", bad, article)
    assert code == 1
    assert "not UTF-8" in err
    assert "2021-07-13" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Usage"),
        (["nonsense"], "No such command 'nonsense'"),
        (["extarct"], "did you mean 'extract'?"),
        (["draw"], "chronicle --help lists the verbs"),
        (["extract", "none.txt"], "does not exist"),
        (["check", "none.yaml"], "does not exist"),
        (["render", "none.yaml"], "does not exist"),
        (["explain", "x", "--published", "soon"], "is not a publication date"),
        (["explain", "x", "--language", "xx"], "does not know the language"),
    ],
)
def test_wrong_use(run, arguments, message):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


def test_check(run, log, tmp_path):
    assert run("check", log)[0] == 0
    bad = tmp_path / "bad.yaml"
    bad.write_text("events:\n- id: a\n  when: 2020-13\n  title: t\n- id: b\n  when: 2020\n  title: t\n  statsu: x\n")
    code, out, _ = run("check", bad)
    assert code == 1
    assert [line.split(": ")[0] for line in out.splitlines()] == [f"{bad}:3:9", f"{bad}:8:3"]
    code, out, _ = run("check", bad, "--format", "json")
    assert code == 1
    assert [f["code"] for f in json.loads(out)] == ["when", "field"]
    code, out, _ = run("check", bad, "--format", "github")
    assert out.startswith(f"::error file={bad},line=3,col=9,title=when::'2020-13'")


def test_check_beside_the_articles(run, log, article):
    assert run("check", log, "--articles", article.parent)[0] == 0
    article.write_text(article.read_text().replace("Tuesday", "Wednesday"))
    code, out, _ = run("check", log, "--articles", article.parent)
    assert code == 1
    assert "talks has 'Wednesd' at 12-19, not 'Tuesday'" in out


def test_explain_takes_words_without_quotation_marks(run):
    code, out, _ = run("explain", "later", "this", "week", "--published", "2021-07-16")
    assert (code, out) == (0, run("explain", "later this week", "--published", "2021-07-16")[1])


def test_explain(run):
    code, out, err = run("explain", "later this week", "--published", "2021-07-16")
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == ["text", "span", "meaning", "when", "TIMEX3", "why"]
    for part in (
        "0-15",
        "Rest(This(week))",
        "[2021-07-17..2021-07-18]",
        "value=2021-W28 mod=END",
        "some time from 17 to 18 July 2021",
    ):
        assert part in out
    code, out, err = run("explain", "later this week")
    assert code == 1
    assert "give --published DATE" in err
    assert run("explain", "nothing")[0] == 1


def test_list(run, log):
    code, out, _ = run("list", log)
    assert code == 0
    assert [line.split("\t")[0] for line in out.splitlines()] == ["2021-07-13", "2021-08-03"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--time", "during July 2021"], ["2021-07-13"]),
        (["--time", "after 15 July 2021"], ["2021-08-03"]),
        (["--time", "before August 2021"], ["2021-07-13"]),
        (["--time", "2021"], ["2021-07-13", "2021-08-03"]),
        (["--time", "2021-08/.."], ["2021-08-03"]),
        (["--status", "planned"], ["2021-08-03"]),
        (["--review", "confirmed"], []),
        (["--text", "AGAIN"], ["2021-08-03"]),
        (["--tag", "doha"], []),
    ],
)
def test_list_filters(run, log, options, expected):
    _, out, _ = run("list", log, *options)
    assert [line.split("\t")[0] for line in out.splitlines()] == expected


def test_list_as_yaml_and_json(run, log, tmp_path):
    _, out, _ = run("list", log, "--format", "yaml")
    copy = tmp_path / "copy.yaml"
    copy.write_text(out)
    assert list(EventLog.read(copy)) == list(EventLog.read(log))
    _, out, _ = run("list", log, "--format", "json")
    assert [e["when"] for e in json.loads(out)] == ["2021-07-13", "2021-08-03"]
    assert run("list", log, "--time", "whenever")[0] == 2


def test_set_confirm_merge(run, log):
    first, second = (e.id for e in EventLog.read(log))
    assert run("confirm", log, first)[0] == 0
    assert run("set", log, first, "tags=a, b", "notes=n")[0] == 0
    event = EventLog.read(log).by_id(first)
    assert (event.review, event.tags, event.notes) == ("confirmed", ["a", "b"], "n")
    assert run("set", log, first, "notes=")[0] == 0
    assert EventLog.read(log).by_id(first).notes is None
    assert run("merge", log, first, second)[0] == 0
    assert [e.id for e in EventLog.read(log)] == [first]
    code, _, err = run("confirm", log, "nope")
    assert (code, err.count("\n")) == (2, 1)
    assert "there is no event 'nope'" in err
    assert run("set", log, first, "when=soon")[0] == 1
    assert run("set", log, first, "when")[0] == 2


def test_set_and_export_help_where_a_newcomer_errs(run, tmp_path):
    log = tmp_path / "bridge.yaml"
    log.write_text(
        "format: 1\nevents:\n- id: 2022-03-15-council-closed-bridge-over-lode\n  when: 2022-03-15\n  title: Closed\n"
        "- id: leng-resigned\n  when: unresolved\n  title: Leng resigned\n  unresolved: it is relative\n"
    )
    assert "'date' is no field to set; did you mean 'when'?" in run("set", log, "leng-resigned", "date=2023")[2]
    assert "did you mean '2022-03-15-council-closed-bridge-over-lode'?" in run("reject", log, "2022-03-15")[2]
    assert run("set", log, "leng-resigned", "when=2023-01-19")[0] == 0
    assert "unresolved" not in log.read_text()
    assert run("export", log, "-o", tmp_path / "a.ics")[0] == 0
    assert (tmp_path / "a.ics").read_text().startswith("BEGIN:VCALENDAR")
    for arguments in ([], ["-o", tmp_path / "a.xls"]):
        code, _, err = run("export", log, *arguments)
        assert code == 2
        assert "say which format with --to" in err
    assert not (tmp_path / "a.xls").exists()


def test_format(run, tmp_path):
    path = tmp_path / "log.yaml"
    path.write_text(
        "# head\nevents:\n# about b\n- id: b\n  when: 2021\n  title: B\n\n# about a\n- id: a\n  when: '2020'\n  title: A\n# tail\n"
    )
    assert run("format", path, "--check")[0] == 1
    assert run("format", path)[0] == 0
    assert (
        path.read_text()
        == "# head\nevents:\n\n# about a\n- id: a\n  when: '2020'\n  title: A\n# about b\n- id: b\n  when: 2021\n  title: B\n# tail\n"
    )
    assert run("format", path, "--check")[0] == 0
    assert run("format", path, "--normalise")[0] == 0
    assert "  when: 2020\n" in path.read_text()


def test_diff(run, log, tmp_path):
    old = tmp_path / "old.yaml"
    old.write_bytes(log.read_bytes())
    assert run("diff", old, log)[0] == 0
    first = EventLog.read(log)[0].id
    run("set", log, first, "when=2021-07-14", "previously=2021-07-13")
    code, out, _ = run("diff", old, log)
    assert code == 1
    assert "    when: 2021-07-13 -> 2021-07-14" in out
    assert "    previously: nothing -> 2021-07-13" in out


def test_render(run, log, tmp_path):
    page = tmp_path / "page.html"
    code, out, _ = run("render", log, "-o", page, "--title", "T & U")
    assert code == 0
    assert "2 events from 1 log" in out
    assert "<title>T &amp; U</title>" in page.read_text("utf-8")
    code, _, _ = run(
        "render", log, "-o", page, "--lanes", "status", "--now", "--theme", "dark", "--plotlyjs", "directory"
    )
    assert code == 0
    assert 'data-theme="dark"' in page.read_text("utf-8")
    assert (tmp_path / "plotly.min.js").stat().st_size > 1_000_000


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["-o", "x.gif"], "chronicle writes pages (.html, .htm) and pictures (.png, .svg, .pdf)"),
        ([], "say where to write with -o PAGE.html, or use --serve"),
        (["-o", "x.html", "--lanes", "colour"], "lanes 'colour' are not known: give one of story, tag"),
        (["--serve", "-o", "x.html"], "--serve writes no file"),
    ],
)
def test_render_says_what_it_cannot_do(run, log, tmp_path, monkeypatch, options, said):
    monkeypatch.chdir(tmp_path)
    code, _, error = run("render", log, *options)
    assert code == 2
    assert said in error
    assert not (tmp_path / "x.html").exists()


def test_render_takes_several_logs_and_refuses_an_id_that_two_use(run, log, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text("title: Another\nevents:\n- id: z\n  when: 2021\n  title: Z\n", "utf-8")
    page = tmp_path / "page.html"
    code, out, _ = run("render", log, other, "-o", page, "--lanes", "story")
    assert code == 0
    assert "3 events from 2 logs" in out
    assert "Another</title>" in page.read_text("utf-8")
    other.write_text(log.read_text("utf-8"), "utf-8")
    code, _, error = run("render", log, other, "-o", page)
    assert code == 1
    assert "is used in" in error


def test_render_follows_a_log(log, tmp_path):
    page = tmp_path / "page.html"
    command = [sys.executable, "-u", "-m", "chronicle", "render", str(log), "-o", str(page), "--watch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert "2 events" in running.stdout.readline()
        assert "watching" in running.stdout.readline()
        good = log.read_text("utf-8")
        log.write_text(good + "- id: new\n  when: 2021-13\n  title: New\n", "utf-8")
        assert "there is no month 13" in running.stderr.readline()
        log.write_text(good + "- id: new\n  when: 2021-12\n  title: New\n", "utf-8")
        assert "3 events" in running.stdout.readline()
        running.send_signal(signal.SIGINT)
        assert running.wait(10) == 0
    assert 'id="ev-new"' in page.read_text("utf-8")


def test_render_serves_on_this_machine_only(log):
    command = [sys.executable, "-u", "-m", "chronicle", "render", str(log), "--serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        address = running.stdout.readline().split()[0]
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(address) as answer:
            text = answer.read().decode("utf-8")
        assert "connect-src 'self'" in text
        log.write_text(log.read_text("utf-8") + "# a remark\n", "utf-8")
        assert running.stdout.readline() == "made anew\n"
        running.send_signal(signal.SIGINT)
        assert running.wait(10) == 0


def test_schema(run):
    code, out, _ = run("schema")
    assert code == 0
    assert json.loads(out)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def review(log, keys, *options):
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "chronicle", "review", str(log), *map(str, options)]
    return subprocess.run(command, input=keys, capture_output=True, text=True, env=environment, timeout=60, check=False)


def test_review(log, article):
    first, second = (e.id for e in EventLog.read(log))
    done = review(log, "o\na\nd\n2021-08-04\nt\nThey meet\nx\nr\n", "--articles", article.parent)
    assert done.returncode == 0, done.stderr
    assert "They met on >>Tuesday<<. They will" in done.stdout
    assert "no such key: 'x'" in done.stdout
    assert "1 accepted, 1 rejected, 2 edited; 0 still proposed" in done.stdout
    events = EventLog.read(log)
    assert events.by_id(first).review == "confirmed"
    changed = events.by_id(second)
    assert (str(changed.when), changed.previously, changed.title, changed.review) == (
        "2021-08-04",
        "2021-08-03",
        "They meet",
        "rejected",
    )


def test_review_can_be_undone_and_quit_at_any_point(log):
    before = log.read_bytes()
    assert "undone" in review(log, "a\nu\nq\n").stdout
    assert log.read_bytes() == before
    done = review(log, "a\n")
    assert done.returncode == 0
    assert "1 still proposed" in done.stdout
    assert EventLog.read(log)[0].review == "confirmed"
    assert "nothing to undo" in review(log, "u\nq\n").stdout
    assert "two digits" in review(log, "d\n2021-8-4\nq\n").stdout


def test_review_changes_status_merges_and_accepts_many(tmp_path):
    path = tmp_path / "log.yaml"
    text = (
        "events:\n- id: a\n  when: 2021-02-01\n  title: One\n  doubts: [title]\n- id: b\n  when: 2021-02-02\n  title: Two\n"
        "- id: c\n  when: 2021-02-03\n  title: Three\n- id: d\n  when: 2021-02-04\n  title: Four\n"
    )
    path.write_text(text)
    done = review(path, "y\nperhaps\ny\nplanned\nm\nnobody\nm\nb\nd\nearly March 2021\nu\nu\nu\nq\n")
    assert "status 'perhaps' is not known" in done.stdout
    assert "there is no event 'nobody'" in done.stdout
    assert path.read_text() == text
    done = review(path, "y\nplanned\nm\nb\nw\nyes\nu\nw\nno\nw\nyes\na\n")
    assert "  3 February 2021: Three\n  4 February 2021: Four\n" in done.stdout
    assert "3 accepted, 1 edited, 1 merged; 0 still proposed" in done.stdout
    assert [(e.id, e.status, e.review) for e in EventLog.read(path)] == [
        ("a", "planned", "confirmed"), ("c", "happened", "confirmed"), ("d", "happened", "confirmed"),
    ]  # fmt: skip


def test_the_installed_command_and_a_light_import(root):
    code = "import sys, chronicle; print(sorted(m for m in ('plotly', 'dateparser', 'click', 'yaml', 'nupunkt', 'holidays') if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.strip() == "[]"
    code = "import sys, chronicle; chronicle.find_times('on 3 May', '2021-07-16'); print([m for m in ('plotly', 'dateparser', 'click') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True)
    assert done.stdout.strip() == "[]"


def test_functions_that_share_their_name_with_a_package():
    code = (
        "import chronicle.extraction.titles, chronicle.drawing.marks, chronicle\n"
        "print(len(chronicle.extract(chronicle.Article('It fell in 1936.'))), type(chronicle.timeline([])).__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1 Figure"


def test_a_follow_up_points_at_what_was_expected(run, tmp_path):
    log = tmp_path / "log.yaml"
    for name, published, text in (
        ("one", "2021-07-16", "The bridge will open on 3 August."),
        ("two", "2021-08-05", "The bridge opened on 3 August."),
    ):
        (tmp_path / f"{name}.md").write_text(f"---\npublished: {published}\n---\n{text}\n")
        assert run("extract", tmp_path / f"{name}.md", "--log", log)[0] == 0
    first, second = sorted(EventLog.read(log), key=lambda e: e.sources[0].article)
    assert (first.status, second.status) == ("planned", "happened")
    assert second.related == [first.id]


def extracted(run, tmp_path, *articles):
    """Return the log made from articles, each a publication date and a text."""
    log = tmp_path / "log.yaml"
    for number, (published, text) in enumerate(articles):
        path = tmp_path / f"{number}.md"
        path.write_text(f"---\npublished: {published}\n---\n{text}\n")
        assert run("extract", path, "--log", log)[0] == 0
    return EventLog.read(log)


def test_what_was_expected_is_told_by_two_articles_when_it_happened(run, tmp_path):
    events = extracted(
        run,
        tmp_path,
        ("2021-07-16", "A delegation of the islands is expected to travel to Doha on 17 July 2021."),
        ("2021-07-19", "A delegation of the islands travelled to Doha on 17 July 2021."),
        ("2021-07-20", "On 17 July 2021 the islands' delegation travelled to Doha."),
    )
    expected, travelled = events
    assert (expected.status, travelled.status) == ("expected", "happened")
    assert travelled.related == [expected.id]
    assert [s.article for s in travelled.sources] == ["1", "2"]


def test_what_an_article_tells_twice_is_one_event(run, tmp_path):
    text = "The Kabul council elected Omar Khan on 19 July 2021. People cheered.\n\nThe council of Kabul elected Omar Khan on 19 July 2021 with 20 votes."
    (event,) = extracted(run, tmp_path, ("2021-07-20", text))
    assert [s.expression for s in event.sources] == ["19 July 2021", "19 July 2021"]
    again = extracted(run, tmp_path, ("2021-07-20", text))
    assert list(again) == [event]


def test_what_names_others_is_another_event(run, tmp_path):
    text = "In Paris trading on 19 July 2021, Eastmere shares rose two crowns to close at 20 crowns."
    other = "In Paris trading on 19 July 2021, Larkfield shares rose two crowns to close at 20 crowns."
    assert len(extracted(run, tmp_path, ("2021-07-20", text), ("2021-07-20", other))) == 2


def test_a_source_says_how_alike_two_accounts_are(run, tmp_path):
    log = tmp_path / "log.yaml"
    for name, text in (("one", "The old bridge fell on 3 July 2021."), ("two", "The bridge fell on 3 July 2021.")):
        (tmp_path / f"{name}.md").write_text(f"---\npublished: 2021-07-16\n---\n{text}\n")
        run("extract", tmp_path / f"{name}.md", "--log", log)
    (event,) = EventLog.read(log)
    assert re.search(r"taken for the same happening, by \d+ bits$", event.explain())


def test_list_and_review_show_doubts(run, tmp_path):
    path = tmp_path / "log.yaml"
    path.write_text(
        "events:\n- id: a\n  when: 2020\n  title: Sure\n- id: b\n  when: 2021\n  title: It closed\n  doubts: [antecedent]\n",
        "utf-8",
    )
    code, out, _ = run("list", path, "--doubtful")
    assert (code, out) == (0, "2021\thappened\tproposed\tb\tIt closed\tantecedent\n")
    shown = review(path, "q").stdout
    assert "1 of 2  b" in shown and "it is not clear whom or what" in shown


def test_render_and_export_what_was_checked(run, tmp_path):
    log = tmp_path / "log.yaml"
    log.write_text(
        "title: A story\nevents:\n"
        "- id: a\n  when: 2021-02-03\n  title: Checked\n  review: confirmed\n"
        "- id: b\n  when: 2021-02-04\n  title: Not checked\n"
        "- id: c\n  when: 2021-02-05\n  title: Rejected\n  review: rejected\n",
        "utf-8",
    )
    page = tmp_path / "page.html"
    assert run("render", log, "-o", page) == (
        0, f"{page}: 2 events from 1 log (1 confirmed, 1 only proposed; --review confirmed leaves these out); open it in a browser\n", "",
    )  # fmt: skip
    assert "1 not checked by anybody" in page.read_text("utf-8")
    assert run("render", log, "-o", page, "--review", "confirmed") == (
        0,
        f"{page}: 1 event from 1 log; open it in a browser\n",
        "",
    )
    text = page.read_text("utf-8")
    assert 'id="ev-a"' in text
    assert 'id="ev-b"' not in text
    assert "all checked by an editor" in text
    assert (
        run("render", log, "-o", page, "--review", "proposed")[1]
        == f"{page}: 1 event from 1 log (none confirmed); open it in a browser\n"
    )
    code, out, _ = run("export", log, "--to", "csv", "--review", "confirmed")
    assert (code, "Checked" in out, "Not checked" in out) == (0, True, False)
    out = run("list", log, "--review", "proposed")[1]
    assert ("Not checked" in out, "Rejected" in out) == (True, False)


def test_render_says_how_to_embed_a_page_and_what_it_cannot_show(run, tmp_path):
    log = tmp_path / "log.yaml"
    log.write_text(
        "title: A <story>\nevents:\n- id: a\n  when: 2021\n  title: A\n  media:\n  - file: none.png\n  - file: ../x.png\n",
        "utf-8",
    )
    page = tmp_path / "page.html"
    code, out, err = run(
        "render", log, "-o", page, "--embed", "--accent", "#0a0", "--font", "Georgia, serif", "--no-colophon"
    )
    assert code == 0
    assert '<iframe src="page.html" title="A &lt;story&gt;" width="100%" height="640"' in out
    assert "none.png: No such file" in err
    assert "../x.png: a picture lies in the folder of its log" in err
    text = page.read_text("utf-8")
    assert 'class="embed"' in text
    assert "--font: Georgia, serif" in text
    assert "<footer>" not in text
    for options, said in (
        (("--accent", "red"), "#rrggbb"),
        (("--canonical", "x"), "whole address"),
        (("--logo", log), "not a picture"),
    ):
        code, _, err = run("render", log, "-o", page, *options)
        assert code != 0
        assert said in err
