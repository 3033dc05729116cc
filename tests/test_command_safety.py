"""The command under careless and hostile use: errors in one line, documented exit codes, nothing harmful sent to a terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle import Article, ArticleError, Event, EventLog, Source
from chronicle.characters import escaped, readable, shown, shown_in_line, unseen
from chronicle.cli import main
from chronicle.cli.main import run
from chronicle.errors import InvalidValue

LOG = "events:\n- id: a\n  when: 2020-09-12\n  title: Talks open\n"


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log.yaml"
    path.write_text(LOG)
    return path


# --- errors


def break_list(monkeypatch, error):
    from chronicle.cli import list_

    def broken(*_arguments, **_fields):
        raise error

    monkeypatch.setattr(list_, "select", broken)


@pytest.mark.parametrize(
    "error", [KeyError("x"), ValueError("x"), ImportError("x"), RecursionError("x"), TypeError("x")]
)
def test_what_is_not_meant_for_a_user_is_a_fault_of_ours(log, monkeypatch, capsys, error):
    break_list(monkeypatch, error)
    assert run(["list", str(log)]) == 3
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "a fault of chronicle itself" in err
    assert type(error).__name__ in err
    assert "--debug" in err


@pytest.mark.parametrize("where", ["before", "after", "variable"])
def test_debug_shows_the_traceback(log, monkeypatch, capsys, where):
    break_list(monkeypatch, ValueError("x"))
    if where == "variable":
        monkeypatch.setenv("CHRONICLE_DEBUG", "1")
    arguments = {"before": ["--debug", "list", str(log)], "after": ["list", str(log), "--debug"]}.get(
        where, ["list", str(log)]
    )
    assert run(arguments) == 3
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert "in broken" in err
    monkeypatch.delenv("CHRONICLE_DEBUG", raising=False)
    assert run(["list", str(log)]) == 3
    assert "Traceback" not in capsys.readouterr().err


def test_a_wrong_name_is_wrong_use(log, capsys):
    assert run(["confirm", str(log), "b"]) == 2
    assert capsys.readouterr().err == "chronicle: there is no event 'b'\n"


def test_a_fault_in_one_article_does_not_stop_the_run(tmp_path, monkeypatch, capsys):
    import chronicle.extraction.extract as extraction

    real = extraction.extract

    def sometimes(article, *rest, **fields):
        if "boom" in article.text:
            raise ZeroDivisionError("x")
        return real(article, *rest, **fields)

    monkeypatch.setattr(extraction, "extract", sometimes)
    (tmp_path / "a.txt").write_text("boom on 3 May 2020.")
    (tmp_path / "b.txt").write_text("The council met on 3 May 2020 in Oslo.")
    assert run(["extract", str(tmp_path), "--log", str(tmp_path / "log.yaml")]) == 3
    out, err = capsys.readouterr()
    assert "a.txt: a fault of chronicle itself" in err
    assert "b.txt: 1 added" in out
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deep.json", b"[" * 100_000),
        ("deep.jsonl", b"[" * 100_000),
        ("deep.md", b"---\n" + b"".join(b" " * n + b"a:\n" for n in range(3000)) + b"---\nText.\n"),
        ("flow.md", b"---\na: " + b"[" * 3000 + b"\n---\nText.\n"),
        ("surrogate.json", b'[{"text": "On 3 May \\ud800", "published": "2020-01-01"}]'),
        ("bad.warc", b"WARC/1.0\r\nContent-Length: 5\r\n\r\nhello\r\n\r\n"),
        ("huge.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999999999\r\n\r\nhello\r\n\r\n"),
        ("atom.xml", b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link/></entry></feed>'),
        ("control.xml", b'<rss version="2.0"><channel><item><title>a\x1b[2Jb</title></item></channel></rss>'),
        ("control.html", b"<h1>On 3 May\x07 2020 they met.</h1>"),
    ],
)
def test_a_file_that_cannot_be_read_stops_nothing(tmp_path, capsys, name, content):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_bytes(content)
    (folder / "zz.txt").write_text("The council met on 3 May 2020 in Oslo.")
    code = run(["extract", str(folder), "--log", str(tmp_path / "log.yaml")])
    out, err = capsys.readouterr()
    assert code in (0, 1)
    assert "zz.txt: 1 added" in out
    assert "Traceback" not in err + out
    if code:
        assert name in err
    EventLog.read(tmp_path / "log.yaml")


@pytest.mark.parametrize("kind", ["csv", "ics", "jsonl", "timelinejs", "timeml"])
@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"[" * 100_000, b"{" * 1000, b'{"events": Infinity}', b"<a>" * 3000, b"<?xml version='1.0' encoding='utf-99'?><TimeML/>", b"\x00" * 50, b"1,2\n3", b'"'],
)  # fmt: skip
def test_a_strange_import_is_a_line(tmp_path, capsys, kind, content):
    path = tmp_path / "strange"
    path.write_bytes(content)
    assert run(["import", str(path), "--from", kind]) in (0, 1)
    assert "Traceback" not in capsys.readouterr().err


# --- characters

HARMFUL = ["\x1b]0;owned\x07", "\x9b2J", "\u202e", "\u2066", "\r", "\x00", "\x7f", "\u2028"]


@given(st.text(st.characters() | st.sampled_from("\x1b\x07\x9b\u202e\u2066\r\n:#")))
def test_nothing_harmful_is_shown(text):
    for safe in (shown(text), shown_in_line(text)):
        assert not any(c in safe for c in "\x1b\x07\x9b\u202e\u2066\r\x00\x7f\u2028")
        assert not any(line.lstrip().startswith(("::", "##")) for line in safe.split("\n"))
    assert "\n" not in shown_in_line(text)


@given(st.dictionaries(st.text(), st.text()))
def test_escaped_json_is_the_same_data(data):
    import json

    safe = escaped(json.dumps(data, ensure_ascii=False))
    assert json.loads(safe) == json.loads(json.dumps(data))
    assert "\x9b" not in safe
    assert "\u202e" not in safe


@pytest.mark.parametrize("text", HARMFUL)
def test_old_logs_are_read_and_shown_safely(tmp_path, capsys, text):
    import json

    path = tmp_path / "log.yaml"
    if text in "\r\u2028\u202e\u2066" or len(text) > 1 or text.isascii():
        path.write_text(f"events:\n- id: a\n  when: 2020\n  title: {json.dumps('x' + text + 'y')}\n", "utf-8")
    assert EventLog.read(path)[0].title == "x" + text + "y"
    for arguments in (["list"], ["list", "--format", "json"], ["list", "--format", "yaml"], ["check"]):
        run([arguments[0], str(path), *arguments[1:]])
        out, err = capsys.readouterr()
        assert text.strip("\n") not in out + err


def test_an_id_of_several_lines_gives_ci_no_command(tmp_path, capsys):
    path = tmp_path / "log.yaml"
    path.write_text('events:\n- id: "a\\n::error::x"\n  when: 2020\n  title: t\n  related: [zz]\n')
    assert run(["check", str(path)]) == 1
    out = capsys.readouterr().out
    assert not any(line.startswith("::") for line in out.splitlines())
    assert run(["check", str(path), "--format", "github"]) == 1
    assert all(line.startswith("::error file=") for line in capsys.readouterr().out.splitlines())


@pytest.mark.parametrize("bad", ["\ud800", "\udcff", "\x00", "\x1b", "\x85", "\x7f"])
@pytest.mark.parametrize("field", ["id", "title", "who", "notes", "tags", "according_to"])
def test_no_event_holds_what_is_no_text(bad, field):
    values = {"id": "a", "when": "2020", "title": "t", field: ["x" + bad] if field == "tags" else "x" + bad}
    with pytest.raises(InvalidValue, match=f"U\\+{ord(bad):04X}"):
        Event(**values)


@pytest.mark.parametrize("bad", ["a\nb", "\u202ea", "a\u200b", "\ufeffa", " a", "a "])
def test_an_id_is_a_line_of_visible_characters(bad):
    assert unseen(bad)
    with pytest.raises(InvalidValue, match="id"):
        Event(bad, "2020", "t")


@pytest.mark.parametrize("good", ["a", "2021-07-16-talks", "ein Fall", "会談", "مذاکرات", "e\u0301"])
def test_ids_of_all_languages(good):
    assert Event(good, "2020", "t").id == good


def test_a_source_holds_text_only():
    with pytest.raises(InvalidValue, match="a source's quote holds a control character"):
        Source("x", quote="a\x1bb")


def test_a_surrogate_is_refused_with_its_place():
    with pytest.raises(ArticleError, match=r"text holds half of a surrogate pair \(U\+DCFF\) at line 2, column 3"):
        Article("one\ntw\udcff")


def test_control_characters_of_an_article_keep_the_offsets():
    article = Article("a\x00b\x0cc\x85d\x1b")
    assert article.text == "a\ufffdb\nc\nd\ufffd"
    assert readable("plain\ttext\r\n") == "plain\ttext\r\n"


def test_set_refuses_a_surrogate(log, capsys):
    assert run(["set", str(log), "a", "title=a\udcffb"]) == 1
    assert "U+DCFF" in capsys.readouterr().err
    assert log.read_text() == LOG


# --- processes


def started(*arguments, **more):
    environment = {**os.environ, "PYTHONPATH": os.fspath(main.__file__).rpartition("/chronicle/")[0]}
    return subprocess.Popen([sys.executable, "-m", "chronicle", *map(str, arguments)], env=environment, **more)


@pytest.mark.parametrize("arguments", [["list"], ["export", "--to", "csv"], ["list", "--format", "yaml"]])
def test_a_closed_pipe_is_no_error(tmp_path, arguments):
    path = tmp_path / "log.yaml"
    path.write_text("events:\n" + "".join(f"- id: e{n}\n  when: 2020\n  title: {'t' * 200}\n" for n in range(3000)))
    process = started(arguments[0], path, *arguments[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(60) == 0


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("jobs", [1, 2])
def test_an_ended_run_leaves_nothing_behind(tmp_path, number, code, jobs):
    articles = tmp_path / "articles"
    articles.mkdir()
    for n in range(400):
        (articles / f"{n}.txt").write_text(f"The council met on {n % 28 + 1} May 2020 in Town{n}. " * 20)
    process = started(
        "extract", articles, "--log", tmp_path / "log.yaml", "--jobs", jobs, "--nlp", "light", stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )  # fmt: skip
    if jobs == 1:
        process.stdout.readline()
    else:
        time.sleep(2)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert b"Traceback" not in out + err
    assert process.returncode == code
    assert not list(tmp_path.glob(".*.tmp"))
    if (tmp_path / "log.yaml").exists():
        EventLog.read(tmp_path / "log.yaml")


def many_articles(folder, count):
    folder.mkdir()
    for n in range(count):
        (folder / f"{n}.txt").write_text(f"The council met on {n % 28 + 1} May 2020 in Town{n}. " * 200)
    return folder


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_end_with_their_parent(tmp_path, number):
    psutil = pytest.importorskip("psutil")
    process = started(
        "extract",
        many_articles(tmp_path / "in", 300),
        "--log",
        tmp_path / "log.yaml",
        "--jobs",
        2,
        "--nlp",
        "light",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    workers = []
    until = time.monotonic() + 30
    while len(workers) < 2 and time.monotonic() < until:
        workers = psutil.Process(process.pid).children(recursive=True)
        time.sleep(0.1)
    time.sleep(0.5)
    process.send_signal(number)
    process.wait(60)
    gone, alive = psutil.wait_procs(workers, timeout=15)
    for worker in alive:
        worker.kill()
    assert len(gone) >= 2
    assert not alive


def test_a_client_that_goes_away_is_no_traceback(tmp_path):
    import re
    import socket

    path = tmp_path / "log.yaml"
    path.write_text("events:\n" + "".join(f"- id: e{n}\n  when: 2020\n  title: {'t' * 200}\n" for n in range(2000)))
    process = started("render", path, "--serve", "--port", 0, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    port = int(re.search(r":(\d+)/", process.stdout.readline())[1])
    for _ in range(5):
        client = socket.create_connection(("127.0.0.1", port))
        client.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        client.recv(10)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        client.close()
    for strange in (b"\x00\xff\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b""):
        client = socket.create_connection(("127.0.0.1", port))
        client.sendall(strange)
        client.close()
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=30)
    assert "Traceback" not in out + err
    assert process.returncode == 143


@pytest.mark.parametrize(
    "record",
    [
        '{"id": "b", "when": "2020", "title": "t", "predicate": {"text": "", "start": 1, "end": 2}}',
        '{"id": "b", "when": "2020", "title": "t", "sources": [{"article": "x", "published": "soon"}]}',
        '{"id": "b", "when": "2020", "title": "t", "source": "x"}',
        '{"id": "b", "when": "2020", "title": "t\\ud800"}',
        '{"id": "b\\nc", "when": "2020", "title": "t"}',
        '{"id": "b", "when": "2020", "title": "t", "tags": ["\\u001b[2J"]}',
    ],
)
def test_what_is_imported_reads_back(tmp_path, capsys, record):
    path = tmp_path / "in.jsonl"
    path.write_text(
        f'{{"id": "a", "when": "2020", "title": "Fine"}}\n{record}\n{{"id": "z", "when": "2021", "title": "Fine too"}}\n'
    )
    run(["import", str(path), "--log", str(tmp_path / "log.yaml")])
    err = capsys.readouterr().err
    assert "Traceback" not in err
    there = [e.id for e in EventLog.read(tmp_path / "log.yaml")] if (tmp_path / "log.yaml").exists() else []
    assert len(there) == 3 or "in.jsonl" in err
    assert {"a", "z"} <= set(there) or "in.jsonl:2" in err


@pytest.mark.parametrize("run_of", ["A", "AB", "A.", "A'", "Ab ", "A-"])
def test_runs_of_capitals_cost_what_their_length_does(run_of):
    from chronicle.extraction.names import Known

    def acronyms(text):
        return Known(text, "en").short

    def seconds(length):
        text = run_of * (length // len(run_of)) + " met"
        started = time.process_time()
        acronyms(text)
        return time.process_time() - started

    acronyms("x")
    # A fourfold length that costs its square costs sixteenfold.
    assert any(seconds(200_000) < 8 * seconds(50_000) + 0.05 for _ in range(3))
    assert acronyms("They said that the World Food Programme (WFP), 'United Nations (UN)'.") == {
        "WFP": "World Food Programme",
        "UN": "United Nations",
    }


def test_an_unknown_encoding_of_timeml_is_told():
    from chronicle.formats import timeml
    from chronicle.formats.timeml import FormatError

    with pytest.raises(FormatError, match=r"in\.tml:1: the encoding .* not known"):
        timeml.loads(b'<?xml version="1.0" encoding="U"?><TimeML/>', "in.tml")
