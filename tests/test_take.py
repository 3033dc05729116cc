"""Events taken into a log: one sharp case for each decision."""

from __future__ import annotations

import pytest

from chronicle import Article, Event, EventLog, Predicate, Source
from chronicle.event import slug
from chronicle.log.take import WITHDRAWN, Report

FLOOD = "The river flooded the market square of Ansbeck on 3 May 2021, and forty people had to leave their homes."


@pytest.fixture
def log(tmp_path):
    return EventLog.read(tmp_path / "log.yaml", create=True)


def article(text, name="one", published="2021-05-05"):
    return Article(text, published=published, id=name)


def take(log, text, name="one", published="2021-05-05"):
    return log.take(article(text, name, published))


def fates(report):
    """Return how many events had each fate, those of none left out."""
    return {
        name: len(found)
        for name in (
            "added",
            "confirmed",
            "unchanged",
            "copies",
            "conflicts",
            "rejected",
            "outcomes",
            "corrected",
            "withdrawn",
        )
        if (found := getattr(report, name))
    }


def event(title, when="2021-05-03", verb="opened", name="one", published="2021-05-05", status="happened", **fields):
    """Return an event as extraction makes it, of a sentence of its own."""
    quote = f"{title} ({when}, {name})."
    return Event(
        fields.pop("id", f"{when}-{title.lower().replace(' ', '-')}"), when, title, status,
        predicate=Predicate(verb, title.index(verb), title.index(verb) + len(verb)),
        sources=[Source(name, published, quote=quote, expression=when, start=len(title) + 2, end=len(title) + 2 + len(when))], **fields,
    )  # fmt: skip


# --- an article again


def test_an_article_taken_again_changes_nothing(log):
    assert fates(take(log, FLOOD)) == {"added": 1}
    before = list(log)
    assert fates(take(log, FLOOD)) == {"unchanged": 1}
    assert list(log) == before


def test_a_log_that_was_written_knows_its_article(log):
    take(log, FLOOD)
    log.write()
    again = EventLog.read(log.path)
    assert fates(take(again, FLOOD)) == {"unchanged": 1}
    assert again.diff() == ""


def test_what_moved_in_the_article_is_known_by_its_sentence(log):
    take(log, FLOOD)
    assert fates(take(log, "It was a wet spring.\n\n" + FLOOD)) == {"unchanged": 1}
    (only,) = log
    assert only.sources[0].start == FLOOD.index("3 May")


def test_one_sentence_can_tell_two_events_in_the_same_words(log):
    text = "The council met in May, and the harbour closed in May."
    first = fates(take(log, text, published="2021-06-20"))
    assert first["added"] == 2
    assert fates(take(log, text, published="2021-06-20")) == {"unchanged": 2}


LONGER = "The owners asked for help on 3 May 2021, two days after the fire, and closed the mill in 2022."


def of(words, when, title):
    """Return an event whose expression stands in LONGER."""
    start = LONGER.index(words)
    return Event(f"{when}-{slug(title)}", when, title, sources=[Source("one", "2022-05-05", quote=LONGER, expression=words, start=start, end=start + len(words))])


def test_an_expression_that_is_found_longer_or_shorter_than_before_is_the_same(log):
    short, long = of("3 May 2021", "2021-05-03", "The owners asked for help"), of("3 May 2021, two days after the fire", "2021-05-03", "Owners ask for help")
    log.take([short])
    assert fates(log.take([long])) == {"unchanged": 1}
    (kept,) = log
    assert (kept.title, len(kept.sources)) == (short.title, 1)
    log.reject(kept.id)
    assert fates(log.take([long])) == {"rejected": 1}


def test_a_longer_expression_of_another_time_is_another_event_unless_a_person_dated_the_first(log):
    short, long = of("2022", "2022", "The owners closed the mill"), of("2021, two days after the fire, and closed the mill in 2022", "2021/2022", "The mill burned")
    log.take([short])
    assert fates(log.take([long]))["added"] == 1
    log.remove("2021/2022-mill-burned")
    log.set(short.id, when="2023")
    assert fates(log.take([long])) == {"unchanged": 1}
    assert [str(e.when) for e in log] == ["2023"]


# --- another article


def test_other_words_of_one_happening_are_another_source(log):
    take(log, "The Torrin Dam burst on 14 March 2023.", "a", "2023-03-15")
    report = take(log, "The embankment gave way on 14 March 2023, drowning the valley.", "b", "2023-07-06")
    assert fates(report) == {"confirmed": 1}
    (only,) = log
    assert [s.article for s in only.sources] == ["a", "b"]
    assert "taken for the same happening" in only.sources[1].how
    assert only.title == "The Torrin Dam burst"


def test_what_was_joined_is_known_when_it_comes_again(log):
    for _ in range(2):
        take(log, "The Torrin Dam burst on 14 March 2023.", "a", "2023-03-15")
        take(log, "The embankment gave way on 14 March 2023, drowning the valley.", "b", "2023-07-06")
    (only,) = log
    assert len(only.sources) == 2
    log.write()
    again = EventLog.read(log.path)
    assert fates(take(again, "The embankment gave way on 14 March 2023, drowning the valley.", "b", "2023-07-06")) == {
        "unchanged": 1
    }


def test_another_kind_of_happening_on_the_same_day_is_another_event(log):
    log.take([event("The bridge opened")])
    assert fates(log.take([event("The bridge burned", verb="burned", name="two")])) == {"added": 1}


def test_a_date_that_differs_is_a_conflict(log):
    log.take([event("The harbour bridge of Ansbeck opened")])
    report = log.take([event("The harbour bridge of Ansbeck opened", "2021-05-04", name="two")])
    assert fates(report) == {"conflicts": 1}
    ((new, old),) = report.conflicts
    assert (str(new.when), str(old.when), new.related, new.outcome) == ("2021-05-04", "2021-05-03", [old.id], None)
    assert len(log) == 2


def test_years_apart_is_no_conflict(log):
    log.take([event("The harbour fair of Ansbeck opened")])
    assert fates(log.take([event("The harbour fair of Ansbeck opened", "2022-05-04", name="two")])) == {"added": 1}


# --- what a person decided


def test_a_rejected_event_does_not_come_back_from_its_article(log):
    take(log, FLOOD)
    log.reject(log[0].id)
    assert fates(take(log, FLOOD)) == {"rejected": 1}
    assert len(log) == 1


def test_a_rejected_event_does_not_come_back_from_another_article(log):
    take(log, "The Torrin Dam burst on 14 March 2023.", "a", "2023-03-15")
    log.reject(log[0].id)
    assert fates(take(log, "The embankment gave way on 14 March 2023.", "b", "2023-07-06")) == {"rejected": 1}
    (only,) = log
    assert [s.article for s in only.sources] == ["a"]


def test_a_rejected_event_does_not_come_back_from_a_copy(log):
    take(log, FLOOD)
    log.reject(log[0].id)
    assert fates(take(log, FLOOD, "copy")) == {"rejected": 1}
    assert len(log) == 1


def test_a_rejected_event_does_not_come_back_when_its_article_is_corrected(log):
    take(log, FLOOD)
    log.reject(log[0].id)
    assert fates(take(log, FLOOD.replace("forty", "fifty"))) == {"rejected": 1}
    assert len(log) == 1


def test_a_rejected_event_without_a_date_does_not_come_back(log):
    undated = Article("They met on Tuesday and signed a treaty in the town hall.", id="one")
    assert fates(log.take(undated)) == {"added": 1}
    log.reject(log[0].id)
    assert fates(log.take(undated)) == {"rejected": 1}
    assert fates(log.take(Article(undated.text, id="copy"))) == {"rejected": 1}


def test_a_rejected_event_is_no_rival(log):
    log.take([event("The harbour bridge of Ansbeck opened")])
    log.reject(log[0].id)
    report = log.take([event("The harbour bridge of Ansbeck opened", "2021-05-04", name="two")])
    assert fates(report) == {"added": 1}
    assert report.added[0].related == []


def test_what_a_person_edited_gets_a_source_and_nothing_else(log):
    take(log, "The Torrin Dam burst on 14 March 2023.", "a", "2023-03-15")
    log.set(log[0].id, title="The dam broke", review="confirmed")
    take(log, "The embankment gave way on 14 March 2023.", "b", "2023-07-06")
    take(log, "The Torrin Dam burst on 14 March 2023.", "a", "2023-03-15")
    (only,) = log
    assert (only.title, only.review, len(only.sources)) == ("The dam broke", "confirmed", 2)


# --- copies


def test_a_copy_is_no_source(log):
    take(log, FLOOD)
    assert fates(take(log, FLOOD, "agency")) == {"copies": 1}
    assert len(log[0].sources) == 1


def test_a_copy_with_a_word_changed_is_no_source(log):
    take(log, FLOOD)
    assert fates(take(log, FLOOD.replace("leave", "flee"), "agency")) == {"copies": 1}


def test_one_template_with_another_name_is_no_copy(log):
    take(log, FLOOD)
    assert fates(take(log, FLOOD.replace("Ansbeck", "Birkwick"), "two")) == {"added": 1}


def test_a_short_sentence_is_no_copy(log):
    take(log, "The dam burst on 3 May 2021.")
    assert fates(take(log, "The dam burst on 3 May 2021.", "two")) == {"confirmed": 1}


def test_the_same_words_of_another_week_are_no_copy(log):
    text = "The members of the town council of Ansbeck met on Monday in the old town hall."
    take(log, text)
    assert fates(take(log, text, "two", "2021-05-12")) == {"conflicts": 1}
    assert {str(e.when) for e in log} == {"2021-05-03", "2021-05-10"}


# --- plans and what came of them


@pytest.mark.parametrize(
    ("title", "when", "status", "outcome"),
    [
        ("The harbour bridge opened", "2021-06-01", "happened", "done"),
        ("The harbour bridge opened", "2021-06-12", "happened", "done"),
        ("The harbour bridge will not have opened", "2021-06-01", "cancelled", "cancelled"),
        ("The delayed harbour bridge is to be opened", "2021-07-12", "planned", "put off"),
    ],
)
def test_what_came_of_a_plan(log, title, when, status, outcome):
    log.take([event("The harbour bridge is to be opened", "2021-06-01", status="planned")])
    report = log.take(
        [
            event(
                title, when, name="two", published="2021-06-20" if status == "happened" else "2021-05-20", status=status
            )
        ]
    )
    assert fates(report) == {"added": 1, "outcomes": 1}
    plan, came = log.by_id("2021-06-01-the-harbour-bridge-is-to-be-opened"), report.added[0]
    assert (came.related, came.outcome, plan.related, plan.status) == ([plan.id], outcome, [], "planned")


def test_an_outcome_is_written_and_read(log):
    log.take([event("The harbour bridge is to be opened", "2021-06-01", status="planned")])
    log.take([event("The harbour bridge opened", "2021-06-01", name="two", published="2021-06-02")])
    log.write()
    assert [e.outcome for e in EventLog.read(log.path)] == [None, "done"]


def test_a_plan_has_nothing_to_do_with_what_was_before_it(log):
    log.take([event("The harbour bridge is to be opened", "2021-06-01", status="planned")])
    report = log.take([event("The harbour bridge opened", "1931-06-01", name="two", published="2021-06-02")])
    assert fates(report) == {"added": 1}


def test_a_rejected_plan_has_no_outcome(log):
    log.take([event("The harbour bridge is to be opened", "2021-06-01", status="planned")])
    log.reject(log[0].id)
    report = log.take([event("The harbour bridge opened", "2021-06-01", name="two", published="2021-06-02")])
    assert (fates(report), report.added[0].related) == ({"added": 1}, [])


# --- articles that were corrected


def test_a_corrected_article_replaces_its_own_word(log):
    take(log, FLOOD)
    report = take(log, FLOOD.replace("3 May", "2 May"))
    assert fates(report) == {"corrected": 1}
    (only,) = log
    assert (str(only.when), only.previously, [s.expression for s in only.sources]) == (
        "2021-05-02",
        "2021-05-03",
        ["2 May 2021"],
    )
    assert (
        "the article was corrected; it said “The river flooded the market square of Ansbeck on 3 May"
        in only.sources[0].how
    )
    assert report.remarks() == [f"corrected: {only.id}: 2021-05-03 is now 2021-05-02"]
    log.write()
    assert fates(take(EventLog.read(log.path), FLOOD.replace("3 May", "2 May"))) == {"unchanged": 1}


def test_a_correction_of_the_same_length_is_one(log):
    take(log, "The old bridge over the river was opened on 3 May 2021.")
    assert fates(take(log, "The old bridge over the river was closed on 3 May 2021.")) == {"corrected": 1}
    assert log[0].title == "The old bridge over the river was closed"


@pytest.mark.parametrize("decided", [{"review": "confirmed"}, {"title": "Ansbeck under water"}, {"when": "2019"}])
def test_a_correction_leaves_what_a_person_decided(log, decided):
    take(log, FLOOD)
    log.set(log[0].id, **decided)
    before = log[0].when, log[0].title
    assert fates(take(log, FLOOD.replace("3 May", "2 May"))) == {"corrected": 1}
    (only,) = log
    assert (only.when, only.title) == before
    assert only.sources[0].expression == "2 May 2021"


def test_a_correction_does_not_speak_for_the_other_sources(log):
    take(log, "The Torrin Dam burst on 14 March 2023.", "a", "2023-03-15")
    take(log, "The embankment gave way on 14 March 2023.", "b", "2023-07-06")
    take(log, "The embankment gave way on 15 March 2023.", "b", "2023-07-06")
    assert [(str(e.when), [s.article for s in e.sources]) for e in log] == [
        ("2023-03-14", ["a"]),
        ("2023-03-15", ["b"]),
    ]


def test_what_an_article_says_no_longer_is_in_doubt(log):
    more = " The mayor, Ida Brook, resigned on 4 May 2021."
    take(log, FLOOD + more)
    report = take(log, FLOOD)
    assert fates(report) == {"unchanged": 1, "withdrawn": 1}
    assert [WITHDRAWN in e.doubts for e in log] == [False, True]
    assert fates(take(log, FLOOD)) == {"unchanged": 1}


def test_events_alone_say_nothing_of_what_is_gone(log):
    take(log, FLOOD + " The mayor, Ida Brook, resigned on 4 May 2021.")
    log.write()
    again = EventLog.read(log.path)
    again.take([again[0]])
    assert again.diff() == ""


# --- the report and the log


def test_reports_add_up():
    one, two = event("The bridge opened"), event("The ferry opened")
    whole = Report(added=[one], copies=[two]).plus(Report(added=[two], conflicts=[(one, two)], withdrawn=[one]))
    assert fates(whole) == {"added": 2, "copies": 1, "conflicts": 1, "withdrawn": 1}
    assert str(whole) == (
        "2 added, 0 confirmed by another source, 0 unchanged, 1 in conflict, 0 skipped because rejected, "
        "1 copied from a source that is there, 1 withdrawn"
    )


def test_a_change_between_two_articles_is_seen(log):
    take(log, "The Torrin Dam burst on 14 March 2023.", "a", "2023-03-15")
    log.remove(log[0].id)
    assert fates(take(log, "The embankment gave way on 14 March 2023.", "b", "2023-07-06")) == {"added": 1}


def test_an_article_in_no_known_language_is_refused(log):
    with pytest.raises(LookupError):
        log.take(Article("Am 3. Mai brach der Damm.", published="2021-05-05", language="xx"))


def test_another_sentence_is_no_correction(log):
    take(log, FLOOD)
    report = take(
        log, "A fair that nobody had expected came to Ansbeck on 3 May 2021, with a wheel, two bands and a bear."
    )
    assert fates(report) == {"added": 1, "withdrawn": 1}
    assert WITHDRAWN in report.withdrawn[0].doubts
    assert len(log) == 2


def test_the_likest_sentence_is_the_one_that_was_corrected(log):
    mayor = "The mayor of Ansbeck, Ida Brook, resigned on 4 May 2021 after a long quarrel with the council."
    deputy = "The deputy of Ansbeck, Ole Stone, resigned on 4 May 2021 after a short quarrel with the council."
    take(log, f"{mayor}\n\n{deputy}", published="2021-05-10")
    report = take(log, f"{mayor}\n\n{deputy.replace('4 May', '5 May')}", published="2021-05-10")
    assert fates(report) == {"unchanged": 1, "corrected": 1}
    assert sorted((str(e.when), "Stone" in e.sources[0].quote) for e in log) == [
        ("2021-05-04", False),
        ("2021-05-05", True),
    ]


def test_a_withdrawn_event_that_a_person_confirmed_has_no_doubt(log):
    take(log, FLOOD + " The mayor, Ida Brook, resigned on 4 May 2021.")
    log.confirm(log[1].id)
    assert fates(take(log, FLOOD)) == {"unchanged": 1}
    assert log[1].doubts == []


def test_what_others_tell_too_is_not_withdrawn(log):
    take(log, "The Torrin Dam burst on 14 March 2023.", "a", "2023-03-15")
    take(log, "The embankment gave way on 14 March 2023.", "b", "2023-07-06")
    assert fates(take(log, "Nothing is known.", "b", "2023-07-06")) == {}


def test_an_event_without_a_date_is_corrected(log):
    text = "They met on Tuesday and signed a treaty in the old town hall."
    log.take(Article(text, id="one"))
    report = log.take(Article(text.replace("old", "new"), id="one"))
    assert fates(report) == {"corrected": 1}
    assert report.corrected[0][0].previously is None
