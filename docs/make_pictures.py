"""Draws docs/timeline.png from events/ with a headless Chromium: python docs/make_pictures.py"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import chronicle

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Render the log of the Afghan story and take a picture of the page's top."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("no chromium on this machine")
    log = chronicle.EventLog.read(ROOT / "events" / "afghan-peace.yaml")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_path = chronicle.write_html(log, Path(folder) / "page.html", log.title, log.description)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1180, "height": 1420})
        page.goto(page_path.as_uri())
        page.wait_for_selector("#chart .main-svg")
        page.screenshot(path=str(ROOT / "docs" / "timeline.png"))
        browser.close()


if __name__ == "__main__":
    main()
