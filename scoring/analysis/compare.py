"""Two rulesets row by row, and one person under both: what was, what is, and why.

The newer ruleset says itself which rows of the earlier one each of its rows comes from, and the
reason its source gives (`change` of a row). Rulesets that do not follow one another are compared by
the ids of their rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from scoring.engine.estimate import estimate
from scoring.engine.results import CategoryResult, Estimate, plain
from scoring.engine.ruleset import Ruleset
from scoring.rulefile.facts import read_facts
from scoring.rulefile.kinds.base import Change, Item
from scoring.rulefile.model import Category
from scoring.rulefile.values import Figure

MAIN = ("rate", "points")
Kind = Literal["added", "removed", "changed", "same"]


class RowFigure(NamedTuple):
    """One figure of a row: the row's id, the key of the value, the value in force."""

    row: str
    key: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Difference:
    """One row of the newer ruleset against the rows it comes from; a removed row stands for itself.
    `before` and `after` hold every figure of the rows on either side; `how` and `reason` are what
    the source says of the change beside the figures, and why it was made."""

    kind: Kind
    category: str
    category_label: str
    row: str
    label: str
    was: tuple[str, ...]
    before: tuple[RowFigure, ...]
    after: tuple[RowFigure, ...]
    how: str | None
    reason: str | None

    @property
    def worth(self) -> tuple[Decimal, Decimal] | None:
        """The rate or the points of the row before and after, where one row became one row and
        both are counted alike: 3 a year is not more than 0.25 a month."""
        before = [one.figure for one in self.before if one.key in MAIN]
        after = [one.figure for one in self.after if one.key in MAIN]
        if len(before) != 1 or len(after) != 1 or before[0].unit != after[0].unit:
            return None
        was, now = before[0].value, after[0].value
        return (was, now) if isinstance(was, Decimal) and isinstance(now, Decimal) else None

    def as_json(self) -> dict[str, Any]:
        """Plain values, numbers as numbers, for JSON."""
        return {field.name: plain(getattr(self, field.name)) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class Line:
    """One category of the newer ruleset for one person; `before` are the points of the rows it
    comes from, `more` whether it may have been more: a reading or a figure is open, or an answer.
    `differences` are those of the rows that gave points before or after."""

    category: str
    label: str
    before: Decimal
    after: Decimal
    differences: tuple[Difference, ...]
    more: bool = False

    @property
    def gain(self) -> Decimal:
        """Points won; negative where they are lost."""
        return self.after - self.before

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons that the source gives for the rows that mattered, each once."""
        return tuple(dict.fromkeys(row.reason for row in self.differences if row.reason))


@dataclass(frozen=True, slots=True)
class Comparison:
    """One person before and after a reform."""

    before: Estimate
    after: Estimate
    lines: tuple[Line, ...]

    @property
    def gain(self) -> Decimal:
        """Points won; negative where they are lost."""
        return self.after.points - self.before.points

    def as_json(self) -> dict[str, Any]:
        """What was before and what changed, as plain JSON values; null where nothing limits."""
        return {
            "ruleset": self.before.ruleset,
            "points": plain(self.before.points),
            "low": plain(self.before.low),
            "high": plain(self.before.high),
            "gain": plain(self.gain),
            "lines": [
                {**plain(line), "gain": plain(line.gain), "reasons": list(line.reasons)}
                for line in self.lines
            ],
        }


@lru_cache(maxsize=16)
def differences(before: Ruleset, after: Ruleset, *, on: date) -> tuple[Difference, ...]:
    """What `after` changed against `before`, row by row in the order of `after`, then what is gone.

    >>> from scoring import load_ruleset
    >>> old, new = load_ruleset("yongjia-original"), load_ruleset("yongjia-2022")
    >>> found = {one.row: one for one in differences(old, new, on=date(2026, 11, 23))}
    >>> found["age"].kind, found["let_home"].kind, found["special_status"].kind
    ('added', 'changed', 'same')
    """
    old = {
        item.id: (category, item)
        for category in before.told(on).categories()
        for item in category.rows_on(on)
    }
    found, linked = [], set[str]()
    for category in after.told(on).categories():
        for item in category.rows_on(on):
            was = tuple(id for id in _was(item, before, after) if id in old)
            linked.update(was)
            earlier = tuple(figure for id in was for figure in _figures(before, *old[id], on))
            found.append(
                _difference(category, item, was, earlier, _figures(after, category, item, on))
            )
    for id, (category, item) in old.items():
        if id not in linked:
            gone = _figures(before, category, item, on)
            found.append(
                Difference(
                    "removed", category.id, category.label, id, item.label, (), gone, (), None, None
                )
            )
    return tuple(found)


def _was(item: Item, before: Ruleset, after: Ruleset) -> tuple[str, ...]:
    if after.predecessor == before.id:
        return item.change.was if item.change else ()
    return (item.id,)


def _figures(ruleset: Ruleset, category: Category, item: Item, on: date) -> tuple[RowFigure, ...]:
    """What the row says itself, and the caps that hold it: one shared with other rows, and the
    category's where it is the only row there and has none."""
    figures, start = ruleset.figures(on), f"{category.id}.{item.id}."
    found = {
        path.removeprefix(start): figure
        for path, figure in figures.items()
        if path.startswith(start)
    }
    for joint in category.joint_caps:
        shared = figures.get(f"{category.id}.{'+'.join(joint.items)}.cap")
        if item.id in joint.items and shared:
            found["joint_cap"] = shared
    if len(category.rows_on(on)) == 1 and f"{category.id}.cap" in figures:
        found.setdefault("cap", figures[f"{category.id}.cap"])
    return tuple(RowFigure(item.id, key, figure) for key, figure in found.items())


def _difference(
    category: Category,
    item: Item,
    was: tuple[str, ...],
    before: tuple[RowFigure, ...],
    after: tuple[RowFigure, ...],
) -> Difference:
    kind: Kind = "changed"
    if not was:
        kind = "added"
    elif _values(before) == _values(after):
        kind = "same"
    change = item.change or Change()
    return Difference(
        kind,
        category.id,
        category.label,
        item.id,
        item.label,
        was,
        before,
        after,
        change.how,
        change.reason,
    )


def _values(figures: tuple[RowFigure, ...]) -> list[tuple[Any, ...]]:
    return sorted(
        (
            one.key,
            str(one.figure.value),
            one.figure.unit,
            *(str(r.value) for r in one.figure.readings),
        )
        for one in figures
    )


def compare(before: Ruleset, after: Ruleset, facts: Mapping[str, Any], *, on: date) -> Comparison:
    """One person's points under two rulesets. Raises FactsError where the facts cannot be used.

    >>> from scoring import load_ruleset
    >>> old, new = load_ruleset("yongjia-original"), load_ruleset("yongjia-2022")
    >>> facts = {"rented_years": 8, "education": "bachelor"}
    >>> found = compare(old, new, facts, on=date(2026, 11, 23))
    >>> [(line.category, int(line.before), int(line.after)) for line in found.lines if line.gain]
    [('education', 20, 10), ('housing', 16, 5)]
    """
    known = read_facts(facts, {**before.catalogue, **after.catalogue})
    was, now = estimate(before, known, on=on), estimate(after, known, on=on)
    found = differences(before, after, on=on)
    earlier = {id: points for category in was.categories() for id, points in _shares(category)}
    more = {
        item.id
        for one in was.categories()
        for item in one.items
        if one.high > one.points
        if item.high > item.points
    }
    lines = [
        _line(
            category,
            [one for one in found if one.category == category.id and one.kind != "removed"],
            earlier,
            more,
        )
        for part in now.parts
        for category in part.categories
    ]
    lines += [
        Line(one.category, one.label, earlier.get(one.row, Decimal(0)), Decimal(0), (one,))
        for one in found
        if one.kind == "removed" and earlier.get(one.row)
    ]
    return Comparison(was, now, tuple(lines))


def _shares(category: CategoryResult) -> list[tuple[str, Decimal]]:
    """What each row contributes to its category; what a cap takes off, the last rows lose."""
    counted = [(item.id, item.points if item.counted else Decimal(0)) for item in category.items]
    excess = sum((points for _, points in counted), Decimal(0)) - category.points
    shares = []
    for id, points in reversed(counted):
        cut = min(points, excess)
        excess -= cut
        shares.append((id, points - cut))
    return shares


def _line(
    category: CategoryResult,
    rows: list[Difference],
    earlier: Mapping[str, Decimal],
    more: set[str],
) -> Line:
    was = {id for row in rows for id in row.was}
    before = sum((earlier.get(id, Decimal(0)) for id in was), Decimal(0))
    now = {item.id: item.points for item in category.items}
    mattered = tuple(
        row for row in rows if now.get(row.row) or any(earlier.get(id) for id in row.was)
    )
    return Line(category.id, category.label, before, category.points, mattered, bool(was & more))
