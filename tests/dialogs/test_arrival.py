"""Since when one is here, or works here, is not since when one is registered: asked back."""

import pytest

from tests.dialogs.talks import at, talker


@pytest.mark.parametrize(
    "text", ["瓯北住廿年罢", "来了二十年", "在厂里干了20年了", "进厂二十年", "上班20年了"]
)
def test_a_length_needs_a_yes(text: str) -> None:
    talk = at("residence")
    assert "登记也满这么久了吗" in talk.line(text).text
    assert "residence_months" not in talk.conversation.facts
    talk.line("对")
    assert talk.conversation.facts["residence_months"] == 240


@pytest.mark.parametrize(
    "text",
    [
        "2015年来的",
        "15年进的厂",
        "反正一五年就在这个厂",
        "我来永嘉是一五年过完年来的登记啥时候不记得了厂里给弄的",
    ],
)
def test_a_year_asks_for_that_of_the_registration(text: str) -> None:
    talk = at("residence")
    assert "登记也是 2015 年办的吗" in talk.line(text).text
    assert "登记也满这么久了吗" in talk.line("过完年嘛三月份上的班").text
    assert "residence_months" not in talk.conversation.facts


@pytest.mark.parametrize(
    "text", ["住了八年整", "96个月", "来浙江八年整都有登记的", "登记满八年了，一直在厂里上班"]
)
def test_the_answer_to_what_was_asked_is_taken(text: str) -> None:
    talk = at("residence")
    talk.line(text)
    assert talk.conversation.facts["residence_months"] == 96


@pytest.mark.parametrize(
    "text",
    [
        "登记啊？一五年来的，刚来那会没登记，后头娃儿要上幼儿园才去登记的，一七年嘛",
        "一五年来的，没登记，后来一七年才登记",
        "13年来的，登记是17年办的",
    ],
)
def test_of_both_the_registration_counts(text: str) -> None:
    talk = at("residence")
    assert "2017年几月" in talk.line(text).text


def test_the_stay_before_the_registration_does_not_count() -> None:
    talk = at("residence")
    talk.line("先没登记，住了两年才登记，登记到现在五年")
    talk.line("对")
    assert talk.conversation.facts["residence_months"] == 60


@pytest.mark.parametrize("text", ["我在瓯北砌砖砌了十三年了", "来永嘉十三年了"])
def test_a_stay_told_before_it_is_asked_is_asked_back(text: str) -> None:
    talk = talker("[关注]", f"{text} 孙子能不能读书")
    assert talk.line("同意").choices[0].label == "156 个月"
    assert "residence_months" not in talk.conversation.facts
    talk.line("一八年四月份才去登记")
    assert talk.conversation.facts["residence_months"] == 103


@pytest.mark.parametrize("text", ["在永嘉登记十三年了", "住了十三年"])
def test_a_stay_told_as_it_is_asked_is_taken(text: str) -> None:
    talk = talker("[关注]", f"{text}，大专", "同意")
    assert talk.conversation.facts["residence_months"] == 156


def test_who_holds_a_permit_was_registered() -> None:
    talk = talker("[关注]", "同意", "居住证有 1990年3月 大专 都没有证书 社保没有")
    assert "从哪年哪月登记的" in talk.line("没有").text
    assert "residence_months" not in talk.conversation.facts
    talk.line("2020年3月到现在")
    assert talk.conversation.facts["residence_months"] == 80


def test_a_second_no_counts() -> None:
    talk = talker("[关注]", "同意", "居住证有 1990年3月 大专", "都没有", "没交过", "没有", "没有")
    assert talk.conversation.facts["residence_months"] == 0
