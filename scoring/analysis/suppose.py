"""What would be if something were otherwise: not advice, only the reckoning.

What can be supposed is found by estimating again: another choice, a yes, some more, each where it
brings points by itself. Nothing is supposed of what is sensitive, of age, or of a choice that was
not answered.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from scoring.ages import OF_AGE, kept_on
from scoring.analysis.advice import NOTHING, Gain, gain, take, ways
from scoring.analysis.baseline import Baseline
from scoring.analysis.plan import full_months
from scoring.analysis.timeline import aged, growing_facts
from scoring.engine.estimate import estimate
from scoring.engine.results import Estimate
from scoring.engine.ruleset import Ruleset
from scoring.rulefile.facts import FACTS, Fact, Facts, read_facts

MORE: Mapping[str, int] = {"months": 12, "years": 1, "count": 1, "yuan": 1000}
"""How much more is supposed at once, by the type of a fact."""


@dataclass(frozen=True, slots=True)
class Supposition:
    """`value`: the answer then; `key` names what is new in it; `amount`: how much more that is,
    None where it is no matter of more; `gain`: what it brings alone, today."""

    fact: str
    key: str
    value: Any
    amount: int | None
    gain: Gain

    @property
    def id(self) -> str:
        """Its name among those of one person."""
        return f"{self.fact}.{self.key}"


@dataclass(frozen=True, slots=True)
class Supposed:
    """The estimate as it is now, and on the day `by` with what is supposed; `early`: the facts that
    can hardly be so by then; `going`: those taken to go on until then."""

    now: Estimate
    then: Estimate
    by: date
    early: tuple[str, ...]
    going: tuple[str, ...]


def suppositions(
    ruleset: Ruleset, facts: Mapping[str, Any], *, on: date
) -> tuple[Supposition, ...]:
    """Whatever would bring points if it were otherwise, in the order of the catalogue.

    Raises FactsError where the facts cannot be used.

    >>> from scoring import load_ruleset
    >>> facts = {"skill": "level_4", "social_insurance_months": 42, "owned_home": False}
    >>> found = suppositions(load_ruleset("yongjia-2022"), facts, on=date(2026, 11, 23))
    >>> [(one.id, int(one.gain.low)) for one in found][:4]  # doctest: +NORMALIZE_WHITESPACE
    [('skill.level_3', 3), ('skill.level_2', 5), ('social_insurance_months.12', 3),
     ('residence_months.12', 3)]
    """
    person = Baseline(ruleset, read_facts(facts, ruleset.catalogue), on)
    counted = ruleset.at(on).counted
    return tuple(
        one
        for id, fact in FACTS.items()
        if id in counted and not fact.sensitive and id not in OF_AGE and fact.presumed is None
        for one in _of(fact, person)
    )


def _of(fact: Fact, person: Baseline) -> Iterator[Supposition]:
    """Each other answer that brings more than those before it."""
    now = person.known.get(fact.id, NOTHING.get(fact.type, 0))
    if now is None:
        return
    before, best = person.answering(fact.id, now), Decimal(0)
    for key, value, amount in _others(fact, now, _more(fact, person)):
        found = gain(before, person.answering(fact.id, value))
        if found.low > best:
            best = found.low
            yield Supposition(fact.id, key, value, amount, found)


def _more(fact: Fact, person: Baseline) -> int:
    """How much more is supposed: what advice would name, else one."""
    ladders = (way for way in ways() if way.fact == fact.id and way.change.more)
    steps = (take(way, person) for way in ladders)
    return next((step.amount for step in steps if step and step.amount), MORE.get(fact.type, 1))


def _others(fact: Fact, now: Any, more: int) -> Iterator[tuple[str, Any, int | None]]:
    if fact.type in MORE:
        yield str(more), now + more, more
    elif fact.type == "yesno":
        yield "yes", True, None
    elif fact.type == "set":
        news = (one.id for one in fact.choices if one.id not in now)
        yield from ((new, frozenset({*now, new}), None) for new in news)
    elif fact.type == "choice":
        yield from ((one.id, one.id, None) for one in fact.choices if one.id != now)


def suppose(
    ruleset: Ruleset,
    facts: Mapping[str, Any],
    taken: tuple[Supposition, ...],
    *,
    on: date,
    by: date,
) -> Supposed:
    """All of these together on the day `by`, to which what is counted in months goes on.

    Raises FactsError where the facts cannot be used, ValueError where `by` is before `on`.

    >>> from scoring import load_ruleset
    >>> rules, today = load_ruleset("yongjia-2022"), date(2026, 11, 23)
    >>> facts = {"skill": "level_4", "residence_months": 50}
    >>> third = suppositions(rules, facts, on=today)[:1]
    >>> found = suppose(rules, facts, third, on=today, by=date(2027, 2, 23))
    >>> float(found.now.low), float(found.then.low), found.early
    (17.5, 21.25, ('skill',))
    """
    if by < on:
        raise ValueError(f"{by} is before {on}")
    known = Facts(kept_on(read_facts(facts, ruleset.catalogue), on))
    months = full_months(on, by)
    going = growing_facts(known) if months else ()
    later = aged(known, going, months)
    for one in taken:
        later[one.fact] = _then(one, later, going)
    early = dict.fromkeys(
        way.fact
        for way in ways()
        if by > on and way.months > months and way.fact in {one.fact for one in taken}
    )
    now, then = estimate(ruleset, known, on=on), estimate(ruleset, Facts(later), on=by)
    return Supposed(now, then, by, tuple(early), going)


def _then(one: Supposition, later: Mapping[str, Any], going: tuple[str, ...]) -> Any:
    """The answer on that day: months that go on by themselves are in it already."""
    if isinstance(one.value, frozenset):
        return one.value | later.get(one.fact, frozenset())
    return later[one.fact] if one.fact in going else one.value
