"""An independent second implementation of the points, written straight from the rules as prose.

Plain functions and plain numbers, no code shared with `scoring`: where the two disagree, one of
them has misread the rules. All points are multiples of a quarter, so floats are exact here.

A category is a function of two completed persons: `worst`, where every unanswered question is
answered in the least favourable way, and `best`, where it is answered in the most favourable one.
Every rule gives more for more, so these two persons bound all the others. It returns
`(points, low, high)`.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.scoring.reference import original, revision

RULESETS = {"yongjia-2022": revision, "yongjia-original": original}


def reference(ruleset: str, facts: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Points, low and high in total and by category, for what is known of one person."""
    rules = RULESETS[ruleset]
    worst, best = {**rules.WORST, **facts}, {**rules.BEST, **facts}
    worst["age"], best["age"] = age(facts, on, 1000), age(facts, on, 0)
    parts = {
        part: {category.__name__: category(worst, best) for category in categories}
        for part, categories in rules.PARTS.items()
    }
    total = [0.0, 0.0, 0.0]
    for part, categories in parts.items():  # here: what a cap holds together
        for i in range(3):
            total[i] += min(rules.CAPS[part], sum(amounts[i] for amounts in categories.values()))
    return {"points": total[0], "low": total[1], "high": total[2], "parts": parts}


def age(facts: Mapping[str, Any], on: date, unknown: int) -> int:
    """Complete years; somebody born on 29 February is a year older on 1 March."""
    born = facts.get("birth_date")
    if born is None:
        return unknown
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
