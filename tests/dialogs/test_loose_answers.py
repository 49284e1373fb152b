"""Answers with words around them, in dialect, or told as so much each time."""

import pytest

from tests.dialogs.talks import COMPLETE, agreed, at, talker


@pytest.mark.parametrize("text", ["那个同意吧你开始说嘛", "我说同意", "那个同意个", "这个嘛同意的"])
def test_a_yes_with_fillers_begins(text: str) -> None:
    talk = talker("[关注]", "我在瓯北阀门厂上班想给孩子上学看看我这个能有多少分")
    talk.line(text)
    assert talk.conversation.consented


@pytest.mark.parametrize("text", ["这个同意书是啥", "那个同意不同意有啥区别", "同意什么"])
def test_a_question_about_it_does_not(text: str) -> None:
    talk = talker("[关注]", "测分")
    talk.line(text)
    assert not talk.conversation.consented


@pytest.mark.parametrize("asked", ["rented", "social_insurance", "residence"])
def test_eight_or_nine_years_are_not_1989(asked: str) -> None:
    talk = at(asked)
    shown = talk.line("哪个记得到几月哦，反正八九年有的")
    assert "1989" not in shown.text
    assert {"8 年", "96 个月"} & {one.label for one in shown.choices}


@pytest.mark.parametrize("text", ["差不多吧就是一百零四个月", "差不多104个月", "是的一百零四"])
def test_the_offered_value_said_again_is_a_yes(text: str) -> None:
    talk = at("social_insurance")
    talk.line("大概104个月")
    talk.line(text)
    assert talk.conversation.facts["social_insurance_months"] == 104


@pytest.mark.parametrize(
    ("text", "permit"),
    [
        ("有个", "residence_permit"),
        ("登记肯定登记过", "registration_only"),
        ("过期了就是没有? 那我18年白干了? 登记肯定登记过", "registration_only"),
    ],
)
def test_the_permit(text: str, permit: str) -> None:
    talk = at("permit")
    talk.line(text)
    assert talk.conversation.facts["permit"] == permit


def test_so_much_each_time_is_summed_and_offered() -> None:
    talk = agreed(*COMPLETE[:-3], "捐款捐过 厂里组织的 每年500 捐了3年")
    assert [one.label for one in talk.line("没了").choices] == ["1500 元"]
    talk.line("对")
    assert talk.conversation.facts["charity_yuan"] == 1500


@pytest.mark.parametrize("text", ["先勿约罢", "莫约了", "先勿约"])
def test_no_booking_in_dialect(text: str) -> None:
    assert "没有约" in agreed(*COMPLETE, "预约").line(text).text


@pytest.mark.parametrize("text", ["那要带何物去", "带何物", "带啥子东西嘛"])
def test_what_to_bring_in_dialect(text: str) -> None:
    assert "身份证" in agreed(*COMPLETE).line(text).text


@pytest.mark.parametrize("text", ["看看我填的", "我填了啥", "看哈我的信息", "看看我的信息"])
def test_what_was_recorded_is_shown(text: str) -> None:
    shown = agreed(*COMPLETE).line(text)
    assert "社保 42 个月" in shown.text
    assert "修改回答" in [one.label for one in shown.choices]


def test_of_several_numbers_also_those_that_are_none() -> None:
    talk = agreed(*COMPLETE[:8], "税每年交 别的没了", "个税4000，税费没有")
    assert "个税 4000 元，其余没有" in talk.line("看看我填的").text


@pytest.mark.parametrize(
    ("asked", "text", "told"),
    [
        ("skill", "啥子证哦", "技能证书和职称"),
        ("skill", "凭什么问我这个", "技能证书和职称"),
        ("permit", "什么意思", "居住证"),
        ("county", "啥子表彰哦", "自己定的加分"),
    ],
)
def test_a_question_about_the_question(asked: str, text: str, told: str) -> None:
    talk = at(asked)
    shown = talk.line(text)
    assert told in shown.text
    assert talk.conversation.top.flow == "questionnaire"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("我老婆是大专的她的能不能加进来", "各算各的"),
        ("我老公社保多能不能用他的", "各算各的"),
        ("参保证明去哪弄", "人力社保局"),
        ("那我不办居住证有几分", "不能记分"),
        ("社保我现在开始交还来得及冇", "每满 1 个月"),
    ],
)
def test_what_is_asked_after_the_result(text: str, told: str) -> None:
    assert told in agreed(*COMPLETE).line(text).text
