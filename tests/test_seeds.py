"""The project's own logs and articles: the logs pass, hold a curator's work, and extraction changes nothing in them."""

from __future__ import annotations

import datetime
import json

import pytest
import yaml
from conftest import ROOT

from chronicle import EventLog, extract, read_article
from chronicle.log.check import check
from chronicle.log.schema import json_schema

STORIES = sorted(p for p in (ROOT / "seeds").iterdir() if p.is_dir())
ARTICLES = sorted((ROOT / "seeds").glob("*/*.md"))


def test_there_are_enough_articles_and_two_stories():
    assert len(ARTICLES) >= 6
    assert len(STORIES) >= 2


@pytest.mark.parametrize("path", ARTICLES, ids=lambda p: p.stem)
def test_every_article_says_what_is_known_of_it(path):
    article = read_article(path)
    assert article.title
    assert article.published
    assert article.publisher
    assert extract(article)


def test_the_logs_have_no_faults():
    assert check(ROOT / "events", ROOT / "seeds") == []


def test_the_logs_were_curated():
    events = list(EventLog.read(ROOT / "events"))
    assert {e.review for e in events} == {"proposed", "confirmed", "rejected"}
    assert sum(1 for e in events if e.previously) >= 2
    for story in STORIES:
        text = (ROOT / "events" / f"{story.name}.yaml").read_text("utf-8")
        assert "\n# Rejected: " in text


@pytest.mark.parametrize("story", STORIES, ids=lambda p: p.name)
def test_extraction_changes_nothing(story):
    log = EventLog.read(ROOT / "events" / f"{story.name}.yaml")
    for path in sorted(story.glob("*.md")):
        report = log.take(read_article(path))
        assert (report.added, report.confirmed, report.conflicts) == ([], [], [])
    assert log.diff() == ""


def test_the_two_expressions_of_the_commission():
    events = {
        e.sources[0].expression: e for e in extract(read_article(ROOT / "seeds/afghan-peace/2021-07-16-delegation.md"))
    }
    assert (str(events["since last September"].when), events["since last September"].status) == (
        "2020-09/..",
        "ongoing",
    )
    assert (str(events["Later this week"].when), events["Later this week"].status) == (
        "[2021-07-17..2021-07-18]",
        "expected",
    )


def plain(value):
    """Return YAML as JSON has it: dates as text."""
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def test_the_schema_is_one_and_the_logs_fit_it():
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(json_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for path in (ROOT / "events").glob("*.yaml"):
        assert list(validator.iter_errors(plain(yaml.safe_load(path.read_text("utf-8"))))) == []
    assert list(validator.iter_errors({"events": [{"id": "a", "title": "t", "status": "planed"}]}))
    assert (ROOT / "events" / "chronicle-log.schema.json").read_text("utf-8") == json_schema()
