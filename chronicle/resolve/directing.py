"""Direct: where the words about an expression look: back, as "was" and "since" do, or ahead, as "will" and "until"."""

from __future__ import annotations

from typing import Final

from chronicle.resolve import tense
from chronicle.resolve.joining import DEFERRED, LONGEST_JOIN
from chronicle.resolve.passage import Passage
from chronicle.resolve.reckon import CERTAIN
from chronicle.resolve.style import COLLOQUIAL
from chronicle.tagger import kinds
from chronicle.tagger import meaning as m
from chronicle.tagger.candidate import ENDED, FUTURE, NOW, PASSAGE, PAST, RANGE, Candidate

Cue = tuple[str | None, int]
_SIDE_BY_SIDE: Final = 2
_CLAUSE: Final = 60
_CLAUSE_WORDS: Final = 6
_NO_CUE: Final[Cue] = (None, 0)
# a time that something lasts until, or is due by, lies ahead
_AHEAD: Final = frozenset({"Until", "By"})


def direct(passage: Passage, candidates: list[Candidate]) -> list[Candidate]:
    """Give every expression the direction in which its clause looks. Expressions side by side or in a list share their verbs."""
    directed: list[Candidate] = []
    shared, shared_to = _NO_CUE, -1 - _SIDE_BY_SIDE
    before: Candidate | None = None
    for candidate in candidates:
        # the end of a range goes by its start
        cue: Cue | None = _NO_CUE if before is not None and before.pair == RANGE else _signalled(passage, candidate)
        if cue is None and (kinds.needs_direction(candidate.meaning) or candidate.signal == "Inside"):
            if not _goes_on(passage, shared_to, candidate.start):
                aside = (
                    isinstance(candidate.meaning, m.Hence) and passage.text[candidate.end : candidate.end + 1] == ","
                )
                shared = tense.direction(passage.cues, passage.text, candidate.start, candidate.end, aside)
            if shared[0] is None and passage.style == COLLOQUIAL and kinds.is_weekday(candidate.meaning):
                # a chat makes plans
                shared = (FUTURE, 0)
            if _is_put_ahead(passage, candidate):
                shared = (FUTURE, 0)
            cue, shared_to = shared, candidate.end
        elif cue is None and kinds.counts_on(candidate.meaning):
            direction = tense.direction(passage.cues, passage.text, candidate.start, candidate.end)[0]
            cue = (direction, 0) if direction == PAST else _NO_CUE
        if before is not None and before.pair == ENDED:
            cue = (PAST, 0)
        direction, distance = cue or _NO_CUE
        told = _told(candidate, direction)
        goes_on = before is not None and (bool(told) or direction == PAST)
        meaning = kinds.settled(candidate.meaning, goes_on)
        if direction is not None or distance or told != candidate.told or meaning is not candidate.meaning:
            candidate = candidate._replace(meaning=meaning, told=told, direction=direction, cue_distance=distance)
        directed.append(candidate)
        before = candidate
    return directed


def _told(candidate: Candidate, direction: str | None) -> int:
    """Return whose time an expression is of, now that it is known where it looks: a passage of another time may look ahead from its own."""
    ahead = direction == FUTURE and candidate.signal not in _AHEAD
    return NOW if candidate.told == PASSAGE and ahead else candidate.told


def _signalled(passage: Passage, candidate: Candidate) -> Cue | None:
    """Return where the word before an expression looks, for those that look anywhere, and where all of a request does."""
    if passage.is_request and not (candidate.signal == "Since" and _goes_back(passage, candidate)):
        return FUTURE, CERTAIN
    if candidate.signal in _AHEAD:
        word = passage.text[candidate.signal_start : candidate.start].lower().strip()
        if passage.cues.without_article(word) in passage.cues.throughout:
            told = tense.direction(passage.cues, passage.text, candidate.start, candidate.end)[0]
            # "rain fell through Friday", but "flights were cancelled through Friday"
            clause = passage.text[max(0, candidate.start - _CLAUSE) : candidate.start].lower().split()[-_CLAUSE_WORDS:]
            if told == PAST and passage.cues.was.isdisjoint(clause) and not _is_put_ahead(passage, candidate):
                return PAST, 0
        over = tense.is_over(passage.cues, passage.text, candidate.start, candidate.end, candidate.signal or "")
        return PAST if over else FUTURE, 0
    if candidate.signal == "Since" and _goes_back(passage, candidate):
        return PAST, CERTAIN
    return None


def _goes_back(passage: Passage, candidate: Candidate) -> bool:
    """Tell whether the word before an expression is one for what is past: "since"."""
    signal = passage.text[candidate.signal_start : candidate.start]
    return passage.cues.without_article(signal) in passage.cues.backward


def _goes_on(passage: Passage, shared_to: int, start: int) -> bool:
    """Tell whether an expression stands right behind the one whose direction was asked for last, or is listed with it."""
    gap = start - shared_to
    if not 0 <= gap <= LONGEST_JOIN:
        return False
    between = passage.text[shared_to:start].strip().lower()
    return between in passage.cues.listing or (gap <= _SIDE_BY_SIDE and between in ("", ","))


def _is_put_ahead(passage: Passage, candidate: Candidate) -> bool:
    """Tell whether an expression is of what is to come by the word before it ("for Saturday") or by what was put off to it."""
    text, cues, start = passage.text, passage.cues, candidate.start
    if kinds.is_weekday(candidate.meaning) and cues.ahead.search(text, max(0, start - LONGEST_JOIN), start):
        return True
    return cues.deferred.search(text, max(0, start - DEFERRED), start) is not None
