"""Another answer to one fact gives what the whole estimate gives with it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import FACTS, estimate, list_rulesets, read_facts
from scoring.ages import OF_AGE
from scoring.analysis.baseline import Baseline
from tests.scoring.strategies import ON, answers, people

OTHERS = [id for id in FACTS if id not in OF_AGE[1:]]


@pytest.mark.parametrize("rules", list_rulesets(), ids=lambda rules: rules.id)
@given(data=st.data(), person=people())
def test_one_answer_as_in_a_whole_estimate(
    rules: Any, data: st.DataObject, person: dict[str, Any]
) -> None:
    fact = data.draw(st.sampled_from(OTHERS))
    answer = data.draw(answers(FACTS[fact]))
    found = Baseline(rules, read_facts(person), ON).answering(fact, answer)
    whole = estimate(rules, {**person, fact: answer}, on=ON)
    own = [one for one in whole.categories() if any(fact in item.facts for item in one.items)]
    assert found.points == whole.points
    assert [found.category] == (own or [None])
