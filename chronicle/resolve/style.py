"""Style: whether a short text is talk, a post or a request to an assistant, rather than news or a story.

Talk names times that news would not ("had a long day"), and a request looks ahead: what it names is still to come.
"""

from __future__ import annotations

import re
from typing import Final

from chronicle.resolve.cues import Cues

NEWS: Final = "news"
NARRATIVE: Final = "narrative"
COLLOQUIAL: Final = "colloquial"
# in characters: longer texts are no posts
_LONGEST: Final = 400
_MOST_BREAKS: Final = 1
_LONGEST_ASKING: Final = 4
# how far into a text its request may stand, and what parts its clauses
_OPENING: Final = 160
_FEWEST_CAPITALS: Final = 16
_MARKS = re.compile(
    r"(?:^|\s)[#@]\w|https?://(?=\S*$|t\.co)|(?:^|\s)[:;=][-']?[()DPpO3/|]|!!|\.\.\.|<3|[\U0001F300-\U0001FAFF]|\w~"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def is_talk(text: str, cues: Cues) -> bool:
    """Tell whether a text is a post: short, with the marks or words of talk, in the first person, or in one case throughout."""
    if len(text) > _LONGEST or text.strip().count("\n") > _MOST_BREAKS:
        return False
    if _MARKS.search(text):
        return True
    words = _WORD.findall(text.replace("’", "'"))
    if any(
        word.lower() in cues.talk or ((word == "I" or word.lower() in cues.first) and len(word) < 7) for word in words
    ):
        return '"' not in text and "“" not in text
    letters = sum(map(len, words))
    return letters >= _FEWEST_CAPITALS and text.isupper()


def is_request(text: str, cues: Cues) -> bool:
    """Tell whether a text asks for something to be done."""
    if len(text) > _LONGEST:
        return False
    return any(_asks(clause, cues) for clause in cues.clause.split(text[:_OPENING].replace("’", "'")))


def _asks(clause: str, cues: Cues) -> bool:
    words = [word.lower() for word in _WORD.findall(clause)[:_LONGEST_ASKING]]
    if not words:
        return False
    return words[0] in cues.commands or any(" ".join(words[:n]) in cues.asking for n in range(1, len(words) + 1))
