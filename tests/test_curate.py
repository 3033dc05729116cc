"""Curating by the interface in JSON: every act leaves the log as the library's own calls do; attacks are refused; nothing of others is overwritten."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
import urllib.request

import pytest
from conftest import ROOT

from chronicle import EventLog, extract, read_article

testclient = pytest.importorskip("starlette.testclient")

from chronicle.curate.desk import Desk  # noqa: E402
from chronicle.curate.guard import MOST_BYTES  # noqa: E402
from chronicle.curate.server import application  # noqa: E402

TOKEN = "t0ken-of-the-test"
HOME = "http://127.0.0.1:8000"
ARTICLE = """---
title: The harbour 🚢 bridge
published: 2023-06-10
publisher: The Paper
---
🚢 The council voted for the bridge on Monday. Work will begin in early July.

The old bridge was closed on 3 March 2021 after a storm.
"""
LOG = """# kept by hand
format: 1
title: The bridge
events:
- id: vote
  when: 2023-06-05   # a Monday
  title: The council votes for the bridge
  status: happened
  review: proposed
  doubts: [title]
  sources:
  - article: harbour
    published: 2023-06-10
    quote: 🚢 The council voted for the bridge on Monday.
    expression: Monday
    span: 38-44
- id: work
  when: 2023-07
  title: Work is to begin
  status: planned
  review: proposed
  sources:
  - article: harbour
    published: 2023-06-10
    quote: Work will begin in early July.

# the other paper
- id: vote-2
  when: 2023-06-06
  title: The town council votes for a new bridge
  status: happened
  review: proposed
  related: [vote]
  tags: [bridge]
  sources:
  - article: elsewhere
    published: 2023-06-11
    quote: On Tuesday the town council voted for a new bridge.
- id: begun
  when: 2023-07-03
  title: Work begins
  status: happened
  review: proposed
- id: other
  when: unresolved
  title: Somebody laughed
  status: happened
  review: rejected
  unresolved: no publication date
"""


class Client:
    def __init__(self, log, articles=None, hand="one"):
        self.log = log
        self.desk = Desk([log], articles)
        self.app = application(self.desk, TOKEN, 8000)
        self.http = testclient.TestClient(self.app, base_url=HOME)
        self.hand = hand

    def get(self, name, **given):
        return self.http.get(f"/{TOKEN}/api/{name}", params=given)

    def post(self, name, hand=None, headers=None, **given):
        return self.http.post(f"/{TOKEN}/api/{name}", json={**given, "hand": hand or self.hand}, headers={"Origin": HOME, **(headers or {})})

    def pair(self, name):
        return [f"0:{name}", self.get("event", key=f"0:{name}").json()["version"]]

    def decide(self, act, *names, **more):
        return self.post("decide", act=act, events=[self.pair(n) for n in names], **more)


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log.yaml"
    path.write_text(LOG, encoding="utf-8")
    return path


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "harbour.md").write_text(ARTICLE, encoding="utf-8")
    return folder


@pytest.fixture
def client(log, articles):
    return Client(log, articles)


def by_library(log, work):
    """Return the bytes of a log after calls of the library."""
    other = log.with_name("other.yaml")
    other.write_text(LOG, encoding="utf-8")
    read = EventLog.read(other)
    work(read)
    read.write()
    return other.read_bytes()


# --- what one sees


def test_the_queue_has_the_doubtful_first_and_filters(client):
    def ids(**asked):
        return [row["key"].partition(":")[2] for row in client.get("queue", **asked).json()["events"]]

    assert ids() == ["vote", "vote-2", "work", "begun", "other"]
    assert ids(review="rejected") == ["other"]
    assert ids(status="planned") == ["work"]
    assert ids(doubts="any") == ids(doubts="title") == ["vote"]
    assert ids(doubts="none", source="harbour") == ["work"]
    assert ids(story="The bridge", text="TOWN council") == ["vote-2"]
    assert ids(time="before July 2023", review="proposed") == ["vote", "vote-2"]
    assert ids(offset=1, limit=2) == ["vote-2", "work"]
    said = client.get("queue").json()
    assert (said["total"], said["counts"]) == (5, {"all": 5, "proposed": 4, "rejected": 1})
    assert client.get("queue", time="some day").status_code == 400
    assert client.get("queue", limit="-1").status_code == 400


def test_an_event_with_its_article_in_pieces(client):
    event = client.get("event", key="0:vote").json()
    assert event["record"]["when"] == "2023-06-05"
    assert event["conflicts"][0]["key"] == "0:vote-2"
    assert event["strip"]["marks"][0]["own"]
    told = client.get("article", key="0:vote").json()
    assert told["at_hand"]
    body = "".join(p["text"] for p in told["pieces"])
    assert "".join(p["text"] for p in told["pieces"] if p.get("quote")) == "🚢 The council voted for the bridge on Monday."
    assert [p["text"] for p in told["pieces"] if p.get("own")] == ["Monday"]
    assert {p["text"]: p["when"] for p in told["pieces"] if p.get("when")} == {
        "Monday": "2023-06-05", "early July": "[2023-07-01..2023-07-10]", "3 March 2021": "2021-03-03",
    }  # fmt: skip
    for piece in told["pieces"]:
        assert body[piece["start"] :].startswith(piece["text"])
    other = client.get("article", key="0:vote-2").json()
    assert not other["at_hand"]
    assert other["pieces"][0]["text"].startswith("On Tuesday")
    assert client.get("event", key="0:nobody").status_code == 404
    assert client.get("event", key="7:vote").status_code == 404


def test_a_date_is_read_as_one_types(client):
    told = client.get("reading", text="early July", key="0:work").json()
    assert (told["when"], told["told"], told["counted_from"]) == ("[2023-07-01..2023-07-10]", "some time from 1 to 10 July 2023", "2023-06-10")
    assert "comes round" in client.get("reading", text="every Monday", key="0:work").json()["error"]
    assert "counted from" in client.get("reading", text="last Monday", key="0:begun").json()["error"]
    assert client.get("reading", text="3 March 2021", key="0:work").json()["asks"][0]["status"] == "happened"


# --- decisions, against the same calls of the library


@pytest.mark.parametrize("review", ["confirmed", "rejected", "proposed"])
def test_marking(client, log, review):
    assert client.decide("mark", "work", review=review).status_code == 200
    assert log.read_bytes() == by_library(log, lambda read: read.set("work", review=review))


def test_editing_fields(client, log):
    fields = {"title": "They  vote\n", "places": ["Harbour", " "], "notes": "a\nb", "tags": []}
    assert client.decide("edit", "vote", fields=fields).status_code == 200
    assert log.read_bytes() == by_library(
        log, lambda read: read.set("vote", title="They vote", places=["Harbour"], notes="a\nb", tags=None)
    )


def test_a_corrected_date_keeps_the_old_one_and_asks(client, log):
    said = client.decide("edit", "work", fields={"when": "last Monday"}).json()
    assert log.read_bytes() == by_library(
        log, lambda read: read.set("work", when="2023-06-05", previously="2023-07", review="confirmed")
    )
    assert said["event"]["asks"] == [
        {"ask": "It lies before 10 June 2023, when its article appeared, and is planned. Did it happen?", "status": "happened"}
    ]
    client.decide("edit", "work", fields={"when": "2023-06-06"})
    assert EventLog.read(log).by_id("work").previously == "2023-07"


def test_a_date_for_what_had_none(client, log):
    assert client.decide("edit", "other", fields={"when": "3 March 2021"}).status_code == 200
    assert log.read_bytes() == by_library(
        log, lambda read: read.set("other", when="2021-03-03", review="confirmed", unresolved=None)
    )


def test_a_source_is_taken_out(client, log):
    assert client.decide("edit", "vote", fields={"sources": []}).status_code == 200
    assert EventLog.read(log).by_id("vote").sources == []
    assert "🚢" not in log.read_text("utf-8")


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"when": "soon"}, "not one date"), ({"title": " "}, "needs its title"), ({"status": "done"}, "status 'done'"), ({"id": "x"}, "no field"),
        ({"when": "2023-06-04", "status": "no"}, "status 'no'"), ({"tags": "a"}, "a list"), ({"title": "\ud800"}, "U+D800"), ([], "an object"),
        ({"title": 3}, "a text"), ({"sources": [{"x": 1}]}, "article"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_changes_nothing(client, log, fields, why):
    before = log.read_bytes()
    said = client.http.post(
        f"/{TOKEN}/api/decide", headers={"Origin": HOME, "content-type": "application/json"},
        content=json.dumps({"act": "edit", "events": [client.pair("vote")], "fields": fields}),
    )  # fmt: skip
    assert said.status_code == 400
    assert why in said.json()["error"]
    assert log.read_bytes() == before
    assert client.get("event", key="0:vote").json()["record"]["title"] == "The council votes for the bridge"


def test_merging_with_a_choice_of_fields(client, log):
    said = client.decide("merge", "vote", "vote-2", take=["when", "title"]).json()
    assert said["gone"] == ["0:vote-2"]

    def work(read):
        read.set("vote", when="2023-06-06", title="The town council votes for a new bridge", previously="2023-06-05")
        read.merge("vote", "vote-2")

    assert log.read_bytes() == by_library(log, work)
    assert len(EventLog.read(log).by_id("vote").sources) == 2


def test_splitting(client, log):
    said = client.decide("split", "vote", fields={"title": "They vote"}, second={"title": "They cheer", "when": "on Monday"}).json()
    read = EventLog.read(log)
    assert said["changed"][:2] == ["0:vote", "0:2023-06-05-they-cheer"]
    assert read.by_id("vote").title == "They vote"
    assert read.by_id("2023-06-05-they-cheer").sources == read.by_id("vote").sources
    assert client.decide("split", "work", second={"title": ""}).status_code == 400


def test_adding_by_hand_and_out_of_marked_words(client, log):
    said = client.post("decide", act="add", fields={"title": "A storm", "when": "2 March 2021"}).json()
    assert said["changed"] == ["0:2021-03-02-storm"]
    text = read_article(log.parent / "articles" / "harbour.md").text
    start = text.index("The old bridge")
    marked = {"article": "harbour", "start": start, "end": start + len("The old bridge was closed")}
    said = client.post("decide", act="add", marked=marked, fields={"title": "The old bridge is closed", "when": "last Monday"}).json()
    event = EventLog.read(log).by_id(said["changed"][0].partition(":")[2])
    assert (str(event.when), event.review) == ("2023-06-05", "confirmed")
    assert (event.sources[0].quote, event.sources[0].published) == ("The old bridge was closed", "2023-06-10")
    assert client.post("decide", act="add", marked={**marked, "end": 10**6}, fields={"title": "x", "when": "2020"}).status_code == 400
    assert client.post("decide", act="add", marked={**marked, "article": "../log"}, fields={"title": "x", "when": "2020"}).status_code == 400
    assert client.post("decide", act="add", fields={"title": "x"}).status_code == 400
    assert client.post("decide", act="add", log=4, fields={"title": "x", "when": "2020"}).status_code == 400
    assert log.read_text("utf-8").startswith(LOG.rstrip("\n"))


def test_linking_a_plan_to_its_outcome(client, log):
    client.decide("link", "begun", "work", outcome="done")
    assert log.read_bytes() == by_library(log, lambda read: read.set("begun", related=["work"], outcome="done"))
    client.decide("link", "begun", "work", outcome=None)
    assert log.read_text("utf-8") == LOG
    assert client.decide("link", "begun", "work", outcome="perhaps").status_code == 400
    assert client.decide("link", "begun", "begun", outcome="done").status_code == 400


@pytest.mark.parametrize(("keep", "when"), [("first", "2023-06-05"), ("second", "2023-06-06")])
def test_settling_a_conflict(client, log, keep, when):
    assert client.decide("settle", "vote", "vote-2", keep=keep).status_code == 200
    event = EventLog.read(log).by_id("vote")
    assert (str(event.when), len(event.sources), event.related) == (when, 2, [])
    assert client.get("event", key="0:vote").json()["conflicts"] == []


def test_settling_that_both_hold(client, log):
    client.decide("settle", "vote", "vote-2", keep="both")
    assert log.read_bytes() == by_library(log, lambda read: read.set("vote-2", related=None))


def test_accepting_many(client, log):
    assert client.decide("mark", "vote", "work", "begun", review="confirmed").json()["counts"]["confirmed"] == 3

    def work(read):
        for name in ("vote", "work", "begun"):
            read.confirm(name)

    assert log.read_bytes() == by_library(log, work)
    client.post("undo")
    assert log.read_text("utf-8") == LOG


@pytest.mark.parametrize(
    ("act", "names", "more"),
    [
        ("mark", ["vote"], {"review": "confirmed"}), ("edit", ["vote"], {"fields": {"when": "2020", "notes": "n"}}),
        ("merge", ["vote", "vote-2"], {"take": ["when"]}), ("split", ["vote"], {"second": {"title": "They cheer"}}),
        ("settle", ["vote", "vote-2"], {"keep": "both"}), ("link", ["begun", "work"], {"outcome": "done"}), ("add", [], {"fields": {"title": "A", "when": "2020"}}),
    ],
)  # fmt: skip
def test_undo_and_redo_to_the_byte_and_around_changes_of_others(client, log, act, names, more):
    assert client.decide(act, *names, **more).status_code == 200
    done = log.read_bytes()
    said = client.post("undo").json()
    assert (log.read_text("utf-8"), said["undo"], said["redo"]) == (LOG, None, act)
    client.post("redo")
    assert log.read_bytes() == done
    assert client.post("redo").status_code == 400
    read = EventLog.read(log)  # another event is changed meanwhile: it stays
    read.set("other", title="Nobody laughed")
    read.write()
    assert client.post("undo").status_code == 200
    assert [e for e in EventLog.read(log) if e.id != "other"] == [
        e for e in EventLog.read(_written(log, LOG)) if e.id != "other"
    ]
    assert EventLog.read(log).by_id("other").title == "Nobody laughed"


def _written(log, text):
    path = log.with_name("asked.yaml")
    path.write_text(text, encoding="utf-8")
    return path


def test_taking_back_what_another_changed_since_is_refused(client, log):
    client.decide("edit", "vote", fields={"title": "Mine"})
    read = EventLog.read(log)
    read.set("vote", title="Theirs")
    read.write()
    said = client.post("undo")
    assert said.status_code == 409
    assert said.json()["now"][0]["record"]["title"] == "Theirs"
    assert EventLog.read(log).by_id("vote").title == "Theirs"


# --- several at once


def test_two_tabs_do_not_overwrite_each_other(client, log):
    seen = client.pair("vote")
    assert client.post("decide", hand="two", act="edit", events=[seen], fields={"title": "Of the other tab"}).status_code == 200
    said = client.post("decide", act="edit", events=[seen], fields={"title": "Mine"})
    assert said.status_code == 409
    assert said.json()["now"][0]["record"]["title"] == "Of the other tab"
    assert client.post("undo").status_code == 400  # what the other tab did is not mine to take back
    said = client.post("decide", act="edit", events=[[seen[0], said.json()["now"][0]["version"]]], fields={"title": "Mine"})
    assert EventLog.read(log).by_id("vote").title == "Mine"


def test_a_change_on_disk_is_taken_up_and_asked_only_for_the_same_event(client, log):
    seen, generation = client.pair("vote"), client.get("state").json()["generation"]
    log.write_text(LOG.replace("Work begins", "Work has begun"), encoding="utf-8")
    assert client.get("state").json()["generation"] > generation
    assert client.post("decide", act="mark", events=[seen], review="confirmed").status_code == 200
    assert "Work has begun" in log.read_text("utf-8")
    log.write_text(log.read_text("utf-8").replace("The council votes", "They vote"), encoding="utf-8")
    assert client.post("decide", act="mark", events=[seen], review="rejected").status_code == 409
    assert EventLog.read(log).by_id("vote").review == "confirmed"


def test_a_source_that_extraction_adds_is_no_conflict(client, log):
    seen = client.pair("vote")
    read = EventLog.read(log)
    read.add_source("vote", read.by_id("vote-2").sources[0])
    read.write()
    assert client.post("decide", act="mark", events=[seen], review="confirmed").status_code == 200
    assert len(EventLog.read(log).by_id("vote").sources) == 2


def test_a_log_that_is_broken_meanwhile_is_told_of_and_not_written(client, log):
    seen = client.pair("vote")
    log.write_text(LOG + "- id: [\n", encoding="utf-8")
    assert client.get("state").json()["trouble"]
    assert client.post("decide", act="mark", events=[seen], review="confirmed").status_code == 400
    assert log.read_text("utf-8").endswith("- id: [\n")
    log.write_text(LOG, encoding="utf-8")
    assert client.get("state").json()["trouble"] == []
    assert client.post("decide", act="mark", events=[seen], review="confirmed").status_code == 200


def test_an_event_that_somebody_took_out(client, log):
    seen = client.pair("begun")
    read = EventLog.read(log)
    read.remove("begun")
    read.write()
    assert client.post("decide", act="mark", events=[seen], review="confirmed").status_code == 409


def test_the_difference_and_the_summary(client, log):
    assert client.get("changes").json() == {"diff": "", "summary": ""}
    client.decide("mark", "work", review="confirmed")
    client.decide("edit", "vote", fields={"title": "They vote"})
    told = client.get("changes").json()
    assert "-  title: The council votes for the bridge\n+  title: They vote\n" in told["diff"]
    assert told["summary"].splitlines() == [
        "Curate The bridge: 1 edited, 1 confirmed", "", "- vote: edited; title The council votes for the bridge -> They vote", "- work: confirmed",
    ]  # fmt: skip


def test_several_logs_are_one_queue(log, articles):
    other = log.with_name("second.yaml")
    other.write_text("title: Second\nevents:\n- id: vote\n  when: 2022\n  title: Older\n", encoding="utf-8")
    desk = Desk([log, other], articles)
    rows = desk.queue({})["events"]
    assert [r["key"] for r in rows][:3] == ["0:vote", "1:vote", "0:vote-2"]
    versions = {r["key"]: r["version"] for r in rows}
    desk.decide({"act": "mark", "review": "confirmed", "events": [[k, versions[k]] for k in ("0:vote", "1:vote")]})
    assert [EventLog.read(p).by_id("vote").review for p in (log, other)] == ["confirmed", "confirmed"]
    assert desk.queue({"story": "Second"})["total"] == 1


# --- attacks


def test_every_request_needs_the_token(client):
    for path in ("/", "/api/queue", "/main.js", "/wrong/", f"/{TOKEN}", f"/{TOKEN}x/", f"/{TOKEN[:-1]}/", f"//{TOKEN}/", "/%00/", "/ü/"):
        assert client.http.get(path, follow_redirects=False).status_code == 404, path
    assert client.http.get(f"/{TOKEN}/").status_code == 200


def test_only_the_loopback_names_and_only_the_page_itself_may_ask(client):
    page = f"/{TOKEN}/api/state"
    for host in ("evil.example", "evil.example:8000", "127.0.0.1", "127.0.0.1:9000", "localhost.evil.example:8000", "", "[::1]:8000"):
        assert client.http.get(page, headers={"Host": host}).status_code == 403, host
    assert client.http.get(page, headers={"Host": "localhost:8000"}).status_code == 200
    for origin in ("http://evil.example", "null", "http://127.0.0.1:9000", "https://127.0.0.1:8000", ""):
        assert client.http.get(page, headers={"Origin": origin}).status_code == 403, origin
        assert client.post("undo", headers={"Origin": origin}).status_code == 403, origin
    for site in ("cross-site", "same-site"):
        assert client.http.get(page, headers={"Sec-Fetch-Site": site}).status_code == 403
    post = f"/{TOKEN}/api/undo"
    assert client.http.post(post, json={}).status_code == 403
    assert client.http.post(post, content="{}", headers={"Origin": HOME, "Content-Type": "text/plain"}).status_code == 415
    for method in ("PUT", "DELETE", "OPTIONS", "TRACE"):
        assert client.http.request(method, page, headers={"Origin": HOME}).status_code == 405


def test_no_path_leads_out(client):
    for path in ("../log.yaml", "..%2flog.yaml", "%2e%2e/%2e%2e/etc/passwd", "..\\log.yaml", "/etc/passwd", "desk.py", "web/main.js", "main.js/", "api/", "main.js%00"):
        assert client.http.get(f"/{TOKEN}/{path}").status_code == 404, path
    assert client.get("article", key="0:../../log").status_code == 404


def test_an_article_outside_the_folder_is_not_read(log, articles, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("It was on 3 May 2020.")
    (articles / "elsewhere.txt").symlink_to(secret)
    client = Client(log, articles)
    assert not client.get("article", key="0:vote-2").json()["at_hand"]
    log.write_text(LOG.replace("article: elsewhere", "article: ../secret"), encoding="utf-8")
    assert not client.get("article", key="0:vote-2").json()["at_hand"]


def test_large_and_odd_bodies(client, log):
    url, headers = f"/{TOKEN}/api/decide", {"Origin": HOME, "Content-Type": "application/json"}
    big = b'{"a": "' + b"x" * MOST_BYTES + b'"}'
    assert client.http.post(url, content=big, headers=headers).status_code == 413
    assert client.http.post(url, content=iter([big[:1000], big[1000:]]), headers=headers).status_code == 413
    for body in (b"", b"[]", b"{", b"[" * 100_000, b"\xff", b'{"act": "nothing"}', b'{"act": ["mark"]}', b'{"act": "mark", "events": 3}',
                 b'{"act": "mark", "events": [["0:vote"]]}', b'{"act": "mark", "events": [[0, 1]]}', b'{"act": "add", "marked": 3, "fields": {}}'):  # fmt: skip
        assert client.http.post(url, content=body, headers=headers).status_code == 400, body[:40]
    assert log.read_text("utf-8") == LOG


def test_headers(client):
    for path in ("", "api/state", "main.js", "nothing"):
        headers = client.http.get(f"/{TOKEN}/{path}").headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert (headers["referrer-policy"], headers["x-content-type-options"], headers["cache-control"]) == ("no-referrer", "nosniff", "no-store")
    assert client.http.get("/").headers["x-frame-options"] == "DENY"


def test_the_page_names_no_other_place():
    web = ROOT / "chronicle" / "curate" / "web"
    for file in web.iterdir():
        text = file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http://" not in text, file
        assert "https://" not in text, file
        assert len(text.splitlines()) < 300, file
        if file.suffix == ".js":
            for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
                assert word not in text, (file, word)


# --- the command


def start(log, *options):
    command = [sys.executable, "-m", "chronicle", "curate", str(log), *map(str, options)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    line = running.stdout.readline()
    assert "http://127.0.0.1:" in line, running.stderr.read()
    return running, line.split()[0]


def ask(url, body=None):
    headers = {"Origin": url.split("/", 3)[0] + "//" + url.split("/")[2], "Content-Type": "application/json"}
    request = urllib.request.Request(url, None if body is None else json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read())


def test_kill_9_in_the_middle_of_edits_leaves_a_whole_log(log):
    """Every edit that was acknowledged is there, whatever the moment of the kill; the log is whole."""
    last = tried = "The council votes for the bridge"
    count = 0
    for moment in (11, 20, 29, 40):
        running, url = start(log)
        killer = None
        try:
            for edit in range(100):
                if edit == moment:
                    code = f"import os, time; time.sleep(0.01); os.kill({running.pid}, {int(signal.SIGKILL)})"
                    killer = subprocess.Popen([sys.executable, "-c", code])
                tried = f"Edit {moment}-{edit}"
                event = ask(f"{url}api/event?key=0:vote")
                ask(f"{url}api/decide", {"act": "edit", "events": [["0:vote", event["version"]]], "fields": {"title": tried}})
                last = tried
                count += 1
        except (OSError, http.client.HTTPException):
            pass
        finally:
            running.kill()
            running.communicate(timeout=20)
            if killer is not None:
                killer.wait(timeout=20)
        assert running.returncode == -signal.SIGKILL
        assert EventLog.read(log).by_id("vote").title in (last, tried)
    assert count >= 100
    read = EventLog.read(log)
    read.set("vote", title="The council votes for the bridge")
    read.write()
    assert log.read_text("utf-8") == LOG
    assert [p for p in log.parent.iterdir() if p.suffix == ".tmp"] == []  # the next writer took away what was half written


def test_ctrl_c_ends_it_and_a_taken_port_is_told(log, run):
    running, url = start(log)
    port = url.split(":")[2].split("/")[0]
    code, _, err = run("curate", log, "--port", port)
    assert code == 2
    assert "choose another with --port" in err
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=20)
    assert running.returncode in (0, 130, -signal.SIGINT)


def test_what_is_curated_stays_when_it_is_extracted_again(tmp_path, articles):
    log = tmp_path / "new.yaml"
    read = EventLog.read(log, create=True)
    article = read_article(articles / "harbour.md")
    events = extract(article)
    read.take(events)
    read.write()
    client = Client(log, articles)
    first, second = (e.id for e in EventLog.read(log)[:2])
    client.decide("edit", first, fields={"when": "4 March 2021", "title": "Closed"})
    client.decide("mark", second, review="rejected")
    before = log.read_bytes()
    again = EventLog.read(log)
    again.take(extract(article))
    again.write()
    assert log.read_bytes() == before
