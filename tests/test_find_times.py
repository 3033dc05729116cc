from __future__ import annotations

import datetime
import subprocess
import sys

import pytest
from conftest import SHARED
from hypothesis import given, settings
from hypothesis import strategies as st

from chronicle import Article, When, extract, find_times

PUBLISHED = "2021-07-16"


@pytest.mark.parametrize(
    ("text", "when", "timex3"),
    [
        ("since last September", "2020-09/..", ("2020-09", None)),
        ("later this week", "[2021-07-17..2021-07-18]", ("2021-W28", "END")),
        ("last Tuesday evening", "[2021-07-13T18:00..2021-07-13T23:59]", ("2021-07-13TEV", None)),
        ("the third quarter of 2019", "2019-35", ("2019-Q3", None)),
        ("in the early 1990s", "[1990..1993]", ("199X", "START")),
        ("between March and May 2020", "2020-03/2020-05", ("2020-03", None)),
        ("from 3 to 5 August", "2021-08-03/2021-08-05", ("2021-08-03", None)),
    ],
)
def test_the_examples_of_the_commission(text, when, timex3):
    mention = find_times(text, PUBLISHED)[0]
    assert str(mention.when) == when
    assert (mention.value, mention.mod) == timex3


def test_anaphora():
    text = "On 2 March 2020 he resigned. He left three days later."
    assert [str(m.when) for m in find_times(text, PUBLISHED)] == ["2020-03-02", "2020-03-05"]


def test_a_mention_shows_how_it_came_about():
    mention = find_times("They have met since last September.", PUBLISHED)[0]
    assert (mention.start, mention.end, mention.text) == (20, 34, "last September")
    assert mention.expression == (14, 34)
    said = mention.explain()
    for part in ("Last(September)", "2021-07-16 (a Friday)", "its end is open", "2020-09/..", "since September 2020"):
        assert part in said


def test_published_may_be_a_date_a_datetime_or_text():
    for published in (
        datetime.date(2021, 7, 16),
        datetime.datetime(2021, 7, 16, 9),
        "2021-07-16",
        "2021-07-16T09:00+04:00",
    ):
        assert find_times("yesterday", published)[0].value == "2021-07-15"
    with pytest.raises(ValueError, match="ISO 8601"):
        find_times("yesterday", "July 16")


def test_hours_need_the_time_of_publication():
    assert find_times("three hours ago", "2021-07-16T09:30")[0].value == "2021-07-16T06"
    assert find_times("three hours ago", "2021-07-16")[0].value == "2021-07-16"


def test_without_a_publication_date_only_what_is_absolute_resolves():
    found = {m.text: m for m in find_times("On 3 May 2020, and last week, and yesterday, and in the 1990s.")}
    assert str(found["3 May 2020"].when) == "2020-05-03"
    assert str(found["the 1990s"].when) == "199X"
    for text in ("last week", "yesterday"):
        assert found[text].when is None
        assert found[text].is_unresolved
        assert "no publication date" in found[text].reason
        assert "no date" in found[text].explain()


def test_the_clock_is_never_read():
    """Neither by datetime nor by time, whatever is read; each way of reading it is shut before chronicle is imported."""
    code = """
import datetime, sys, time

def refuse(*_, **__):
    raise AssertionError("the clock was read")

real = datetime.datetime
class Day(datetime.date):
    today = classmethod(refuse)
class Moment(datetime.datetime):
    now = today = utcnow = classmethod(refuse)

import chronicle
from chronicle.extraction import extract
from chronicle.resolve import find
text = "They met yesterday, in March, at noon, in '98, next Easter, the year before, on 3/4/21 and will meet at 10 a.m. ET on 5 May."
chronicle.extract(chronicle.Article(text, "2021-07-16"), nlp="light")  # what is imported at first use may look at the clock
datetime.date, datetime.datetime = Day, Moment
clocks = ("time", "time_ns", "localtime", "gmtime", "ctime")
kept = {name: getattr(time, name) for name in clocks}
for name in clocks:
    setattr(time, name, refuse)
for module in list(sys.modules.values()):
    if getattr(module, "__name__", "").startswith("chronicle"):
        for name, value in list(vars(module).items()):
            if value is real:
                setattr(module, name, Moment)
for published in (None, "2021-07-16"):
    assert len(chronicle.find_times(text, published)) > 6
    chronicle.extract(chronicle.Article(text, published), nlp="light")
for name in clocks:
    for call in (datetime.date.today, datetime.datetime.now, getattr(time, name)):
        try:
            call()
        except AssertionError:
            continue
        raise SystemExit("the clock was not shut")
for name, value in kept.items():
    setattr(time, name, value)
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_tense_decides_direction():
    assert find_times("They met on Friday.", "2021-07-14")[0].value == "2021-07-09"
    assert find_times("They will meet on Friday.", "2021-07-14")[0].value == "2021-07-16"
    assert find_times("The vote will be held on Friday.", "2021-07-14")[0].value == "2021-07-16"
    assert find_times("She said on Friday that they will meet.", "2021-07-14")[0].value == "2021-07-09"


def test_style():
    story = (
        "The war began in 1914. In 1915 the front stood still. In 1916 came the great battles; in 1917 the Americans. "
        "On 3 March 1918 peace was made in the east. In November it was over. In 1919 the treaties were signed."
    )
    by_default = {m.text: m.value for m in find_times(story, "2009-05-01")}
    assert by_default["November"] == "1918-11"
    as_news = {m.text: m.value for m in find_times(story, "2009-05-01", style="news")}
    assert as_news["November"] == "2008-11"
    with pytest.raises(ValueError, match="style"):
        find_times(story, style="poem")


def test_unknown_language():
    with pytest.raises(LookupError, match=r"it knows .*en"):
        find_times("heute", language="xx")
    with pytest.raises(LookupError):
        find_times("heute", language="../en")


def test_both_ends_of_a_range_know_each_other():
    first, second = find_times("from 24 April to 4 May 2021", PUBLISHED)
    assert (first.partner, second.partner) == (1, 0)
    assert first.when == second.when
    assert "the date is that of the whole" in first.explain()


ENDS = st.sampled_from(
    [
        "10 p.m.",
        "10 p.m. EST",
        "8 a.m. GMT",
        "noon",
        "midnight on Friday",
        "2 a.m. on Saturday",
        "23:00",
        "dawn",
        "dusk",
        "Friday night",
        "last night",
        "early Monday",
        "Friday",
        "the weekend",
        "3 July",
        "10 p.m. on 3 July",
        "9 a.m. tomorrow",
        "next week",
        "2020",
        "late 2020",
        "the 1990s",
        "now",
        "yesterday",
        "two days ago",
        "in three days",
    ]
)


@settings(max_examples=400, deadline=None)
@given(
    ENDS,
    ENDS,
    st.sampled_from(["from {} to {}", "between {} and {}", "{}-{}", "{} to {}", "It began {}. It ended {}."]),
)
def test_any_range_has_a_time_that_can_be_read(first, second, form):
    for mention in find_times(form.format(first, second), PUBLISHED):
        assert mention.when is None or isinstance(mention.when, When)


WORDS = st.sampled_from(
    [
        "last",
        "next",
        "this",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "from",
        "until",
        "since",
        "before",
        "after",
        "between",
        "and",
        "or",
        "every",
        "a",
        "an",
        "early",
        "late",
        "mid",
        "end",
        "start",
        "Monday",
        "Friday",
        "May",
        "March",
        "August",
        "3",
        "5",
        "12",
        "31",
        "1999",
        "2020",
        "'98",
        "1990s",
        "90s",
        "week",
        "weeks",
        "month",
        "year",
        "years",
        "day",
        "days",
        "hours",
        "quarter",
        "third",
        "second",
        "half",
        "ago",
        "later",
        "earlier",
        "from",
        "now",
        "today",
        "tomorrow",
        "yesterday",
        "morning",
        "night",
        "noon",
        "p.m.",
        "10:30",
        "10",
        ",",
        ".",
        "-",
        "–",
        "BC",
        "century",
        "Christmas",
        "Easter",
        "spring",
        "fall",
        "about",
        "nearly",
        "more",
        "than",
        "at",
        "least",
        "past",
        "coming",
        "few",
        "several",
        "two",
        "three",
        "twenty",
        "hundred",
        "thousand",
        "GMT",
        "EST",
        "will",
        "said",
        "29",
        "February",
        "31",
        "April",
        "0",
        "00",
        "2021-02-30",
        "24:00",
        "99:99",
        "½",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(WORDS, max_size=14).map(" ".join), st.sampled_from([None, "2021-07-16", "0001-01-01", "9999-12-31"]))
def test_whatever_stands_there_spans_hold_and_times_parse(text, published):
    done = 0
    for mention in find_times(text, published):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= done
        done = mention.end
        assert mention.type in ("DATE", "TIME", "DURATION", "SET")
        assert mention.value
        assert mention.when is None or isinstance(mention.when, When)
        assert mention.explain()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all(text):
    for mention in find_times(text, PUBLISHED):
        assert text[mention.start : mention.end] == mention.text


def test_the_commissioned_article():
    path = SHARED / "commission" / "article.txt"
    if not path.exists():
        pytest.skip("the commissioned article is not beside the project")
    found = find_times(path.read_text("utf-8"), PUBLISHED)
    dated = [(m.text, str(m.when)) for m in found if not m.value.endswith("_REF")]
    assert dated == [("last September", "2020-09/.."), ("Later this week", "[2021-07-17..2021-07-18]")]
    assert {m.text.lower() for m in found if m.value.endswith("_REF")} == {"now"}


def test_a_paragraph_that_opens_with_a_date_of_long_ago_is_told_from_there():
    text = (
        "Today the villages remember.\n\nOn the night of 31 January 1953 the sea came. By 1 February it had gone; in May, the dikes were whole.\n\n"
        "A museum opens on 5 February."
    )
    assert [m.value for m in find_times(text, "2003-01-31")] == [
        "2003-01-31", "1953-01-31TNI", "1953-02-01", "1953-05", "2003-02-05",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("On 3 March 1945 he was born. He will retire on 3 June.", "2003-06-03"),
        ("The firm, founded on 3 March 1985, said in February it lost money.", "2003-02"),
        ("In March 1985 the firm was founded. It said on Friday it lost money in January.", "2003-01"),
    ],
)
def test_a_date_of_long_ago_in_passing_moves_nothing(text, value):
    assert find_times(text, "2003-01-31")[-1].value == value


def test_a_short_text_of_another_time_goes_on_in_it():
    text = "The battle was fought on 14 October 1066. On 25 September Harald was defeated. By 1072 it was over."
    assert [str(m.when) for m in find_times(text, PUBLISHED)] == ["1066-10-14", "1066-09-25", "[..1072]"]
    # but what lies ahead is ahead of the publication
    text = "He joined on 3 May 1998 and became chief in 2004. He will leave on 1 August."
    assert [str(m.when) for m in find_times(text, PUBLISHED)] == ["1998-05-03", "2004", "2021-08-01"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("On Saturday the mayor opened the bridge. The old bridge was closed in March 2022.", "en"),
        ("In 1864 the town fell. On Saturday the king fled.", "en"),
        ("Am Samstag wurde die Brücke eröffnet. Die alte war seit März 2022 gesperrt.", "de"),
    ],
)
def test_a_weekday_is_not_counted_from_a_year(text, language):
    weekday = next(m for m in find_times(text, language=language) if m.text in ("Saturday", "Samstag"))
    assert weekday.edtf is None
    assert "too long to tell which day" in weekday.reason


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("The inquiry is to open on 11 July. Protesters had gathered since dawn.", "2023-07-06", "2023-07-06T04:00/.."),
        ("The inquiry is to open on 11 July. Two weeks earlier the council had voted.", "2023-07-06", "2023-06-22"),
        ("The inquiry is to open on 11 July. Two weeks earlier the council is to vote.", "2023-07-06", "2023-06-27"),
        ("The inquiry opened on 3 July. Two days later the council voted.", "2023-07-06", "2023-07-05"),
        ("The town stayed out until 12 February, when its council approved the line.", "2019-05-17", "../2019-02-12"),
        ("The army held the town until 9 May.", "2020-11-01", "../2020-05-09"),
        ("The man was held until 9 May.", "2020-11-01", "../2021-05-09"),
        ("The trial was adjourned until 9 May, when the defence was to open.", "2020-11-01", "../2021-05-09"),
    ],
)  # fmt: skip
def test_what_is_told_as_past_is_counted_from_no_time_ahead(text, published, expected):
    assert find_times(text, published)[-1].edtf == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a deadline is counted from the article, what is told as past from the time told before it
        ("The firm must answer within 28 days.", "[2023-03-15..2023-04-12]"),
        ("The owners have to sell within a year.", "[2023-03-15..2024-03-15]"),
        ("A second report will follow within weeks.", "[2023-03-15..2023-04-15]"),
        ("On 3 May 2021 the mill burned. Within a week its owner had left.", "[2021-05-03..2021-05-10]"),
        ("It sank at 3:40 a.m. on 3 May 2021. Within twenty minutes a boat came.", "[2021-05-03T03:40..2021-05-03T04:00]"),
        ("Within a week of the fire they had left.", None),
        ("The tunnel was dug within two years.", None),
        # how far some days, weeks and months reach
        ("On 3 May 2021 the mill burned. A few days later its owner left.", "[2021-05-04..2021-05-10]"),
        ("On 3 May 2021 the mill burned. Some weeks later its owner left.", "[2021-05-10..2021-06-03]"),
        ("On 3 May 2021 the mill burned. Months earlier its owner had left.", "[2020-05-03..2021-04-26]"),
        ("In 2021 the mill burned. A few days later its owner left.", None),
        ("The owner left a few days ago.", "[2023-03-08..2023-03-14]"),
        # weeks from a day, hours from a minute
        ("On 3 May 2021 the mill burned. Four weeks later its owner left.", "2021-05-31"),
        ("The mill burned in May 2021. Four weeks later its owner left.", None),
        ("It sank at 11:20 on 3 May 2021. Two hours later a boat came.", "2021-05-03T13:20"),
        # the day of a month that was just told
        ("It met on 3 May. On the 20th it fell.", "2022-05-20"),
        ("It met on 3 May. On the 20th it will fall.", "2023-03-20"),
        ("It met on 3 May. On the 14th it fell.", "2023-03-14"),
        # at least, and the middle that something is before
        ("The school will stay shut until at least Friday.", "../2023-03-17"),
        ("The school has been shut since at least 2010.", "2010/.."),
        ("It was to open before the middle of May 2023.", "[..2023-05-10]"),
        ("It will open after the new year.", "[2024-01-01..]"),
        # what one threatens or promises to do is to come
        ("The drivers had threatened to strike from Monday.", "2023-03-20"),
        ("A ruling is unlikely on Friday.", "2023-03-17"),
    ],
)  # fmt: skip
def test_counting_and_bounds(text, expected):
    assert find_times(text, "2023-03-15")[-1].edtf == expected


def test_for_some_weeks_is_all_of_them():
    closed, asked = (
        extract(Article(text, published="2023-03-15"), nlp="light")[0]
        for text in ("The bridge will be closed for the next few weeks.", "The police will ask him in the coming weeks.")
    )
    assert (str(closed.when), str(asked.when)) == ("2023-03-15/2023-04-15", "[2023-03-15..2023-04-15]")


def test_a_year_that_something_is_to_come_after_is_not_gone_on_to():
    text = (
        "In 1857 the treaty was signed. On 3 November 1861 the chancellor said that his country would stop paying after the new year. "
        "Halmark protested on the 20th. In 1862 the war began, and in 1864 it ended."
    )
    assert {m.text: m.edtf for m in find_times(text, "2019-10-04", style="narrative")}["the 20th"] == "1861-11-20"
