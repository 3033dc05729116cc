"""The figure: what is drawn how."""

from __future__ import annotations

import itertools

import pytest

import chronicle
from chronicle import Event
from chronicle.timeline import marks
from chronicle.timeline.page import page

EVENTS = [
    Event("moment", "2021-02-03", "A moment"),
    Event("span", "2021-03/2021-05", "A span", "ongoing"),
    Event("within", "[2021-04..2021-06]", "Some time within"),
    Event("open", "2021-01/..", "Since January", "ongoing"),
    Event("until", "../2021-03", "Until March", "denied"),
    Event("about", "2021-05~", "About May", "planned"),
    Event("none", None, "No date", unresolved="why"),
    Event("gone", "2021-02", "Rejected", review="rejected"),
]


def traces(figure, **wanted):
    return [t for t in figure.data if all(getattr(t, k) == v for k, v in wanted.items())]


def test_every_event_with_a_date_is_drawn_once():
    figure = chronicle.timeline(EVENTS)
    ids = [i for t in traces(figure, mode="markers+text") for i in t.customdata]
    assert sorted(ids) == ["about", "moment", "open", "span", "until", "within"]


def test_shapes():
    shapes = {m.event.id: (m.shape, m.opens_left, m.opens_right) for m in marks.make_marks(EVENTS[:6])}
    assert shapes == {
        "moment": ("point", False, False),
        "span": ("span", False, False),
        "within": ("within", False, False),
        "open": ("span", False, True),
        "until": ("span", True, False),
        "about": ("within", False, False),
    }


def test_open_approximate_and_within_look_different():
    figure = chronicle.timeline(EVENTS)
    arrows = [s for t in traces(figure, mode="markers") for s in t.marker.symbol]
    assert sorted(arrows) == ["triangle-left", "triangle-right"]
    lines = traces(figure, mode="lines")
    assert {t.line.dash for t in lines} == {"solid", "dot"}
    assert len({t.line.width for t in lines}) == 2
    assert min(t.opacity for t in lines) < 0.2
    symbols = {
        i: s for t in traces(figure, mode="markers+text") for i, s in zip(t.customdata, t.marker.symbol, strict=True)
    }
    assert symbols["within"].endswith("-open")
    assert not symbols["moment"].endswith("-open")


def test_statuses_differ_in_shape_and_colour():
    from chronicle.timeline.figure import STYLES

    assert len({s.symbol for s in STYLES.values()}) == len(STYLES) == len({s.colour for s in STYLES.values()})
    figure = chronicle.timeline(EVENTS)
    assert [t.name for t in figure.data if t.showlegend is not False] == ["happened", "ongoing", "planned", "denied"]


def test_an_open_end_is_solid_as_far_as_a_source_vouches_for_it():
    event = Event("e", "2021-01/..", "Since", "ongoing", sources=[chronicle.Source("a", published="2021-07-16")])
    other = Event("f", "2021-12-31", "Later")
    figure = chronicle.timeline([event, other])
    solid = max(traces(figure, mode="lines"), key=lambda t: t.opacity)
    assert solid.x[:2] == ("2021-01-01 00:00:00", "2021-07-16 23:59:59")


def test_hover_tells_title_date_status_quote_and_source():
    source = chronicle.Source("a", published="2021-02-04", publisher="P", title="T", quote="They <met>.")
    figure = chronicle.timeline([Event("e", "2021-02-03", "Talks & more", sources=[source])])
    text = traces(figure, mode="markers+text")[0].hovertext[0]
    for part in (
        "<b>Talks &amp; more</b>",
        "3 February 2021 · happened, proposed",
        "They &lt;met&gt;.",
        "P, T, 2021-02-04",
    ):
        assert part in text
    assert traces(figure, mode="markers+text")[0].hoverinfo == "text"
    assert traces(figure, mode="markers+text")[0].hovertemplate is None


def test_labels_do_not_overlap():
    events = [Event(f"e{n}", f"2021-05-{1 + n % 28:02d}", f"Event number {n}") for n in range(60)]
    placed = marks.make_marks(events)
    width, label = 1000.0, 100.0
    view = marks.view_of(placed, width, [label] * 60)
    rows = marks.pack(placed, view, width, [label] * 60)
    scale = width / (view[1] - view[0])
    assert rows > 1
    for row in range(rows):
        own = sorted((m for m in placed if m.row == row), key=lambda m: m.start)
        for left, right in itertools.pairwise(own):
            assert left.label_at * scale + label <= right.start * scale + 1e-6


def test_a_few_events_far_off_do_not_squeeze_the_rest():
    events = [Event(f"e{n}", f"2021-{1 + n % 12:02d}-01", "t") for n in range(40)] + [Event("old", "1066", "Old")]
    figure = chronicle.timeline(events)
    assert figure.layout.xaxis.range[0] > "2019"
    assert figure.layout.annotations[0].text == "← 1 earlier"


def test_years_before_the_first_and_beyond_the_date_axis():
    figure = chronicle.timeline([Event("a", "-0043-03-15", "Ides"), Event("b", "0079", "Pompeii")])
    assert figure.layout.xaxis.type == "date"
    assert traces(figure, mode="markers+text")[0].x[0].startswith("-0043-03-15")
    figure = chronicle.timeline([Event("a", "Y-17E7", "Old"), Event("b", "2021", "New")])
    assert figure.layout.xaxis.type == "linear"
    assert figure.layout.xaxis.range[0] < -1.6e8


def test_an_empty_timeline_and_themes():
    assert len(chronicle.timeline([]).data) == 0
    assert (
        chronicle.timeline(EVENTS, theme="dark", height=500, title="T", colours={"denied": "#123456"}).layout.height
        == 500
    )
    with pytest.raises(ValueError, match="'light' or 'dark'"):
        chronicle.timeline([], theme="pink")
    with pytest.raises(ValueError, match="no status nonsense"):
        chronicle.timeline([], colours={"nonsense": "#000"})


ATTACKS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "%{x}",
    "<b>x</b>",
    "\u202egnp.exe",
    "😀" * 50,
    "a" * 10_000,
]


def test_the_page_shows_texts_as_text(tmp_path):
    events = [
        Event(f"e{n}", "2021-02-03", text, tags=[text], notes=text, sources=[chronicle.Source(text, url=url, quote=text, how=text, title=text)])
        for n, (text, url) in enumerate(zip(ATTACKS, ["javascript:alert(1)", "data:text/html,x", "https://x.test/\"onclick=\"x", "//x.test", "HTTPS://x.test/a", " https://x.test", "http://", "vbscript:x"], strict=True))
    ]  # fmt: skip
    path = chronicle.write_html(events, tmp_path / "page.html", title="<script>alert(1)</script>", description="<b>")
    text = path.read_text("utf-8")
    body = text[text.index("<h2>Events") :]
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert body.count('<a href="https://x.test/&quot;onclick=&quot;x"') == 1
    assert body.count('<a href="h') == 1
    assert body.count('<a href="HTTPS://x.test/a"') == 1
    assert "javascript:" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body


def test_the_page_needs_no_network():
    text = page(EVENTS)
    head = text[: text.index("</head>")]
    assert "default-src 'none'" in head
    assert " src=" not in head
    assert "cdn.plot.ly" not in text[text.index("<h2>Events") :]
    assert "Unresolved: why." in text
    assert "7 events, 1 of them without a date" in text
