"""A choice that a sentence names is one tap away, whatever else is said of it."""

import pytest

from tests.dialogs.talks import at

LEVEL = [
    "三级的计算机程序设计员，四川省的评价机构发的，这种算不算？",
    "那么先按三级记，但请标注为外省证书，待确认",
    "三级（外省发证）",
    "应该是三级，证在家里",
]


@pytest.mark.parametrize("text", LEVEL)
def test_it_is_asked_back_and_taken_with_a_yes(text: str) -> None:
    person = at("skill")
    reply = person.line(text)
    assert "是下面这个吗" in reply.text
    assert "三级（高级工）" in [choice.label for choice in reply.choices]
    assert "skill" not in person.conversation.facts
    person.line("对")
    assert person.conversation.facts["skill"] == "level_3"


def test_the_first_number_is_not_taken_for_the_first_of_all() -> None:
    person = at("skill")
    person.line(LEVEL[2])
    person.line("1")
    assert "skill" not in person.conversation.facts


@pytest.mark.parametrize(
    "text", ["一级建造师", "英语四级过了", "我老公三级", "小孩三年级", "四级在考，还没下来"]
)
def test_a_grade_of_another_kind_is_not_offered(text: str) -> None:
    person = at("skill")
    assert "是下面这个吗" not in person.line(text).text
    assert person.conversation.facts.get("skill") in (None, "none")


def test_a_certificate_of_another_province_is_not_guessed() -> None:
    assert "外省发的证算不算，公开的说明里没有写" in at("skill").line(LEVEL[0]).text
