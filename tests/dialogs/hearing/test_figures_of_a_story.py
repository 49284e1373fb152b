"""Of the figures nothing was taken of, only those are quoted that could have been an answer."""

from datetime import date

import pytest

from dialogs.intents.remarks import worth_saying
from dialogs.interpret import hear
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
STORIES = [
    *("那24年我刚来的时候在鞋厂，大专", "中专毕业那时候一年在外面跑", "干了三十年了，大专"),
    *("高中上了一年，初中毕业", "三年制中专", "签了合同，三年一签", "打散工一天一结，大专"),
    *("当过5年兵，大专", "党龄九年，大专", "03年退伍的，大专", "头两年没办登记，大专"),
    *("社保断了半年，大专", "合同还剩三年，大专", "前面两年在老家，大专", "开理发店8年了，大专"),
    *("98年毕业的，中专", "在外面漂了四年，大专", "证过期两个月了，大专", "第二年生的老二，大专"),
]
ANSWERS = [
    *("住了4年了，大专", "交了33个月，大专", "满打满算七年，大专", "90年的，大专", "五次吧，大专"),
    *("一共五年，大专", "四年两个月，大专"),
]


def quoted(text: str) -> list[str]:
    return [one for one in hear(None, Said(text), TODAY).unheard if worth_saying(one)]


@pytest.mark.parametrize("text", STORIES)
def test_a_figure_of_a_story_is_not_quoted(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize("text", ANSWERS)
def test_what_could_be_an_answer_is_taken_asked_back_or_quoted(text: str) -> None:
    heard = hear(None, Said(text), TODAY)
    assert quoted(text) or heard.confirm or len(heard.facts) > 1
