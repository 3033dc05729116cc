"""Direction: whether the clause about an expression speaks of the past or of what is to come.

The nearest cue before the expression decides, in its own sentence; where there is none, the first cue after it. The cues
are data: the section [tense] of a language's folder. They are looked up word by word, so that the cost is bounded by the
reach, whatever the text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from chronicle.resolve.cues import NEITHER, WORD, Cues
from chronicle.tagger.candidate import FUTURE, PAST, SILENT

_REACH: Final = 140
_LONGEST_STRETCH: Final = 3
_OPENS_NEAR: Final = 5
# "no later than"
_OPENING_WORDS: Final = 3
# the words right before a signal, of the three: one, or two of them
_STRETCHES: Final = ((1, 2), (0, 2), (0, 1))
_STOP = re.compile(r"[.!?][\"”’')\]»]*\s+[\"“‘'(\[«„¿¡]*|\n\s*\n|``|[;。！？；]")
_LAST_WORD = re.compile(r"(?:[^\W\d_]+\.)*[^\W\d_]+$")
_LONGEST_ABBREVIATION: Final = 8
# "the launch, in three weeks, will ..."
_PARENTHESIS: Final = re.compile(r",\s+\w+\s+$")


def direction(cues: Cues, text: str, start: int, end: int, aside: bool = False) -> tuple[str | None, int]:
    """Return "past", "future", or None where the sentence has no cue, and how many characters away the cue stands.

    ``aside``: what stands behind the expression tells nothing of it, unless it opens the sentence ("up by half in six years, it will ...").
    """
    owner = cues.possessive.match(text, end)
    if owner is not None and not cues.happened.isdisjoint(owner.groups()):
        return PAST, 0
    before, words = _before(cues, text, start)
    for index, cue in _cues(cues, words, range(len(words) - 1, -1, -1)):
        word = words[index]
        if cue == PAST and index and words[index - 1] in cues.present:
            # "when she is sentenced" lies ahead; "he is accused" says nothing of when he did it
            if not cues.conditional.isdisjoint(words[max(0, index - _OPENS_NEAR) : index - 1]):
                return FUTURE, len(before) - before.rfind(word) - len(word)
            continue
        # a participle after "will be" is of the future, "could be seen" is not
        beside = index and cue == PAST and f"{words[index - 1]} {word}" in before and not _is_phrase(cues, words, index)
        auxiliary = _cue(cues, words, index - 1) if beside else None
        return auxiliary or cue, len(before) - before.rfind(word) - len(word)
    # what opens a sentence ("In January, ...") belongs to its main verb, however far away that stands
    opens = len(words) <= 1
    if aside and not opens and not _PARENTHESIS.search(before):
        return None, SILENT
    after, words = _after(cues, text, end)
    for index, cue in _cues(cues, words, range(len(words))):
        if not (cue == PAST and index and words[index - 1] in cues.present):
            return cue, 0 if opens else after.find(words[index])
    return None, _REACH


def is_over(cues: Cues, text: str, start: int, end: int, signal: str) -> bool:
    """Tell whether a time that something lasted until, or was so by, is past: as the past perfect of its sentence says, or a verb of
    lasting; where it opens a sentence that tells of the past; or where something simply was so "by" it."""
    before, words = _before(cues, text, start)
    after, following = _after(cues, text, end)
    if len(words) <= _OPENING_WORDS and _is_told(cues, following):
        return True
    clause = words if "," not in before else WORD.findall(before.rpartition(",")[2])
    last = clause[-_LONGEST_STRETCH:]
    if any(" ".join(last[first:stop]) in cues.lasted for first, stop in _STRETCHES):
        return True
    if signal == "By" and _was_so(cues, clause):
        return True
    if any(pair in cues.unreached for pair in itertools.pairwise(clause)) or not cues.unreached.isdisjoint(zip(clause)):
        # what had not come until then came then
        return True
    then = following[1:] if following and following[0] in cues.until_then else []
    if _is_told(cues, then) and all(cue != FUTURE for _, cue in _cues(cues, then, range(len(then)))):
        return True
    if _has_lasted(cues, clause):
        return True
    behind = WORD.findall(after.lstrip(" ,").partition(",")[0])
    return _was_before(cues, clause) or _was_before(cues, behind)


def _has_lasted(cues: Cues, words: list[str]) -> bool:
    """Tell whether the last verb of the past that words hold is one of lasting, told of who did it: "held the town", not "was held"."""
    told = next((index for index, cue in _cues(cues, words, range(len(words) - 1, -1, -1)) if cue == PAST), None)
    return told is not None and words[told] in cues.kept | cues.lasted and not (told and words[told - 1] in cues.was)


def _was_before(cues: Cues, words: list[str]) -> bool:
    """Tell whether words hold a past perfect: "had closed"."""
    for index, word in enumerate(words):
        if word in cues.perfect:
            # adverbs may stand between: "had not yet called"
            participle = next(
                (w for w in words[index + 1 : index + 4] if w in cues.cue_ends or cues.form(w) == PAST), ""
            )
            if participle and _cue(cues, [participle], 0) == PAST:
                return True
    return False


def _is_told(cues: Cues, words: list[str]) -> bool:
    """Tell whether the first verb of the words tells of the past: "(Until Monday) he was well"."""
    first = next(_cues(cues, words, range(len(words))), None)
    return first is not None and first[1] == PAST and words[first[0]] not in cues.reported


def _was_so(cues: Cues, words: list[str]) -> bool:
    """Tell whether words end with what simply was: "half of it was gone (by Monday)", but not "it was to be gone"."""
    for index in range(len(words) - 1, -1, -1):
        if words[index] in cues.was:
            return True
        if words[index] in cues.infinitive or _cue(cues, words, index) == FUTURE:
            return False
    return False


def _before(cues: Cues, text: str, start: int) -> tuple[str, list[str]]:
    """Return what stands before a place in its sentence, as far as a cue may stand, and the words of it."""
    first = max(0, start - _REACH)
    cut = first
    # the expression's first letter tells whether a sentence begins with it
    for _, beginning in _ends(cues, text[first : start + 1]):
        cut = first + beginning
    words = WORD.findall(text[cut:start])
    if cues.subjectless and words and (cut > first or not first):
        words[0] = words[0].lower()
    return text[cut:start], words


def _after(cues: Cues, text: str, end: int) -> tuple[str, list[str]]:
    """Return what stands after a place in its sentence, as far as a cue may stand, and the words of it."""
    after = text[end : end + _REACH]
    sentence = after[: next(_ends(cues, after), (len(after), 0))[0]]
    return sentence, WORD.findall(sentence)


def _ends(cues: Cues, text: str) -> Iterator[tuple[int, int]]:
    """Yield where sentences end in a text, and where the next ones begin."""
    for stop in _STOP.finditer(text):
        start, end = stop.span()
        if text[start] in ".!?":
            following = text[end : end + 1]
            if not following.isalnum() or following.islower() or _is_abbreviated(cues, text, start):
                continue
            end = start + len(stop.group().rstrip("\"“‘'([«„¿¡"))
        yield start, end


def _is_abbreviated(cues: Cues, text: str, stop: int) -> bool:
    word = _LAST_WORD.search(text, max(0, stop - _LONGEST_ABBREVIATION), stop)
    if word is None:
        return False
    last = word.group().rpartition(".")[2]
    return (len(last) == 1 and last.isupper()) or word.group() in cues.abbreviated


def _is_phrase(cues: Cues, words: list[str], index: int) -> bool:
    """Tell whether a cue of several words ends with a word."""
    first = max(0, index + 1 - cues.longest_cue)
    return any(" ".join(words[begin : index + 1]) in cues.cues for begin in range(first, index))


def _cues(cues: Cues, words: list[str], places: range) -> Iterator[tuple[int, str]]:
    """Yield the places of words that end a cue, in the order asked for, and the cue's tense."""
    ends = cues.cue_ends
    for index in places:
        word = words[index]
        before = ends.get(word)
        ended = before is not None and ("" in before or (index and words[index - 1] in before))
        if ended or cues.form(word if index else word[:1].lower() + word[1:]):
            cue = _cue(cues, words, index)
            if cue is not None:
                yield index, cue


def _cue(cues: Cues, words: list[str], index: int) -> str | None:
    """Return the tense of the cue that ends with a word, the longest first."""
    word = words[index]
    if word in cues.nounlike and index and words[index - 1] in cues.describing:
        return None
    if word in cues.cue_ends:
        for length in range(min(cues.longest_cue, index + 1), 0, -1):
            first = index - length + 1
            found = cues.cues.get(" ".join(words[first : index + 1]))
            if found == FUTURE and words[first] in cues.infinitive and first and words[first - 1] in cues.realized:
                return PAST
            if found is not None:
                return None if found == NEITHER else found
    # what opens a sentence is written with a capital
    form = cues.form(word if index else word[:1].lower() + word[1:])
    return None if form == PAST and index and words[index - 1] in cues.attributive else form
