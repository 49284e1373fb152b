"""A ruleset arranged for reading: what each row gives, by which source, and what is in doubt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from scoring import Ruleset
from scoring.engine.figures import source_of
from scoring.rulefile.evidence_table import table as evidence_table
from scoring.rulefile.kinds.base import Item
from scoring.rulefile.model import Category, EvidenceEntry, Part
from scoring.rulefile.values import Figure, FigureReading, Source


class Said(NamedTuple):
    """A sentence about the scope of a row or a category, with its status and source."""

    text: str
    status: str
    source: Source


@dataclass(frozen=True, slots=True)
class Joint:
    """Rows that together give at most `cap`."""

    labels: tuple[str, ...]
    cap: Decimal | None


class Cited(NamedTuple):
    """Where a value is written, its first day, and the day a person read that."""

    source: Source
    since: date
    verified_on: date

    @classmethod
    def of(cls, figure: Figure) -> "Cited":
        """What a figure cites."""
        return cls(figure.source, figure.since, figure.verified_on)


@dataclass(frozen=True, slots=True)
class Row:
    """One item. `figures` are its values in force by key (rate, points, cap …), the cap of its
    category too where it is the only row there; `main` is the one that stands for it, None where
    nothing is published or in force. `joint` is the cap it shares with other rows."""

    item: Item
    figures: Mapping[str, Figure]
    evidence: tuple[EvidenceEntry, ...]
    measure: str  # the measure word of what is counted: 次, 项
    scope: tuple[Said, ...]
    joint: Joint | None = None

    @property
    def main(self) -> Figure | None:
        return self.figures.get(self.item.main)

    @property
    def cap(self) -> Figure | None:
        return self.figures.get("cap")

    @property
    def status(self) -> str:
        return self.main.status if self.main else self.item.status or "unpublished"

    @property
    def cited(self) -> tuple[Cited, ...]:
        """Where its values are written and since when they hold, the one that stands for it first,
        each once; its cap's only where an amendment brought it."""
        first = (self.main,) if self.main else ()
        own = (one for key, one in self.figures.items() if key != "cap" or one.amended)
        return tuple(dict.fromkeys(Cited.of(one) for one in (*first, *own)))

    @property
    def amended(self) -> tuple[Cited, ...]:
        """The same, of what an amendment brought."""
        return tuple(dict.fromkeys(Cited.of(o) for o in self.figures.values() if o.amended))


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that can be read in several ways, each reading with its own source; `about`: why
    (`Conflict`)."""

    label: str
    about: str
    readings: tuple[FigureReading, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One category: its rows, cap, and what is in doubt."""

    category: Category
    scope: tuple[Said, ...]
    cap: Figure | None
    rows: tuple[Row, ...]
    doubts: tuple[Doubt, ...]

    @property
    def is_published(self) -> bool:
        """Whether anything at all is known about it."""
        return any(row.main for row in self.rows)

    @property
    def takes_off(self) -> bool:
        """Whether its rows are deductions, which have no cap but each its own most."""
        return any(row.item.rule == "deduction" for row in self.rows)


def chapter(rules: Ruleset, category: Category, on: date) -> Chapter:
    """The category as in force on a day."""
    figures, category = rules.figures(on), rules.told(on).category(category.id)
    rows = tuple(_row(rules, category, item, on) for item in category.rows_on(on))
    return Chapter(
        category,
        _scope(rules, category),
        figures.get(f"{category.id}.cap"),
        rows,
        _doubts(category, figures),
    )


def rows_by_id(rules: Ruleset, on: date) -> dict[str, Row]:
    """Every row of a ruleset as in force on a day."""
    return {
        item.id: _row(rules, category, item, on)
        for category in rules.told(on).categories()
        for item in category.rows_on(on)
    }


def cap_of(rules: Ruleset, part: Part, on: date) -> Figure | None:
    """The part's cap on a day, None where there is none."""
    figure = rules.figures(on).get(f"{part.id}.cap")
    return figure if figure and figure.value is not None else None


def _row(rules: Ruleset, category: Category, item: Item, on: date) -> Row:
    figures = rules.figures(on)
    named = ((name, f"{category.id}.{item.id}.{name}") for name, _ in item.dated())
    found = {name: figures[path] for name, path in named if path in figures}
    if len(category.rows_on(on)) == 1 and (cap := figures.get(f"{category.id}.cap")):
        found.setdefault("cap", cap)
    return Row(
        item,
        found,
        evidence_table(rules).get(item.evidence or "", ()),
        next((rules.catalogue[fact].unit for fact in item.fact_ids()), ""),
        _scope(rules, item),
        _joint(category, item, on),
    )


def _scope(rules: Ruleset, thing: Category | Item) -> tuple[Said, ...]:
    return tuple(
        Said(one.text, one.status or "", source_of(rules, one.source)) for one in thing.scope
    )


def _joint(category: Category, item: Item, on: date) -> Joint | None:
    labels = {one.id: one.label for one in category.rows_on(on)}
    for joint in category.joint_caps:
        entry = joint.cap.on(on)
        if item.id in joint.items and entry is not None:
            return Joint(tuple(labels[id] for id in joint.items if id in labels), entry.value)
    return None


def _doubts(category: Category, figures: Mapping[str, Figure]) -> tuple[Doubt, ...]:
    """The conflicts that still stand: a settled one has a single reading left in the figures."""
    found: dict[str, dict[str, FigureReading]] = {}
    for path, figure in figures.items():
        if path.startswith(f"{category.id}."):
            for reading in figure.readings:
                found.setdefault(reading.conflict, {}).setdefault(reading.reading, reading)
    return tuple(
        Doubt(
            category.conflicts[conflict].label,
            category.conflicts[conflict].about,
            tuple(readings.values()),
        )
        for conflict, readings in found.items()
        if len(readings) > 1
    )
