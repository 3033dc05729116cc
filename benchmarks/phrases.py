"""Generate phrases from a language's grammar and check what find_times makes of each.

Usage: python benchmarks/phrases.py [COUNT] [SEED] [LANGUAGE]

Every rule is expanded with every class of word that it names, at random from a seed; besides, every unit stands with every operator. Of each
phrase, alone and in a sentence, must hold: no exception; ``text[start:end]`` is the expression; nothing overlaps; ``when.earliest <= when.latest``;
the value is one that TIMEX3 allows. ``check`` raises AssertionError with the phrase. tests/test_generated.py runs a sample.
"""

from __future__ import annotations

import itertools
import random
import re
import sys
from collections.abc import Iterator
from typing import Final

from chronicle import find_times
from chronicle.tagger import language as languages
from chronicle.tagger.language import Language

_DEPTH: Final = 9
_SHOWN: Final = 40
_PATTERN_TOKEN = re.compile(r"\{[^}]+\}|<[^>]+>|[()|?]|[^\s(){}<>|?]+")
# what the tokenizer makes of figures: class to examples
FIGURES: Final = {
    "number": ("0", "1", "2", "7", "13", "28", "31", "45", "99", "150", "1,200", "2.1", "2.5", "1914", "99999", "12345678"),
    "day": ("1", "5", "12", "29", "30", "31"), "month#": ("1", "2", "9", "12"), "hour": ("0", "1", "7", "12", "13", "24"),
    "twodigits": ("00", "03", "15", "45", "76", "98"), "zeroed": ("01", "03", "09"), "smallyear": ("7", "98", "410"),
    "year": ("1000", "1066", "1789", "1899", "1900", "2000", "2024", "2999"), "modernyear": ("1800", "1914", "2001", "2049"),
    "oldyear": ("1066", "1517", "2150"), "futureyear": ("2050", "2100"), "fourdigits": ("0000", "0630", "1430", "2359", "2400", "2500", "1999"),
    "compactclock": ("615", "730", "100", "059"), "clock": ("0:00", "7:30", "12:30:15", "23:59:59.5", "24:00", "25:61"),
    "dotclock": ("7.30", "24.00", "99.99"), "ordinal": ("1st", "2nd", "3rd", "13th", "29th", "40th", "100th"), "dayth": ("1st", "13th", "30th", "31st"),
    "decade": ("1900s", "1980's", "480s"), "shortdecade": ("80s", "'60s", "00s"), "shortyear": ("'98", "’05"), "fraction": ("½", "¾"),
    "iso": ("2019-02-28", "2019-02-30", "2019-03-08T07:14", "2019-03-08 07:14:09.250", "0001-01-01"),
    "slash": ("6/2/2014", "30/4/13", "31/11/2010", "01.02.2019", "2012/2/21", "28-02-2015", "0/0/0000"), "digits": ("12345678",),
}  # fmt: skip
PUBLISHED: Final = (None, "2021-07-14", "1999-12-31T23:59", "2020-02-29", "0001-01-02", "9999-12-30")
_NUMBERED = r"[0-9]+(?:\.[0-9]+)?|X"
_YEAR = r"(?:BC[0-9X]{4}|[0-9X]{4})"
_CLOCK = r"T(?:MO|MI|AF|EV|NI|DT|(?:[01][0-9]|2[0-4])(?::[0-5][0-9](?::[0-5][0-9])?)?)"
# TimeML 1.2.1, 2.3.1: dates and times after ISO 8601 with X for what is not known, durations, references to the present
TIMEX3: Final = re.compile(
    rf"(?:PRESENT|PAST|FUTURE)_REF"
    rf"|P(?=[0-9X])(?:(?:{_NUMBERED})(?:L|CE|C|E|Y|H|Q|M|WE|W|D))*(?:T(?:(?:{_NUMBERED})[HMS])+)?|PT(?:(?:{_NUMBERED})[HMS])+"
    rf"|{_YEAR}(?:-(?:SP|SU|FA|WI|Q[1-4X]|H[12X]|W(?:[0-9]{{2}}|XX)(?:-(?:WE|[1-7]))?|(?:0[1-9]|1[0-2]|XX)(?:-(?:0[1-9]|[12][0-9]|3[01]|XX))?))?(?:{_CLOCK})?"
)
TYPES: Final = frozenset({"DATE", "TIME", "DURATION", "SET"})
MODS: Final = frozenset(
    {"BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE", "START", "MID", "END", "APPROX"}
)  # fmt: skip
UNITS: Final = (
    "second",
    "minute",
    "hour",
    "day",
    "night",
    "week",
    "fortnight",
    "weekend",
    "month",
    "quarter",
    "year",
    "decade",
    "century",
    "millennium",
)
OPERATORS: Final = (
    "this {}", "last {}", "next {}", "the {}", "every {}", "each {}", "every other {}", "the coming {}", "the previous {}", "the following {}", "that {}",
    "the same {}", "the {} before last", "the {} after next", "a {} ago", "two {}s ago", "in a {}", "in three {}s", "2.5 {}s ago", "half a {} ago",
    "a {} and a half later", "five {}s later", "ten {}s earlier", "several {}s from now", "two {}s from now", "the past {}", "the past two {}s",
    "the next few {}s", "the first {} of 2019", "the last two {}s of May", "early this {}", "later this {}", "earlier this {}", "the end of the {}",
    "before the end of the {}", "the middle of next {}", "two or three {}s ago", "in two to four {}s", "once a {}", "twice per {}", "3 times a {}",
    "more than a {} ago", "about two {}s", "at least ten {}s", "two {}s before Easter", "three {}s from Friday", "the {} of 3 May", "the {} after 1 June 2010",
    "a {} before Christmas", "the turn of the {}", "{}s ago", "{}s later", "the rest of the {}", "a few {}s before that", "the {}'s end", "this {} in 2015",
    "the third {} of the year", "Friday of next {}", "the first half of the {}", "a whole {}", "{}-long", "a ten-{} war", "so many {}s", "year-{}",
)  # fmt: skip


class Generator:
    """Expands the rules of one language at random."""

    def __init__(self, language: Language, seed: int) -> None:
        self._random = random.Random(seed)
        self._rules: dict[str, list[str]] = {}
        for name, pattern, *_ in language.grammar._pending:
            self._rules.setdefault(name, []).append(pattern)
        self._words: dict[str, list[str]] = {name: list(examples) for name, examples in FIGURES.items()}
        for table, capital in ((language.lexicon.words, False), (language.lexicon.capitalised, True)):
            for word, classes in table.items():
                for name in classes:
                    self._words.setdefault(name, []).append(word.capitalize() if capital else word)

    def phrases(self, count: int) -> Iterator[str]:
        """Yield so many phrases, every rule in turn."""
        each = itertools.cycle((name, pattern) for name, patterns in self._rules.items() for pattern in patterns)
        for _ in range(count):
            yield self._text(next(each)[1], _DEPTH)

    def _text(self, pattern: str, depth: int) -> str:
        tokens = _PATTERN_TOKEN.findall(pattern)
        return " ".join(self._sequence(tokens, [0], depth))

    def _sequence(self, tokens: list[str], at: list[int], depth: int) -> list[str]:
        choices: list[list[str]] = [[]]
        while at[0] < len(tokens) and tokens[at[0]] != ")":
            token = tokens[at[0]]
            at[0] += 1
            if token == "|":
                choices.append([])
                continue
            if token == "(":
                words = self._sequence(tokens, at, depth)
                at[0] += 1
            elif token[0] in "{<":
                words = [self._symbol(token[1:-1], depth)]
            else:
                words = [token]
            if at[0] < len(tokens) and tokens[at[0]] == "?":
                at[0] += 1
                words = words if self._random.random() < 0.6 else []
            choices[-1].extend(words)
        return self._random.choice(choices)

    def _symbol(self, name: str, depth: int) -> str:
        patterns = self._rules.get(name)
        if patterns is None:
            return self._random.choice(self._words.get(name, ["?"]))
        if depth <= 0:
            patterns = sorted(patterns, key=len)[:3]
        return self._text(self._random.choice(patterns), depth - 1)


def written(phrase: str) -> str:
    """Write tokens as a text has them: no space before a comma or 's, brackets round."""
    for token, text in (
        (" ,", ","),
        (" 's", "'s"),
        ("[ ", "("),
        (" ]", ")"),
        (" - ", "-"),
        (" / ", "/"),
        (" ' ", "'"),
        (" : ", ":"),
    ):
        phrase = phrase.replace(token, text)
    return phrase


def check(text: str, published: str | None, code: str = "en") -> None:
    """Check what find_times makes of a text. Raises AssertionError naming the text and what does not hold."""
    where = f"{text!r}, published {published}"
    try:
        mentions = find_times(text, published, code)
    except Exception as error:
        raise AssertionError(f"{where}: {error!r}") from error
    end = 0
    for m in mentions:
        said = f"{where}: {m.text!r} {m.type} {m.value} {m.mod} {m.edtf}"
        assert end <= m.start < m.end, f"overlap or empty: {said}"
        assert text[m.start : m.end] == m.text == m.text.strip(), f"span: {said}"
        assert m.type in TYPES and TIMEX3.fullmatch(m.value), f"TIMEX3: {said}"
        assert m.mod is None or m.mod in MODS, f"mod: {said}"
        try:
            assert m.when is None or m.when.earliest <= m.when.latest, f"when: {said}"
        except ValueError as error:
            raise AssertionError(f"when: {said}: {error!r}") from error
        assert m.when is not None or m.reason, f"no reason: {said}"
        end = m.end


def systematic() -> Iterator[str]:
    """Yield every unit with every operator."""
    for unit, operator in itertools.product(UNITS, OPERATORS):
        plural = {"century": "centuries", "millennium": "millennia"}.get(unit, f"{unit}s")
        yield operator.replace("{}s", plural).replace("{}", unit)


def texts(count: int, seed: int, code: str = "en") -> Iterator[tuple[str, str | None]]:
    """Yield texts with a publication date each: systematic phrases (in English), then generated ones, alone and in sentences."""
    generator = Generator(languages.load(code), seed)
    chosen = random.Random(seed)
    phrases = generator.phrases(count)
    for phrase in itertools.chain(systematic() if code == "en" else (), phrases):
        text = written(phrase)
        place = chosen.choice(
            ("{}", "{}", "They met {}.", "In {}, it will end.", "({})", "{} {}", "from {} to {}", "{}'s", "ON {}")
        )
        text = place.format(*[text] * 2)
        yield text.upper() if chosen.random() < 0.05 else text, chosen.choice(PUBLISHED)


def main() -> None:
    """Print what does not hold, one of each kind."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    code = sys.argv[3] if len(sys.argv) > 3 else "en"
    failed = tried = 0
    seen: set[str] = set()
    for text, published in texts(count, seed, code):
        tried += 1
        try:
            check(text, published, code)
        except AssertionError as error:
            failed += 1
            kind = str(error)[:6] + str(error)[-40:]
            if kind not in seen and len(seen) < _SHOWN:
                seen.add(kind)
                print(error)
    print(f"{tried} texts, {failed} with something that does not hold")


if __name__ == "__main__":
    main()
