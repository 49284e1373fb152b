"""Why a line gives what it gives: one partial for each kind of rule."""

from collections.abc import Mapping

from dialogs.phrases import say
from scoring import FACTS, CategoryResult, Fact, ItemResult


def explain(item: ItemResult, catalogue: Mapping[str, Fact] = FACTS, category: str = "") -> str:
    """The answer used, the rule's value and the arithmetic, the cap if it bit, the readings, the
    source and its standing; for a line with nothing, why. `catalogue`: the facts of the ruleset;
    `category`: the name that stands over a step that was not reached (文化程度, not 高中).

    >>> from datetime import date
    >>> from scoring import estimate, load_ruleset
    >>> facts = {"residence_months": 50}
    >>> found = estimate(load_ruleset("yongjia-2022"), facts, on=date(2026, 11, 23))
    >>> print(explain(found.item("residence")).splitlines()[1])
    50 个月 × 0.25 = 12.5
    """
    answers = [(catalogue[fact], value) for fact, value in item.explanation.answers]
    answer = say("explain/_answer", answers=answers) if answers else None
    return say(f"explain/{item.rule}", item=item, answer=answer, category=category)


def explain_category(category: CategoryResult, catalogue: Mapping[str, Fact] = FACTS) -> str:
    """A whole category: what it comes to and why, then each of its lines."""
    lines = [explain(item, catalogue, category.label) for item in category.items]
    return "\n\n".join([say("explain/category", category=category), *lines])


def explain_limits(category: CategoryResult) -> str:
    """What the lines of a category come to together, where a cap they share bit; else nothing."""
    bit = category.capped or any(joint.capped for joint in category.joint)
    return say("explain/_limits", category=category) if bit else ""
