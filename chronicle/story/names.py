"""Which common noun stands for which name in a story: "the ferry Sigrid", "Halvorsen Water, the owner", "Mayor Victor Stamm"."""

from __future__ import annotations

from chronicle.syntax.happenings import Lexicon, words_of


class Names:
    """The nouns and names that stand beside each other in a story's sentences. A noun that stands beside one name only may stand for it."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._beside: dict[str, set[str]] = {}

    def learn(self, text: str) -> None:
        """Read a sentence."""
        for pattern in self._lexicon.beside:
            for noun, name in pattern.findall(text):
                self._note(noun, name)
        for pattern in self._lexicon.behind:
            for name, noun in pattern.findall(text):
                self._note(noun, name)

    def _note(self, noun: str, name: str) -> None:
        # the last word of a name is the one that comes again by itself: Victor Stamm, Stamm
        self._beside.setdefault(self._lexicon.stem(noun), set()).add(self._lexicon.stem(words_of(name)[-1]))

    def meant_by(self, noun: str) -> str | None:
        """Return the stem of the name that a noun (a stem) stands for, None where it is none or more than one."""
        found = self._beside.get(noun, ())
        return next(iter(found)) if len(found) == 1 else None
