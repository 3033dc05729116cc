"""Draws docs/timeline.png and docs/pictures/ with a headless Chromium: PYTHONPATH=benchmarks python docs/make_pictures.py"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from make_log import events
from playwright.sync_api import Browser, sync_playwright

import chronicle

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"


def take(browser: Browser, page_path: Path, name: str, fragment: str = "", keys: str = "", **options: Any) -> None:
    """Take a picture of a page as a reader sees it first, or after some keys."""
    context = browser.new_context(**{"viewport": {"width": 1180, "height": 900}, **options})
    page = context.new_page()
    page.goto(page_path.as_uri() + fragment)
    page.wait_for_selector("html[data-ready]")
    for key in keys.split():
        page.keyboard.press(key)
    page.wait_for_timeout(500)
    page.screenshot(path=str(PICTURES / f"{name}.png"))
    context.close()


def main() -> None:
    """Take the pictures of the Afghan story, and of timelines of four sizes."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("no chromium on this machine")
    PICTURES.mkdir(exist_ok=True)
    log = chronicle.EventLog.read(ROOT / "events" / "afghan-peace.yaml")
    chosen = next(e.id for e in log if str(e.when) == "2020-02-29" and e.review != "rejected")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        story = chronicle.write_html(log, Path(folder) / "story.html", log.title, log.description)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        tall = {"viewport": {"width": 1180, "height": 1420}}
        take(browser, story, "desktop", **tall)
        shutil.move(PICTURES / "desktop.png", ROOT / "docs" / "timeline.png")
        take(browser, story, "desktop")
        take(browser, story, "card", f"#{chosen}")
        take(browser, story, "dark", f"#{chosen}", color_scheme="dark")
        take(browser, story, "phone", f"#{chosen}", viewport={"width": 360, "height": 740}, device_scale_factor=2)
        for count in (3, 100, 10_000, 100_000):
            page = chronicle.write_html(events(count), Path(folder) / f"{count}.html", f"{count:,} events")
            take(
                browser,
                page,
                str(count),
                keys="" if count < 1000 else "+ + + + +",
                viewport={"width": 900, "height": 700},
            )
        browser.close()


if __name__ == "__main__":
    main()
