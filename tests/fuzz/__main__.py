"""python -m tests.fuzz: tries what is made by chance, for some time, all kinds in turn; what breaks is made small and kept.

The seed is printed; the same seed gives the same cases. What broke is kept in tests/fuzz/found as a file named by its kind, which
tests/test_fuzz.py tries ever after.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.fuzz.cases import KINDS

FOUND = Path(__file__).parent / "found"
_SLOW = 5.0  # seconds for a case of a few kilobytes
_TRIES = 400  # to make a case smaller


def outcome(work: Callable[[bytes], None], case: bytes) -> str | None:
    """Return what breaks: the kind of error and where it is raised, None where nothing does."""
    started = time.process_time()
    try:
        work(case)
    except Exception as error:
        frames = [
            f
            for f in traceback.extract_tb(error.__traceback__)
            if "/chronicle/" in f.filename or "/fuzz/" in f.filename
        ]
        place = f"{Path(frames[-1].filename).name}:{frames[-1].name}" if frames else "?"
        return f"{type(error).__name__} in {place}: {str(error)[:160]!r}"
    if time.process_time() - started > _SLOW:
        return "slow"
    return None


def smaller(work: Callable[[bytes], None], case: bytes, broke: str) -> bytes:
    """Return the smallest case that breaks in the same place, found by leaving out ever shorter stretches."""
    place, tries = broke.partition(": ")[0], 0
    head, sign, body = case.partition(b"\n")
    length = len(body) // 2
    while length and tries < _TRIES:
        at = 0
        while at < len(body) and tries < _TRIES:
            tried = body[:at] + body[at + length :]
            tries += 1
            now = outcome(work, head + sign + tried)
            if now is not None and now.partition(": ")[0] == place:
                body = tried
            else:
                at += length
        length //= 2
    return head + sign + body


def main() -> int:
    """Try cases until the time is over; returns 1 where something broke."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=None, help="without it that of the day")
    parser.add_argument("--kinds", nargs="*", choices=sorted(KINDS), default=sorted(KINDS))
    chosen = parser.parse_args()
    seed = chosen.seed if chosen.seed is not None else int(time.strftime("%Y%m%d", time.gmtime()))
    print(f"seed {seed}: python -m tests.fuzz --seed {seed} --seconds {chosen.seconds:g} tries the same", flush=True)
    until = time.monotonic() + chosen.seconds
    counts: Counter[str] = Counter()
    spent: Counter[str] = Counter()
    broken: dict[tuple[str, str], bytes] = {}
    while time.monotonic() < until:
        # the kind that had least time is next
        kind = min(chosen.kinds, key=lambda k: spent[k])
        make, work = KINDS[kind]
        started = time.monotonic()
        for _ in range(10):
            case = make(random.Random(f"{seed} {kind} {counts[kind]}"))
            counts[kind] += 1
            broke = outcome(work, case)
            if broke is not None and (kind, broke.partition(": ")[0]) not in broken:
                case = smaller(work, case, broke)
                broken[kind, broke.partition(": ")[0]] = case
                FOUND.mkdir(exist_ok=True)
                path = FOUND / f"{kind}-{hashlib.sha256(case).hexdigest()[:10]}"
                path.write_bytes(case)
                print(f"{kind} {counts[kind]}: {broke}\n  kept as {path}: {case[:300]!r}", flush=True)
        spent[kind] += time.monotonic() - started
    print(
        f"{sum(counts.values())} cases ({', '.join(f'{counts[k]} {k}' for k in chosen.kinds)}), {len(broken)} broke",
        flush=True,
    )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
