"""其他啥都没有: one yes ends the optional questions, and only those."""

import pytest

from dialogs.transcript import Talker
from tests.dialogs.talks import talker

TOLD = "31岁 硕士 居住证有 社保6年"


def said(*lines: str) -> Talker:
    return talker("[关注]", "同意", *lines)


@pytest.mark.parametrize(
    "rest", ["其他啥都没有 给结果", "别的都没得", "旁个冇", "除了这些都没有", "剩下的一样都没有"]
)
@pytest.mark.parametrize("before", [f"{TOLD} ", ""])
def test_one_yes_for_all_that_is_left(rest: str, before: str) -> None:
    lines = (before + rest,) if before else (TOLD, rest)
    person = said(*lines[:-1])
    shown = person.line(lines[-1])
    assert "县里的加分、公益，都记“没有”，对吗？" in shown.text
    assert "居住时间、住房还要问一下" in shown.text
    for line in ("都没有啊", "2020年3月到现在", "睡桥洞 没租没买"):
        shown = person.line(line)
    assert "都没有的话，最高 80 分" in shown.text  # the private ones are left
    assert person.conversation.top.flow == "result"
    assert person.conversation.facts["volunteer_services"] == 0
    assert not {"special_statuses", "blood_donations"} & person.conversation.facts.keys()


def test_a_no_goes_on_as_before() -> None:
    person = said(TOLD, "其他啥都没有", "不，一样一样问")
    assert person.conversation.top.flow == "questionnaire"
    assert "volunteer_services" not in person.conversation.facts


def test_another_answer_is_one_to_the_question_below() -> None:
    person = said(TOLD, "三级", "别的都没得了", "2020年3月到现在")
    assert person.conversation.facts["residence_months"] == 80


def test_in_a_list_it_is_said_of_the_list() -> None:
    person = said(TOLD, "都没有", "2020年3月到现在", "租房", "3年", "跳过", "合同有，别的没有")
    assert person.conversation.facts["employment"] == ["labour_contract"]
    assert person.conversation.top.flow == "questionnaire"


@pytest.mark.parametrize("text", ["我说了都没有啊 聋了？", "都没有", "哪样都没得", "听不懂都没有"])
def test_no_topic_has_a_better_claim_to_it(text: str) -> None:
    """Under an answer with topics beneath it, too."""
    person = said(TOLD, "证书怎么算分", text)
    assert person.conversation.facts["skill"] == "none"
    assert "匹配" not in person.line("上一步").text
