"""What waiting alone does: the months in which the points change over the next years.

Age goes up on birthdays, so its points go down (where only an age is known, as early as can be);
months go up, but only for what the person goes on with, until a cap is reached. Nothing else is
assumed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from scoring.ages import kept_on
from scoring.engine.estimate import estimate
from scoring.engine.results import Estimate, plain
from scoring.engine.ruleset import Ruleset
from scoring.months import month_end
from scoring.rulefile.facts import FACTS, Facts, read_facts

GROWING = frozenset({"months", "years"})


@dataclass(frozen=True, slots=True)
class Movement:
    """One category that moves in a month. `full`: its cap is reached then."""

    category: str
    label: str
    before: Decimal
    after: Decimal
    full: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """A month, by its last day, with the points then and what moved since the month before."""

    day: date
    points: Decimal
    low: Decimal
    high: Decimal
    movements: tuple[Movement, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """`now`, then only the months in which something moves; `until` is the last day looked at and
    `continuing` the facts that were taken to grow."""

    now: Moment
    moments: tuple[Moment, ...]
    until: date
    continuing: tuple[str, ...]

    @property
    def milestones(self) -> tuple[Moment, ...]:
        """The months worth telling: something falls or is full then; and once a year how it stands,
        in the month of `now`."""
        return tuple(
            moment
            for moment in self.moments
            if moment.day.month == self.now.day.month
            or any(one.full or one.after < one.before for one in moment.movements)
        )

    @property
    def best(self) -> Moment:
        """The earliest month with the most points."""
        return max((self.now, *self.moments), key=lambda moment: moment.points)

    def as_json(self) -> dict[str, Any]:
        """Plain values, numbers as numbers, for JSON; null where nothing limits."""
        moments = [plain(moment) for moment in (self.now, *self.moments)]
        return {
            "continuing": list(self.continuing),
            "until": self.until.isoformat(),
            "moments": moments,
        }


def timeline(
    ruleset: Ruleset,
    facts: Mapping[str, Any],
    *,
    on: date,
    continuing: Collection[str] | None = None,
    months: int = 60,
) -> Timeline:
    """The months in which waiting alone changes the points, `months` ahead.

    `continuing` are the facts in months or years that go on; by default those counted in months
    that the person already has some of; what is unknown stays so. A month counts once it is over.
    Raises FactsError where the facts cannot be used, ValueError where something is said to continue
    that does not grow.

    >>> from scoring import load_ruleset
    >>> facts = {"birth_date": "1985-12-10", "social_insurance_months": 118}
    >>> ahead = timeline(load_ruleset("yongjia-2022"), facts, on=date(2026, 11, 23), months=3)
    >>> for moment in ahead.moments:
    ...     print(moment.day, moment.points, [one.category for one in moment.movements])
    2026-12-31 48.75 ['age', 'social_insurance']
    2027-01-31 49.00 ['social_insurance']
    """
    known = Facts(kept_on(read_facts(facts, ruleset.catalogue), on))
    growing = growing_facts(known, continuing)
    before = estimate(ruleset, known, on=on)
    now = Moment(on, before.points, before.low, before.high, ())
    moments = []
    for passed in range(months + 1):
        day = month_end(on, passed)
        after = estimate(ruleset, Facts(aged(known, growing, passed)), on=day)
        movements = _movements(before, after)
        if movements:
            moments.append(Moment(day, after.points, after.low, after.high, movements))
        before = after
    return Timeline(now, tuple(moments), month_end(on, months), growing)


def growing_facts(
    known: Mapping[str, Any], continuing: Collection[str] | None = None
) -> tuple[str, ...]:
    """The facts that go on; by default those counted in months that there are some of."""
    if continuing is None:
        return tuple(id for id, fact in FACTS.items() if fact.type == "months" and known.get(id))
    for id in continuing:
        if id not in FACTS or FACTS[id].type not in GROWING:
            raise ValueError(f"{id} does not grow with time")
    return tuple(id for id in FACTS if id in continuing and id in known)


def aged(known: Mapping[str, Any], growing: tuple[str, ...], passed: int) -> dict[str, Any]:
    """The facts after so many months in which these went on."""
    grown = {
        id: known[id] + (passed if FACTS[id].type == "months" else passed // 12) for id in growing
    }
    return {**known, **grown}


def _movements(before: Estimate, after: Estimate) -> tuple[Movement, ...]:
    was = {category.id: category for category in before.categories()}
    return tuple(
        Movement(now.id, now.label, was[now.id].points, now.points, now.points == now.cap)
        for now in after.categories()
        if now.points != was[now.id].points
    )
