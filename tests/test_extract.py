from __future__ import annotations

import pytest
from conftest import SHARED

from chronicle import Article, extract
from chronicle.extract.sentences import sentence_spans
from chronicle.extract.titles import LONGEST, title_of

PUBLISHED = "2021-07-16"


def found(text, published=PUBLISHED):
    return [(str(e.when) if e.when else None, e.status, e.title) for e in extract(Article(text, published))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The council voted on Tuesday.", ("2021-07-13", "happened", "The council voted")),
        ("The court will rule on Monday.", ("2021-07-19", "planned", "The court will rule")),
        ("A delegation is expected to arrive later this week.", ("[2021-07-17..2021-07-18]", "expected", "A delegation is expected to arrive")),
        ("The meeting may be held in August.", ("2021-08", "possible", "The meeting may be held")),
        ("The signing, due on 3 May, was called off.", ("2021-05-03", "cancelled", "The signing, due, was called off")),
        ("He denied having met them on 3 May.", ("2021-05-03", "denied", "He denied having met them")),
        ("They have been meeting in Doha since last September.", ("2020-09/..", "ongoing", "They have been meeting in Doha")),
        ("However, the bridge fell in 1936.", ("1936", "happened", "The bridge fell")),
        ("He ruled from 1914 to 1918.", ("1914/1918", "happened", "He ruled")),
        ("The talks (the first of their kind) opened on 12 September 2020 in Doha.", ("2020-09-12", "happened", "The talks opened in Doha")),
    ],
)  # fmt: skip
def test_an_event_of_a_sentence(text, expected):
    assert found(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Now 90% of all drugs come from there.",
        "It lasted three years.",
        "They meet every Monday.",
        "The 2020 budget was large.",
        "It was a three-year plan.",
        "Profits were higher than a year earlier.",
        "Nothing else in it is a date.",
    ],
)
def test_what_dates_nothing(text):
    assert found(text) == []


def test_two_dated_happenings_in_one_sentence():
    assert found("The council voted on 3 May 2021; the mayor resigned on 5 May 2021.") == [
        ("2021-05-03", "happened", "The council voted"),
        ("2021-05-05", "happened", "The mayor resigned"),
    ]


def test_what_follows_a_reporting_verb():
    assert found("He announced on Wednesday that they will withdraw by 11 September 2021.") == [
        ("2021-07-14", "happened", "He announced that they will withdraw by 11 September 2021"),
        ("[..2021-09-11]", "planned", "They will withdraw"),
    ]


def test_a_source_tells_where_and_how():
    article = Article(
        "One. They have met since last September in Doha.", PUBLISHED, title="T", url="https://x.test", id="a"
    )
    source = extract(article)[0].sources[0]
    assert article.text[source.start : source.end] == source.expression == "since last September"
    assert source.quote == "They have met since last September in Doha."
    assert (source.article, source.published, source.anchor, source.url) == (
        "a",
        PUBLISHED,
        PUBLISHED,
        "https://x.test",
    )
    assert "2021-07-16 (a Friday)" in source.how


def test_unresolved_expressions_are_kept_and_say_why():
    event = extract(Article("They met on Tuesday."))[0]
    assert event.when is None
    assert "no publication date" in event.unresolved
    assert "no date" in event.explain()


def test_extraction_is_the_same_every_time():
    article = Article("They met on 3 May 2020. They met on 3 May 2020. They met on 4 May 2020.", PUBLISHED)
    first, second = extract(article), extract(article)
    assert first == second
    assert len({e.id for e in first}) == 3


def test_titles():
    long = "The delegations of the two governments, which had not met for more than a decade, agreed on a great many points on 3 May"
    assert len(title_of(long, [])) <= LONGEST
    assert title_of("“We have come,” he said", []) == "“We have come,” he said"
    assert title_of("also, on 3 May the talks opened", [(6, 14)]) == "The talks opened"


def test_sentences():
    text = "Mr. Smith came on 3 May. He left.\n\nA second paragraph without an end\n\nA third one."
    assert [text[a:b] for a, b in sentence_spans(text)] == [
        "Mr. Smith came on 3 May.",
        "He left.",
        "A second paragraph without an end",
        "A third one.",
    ]


def test_the_commissioned_article():
    path = SHARED / "commission" / "article.txt"
    if not path.exists():
        pytest.skip("the commissioned article is not beside the project")
    events = extract(Article(path.read_text("utf-8"), PUBLISHED))
    assert [(str(e.when), e.status, e.sources[0].expression) for e in events] == [
        ("2020-09/..", "ongoing", "since last September"),
        ("[2021-07-17..2021-07-18]", "expected", "Later this week"),
    ]
