"""What changed between two states of logs, as the message of a commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from chronicle.event import Event


def message(stories: str, states: Iterable[tuple[Mapping[str, Event], Mapping[str, Event]]]) -> str:
    """Return a line with numbers, then a line for each event that differs between two states of a log; nothing where none does."""
    counts: Counter[str] = Counter()
    told: list[str] = []
    for before, now in states:
        for name in dict.fromkeys((*before, *now)):
            line = _change(before.get(name), now.get(name))
            if line is not None:
                counts[line[0]] += 1
                told.append(f"- {name}: {line[1]}")
    if not told:
        return ""
    return "\n".join([f"Curate {stories}: {', '.join(f'{n} {what}' for what, n in counts.most_common())}", "", *told]) + "\n"


def _change(old: Event | None, new: Event | None) -> tuple[str, str] | None:
    if old is None and new is not None:
        return "added", f"added, {said_of(new)}: {new.title}"
    if new is None and old is not None:
        return "merged or removed", "merged or removed"
    if old is None or new is None or old == new:
        return None
    parts = [
        f"{name} {_plain(getattr(old, name))} -> {_plain(getattr(new, name))}"
        for name in ("when", "title", "status")
        if getattr(old, name) != getattr(new, name)
    ]
    verdict = new.review if old.review != new.review else "edited"
    return verdict, "; ".join([verdict, *parts])


def _plain(value: object) -> str:
    return "nothing" if value is None else str(value)


def said_of(event: Event) -> str:
    """Return the date of an event in words."""
    return "no date" if event.when is None else event.when.words()
