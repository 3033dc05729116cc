"""The corpora: every phrasing yields the value above it, every negative nothing.

A corpus file states a publication date, then an expected value (TIMEX3 value and type, mod= and when= where they matter) and
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

CORPUS = Path(__file__).parent / "corpus" / "en"
NEGATIVE = CORPUS / "negative.txt"


class Case(NamedTuple):
    place: str
    published: str
    expected: dict[str, str]
    text: str
    meant: str | None


def cases() -> Iterator[Case]:
    for path in sorted(CORPUS.glob("*.txt")):
        if path == NEGATIVE:
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
                yield Case(f"{path.name}:{number}", published, expected, text, found.group(1) if found else None)


CASES = list(cases())
NEGATIVES = [line for line in NEGATIVE.read_text("utf-8").splitlines() if line and not line.startswith("# ")]


def test_the_corpora_are_large_enough():
    assert len(CASES) >= 1200
    assert len({(c.place.split(":")[0], *sorted(c.expected.items())) for c in CASES}) >= 250
    assert len(NEGATIVES) >= 300


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.place)
def test_phrasing(case):
    found = find_times(case.text, case.published)
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


PASSAGES = yaml.safe_load((CORPUS / "passages.yaml").read_text("utf-8"))


@pytest.mark.parametrize("passage", PASSAGES, ids=lambda p: p["text"][:40])
def test_passage(passage):
    found = find_times(passage["text"], passage["published"], style=passage.get("style"))
    wanted = [tuple(time.rsplit(" = ", 1)) for time in passage["times"]]
    rest = iter([(" ".join(m.text.split()), m.value) for m in found])
    # in order, with others between
    missing = [time for time in wanted if time not in rest]
    assert missing == [], [(m.text, m.value) for m in found]


@pytest.mark.parametrize("text", NEGATIVES)
def test_negative(text):
    assert [m.text for m in find_times(text, "2021-07-16")] == []
