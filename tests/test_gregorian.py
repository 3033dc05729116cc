from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chronicle.time import gregorian


@given(st.dates())
def test_ordinals_are_those_of_the_standard_library(date):
    assert gregorian.to_ordinal(date.year, date.month, date.day) == date.toordinal()
    assert gregorian.from_ordinal(date.toordinal()) == (date.year, date.month, date.day)
    assert gregorian.weekday(date.toordinal()) == date.isoweekday()
    assert gregorian.iso_week(gregorian.week_number(date.toordinal())) == date.isocalendar()[:2]


@given(st.integers(-10_000_000, 10_000_000))
def test_every_day_comes_back(ordinal):
    assert gregorian.to_ordinal(*gregorian.from_ordinal(ordinal)) == ordinal


def test_years_before_the_first():
    assert gregorian.to_ordinal(0, 12, 31) == 0
    assert gregorian.from_ordinal(0) == (0, 12, 31)
    assert gregorian.is_leap(0)
    assert gregorian.days_in_month(-4, 2) == 29


def test_iso_weeks():
    week = gregorian.from_iso_week(2021, 28)
    assert gregorian.from_ordinal(gregorian.week_start(week)) == (2021, 7, 12)
    assert datetime.date.fromordinal(gregorian.week_start(gregorian.from_iso_week(2020, 53))) == datetime.date(
        2020, 12, 28
    )
    with pytest.raises(ValueError, match="no ISO week 53"):
        gregorian.from_iso_week(2021, 53)
