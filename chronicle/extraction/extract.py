"""extract: an article's mentions become dated events, each with its sentence, title, status and source."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from attrs import evolve

from chronicle import languages
from chronicle.article import Article, ArticleError, Published
from chronicle.event import Event, Predicate, Source, slug, unused
from chronicle.extraction import names, plain
from chronicle.extraction.clause import NO_CLAUSE, Clause, clause_of, frame_of
from chronicle.extraction.dating import dates_something
from chronicle.extraction.events import events_of
from chronicle.extraction.groups import NEAR, combined, finest, lasting, one_time, side_by_side
from chronicle.extraction.parts import part_of
from chronicle.extraction.predicate import predicate_of, told_of
from chronicle.extraction.pronouns import Antecedents
from chronicle.extraction.sentences import sentence_spans
from chronicle.extraction.status import status_of
from chronicle.extraction.syntax import FINITE, Word, lists, words_of
from chronicle.extraction.titles import LONGEST, title_of
from chronicle.extraction.trim import dateline_end
from chronicle.readers import read_article
from chronicle.readers.files import is_file_name
from chronicle.resolve.find import find_times
from chronicle.syntax.reader import LIGHT, reader_of
from chronicle.tagger.meaning import Ahead, Previous
from chronicle.tagger.mention import TimeMention
from chronicle.time.when import When

# what the light reader needs of a language
READ: Final = "clauses.toml"
_CREDIT = re.compile(
    r"^\s*(?:(?:photo(?:graph)?s?|images?|pictures?|credits?|source):|©|copyright\b|based on (?:materials?|reporting)\b"
    r"|with (?:materials?|reporting|files) (?:from|by)\b)",
    re.IGNORECASE,
)
# no sentences, unless a verb follows ("By May it was over", "Published in 1859, it sold well")
_BYLINE = re.compile(r"^\s*(?:By [A-Z]|(?i:published|updated|posted|last (?:updated|modified))\b)")


def extract(article: Article | str | Path, published: Published = None, *, undated: bool = False, nlp: Any = "auto") -> list[Event]:
    """Return the dated events of an article, in the order of its text: one for each happening, named by its predicate.

    ``article`` may also be a text, or a Path: a file of any kind that :func:`chronicle.read_article` reads. A text of one word that ends as such a
    file does ("monday.md") is taken for its path. ``published`` is the publication date of a text, and wins over what a file or an Article says.
    Raises ArticleError for a file that cannot be read, a publication date that is none, and for what is no article.

    >>> [(str(e.when), e.status) for e in extract("They will meet on Monday.", published="2021-07-16")]
    [('2021-07-19', 'planned')]

    Every resolved date that dates something yields an event; so does a relative expression that could not be resolved, without ``when``
    and with the reason. References to the present, mere lengths of time and repeated times yield none, unless ``undated`` asks for what
    they belong to, too. ``nlp`` may be a loaded spaCy pipeline: its entities then replace the light method for people, organisations
    and places, and nothing else changes.
    """
    article = _article(article, published)
    who = reader_of(article.language, nlp)
    if who.name != LIGHT:
        return events_of(article, undated, who)
    if languages.base(article.language) not in languages.codes(READ):
        return plain.events_of(article, undated)
    nlp = None if isinstance(nlp, str) else nlp
    mentions = find_times(article.text, article.published, article.language)
    day = None if article.published is None else When.parse(article.published.isoformat()[:10])
    spans = sentence_spans(article.text)
    starts = [start for start, _ in spans]
    by_sentence: dict[int, list[TimeMention]] = {}
    for mention in mentions:
        index = bisect_right(starts, mention.start) - 1
        if index >= 0 and mention.start < spans[index][1]:
            by_sentence.setdefault(index, []).append(mention)
    reader = _Reader(article, spans, [(m.start, m.end) for m in mentions], day, undated, nlp)
    events: list[Event] = []
    taken: set[str] = set()
    dated: tuple[int, Event] | None = None
    for index, span in enumerate(spans):
        found = by_sentence.get(index, [])
        meanwhile = _MEANWHILE.match(article.text, *span)
        if not found and meanwhile is not None and dated is not None and dated[0] == index - 1:
            found = _at_the_same_time(meanwhile, dated[1])
        if not found:
            continue
        for event in reader.events(index, found):
            event = event.with_id(unused(event.id, taken))
            events.append(event)
            dated = index, event
    return events


def _article(given: Article | str | Path, published: Published) -> Article:
    """Return the article that was given, its text or its file."""
    if isinstance(given, Article):
        return given if published is None else evolve(given, published=published)
    if isinstance(given, Path) or (isinstance(given, str) and is_file_name(given)):
        return read_article(given, published)
    if isinstance(given, str):
        return Article(given, published)
    several = "; give each of several by itself" if isinstance(given, Iterable) else ""
    raise ArticleError(f"extract takes an Article, a text or the Path of a file, not {type(given).__name__}{several}")


_MEANWHILE = re.compile(r"(?:Meanwhile|Simultaneously|At that (?:very )?moment|At the same moment)\b")


def _at_the_same_time(word: re.Match[str], event: Event) -> list[TimeMention]:
    """Return "meanwhile" as a time: that of the event before it, if that happened on a day."""
    when = event.when
    if when is None or when.precision not in _DAYS or when.is_open or event.status != "happened":
        return []
    return [
        TimeMention(
            word.start(), word.end(), word.group(), "DATE", str(when), None, Previous(), str(when), previous=str(when)
        )
    ]


class _Group(NamedTuple):
    """Expressions that date one happening, and its predicate (a word of the sentence) with its place among the words."""

    mentions: list[TimeMention]
    predicate: Word | None
    place: int


class _Reader:
    """Reads the sentences of one article."""

    def __init__(
        self,
        article: Article,
        spans: list[tuple[int, int]],
        times: list[tuple[int, int]],
        published: When | None,
        undated: bool,
        nlp: Any,
    ) -> None:
        self._article = article
        self._published = published
        self._undated = undated
        self._short = names.acronyms(article.text)
        self._people = names.people_of(article.text)
        self._spans = spans
        self._antecedents = Antecedents(article.text, spans, times, self._short, self._people)
        self._document = nlp(article.text) if nlp is not None else None

    def events(self, index: int, mentions: list[TimeMention]) -> Iterator[Event]:
        """Yield the events of a sentence, by its place among them."""
        start, end = self._spans[index]
        sentence = self._article.text[start:end]
        if _CREDIT.match(sentence):
            return
        chosen = [m for m in mentions if self._undated or dates_something(self._article.text, start, m)]
        if not chosen:
            return
        words = words_of(sentence, [(m.start - start, m.end - start) for m in mentions])
        if all(w.kind in ("time", "mark", "preposition", "determiner") for w in words):
            return
        if _BYLINE.match(sentence) and not any(w.kind in FINITE for w in words[2:]):
            return
        groups = self._grouped(chosen, words, start)
        for position, group in enumerate(groups):
            yield self._event(index, words, [g.mentions for g in groups], position, group, mentions)

    def _grouped(self, mentions: list[TimeMention], words: list[Word], start: int) -> list[_Group]:
        """Put together what dates one happening: the ends of a range, and expressions of one time that share their predicate."""
        groups: list[_Group] = []
        for together in side_by_side(mentions):
            first, last = together[0], together[-1]
            predicate = predicate_of(words, first.start - start, last.end - start)
            if self._is_over(together):
                predicate = told_of(words, predicate, first.start - start) or predicate
            place = words.index(predicate) if predicate is not None else -1
            same = next((g for g in groups if g.place == place >= 0 and one_time(g.mentions, together)), None)
            if same is not None:
                same.mentions.extend(together)
            else:
                groups.append(_Group(together, predicate, place))
        return groups

    def _is_over(self, mentions: list[TimeMention]) -> bool:
        """Say whether a time was past when the article came out."""
        when = mentions[-1].when
        if when is None or self._published is None or when.is_open:
            return False
        return when.earliest < self._published.earliest and when.latest <= self._published.latest

    def _event(
        self,
        index: int,
        words: list[Word],
        groups: list[list[TimeMention]],
        position: int,
        group: _Group,
        mentions: list[TimeMention],
    ) -> Event:
        article, (start, end) = self._article, self._spans[index]
        sentence = article.text[start:end]
        clause_start, clause_end = part_of(sentence, start, words, groups, position)
        text = article.text[clause_start:clause_end]
        when = lasting(article.text, group.mentions, mentions) or combined(group.mentions)
        main = finest(group.mentions)
        clause = clause_of(sentence, words, group.place) if group.predicate is not None else NO_CLAUSE
        title = title_of(
            sentence,
            words,
            _cut_out(article.text, group.mentions, mentions, start),
            group.place,
            frame_of(words, group.place) if group.predicate is not None else None,
            (clause_start - start, clause_end - start),
        )
        named = self._antecedents.named(title, index, LONGEST)
        begin, stop = _expression(group.mentions, main)
        inside = [w for w in words if max(clause_start, start + dateline_end(sentence)) <= start + w.start < clause_end]
        found = self._names(sentence, inside, clause_start, clause_end)
        return Event(
            id=_id(named, when),
            when=when,
            title=named,
            status=self._status(sentence[: clause_start - start], text, clause, group, words, when, main),
            unresolved=None if when is not None else main.reason,
            predicate=_predicate(group, start),
            who=_who(clause.subject, title, named),
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
        status = status_of(text, verbs, predicate, when, main.signal, self._published, lead)
        ahead = status == "happened" and isinstance(getattr(main.meaning, "what", main.meaning), Ahead)
        return "planned" if ahead else status

    def _names(self, sentence: str, words: list[Word], start: int, end: int) -> names.Names:
        if self._document is not None:
            span = self._document.char_span(start, end, alignment_mode="expand")
            return names.names_by_spacy(span) if span is not None else names.Names()
        return names.names_of(sentence, words, self._short, self._people)


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
        if mention.end <= begin and not _is_vague(mention) and _LISTED.fullmatch(text, mention.end, begin):
            begin = mention.expression[0]
    for mention in mentions:
        if (
            mention.expression[0] >= end
            and not _is_vague(mention)
            and _LISTED.fullmatch(text, end, mention.expression[0])
        ):
            end = mention.end
    return begin, end


def _is_vague(mention: TimeMention) -> bool:
    """Tell whether an expression is a length that is not told: "weeks after the attacks" belongs to the title."""
    return mention.type == "DURATION" and mention.value.startswith(("PX", "PTX"))


_LISTED = re.compile(
    r"\s*(?:,|,?\s*\b(?:and|or|to|through|until|till|ended|ending)\b)\s*(?:(?:in|on|the)\s+)*", re.IGNORECASE
)


def _who(subject: str | None, title: str, named: str) -> str | None:
    """Return who did it: what a pronoun stands for, where the title has that in its place."""
    if subject is None or named == title or subject.lower() != title.partition(" ")[0].lower():
        return subject
    return named[: len(named) - len(title) + len(subject)]


def _expression(group: list[TimeMention], main: TimeMention) -> tuple[int, int]:
    """Return the span of what gives the time: the group where it stands together, else its finest part."""
    begin, stop = group[0].expression[0], group[-1].end
    together = all(b.start - a.end <= NEAR for a, b in itertools.pairwise(group))
    return (begin, stop) if together else (main.expression[0], main.end)


def _predicate(group: _Group, start: int) -> Predicate | None:
    word = group.predicate
    return None if word is None else Predicate(word.text, start + word.start, start + word.end)


def _id(title: str, when: When | None) -> str:
    name = slug(title)
    return f"{_stamp(when)}-{name}" if when is not None and not when.is_open_start else name


_DAYS: Final = ("day", "hour", "minute", "second")


def _stamp(when: When) -> str:
    """Return the beginning of a time for an id, as exact as it is known."""
    day = str(when.earliest).split("T")[0]
    if when.precision in _DAYS:
        return day
    return day[: -len("-01")] if when.precision in ("month", "season", "quarter", "half") else day[: -len("-01-01")]


def _how(mention: TimeMention, known: str | None) -> str:
    """Say in one line how the date came about."""
    steps = mention.anchoring()
    mod = f" {mention.mod}" if mention.mod else ""
    if mention.signal == "Since" and known is not None:
        steps.append(f"still so on {known}, when the article was published")
    steps.append(f"{mention.meaning}, TIMEX3 {mention.value}{mod}")
    return "; ".join(steps)
