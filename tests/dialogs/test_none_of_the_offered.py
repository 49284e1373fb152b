"""没有, where values are offered, says none of these: nothing is recorded, it is asked again."""

import pytest

from tests.dialogs.talks import at

UNSURE = {
    "social_insurance": "三年多",
    "residence": "大概四年",
    "rented": "三年左右",
    "blood": "大概三次",
    "volunteer": "五六次",
}


@pytest.mark.parametrize("asked", UNSURE)
@pytest.mark.parametrize("no", ["没有", "没有了", "没有的", "没", "莫得", "冇得", "不是", "都不是"])
def test_none_of_them(asked: str, no: str) -> None:
    person = at(asked)
    person.line(UNSURE[asked])
    offered = [one.label for one in person.line(no).choices]
    assert not person.conversation.facts
    assert any(label[0].isdigit() for label in offered), offered


@pytest.mark.parametrize("none", ["没交过", "一个月都没交过", "没交过社保"])
def test_none_at_all_is_still_said_in_its_own_words(none: str) -> None:
    person = at("social_insurance")
    person.line("三年多")
    person.line(none)
    assert person.conversation.facts["social_insurance_months"] == 0
