"""chronicle diff"""

from __future__ import annotations

from pathlib import Path

import click

from chronicle.cli.terminal import say
from chronicle.event import EVENT_FIELDS, Event
from chronicle.log.eventlog import EventLog


@click.command(name="diff")
@click.argument("old", type=click.Path(exists=True, path_type=Path), metavar="OLD")
@click.argument("new", type=click.Path(exists=True, path_type=Path), metavar="NEW")
def command(old: Path, new: Path) -> int:
    """Say event by event what differs between two logs; exit code 1 where something does.

    \b
    Example:
      git show HEAD:events/story.yaml > /tmp/old.yaml; chronicle diff /tmp/old.yaml events/story.yaml
    """
    before = {e.id: e for e in EventLog.read(old)}
    after = {e.id: e for e in EventLog.read(new)}
    lines: list[str] = []
    for name, event in after.items():
        if name not in before:
            lines.append(f"+ {name}: {event.when or 'unresolved'} {event.title}")
        else:
            lines.extend(changes(before[name], event))
    lines.extend(f"- {name}: {e.when or 'unresolved'} {e.title}" for name, e in before.items() if name not in after)
    for line in lines:
        say(line)
    if not lines:
        say("no event differs")
    return 1 if lines else 0


def changes(old: Event, new: Event) -> list[str]:
    """Return a line for each field of an event that differs, the event's id first."""
    told = []
    for field in EVENT_FIELDS:
        before, after = getattr(old, field), getattr(new, field)
        if before == after:
            continue
        if field == "sources":
            gone = [s.article for s in before if s not in after]
            come = [s.article for s in after if s not in before]
            told.append("    sources: " + ", ".join([f"-{a}" for a in gone] + [f"+{a}" for a in come]))
        elif field == "media":
            named = [[m.file or m.address for m in media] for media in (before, after)]
            told.append(f"    media: {_shown(named[0])} -> {_shown(named[1])}")
        else:
            told.append(f"    {field}: {_shown(before)} -> {_shown(after)}")
    return [f"~ {new.id}: {new.title}", *told] if told else []


def _shown(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(str, value)) + "]"
    return "nothing" if value is None else str(value)
