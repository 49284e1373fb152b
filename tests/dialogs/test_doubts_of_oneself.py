"""What one does not know of oneself is no record; what is there and may count is not denied."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.language import Refused
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 23)
DOUBTS = (
    "我不确定自己是否属于{}",
    "不确定是否属于{}",
    "不知道我算不算{}",
    "我也不清楚自己是不是{}",
    "拿不准是不是{}",
    "说不准自己到底算不算{}",
    "没把握自己是否为{}",
)
CLASSES = (
    "E类人才",
    "E类",
    "F类人才",
    "中共党员",
    "党员",
    "退役军人",
    "三级工",
    "中级职称",
    "个体户",
)
QUESTIONS = (None, "county", "talent", "special_status", "skill", "employment")


@pytest.mark.parametrize("id", QUESTIONS)
def test_a_doubt_about_oneself_is_no_record(id: str | None) -> None:
    question = questions()[id] if id else None
    told = {
        frame.format(word): heard.facts
        for frame, word in product(DOUBTS, CLASSES)
        if (heard := hear(question, Said(frame.format(word)), TODAY)).facts
    }
    assert told == {}


@pytest.mark.parametrize("id", QUESTIONS)
@pytest.mark.parametrize(
    "frame", ["请勿记为{}", "别记成{}", "不要写{}", "请勿记为{}，我说的是不确定", "我从未表示是{}"]
)
def test_what_shall_not_be_recorded_is_not(frame: str, id: str | None) -> None:
    question = questions()[id] if id else None
    for word in CLASSES:
        assert hear(question, Said(frame.format(word)), TODAY).facts == {}, word


@pytest.mark.parametrize(
    "frame", ["从未表示没交过{}", "我没说没交过{}", "另请说明{}0.25与0.5两种口径哪一个"]
)
@pytest.mark.parametrize("name", ["社保", "公积金"])
def test_what_is_protested_or_asked_denies_nothing(frame: str, name: str) -> None:
    heard = hear(None, Said(frame.format(name)), TODAY)
    assert (heard.facts, heard.others) == ({}, {})


@pytest.mark.parametrize("frame", ["我是{}", "我属于{}", "我确定是{}"])
def test_what_one_is_sure_of_is(frame: str) -> None:
    assert hear(None, Said(frame.format("E类人才")), TODAY).facts == {"talent_class": "E"}


@pytest.mark.parametrize("card", ["叉车证", "电工证", "焊工证"])
@pytest.mark.parametrize(
    "frame",
    ["没得证，有个{}算不算", "我也没得证我有个{}算不算嘛", "有个{}算不算嘛", "证没有，有张{}算吗"],
)
def test_a_card_that_may_count_is_not_denied(frame: str, card: str) -> None:
    heard = hear(questions()["skill"], Said(frame.format(card)), TODAY)
    offered = heard.answer.choices if isinstance(heard.answer, Refused) else ()
    assert (heard.facts.get("skill"), *offered) in (("operator_card",), (None, "operator_card"))


@pytest.mark.parametrize("said", ["没有叉车证，算不算", "有没有叉车证算不算"])
def test_a_card_that_is_not_there_is_not(said: str) -> None:
    answer = hear(questions()["skill"], Said(said), TODAY).answer
    assert not isinstance(answer, Refused) or not answer.choices
