"""Events read on dependency trees: what is dated, how it is told, what is claimed of it; with a pipeline of spaCy."""

from __future__ import annotations

import pytest
from test_extract import PUBLISHED

import chronicle
from chronicle import Article
from chronicle.errors import MissingLibrary
from chronicle.syntax.blocks import sentences
from chronicle.syntax.reader import installed, missing, reader_of

pytest.importorskip("spacy")
PIPELINE = installed("en")
pytestmark = pytest.mark.skipif(PIPELINE is None, reason="no pipeline of English is installed")


def read(text, published=PUBLISHED):
    return chronicle.extract(Article(text, published), nlp=PIPELINE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The old mill, which was built in 1868 and burnt down in the early 1990s, began to sink late on Monday, according to two masons.",
         [("happened", "The old mill was built"), ("happened", "The old mill was burnt down"), ("happened", "The old mill began to sink")]),
        ("It was not until 2:15 a.m. that anybody rang the fire brigade.", [("happened", "Somebody rang the fire brigade")]),
        ("The concert, due on 3 May, was called off.", [("cancelled", "The concert was called off")]),
        ("Kerr took Lund on 5 November 1952, and Asker on 9 November by a night march.",
         [("happened", "Kerr took Lund"), ("happened", "Kerr took Asker by a night march")]),
        ("Talks will continue until July 28 and resume in mid-September after a break.",
         [("planned", "Talks will continue"), ("planned", "Talks will resume after a break")]),
        ("The inquiry is due to open in early August and to deliver a report before the end of the year.",
         [("planned", "The inquiry is due to open"), ("planned", "The inquiry is due to deliver a report")]),
        ("They made ten films, making 1985 the best year of the studio.", [("happened", "They made 1985 the best year of the studio")]),
        ("The council meets on Thursday at 7 p.m. and may order a repair.", [("planned", "The council meets and may order a repair")]),
    ],
)  # fmt: skip
def test_clauses_are_told(text, expected):
    assert [(e.status, e.title) for e in read(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Bridge reopens after repairs\nJuly 14, 2021\nThe mayor reopened the old bridge on Monday.",
        "https://example.org/news/2021/07/15/reopening\nBridge reopens after Monday's crash\nThe mayor reopened the old bridge on Monday.",
        "EASTMERE, July 14 (Wire) — The mayor reopened the old bridge on Monday.",
    ],
)
def test_headlines_datelines_and_addresses_are_no_events(text):
    assert [(str(e.when), e.title) for e in read(text)] == [("2021-07-12", "The mayor reopened the old bridge")]


def test_lines_that_were_broken_to_a_width_are_one_block():
    text = "The mayor of the town and the two masons who had warned him reopened the\nold bridge with a speech on Monday. Nobody\ncame.\n- one item\n- another item"
    assert [text[s.start : s.end].split()[-1] for s in sentences(text)] == ["Monday.", "came.", "item", "item"]


def test_who_read_it_is_said():
    assert "read by en_core_web" in read("The council voted on Tuesday.")[0].sources[0].how


def test_a_speaker_is_named_and_a_denial_stays_one():
    (event,) = read("Minister Ann Ash denied that her office had received the letter in May.")
    assert (event.status, event.according_to) == ("denied", "Minister Ann Ash")
    assert event.title == "Ann Ash's office had received the letter"


def test_a_pipeline_that_is_not_installed_is_named_with_the_command():
    with pytest.raises(MissingLibrary, match=r"chronicle-timeline\[english\]"):
        reader_of("en", "en_core_web_none")
    assert missing("light") == missing("auto") == ""


@pytest.mark.parametrize("nlp", ["light", PIPELINE])
def test_a_negation_is_never_left_out_of_a_title(nlp):
    text = "Ash, the former head of the firm that owned the dam, pleaded not guilty on Thursday to 41 counts of manslaughter and fraud before a packed court in the capital of the country."
    (event,) = chronicle.extract(Article(text, PUBLISHED), nlp=nlp)
    assert "not guilty" in event.title and event.status == "happened"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talks were held at Lund in January and February 1862.", ["1862-01/1862-02"]),
        ("Throughout May and June 2018 the harbour was closed.", ["2018-05/2018-06"]),
        ("In December 2020 and January 2021 the school was shut.", ["2020-12/2021-01"]),
        ("The bridge was repaired in 1911 and 1912.", ["1911/1912"]),
        ("The bridge was repaired in 1911 and 1915.", ["1911", "1915"]),
        ("The prize was awarded to Kerr in 1876 and in 1877.", ["1876", "1877"]),
        ("Elections were held in both 2015 and 2016.", ["2015", "2016"]),
        ("The factory opened in 1901 and closed in 1902.", ["1901", "1902"]),
        ("Kerr took Lund in March 1862 and Asker in April 1862.", ["1862-03", "1862-04"]),
    ],
)
@pytest.mark.parametrize("nlp", ["light", PIPELINE])
def test_months_and_years_that_are_listed_of_one_verb_are_one_span(text, expected, nlp):
    assert [str(e.when) for e in chronicle.extract(Article(text, PUBLISHED), nlp=nlp)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A fire broke out at the mill on 3 March 2021. Eight days after the fire, the owners asked for help.", "2021-03-11"),
        ("The dam burst on 14 March 2019. The mayor resigned a month after the breach.", "2019-04-14"),
        ("The mill burned down on 3 March 2021. Two weeks after the tragedy, the council ordered an inquiry.", "2021-03-17"),
        ("The ship left Lund on 2 May 2019. Five days after the ship had left port, the crew fell ill.", "2019-05-07"),
        ("The trial began on 6 May 2020. Three weeks before the trial, the witness had left the country.", "2020-04-15"),
        ("The bank was robbed on 4 May 2020. In the two weeks after the robbery, three men were arrested.", "[2020-05-04..2020-05-18]"),
        ("The bridge collapsed on 4 May 2020. More than a year after the collapse, a new one was opened.", "[2021-05-04..]"),
        ("The mill burned down on 3 March 2018. On the second anniversary of the fire, the owners laid a wreath.", "2020-03-03"),
        ("The mill burned down on 3 March 2018. A stone will be unveiled on the 10th anniversary of the disaster.", "2028-03-03"),
        ("The mill burned down on 3 March 2018. Ten days before the first anniversary of the fire, the owner died.", "2019-02-21"),
        ("The mill burned down on 3 March 1968. On the fiftieth anniversary of the fire, the owners laid a wreath.", "2018-03-03"),
        ("The mill burned down on 3 March 1998. On the twenty-first anniversary of the fire, the firm closed.", "2019-03-03"),
        ("The mill burned down on 3 March 2018. Within two weeks of the fire, the owners had found another.", "[2018-03-03..2018-03-17]"),
        ("The mill burned down on 3 March 2018. Within hours of the fire, the police arrested a man.", "2018-03-03"),
        ("The mill burned down on 3 March 2018. Almost two years to the day after the fire, it opened again.", "2020-03-03~"),
        ("A quake struck Lund on 5 April 2020. A year after the earthquake, the school opened again.", "2021-04-05"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("nlp", ["light", PIPELINE])
def test_a_length_is_counted_from_the_one_happening_of_its_kind(text, expected, nlp):
    event = chronicle.extract(Article(text, PUBLISHED), nlp=nlp)[-1]
    assert (str(event.when), event.unresolved, "anchor" in event.doubts) == (expected, None, True)
    assert event.sources[0].how.startswith("counted from “")


@pytest.mark.parametrize(
    "text",
    [
        "The mill was closed in 1901. Its owner died two days before the fair.",
        "The mill burned down on 3 March 2018. On the tenth anniversary of the signing, the firms merged.",
        "A quake struck Lund on 5 April 2020, and a second quake struck it on 9 April 2020. The school opened again three days after the quake.",
    ],
)
@pytest.mark.parametrize("nlp", ["light", PIPELINE])
def test_a_length_from_what_has_no_one_day_is_kept_without_a_date(text, nlp):
    event = chronicle.extract(Article(text, PUBLISHED), nlp=nlp)[-1]
    assert event.when is None
    assert "counted from “the" in event.unresolved


@pytest.mark.parametrize(
    "text",
    ["On 11 March 2021, eight days after the fire, the owners asked for help.", "Kerr began building on 5 May 2020, two days after the storm.",
     "Workers wait ten minutes after eating."],
)  # fmt: skip
@pytest.mark.parametrize("nlp", ["light", PIPELINE])
def test_a_length_beside_a_date_or_of_a_habit_dates_nothing_more(text, nlp):
    assert all(e.when is not None for e in chronicle.extract(Article(text, PUBLISHED), nlp=nlp))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 11 March 2021, eight days after the fire, the owners asked for help.", "11 March 2021, eight days after the fire"),
        ("Eight days after the fire, on 11 March 2021, the owners asked for help.", "Eight days after the fire, on 11 March 2021"),
        ("The owners asked for help on 11 March 2021, eight days after the mill had burned down.", "11 March 2021, eight days after the mill had burned down"),
        ("The club will unveil a stone on the second anniversary of the fire, March 3, 2023.", "on the second anniversary of the fire, March 3, 2023"),
        ("On 11 March 2021 the owners sold it, the stock included, eight days after the fire.", "11 March 2021"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("nlp", ["light", PIPELINE])
def test_a_length_in_apposition_belongs_to_the_expression_of_the_date(text, expected, nlp):
    event = chronicle.extract(Article(text, PUBLISHED), nlp=nlp)[0]
    assert event.sources[0].expression == expected
    assert "anniversary" not in event.title
    assert "fire" not in event.title


@pytest.mark.parametrize(
    "text",
    ["By the second anniversary of the fire, the owners were bankrupt.", "The owners held a fair on the anniversary of the fire.",
     "The fair is the second anniversary of the market."],
)  # fmt: skip
@pytest.mark.parametrize("nlp", ["light", PIPELINE])
def test_an_anniversary_by_which_or_of_no_number_dates_nothing(text, nlp):
    assert not chronicle.extract(Article(f"The mill burned down on 3 March 2018. {text}", PUBLISHED), nlp=nlp)[1:]


@pytest.mark.parametrize("nlp", ["light", PIPELINE])
def test_what_is_told_as_past_is_not_counted_into_the_future(nlp):
    text = "The bridge collapsed on 14 July 2021. Three weeks after the collapse, the mayor resigned."
    event = chronicle.extract(Article(text, PUBLISHED), nlp=nlp)[-1]
    assert (event.when, event.status) == (None, "happened")
