"""What rules that changed since a day change for one person, everything else being the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from scoring.ages import AGE, BIRTH_DATE, OF_AGE, TOLD_ON, age_on
from scoring.engine.estimate import estimate
from scoring.engine.loading import load_as_known
from scoring.engine.results import Estimate
from scoring.engine.ruleset import Ruleset
from scoring.rulefile.facts import Facts, read_facts
from scoring.rulefile.origin import Applied


class Known(NamedTuple):
    """The rules as they were known to a program: on which day, and with which amendments (their
    `origin.marks`; None where it did not keep them)."""

    on: date
    marks: tuple[str, ...] | None


class Moved(NamedTuple):
    """A category that gives something else now."""

    label: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class RuleNews:
    """One person by the rules then and now, as old as now; the amendments that came between."""

    before: Estimate
    after: Estimate
    amendments: tuple[Applied, ...]

    @property
    def moved(self) -> tuple[Moved, ...]:
        """The categories that give more or less, in the order of the annex."""
        was = {one.id: one.points for one in self.before.categories()}
        return tuple(
            Moved(one.label, was.get(one.id, Decimal(0)), one.points)
            for one in self.after.categories()
            if one.points != was.get(one.id, Decimal(0))
        )


def rule_news(
    ruleset: Ruleset, facts: Mapping[str, Any], *, known: Known, on: date
) -> RuleNews | None:
    """None where the rules are the same, or give this person the same; also where the amendments
    of then are not all there any more, so that nobody can say what they gave.

    >>> from scoring import load_ruleset
    >>> rules, day = load_ruleset("yongjia-2022"), date(2026, 11, 23)
    >>> rule_news(rules, {"education": "bachelor"}, known=Known(day, ()), on=day) is None
    True
    """
    earlier = ruleset if known.marks is None else load_as_known(ruleset, known.marks)
    if earlier is None or (earlier is ruleset and ruleset.at(known.on) is ruleset.at(on)):
        return None
    told = read_facts(facts, ruleset.catalogue)
    was = estimate(earlier, _as_old_as(told, on, known.on), on=known.on)
    now = estimate(ruleset, _as_old_as(told, on, on), on=on)
    if (was.points, was.low, was.high) == (now.points, now.low, now.high):
        return None
    before = earlier.origin.in_force(known.on)
    new = tuple(one for one in ruleset.origin.in_force(on) if one not in before)
    return RuleNews(was, now, new)


def _as_old_as(facts: Facts, on: date, day: date) -> Facts:
    """The facts with the age of `on`, told on another day: a birthday is no news of the rules."""
    age = age_on(BIRTH_DATE, facts, on)
    if not isinstance(age, int):
        return facts
    rest = {id: value for id, value in facts.items() if id not in OF_AGE}
    return Facts({**rest, AGE: age, TOLD_ON: day})
