"""An independent second implementation of the points, written straight from the rules as prose.

Plain functions and plain numbers, no code shared with `scoring`: where the two disagree, one of
them has misread the rules. All points are multiples of a quarter, so floats are exact here.

A category is a function of two completed persons: `worst`, where every unanswered question is
answered in the least favourable way, and `best`, where it is answered in the most favourable one.
Every rule gives more for more, so these two persons bound all the others. It returns
`(points, low, high)`.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from tests.scoring.reference import original, revision

RULESETS = {"yongjia-2022": revision, "yongjia-original": original}


def reference(ruleset: str, facts: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Points, low and high in total and by category, for what is known of one person."""
    rules = RULESETS[ruleset]
    worst, best = {**rules.WORST, **facts}, {**rules.BEST, **facts}
    ages = possible_ages(facts, on)
    worst["age"], best["age"] = max(ages), min(ages)
    parts = {
        part: {category.__name__: category(worst, best) for category in categories}
        for part, categories in rules.PARTS.items()
    }
    total = [0.0, 0.0, 0.0]
    for part, categories in parts.items():  # here: what a cap holds together
        for i in range(3):
            total[i] += min(rules.CAPS[part], sum(amounts[i] for amounts in categories.values()))
    return {"points": total[0], "low": total[1], "high": total[2], "parts": parts}


def possible_ages(facts: Mapping[str, Any], on: date) -> set[int]:
    """The age by the date of birth; else the ages by each day of birth that fits the age told. The
    older, the fewer points: the oldest and the youngest bound the rest."""
    if "birth_date" in facts:
        return {age(facts["birth_date"], on)}
    if "age_years" not in facts:
        return {0, 1000}
    told_on = facts.get("age_told_on", on)
    about = told_on - timedelta(days=365 * facts["age_years"])
    days = (about + timedelta(days=shift) for shift in range(-430, 60))
    fitting = [day for day in days if age(day, told_on) == facts["age_years"]]
    return {age(day, on) for day in fitting if day <= on}


def age(born: date, on: date) -> int:
    """Complete years; a person born on 29 February is a year older on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
