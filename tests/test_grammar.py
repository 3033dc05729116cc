"""The grammar engine and the language files: mistakes in data are named by file and line."""

from __future__ import annotations

import pytest

from chronicle import languages
from chronicle.tagger.grammar import GrammarError
from chronicle.tagger.language import Language, load
from chronicle.tagger.scan import Scanner

SMALL = """
[words]
unit day = day days
[rules]
num: {number} => $1
expr: {num} {unit} (ago | back)? => duration($1, $2)
| today => This(unit('day')) ?end
[guards]
end after \\s*(?:[.,]|$)
[signals]
Since = since
[tense]
past = was
"""


def scan(text, language=SMALL):
    return [
        (c.start, c.end, str(c.meaning), c.signal) for c in Scanner(Language("xx", {"xx.lang": language})).scan(text)
    ]


def test_a_language_is_data():
    assert scan("since 3 days ago, and today.") == [
        (6, 16, "Duration(((3, 'day'),))", "Since"),
        (22, 27, "This(day)", None),
    ]


def test_guards_look_at_the_words_beside():
    assert scan("today we") == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("expr: today today", "xx.lang:2: => is missing"),
        ("expr: (a => 1", "xx.lang:2: a bracket is not closed"),
        ("expr: a) => 1", "xx.lang:2: a bracket too many"),
        ("expr: a? => 1", "xx.lang:2: the pattern may match nothing"),
        ("expr: a => Nonsense($1)", "xx.lang:2: there is no Nonsense to build"),
        ("expr: a => This(1", "xx.lang:2: a bracket of the action is not closed"),
        ("expr: a => 1 2", "xx.lang:2: '1 2' goes on"),
        ("expr: {expr} a => 1", "the rule expr begins with itself"),
        ("| a => 1", "xx.lang:2: a rule without a name"),
    ],
)
def test_mistakes_in_rules(line, message):
    with pytest.raises(GrammarError, match=message.replace("(", r"\(").replace("|", r"\|")):
        Language("xx", {"xx.lang": f"[rules]\n{line}\n"})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("month 1 = x", "a line before the first section"),
        ("[wrods]\n", r"there is no section \[wrods\]"),
        ("[guards]\nx beside y", "a guard looks before"),
        ("[guards]\nx before (", "is no regular expression"),
        ("[extent]\ncut x", "begins with trim"),
        ("[tense]\n\nwhenever = x | y", r"xx.lang:3: \[tense\] says past, future, .*, not 'whenever'"),
        ("[sentences]\nends = x", r"\[sentences\] says abbreviated, not 'ends'"),
        ("[words]\nunit day = tag~x", "there are no endings 'x' for 'tag~x'"),
        ("[tokens]\nclocks = x", "a line on tokens names"),
    ],
)
def test_mistakes_in_sections(text, message):
    with pytest.raises(GrammarError, match=message):
        Language("xx", {"xx.lang": text})


INFLECTED = """
[tokens]
ordinal = \\d{1,2}\\.
elided = l
clock = \\d{1,2}h\\d\\d
suffixes = h
[endings]
adj = e en
n = - n
[words]
last = letzt~adj
unit week = woche~n
weekday 2 = Dienstag
part EV = Abend
month 5 = Mai
today = aujourd'hui
one 2 = zwei
unitadj day = tägig~adj
[compounds]
weekday = part
one = unitadj
[rules]
expr: <last> {unit} => Last(unit($1))
| {weekday} {part} => At(cycle('part', $2), Near(cycle('weekday', $1)))
| {dayth} {month} => date($2, $1)
| <today> => This(unit('day'))
| l'{unit} => The(unit($1))
| {clock} => clock($1)
| {one} {unitadj} => duration($1, $2)
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in der letzten Woche war", "letzten Woche"),
        ("am Dienstagabend, als", "Dienstagabend"),
        ("am 3. Mai kam er", "3. Mai"),
        ("und aujourd’hui aussi", "aujourd’hui"),
        ("c'est l’woche", "l’woche"),
        ("le train de 15h30 part", "15h30"),
        ("eine zweitägige Reise", "zweitägige"),
        ("die Dienstagabende", None),
        ("das letzte Mal", None),
    ],
)
def test_endings_compounds_and_what_a_language_writes_its_own_way(text, found):
    assert [text[start:end] for start, end, *_ in scan(text, INFLECTED)] == [found] * (found is not None)


def test_english_loads_once():
    assert load("en") is load("en")


CODES = languages.codes()


@pytest.mark.parametrize("code", CODES)
def test_every_guard_that_a_rule_names_exists(code):
    language = load(code)
    named = set()
    queue = list(language.grammar._rules.values())
    while queue:
        node = queue.pop()
        named.update(g for a in node.actions for g in a.guards)
        queue.extend((*node.words.values(), *node.rules.values()))
    assert named <= set(language.guards) | set(language.styles)


@pytest.mark.parametrize("code", CODES)
def test_every_class_that_a_rule_names_has_words(code):
    language = load(code)
    known = language.lexicon.names()
    figures = {
        "number",
        "day",
        "hour",
        "year",
        "modernyear",
        "oldyear",
        "futureyear",
        "smallyear",
        "fourdigits",
        "twodigits",
        "compactclock",
        "compactdate",
        "zeroed",
        "ordinal",
        "dayth",
        "yearth",
        "month#",
        "decade",
        "shortdecade",
        "shortyear",
        "clock",
        "dotclock",
        "iso",
        "slash",
        "daymonth",
        "roman",
        "fraction",
    }
    used = set()
    queue = list(language.grammar._rules.values())
    while queue:
        node = queue.pop()
        used.update(n for n in node.words if not n.startswith("="))
        queue.extend((*node.words.values(), *node.rules.values()))
    assert used <= known | figures
