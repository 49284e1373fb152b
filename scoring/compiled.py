"""Rules in force on a day, ready to compute: values picked, readings laid out side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Any

from scoring.category import CategoryAt, Citation, Combo, ItemAt
from scoring.evidence import entries_for
from scoring.figures import figures_on, open_readings, source_of
from scoring.rules.base import Item, Law, Silent
from scoring.values import Entry, Figure, InForce, Value

if TYPE_CHECKING:
    from scoring.ruleset import Category, Part, Ruleset

Entries = dict[str, Entry[Any]]
Joints = tuple[tuple[tuple[int, ...], Decimal], ...]


@dataclass(frozen=True, slots=True)
class PartAt:
    """A part on a day. `uncapped`: ids of the categories that its cap does not bind."""

    id: str
    label: str
    cap: Decimal | None
    uncapped: frozenset[str]
    categories: tuple[CategoryAt, ...]


@dataclass(frozen=True, slots=True)
class RulesAt:
    """A ruleset on a day. `first`: the first day with any value; `oldest_check`: the earliest
    verification day among the values in force; `undated` and `repealed`: labels of silent rows."""

    ruleset: Ruleset
    parts: tuple[PartAt, ...]
    figures: Mapping[str, Figure]
    first: date
    oldest_check: date | None
    undated: tuple[str, ...]
    repealed: tuple[str, ...]

    @property
    def categories(self) -> tuple[CategoryAt, ...]:
        """All categories in the order of the annex."""
        return tuple(category for part in self.parts for category in part.categories)


def periods(ruleset: Ruleset) -> tuple[date, ...]:
    """Every day on which something changes, oldest first."""
    days: set[date | None] = set()
    for place in ruleset.values():
        for _, dated in place.value.alternatives():
            days.update(entry.from_ for entry in dated.entries())
    for item in ruleset.items():
        days |= {item.since, item.until}
    for category in ruleset.categories():
        for conflict in category.conflicts.values():
            days.update(settled.from_ for settled in conflict.settled)
    return tuple(sorted(day for day in days if day is not None))


def compile_rules(ruleset: Ruleset, on: date) -> RulesAt:
    """The rules in force on a day."""
    parts = tuple(_part(ruleset, part, on) for part in ruleset.parts)
    figures = figures_on(ruleset, on)
    items = [item for part in parts for category in part.categories for item in category.items]
    return RulesAt(
        ruleset=ruleset,
        parts=parts,
        figures=figures,
        first=min(periods(ruleset), default=date.min),
        oldest_check=min((figure.verified_on for figure in figures.values()), default=None),
        undated=tuple(item.label for item in items if item.state == "undated"),
        repealed=tuple(item.label for item in items if item.state == "repealed"),
    )


def _part(ruleset: Ruleset, part: Part, on: date) -> PartAt:
    cap = _number(part.cap, {}, on)
    categories = tuple(_category(ruleset, category, on) for category in part.categories)
    return PartAt(part.id, part.label, cap, frozenset(part.outside_cap), categories)


def _category(ruleset: Ruleset, category: Category, on: date) -> CategoryAt:
    items = [item for item in category.items if item.in_force(on)]
    names = list(category.conflicts)
    choices = [open_readings(category.conflicts[name], on) for name in names]
    combos = tuple(
        _combo(category, items, dict(zip(names, chosen, strict=True)), on)
        for chosen in product(*choices)
    )
    shown = tuple(
        _item(ruleset, category, item, combos[0], place, on) for place, item in enumerate(items)
    )
    facts = tuple(dict.fromkeys(fact for item in items for fact in item.fact_ids()))
    known = [ruleset.catalogue[fact] for fact in facts]
    return CategoryAt(
        id=category.id,
        label=category.label,
        facts=facts,
        dates=frozenset(fact.id for fact in known if fact.type == "date"),
        choices={f.id: tuple(c.id for c in f.choices) for f in known if f.type == "choice"},
        items=shown,
        combos=combos,
        conflicts=_conflicts(ruleset, category, on),
    )


def _conflicts(ruleset: Ruleset, category: Category, on: date) -> dict[str, Any]:
    """Conflicts still open: (label, {reading: (label, default, status, source)})."""
    return {
        name: (
            conflict.label,
            {
                id: (
                    reading.label,
                    reading.default,
                    reading.status,
                    source_of(ruleset, reading.source),
                )
                for id, reading in conflict.readings.items()
            },
        )
        for name, conflict in category.conflicts.items()
        if len(open_readings(conflict, on)) > 1
    }


def _combo(
    category: Category, items: Sequence[Item], readings: Mapping[str, str], on: date
) -> Combo:
    cap = _number(category.cap, readings, on)
    way = category.combine.under(readings).on(on) if category.combine else None
    places = {item.id: place for place, item in enumerate(items)}
    joints = tuple(
        (tuple(places[id] for id in joint.items if id in places), joint_cap)
        for joint in category.joint_caps
        if (joint_cap := _number(joint.cap, readings, on)) is not None
    )
    entries = [_entries(item, readings, on) for item in items]
    own = tuple(found["cap"].value if "cap" in found else None for found in entries)
    return Combo(
        readings=readings,
        laws=tuple(_law(item, found) for item, found in zip(items, entries, strict=True)),
        own=own,
        limits=tuple(_least(own[n], cap, *_around(joints, n)) for n in range(len(items))),
        highest=way is not None and way.value == "highest",
        joints=joints,
        cap=cap,
    )


def _number(value: Value[Decimal] | None, readings: Mapping[str, str], on: date) -> Decimal | None:
    entry = value.under(readings).on(on) if value is not None else None
    return entry.value if entry is not None else None


def _around(joints: Joints, place: int) -> list[Decimal]:
    return [cap for places, cap in joints if place in places]


def _least(*caps: Decimal | None) -> Decimal | None:
    return min((cap for cap in caps if cap is not None), default=None)


def _entries(item: Item, readings: Mapping[str, str], on: date) -> Entries:
    found = {name: value.under(readings).on(on) for name, value in item.dated()}
    return {name: entry for name, entry in found.items() if entry is not None}


def _law(item: Item, entries: Entries) -> Law:
    """The law of a row; silent where a value it cannot do without is missing or repealed."""
    for name in item.required():
        if name not in entries:
            return Silent(item.fact_ids(), "undated")
        if entries[name].value is None:
            return Silent(item.fact_ids(), "repealed")
    return item.law(
        {
            name: InForce(entry.value, entry.unit or "")
            for name, entry in entries.items()
            if entry.value is not None
        }
    )


def _item(
    ruleset: Ruleset, category: Category, item: Item, combo: Combo, place: int, on: date
) -> ItemAt:
    law = combo.laws[place]
    entries = _entries(item, combo.readings, on)
    touched = {value.conflict for _, value in item.dated() if value.conflict}
    facts = item.fact_ids()
    return ItemAt(
        id=item.id,
        label=item.label,
        rule=item.rule,
        facts=facts,
        unit=ruleset.catalogue[facts[0]].unit if facts else "",
        fact_labels={fact: ruleset.catalogue[fact].label for fact in facts},
        state=law.state if isinstance(law, Silent) else "in_force",
        deciding=item.deciding,
        own=Citation(item.status or "", source_of(ruleset, item.source)),
        cited={
            n: Citation(e.status or "", source_of(ruleset, e.source)) for n, e in entries.items()
        },
        figures={name: entry.value for name, entry in entries.items() if entry.value is not None},
        choices=_choice_labels(ruleset, item, entries),
        conflicts=frozenset(touched),
        evidence=entries_for(ruleset, category.id, item),
    )


def _choice_labels(ruleset: Ruleset, item: Item, entries: Entries) -> tuple[str, ...]:
    chosen = entries.get("choices")
    if chosen is None or chosen.value is None:
        return ()
    return tuple(ruleset.catalogue[item.fact_ids()[0]].choice_label(id) for id in chosen.value)
