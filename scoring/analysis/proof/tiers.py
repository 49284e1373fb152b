"""No gap and no overlap of tiers: each choice of a fact in one row, no age between two rules."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from scoring.engine.category_eval import CategoryAt
from scoring.rulefile.facts import Fact
from scoring.rulefile.kinds.age_steps import AgeStepsLaw
from scoring.rulefile.kinds.base import Law


class Tier(NamedTuple):
    """A choice or an age that was looked at under one combination of readings. `wrong`: the claim
    that does not hold, `no_gap` or `no_overlap`; `beside`: the answer it should count like."""

    fact: str
    answer: Any
    wrong: str | None = None
    beside: Any = None


def tiers(category: CategoryAt, fact: Fact) -> Iterator[Tier]:
    """Each choice of a fact, or each limit of age, under each combination of readings.

    A choice that no row names is a gap where rows name one before and one after it, in the order of
    the catalogue: below the first and after the last, nothing is given because the table ends.
    """
    for n in range(len(category.combos)):
        rows = [item for item in category.items if fact.id in item.facts]
        laws = {item.id: item.terms[item.which[n]].law for item in rows}
        if fact.type in ("choice", "set"):
            yield from _of_choices(fact, laws)
        for law in laws.values():
            if isinstance(law, AgeStepsLaw):
                yield _of_ages(fact, law)


def _of_choices(fact: Fact, laws: Mapping[str, Law]) -> Iterator[Tier]:
    ids = [choice.id for choice in fact.choices]
    members: list[frozenset[Any]] = [getattr(law, "members", frozenset()) for law in laws.values()]
    named = [sum(id in some for some in members) for id in ids]
    first = min((at for at, rows in enumerate(named) if rows), default=0)
    last = max((at for at, rows in enumerate(named) if rows), default=0)
    for at, id in enumerate(ids):
        told = frozenset({id}) if fact.type == "set" else id
        if named[at] > 1:
            yield Tier(fact.id, told, "no_overlap", told)
        elif not named[at] and first < at < last and fact.type == "choice":
            yield Tier(fact.id, told, "no_gap", ids[at - 1])
        else:
            yield Tier(fact.id, told)


def _of_ages(fact: Fact, law: AgeStepsLaw) -> Tier:
    """Anyone who is younger than the base is not yet over the last age."""
    last = int(law.last_age)
    wrong = "no_gap" if law.last_age < law.base_age - 1 else None
    return Tier(fact.id, last + 1, wrong, last)
