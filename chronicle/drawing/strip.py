"""The whole story in small: a dot for each event, or columns where many stand together."""

from __future__ import annotations

from collections import Counter
from html import escape

from chronicle.drawing import axis as ticking
from chronicle.drawing.marks import Mark
from chronicle.drawing.measures import M
from chronicle.drawing.sheet import microseconds, milliseconds
from chronicle.drawing.svg import Pen
from chronicle.event import Event


def strip(marks: list[Mark], view: tuple[float, float], pen: Pen) -> str:
    """Return the SVG of the marks in a view; nothing for none."""
    if not marks:
        return ""
    low, high = view

    def share(place: float) -> float:
        return (place - low) / (high - low) * 100

    tall = M["strip"]
    parts = [f'<svg class="strip" width="100%" height="{tall}" aria-hidden="true">']
    for place, label in _ticks(view, pen):
        if 0 <= share(place) <= 90:
            x = f"{share(place):.2f}%"
            parts.append(f'<line class="minor" x1="{x}" x2="{x}" y1="0" y2="{tall}"/>')
            parts.append(f'<text x="{x}" dx="3" y="{tall - 3}">{escape(label)}</text>')
    seen = [(min(max(share(m.label_at), 0.8), 99.2), m.event) for m in marks if m.end > low and m.start < high]
    parts.append(_dots(seen, pen) or _columns([x for x, _ in seen]))
    return "".join(parts) + "</svg>"


def _ticks(view: tuple[float, float], pen: Pen) -> list[tuple[float, str]]:
    """Return the places and names of the calendar: the larger units where at least two of them begin in the view."""
    low, high = milliseconds(view[0]), milliseconds(view[1])
    found = ticking.axis(low, high, M["phone"], pen.words["axis"])
    major = [t for t in found.major if t.label and low <= t.at <= high]
    return [(microseconds(t.at), t.label) for t in (major if len(major) > 1 else found.minor)]


def _dots(seen: list[tuple[float, Event]], pen: Pen) -> str:
    """Return a dot for each event, those at one place over each other; nothing where too many are at one place."""
    size = 700 / M["phone"]  # a dot is seven pixels wide on a phone
    highest = max(Counter(int(x // size) for x, _ in seen).values(), default=0)
    if highest > M["dots"]:
        return ""
    base = M["strip"] - 16
    step = min(8.0, (base - 6) / max(highest, 1))
    stacks: Counter[int] = Counter()
    parts = []
    for x, event in seen:
        number = int(x // size)
        y = base - 2 - stacks[number] * step
        stacks[number] += 1
        place = f'cx="{(number + 0.5) * size:.2f}%" cy="{y:.1f}" r="3.2"'
        parts.append(f'<circle class="s-{event.status}" {place} data-n="{pen.numbers[event.id]}"/>')
    return "".join(parts)


def _columns(shares: list[float]) -> str:
    """Return columns whose height grows with the square root of their number, so that single events can still be seen."""
    count, tall, base = M["columns"], M["strip"], M["strip"] - 16
    counts = Counter(min(int(x / 100 * count), count - 1) for x in shares)
    most = max(counts.values())
    path = "".join(f"M{i} {base}v{-base * 0.95 * (n / most) ** 0.5:.1f}h.9V{base}z" for i, n in sorted(counts.items()))
    box = f'viewBox="0 0 {count} {tall}" preserveAspectRatio="none" width="100%" height="{tall}"'
    return f'<svg {box}><path d="{path}"/></svg>'
