"""A list after a person's name is that person's, with whatever marks it is written or dictated."""

from datetime import date
from pathlib import Path

import pytest

from dialogs.data import parse
from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said
from tests.dialogs.talks import COMPLETE, agreed

TODAY = date(2026, 11, 28)
WHOSE = Path(__file__).with_name("whose.yaml")
DESCRIBED = {
    *("额大", "同屋的小四川", "楼下剃头的", "张建国", "群里一个大哥", "介绍我来的那个"),
    *("他们两个", "有个贵州来的", "教数学的那个"),
}
"""Descriptions that are heard only before what they do."""
PEOPLE = sorted({*parse(WHOSE.read_text("utf-8"))["people"]} - DESCRIBED)
KIN = [
    *("老公", "老婆", "我老公", "我老婆", "爱人", "对象", "我妈", "爸爸", "我哥", "姐夫", "表弟"),
    *("岳母", "弟媳", "小舅子媳妇", "我妻哥", "我双胞胎妹妹", "我那口子", "孩子他爸", "他", "她"),
]
LISTS = [
    "{who}的：31岁，中专，电工中级工，社保30个月",
    "{who}的:31岁 中专 社保30个月 公积金两年",
    "{who}31岁中专电工中级工社保30个月居住证有",
    "{who}31，中专，社保30个月",
    "{who}的没算？我说了要另外记：31岁，中专，社保30个月，居住证2024年10月办",
    "{who}的情况：31岁。中专。社保30个月。",
    "对了{who}31岁，中专，社保30个月，他能算多少",
]
OF_KIN = [
    *LISTS,
    "{who}，31岁，中专，社保30个月，居住证有",
    "{who}：中专；社保30个月；献血三次；党员",
    "{who}，中专，社保三十个月，献血三次",
]
OWN = [
    *(
        "本人：31岁，中专，社保30个月",
        "我：31岁，中专，社保30个月",
        "我的情况：31岁。中专。社保30个月。",
    ),
    *("年龄：31岁，学历：中专，社保：30个月", "基本情况：31岁，中专，社保30个月"),
    *(
        "幼儿园老师，31岁，中专，社保30个月",
        "大姐，31岁，中专，社保30个月",
        "电工，31岁，中专，社保30个月",
    ),
    *("我老公的不用算。我31岁，中专，社保30个月", "表格我口述：31岁；中专；社保30个月"),
    "老公的明天再说。31岁，中专，社保30个月",
]


def taken(frame: str, people: list[str], asked: str | None) -> list[str]:
    question = questions()[asked] if asked else None
    texts = [frame.format(who=who) for who in people]
    return [text for text in texts if hear(question, Said(text), TODAY).facts]


@pytest.mark.parametrize("frame", LISTS)
def test_nothing_of_another_one_s_list_becomes_one_s_own(frame: str) -> None:
    assert taken(frame, PEOPLE, None) == []
    assert taken(frame, PEOPLE[::5], "residence") == []


@pytest.mark.parametrize("frame", OF_KIN)
@pytest.mark.parametrize("asked", [None, "residence", "social_insurance", "education"])
def test_the_lists_of_kin(frame: str, asked: str | None) -> None:
    assert taken(frame, KIN, asked) == []
    heard = hear(None, Said(frame.format(who="老公")), TODAY)
    assert {"education", "social_insurance_months"} <= heard.others["老公"].keys()


@pytest.mark.parametrize("text", OWN)
def test_one_s_own_list_stays_one_s_own(text: str) -> None:
    facts = hear(None, Said(text), TODAY).facts
    assert (facts["education"], facts["social_insurance_months"]) == ("high_school", 30)


@pytest.mark.parametrize("question", ["residence", "social_insurance", "rented", "housing_fund"])
def test_a_bare_number_after_a_person_is_an_age(question: str) -> None:
    text = "对了，老公31，中专，电工中级，社保30个月，他能算多少"
    told = hear(questions()[question], Said(text), TODAY).others["老公"]
    expected = {"age_years": 31, "education": "high_school", "skill": "level_4"}
    assert told == {**expected, "social_insurance_months": 30}


def test_after_the_result_no_value_of_one_s_own_is_offered_for_change() -> None:
    person = agreed(*COMPLETE)
    before = person.conversation.facts
    person.line(LISTS[4].format(who="老公"))
    assert person.conversation.facts == before
    assert person.conversation.top.flow == "profile"
