"""The reverse question: what must be true to reach so many points, or that nothing will do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from scoring.ages import BIRTH_DATE, OF_AGE, age_on
from scoring.analysis.advice import Step, Way, advise, least, take
from scoring.analysis.baseline import Baseline
from scoring.engine.estimate import estimate
from scoring.engine.results import Estimate, plain
from scoring.engine.ruleset import Ruleset
from scoring.rulefile.facts import FACTS, Fact, Facts, read_facts

State = Literal["reached", "steps", "beyond_steps", "only_if_settled_well", "out_of_reach"]
Fits = Callable[[Way], bool]
FIELDS = ("target", "state", "points", "with_steps", "most", "highest", "rooms")


@dataclass(frozen=True, slots=True)
class Room:
    """What a category could still give beyond the steps: points then, and the most by the default
    readings, for a person of this age. Infinite where nothing limits it."""

    category: str
    label: str
    points: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class Reach:
    """`reached`: already so. `steps`: these steps together are enough. `beyond_steps`: all of them
    together give `with_steps`; the rest must come from `rooms`, largest first.
    `only_if_settled_well`: with everything the rules reward, `most` is the end by the default
    readings, but `highest` if all that is unsettled or unpublished turns out well. `out_of_reach`:
    not even then."""

    target: Decimal
    state: State
    points: Decimal
    with_steps: Decimal
    most: Decimal
    highest: Decimal
    steps: tuple[Step, ...]
    rooms: tuple[Room, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values, numbers as numbers, for JSON; null where nothing limits."""
        steps = [step.as_json() for step in self.steps]
        return {name: plain(getattr(self, name)) for name in FIELDS} | {"steps": steps}


def reach(
    ruleset: Ruleset,
    facts: Mapping[str, Any],
    target: Decimal | int,
    *,
    on: date,
    fits: Fits = lambda way: True,
) -> Reach:
    """What must be true to have `target` points by the default readings, as old as one is on the
    day; `fits` says which ways are open. Raises FactsError where the facts cannot be used.

    >>> from scoring import load_ruleset
    >>> rules, day = load_ruleset("yongjia-2022"), date(2026, 11, 23)
    >>> facts = {"birth_date": "1994-05-01", "employment": ["business_owner"]}
    >>> found = reach(rules, facts, 32, on=day)
    >>> found.state, [(step.way.id, step.amount) for step in found.steps]
    ('steps', [('volunteer', 10), ('law_study', 4)])
    >>> reach(rules, facts, 301, on=day).state
    'out_of_reach'
    """
    known, target = read_facts(facts, ruleset.catalogue), Decimal(target)
    now = estimate(ruleset, known, on=on)
    steps = [] if now.points >= target else _enough(ruleset, known, target, on, fits)
    then = _after(ruleset, known, steps, on)
    best, limits = _best(ruleset, known, on), _limits(ruleset, known, on)
    most = best.points if limits.high.is_finite() else limits.high
    rooms: tuple[Room, ...] = ()
    state: State = "reached" if not steps else "steps"
    if then.points < target:
        state = "beyond_steps" if most >= target else _beyond(target, limits.high)
        rooms = _rooms(then, best, limits)
    return Reach(target, state, now.points, then.points, most, limits.high, tuple(steps), rooms)


def _beyond(target: Decimal, highest: Decimal) -> State:
    return "only_if_settled_well" if highest >= target else "out_of_reach"


def _enough(ruleset: Ruleset, known: Facts, target: Decimal, on: date, fits: Fits) -> list[Step]:
    """In the order of `advise` until it is enough, then without what proves not needed; all steps
    where they are not enough together."""
    taken: list[Step] = []
    for step in advise(ruleset, known, on=on):
        is_new = all(step.way.fact != one.way.fact for one in taken)
        if is_new and step.gain.points > 0 and fits(step.way):
            taken.append(step)
            if _after(ruleset, known, taken, on).points >= target:
                return _without_excess(ruleset, known, taken, target, on)
    return taken


def _without_excess(
    ruleset: Ruleset, known: Facts, taken: list[Step], target: Decimal, on: date
) -> list[Step]:
    def enough(steps: list[Step | None]) -> bool:
        return _after(ruleset, known, [s for s in steps if s], on).points >= target

    person = Baseline(ruleset, known, on)
    kept: list[Step | None] = list(taken)
    for place in reversed(range(len(kept))):
        kept[place] = _least_step(person, kept, place, enough)
    return [step for step in kept if step]


def _least_step(
    person: Baseline,
    kept: list[Step | None],
    place: int,
    enough: Callable[[list[Step | None]], bool],
) -> Step | None:
    """The step at this place with no more than is needed beside the others; None if nothing is."""
    step = kept[place]

    def only(amount: int) -> Step | None:
        return take(step.way, person, amount) if step else None

    def with_instead(other: Step | None) -> list[Step | None]:
        return [*kept[:place], other, *kept[place + 1 :]]

    if step is None or enough(with_instead(None)):
        return None
    if step.amount is None:
        return step
    return only(least(step.amount, lambda amount: enough(with_instead(only(amount)))))


def _after(ruleset: Ruleset, known: Mapping[str, Any], steps: list[Step], on: date) -> Estimate:
    return estimate(ruleset, Facts({**known, **{s.way.fact: s.value for s in steps}}), on=on)


def _best(ruleset: Ruleset, known: Mapping[str, Any], on: date) -> Estimate:
    """A person of this age for whom everything else is as good as the rules can reward."""
    best = {id: _best_answer(ruleset, FACTS[id], on) for id in FACTS if id not in OF_AGE}
    unborn = age_on(BIRTH_DATE, known, on) is None
    return estimate(ruleset, Facts(best | ({BIRTH_DATE: on} if unborn else _age(known))), on=on)


def _limits(ruleset: Ruleset, known: Mapping[str, Any], on: date) -> Estimate:
    """A person of this age of whom nothing else is known: what has no end has no end here."""
    return estimate(ruleset, Facts(_age(known)), on=on)


def _age(known: Mapping[str, Any]) -> dict[str, Any]:
    return {fact: known[fact] for fact in OF_AGE if fact in known}


def _best_answer(ruleset: Ruleset, fact: Fact, on: date) -> Any:
    if fact.type == "set":
        return frozenset(choice.id for choice in fact.choices)
    if fact.type == "choice":
        points = {
            choice.id: estimate(ruleset, Facts({fact.id: choice.id}), on=on).points
            for choice in fact.choices
        }
        return max(points, key=lambda id: points[id])
    return True if fact.type == "yesno" else fact.maximum


def _rooms(then: Estimate, best: Estimate, limits: Estimate) -> tuple[Room, ...]:
    found = []
    for category in then.categories():
        limit = limits.category(category.id).high
        most = best.category(category.id).points if limit.is_finite() else limit
        if most > category.points:
            found.append(Room(category.id, category.label, category.points, most))
    return tuple(sorted(found, key=lambda room: room.points - room.most))
