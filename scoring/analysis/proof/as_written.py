"""What the file says a category gives: read plainly, a second time, beside the engine."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any, NamedTuple

from scoring.ages import Ages
from scoring.rulefile.kinds.base import UNBOUNDED, ZERO, Item
from scoring.rulefile.model import Category, Conflict
from scoring.rulefile.values import Entry, Value, unit_step

Entries = Mapping[str, Entry[Any]]
Told = Mapping[str, Any]
Span = tuple[Decimal, Decimal]


class CapSeen(NamedTuple):
    """A cap under some readings, and the most that came to it: more than the cap where it binds."""

    path: str
    cap: Decimal
    most: Decimal


class Cap:
    """A cap under some readings, and the most that was ever put to it."""

    def __init__(self, path: str, value: Decimal) -> None:
        self._path, self._value, self._most = path, value, ZERO

    def of(self, amount: Decimal) -> Decimal:
        """`amount`, at most the cap."""
        self._most = max(self._most, amount)
        return min(amount, self._value)

    def seen(self) -> CapSeen:
        """What it was seen to do."""
        return CapSeen(self._path, self._value, self._most)


class AsWritten:
    """A category of a file on a day. `readings`: every way to read it, the default first; `rows`:
    the ids of those in force."""

    def __init__(self, category: Category, on: date) -> None:
        open_ = {name: _open(conflict, on) for name, conflict in category.conflicts.items()}
        self.readings = [dict(zip(open_, ids, strict=True)) for ids in product(*open_.values())]
        self.rows = [item.id for item in category.items if _is_there(item, on)]
        self._read = [_Read(category, readings, on) for readings in self.readings]

    def amounts(self, told: Told) -> tuple[Decimal, Decimal, Decimal]:
        """Points by the default reading, low and high over all; what is not told gives nothing."""
        spans = [read.span(told) for read in self._read]
        low, high = min(low for low, _ in spans), max(high for _, high in spans)
        return max(spans[0][0], low), low, high

    def caps(self) -> tuple[CapSeen, ...]:
        """Every cap, once for each figure that a reading gives it, and what was seen of it."""
        found: dict[tuple[str, Decimal], CapSeen] = {}
        for one in (cap.seen() for read in self._read for cap in read.caps()):
            before = found.get(one[:2], one)
            found[one[:2]] = max(one, before)
        return tuple(found.values())


def _open(conflict: Conflict, on: date) -> list[str]:
    settled = [one.reading for one in conflict.settled if one.from_ and one.from_ <= on]
    return settled[-1:] or sorted(conflict.readings, key=lambda id: id != conflict.default)


class _Read:
    """A category under one reading of each conflict."""

    def __init__(self, category: Category, readings: Mapping[str, str], on: date) -> None:
        def entry(value: Value[Any] | None) -> Any:
            found = value.under(readings).on(on) if value else None
            return found.value if found else None

        def cap(path: str, value: Value[Any] | None) -> Cap | None:
            points = entry(value)
            return None if points is None else Cap(f"{path}.cap", points)

        self._items = [item for item in category.items if _is_there(item, on)]
        self._entries = {item.id: _in_force(item, readings, on) for item in self._items}
        self._highest = entry(category.combine) == "highest"
        self._cap = cap(category.id, category.cap)
        self._own = {i.id: cap(i.id, getattr(i, "cap", None)) for i in self._items}
        self._joint = [
            (joint.items, made)
            for joint in category.joint_caps
            if (made := cap("+".join(joint.items), joint.cap)) is not None
        ]
        self._known: dict[tuple[Any, ...], Span] = {}

    def caps(self) -> Iterator[Cap]:
        yield from (one for one in (self._cap, *self._own.values()) if one)
        yield from (cap for _, cap in self._joint)

    def span(self, told: Told) -> Span:
        """The least and the most it may give: they differ where the file itself gives a range."""
        rows = [(item.id, *self._row(item, told)) for item in self._items]
        least = self._total({id: least for id, least, _ in rows})
        return least, self._total({id: most for id, _, most in rows})

    def _total(self, rows: dict[str, Decimal]) -> Decimal:
        if self._highest:
            total = max(rows.values(), default=ZERO)
        else:
            together = [
                cap.of(sum((rows.pop(id, ZERO) for id in ids), ZERO)) for ids, cap in self._joint
            ]
            total = sum((*together, *rows.values()), ZERO)
        return total if self._cap is None else self._cap.of(total)

    def _row(self, item: Item, told: Told) -> Span:
        key = (item.id, *(told.get(fact) for fact in item.fact_ids()))
        if key not in self._known:
            self._known[key] = self._row_anew(item, told)
        return self._known[key]

    def _row_anew(self, item: Item, told: Told) -> Span:
        entries, cap = self._entries[item.id], self._own[item.id]
        if entries is None:
            return ZERO, ZERO
        least, most = _given(item, entries, told)
        return (least, most) if cap is None else (cap.of(least), cap.of(most))


def _is_there(item: Item, on: date) -> bool:
    return (item.since or date.min) <= on < (item.until or date.max)


def _in_force(item: Item, readings: Mapping[str, str], on: date) -> Entries | None:
    """The values of a row; None where one that it needs is not there, or no longer."""
    found = {name: value.under(readings).on(on) for name, value in item.dated()}
    entries = {name: one for name, one in found.items() if one and one.value is not None}
    return entries if set(item.required()) <= set(entries) else None


def _given(item: Item, entries: Entries, told: Told) -> Span:
    """What a row gives before its cap."""
    value = {name: entry.value for name, entry in entries.items()}
    answers = [told[fact] for fact in item.fact_ids() if told.get(fact) is not None]
    if not answers:
        return ZERO, ZERO
    if item.rule == "per_unit":
        value["step"] = unit_step(entries["rate"].unit or "")
    if item.rule in _RANGES:
        return _RANGES[item.rule](value, answers)
    points = _POINTS[item.rule](value, answers)
    return points, points


def _has(answer: Any, choices: Sequence[str]) -> bool:
    told = answer if isinstance(answer, frozenset) else {answer}
    return any(one in told for one in choices)


def _tier(value: Told, told: Sequence[Any]) -> Decimal:
    points: Decimal = value["points"]
    return points if _has(told[0], value["choices"]) else ZERO


def _flag(value: Told, told: Sequence[Any]) -> Decimal:
    points: Decimal = value["points"]
    return points if told[0] else ZERO


def _counted(
    units: Callable[[Told, Sequence[Any]], int],
) -> Callable[[Told, Sequence[Any]], Decimal]:
    """So much for each of the units."""

    def points(value: Told, told: Sequence[Any]) -> Decimal:
        rate: Decimal = value["rate"]
        return rate * units(value, told)

    return points


def _deduction(value: Told, told: Sequence[Any]) -> Decimal:
    off: Decimal = value["rate"] * int(told[0])
    most: Decimal = value.get("most", off)
    return -min(off, most)


def _between(value: Told, told: Sequence[Any]) -> Span:
    holds = _has(told[0], value["choices"]) if "choices" in value else told[0]
    return (value["points"], value["high"]) if holds else (ZERO, ZERO)


def _unpublished(value: Told, told: Sequence[Any]) -> Span:
    return ZERO, value.get("high", UNBOUNDED) if any(told) else ZERO


def _age_steps(value: Told, told: Sequence[Any]) -> Span:
    one = told[0]
    ages = range(one.least, one.most + 1) if isinstance(one, Ages) else (one,)
    found = [_at_age(value, age) for age in ages]
    return min(found), max(found)


def _at_age(value: Told, age: int) -> Decimal:
    younger: Decimal = max(value["base_age"] - age, ZERO)
    within: Decimal = value["points"] + value["rate"] * younger
    over: Decimal = value["points_over"]
    return over if age > value["last_age"] else within


_POINTS: Mapping[str, Callable[[Told, Sequence[Any]], Decimal]] = {
    "tier": _tier,
    "flag": _flag,
    "per_unit": _counted(lambda value, told: told[0] // value["step"]),
    "per_count": _counted(lambda value, told: sum(told)),
    "per_choice": _counted(lambda value, told: len([c for c in value["choices"] if c in told[0]])),
    "deduction": _deduction,
}
_RANGES: Mapping[str, Callable[[Told, Sequence[Any]], Span]] = {
    "between": _between,
    "unpublished": _unpublished,
    "age_steps": _age_steps,
}
"""The kinds that may give a range even where everything is told."""
