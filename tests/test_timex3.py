from __future__ import annotations

import json

import pytest

from chronicle import When
from chronicle.errors import InvalidValue
from chronicle.evaluate import predict, read_gold, score
from chronicle.time.edtf import EdtfError

PAIRS = [
    ("2021-07-16", None, "2021-07-16"),
    ("2021-07", None, "2021-07"),
    ("2019-Q3", None, "2019-35"),
    ("1998-SU", None, "1998-22"),
    ("1989-H2", None, "1989-41"),
    ("199X", None, "199X"),
    ("19XX", None, "19XX"),
    ("2021-W28", None, "[2021-07-12..2021-07-18]"),
    ("2021-W28-WE", None, "[2021-07-17..2021-07-18]"),
    ("2021-07-13TEV", None, "[2021-07-13T18:00..2021-07-13T23:59]"),
    ("2021-07-13T22:00", None, "2021-07-13T22:00"),
    ("BC0044-03-15", None, "-0043-03-15"),
    ("2020-09", "ON_OR_AFTER", "2020-09/.."),
    ("2021-12-31", "ON_OR_BEFORE", "../2021-12-31"),
    ("2021-07", "APPROX", "2021-07~"),
    ("2020-03/2020-05", None, "2020-03/2020-05"),
]


@pytest.mark.parametrize(("value", "mod", "text"), PAIRS)
def test_there_and_back(value, mod, text):
    when = When.from_timex3(value, mod)
    assert str(when) == text
    assert when.to_timex3() == (value, mod)


@pytest.mark.parametrize(
    ("value", "mod", "text"),
    [
        ("199", None, "199X"),
        ("19", None, "19XX"),
        ("199X", "START", "[1990..1993]"),
        ("2020", "END", "[2020-09..2020-12]"),
        ("2021-05", "MID", "[2021-05-11..2021-05-20]"),
        ("2021", "BEFORE", "../2020-12-31"),
        ("2021", "AFTER", "2022-01-01/.."),
        ("1989-WXX", None, "1989"),
        ("2021-W28-5", None, "2021-07-16"),
        ("2000-W2", None, "[2000-01-10..2000-01-16]"),
    ],
)
def test_looser_values(value, mod, text):
    assert str(When.from_timex3(value, mod)) == text


@pytest.mark.parametrize("value", ["P3Y", "PT1H", "PXD", "PRESENT_REF", "PAST_REF", "FUTURE_REF", "XXXX-WXX-1", "TEV"])
def test_what_names_no_time(value):
    assert When.from_timex3(value) is None


@pytest.mark.parametrize("value", ["Friday", "2021-W99", "2021-Q9", ""])
def test_what_is_no_timex3_is_refused(value):
    with pytest.raises(EdtfError):
        When.from_timex3(value)


def test_gold_without_a_value_is_never_right(tmp_path):
    path = tmp_path / "gold.jsonl"
    marked = {"start": 13, "end": 20, "type": "DATE", "value": None}
    path.write_text(json.dumps({"id": "a", "dct": "2021-07-16", "text": "A meeting of Tuesday.", "timexes": [marked]}) + "\n", "utf-8")
    found = score((document, predict(document)) for document in read_gold(path))
    assert (found.gold, found.relaxed, found.values) == (1, 1, 0)


def test_gold_is_a_line_each_whatever_its_texts_hold(tmp_path):
    path = tmp_path / "gold.jsonl"
    texts = ["It rained.\u2028It snowed.", "It rained.\x85It snowed.", "It rained."]
    path.write_text("\n\n".join(json.dumps({"id": str(i), "text": t, "timexes": []}, ensure_ascii=False) for i, t in enumerate(texts)) + "\n", "utf-8")
    assert [document.text for document in read_gold(path)] == texts
    path.write_text("\n\nno document\n", "utf-8")
    with pytest.raises(InvalidValue, match=r"gold\.jsonl:3: no annotated document"):
        read_gold(path)
