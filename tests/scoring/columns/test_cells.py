"""Columns take and refuse the cells that a table takes and refuses, with the same words."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import FACTS, FactsError, Table, estimate_arrow, load_ruleset
from tests.scoring.people import ON

RULES = load_ruleset("yongjia-2022")
TABLES: Mapping[str, Table] = {fact: Table(RULES, [fact], ON) for fact in FACTS}
WRITTEN = (
    "", " ", "0", "-0", "+5", "-1", " 3 ", "3.0", "3.5", "1_0", "0x10", "1e3", "٣", "１２", "007",
    "000000000000001", "0000000000000001", "9" * 15, "9" * 16, "9" * 19, "9" * 30, "-" + "9" * 30,
    "1200.50", "1200.505", "1000000000000", "1000000000001", "1200", "1201", "100", "101", "10001",
    "TRUE", "no", "是", "无", "maybe", "1990/5/1", "1990-05-01 00:00:00", "1899-12-31",
    "1900-01-01",
    "1990-02-29", "1992-02-29", "2026-11-23", "2026-11-24", "2027-01-01", "none", "-", "master",
    "MASTER", "labour_contract；business_owner", "veteran party_member", "veteran,", "=1", "?",
    "\x00",
)  # fmt: skip


def one_by_one(fact: str, cell: Any) -> tuple[Any, ...]:
    """Points, low, high, and fact and reason of a refusal, by the table."""
    try:
        tally = TABLES[fact].tally([(cell,)])
    except FactsError as error:
        return (None, None, None, error.fact, error.message)
    return (tally.points[0], tally.low[0], tally.high[0], None, None)


def columns(fact: str, cells: pl.Series) -> list[tuple[Any, ...]]:
    found = estimate_arrow(RULES, pl.DataFrame({fact: cells}), on=ON)
    return found.select("points", "low", "high", "fact", "reason").rows()


@pytest.mark.parametrize("fact", FACTS)
def test_cells_as_people_write_them(fact: str) -> None:
    """Together in one column, so that one that is refused does not touch its neighbours."""
    found = columns(fact, pl.Series(WRITTEN, dtype=pl.String))
    assert found == [one_by_one(fact, text) for text in WRITTEN]


@settings(max_examples=60, deadline=None)
@given(fact=st.sampled_from(tuple(FACTS)), texts=st.lists(st.text(max_size=20), max_size=5))
def test_any_text(fact: str, texts: list[str]) -> None:
    found = columns(fact, pl.Series(texts, dtype=pl.String))
    assert found == [one_by_one(fact, text) for text in texts]


@pytest.mark.parametrize(
    ("fact", "values", "dtype", "as_written"),
    [
        ("rented_years", [2, 3, None, 100, 101, -1], pl.Int8, None),
        ("rented_years", [2, 3, None, 100, 101, 2**64 - 1], pl.UInt64, None),
        ("rented_years", [2.0, 2.5, None, float("nan"), float("inf")], pl.Float64, None),
        ("charity_yuan", [1000.5, 999.99, 2000.0], pl.Float64, None),
        ("charity_yuan", [Decimal("1000.50"), Decimal("999.99"), None], pl.Decimal(10, 2), None),
        ("rented_years", [True, None], pl.Boolean, ["true", ""]),
        ("owned_home", [1, 0, 2, None], pl.Int64, ["1", "0", "2", ""]),
        ("education", ["master", None, "phd"], pl.Categorical, None),
        ("employment", [["labour_contract"], [], None], pl.List(pl.String), None),
        ("employment", [["labour_contract business_owner"]], pl.List(pl.String), ["?"]),
        ("employment", [["labour_contract", None]], pl.List(pl.String), ["?"]),
        ("education", [["master"], ["master", "doctor"]], pl.List(pl.String), ["master", "?"]),
        ("birth_date", [datetime(1990, 5, 1), datetime(1990, 5, 1, 8)], pl.Datetime, None),  # noqa: DTZ001
        ("birth_date", [date(1990, 5, 1), date(1899, 12, 31), date(2027, 1, 1)], pl.Date, None),
        ("age_told_on", [date(1990, 5, 1), date(1899, 12, 31), date(2027, 1, 1)], pl.Date, None),
        ("education", [None, None], pl.Null, None),
        ("rented_years", [None, None], pl.Null, None),
    ],
)
def test_columns_of_other_programs(
    fact: str, values: list[Any], dtype: Any, as_written: list[str] | None
) -> None:
    """Points as by the table; what is refused is refused, in the words for its text."""
    found = columns(fact, pl.Series(values, dtype=dtype))
    told = as_written if as_written else [_written(one) for one in values]
    for one, text in zip(found, told, strict=True):
        wanted = one_by_one(fact, text)
        assert (one[:4], one[4] is None) == (wanted[:4], wanted[4] is None)


def _written(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else str(value) if _is_dated(value) else value


def _is_dated(value: Any) -> bool:
    return isinstance(value, date)
