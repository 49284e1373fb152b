"""What waiting alone does: the months in which the points or their range change in the next years.

Age goes up on birthdays, so its points go down (where only an age is known, as early as can be);
months go up, but only for what the person goes on with, until a cap is reached. Nothing else is
assumed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from scoring.ages import BIRTH_DATE, Ages, age_on, kept_on
from scoring.engine.estimate import estimate
from scoring.engine.results import CategoryResult, Estimate, plain
from scoring.engine.ruleset import Ruleset
from scoring.months import month_end
from scoring.rulefile.facts import FACTS, Facts, read_facts

GROWING = frozenset({"months", "years"})
MOST_YEARS = 10
"""As many years as anyone is told of one by one."""


@dataclass(frozen=True, slots=True)
class Movement:
    """One category that moves in a month. `full`: its cap is reached then. `age`: a birthday takes
    points off, and so old one is then; what falls without one falls by another rule."""

    category: str
    label: str
    before: Decimal
    after: Decimal
    full: bool
    age: int | None = None

    @property
    def falls(self) -> bool:
        """Whether points are lost."""
        return self.after < self.before


@dataclass(frozen=True, slots=True)
class Moment:
    """A month, by its last day, with the points then and what moved since the month before."""

    day: date
    points: Decimal
    low: Decimal
    high: Decimal
    movements: tuple[Movement, ...]


class Turn(NamedTuple):
    """A month in which something falls, or is full from then on."""

    day: date
    movement: Movement


class Year(NamedTuple):
    """How it stands after so many years, and what turned in the year before."""

    moment: Moment
    turns: tuple[Turn, ...]


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
            or any(one.full or one.falls for one in moment.movements)
        )

    @property
    def best(self) -> Moment:
        """The earliest month with the most points."""
        return max((self.now, *self.moments), key=lambda moment: moment.points)

    @property
    def years(self) -> tuple[Year, ...]:
        """Year by year, in the month of `now`, as many whole years as were looked at."""
        ends = [month_end(self.now.day, 12 * number) for number in range(1, MOST_YEARS + 1)]
        starts = [self.now.day, *ends]
        return tuple(
            self._year(start, end)
            for start, end in zip(starts, ends, strict=False)
            if end <= self.until
        )

    def _year(self, start: date, end: date) -> Year:
        stands = [one for one in (self.now, *self.moments) if one.day <= end][-1]
        turns = (
            Turn(moment.day, one)
            for moment in self.moments
            if start < moment.day <= end
            for one in moment.movements
            if one.full or one.falls
        )
        return Year(replace(stands, day=end), tuple(turns))

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
        later = Facts(aged(known, growing, passed))
        after = estimate(ruleset, later, on=day)
        movements = _movements(before, after, later)
        if movements or (after.low, after.high) != (before.low, before.high):
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


def _movements(before: Estimate, after: Estimate, facts: Mapping[str, Any]) -> tuple[Movement, ...]:
    was = {category.id: category for category in before.categories()}
    return tuple(
        Movement(
            now.id,
            now.label,
            was[now.id].points,
            now.points,
            full=now.points == now.cap,
            age=_age_that_costs(now, facts, after.on) if now.points < was[now.id].points else None,
        )
        for now in after.categories()
        if now.points != was[now.id].points
    )


def _age_that_costs(category: CategoryResult, facts: Mapping[str, Any], on: date) -> int | None:
    """How old one is, where the category counts that; an age that is told, as old as can be."""
    if not any(BIRTH_DATE in item.facts for item in category.items):
        return None
    age = age_on(BIRTH_DATE, facts, on)
    return age.most if isinstance(age, Ages) else age
