"""The cases beside this file: one file per category, points worked out by hand in a comment.

A fact that a case does not name is answered with nothing; one written as null is unanswered.
`points` is also the whole range unless `range` says otherwise.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from scoring import FACTS, Facts, estimate, load_ruleset, read_facts

FILES = sorted(Path(__file__).parent.glob("*.yaml"))
NOTHING: dict[str, Any] = {"yesno": False, "set": [], "choice": "none"}


def cases() -> list[Any]:
    found = []
    for file in FILES:
        written = yaml.safe_load(file.read_text(encoding="utf-8"))
        found += [
            pytest.param(written["category"], case, id=f"{file.stem}: {case['why']}")
            for case in written["cases"]
        ]
    return found


def answered(case: dict[str, Any]) -> Facts:
    rest = {
        id: NOTHING.get(fact.type, 0)
        for id, fact in FACTS.items()
        if id not in ("permit", "education") and "birth_date" not in (id, fact.stands_for)
    }
    return read_facts({**rest, **case["facts"]})


@pytest.mark.parametrize(("category", "case"), cases())
def test_case(category: str, case: dict[str, Any]) -> None:
    ruleset = load_ruleset(case.get("ruleset", "yongjia-2022"))
    result = estimate(ruleset, answered(case), on=case.get("on", date(2026, 11, 23)))
    found = result.category(category)
    low, high = case.get("range", [case["points"]] * 2)
    expected = [Decimal(str(number)) for number in (case["points"], low, high)]
    assert [found.points, found.low, found.high] == expected


def test_every_category_has_its_file() -> None:
    counted = {category.id for category in load_ruleset("yongjia-2022").categories()}
    assert {file.stem for file in FILES} == {
        id for id in counted if not id.startswith("deductions")
    }
