"""Words of a sentence and their parts of speech, without a model: by lists, endings and neighbours.

What a word may be comes from speech.toml of the language; where it may be several, what stands beside it decides, from left to right. The module is long
because the classes of words decide one after another over one state.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from chronicle.syntax.lexicon import Lexicon
from chronicle.syntax.tree import Word

_TOKEN: Final = re.compile(
    r"(?:[A-Z]\.){2,}|\d{1,3}(?:, \d{3})*, 000\b|[A-Z]\.(?=\s+[A-Z])|\d[\d,.:/]*\d(?:[a-z]{1,2}\b)?|\d(?:[a-z]{1,2}\b)?|(?:[^\W\d_]+\.)(?=[^\W\d_]\.)(?:[^\W\d_]\.)+|[^\W_]+(?:[-’'&][^\W_]+)*(?:['’](?!\w))?|``|''|--|\S"
)
_NOMINAL: Final = ("NOUN", "PROPN", "PRON", "NUM")
_SIGNS: Final = frozenset("$£€¥%")
_ENDS: Final = frozenset((",", ";", ":", "--", "—", "–", "(", ")", "“", "”", '"', "``", "''"))
_STOPS: Final = frozenset((";", ":", "--", "—", "–"))
_LONGEST_LOOK: Final = 9
_FURTHEST_BACK: Final = 80  # words, so that a sentence without an end costs what its length does


def words_of(text: str, start: int, abbreviations: frozenset[str] = frozenset()) -> list[Word]:
    """Return the words of a sentence that begins at an offset of its article, signs and contractions apart."""
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        at = start + match.start()
        if match.group() == "." and found and found[-1].end == at and found[-1].low in abbreviations and found[-1].text[0].isupper():
            found[-1].text, found[-1].low, found[-1].end = f"{found[-1].text}.", f"{found[-1].low}.", at + 1
            continue
        for piece in _pieces(match.group()):
            found.append(Word(at, at + len(piece), piece, piece.lower(), piece.lower(), ""))
            at += len(piece)
    return found


_CLITIC: Final = re.compile(r"^(.+?)(n['’]t|['’][a-z]{0,2})$", re.IGNORECASE)


def _pieces(token: str) -> list[str]:
    if "'" not in token and "’" not in token:
        return [token]
    parted = _CLITIC.match(token)
    return [parted[1], parted[2]] if parted is not None else [token]


class Tagger:
    """Gives words their parts of speech, forms and lemmas. One for a lexicon; :meth:`tag` works in place."""

    def __init__(self, lists: Lexicon) -> None:
        self._lists = lists
        self._closed = lists.table("closed")
        self._lemmas = lists.table("lemmas")
        self._only, self._more, self._less = lists["verbs_only"], lists["verbs_more"], lists["verbs_less"]
        self._suffixes = tuple(lists["adjective_endings"])
        ends = lists.table("endings")
        self._past = ends.get("past", "\0")
        self._endings = [(ends[name], forms) for name, forms in (("third", "S"), ("past", "DN"), ("gerund", "G")) if name in ends]
        self._inflected = tuple(ends[name] for name in ("past", "gerund") if name in ends)
        self._singular = tuple(lists["singular_endings"]) or ("\0",)
        self._compound = tuple(lists["compound_endings"]) or ("\0",)
        self._nounlike = tuple(lists["noun_endings"]) or ("\0",)
        self._adverbial = tuple(lists["adverb_endings"]) or ("\0",)
        self._known: dict[str, tuple[str, str]] = {}
        self._of_time: set[int] = set()
        self._times: dict[int, int] = {}

    # ---- what a word may be

    def _verb(self, base: str) -> bool:
        return base in self._only or base in self._more or base in self._less

    def _form(self, low: str) -> tuple[str, str]:
        """Return the form of a verb that a word may be (B base, S with -s, D past, N participle, DN either, G with -ing, or "") and its lemma."""
        known = self._known.get(low)
        if known is None:
            known = self._known[low] = self._worked_out(low)
        return known

    def _worked_out(self, low: str) -> tuple[str, str]:
        lists = self._lists
        if low in lists["past_only"]:
            return "D", self._lemmas.get(low, low)
        if low in lists["participles_only"]:
            return ("BN" if self._verb(low) else "N"), self._lemmas.get(low, low)
        if low in lists["past_or_participle"]:
            return "DN", self._lemmas.get(low, low)
        if self._verb(low):
            return ("BDN" if low in lists["same_past"] else "B"), low
        for ending, forms in self._endings:
            if low.endswith(ending) and len(low) > len(ending) + 1:
                lemma = next((b for b in self._bases(low, ending) if self._verb(b)), None)
                if lemma is not None:
                    return forms, lemma
        if low.endswith(self._past) and len(low) > 4:
            return "DN", low[: -len(self._past)]
        if "-" in low:
            return self._worked_out(low.rpartition("-")[2]) if low.endswith(self._inflected) else ("", low)
        return "", low

    def _bases(self, low: str, ending: str) -> list[str]:
        """Return the base forms that a form may come from, the likeliest first."""
        ends, stem = self._lists.table("endings"), low[: -len(ending)]
        if ending == ends["third"]:
            if low.endswith(ends["third_of_y"]):
                return [f"{low[: -len(ends['third_of_y'])]}y", stem]
            if low.endswith(tuple(self._lists["sibilants"])):
                return [low[:-2], stem]
            return [stem, low[:-2]]
        found = [f"{stem}e", stem]
        if len(stem) > 2 and stem[-1] == stem[-2]:
            found = [stem, stem[:-1], f"{stem}e"]
        if low.endswith(ends["past_of_y"]):
            found = [f"{low[: -len(ends['past_of_y'])]}y", *found]
        return found

    def _base_of(self, lemma: str) -> str:
        """Return how verbal a word is that is also a noun: only, more or less."""
        return "pure" if lemma in self._only else "verbal" if lemma in self._more else "nominal"

    # ---- tagging

    def tag(self, words: list[Word], times: dict[int, int]) -> None:
        """Give every word its part of speech, form, tense, number and lemma; ``times`` are where expressions of time begin and end."""
        has_verb = False
        until = 0
        self._of_time.clear()
        self._times = times
        for at, word in enumerate(words):
            until = max(until, times.get(at, 0))
            if at < until:
                self._timed(word)
                hyphened = "-" in word.low or (at > 0 and words[at - 1].text == "-" and words[at - 1].end == word.start)
                if at + 1 == until and hyphened and word.text.islower() and until < len(words) and words[until].text[0].isalpha():
                    # "a three-hour closed session"
                    word.pos = "ADJ"
                self._of_time.add(at)
                continue
            if word.text in _ENDS:
                has_verb = False
            self._tag(words, at, has_verb)
            if word.pos in ("VERB", "AUX") and (word.form in ("Fin", "") or (word.pos == "VERB" and word.form == "Part")):
                has_verb = True
            elif word.pos in ("SCONJ", "CCONJ"):
                has_verb = False
            self._finish(word)
        for at, word in enumerate(words):
            if word.pos == "ADJ" and word.low in self._lists["ordinal_adverbs"] and at and at + 1 < len(words) and words[at + 1].pos == "VERB" and words[at - 1].pos in ("AUX", "CCONJ", "PRON", "NOUN", "PROPN"):
                word.pos = "ADV"
            if word.pos == "SCONJ" and word.low in self._lists["with_of"] and at + 1 < len(words) and words[at + 1].low in self._lists["of"]:
                word.pos = "ADP"
            if word.low in self._lists["prepositions_or_subordinators"] and word.pos == "ADP" and self._opens_clause(words, at):
                word.pos = "SCONJ"

    def _timed(self, word: Word) -> None:
        """Tag a word of an expression of time: whatever it is elsewhere, it is a noun or number there."""
        closed = self._closed.get(word.low)
        if word.text[0].isdigit() or closed == "NUM":
            word.pos = "NUM"
        elif not word.text[0].isalnum():
            word.pos = "PART" if word.low in self._lists["owning"] else "PUNCT"
        elif closed in ("ADP", "DET", "CCONJ"):
            word.pos = closed
        else:
            word.pos = "PROPN" if word.text[0].isupper() else "NOUN"

    def _finish(self, word: Word) -> None:
        if word.pos == "NOUN" or (word.pos == "PROPN" and word.text[-1:] == "s" and word.low in self._lists["plural_nouns"]):
            word.plural = word.low in self._lists["plural_nouns"] or (word.low[-1:] == "s" and not word.low.endswith(self._singular) and len(word.low) > 3)
            if word.plural and word.low not in self._lists["plural_nouns"]:
                word.lemma = next(iter(self._bases(word.low, "s")), word.low)

    def _opens_clause(self, words: list[Word], at: int) -> bool:
        """Tell whether a clause follows a word like "after" or "as", rather than a mere phrase."""
        noun = False
        for after in range(at + 1, min(at + 1 + _LONGEST_LOOK, len(words))):
            word = words[after]
            if word.pos in ("AUX",) or (word.pos == "VERB" and word.form in ("Fin", "Part") and word.form != "Ger"):
                if words[after - 1].pos == "CCONJ":
                    # "joined as a trainee and became its editor"
                    return False
                if word.form == "Part" and word.pos == "VERB" and word.low not in self._lists["past_only"] and words[after - 1].pos in ("ADP", "DET", "ADJ"):
                    continue
                return noun
            if word.text in _ENDS or (word.pos in ("SCONJ", "CCONJ") and word.low not in self._lists["joining_phrases"]):
                return False
            if noun and word.pos == "DET" and after not in self._of_time and words[after - 1].pos in ("NOUN", "PROPN"):
                # "after a heated debate the council voted", "after a meeting on Monday the council voted"
                begin = after - 1
                while begin in self._of_time:
                    begin -= 1
                if begin == after - 1 or words[begin].pos == "ADP":
                    return False
            noun = noun or word.pos in _NOMINAL
        return False

    def _before(self, words: list[Word], at: int) -> Word | None:
        """Return the nearest word before that is no adverb, no "not" and, behind an auxiliary, no time: "will now open"."""
        index = self._beside(words, at - 1)
        if index in self._of_time:
            earlier = index
            while earlier >= 0 and (earlier in self._of_time or words[earlier].pos == "ADP"):
                earlier -= 1
            earlier = self._beside(words, earlier)
            if earlier >= 0 and words[earlier].pos == "AUX":
                index = earlier
        return words[index] if index >= 0 else None

    def _beside(self, words: list[Word], index: int) -> int:
        while index >= 0 and index not in self._of_time and (words[index].pos == "ADV" or words[index].low in self._lists["negation"]) and words[index].pos != "DET":
            index -= 1
        return index

    def _tag(self, words: list[Word], at: int, has_verb: bool) -> None:
        word = words[at]
        low = word.low
        first = word.text[0]
        if first.isdigit():
            word.pos = "NUM"
            return
        if first in _SIGNS:
            word.pos = "SYM"
            return
        if not first.isalnum() and first not in "'’" and low != "n't":
            word.pos = "PUNCT"
            return
        closed = self._closed.get(low)
        capital = first.isupper() and at > 0 and words[at - 1].text not in ("“", '"', "``", "‘", "(") and low != "i"
        if closed == "PRON" and word.text.isupper() and len(word.text) > 1 and not (at and words[at - 1].text.isupper()):
            # the US
            word.pos = "PROPN"
            return
        if closed is not None and not (capital and low not in self._lists["always_closed"] and closed not in ("PRON", "AUX", "DET")):
            special: Callable[[list[Word], int, bool], None] | None = getattr(self, f"_tag_{closed.lower()}", None)
            if special is not None:
                special(words, at, has_verb)
            else:
                word.pos = closed
            return
        if first in "'’":
            word.pos = "PUNCT"
            return
        self._open(words, at, capital, has_verb)

    # closed classes

    def _tag_clitic(self, words: list[Word], at: int, has_verb: bool) -> None:
        """'s is "is" or "has" behind a pronoun, else it owns."""
        word = words[at]
        before = words[at - 1] if at else None
        if before is not None and before.pos in ("PRON", "SCONJ") and before.low in self._lists["subject_pronouns"] | self._lists["relative"]:
            word.pos, word.form, word.tense = "AUX", "Fin", "Pres"
            word.lemma = self._lists.table("auxiliary_lemmas").get(word.low, word.low)
        else:
            word.pos = "PART" if word.start == (before.end if before is not None else -1) else "PUNCT"

    def _tag_aux(self, words: list[Word], at: int, has_verb: bool) -> None:
        word = words[at]
        word.pos = "AUX"
        word.lemma = self._lists.table("auxiliary_lemmas").get(word.low, word.low)
        word.form, word.tense = "Fin", "Past" if word.low in self._lists["past_auxiliaries"] else "Pres"
        if word.low in self._lists["be"] | self._lists["have"] | self._lists["do"]:
            before = self._before(words, at)
            if before is not None and (before.low in self._lists["modals"] or before.low in self._lists["to"]):
                word.form = "Inf"
        elif word.low in self._lists["being_forms"]:
            word.form = "Part" if word.low in self._lists["been"] else "Ger"
        if word.lemma in self._lists["have"] | self._lists["do"] and not self._helps(words, at):
            word.pos = "VERB"
            if word.low in self._lists["had"] and self._is_have_before(words, at):
                word.form = "Part"

    def _is_have_before(self, words: list[Word], at: int) -> bool:
        before = self._before(words, at)
        return before is not None and before.pos == "AUX" and before.lemma in self._lists["have"]

    def _helps(self, words: list[Word], at: int) -> bool:
        """Tell whether "have" or "do" goes with a verb behind it."""
        have = words[at].lemma in self._lists["have"]
        for after in range(at + 1, min(at + 5, len(words))):
            low = words[after].low
            if low in self._lists["negation"] or low in self._lists["subject_pronouns"] or low in self._lists["adverbs"] or low.endswith(self._adverbial) or self._closed.get(low) == "ADV":
                continue
            form, _ = self._form(low)
            if have:
                return "N" in form or low in self._lists["been"] or low in self._lists["had"] or low in self._lists["done"]
            return "B" in form or low in self._lists["have"] or low in self._lists["be"]
        return False

    def _tag_to(self, words: list[Word], at: int, has_verb: bool) -> None:
        word = words[at]
        word.pos = "ADP"
        for after in range(at + 1, min(at + 4, len(words))):
            low = words[after].low
            if low.endswith(self._adverbial) or low in self._lists["infinitive_adverbs"]:
                continue
            form, lemma = self._form(low)
            if self._closed.get(low) == "AUX":
                word.pos = "PART" if low in self._lists["bare_auxiliaries"] else "ADP"
            elif "B" in form and not words[after].text[:1].isupper():
                kind = self._base_of(lemma)
                following = words[after + 1] if after + 1 < len(words) else None
                noun_before = at > 0 and words[at - 1].low in self._lists["to_nouns_of_place"]
                takes = following is not None and self._closed.get(following.low) in ("DET", "PRON", "THAT", "HER", "DP")
                led_to = not takes and at > 0 and words[at - 1].low in self._lists["prepositional_to"]
                word.pos = "ADP" if (kind == "nominal" and noun_before) or (kind != "pure" and led_to) else "PART"
            return

    def _tag_that(self, words: list[Word], at: int, has_verb: bool) -> None:
        word = words[at]
        after = words[at + 1] if at + 1 < len(words) else None
        before = words[at - 1] if at else None
        word.pos = "SCONJ"
        if after is None or after.text in _ENDS:
            word.pos = "PRON"
            return
        form, _ = self._form(after.low)
        closed = self._closed.get(after.low)
        noun = closed is None and not after.text[:1].isupper() and (not form or (form in ("B", "S") and self._base_of(self._form(after.low)[1]) != "pure")) and not after.low.endswith(("s", "ly"))
        if noun and (before is None or before.pos in ("ADP", "CCONJ", "PUNCT", "AUX") or (before.pos == "VERB" and before.lemma not in self._lists["saying"])):
            word.pos = "DET"
        elif closed == "AUX" and (before is None or before.pos in ("PUNCT", "CCONJ", "ADP")):
            word.pos = "PRON"

    def _tag_her(self, words: list[Word], at: int, has_verb: bool) -> None:
        after = words[at + 1] if at + 1 < len(words) else None
        phrase = after is not None and after.text[0].isalpha() and self._closed.get(after.low) in (None, "NUM")
        words[at].pos = "DET" if phrase and after is not None and not after.low.endswith(self._adverbial) else "PRON"

    def _tag_there(self, words: list[Word], at: int, has_verb: bool) -> None:
        after = words[at + 1] if at + 1 < len(words) else None
        words[at].pos = "PRON" if after is not None and self._closed.get(after.low) == "AUX" and not has_verb else "ADV"

    def _tag_wh(self, words: list[Word], at: int, has_verb: bool) -> None:
        words[at].pos = "SCONJ"

    def _tag_dp(self, words: list[Word], at: int, has_verb: bool) -> None:
        """A word that stands before a noun or for one: "these", "some", "all"."""
        if at and words[at - 1].pos == "NUM":
            words[at].pos = "ADJ"
            return
        after = words[at + 1] if at + 1 < len(words) else None
        closed = self._closed.get(after.low) if after is not None else "PUNCT"
        alone = after is None or not after.text[0].isalnum() or closed in ("AUX", "ADP", "TO", "WH", "THAT", "CCONJ", "ADV")
        words[at].pos = "PRON" if alone else "DET"

    def _tag_adv(self, words: list[Word], at: int, has_verb: bool) -> None:
        """"Home" is a noun behind "at"."""
        noun = words[at].low in self._lists["adverbial_nouns"] and at and words[at - 1].pos == "ADP"
        words[at].pos = "NOUN" if noun else "ADV"

    def _tag_adp(self, words: list[Word], at: int, has_verb: bool) -> None:
        """"About" and its like stand before a number, too."""
        after = words[at + 1] if at + 1 < len(words) else None
        number = after is not None and (after.text[0].isdigit() or after.text[0] in _SIGNS or self._closed.get(after.low) == "NUM")
        words[at].pos = "ADV" if number and words[at].low in self._lists["approximating"] else "ADP"

    # open classes

    def _set(self, word: Word, pos: str, form: str = "", tense: str = "", lemma: str | None = None) -> None:
        word.pos, word.form, word.tense = pos, form, tense
        if lemma is not None:
            word.lemma = lemma

    def _open(self, words: list[Word], at: int, capital: bool, has_verb: bool) -> None:
        word, lists = words[at], self._lists
        low = word.low
        after = words[at + 1] if at + 1 < len(words) else None
        form, lemma = self._form(low)
        if capital or (word.text.isupper() and len(word.text) > 1):
            word.pos = "PROPN"
            return
        starts = word.text[0].isupper()
        if starts and after is not None and after.text[:1].isupper() and after.low not in self._closed and not low.endswith(self._adverbial):
            word.pos = "PROPN"
            return
        if low.endswith(self._adverbial) and low not in lists["nouns_not_adjectives"] and low not in lists["adjectives"]:
            word.pos = "ADV"
            return
        if low in lists["adverbs"]:
            word.pos = "ADV"
            return
        if starts and "D" in form and after is not None and ("D" in self._form(after.low)[0] or self._closed.get(after.low) == "AUX"):
            # "United won"
            word.pos = "PROPN"
            return
        if low in lists["happenings"] and (low in lists["adjectives"] or low.endswith(self._suffixes)) and not self._before_noun(after):
            word.pos = "NOUN"
            return
        before = words[at - 1] if at else None
        verb = self._before(words, at)
        if form:
            self._verbal(words, at, form, lemma, before, verb, after, has_verb)
            if word.pos:
                return
        if (low in lists["adjectives"] and low not in lists["nouns_not_adjectives"]) or (low.endswith(self._suffixes) and low not in lists["nouns_not_adjectives"] and len(low) > 4) or (
            "-" in low and (low[0].isdigit() or low.endswith(self._compound))
        ):
            word.pos = "ADJ"
            return
        if starts and not low.endswith(self._nounlike) and low not in lists["happenings"] | lists["persons"] | lists["plural_nouns"] and not form and low not in lists["common_nouns"]:
            word.pos = "PROPN"
            return
        word.pos = "NOUN"

    def _before_noun(self, after: Word | None) -> bool:
        """Tell whether what stands behind a word may be the noun that it describes."""
        if after is None or not after.text[0].isalpha() or self._closed.get(after.low) is not None:
            return False
        return "D" not in self._form(after.low)[0] and not after.low.endswith(self._adverbial)

    def _verbal(self, words: list[Word], at: int, form: str, lemma: str, before: Word | None, verb: Word | None, after: Word | None, has_verb: bool) -> None:
        """Decide whether a word that may be a form of a verb is one; leave its part of speech open where it is none."""
        word, lists = words[at], self._lists
        low = word.low
        before_pos = before.pos if before is not None else ""
        helper = verb if verb is not None and verb.pos in ("AUX", "VERB") and (verb.pos == "AUX" or verb.lemma in lists["get"]) else None
        if helper is None and verb is not None and verb.pos in ("PRON", "NOUN", "PROPN") and at >= 2:
            # "has the council voted", "did they"
            index = words.index(verb)
            if index and words[index - 1].pos == "AUX" and (index == 1 or words[index - 2].pos in ("PUNCT", "SCONJ", "CCONJ")):
                helper = words[index - 1]
        owns = before is not None and (before_pos in ("DET", "ADJ", "NUM") or (before_pos == "PART" and before.text[:1] in "'’"))
        if "G" in form:
            if low in lists["adjective_gerunds"] and self._before_noun(after) and (helper is None or helper.lemma not in lists["be"]):
                word.pos = "ADJ"
                return
            noun = low in lists["nouns_in_ing"]
            if helper is not None and helper.lemma in lists["be"] and not owns:
                self._set(word, "VERB", "Ger", "Pres", lemma)
            elif owns or (after is not None and (after.low in lists["of"] or (before is None and self._closed.get(after.low) == "AUX"))) or (
                low in lists["happenings"] and before_pos in ("NOUN", "PROPN") and (after is None or self._closed.get(after.low) in ("ADP", "AUX", "CCONJ") or not after.text[0].isalnum())
            ) or (noun and not (before_pos == "ADP" and after is not None and self._closed.get(after.low) in ("DET", "HER", "DP"))):
                word.pos = "NOUN"
            else:
                self._set(word, "VERB", "Ger", "Pres", lemma)
            return
        if "D" in form or "N" in form:
            if low in lists["adjectives"] and not (helper is not None and helper.lemma in lists["have"]) and owns and form == "DN":
                return
            if form in ("BDN", "BN"):
                if owns or before_pos == "ADP" or (before_pos in ("NOUN",) and has_verb):
                    return
                if verb is not None and (verb.low in lists["modals"] or (verb.low in lists["to"] and verb.pos == "PART") or verb.lemma in lists["do"]):
                    self._set(word, "VERB", "Inf", "", lemma)
                    return
                if form == "BN" and helper is None:
                    self._base(words, at, lemma, before, verb, after, has_verb, owns)
                    return
            if helper is not None and not owns and (helper.lemma in lists["have"] or helper.lemma in lists["be"] or helper.lemma in lists["get"]):
                self._set(word, "VERB", "Part", "Past", lemma)
            elif "N" not in form or (before is not None and before.low in lists["subject_pronouns"] and before_pos == "PRON"):
                self._set(word, "VERB", "Fin", "Past", lemma)
            elif owns and after is not None and ((after.text[0].isalpha() and self._closed.get(after.low) is None) or after.text[0].isdigit() or after.text[0] in _SIGNS):
                self._set(word, "VERB", "Part", "Past", lemma)
            elif owns and not low.endswith(self._past):
                return
            elif (before is None and "N" in form and low.endswith(self._past) and after is not None and after.text[0].islower() and self._closed.get(after.low) is None and not after.low.endswith(self._adverbial)) or self._describes(words, at, before, verb, after) or (before_pos == "ADP" and after is not None and self._closed.get(after.low) is None and after.text[0].isalpha()):
                word.pos = "ADJ"
            else:
                self._set(word, "VERB", "Part", "Past", lemma)
            return
        if form == "B":
            self._base(words, at, lemma, before, verb, after, has_verb, owns)
            return
        self._third_person(words, at, lemma, before, verb, after, has_verb, owns)

    def _describes(self, words: list[Word], at: int, before: Word | None, verb: Word | None, after: Word | None) -> bool:
        """Tell whether a participle stands before the noun that it describes: "reach affected areas", "a sparsely populated area"."""
        if before is None or after is None or not after.text[0].isalpha() or self._closed.get(after.low) is not None or after.low.endswith(self._adverbial):
            return False
        if before.pos == "ADV":
            return verb is not None and verb.pos in ("DET", "ADP") and (before.low.endswith(self._adverbial) or before.low in self._lists["grading"])
        return (before.pos == "VERB" and before.form in ("Inf", "Ger")) or (before.pos == "CCONJ" and at >= 2 and words[at - 2].pos == "ADJ")

    def _base(self, words: list[Word], at: int, lemma: str, before: Word | None, verb: Word | None, after: Word | None, has_verb: bool, owns: bool) -> None:
        lists, word = self._lists, words[at]
        kind = self._base_of(lemma)
        if self._goes_on(words, at, "B", kind):
            self._set(word, "VERB", "Inf", "", lemma)
            return
        if verb is not None and ((verb.low in lists["to"] and verb.pos == "PART") or verb.low in lists["modals"] or (verb.pos == "AUX" and verb.lemma in lists["do"])):
            self._set(word, "VERB", "Inf", "", lemma)
            return
        if owns or (word.low in lists["adjectives"]):
            return
        object_follows = after is not None and (self._closed.get(after.low) in ("DET", "HER", "DP", "THAT", "TO", "PRON") or after.text[:1].isupper())
        if before is not None and before.pos in ("PRON", "SCONJ") and (before.low in lists["plural_subjects"] or (before.pos == "SCONJ" and before.low in lists["relative_pronouns"])):
            if kind != "nominal" or object_follows or (after is not None and self._closed.get(after.low) in ("ADP", "ADV", "TO")):
                self._set(word, "VERB", "Fin", "Pres", lemma)
            return
        plural = verb is not None and verb.pos in ("NOUN", "PROPN") and (verb.plural or verb.low in lists["plural_nouns"])
        if plural and not has_verb and (kind == "pure" or (kind == "verbal" and object_follows) or (kind == "nominal" and object_follows and after is not None and self._closed.get(after.low) in ("DET", "HER", "THAT", "TO"))):
            self._set(word, "VERB", "Fin", "Pres", lemma)
            return
        if kind == "pure":
            self._set(word, "VERB", "Inf" if before is not None else "Fin", "", lemma)

    def _ends_aside(self, words: list[Word], at: int, after: Word | None) -> bool:
        """Tell whether a form in -s behind a comma is the verb that the subject of a relative clause waits for: "the stone, which fell, lists the
        dead"."""
        closed = self._closed.get(after.low) if after is not None else None
        verbal = self._base_of(self._form(words[at].low)[1]) != "nominal"
        if at < 4 or words[at - 1].text != "," or not (closed in ("DET", "HER") or (verbal and closed in ("ADP", "TO", "ADV"))):
            return False
        for place in range(at - 2, max(0, at - _FURTHEST_BACK), -1):
            if words[place].text == ",":
                opens = words[place + 1].low in self._lists["relative_pronouns"] or words[place + 1].form == "Part" or words[place + 1].pos == "ADJ"
                return opens and words[place - 1].pos in _NOMINAL and not words[place - 1].plural
        return False

    def _goes_on(self, words: list[Word], at: int, form: str, kind: str) -> bool:
        """Tell whether a form that may be a noun's goes on with the verb before "and": "will open in May and close on Friday"."""
        if at < 2 or words[at - 1].pos != "CCONJ":
            return False
        after = words[at + 1] if at + 1 < len(words) else None
        closed = self._closed.get(after.low) if after is not None else None
        takes = closed in ("DET", "HER", "THAT", "TO", "NUM") or (after is not None and after.text[0].isdigit() and at + 1 not in self._of_time)
        goes = takes or closed in ("ADP", "ADV") or at + 1 in self._of_time
        beside = words[at - 2]
        if not goes or (beside.pos == "NOUN" and at - 2 not in self._of_time and not (takes and kind != "nominal")):
            return False
        for place in range(at - 2, max(-1, at - _FURTHEST_BACK), -1):
            word = words[place]
            if word.text in _STOPS or word.pos == "SCONJ":
                return False
            if word.pos in ("VERB", "AUX") and place not in self._of_time and word.form not in ("Part", "Ger"):
                if form == "B":
                    return word.form == "Inf"
                # "will open in May and hopes to"
                return (word.form == "Fin" and word.tense == "Pres") or (word.form == "Inf" and closed == "TO")
        return False

    def _third_person(self, words: list[Word], at: int, lemma: str, before: Word | None, verb: Word | None, after: Word | None, has_verb: bool, owns: bool) -> None:
        lists, word = self._lists, words[at]
        kind = self._base_of(lemma)
        if self._goes_on(words, at, "S", kind) or self._ends_aside(words, at, after):
            self._set(word, "VERB", "Fin", "Pres", lemma)
            return
        behind = self._times.get(at + 1, at + 1)
        if behind < len(words) and self._closed.get(words[behind].low) == "AUX":
            # "warned that profits this year would fall"
            return
        if owns or before is None or (has_verb and before.pos in ("NOUN", "ADP", "VERB")):
            return
        relative = before.low in lists["relative_pronouns"] and before.low not in lists["adverbial_relatives"]
        if (before.pos == "PRON" and before.low not in lists["plural_subjects"]) or (before.pos == "SCONJ" and relative):
            self._set(word, "VERB", "Fin", "Pres", lemma)
            return
        if verb is None or verb.pos not in ("NOUN", "PROPN", "PRON") or verb.plural or has_verb:
            return
        closed = self._closed.get(after.low) if after is not None else None
        follows = closed in ("DET", "HER", "DP", "THAT", "TO", "PRON") or (after is not None and after.text[:1].isupper() and kind != "nominal")
        loose = closed in ("ADP", "ADV", "WH", "AUX") or (after is not None and after.low.endswith(self._adverbial))
        if kind == "pure" or (kind == "verbal" and (follows or loose)) or (kind == "nominal" and follows and closed != "PRON"):
            self._set(word, "VERB", "Fin", "Pres", lemma)
