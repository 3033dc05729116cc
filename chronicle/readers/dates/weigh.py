"""The day that the witnesses speak for, and how sure that is."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Final

from attrs import evolve, frozen

from chronicle.readers.dates.witness import CHANGED, PUBLISHED, Witness

CERTAIN, LIKELY, UNSURE = "certain", "likely", "unsure"
_AGAIN: Final = 0.25  # a second witness of a family adds this share: it mostly repeats the first
_STRONG: Final = 4.0
_CORROBORATED: Final = 6.5
_WEAK: Final = 3.6
_FAINT: Final = 2.4
_MARKED: Final = 3.8
_QUIET: Final = 1.5
_IN_PLACE: Final = 2.25  # of a change that is told between headline and prose: dates that are told elsewhere give way to it
_POOR: Final = 1.5  # what nobody says louder needs a further witness
_RIVAL: Final = 1.0
_HEARD: Final = 1.7  # what weighs less than this gives way to a change


@frozen
class Dated:
    """A publication date (with its time, where one is known), the witnesses that say so, how sure that is (certain, likely, unsure), and what else was said."""

    published: datetime.date
    found: str
    sure: str
    conflicts: tuple[str, ...] = ()
    changed: datetime.date | None = None


def weigh(witnesses: Iterable[Witness], month: tuple[int, int] | None, ask: Callable[[], Witness | None]) -> Dated | None:
    """Return the day for which most speaks; None where nobody says a day.

    ``month`` is the year and month of the address; ``ask`` asks a further witness where the others are weak. Where only a change is known, it is
    taken, named so and unsure.
    """
    heard = _in_zone(list(witnesses))
    published = [w for w in heard if w.role != CHANGED]
    changed = [w for w in heard if w.role == CHANGED]
    last = max((w.day for w in changed if w.weight >= 1), default=None)
    scores = _scores(published, month)
    if not scores or max(scores.values()) < _POOR:
        further = ask()
        if further is not None:
            published.append(further)
            scores = _scores(published, month)
    outright = any(w.role == PUBLISHED and w.family != "searched" for w in published)
    shown = max((w.weight for w in changed), default=0.0)
    enough = _HEARD if outright or shown < _IN_PLACE else _IN_PLACE
    strong = any(score >= enough for score in scores.values())
    if changed and not strong:
        best = min((w for w in changed if w.weight >= 1), key=lambda w: w.day, default=changed[0])
        return Dated(best.day, f"{best.name}, which is of a change", UNSURE, _others(best.day, published), last)
    if not scores:
        return None
    day = _first(scores, published)
    speak = sorted((w for w in published if _share(w, day) >= 0.4), key=lambda w: -w.weight * _share(w, day))
    against = [w for w in published if _share(w, day) < 0.4]
    if not speak:
        return None
    moment = _moment(day, speak)
    names = list(dict.fromkeys(w.name for w in speak if w.weight >= 1 or w is speak[0]))[:4]
    return Dated(moment, " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names), _sureness(day, scores, speak, against, month == (day.year, day.month)), _conflicts(against, day), last)


def _first(scores: dict[datetime.date, float], witnesses: list[Witness]) -> datetime.date:
    """Return the day for which most speaks; of two stamps that weigh much the same the earlier one, as it is the first publication that counts."""
    best = max(scores, key=lambda d: (scores[d], -d.toordinal()))
    outright = {w.day for w in witnesses if w.family == "stamps" and w.weight >= _STRONG}
    if best not in outright:
        return best
    rivals = [d for d in outright if d < best and scores[d] >= scores[best] - _RIVAL and (d.month, d.day) != (1, 1)]
    return min(rivals, default=best) if all((best - d).days > 1 for d in rivals) else best


def _moment(day: datetime.date, speak: list[Witness]) -> datetime.date:
    """Return the day with its time where a witness has one on that day, one in local time before one in UTC."""
    timed = [w for w in speak if w.moment is not None and w.moment.date() == day and w.weight >= 1]
    best = max(timed, key=lambda w: (w.offset not in (0, None), w.offset is not None, w.weight), default=None)
    if best is None or best.moment is None:
        return day
    return best.moment if best.offset is None else best.moment.replace(tzinfo=datetime.timezone(datetime.timedelta(minutes=best.offset)))


def _in_zone(witnesses: list[Witness]) -> list[Witness]:
    """Return the witnesses, the days of stamps in UTC settled by the offset of another stamp: it tells where the page is at home."""
    offsets = {w.offset for w in witnesses if w.moment is not None and w.offset not in (0, None) and w.weight >= 1}
    if not offsets:
        return witnesses
    found: list[Witness] = []
    for w in witnesses:
        if w.loose and w.moment is not None and w.offset == 0:
            days = {(w.moment + datetime.timedelta(minutes=offset or 0)).date() for offset in offsets}
            if len(days) == 1:
                day = days.pop()
                rest = tuple((other, min(share, _BESIDE)) for other, share in w.days if other != day)
                w = evolve(w, days=((day, 1.0), *rest), loose=False)
        found.append(w)
    return found


_BESIDE: Final = 0.5  # of the weight, for a day that the zone makes unlikely


def _share(one: Witness, day: datetime.date) -> float:
    return next((share for said, share in one.days if said == day), 0.0)


def _scores(witnesses: list[Witness], month: tuple[int, int] | None) -> dict[datetime.date, float]:
    days = {day for w in witnesses for day, _ in w.days}
    scores: dict[datetime.date, float] = {}
    for day in days:
        families: dict[str, list[float]] = {}
        for w in witnesses:
            share = _share(w, day)
            if share:
                families.setdefault(w.family, []).append(w.weight * share)
        scores[day] = sum(max(each) + _AGAIN * (sorted(each)[-2] if len(each) > 1 else 0) for each in families.values())
        if month and scores[day] >= 1:
            scores[day] += 1.0 if (day.year, day.month) == month else -0.5
    return scores


def _sureness(day: datetime.date, scores: dict[datetime.date, float], speak: list[Witness], against: list[Witness], month_agrees: bool) -> str:
    score = scores[day]
    families = {w.family for w in speak if w.weight * _share(w, day) >= 2.0}
    # who gives the day without doubt of order or zone
    settled = [w for w in speak if w.weight >= 2.0 and _share(w, day) == 1.0 and not w.loose and (len(w.days) == 1 or w.moment is not None)]
    enemies = max((w.weight for w in against), default=0.0)
    if enemies >= _STRONG or (enemies >= 3.0 and score < _CORROBORATED):
        return LIKELY if score - max((s for d, s in scores.items() if d != day), default=0.0) >= 1.0 and score >= _STRONG else UNSURE
    if settled and ((len(families) > 1 and score >= _CORROBORATED) or (speak[0].family == "stamps" and speak[0].weight >= 4.9 and enemies < 3.0)):
        return CERTAIN
    if settled and speak[0].family == "shown" and speak[0].role == PUBLISHED and speak[0].weight >= _MARKED and enemies < _QUIET:
        return CERTAIN
    if settled and speak[0].family != "address" and speak[0].weight >= _STRONG and month_agrees and enemies < _QUIET:
        return CERTAIN
    if score >= _WEAK:
        return LIKELY
    return LIKELY if score >= _FAINT and settled and enemies < 1.5 else UNSURE


def _conflicts(against: list[Witness], day: datetime.date) -> tuple[str, ...]:
    told = {(w.name, w.day): w for w in against if w.weight >= 1.5}
    return tuple(f"{name} says {other.isoformat()}" for name, other in told)


def _others(day: datetime.date, witnesses: list[Witness]) -> tuple[str, ...]:
    return _conflicts([w for w in witnesses if w.day != day], day)
