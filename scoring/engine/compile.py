"""Rules in force on a day, ready to compute: values picked, readings laid out side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import product
from typing import Any

from scoring.engine.category_eval import CategoryAt, Combo
from scoring.engine.evidence import entries_for
from scoring.engine.figures import figures_on, open_readings, source_of
from scoring.engine.row_eval import Citation, ItemAt, OpenConflict, OpenReading, Term
from scoring.engine.told import relabelled, told_on
from scoring.rulefile.facts import Fact
from scoring.rulefile.kinds.base import Item, Law, Silent
from scoring.rulefile.model import Category, Conflict, Part, Written
from scoring.rulefile.origin import Applied
from scoring.rulefile.values import Cited, Entry, Figure, InForce, Value

Entries = dict[str, Entry[Any]]


@dataclass(frozen=True, slots=True)
class PartAt:
    """A part on a day. `uncapped`: ids of the categories that its cap does not bind."""

    id: str
    label: str
    cap: Decimal | None
    uncapped: frozenset[str]
    categories: tuple[CategoryAt, ...]


@dataclass(frozen=True, eq=False)
class RulesAt:
    """A ruleset on a day; its texts are as they read then. `first`: the first day with any value;
    `oldest_check`: the earliest verification day among the values in force; `undated` and
    `repealed`: labels of silent rows; `offences`: the facts of deductions that are filled in;
    `amendments`: those in force."""

    ruleset: Written
    parts: tuple[PartAt, ...]
    figures: Mapping[str, Figure]
    first: date
    oldest_check: date | None
    undated: tuple[str, ...]
    repealed: tuple[str, ...]
    offences: frozenset[str]
    amendments: tuple[Applied, ...]

    @cached_property
    def categories(self) -> tuple[CategoryAt, ...]:
        """All categories in the order of the annex."""
        return tuple(category for part in self.parts for category in part.categories)

    @cached_property
    def category_of(self) -> Mapping[str, CategoryAt]:
        """The category of each fact that some row uses. No fact is in two."""
        return {fact: category for category in self.categories for fact in category.facts}

    def told(self, facts: Mapping[str, Any]) -> set[str]:
        """The categories, by id, of which facts tell something: few of them, for most people."""
        names = facts.keys()
        return {one.id for one in self.categories if not names.isdisjoint(one.told_by)}

    @cached_property
    def counted(self) -> frozenset[str]:
        """The facts that some row uses. What is not among them changes no points."""
        return frozenset(self.category_of)


def periods(ruleset: Written) -> tuple[date, ...]:
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
        days.update(name.from_ for name in category.names)
    return tuple(sorted(day for day in days if day is not None))


def compile_rules(ruleset: Written, on: date) -> RulesAt:
    """The rules in force on a day."""
    figures = figures_on(ruleset, on)
    ruleset = told_on(ruleset, figures, on)
    figures = relabelled(figures, ruleset)
    parts = tuple(_part(ruleset, part, on) for part in ruleset.parts)
    items = [item for part in parts for category in part.categories for item in category.items]
    return RulesAt(
        ruleset=ruleset,
        parts=parts,
        figures=figures,
        first=min(periods(ruleset), default=date.min),
        oldest_check=min((figure.verified_on for figure in figures.values()), default=None),
        undated=tuple(item.label for item in items if item.state == "undated"),
        repealed=tuple(item.label for item in items if item.state == "repealed"),
        offences=frozenset(f for item in items if item.rule == "deduction" for f in item.facts),
        amendments=ruleset.origin.in_force(on),
    )


def _part(ruleset: Written, part: Part, on: date) -> PartAt:
    cap = _number(part.cap, {}, on)
    categories = tuple(_category(ruleset, category, on) for category in part.categories)
    return PartAt(part.id, part.label, cap, frozenset(part.outside_cap), categories)


def _category(ruleset: Written, category: Category, on: date) -> CategoryAt:
    items = category.rows_on(on)
    open_ = {name: open_readings(conflict, on) for name, conflict in category.conflicts.items()}
    all_readings = [dict(zip(open_, ids, strict=True)) for ids in product(*open_.values())]
    combos = tuple(_combo(category, items, readings, on) for readings in all_readings)
    conflicts = tuple(
        _conflict(ruleset, name, category.conflicts[name], ids, all_readings)
        for name, ids in open_.items()
        if len(ids) > 1
    )
    facts = tuple(dict.fromkeys(fact for item in items for fact in item.fact_ids()))
    known = [ruleset.catalogue[fact] for fact in facts]
    return CategoryAt(
        id=category.id,
        label=category.label,
        facts=facts,
        places=tuple(tuple(facts.index(fact) for fact in item.fact_ids()) for item in items),
        presumed=tuple(fact.presumed for fact in known),
        dates=frozenset(fact.id for fact in known if fact.type == "date"),
        choices=_choices(known),
        items=tuple(
            _item(ruleset, category.id, item, combos, place, conflicts, on)
            for place, item in enumerate(items)
        ),
        combos=combos,
        conflicts=conflicts,
    )


def _choices(facts: Iterable[Fact]) -> dict[str, tuple[str, ...]]:
    return {f.id: tuple(c.id for c in f.choices) for f in facts if f.type == "choice"}


def _conflict(
    ruleset: Written,
    name: str,
    conflict: Conflict,
    open_: tuple[str, ...],
    combos: list[dict[str, str]],
) -> OpenConflict:
    def shown(id: str) -> OpenReading:
        reading = conflict.readings[id]
        source = source_of(ruleset, reading.source)
        return OpenReading(id, reading.label, reading.default, reading.status or "", source)

    numbered = list(enumerate(combos))
    return OpenConflict(
        id=name,
        label=conflict.label,
        about=conflict.about,
        choices=tuple((shown(id), combos.index({**combos[0], name: id})) for id in open_),
        pairs=tuple(
            (one, two)
            for one, first in numbered
            for two, second in numbered[:one]
            if {n for n in first if first[n] != second[n]} == {name}
        ),
    )


def _combo(
    category: Category, items: Sequence[Item], readings: Mapping[str, str], on: date
) -> Combo:
    way = category.combine.under(readings).on(on) if category.combine else None
    places = {item.id: place for place, item in enumerate(items)}
    return Combo(
        readings=readings,
        highest=way is not None and way.value == "highest",
        joints=tuple(
            (tuple(places[id] for id in joint.items if id in places), cap)
            for joint in category.joint_caps
            if (cap := _number(joint.cap, readings, on)) is not None
        ),
        cap=_number(category.cap, readings, on),
    )


def _number(value: Value[Decimal] | None, readings: Mapping[str, str], on: date) -> Decimal | None:
    entry = value.under(readings).on(on) if value is not None else None
    return entry.value if entry is not None else None


def _term(item: Item, combo: Combo, place: int, on: date) -> Term:
    """The row under one combination of readings, with everything that limits it."""
    entries = _entries(item, combo.readings, on)
    own = entries["cap"].value if "cap" in entries else None
    joint = [cap for places, cap in combo.joints if place in places]
    caps = [cap for cap in (own, combo.cap, *joint) if cap is not None]
    return Term(_law(item, entries), own, min(caps, default=None))


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
    ruleset: Written,
    category: str,
    item: Item,
    combos: tuple[Combo, ...],
    place: int,
    conflicts: tuple[OpenConflict, ...],
    on: date,
) -> ItemAt:
    entries = _entries(item, combos[0].readings, on)
    touched = {value.conflict for _, value in item.dated()}
    facts = [ruleset.catalogue[fact] for fact in item.fact_ids()]
    forms = [_term(item, combo, place, on) for combo in combos]
    terms = tuple(form for n, form in enumerate(forms) if form not in forms[:n])
    law = forms[0].law
    return ItemAt(
        id=item.id,
        label=item.label,
        rule=item.rule,
        facts=item.fact_ids(),
        unit=facts[0].unit if facts else "",
        fact_labels={fact.id: fact.label for fact in facts},
        choices=_choices(facts),
        state=law.state if isinstance(law, Silent) else "in_force",
        deciding=item.deciding,
        own=_citation(ruleset, item),
        cited={name: _citation(ruleset, entry) for name, entry in entries.items()},
        figures={name: entry.value for name, entry in entries.items() if entry.value is not None},
        choice_labels=_choice_labels(facts, entries),
        conflicts=tuple(conflict for conflict in conflicts if conflict.id in touched),
        evidence=entries_for(ruleset, category, item),
        terms=terms,
        which=tuple(terms.index(form) for form in forms),
    )


def _citation(ruleset: Written, cited: Cited) -> Citation:
    return Citation(
        cited.status or "",
        source_of(ruleset, cited.source),
        cited.from_,
        cited.verified_on,
        ruleset.origin.brought(cited.source, cited.from_),
    )


def _choice_labels(facts: Sequence[Fact], entries: Entries) -> tuple[str, ...]:
    chosen = entries.get("choices")
    if chosen is None or chosen.value is None or not facts:
        return ()
    return tuple(facts[0].choice_label(id) for id in chosen.value)
