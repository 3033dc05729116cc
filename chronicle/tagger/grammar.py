"""The grammar engine: rules from a language's data file, parsed over the tokens of a phrase.

A rule is ``name: pattern => action``. A pattern holds words, ``{classes}`` of words or other rules, ``<classes>`` whose value is not asked for, ``(groups | of |
alternatives)`` and ``optional?`` parts; an action builds a value from the braces, ``$1`` being the first. A word that stands
for itself is the symbol ``=word``, so that the word "month" and the class of months are kept apart. Rules are
expanded into plain sequences, shared in one trie per name, and matched top down with a memo, so that a phrase costs time in
proportion to its tokens. A rule must not begin with itself.

It is long because the notation of rules, their tables and the parser over them are one thing: none is of use without the others.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Container, Iterable, Iterator
from typing import Any, Final, NamedTuple

from chronicle.tagger.tokens import Token

Sequence = tuple[tuple[str, bool], ...]  # (symbol, whether braces bind it)

_PATTERN_TOKEN = re.compile(r"\{[^}]+\}|<[^>]+>|[()|?]|[^\s(){}<>|?]+")
_ACTION_TOKEN = re.compile(r"""\$\d+|-?\d+(?:\.\d+)?|'[^']*'|"[^"]*"|\w+|[(),]""")


# what a class of figures, or a common word, weighs as a sign of what a phrase may be; and how often the signs are chosen anew
_COMMON: Final = 12
_ROUNDS: Final = 4
_TOO_MANY: Final = 1_000
_FIGURES: Final = frozenset(
    {"number", "day", "dayth", "ordinal", "twodigits", "smallyear", "hour", "month#", "one", "small"}
)
_NO_PARSES: Final[list[Any]] = []
_NO_CLASSES: Final[dict[str, Any]] = {}


class GrammarError(ValueError):
    """A mistake in a language's data file."""


class Action(NamedTuple):
    """What a matched rule yields."""

    order: int
    positions: tuple[int, ...]
    build: Callable[[tuple[Any, ...]], Any]
    guards: tuple[str, ...]
    source: str


class _Node:
    """A place in the rules' trie. ``moves`` is what a token of a class may lead to, gathered as classes come up, ``least`` how many tokens
    must follow."""

    __slots__ = ("actions", "least", "moves", "rules", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Node] = {}
        self.rules: dict[str, _Node] = {}
        self.actions: list[Action] = []
        self.moves: dict[str, tuple[_Move, ...]] = {}
        self.least = 0


class _Move(NamedTuple):
    """A way on from a place with a token of some class: the token itself (no rule), or a rule that begins with it; then ``after`` is next.

    ``following`` are the classes of which the next token must be one; ``may_end``: there need be none.
    """

    rule: str | None
    after: _Node
    following: frozenset[str]
    may_end: bool


class Parse(NamedTuple):
    """One way to read the tokens from some place up to ``end``."""

    end: int
    value: Any
    guards: tuple[str, ...]
    order: int


class Grammar:
    """The rules of one language, ready to parse."""

    def __init__(self, builders: dict[str, Callable[..., Any]]) -> None:
        self._builders = builders
        self._rules: dict[str, _Node] = {}
        self._pending: list[tuple[str, str, str, tuple[str, ...], str]] = []
        self._first: dict[str, frozenset[str]] = {}
        self.last: dict[str, frozenset[str]] = {}
        self.follow: dict[str, frozenset[str]] = {}
        self.words: dict[str, str] = {}

    def add(self, name: str, pattern: str, action: str, guards: tuple[str, ...], source: str) -> None:
        """Take a rule; it is compiled by :meth:`compile`, when all names are known."""
        self._pending.append((name, pattern, action, guards, source))

    def compile(self, common: Container[str] = ()) -> None:
        """Build the tries and the sets of what may begin and end each rule. Raises GrammarError.

        ``common`` are words that stand in many phrases, of which a phrase says little by having one.
        """
        self._rules = {name: _Node() for name, *_ in self._pending}
        firsts: dict[str, set[str]] = {name: set() for name in self._rules}
        lasts: dict[str, set[str]] = {name: set() for name in self._rules}
        neighbours: set[tuple[str, str]] = set()
        sequences: dict[str, set[tuple[str, ...]]] = {}
        for order, (name, pattern, action, guards, source) in enumerate(self._pending):
            build = _compile_action(action, self._builders, source)
            named = max((int(n) for n in re.findall(r"\$(\d+)", action)), default=0)
            if named > pattern.count("{"):
                raise GrammarError(
                    f"{source}: ${named} is not there: the pattern {pattern!r} has {pattern.count('{')} braces"
                )
            self.words.update((t, source) for t in _PATTERN_TOKEN.findall(pattern) if t[0] not in "{<()|?")
            for sequence, slots in _expand(pattern, source):
                if not sequence:
                    raise GrammarError(f"{source}: the pattern may match nothing")
                node = self._rules[name]
                for symbol in sequence:
                    table = node.rules if symbol in self._rules else node.words
                    node = table.setdefault(symbol, _Node())
                node.actions.append(Action(order, slots, build, guards, source))
                sequences.setdefault(name, set()).add(sequence)
                firsts[name].add(sequence[0])
                lasts[name].add(sequence[-1])
                neighbours.update(itertools.pairwise(sequence))
        self._first = {n: self._close(n, firsts, []) for n in self._rules}
        self.last = {n: self._close(n, lasts, None) for n in self._rules}
        follow: dict[str, set[str]] = {}
        for left, right in neighbours:
            after = self._first.get(right, frozenset((right,)))
            for end in self.last.get(left, (left,)):
                follow.setdefault(end, set()).update(after)
        self.follow = {symbol: frozenset(after) for symbol, after in follow.items()}
        self.needs = self._needs(sequences, common)
        self._measure(sequences)
        self._seconds: dict[tuple[str, str], tuple[frozenset[str], bool]] = {}

    def _needs(self, sequences: dict[str, set[tuple[str, ...]]], common: Container[str]) -> dict[str, frozenset[str]]:
        """Return for every rule a set of classes of which each phrase that it reads has one: at first what it may begin with, then of every
        way to write it the symbol that says most."""
        needs = dict(self._first)
        weights: dict[frozenset[str], int] = {}

        def weight(symbols: frozenset[str]) -> int:
            if symbols not in weights:
                weights[symbols] = sum(
                    _COMMON if s in _FIGURES or (s[0] == "=" and s[1:] in common) else 1 for s in symbols
                )
            return weights[symbols]

        for _ in range(_ROUNDS):
            before = dict(needs)
            for name, ways in sequences.items():
                chosen = [
                    min((needs.get(symbol, frozenset((symbol,))) for symbol in sorted(way)), key=weight) for way in ways
                ]
                found = frozenset().union(*chosen)
                if weight(found) < weight(needs[name]):
                    needs[name] = found
            if needs == before:
                break
        return needs

    def _measure(self, sequences: dict[str, set[tuple[str, ...]]]) -> None:
        """Find out how many tokens every rule needs at least, and every place in the trie from there on."""
        least = dict.fromkeys(self._rules, 1)
        for _ in range(_ROUNDS):
            before = dict(least)
            for name, ways in sequences.items():
                least[name] = min(sum(least.get(symbol, 1) for symbol in way) for way in ways)
            if least == before:
                break
        self._least = least
        order = list(self._rules.values())
        for node in order:
            order.extend((*node.words.values(), *node.rules.values()))
        for node in reversed(order):
            if not node.actions:
                steps = [1 + after.least for after in node.words.values()]
                node.least = min(steps + [least[name] + after.least for name, after in node.rules.items()])

    def _close(self, name: str, table: dict[str, set[str]], trail: list[str] | None) -> frozenset[str]:
        found: set[str] = set()
        seen: set[str] = set()
        queue = [name]
        while queue:
            current = queue.pop()
            if current in seen:
                continue
            seen.add(current)
            for symbol in table[current]:
                if symbol in self._rules:
                    if trail is not None and symbol == name:
                        raise GrammarError(f"the rule {name} begins with itself (by way of {current})")
                    queue.append(symbol)
                else:
                    found.add(symbol)
        return frozenset(found)

    @property
    def names(self) -> frozenset[str]:
        """The names of the rules."""
        return frozenset(self._rules)

    def first(self, name: str) -> frozenset[str]:
        """Return the terminal symbols that may begin a rule."""
        return self._first[name]

    def parser(self, tokens: list[Token]) -> Parser:
        """Return a parser over the tokens of one phrase."""
        return Parser(self, tokens)

    def root(self, name: str) -> _Node:
        """Return the place in the trie where a rule begins."""
        return self._rules[name]

    def may_begin(self, name: str, classes: Iterable[str], following: Iterable[str]) -> bool:
        """Tell whether a rule may begin with a token of some classes before one of others."""
        root = self._rules[name]
        return any(
            move.may_end or not move.following.isdisjoint(following)
            for symbol in classes
            for move in self.moves(root, symbol)
        )

    def least(self, name: str, classes: frozenset[str]) -> int:
        """Return how many tokens a rule needs at least: too many for any phrase, where it needs one of none of some classes."""
        return _TOO_MANY if self.needs[name].isdisjoint(classes) else self._least[name]

    def moves(self, node: _Node, symbol: str) -> tuple[_Move, ...]:
        """Return the ways on from a place with a token of a class."""
        known = node.moves.get(symbol)
        if known is None:
            found = [_Move(None, node.words[symbol], *self._begin(node.words[symbol]))] if symbol in node.words else []
            for name, after in node.rules.items():
                if symbol in self._first[name]:
                    following, may_end = self._second(name, symbol)
                    if may_end:
                        more, may_end = self._begin(after)
                        following = following | more
                    found.append(_Move(name, after, following, may_end))
            known = node.moves[symbol] = tuple(found)
        return known

    def _begin(self, node: _Node) -> tuple[frozenset[str], bool]:
        """Return the classes of what may come next at a place, and whether nothing need come."""
        firsts = [self._first[name] for name in node.rules]
        return frozenset(node.words).union(*firsts), bool(node.actions)

    def _second(self, name: str, symbol: str) -> tuple[frozenset[str], bool]:
        """Return the classes of the second token of a rule that begins with a class, and whether it may be the only one."""
        key = (name, symbol)
        known = self._seconds.get(key)
        if known is None:
            moves = self.moves(self._rules[name], symbol)
            known = frozenset().union(*(m.following for m in moves)), any(m.may_end for m in moves)
            self._seconds[key] = known
        return known


class Parser:
    """A memoised top-down parse of one phrase. ``_least`` is how many tokens a rule needs at least, too many where the phrase lacks what it
    needs."""

    __slots__ = ("_grammar", "_least", "_memo", "_present", "_tokens")

    def __init__(self, grammar: Grammar, tokens: list[Token]) -> None:
        self._grammar = grammar
        self._tokens = tokens
        self._present = frozenset().union(*(token.classes for token in tokens))
        self._least: dict[str, int] = {}
        self._memo: dict[tuple[str, int], list[Parse]] = {}

    def parse(self, name: str, start: int) -> list[Parse]:
        """Return the readings of a rule that begin at a token, one for each end and set of guards, the earlier rule winning."""
        key = (name, start)
        known = self._memo.get(key)
        if known is not None:
            return known
        found: dict[tuple[int, tuple[str, ...]], Parse] = {}
        self._memo[key] = []
        self._walk(self._grammar.root(name), start, (), (), found)
        result = list(found.values()) if found else _NO_PARSES
        self._memo[key] = result
        return result

    def _walk(
        self,
        node: _Node,
        at: int,
        values: tuple[Any, ...],
        guards: tuple[str, ...],
        found: dict[tuple[int, tuple[str, ...]], Parse],
    ) -> None:
        for action in node.actions:
            needed = guards + action.guards if action.guards else guards
            known = found.get((at, needed))
            if known is not None and known.order <= action.order:
                continue
            try:
                value = action.build(tuple([values[p] if p >= 0 else None for p in action.positions]))
            except (ValueError, OverflowError):
                continue
            found[at, needed] = Parse(at, value, needed, action.order)
        tokens = self._tokens
        rest = len(tokens) - at
        if not rest:
            return
        classes = tokens[at].classes
        following = tokens[at + 1].classes if rest > 1 else _NO_CLASSES
        tried: set[str] = set()
        several = len(classes) > 1
        for symbol, value in classes.items():
            moves = node.moves.get(symbol)
            if moves is None:
                moves = self._grammar.moves(node, symbol)
            for name, after, allowed, may_end in moves:
                if not may_end and allowed.isdisjoint(following):
                    continue
                if name is None:
                    if after.least < rest:
                        self._walk(after, at + 1, (*values, value), guards, found)
                    continue
                least = self._least.get(name)
                if least is None:
                    least = self._least[name] = self._grammar.least(name, self._present)
                if least + after.least > rest:
                    continue
                if several:
                    if name in tried:
                        continue
                    tried.add(name)
                for parse in self.parse(name, at):
                    if at + rest - parse.end >= after.least:
                        self._walk(after, parse.end, (*values, parse.value), guards + parse.guards, found)


def _expand(pattern: str, source: str) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
    """Yield every plain sequence of a pattern with, for each brace in writing order, its place in it (-1: left out)."""
    tokens = _PATTERN_TOKEN.findall(pattern)
    braces = sum(1 for t in tokens if t.startswith("{"))
    alternatives, rest = _alternatives(tokens, 0, [0], source)
    if rest != len(tokens):
        raise GrammarError(f"{source}: a bracket too many in the pattern {pattern!r}")
    for sequence in alternatives:
        slots = [-1] * braces
        for place, (_, slot) in enumerate(sequence):
            if slot >= 0:
                slots[slot] = place
        yield tuple(symbol for symbol, _ in sequence), tuple(slots)


_Flat = tuple[tuple[str, int], ...]


def _alternatives(tokens: list[str], at: int, slot: list[int], source: str) -> tuple[list[_Flat], int]:
    done: list[_Flat] = []
    current: list[_Flat] = [()]
    while at < len(tokens):
        token = tokens[at]
        if token == ")":
            break
        at += 1
        if token == "|":
            done.extend(current)
            current = [()]
            continue
        if token == "?":
            raise GrammarError(f"{source}: a ? with nothing before it")
        if token == "(":
            choices, at = _alternatives(tokens, at, slot, source)
            if at >= len(tokens):
                raise GrammarError(f"{source}: a bracket is not closed")
            at += 1
        elif token.startswith("{"):
            choices = [((token[1:-1], slot[0]),)]
            slot[0] += 1
        elif token.startswith("<"):
            choices = [((token[1:-1], -1),)]
        else:
            choices = [((f"={token.lower()}", -1),)]
        if at < len(tokens) and tokens[at] == "?":
            at += 1
            choices = [*choices, ()]
        current = [left + right for left in current for right in choices]
    return [*done, *current], at


def _compile_action(
    text: str, builders: dict[str, Callable[..., Any]], source: str
) -> Callable[[tuple[Any, ...]], Any]:
    tokens = _ACTION_TOKEN.findall(text)
    build, rest = _action(tokens, 0, builders, source)
    if rest != len(tokens):
        raise GrammarError(f"{source}: {text!r} goes on after the action's end")
    return build


def _constant(token: str) -> int | float | str | None:
    if token[0] in "'\"":
        return token[1:-1]
    if token == "None":
        return None
    return float(token) if "." in token else int(token)


def _action(
    tokens: list[str], at: int, builders: dict[str, Callable[..., Any]], source: str
) -> tuple[Callable[[tuple[Any, ...]], Any], int]:
    if at >= len(tokens):
        raise GrammarError(f"{source}: the action is cut off")
    token = tokens[at]
    at += 1
    if token.startswith("$"):
        index = int(token[1:]) - 1
        return (lambda values: values[index]), at
    if token[0] in "-0123456789'\"" or token == "None":
        constant = _constant(token)
        return (lambda values: constant), at
    builder = builders.get(token)
    if builder is None:
        raise GrammarError(f"{source}: there is no {token} to build; there are {', '.join(sorted(builders))}")
    arguments: list[Callable[[tuple[Any, ...]], Any]] = []
    if at < len(tokens) and tokens[at] == "(":
        at += 1
        while at < len(tokens) and tokens[at] != ")":
            argument, at = _action(tokens, at, builders, source)
            arguments.append(argument)
            if at < len(tokens) and tokens[at] == ",":
                at += 1
        if at >= len(tokens):
            raise GrammarError(f"{source}: a bracket of the action is not closed")
        at += 1
    chosen: Final = builder
    return (lambda values: chosen(*[a(values) for a in arguments])), at
