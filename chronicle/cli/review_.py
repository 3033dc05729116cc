"""chronicle review"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import click

from chronicle.cli.terminal import say, say_lines
from chronicle.errors import ChronicleError
from chronicle.event import DOUBTS, STATUSES, Event
from chronicle.log import storage
from chronicle.log.eventlog import EventLog

_KEYS = (
    "[a]ccept  [r]eject  [d]ate  [t]itle  status [y]  [m]erge  [o]pen the quote  [s]kip  [u]ndo  accept the [w]hole rest  [q]uit  [?] keys"
)


@click.command(name="review")
@click.argument("log", type=click.Path(exists=True, path_type=Path), metavar="LOG")
@click.option(
    "--articles",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the articles, for opening quotes in their context.",
)
def command(log: Path, articles: Path | None) -> int:
    """Walk through the proposed events of a log, the doubtful first, each part in order of time, and decide on each.

    Every decision is written at once, so you may quit at any point. Keys: a accepts, r rejects, d, t and y edit date (in words
    or EDTF), title and status (and leave the event proposed), m makes one of it and another event, o opens the quote in its article, s skips,
    u undoes the last decision, w accepts all that are left without doubts, after a list of them, q quits.

    \b
    Example:
      chronicle review events/story.yaml --articles seeds/
    """
    session = _Session(log, articles)
    return session.run()


_WIDTH = 100  # characters, for quotes


class _Session:
    def __init__(self, path: Path, articles: Path | None) -> None:
        self._path = path
        self._articles = articles
        self._log = EventLog.read(path)
        self._undo: list[tuple[str, dict[Path, tuple[bytes, bytes]]]] = []
        self._seen: set[int] = set()
        self._many: dict[int, int] = {}  # how many events a step that can be undone was of, where more than one
        self._counts = {"accepted": 0, "rejected": 0, "edited": 0, "merged": 0, "skipped": 0}

    def run(self) -> int:
        proposed = [e for e in self._log if e.review == "proposed"]
        queue = [e.id for e in sorted(proposed, key=lambda e: not e.doubts)]
        at = 0
        while at < len(queue):
            if queue[at] not in self._ids():  # it was made one with another
                at += 1
                continue
            event = self._log.by_id(queue[at])
            if event.review != "proposed" and at not in self._seen:  # accepted with many others
                at += 1
                continue
            self._seen.add(at)
            self._show(event, at + 1, len(queue))
            step = self._ask(event)
            if step is None:
                break
            if step < 0 and at == 0:
                continue
            at = max(0, at + step)
        told = ", ".join(f"{n} {what}" for what, n in self._counts.items() if n) or "nothing decided"
        left = sum(1 for e in self._log if e.review == "proposed")
        say(f"{self._path}: {told}; {left} still proposed")
        return 0

    def _ids(self) -> set[str]:
        return {event.id for event in self._log}

    def _show(self, event: Event, number: int, total: int) -> None:
        say_lines(f"\n{number} of {total}  {event.id}")
        when = f"{event.when}  {event.when.words()}" if event.when is not None else f"unresolved: {event.unresolved}"
        say_lines(f"  {when}  ({event.status})")
        say(f"  {event.title}")
        for doubt in event.doubts:
            say(f"  in doubt: {DOUBTS.get(doubt, doubt)}")
        for source in event.sources:
            quote = f"“{source.quote or source.expression or ''}”"
            say_lines("\n".join(textwrap.wrap(quote, _WIDTH, initial_indent="  ", subsequent_indent="  ", break_long_words=False)))
            say_lines(
                f"    {source.title or source.article}, {source.published or 'no date'}: “{source.expression}” {source.how or ''}".rstrip()
            )

    def _ask(self, event: Event) -> int | None:
        """Ask for a key and do it; returns how far to go on, None to quit."""
        while True:
            say_lines(f"{_KEYS}\n> ", nl=False)
            key = self._key()
            if key in ("q", "", "\x03", "\x04"):
                return None
            if key == "s":
                self._counts["skipped"] += 1
                return 1
            if key in ("a", "r"):
                self._decide(
                    event, "accepted" if key == "a" else "rejected", review="confirmed" if key == "a" else "rejected"
                )
                return 1
            if key == "u":
                return self._take_back()
            if key == "d":
                self._edit_date(event)
                return 0
            if key == "t":
                title = self._line("title", event.title)
                if title and title != event.title:
                    self._decide(event, "edited", title=title)
                return 0
            if key == "y":
                self._edit_status(event)
                return 0
            if key == "m":
                self._merge(event)
                return 0
            if key == "w":
                return self._accept_many()
            if key == "o":
                self._open(event)
            elif key == "?":
                say_lines(command.help or "")
            else:
                say_lines(f"no such key: {key!r}")

    def _key(self) -> str:
        if sys.stdin.isatty():
            key = click.getchar()
            say_lines(key)
            return key.lower()
        line = sys.stdin.readline()
        return line.strip().lower()[:1] if line else ""

    def _line(self, name: str, old: str) -> str:
        say_lines(f"{name} [{old}]: ", nl=False)
        return sys.stdin.readline().strip()

    def _edit_date(self, event: Event) -> None:
        old = "unresolved" if event.when is None else str(event.when)
        text = self._line("date (in words or EDTF)", old)
        if not text or text == old:
            return
        try:
            fields: dict[str, str | None] = {"when": text}
            if event.when is not None and event.previously is None:
                fields["previously"] = old
            if event.when is None:
                fields["unresolved"] = None
            self._decide(event, "edited", **fields)
        except ChronicleError as error:
            say_lines(str(error))

    def _decide(self, event: Event, what: str, **fields: str | None) -> None:
        self._do(what, lambda: self._log.set(event.id, **fields))

    def _do(self, what: str, work: Callable[[], object]) -> None:
        """Write a decision at once, and remember what the files held before and after it."""
        before = {f.path: f.path.read_bytes() for f in self._log.files}
        work()
        self._log.write()
        changed = {p: (raw, p.read_bytes()) for p, raw in before.items() if p.read_bytes() != raw}
        self._undo.append((what, changed))
        self._counts[what] += 1

    def _edit_status(self, event: Event) -> None:
        status = self._line(f"status, one of {', '.join(STATUSES)}", event.status)
        if status and status != event.status:
            self._tried(lambda: self._decide(event, "edited", status=status))

    def _merge(self, event: Event) -> None:
        other = self._line("merge with (the id of the other)", self._next_to(event))
        if other:
            self._tried(lambda: self._do("merged", lambda: self._log.merge(event.id, other)))

    def _tried(self, work: Callable[[], object]) -> None:
        try:
            work()
        except (ChronicleError, KeyError) as error:
            say_lines(str(error))

    def _next_to(self, event: Event) -> str:
        """Return the id of the event that one is most likely merged with: one that it names, or that names it."""
        return next(iter([*event.related, *(e.id for e in self._log if event.id in e.related)]), "")

    def _accept_many(self) -> int | None:
        """Accept all that are proposed and carry no doubts, once the list of them was seen; None where none is left then."""
        left = [e for e in self._log if e.review == "proposed" and not e.doubts]
        for event in left:
            say(f"  {'no date' if event.when is None else event.when.words()}: {event.title}")
        if not left or self._line(f"accept these {len(left)}? yes or no", "no").lower() not in ("y", "yes"):
            return 0

        def work() -> None:
            for event in left:
                self._log.confirm(event.id)

        self._do("accepted", work)
        self._counts["accepted"] += len(left) - 1
        self._many[len(self._undo)] = len(left)
        return 0

    def _take_back(self) -> int:
        if not self._undo:
            say_lines("nothing to undo")
            return 0
        what, changed = self._undo.pop()
        for path, (old, new) in changed.items():
            if not storage.replace_unchanged(path, new, old):
                say_lines(f"{path} was changed meanwhile; nothing undone")
                return 0
        self._log = EventLog.read(self._path)
        many = self._many.pop(len(self._undo) + 1, 1)
        self._counts[what] -= many
        say_lines("undone")
        return -1 if what in ("accepted", "rejected") and many == 1 else 0

    def _open(self, event: Event) -> None:
        for source in event.sources:
            text = self._article_text(source.article)
            if text is None:
                say_lines(f"{source.article} is not at hand; give its folder with --articles")
                continue
            if source.start is None or source.end is None:
                say_lines(source.quote or "")
                continue
            start, end = max(0, source.start - 300), min(len(text), source.end + 300)
            say_lines(f"--- {source.article}, from character {start}")
            say_lines(f"{text[start : source.start]}>>{text[source.start : source.end]}<<{text[source.end : end]}")

    def _article_text(self, name: str) -> str | None:
        if self._articles is None:
            return None
        from chronicle.article import articles_in, read_article

        path = articles_in(self._articles).get(name)
        return None if path is None else read_article(path).text
