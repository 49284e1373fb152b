"""Every figure of a ruleset by its path, as answers and pages read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from scoring.values import Dated, Entry, Figure, FigureReading, Source, SourceRef, Value

if TYPE_CHECKING:
    from scoring.rules.base import Item
    from scoring.ruleset import Category, Conflict, Ruleset


def open_readings(conflict: Conflict, on: date) -> tuple[str, ...]:
    """The readings still open on a day, the default first; one only where it is settled."""
    settled = [s.reading for s in conflict.settled if s.from_ is not None and s.from_ <= on]
    if settled:
        return (settled[-1],)
    return tuple(sorted(conflict.readings, key=lambda id: id != conflict.default))


def source_of(ruleset: Ruleset, ref: SourceRef | None) -> Source:
    """A reference with its document's title. (Loading has seen to it that there is one.)"""
    if ref is None:
        return Source("", "", "")
    return Source(ref.document, ruleset.documents[ref.document].title, ref.place)


def figures_on(ruleset: Ruleset, on: date) -> dict[str, Figure]:
    """All figures in force on a day. A repealed one is absent."""
    found: dict[str, Figure] = {}
    for names, value, conflicts in _values(ruleset, on):
        figure = _figure(ruleset, names[0], value, conflicts, on)
        if figure is not None:
            for name in names:
                found.setdefault(name, figure)
    return found


Named = tuple[tuple[str, ...], Value[Any], "dict[str, Conflict]"]


def _values(ruleset: Ruleset, on: date) -> Iterator[Named]:
    for part in ruleset.parts:
        if part.cap is not None:
            yield (f"{part.id}.cap",), part.cap, {}
        for category in part.categories:
            yield from _category_values(category, on)


def _category_values(category: Category, on: date) -> Iterator[Named]:
    own: dict[str, Value[Any] | None] = {"cap": category.cap, "combine": category.combine}
    for name, value in own.items():
        if value is not None:
            yield (f"{category.id}.{name}",), value, category.conflicts
    for joint in category.joint_caps:
        yield (f"{category.id}.{'+'.join(joint.items)}.cap",), joint.cap, category.conflicts
    items = [item for item in category.items if item.in_force(on)]
    for item in items:
        for name, value in item.dated():
            yield _paths(category, item, name, len(items) == 1), value, category.conflicts


def _paths(category: Category, item: Item, name: str, alone: bool) -> tuple[str, ...]:
    full = f"{category.id}.{item.id}.{name}"
    paths = [full, f"{item.id}.{name}"]
    if alone:
        paths.append(f"{category.id}.{name}")
    if name == item.main:
        paths.append(f"{category.id}.{item.id}")
    return tuple(paths)


def _figure(
    ruleset: Ruleset, path: str, value: Value[Any], conflicts: dict[str, Conflict], on: date
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
    ruleset: Ruleset, path: str, dated: Dated[Any], on: date, readings: tuple[FigureReading, ...]
) -> Figure | None:
    entry = dated.on(on)
    if entry is None or entry.from_ is None or entry.verified_on is None:
        return None
    if entry.value is None and not readings:
        return None
    return Figure(
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
    ruleset: Ruleset, conflict_id: str, id: str, conflict: Conflict, entry: Entry[Any]
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
    )
