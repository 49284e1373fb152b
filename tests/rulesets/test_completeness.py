"""A row that is added must not be quietly incomplete anywhere."""

from pathlib import Path
from typing import Any

import pytest

from dialogs.faq import topics
from dialogs.questions import questions
from scoring import Facts, estimate, load_ruleset
from scoring.rulefile.evidence_table import table
from tests.scoring.strategies import ON

RULES = load_ruleset("yongjia-2022")
ROWS = [
    pytest.param(part.id, category.id, item, id=item.id)
    for part in RULES.parts
    for category in part.categories
    for item in category.items
]
CASES = Path(__file__).parent
PARTIALS = Path(__file__).parents[2] / "templates" / "chat" / "explain"


@pytest.mark.parametrize(("part", "category", "item"), ROWS)
def test_every_row_is_asked_proved_explained_tried_and_answered(
    part: str, category: str, item: Any
) -> None:
    asked = {fact for question in questions().values() for fact in question.filled}
    assert set(item.fact_ids()) <= asked
    assert item.evidence in table(RULES) or item.no_evidence
    assert (PARTIALS / f"{item.rule}.txt").is_file()
    assert part == "deductions" or (CASES / f"{category}.yaml").is_file()
    assert any(item.id in topic.items for topic in topics().values())


def test_nobody_is_asked_about_a_deduction() -> None:
    facts = {
        fact for c in RULES.part("deductions").categories for i in c.items for fact in i.fact_ids()
    }
    assert facts == set()


def test_every_row_has_a_status_and_a_source_in_the_result() -> None:
    for category in estimate(RULES, Facts(), on=ON).categories():
        for item in category.items:
            assert item.status in ("stated", "standard", "inferred", "unpublished")
            assert item.source.title
            assert item.source.place
