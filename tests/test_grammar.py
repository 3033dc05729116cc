"""The grammar engine and the language files: mistakes in data are named by file and line."""

from __future__ import annotations

import pytest

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
    ],
)
def test_mistakes_in_sections(text, message):
    with pytest.raises(GrammarError, match=message):
        Language("xx", {"xx.lang": text})


def test_english_loads_once():
    assert load("en") is load("en")


def test_every_guard_that_a_rule_names_exists():
    language = load("en")
    named = set()
    queue = list(language.grammar._rules.values())
    while queue:
        node = queue.pop()
        named.update(g for a in node.actions for g in a.guards)
        queue.extend((*node.words.values(), *node.rules.values()))
    assert named <= set(language.guards)


def test_every_class_that_a_rule_names_has_words():
    language = load("en")
    known = {
        name for table in (language.lexicon.words, language.lexicon.capitalised) for c in table.values() for name in c
    }
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
        "ordinal",
        "dayth",
        "month#",
        "decade",
        "shortdecade",
        "shortyear",
        "clock",
        "dotclock",
        "iso",
        "slash",
    }
    used = set()
    queue = list(language.grammar._rules.values())
    while queue:
        node = queue.pop()
        used.update(n for n in node.words if not n.startswith("="))
        queue.extend((*node.words.values(), *node.rules.values()))
    assert used <= known | figures
