"""Events of an article, read on trees: sentences with times are parsed, each expression finds what it dates, and that is told.

The module is long because an article, its sentences and their expressions are gone through in one go.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from typing import Final

from attrs import define, field

from chronicle import languages
from chronicle.article import Article
from chronicle.event import Event, Predicate, slug, unused
from chronicle.extraction.citing import cited
from chronicle.extraction.counting import Counted, anniversaries, counted_from, day_of, may_count
from chronicle.extraction.dating import Dated, belongs_to, dated_by, is_event_time
from chronicle.extraction.groups import NEAR, combined, consecutive, finest, lasting, one_time, side_by_side
from chronicle.extraction.names import Known
from chronicle.extraction.pronouns import Antecedents
from chronicle.extraction.status import is_ahead, is_over, looked_back, not_before, reached, speaker_of, status_of
from chronicle.extraction.titles import LONGEST, Teller, Told, whole_sentence
from chronicle.resolve.find import find_times
from chronicle.syntax.blocks import Span, sentences
from chronicle.syntax.clauses import Clauses
from chronicle.syntax.happenings import lexicon
from chronicle.syntax.reader import Reader
from chronicle.syntax.tree import Tree
from chronicle.tagger.meaning import Previous
from chronicle.tagger.mention import TimeMention
from chronicle.time.when import When

_BEFORE: Final = 3  # sentences that are read for what pronouns of the next stand for
_EARLY: Final = 4
_BETWEEN: Final = " \n,–—("  # what stands between a date and what is in apposition to it
_DAYS: Final = ("day", "hour", "minute", "second")
_FEW_WORDS: Final = 3
_FAR: Final = 80  # characters back to the time that one was counted from
_LONG: Final = 260  # characters of a sentence in which clauses are hard to tell apart
_WORD = re.compile(r"[A-Za-z’']+")


@define
class _Group:
    """Expressions that date one happening."""

    mentions: list[TimeMention]
    dated: Dated | None
    span: When | None = None
    counted: Counted | None = None
    beside: tuple[int, int] | None = None


@define
class _Sentence:
    span: Span
    mentions: list[TimeMention] = field(factory=list)


def events_of(article: Article, undated: bool, reader: Reader) -> list[Event]:
    """Return the dated events of an article in the order of its text, read by one who makes trees."""
    return _Reading(article, undated, reader).events()


class _Reading:
    def __init__(self, article: Article, undated: bool, reader: Reader) -> None:
        self._article, self._undated, self._reader = article, undated, reader
        self._text = article.text
        self._lists = reader.lexicon
        self.code = languages.base(article.language)
        self._published = None if article.published is None else When.parse(article.published.isoformat()[:10])
        self._known = Known(article.text, article.language)
        self._mentions = find_times(article.text, article.published, article.language)
        self._date_ends = [m.end for m in self._mentions if m.edtf is not None]
        self._spans = sentences(article.text, article.language)
        self._by_sentence = self._placed(self._mentions)
        self._anniversaries = self._placed([] if undated else anniversaries(self._text, self._lists, self.code))

    def _placed(self, mentions: Iterable[TimeMention]) -> dict[int, list[TimeMention]]:
        """Return the expressions of each sentence, by its place; those in datelines and headlines are left out."""
        starts = [s.lead for s in self._spans]
        first = next((i for i, s in enumerate(self._spans) if s.whole), None)
        found: dict[int, list[TimeMention]] = {}
        for mention in mentions:
            index = bisect_right(starts, mention.start) - 1
            if index < 0 or mention.start >= self._spans[index].end or mention.start < self._spans[index].start:
                continue
            if first is not None and index < first and not self._undated:
                continue
            found.setdefault(index, []).append(mention)
        return found

    def _is_credit(self, span: Span) -> bool:
        """Tell whether a block is a byline or a credit, and no sentence."""
        words = _WORD.findall(self._text[span.start : span.start + 40])
        first = words[0].lower() if words else ""
        if first in self._lists["credits"] and self._text[span.start + len(first) : span.start + len(first) + 1] == ":":
            return True
        if self._lists.opening("credit_phrases", self._text, span.start) is not None:
            return True
        if first not in self._lists["bylines"]:
            return False
        return not span.whole or self._is_only_times(span)

    def _is_only_times(self, span: Span) -> bool:
        """Tell whether a sentence says hardly more than when: "Updated on 3 March 2024 at 10:00."."""
        first, stop = (bisect_left(self._mentions, place, key=lambda m: m.start) for place in (span.start, span.end))
        covered = [(m.start, m.end) for m in self._mentions[first:stop]]
        words = [w for w in _WORD.finditer(self._text, span.start, span.end) if not any(begin <= w.start() < end for begin, end in covered)]
        return bool(covered) and len(words) <= _FEW_WORDS

    def events(self) -> list[Event]:
        timed = [i for i in sorted({*self._by_sentence, *self._anniversaries}) if self._worth(i)]
        simultaneous = {i + 1 for i in timed if i + 1 < len(self._spans) and i + 1 not in self._by_sentence}
        simultaneous = {i for i in simultaneous if self._lists.opening("meanwhile", self._text, self._spans[i].start)}
        timed = sorted({*timed, *simultaneous})
        wanted = set(timed)
        for index in timed:
            if self._has_pronoun(index):
                low = max(0, index - _BEFORE)
                wanted.update(i for i in range(low, index) if self._spans[i].block >= self._spans[index].block - 1)
        order = sorted(wanted)
        given = [
            (self._text[span.start : span.end], span.start, _stretches(self._inside(i)))
            for i, span in ((i, self._spans[i]) for i in order)
        ]
        trees = {i: Clauses(tree, self._lists) for i, tree in zip(order, self._reader.trees(given), strict=True)}
        antecedents = Antecedents(trees, [s.block for s in self._spans], self._known, self._reader.names)
        for clauses in trees.values() if self._reader.names else ():
            self._known.names(clauses.tree, range(len(clauses.tree.words)), True)
        events: list[Event] = []
        taken: set[str] = set()
        last: tuple[int, Event] | None = None
        readers: list[_SentenceReader] = []
        for index in timed:
            if index in simultaneous:
                self._by_sentence[index] = self._meanwhile(
                    index, last[1] if last is not None and last[0] == index - 1 else None
                )
            readers.append(_SentenceReader(self, index, trees[index], antecedents))
            for event in readers[-1].events():
                event = event.with_id(unused(event.id, taken))
                events.append(event)
                last = index, event
        told = tuple(events)
        for event in (e for reader in readers for e in reader.counted(told)):
            event = event.with_id(unused(event.id, taken))
            insort(events, event, key=_place)
        return events

    def _meanwhile(self, index: int, last: Event | None) -> list[TimeMention]:
        """Return "meanwhile" at the beginning of a sentence as a time: that of the event of the sentence before, if that happened on a day."""
        span = self._spans[index]
        found = self._lists.opening("meanwhile", self._text, span.start)
        when = last.when if last is not None else None
        if (
            found is None
            or when is None
            or last is None
            or last.status != "happened"
            or when.precision not in _DAYS
            or when.is_open
        ):
            return []
        value = str(when)
        return [
            TimeMention(
                span.start,
                found,
                self._text[span.start : found],
                "DATE",
                value,
                None,
                Previous(),
                value,
                previous=value,
            )
        ]

    def _inside(self, index: int) -> list[TimeMention]:
        return self._by_sentence.get(index, [])

    def _worth(self, index: int) -> bool:
        if self._is_credit(self._spans[index]):
            return False
        found = self._inside(index)
        return index in self._anniversaries or any(self._undated or is_event_time(m) or may_count(self._text, m, self._lists) for m in found)

    def _has_pronoun(self, index: int) -> bool:
        span = self._spans[index]
        return any(w.lower() in self._lists["pronouns"] for w in _WORD.findall(self._text[span.start : span.end]))


def _stretches(mentions: list[TimeMention]) -> list[tuple[int, int]]:
    """Return the spans of expressions, the two ends of a range as one."""
    return [(g[0].start, g[-1].end) for g in side_by_side(mentions)] if mentions else []


def _place(event: Event) -> int:
    return event.sources[0].start or 0


class _SentenceReader:
    """Reads one sentence."""

    def __init__(self, reading: _Reading, index: int, clauses: Clauses, antecedents: Antecedents) -> None:
        self._reading, self._index, self._clauses, self._antecedents = reading, index, clauses, antecedents
        self._tree: Tree = clauses.tree
        self._text = reading._text
        self._mentions = reading._inside(index)
        self._words_of = {m.start: self._tree.inside(m.start, m.end) for m in self._mentions}
        self._counted: list[_Group] = []
        self._plain: list[_Group] = []
        # a length that is not told belongs to what is told
        self._times = {
            p for m in self._mentions if m.edtf is not None or m.type != "DURATION" for p in self._words_of[m.start]
        }

    def events(self) -> list[Event]:
        if all(
            p in self._times or w.pos in ("PUNCT", "ADP", "DET", "SYM", "X", "NUM")
            for p, w in enumerate(self._tree.words)
        ):
            return []
        groups = self._groups()
        dates = {g.dated.place for g in groups if g.dated is not None}
        if not self._reading._undated:
            anniversaries = self._reading._anniversaries.get(self._index, [])
            years = {self._tree.inside(m.start, m.end)[-1]: int(m.value[1:-1]) for m in anniversaries}
            for mention in sorted([*self._mentions, *anniversaries], key=lambda m: m.start):
                found = counted_from(self._clauses, mention, self._times, years)
                if found is None:
                    continue
                beside = self._dated_beside(found, groups)
                if beside is not None:
                    self._say_twice(beside, found)
                elif found.dated.place not in dates:
                    dates.add(found.dated.place)
                    self._counted.append(_Group([mention], found.dated, counted=found))
        apart = {p for g in (*groups, *self._counted) if g.dated is not None for p in g.dated.time}
        self._teller = Teller(self._clauses, apart)
        self._dated = [g.dated for g in (*groups, *self._counted) if g.dated is not None]
        self._plain = groups
        return [self._event(g) for g in groups]

    def _dated_beside(self, found: Counted, groups: list[_Group]) -> _Group | None:
        """Return the date that says already when that was: "on 5 May, two days after the fire", "began building on 5 May, two days ..."."""
        for group in groups:
            first, last = group.mentions[0].start, group.mentions[-1].end
            if found.start <= first < found.end:
                continue
            if min(abs(found.start - last), abs(first - found.end)) <= NEAR:
                return group
            place = -1 if group.dated is None else group.dated.place
            while place >= 0 and place != found.dated.place and self._tree.is_a(place, "xcomp", "ccomp"):
                place = self._tree.words[place].head
            if place == found.dated.place:
                return group
        return None

    def _say_twice(self, group: _Group, found: Counted) -> None:
        """Let a length that stands in apposition to a date be part of its expression: "5 May, two days after the fire"."""
        first, last = group.mentions[0].expression[0], group.mentions[-1].end
        between = self._text[last : found.start] if last <= found.start else self._text[found.end : first]
        if between.strip(_BETWEEN).lower() in {"", *self._reading._lists["anniversary_on"]}:
            group.beside = (found.start, found.end)
            if group.dated is not None:
                group.dated.time |= found.dated.time - {group.dated.place}

    def counted(self, told: Sequence[Event]) -> list[Event]:
        """Return what is dated by a length from a happening, by what the article tells of that; to be asked after :meth:`events`."""
        events = []
        for group in self._counted:
            if group.counted is not None:
                group.span = day_of(group.counted, self._clauses, told, lexicon(self._reading.code)) or self._time_along(group)
                event = self._event(group)
                if group.span is not None and event.status == "planned":
                    # what is told as past was counted from another happening if it comes out as still ahead
                    group.span = None
                    plain = self._event(group)
                    event = plain if plain.status == "happened" else event
                events.append(event)
        return events

    def _time_along(self, group: _Group) -> When | None:
        """Return the time of the verb that a counted one goes on with: "bowed on Tuesday and ordered an inquiry, eight days after the fire"."""
        tree = self._tree
        place = group.dated.place if group.dated is not None else -1
        if place < 0 or not tree.is_a(place, "conj") or tree.children(place, "nsubj"):
            return None
        first = tree.words[place].head
        beside = next((g for g in self._plain if g.dated is not None and g.dated.place == first and not g.dated.is_noun), None)
        same = tree.words[first].tense == tree.words[place].tense or tree.words[place].form == "Part"
        return combined(beside.mentions) if beside is not None and same else None

    def _groups(self) -> list[_Group]:
        """Put together what dates one happening: the ends of a range, and expressions of one time that share what they date."""
        reading, undated = self._reading, self._reading._undated
        chosen = [m for m in self._mentions if undated or is_event_time(m)]
        groups: list[_Group] = []
        for together in side_by_side(chosen):
            places = sorted({p for m in together for p in self._words_of[m.start]})
            if together[0].partner is not None and places:
                places = list(range(places[0], places[-1] + 1))
                self._times.update(places)
            dated = (
                dated_by(
                    self._clauses,
                    places,
                    together[-1],
                    self._times,
                    is_over(combined(together), self._reading._published),
                )
                if places
                else None
            )
            if dated is None and not undated:
                continue
            if dated is None and places:
                dated = belongs_to(self._clauses, places, together[-1], self._times)
            for m in together[:1]:
                if dated is not None and m.signal_start is not None:
                    dated.time |= set(self._tree.inside(*m.expression))
            before = groups[-1] if groups else None
            if (
                before is not None
                and before.span is None
                and before.dated is not None
                and dated is not None
                and (before.dated.place, before.dated.instead) == (dated.place, dated.instead)
                and (span := consecutive(self._text, before.mentions, together, reading._lists)) is not None
            ):
                before.mentions.extend(together)
                before.dated.time |= dated.time | set(range(min(before.dated.time), max(places)))
                before.span = span
                continue
            same = next(
                (
                    g
                    for g in groups
                    if dated is not None
                    and g.dated is not None
                    and g.dated.place == dated.place
                    and g.dated.instead == dated.instead
                    and one_time(g.mentions, together)
                ),
                None,
            )
            if same is not None and same.dated is not None and dated is not None:
                same.mentions.extend(together)
                same.dated.time |= dated.time
            else:
                groups.append(_Group(together, dated))
        return groups

    def _event(self, group: _Group) -> Event:
        reading, tree, teller = self._reading, self._tree, self._teller
        others = [d for d in self._dated if d is not group.dated]
        article = reading._article
        when = group.span or lasting(self._text, group.mentions, self._mentions, reading._lists)
        when = when or combined(group.mentions)
        main = finest(group.mentions)
        dated = group.dated
        doubts: set[str] = set()
        back: When | None = None
        if dated is None:
            told = Told(whole_sentence(tree, teller), 0)
            status = "recurring" if main.type == "SET" else "planned" if is_ahead(when, reading._published, main) else "happened"
        else:
            told = self._told(teller, dated, others)
            if not dated.is_noun:
                back = looked_back(self._clauses, dated.place, main, when, reading._published) if len(group.mentions) == 1 else None
                when = back or reached(self._clauses, dated.place, main, when) or not_before(self._clauses, dated.place, main, when) or when
            status, unsure = status_of(self._clauses, dated.place, dated.is_noun, main, when, reading._published)
            doubts |= told.doubts | unsure
        title, who, unclear = self._named(told)
        doubts |= unclear
        if dated is not None:
            doubts |= self._about_time(main, when) | self._about_tree(told, dated)
        whom = None
        according_to = None
        if dated is not None and not dated.is_noun:
            whom = self._noun_phrase(told.thing, teller)
            said, above = speaker_of(self._clauses, dated.place)
            according_to = self._speaker(said, above, teller)
        clause_words = self._words_about(told, dated)
        found = reading._known.names(tree, clause_words - self._times, reading._reader.names)
        begin, stop = _expression(group.mentions, main)
        if group.beside is not None:
            begin, stop = min(begin, group.beside[0]), max(stop, group.beside[1])
        reason, how = main.reason, _how(main, article.published_text, reading._reader.name, back is not None)
        if group.counted is not None:
            begin, stop = group.counted.start, group.counted.end
            doubts |= set() if when is None else {"anchor"}
            reason = f"it is counted from “{group.counted.words}”, and the article tells no one day of that"
            how = f"counted from “{group.counted.words}”; {how}"
        return Event(
            id=_id(title, when),
            when=when,
            title=title,
            status=status,
            unresolved=None if when is not None else reason,
            predicate=self._predicate(dated),
            who=who if who is not None else self._noun_phrase(told.subject, teller),
            whom=whom,
            according_to=according_to,
            doubts=sorted(doubts),
            people=found.people,
            organisations=found.organisations,
            places=found.places,
            sources=[
                cited(
                    article,
                    main,
                    self._text[self._reading._spans[self._index].lead : tree.end],
                    re.sub(r"\s", " ", self._text[begin:stop]),
                    (begin, stop),
                    how,
                )
            ],
        )

    def _told(self, teller: Teller, dated: Dated, others: list[Dated]) -> Told:
        told = teller.told(dated, others)
        if len(told.title) < 8 or (told.subject is None and not dated.is_noun) or " " not in told.title:
            kept = Dated(dated.place, dated.is_noun, True, None, set(), set(dated.doubts))
            again = teller.told(kept, others)
            if len(again.title) > len(told.title) and again.subject is not None:
                return again
            whole = whole_sentence(self._tree, teller)
            if len(whole) <= LONGEST or not told.title:
                return Told(whole, told.clause, told.subject, told.thing, told.doubts | {"title"})
        return told

    def _named(self, told: Told) -> tuple[str, str | None, set[str]]:
        """Return a title with what its first pronoun stands for in its place, who that is, and what is doubtful in it."""
        tree, lists = self._tree, self._reading._lists
        title = told.title
        first = title.partition(" ")[0]
        low = first.lower().strip("“\"'‘,")
        if low in lists["outside_words"]:
            return title, None, {"antecedent"}
        if low not in lists["pronouns"]:
            return title, None, set()
        place = self._place_of(low, told)
        if place is None:
            return title, None, {"antecedent"}
        meant, sure = self._antecedents.meant(self._index, place, told.clause)
        if meant is None:
            return title, None, set() if sure else {"antecedent"}
        owner = (
            low in lists.table("pronoun_of") and tree.words[place].relation.startswith("nmod") and place != told.subject
        )
        if owner:
            meant += (
                lists.table("parts")["possessive_plural"] if meant.endswith("s") else lists.table("parts")["possessive"]
            )
        longer = f"{meant}{title[len(first) :]}"
        if len(longer) > LONGEST:
            return title, meant if not owner else None, {"antecedent"}
        return longer, (meant if not owner else None), (set() if sure else {"antecedent"})

    def _place_of(self, low: str, told: Told) -> int | None:
        words = self._tree.words
        if told.subject is not None:
            for place in self._tree.subtree(told.subject):
                if words[place].low == low:
                    return place
            if low in self._reading._lists.table("subject_of").values():
                return told.subject
        return next((p for p, w in enumerate(words) if w.low == low), None)

    def _about_time(self, mention: TimeMention, when: When | None) -> set[str]:
        """Return what is doubtful in a date: what it was counted from, how far it reaches, how sure the publication is."""
        found: set[str] = set()
        reading = self._reading
        if mention.previous is not None and mention.published is None:
            before = bisect_right(reading._date_ends, mention.start)
            if before and mention.start - reading._date_ends[before - 1] > _FAR:
                found.add("anchor")
        if when is not None and ((when.is_open and mention.signal != "Since") or (mention.type == "TIME" and when.kind == "one of")):
            found.add("extent")
        if mention.published is not None and reading._article.published_sure == "unsure":
            found.add("published")
        return found

    def _about_tree(self, told: Told, dated: Dated) -> set[str]:
        """Return "clause" where the tree is unsure of the clause, or the sentence is long."""
        tree = self._tree
        unsure = any(tree.words[p].relation == "dep" for p in (told.clause, *tree.children(told.clause)))
        return {"clause"} if unsure or len(tree.text) > _LONG else set()

    def _noun_phrase(self, place: int | None, teller: Teller) -> str | None:
        if place is None or self._tree.words[place].relation == "expl":
            return None
        return self._tree.said(teller.phrase(place)) or None

    def _speaker(self, said: int | None, above: int | None, teller: Teller) -> str | None:
        tree = self._tree
        if said is None:
            return None
        if tree.words[said].low in self._reading._lists["pronouns"]:
            meant, _ = self._antecedents.meant(self._index, said, above if above is not None else said)
            if meant is not None:
                return meant
        return self._noun_phrase(said, teller)

    def _words_about(self, told: Told, dated: Dated | None) -> set[int]:
        """Return the words of the clause that an event is of, with its subject."""
        tree, clauses = self._tree, self._clauses
        if dated is None:
            return set(range(len(tree.words)))
        if dated.is_noun:
            return set(tree.subtree(dated.place))
        found = {told.clause}
        for child in tree.children(told.clause):
            if not (tree.is_a(child, "conj", "parataxis", "advcl") and clauses.is_clause(child)):
                found.update(tree.subtree(child))
        if told.subject is not None:
            found.update(
                tree.subtree(told.subject)
                if tree.words[told.subject].head == told.clause
                else [p for p in tree.subtree(told.subject) if p < told.clause]
            )
        return found

    def _predicate(self, dated: Dated | None) -> Predicate | None:
        if dated is None:
            return None
        word = self._tree.words[dated.place]
        return Predicate(word.text, word.start, word.end)


def _expression(group: list[TimeMention], main: TimeMention) -> tuple[int, int]:
    """Return the span of what gives the time: the group where it stands together, else its finest part."""
    begin, stop = group[0].expression[0], group[-1].end
    together = all(b.start - a.end <= NEAR for a, b in itertools.pairwise(group))
    return (begin, stop) if together else (main.expression[0], main.end)


def _id(title: str, when: When | None) -> str:
    name = slug(title)
    return f"{_stamp(when)}-{name}" if when is not None and not when.is_open_start else name


def _stamp(when: When) -> str:
    """Return the beginning of a time for an id, as exact as it is known."""
    day = str(when.earliest).split("T")[0]
    if when.precision in _DAYS:
        return day
    return day[: -len("-01")] if when.precision in ("month", "season", "quarter", "half") else day[: -len("-01-01")]


def _how(mention: TimeMention, known: str | None, reader: str, back: bool = False) -> str:
    """Say in one line how the date came about; ``back`` where the clause took it back to the last time that it came round."""
    steps = mention.anchoring()
    if back:
        steps.append("the clause tells of the past")
    mod = f" {mention.mod}" if mention.mod else ""
    if mention.signal == "Since" and known is not None:
        steps.append(f"still so on {known}, when the article was published")
    steps.append(f"{mention.meaning}, TIMEX3 {mention.value}{mod}")
    steps.append(f"read by {reader}")
    return "; ".join(steps)
