"""Direction: whether the clause about an expression speaks of the past or of what is to come.

The nearest cue before the expression decides, in its own sentence; where there is none, the first cue after it. The cues
are data: the section [tense] of a language's file. They are looked up word by word, so that the cost is bounded by the
reach, whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from chronicle.tagger.language import Language

_REACH: Final = 140
_LONGEST_CUE: Final = 3
_OPENS_NEAR: Final = 5
# "no later than"
_OPENING_WORDS: Final = 3
# the words right before a signal, of the three: one, or two of them
_STRETCHES: Final = ((1, 2), (0, 2), (0, 1))
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])|\n\s*\n|``|[;]")
_ABBREVIATED: Final = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Sgt|Col|Lt|Capt|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|a\.m|p\.m|U\.S|U\.N|Inc|Corp|Co|Ltd|vs|v|No|Jr|Sr"
    r"|Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Miss|Mo|Neb|Nev|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis)$"
)
_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_POSSESSIVE: Final = re.compile(r"['’]s?\s+(\w[\w-]*)(?:\s+(\w[\w-]*))?")

_PAST: Final = "past"
_FUTURE: Final = "future"
# a participle that only says which quarter is meant
_NEITHER: Final = "neither"
# the distance of no cue where what is beside the expression tells nothing of it
SILENT: Final = -1
# "the launch, in three weeks, will ..."
_PARENTHESIS: Final = re.compile(r",\s+\w+\s+$")
_CONTRACTED: Final = ("'ll", "’ll")


def direction(language: Language, text: str, start: int, end: int, aside: bool = False) -> tuple[str | None, int]:
    """Return "past", "future", or None where the sentence has no cue, and how many characters away the cue stands.

    ``aside``: what stands behind the expression tells nothing of it, unless it opens the sentence ("up by half in six years, it will ...").
    """
    owner = _POSSESSIVE.match(text, end)
    if owner is not None and not language.happened.isdisjoint(owner.groups()):
        return _PAST, 0
    before, words = _before(text, start)
    for index, cue in _cues(language, words, range(len(words) - 1, -1, -1)):
        word = words[index]
        if cue == _PAST and index and words[index - 1] in language.present:
            # "when she is sentenced" lies ahead; "he is accused" says nothing of when he did it
            if not language.opening.isdisjoint(words[max(0, index - _OPENS_NEAR) : index - 1]):
                return _FUTURE, len(before) - before.rfind(word) - len(word)
            continue
        # a participle after "will be" is of the future
        beside = index and cue == _PAST and f"{words[index - 1]} {word}" in before
        auxiliary = _cue(language, words, index - 1) if beside else None
        return auxiliary or cue, len(before) - before.rfind(word) - len(word)
    # what opens a sentence ("In January, ...") belongs to its main verb, however far away that stands
    opens = len(words) <= 1
    if aside and not opens and not _PARENTHESIS.search(before):
        return None, SILENT
    after, words = _after(text, end)
    for index, cue in _cues(language, words, range(len(words))):
        if not (cue == _PAST and index and words[index - 1] in language.present):
            return cue, 0 if opens else after.find(words[index])
    return None, _REACH


def is_over(language: Language, text: str, start: int, end: int, signal: str) -> bool:
    """Tell whether a time that something lasted until, or was so by, is past: as the past perfect of its sentence says, or a verb of
    lasting; where it opens a sentence that tells of the past; or where something simply was so "by" it."""
    before, words = _before(text, start)
    after, following = _after(text, end)
    if len(words) <= _OPENING_WORDS and _is_told(language, following):
        return True
    clause = words if "," not in before else _WORD.findall(before.rpartition(",")[2])
    last = clause[-_LONGEST_CUE:]
    if any(" ".join(last[first:stop]) in language.lasted for first, stop in _STRETCHES):
        return True
    if signal == "By" and _was_so(language, clause):
        return True
    behind = _WORD.findall(after.lstrip(" ,").partition(",")[0])
    return _was_before(language, clause) or _was_before(language, behind)


def _was_before(language: Language, words: list[str]) -> bool:
    """Tell whether words hold a past perfect: "had closed"."""
    for index, word in enumerate(words):
        if word in language.perfect:
            # adverbs may stand between: "had not yet called"
            participle = next((w for w in words[index + 1 : index + 4] if w in language.cue_ends or w[-2:] == "ed"), "")
            if participle and _cue(language, [participle], 0) == _PAST:
                return True
    return False


def _is_told(language: Language, words: list[str]) -> bool:
    """Tell whether the first verb of the words tells of the past: "(Until Monday) he was well"."""
    first = next(_cues(language, words, range(len(words))), None)
    return first is not None and first[1] == _PAST and words[first[0]] not in language.reported


def _was_so(language: Language, words: list[str]) -> bool:
    """Tell whether words end with what simply was: "half of it was gone (by Monday)", but not "it was to be gone"."""
    for index in range(len(words) - 1, -1, -1):
        if words[index] in language.was:
            return True
        if words[index] == "to" or _cue(language, words, index) == _FUTURE:
            return False
    return False


def _before(text: str, start: int) -> tuple[str, list[str]]:
    """Return what stands before a place in its sentence, as far as a cue may stand, and the words of it."""
    first = max(0, start - _REACH)
    cut = first
    # the expression's first letter tells whether a sentence begins with it
    for _, beginning in _ends(text[first : start + 1]):
        cut = first + beginning
    return text[cut:start], _WORD.findall(text[cut:start])


def _after(text: str, end: int) -> tuple[str, list[str]]:
    """Return what stands after a place in its sentence, as far as a cue may stand, and the words of it."""
    after = text[end : end + _REACH]
    sentence = after[: next(_ends(after), (len(after), 0))[0]]
    return sentence, _WORD.findall(sentence)


def _ends(text: str) -> Iterator[tuple[int, int]]:
    """Yield where sentences end in a text, and where the next ones begin."""
    for stop in _SENTENCE_END.finditer(text):
        if not _ABBREVIATED.search(text, max(0, stop.start() - 6), stop.start()):
            yield stop.span()


def _cues(language: Language, words: list[str], places: range) -> Iterator[tuple[int, str]]:
    """Yield the places of words that end a cue, in the order asked for, and the cue's tense."""
    ends = language.cue_ends
    for index in places:
        word = words[index]
        if word in ends or word[-2:] == "ed" or word[-3:] in _CONTRACTED:
            cue = _cue(language, words, index)
            if cue is not None:
                yield index, cue


def _cue(language: Language, words: list[str], index: int) -> str | None:
    """Return the tense of the cue that ends with a word, the longest first."""
    word = words[index]
    if word in language.nounlike and index and words[index - 1] in language.describing:
        return None
    if word in language.cue_ends:
        for length in range(min(_LONGEST_CUE, index + 1), 0, -1):
            first = index - length + 1
            found = language.cues.get(" ".join(words[first : index + 1]))
            if found == _FUTURE and words[first] == "to" and first and words[first - 1] in language.realized:
                return _PAST
            if found is not None:
                return None if found == _NEITHER else found
    if word[-2:] == "ed" and len(word) > 3 and word.islower():
        return None if index and words[index - 1] in language.attributive else _PAST
    return _FUTURE if word[-3:] in _CONTRACTED else None
