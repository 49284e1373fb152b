"""Checksums: alike for what is alike on both kinds of database, and for nothing else."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest

from bot.transfer.digest import Digest, canonical, of_row

NOON = datetime(2026, 11, 23, 12, 0, 0, 5, tzinfo=UTC)
ALIKE = [
    (Decimal("10.50"), Decimal("10.5")),
    (10.5, Decimal("10.5")),
    (b"\x00\xff", memoryview(b"\x00\xff")),
    (NOON, NOON.astimezone(timezone(timedelta(hours=8)))),
    (NOON, NOON.replace(tzinfo=None)),
    ({"a": 1, "b": [2]}, {"b": [2], "a": 1}),
]
OTHER = [
    (True, 1),
    (None, ""),
    (None, "None"),
    (1, "1"),
    (b"1", "1"),
    ("a ", "a"),
    (1, 1.0),
    (Decimal("0.1"), Decimal("0.10000000000000001")),
    (NOON, NOON + timedelta(microseconds=1)),
    (date(2026, 11, 23), datetime(2026, 11, 23, tzinfo=UTC)),
    (time(9), time(9, 0, 1)),
    ([1, 2], [2, 1]),
    (["str", "a"], "a"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_alike(one: object, other: object) -> None:
    assert of_row([one]) == of_row([other])


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_not_alike(one: object, other: object) -> None:
    assert of_row([one]) != of_row([other])


def test_the_order_of_rows_does_not_count_that_of_columns_does() -> None:
    first, second, third = Digest(), Digest(), Digest()
    for digest, rows in ((first, ["ab", "cd"]), (second, ["cd", "ab"]), (third, ["ba", "cd"])):
        for row in rows:
            digest.add(row)
    assert first == second != third


def test_twice_the_same_row_counts_twice() -> None:
    once, twice = Digest(), Digest()
    for digest, times in ((once, 1), (twice, 2)):
        for _ in range(times):
            digest.add(["a"])
    assert once != twice


def test_what_no_column_keeps_is_refused() -> None:
    with pytest.raises(TypeError, match="set has no canonical form"):
        canonical({1})
