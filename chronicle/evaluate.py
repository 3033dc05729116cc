"""Evaluation: find_times against texts annotated with TIMEX3.

Scored as TempEval-3 does (UzZaman et al., 2013): an expression is found relaxed where the two overlap and strictly where they have the
same extent; type and value are scored over the expressions found relaxed. Values are compared without regard to case and spaces.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from attrs import define, field

from chronicle.errors import InvalidValue
from chronicle.formats import timeml
from chronicle.resolve.find import find_times


class Timex(NamedTuple):
    """An annotated expression; ``start`` and ``end`` count characters of its document's text."""

    start: int
    end: int
    text: str
    type: str
    value: str


class Document(NamedTuple):
    """A text with its publication date and what people marked in it."""

    id: str
    published: str | None
    text: str
    timexes: list[Timex]
    language: str = "en"


class Error(NamedTuple):
    """A difference between what people marked and what was found."""

    document: str
    kind: str
    gold: Timex | None
    found: Timex | None
    context: str

    @property
    def name(self) -> str:
        """The class of the error: what went wrong, with which kind of value."""
        if self.gold is None and self.found is not None:
            return f"{self.kind} {value_class(self.found.value)}"
        assert self.gold is not None
        wanted = value_class(self.gold.value)
        if self.kind in ("missed", "extent") or self.found is None:
            return f"{self.kind} {wanted}"
        got = value_class(self.found.value)
        return f"{self.kind} {wanted}" + (f" as {got}" if got != wanted else "")


@define
class Score:
    """Counts over documents, and the figures made of them (in per cent)."""

    gold: int = 0
    found: int = 0
    relaxed: int = 0
    strict: int = 0
    types: int = 0
    values: int = 0
    errors: list[Error] = field(factory=list)

    def f1(self, hits: int) -> float:
        """Return the harmonic mean of precision and recall of some hits."""
        total = self.gold + self.found
        return 200 * hits / total if total else 0.0

    def precision(self, hits: int) -> float:
        """Return the part of the expressions found that are hits."""
        return 100 * hits / self.found if self.found else 0.0

    def recall(self, hits: int) -> float:
        """Return the part of the expressions marked that are hits."""
        return 100 * hits / self.gold if self.gold else 0.0

    def rows(self) -> list[tuple[str, float, float, float]]:
        """Return (name, precision, recall, F1) of each measure."""
        measures = (("relaxed", self.relaxed), ("strict", self.strict), ("type", self.types), ("value", self.values))
        return [(name, self.precision(n), self.recall(n), self.f1(n)) for name, n in measures]


def read_gold(path: str | Path) -> list[Document]:
    """Read a .jsonl file, a TimeML file, or a folder of either. Raises ValueError, which names the file and line, and OSError."""
    path = Path(path)
    if path.is_dir():
        found = sorted(p for p in path.rglob("*") if p.suffix in (".tml", ".xml", ".jsonl"))
        if not found:
            raise InvalidValue(f"{path}: there is no .tml or .jsonl file in this folder")
        return [document for p in found for document in read_gold(p)]
    return list(_read_jsonl(path)) if path.suffix == ".jsonl" else [_read_timeml(path)]


def _read_jsonl(path: Path) -> Iterator[Document]:
    # a line ends with a line feed only: texts hold U+2028
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            text = data["text"]
            timexes = [
                Timex(t["start"], t["end"], text[t["start"] : t["end"]], t["type"], t["value"] or "") for t in data["timexes"]
            ]
            yield Document(
                str(data["id"]), data.get("dct") or data.get("published"), text, timexes, data.get("lang", "en")
            )
        except (ValueError, KeyError, TypeError) as error:
            raise InvalidValue(f"{path}:{number}: no annotated document (id, dct, text, timexes): {error!r}") from None


def _read_timeml(path: Path) -> Document:
    found = timeml.loads(path.read_bytes(), str(path))
    timexes = [Timex(t.start, t.end, t.text, t.type, t.value) for t in found.timexes]
    return Document(path.stem, found.published, found.text, timexes)


def in_held_out_third(document: Document) -> bool:
    """Tell whether a document belongs to the third that is kept out of development: decided by its id alone."""
    return int(hashlib.sha1(document.id.encode(), usedforsecurity=False).hexdigest(), 16) % 3 == 0


def predict(document: Document, style: str | None = None) -> list[Timex]:
    """Return what find_times finds in a document."""
    mentions = find_times(document.text, document.published, document.language, style)
    return [Timex(m.start, m.end, m.text, m.type, m.value) for m in mentions]


def score(pairs: Iterable[tuple[Document, list[Timex]]]) -> Score:
    """Score what was found in documents against what people marked."""
    total = Score()
    for document, found in pairs:
        _score(document, sorted(found), total)
    return total


def _score(document: Document, found: list[Timex], total: Score) -> None:
    total.gold += len(document.timexes)
    total.found += len(found)
    used: set[int] = set()
    for gold in document.timexes:
        exact = [i for i, f in enumerate(found) if i not in used and (f.start, f.end) == (gold.start, gold.end)]
        near = [i for i, f in enumerate(found) if i not in used and f.start < gold.end and gold.start < f.end]
        choice = next(iter(exact or near), None)
        if choice is None:
            total.errors.append(_error(document, "missed", gold, None))
            continue
        used.add(choice)
        mine = found[choice]
        total.relaxed += 1
        total.strict += bool(exact)
        total.types += mine.type == gold.type
        if _normal(mine.value) == _normal(gold.value):
            total.values += 1
        else:
            total.errors.append(_error(document, "value", gold, mine))
        if not exact:
            total.errors.append(_error(document, "extent", gold, mine))
    total.errors.extend(_error(document, "spurious", None, f) for i, f in enumerate(found) if i not in used)


def _error(document: Document, kind: str, gold: Timex | None, found: Timex | None) -> Error:
    place = gold or found
    assert place is not None
    before = document.text[max(0, place.start - 40) : place.start]
    after = document.text[place.end : place.end + 30]
    context = " ".join(f"{before}[{document.text[place.start : place.end]}]{after}".split())
    return Error(document.id, kind, gold, found, context)


def _normal(value: str) -> str:
    return value.replace(" ", "").upper()


_CLASSES = (
    (r"(?:PRESENT|PAST|FUTURE)_REF", None),
    (r"P.*", "duration"),
    (r".*T(?:MO|MI|AF|EV|NI|DT)", "part of day"),
    (r".*T.*", "time"),
    (r"XXXX.*", "set"),
    (r"\d{4}-W\d+-WE", "weekend"),
    (r"\d{4}-W\d+", "week"),
    (r"\d{4}-[QH].", "quarter or half"),
    (r"\d{4}-(?:SP|SU|FA|WI)", "season"),
    (r"(?:BC)?\d{4}-\d\d-\d\d", "day"),
    (r"(?:BC)?\d{4}-\d\d", "month"),
    (r"(?:BC)?\d{4}", "year"),
    (r"\d{3}X?", "decade"),
    (r"\d\d(?:XX)?", "century"),
    (r".*X.*", "partly unknown"),
)


def value_class(value: str) -> str:
    """Return what kind of time a TIMEX3 value is."""
    for pattern, name in _CLASSES:
        if re.fullmatch(pattern, value):
            return name or value
    return "other"


def classes(errors: list[Error]) -> list[tuple[str, int, Error]]:
    """Return the classes of some errors, the largest first, each with an example."""
    counts = Counter(e.name for e in errors)
    examples = {e.name: e for e in reversed(errors)}
    return [(name, count, examples[name]) for name, count in counts.most_common()]
