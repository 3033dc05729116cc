"""EDTF in and out: examples of every level, the laws, and another library beside it."""

from __future__ import annotations

import datetime
import itertools
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chronicle import Relation, When, languages
from chronicle.time.edtf import EdtfError

# text, earliest, latest, precision: after the examples of the EDTF specification's features, levels 0 to 2
EXAMPLES = """
1985-04-12              | 1985-04-12 | 1985-04-12 | day
1985-04                 | 1985-04-01 | 1985-04-30 | month
1985                    | 1985-01-01 | 1985-12-31 | year
2004-01-01T10:10:10Z    | 2004-01-01T10:10:10 | 2004-01-01T10:10:10 | second
2004-01-01T10:10:10+05:00 | 2004-01-01T05:10:10 | 2004-01-01T05:10:10 | second
1985-04-12T23:20:30-04  | 1985-04-13T03:20:30 | 1985-04-13T03:20:30 | second
2021-07-13T18:00        | 2021-07-13T18:00:00 | 2021-07-13T18:00:59 | minute
1964/2008               | 1964-01-01 | 2008-12-31 | year
2004-06/2006-08         | 2004-06-01 | 2006-08-31 | month
2004-02-01/2005         | 2004-02-01 | 2005-12-31 | day
Y170000002              | Y170000002-01-01 | Y170000002-12-31 | year
Y-170000002             | Y-170000002-01-01 | Y-170000002-12-31 | year
2001-21                 | 2001-03-01 | 2001-05-31 | season
2001-24                 | 2001-12-01 | 2002-02-28 | season
1984?                   | 1984-01-01 | 1984-12-31 | year
2004-06~                | 2004-06-01 | 2004-06-30 | month
2004-06-11%             | 2004-06-11 | 2004-06-11 | day
201X                    | 2010-01-01 | 2019-12-31 | decade
20XX                    | 2000-01-01 | 2099-12-31 | century
2004-XX                 | 2004-01-01 | 2004-12-31 | year
1985-04-XX              | 1985-04-01 | 1985-04-30 | month
1985-XX-XX              | 1985-01-01 | 1985-12-31 | year
1985-04-12/..           | 1985-04-12 | infinity | day
1985/                   | 1985-01-01 | infinity | year
../1985-04              | -infinity | 1985-04-30 | month
/1985-04-12             | -infinity | 1985-04-12 | day
-1985                   | -1985-01-01 | -1985-12-31 | year
-0043-03-15             | -0043-03-15 | -0043-03-15 | day
0000                    | 0000-01-01 | 0000-12-31 | year
Y-17E7                  | Y-170000000-01-01 | Y-170000000-12-31 | year
1950S2                  | 1900-01-01 | 1999-12-31 | century
Y171010000S3            | Y171000000-01-01 | Y171999999-12-31 | era
Y3388E2S3               | Y338000-01-01 | Y338999-12-31 | millennium
2001-25                 | 2001-03-01 | 2001-05-31 | season
2001-29                 | 2001-09-01 | 2001-11-30 | season
2001-34                 | 2001-04-01 | 2001-06-30 | quarter
2001-38                 | 2001-05-01 | 2001-08-31 | half
2001-41                 | 2001-07-01 | 2001-12-31 | half
[1667,1668,1670..1672]  | 1667-01-01 | 1672-12-31 | year
[..1760-12-03]          | -infinity | 1760-12-03 | day
[1760-12..]             | 1760-12-01 | infinity | month
[1760-01,1760-02,1760-12..] | 1760-01-01 | infinity | month
[1667,1760-12]          | 1667-01-01 | 1760-12-31 | month
[..1984]                | -infinity | 1984-12-31 | year
{1667,1668,1670..1672}  | 1667-01-01 | 1672-12-31 | year
{1960,1961-12}          | 1960-01-01 | 1961-12-31 | month
{..1984}                | -infinity | 1984-12-31 | year
2004-06-11%             | 2004-06-11 | 2004-06-11 | day
2004-06~-11             | 2004-06-11 | 2004-06-11 | day
2004?-06-11             | 2004-06-11 | 2004-06-11 | day
?2004-06-~11            | 2004-06-11 | 2004-06-11 | day
2004-%06-11             | 2004-06-11 | 2004-06-11 | day
156X-12-25              | 1560-12-25 | 1569-12-25 | day
15XX-12-25              | 1500-12-25 | 1599-12-25 | day
XXXX-12-XX              | 0000-12-01 | 9999-12-31 | month
1XXX-XX                 | 1000-01-01 | 1999-12-31 | year
1XXX-12                 | 1000-12-01 | 1999-12-31 | month
1984-1X                 | 1984-10-01 | 1984-12-31 | month
XXXX-02-29              | 0000-02-29 | 9996-02-29 | day
2004-06-~01/2004-06-~20 | 2004-06-01 | 2004-06-20 | day
2004-06-XX/2004-07-03   | 2004-06-01 | 2004-07-03 | day
"""
VALID = [tuple(p.strip() for p in line.split("|")) for line in EXAMPLES.strip().splitlines()]

FAULTS = {
    "2021-02-30": "2021-02 has days 01 to 28",
    "2020-02-30": "2020-02 has days 01 to 29",
    "2021-13": "no month 13",
    "2021-00": "no month 00",
    "2021-07-00": "days 01 to 31",
    "2021-07-32": "days 01 to 31",
    "2021-02-3X": "has days 01 to 28",
    "16/07/2021": "write year-month-day",
    "7/16/21": "write year-month-day",
    "16.7.2021": "write year-month-day",
    "2021-7-1": "two digits",
    "20210716": "more than four digits",
    "20000": "Y20000",
    "200": "four digits",
    "2021-08/2021-05": "did you mean 2021-05/2021-08",
    "2021-21-03": "cannot have a day",
    "2021-07-16 15:40": "a T",
    "2021-07-16T25:00": "00:00:00 to 23:59:59",
    "2021-07-16T12:60": "00:00:00 to 23:59:59",
    "2021-07-16T12:00+15:00": "no UTC offset",
    "2021-07-XXT12:00": "needs a whole date",
    "/": "a date at one end",
    "../..": "a date at one end",
    "2020/2021/2022": "one slash",
    "[2020": "ends with ]",
    "{2020]": "ends with }",
    "[2020,..2021]": "may only begin or end",
    "[2021..2020]": "runs backwards",
    "1950S5": "1 to 4 digits",
    "19XXS2": "exclude each other",
    "Y2020": "write 2020",
    "-0000": "without a sign",
    "": "an empty text",
    "yesterday": "not an EDTF date",
    "Y1E999": "exponent",
}


@pytest.mark.parametrize(("text", "earliest", "latest", "precision"), VALID)
def test_examples(text, earliest, latest, precision):
    when = When.parse(text)
    assert str(when) == text
    assert str(when.earliest).removesuffix("T00:00:00") == earliest
    shown = str(when.latest).removesuffix(".999999")
    assert shown.removesuffix("T23:59:59") == latest
    assert when.precision == precision


def test_there_are_enough_examples():
    assert len(VALID) > 55


@pytest.mark.parametrize("text", FAULTS)
def test_faults_say_what_would_be_right(text):
    with pytest.raises(EdtfError) as caught:
        When.parse(text)
    assert FAULTS[text] in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_no_text_is_refused():
    with pytest.raises(EdtfError, match="give EDTF as a string"):
        When.parse(2021)  # type: ignore[arg-type]


def test_qualifiers():
    assert When.parse("2004-06~-11").dates[0].qualifiers == ("~", "~", "")
    assert When.parse("2004-~06-11").dates[0].qualifiers == ("", "~", "")
    assert When.parse("?2004-06-11~").dates[0].qualifiers == ("%", "~", "~")
    assert When.parse("2004-06~") == When.parse("~2004-~06")
    assert When.parse("2004-06~") != When.parse("2004-06?")
    assert When.parse("2021-07~").is_approximate
    assert not When.parse("2021-07~").is_uncertain
    assert When.parse("2021%").is_approximate
    assert When.parse("2021%").is_uncertain


def test_kinds():
    assert When.parse("[2021-07-17..2021-07-18]").is_within
    assert When.parse("1914/1918").is_throughout
    assert When.parse("2020-09/..").is_open
    assert When.parse("2020-09/..").is_open_end
    assert not When.parse("2020-09/..").is_open_start
    assert When.parse("../2020").is_open_start
    assert When.parse("{1960,1961}").kind == "all of"
    assert not When.parse("2020").is_open


def test_moments():
    when = When.parse("2021-07-16")
    assert when.earliest == datetime.date(2021, 7, 16)
    assert when.earliest == datetime.datetime(2021, 7, 16)
    assert when.latest.date() == datetime.date(2021, 7, 16)
    assert when.latest.datetime() == datetime.datetime(2021, 7, 16, 23, 59, 59, 999999)
    assert when.earliest < when.latest
    assert when.latest < datetime.date(2021, 7, 17)
    assert When.parse("2020/..").latest > datetime.datetime.max
    assert When.parse("2021-07-16T12:00-05:00").earliest == datetime.datetime(2021, 7, 16, 17, tzinfo=datetime.UTC)
    assert len({when.earliest, When.parse("2021-07-16").earliest}) == 1
    with pytest.raises(OverflowError, match="cannot hold the year -43"):
        When.parse("-0043").earliest.date()
    with pytest.raises(OverflowError, match="no date"):
        When.parse("2020/..").latest.date()


def test_sets_keep_copies_and_pickles():
    when = When.parse("[2021-07-17..2021-07-18]")
    assert pickle.loads(pickle.dumps(when)) == when
    assert len({when, When.parse(str(when))}) == 1
    assert (when == "x") is False


def test_a_line_of_times_sorts():
    texts = ["-0043", "0079", "../1066", "1066", "1066-10-14", "1914/1918", "199X", "1990", "1990-01", "2021~"]
    whens = sorted(map(When.parse, texts))
    assert [str(w) for w in whens] == [
        "../1066",
        "-0043",
        "0079",
        "1066",
        "1066-10-14",
        "1914/1918",
        "1990-01",
        "1990",
        "199X",
        "2021~",
    ]


ALLEN = [
    ("2019", "2021", Relation.BEFORE),
    ("2021-07", "2021-08", Relation.MEETS),
    ("2020-01/2020-06", "2020-03/2020-09", Relation.OVERLAPS),
    ("2020-01", "2020", Relation.STARTS),
    ("2020-03", "2020", Relation.DURING),
    ("2020-12", "2020", Relation.FINISHES),
    ("2020", "2020-01-01/2020-12-31", Relation.EQUALS),
    ("2020/..", "2021/..", Relation.FINISHED_BY),
    ("../2020", "../2021", Relation.STARTS),
    ("2020/..", "2020", Relation.STARTED_BY),
]


@pytest.mark.parametrize(("first", "second", "relation"), ALLEN)
def test_relations(first, second, relation):
    assert When.parse(first).relation(When.parse(second)) is relation
    assert When.parse(second).relation(When.parse(first)) is relation.converse


# --- the laws


def years():
    plain = st.integers(0, 9999).map("{:04d}".format)
    negative = st.integers(1, 9999).map("-{:04d}".format)
    long = st.integers(10_000, 10**9).flatmap(lambda n: st.sampled_from([f"Y{n}", f"Y-{n}"]))
    power = st.tuples(st.integers(1, 9999), st.integers(4, 9)).map(lambda t: f"Y{t[0]}E{t[1]}")
    open_digits = st.tuples(st.integers(0, 9999), st.integers(1, 3)).map(
        lambda t: f"{t[0]:04d}"[: 4 - t[1]] + "X" * t[1]
    )
    significant = st.tuples(st.integers(1000, 9999), st.integers(1, 4)).map(lambda t: f"{t[0]}S{t[1]}")
    return st.one_of(plain, plain, negative, long, power, open_digits, significant)


MARKS = st.sampled_from(["", "", "?", "~", "%"])


@st.composite
def dates(draw):
    text = draw(MARKS.filter(lambda m: m != "%")) + draw(years()) + draw(MARKS)
    shape = draw(st.sampled_from(["year", "month", "day", "season", "open"]))
    if shape == "year":
        return text
    if shape == "season":
        return f"{text}-{draw(st.integers(21, 41))}"
    month = draw(st.integers(1, 12))
    if shape == "month":
        return f"{text}-{month:02d}{draw(MARKS)}"
    if shape == "open":
        return f"{text}-{draw(st.sampled_from(['XX', '0X', '1X', f'{month:02d}']))}-XX"
    text = f"{text}-{draw(MARKS)}{month:02d}-{draw(MARKS)}{draw(st.integers(1, 28)):02d}"
    if "X" not in text and "S" not in text and draw(st.booleans()):
        text += draw(st.sampled_from(["T10", "T23:59", "T00:00:00", "T12:30:01Z", "T12:30-05:00", "T24:00"]))
    return text


@st.composite
def whens(draw):
    shape = draw(st.sampled_from(["date", "interval", "open", "one of", "all of"]))
    if shape == "date":
        return When.parse(draw(dates()))
    if shape == "open":
        end = draw(st.sampled_from(["..", ""]))
        date = draw(dates())
        return When.parse(draw(st.sampled_from([f"{date}/{end}", f"{end}/{date}"])))
    first, last = sorted([When.parse(draw(dates())), When.parse(draw(dates()))])
    if shape == "interval":
        return When.parse(f"{first}/{last}") if first.earliest < last.latest else first
    members = draw(st.sampled_from(["{},{}", "{}..{}", "..{},{}", "{},{}.."]))
    left, right = ("[", "]") if shape == "one of" else ("{", "}")
    return When.parse(left + members.format(first, last) + right)


@given(whens())
def test_text_comes_back(when):
    assert When.parse(str(when)) == when
    assert str(When.parse(str(when))) == str(when)


@given(whens())
def test_earliest_is_not_after_latest(when):
    assert when.earliest <= when.latest


@given(whens(), whens())
def test_relations_exclude_each_other_and_leave_none_out(first, second):
    relation = first.relation(second)
    assert isinstance(relation, Relation)
    assert relation is second.relation(first).converse
    assert relation.converse.converse is relation
    truths = {
        Relation.BEFORE: first._last < second._first,
        Relation.MEETS: first._last == second._first,
        Relation.OVERLAPS: first._first < second._first < first._last < second._last,
        Relation.STARTS: first._first == second._first and first._last < second._last,
        Relation.DURING: first._first > second._first and first._last < second._last,
        Relation.FINISHES: first._first > second._first and first._last == second._last,
        Relation.EQUALS: first._first == second._first and first._last == second._last,
    }
    truths |= {
        Relation.AFTER: second._last < first._first,
        Relation.MET_BY: second._last == first._first,
        Relation.OVERLAPPED_BY: second._first < first._first < second._last < first._last,
        Relation.STARTED_BY: first._first == second._first and first._last > second._last,
        Relation.CONTAINS: first._first < second._first and first._last > second._last,
        Relation.FINISHED_BY: first._first < second._first and first._last == second._last,
    }
    assert [r for r, holds in truths.items() if holds] == [relation]


@given(st.lists(whens(), max_size=12))
def test_order_is_total(found):
    ordered = sorted(found)
    for a, b in itertools.pairwise(ordered):
        assert a <= b
        assert not b < a or a == b


@given(whens())
def test_words_and_timex3_never_fail(when):
    for code in languages.codes(languages.WORDS):
        assert when.words(language=code)
    value, _ = when.to_timex3()
    assert value


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    try:
        When.parse(text)
    except EdtfError as error:
        assert str(error)


# --- beside the library edtf, where the two agree on what a date spans

AGREED = st.one_of(
    st.dates(datetime.date(1000, 1, 1)).map(datetime.date.isoformat),
    st.dates(datetime.date(1000, 1, 1)).map(lambda d: d.isoformat()[:7]),
    st.dates(datetime.date(1000, 1, 1)).map(lambda d: d.isoformat()[:4]),
    st.integers(100, 999).map("{}X".format),
    st.integers(10, 99).map("{}XX".format),
    st.integers(1000, 9998).map(lambda y: f"{y}/{y + 1}"),
    st.dates(datetime.date(1000, 1, 1), datetime.date(9998, 1, 1)).map(lambda d: f"{d}/{d + datetime.timedelta(40)}"),
)


@settings(max_examples=60, deadline=None)
@given(AGREED)
def test_the_library_edtf_agrees(text):
    edtf = pytest.importorskip("edtf")
    theirs = edtf.parse_edtf(text)
    ours = When.parse(text)
    assert tuple(theirs.lower_strict())[:3] == ours.earliest._civil()[:3]
    assert tuple(theirs.upper_strict())[:3] == ours.latest._civil()[:3]


# --- equality is that of the meaning, and hashes follow it

ALIKE = """
2021-07-16T10:00Z        | 2021-07-16T12:00+02:00
2021-07-16T10:00Z        | 2021-07-16T10:00+00:00
2021-07-16T23:30-01      | 2021-07-17T00:30Z
2021-07-16T24:00         | 2021-07-17T00:00
2021-07-16T10:00Z/2021-07-16T11:00Z | 2021-07-16T12:00+02:00/2021-07-16T13:00+02:00
{1960,1961}              | {1961,1960}
[1667,1668,1670..1672]   | [1670..1672,1668,1667]
{1960,1960}              | {1960}
2004-06~                 | ~2004-~06
Y17E4                    | Y170000
"""
UNLIKE = """
2021-07-16T10:00         | 2021-07-16T10:00Z
2021-07-16T10:00Z        | 2021-07-16T10:00+02:00
2021-07-16T10:00Z        | 2021-07-16T10:00:00Z
{1960,1961}              | [1960,1961]
[..1960,1970]            | [1960,1970]
[1960,1970..]            | [1960,1970]
1960/1961                | {1960,1961}
1985/..                  | 1985/
2001-21                  | 2001-25
2001-23                  | 2001-29
2001                     | 2001-XX
199X                     | 1990S3
2004-06~                 | 2004-06?
2004-~06                 | 2004-06~
"""


def pairs(text):
    return [tuple(side.strip() for side in line.split("|")) for line in text.strip().splitlines()]


@pytest.mark.parametrize(("one", "other"), pairs(ALIKE))
def test_what_means_the_same_is_equal(one, other):
    a, b = When.parse(one), When.parse(other)
    assert a == b
    assert hash(a) == hash(b)
    assert not a < b and not b < a and a <= b and a >= b
    assert (str(a), str(b)) == (one, other)


@pytest.mark.parametrize(("one", "other"), pairs(UNLIKE))
def test_what_means_another_thing_is_not_equal(one, other):
    a, b = When.parse(one), When.parse(other)
    assert a != b
    assert (a < b) != (b < a)


def test_an_offset_in_the_basic_form_is_read_as_the_extended_one():
    assert str(When.parse("2021-07-16T10:00+0230")) == "2021-07-16T10:00+02:30"
    assert str(When.parse("2021-07-16T10+0330/2021-07-16T12:00:05+0200")) == "2021-07-16T10+03:30/2021-07-16T12:00:05+02:00"
    assert str(When.from_timex3("2021-07-16T10:00+0230")) == "2021-07-16T10:00+02:30"
    assert When.parse("2021-07-16T10:00+0230").earliest == datetime.datetime(2021, 7, 16, 7, 30)
    with pytest.raises(EdtfError):
        When.parse("2021-07-16T10:00+02000")


@pytest.mark.parametrize("season", range(21, 33))
def test_timex3_keeps_the_months_of_a_season(season):
    when = When.parse(f"2001-{season}")
    back = When.from_timex3(*when.to_timex3())
    assert back is not None
    assert (back.earliest, back.latest, back.precision) == (when.earliest, when.latest, "season")
    if season > 28:
        assert back == when


def test_a_moment_hashes_as_the_datetime_that_it_equals():
    moment = When.parse("2021-07-16T10:00+02:00").earliest
    assert datetime.datetime(2021, 7, 16, 8) in {moment}
    assert moment in {datetime.datetime(2021, 7, 16, 8)}
    assert datetime.datetime(2021, 7, 16, 10) not in {moment}
    assert hash(When.parse("Y17E4").earliest) == hash(When.parse("Y170000").earliest)
    assert hash(When.parse("2020/..").latest) == hash(When.parse("2021/..").latest)


def test_another_zone_is_another_record(tmp_path):
    from chronicle import Event, EventLog

    path = tmp_path / "log.yaml"
    path.write_text("events:\n- id: a\n  when: 2021-07-16T10:00Z  # by radio\n  title: A\n", "utf-8")
    log = EventLog.read(path)
    assert Event("a", "2021-07-16T10:00Z", "A") != Event("a", "2021-07-16T12:00+02:00", "A")
    log.set("a", when="2021-07-16T12:00+02:00")
    log.write()
    assert "when: 2021-07-16T12:00+02:00  # by radio" in path.read_text("utf-8")


def test_zones_are_known_without_a_table_of_the_system():
    """The package tzdata, which is required, has the zones where the system has none."""
    import os
    import subprocess
    import sys

    code = "import chronicle; print(*(m.when for m in chronicle.find_times('They met at 10 a.m. ET on 16 July 2021.')))"
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONTZPATH": ""}, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "2021-07-16T10:00-04:00"
