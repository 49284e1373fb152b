"""A yes in more words to the one value that is offered, and a month among other words."""

import pytest

from tests.dialogs.talks import at


@pytest.mark.parametrize(
    "text", ["对 一百三十几个月 就这个数", "对的 137个月", "嗯，就这个数", "对"]
)
def test_a_yes_that_says_the_offered_value_again(text: str) -> None:
    person = at("residence")
    person.line("2015年登记的")
    assert person.line("大概六月份").choices[0].label == "137 个月"  # June 2015 to November 2026
    person.line(text)
    assert person.conversation.facts == {"residence_months": 137}


@pytest.mark.parametrize("text", ["对的六年多", "对，六年", "是的，6年左右"])
def test_so_it_is_without_a_pause(text: str) -> None:
    person = at("rented")
    person.line("六年多")
    person.line(text)
    assert person.conversation.facts == {"rented_years": 6}


@pytest.mark.parametrize("text", ["对，不过是五年", "七年", "不对，七年"])
def test_another_value_is_no_yes(text: str) -> None:
    person = at("rented")
    person.line("六年多")
    person.line(text)
    assert person.conversation.facts.get("rented_years") != 6


@pytest.mark.parametrize(
    "text", ["鬼记得 反正夏天 六月吧 跟社保一起办的", "那年热天，六月", "我想想，六月份吧"]
)
def test_the_month_that_was_asked_for_is_taken(text: str) -> None:
    person = at("residence")
    person.line("2015年登记的")
    person.line(text)
    assert person.conversation.facts == {"residence_months": 137}


@pytest.mark.parametrize(
    "text",
    [
        "几月份我哪里记得清反正一共交了十四个月",
        "几月份记不清，一共交了十四个月",
        "哪年忘了，总共交了十四个月",
    ],
)
def test_a_month_forgotten_leaves_the_total_certain(text: str) -> None:
    person = at("social_insurance")
    person.line("2022年开始交")
    person.line(text)
    assert person.conversation.facts == {"social_insurance_months": 14}
