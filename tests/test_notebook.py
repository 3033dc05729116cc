"""What shows itself in Jupyter, and the example notebook."""

from __future__ import annotations

import json

import pytest
from test_timeline import ATTACKS

from chronicle import Article, Event, EventLog, Source, find_times
from chronicle.notebook import marked


def test_an_article_marks_its_expressions():
    article = Article("They met on Tuesday & left.", published="2021-07-16", title="A <b>", publisher="P")
    html = article._repr_html_()
    assert ">Tuesday</span> &amp; left." in html
    assert 'title="13 July 2021; TIMEX3 DATE 2021-07-13"' in html
    assert "<strong>A &lt;b&gt;</strong>" in html
    assert "no publication date" in Article("On Tuesday.")._repr_html_()
    long = Article("They met on 3 March 2021. " * 2000)._repr_html_()
    assert "characters more" in long
    assert len(long) < 500_000


def test_mentions_events_and_logs(tmp_path):
    (mention,) = find_times("They met on Tuesday.", published="2021-07-16")
    assert "<code>2021-07-13</code>: 13 July 2021" in mention._repr_html_()
    (mention,) = find_times("They met on Tuesday.")
    assert "no date" in mention._repr_html_()
    event = Event("a", "2021-07-16", "T", "planned", sources=[Source("s", quote="Q", how="H")])
    for part in ("T", "16 July 2021", "2021-07-16", "planned, proposed", "Q", "H"):
        assert part in event._repr_html_()
    assert "no date: why" in Event("b", None, "B", unresolved="why")._repr_html_()
    path = tmp_path / "log.yaml"
    path.write_text(
        "title: A log\nevents:\n" + "".join(f"- id: e{n}\n  when: 2021\n  title: Event {n}\n" for n in range(60)),
        "utf-8",
    )
    html = EventLog.read(path)._repr_html_()
    assert "<strong>A log</strong>: 60 events" in html
    assert html.count("<tr>") == 51
    assert "and 10 more" in html


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_is_markup(attack):
    shown = [
        Article(f"{attack} today", published="2021-07-16", title=attack, publisher=attack)._repr_html_(),
        Event("a", "2021", attack, sources=[Source(attack, quote=attack, how=attack)])._repr_html_(),
        marked(Article(attack)),
    ]
    for html in shown:
        assert "<script" not in html
        assert "<img" not in html


def test_the_example_notebook_runs(root):
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    path = root / "docs" / "example.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    ).execute()
    kinds = [set().union(*(o.get("data", {}) for o in c.outputs)) for c in notebook.cells if c.cell_type == "code"]
    assert all("text/html" in k for k in (*kinds[:4], *kinds[5:]))
    assert "application/vnd.plotly.v1+json" in kinds[4]
    assert all(not c.get("outputs") for c in json.loads(path.read_text("utf-8"))["cells"])
