"""A language on the ground: its grammar written from dateparser's tables, over the rules in ``languages/_ground``.

Full and partial dates in the order of its country, weekdays, months, and the relative words and phrases of the tables. Numbers alone are
nothing, nor is a word that may mean two times ("kal" in Hindi is yesterday and tomorrow), nor an abbreviation that does not stand in a date.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from chronicle.languages import ground, ground_rules
from chronicle.tagger.script import IS_UNSPACED

_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS: Final = ("hour", "day", "week", "month", "year", "decade")
_COUNTED: Final = re.compile(r"(?:in (?P<ahead>\d+|\\1) (?P<later>\w+)|(?P<back>\d+|\\1) (?P<earlier>\w+) ago)")
_NUMBER: Final = re.compile(r"\(\\d\+\+?\[\.,\]\?\\d\*\+?\)")
_NUMBERED: Final = re.compile(r"([^\W\d_]\D*) \d{1,2}")
_SHORTEST: Final = 3
_ENOUGH: Final = 4
# a name of so many letters that begins another name of the same month or day is cut off
_CUT: Final = 4
_LONG: Final = 6
# Latin, Greek, Cyrillic, Armenian, Georgian
_ALPHABETIC: Final = re.compile("[a-z\u00c0-\u058f\u10a0-\u10ff\u1e00-\u1fff]")
# a name that is much shorter than the longest of its kind is an abbreviation
_ABBREVIATED: Final = 0.7
_ORDERS: Final = ("DMY", "MDY", "YMD")


def files(tag: str) -> dict[str, str] | None:
    """Return a language's grammar as the text of .lang files by name; None where dateparser has no tables for it."""
    info = ground.info(tag)
    if info is None:
        return None
    unspaced = info.get("no_word_spacing") == "True" or any(
        IS_UNSPACED.match(word) for name in ("year", "today", "monday") for word in info.get(name, ())
    )
    order = info.get("date_order") if info.get("date_order") in _ORDERS else _ORDERS[0]
    names = ("common", "unspaced" if unspaced else "spaced", order)
    return {
        **{f"_ground/{name}": ground_rules(str(name)) for name in names},
        f"{tag} (dateparser)": _Writer(info, unspaced).text(),
    }


class _Writer:
    """Writes a language's words and phrases as the lines of a .lang file."""

    def __init__(self, info: ground.Info, unspaced: bool) -> None:
        self._info = info
        self._unspaced = unspaced
        self._words: dict[str, set[str]] = defaultdict(set)
        self._rules: dict[str, list[str]] = defaultdict(list)
        self._fillers: set[str] = set()
        self._phrases: list[list[str]] = []

    def text(self) -> str:
        self._names(_MONTHS, "month", "mon")
        self._names(_WEEKDAYS, "weekday", "wday")
        for name in ("year", "month", "day"):
            self._words[f"{name}word"].update(w for w in self._plain(self._info.get(name, ())) if " " not in w)
        links = {
            w for w in self._plain((*self._info.get("skip", ()), *(self._info.get("pertain") or ()))) if " " not in w
        }
        self._words["link"] = links
        self._fillers |= links
        self._numbers()
        self._relative()
        for words in self._phrases:
            if self._fillers.issuperset(words):
                self._fillers.remove(max(words, key=len))
        lines = [
            "[words]",
            *(f"{name} = {' '.join(sorted(words))}" for name, words in sorted(self._words.items()) if words),
        ]
        lines.append("[rules]")
        for name, rules in sorted(self._rules.items()):
            lines += [f"{name}: {rule}" for rule in dict.fromkeys(rules)]
        return "\n".join([*lines, "[fillers]", " ".join(sorted(self._fillers))])

    def _plain(self, words: Iterable[str]) -> Iterator[str]:
        """Yield words as the tokens of a text, small, the ones that hold figures or signs left out."""
        for word in words:
            plain = " ".join(word.lower().replace("-", " ").replace("’", "'").rstrip(".॰").split())
            if plain and plain[0].isalpha() and not re.search(r"[\d()\[\]{}<>|?$=:/.\\+*]", plain):
                yield plain

    def _shortest(self, word: str) -> int:
        """Return how many letters a word must have to be known by: syllables and signs say more than letters."""
        return 1 if self._unspaced else _SHORTEST if _ALPHABETIC.match(word) else 2

    def _names(self, keys: tuple[str, ...], kind: str, rule: str) -> None:
        """Write the names of months or weekdays; those that are no abbreviations stand alone too."""
        meant: dict[str, set[int]] = defaultdict(set)
        longest: dict[int, int] = {}
        for number, key in enumerate(keys, 1):
            names = list(self._plain(self._info.get(key, ())))
            # "tháng 5": a word and the month's number
            for word in {found[1] for name in self._info.get(key, ()) if (found := _NUMBERED.fullmatch(name.lower()))}:
                if kind == "month" and word in self._plain((word,)):
                    self._rules[rule].append(f"{word} {{month#}} => $1")
            longest[number] = max(map(len, names), default=0)
            for name in names:
                meant[name].add(number)
        for name, numbers in meant.items():
            if len(numbers) > 1:
                continue
            number = next(iter(numbers))
            cut = len(name) <= _CUT and any(
                other != name and other.startswith(name) and meant[other] == numbers for other in list(meant)
            )
            full = not cut and len(name) >= max(longest[number] * _ABBREVIATED, 2, self._shortest(name))
            if self._unspaced and len(name) == 1:
                continue
            for prefix in ("", "full") if full else ("",):
                if " " in name:
                    self._phrase(f"{prefix}{rule}", name, str(number))
                else:
                    self._words[f"{prefix}{kind} {number}"].add(name)

    def _numbers(self) -> None:
        """Write the words for small numbers, from what the tables put figures for."""
        for rule in self._info.get("simplifications", ()):
            for pattern, figure in rule.items():
                if figure.isdigit():
                    words = set(_expanded(pattern))
                    self._words[f"numberword {int(figure)}"] |= {w for w in self._plain(words) if " " not in w}
        self._fillers |= {w for name, words in self._words.items() if name.startswith("numberword") for w in words}

    def _relative(self) -> None:
        meant: dict[str, set[str]] = defaultdict(set)
        for key, phrases in self._info.get("relative-type", {}).items():
            action = _action(key)
            for phrase in self._plain(phrases) if action else ():
                words = phrase.split()
                if len(phrase) >= self._shortest(phrase) and (len(words) == 1 or self._unspaced or _is_whole(words)):
                    meant[phrase].add(action or "")
        for phrase, actions in meant.items():
            if len(actions) == 1:
                self._phrase("relative", phrase, next(iter(actions)))
        for key, patterns in self._info.get("relative-type-regex", {}).items():
            action = _action(key)
            for pattern in patterns if action else ():
                before, figure, after = (
                    (*_NUMBER.split(pattern, maxsplit=1), "", "")[0],
                    _NUMBER.search(pattern),
                    _NUMBER.sub("", pattern),
                )
                if figure is None:
                    continue
                after = pattern[figure.end() :].replace(r"\s*", " ")
                words = [*before.split(), *after.split()]
                if [*self._plain(words)] != [w.lower() for w in words] or min(map(len, words), default=0) < (
                    1 if self._unspaced else 2
                ):
                    continue
                self._phrase("relative", f"{before.lower()} {{num}} {after.lower()}", action or "")

    def _phrase(self, rule: str, pattern: str, action: str) -> None:
        """Write a phrase of several words; its small words alone are nothing that is worth a parse."""
        words = [w for w in pattern.split() if w[0] != "{"]
        if len(words) > 1:
            self._phrases.append(words)
            self._fillers |= {w for w in words if len(w) <= _SHORTEST}
        self._rules[rule].append(f"{' '.join(pattern.split())} => {action}")


def _is_whole(words: list[str]) -> bool:
    """Tell whether a phrase is no row of abbreviations: it has letters enough, and not many words that are short."""
    short = sum(len(w) == 1 for w in words) if sum(map(len, words)) < _LONG else sum(len(w) <= 2 for w in words) - 1
    return sum(map(len, words)) >= _ENOUGH and short <= 1


def _action(key: str) -> str | None:
    """Return what a key of the tables means as an action of the grammar: "1 week ago", "in \\1 day"."""
    found = _COUNTED.fullmatch(key)
    if found is None:
        return None
    unit = found["later"] or found["earlier"]
    count, sign = (found["ahead"], 1) if found["ahead"] else (found["back"], -1)
    if count == "0" and unit == "second":
        return "Reference('PRESENT_REF')"
    if unit not in _UNITS or (count.isdigit() and unit == "hour"):
        return None
    if count in ("0", "1"):
        return f"{'This' if count == '0' else 'Next' if sign > 0 else 'Last'}(unit('{unit}'))"
    amount = "$1" if count == r"\1" else count
    return f"shift(Published(), duration({amount}, '{unit}'), {sign})"


def _expanded(pattern: str) -> Iterator[str]:
    """Yield the words of a pattern that is a word, or a stem and its endings: "дв(а|е|ух)"."""
    for way in re.split(r"\|(?![^(]*\))", pattern):
        found = re.fullmatch(r"([^\W\d_]*)\(([^\W\d_|]+)\)([^\W\d_]*)|([^\W\d_]+)", way)
        if found is None:
            return
        yield from [found[4]] if found[4] else [f"{found[1]}{ending}{found[3]}" for ending in found[2].split("|")]
