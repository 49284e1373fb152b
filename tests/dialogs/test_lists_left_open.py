"""What is told of one line of a list says nothing of the others, and a complaint tells nothing."""

from itertools import product

import pytest

from dialogs.conversation import Facts
from dialogs.language.vocabulary import words_where_asked
from dialogs.questions import facts_behind, nothing, questions
from dialogs.states import QuestionState
from dialogs.transcript import Talker
from tests.dialogs.talks import COMPLETE, agreed, at

LISTS = [one for one in questions().values() if one.ticks]
TELLING = (
    "{}",
    "{}我有的",
    "我有{}的",
    "我们公司{} 就是我 产值好几千万",
    "{}，还有什么来着",
    "{}一直都有",
)
DENYING = ("{}没有", "我没有{}", "没有{}的")
COMPLAINING = ("{}怎么没记", "{}也没记", "{}你都没记上", "{}怎么没算进去")
NEVER_SAID = ("我没说{}", "没说过{}啊", "我从没提过{}")
WORDS = [
    (question.id, word)
    for question in LISTS
    for key in question.ticks
    for word in words_where_asked(question.id, key)
    if word != "献过"  # 献过没有 asks
]


def said(frame: str, list_id: str, word: str) -> tuple[Talker, Facts]:
    """The person who said this at a list, and the facts that it left."""
    person = at(list_id)
    before = person.conversation.facts
    person.line(frame.format(word))
    return person, {f: v for f, v in person.conversation.facts.items() if f not in before}


@pytest.mark.parametrize("list_id", [one.id for one in LISTS])
def test_the_other_lines_stay_open(list_id: str) -> None:
    """No frame closes a list, and nothing is recorded of more lines than were named."""
    words = [word for of, word in WORDS if of == list_id]
    lines = questions()[list_id].ticks
    faults = []
    for frame, word in product((*TELLING, *DENYING), words):
        person, facts = said(frame, list_id, word)
        behind = {key for key, line in lines.items() if {*facts_behind(line)} & {*facts}}
        if list_id in person.conversation.answered or len(behind) > 1:
            faults.append((frame.format(word), sorted(behind), person.conversation.answered))
    assert faults == []


@pytest.mark.parametrize("list_id", [one.id for one in LISTS])
def test_a_complaint_about_the_record_denies_nothing(list_id: str) -> None:
    words = [word for of, word in WORDS if of == list_id]
    faults = []
    for frame, word in product((*COMPLAINING, *NEVER_SAID), words):
        person, facts = said(frame, list_id, word)
        denied = [fact for fact, value in facts.items() if value == nothing(fact)]
        wrong = facts if frame in NEVER_SAID else denied
        if wrong or list_id in person.conversation.answered:
            faults.append((frame.format(word), facts))
    assert faults == []


def test_what_was_never_said_is_taken_out() -> None:
    person = at("county")
    person.line("公积金24个月")
    assert person.conversation.facts["housing_fund_months"] == 24
    person.line("我没说公积金")
    assert person.conversation.facts["housing_fund_months"] == nothing("housing_fund_months")
    person.line("我没说过专利")
    assert "patents_design" not in person.conversation.facts


def test_of_several_complaints_the_first_is_asked() -> None:
    person = at("county")
    person.line("公司税怎么没记 捐款也没记")
    assert person.conversation.facts == {}
    assert person.conversation.top.state_as(QuestionState).at == "taxes"


@pytest.mark.parametrize(
    "between",
    [
        ("还有志愿者我有一百二十多个", "不知道"),
        ("改学历", "本科"),
        ("改学历", "跳过"),
        ("修改", "学历", "本科"),
        ("看明细", "改学历", "本科"),
    ],
)
def test_what_was_ticked_stays_ticked_while_something_else_is_asked(
    between: tuple[str, ...],
) -> None:
    person = agreed(*COMPLETE[:8], "公积金有的", "还有表彰")
    for line in between:
        reply = person.line(line)
    assert "住房公积金、党委政府的表彰已经记下，不用再选" in reply.text
    assert not {"住房公积金", "党委政府的表彰"} & {choice.label for choice in reply.choices}
    person.line("没有了")
    assert "【第" in person.line("24个月").text


def test_a_changed_answer_beside_a_list_waits_for_a_yes_and_keeps_the_lines() -> None:
    person = agreed(*COMPLETE[:8])
    assert "您现在说 60 个月" in person.line("表彰有的，社保五年").text
    reply = person.line("对")
    assert person.conversation.facts["social_insurance_months"] == 60
    assert "党委政府的表彰" not in {choice.label for choice in reply.choices}


def test_another_status_takes_none_away() -> None:
    person = at("county")
    person.line("退伍军人")
    person.line("镇上也发过优秀党员的奖状")
    assert {*person.conversation.facts["special_statuses"]} == {"party_member", "veteran"}


def test_of_two_numbers_the_one_denied_is_said_back_as_none() -> None:
    told = at("county").line("个税没有，生意税去年26000前年19000").text
    assert "个税没有" in told
    assert "0 分" not in told
