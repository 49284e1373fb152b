"""Arrow in, Arrow out: what is kept, what is refused, and rules of all kinds."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from scoring import FactsError, Table, estimate, estimate_arrow, load_ruleset
from scoring.analysis.columns import numbers, tables
from scoring.analysis.columns.axes import LARGEST_TABLE
from tests.scoring.amendments import guide_example
from tests.scoring.columns.frames import as_text, everybody
from tests.scoring.people import ON

RULES = load_ruleset("yongjia-2022")


class OnlyArrow:
    """What another program hands over: nothing but the Arrow interface."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.__arrow_c_stream__ = frame.__arrow_c_stream__


def test_rows_stay_in_their_places_and_say_what_is_wrong() -> None:
    people = pl.DataFrame({"id": [7, 8, 9], "rented_years": [2, -3, None]})
    found = estimate_arrow(RULES, OnlyArrow(people), on=ON)
    assert found.rows() == [
        (7, None, Decimal(4), Decimal(4), Decimal(300), None, None),
        (8, None, None, None, None, "rented_years",
         "-3 is too small; write a whole number from 0 to 100"),
        (9, None, Decimal(0), Decimal(0), Decimal(300), None, None),
    ]  # fmt: skip
    assert found.schema["points"] == pl.Decimal(38, 2)
    assert hasattr(found, "__arrow_c_stream__")


def test_what_is_kept_comes_first_and_is_no_fact() -> None:
    people = pl.DataFrame({"town": ["a"], "house": ["b"], "education": ["master"]})
    found = estimate_arrow(RULES, people, on=ON, keep=("town", "house"))
    assert found.columns[:3] == ["town", "house", "eligible"]
    with pytest.raises(FactsError, match="there is no such fact"):
        estimate_arrow(RULES, people, on=ON)
    with pytest.raises(FactsError, match="did you mean education"):
        estimate_arrow(RULES, pl.DataFrame({"educaton": ["master"]}), on=ON)


def test_nobody_and_nothing_told() -> None:
    nobody = pl.DataFrame({"education": []}, schema={"education": pl.String})
    assert estimate_arrow(RULES, nobody, on=ON, detail=True).height == 0
    silent = estimate_arrow(RULES, pl.DataFrame({"id": [1, 2]}), on=ON)
    assert silent["high"].to_list() == [Decimal(300)] * 2


def test_parts_and_categories_by_their_ids() -> None:
    people = pl.DataFrame({"education": ["master"], "owned_home": [True]})
    [told] = estimate_arrow(RULES, people, on=ON, detail=True).to_dicts()
    assert (told["common"], told["common.education"]) == (10, 10)
    assert (told["county"], told["county.housing"], told["points"]) == (15, 15, 25)


def amended(folder: Path) -> str:
    (folder / "own.yaml").write_text(guide_example("amendment"), encoding="utf-8")
    return "yongjia-2022"


def whole(folder: Path) -> str:
    (folder / "own.yaml").write_text(guide_example("county"), encoding="utf-8")
    return "xiaoxian-2027"


@pytest.mark.parametrize("write", [amended, whole])
def test_the_rules_of_an_office(tmp_path: Path, write: Callable[[Path], str]) -> None:
    """With deductions, whose counts have no end, and facts that only the office has."""
    on = date(2027, 1, 1)
    rules = load_ruleset(write(tmp_path), tmp_path)
    own: dict[str, list[object]] = {
        "example_offence": [0, 1, 3, 5, 6, None, 999],
        "example_false_papers": [True, None, True, None, True, None, True],
    }
    told = {fact: cells for fact, cells in own.items() if fact in rules.catalogue}
    everyone = [*everybody(6, on, seed=1), {}]  # the last has less than nothing
    people = as_text(everyone).with_columns(
        pl.Series(fact, cells).cast(pl.String).fill_null("") for fact, cells in told.items()
    )
    tally = Table(rules, people.columns, on).tally(people.rows())
    found = estimate_arrow(rules, people, on=on, detail=True)
    assert found["points"].to_list() == list(tally.points)
    assert found["low"].to_list() == list(tally.low)
    assert found["high"].to_list() == list(tally.high)
    parts = [part.id for part in rules.parts]
    assert [found[part].to_list() for part in parts] == [list(one) for one in tally.parts]


def test_points_finer_than_hundredths_are_refused_and_never_rounded(tmp_path: Path) -> None:
    finer = guide_example("county").replace("value: 0.5,", "value: 0.125,")
    (tmp_path / "own.yaml").write_text(finer, encoding="utf-8")
    rules = load_ruleset("xiaoxian-2027", tmp_path)
    with pytest.raises(ValueError, match="whole hundredths"):
        estimate_arrow(rules, pl.DataFrame({"residence_months": [1]}), on=date(2027, 1, 1))


MANY = [f"act_{place}" for place in range(14)]
ACTS = """
facts:
  acts:
    type: set
    label: 好事
    choices: {CHOICES}
parts:"""
ROW = """
      - id: acts
        label: 好事
        items:
          - id: acts
            label: 好事
            rule: per_choice
            fact: acts
            choices: {value: [CHOSEN], unit: choices}
            rate: {value: 0.25, unit: points_per_time}
            evidence: police_data
"""


def test_a_set_of_many_members(tmp_path: Path) -> None:
    """Of more subsets than are computed beforehand; in lists and in texts, in any order."""
    text = guide_example("county").rstrip() + ROW.replace("CHOSEN", ", ".join(MANY[:13]))
    choices = ", ".join(f"{id}: {id}" for id in MANY)
    text = text.replace("\nparts:", ACTS.replace("CHOICES", choices))
    text = text.replace("{categories: 2, rows: 3}", "{categories: 3, rows: 4}")
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    rules, on = load_ruleset("xiaoxian-2027", tmp_path), date(2027, 1, 1)
    sets = [[], None, MANY, MANY[::-1], MANY[3:5], ["act_13"], ["act_1", "act_1"]]
    people = pl.DataFrame({"acts": sets}, schema={"acts": pl.List(pl.String)})
    wanted = [estimate(rules, {"acts": one}, on=on).points for one in sets]
    assert wanted[2] == Decimal("3.25")
    assert estimate_arrow(rules, people, on=on)["points"].to_list() == wanted
    wrong = pl.DataFrame({"acts": [["act_1", "x"], ["act_1", None], ["act_1"]]})
    assert estimate_arrow(rules, wrong, on=on)["points"].to_list() == [None, None, Decimal("0.25")]


def test_more_texts_than_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was forgotten is read again, and what is refused stays refused."""
    monkeypatch.setattr(numbers, "REMEMBERED", 5)
    born = [f"{year}-05-01" for year in range(1960, 1990)]
    shares = (born[:4], born[2:8], born, ["phd", born[0]], born[:2])
    rules = load_ruleset("zhejiang-common")
    for texts in shares:
        found = estimate_arrow(rules, pl.DataFrame({"birth_date": texts}), on=ON)
        table = Table(rules, ["birth_date"], ON)
        for text, points in zip(texts, found["points"], strict=True):
            wanted = None if text == "phd" else table.tally([(text,)]).points[0]
            assert points == wanted


def test_more_combinations_than_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has too many kinds of answers is looked up as it occurs, and memory stays flat."""
    monkeypatch.setattr(tables, "REMEMBERED", 50)
    rules = load_ruleset("yongjia-original")
    counts = [*range(120), LARGEST_TABLE + 1, 10_000, None]
    people = pl.DataFrame({"honours_province": counts, "honours_nation": counts[::-1]})
    for _ in range(2):
        found = estimate_arrow(rules, people, on=ON)
        table = Table(rules, people.columns, ON).tally(people.rows())
        assert found["points"].to_list() == list(table.points)
