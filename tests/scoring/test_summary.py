"""Distributions, checked against lists of numbers sorted by hand."""

from collections import Counter
from decimal import Decimal
from random import Random

from scoring import FACTS, Table, load_ruleset
from scoring.analysis.summary import Summary, spread
from tests.scoring.people import ON
from tests.scoring.reference.people import people
from tests.scoring.test_batch import cell

COLUMNS = tuple(FACTS)


def summary_of(number: int, seed: int) -> tuple[Summary, list[Decimal], list[Decimal]]:
    before = Table(load_ruleset("yongjia-original"), COLUMNS, ON)
    after = Table(load_ruleset("yongjia-2022"), COLUMNS, ON)
    rows = [
        [cell(person.get(fact)) for fact in COLUMNS] for person in people(number, ON, seed=seed)
    ]
    summary = Summary()
    for some in (rows[: number // 3], rows[number // 3 :], []):
        summary.add(after.tally(some), before.tally(some))
    now, was = after.tally(rows).points, before.tally(rows).points
    return summary, list(now), [a - b for a, b in zip(now, was, strict=True)]


def test_quarters_are_those_of_the_sorted_list() -> None:
    random = Random(1)
    for number in (1, 2, 3, 4, 5, 8, 101):
        values = [Decimal(random.randint(0, 400)) / 4 for _ in range(number)]
        found = spread(Counter(values))
        assert found is not None
        ordered = sorted(values)
        ranks = [max(1, -(-number * quarter // 4)) - 1 for quarter in range(5)]
        assert list(found[1:]) == [ordered[rank] for rank in ranks]


def test_nobody_has_no_spread() -> None:
    assert spread(Counter()) is None


def test_everybody_is_in_one_band_and_gains_loses_or_stays() -> None:
    summary, points, gains = summary_of(300, seed=41)
    assert summary.people == 300
    assert sum(band.people for band in summary.bands()) == 300
    told = summary.as_json([category.id for category in load_ruleset("yongjia-2022").categories()])
    assert told["reform"]["gaining"] == sum(gain > 0 for gain in gains)
    assert told["reform"]["losing"] == sum(gain < 0 for gain in gains)
    assert told["reform"]["same"] == sum(gain == 0 for gain in gains)
    assert told["points"]["most"] == float(max(points))
    assert abs(sum(told["category_means"].values()) - told["points"]["mean"]) < 3  # caps of parts


def test_two_halves_make_the_whole() -> None:
    whole, _, _ = summary_of(100, seed=42)
    half, _, _ = summary_of(100, seed=42)
    other, _, _ = summary_of(60, seed=43)
    half.merge(other)
    half.merge(Summary())
    assert half.people == 160
    assert half.categories == [
        a + b for a, b in zip(whole.categories, other.categories, strict=True)
    ]
    assert half.gains() == whole.gains() + other.gains()


def test_at_most_twenty_bands_however_many_points() -> None:
    summary = Summary(points=Counter({Decimal(value): 1 for value in range(0, 390, 7)}))
    bands = summary.bands()
    assert len(bands) <= 20
    assert {band.end - band.start for band in bands} == {20}
