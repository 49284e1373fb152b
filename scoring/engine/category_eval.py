"""One category on a day: from answers to points, low and high of it and of its rows.

The bounds are exact. Readings: every combination is tried. Unanswered facts: a choice is tried with
each of its values; every other fact only ever raises a row (rules never fall when an answer grows;
loading refuses negative rates), so all of them together at nothing give the least and all of them
together at their most give the most.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from scoring.ages import AGE, BIRTH_DATE
from scoring.engine.results import (
    CategoryResult,
    Evidence,
    ItemResult,
    JointResult,
    Unsettled,
    limited,
)
from scoring.engine.row_eval import Answers, ItemAt, ItemOutcome, OpenConflict, Span, hull, worlds
from scoring.rulefile.kinds.base import ZERO

REMEMBERED = 2048
"""How many results of a category are kept; they share those of their rows."""


@dataclass(frozen=True, slots=True)
class Combo:
    """How rows come together under one combination of readings. `joints`: the places of rows that
    share a cap, with it."""

    readings: Mapping[str, str]
    highest: bool
    joints: tuple[tuple[tuple[int, ...], Decimal], ...]
    cap: Decimal | None

    def gathered(self, amounts: Sequence[Decimal]) -> Decimal:
        """What the rows come to before the category's cap."""
        if self.highest:
            return max(amounts, default=ZERO)
        total = sum(amounts, ZERO)
        for places, cap in self.joints:
            together = sum([amounts[place] for place in places], ZERO)
            if together > cap:
                total -= together - cap
        return total

    def total(self, amounts: Sequence[Decimal]) -> Decimal:
        """What the category gives."""
        return limited(self.gathered(amounts), self.cap)


class Outcome(NamedTuple):
    """The result of a category and the papers its lines ask for."""

    result: CategoryResult
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class CategoryAt:
    """A category on a day. `places`: for each row the positions of its facts among `facts`;
    `presumed`: the answer to each fact that holds where nothing was told; `dates`: the facts that
    count as ages; `choices`: the facts that are tried with each choice when
    unanswered; `conflicts`: those still open."""

    id: str
    label: str
    facts: tuple[str, ...]
    places: tuple[tuple[int, ...], ...]
    presumed: Answers
    dates: frozenset[str]
    choices: Mapping[str, tuple[str, ...]]
    items: tuple[ItemAt, ...]
    combos: tuple[Combo, ...]
    conflicts: tuple[OpenConflict, ...]
    outcome: Callable[[Answers], Outcome] = field(init=False)
    """outcome(answers) → Outcome; answers in the order of `facts`, None where unknown."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "outcome", lru_cache(REMEMBERED)(self._outcome))

    @cached_property
    def told_by(self) -> frozenset[str]:
        """The facts of which one suffices to tell something of it: an age for a date of birth."""
        return frozenset((*self.facts, AGE) if BIRTH_DATE in self.dates else self.facts)

    @cached_property
    def untold(self) -> Outcome:
        """The outcome where nothing is told of it."""
        return self.outcome(self.presumed)

    def amounts(self, answers: Answers) -> tuple[Decimal, Decimal, Decimal]:
        """Points, low and high alone, where nobody asks why: for many people at once."""
        each = self._each(answers)
        points = self.combos[0].total([item.points(own)[0] for item, own in each])
        low, high = hull(self._bounds(answers, [item.spans(own) for item, own in each]))
        return max(points, low), low, high

    def simplest(self, fact: str, answer: int) -> int:
        """The least quantity that gives the same as this one under every reading."""
        found = [item.simplest(answer) for item in self.items if fact in item.facts]
        return max(found, default=answer)

    def _each(self, answers: Answers) -> list[tuple[ItemAt, Answers]]:
        """Every row with its own answers."""
        return [
            (item, tuple([answers[place] for place in places]))
            for item, places in zip(self.items, self.places, strict=True)
        ]

    def _outcome(self, answers: Answers) -> Outcome:
        found: list[ItemOutcome] = [item.outcome(own) for item, own in self._each(answers)]
        result = self._result(found, self._bounds(answers, [one.spans for one in found]))
        papers = [
            paper
            for one, item in zip(found, result.items, strict=True)
            if one.evidence and item.counted
            for paper in one.evidence
        ]
        return Outcome(result, tuple(papers))

    def _bounds(self, answers: Answers, spans: list[tuple[Span, ...]]) -> list[Span]:
        """Low and high of the category under each combination of readings. `spans` are those of the
        rows; with an open choice they do not tell which rows can give points together."""
        open_ = self._open(answers) if self.choices else {}
        if not open_:
            return self._together(spans)
        given = dict(zip(self.facts, answers, strict=True))
        tried = [
            self._together([item.spans(own) for item, own in self._each(tuple(world.values()))])
            for world in worlds(given, open_)
        ]
        return [hull(column) for column in zip(*tried, strict=True)]

    def _open(self, answers: Answers) -> dict[str, tuple[str, ...]]:
        given = dict(zip(self.facts, answers, strict=True))
        return {fact: ids for fact, ids in self.choices.items() if given[fact] is None}

    def _together(self, spans: list[tuple[Span, ...]]) -> list[Span]:
        return [
            (
                combo.total([row[n][0] for row in spans]),
                combo.total([row[n][1] for row in spans]),
            )
            for n, combo in enumerate(self.combos)
        ]

    def _result(self, found: list[ItemOutcome], bounds: list[Span]) -> CategoryResult:
        combo = self.combos[0]
        low, high = hull(bounds)
        amounts = [one.points[0] for one in found]
        raw = combo.gathered(amounts)
        items = _displaced(combo, tuple(one.result for one in found))
        totals = [c.total([one.points[n] for one in found]) for n, c in enumerate(self.combos)]
        return CategoryResult(
            id=self.id,
            label=self.label,
            points=max(totals[0], low),
            low=low,
            high=high,
            cap=combo.cap,
            combine="highest" if combo.highest else "sum",
            raw=raw,
            capped=combo.cap is not None and raw > combo.cap,
            joint=_joint_results(combo, amounts, items),
            readings=tuple(one for c in self.conflicts for one in c.outcomes(totals)),
            unsettled=self._unsettled(items, bounds, low != high),
            items=items,
        )

    def _unsettled(
        self, items: tuple[ItemResult, ...], bounds: list[Span], differ: bool
    ) -> tuple[Unsettled, ...]:
        kinds = ("unanswered", "unpublished") if differ else ("unpublished",)
        why = [reason for item in items for reason in item.unsettled if reason.kind in kinds]
        why += [c.unsettled() for c in self.conflicts if c.matters(bounds)]
        return tuple(dict.fromkeys(why))


def _joint_results(
    combo: Combo, amounts: list[Decimal], items: tuple[ItemResult, ...]
) -> tuple[JointResult, ...]:
    found = []
    for places, cap in combo.joints:
        raw = sum((amounts[place] for place in places), ZERO)
        found.append(JointResult(tuple(items[p].id for p in places), raw, cap, raw > cap))
    return tuple(found)


def _displaced(combo: Combo, items: tuple[ItemResult, ...]) -> tuple[ItemResult, ...]:
    """Where only the highest counts: rows that give points beside the first best do not count."""
    if not combo.highest or sum(item.points > 0 for item in items) < 2:
        return items
    best = max(items, key=lambda item: item.points)
    return tuple(
        replace(item, counted=False) if item.points and item is not best else item for item in items
    )
