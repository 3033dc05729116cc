"""The page in a real browser: what it draws, how it is used by mouse, keyboard, address and finger, and that nothing in it runs."""

from __future__ import annotations

import itertools
import json
import os
import threading
from pathlib import Path

import pytest
from test_timeline import ATTACKS

import chronicle
from chronicle import Event, EventLog, Source

sync_api = pytest.importorskip("playwright.sync_api")

WEB = Path(__file__).parent / "web"
PICTURES = Path(__file__).parent.parent / "build" / "pictures"
CARD = "#card-body article"


@pytest.fixture
def open_page(browser, tmp_path):
    """Open a page of events with the network cut off; gives the page and what it complained of and asked for."""
    contexts = []

    def call(events, fragment="", page_options=None, **options):
        path = chronicle.write_html(
            events, tmp_path / "page.html", title="Test", description="Some events.", **(page_options or {})
        )
        context = browser.new_context(**options)
        contexts.append(context)
        shown = context.new_page()
        shown.complaints, shown.requests = [], []
        shown.on("pageerror", lambda error: shown.complaints.append(str(error)))
        shown.on("dialog", lambda dialog: (shown.complaints.append(dialog.message), dialog.dismiss()))
        shown.on(
            "console",
            lambda message: shown.complaints.append(message.text) if message.type in ("error", "warning") else None,
        )
        shown.on("request", lambda request: shown.requests.append(request.url))
        shown.goto(path.as_uri() + fragment)
        ready(shown)
        return shown

    yield call
    for context in contexts:
        context.close()


def ready(shown):
    shown.wait_for_selector("html[data-ready]")


def picture(shown, name):
    """Keep a picture as an artefact of the run."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    shown.screenshot(path=str(PICTURES / f"{name}.png"))


def trace(shown, name):
    return shown.evaluate(
        "n => { const t = document.getElementById('plot').data.find(t => t.name === n); return {x: t.x, y: t.y, text: t.text}; }",
        name,
    )


def place(shown, number=0, name="events"):
    """Return where the sign of a mark, or a cluster, stands on the screen."""
    return shown.evaluate(
        """([n, name]) => {
            const gd = document.getElementById('plot');
            const t = gd.data.find(t => t.name === name);
            const {xaxis, yaxis} = gd._fullLayout;
            const box = gd.getBoundingClientRect();
            return [box.left + xaxis._offset + xaxis.d2p(t.x[n]), box.top + yaxis._offset + yaxis.d2p(t.y[n])];
        }""",
        [number, name],
    )


def settled(shown):
    shown.wait_for_timeout(350)


def view(shown):
    return shown.evaluate("document.getElementById('plot').layout.xaxis.range")


def ids_listed(shown):
    return [e.get_attribute("id") for e in shown.locator("#events li.event:visible").all()]


MANY = [Event(f"e{n}", f"2021-{1 + n // 28 % 12:02d}-{1 + n % 28:02d}", f"Event number {n}") for n in range(336)]
MIXED = [
    Event("talks", "2021-02-03", "Talks open in Zürich", sources=[Source("a", quote="They <met> there.", publisher="The Paper", how="counted")], tags=["talks"], places=["Zürich"], people=["Ann Lee"]),
    Event("strike", "2021-06-03/2021-06-20", "A strike", "ongoing", review="confirmed", sources=[Source("b", publisher="The Post")], tags=["labour"]),
    Event("vote", "[2021-07..2021-08]", "A vote", "planned", tags=["talks"], places=["Bern"]),
    Event("since", "2021-05/..", "A ban", "ongoing", tags=["labour"]),
    Event("open", None, "Some day", "possible", unresolved="no publication date"),
]  # fmt: skip


def test_the_seeds(open_page, root):
    log = EventLog.read(root / "events")
    shown = open_page(log, page_options={"lanes": "story"})
    assert shown.complaints == []
    assert [r for r in shown.requests if not r.startswith("file:")] == []
    assert shown.locator("li.event").count() == sum(1 for e in log if e.review != "rejected")
    assert len(trace(shown, "events")["x"]) == sum(1 for e in log if e.review != "rejected" and e.when)
    assert shown.locator(".chip").count() >= 4
    titles = {title for title, _ in log.stories()}
    headings = set(shown.evaluate("document.getElementById('plot').layout.annotations.map(a => a.text)"))
    assert {f"<b>{t}</b>" for t in titles} <= headings
    picture(shown, "seeds")


def test_marks_stand_where_their_dates_are(open_page):
    shown = open_page([Event("day", "2021-07-16", "A day"), Event("hour", "2021-07-18T10:30", "A minute")])
    assert [x[:16] for x in trace(shown, "events")["x"]] == ["2021-07-16 12:00", "2021-07-18 10:30"]
    shown = open_page([Event("ides", "-0043-03-15", "Ides"), Event("pompeii", "0079-10-24", "Pompeii")])
    assert trace(shown, "events")["x"][0].startswith("-0043-03-15")
    shown = open_page([Event("sun", "Y-46E8", "The Sun forms"), Event("now", "2021", "Today")])
    assert trace(shown, "events")["x"][0] == pytest.approx(-4.6e9, rel=1e-3)
    assert shown.complaints == []


@pytest.mark.parametrize(
    "events",
    [
        [],
        [Event("a", None, "Some day", unresolved="why")],
        [Event("a", "2021-07-16T10:30:15", "One second")],
        [Event("a", "../2020", "Until"), Event("b", "2020/..", "Since")],
        [Event("a", "Y-46E8", "The Sun forms"), Event("b", "-9999", "Old"), Event("c", "2021", "New")],
        [Event("a", "9999-12-31", "The last day"), Event("b", "0000", "Year zero")],
    ],
    ids=["none", "undated", "one", "open", "deep time", "edges"],
)
def test_strange_timelines_work_too(open_page, events):
    shown = open_page(events)
    for key in ("ArrowRight", "+", "+", "-", "0", "ArrowLeft", "Escape"):
        shown.keyboard.press(key)
        settled(shown)
        if key == "+":
            address = shown.url
    for button in ("earlier", "later", "whole"):
        shown.click(f"#{button}")
    settled(shown)
    shown.goto(address)
    shown.reload()
    ready(shown)
    assert shown.complaints == []
    assert shown.url == address


def test_labels_do_not_overlap(open_page, root):
    for events in (EventLog.read(root / "events"), MANY[:90]):
        shown = open_page(events)
        boxes = shown.evaluate(
            "Array.from(document.querySelectorAll('#plot .textpoint text')).map(t => { const b = t.getBoundingClientRect(); return [b.left, b.right, b.top, b.bottom]; }).filter(b => b[1] > b[0])"
        )
        assert len(boxes) >= 20
        for a, b in itertools.combinations(boxes, 2):
            across = min(a[1], b[1]) - max(a[0], b[0])
            down = min(a[3], b[3]) - max(a[2], b[2])
            assert across <= 1 or down <= 3, (a, b)


def test_a_click_on_a_mark_opens_its_card(open_page):
    shown = open_page(MIXED)
    shown.mouse.click(*place(shown, 0))
    shown.wait_for_selector(CARD)
    text = shown.locator(CARD).inner_text()
    for part in (
        "3 February 2021",
        "Talks open in Zürich",
        "happened",
        "They <met> there.",
        "The Paper",
        "How the date came about",
    ):
        assert part in text
    assert shown.locator("li.event.chosen").get_attribute("id") == "talks"
    settled(shown)
    assert shown.url.endswith("#talks")
    picture(shown, "card")
    shown.keyboard.press("Escape")
    assert shown.locator("#card").is_hidden()
    settled(shown)
    assert "#" not in shown.url
    assert shown.complaints == []


def test_bars_and_labels_are_clicked_too(open_page):
    shown = open_page(MIXED)
    x, y = place(shown, [e.id for e in chronicle.event.sort_events(MIXED)].index("since"))
    shown.mouse.click(x + 120, y)
    shown.wait_for_selector(CARD)
    assert "A ban" in shown.locator(CARD).inner_text()


def test_hover_shows_the_event(open_page):
    shown = open_page(MIXED)
    shown.mouse.move(*place(shown, 0))
    shown.wait_for_selector("#tip:visible")
    text = shown.locator("#tip").inner_text()
    for part in ("Talks open in Zürich", "3 February 2021 · happened, proposed", "They <met> there."):
        assert part in text
    shown.mouse.move(5, 5)
    shown.wait_for_selector("#tip", state="hidden")


def test_an_address_with_an_id_opens_and_shows_the_event(open_page):
    for count in (60, 1400):
        events = [Event(f"e{n}", f"2021-{1 + n % 12:02d}-{1 + n % 28:02d}", f"Event {n}") for n in range(count)]
        shown = open_page(events, "#e59")
        shown.wait_for_selector(CARD)
        assert "Event 59" in shown.locator(CARD).inner_text()
        assert shown.locator("#e59").count() == 1
        x, y = place(shown, 0, "chosen") if count == 60 else (1, 1)
        assert 0 < x < 1280
        assert 0 < y < 720
        assert shown.complaints == []


def test_search_goes_through_all_that_a_card_says(open_page):
    shown = open_page(MIXED)
    for words, wanted in (
        ("zurich MET", ["talks"]),
        ("post", ["strike"]),
        ("no such thing", []),
        ("", [e.id for e in chronicle.event.sort_events(MIXED)]),
    ):
        shown.fill("#q", words)
        settled(shown)
        assert ids_listed(shown) == wanted
    shown.fill("#q", "a strike")
    settled(shown)
    assert len(trace(shown, "events")["x"]) == 1
    assert "q=a+strike" in shown.url
    assert shown.locator("#count").inner_text() == "1 of 5 events"


def test_filters_are_kept_in_the_address(open_page, browser):
    shown = open_page(MIXED)
    shown.locator("input[value=happened]").uncheck()
    shown.select_option("#lanes", "tag")
    shown.select_option("#lane", "labour")
    settled(shown)
    assert ids_listed(shown) == ["since", "strike"]
    shown.select_option("#review", "confirmed")
    settled(shown)
    assert ids_listed(shown) == ["strike"]
    address = shown.url
    for part in ("lanes=tag", "lane=labour", "review=confirmed", "status="):
        assert part in address
    other = shown.context.new_page()
    other.goto(address)
    ready(other)
    assert ids_listed(other) == ["strike"]
    assert other.locator("#lane").input_value() == "labour"
    assert not other.locator("input[value=happened]").is_checked()
    other.click("#reset")
    settled(other)
    assert len(ids_listed(other)) == 5
    shown.click("#reset")
    shown.select_option("#tag", "place:Bern")
    settled(shown)
    assert ids_listed(shown) == ["vote"]
    shown.select_option("#tag", "")
    shown.select_option("#source", "The Post")
    settled(shown)
    assert ids_listed(shown) == ["strike"]


def test_lanes(open_page):
    shown = open_page(MIXED, page_options={"lanes": "tag"})
    headings = [
        t
        for t in shown.evaluate("document.getElementById('plot').layout.annotations.map(a => a.text)")
        if t.startswith("<b>")
    ]
    assert headings == ["<b>talks</b>", "<b>labour</b>"]
    shown.select_option("#lanes", "place")
    settled(shown)
    headings = [
        t
        for t in shown.evaluate("document.getElementById('plot').layout.annotations.map(a => a.text)")
        if t.startswith("<b>")
    ]
    assert headings == ["<b>Zürich</b>", "<b>Bern</b>", "<b>others</b>"]
    shown.select_option("#lane", "Bern")
    settled(shown)
    assert [
        t
        for t in shown.evaluate("document.getElementById('plot').layout.annotations.map(a => a.text)")
        if t.startswith("<b>")
    ] == ["<b>Bern</b>"]


def test_the_keyboard_goes_from_event_to_event(open_page):
    shown = open_page(MIXED)
    shown.locator("#chart").focus()
    seen = []
    for _ in range(5):
        shown.keyboard.press("ArrowRight")
        settled(shown)
        seen.append(shown.locator(f"{CARD} h3").inner_text())
    assert seen == [e.title for e in chronicle.event.sort_events(MIXED)]
    shown.keyboard.press("ArrowLeft")
    settled(shown)
    assert shown.locator(f"{CARD} h3").inner_text() == seen[-2]
    before = view(shown)
    shown.keyboard.press("+")
    settled(shown)
    assert view(shown) != before
    assert "view=" in shown.url
    shown.keyboard.press("0")
    settled(shown)
    assert view(shown) == before
    shown.keyboard.press("/")
    assert shown.evaluate("document.activeElement.id") == "q"
    shown.keyboard.type("+0")
    assert shown.locator("#q").input_value() == "+0"


def test_the_list_and_the_chart_are_in_step(open_page):
    shown = open_page(MIXED)
    shown.locator("#vote h3 a").click()
    settled(shown)
    assert shown.locator("li.event.chosen").get_attribute("id") == "vote"
    assert len(trace(shown, "chosen")["x"]) == 1
    assert shown.locator("#card").is_hidden()
    shown.evaluate("scrollTo(0, 0)")
    shown.mouse.click(*place(shown, 0))
    shown.click("#card-list")
    settled(shown)
    assert shown.evaluate("document.activeElement.id") == "talks"
    assert shown.locator("#talks").evaluate("e => e.getBoundingClientRect().top < innerHeight")


def test_dragging_and_the_wheel_change_the_view_and_the_list(open_page):
    shown = open_page(MANY)
    before = view(shown)
    y = (place(shown, 0, "clusters") if trace(shown, "clusters")["x"] else place(shown, 0))[1]
    shown.mouse.move(700, y + 40)
    shown.keyboard.down("Control")
    for _ in range(6):
        shown.mouse.wheel(0, -120)
        shown.wait_for_timeout(40)
    shown.keyboard.up("Control")
    settled(shown)
    near = view(shown)
    assert before[0] < near[0] < near[1] < before[1]
    assert len(ids_listed(shown)) < len(MANY)
    assert " of 336 events, from " in shown.locator("#count").inner_text()
    shown.mouse.move(600, y + 40)
    shown.mouse.down()
    shown.mouse.move(500, y + 40, steps=5)
    shown.mouse.up()
    settled(shown)
    assert view(shown)[0] > near[0]
    shown.mouse.wheel(0, 200)  # without Control the page scrolls
    shown.wait_for_timeout(200)
    assert shown.evaluate("scrollY") > 0


def test_clusters_count_and_open(open_page):
    events = MANY + [Event(f"x{n}", f"2021-05-{1 + n % 28:02d}", f"Crowd {n}") for n in range(700)]
    shown = open_page(events)
    clusters = trace(shown, "clusters")
    assert clusters["x"]
    drawn = len(trace(shown, "events")["x"])
    assert drawn + sum(int(t) for t in clusters["text"] if "k" not in t) == len(events)
    number = max(range(len(clusters["text"])), key=lambda n: int(clusters["text"][n]))
    spot = place(shown, number, "clusters")
    shown.mouse.move(*spot)
    shown.wait_for_selector("#tip:visible")
    assert f"{clusters['text'][number]} events" in shown.locator("#tip").inner_text()
    picture(shown, "clusters")
    shown.mouse.click(*spot)
    settled(shown)
    assert view(shown)[0] > "2021-04"
    assert len(trace(shown, "clusters")["x"]) == 0 or len(trace(shown, "events")["x"]) > 0


def test_the_brush(open_page):
    shown = open_page(MANY)
    first = shown.locator(".handle.left")
    first.focus()
    for _ in range(4):
        shown.keyboard.press("PageUp")
    settled(shown)
    assert view(shown)[0] > "2021-07"
    assert "2021" in first.get_attribute("aria-valuetext")
    box = shown.locator("#overview").bounding_box()
    shown.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + 15)
    shown.mouse.down()
    shown.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + 15, steps=4)
    shown.mouse.up()
    settled(shown)
    low, high = view(shown)
    assert "2021-01-15" < low < "2021-02-20"
    assert "2021-04" < high < "2021-05"
    assert all(i in {e.id for e in MANY if "2021-01-15" < str(e.when) < "2021-05-05"} for i in ids_listed(shown))
    shown.mouse.dblclick(box["x"] + box["width"] * 0.2, box["y"] + 15)
    settled(shown)
    assert len(ids_listed(shown)) == len(MANY)


def test_a_large_timeline_shows_its_list_in_parts(open_page):
    events = [
        Event(
            f"e{n:04d}",
            f"20{n // 336:02d}-{1 + n // 28 % 12:02d}-{1 + n % 28:02d}",
            f"Event {n}",
            sources=[Source("a", quote=f"Quote {n}.")],
        )
        for n in range(2400)
    ]
    shown = open_page(events)
    assert shown.complaints == []
    assert len(ids_listed(shown)) == 100
    shown.click("#after")
    settled(shown)
    assert len(ids_listed(shown)) == 200
    shown.fill("#q", "quote 2399.")
    sync_api.expect(shown.locator("#events li")).to_have_count(1)
    assert ids_listed(shown) == ["e2399"]
    shown.goto(shown.url.split("#")[0] + "#e1500")
    shown.reload()
    ready(shown)
    shown.click("#card-list")
    settled(shown)
    assert shown.evaluate("document.activeElement.id") == "e1500"


def test_attacks_do_not_run(open_page):
    events = [
        Event(f"e{n}", f"2021-02-{n + 1:02d}", text, tags=[text], places=[text], notes=text, according_to=text,
              sources=[Source(text, url="javascript:alert(1)", quote=text, how=text, title=text, publisher=text, expression=text)])
        for n, text in enumerate(ATTACKS)
    ] + [Event('"><img src=x onerror=alert(1)>', "2021-03-01", "The id")]  # fmt: skip
    shown = open_page(
        events, "#q=<img src=x onerror=alert(1)>", {"lanes": "tag", "font": "x</style><script>alert(1)</script>"}
    )
    shown.click("#reset")
    settled(shown)
    for n in range(len(trace(shown, "events")["x"])):
        shown.mouse.move(*place(shown, n))
        shown.wait_for_timeout(30)
    for _ in events:
        shown.keyboard.press("ArrowRight")
        shown.wait_for_timeout(30)
    settled(shown)
    assert shown.complaints == []
    assert [r for r in shown.requests if not r.startswith("file:")] == []
    assert shown.locator("li.event img, li.event script, #card img, #tip img, #plot img, #plot a").count() == 0
    assert shown.locator("a[href^='javascript' i]").count() == 0
    assert shown.locator("#e0 h3").inner_text() == ATTACKS[0]
    labels = shown.locator("#plot .textpoint text").all_text_contents()
    assert any(ATTACKS[0][:20] in t for t in labels)
    assert "$x^2$ from $5 to $6" in labels
    assert "\u202e" not in shown.locator("body").inner_text()
    picture(shown, "attacks")


def test_the_policy_stops_a_script_that_got_in_all_the_same(open_page):
    shown = open_page(MIXED)
    shown.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s); document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">'); }"
    )
    shown.wait_for_timeout(200)
    assert shown.evaluate("window.ran") is None
    assert any("Content Security Policy" in c for c in shown.complaints)


def test_a_phone(open_page, root):
    shown = open_page(
        EventLog.read(root / "events"),
        viewport={"width": 360, "height": 700},
        has_touch=True,
        is_mobile=True,
        device_scale_factor=2,
    )
    assert shown.complaints == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= 360
    assert shown.locator("#lanes").is_hidden()
    shown.locator("#filters").tap()
    assert shown.locator("#lanes").is_visible()
    assert shown.locator("#filters").get_attribute("aria-expanded") == "true"
    assert shown.evaluate("document.documentElement.scrollWidth") <= 360
    shown.evaluate("scrollTo(0, document.getElementById('chart').getBoundingClientRect().top + scrollY - 50)")
    x, y = next(spot for spot in (place(shown, n) for n in range(40)) if 20 < spot[0] < 340 and 60 < spot[1] < 600)
    shown.touchscreen.tap(x, y)
    shown.wait_for_selector(CARD)
    assert shown.locator("#card").bounding_box()["width"] == pytest.approx(360, abs=1)
    picture(shown, "phone")


def test_a_finger_pans_and_two_zoom(open_page):
    shown = open_page(MANY, viewport={"width": 400, "height": 700}, has_touch=True, is_mobile=True)
    touch = shown.context.new_cdp_session(shown)

    def fingers(kind, *xs):
        touch.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": 520, "id": n} for n, x in enumerate(xs)]},
        )

    shown.locator("#plot").scroll_into_view_if_needed()
    shown.evaluate("scrollTo(0, document.getElementById('plot').getBoundingClientRect().top + scrollY - 200)")
    whole = view(shown)
    fingers("touchStart", 100, 200)
    for step in range(1, 8):
        fingers("touchMove", 100 - step * 8, 200 + step * 12)
        shown.wait_for_timeout(20)
    fingers("touchEnd")
    settled(shown)
    near = view(shown)
    assert whole[0] < near[0] < near[1] < whole[1]
    fingers("touchStart", 300)
    for step in range(1, 8):
        fingers("touchMove", 300 - step * 15)
        shown.wait_for_timeout(20)
    fingers("touchEnd")
    settled(shown)
    assert view(shown)[0] > near[0]


def test_dark_print_and_reduced_motion(open_page, root):
    log = EventLog.read(root / "events" / "afghan-peace.yaml")
    shown = open_page(log, color_scheme="dark", reduced_motion="reduce")
    paper = "getComputedStyle(document.body).backgroundColor"
    ink = "document.getElementById('plot').layout.font.color"
    assert shown.evaluate(paper) == "rgb(22, 24, 28)"
    assert shown.evaluate(ink) == "#e8e8e8"
    shown.keyboard.press("ArrowRight")
    assert shown.locator("#card").evaluate("e => getComputedStyle(e).animationName") == "none"
    picture(shown, "dark")
    shown.emulate_media(color_scheme="light")
    settled(shown)
    assert shown.evaluate(ink) == "#1d1f23"
    shown.emulate_media(color_scheme="dark", media="print")
    shown.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    settled(shown)
    assert shown.evaluate(ink) == "#1d1f23"
    assert shown.evaluate(paper) == "rgb(255, 255, 255)"
    assert shown.evaluate("document.querySelector('#plot .main-svg').clientWidth") == 680
    assert shown.locator("#tools").is_hidden()
    assert shown.locator("#card").is_hidden()
    picture(shown, "print")
    shown.evaluate("window.dispatchEvent(new Event('afterprint'))")
    settled(shown)
    assert shown.evaluate(ink) == "#e8e8e8"
    pdf = shown.pdf()
    assert pdf.startswith(b"%PDF")
    shown = open_page(log, page_options={"theme": "dark"}, color_scheme="light")
    assert shown.evaluate(paper) == "rgb(22, 24, 28)"


def test_right_to_left_and_chinese(open_page):
    arabic, chinese = "اجتماع في الدوحة بين الحكومة وحركة طالبان", "外务省发言人表示，会谈将于下周在多哈继续举行"
    shown = open_page(
        [Event("ar", "2021-07-16", arabic, sources=[Source("a", quote=arabic)]), Event("zh", "2021-07-18", chinese)]
    )
    assert trace(shown, "labels")["text"] == [arabic, chinese]
    assert shown.locator("#ar h3").evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert shown.locator("#ar blockquote").evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert shown.locator("#zh h3").evaluate("e => getComputedStyle(e).direction") == "ltr"


def test_the_line_of_the_latest_source(open_page):
    events = [
        Event("a", "2021-07-16", "A", sources=[Source("x", published="2021-07-18")]),
        Event("b", "2021-09-01", "B"),
    ]
    shown = open_page(events, page_options={"now": True})
    notes = shown.evaluate("document.getElementById('plot').layout.annotations.map(a => a.text)")
    assert notes == ["latest source, 18 July 2021"]
    with pytest.raises(ValueError, match="no source of these events has a publication date"):
        open_page(events[1:], page_options={"now": True})


def test_axe_finds_nothing_serious(open_page, root):
    script = WEB / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        message = "axe-core is not installed: npm ci --prefix tests/web"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    source = script.read_text("utf-8")
    log = EventLog.read(root / "events")
    for options in ({}, {"color_scheme": "dark"}, {"viewport": {"width": 360, "height": 700}}):
        shown = open_page(log, page_options={"lanes": "story"}, **options)
        shown.keyboard.press("ArrowRight")
        shown.wait_for_selector(CARD)
        shown.wait_for_timeout(300)
        shown.evaluate(source)
        found = shown.evaluate(
            "async () => (await axe.run()).violations.map(v => ({id: v.id, impact: v.impact, nodes: v.nodes.map(n => n.html.slice(0, 200))}))"
        )
        assert [v for v in found if v["impact"] in ("serious", "critical", "moderate")] == [], json.dumps(
            found, indent=1
        )


def test_plotlyjs_beside_the_page(open_page, tmp_path):
    shown = open_page(MIXED, page_options={"plotlyjs": "directory"})
    assert shown.complaints == []
    assert (tmp_path / "page.html").stat().st_size < 100_000
    assert len(trace(shown, "events")["x"]) == 4


def test_plotlyjs_from_its_server_is_the_one_that_is_meant(browser, tmp_path):
    """The server is played by this test: with the true script the page draws, with another one the browser refuses it."""
    from plotly.offline import get_plotlyjs

    for kind, body, draws in (
        ("cdn", get_plotlyjs(), True),
        ("cdn", "window.ran = 1", False),
        ("basic", get_plotlyjs(), True),
    ):
        path = chronicle.write_html(MIXED, tmp_path / f"{kind}.html", plotlyjs=kind)
        context = browser.new_context()
        asked = []

        def answer(route, _request, body=body, asked=asked):
            asked.append(route.request.url)
            route.fulfill(body=body, content_type="text/javascript", headers={"Access-Control-Allow-Origin": "*"})

        context.route("https://cdn.plot.ly/**", answer)
        shown = context.new_page()
        shown.goto(path.as_uri())
        if draws:
            ready(shown)
        else:
            shown.wait_for_timeout(300)
            assert shown.evaluate("window.ran") is None
        assert len(asked) == 1
        assert ("plotly-basic-" in asked[0]) == (kind == "basic")
        context.close()


def test_a_page_without_scripts_has_the_list(open_page, browser, tmp_path):
    path = chronicle.write_html(MIXED, tmp_path / "plain.html")
    context = browser.new_context(java_script_enabled=False)
    shown = context.new_page()
    shown.goto(path.as_uri() + "#vote")
    assert shown.locator("li.event:visible").count() == 5
    assert shown.locator("#tools").is_hidden()
    context.close()


def test_a_served_page_follows_its_log(browser, tmp_path):
    from chronicle.cli.live import Site, changes, make_server
    from chronicle.cli.render_ import Order

    log = tmp_path / "log.yaml"
    log.write_text("events:\n- id: a\n  when: 2021-02-03\n  title: The first\n", "utf-8")
    site = Site(Order((log,), "Served", None, False, "auto", "inline"))
    server = make_server(site, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context()
    shown = context.new_page()
    complaints = []
    shown.on("pageerror", lambda error: complaints.append(str(error)))
    shown.goto(f"http://127.0.0.1:{server.server_port}/")
    ready(shown)
    assert shown.locator("li.event").count() == 1
    shown.wait_for_timeout(900)
    seen = changes((log,))
    threading.Timer(
        0.5,
        lambda: log.write_text(log.read_text("utf-8") + "- id: b\n  when: 2021-02-04\n  title: The second\n", "utf-8"),
    ).start()
    next(seen)
    site.make()
    shown.wait_for_selector("#b", timeout=5000)
    assert complaints == []
    assert (
        context.request.get(f"http://127.0.0.1:{server.server_port}/", headers={"Host": "evil.example:80"}).status
        == 403
    )
    assert context.request.get(f"http://127.0.0.1:{server.server_port}/etc/passwd").status == 404
    context.close()
    server.shutdown()
