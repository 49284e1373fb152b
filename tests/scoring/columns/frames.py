"""People as columns: as text, as a table has them, and typed, as other programs hand them over."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, cycle
from typing import Any

import polars as pl

from scoring import FACTS, Estimate, Facts, Ruleset, estimate
from tests.scoring.reference.people import by_age, people
from tests.scoring.test_batch import cell

TYPES: Mapping[str, Any] = {
    "yesno": pl.Boolean,
    "date": pl.Date,
    "choice": pl.String,
    "set": pl.List(pl.String),
}
LEAP_DAYS = tuple(date(year, 2, 29) for year in range(1948, 2010, 4))


def everybody(number: int, on: date, seed: int) -> Iterator[dict[str, Any]]:
    """Random people, some born on 29 February, some who tell their age instead."""
    near = on + timedelta(1) if (on.month, on.day) == (2, 29) else on  # whose birthdays are common
    born = people(number - number // 4, near, seed)
    told = by_age(people(number // 4, near, seed + 1), on)
    leap = cycle(LEAP_DAYS)
    for place, person in enumerate(chain(born, told)):
        if place % 20 == 0 and "birth_date" in person:
            person["birth_date"] = next(leap) + timedelta(place % 3 - 1)
        yield person


def as_text(everyone: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    cells = {fact: [cell(person.get(fact)) for person in everyone] for fact in FACTS}
    return pl.DataFrame(cells, schema=dict.fromkeys(FACTS, pl.String))


def typed(everyone: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    values = {fact: [_plain(person.get(fact)) for person in everyone] for fact in FACTS}
    return pl.DataFrame(values, {id: TYPES.get(fact.type, pl.Int64) for id, fact in FACTS.items()})


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def expected(
    ruleset: Ruleset, everyone: Iterable[Mapping[str, Any]], on: date
) -> list[tuple[Any, ...]]:
    """What the explained estimate gives, as the rows of `estimate_arrow`."""
    return [row(estimate(ruleset, Facts(person), on=on)) for person in everyone]


def row(found: Estimate) -> tuple[Any, ...]:
    """Eligible, points, low, high, then each part with its categories; no limit is None."""
    points = [found.points, found.low, found.high]
    for part in found.parts:
        points += [part.points, *(category.points for category in part.categories)]
    return (found.eligible, *map(_limited, points), None, None)


def _limited(points: Decimal) -> Decimal | None:
    return points if points.is_finite() else None
