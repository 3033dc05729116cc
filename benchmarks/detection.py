"""How well, how fast and at what cost libraries tell the language of short articles: python benchmarks/detection.py GOLD...

GOLD are .jsonl files of documents with ``lang`` and ``text``. Each library that is installed takes part: py3langid, lingua, langdetect. Texts are cut to so
many characters, from the first letter of the document on; the model's loading is told apart.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

_LENGTHS = (40, 100, 300, 1500)


def py3langid() -> Callable[[str], str]:
    """Return py3langid's classify."""
    import py3langid

    return lambda text: str(py3langid.classify(text)[0])


def lingua() -> Callable[[str], str]:
    """Return lingua's detector over all its languages."""
    from lingua import LanguageDetectorBuilder

    detector = LanguageDetectorBuilder.from_all_languages().build()

    def tell(text: str) -> str:
        found = detector.detect_language_of(text)
        return found.iso_code_639_1.name.lower() if found else ""

    return tell


def langdetect() -> Callable[[str], str]:
    """Return langdetect's detect, made repeatable."""
    import langdetect as module

    module.DetectorFactory.seed = 0
    return lambda text: str(module.detect(text))[:2]


def chronicle() -> Callable[[str], str]:
    """Return what chronicle does."""
    from chronicle.article.language import language_of

    return lambda text: language_of(text)[0]


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, nargs="+")
    documents = []
    for path in parser.parse_args().gold:
        for line in path.read_text("utf-8").split("\n")[:40]:
            if not line:
                continue
            row = json.loads(line)
            documents.append((row.get("lang") or "en", row["text"].strip()))
    print(f"{len(documents)} documents\n\n| library | loading, s |" + "".join(f" {n} characters: wrong, µs |" for n in _LENGTHS))
    print("| --- | ---: |" + " ---: |" * len(_LENGTHS))
    for make in (chronicle, py3langid, lingua, langdetect):
        begun = time.perf_counter()
        try:
            tell = make()
            tell("The first one loads what is needed.")
        except ImportError:
            continue
        loading = time.perf_counter() - begun
        cells = []
        for length in _LENGTHS:
            wrong, begun = 0, time.perf_counter()
            for language, text in documents:
                try:
                    wrong += tell(text[:length]) != language
                except Exception:  # noqa: BLE001 - langdetect raises where a text has no letters
                    wrong += 1
            cells.append(f"{100 * wrong / len(documents):.1f} %, {(time.perf_counter() - begun) / len(documents) * 1e6:.0f}")
        print(f"| {make.__name__} | {loading:.2f} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
