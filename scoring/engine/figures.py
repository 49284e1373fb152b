"""Every figure of a ruleset by its path, as answers and pages read it."""

from datetime import date
from typing import Any

from scoring.rulefile.model import Conflict, ValuePlace, Written
from scoring.rulefile.values import Dated, Entry, Figure, FigureReading, Source, SourceRef, Value


def open_readings(conflict: Conflict, on: date) -> tuple[str, ...]:
    """The readings still open on a day, the default first; one only where it is settled."""
    settled = [s.reading for s in conflict.settled if s.from_ is not None and s.from_ <= on]
    if settled:
        return (settled[-1],)
    return tuple(sorted(conflict.readings, key=lambda id: id != conflict.default))


def source_of(ruleset: Written, ref: SourceRef | None) -> Source:
    """A reference with its document's title. (Loading has seen to it that there is one.)"""
    if ref is None:
        return Source("", "", "")
    return Source(ref.document, ruleset.documents[ref.document].title, ref.place)


def figures_on(ruleset: Written, on: date) -> dict[str, Figure]:
    """All figures in force on a day. A repealed one is absent."""
    found: dict[str, Figure] = {}
    for place in ruleset.values():
        if place.item is not None and not place.item.in_force(on):
            continue
        conflicts = place.category.conflicts if place.category else {}
        figure = _figure(ruleset, place.path, place.value, conflicts, on)
        if figure is not None:
            for path in _paths(place, on):
                found.setdefault(path, figure)
    return found


def _paths(place: ValuePlace, on: date) -> list[str]:
    """The full path and the short ones."""
    paths, category, item = [place.path], place.category, place.item
    if category is not None and item is not None:
        paths.append(f"{item.id}.{place.name}")
        if len(category.rows_on(on)) == 1:
            paths.append(f"{category.id}.{place.name}")
        if place.name == item.main:
            paths.append(f"{category.id}.{item.id}")
    return paths


def _figure(
    ruleset: Written, path: str, value: Value[Any], conflicts: dict[str, Conflict], on: date
) -> Figure | None:
    if value.conflict is None or value.readings is None:
        return _plain(ruleset, path, value, on, ())
    conflict = conflicts[value.conflict]
    readings = open_readings(conflict, on)
    found = tuple(
        _reading(ruleset, value.conflict, id, conflict, entry)
        for id in readings
        if (entry := value.readings[id].on(on)) is not None
    )
    return _plain(ruleset, path, value.readings[readings[0]], on, found)


def _plain(
    ruleset: Written, path: str, dated: Dated[Any], on: date, readings: tuple[FigureReading, ...]
) -> Figure | None:
    entry = dated.on(on)
    if entry is None or entry.from_ is None or entry.verified_on is None:
        return None
    if entry.value is None and not readings:
        return None
    return Figure(
        amended=ruleset.origin.brought(entry.source, entry.from_),
        path=path,
        value=entry.value,
        unit=entry.unit or "",
        status=entry.status or "",
        source=source_of(ruleset, entry.source),
        since=entry.from_,
        verified_on=entry.verified_on,
        readings=readings if len(readings) > 1 else (),
    )


def _reading(
    ruleset: Written, conflict_id: str, id: str, conflict: Conflict, entry: Entry[Any]
) -> FigureReading:
    reading = conflict.readings[id]
    return FigureReading(
        conflict_id,
        id,
        reading.label,
        reading.default,
        entry.value,
        entry.status or "",
        source_of(ruleset, entry.source),
        conflict.about,
        ruleset.origin.brought(entry.source, entry.from_),
    )
