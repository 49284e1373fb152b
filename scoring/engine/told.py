"""A ruleset's own texts as they read on a day: the figures in force in their places."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from scoring.rulefile.kinds.base import Item
from scoring.rulefile.model import Category, Conflict, Part, Reading, Written
from scoring.rulefile.values import Entry, Figure, Scope, Value
from scoring.rulefile.wording import BY, filled
from scoring.rulefile.yaml_source import read_yaml

Fill = Callable[[str], str]
Told = TypeVar("Told", bound=Written)


@cache
def words() -> Mapping[str, str]:
    """How what is no number is said."""
    written: Mapping[str, str] = read_yaml(Path(__file__).with_name("told.yaml"))
    return written


def filler(figures: Mapping[str, Figure]) -> Fill:
    """What fills the places of a text from the figures of a day."""
    return lambda text: filled(
        text, lambda path: _said(figures[path].value if path in figures else None)
    )


def _said(value: Any) -> str:
    """A number as people read it, a way to add up in words."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return words().get(value, words()["unknown"]) if isinstance(value, str) else words()["unknown"]


def told_on(ruleset: Told, figures: Mapping[str, Figure], on: date) -> Told:
    """The ruleset with its texts as they read on a day, categories by the name they have then."""
    fill = filler(figures)
    remarks = tuple(one.model_copy(update={"text": fill(one.text)}) for one in ruleset.remarks)
    parts = tuple(_part(ruleset, part, figures, on) for part in ruleset.parts)
    return ruleset.model_copy(update={"remarks": remarks, "parts": parts})


def _part(ruleset: Written, part: Part, figures: Mapping[str, Figure], on: date) -> Part:
    categories = tuple(_category(ruleset, one, figures, on) for one in part.categories)
    return part.model_copy(update={"categories": categories})


def _category(
    ruleset: Written, category: Category, figures: Mapping[str, Figure], on: date
) -> Category:
    fill = filler(figures)
    conflicts = {
        id: _conflict(ruleset, category, id, conflict, figures, on)
        for id, conflict in category.conflicts.items()
    }
    return category.model_copy(
        update={
            "label": fill(category.label_on(on)),
            "scope": _scope(category.scope, fill),
            "conflicts": conflicts,
            "items": tuple(_item(item, fill) for item in category.items),
        }
    )


def _item(item: Item, fill: Fill) -> Item:
    change = item.change
    if change:
        said = {
            "how": change.how and fill(change.how),
            "reason": change.reason and fill(change.reason),
        }
        change = change.model_copy(update=said)
    return item.model_copy(
        update={
            "label": fill(item.label),
            "scope": _scope(item.scope, fill),
            "no_evidence": item.no_evidence and fill(item.no_evidence),
            "change": change,
        }
    )


def _scope(scope: tuple[Scope, ...], fill: Fill) -> tuple[Scope, ...]:
    return tuple(one.model_copy(update={"text": fill(one.text)}) for one in scope)


def _conflict(
    ruleset: Written,
    category: Category,
    id: str,
    conflict: Conflict,
    figures: Mapping[str, Figure],
    on: date,
) -> Conflict:
    readings = {
        name: _reading(ruleset, category, (id, name), reading, figures, on)
        for name, reading in conflict.readings.items()
    }
    label = filler(figures)(conflict.label)
    return conflict.model_copy(update={"label": label, "readings": readings})


def _reading(
    ruleset: Written,
    category: Category,
    which: tuple[str, str],
    reading: Reading,
    figures: Mapping[str, Figure],
    on: date,
) -> Reading:
    """A reading with its own values. Where an amendment brought one of them, it is the amending
    document that says so, not the source that first differed."""
    amending = next((one for one in _entries(category, *which, on) if _amended(ruleset, one)), None)
    by, cited = reading.by or "", {}
    if amending is not None and amending.source is not None:
        by = words()["amending"].format(title=ruleset.documents[amending.source.document].title)
        cited = {name: getattr(amending, name) for name in ("source", "status", "verified_on")}

    def value(path: str) -> str:
        return by if path == BY else _said(_under(figures.get(path), *which))

    return reading.model_copy(update={"label": filled(reading.label, value), **cited})


def _entries(category: Category, conflict: str, reading: str, on: date) -> list[Entry[Any]]:
    """What the values of a category are under one reading on a day."""
    own: list[Value[Any] | None] = [category.cap, category.combine]
    own += [joint.cap for joint in category.joint_caps]
    own += [value for item in category.rows_on(on) for _, value in item.dated()]
    found = [
        value.readings[reading].on(on)
        for value in own
        if value is not None and value.conflict == conflict and value.readings is not None
    ]
    return [entry for entry in found if entry is not None]


def _amended(ruleset: Written, entry: Entry[Any]) -> bool:
    return ruleset.origin.brought(entry.source, entry.from_)


def _under(figure: Figure | None, conflict: str, reading: str) -> Any:
    """A figure's value under one reading."""
    for one in figure.readings if figure else ():
        if (one.conflict, one.reading) == (conflict, reading):
            return one.value
    return figure.value if figure else None


def relabelled(figures: Mapping[str, Figure], told: Written) -> dict[str, Figure]:
    """The figures with their readings' labels as told."""
    return {path: _relabelled(figure, told) for path, figure in figures.items()}


def _relabelled(figure: Figure, told: Written) -> Figure:
    if not figure.readings:
        return figure
    conflicts = told.category(figure.path.split(".")[0]).conflicts
    return figure._replace(
        readings=tuple(
            one._replace(label=conflicts[one.conflict].readings[one.reading].label)
            for one in figure.readings
        )
    )
