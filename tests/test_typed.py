"""Dates as people type them: EDTF or words, everywhere that a date is asked for."""

import pytest

from chronicle import Event, EventLog, Source, When, timeline, when_of
from chronicle.resolve.typed import read_typed

ARTICLE = "2023-06-10"


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2023-03-14", "2023-03-14"),
        ("14 March 2023", "2023-03-14"),
        ("March 14, 2023", "2023-03-14"),
        ("in May 2020", "2020-05"),
        ("on 3 May 2020", "2020-05-03"),
        ("since 3 May 2020", "2020-05-03/.."),
        ("until 2020", "../2020"),
        ("about 1920", "1920~"),
        ("the spring of 2020", "2020-21"),
        ("from 1 to 10 May 2023", "2023-05-01/2023-05-10"),
        ("between 3 and 5 May 2023", "2023-05-03/2023-05-05"),
        ("May 2021 to July 2021", "2021-05/2021-07"),
        ("5 pm on 3 May 2020", "2020-05-03T17:00"),
        ("  14  March\n2023 ", "2023-03-14"),
    ],
)
def test_words_that_need_no_other_date(text, edtf):
    assert str(when_of(text)) == edtf
    assert read_typed(text, ARTICLE).counted_from is None


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("early May", "[2023-05-01..2023-05-10]"),
        ("since last autumn", "2022-23/.."),
        ("last Monday", "2023-06-05"),
        ("yesterday", "2023-06-09"),
        ("3 days ago", "2023-06-07"),
        ("14 March", "2023-03-14"),
    ],
)
def test_words_that_are_counted_from_the_article(text, edtf):
    typed = read_typed(text, ARTICLE)
    assert (str(typed.when), typed.counted_from) == (edtf, ARTICLE)
    with pytest.raises(ValueError, match="give the date that it is counted from"):
        when_of(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("every Monday", "comes round again"),
        ("three weeks", "a length of time"),
        ("3 May and 5 June 2020", "more than one time: 2020-05-03"),
        ("the strike of 2020", "only “2020” of it"),
        ("14 mars 2023", "only “2023” of it"),
        ("03/04/2023", "EDTF"),
        ("2021-8-4", "two digits"),
        ("2020-05/2020-04", "the end comes before the start"),
        ("hello", "EDTF"),
        ("", "empty"),
        ("May 2020 " * 40, "at most 200"),
    ],
)
def test_what_is_not_one_date_is_refused_with_a_remedy(text, why):
    with pytest.raises(ValueError, match=why):
        when_of(text, ARTICLE)


@pytest.mark.parametrize("edtf", ["2020", "2020-05-03", "[2023-05-01..2023-05-10]", "2020?", "2020~", "2020-05-03/..", "../2020", "192X", "2020-21", "2020-05/2020-07", "2020-05-03T17:00", "[..2021-04-30]"])  # fmt: skip
def test_what_chronicle_says_of_a_time_may_be_typed(edtf):
    when = When.parse(edtf)
    assert when_of(when.words()) == when


def test_another_language():
    assert str(when_of("14. März 2023", language="de")) == "2023-03-14"


def test_events_logs_and_views_take_words(tmp_path, run):
    assert Event("a", "14 March 2023", "t").when == When.parse("2023-03-14")
    with pytest.raises(ValueError, match="published="):
        Event("a", "last Monday", "t")
    path = tmp_path / "log.yaml"
    path.write_text(
        "events:\n- id: a\n  when: 2023-05-01\n  title: A\n  sources:\n  - article: x\n    published: 2023-06-10\n"
        "- id: b\n  when: 2023-07-01\n  title: B\n"
    )
    log = EventLog.read(path)
    assert str(log.set("a", when="last Monday").when) == "2023-06-05"
    with pytest.raises(ValueError, match="more than one"):
        log.set("a", when="3 May and 5 June 2020")
    assert [e.id for e in log.during("early June 2023")] == ["a"]
    assert timeline(log, view="from June to July 2023") is not None
    assert run("set", path, "a", "when=14 March 2023")[0] == 0
    assert "when: 2023-03-14\n" in path.read_text()
    assert run("set", path, "b", "when=last Monday")[0] == 1
    assert "a\tA" in run("list", path, "--time", "in March 2023")[1]


def test_the_date_of_articles_that_differ_is_nobodys():
    event = Event("a", "2020", "t", sources=[Source("x", published="2020-01-01"), Source("y", published="2020-01-02")])
    assert event.published is None


def test_csv_takes_words(tmp_path, run):
    table = tmp_path / "t.csv"
    table.write_text("id,when,title\na,14 March 2023,A\nb,every Monday,B\n")
    _, _, err = run("import", table, "--log", tmp_path / "log.yaml")
    assert "when: 2023-03-14" in (tmp_path / "log.yaml").read_text()
    assert "comes round again" in err
