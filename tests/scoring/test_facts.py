"""Reading answers: what is taken, and what is refused with which words."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import FACTS, FactsError, read_facts


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({"birth_date": "1990-05-01"}, date(1990, 5, 1)),
        ({"birth_date": date(1990, 5, 1)}, date(1990, 5, 1)),
        ({"social_insurance_months": 42}, 42),
        ({"social_insurance_months": 42.0}, 42),
        ({"owned_home": False}, False),
        ({"education": "master"}, "master"),
        ({"employment": ["labour_contract", "labour_contract"]}, frozenset({"labour_contract"})),
        ({"employment": []}, frozenset()),
        ({"charity_yuan": 10**12}, 10**12),
        ({"charity_yuan": 1999.99}, 1999),  # cents add no full unit
        ({"charity_yuan": Decimal("0.50")}, 0),
    ],
)
def test_an_answer_is_read(written: dict[str, Any], read: Any) -> None:
    (found,) = read_facts(written).values()
    assert found == read
    assert type(found) is type(read)


def test_what_is_none_is_unknown() -> None:
    assert read_facts({"education": None, "rented_years": 0}) == {"rented_years": 0}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"educaton": "master"}, "educaton: there is no such fact; did you mean education?"),
        ({"zzz": 1}, "zzz: there is no such fact"),
        ({"rented_years": -1}, "rented_years: -1 is too small; write a whole number from 0 to 100"),
        ({"rented_years": 101}, "rented_years: 101 is too large"),
        ({"rented_years": 2.5}, "rented_years: 2.5 is not a whole number"),
        ({"rented_years": Decimal("2.5")}, "rented_years: 2.5 is not a whole number"),
        ({"birth_date": datetime(1990, 5, 1, tzinfo=UTC)}, "birth_date: 1990-05-01 00:00:00"),
        ({"charity_yuan": 1999.995}, "charity_yuan: 1999.995 is not a whole number"),
        ({"charity_yuan": -0.5}, "charity_yuan: -0.5 is not a whole number"),
        ({"rented_years": "3"}, "rented_years: '3' is not a whole number"),
        ({"rented_years": True}, "rented_years: true is not a whole number"),
        ({"rented_years": float("nan")}, "rented_years: nan is not a whole number"),
        ({"rented_years": [3]}, "rented_years: [3] is not a whole number"),
        ({"owned_home": 1}, "owned_home: 1 is neither yes nor no; write true or false"),
        ({"education": "phd"}, "education: 'phd' is not one of the choices; write one of below_"),
        ({"talent_class": "g"}, "talent_class: 'g' is not one of the choices"),
        ({"employment": "labour_contract"}, "employment: 'labour_contract' is not a list"),
        ({"employment": ["boss"]}, "employment: 'boss' is not one of the choices"),
        ({"employment": [["boss"]]}, "employment: ['boss'] is not one of the choices"),
        ({"birth_date": "1990-13-01"}, "birth_date: '1990-13-01' is not a date; write a date like"),
        ({"birth_date": 1990}, "birth_date: 1990 is not a date"),
        ({"birth_date": datetime(1990, 5, 1)}, "is not a date"),  # noqa: DTZ001 - that is the point
        ({"birth_date": "1899-12-31"}, "birth_date: 1899-12-31 is too early"),
        ({"rented_years": 10**5000}, "rented_years: the number is too large"),
        ({"rented_years": Decimal("1E+999999999")}, "is not a whole number"),
        ({1: 2}, "1: there is no such fact"),
    ],
)
def test_an_answer_is_refused(written: dict[Any, Any], said: str) -> None:
    with pytest.raises(FactsError) as caught:
        read_facts(written)
    assert said in str(caught.value)
    assert caught.value.fact == str(next(iter(written)))


def test_a_long_answer_is_not_repeated_whole() -> None:
    with pytest.raises(FactsError) as caught:
        read_facts({"education": "x" * 10_000})
    assert len(str(caught.value)) < 300


ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())


@given(st.dictionaries(st.sampled_from([*FACTS, "nonsense"]), ANYTHING))
def test_anything_is_read_or_refused(written: dict[str, Any]) -> None:
    try:
        found = read_facts(written)
    except FactsError:
        return
    assert read_facts(found) == found


def test_the_catalogue_is_the_one_that_was_agreed() -> None:
    kinds = {id: fact.type for id, fact in FACTS.items()}
    assert len(kinds) == 37
    assert kinds["special_statuses"] == kinds["employment"] == "set"
    assert [choice.id for choice in FACTS["permit"].choices] == [
        "residence_permit",
        "registration_only",
        "none",
    ]
    for fact in FACTS.values():
        assert fact.label
        assert bool(fact.choices) == (fact.type in ("choice", "set"))
        assert bool(fact.unit) == (fact.type in ("months", "years", "age", "count", "yuan"))
