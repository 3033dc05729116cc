"""What a person rejected stays rejected: dated or not, and whatever becomes of its article."""

from __future__ import annotations

import pytest

from chronicle import EventLog
from chronicle.cli.main import run

DATED = "The river flooded the market square of Ansbeck on Tuesday, and forty families left their homes.\n"
FRONT = "---\npublished: 2021-05-06\n---\n"


@pytest.mark.parametrize("head", [FRONT, ""], ids=["dated", "undated"])
@pytest.mark.parametrize(
    "then",
    ["again", "renamed", "copied", "edited", "other file", "other format"],
)
def test_rejected_stays_rejected(tmp_path, capsys, head, then):
    log = tmp_path / "log.yaml"
    article = tmp_path / "one.md"
    article.write_text(head + DATED)
    run(["extract", str(article), "--log", str(log)])
    (event,) = EventLog.read(log)
    assert (event.when is None) == (head == "")
    run(["reject", str(log), event.id])
    if then == "renamed":
        article = article.rename(tmp_path / "two.md")
    elif then == "copied":
        (tmp_path / "copy.md").write_text(article.read_text())
        article = tmp_path / "copy.md"
    elif then == "edited":
        article.write_text(head + "A line above.\n\n" + DATED.replace("forty families", "some forty families"))
    elif then == "other file":
        (tmp_path / "sub").mkdir()
        article = tmp_path / "sub" / "other.md"
        article.write_text(head + "More was said.\n\n" + DATED)
    elif then == "other format":
        article = tmp_path / "page.html"
        article.write_text(
            f"<html lang=en><head>{'<meta property=article:published_time content=2021-05-06T10:00:00Z>' if head else ''}</head><body><article><p>{DATED}</p></article></body></html>"
        )
    run(["extract", str(article), "--log", str(log)])
    left = [e for e in EventLog.read(log) if e.review != "rejected" and "flood" in e.title]
    assert not left, capsys.readouterr()
