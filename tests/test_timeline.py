"""The figure: what is drawn how."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

import chronicle
from chronicle import Event
from chronicle.drawing import labels, marks, packing
from chronicle.drawing.page import Look, page

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


def signs(figure):
    """The traces that have a sign for each event."""
    return [t for t in traces(figure, mode="markers+text") if t.name != "clusters"]


def test_every_event_with_a_date_is_drawn_once():
    figure = chronicle.timeline(EVENTS)
    ids = [i for t in signs(figure) for i in t.customdata]
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
    lines = traces(figure, mode="lines")
    assert {t.line.dash for t in lines} == {"solid", "dot"}
    assert len({t.line.width for t in lines}) == 2
    assert min(t.opacity for t in lines) < 0.2
    symbols = {i: s for t in signs(figure) for i, s in zip(t.customdata, t.marker.symbol, strict=True)}
    assert all(s.endswith("-open") for s in symbols.values())  # nobody has checked them
    checked = chronicle.timeline([Event("a", "2021", "A", review="confirmed")])
    assert not signs(checked)[0].marker.symbol[0].endswith("-open")


def test_statuses_differ_in_shape_and_colour():
    from chronicle.drawing.style import STYLES

    assert len({s.symbol for s in STYLES.values()}) == len(STYLES)
    assert len({s.light for s in STYLES.values()}) == len(STYLES) == len({s.dark for s in STYLES.values()})
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
    text = signs(figure)[0].hovertext[0]
    for part in (
        "<b>Talks &amp; more</b>",
        "3 February 2021 · happened, proposed",
        "They &lt;met&gt;.",
        "P, T, 2021-02-04",
    ):
        assert part in text
    assert signs(figure)[0].hoverinfo == "text"
    assert signs(figure)[0].hovertemplate is None


def contrast(one, other):
    """WCAG 2.2's contrast of two colours."""

    def light(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_colours_stand_out_from_their_ground():
    from chronicle.drawing.style import STYLES, THEMES

    for status, style in STYLES.items():
        assert contrast(style.light, THEMES["light"].paper) >= 3, status
        assert contrast(style.dark, THEMES["dark"].paper) >= 3, status
    for theme in THEMES.values():
        assert contrast(theme.ink, theme.paper) >= 7
        assert contrast(theme.soft, theme.wash) >= 4.5


def pieces(count, spread=1000.0, length=0.0):
    return [packing.Piece(n, n * spread / count, n * spread / count + length, n * spread / count) for n in range(count)]


def label_of(width, lines=1):
    return lambda key: labels.Label(("x",) * lines, width)


@given(
    st.lists(
        st.tuples(st.floats(0, 1000), st.floats(0, 300), st.floats(1, 200), st.integers(1, 2), st.integers(0, 3)),
        max_size=80,
    ),
    st.integers(5, 40),
)
def test_nothing_that_is_packed_overlaps(drawn, rows):
    made = [
        packing.Piece(n, x, x + length, x, weight, length > 44) for n, (x, length, _, _, weight) in enumerate(drawn)
    ]
    stretches = [0.0, 100.0, 250.0, 500.0, 750.0]
    packed = packing.pack(made, rows, 1000.0, stretches, lambda n: labels.Label(("x",) * drawn[n][3], drawn[n][2]))
    assert sorted([p.key for p in packed.placed] + [k for c in packed.clusters for k in c.keys]) == list(
        range(len(drawn))
    )
    assert all(p.label.lines for p in packed.placed)
    assert all(len(c.keys) > 2 for c in packed.clusters)
    for c in packed.clusters:
        assert all(c.left <= drawn[k][0] <= c.right for k in c.keys)
    for a, b in itertools.combinations(packed.placed, 2):
        if a.row < b.row + b.height and b.row < a.row + a.height:
            assert a.last <= b.first or b.last <= a.first
    for p in packed.placed:
        assert p.last <= 1000 or p.side != "right" or p.first - p.label.width < 0 or p.right > 1000


def test_labels_are_whole_where_rows_allow_it_and_the_rest_is_counted():
    packed = packing.pack(pieces(40), 180, 1000.0, [0.0, 500.0], label_of(200.0))
    assert len(packed.placed) == 40
    assert packed.clusters == []
    dense = packing.pack(pieces(2000), 30, 1000.0, [0.0, 500.0], label_of(200.0))
    assert 0 < len(dense.placed) <= 60
    assert sum(len(c.keys) for c in dense.clusters) + len(dense.placed) == 2000
    assert [(c.left, c.right) for c in dense.clusters] == [(0.0, 500.0), (500.0, 1000.0)]


def test_what_matters_most_is_placed_first():
    crowd = pieces(300, spread=100)
    crowd[170].weight = 9
    packed = packing.pack(crowd, 15, 1000.0, [0.0], label_of(200.0))
    assert 170 in [p.key for p in packed.placed]


def test_labels_before_the_sign_where_the_chart_ends():
    (piece,) = packing.pack([packing.Piece(0, 950, 950, 950)], 30, 1000.0, [0.0], label_of(200.0)).placed
    assert (piece.side, piece.last <= 1000) == ("left", True)
    (piece,) = packing.pack([packing.Piece(0, 900, 1000, 900, bar=True)], 30, 1000.0, [0.0], label_of(200.0)).placed
    assert (piece.side, piece.text) == ("above", 800.0)


def test_lanes_share_the_rows():
    lanes = packing.pack_lanes([pieces(13, spread=10), pieces(3)], 60, 1000.0, [0.0], label_of(100.0))
    assert [len(lane.clusters) for lane in lanes] == [0, 0]
    lanes = packing.pack_lanes([pieces(80, spread=10), pieces(3)], 60, 1000.0, [0.0], label_of(100.0))
    assert [len(lane.clusters) for lane in lanes] == [1, 0]


def test_dense_stretches_are_counted_and_open_in_a_narrower_view():
    events = [Event(f"e{n}", f"2021-05-{1 + n % 28:02d}", f"Event number {n}") for n in range(3000)] + [
        Event("x", "2019", "x")
    ]
    figure = chronicle.timeline(events)
    (clusters,) = traces(figure, name="clusters")
    drawn = sum(len(t.customdata) for t in signs(figure))
    assert drawn + sum(int(t) for t in clusters.text if "k" not in t) == len(events)
    assert "<b>" in clusters.hovertext[0]
    assert "and " in clusters.hovertext[0]
    near = chronicle.timeline(events[:40], view="2021-05-03/2021-05-05")
    assert traces(near, name="clusters") == []
    assert near.layout.xaxis.range == ("2021-05-03 00:00:00", "2021-05-06 00:00:00")
    with pytest.raises(ValueError, match="has no end"):
        chronicle.timeline(events, view="2021-05/..")


def test_a_large_figure_stays_small():
    events = [
        Event(f"e{n}", f"{2000 + n % 20}-{1 + n % 12:02d}-{1 + n % 28:02d}", f"Event number {n}") for n in range(20_000)
    ]
    assert len(chronicle.timeline(events).to_json()) < 300_000


def test_lanes_have_names_and_an_event_stands_in_each_of_its_own():
    events = [
        Event("a", "2021-02-03", "A", tags=["talks", "doha"], places=["Doha"], people=["Ann"]),
        Event("b", "2021-03-03", "B", "planned", tags=["talks"], sources=[chronicle.Source("x", publisher="P")]),
        Event("c", "2021-04-03", "C"),
    ]
    wanted = {
        "tag": (["talks", "doha", "others"], 4), "place": (["Doha", "others"], 3), "person": (["Ann", "others"], 3),
        "organisation": (["no organisation"], 3), "source": (["P", "others"], 3), "status": (["happened", "planned"], 3), "story": (["no story"], 3),
    }  # fmt: skip
    for lanes, (names, count) in wanted.items():
        figure = chronicle.timeline(events, lanes=lanes)
        assert [a.text for a in figure.layout.annotations] == [f"<b>{n}</b>" for n in names]
        assert sum(len(t.customdata) for t in signs(figure)) == count
    with pytest.raises(ValueError, match="lanes 'colour' are not known: give one of story, tag"):
        chronicle.timeline(events, lanes="colour")


def test_stories_are_the_files_of_a_log(root):
    log = chronicle.EventLog.read(root / "events")
    figure = chronicle.timeline(log, lanes="story")
    assert {a.text for a in figure.layout.annotations if a.text.startswith("<b>")} == {
        f"<b>{title}</b>" for title, _ in log.stories()
    }


def test_a_moment_seen_from_near_has_a_width():
    event = [Event("a", "2021-02-03", "A"), Event("b", "2021-02-04T10:30", "B")]
    figure = chronicle.timeline(event, view="2021-02-02/2021-02-05")
    assert [t.x[:2] for t in traces(figure, mode="lines")] == [("2021-02-03 00:00:00", "2021-02-04 00:00:00")]


def test_the_line_of_the_latest_source():
    events = [
        Event(
            "a",
            "2021-07-16",
            "A",
            sources=[
                chronicle.Source("x", published="2021-07-18T08:00:00+02:00"),
                chronicle.Source("y", published="2021-07-17"),
            ],
        )
    ]
    figure = chronicle.timeline(events, now=True)
    assert figure.layout.shapes[0].x0 == "2021-07-18 12:00:00"
    assert figure.layout.annotations[-1].text == "latest source, 18 July 2021"
    with pytest.raises(ValueError, match="no source of these events has a publication date"):
        chronicle.timeline([Event("b", "2021", "B")], now=True)


def test_a_few_events_far_off_do_not_squeeze_the_rest():
    events = [Event(f"e{n}", f"2021-{1 + n % 12:02d}-01", "t") for n in range(40)] + [Event("old", "1066", "Old")]
    figure = chronicle.timeline(events)
    assert figure.layout.xaxis.range[0] > "2019"
    assert figure.layout.annotations[0].text == "1066: 1 earlier"


def test_years_before_the_first_and_beyond_the_date_axis():
    figure = chronicle.timeline([Event("a", "-0043-03-15", "Ides"), Event("b", "0079", "Pompeii")])
    assert figure.layout.xaxis.type == "date"
    assert signs(figure)[0].x[0].startswith("-0043-03-15")
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
    with pytest.raises(ValueError, match="write it as #rrggbb"):
        chronicle.timeline([], colours={"denied": "red;}"})


ATTACKS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "%{x}",
    "<b>x</b>",
    "$x^2$ from $5 to $6",
    "\u202egnp.exe",
    "😀" * 50,
    "a" * 10_000,
]


def test_the_page_shows_texts_as_text(tmp_path):
    events = [
        Event(f"e{n}", "2021-02-03", text, tags=[text], notes=text, sources=[chronicle.Source(text, url=url, quote=text, how=text, title=text)])
        for n, (text, url) in enumerate(zip(ATTACKS, ["javascript:alert(1)", "data:text/html,x", "https://x.test/\"onclick=\"x", "//x.test", "HTTPS://x.test/a", " https://x.test", "http://", "vbscript:x", "file:///etc/passwd"], strict=True))
    ]  # fmt: skip
    path = chronicle.write_html(events, tmp_path / "page.html", title="<script>alert(1)</script>", description="<b>")
    text = path.read_text("utf-8")
    body = text[text.index("<body>") : text.index('<script type="text/plain"')]
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert body.count('<a href="https://x.test/&quot;onclick=&quot;x"') == 1
    assert body.count('<a href="h') == 1
    assert body.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 3
    assert body.count('<a href="HTTPS://x.test/a"') == 1
    assert "javascript:" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in body


def test_the_page_needs_no_network():
    text = page(EVENTS)
    head = text[: text.index("</head>")]
    assert "default-src 'none'" in head
    assert " src=" not in head
    assert "unsafe-inline" not in head.split("script-src")[1].split(";")[0]
    assert "connect-src 'none'" in head
    assert "<script src" not in text
    assert "No date: why" in text
    assert "7 events" in text
    assert "1 without a date" in text
    for theme, wanted in (("auto", '<html lang="en">'), ("dark", '<html lang="en" data-theme="dark">')):
        assert wanted in page(EVENTS, Look(theme=theme))


def test_what_a_page_is_asked_for_and_cannot_do(tmp_path):
    for options, said in (
        ({"theme": "pink"}, "give 'auto', 'light' or 'dark'"),
        ({"plotlyjs": "none"}, "give one of inline, cdn, directory, basic"),
        ({"lanes": "colour"}, "give one of story"),
        ({"colours": {"x": "#000"}}, "no status x"),
    ):
        with pytest.raises(ValueError, match=said):
            chronicle.write_html(EVENTS, tmp_path / "page.html", **options)
    assert not (tmp_path / "page.html").exists()


def test_pictures(tmp_path, monkeypatch):
    import importlib.util

    from chronicle.drawing.picture import PictureError, write_picture

    with pytest.raises(ValueError, match="pictures are png, svg, pdf"):
        write_picture(EVENTS, tmp_path / "x.gif")
    with monkeypatch.context() as patched:
        patched.setattr(importlib.util, "find_spec", lambda name: None)
        with pytest.raises(PictureError, match=r"pip install 'chronicle-timeline\[image\]'"):
            write_picture(EVENTS, tmp_path / "x.png")


@pytest.mark.parametrize(("kind", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg"), ("pdf", b"%PDF")])
def test_pictures_are_drawn(tmp_path, browser, kind, begins):
    pytest.importorskip("kaleido")
    from chronicle.drawing.picture import write_picture

    path = write_picture(EVENTS, tmp_path / f"x.{kind}", "A title", lanes="status")
    assert path.read_bytes().startswith(begins)


def test_links_and_dates_can_be_read_whatever_the_accent():
    from chronicle.drawing.style import THEMES, accents

    for accent in (None, "#ffcc00", "#fff", "#000000", "#1f5fa8", "#7fb4ea"):
        for theme, colour in accents(accent).items():
            assert contrast(colour, THEMES[theme].paper) >= 4.5
            assert contrast(colour, THEMES[theme].wash) >= 4.5
    with pytest.raises(ValueError, match="of accent: write it as #rrggbb"):
        accents("red")


def test_descriptions_have_paragraphs_and_notes_have_links(tmp_path):
    event = Event("a", "2021", "A", notes="See https://paper.example/a?b=1&c=2. Or\n\nhttp:// and javascript:alert(1)")
    text = page([event], Look(description="One.\n\nTwo, at https://paper.example/."))
    assert text.count('<p class="lead"') == 2
    assert '<a href="https://paper.example/a?b=1&amp;c=2" rel="noopener noreferrer">' in text
    assert '<a href="https://paper.example/" rel=' in text
    assert '<a href="javascript' not in text
    assert text.count('<p class="note"') == 2


def test_an_empty_log_says_nothing_of_when(tmp_path):
    text = page([], Look(title="Empty"))
    assert '<p class="facts">0 events<' in text
    assert "31 December" not in text
    assert "nothing to draw" in text


def test_the_chart_of_the_page_links_to_the_entries():
    text = page(EVENTS)
    for event in EVENTS[:6]:
        assert text.count(f'href="#ev-{event.id}" data-n=') == 3  # one chart for each width of the window
        assert text.count(f'id="ev-{event.id}"') == 1
    assert "<title>3 February 2021: A moment (happened, not checked)</title>" in text
    assert "ev-gone" not in text


def test_building_a_page_is_linear():
    import gc
    import time

    def cost(count):
        gc.collect()
        events = [
            Event(f"e{n}", f"{2000 + n % 20}-{1 + n % 12:02d}-{1 + n % 28:02d}", f"Event number {n} of many")
            for n in range(count)
        ]
        began = time.process_time()
        page(events)
        return time.process_time() - began

    # what the collector does with all that other tests left is not the page's cost
    gc.disable()
    try:
        cost(500)
        assert min(cost(8000) for _ in range(2)) < 10 * min(cost(2000) for _ in range(2))
    finally:
        gc.enable()
