"""Where a title may end: only where what is left is a whole clause, and rather where a reader would pause."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Final

from chronicle.extraction.choices import Choice
from chronicle.extraction.clause import has_agent
from chronicle.extraction.draft import BOTH, DASHES, HEADS, QUOTES, Draft
from chronicle.extraction.syntax import FINITE, NOMINAL, Word, lists

_OPEN: Final = frozenset(
    ("determiner", "preposition", "conjunction", "relative", "modal", "be", "have", "do", "to", "possessive")
)
_ADVERBIAL: Final = frozenset(("before", "since", "up", "down", "off", "out", "over", "in", "on"))
_FEW: Final = 8
# what a reader loses where a title ends, counted in characters of it
_PAUSE: Final = 1
_CLAUSE_LOST: Final = 3
_PHRASE_LOST: Final = 4
_GOAL_LOST: Final = 6
_BEHIND_VERB: Final = 9
_OF_LOST: Final = 12
_MEMBER_LOST: Final = 14
_ANOTHER_CLAUSE: Final = 16
_INFINITIVE_BARE: Final = 20
_OF_THE_LOST: Final = 22
_NOTHING_SAID: Final = 30


class Ends:
    """Yields where the titles of a draft may end, the longest first, as long as one may be better than ``beaten``."""

    def __init__(self, draft: Draft, longest: int, enough: int) -> None:
        self._draft, self._longest, self._enough = draft, longest, enough
        self.beaten = 0
        self._words, self._cuts, self._end = draft.words, draft.cuts, draft.end

    def _kept(self, choice: Choice) -> list[int]:
        cuts = self._cuts + choice.cuts
        return [
            i
            for i in range(choice.first, choice.last)
            if not any(c.start <= self._words[i].start and self._words[i].end <= c.end for c in cuts)
        ]

    def of(self, choice: Choice) -> Iterator[tuple[int, int]]:
        """Yield where a choice may end, as offsets, with the price of each; only ends that leave a whole clause."""
        words = self._words
        kept = self._kept(choice)
        room = self._longest - len(choice.lead)
        if not kept:
            return
        length = 0
        reached: list[tuple[int, int]] = []
        for number, index in enumerate(kept):
            gap = words[index].start - words[kept[number - 1]].end if number and kept[number - 1] == index - 1 else 1
            length += words[index].end - words[index].start + (min(gap, 1) if number else 0)
            if length > room + 12:
                break
            reached.append((number, index))
        start = words[choice.first].start - len(choice.lead) - 1
        for number, index in reversed(reached):
            # no shorter one can be better than what is found already
            if min(words[index].end - start, self._enough) - choice.price <= self.beaten:
                return
            if choice.about >= 0 and index < choice.about:
                return
            stop, ahead = words[index].end, number + 1
            if ahead + 1 < len(kept) and words[kept[ahead]].text == "." and words[kept[ahead]].start == stop:
                # the period of an abbreviation
                stop, ahead = stop + 1, ahead + 1
            following = kept[ahead] if ahead < len(kept) else None
            price = self._price(kept[: number + 1], following)
            # the cheap question first
            if price is not None and (choice.is_phrase or self._is_clause(kept[: number + 1], choice)):
                yield stop, price + self._goes_beyond(kept[: number + 1], choice.about)

    def _price(self, kept: list[int], following: int | None) -> int | None:
        """Return what it costs to end a title at the last of some words, or None where no reader would pause."""
        words = self._words
        last = words[kept[-1]]
        if last.kind == "mark" and (last.text not in (*QUOTES, "%") or self._draft.opens_quote(last)):
            return None
        if following is None:
            # nothing of what was said is left
            return _NOTHING_SAID if last.text.lower() in lists()["saying"] and len(kept) <= _FEW else 0
        after = words[following]
        low, low_last = after.text.lower(), last.text.lower()
        if after.text in DASHES and low_last in _ADVERBIAL:
            return 0
        each = low_last == "each" and len(kept) > 1 and words[kept[-2]].kind == "number"
        if not each and (last.kind in _OPEN or low_last in lists()["dangling"]):
            return None
        if (
            last.kind == "gerund"
            and after.kind != "mark"
            and len(kept) > 1
            and words[kept[-2]].kind in ("preposition", "conjunction")
        ):
            return None
        listed = len(kept) > 1 and words[kept[-2]].text == ","
        if listed and last.kind == "gerund":
            return None
        parted = after.text in (",", *DASHES) or (last.text.endswith("ly") and after.kind == "preposition")
        if last.kind == "adverb" and (listed or not parted):
            return None
        rest = words[following + 1 : following + 2]
        initials = last.text in ("S", "N") and words[kept[-1] - 1].text == "."
        if initials and low in (",", "and", "or"):
            return None
        if after.text == "," and listed:
            # in the middle of a list
            return None
        if after.text == ",":
            return _PAUSE if not rest or rest[0].kind in ("relative", "conjunction", "gerund") else _PHRASE_LOST
        if after.text in DASHES or after.text == ".":
            return 0
        if low == "of":
            return self._price_of(kept, rest)
        if low in ("million", "billion", "trillion", "percent", "cents", "%"):
            return None
        if low in ("and", "or"):
            shared = any(words[i].text.lower() in ("between", "both", "either") for i in kept[-10:])
            return (
                None
                if shared or listed
                else _CLAUSE_LOST
                if rest and rest[0].kind in (*FINITE, "pronoun", "determiner")
                else _MEMBER_LOST
            )
        if after.kind == "preposition":
            infinitive = len(kept) > 1 and words[kept[-2]].kind == "to" and last.kind == "verb"
            if last.kind == "verb" and low in ("about", "up", "out", "off", "down"):
                return None
            return (
                _INFINITIVE_BARE if infinitive else _PHRASE_LOST if last.kind in (*HEADS, "adjective") else _BEHIND_VERB
            )
        if after.kind in ("conjunction", "relative"):
            return _CLAUSE_LOST
        if after.kind == "to":
            # "told the bank to close": the infinitive belongs to the verb, where "to the bank" can go
            if rest and rest[0].kind in FINITE:
                told = any(words[i].text.lower() in lists()["told-to"] for i in kept[-12:])
                return None if told or last.kind not in HEADS else _BEHIND_VERB
            return _MEMBER_LOST if last.kind == "verb" else _GOAL_LOST
        return None

    def _price_of(self, kept: list[int], rest: list[Word]) -> int | None:
        """Return what it costs to end before "of": nothing is left of a name, a number or "a handful" without it."""
        words = self._words
        last = words[kept[-1]]
        in_name = last.kind == "name" and bool(rest) and rest[0].text[:1].isupper()
        if in_name or last.kind == "number" or last.text.lower() in lists()["partitive"]:
            return None
        articles = [words[i].text.lower() for i in kept[-4:] if words[i].kind == "determiner"]
        return _OF_LOST if articles[-1:] in (["a"], ["an"]) else _OF_THE_LOST

    def _goes_beyond(self, kept: list[int], about: int) -> int:
        """Return what it costs that a title goes on into a clause of its own behind the one that it is about."""
        words = self._words
        if about < 0:
            return 0
        for number, index in enumerate(kept):
            if index <= about or number + 2 >= len(kept):
                continue
            text = words[index].text
            joined = text == "," and words[kept[number + 1]].text.lower() in ("but", "and", "while", "so", "whereas")
            aside = text == "," and words[kept[number + 1]].kind == "relative"
            if aside:
                return _ANOTHER_CLAUSE
            begins = text == ";" or (joined and words[kept[number + 2]].kind not in ("verb", "preposition"))
            if begins and any(words[i].kind in FINITE for i in kept[number + 2 :]):
                return _ANOTHER_CLAUSE
        return 0

    def _is_clause(self, kept: list[int], choice: Choice) -> bool:
        """Tell whether some words are a whole clause: a verb with a subject, and no subordinate clause that has lost its verb."""
        words = self._words
        kinds = [words[i].kind for i in kept]
        verbs = [n for n, kind in enumerate(kinds) if kind in FINITE and not self._is_participle(kept, n)]
        if not verbs or kept[-1] < choice.about:
            return False
        if (
            not choice.lead
            and not any(kind in HEADS for kind in kinds[: verbs[0]])
            and kinds[: verbs[0]] != ["determiner"]
        ):
            return False
        leads_up = kinds[0] == "preposition" and not (
            len(kept) > 1 and (kinds[1] == "number" or words[kept[1]].text in ("least", "most", "than", "$"))
        )
        if not choice.lead and (leads_up or words[kept[0]].text.lower() in lists()["subordinating"]):
            # what only leads up to a clause needs the clause
            comma = next((n for n, i in enumerate(kept) if words[i].text == ","), None)
            if comma is None or not any(n > comma for n in verbs):
                return False
        relative = next((n for n, kind in enumerate(kinds) if kind == "relative"), None)
        if relative is not None and 0 < relative < verbs[0] and not choice.lead and kinds[relative - 1] != "verb":
            # the verb of a relative clause is not that of the sentence
            after = next(
                (n for n in range(verbs[0], len(kinds)) if kinds[n] not in (*FINITE, "adverb", "to", "time")),
                len(kinds),
            )
            if not any(n > after and kinds[n - 1] != "to" for n in verbs):
                return False
        saying = lists()["saying"]
        pending = False
        for number, index in enumerate(kept):
            word = words[index]
            low = word.text.lower()
            if word.kind in FINITE and not (pending and low in saying and word.kind != "verb"):
                pending = False
            if word.kind == "relative" or low in lists()["subordinating"]:
                pending = True
            elif low in saying and word.kind == "verb":
                pending = self._is_followed_by_clause(index, choice.last) and bool(number or choice.lead)
            elif low in BOTH and number:
                # a preposition, or the beginning of a clause
                pending = self._opens_clause(index, choice.last)
        return not pending

    def _is_participle(self, kept: list[int], number: int) -> bool:
        """Tell whether a verb only describes the noun before it: "a delegation, led by X"."""
        words = self._words
        word = words[kept[number]]
        if word.kind != "verb" or number == 0 or kept[number] + 1 >= len(words):
            return False
        before, following = words[kept[number] - 1], words[kept[number] + 1]
        if words[kept[number - 1]].text == ",":
            # behind the comma that opens an aside, not behind the one that closes it
            commas = sum(words[i].text == "," for i in kept[:number])
            return following.kind in ("preposition", "time") and commas % 2 == 1
        return has_agent(words, kept[number]) and before.kind in ("noun", "name", "happening", "possessive")

    def _is_followed_by_clause(self, at: int, last: int) -> bool:
        """Tell whether what is said follows a verb of saying as a clause of its own, with or without "that"."""
        words = self._words
        index = at + 1
        if words[at].text.lower() in lists()["reporting"]:
            # "reported a loss" has a noun there, unless "that" says otherwise
            near = itertools.takewhile(
                lambda w: w.kind not in FINITE and w.kind != "mark", words[index : min(last, index + 8)]
            )
            return any(w.kind == "relative" for w in near)
        while index < last and words[index].kind in ("time", "adverb", "preposition"):
            if words[index].kind == "preposition":
                return any(w.kind == "relative" for w in words[index : index + 12])
            index += 1
        for word in words[index : min(last, index + 30)]:
            if word.kind == "relative" or word.kind in FINITE:
                return True
            if word.kind == "mark" and word.text in (";", ":"):
                return False
        return False

    def _opens_clause(self, at: int, last: int) -> bool:
        """Tell whether a clause follows, with its subject and verb, rather than a noun."""
        for index in range(at + 1, last):
            word = self._words[index]
            if word.kind in FINITE:
                return index > at + 1
            if word.text in DASHES:
                return any(w.text in DASHES for w in self._words[index + 1 : last])
            if word.kind not in NOMINAL:
                return word.text == "," and (self._kept_comma(index, last) or self._listed_subject(index, last))
        return False

    def _listed_subject(self, at: int, last: int) -> bool:
        """Tell whether a comma stands in a list that is the subject of a verb: "his mother, stepfather and sister drowned"."""
        joined = False
        for word in self._words[at + 1 : min(last, at + 12)]:
            if word.kind in FINITE:
                return joined
            if word.text.lower() in ("and", "or"):
                joined = True
            elif (
                word.kind not in ("noun", "name", "determiner", "adjective", "number", "happening", "possessive")
                and word.text != ","
            ):
                return False
        return False

    def _kept_comma(self, at: int, last: int) -> bool:
        """Tell whether a comma opens an aside between a subject and its verb."""
        closing = next(
            (i for i in range(at + 1, last) if self._words[i].text == "," and self._draft.verb_follows(i, last)), None
        )
        return closing is not None and not any(w.kind in FINITE for w in self._words[at:closing])
