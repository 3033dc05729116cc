"""Curating in a real browser: deciding by keyboard and mouse, dates in words, merging, conflicts, what others change meanwhile."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from test_curate import ARTICLE, LOG

from chronicle import EventLog

pytest.importorskip("starlette")
uvicorn = pytest.importorskip("uvicorn")
sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect

from chronicle.curate.desk import Desk  # noqa: E402
from chronicle.curate.server import application, listen  # noqa: E402

WEB = Path(__file__).parent / "web"
PICTURES = Path(__file__).parent.parent / "build" / "pictures"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def served(tmp_path):
    """A log, its articles and a server in a thread of its own; gives the log, the address and what ends the server."""
    log, folder = tmp_path / "log.yaml", tmp_path / "articles"
    folder.mkdir()
    log.write_text(LOG, encoding="utf-8")
    (folder / "harbour.md").write_text(ARTICLE, encoding="utf-8")
    sock = listen(0)
    port = sock.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(application(Desk([log], folder), "tok", port), log_level="critical", lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]}, daemon=True)
    thread.start()

    def end():
        server.should_exit = server.force_exit = True
        thread.join(20)
        sock.close()

    yield log, f"http://127.0.0.1:{port}/tok/", end
    end()


@pytest.fixture
def open_page(browser, served):
    contexts = []

    def call(**options):
        context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        contexts.append(context)
        context.set_default_timeout(6000)
        shown = context.new_page()
        shown.complaints = []
        shown.foreign = []
        shown.on("pageerror", lambda error: shown.complaints.append(str(error)))
        shown.on("dialog", lambda dialog: (shown.complaints.append(dialog.message), dialog.dismiss()))
        shown.on("request", lambda request: None if request.url.startswith(served[1]) else shown.foreign.append(request.url))
        shown.goto(served[1])
        shown.wait_for_selector("html[data-ready]")
        return shown

    yield call
    for context in contexts:
        for shown in context.pages:
            assert shown.complaints == []
            assert shown.foreign == []
        context.close()


@pytest.fixture
def log(served):
    return served[0]


def event(log, name):
    return EventLog.read(log).by_id(name)


def title_is(shown, text):
    expect(shown.locator("#e-title")).to_have_value(text)


def close(shown):
    expect(shown.locator("dialog")).to_be_visible()
    shown.locator("dialog").press("Escape")
    expect(shown.locator("dialog")).to_be_hidden()


def picture(shown, name):
    PICTURES.mkdir(parents=True, exist_ok=True)
    shown.screenshot(path=str(PICTURES / f"curate-{name}.png"))


VOTE, VOTE_2, WORK = "The council votes for the bridge", "The town council votes for a new bridge", "Work is to begin"


def test_deciding_by_keyboard(open_page, log):
    shown = open_page()
    title_is(shown, VOTE)
    picture(shown, "deciding")
    shown.keyboard.press("a")
    title_is(shown, VOTE_2)
    shown.keyboard.press("r")
    title_is(shown, WORK)
    shown.keyboard.press("b")
    shown.keyboard.press("n")
    assert (event(log, "vote").review, event(log, "vote-2").review) == ("confirmed", "rejected")
    expect(shown.locator("#progress")).to_contain_text("2 left, 3 done")
    shown.keyboard.press("u")
    title_is(shown, VOTE_2)
    assert event(log, "vote-2").review == "proposed"
    shown.keyboard.press("u")
    title_is(shown, VOTE)
    assert log.read_text("utf-8") == LOG
    shown.keyboard.press("U")
    expect(shown.locator("#progress")).to_contain_text("1 confirmed")
    assert event(log, "vote").review == "confirmed"


def held(shown, pattern):
    """Hold the answers of the server to what a pattern names; gives a function that lets them through."""
    shown.route(pattern, lambda route: None)
    # Playwright lets those that wait through as soon as they are no longer held
    return lambda: shown.unroute(pattern)


def test_a_verdict_on_an_event_whose_article_is_still_read_counts(open_page, log):
    shown = open_page()
    title_is(shown, VOTE)
    release = held(shown, "**/api/article*")
    shown.keyboard.press("a")
    title_is(shown, VOTE_2)
    shown.keyboard.press("r")
    release()
    title_is(shown, WORK)
    assert (event(log, "vote").review, event(log, "vote-2").review) == ("confirmed", "rejected")


def test_a_verdict_that_is_given_twice_before_it_is_written_counts_once(open_page, log):
    shown = open_page()
    title_is(shown, VOTE)
    release = held(shown, "**/api/decide")
    shown.keyboard.press("a")
    shown.keyboard.press("a")
    release()
    title_is(shown, VOTE_2)
    expect(shown.locator("#progress")).to_contain_text("1 confirmed")
    assert event(log, "vote-2").review == "proposed"


def test_who_went_on_before_a_verdict_was_written_is_not_called_back(open_page, log):
    shown = open_page()
    title_is(shown, VOTE)
    release = held(shown, "**/api/decide")
    shown.keyboard.press("a")
    shown.keyboard.press("n")
    title_is(shown, VOTE_2)
    shown.keyboard.press("n")
    title_is(shown, WORK)
    with shown.expect_response("**/api/article*"):
        release()
    expect(shown.locator("#progress")).to_contain_text("1 confirmed")
    title_is(shown, WORK)
    assert event(log, "vote").review == "confirmed"


def test_deciding_by_mouse(open_page, log):
    shown = open_page()
    shown.locator("#entries li", has_text=WORK).click()
    title_is(shown, WORK)
    shown.get_by_role("button", name="Accept a").click()
    title_is(shown, "Work begins")
    shown.get_by_role("button", name="Undo").click()
    title_is(shown, WORK)
    assert log.read_text("utf-8") == LOG
    shown.get_by_role("button", name="Reject").click()
    title_is(shown, "Work begins")
    assert event(log, "work").review == "rejected"


def test_a_date_in_words_with_its_reading(open_page, log):
    shown = open_page()
    shown.locator("#entries li", has_text=WORK).click()
    title_is(shown, WORK)
    shown.keyboard.press("d")
    shown.locator("#e-when").fill("early July")
    expect(shown.locator("#reading")).to_have_text("some time from 1 to 10 July 2023 ([2023-07-01..2023-07-10], counted from 2023-06-10)")
    picture(shown, "date")
    shown.locator("#e-when").fill("every Monday")
    expect(shown.locator("#reading")).to_contain_text("comes round again")
    shown.keyboard.press("Enter")
    expect(shown.locator("#notice")).to_contain_text("comes round again")
    assert str(event(log, "work").when) == "2023-07"
    shown.locator("#e-when").fill("last Monday")
    shown.keyboard.press("Enter")
    expect(shown.locator(".ask")).to_contain_text("Did it happen?")
    changed = event(log, "work")
    assert (str(changed.when), changed.previously, changed.review) == ("2023-06-05", "2023-07", "confirmed")
    shown.get_by_role("button", name="Make it happened").click()
    expect(shown.locator(".ask")).to_have_count(0)
    assert event(log, "work").status == "happened"


def test_a_time_of_the_article_is_taken_by_a_click_and_by_a_key(open_page, log):
    shown = open_page()
    title_is(shown, VOTE)
    expect(shown.locator("#article-body .own")).to_have_text("Monday")
    shown.locator("#article-body .time", has_text="3 March 2021").click()
    expect(shown.locator("#e-when")).to_have_value("2021-03-03")
    assert event(log, "vote").previously == "2023-06-05"
    shown.locator("#article-body .time", has_text="early July").press("Enter")
    expect(shown.locator("#e-when")).to_have_value("[2023-07-01..2023-07-10]")


def test_every_field_is_edited_in_place(open_page, log):
    shown = open_page()
    title_is(shown, VOTE)
    for name, text in (("places", "Harbour; Town Hall"), ("tags", "bridge"), ("notes", "seen"), ("title", "They vote"), ("people", "Ann Lee"), ("doubts", "")):
        shown.locator(f"#e-{name}").fill(text)
        shown.locator(f"#e-{name}").press("Tab")
        shown.wait_for_load_state("networkidle")
    shown.locator("#e-status").select_option("planned")
    expect(shown.locator("#entries li[aria-current]")).to_contain_text("planned")
    found = event(log, "vote")
    assert (found.places, found.tags, found.notes, found.title, found.people) == (["Harbour", "Town Hall"], ["bridge"], "seen", "They vote", ["Ann Lee"])
    assert (found.doubts, found.status) == ([], "planned")


def test_merging_field_by_field(open_page, log):
    shown = open_page()
    shown.keyboard.press("m")
    shown.locator("#candidates button", has_text=VOTE_2).click()
    shown.locator("[name=m-title][value=other]").check()
    picture(shown, "merging")
    shown.locator("#merge-it").click()
    title_is(shown, VOTE_2)
    found = event(log, "vote")
    assert (found.title, str(found.when), len(found.sources)) == (VOTE_2, "2023-06-05", 2)
    shown.keyboard.press("u")
    title_is(shown, VOTE)
    assert log.read_text("utf-8") == LOG


def test_settling_a_conflict_by_keys(open_page, log):
    shown = open_page()
    shown.keyboard.press("c")
    expect(shown.locator("dialog")).to_contain_text("On Tuesday the town council voted")
    picture(shown, "conflict")
    shown.locator("#keep-second").focus()
    shown.keyboard.press("Enter")
    expect(shown.locator("#e-when")).to_have_value("2023-06-06")
    assert len(event(log, "vote").sources) == 2


def test_splitting_linking_and_adding(open_page, log):
    shown = open_page()
    shown.keyboard.press("s")
    shown.locator("#s-title2").fill("They cheer")
    shown.locator("#split-it").click()
    expect(shown.locator("#entries")).to_contain_text("They cheer")
    shown.keyboard.press("+")
    shown.locator("#n-title").fill("A storm")
    shown.locator("#n-when").fill("2 March 2021")
    expect(shown.locator("#n-when-told")).to_contain_text("2021-03-02")
    shown.locator("#add-it").click()
    title_is(shown, "A storm")
    shown.locator("#f-review").select_option("")
    shown.locator("#entries li", has_text="Work begins").click()
    title_is(shown, "Work begins")
    shown.keyboard.press("l")
    shown.locator("#c-text").fill("is to begin")
    shown.locator("#candidates button", has_text=WORK).click()
    shown.locator("dialog button", has_text="done").click()
    expect(shown.locator("#form")).to_contain_text("its plan, done")
    assert (event(log, "begun").related, event(log, "begun").outcome) == (["work"], "done")


def test_an_event_out_of_marked_words(open_page, log):
    shown = open_page()
    expect(shown.locator("#article-body .own")).to_have_text("Monday")
    shown.evaluate(
        """() => { const s = Array.from(document.querySelectorAll('#article-body [data-start]')).find(p => p.textContent.includes('The old bridge was closed'));
                   const at = s.firstChild.data.indexOf('The old bridge'); const range = document.createRange();
                   range.setStart(s.firstChild, at); range.setEnd(s.firstChild, at + 'The old bridge was closed'.length);
                   getSelection().removeAllRanges(); getSelection().addRange(range); }"""
    )
    shown.locator("#add").click()
    expect(shown.locator("#n-title")).to_have_value("The old bridge was closed")
    shown.locator("#n-when").fill("3 March 2021")
    shown.locator("#add-it").click()
    title_is(shown, "The old bridge was closed")
    assert event(log, "2021-03-03-old-bridge-closed").sources[0].quote == "The old bridge was closed"


def test_accepting_many_and_what_changed(open_page, log):
    shown = open_page()
    shown.locator("#f-source").select_option("harbour")
    expect(shown.locator("#total")).to_have_text("2 events")
    shown.keyboard.press("Escape")
    shown.locator("#many").click()
    expect(shown.locator("dialog li")).to_have_count(2)
    shown.locator("#accept-all").click()
    expect(shown.locator("#progress")).to_contain_text("2 confirmed")
    assert [e.id for e in EventLog.read(log).where(review="confirmed")] == ["vote", "work"]
    shown.keyboard.press("g")
    expect(shown.locator("#summary")).to_contain_text("Curate The bridge: 2 confirmed")
    expect(shown.locator("#diff")).to_contain_text("+  review: confirmed")


def test_what_others_write_is_taken_up_and_what_is_typed_stays(open_page, log):
    shown = open_page()
    title_is(shown, VOTE)
    shown.locator("#e-notes").click()
    shown.keyboard.type("I was th")
    log.write_text(LOG.replace(VOTE, "They vote").replace("Work begins", "Work has begun"), encoding="utf-8")
    title_is(shown, "They vote")
    expect(shown.locator("#entries")).to_contain_text("Work has begun")
    expect(shown.locator("#e-notes")).to_be_focused()
    shown.keyboard.type("ere")
    shown.keyboard.press("Control+Enter")
    expect(shown.locator("#entries li[aria-current]")).to_contain_text("They vote")
    shown.wait_for_timeout(300)
    assert (event(log, "vote").notes, event(log, "vote").title) == ("I was there", "They vote")


@pytest.mark.parametrize("choice", ["keep-theirs", "write-mine"])
def test_two_tabs_on_the_same_field_are_asked(open_page, log, choice):
    one, two = open_page(), open_page()
    one.locator("#e-title").fill("Of one")
    two.locator("#e-title").fill("Of two")
    one.locator("#e-title").press("Enter")
    expect(one.locator("#entries")).to_contain_text("Of one")
    expect(two.locator("#notice")).to_contain_text("asked before it is written")
    two.locator("#e-title").press("Enter")
    expect(two.locator("dialog")).to_contain_text("Of one")
    assert event(log, "vote").title == "Of one"
    picture(two, f"changed-{choice}")
    two.locator(f"#{choice}").click()
    wanted = "Of one" if choice == "keep-theirs" else "Of two"
    expect(two.locator("dialog")).to_be_hidden()
    expect(two.locator("#entries")).to_contain_text(wanted)
    title_is(two, wanted)
    assert event(log, "vote").title == wanted


def test_a_server_that_is_gone_loses_nothing_that_is_typed(open_page, served, log):
    shown = open_page()
    shown.locator("#e-title").fill("Half a ti")
    served[2]()
    shown.locator("#e-title").press("Enter")
    expect(shown.locator("#notice")).to_contain_text("does not answer")
    expect(shown.locator("#e-title")).to_have_value("Half a ti")
    assert log.read_text("utf-8") == LOG


def test_hostile_texts_are_texts(open_page, log):
    evil = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    read = EventLog.read(log)
    read.set("vote", title=evil, notes=evil, places=[evil], doubts=[evil])
    event_ = read.by_id("vote")
    event_.sources[0].url = "javascript:alert(3)"
    event_.sources[0].title = evil
    event_.sources[0].quote = evil
    read.write()
    shown = open_page()
    title_is(shown, evil)
    expect(shown.locator("#entries li").first).to_contain_text("<img src=x")
    assert shown.locator("img, #form script, #form a").count() == 0
    shown.keyboard.press("m")
    close(shown)
    shown.keyboard.press("c")
    expect(shown.locator("dialog blockquote").first).to_contain_text("<script>")
    assert shown.locator("dialog img").count() == 0


@pytest.mark.parametrize("options", [{}, {"color_scheme": "dark"}, PHONE], ids=["light", "dark", "phone"])
def test_axe_finds_nothing(open_page, options):
    script = WEB / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        message = "axe-core is not installed: npm ci --prefix tests/web"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    shown = open_page(**options)

    def violations():
        return shown.evaluate("async () => (await axe.run()).violations.map(v => [v.id, v.impact, v.nodes.map(n => n.html.slice(0, 200) + n.failureSummary)])")

    shown.evaluate(script.read_text("utf-8"))
    assert violations() == []
    shown.locator("#add").click()
    assert violations() == []
    close(shown)
    if not options.get("is_mobile"):
        for key in ("?", "m", "c"):
            shown.keyboard.press(key)
            expect(shown.locator("dialog")).to_be_visible()
            assert violations() == []
            close(shown)


def test_phone_width(open_page, log):
    shown = open_page(**PHONE)
    assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(shown, "phone")
    shown.get_by_role("button", name="Accept", exact=False).locator("visible=true").filter(has_not_text="many").first.tap()
    title_is(shown, VOTE_2)
    assert event(log, "vote").review == "confirmed"
