"""One ruleset twice, on two days or with and without amendments: what is another figure or name."""

from datetime import date
from typing import Any, NamedTuple

from scoring.engine.ruleset import Ruleset
from scoring.rulefile.model import ValuePlace
from scoring.rulefile.values import Figure


class Revised(NamedTuple):
    """A figure by its path, or a label (path: what it is the label of), before and after; None
    where there is none. `labels`: what it belongs to."""

    path: str
    labels: tuple[str, ...]
    before: Figure | str | None
    after: Figure | str | None


def revised(before: Ruleset, then: date, after: Ruleset, on: date) -> tuple[Revised, ...]:
    """What differs between `before` on the day `then` and `after` on the day `on`: values, sources
    and names.

    >>> from scoring import load_ruleset
    >>> rules = load_ruleset("yongjia-2022")
    >>> [one.path for one in revised(rules, date(2020, 1, 1), rules, date(2026, 1, 1))][:2]
    ['common.cap', 'age.cap']
    """
    was, now = _told(before, then), _told(after, on)
    return tuple(
        Revised(path, (now.get(path) or was[path])[0], *sides)
        for path in dict.fromkeys((*now, *was))
        if _said((sides := (_of(was, path), _of(now, path)))[0]) != _said(sides[1])
    )


Told = dict[str, tuple[tuple[str, ...], Figure | str]]


def _told(ruleset: Ruleset, on: date) -> Told:
    figures, told = ruleset.figures(on), ruleset.told(on)
    parts = {f"{part.id}.cap": (part.label,) for part in told.parts}
    found: Told = {
        place.path: (parts.get(place.path) or _labels(place), figure)
        for place in told.values()
        if (figure := figures.get(place.path)) is not None and figure.path == place.path
        if place.item is None or place.item.in_force(on)
    }
    for category in told.categories():
        found[category.id] = (), category.label
        for item in category.rows_on(on):
            found[f"{category.id}.{item.id}"] = (category.label,), item.label
    return found


def _labels(place: ValuePlace) -> tuple[str, ...]:
    return tuple(one.label for one in (place.category, place.item) if one is not None)


def _of(told: Told, path: str) -> Figure | str | None:
    return told[path][1] if path in told else None


def _said(side: Figure | str | None) -> Any:
    """What counts as a difference: value, readings, source and status; days alone do not."""
    if not isinstance(side, Figure):
        return side
    readings = [(one.reading, one.value, one.status, one.source) for one in side.readings]
    return side.value, side.unit, side.status, side.source, readings
