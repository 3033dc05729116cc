"""Draws docs/timeline.png and docs/pictures/ with a headless Chromium: PYTHONPATH=benchmarks python docs/make_pictures.py

What is compared with others (TimelineJS, vis-timeline) needs them: npm ci --prefix tests/web; npm ci --prefix benchmarks/web
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from make_log import events
from playwright.sync_api import Browser, sync_playwright

import chronicle
from chronicle import Event
from chronicle.formats import export

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
LAPTOP = {"viewport": {"width": 1280, "height": 720}}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}


def take(browser: Browser, page_path: Path, name: str, fragment: str = "", keys: str = "", **options: Any) -> None:
    """Take a picture of a page as a reader sees it first, or after some keys."""
    context = browser.new_context(**{**DESKTOP, **options})
    page = context.new_page()
    page.goto(page_path.as_uri() + fragment)
    page.wait_for_selector("html[data-ready]:not([data-busy])")
    for key in keys.split():
        page.keyboard.press(key)
        page.wait_for_selector("html:not([data-busy])")
    page.screenshot(path=str(PICTURES / f"{name}.png"))
    context.close()


def printed(browser: Browser, page_path: Path) -> None:
    """Take a picture of the first printed page, where Ghostscript is there to draw it."""
    ghostscript = shutil.which("gs")
    if ghostscript is None:
        return
    import subprocess

    page = browser.new_page()
    page.goto(page_path.as_uri())
    page.wait_for_selector("html[data-ready]")
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "page.pdf"
        pdf.write_bytes(page.pdf(format="A4"))
        to = [
            "-sDEVICE=png16m",
            "-r80",
            "-dTextAlphaBits=4",
            "-dGraphicsAlphaBits=4",
            "-dLastPage=1",
            f"-sOutputFile={PICTURES / 'print.png'}",
        ]
        subprocess.run([ghostscript, "-q", "-dBATCH", "-dNOPAUSE", *to, str(pdf)], check=True)  # noqa: S603
    page.close()


def others(browser: Browser, made: list[Event], folder: Path) -> None:
    """Take pictures of the same events in TimelineJS and vis-timeline."""
    from page_speed import VIS, vis_page

    timelinejs = ROOT / "tests" / "web" / "node_modules" / "@knight-lab" / "timelinejs" / "dist"
    context = browser.new_context(**DESKTOP)
    page = context.new_page()
    if VIS.exists():
        vis_page(made, folder / "vis.html")
        page.goto((folder / "vis.html").as_uri())
        page.wait_for_selector(".vis-item", state="attached")
        page.wait_for_timeout(1000)
        page.screenshot(path=str(PICTURES / "vis-timeline.png"))
    if timelinejs.exists():
        data = export(made, "timelinejs", "The Afghan peace process").content.decode()
        (folder / "tl.html").write_text(
            f'<!DOCTYPE html><meta charset="utf-8"><link rel="stylesheet" href="{(timelinejs / "css/timeline.css").as_uri()}">'
            f'<body style="margin:0"><div id="t" style="width:100%;height:900px"></div><script src="{(timelinejs / "js/timeline.js").as_uri()}"></script>'
            f"<script>new TL.Timeline('t', {data.replace('</', '<' + chr(92) + '/')});</script>",
            "utf-8",
        )
        page.goto((folder / "tl.html").as_uri())
        page.wait_for_selector(".tl-timemarker", state="attached")
        page.wait_for_timeout(4000)
        page.screenshot(path=str(PICTURES / "timelinejs.png"))
    context.close()


def main() -> None:
    """Take the pictures of the Afghan story, of timelines of several sizes, and of others' pages."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("no chromium on this machine")
    PICTURES.mkdir(exist_ok=True)
    log = chronicle.EventLog.read(ROOT / "events" / "afghan-peace.yaml")
    chosen = next(e.id for e in log if str(e.when) == "2020-02-29" and e.review != "rejected")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        story = chronicle.write_html(log, folder / "story.html", log.title, log.description, now=True)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        take(browser, story, "desktop")
        shutil.copy(PICTURES / "desktop.png", ROOT / "docs" / "timeline.png")
        take(browser, story, "laptop", **LAPTOP)
        take(browser, story, "card", f"#ev-{chosen}", **LAPTOP)
        take(browser, story, "dark", f"#ev-{chosen}", color_scheme="dark", **LAPTOP)
        take(browser, story, "phone", **PHONE)
        take(browser, story, "phone-dark", color_scheme="dark", **PHONE)
        printed(browser, story)
        for count in (3, 24, 130, 1_000, 10_000, 100_000):
            page = chronicle.write_html(events(count), folder / f"{count}.html", f"{count:,} events")
            take(browser, page, str(count), **LAPTOP)
        others(browser, [e for e in log if e.review != "rejected"], folder)
        browser.close()


if __name__ == "__main__":
    main()
