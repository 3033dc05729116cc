"""What the fuzzer once found, tried again; and a few cases of each kind from a seed of their own."""

from __future__ import annotations

import random

import pytest

from tests.fuzz.__main__ import FOUND
from tests.fuzz.cases import KINDS

KEPT = sorted(path for path in FOUND.iterdir() if path.name.partition("-")[0] in KINDS) if FOUND.exists() else []


@pytest.mark.parametrize("path", KEPT, ids=lambda p: p.name)
def test_what_was_found_stays_mended(path):
    KINDS[path.name.partition("-")[0]][1](path.read_bytes())


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_few_of_each_kind(kind):
    make, work = KINDS[kind]
    for number in range(5 if kind == "page" else 30):
        work(make(random.Random(f"test {kind} {number}")))
