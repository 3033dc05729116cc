"""What an event tells, as far as it helps to see whether another tells the same."""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

from chronicle.event import SMALL_WORDS, Event
from chronicle.story.lexicon import Lexicon, words_of

AHEAD: Final = frozenset(("planned", "expected", "possible", "hypothetical"))
DONE: Final = frozenset(("happened", "ongoing"))
_NUMBER: Final = re.compile(r"\d[\d,.]*")
_PRONOUNS: Final = frozenset(
    "i we you he she it they me us him her them his hers its their our my this that these those who which there one".split()
)
_SMALL: Final = SMALL_WORDS | _PRONOUNS | frozenset(
    "after also although any because before between but did does during had he into more most not only other over "
    "she some such than their then they through under up would could should may might when where while".split()
)


@frozen
class Telling:
    """``does`` are the kinds of the predicate (or its stem, where it is of none), ``about`` the kinds of the other words; ``words`` the stems
    of what carries meaning, ``names`` those of the proper names among them, ``actors`` those of who and whom, ``numbers`` the figures;
    ``aside`` the stems of the sentences that it was told in."""

    does: frozenset[str]
    about: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    actors: frozenset[str]
    numbers: frozenset[str]
    aside: frozenset[str]
    stems: tuple[str, ...]
    light: bool

    @property
    def core(self) -> frozenset[str]:
        """The kinds of what happened: the predicate's, and those of the words beside one that says little."""
        return self.does | self.about if self.light else self.does

    @property
    def kinds(self) -> frozenset[str]:
        """All its kinds."""
        return self.does | self.about


def telling(event: Event, lexicon: Lexicon) -> Telling:
    """Return what an event tells."""
    titled = words_of(event.title)
    stems = tuple(lexicon.stem(w) for w in titled)
    heart = lexicon.stems(event.predicate.text) if event.predicate is not None else ()
    does: set[str] = set()
    about: set[str] = set()
    for start, end, kinds in lexicon.kinds_in(stems):
        at_heart = bool(heart) and heart[0] in stems[start:end]
        (does if at_heart else about).update(kinds)
    light = all(stem in lexicon.light for stem in heart)
    if not does and heart:
        does.update(kind for _, _, kinds in lexicon.kinds_in(heart) for kind in kinds)
        if not does and not light:
            does.add("=" + heart[0])
    named = [*event.people, *event.organisations, *event.places]
    actors = _carrying(lexicon, [*words_of(event.who or ""), *words_of(event.whom or "")])
    words = _carrying(lexicon, titled) | actors | _carrying(lexicon, [w for name in named for w in words_of(name)])
    names = {lexicon.stem(w) for name in named for w in words_of(name) if w.casefold() not in _SMALL}
    names.update(lexicon.stem(w) for w in _proper(titled))
    names.update(lexicon.stem(w) for text in (event.who, event.whom) for w in _proper(words_of(text or "")))
    return Telling(
        does=frozenset(does),
        about=frozenset(about) - lexicon.aside,
        words=words - lexicon.ahead,
        names=frozenset(names),
        actors=actors,
        numbers=frozenset(n.strip(".,") for n in _NUMBER.findall(event.title)),
        aside=frozenset().union(*(_carrying(lexicon, words_of(s.quote or "")) for s in event.sources)),
        stems=stems,
        light=light,
    )


def _carrying(lexicon: Lexicon, words: list[str]) -> frozenset[str]:
    """Return the stems of the words that carry meaning."""
    return frozenset(lexicon.stem(w) for w in words if w.casefold() not in _SMALL)


def _proper(words: list[str]) -> list[str]:
    """Return the words with a capital, the first only where the next has one too."""
    return [
        w
        for place, w in enumerate(words)
        if w[:1].isupper() and w.casefold() not in _SMALL and (place or words[1:2] and words[1][:1].isupper())
    ]
