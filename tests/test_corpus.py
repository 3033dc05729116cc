"""The corpora: every phrasing yields the value above it, every negative nothing.

Each folder of the corpus is a language, by its code. A corpus file states a publication date, then an expected value (TIMEX3 value and type, mod= and when= where they matter) and
below it every phrasing that must yield it. Where a line has more expressions than one, the one meant is in [brackets].
passages.yaml holds whole passages with the times that must be found in them. A value with a slash is that of the two ends of a range,
which are two mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from chronicle import find_times

CORPUS = Path(__file__).parent / "corpus"
LANGUAGES = sorted(folder.name for folder in CORPUS.iterdir() if folder.is_dir())
# phrasings, values, negatives
FEWEST = {"en": (1200, 250, 300), "ru": (800, 240, 160)}
FEWEST_ELSEWHERE = (400, 120, 80)


class Case(NamedTuple):
    language: str
    place: str
    published: str
    expected: dict[str, str]
    text: str
    meant: str | None


def cases(language: str) -> Iterator[Case]:
    for path in sorted((CORPUS / language).glob("*.txt")):
        if path.name == "negative.txt":
            continue
        published, expected = "", {}
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line or line.startswith("#"):
                continue
            if line.startswith("published "):
                published = line.split()[1]
            elif line.startswith("= "):
                value, kind, *rest = line[2:].split()
                expected = {"value": value, "type": kind, **dict(r.split("=", 1) for r in rest)}
            else:
                found = re.search(r"\[([^\]]*)\]", line)
                text = line.replace("[", "").replace("]", "")
                place = f"{language}/{path.name}:{number}"
                yield Case(language, place, published, expected, text, found.group(1) if found else None)


def negatives(language: str) -> list[tuple[str, str]]:
    lines = (CORPUS / language / "negative.txt").read_text("utf-8").splitlines()
    return [(language, line) for line in lines if line and not line.startswith("# ")]


def passages(language: str) -> list[tuple[str, dict]]:
    return [(language, p) for p in yaml.safe_load((CORPUS / language / "passages.yaml").read_text("utf-8"))]


CASES = [case for language in LANGUAGES for case in cases(language)]
NEGATIVES = [pair for language in LANGUAGES for pair in negatives(language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_corpora_are_large_enough(language):
    phrasings, values, fewest_negatives = FEWEST.get(language, FEWEST_ELSEWHERE)
    own = [c for c in CASES if c.language == language]
    assert len(own) >= phrasings
    assert len({(c.place.split(":")[0], *sorted(c.expected.items())) for c in own}) >= values
    assert len([n for n in NEGATIVES if n[0] == language]) >= fewest_negatives


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.place)
def test_phrasing(case):
    found = find_times(case.text, case.published, language=case.language)
    mentions = [m for m in found if case.meant is None or m.text == case.meant]
    if "/" in case.expected["value"]:
        # the two ends of a range, each an expression of its own, the date that of the whole
        begin = case.text.find(case.meant or case.text)
        mentions = [m for m in found if begin <= m.start < begin + len(case.meant or case.text)]
        assert [m.value for m in mentions] == case.expected["value"].split("/"), f"{case.text!r}: {mentions}"
        assert {m.type for m in mentions} == {case.expected["type"]}
        assert {str(m.when) for m in mentions} == {case.expected.get("when", str(mentions[0].when))}
        return
    assert len(mentions) == 1, f"{case.text!r}: {[m.text for m in found]}"
    mention = mentions[0]
    assert case.text[mention.start : mention.end] == mention.text
    got = {"value": mention.value, "type": mention.type}
    if "mod" in case.expected or mention.mod:
        got["mod"] = str(mention.mod)
    if "when" in case.expected:
        got["when"] = str(mention.when)
    assert got == case.expected


PASSAGES = [pair for language in LANGUAGES for pair in passages(language)]


@pytest.mark.parametrize(("language", "passage"), PASSAGES, ids=lambda p: p if isinstance(p, str) else p["text"][:40])
def test_passage(language, passage):
    found = find_times(passage["text"], passage["published"], language=language, style=passage.get("style"))
    wanted = [tuple(time.rsplit(" = ", 1)) for time in passage["times"]]
    rest = iter([(" ".join(m.text.split()), m.value) for m in found])
    # in order, with others between
    missing = [time for time in wanted if time not in rest]
    assert missing == [], [(m.text, m.value) for m in found]


@pytest.mark.parametrize(("language", "text"), NEGATIVES)
def test_negative(language, text):
    assert [m.text for m in find_times(text, "2021-07-16", language=language)] == []
