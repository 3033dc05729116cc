"""TimeMention: an expression of time in a text, what it means, and how that came about."""

from __future__ import annotations

import functools
from typing import ClassVar

from attrs import define, field

from chronicle.record import OF, Record
from chronicle.tagger.meaning import Meaning
from chronicle.time.when import When


@functools.lru_cache(maxsize=8192)
def _when(text: str) -> When:
    return When.parse(text)


@define
class TimeMention(Record):
    """An expression of time.

    ``start`` and ``end`` are character offsets in the text that was given: ``text`` is what stands between them. ``type``
    (DATE, TIME, DURATION, SET), ``value``, ``mod``, ``quant`` and ``freq`` follow TimeML 1.2.1; ``edtf`` is the text of
    :attr:`when`. ``signal`` is the word before the expression that opens or closes it (since, until, by, before, after).
    ``reason`` says why there is no date, where there is none. Times of day are in the article's own clock where the
    expression names no zone.

    >>> import chronicle
    >>> (mention,) = chronicle.find_times("They met yesterday.", "2021-07-16")
    >>> mention.text, mention.value, str(mention.meaning)
    ('yesterday', '2021-07-15', 'Last(day)')
    >>> TimeMention.from_dict(mention.to_dict()) == mention
    True
    """

    _called: ClassVar[str] = "a mention"
    start: int
    end: int
    text: str
    type: str
    value: str
    mod: str | None
    meaning: Meaning = field(metadata={OF: Meaning})
    edtf: str | None
    reason: str | None = None
    signal: str | None = None
    signal_start: int | None = None
    published: str | None = None
    previous: str | None = None
    direction: str | None = None
    quant: str | None = None
    freq: str | None = None
    partner: int | None = None

    @property
    def when(self) -> When | None:
        """What a reader takes from the expression; None where it names no time or lacks an anchor."""
        return None if self.edtf is None else _when(self.edtf)

    @property
    def is_unresolved(self) -> bool:
        """Whether it would be a date if the article had what it refers to."""
        return self.edtf is None and self.type in ("DATE", "TIME") and not self.value.endswith("_REF")

    def _repr_html_(self) -> str:
        from chronicle.notebook import mention_html

        return mention_html(self)

    @property
    def expression(self) -> tuple[int, int]:
        """The span with the signal word: "since last September"."""
        return self.start if self.signal_start is None else self.signal_start, self.end

    def anchoring(self) -> list[str]:
        """Say, a step each, what the date was counted from."""
        steps = []
        if self.published is not None:
            steps.append(f"counted from the publication date, {self.published}")
        if self.previous is not None:
            steps.append(f"counted from the time last mentioned, {self.previous}")
        if self.direction is not None:
            steps.append(f"the verbs beside it speak of the {self.direction}")
        return steps

    def explain(self) -> str:
        """Say step by step, in English, how the date came about."""
        steps = [f"“{self.text}” means {self.meaning}", *self.anchoring()]
        if self.partner is not None:
            named = "name one stretch" if "/" in (self.edtf or "") else "name one time"
            steps.append(f"it and the expression beside it {named}; the date is that of the whole")
        if self.signal is not None:
            steps.append(f"“{self.signal.lower()}” before it: {_SIGNALS[self.signal]}")
        mod = f", mod {self.mod}" if self.mod else ""
        steps.append(f"TIMEX3 {self.type} {self.value}{mod}")
        when = self.when
        if when is not None:
            steps.append(f"so it is {when}: {when.words()}")
        else:
            steps.append(f"no date: {self.reason}")
        return "; ".join(steps) + "."


_SIGNALS = {
    "About": "it is about then",
    "Since": "it begins then and its end is open",
    "Until": "it ends then and its start is open",
    "By": "some time up to then",
    "Before": "some time before then",
    "After": "some time after then",
    "Inside": "some time up to so long afterwards",
}
