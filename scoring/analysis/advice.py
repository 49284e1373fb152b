"""What would add points for one person: honest steps, those that cost least first.

What can be done about a fact, and in which order it is told, is data (`advice.yaml`); what it
brings is never data: the person is estimated again with the step taken.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, model_validator

from scoring.analysis.baseline import Answered, Baseline
from scoring.engine.results import plain
from scoring.engine.ruleset import Ruleset
from scoring.months import months_later
from scoring.rulefile.facts import FACTS, read_facts
from scoring.rulefile.values import Source
from scoring.rulefile.yaml_source import read_yaml

NOTHING: Mapping[str, Any] = {"yesno": False, "set": frozenset(), "choice": None}


class Change(BaseModel):
    """What a step does to its fact. Exactly one of the five is given."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    more: int | None = None
    wait: int | None = None
    set: bool | str | None = None
    include: str | None = None
    next: tuple[str, ...] | None = None

    @property
    def quantity(self) -> int | None:
        """How many more at most, where the step is a matter of more."""
        return self.more or self.wait

    @model_validator(mode="after")
    def _one(self) -> "Change":
        if len(self.model_fields_set) != 1:
            raise ValueError("a change is one of more, wait, set, include and next")
        return self


class Stage(BaseModel):
    """What steps have in common that are told together. `waiting`: there is nothing to do;
    `voluntary`: it gives of the body."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    label: str
    waiting: bool = False
    voluntary: bool = False


class Begin(BaseModel):
    """How a way reads for people who have nothing of it yet."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stage: str
    label: str


class Way(BaseModel):
    """Something people can do. `cost`: what it costs besides time; None where no source says it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    fact: str
    stage: str
    begin: Begin | None = None
    cost: str | None = None
    months: int = 0
    change: Change
    label: str
    how: str


class Catalogue(BaseModel):
    """`advice.yaml`: the stages in their order, and the ways."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stages: tuple[Stage, ...]
    ways: tuple[Way, ...]

    @model_validator(mode="after")
    def _staged(self) -> Self:
        known = {stage.id for stage in self.stages}
        named = {way.stage for way in self.ways} | {w.begin.stage for w in self.ways if w.begin}
        if named != known:
            raise ValueError(f"stages without a way, or not there: {sorted(named ^ known)}")
        return self

    def stage(self, id: str) -> Stage:
        """One stage; StopIteration where there is none."""
        return next(stage for stage in self.stages if stage.id == id)


@dataclass(frozen=True, slots=True)
class Gain:
    """Points that a step adds: by the default readings, at least and at most."""

    points: Decimal
    low: Decimal
    high: Decimal

    def __bool__(self) -> bool:
        return self.high > 0 or self.points > 0


class StepItem(NamedTuple):
    """A row that gives more, or may give more, after a step; and where it is written."""

    id: str
    label: str
    source: Source


class ToldStep(NamedTuple):
    """The fields of a step as programs are given it."""

    id: str
    fact: str
    stage: str
    label: str
    how: str | None
    cost: str | None
    value: Any
    amount: int | None
    unit: str
    by: date | None
    answered: bool
    gain: Gain
    items: tuple[StepItem, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A way taken by one person. `begins`: they have nothing of it yet. `amount` is how many more
    (in the fact's unit), where that says something; `by` the day by which going on brings it;
    `answered` is false where the person has not told the fact, which is then taken as nothing;
    `items` are the rows that the gain comes from."""

    way: Way
    begins: bool
    value: Any
    amount: int | None
    unit: str
    by: date | None
    answered: bool
    gain: Gain
    items: tuple[StepItem, ...]

    @property
    def stage(self) -> Stage:
        """With what it is told."""
        begin = self.way.begin if self.begins else None
        return catalogue().stage((begin or self.way).stage)

    @property
    def label(self) -> str:
        """What to do."""
        begin = self.way.begin if self.begins else None
        return (begin or self.way).label

    def as_json(self) -> dict[str, Any]:
        """Plain values, numbers as numbers, for JSON: a `ToldStep`."""
        way = self.way
        told = ToldStep(
            id=way.id,
            fact=way.fact,
            stage=self.stage.id,
            label=self.label,
            how=way.how,
            cost=way.cost,
            value=self.value,
            amount=self.amount,
            unit=self.unit,
            by=self.by,
            answered=self.answered,
            gain=self.gain,
            items=self.items,
        )
        return dict(plain(told))


@cache
def catalogue() -> Catalogue:
    """What people can do, and the order it is told in.

    >>> [stage.id for stage in catalogue().stages][:2]
    ['time', 'papers']
    """
    return Catalogue.model_validate(read_yaml(Path(__file__).with_name("advice.yaml")))


def ways() -> tuple[Way, ...]:
    """What people can do.

    >>> ways()[0].fact, ways()[0].stage
    ('rented_years', 'time')
    """
    return catalogue().ways


def advise(ruleset: Ruleset, facts: Mapping[str, Any], *, on: date) -> tuple[Step, ...]:
    """Steps that would add points: stage by stage, in each the largest first.

    Raises FactsError where the facts cannot be used.

    >>> from scoring import load_ruleset
    >>> facts = {"volunteer_services": 4, "skill": "level_3", "residence_months": 50}
    >>> steps = advise(load_ruleset("yongjia-2022"), facts, on=date(2026, 11, 23))
    >>> [(step.stage.id, step.way.id, int(step.gain.points)) for step in steps if step.answered]
    [('time', 'residence', 3), ('easy', 'volunteer', 3), ('effort', 'skill_level', 2)]
    """
    known = read_facts(facts, ruleset.catalogue)
    person = Baseline(ruleset, known, on)
    found: dict[tuple[str, Any], Step] = {}  # two ways to the same answer are one step
    for way in ways():
        step = take(way, person)
        if step:
            found.setdefault((way.fact, step.value), step)
    return tuple(sorted(found.values(), key=_as_told))


def first_to_do(steps: Iterable[Step]) -> Step | None:
    """The first of advised steps that asks for an act and adds points for certain; none that gives
    of the body."""
    for step in steps:
        if step.gain.points > 0 and not (step.stage.waiting or step.stage.voluntary):
            return step
    return None


def _as_told(step: Step) -> tuple[int, Decimal, Decimal]:
    return catalogue().stages.index(step.stage), -step.gain.points, -step.gain.high


def take(way: Way, person: Baseline, most: int | None = None) -> Step | None:
    """One way, taken by a person, `most` more at most where it is a matter of more; None where it
    is not open to them or brings nothing.

    >>> from scoring import load_ruleset
    >>> rules, day = load_ruleset("yongjia-2022"), date(2026, 11, 23)
    >>> four, ten = (read_facts({"volunteer_services": n}) for n in (4, 10))
    >>> volunteering = next(way for way in ways() if way.id == "volunteer")
    >>> float(take(volunteering, Baseline(rules, four, day), most=2).gain.points)
    1.0
    >>> take(volunteering, Baseline(rules, ten, day)) is None
    True
    """
    fact = FACTS[way.fact]
    now = person.known.get(way.fact, NOTHING.get(fact.type, 0))
    if now is None:  # a choice not answered: asking comes before advising
        return None
    before = person.answering(way.fact, now)

    @cache
    def after(value: Any) -> Answered:
        return person.answering(way.fact, value)

    def gain_of(value: Any) -> Gain:
        return gain(before, after(value))

    for value in _values(way.change, now, most, gain_of):
        brought = gain_of(value)
        if brought:
            amount = value - now if way.change.quantity else None
            by = _by(person.on, amount, fact.type) if way.change.wait and amount else None
            items = tuple(_giving_more(before, after(value)))
            answered = way.fact in person.known
            return Step(way, not now, value, amount, fact.unit, by, answered, brought, items)
    return None


def _giving_more(before: Answered, after: Answered) -> Iterator[StepItem]:
    if before.category and after.category:
        for old, new in zip(before.category.items, after.category.items, strict=True):
            if new.points > old.points or new.low > old.low or new.high > old.high:
                yield StepItem(new.id, new.label, new.source)


def _by(on: date, amount: int, unit: str) -> date:
    return months_later(on, amount * 12 if unit == "years" else amount)


def _values(
    change: Change, now: Any, most: int | None, gain_of: Callable[[Any], Gain]
) -> Iterator[Any]:
    """The answers after the step, the first that brings points to be taken."""
    if change.quantity:
        most = change.quantity if most is None else min(most, change.quantity)
        whole = gain_of(now + most)
        yield now + least(most, lambda more: gain_of(now + more) == whole)
    elif change.next:
        if now in change.next:
            yield from change.next[change.next.index(now) + 1 :]
    elif change.include:
        if not now:  # who has one of them already is not sent after the next
            yield frozenset({change.include})
    elif now != change.set:
        yield change.set


def least(most: int, enough: Callable[[int], bool]) -> int:
    """The least amount from 1 to `most` that is enough, where `most` is and more never hurts.

    >>> least(100, lambda amount: amount * amount >= 50)
    8
    """
    too_little = 0
    while most - too_little > 1:
        middle = (too_little + most) // 2
        if enough(middle):
            most = middle
        else:
            too_little = middle
    return most


def gain(before: Answered, after: Answered) -> Gain:
    """What changed between two answers of one person to one fact. The range is that of the fact's
    own category: unsettled lines elsewhere would only blur it.

    >>> from scoring import load_ruleset
    >>> person = Baseline(load_ruleset("yongjia-2022"), read_facts({}), date(2026, 11, 23))
    >>> none, once = (person.answering("blood_donations", n) for n in (0, 1))
    >>> gain(none, once)
    Gain(points=Decimal('0'), low=Decimal('0'), high=Decimal('10'))
    """
    points = after.points - before.points
    was, now = before.category, after.category
    if was is None or now is None:  # a ruleset that knows nothing of this fact
        return Gain(points, points, points)
    ends = (points, now.low - was.low, now.high - was.high)
    return Gain(points, min(ends), max(ends))
