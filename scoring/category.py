"""One category on a day: from answers to points, low and high of it and of its rows.

The bounds are exact. Readings: every combination is tried. Unanswered facts: a choice is tried with
each of its values; every other fact only ever raises a row (rules never fall when an answer grows;
loading refuses negative rates), so all of them together at nothing give the least and all of them
together at their most give the most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

from scoring.evidence import merged
from scoring.results import (
    CategoryResult,
    Evidence,
    Explanation,
    ItemResult,
    JointResult,
    ReadingOutcome,
    Unsettled,
    limited,
)
from scoring.rules.base import ZERO, Law
from scoring.values import Source

REMEMBERED = 2048
"""How many results of a category are kept: people give the same answers again and again."""

_WEAKNESS = ("stated", "standard", "inferred", "unpublished")
Span = tuple[Decimal, Decimal]


class Citation(NamedTuple):
    """Status and source of a value."""

    status: str
    source: Source


@dataclass(frozen=True, slots=True)
class Combo:
    """The category under one combination of readings. `own`: the rows' own caps; `limits`: the
    least of a row's own, joint and category cap; `joints`: rows that share a cap."""

    readings: Mapping[str, str]
    laws: tuple[Law, ...]
    own: tuple[Decimal | None, ...]
    limits: tuple[Decimal | None, ...]
    highest: bool
    joints: tuple[tuple[tuple[int, ...], Decimal], ...]
    cap: Decimal | None

    def gathered(self, amounts: Sequence[Decimal]) -> Decimal:
        """What the rows come to before the category's cap."""
        if self.highest:
            return max(amounts, default=ZERO)
        total = sum(amounts, ZERO)
        for places, cap in self.joints:
            together = sum((amounts[place] for place in places), ZERO)
            if together > cap:
                total -= together - cap
        return total

    def total(self, amounts: Sequence[Decimal]) -> Decimal:
        """What the category gives."""
        return limited(self.gathered(amounts), self.cap)


@dataclass(frozen=True, slots=True)
class ItemAt:
    """One row on a day, as it is told: the numbers are in the combos."""

    id: str
    label: str
    rule: str
    facts: tuple[str, ...]
    unit: str
    fact_labels: Mapping[str, str]
    state: str
    deciding: tuple[str, ...]
    own: Citation
    cited: Mapping[str, Citation]
    figures: Mapping[str, Any]
    choices: tuple[str, ...]
    conflicts: frozenset[str]
    evidence: tuple[Evidence, ...]

    def citation(self, deciding: tuple[str, ...]) -> Citation:
        """The weakest of the deciding values' citations: a chain is as sure as its weakest link."""
        found = [self.cited[name] for name in deciding if name in self.cited]
        return max(found, key=lambda one: _WEAKNESS.index(one.status), default=self.own)


class Outcome(NamedTuple):
    """The result of a category and the papers its lines ask for."""

    result: CategoryResult
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class CategoryAt:
    """A category on a day. `dates`: the facts that count as ages; `choices`: the facts that are
    tried with each choice when unanswered; `conflicts`: those still open."""

    id: str
    label: str
    facts: tuple[str, ...]
    dates: frozenset[str]
    choices: Mapping[str, tuple[str, ...]]
    items: tuple[ItemAt, ...]
    combos: tuple[Combo, ...]
    conflicts: Mapping[str, Any]
    outcome: Any = field(init=False)
    """outcome(answers) → Outcome; answers in the order of `facts`, None where unknown."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "outcome", lru_cache(REMEMBERED)(self._outcome))

    def _outcome(self, answers: tuple[Any, ...]) -> Outcome:
        known = {f: a for f, a in zip(self.facts, answers, strict=True) if a is not None}
        spans, bounds = self._spans(known)
        items = tuple(self._item(place, known, spans) for place in range(len(self.items)))
        result = self._result(known, items, bounds)
        evidence = merged(
            paper
            for shown, item in zip(self.items, result.items, strict=True)
            if item.counted and (item.points > 0 or _unknown_figure(item))
            for paper in shown.evidence
        )
        return Outcome(result, evidence)

    def amounts(self, answers: tuple[Any, ...]) -> tuple[Decimal, Decimal, Decimal]:
        """Points, low and high alone, where nobody asks why: for many people at once."""
        known = {f: a for f, a in zip(self.facts, answers, strict=True) if a is not None}
        low, high = _hull(self._spans(known)[1])
        return max(self.combos[0].total(_points(self.combos[0], known)), low), low, high

    def simplest(self, fact: str, answer: int) -> int:
        """The least quantity that gives the same as this one under every reading."""
        return max(
            (
                law.simplest(answer, limit)
                for combo in self.combos
                for law, limit in zip(combo.laws, combo.limits, strict=True)
                if fact in law.facts
            ),
            default=answer,
        )

    def _worlds(self, known: dict[str, Any]) -> list[dict[str, Any]]:
        """The known answers with every way to answer the choices that are not answered."""
        open_ = [fact for fact in self.choices if fact not in known]
        ways = product(*(self.choices[fact] for fact in open_))
        return [{**known, **dict(zip(open_, way, strict=True))} for way in ways]

    def _spans(self, known: dict[str, Any]) -> tuple[list[list[Span]], list[Span]]:
        """For each combination of readings: low and high of each row, and of the category."""
        worlds = self._worlds(known)
        spans: list[list[Span]] = []
        bounds: list[Span] = []
        for combo in self.combos:
            rows = [_row_spans(combo, world) for world in worlds]
            lows = [combo.total([low for low, _ in row]) for row in rows]
            highs = [combo.total([high for _, high in row]) for row in rows]
            spans.append([_hull(column) for column in zip(*rows, strict=True)])
            bounds.append((min(lows), max(highs)))
        return spans, bounds

    def _item(self, place: int, known: dict[str, Any], spans: list[list[Span]]) -> ItemResult:
        shown, law = self.items[place], self.combos[0].laws[place]
        limit = self.combos[0].limits[place]
        low, high = _hull([row[place] for row in spans])
        raw = law.raw(known)
        points = max(limited(raw, limit), low)
        working = law.working(known)
        capped = limit is not None and raw > limit
        deciding = shown.deciding if working.decided_by is None else working.decided_by
        if capped and limit == self.combos[0].own[place]:
            deciding = ("cap",)
        status, source = shown.citation(deciding)
        readings = self._readings(shown.conflicts, known, place)
        explanation = Explanation(
            answers=tuple((fact, known[fact]) for fact in shown.facts if fact in known),
            quantity=working.quantity,
            unit=shown.unit,
            step=working.step,
            units=working.units,
            rate=working.rate,
            raw=raw,
            cap=limit,
            capped=capped,
            matched=working.matched,
            choices=shown.choices,
            figures=shown.figures,
            readings=readings,
            state=shown.state,
        )
        return ItemResult(
            id=shown.id,
            label=shown.label,
            points=points,
            low=low,
            high=high,
            cap=limit,
            rule=shown.rule,
            status=status,
            source=source,
            facts=shown.facts,
            explanation=explanation,
            unsettled=self._why(shown, law, known, [row[place] for row in spans]),
            counted=True,
        )

    def _why(
        self, shown: ItemAt, law: Law, known: dict[str, Any], spans: list[Span]
    ) -> tuple[Unsettled, ...]:
        why: list[Unsettled] = []
        low, high = _hull(spans)
        if low != high:
            missing = [fact for fact in shown.facts if fact not in known]
            why += [Unsettled("unanswered", fact, shown.fact_labels[fact]) for fact in missing]
            why += self._open_readings(spans)
        if law.unsure(known):
            why.append(Unsettled("unpublished", shown.id, shown.label))
        return tuple(why)

    def _open_readings(self, spans: list[Span]) -> list[Unsettled]:
        """The conflicts that make a difference: two combinations that differ in nothing else."""
        return [
            Unsettled("reading", name, label)
            for name, (label, _) in self.conflicts.items()
            if any(
                spans[one] != spans[two]
                for one, first in enumerate(self.combos)
                for two, second in enumerate(self.combos[:one])
                if {n for n in first.readings if first.readings[n] != second.readings[n]} == {name}
            )
        ]

    def _readings(
        self, names: frozenset[str], known: dict[str, Any], place: int | None = None
    ) -> tuple[ReadingOutcome, ...]:
        """What a row (or the category) gives under each reading, the other conflicts at default."""
        default = self.combos[0].readings
        found = []
        for name, (conflict_label, readings) in self.conflicts.items():
            for combo in self.combos if name in names else ():
                chosen = combo.readings[name]
                if combo.readings != {**default, name: chosen}:
                    continue
                amounts = _points(combo, known)
                points = combo.total(amounts) if place is None else amounts[place]
                label, is_default, status, source = readings[chosen]
                found.append(
                    ReadingOutcome(
                        name, conflict_label, chosen, label, is_default, points, status, source
                    )
                )
        return tuple(found)

    def _result(
        self, known: dict[str, Any], items: tuple[ItemResult, ...], bounds: list[Span]
    ) -> CategoryResult:
        combo = self.combos[0]
        low, high = _hull(bounds)
        amounts = _points(combo, known)
        raw = combo.gathered(amounts)
        kinds = ("unanswered", "unpublished") if low != high else ("unpublished",)
        why = [reason for item in items for reason in item.unsettled if reason.kind in kinds]
        why += self._open_readings(bounds)
        return CategoryResult(
            id=self.id,
            label=self.label,
            points=max(limited(raw, combo.cap), low),
            low=low,
            high=high,
            cap=combo.cap,
            combine="highest" if combo.highest else "sum",
            raw=raw,
            capped=combo.cap is not None and raw > combo.cap,
            joint=_joint_results(combo, amounts, items),
            readings=self._readings(frozenset(self.conflicts), known),
            unsettled=tuple(dict.fromkeys(why)),
            items=_displaced(combo, items),
        )


def _row_spans(combo: Combo, world: dict[str, Any]) -> list[Span]:
    found = []
    for law, limit in zip(combo.laws, combo.limits, strict=True):
        low, high = law.span(world)
        found.append((limited(low, limit), limited(high, limit)))
    return found


def _points(combo: Combo, known: dict[str, Any]) -> list[Decimal]:
    return [
        limited(law.raw(known), limit) for law, limit in zip(combo.laws, combo.limits, strict=True)
    ]


def _hull(spans: Sequence[Span]) -> Span:
    return min(low for low, _ in spans), max(high for _, high in spans)


def _joint_results(
    combo: Combo, amounts: list[Decimal], items: tuple[ItemResult, ...]
) -> tuple[JointResult, ...]:
    found = []
    for places, cap in combo.joints:
        raw = sum((amounts[place] for place in places), ZERO)
        found.append(JointResult(tuple(items[p].id for p in places), raw, cap, raw > cap))
    return tuple(found)


def _displaced(combo: Combo, items: tuple[ItemResult, ...]) -> tuple[ItemResult, ...]:
    """Where only the highest counts: everything after the first best row is not counted."""
    if not combo.highest or sum(item.points > 0 for item in items) < 2:
        return items
    best = max(items, key=lambda item: item.points)
    return tuple(item if item is best else replace(item, counted=False) for item in items)


def _unknown_figure(item: ItemResult) -> bool:
    """Answered, and the office will give points for it, but nobody here knows how many."""
    return any(reason.kind == "unpublished" for reason in item.unsettled)
