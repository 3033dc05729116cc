"""The page in a real browser: it draws, is clicked, and runs nothing that an article brought along."""

from __future__ import annotations

import pytest
from test_timeline import ATTACKS

import chronicle
from chronicle import Event, EventLog, Source


@pytest.fixture
def open_page(browser, tmp_path):
    """Open a page of events with the network cut off; gives the page and what it complained of."""
    contexts = []

    def call(events, **options):
        path = chronicle.write_html(events, tmp_path / "page.html", title="Test", description="Some events.")
        context = browser.new_context(**options)
        contexts.append(context)
        shown = context.new_page()
        complaints, requests = [], []
        shown.on("pageerror", lambda error: complaints.append(str(error)))
        shown.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
        shown.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        shown.on("request", lambda request: requests.append(request.url))
        shown.goto(path.as_uri())
        shown.wait_for_selector("#chart .main-svg")
        return shown, complaints, requests

    yield call
    for context in contexts:
        context.close()


def test_the_seeds(open_page, root):
    log = EventLog.read(root / "events")
    shown, complaints, requests = open_page(log)
    assert complaints == []
    assert [r for r in requests if not r.startswith("file:")] == []
    assert shown.locator("li.event").count() == sum(1 for e in log if e.review != "rejected")
    assert shown.locator("#chart .legend .traces").count() >= 4
    assert shown.locator("#chart .scatterlayer .point").count() >= 40


def test_a_click_on_a_mark_opens_its_entry(open_page):
    events = [Event("one", "2021-02-03", "The first"), Event("two", "2021-06-03", "The second")]
    shown, complaints, _ = open_page(events)
    shown.locator("#chart .scatterlayer .point").nth(1).click(force=True)
    shown.wait_for_selector("li.event.chosen")
    assert shown.locator("li.event.chosen").get_attribute("id") == "two"
    assert shown.url.endswith("#two")
    assert complaints == []


def test_hover_shows_the_event(open_page):
    events = [Event("one", "2021-02-03", "The first", sources=[Source("a", quote="It began.")])]
    shown, _, _ = open_page(events)
    shown.locator("#chart .scatterlayer .point").first.hover(force=True)
    shown.wait_for_selector("#chart .hoverlayer .hovertext")
    text = shown.locator("#chart .hoverlayer").text_content()
    for part in ("The first", "3 February 2021", "happened", "It began."):
        assert part in text


def test_an_address_with_an_id_shows_the_event(open_page):
    shown, _, _ = open_page([Event(f"e{n}", "2021-02-03", f"Event {n}") for n in range(60)])
    shown.goto(shown.url.split("#")[0] + "#e59")
    assert shown.locator("#e59").evaluate("e => e.matches(':target')")


def test_attacks_do_not_run(open_page):
    events = [
        Event(f"e{n}", "2021-02-03", text, tags=[text], notes=text, sources=[Source(text, url="javascript:alert(1)", quote=text, how=text, title=text)])
        for n, text in enumerate(ATTACKS)
    ]  # fmt: skip
    shown, complaints, requests = open_page(events)
    for point in shown.locator("#chart .scatterlayer .point").all():
        point.hover(force=True)
    shown.wait_for_timeout(200)
    assert complaints == []
    assert [r for r in requests if not r.startswith("file:")] == []
    assert shown.locator("li.event img, li.event script, #chart b").count() == 0
    assert shown.locator("#e0 h3").inner_text() == ATTACKS[0]


def test_a_phone(open_page, root):
    shown, complaints, _ = open_page(EventLog.read(root / "events"), viewport={"width": 360, "height": 700})
    assert complaints == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= 360
