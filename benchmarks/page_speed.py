"""Times pages in a headless Chromium: chronicle's, a plain plotly.express timeline and vis-timeline, of the same events, in one run.

npm ci --prefix benchmarks/web; PYTHONPATH=.:benchmarks python benchmarks/page_speed.py [EVENTS...]

For each number of events, each with a quote of prose: seconds to build the page, megabytes beyond the library, milliseconds from the start
of loading to the first picture of the events (the frame after they stand in the document), the median and longest time between two
frames while the view is dragged and zoomed, and, where there is a search, milliseconds from its second letter to its hits. A page that
shows nothing in LIMIT seconds is given up. The first pictures are medians of three.
"""

from __future__ import annotations

import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from make_log import events
from playwright.sync_api import Browser, Error, Page, sync_playwright

import chronicle
from chronicle import Event

LIMIT = 60
VIS = (
    Path(__file__).parent
    / "web"
    / "node_modules"
    / "vis-timeline"
    / "standalone"
    / "umd"
    / "vis-timeline-graph2d.min.js"
)
FRAMES = """() => {
  window.gaps = []; let last = performance.now();
  const tick = (t) => { window.gaps.push(t - last); last = t; requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
}"""
SEARCH = """async () => {
  const field = document.getElementById("q"), count = document.getElementById("count");
  const began = performance.now();
  const done = new Promise((resolve) => new MutationObserver(resolve).observe(count, { childList: true, characterData: true, subtree: true }));
  field.value = "mi";
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await done;
  await new Promise(requestAnimationFrame);
  return performance.now() - began;
}"""
# waits for something to stand in the document, then for the frame that shows it
FIRST = """async (selector) => {
  while (!document.querySelector(selector)) { await new Promise(requestAnimationFrame); }
  await new Promise(requestAnimationFrame); await new Promise(requestAnimationFrame);
  return performance.now();
}"""


def with_prose(made: list[Event]) -> list[Event]:
    """Give each event a quote of some 25 words, drawn as often as the seeds' articles have them."""
    root = Path(__file__).resolve().parent.parent
    words = [w for path in sorted((root / "seeds").rglob("*.md")) for w in path.read_text("utf-8").split()]
    chance = random.Random(3)
    for event in made:
        length = chance.randrange(15, 35)
        event.sources[0].quote = " ".join(chance.choices(words, k=length))
    return made


def own_page(made: list[Event], path: Path) -> None:
    """Write chronicle's page."""
    chronicle.write_html(made, path, "Events")


def express_page(made: list[Event], path: Path) -> None:
    """Write what a user of plotly.express would: a bar a day long for each event."""
    import pandas
    import plotly.express

    rows = [{"start": str(e.when), "title": e.title, "tag": e.tags[0]} for e in made]
    frame = pandas.DataFrame(rows)
    frame["start"] = pandas.to_datetime(frame["start"])
    frame["end"] = frame["start"] + pandas.Timedelta(days=1)
    figure = plotly.express.timeline(frame, x_start="start", x_end="end", y="tag", hover_name="title")
    figure.update_layout(dragmode="pan")
    figure.write_html(path, include_plotlyjs=True, config={"scrollZoom": True})


def vis_page(made: list[Event], path: Path) -> None:
    """Write a page with vis-timeline as its own examples do, clusters switched on."""
    items = [{"id": n, "content": e.title, "start": str(e.when)} for n, e in enumerate(made)]
    path.write_text(
        f'<!DOCTYPE html><meta charset="utf-8"><body><div id="v"></div><script>{VIS.read_text("utf-8")}</script>'
        f'<script>new vis.Timeline(document.getElementById("v"), new vis.DataSet({json.dumps(items)}), '
        "{cluster: {maxItems: 3}, maxHeight: 700, verticalScroll: true});</script>",
        "utf-8",
    )


PAGES: dict[str, tuple[Callable[[list[Event], Path], None], str, str]] = {
    "chronicle": (own_page, "#drawn .band", "#chart"),
    "plotly.express": (express_page, ".barlayer .point path", ".plotly-graph-div"),
    "vis-timeline": (vis_page, ".vis-item", "#v"),
}


def drag(page: Page, place: str) -> tuple[float, float]:
    """Drag and zoom; returns the median and the longest time between frames in milliseconds."""
    box = page.locator(place).first.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + min(60, box["height"] / 2)
    page.mouse.move(x, y)
    page.evaluate(FRAMES)
    for turn in range(12):
        page.keyboard.down("Control")
        page.mouse.wheel(0, -150 if turn < 8 else 150)
        page.keyboard.up("Control")
        page.wait_for_timeout(40)
        page.mouse.down()
        for step in range(10):
            page.mouse.move(x - 20 * step, y)
        page.mouse.up()
        page.mouse.move(x, y)
    page.wait_for_timeout(300)
    gaps = page.evaluate("window.gaps")
    return statistics.median(gaps), max(gaps)


def search(page: Page) -> float | None:
    """Type two letters; returns milliseconds from the second one to the hits, None where there is no search."""
    if not page.locator("#q").count():
        return None
    page.wait_for_selector("html[data-ready]")
    page.locator("#q").press("m")
    page.wait_for_timeout(4000)  # what searching needs is made meanwhile
    return float(page.evaluate(SEARCH))


def measure(browser: Browser, path: Path, name: str) -> tuple[float, float, float, float | None] | None:
    """Return the first picture, the median and longest frame, and the search, in milliseconds."""
    _, first, place = PAGES[name]
    shown = []
    frames = (0.0, 0.0)
    found = None
    for turn in range(3):
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(LIMIT * 1000)
        try:
            page.goto(path.as_uri(), wait_until="commit")
            began = time.perf_counter()
            shown.append(page.evaluate(FIRST, first))
            if turn == 0:
                if name == "chronicle":
                    page.wait_for_selector("html[data-ready]")
                frames = drag(page, place)
                found = search(page)
        except Error:
            return None
        finally:
            page.close()
        if time.perf_counter() - began > LIMIT:
            return None
    return statistics.median(shown), *frames, found


def main() -> None:
    """Print the table."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("no chromium on this machine")
    from plotly.offline import get_plotlyjs

    from chronicle.drawing.index import packed

    script = {
        "chronicle": len(packed(get_plotlyjs())),
        "plotly.express": len(get_plotlyjs().encode()),
        "vis-timeline": VIS.stat().st_size,
    }
    counts = [int(a) for a in sys.argv[1:]] or [1_000, 10_000, 100_000]
    print(
        "| events | page | build, s | MB beyond the library | first picture, ms | median frame, ms | longest frame, ms | search, ms |"
    )
    print("| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for count in counts:
            made = with_prose(events(count))
            for name, (write, _, _) in PAGES.items():
                path = Path(folder) / f"{name}-{count}.html"
                began = time.perf_counter()
                write(made, path)
                built = time.perf_counter() - began
                size = (path.stat().st_size - script[name]) / 1e6
                told = measure(browser, path, name)
                figures = f"| nothing in {LIMIT} s | | | |"
                if told:
                    found = "" if told[3] is None else f"{told[3]:.0f}"
                    figures = "| {:.0f} | {:.0f} | {:.0f} | {} |".format(*told[:3], found)
                print(f"| {count:,} | {name} | {built:.2f} | {size:.2f} {figures}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
