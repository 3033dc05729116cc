"""Times told in words, in every language that has words for them."""

from __future__ import annotations

import string

import pytest

from chronicle import When, languages

TELLING = languages.codes(languages.WORDS)
ENGLISH = languages.table("en", languages.WORDS)
SAID = {
    "de": [
        ("2021-07-16", "16. Juli 2021"),
        ("2020-09/..", "seit September 2020"),
        ("2020-09-03/..", "seit dem 3. September 2020"),
        ("../2020-05-03", "bis zum 3. Mai 2020"),
        ("2020-05-01/2020-05-03", "vom 1. bis zum 3. Mai 2020"),
        ("2020-05-03/2020-06", "vom 3. Mai 2020 bis Juni 2020"),
        ("[2021-07-17..2021-07-18]", "irgendwann vom 17. bis zum 18. Juli 2021"),
        ("199X/20XX", "von den 1990er Jahren bis zum 21. Jahrhundert"),
        ("2020-33", "erstes Quartal 2020"),
        ("2020-03?", "vielleicht März 2020"),
        ("-0043-03-15", "15. März 44 v. Chr."),
        ("[2020-05,2020-07,2021]", "entweder Mai 2020, Juli 2020 oder 2021"),
    ],
    "fr": [
        ("2021-07-01", "1er juillet 2021"),
        ("2020-09-01/..", "depuis le 1er septembre 2020"),
        ("../2020-05-03", "jusqu’au 3 mai 2020"),
        ("../2020", "jusqu’à 2020"),
        ("2020-04/2020-08", "d’avril à août 2020"),
        ("2020-05-01/2020-05-03", "du 1er au 3 mai 2020"),
        ("2020-04-29/2020-05-03", "du 29 avril au 3 mai 2020"),
        ("18XX", "XIXe siècle"),
        ("2020-21/..", "depuis le printemps 2020"),
        ("2020-05-03T10:00/2020-05-03T11:00", "de 10:00 à 11:00 le 3 mai 2020"),
        ("{2020-05,2021}", "mai 2020 et 2021"),
    ],
    "es": [
        ("2021-07-01", "1 de julio de 2021"),
        ("2020-09/..", "desde septiembre de 2020"),
        ("2020-05-01/2020-05-03", "del 1 al 3 de mayo de 2020"),
        ("2020-04/2020-08", "de abril a agosto de 2020"),
        ("2020-21/2020-23", "de la primavera de 2020 al otoño de 2020"),
        ("19XX", "siglo XX"),
        ("[..2020-05-03]", "en algún momento hasta el 3 de mayo de 2020"),
        ("2020-05-XX", "un día de mayo de 2020"),
    ],
}


@pytest.mark.parametrize(("code", "edtf", "said"), [(c, *pair) for c, pairs in SAID.items() for pair in pairs])
def test_a_time_in_words(code, edtf, said):
    assert When.parse(edtf).words(language=code) == said
    assert When.parse(edtf).words(language=f"{code}-XX") == said


def test_english_is_what_is_told_without_a_language():
    assert When.parse("2020-05").words() == When.parse("2020-05").words(language="en") == "May 2020"


def test_a_language_without_words_is_named_with_those_that_have_them():
    with pytest.raises(LookupError, match=r"tell times in the language 'xx'; it tells them in de, el, en, es"):
        When.parse("2020-05").words(language="xx")
    with pytest.raises(LookupError):
        When.parse("2020-05").words(language="../en")


def fields(pattern):
    return {name for _, name, _, _ in string.Formatter().parse(pattern) if name}


@pytest.mark.parametrize("code", TELLING)
def test_every_language_has_every_word(code):
    table = languages.table(code, languages.WORDS)
    assert len(table["names"]["months"]) == 12
    assert len(table["names"]["groupings"]) == len(ENGLISH["names"]["groupings"]) == 21
    assert len(table["ordinals"]["endings"]) == 10
    for section in ("dates", "sentences"):
        assert table[section].keys() == ENGLISH[section].keys()
    for section in ("after", "upto"):
        assert table.get(section, {}).keys() <= {*table["dates"], "groupings"}
    forms = {f"{name}{form}" for name in ("start", "end", "date") for form in ("", "_after", "_upto")}
    known = {
        "day",
        "month",
        "year",
        "decade",
        "century",
        "ordinal",
        "roman",
        "number",
        "clock",
        "zone",
        "list",
        "month_of",
    } | forms
    for section in ("dates", "after", "upto", "sentences"):
        for pattern in table.get(section, {}).values():
            assert set().union(*map(fields, [pattern] if isinstance(pattern, str) else pattern)) <= known


def test_ordinals_in_english():
    told = [When.parse(f"{n - 1:02}XX").words() for n in (1, 2, 3, 4, 11, 12, 13, 20, 21, 22)]
    assert told == [
        f"the {o} century" for o in ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "20th", "21st", "22nd"]
    ]
