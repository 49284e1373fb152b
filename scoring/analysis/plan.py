"""A goal by a day: what waiting gives by then, what is missing, which steps fit into the time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from scoring.ages import kept_on
from scoring.analysis.advice import Way
from scoring.analysis.target import Reach, reach
from scoring.analysis.timeline import aged, growing_facts
from scoring.engine.estimate import estimate
from scoring.engine.results import Estimate, plain
from scoring.engine.ruleset import Ruleset
from scoring.months import months_later
from scoring.rulefile.facts import Facts, read_facts


@dataclass(frozen=True, slots=True)
class Plan:
    """`then`: the points on the day `by`, where all that is counted in months goes on and nothing
    else changes. `months` lie between. `goal`: what it takes then to have the points that are
    wanted, with steps that fit into the time; None where no number was named."""

    by: date
    months: int
    now: Estimate
    then: Estimate
    continuing: tuple[str, ...]
    goal: Reach | None

    def as_json(self) -> dict[str, Any]:
        """Plain values, numbers as numbers, for JSON."""
        points = {
            name: {key: plain(getattr(one, key)) for key in ("points", "low", "high")}
            for name, one in (("now", self.now), ("then", self.then))
        }
        return {
            "by": self.by.isoformat(),
            "months": self.months,
            "continuing": list(self.continuing),
            **points,
            "goal": self.goal and self.goal.as_json(),
        }


def plan(
    ruleset: Ruleset,
    facts: Mapping[str, Any],
    *,
    on: date,
    by: date,
    target: Decimal | int | None = None,
) -> Plan:
    """What there will be on the day `by`, and how to have `target` points then.

    Raises FactsError where the facts cannot be used, ValueError where `by` is before `on`.

    >>> from scoring import load_ruleset
    >>> facts = {"residence_months": 50, "volunteer_services": 8, "employment": ["labour_contract"]}
    >>> rules, today = load_ruleset("yongjia-2022"), date(2026, 11, 23)
    >>> found = plan(rules, facts, on=today, by=date(2027, 8, 31), target=25)
    >>> float(found.now.points), float(found.then.points)  # 9 months at 0.25 more
    (21.5, 23.75)
    >>> [(step.way.id, step.amount) for step in found.goal.steps]
    [('law_study', 3)]
    """
    if by < on:
        raise ValueError(f"{by} is before {on}")
    known = Facts(kept_on(read_facts(facts, ruleset.catalogue), on))
    months, continuing = full_months(on, by), growing_facts(known)
    later = Facts(aged(known, continuing, months))

    def fits(way: Way) -> bool:
        return way.months <= months and way.fact not in continuing  # those were waited for

    return Plan(
        by=by,
        months=months,
        now=estimate(ruleset, known, on=on),
        then=estimate(ruleset, later, on=by),
        continuing=continuing,
        goal=None if target is None else reach(ruleset, later, target, on=by, fits=fits),
    )


def full_months(start: date, end: date) -> int:
    """How many full months lie between two days.

    >>> full_months(date(2026, 11, 23), date(2027, 1, 22))
    1
    >>> full_months(date(2026, 11, 30), date(2027, 2, 28))
    3
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (months_later(start, months) > end)
