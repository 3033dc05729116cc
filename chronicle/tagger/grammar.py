"""The grammar engine: rules from a language's data file, parsed over the tokens of a phrase.

A rule is ``name: pattern => action``. A pattern holds words, ``{classes}`` of words or other rules, ``<classes>`` whose value is not asked for, ``(groups | of |
alternatives)`` and ``optional?`` parts; an action builds a value from the braces, ``$1`` being the first. A word that stands
for itself is the symbol ``=word``, so that the word "month" and the class of months are kept apart. Rules are
expanded into plain sequences, shared in one trie per name, and matched top down with a memo, so that a phrase costs time in
proportion to its tokens. A rule must not begin with itself.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from chronicle.tagger.tokens import Token

Sequence = tuple[tuple[str, bool], ...]  # (symbol, whether braces bind it)

_PATTERN_TOKEN = re.compile(r"\{[^}]+\}|<[^>]+>|[()|?]|[^\s(){}<>|?]+")
_ACTION_TOKEN = re.compile(r"""\$\d+|-?\d+(?:\.\d+)?|'[^']*'|"[^"]*"|\w+|[(),]""")


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
    __slots__ = ("actions", "rules", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Node] = {}
        self.rules: dict[str, _Node] = {}
        self.actions: list[Action] = []


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

    def compile(self) -> None:
        """Build the tries and the sets of what may begin and end each rule. Raises GrammarError."""
        self._rules = {name: _Node() for name, *_ in self._pending}
        firsts: dict[str, set[str]] = {name: set() for name in self._rules}
        lasts: dict[str, set[str]] = {name: set() for name in self._rules}
        neighbours: set[tuple[str, str]] = set()
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
        return Parser(self._rules, self._first, tokens)


class Parser:
    """A memoised top-down parse of one phrase."""

    __slots__ = ("_first", "_memo", "_rules", "_tokens")

    def __init__(self, rules: dict[str, _Node], first: dict[str, frozenset[str]], tokens: list[Token]) -> None:
        self._rules = rules
        self._first = first
        self._tokens = tokens
        self._memo: dict[tuple[str, int], list[Parse]] = {}

    def parse(self, name: str, start: int) -> list[Parse]:
        """Return the readings of a rule that begin at a token, one for each end and set of guards, the earlier rule winning."""
        key = (name, start)
        known = self._memo.get(key)
        if known is not None:
            return known
        found: dict[tuple[int, tuple[str, ...]], Parse] = {}
        self._memo[key] = []
        if not self._first[name].isdisjoint(self._tokens[start].classes):
            self._walk(self._rules[name], start, (), (), found)
        result = list(found.values())
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
        if at == len(self._tokens):
            return
        classes = self._tokens[at].classes
        words = node.words
        if words:
            for name, value in classes.items():
                after = words.get(name)
                if after is not None:
                    self._walk(after, at + 1, (*values, value), guards, found)
        for name, after in node.rules.items():
            if not self._first[name].isdisjoint(classes):
                for parse in self.parse(name, at):
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
