"""What was recorded and shall go, or get shorter: at any moment, whatever is asked."""

from itertools import product

import pytest

from dialogs.transcript import Talker
from tests.dialogs.talks import COMPLETE, agreed, at

TOLD = (
    *("有居住证", "1990年5月", "大专", "没有", "60个月", "60个月", "租房", "3年"),
    "党员是的 献过两次血 公积金24个月 合同签了 没有别的了",
)
RECORDED = {
    "党员": "special_statuses",
    "献血": "blood_donations",
    "公积金": "housing_fund_months",
    "社保": "social_insurance_months",
    "学历": "education",
}
WORDS = ("{}别记了", "{}那个删掉", "我老早讲个{}别记罢", "不要记{}", "把{}删了", "{}不用算了")


def recorded(talk: Talker, fact: str) -> bool:
    return bool(talk.conversation.facts.get(fact))


def test_what_shall_go_goes_and_nothing_else() -> None:
    for (name, fact), words in product(RECORDED.items(), WORDS):
        talk = agreed(*TOLD)
        before = dict(talk.conversation.facts)
        talk.line(words.format(name))
        assert not recorded(talk, fact), words.format(name)
        rest = {one: value for one, value in talk.conversation.facts.items() if one != fact}
        assert rest == {one: value for one, value in before.items() if one != fact}


@pytest.mark.parametrize("on_the_way", [("预约",), ("预约", "瓯北"), ("修改",), ("材料",)])
def test_at_any_moment(on_the_way: tuple[str, ...]) -> None:
    talk = agreed(*TOLD, *on_the_way)
    flow = talk.conversation.top.flow
    shown = talk.line("我老早讲个党员别记罢").text
    assert not recorded(talk, "special_statuses")
    assert "中共党员" in shown
    assert talk.conversation.top.flow == flow


def test_several_at_once() -> None:
    talk = agreed(*TOLD)
    talk.line("社保和公积金都别记了")
    assert not recorded(talk, "social_insurance_months")
    assert not recorded(talk, "housing_fund_months")


def test_the_last_private_ones_go_as_when_withdrawn() -> None:
    talk = agreed(*TOLD)
    assert "收回" in talk.line("把党员和献血都删了").text
    assert talk.conversation.sensitive is not None
    assert not talk.conversation.sensitive.yes


@pytest.mark.parametrize(
    "text", ["别忘记党员", "党员能不能别记", "别记错了，社保60个月", "我老婆的社保别记", "党员"]
)
def test_what_only_sounds_like_it(text: str) -> None:
    talk = agreed(*TOLD)
    talk.line(text)
    assert recorded(talk, "special_statuses")
    assert recorded(talk, "social_insurance_months")


def test_without_a_name_the_answers_are_shown() -> None:
    talk = agreed(*TOLD)
    shown = talk.line("那个删掉")
    assert "要去掉哪一条" in shown.text
    assert any("学历" in one.label for one in shown.choices)


@pytest.mark.parametrize(
    ("text", "months"), [("社保那个我再想想 其实中间断了有两年", 18), ("社保中间停过3个月", 39)]
)
def test_a_pause_told_later_is_taken_off_after_a_yes(text: str, months: int) -> None:
    talk = agreed(*COMPLETE)
    assert f"{months} 个月" in talk.line(text).text
    assert talk.conversation.facts["social_insurance_months"] == 42
    talk.line("对")
    assert talk.conversation.facts["social_insurance_months"] == months


@pytest.mark.parametrize("text", ["社保断了两年要紧吗", "我老婆社保断了两年", "社保没断过"])
def test_a_pause_that_is_none(text: str) -> None:
    talk = agreed(*COMPLETE)
    talk.line(text)
    assert talk.conversation.top.flow != "overwrite"


@pytest.mark.parametrize(
    ("told", "denied", "label"),
    [("我是党员", "我不是党员", "党员"), ("献血3次", "没献过血", "无偿献血")],
)
def test_a_line_that_is_denied_is_ticked_no_more(told: str, denied: str, label: str) -> None:
    person = at("county" if label == "党员" else "welfare")
    person.line(told)
    assert f"记下：{label}" not in person.line(denied).text
    assert label not in person.line("没有了").text
