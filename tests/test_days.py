"""The days that matter: what raises a day, one thing at a time."""

from __future__ import annotations

import datetime

from chronicle import Event, Source, When
from chronicle.story.days import DaysTold, features, ranked_days
from chronicle.story.digest import day_of, days_told, digest


def day(number):
    return datetime.date(2021, 3, 1) + datetime.timedelta(number)


def told(published, *days):
    return DaysTold(day(published), frozenset(map(day, days)))


def test_a_day_that_articles_come_back_to_beats_one_that_is_told_at_once():
    tellings = [told(2, 2), told(2, 2), told(40, 5), told(50, 5), told(60)]
    ranked = ranked_days(tellings)
    assert ranked.index(day(5)) < ranked.index(day(2))


def test_much_published_on_a_day_raises_it():
    ranked = ranked_days([told(0), told(7), told(7), told(7), told(20)])
    assert ranked[0] in (day(6), day(7)), "the day, or the day before: the evening's news is in the next day's paper"


def test_each_article_counts_a_day_once():
    assert (
        features([told(0), told(30, 3)])[day(3)]
        == features([told(0), DaysTold(day(30), frozenset([day(3), day(3)]))])[day(3)]
    )


def test_days_outside_the_publications_are_left_out_and_let_in():
    tellings = [told(3, 1, 99), told(9, 1)]
    assert set(ranked_days(tellings)) == {day(n) for n in range(3, 10)}
    assert ranked_days(tellings, before=2)[0] == day(1)
    assert ranked_days([]) == []


def test_a_tie_is_settled_by_the_earlier_day():
    assert ranked_days([told(0), told(1)], {"age": 1.0, "published": 0.0, "before": 0.0}) == [day(0), day(1)]


def event(name, when, title, *sources, status="happened"):
    return Event(name, when, title, status, sources=[Source(a, published=p, quote=f"{title} {a}") for a, p in sources])


def test_one_event_a_day_the_one_that_most_articles_tell_in_its_earliest_telling():
    events = [
        event("b", "2021-03-05", "The Torrin Dam burst", ("two", "2021-04-20")),
        event("a", "2021-03-05", "The Torrin Dam burst", ("one", "2021-03-06")),
        event("c", "2021-03-05", "A choir sang in Ellmouth", ("three", "2021-03-06")),
        event("d", "2021-03-05", "The Torrin Dam was cursed", ("four", "2021-03-06"), status="denied"),
    ]
    (best,) = digest(events, 3)
    assert best.id == "a", "the earliest telling"
    assert sorted(s.article for s in best.sources) == ["one", "two"]


def test_what_is_no_day_makes_no_date():
    for text in ("2021-03", "2021-03-05/2021-03-07", "2021-03-05/..", "[..2021-03-05]", "-0044-03-15"):
        assert day_of(When.parse(text)) is None, text
    assert day_of(None) is None
    assert day_of(When.parse("2021-03-05T23:30")) == datetime.date(2021, 3, 5)


def test_without_a_publication_date_there_is_no_story():
    events = [Event("a", "2021-03-05", "The dam burst", sources=[Source("one", quote="x")])]
    assert days_told(events) == []
    assert digest(events, 2) == []
