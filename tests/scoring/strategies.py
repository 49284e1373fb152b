"""People and answers for property tests."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from scoring import FACTS, Fact

ON = date(2026, 11, 23)
ASKED = tuple(id for id, fact in FACTS.items() if not fact.stands_for)
"""The facts that are asked; the others are told in the place of one of them."""
OPEN = tuple(id for id in ASKED if FACTS[id].presumed is None)
"""Those that are unknown where nothing is told of them."""


def answers(fact: Fact) -> st.SearchStrategy[Any]:
    """Any valid answer; quantities mostly small, where caps and steps are."""
    ids = [choice.id for choice in fact.choices]
    if fact.type == "choice":
        return st.sampled_from(ids)
    if fact.type == "set":
        return st.frozensets(st.sampled_from(ids))
    if fact.type == "yesno":
        return st.booleans()
    if fact.type == "date":
        return st.dates(date(1940, 1, 1), ON)
    scale = {"months": 130, "years": 12, "count": 12, "yuan": 300_000}[fact.type]
    return st.integers(0, scale) | st.just(fact.maximum)


def people() -> st.SearchStrategy[dict[str, Any]]:
    """Facts of a person; any of them may be unknown."""
    known = st.fixed_dictionaries({}, optional={id: answers(FACTS[id]) for id in ASKED})
    return st.builds(of_age, known, ages())


def ages() -> st.SearchStrategy[dict[str, Any]]:
    """An age instead of a date of birth, told today, some other day, or nobody knows when."""
    told_on = st.dates(ON - timedelta(days=1200), ON) | st.sampled_from([ON])
    told = st.fixed_dictionaries(
        {"age_years": st.integers(0, 75)}, optional={"age_told_on": told_on}
    )
    return st.just({}) | told


def of_age(person: dict[str, Any], age: dict[str, Any]) -> dict[str, Any]:
    return {f: a for f, a in person.items() if not age or f != "birth_date"} | age


def grid(fact: Fact) -> list[Any]:
    """Answers among which both extremes of every rule are found."""
    ids = [choice.id for choice in fact.choices]
    if fact.type == "choice":
        return ids
    if fact.type == "set":
        return [frozenset(), *(frozenset({id}) for id in ids), frozenset(ids)]
    if fact.type == "yesno":
        return [False, True]
    if fact.type == "date":
        return [ON - timedelta(days=365 * years) for years in (0, 30, 45, 56, 70)]
    return [0, 1, 2, fact.maximum]
