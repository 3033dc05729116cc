"""Cues: what the words about an expression tell in one language, as the steps of the way ask for it.

The words are data, in the sections [sentences], [lists], [range] and [tense] of a language's folder; what the keys of these mean
is said in ``KEYS`` of :mod:`chronicle.tagger.language` and in the files. Here they become tables and patterns. None of these
patterns backtracks without bound: each is looked up in a window of so many characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from chronicle.tagger.candidate import FUTURE, PAST
from chronicle.tagger.language import Language
from chronicle.tagger.patterns import NONE, UNSPACED, ending, one_of

# a participle that only says which quarter is meant
NEITHER: Final = "neither"
_SHORTEST_VERB: Final = 3
_FORMS_KEPT: Final = 50_000
_ELIDED: Final = re.compile(r"^(?:qu|[a-z])['’]")
# a script without spaces is read sign by sign
WORD: Final = re.compile(r"[\u2e80-\u9fff]|[^\W\d_\u2e80-\u9fff]+(?:['’][^\W\d_]+)?")


class Cues:
    """The words about expressions of one language."""

    def __init__(self, language: Language) -> None:
        self.signals = language.signals
        sentences, lists, ranges, tense = (language.lists[s] for s in ("sentences", "lists", "range", "tense"))
        self._articles = lists.get("articles", ())
        style = language.lists["style"]
        self.clause = re.compile(rf"[,.!?;:]\s+|\s+(?=(?:{one_of(style.get('wishing', ()))})\b)", re.IGNORECASE)
        self.talk, self.first, self.commands, self.asking = (
            frozenset(style.get(key, ())) for key in ("talk", "first", "commands", "asking")
        )
        self.abbreviated = frozenset(sentences.get("abbreviated", ()))

        self.excepting = frozenset(lists.get("excepting", ()))
        self.listing = frozenset(lists.get("joined", ()))
        self.list_opening = ending(lists.get("opening", ()), self._articles)
        self.day, self.days_before, self.days_after = _lists_of_days(lists)
        self.month_first = bool(lists.get("month_first"))

        self.joining = frozenset(ranges.get("joining", ()))
        self.joining_alone = frozenset(ranges.get("joining_alone", ()))
        self.joining_both = frozenset(ranges.get("joining_both", ()))
        self.opening_both = frozenset(ranges.get("opening_both", ()))
        self.opening = ending((*ranges.get("opening", ()), *self.opening_both), self._articles)
        self.before_end = tuple(f" {word}" for word in ranges.get("before_end", ()))
        self.parting = self._parting()
        self.inside = frozenset(ranges.get("inside", ()))
        self.counting = frozenset(ranges.get("counting", ()))
        # between a day and a time of it that languages mark as two expressions
        self.timed = frozenset(ranges.get("timed", ()))
        self.closed = frozenset(ranges.get("closed", ()))
        self.closing = self.closed | frozenset(ranges.get("closing", ()))

        self.cues = {cue: name for name in (PAST, FUTURE, NEITHER) for cue in map(_spaced, tense.get(name, ()))}
        # the last word of a cue, and the words that may stand before it there; nothing: it is one alone
        self.cue_ends: dict[str, set[str]] = {}
        for cue in self.cues:
            *_, before, last = ("", *cue.split())
            self.cue_ends.setdefault(last, set()).add(before)
        self.past_endings = tense.get("past_ending", ())
        self.future_endings = tense.get("future_ending", ())
        self._past_form, self._future_form = (
            re.compile("|".join(tense.get(key, ())) or NONE) for key in ("past_form", "future_form")
        )
        self._forms: dict[str, str | None] = {}
        # a verb may open a sentence, with a capital
        self.subjectless = bool(tense.get("subjectless"))
        self.longest_cue = max((cue.count(" ") + 1 for cue in self.cues), default=1)
        self.attributive = frozenset(tense.get("attributive", ()))
        self.realized = frozenset(tense.get("realized", ()))
        self.infinitive = frozenset(tense.get("infinitive", ()))
        self.present = frozenset(tense.get("present", ()))
        self.conditional = frozenset(tense.get("conditional", ()))
        self.lasted = frozenset(tense.get("lasted", ()))
        self.kept = frozenset(tense.get("kept", ()))
        self.until_then = frozenset(tense.get("until_then", ()))
        self.unreached = frozenset(tuple(words.split()) for words in tense.get("unreached", ()))
        self.reported = frozenset(tense.get("reported", ()))
        self.nounlike = frozenset(tense.get("nounlike", ()))
        self.describing = frozenset(tense.get("describing", ()))
        self.backward = frozenset(tense.get("backward", ()))
        self.throughout = frozenset(tense.get("throughout", ()))
        self.was = frozenset(tense.get("was", ()))
        self.perfect = frozenset(tense.get("perfect", ()))
        self.happened = frozenset(tense.get("happened", ()))
        self.possessive = _possessive(tense.get("possessive", ()))
        self.ahead = ending(tense.get("ahead", ()), self._articles)
        self.deferred = _carried(tense.get("deferred", ()), self.joining, self._articles)

    def form(self, word: str) -> str | None:
        """Return the tense that a word's form tells of, be it a verb: by its ending, or as a pattern of the language has it."""
        known = self._forms.get(word, "")
        if known == "":
            if len(self._forms) > _FORMS_KEPT:
                self._forms.clear()
            verb = _ELIDED.sub("", word)
            past = word.endswith(self.past_endings) or self._past_form.fullmatch(verb)
            ahead = word.endswith(self.future_endings) or self._future_form.fullmatch(verb)
            known = self._forms[word] = PAST if past and _is_verb(word) else FUTURE if ahead else None
        return known

    def without_article(self, words: str) -> str:
        """Return words in small letters, one space between, without an article at their end."""
        *before, last = words.lower().split() or [""]
        return " ".join(before if last in self._articles else [*before, last])

    def _parting(self) -> re.Pattern[str]:
        """Return a pattern for what stands between the two ends of a range in one phrase."""
        words = {w for w in self.joining | self.listing if w[0].isalpha() and (" " not in w or w == self.without_article(w))}
        spaced = {w for w in words if not UNSPACED.search(w)}
        return re.compile(rf"[\s-]+(?:{one_of(spaced)})[\s-]+|(?:{one_of(words - spaced)})", re.IGNORECASE)


def _carried(verbs: Iterable[str], joining: Iterable[str], articles: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for a verb, what is between, and a word that joins it to the time to which something was put off."""
    to = ending([w for w in joining if w.isalpha()], articles).pattern
    return re.compile(rf"\b(?:{one_of(verbs)})\b[^.;\n]*{to}", re.IGNORECASE)


def _spaced(cue: str) -> str:
    """Write a cue as the words that a sentence is read in."""
    return " ".join(WORD.findall(cue))


def _possessive(marks: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for what belongs to an expression: "Friday's attack", "Friday's suicide attack"."""
    return re.compile(rf"(?:{one_of(marks)})\s+(\w[\w-]*)(?:\s+(\w[\w-]*))?")


def _lists_of_days(
    lists: dict[str, tuple[str, ...]],
) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return patterns for a day, for days before a date ("5, 6 and" 9 May) and for days after one (May 5", 7 and 9, 1944")."""
    suffix, last = one_of(lists.get("day_suffix", ())), one_of(lists.get("and", ()))
    articles, behind = one_of(lists.get("articles", ())), one_of(lists.get("behind", ()))
    day = rf"\d{{1,2}}(?:{suffix})?"
    return (
        re.compile(rf"\b(\d{{1,2}})(?:{suffix})?(?!\w)"),
        re.compile(rf"(?<!\d)((?:{day},\s+)*{day}),?\s+(?:({last})\s+(?:(?:{articles})\s+)?)?$"),
        re.compile(
            rf"((?:,\s+\d{{1,2}})*,?\s+(?:{last})\s+\d{{1,2}})(?:,?\s+(\d{{4}}))?(?=[,.;:)\"”]|\s*$|\s+(?:{behind})\b)"
        ),
    )


def _is_verb(word: str) -> bool:
    """Tell whether a word may be a verb by its look: no name, and not too short, but in a script without capitals a letter is a syllable."""
    return len(word) > _SHORTEST_VERB if word.islower() else word == word.lower()
