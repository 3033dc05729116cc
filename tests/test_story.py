"""The same happening in other words: kinds, names, weights, and whole stories whose gold is known."""

from __future__ import annotations

import sys
import time
from collections import Counter

import pytest
from conftest import ROOT

from chronicle import Event, Predicate, Source
from chronicle.story import Story
from chronicle.story.names import Names
from chronicle.story.telling import Span, telling
from chronicle.syntax.happenings import Lexicon, lexicon

sys.path.insert(0, str(ROOT / "benchmarks"))
from joining import HERE, Gold, score  # noqa: E402


def event(
    title,
    when="2021-05-03",
    verb=None,
    name="one",
    published="2021-05-05",
    status="happened",
    who=None,
    whom=None,
    quote=None,
):
    predicate = Predicate(verb, title.index(verb), title.index(verb) + len(verb)) if verb else None
    source = Source(name, published, quote=quote or f"{title} ({name}).", expression=when, start=0, end=len(when))
    return Event(
        f"{name}-{title}-{when}", when, title, status, predicate=predicate, sources=[source], who=who, whom=whom
    )


def kind(*events):
    """Return what the last event is to the ones before it."""
    found = Story(events[:-1]).find(events[-1])
    return None if found is None else found.kind


# --- the lexicon


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("burst", "gave way"), ("collapsed", "failed"), ("meeting", "talks"), ("jailed", "sentenced"), ("quit", "stepped down"),
        ("resigned", "resignation"), ("was sacked", "dismissed"), ("sued", "went to court"), ("turned the offer down", "rejected"),
        ("crashed", "collision"), ("lifted off", "launched"), ("died", "killed"), ("bought", "takeover"),
        ("fought", "battle"), ("sank", "wreck"), ("shot", "opened fire"), ("wed", "married"),
    ],
)  # fmt: skip
def test_words_of_one_kind(one, other):
    known = lexicon()
    kinds = [{k for _, _, kinds in known.kinds_in(known.stems(text)) for k in kinds} for text in (one, other)]
    assert kinds[0] & kinds[1]


def test_a_phrase_wins_over_its_words():
    known = lexicon()
    assert [kinds for _, _, kinds in known.kinds_in(known.stems("stood down"))] == [frozenset(("resign",))]
    # more than three words between are no phrase
    assert known.kinds_in(known.stems("gave the very old and tired way")) == []


def test_kinds_that_are_apart():
    known = lexicon()
    assert known.apart(frozenset(("approve",)), frozenset(("vote", "reject")))
    assert not known.apart(frozenset(("approve",)), frozenset(("vote",)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[kind]\nfall = fall", "x:2: 'kind' is no section"),
        ("[kinds]\nfall, drop", "x:2: write kind = word"),
        ("[kinds]\nfall = fall\n[apart]\nfall rise", "x:4: two kinds are expected, not 'fall rise'"),
        ("[kinds]\nfall = fall\n[answers]\nfall = rise", "x:4: rise is no kind"),
    ],
)
def test_mistakes_in_a_lexicon_have_their_line(text, said):
    with pytest.raises(ValueError, match=r"x:\d") as error:
        Lexicon(text, "x")
    assert said in str(error.value)


def test_the_lexicon_is_as_large_as_it_is_said_to_be():
    words = [w for kinds in lexicon()._kinds.values() for w in kinds]
    assert len(lexicon()._kinds) > 600
    assert len(set(words)) > 80


# --- names


def test_a_noun_beside_one_name_stands_for_it():
    names = Names(lexicon())
    for sentence in (
        "The crew of the ferry Sigrid walked out.",
        "Halvorsen Water, the dam's owner, denied it.",
        "The mayor, Victor Stamm, and its mayor, Ines Abara, spoke.",
    ):
        names.learn(sentence)
    stem = lexicon().stem
    assert [names.meant_by(stem(noun)) for noun in ("ferry", "owner", "mayor", "dam")] == [
        stem("Sigrid"),
        stem("Water"),
        None,
        None,
    ]


# --- times


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("2021-05-03", "2021-05", True),
        ("2021-05-03T10:00", "2021-05-03", True),
        ("2021-05-03", "2021-05-04", False),
        ("2021-05-03", "../2021-05-03", True),
        ("2021-05-01", "../2021-05-03", False),  # until: what ended
        ("2021-05-01", "[..2021-05-03]", True),  # by
        ("2019-05-01", "[..2021-05-03]", False),
        ("2021-05-03", "2021-05/..", True),  # since: what began
        ("2021-08-03", "2021-05/..", False),
        ("1862-06-09", "1862/1864", False),  # a day of a war is not the war
        ("2021-05-03", "2021-05-02/2021-05-04", True),
        ("2021-05-03", "2021-05-04~", True),
        ("2021-05-03", "2021-05-05~", False),
        ("2021", "2022~", True),
        (None, None, True),
        (None, "2021", False),
    ],
)
def test_times_that_can_be_of_one_happening(one, other, meet):
    spans = [Span.of(Event("a", when, "t", sources=[Source("x", "2021-06-01")])) for when in (one, other)]
    assert spans[0].meets(spans[1]) is spans[1].meets(spans[0]) is meet


def test_what_is_planned_by_a_day_lies_after_the_article():
    span = Span.of(event("It opens", "[..2021-12-31]", status="planned"))
    assert span.start == Span.of(event("It opens", "2021-05-05")).start


# --- the same or not


def test_one_kind_on_one_day():
    assert (
        kind(event("The Torrin Dam burst", verb="burst"), event("The embankment failed", verb="failed", name="two"))
        == "same"
    )


def test_one_kind_in_a_month_that_holds_the_day():
    burst = event("The Torrin Dam burst", verb="burst")
    assert kind(burst, event("The dam gave way", "2021-05", verb="gave", name="two")) == "same"
    assert kind(burst, event("The dam gave way", "2021-06", verb="gave", name="two")) is None


def test_what_is_apart_is_not_the_same():
    assert (
        kind(
            event("The council approved the bridge", verb="approved"),
            event("The council rejected the bridge", verb="rejected", name="two"),
        )
        is None
    )


def test_a_warning_of_a_strike_is_no_strike():
    strike = event("The crews of the ferry walked off the job", verb="walked")
    assert kind(strike, event("The union warned of a strike on the ferry", verb="warned", name="two")) is None


def test_the_end_of_a_strike_is_no_strike():
    strike = event("The crews of the ferry walked off the job", verb="walked")
    assert kind(strike, event("The strike on the ferry ended", verb="ended", name="two")) is None


def test_what_was_put_off_is_not_what_was():
    launch = event("The probe Kestrel was launched", verb="launched")
    assert kind(launch, event("The launch of the probe Kestrel was postponed", verb="postponed", name="two")) is None


def test_each_with_a_name_that_the_other_has_not():
    lindgren = event("Lindgren broke his wrist", verb="broke", who="Lindgren", quote="Then Lindgren broke his wrist.")
    farrell = event(
        "Farrell broke her wrist", verb="broke", who="Farrell", quote="Then Farrell broke her wrist.", name="two"
    )
    assert kind(lindgren, farrell) is None
    assert (
        kind(
            lindgren,
            event("Lindgren broke his wrist", verb="broke", who="Lindgren", quote="So Lindgren broke it.", name="two"),
        )
        == "same"
    )


def test_one_template_tells_of_another_place():
    quote = "The river flooded the market square of {} on 3 May 2021, and forty people had to leave their homes."
    title = "The river flooded the market square of {}"
    ansbeck, birkwick = (
        event(title.format(t), verb="flooded", who="The river", quote=quote.format(t), name=t)
        for t in ("Ansbeck", "Birkwick")
    )
    assert kind(ansbeck, birkwick) is None
    again = event(title.format("Ansbeck"), verb="flooded", who="The river", quote=quote.format("Ansbeck"), name="three")
    assert kind(ansbeck, again) == "same"


def test_other_figures_speak_against():
    story = Story([event("Rescuers found 12 bodies", verb="found")])
    with_others = story.find(event("Rescuers found 40 bodies", verb="found", name="two"))
    with_same = story.find(event("Rescuers found 12 bodies", verb="found", name="two"))
    assert with_same is not None
    assert with_others is None or with_others.bits < with_same.bits


def test_what_happened_and_what_was_planned_are_two():
    plan = event("The bridge opens", "2021-06-01", verb="opens", status="planned")
    assert (
        kind(plan, event("The bridge opened", "2021-06-01", verb="opened", name="two", published="2021-06-02"))
        == "expected"
    )
    assert kind(plan, event("The bridge opens", "2021-06-01", verb="opens", status="expected", name="two")) == "same"
    assert (
        kind(
            event("The bridge opened", verb="opened"),
            event("The bridge opened", verb="opened", status="denied", name="two"),
        )
        is None
    )


def test_one_article_seldom_tells_a_thing_twice():
    one = event("A bridge collapsed in the north", verb="collapsed")
    assert kind(one, event("A stand failed in the south", verb="failed", quote="Another.")) is None
    assert kind(one, event("A bridge in the north gave way", verb="gave", quote="Another.")) == "same"


def test_one_clause_with_two_times_is_one_event():
    text = "They laid the stone on Monday, three days before the fair."
    monday, before = (event("They laid the stone", verb="laid", quote=text) for _ in range(2))
    assert kind(monday, before) == "same"
    other_verb = event("They laid the stone three days before the fair", verb="fair", quote=text)
    assert kind(monday, other_verb) is None


def test_a_vote_ends_with_approval():
    plan = event("The council will vote on the bridge", "2021-06-01", verb="vote", status="planned")
    assert (
        kind(
            plan,
            event("The council approved the bridge", "2021-06-01", verb="approved", name="two", published="2021-06-02"),
        )
        == "expected"
    )
    assert (
        kind(plan, event("The council approved the bridge", "2021-06-01", verb="approved", published="2021-06-02"))
        is None
    )  # one article
    assert (
        kind(
            plan, event("The council bridge flooded", "2021-06-01", verb="flooded", name="two", published="2021-06-02")
        )
        is None
    )


def test_without_a_predicate_only_nearly_the_same_words_are_the_same():
    one = event("Talks in Doha on the island treaty")
    assert kind(one, event("Talks in Doha on the island treaty", name="two")) == "same"
    assert kind(one, event("Talks on herring", name="two")) is None


def test_one_event_can_settle_two_plans():
    plans = [
        event("The takeover of Osk is to be completed", when, verb="completed", status="planned", name=name)
        for name, when in (("one", "2021-06-01"), ("two", "2021-06-20"))
    ]
    plans[1].sources[0].published = "2021-05-25"
    found = Story(plans).find(
        event("The takeover of Osk was completed", "2021-06-20", verb="completed", name="three", published="2021-06-21")
    )
    assert found is not None
    assert (found.kind, found.event.id, [e.id for e in found.others]) == ("expected", plans[1].id, [plans[0].id])


def test_what_came_far_too_late_is_no_outcome():
    plan = event("The league will march through the town", "2021-05-06", verb="march", status="planned")
    assert (
        kind(
            plan,
            event(
                "The league marched through the town", "2021-05-20", verb="marched", name="two", published="2021-06-01"
            ),
        )
        == "expected"
    )
    assert (
        kind(
            plan,
            event(
                "The league marched through the town", "2022-05-20", verb="marched", name="two", published="2022-06-01"
            ),
        )
        is None
    )


@pytest.mark.parametrize(
    ("title", "verb", "status", "outcome"),
    [
        ("The bridge opened", "opened", "happened", "done"),
        ("The opening was postponed", "postponed", "happened", "put off"),
        ("The opening was called off", "called", "happened", "cancelled"),
        ("The bridge will open", "open", "planned", "put off"),
        ("The bridge will not open", "open", "denied", "cancelled"),
    ],
)
def test_which_outcome(title, verb, status, outcome):
    assert Story().outcome(event(title, verb=verb, status=status)) == outcome


# --- whole stories


@pytest.fixture(scope="module")
def golden():
    return [Gold(folder, None) for folder in sorted(p for p in HERE.iterdir() if p.is_dir())]


def test_the_gold_stands_in_the_articles(golden):
    assert len(golden) >= 3
    for gold in golden:
        for happening in gold.happenings:
            assert [gold.place(told) for told in happening["told"]]
            assert happening.get("outcome_of") in {None, *(h["id"] for h in gold.happenings)}


def test_retellings_are_joined_and_nothing_else(golden):
    count = sum((score(gold) for gold in golden), Counter())
    assert count["false joins"] == 0
    assert count["joined"] >= 0.7 * count["retellings"]
    assert count["linked"] >= 0.5 * count["outcomes"]


def test_the_order_of_what_agrees_does_not_matter():
    burst, failed = (
        event("The Torrin Dam burst", verb="burst"),
        event("The embankment failed", verb="failed", name="two"),
    )
    one, other = Story([burst]).find(failed), Story([failed]).find(burst)
    assert one is not None and other is not None
    assert one.bits == pytest.approx(other.bits)


# --- cost


def crowd(count, name):
    """Events of one day and one kind, all alike: the worst that a log can hold."""
    return [event(f"The dam of village{n} burst", verb="burst", name=f"{name}{n}") for n in range(count)]


def test_looking_up_costs_the_same_in_a_log_of_any_length():
    small, large = Story(crowd(300, "a")), Story(crowd(6000, "a"))
    new = crowd(200, "b")

    def seconds(story):
        begun = time.process_time()
        for one in new:
            story.find(one)
        return time.process_time() - begun

    seconds(small)
    assert min(seconds(large) for _ in range(3)) < 4 * min(seconds(small) for _ in range(3))


def test_telling_is_made_of_the_event_alone():
    told = telling(event("The Torrin Dam burst on 12 farms", verb="burst", who="The Torrin Dam"), lexicon())
    assert told.does == {"collapse"}
    assert told.numbers == {"12"}
    assert {"torrin", "dam"} <= told.names & told.actors


def test_the_rarest_word_finds_its_event_among_a_thousand():
    story = Story(
        [*crowd(1000, "a"), event("The clay dam of Ansbeck burst", verb="burst", name="rare"), *crowd(1000, "c")]
    )
    found = story.find(event("The clay embankment of Ansbeck gave way", verb="gave", name="two"))
    assert found is not None
    assert found.event.title == "The clay dam of Ansbeck burst"


@pytest.mark.parametrize(
    ("when", "other"), [("2021-05-31", "2021-06-01"), ("2020-12-31", "2021-01-01"), ("2021-05-03", "2021-06-02")]
)
def test_a_conflict_reaches_over_the_end_of_a_month(when, other):
    one, two = (
        event("The harbour bridge opened", when, verb="opened"),
        event("The harbour bridge opened", other, verb="opened", name="two"),
    )
    assert kind(one, two) == kind(two, one) == "conflict"
    assert kind(one, event("The old harbour bridge of Ansbeck opened", other, verb="opened", name="two")) is None


@pytest.mark.parametrize(
    "when", ["2021-05-03T10:00", "2021-05", "2021", "[2021-04-28..2021-05-20]", "2021-04/2021-06", "202X"]
)
def test_a_day_is_found_by_any_time_that_holds_it(when):
    story = Story([event("The embankment of Ansbeck burst", when, verb="burst")])
    assert story._index.near(telling(event("The Ansbeck dam burst"), lexicon()), {}) == [
        "one-The embankment of Ansbeck burst-" + when
    ]
    again = Story([event("The embankment of Ansbeck burst")])
    assert again._index.near(telling(event("The Ansbeck dam burst", when), lexicon()), {}) == [
        "one-The embankment of Ansbeck burst-2021-05-03"
    ]


def test_a_new_plan_can_be_for_much_later():
    plan = event(
        "A night service was to have begun", "2021-05-10", verb="begun", status="cancelled", who="A night service"
    )
    later = event(
        "A night service will begin",
        "2021-12-06",
        verb="begin",
        status="planned",
        who="A night service",
        name="two",
        published="2021-11-01",
    )
    assert kind(plan, later) == "expected"
    came = event(
        "A night service began", "2021-12-06", verb="began", who="A night service", name="two", published="2021-12-07"
    )
    assert kind(plan, came) is None
    late = event(
        "The delayed night service began",
        "2021-12-06",
        verb="began",
        who="A night service",
        name="two",
        published="2021-12-07",
    )
    assert kind(plan, late) == "expected"


def test_what_is_only_due_is_known_by_its_words():
    plan = event("The new pontoon at Drayhaven is to be replaced", "2021-09", verb="replaced", status="planned")
    assert (
        kind(plan, event("The new pontoon at Drayhaven is due", "2021-09", verb="due", status="planned", name="two"))
        == "same"
    )
    assert (
        kind(plan, event("The new ferry at Kelmouth is due", "2021-09", verb="due", status="planned", name="two"))
        is None
    )


def test_a_happening_takes_no_part_in_itself():
    strike = event("The crews walked off the job", verb="walked", who="The crews")
    story = Story([strike])
    nominal = story.find(event("A strike was held", verb="held", who="A strike", name="two"))
    other = story.find(event("The tailors held a strike", verb="held", who="The tailors", name="two"))
    assert nominal is not None
    assert other is None or other.bits < nominal.bits
