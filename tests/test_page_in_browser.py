"""The page in a real browser: what it draws, how it is used by mouse, keyboard, address and finger, and that nothing in it runs."""

from __future__ import annotations

import io
import itertools
import os
import threading
from pathlib import Path

import pytest
from test_timeline import ATTACKS

import chronicle
from chronicle import Event, EventLog, Source

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect

WEB = Path(__file__).parent / "web"
PICTURES = Path(__file__).parent.parent / "build" / "pictures"
CARD = "#card-body article"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}


@pytest.fixture
def open_page(browser, tmp_path):
    """Open a page of events with the network cut off; gives the page and what it complained of and asked for."""
    contexts = []

    def call(events, fragment="", page_options=None, wait=True, **options):
        options = {"viewport": {"width": 1280, "height": 720}, **options}
        path = chronicle.write_html(
            events, tmp_path / "page.html", "Test", "Some events.", **{"plotlyjs": "directory", **(page_options or {})}
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
        if wait:
            ready(shown)
        return shown

    yield call
    for context in contexts:
        context.close()


def ready(shown):
    shown.wait_for_selector("html[data-ready]")
    settled(shown)


def settled(shown):
    """Wait until the page has done what it was asked to: chart, list and address."""
    shown.wait_for_selector("html:not([data-busy])")
    shown.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    shown.wait_for_selector("html:not([data-busy])")


def until(shown, expression):
    """Wait until an expression of the page is true; its policy lets no text be run as a script, so that Playwright's own way fails."""
    for _ in range(400):
        if shown.evaluate(expression):
            return
        shown.wait_for_timeout(25)
    raise AssertionError(f"never: {expression}")


def press(shown, *keys):
    for key in keys:
        shown.keyboard.press(key)
        settled(shown)


def picture(shown, name):
    """Keep a picture as an artefact of the run."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    shown.screenshot(path=str(PICTURES / f"{name}.png"))


def trace(shown, name):
    return shown.evaluate(
        """n => { const t = document.getElementById('plot').data.find(t => t.name === n);
                  return {x: t.x, y: t.y, text: t.text, data: t.customdata, marker: t.marker}; }""",
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


def view(shown):
    return shown.evaluate("document.getElementById('plot').layout.xaxis.range")


def ids_listed(shown):
    return shown.evaluate(
        "Array.from(document.querySelectorAll('#entries li.event')).filter(e => e.offsetParent).map(e => e.id.slice(3))"
    )


def until_listed(shown, wanted):
    for _ in range(400):
        if ids_listed(shown) == wanted:
            return
        shown.wait_for_timeout(25)
    assert ids_listed(shown) == wanted


def drawn_titles(shown):
    """The labels of the chart, whole."""
    return [t.replace("<br>", " ").replace("<b>", "").replace("</b>", "") for t in trace(shown, "labels")["text"]]


MANY = [Event(f"e{n}", f"2021-{1 + n // 28 % 12:02d}-{1 + n % 28:02d}", f"Event number {n}") for n in range(336)]
MIXED = [
    Event("talks", "2021-02-03", "Talks open in Zürich", tags=["talks"], places=["Zürich"], people=["Ann Lee"], related=["vote"],
          sources=[Source("a", quote="They <met> there, at the lake, for the first time in years.", publisher="The Paper", how="counted",
                          expression="on Wednesday", anchor="2021-02-05", published="2021-02-05", url="https://paper.example/a")]),
    Event("strike", "2021-06-03/2021-06-20", "A strike", "ongoing", review="confirmed", sources=[Source("b", publisher="The Post")], tags=["labour"]),
    Event("vote", "[2021-07..2021-08]", "A vote", "planned", tags=["talks"], places=["Bern"]),
    Event("since", "2021-05-04/..", "A ban", "ongoing", tags=["labour"], sources=[Source("c", published="2021-07-01")]),
    Event("open", None, "Some day", "possible", unresolved="no publication date"),
]  # fmt: skip
STORY = [
    Event(
        f"s{n:02d}", f"2023-{1 + n % 9:02d}-{1 + n * 7 % 28:02d}", f"The council of the town decides about the harbour for the {n}th time",
        review="confirmed" if n % 3 else "proposed",
        sources=[Source(f"a{n % 5}", publisher=f"Paper {n % 5}", published="2023-09-30", quote=f"It met on a morning in the old hall, and {n} people came to see it.")],
    )
    for n in range(23)
] + [Event("old", "1928", "The first flood", sources=[Source("a0")])]  # fmt: skip


# --- first sight


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (1100, 800)])
def test_first_sight(open_page, size):
    """Dates at the top, in order of time from the upper left, every label whole, nothing under or over another."""
    shown = open_page(STORY, viewport={"width": size[0], "height": size[1]})
    assert shown.complaints == []
    axis = shown.locator("#axis svg").bounding_box()
    assert axis["y"] + axis["height"] < 300
    assert shown.locator("#axis text.major").first.text_content().startswith("20")
    assert sorted(drawn_titles(shown)) == sorted(e.title for e in STORY if e.id != "old")
    first = min(zip(trace(shown, "events")["x"], trace(shown, "events")["y"], strict=True))
    assert first[1] < 32
    assert_rows_in_order(shown)
    assert (
        shown.locator(".facts").inner_text()
        == "January 2023 to September 2023 · 24 events from 5 sources · 9 not checked by anybody"
    )
    assert shown.locator("#edges .edge").inner_text() == "‹ 1928: 1 earlier"
    low, high = view(shown)
    assert ("2022-12" < low < "2023-01-02", "2023-09-08" < high < "2023-10-05") == (True, True)
    picture(shown, f"first-{size[0]}")


def assert_rows_in_order(shown):
    """A mark stands in the first row that has room for it after all earlier ones: going down a stretch is going on in time."""
    events = sorted(zip(trace(shown, "events")["x"], trace(shown, "events")["y"], strict=True))
    falls = sum(b[1] > a[1] for a, b in itertools.pairwise(events))
    assert falls > 0.6 * (len(events) - 1), events


def test_the_axis_stays_while_one_scrolls(open_page):
    events = [
        Event(f"e{n}", f"2021-05-{1 + n % 28:02d}", f"A rather long title of the event with number {n}")
        for n in range(120)
    ]
    shown = open_page(events)
    assert shown.locator("#plot").bounding_box()["height"] > 1000
    shown.mouse.move(400, 400)
    shown.mouse.wheel(0, 700)
    until(shown, "scrollY > 600")
    assert 0 <= shown.locator("#axis svg").bounding_box()["y"] < 60
    assert shown.locator("#under").bounding_box()["y"] < 720


def test_no_mark_without_a_label_and_the_rest_is_counted_by_name(open_page):
    for count, clusters in ((150, False), (1000, True)):
        events = [
            Event(
                f"e{n}",
                f"20{15 + n % 10}-{1 + n * 7 % 12:02d}-{1 + n % 28:02d}",
                f"The minister meets the council about the bridge number {n}",
            )
            for n in range(count)
        ]
        shown = open_page(events, viewport={"width": 1440, "height": 900})
        marks, told = trace(shown, "events"), trace(shown, "clusters")
        assert len(marks["x"]) == len(trace(shown, "labels")["text"])
        assert all(trace(shown, "labels")["text"])
        assert len(marks["x"]) + sum(told["data"]) == count
        assert bool(told["data"]) == clusters
        assert all("…" not in t for t in trace(shown, "labels")["text"]) or clusters
    shown.mouse.move(*place(shown, 0, "clusters"))
    shown.wait_for_selector("#tip:visible")
    assert f"{told['data'][0]} events, 2015" in shown.locator("#tip").inner_text()
    picture(shown, "clusters")


def test_labels_do_not_overlap(open_page, root):
    for events in (EventLog.read(root / "events"), MANY[:90], STORY):
        shown = open_page(events)
        boxes = shown.evaluate(
            "Array.from(document.querySelectorAll('#plot .textpoint text')).map(t => { const b = t.getBoundingClientRect(); return [b.left, b.right, b.top, b.bottom]; }).filter(b => b[1] > b[0])"
        )
        box = shown.locator("#plot").bounding_box()
        assert len(boxes) >= 20
        for a in boxes:
            assert a[0] >= box["x"] - 1
            assert a[1] <= box["x"] + box["width"] + 1
        for a, b in itertools.combinations(boxes, 2):
            across = min(a[1], b[1]) - max(a[0], b[0])
            down = min(a[3], b[3]) - max(a[2], b[2])
            assert across <= 1 or down <= 3, (a, b)


def test_room_for_labels_does_not_stretch_the_axis(open_page):
    hours = [
        Event(f"h{n}", f"2021-07-16T{10 + n}:15", f"Something that happens in the hour {n} of the day")
        for n in range(3)
    ]
    shown = open_page(hours)
    low, high = view(shown)
    assert low[:13] == "2021-07-16 10"
    assert high[:13] == "2021-07-16 12"
    assert shown.locator("#axis text.major").all_text_contents() == ["16 July 2021"]
    shown = open_page([Event("ides", "-0043-03-15", "Caesar is killed in Rome"), Event("now", "2023", "Now, for us")])
    assert view(shown)[1] < "2200"


def test_open_ends_fade_within_what_the_text_supports(open_page):
    events = [
        Event("dawn", "2023-03-14T06:00/..", "Protesters in the square", "ongoing", sources=[Source("a", published="2023-03-14"), Source("b", published="2026-01-01")]),
        Event("days", "2023-03-15/", "Talks", "planned", sources=[Source("a", expression="in the coming days", published="2023-03-14")]),
        Event("ban", "2023-01-05/..", "A ban", "ongoing", sources=[Source("a", published="2023-06-14")]),
        Event("until", "../2023-05-01", "A curfew", sources=[Source("a", published="2023-05-03")]),
        Event("end", "2023-12-01", "The last day"),
    ]  # fmt: skip
    marks = {m.event.id: m for m in chronicle.drawing.marks.make_marks(events)}
    day = 86_400_000_000
    assert (marks["dawn"].end - marks["dawn"].start) / day == 1
    assert (marks["days"].end - marks["days"].start) / day == 14
    assert (marks["ban"].end - marks["ban"].start) / day < 161 + 15
    assert (marks["until"].end - marks["until"].start) / day == 14
    shown = open_page(events)
    assert view(shown)[0] > "2022-12"
    assert view(shown)[1] < "2024"
    assert shown.complaints == []


def test_marks_stand_where_their_dates_are(open_page):
    shown = open_page([Event("day", "2021-07-16", "A day"), Event("hour", "2021-07-18T10:30", "A minute")])
    assert [x[:16] for x in trace(shown, "events")["x"]] == ["2021-07-16 12:00", "2021-07-18 10:30"]
    shown = open_page([Event("ides", "-0043-03-15", "Ides"), Event("pompeii", "0079-10-24", "Pompeii")])
    assert trace(shown, "events")["x"][0].startswith("-0043-03-15")
    shown = open_page([Event("sun", "Y-46E8", "The Sun forms"), Event("now", "2021", "Today")])
    assert trace(shown, "events")["x"][0] == pytest.approx(-4.6e9, rel=1e-3)
    assert shown.complaints == []


# --- there before any script runs


@pytest.mark.parametrize("width", [1440, 1280, 800])
def test_plotly_takes_the_place_of_the_first_picture_without_a_jump(browser, root, tmp_path, width):
    """What Python drew and what Plotly draws: the same marks at the same places, and nothing else on the page moves."""
    from plotly.offline import get_plotlyjs

    log = EventLog.read(root / "events" / "afghan-peace.yaml")
    path = chronicle.write_html(log, tmp_path / "page.html", log.title, log.description, now=True, plotlyjs="cdn")
    context = browser.new_context(viewport={"width": width, "height": 900})
    held = []

    def hold(route):
        held.append(route)

    context.route("https://cdn.plot.ly/**", hold)
    shown = context.new_page()
    shown.goto(path.as_uri(), wait_until="commit")
    shown.locator("#whole").wait_for(state="visible")
    for _ in range(200):
        if held:
            break
        shown.wait_for_timeout(25)
    still = {
        m.get_attribute("data-n"): (m.locator("use").bounding_box(), m.locator("text").bounding_box())
        for m in shown.locator("#drawn .mark:visible").all()
        if m.locator("use").count()
    }
    axis = [t.bounding_box()["x"] for t in shown.locator("#axes text:visible").all()]
    rest = "['#chronology', '#side', '#under', '#edges', 'h1'].map((n) => document.querySelector(n).getBoundingClientRect().top)"
    before = shown.evaluate(rest)
    assert len(still) > 20
    held[0].fulfill(body=get_plotlyjs(), content_type="text/javascript", headers={"Access-Control-Allow-Origin": "*"})
    ready(shown)
    events = trace(shown, "events")
    assert {str(n) for n in events["data"]} == set(still)
    labels = shown.locator("#plot .textpoint text")
    for number, event in enumerate(events["data"]):
        sign, label = still[str(event)]
        x, y = place(shown, number)
        assert abs(sign["x"] + sign["width"] / 2 - x) < 2
        assert abs(sign["y"] + sign["height"] / 2 - y) < 3
        box = labels.nth(number).bounding_box()
        assert abs(box["x"] + box["width"] / 2 - label["x"] - label["width"] / 2) < 2, (box, label)
        assert abs(box["y"] + box["height"] / 2 - label["y"] - label["height"] / 2) < 3
    assert shown.evaluate(rest) == pytest.approx(before, abs=1)
    assert [t.bounding_box()["x"] for t in shown.locator("#axis text").all()] == pytest.approx(axis, abs=1)
    context.close()


def test_a_page_without_scripts_has_chart_and_chronology(open_page):
    shown = open_page(MIXED, "#ev-vote", java_script_enabled=False, wait=False)
    assert len(ids := [e.get_attribute("id") for e in shown.locator("li.event:visible").all()]) == 5
    assert ids[0] == "ev-talks"
    assert shown.locator("#tools").is_hidden()
    marks = shown.locator("#drawn .mark:visible")
    assert marks.count() == 4
    assert (
        marks.first.locator("title").text_content() == "3 February 2021: Talks open in Zürich (happened, not checked)"
    )
    assert shown.locator("#axes text:visible").count() >= 5
    marks.first.click()
    assert shown.url.endswith("#ev-talks")
    shown.locator("#ev-talks summary").first.click()
    assert "“on Wednesday”, counted from 5 February 2021" in shown.locator("#ev-talks .sure").inner_text()


# --- what one reads


def test_the_chronology(open_page):
    shown = open_page(STORY)
    assert [h.inner_text() for h in shown.locator(".year > h3:visible").all()] == ["1928", "2023"]
    months = [m.inner_text() for m in shown.locator(".month").all()]
    assert months[:3] == ["January", "February", "March"]
    entry = shown.locator("#ev-s01")
    assert entry.locator(".when").inner_text() == "8 February 2023"
    assert entry.locator(".line").inner_text().startswith("It met on a morning")
    assert entry.locator(".by").inner_text() == "Paper 1"
    assert shown.locator("#ev-s00 .unchecked").inner_text() == "not checked"
    assert shown.locator("#ev-s01 .unchecked").count() == 0
    letters = shown.evaluate(
        """() => { const p = document.querySelector('#ev-s01 .body'); const c = document.createElement('canvas').getContext('2d');
                   c.font = getComputedStyle(p).font; return p.clientWidth / (c.measureText('The council of the town decides about the harbour, and so on').width / 60); }"""
    )
    assert 60 < letters < 95
    shown.evaluate("document.querySelector('#ev-s08').scrollIntoView()")
    assert shown.locator(".year:nth-of-type(2) > h3").bounding_box()["y"] == pytest.approx(0, abs=2)


def test_the_quote_is_not_said_twice(open_page):
    events = [
        Event(
            "a",
            "2021-02-03",
            "The council votes for the line",
            sources=[Source("x", quote="The council votes for the line.")],
        )
    ]
    shown = open_page(events)
    assert shown.locator("#ev-a .line").count() == 0


def test_the_card_says_when_how_sure_and_who(open_page):
    shown = open_page(MIXED)
    shown.mouse.click(*place(shown, 0))
    shown.wait_for_selector(CARD)
    text = shown.locator(CARD).inner_text()
    for part in (
        "3 February 2021", "Talks open in Zürich", "They <met> there", "“on Wednesday”, counted from 5 February 2021", "Who says so",
        "The Paper", "A vote (some time from July to August 2021, later)", "How this date came about", "not checked",
    ):  # fmt: skip
        assert part in text, part
    for hidden in ("2021-02-03", "EDTF", "TIMEX3", "counted\n"):
        assert hidden not in text
    shown.locator(f"{CARD} .how summary").click()
    assert "In EDTF: 2021-02-03" in shown.locator(CARD).inner_text()
    assert shown.locator("li.event.chosen").get_attribute("id") == "ev-talks"
    settled(shown)
    assert shown.url.endswith("#ev-talks")
    picture(shown, "card")
    shown.locator(f"{CARD} a.to").click()
    expect(shown.locator(f"{CARD} h2")).to_have_text("A vote")
    press(shown, "Escape")
    assert shown.locator("#card").is_hidden()
    assert "#" not in shown.url
    assert shown.complaints == []


def test_bars_and_labels_are_clicked_too(open_page):
    shown = open_page(MIXED)
    number = trace(shown, "events")["data"].index([e.id for e in chronicle.event.sort_events(MIXED)].index("strike"))
    x, y = place(shown, number)
    shown.mouse.click(x + 20, y - 12)
    shown.wait_for_selector(CARD)
    assert "A strike" in shown.locator(CARD).inner_text()


def test_hover_shows_the_event(open_page):
    shown = open_page(MIXED)
    shown.mouse.move(*place(shown, 0))
    shown.wait_for_selector("#tip:visible")
    text = shown.locator("#tip").inner_text()
    for part in ("Talks open in Zürich", "3 February 2021 · not checked", "They <met> there"):
        assert part in text
    shown.mouse.move(5, 5)
    shown.wait_for_selector("#tip", state="hidden")


def test_a_label_that_is_cut_opens_under_the_pointer(open_page):
    title = "A title " + "that goes on and on and says more than there is room for in any chart " * 6
    events = [Event("long", "2021-02-03", title.strip()), *MIXED[1:3]]
    shown = open_page(events)
    (label,) = [t for t in trace(shown, "labels")["text"] if "title" in t]
    assert label.endswith("…")
    shown.mouse.move(*place(shown, 0))
    shown.wait_for_selector("#tip:visible")
    assert title.strip() in shown.locator("#tip").inner_text()


def test_proposals_look_like_proposals(open_page):
    shown = open_page(MIXED)
    marker = trace(shown, "events")
    number = marker["data"].index([e.id for e in chronicle.event.sort_events(MIXED)].index("strike"))
    paper = shown.evaluate("getComputedStyle(document.body).backgroundColor")
    assert [c == paper for c in marker["marker"]["color"]] == [n != number for n in range(4)]
    assert "4 not checked by anybody" in shown.locator(".facts").inner_text()
    assert "not checked" in shown.locator("#panel .legend").inner_text()
    shown = open_page(MIXED, page_options={"review": ["confirmed"]})
    assert ids_listed(shown) == ["strike"]
    assert "all checked by an editor" in shown.locator(".facts").inner_text()


# --- finding one's way


@pytest.mark.parametrize(
    "events",
    [
        [],
        [Event("a", None, "Some day", unresolved="why")],
        [Event("a", "2021-07-16T10:30:15", "One second")],
        [Event("a", "../2020", "Until"), Event("b", "2020/..", "Since")],
        [Event("a", "Y-46E8", "The Sun forms"), Event("b", "-9999", "Old"), Event("c", "2021", "New")],
        [Event("a", "9999-12-31", "The last day"), Event("b", "0000", "Year zero")],
        [Event(name, "2021", "T") for name in ("index", "chart", "list", "card", "plot", "a b", "ä/#?&", "q", "__proto__", "constructor", "ev-x")],
    ],
    ids=["none", "undated", "one", "open", "deep time", "edges", "names"],
)  # fmt: skip
def test_strange_timelines_work_too(open_page, events):
    shown = open_page(events)
    press(shown, "ArrowRight", "+", "+")
    address = shown.url
    press(shown, "-", "0", "ArrowLeft", "Escape")
    shown.click("#whole")
    settled(shown)
    shown.goto(address)
    shown.reload()
    ready(shown)
    assert shown.complaints == []
    assert shown.url == address
    if not events:
        assert shown.locator(".facts").inner_text() == "0 events"
        assert "nothing to draw" in shown.locator("#chart").inner_text()


def test_every_event_is_found_by_its_address(open_page):
    names = ["index", "chart", "a b", "ä/#?&", "__proto__", "ev-x", "100%"]
    events = [Event(name, f"2021-02-{n + 1:02d}", f"Event {n}") for n, name in enumerate(names)]
    shown = open_page(events)
    for n, name in enumerate(names):
        shown.locator(f"[id='ev-{name}'] h4 a").click()
        settled(shown)
        address = shown.url
        press(shown, "Escape")
        shown.goto(address)
        settled(shown)
        expect(shown.locator(f"{CARD} h2")).to_have_text(f"Event {n}")
    assert shown.complaints == []


def test_an_address_with_an_id_opens_and_shows_the_event(open_page):
    for count, fragment in ((60, "#ev-e59"), (60, "#e59"), (1400, "#ev-e59")):
        events = [Event(f"e{n}", f"2021-{1 + n % 12:02d}-{1 + n % 28:02d}", f"Event {n}") for n in range(count)]
        shown = open_page(events, fragment)
        expect(shown.locator(f"{CARD} h2")).to_have_text("Event 59")
        assert shown.locator("#ev-e59").count() == 1
        if count == 60:
            x, y = place(shown, 0, "chosen")
            assert 0 < x < 960
            assert 0 < y < 720
        assert shown.complaints == []


def test_search_goes_through_all_that_a_card_says(open_page):
    shown = open_page(MIXED)
    for words, wanted in (
        ("zurich MET", ["talks"]),
        ("post", ["strike"]),
        ("details", []),
        ("", [e.id for e in chronicle.event.sort_events(MIXED)]),
    ):
        shown.fill("#q", words)
        until_listed(shown, wanted)
    shown.fill("#q", "a strike")
    expect(shown.locator("#entries li.event:visible")).to_have_count(1)
    settled(shown)
    assert len(trace(shown, "events")["x"]) == 1
    assert "q=a+strike" in shown.url
    assert shown.locator("#count").inner_text() == "1 of 5 events"
    assert shown.locator("#hits").inner_text() == " · 1 of 5 events"


def test_no_hits_say_so_and_offer_to_clear(open_page):
    shown = open_page(MIXED)
    assert shown.locator("#nohits").is_hidden()
    shown.fill("#q", "no such thing")
    expect(shown.locator("#nohits")).to_contain_text("No event fits")
    shown.click("#clear")
    expect(shown.locator("#nohits")).to_be_hidden()
    settled(shown)
    assert len(ids_listed(shown)) == 5
    assert shown.locator("#q").input_value() == ""


def test_filters_have_counts_and_are_kept_in_the_address(open_page):
    shown = open_page(MIXED)
    assert shown.locator(".chip", has_text="ongoing").inner_text().split() == ["ongoing", "2"]
    assert "talks (2)" in shown.locator("#tag").inner_text()
    assert "The Post (1)" in shown.locator("#source").inner_text()
    assert "checked (1)" in shown.locator("#review").inner_text()
    shown.locator("input[value=happened]").uncheck()
    shown.select_option("#lanes", "tag")
    settled(shown)
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
    other.click("#whole")
    settled(other)
    assert len(ids_listed(other)) == 5
    shown.click("#whole")
    settled(shown)
    shown.select_option("#tag", "place:Bern")
    settled(shown)
    assert ids_listed(shown) == ["vote"]
    shown.select_option("#tag", "")
    settled(shown)
    shown.select_option("#source", "The Post")
    settled(shown)
    assert ids_listed(shown) == ["strike"]


def headings(shown):
    return shown.evaluate("document.getElementById('plot').layout.annotations.map(a => a.text)")


def test_lanes(open_page):
    shown = open_page(MIXED, page_options={"lanes": "tag"})
    assert headings(shown) == ["<b>talks</b>", "<b>labour</b>"]
    shown.select_option("#lanes", "place")
    settled(shown)
    assert headings(shown) == ["<b>Zürich</b>", "<b>Bern</b>", "<b>others</b>"]
    shown.select_option("#lane", "Bern")
    settled(shown)
    assert headings(shown) == ["<b>Bern</b>"]


def test_the_seeds_in_lanes(open_page, root):
    log = EventLog.read(root / "events")
    shown = open_page(log, page_options={"lanes": "story", "plotlyjs": "inline"})
    assert shown.complaints == []
    assert len(shown.requests) == 1  # the page itself, and nothing else from anywhere
    assert shown.locator("li.event").count() == sum(1 for e in log if e.review != "rejected")
    assert {f"<b>{title}</b>" for title, _ in log.stories()} <= set(headings(shown))
    picture(shown, "seeds")


def test_the_keyboard_goes_from_event_to_event(open_page):
    shown = open_page(MIXED)
    shown.locator("#chart").focus()
    seen = []
    for _ in range(5):
        press(shown, "ArrowRight")
        seen.append(shown.locator(f"{CARD} h2").inner_text())
    assert seen == [e.title for e in chronicle.event.sort_events(MIXED)]
    press(shown, "ArrowLeft")
    assert shown.locator(f"{CARD} h2").inner_text() == seen[-2]
    before = view(shown)
    press(shown, "+")
    assert view(shown) != before
    assert "view=" in shown.url
    press(shown, "0")
    assert view(shown) == before
    press(shown, "/")
    assert shown.evaluate("document.activeElement.id") == "q"
    shown.keyboard.type("+0")
    assert shown.locator("#q").input_value() == "+0"


def test_by_keyboard_alone_everything_is_reached(open_page):
    shown = open_page(MIXED)
    reached = set()
    for _ in range(60):
        shown.keyboard.press("Tab")
        reached.add(
            shown.evaluate(
                "(e => e.id || e.name || (e.closest('[id]') || {}).id + ' ' + e.tagName)(document.activeElement)"
            )
        )
    wanted = {
        "q",
        "chart",
        "status",
        "source",
        "tag",
        "review",
        "lanes",
        "zoom-in",
        "zoom-out",
        "whole",
        "ev-talks A",
        "ev-open SUMMARY",
    }
    assert wanted <= reached, wanted - reached
    shown.locator("#chart").focus()
    press(shown, "ArrowRight")
    for wanted in ("card-next", "card-chart", "card-list", "card-close"):
        shown.locator(f"#{wanted}").focus()
        assert shown.evaluate("document.activeElement.id") == wanted


def test_zooming_ends_at_marks_and_one_reset_shows_all(open_page):
    shown = open_page(STORY)
    first = view(shown)
    tall = shown.locator("#plot").bounding_box()["height"]
    press(shown, *"++++++")
    assert len(trace(shown, "events")["x"]) >= 1
    assert shown.locator("#plot").bounding_box()["height"] < tall
    press(shown, "0")
    assert view(shown) == first
    shown.locator(".edge.earlier").click()
    settled(shown)
    assert "1928" in view(shown)[0] + view(shown)[1] or view(shown)[0] < "1928-07" < view(shown)[1]
    assert len(trace(shown, "events")["x"]) == 1
    assert shown.locator(".edge.later").inner_text().endswith("23 later ›")
    shown.click("#whole")
    settled(shown)
    assert view(shown) == first


def test_the_view_does_not_go_into_empty_years(open_page):
    shown = open_page(MANY[:50])
    box = shown.locator("#plot").bounding_box()
    for _ in range(4):
        shown.mouse.move(box["x"] + 100, box["y"] + 60)
        shown.mouse.down()
        shown.mouse.move(box["x"] + 700, box["y"] + 60, steps=3)
        shown.mouse.up()
        settled(shown)
    assert len(trace(shown, "events")["x"]) >= 1


def test_arrows_go_in_and_out_of_clusters(open_page):
    events = [Event(f"x{n}", f"2021-05-{1 + n % 28:02d}", f"Crowd with a title {n}") for n in range(700)]
    shown = open_page(events)
    shown.locator("#chart").focus()
    press(shown, "ArrowRight")
    hidden = 0
    for _ in range(24):
        press(shown, "ArrowRight")
        hidden += not trace(shown, "chosen")["x"]
    assert hidden
    before = view(shown)
    press(shown, "Enter")
    assert view(shown) != before
    press(shown, "Enter", "Enter")
    assert shown.locator(f"{CARD} h2").inner_text().startswith("Crowd")
    assert shown.complaints == []


def test_clusters_count_and_open(open_page):
    events = MANY + [Event(f"x{n}", f"2021-05-{1 + n % 28:02d}", f"Crowd {n}") for n in range(700)]
    shown = open_page(events)
    clusters = trace(shown, "clusters")
    assert len(trace(shown, "events")["x"]) + sum(clusters["data"]) == len(events)
    number = max(range(len(clusters["data"])), key=lambda n: clusters["data"][n])
    shown.mouse.click(*place(shown, number, "clusters"))
    settled(shown)
    assert view(shown)[0] > "2021-04-2"
    assert view(shown)[1] < "2021-06-05"
    assert len(trace(shown, "events")["x"]) > 0


def test_the_list_and_the_chart_are_in_step(open_page):
    shown = open_page(MIXED)
    shown.locator("#ev-vote h4 a").click()
    settled(shown)
    assert shown.locator("li.event.chosen").get_attribute("id") == "ev-vote"
    assert len(trace(shown, "chosen")["x"]) == 1
    assert shown.locator("#card").is_hidden()
    shown.evaluate("scrollTo(0, 0)")
    shown.mouse.click(*place(shown, 0))
    shown.wait_for_selector(CARD)
    shown.click("#card-list")
    settled(shown)
    assert shown.evaluate("document.activeElement.id") == "ev-talks"
    assert shown.locator("#ev-talks").evaluate("e => e.getBoundingClientRect().top < innerHeight")


def test_dragging_and_the_wheel_change_the_view_and_the_list(open_page):
    shown = open_page(MANY)
    before = view(shown)
    y = shown.locator("#plot").bounding_box()["y"] + 90
    shown.mouse.move(500, y)
    shown.keyboard.down("Control")
    for _ in range(6):
        shown.mouse.wheel(0, -120)
        settled(shown)
    shown.keyboard.up("Control")
    near = view(shown)
    assert before[0] < near[0] < near[1] < before[1]
    assert len(ids_listed(shown)) < len(MANY)
    assert " of 336 events, from " in shown.locator("#count").inner_text()
    shown.mouse.move(600, y)
    shown.mouse.down()
    shown.mouse.move(500, y, steps=5)
    shown.mouse.up()
    settled(shown)
    assert view(shown)[0] > near[0]
    shown.mouse.wheel(0, 200)  # without Control the page scrolls
    until(shown, "scrollY > 0")


def test_the_brush(open_page):
    shown = open_page(MANY)
    first = shown.locator(".handle.left")
    first.focus()
    press(shown, *["PageUp"] * 4)
    assert view(shown)[0] > "2021-07"
    assert "2021" in first.get_attribute("aria-valuetext")
    box = shown.locator("#overview").bounding_box()
    shown.click("#whole")
    settled(shown)
    shown.locator(".handle.right").focus()
    press(shown, *["PageDown"] * 4)
    shown.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 15)
    shown.mouse.down()
    shown.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 15, steps=4)
    shown.mouse.up()
    settled(shown)
    low, high = view(shown)
    assert "2021-07-20" < low < "2021-08-20"
    assert "2021-10" < high < "2021-11"
    assert all(i in {e.id for e in MANY if "2021-07-20" < str(e.when) < "2021-11-05"} for i in ids_listed(shown))


def test_a_large_timeline_shows_its_list_in_parts(open_page):
    events = [
        Event(
            f"e{n:04d}", f"20{n // 336:02d}-{1 + n // 28 % 12:02d}-{1 + n % 28:02d}", f"Event {n}", sources=[Source("a", quote=f"It was said that there was a quote {n}.")],
        )
        for n in range(2400)
    ]  # fmt: skip
    shown = open_page(events)
    assert shown.complaints == []
    assert len(ids_listed(shown)) == 100
    assert shown.locator(".year > h3").first.inner_text() == "2000"
    shown.click("#after")
    expect(shown.locator("#entries li.event")).to_have_count(200)
    shown.fill("#q", "quote 2399.")
    expect(shown.locator("#entries li.event")).to_have_count(1)
    assert ids_listed(shown) == ["e2399"]
    shown.goto(shown.url.split("#")[0] + "#ev-e1500")
    shown.reload()
    ready(shown)
    shown.click("#card-list")
    settled(shown)
    assert shown.evaluate("document.activeElement.id") == "ev-e1500"


# --- safety


@pytest.mark.parametrize("more", [20, 3000])
def test_attacks_do_not_run(open_page, more):
    events = [
        Event(f"e{n}", f"2021-02-{n + 1:02d}", text, tags=[text], places=[text], notes=text, according_to=text, doubts=[text],
              sources=[Source(text, url="javascript:alert(1)", quote=text + " and more words here", how=text, title=text, publisher=text, expression=text)])
        for n, text in enumerate(ATTACKS)
    ] + [Event('"><img src=x onerror=alert(1)>', "2021-03-01", "The id")]  # fmt: skip
    events += [Event(f"m{n}", f"2021-03-{1 + n % 28:02d}", f"<b>{n}</b>") for n in range(more)]
    shown = open_page(
        events,
        "#q=<img src=x onerror=alert(1)>",
        {"lanes": "tag", "font": "x</style><script>alert(1)</script>", "plotlyjs": "inline"},
    )
    shown.click("#whole")
    settled(shown)
    for n in range(min(len(trace(shown, "events")["x"]), 20)):
        shown.mouse.move(*place(shown, n))
    press(shown, *["ArrowRight"] * 11)
    assert shown.complaints == []
    assert [r for r in shown.requests if not r.startswith("file:")] == []
    assert shown.locator("li.event img, li.event script, #card img, #tip img, #plot img, #plot a").count() == 0
    assert shown.locator("a[href^='javascript' i]").count() == 0
    assert "\u202e" not in shown.locator("body").inner_text()
    if more < 100:
        assert shown.locator("#ev-e0 h4").inner_text() == ATTACKS[0]
        labels = shown.locator("#plot .textpoint text").all_text_contents()
        assert any(ATTACKS[0][:20] in t for t in labels)
        assert "$x^2$ from $5 to $6" in labels
    picture(shown, f"attacks-{more}")
    shown.fill("#q", "")
    shown.click("#whole")
    settled(shown)
    seen = set()
    for n in range(min(len(trace(shown, "events")["x"]), 30)):
        shown.evaluate("scrollTo(0, 0)")
        shown.mouse.click(*place(shown, n))
        settled(shown)
        if shown.locator("#card").is_visible():
            seen.add(shown.locator("#card").inner_text())
            picture(shown, f"attacks-{more}-card")
            shown.keyboard.press("Escape")
    clusters = trace(shown, "clusters")
    if more > 100:
        number = max(range(len(clusters["data"])), key=lambda n: clusters["data"][n])
        before = view(shown)
        shown.evaluate("y => scrollBy(0, y - innerHeight / 2)", place(shown, number, "clusters")[1])
        settled(shown)
        shown.mouse.click(*place(shown, number, "clusters"))
        settled(shown)
        picture(shown, f"attacks-{more}-cluster")
        assert view(shown) != before
    else:
        assert len(seen) > len(ATTACKS) // 2
    assert shown.complaints == []
    assert shown.locator("#card img, #card script, #tip img, #plot img, #plot a, a[href^='javascript' i]").count() == 0


def test_the_policy_stops_a_script_that_got_in_all_the_same(open_page):
    shown = open_page(MIXED, page_options={"plotlyjs": "inline"})
    shown.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s); document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">'); }"
    )
    settled(shown)
    assert shown.evaluate("window.ran") is None
    assert any("Content Security Policy" in c for c in shown.complaints)


# --- phone


def test_on_a_phone_the_chronology_comes_first(open_page):
    shown = open_page(STORY, **PHONE)
    assert shown.complaints == []
    assert shown.evaluate("document.documentElement.scrollWidth") <= 390
    assert shown.locator("#chart").is_hidden()
    assert shown.evaluate("typeof Plotly") == "undefined"
    strip = shown.locator("#overview").bounding_box()
    assert strip["y"] + strip["height"] < 420
    assert shown.locator("#ev-s00").bounding_box()["y"] < 844
    picture(shown, "phone")
    left = shown.locator(".brush").bounding_box()["x"]
    shown.evaluate("document.querySelector('#ev-s16').scrollIntoView()")
    until(shown, f"document.querySelector('.brush').getBoundingClientRect().x > {left + 40}")
    assert shown.locator("#overview").bounding_box()["y"] < 10  # it stays
    strip = shown.locator("#overview").bounding_box()
    shown.touchscreen.tap(strip["x"] + 10, strip["y"] + 20)
    until(shown, "document.querySelector('.brush').getBoundingClientRect().x < 100")
    shown.locator("#ev-s09 h4 a").tap()
    shown.wait_for_selector(CARD)
    assert shown.locator("#card").bounding_box()["width"] == pytest.approx(390, abs=1)
    shown.evaluate("Promise.all(document.getAnimations().map((a) => a.finished))")
    picture(shown, "phone-card")


def test_on_a_phone_filters_and_chart_are_a_tap_away(open_page):
    shown = open_page(STORY, **{**PHONE, "viewport": {"width": 360, "height": 740}})
    assert shown.locator("#lanes").is_hidden()
    shown.locator("#filters").tap()
    assert shown.locator("#source").is_visible()
    assert shown.locator("#filters").get_attribute("aria-expanded") == "true"
    assert shown.evaluate("document.documentElement.scrollWidth") <= 360
    shown.locator("#filters").tap()
    shown.locator("#turn").tap()
    until(shown, "document.getElementById('plot').data")
    settled(shown)
    assert shown.locator("#chronology").is_hidden()
    assert shown.locator("#axis svg").is_visible()
    assert shown.evaluate("document.documentElement.scrollWidth") <= 360
    picture(shown, "phone-chart")
    x, y = place(shown, 0)
    shown.touchscreen.tap(x, y)
    shown.wait_for_selector(CARD)
    shown.locator("#card-close").tap()
    shown.locator("#turn").tap()
    assert shown.locator("#chronology").is_visible()


def test_a_finger_pans_and_two_zoom(open_page):
    shown = open_page(MANY, viewport={"width": 720, "height": 700}, has_touch=True, is_mobile=True)
    touch = shown.context.new_cdp_session(shown)

    def fingers(kind, *xs):
        points = [{"x": x, "y": 420, "id": n} for n, x in enumerate(xs)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    whole = view(shown)
    fingers("touchStart", 200, 300)
    for step in range(1, 8):
        fingers("touchMove", 200 - step * 8, 300 + step * 12)
    fingers("touchEnd")
    settled(shown)
    near = view(shown)
    assert whole[0] < near[0] < near[1] < whole[1]
    fingers("touchStart", 300)
    for step in range(1, 8):
        fingers("touchMove", 300 - step * 15)
    fingers("touchEnd")
    settled(shown)
    assert view(shown)[0] > near[0]


# --- light, dark, print, and all kinds of readers


def test_dark_and_reduced_motion(open_page, root):
    log = EventLog.read(root / "events" / "afghan-peace.yaml")
    shown = open_page(log, color_scheme="dark", reduced_motion="reduce")
    paper = "getComputedStyle(document.body).backgroundColor"
    ink = "document.getElementById('plot').layout.font.color"
    assert shown.evaluate(paper) == "rgb(22, 24, 28)"
    assert shown.evaluate(ink) == "rgb(232, 232, 232)"
    press(shown, "ArrowRight")
    assert shown.locator("#card").evaluate("e => getComputedStyle(e).animationName") == "none"
    picture(shown, "dark")
    shown.emulate_media(color_scheme="light")
    until(shown, f"{ink} === 'rgb(29, 31, 35)'")
    shown = open_page(log, page_options={"theme": "dark"}, color_scheme="light")
    assert shown.evaluate(paper) == "rgb(22, 24, 28)"


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_print_has_the_chart_with_its_axis_and_legend_on_each_page(open_page, paper):
    events = [
        Event(f"e{n}", f"2021-{1 + n % 12:02d}-{1 + n % 28:02d}", f"The council of the town decides about the harbour for the {n}th time", "planned" if n % 5 == 0 else "happened")
        for n in range(90)
    ]  # fmt: skip
    shown = open_page(events, color_scheme="dark")
    shown.emulate_media(media="print")
    assert shown.locator("#tools, #side, #under, #plot").locator("visible=true").count() == 0
    assert shown.locator("#drawn .mark:visible").count() == 90
    assert shown.locator(".print-legend").is_visible()
    shown.emulate_media(media=None)
    pdf = shown.pdf(format=paper)
    pages = pdf_texts(pdf)
    chart = [n for n, page in enumerate(pages) if "a day or moment" in page]
    assert len(chart) >= 2
    assert chart == list(range(len(chart)))
    for n in chart:
        assert "2021" in pages[n].split("The council")[0] or "Jan" in pages[n]
        assert "planned" in pages[n]
        assert "not checked" in pages[n]
    assert any("Chronology" in page for page in pages[len(chart) - 1 :])
    assert shown.evaluate("document.documentElement.dataset.theme") is None


def pdf_texts(pdf):
    """The text of each page of a PDF."""
    pypdf = pytest.importorskip("pypdf")
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_text_twice_as_large(open_page):
    shown = open_page(STORY)
    shown.evaluate("document.documentElement.style.fontSize = '200%'")
    settled(shown)
    assert shown.evaluate("document.documentElement.scrollWidth") <= 1280
    for name in ("#q", "#whole", "h1", "#chronology-head"):
        assert shown.locator(name).is_visible()
    assert shown.locator("#whole").bounding_box()["x"] + shown.locator("#whole").bounding_box()["width"] <= 1280


def test_forced_colours(open_page):
    shown = open_page(STORY, forced_colors="active")
    assert shown.complaints == []
    ink, paper = (shown.evaluate(f"getComputedStyle(document.body).{name}") for name in ("color", "backgroundColor"))
    assert ink != paper
    assert set(trace(shown, "events")["marker"]["color"]) <= {ink, paper}
    picture(shown, "forced-colours")


def test_right_to_left_and_chinese(open_page):
    arabic, chinese = "اجتماع في الدوحة بين الحكومة وحركة طالبان", "外务省发言人表示，会谈将于下周在多哈继续举行"
    shown = open_page(
        [Event("ar", "2021-07-16", arabic, sources=[Source("a", quote=f"{arabic} {arabic} بعد ذلك اليوم")]), Event("zh", "2021-07-18", chinese)]
    )  # fmt: skip
    assert drawn_titles(shown)[0] == arabic
    assert "".join(drawn_titles(shown)[1].split()) == chinese
    assert shown.locator("#ev-ar h4").evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert shown.locator("#ev-zh h4").evaluate("e => getComputedStyle(e).direction") == "ltr"


def test_the_line_of_the_latest_source(open_page):
    events = [
        Event("a", "2021-07-16", "A", sources=[Source("x", published="2021-07-18")]),
        Event("b", "2021-09-01", "B"),
    ]
    shown = open_page(events, page_options={"now": True})
    assert shown.locator("#edges .latest").inner_text() == "latest source, 18 July 2021"
    with pytest.raises(ValueError, match="no source of these events has a publication date"):
        open_page(events[1:], page_options={"now": True})


@pytest.mark.parametrize(
    "options", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 360, "height": 700}}, {"forced_colors": "active"}], ids=["light", "dark", "phone", "forced"]
)  # fmt: skip
def test_axe_finds_nothing(open_page, root, options):
    script = WEB / "node_modules" / "axe-core" / "axe.min.js"
    if not script.exists():
        message = "axe-core is not installed: npm ci --prefix tests/web"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    shown = open_page(STORY + MIXED, page_options={"now": True}, **options)
    source = script.read_text("utf-8")
    for state in ("first", "card"):
        if state == "card":
            press(shown, "ArrowRight", "ArrowRight")
            shown.wait_for_selector(CARD)
            shown.evaluate("Promise.all(document.getAnimations().map((a) => a.finished))")
        shown.evaluate(source)
        found = shown.evaluate(
            "async () => (await axe.run()).violations.map(v => [v.id, v.impact, v.nodes.map(n => n.html.slice(0, 200) + n.failureSummary)])"
        )
        assert found == [], state


# --- what is published


def test_what_is_published(open_page, tmp_path):
    logo = tmp_path / "logo.svg"
    logo.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><rect width="60" height="20"/></svg>', "utf-8"
    )
    shown = open_page(
        MIXED,
        page_options={"canonical": "https://paper.example/story", "language": "en", "accent": "#ffcc00", "logo": logo, "embed": True, "colophon": False},
    )  # fmt: skip
    assert shown.complaints == []
    meta = "n => document.querySelector(`meta[property='${n}'], meta[name='${n}']`)?.content"
    assert shown.evaluate(meta, "description") == "Some events."
    assert shown.evaluate(meta, "og:title") == "Test"
    assert shown.evaluate(meta, "og:description") == "Some events."
    assert shown.evaluate(meta, "og:url") == "https://paper.example/story"
    assert shown.evaluate("document.querySelector('link[rel=canonical]').href") == "https://paper.example/story"
    assert shown.evaluate("document.documentElement.lang") == "en"
    assert shown.locator("img.logo").evaluate("e => e.naturalWidth") == 60
    assert shown.locator("footer").count() == 0
    assert shown.evaluate("document.documentElement.className") == "embed"
    with pytest.raises(ValueError, match="give the whole address"):
        open_page(MIXED, page_options={"canonical": "paper.example"})


def test_a_page_fits_into_an_iframe(browser, tmp_path):
    chronicle.write_html(STORY, tmp_path / "story.html", "Story", embed=True)
    (tmp_path / "host.html").write_text(
        '<iframe src="story.html" title="Story" width="800" height="640"></iframe>', "utf-8"
    )
    context = browser.new_context()
    shown = context.new_page()
    shown.goto((tmp_path / "host.html").as_uri())
    frame = shown.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for()
    assert frame.locator("html").evaluate("e => e.scrollWidth") <= 800
    context.close()


PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0cIDATx\x9cc\xf8\xcf\xc0\x00"
    b"\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"
)


def test_pictures_of_events(open_page, tmp_path, monkeypatch):
    from chronicle import Media

    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.png").write_bytes(PNG)
    (tmp_path / "large.png").write_bytes(PNG + b"\0" * 500_000)
    (tmp_path / "evil.png").write_text("<script>alert(1)</script>")
    outside = tmp_path.parent / "outside.png"
    outside.write_bytes(PNG)
    media = [
        Media(file="small.png", alt="A <bridge>", credit="Ann"), Media(file="large.png"), Media(file="../outside.png"), Media(file="evil.png"), Media(file="none.png"),
        Media(address="https://pictures.example/a.jpg", alt="The harbour"), Media(address="javascript:alert(1)"),
    ]  # fmt: skip
    shown = open_page([Event("a", "2021-02-03", "With pictures", media=media), *MIXED[1:]])
    assert shown.complaints == []
    images = shown.locator("#ev-a img")
    assert images.count() == 2
    until(shown, "Array.from(document.querySelectorAll('#ev-a img')).every((i) => i.complete && i.naturalWidth === 1)")
    assert images.first.get_attribute("alt") == "A <bridge>"
    assert images.nth(1).get_attribute("src").startswith("page_files/")
    assert shown.locator("#ev-a figcaption").inner_text() == "Picture: Ann"
    assert shown.locator("#ev-a p.picture a").get_attribute("href") == "https://pictures.example/a.jpg"
    assert [r for r in shown.requests if r.startswith("http")] == []
    shown.mouse.click(*place(shown, 0))
    shown.wait_for_selector(f"{CARD} img")
    linked = open_page(
        [Event("a", "2021-02-03", "With pictures", media=media[5:])], page_options={"media": "link"}, wait=False
    )
    linked.wait_for_selector("#ev-a img")
    assert "https://pictures.example/a.jpg" in [linked.locator("#ev-a img").get_attribute("src")]
    none = open_page([Event("a", "2021-02-03", "With pictures", media=media)], page_options={"media": "none"})
    assert none.locator("#ev-a img, #ev-a .picture").count() == 0


# --- plotly.js


def test_the_page_of_24_events_weighs_two_megabytes_at_most(tmp_path):
    path = chronicle.write_html(STORY, tmp_path / "page.html", "The harbour of the town", "A story of votes.")
    assert len(STORY) == 24
    assert path.stat().st_size <= 2_000_000


def test_plotlyjs_beside_the_page(open_page, tmp_path):
    shown = open_page(MIXED, page_options={"plotlyjs": "directory"})
    assert shown.complaints == []
    assert (tmp_path / "page.html").stat().st_size < 120_000
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
        context = browser.new_context(viewport={"width": 1280, "height": 720})
        asked = []

        def answer(route, _request, body=body, asked=asked):
            asked.append(route.request.url)
            route.fulfill(body=body, content_type="text/javascript", headers={"Access-Control-Allow-Origin": "*"})

        context.route("https://cdn.plot.ly/**", answer)
        shown = context.new_page()
        shown.goto(path.as_uri())
        ready(shown)
        assert bool(shown.evaluate("document.documentElement.dataset.plotted")) == draws
        assert shown.evaluate("window.ran") is None
        assert shown.locator("#drawn .mark:visible").count() == (0 if draws else 4)
        assert len(asked) == 1
        assert ("plotly-basic-" in asked[0]) == (kind == "basic")
        shown.fill("#q", "strike")  # the list and the first picture answer without Plotly, too
        expect(shown.locator("#entries li.event:visible")).to_have_count(1)
        if not draws:
            expect(shown.locator("#drawn .mark:visible")).to_have_count(1)
        context.close()


def test_a_served_page_follows_its_log(browser, tmp_path):
    from chronicle.cli.live import Site, changes, make_server
    from chronicle.cli.order import Order

    log = tmp_path / "log.yaml"
    log.write_text("events:\n- id: a\n  when: 2021-02-03\n  title: The first\n", "utf-8")
    site = Site(Order((log,), "Served"))
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
    shown.wait_for_selector("#ev-b", timeout=10_000)
    assert complaints == []
    assert (
        context.request.get(f"http://127.0.0.1:{server.server_port}/", headers={"Host": "evil.example:80"}).status
        == 403
    )
    assert context.request.get(f"http://127.0.0.1:{server.server_port}/etc/passwd").status == 404
    context.close()
    server.shutdown()
