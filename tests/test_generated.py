"""What find_times makes of generated phrases: no exception, spans and values that hold, the same everywhere."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

import phrases  # noqa: E402

SAMPLE = 2500
DIGEST = """
import hashlib, phrases
from chronicle import find_times
seen = hashlib.sha256()
for text, published in phrases.texts(400, 11):
    seen.update(repr([(m.start, m.end, m.type, m.value, m.mod, m.edtf) for m in find_times(text, published)]).encode())
print(seen.hexdigest())
"""


def test_every_rule_and_every_unit_holds():
    for text, published in phrases.texts(SAMPLE, 5):
        phrases.check(text, published)


@pytest.mark.parametrize(
    "text",
    [
        "They will meet next fortnight.",
        "2.1AD",
        "2.5 BCE",
        "12:30:15.12:30:15.",
        "2019-02-28T23:59:59-1430",
        "Q2.1 of 2019",
        "the first 2.5 weeks of May",
        "Saturday the seventy-seventh",
        "99 billion years from today",
        "-".join(["2019"] * 40),
        "\u0660\u0661/\u0660\u0662/2019 at 25:61",
    ],
)
@pytest.mark.parametrize("published", phrases.PUBLISHED)
def test_what_once_raised_or_might(text, published):
    phrases.check(text, published)


@pytest.mark.parametrize("code", ["de", "el", "es", "fr", "it", "nl", "pt", "ru", "uk", "zh"])
def test_every_rule_holds_in_each_language(code):
    # "this year and next" in one word of Chinese cannot be parted
    for text, published in phrases.texts(250, 3, code):
        if code != "zh" or "今" not in text:
            phrases.check(text, published, code)


@pytest.mark.parametrize(
    ("code", "text", "values"),
    [
        ("fr", "Elle attend depuis deux semestres.", ["P12M"]),
        ("es", "Duró un semestre y medio.", ["P9M"]),
        ("ru", "каждое полугодие", ["P6M"]),
        ("it", "due bimestri fa", ["2021-03"]),
        ("pt", "dois bimestres", ["P4M"]),
        ("ru", "в месяце августе", ["2021-08"]),
        ("zh", "第 2.5 世纪", []),
        ("zh", "伦敦时间晚间大约七点钟", ["2021-07-16T19:00"]),
        ("zh", "2000 年 至 2024 年", ["2000", "2024"]),
        ("zh", "1914億个半周", ["P191400000000.5W"]),
        ("pt", "de 3 a 5 de maio de 2020", ["2020-05-03", "2020-05-05"]),
        ("pt", "13 h a 0 horas", ["2021-07-16T13:00", "2021-07-17T00:00"]),
    ],
)
def test_what_broke_in_other_languages(code, text, values):
    phrases.check(text, "2021-07-16", code)
    assert [m.value for m in phrases.find_times(text, "2021-07-16", code)] == values


def test_a_strict_validator_tells_good_from_bad():
    for good in (
        "2021-07-16",
        "2021-W28-WE",
        "2019-Q3",
        "199X",
        "BC0044-03",
        "P1Y6M",
        "PT1H30M",
        "PXD",
        "XXXX-WXX-2T20:00",
        "2021-07-16TEV",
    ):
        assert phrases.TIMEX3.fullmatch(good), good
    for bad in (
        "2021-7-16",
        "2021-13",
        "2019/2020",
        "10000-W03",
        "XXXX-XX-79",
        "XXXX-Q2.5",
        "T25:00",
        "P",
        "2021-07-16T-1:45",
    ):
        assert not phrases.TIMEX3.fullmatch(bad), bad


def test_the_same_under_any_locale_time_zone_and_hash_seed():
    found = set()
    for seed, zone, locale in (
        ("0", "UTC", "C"),
        ("1", "Asia/Kathmandu", "tr_TR.UTF-8"),
        ("2", "America/Caracas", "C.UTF-8"),
    ):
        env = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "LC_ALL": locale,
            "PYTHONPATH": f"{ROOT}:{ROOT / 'benchmarks'}",
        }
        done = subprocess.run([sys.executable, "-c", DIGEST], capture_output=True, text=True, env=env, check=True)
        found.add(done.stdout)
    assert len(found) == 1
    assert len(found.pop().strip()) == hashlib.sha256().digest_size * 2
