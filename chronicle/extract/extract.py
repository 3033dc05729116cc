"""extract: an article's mentions become dated events, each with its sentence, title, status and source."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from chronicle import periods
from chronicle.article import Article
from chronicle.edtf import MICROSECONDS_PER_DAY
from chronicle.event import Event, Predicate, Source, slug
from chronicle.extract import names
from chronicle.extract.clause import NO_CLAUSE, Clause, clause_of, frame_of
from chronicle.extract.predicate import predicate_of
from chronicle.extract.sentences import sentence_spans
from chronicle.extract.status import status_of
from chronicle.extract.syntax import Word, lists, words_of
from chronicle.extract.titles import LONGEST, title_of
from chronicle.find import find_times
from chronicle.mention import TimeMention
from chronicle.periods import Period
from chronicle.tagger.meaning import Cycle, Duration, Last, Meaning, Next, Same, Shift, This
from chronicle.when import When

_DATELINE = re.compile(r"[A-Z][A-Z .,'’-]+(?:\([A-Z][\w .]+\)\s*)?[,\s]+$")
_BYLINE = re.compile(
    r"^\s*(?:by [A-Z]|published\b|updated\b|posted\b|last (?:updated|modified)\b|(?:photo(?:graph)?s?|images?|pictures?|credits?|source):|©|copyright\b"
    r"|based on (?:materials?|reporting)\b|with (?:materials?|reporting|files) (?:from|by)\b)",
    re.IGNORECASE,
)
_MODIFIED = re.compile(
    r"(?:'s|’s)?[ -](?!(?:and|or|but|when|after|before|at|in|on|to|for|by|with|that|as|the|a|an|was|were|is|are|has|had|have|he|she|it|they|we|his|her|its|their|while|because|who|which|said|says|told|against|from|near|over|until|since)\b)[a-z]{3,}"
)
_DETERMINED = re.compile(r"(?:\b(?:the|a|an|its|their|his|her|our|this|that)\s+)$", re.IGNORECASE)


def extract(article: Article, *, undated: bool = False, nlp: Any = None) -> list[Event]:
    """Return the dated events of an article, in the order of its text: one for each happening, named by its predicate.

    Every resolved date that dates something yields an event; so does a relative expression that could not be resolved, without ``when``
    and with the reason. References to the present, mere lengths of time and repeated times yield none, unless ``undated`` asks for what
    they belong to, too. ``nlp`` may be a loaded spaCy pipeline: its entities then replace the light method for people, organisations
    and places, and nothing else changes.
    """
    mentions = find_times(article.text, article.published, article.language)
    published = None if article.published is None else When.parse(article.published.isoformat()[:10])
    spans = sentence_spans(article.text)
    starts = [start for start, _ in spans]
    by_sentence: dict[int, list[TimeMention]] = {}
    for mention in mentions:
        index = bisect_right(starts, mention.start) - 1
        if index >= 0 and mention.start < spans[index][1]:
            by_sentence.setdefault(index, []).append(mention)
    reader = _Reader(article, published, undated, nlp)
    events: list[Event] = []
    taken: set[str] = set()
    for index, found in by_sentence.items():
        before = spans[index - 1] if index else None
        for event in reader.events(spans[index], before, found):
            event = event.with_id(_unused(event.id, taken))
            taken.add(event.id)
            events.append(event)
    return events


def _unused(name: str, taken: set[str]) -> str:
    number, free = 2, name
    while free in taken:
        free = f"{name}-{number}"
        number += 1
    return free


class _Group(NamedTuple):
    """Expressions that date one happening, and its predicate (a word of the sentence) with its place among the words."""

    mentions: list[TimeMention]
    predicate: Word | None
    place: int


class _Reader:
    """Reads the sentences of one article."""

    def __init__(self, article: Article, published: When | None, undated: bool, nlp: Any) -> None:
        self._article = article
        self._published = published
        self._undated = undated
        self._short = names.acronyms(article.text)
        self._people = names.people_of(article.text)
        self._document = nlp(article.text) if nlp is not None else None

    def events(
        self, span: tuple[int, int], before: tuple[int, int] | None, mentions: list[TimeMention]
    ) -> Iterator[Event]:
        """Yield the events of a sentence; ``before`` is the span of the one before it."""
        start, end = span
        sentence = self._article.text[start:end]
        if _BYLINE.match(sentence):
            return
        chosen = [m for m in mentions if self._undated or _dates_something(self._article.text, start, m)]
        if not chosen:
            return
        words = words_of(sentence, [(m.start - start, m.end - start) for m in mentions])
        if all(w.kind in ("time", "mark", "preposition", "determiner") for w in words):
            return
        groups = self._grouped(chosen, words, start)
        for position, group in enumerate(groups):
            yield self._event(span, before, words, [g.mentions for g in groups], position, group, mentions)

    def _grouped(self, mentions: list[TimeMention], words: list[Word], start: int) -> list[_Group]:
        """Put together what dates one happening: the ends of a range, and expressions of one time that share their predicate."""
        groups: list[_Group] = []
        for together in _side_by_side(mentions):
            first, last = together[0], together[-1]
            predicate = predicate_of(words, first.start - start, last.end - start)
            place = words.index(predicate) if predicate is not None else -1
            same = next((g for g in groups if g.place == place >= 0 and _one_time(g.mentions, together)), None)
            if same is not None:
                same.mentions.extend(together)
            else:
                groups.append(_Group(together, predicate, place))
        return groups

    def _event(
        self,
        span: tuple[int, int],
        before: tuple[int, int] | None,
        words: list[Word],
        groups: list[list[TimeMention]],
        position: int,
        group: _Group,
        mentions: list[TimeMention],
    ) -> Event:
        article, (start, end) = self._article, span
        sentence = article.text[start:end]
        clause_start, clause_end = _clause(sentence, start, words, groups, position)
        text = article.text[clause_start:clause_end]
        when = _lasting(article.text, group.mentions, mentions) or _combined(group.mentions)
        main = _finest(group.mentions)
        clause = clause_of(sentence, words, group.place) if group.predicate is not None else NO_CLAUSE
        title = title_of(
            sentence,
            words,
            _cut_out(article.text, group.mentions, mentions, start),
            group.place,
            frame_of(words, group.place) if group.predicate is not None else None,
            (clause_start - start, clause_end - start),
        )
        title = self._named(title, before)
        begin, stop = _expression(group.mentions, main)
        inside = [w for w in words if clause_start <= start + w.start < clause_end]
        found = self._names(sentence, inside, clause_start, clause_end)
        return Event(
            id=_id(title, when),
            when=when,
            title=title,
            status=self._status(sentence[: clause_start - start], text, clause, group, words, when, main),
            unresolved=None if when is not None else main.reason,
            predicate=_predicate(group, start),
            who=clause.subject,
            whom=clause.object,
            according_to=clause.according_to,
            people=found.people,
            organisations=found.organisations,
            places=found.places,
            sources=[
                Source(
                    article=article.key,
                    published=article.published_text,
                    title=article.title,
                    publisher=article.publisher,
                    url=article.url,
                    quote=" ".join(sentence.split()),
                    expression=re.sub(r"\s", " ", article.text[begin:stop]),
                    start=begin,
                    end=stop,
                    anchor=main.previous or (article.published_text if main.published else None),
                    how=_how(main, article.published_text),
                )
            ],
        )

    def _status(
        self,
        lead: str,
        text: str,
        clause: Clause,
        group: _Group,
        words: list[Word],
        when: When | None,
        main: TimeMention,
    ) -> str:
        if main.type == "SET":
            return "recurring"
        verbs, predicate = "", ""
        if clause.is_verb:
            verbs = clause.group
            predicate = " ".join(w.text for w in words[group.place : group.place + 2])
        if _is_conditional(words, group.place):
            return "hypothetical"
        text = _between_semicolons(text, lead, words, group.place)
        return status_of(text, verbs, predicate, when, main.signal, self._published, lead)

    def _names(self, sentence: str, words: list[Word], start: int, end: int) -> names.Names:
        if self._document is not None:
            span = self._document.char_span(start, end, alignment_mode="expand")
            return names.names_by_spacy(span) if span is not None else names.Names()
        return names.names_of(sentence, words, self._short, self._people)

    def _named(self, title: str, before: tuple[int, int] | None) -> str:
        """Put a name in the place of a leading he or she where the sentence before leaves no doubt whose it is."""
        pronoun = _PRONOUN.match(title)
        if pronoun is None or before is None:
            return title
        text = self._article.text[before[0] : before[1]]
        people = names.names_of(text, words_of(text, []), self._short, self._people).people
        if len(people) != 1:
            return title
        longer = f"{people[0]}{title[pronoun.end() :]}"
        return longer if len(longer) <= LONGEST else title


_PRONOUN = re.compile(r"(?:He|She)(?=\s)")


def _between_semicolons(text: str, lead: str, words: list[Word], place: int) -> str:
    """Return the part of a clause between semicolons that a predicate stands in; what is beyond them claims nothing of it."""
    if ";" not in text or place < 0:
        return text
    at = words[place].start - len(lead)
    begin = text.rfind(";", 0, max(at, 0)) + 1
    end = text.find(";", max(at, 0))
    return text[begin : end if end >= 0 else len(text)].strip()


def _is_conditional(words: list[Word], place: int) -> bool:
    """Tell whether "if" or "unless" opens the clause of a predicate."""
    for word in reversed(words[: max(place, 0)]):
        if word.kind in ("mark", "verb"):
            return False
        if word.kind == "conjunction":
            return word.text.lower() in lists()["condition"]
    return False


def _cut_out(text: str, group: list[TimeMention], mentions: list[TimeMention], start: int) -> list[tuple[int, int]]:
    """Return the spans, counted in the clause, that the title leaves out: the expressions, with the lists that they stand in."""
    if group[0].partner is not None:
        spans = [(group[0].expression[0], group[-1].end)]
    else:
        spans = [_list_around(text, m.expression[0], m.end, mentions) for m in group]
    return [(a - start, b - start) for a, b in sorted(set(spans)) if a >= start]


def _list_around(text: str, begin: int, end: int, mentions: list[TimeMention]) -> tuple[int, int]:
    """Widen a span to the expressions that are listed with it: "in 2015 and 2019", "the three months to December"."""
    for mention in reversed(mentions):
        if mention.end <= begin and _LISTED.fullmatch(text, mention.end, begin):
            begin = mention.expression[0]
    for mention in mentions:
        if mention.expression[0] >= end and _LISTED.fullmatch(text, end, mention.expression[0]):
            end = mention.end
    return begin, end


_LISTED = re.compile(
    r"\s*(?:,|,?\s*\b(?:and|or|to|through|until|till|ended|ending)\b)\s*(?:(?:in|on|the)\s+)*", re.IGNORECASE
)


def _expression(group: list[TimeMention], main: TimeMention) -> tuple[int, int]:
    """Return the span of what gives the time: the group where it stands together, else its finest part."""
    begin, stop = group[0].expression[0], group[-1].end
    together = all(b.start - a.end <= _NEAR for a, b in itertools.pairwise(group))
    return (begin, stop) if together else (main.expression[0], main.end)


def _predicate(group: _Group, start: int) -> Predicate | None:
    word = group.predicate
    return None if word is None else Predicate(word.text, start + word.start, start + word.end)


def _id(title: str, when: When | None) -> str:
    name = slug(title)
    return f"{_stamp(when)}-{name}" if when is not None and not when.is_open_start else name


_NEAR: Final = 20
_DAYS: Final = ("day", "hour", "minute", "second")


def _stamp(when: When) -> str:
    """Return the beginning of a time for an id, as exact as it is known."""
    day = str(when.earliest).split("T")[0]
    if when.precision in _DAYS:
        return day
    return day[: -len("-01")] if when.precision in ("month", "season", "quarter", "half") else day[: -len("-01-01")]


def _dates_something(text: str, start: int, mention: TimeMention) -> bool:
    """Tell whether an expression dates a happening: not the present, an amount or a set, nor a mere attribute of a noun."""
    if mention.type == "SET" or mention.value.endswith("_REF"):
        return False
    if mention.type == "DURATION" and mention.edtf is None:
        return False
    if mention.edtf is None and not mention.is_unresolved:
        return False
    after = text[mention.end : mention.end + 40]
    before = text[max(start, mention.start - 40) : mention.start]
    if _UP_FROM.search(text, max(start, mention.start - 90), mention.start):
        return False
    if _compares(mention.meaning) and (
        _COMPARED.search(before) or _FIGURE_COMPARED.search(text, max(start, mention.start - 90), mention.start)
    ):
        return False
    if _QUARTERLY.search(before) or (mention.meaning in _GENERIC and before.lower().endswith("of ")):
        return False
    if mention.partner is not None:
        return _RESULTS.search(before) is None
    if mention.signal is None and _CHANGED_FROM.search(text, max(start, mention.start - 90), mention.start):
        return False
    if mention.signal is None and before and _DATELINE.fullmatch(text[start : mention.start]):
        return False
    is_attribute = _MODIFIED.match(after) is not None and (
        _DETERMINED.search(before) is not None or mention.text.lower().startswith(("the ", "a ", "an "))
    )
    return not (is_attribute and mention.type in ("DATE", "DURATION") and _is_coarse(mention))


# the date says which results are meant, not when they come
_QUARTERLY = re.compile(
    r"\b(?:results|earnings|figures|accounts|reports?) for (?:the|its|their) [\w -]{0,30}(?:ended|ending)\s+$",
    re.IGNORECASE,
)
_RESULTS = re.compile(r"\b(?:results|earnings|figures|accounts|reports?) for (?:its |their )?$", re.IGNORECASE)
# "the people of tomorrow"
_GENERIC: Final = (This(Cycle("unit", "day")), Next(Cycle("unit", "day")), Last(Cycle("unit", "day")))
_CHANGED_FROM = re.compile(
    r"\b(?:up|down|rose|fell|increased?|decreased?|dropped|drop|gained|declined?|higher|lower)\b[^.;]{0,60}\bfrom\s+$",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"\b(?:than|from|with|over|against|versus|as)\s+$", re.IGNORECASE)
# "up from $4.1 million, or 12 cents a share, a year ago": the year of a figure that the happening is compared with
_FIGURES: Final = (
    r"(?:(?:[$£€#¥]|[A-Z]{1,3}\$)?\d[\d.,]*%?,?\s+|(?:an?|the|or|of|about|nearly|some|net|pretax|restated|loss|profit|income|earnings"
    r"|sales|revenue|shares?|contracts|units|hundred|thousand|million|billion|trillion|cents?|pence|percent|points?|francs?|marks?|yen|pounds?|dollars?|euros?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve),?\s+)+(?:(?:in|for)\s+)?$"
)
_FIGURE_COMPARED = re.compile(r"\b(?:from|than|with|against|versus|below|above|over)\s+" + _FIGURES, re.IGNORECASE)
# the same of a day, which is only there to compare with where "up from" says so: "up from 886 million shares Thursday"
_UP_FROM = re.compile(r"\b(?:(?:up|down|increase|decrease|rise|drop|decline) from|compared (?:with|to)|versus)\s+" + _FIGURES, re.IGNORECASE)


def _compares(meaning: Meaning) -> bool:
    """Tell whether an expression stands for an amount of an earlier time ("more than a year earlier")."""
    return isinstance(meaning, (Shift, Last)) or (isinstance(meaning, Same) and meaning.offset <= 0)


def _is_coarse(mention: TimeMention) -> bool:
    """Tell whether an expression is of the kind that stands before nouns: a year, quarter or duration ("the 2020 budget")."""
    return mention.type == "DURATION" or len(mention.value) <= len("2019-Q3")


def _side_by_side(mentions: list[TimeMention]) -> list[list[TimeMention]]:
    """Put the two ends of a range, and expressions of the same day side by side, into one group."""
    groups: list[list[TimeMention]] = []
    for mention in mentions:
        last = groups[-1][-1] if groups else None
        if last is not None and last.edtf is not None:
            range_end = last.partner is not None and last.edtf == mention.edtf and mention.start - last.end <= _NEAR
            close = mention.start - last.end <= _CLOSE and "TIME" in (last.type, mention.type)
            if range_end or (close and _overlap(last.when, mention.when)):
                groups[-1].append(mention)
                continue
        groups.append([mention])
    return groups


_CLOSE: Final = 12


def _overlap(first: When | None, second: When | None) -> bool:
    return first is not None and second is not None and first.overlaps(second)


def _one_time(first: list[TimeMention], second: list[TimeMention]) -> bool:
    """Tell whether two groups of one predicate name one time, one of them more exactly ("on Friday evening ... at 7 p.m.")."""
    a, b = _combined(first), _combined(second)
    return a is not None and b is not None and a.overlaps(b) and not (a.is_open or b.is_open)


def _finest(group: list[TimeMention]) -> TimeMention:
    """Return the most exact of some expressions."""
    dated = [m for m in group if m.when is not None] or group

    def exactness(mention: TimeMention) -> float:
        when = mention.when
        return when.earliest.microseconds - when.latest.microseconds if when is not None else 0

    return max(dated, key=exactness)


def _combined(group: list[TimeMention]) -> When | None:
    """Return the time of a group: that of its finest expression."""
    return _finest(group).when


def _lasting(text: str, group: list[TimeMention], mentions: list[TimeMention]) -> When | None:
    """Return the span of a day with a length from it: "for three weeks from 2 March" is 2 to 22 March."""
    day = _finest(group)
    if day.when is None or day.when.kind != "date" or day.when.precision != "day" or day.signal is not None:
        return None
    if not _FROM.search(text, max(0, day.start - _NEAR), day.start):
        return None
    for other in mentions:
        meaning = other.meaning
        if (
            isinstance(meaning, Duration)
            and other.type == "DURATION"
            and _FOR.search(text, max(0, other.start - _NEAR), other.start)
        ):
            first = int(day.when.earliest.microseconds) // MICROSECONDS_PER_DAY
            end = Period("day", first)
            for count, unit in meaning.amounts:
                if count is None or not float(count).is_integer() or unit in ("hour", "minute", "second"):
                    return None
                end = periods.shift(end, int(count), unit)
            if end.number - 1 > first:
                return When.parse(f"{periods.edtf_day(first)}/{periods.edtf_day(end.number - 1)}")
    return None


_FROM = re.compile(r"\b(?:from|starting|beginning)(?: on)?\s+$", re.IGNORECASE)
_FOR = re.compile(r"\bfor\s+$", re.IGNORECASE)


def _clause(
    sentence: str, start: int, words: list[Word], groups: list[list[TimeMention]], position: int
) -> tuple[int, int]:
    """Return the span of the part of a sentence that a group dates: all of it where it is the only one, else up to where the
    clauses part."""
    low, high = 0, len(sentence)
    for split in _PARTS.finditer(sentence):
        at = start + split.start()
        before = [g for g in groups if g[-1].end <= at]
        after = [g for g in groups if g[0].start >= start + split.end()]
        if not before or not after or not _begins_clause(words, split):
            continue
        if groups[position][0].start >= start + split.end():
            low = max(low, split.end())
        elif groups[position][-1].end <= at and split.group().strip() != "that":
            high = min(high, split.start())
    return start + low, start + high


def _begins_clause(words: list[Word], split: re.Match[str]) -> bool:
    """Tell whether a clause of its own follows an "and", or another verb of the same subject: "and Kabul fell", "and was repaired", not
    "from Kenya and Tanzania in their search"."""
    if split.group().strip() not in ("and", "but"):
        return True
    if sum(w.text in ("--", "–", "—") for w in words if w.start < split.start()) % 2:
        return False
    bare = True
    for word in words:
        if word.start < split.end():
            continue
        if word.kind in ("verb", "be", "have", "modal", "do") or (bare and word.kind == "to"):
            return True
        bare = bare and word.kind == "adverb"
        if word.kind not in (
            "noun",
            "name",
            "determiner",
            "adjective",
            "number",
            "pronoun",
            "possessive",
            "adverb",
            "time",
            "happening",
        ):
            return False
    return False


_PARTS = re.compile(
    r";\s+|\s+that\s+|,\s+(?:and|but|while|whereas)\s+|\s+(?:and|but)\s+(?=\w+)|,?\s+(?:after|before)\s+(?=\w+ing\b)"
)


def _how(mention: TimeMention, known: str | None) -> str:
    """Say in one line how the date came about."""
    steps = mention.anchoring()
    mod = f" {mention.mod}" if mention.mod else ""
    if mention.signal == "Since" and known is not None:
        steps.append(f"still so on {known}, when the article was published")
    steps.append(f"{mention.meaning}, TIMEX3 {mention.value}{mod}")
    return "; ".join(steps)
