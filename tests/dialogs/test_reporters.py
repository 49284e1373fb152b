"""Whose it is that a person tells is asked: 队长讲20年3月交到现在."""

import pytest

from tests.dialogs.talks import COMPLETE, agreed, at

TOLD = [
    *("社保问到了 队长讲20年3月交到现在", "队长讲社保20年3月交到现在", "会计说社保交了80个月"),
    "听老板娘讲社保交了80个月",
]


@pytest.mark.parametrize("text", TOLD)
def test_after_the_result_it_is_asked(text: str) -> None:
    person = agreed(*COMPLETE)
    shown = person.line(text)
    if person.conversation.top.flow == "profile":
        assert "是您自己的，还是别人的" in shown.text
        person.line("我自己的")
    else:
        person.line("对")  # 会计 pays, and is no one whose it may be
    assert person.conversation.facts["social_insurance_months"] == 80


def test_where_the_fact_is_open_it_is_asked_too() -> None:
    person = at("social_insurance")
    assert "是您自己的" in person.line("队长讲20年3月交到现在").text
    person.line("是我自己的")
    assert person.conversation.facts == {"social_insurance_months": 80}  # March 2020 to November


@pytest.mark.parametrize("text", ["老公说他社保交了80个月", "老王说自己社保80个月"])
def test_what_is_told_of_the_one_who_tells_is_theirs(text: str) -> None:
    person = agreed(*COMPLETE)
    assert "要不要给" in person.line(text).text
