"""The steps from candidates to mentions, in made-up languages: what a step reads of the words about an expression is data."""

from __future__ import annotations

import pytest

from chronicle.resolve.cues import Cues
from chronicle.resolve.directing import direct
from chronicle.resolve.joining import join
from chronicle.resolve.passage import Passage
from chronicle.resolve.resolving import resolve_all
from chronicle.resolve.sharing import share
from chronicle.resolve.telling import tell
from chronicle.tagger.language import Language
from chronicle.tagger.scan import Scanner
from chronicle.time import gregorian

TUESDAY = gregorian.to_ordinal(2021, 7, 13)
SPACED = """
[words]
weekday 1 = lunto
weekday 5 = vento
month 5 = mago
[rules]
expr: {weekday} => Near(cycle('weekday', $1))
| {day} {month} {year}? => date($2, $1, $3)
[lists]
articles = lo
joined = ed
opening = lai
and = ed
day_suffix = °
[range]
opening = dai
opening_both = tra
joining = fin | ed
joining_both = ed
before_end = lo
[sentences]
abbreviated = Sig
[tense]
past = fu
past_ending = uto
future_ending = rà
attributive = lo
"""
UNSPACED = """
[words]
weekday 5 = 周五
[rules]
expr: {weekday} => Near(cycle('weekday', $1))
[tense]
past = 曾经
future = 将
ahead = 到
"""


def read(language, text, published=TUESDAY):
    known = Language("xx", {"xx.lang": language})
    passage = Passage(text, Scanner(known), Cues(known), published, None, None)
    candidates = list(passage.scanner.scan(text))
    for step in (share, tell, join, direct):
        candidates = step(passage, candidates)
    return candidates, resolve_all(passage, candidates)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("La piova cadeuto lunto.", "2021-07-12"),
        ("La piova caderà lunto.", "2021-07-19"),
        ("La piova fu lunto.", "2021-07-12"),
        # a participle behind an article describes
        ("Lo caderà ma lo benuto lunto.", "2021-07-19"),
        # a sentence ends, or does not
        ("La piova caderà. Vi lunto.", "2021-07-12"),
        ("La piova caderà. vi lunto.", "2021-07-19"),
        ("La piova caderà dal Sig. Vi lunto.", "2021-07-19"),
    ],
)
def test_tense_is_read_by_endings_and_words(text, value):
    assert [m.value for m in read(SPACED, text)[1]] == [value]


@pytest.mark.parametrize(
    ("text", "value"), [("他曾经周五", "2021-07-09"), ("他将在 周五", "2021-07-16"), ("他到周五", "2021-07-16")]
)
def test_a_script_without_spaces_is_read_sign_by_sign(text, value):
    # the scanner of words wants a space before the expression; the cues do not
    assert [m.value for m in read(UNSPACED, text.replace("周五", " 周五"))[1]] == [value]


def test_ranges_go_by_the_words_between():
    for text in ("dai 3 mago fin lo 9 mago", "tra 3 mago ed 9 mago"):
        candidates, mentions = read(SPACED, text)
        assert [c.pair for c in candidates] == ["range", None]
        assert {str(m.when) for m in mentions} == {"2021-05-03/2021-05-09"}
        assert [m.partner for m in mentions] == [1, 0]
    assert [c.pair for c in read(SPACED, "3 mago ed 9 mago")[0]] == [None, None]


def test_lists_of_days_share_their_month():
    assert [m.value for m in read(SPACED, "lai 5°, 6 ed 9 mago 2020")[1]] == ["2020-05-05", "2020-05-06", "2020-05-09"]


def test_what_stands_side_by_side_shares_its_verb():
    directions = [c.direction for c in read(SPACED, "Caderà lunto, vento ed lunto.")[0]]
    assert directions == ["future"] * 3


def test_no_step_changes_what_it_is_given():
    known = Language("xx", {"xx.lang": SPACED})
    text = "dai 3 mago fin lo 9 mago 2020, caderà lunto"
    passage = Passage(text, Scanner(known), Cues(known), TUESDAY, None, None)
    candidates = list(passage.scanner.scan(text))
    for step in (share, tell, join, direct):
        before = list(candidates)
        after = step(passage, candidates)
        assert candidates == before
        candidates = after
