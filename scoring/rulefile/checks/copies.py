"""Readings that give the value of another row: they must give what it does, on every day."""

from datetime import date
from typing import Any

from scoring.rulefile.checks.report import Report, one_of
from scoring.rulefile.model import ValuePlace, Written
from scoring.rulefile.values import Alternative, Dated


def check_copies(ruleset: Written, report: Report) -> None:
    """Rows that are not there, and values that differ."""
    for place in ruleset.values():
        for reading, value in (place.value.readings or {}).items():
            if value.as_ is not None:
                _check(place, reading, value, report)


def _check(place: ValuePlace, reading: str, value: Alternative[Any], report: Report) -> None:
    steps = (*place.steps, "readings", reading)
    items = place.category.items if place.category else ()
    rows = [item for item in items if item.id == value.as_]
    if not rows:
        fix = one_of(str(value.as_), [item.id for item in items])
        report.add(steps, place.path, f"there is no row `{value.as_}` in the category", fix)
        return
    mains: list[Dated[Any]] = [dict(row.dated())[row.main] for row in rows]
    for day in _days(value, *mains):
        here = value.on(day)
        begun = (main for row, main in zip(rows, mains, strict=True) if row.in_force(day))
        there = next((main.on(day) for main in begun), None)
        if here and there and here.value != there.value:
            what = f"from {day} on this reading does not give what its row `{value.as_}` does"
            fix = f"correct `{place.path}` as well, with `reading: {reading}`"
            report.add(steps, place.path, what, fix)
            return


def _days(*values: Dated[Any]) -> list[date]:
    return sorted({one.from_ for value in values for one in value.entries() if one.from_})
