"""Tables of people: the same points as one by one, from cells as people write them."""

import re
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import FACTS, Facts, FactsError, Table, estimate, load_ruleset
from scoring.analysis.batch import REMEMBERED
from scoring.analysis.cells import read_cell
from tests.scoring.people import ON
from tests.scoring.reference.people import by_age, people

COLUMNS = tuple(FACTS)


def cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, frozenset):
        return " ".join(sorted(value)) or "none"
    return str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("ruleset", ["yongjia-2022", "yongjia-original"])
def test_a_table_gives_what_the_estimate_gives(ruleset: str) -> None:
    rules = load_ruleset(ruleset)
    table = Table(rules, COLUMNS, ON)
    everyone = [*people(1_000, ON, seed=31), *by_age(people(500, ON, seed=32), ON)]
    found = table.tally([[cell(person.get(fact)) for fact in COLUMNS] for person in everyone])
    expected = [estimate(rules, Facts(person), on=ON) for person in everyone]
    assert found.eligible == [one.eligible for one in expected]
    assert found.points == [one.points for one in expected]
    assert found.low == [one.low for one in expected]
    assert found.high == [one.high for one in expected]
    for place, one in enumerate(expected):
        assert [part[place] for part in found.parts] == [part.points for part in one.parts]
        points = [category.points for category in one.categories()]
        assert [category[place] for category in found.categories] == points


def test_columns_in_any_order_and_only_some() -> None:
    table = Table(load_ruleset("yongjia-2022"), ["rented_years", "education"], ON)
    expected = estimate(
        load_ruleset("yongjia-2022"), {"rented_years": 2, "education": "bachelor"}, on=ON
    )
    assert table.tally([("2", "bachelor")]).high == [expected.high]


def test_nobody_at_all() -> None:
    found = Table(load_ruleset("yongjia-2022"), COLUMNS, ON).tally([])
    assert (found.points, found.low, found.high, found.eligible) == ([], [], [], [])


def test_memory_begins_anew_and_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scoring.analysis.batch.REMEMBERED", 3)
    table = Table(load_ruleset("yongjia-2022"), ["residence_months"], ON)
    found = table.tally([(str(months),) for months in (1, 2, 3, 4, 5, 1, 2)]).points
    assert [float(points) for points in found] == [0.25, 0.5, 0.75, 1, 1.25, 0.25, 0.5]
    assert REMEMBERED > 1_000


@pytest.mark.parametrize(
    ("fact", "text", "answer"),
    [
        ("rented_years", " 3 ", 3),
        ("rented_years", "", None),
        ("rented_years", "3.0", 3),
        ("rented_years", "3.5", "3.5"),
        ("rented_years", "1_0", "1_0"),
        ("rented_years", "9" * 5000, "9" * 5000),
        ("rented_years", "three", "three"),
        ("owned_home", "TRUE", True),
        ("owned_home", "否", False),
        ("owned_home", "maybe", "maybe"),
        ("birth_date", "1990/5/1", "1990-05-01"),
        ("birth_date", "1990-05-01", "1990-05-01"),
        ("birth_date", "1990/5/1 0:00:00", "1990-05-01"),
        ("birth_date", "1990-05-01T00:00:00", "1990-05-01"),
        ("birth_date", "May 1990", "May 1990"),
        ("employment", "labour_contract business_owner", ["labour_contract", "business_owner"]),
        ("employment", "labour_contract；business_owner", ["labour_contract", "business_owner"]),
        ("employment", "none", []),
        ("employment", "", None),
        ("education", "master", "master"),
        ("owned_home", True, True),
    ],
)
def test_cells_as_people_write_them(fact: str, text: Any, answer: Any) -> None:
    assert read_cell(FACTS[fact], text) == answer


@pytest.mark.parametrize(
    ("fact", "text", "words"),
    [
        ("rented_years", "three", "'three' is not a whole number"),
        ("rented_years", "101", "101 is too large"),
        ("owned_home", "maybe", "'maybe' is neither yes nor no"),
        ("education", "phd", "'phd' is not one of the choices"),
        ("employment", "self", "'self' is not one of the choices"),
        ("birth_date", "2027-01-01", "2027-01-01 is after the day of the estimate"),
        ("permit", "yes", "'yes' is not one of the choices"),
    ],
)
def test_a_cell_that_cannot_be_used_says_why(fact: str, text: str, words: str) -> None:
    table = Table(load_ruleset("yongjia-2022"), [fact], ON)
    for _ in range(2):  # a fault is not remembered as an answer
        with pytest.raises(FactsError, match=re.escape(words)):
            table.tally([(text,)])
        with pytest.raises(FactsError) as caught:
            table.check((text,))
        assert caught.value.fact == fact
        assert words in caught.value.message


def test_a_column_that_is_no_fact_is_refused_with_the_nearest() -> None:
    with pytest.raises(FactsError, match="did you mean education"):
        Table(load_ruleset("yongjia-2022"), ["educaton"], ON)


@given(fact=st.sampled_from(COLUMNS), text=st.text(max_size=30) | st.booleans() | st.none())
def test_any_cell_gives_points_or_says_what_is_wrong(fact: str, text: Any) -> None:
    table = Table(load_ruleset("yongjia-2022"), [fact], ON)
    with suppress(FactsError):
        found = table.tally([(text,)])
        assert 0 <= found.low[0] <= found.points[0] <= found.high[0] <= 300


@given(st.sampled_from(("0", "1", "9")), st.integers(1, 40))
def test_numbers_of_any_length(digit: str, length: int) -> None:
    table = Table(load_ruleset("yongjia-2022"), ["charity_yuan"], ON)
    with suppress(FactsError):
        assert table.tally([(digit * length,)]).points[0] <= 5
