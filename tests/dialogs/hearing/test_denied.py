"""A value under a denial is never recorded as there, in whatever words it is denied."""

from datetime import date
from itertools import cycle

import pytest

from dialogs.interpret import hear
from dialogs.language.vocabulary import says_it_is_there, stated_values
from dialogs.questions import Question, questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
DENIALS = [
    *("我不是{it}", "我又不是{it}", "我可不是{it}", "我还不是{it}", "并不是{it}", "我从来不是{it}"),
    *(
        "我不是什么{it}",
        "我不是啥{it}",
        "{it}我不是",
        "{it}那个我不是",
        "{it}都不是我",
        "{it}不是我",
    ),
    *("我没有{it}", "我没{it}", "没{it}", "{it}没有", "{it}没得", "{it}我没有", "{it}我没得"),
    *("没做过{it}", "我没当{it}", "我没当过{it}", "从没当过{it}", "没开{it}", "我又没办{it}"),
    *("我哪是{it}", "我哪里是{it}", "我哪有{it}", "谁说我是{it}"),
    *("不算{it}", "我不算{it}", "{it}不算", "谈不上{it}"),
]
BEHIND = ["", " 我是扫马路的", "我扫地的", "，社保交了三年", " 卡有 去年年审过了吧"]
HALF_DENIED = {"小学一级教师"}
"""谈不上小学一级教师: its first half describes by itself."""


def values() -> dict[str, tuple[str, str]]:
    return {
        word: (fact, value)
        for word, (fact, value) in stated_values().items()
        if says_it_is_there(fact, value) and word not in HALF_DENIED
    }


def recorded(text: str, fact: str, asked: Question | None = None) -> list[str]:
    told = hear(asked, Said(text), TODAY).facts.get(fact, [])
    return [str(one) for one in told] if isinstance(told, list) else [str(told)]


@pytest.mark.parametrize("denial", DENIALS)
def test_no_denied_value_is_recorded_as_there(denial: str) -> None:
    behind = cycle(BEHIND)
    taken = []
    for word, (fact, value) in values().items():
        text = denial.format(it=word) + next(behind)
        if value in recorded(text, fact):
            taken.append(text)
    assert taken == []


@pytest.mark.parametrize(
    ("text", "asked", "fact", "value"),
    [
        ("我不是老板 我是扫马路的", "permit", "employment", "business_owner"),
        ("我不是老板，我是扫马路的", "employment", "employment", "business_owner"),
        ("这里开不了店", "employment", "employment", "business_owner"),
        ("当时没当兵", "special_status", "special_statuses", "veteran"),
    ],
)
def test_a_pattern_swallows_no_denial(text: str, asked: str, fact: str, value: str) -> None:
    assert value not in recorded(text, fact)
    assert value not in recorded(text, fact, questions()[asked])


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("我是老板", "employment", "business_owner"),
        ("签了无固定期限合同", "employment", "labour_contract"),
        ("党员我是，合同没签", "special_statuses", "party_member"),
        ("大专毕业我没上班", "education", "junior_college"),
        ("大专不算高", "education", "junior_college"),
        ("大专毕业我没社保", "education", "junior_college"),
        ("党员，我没交过税", "special_statuses", "party_member"),
    ],
)
def test_what_is_denied_beside_a_value_leaves_it(text: str, fact: str, value: str) -> None:
    assert value in recorded(text, fact)


def test_a_denied_trade_takes_back_no_answer() -> None:
    heard = hear(questions()["permit"], Said("我不是老板 我是扫马路的 卡有 去年年审过了吧"), TODAY)
    assert heard.facts == {"permit": "residence_permit"}
    assert not heard.corrects


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("没参加过，两个孙子要带走不开", 0),
        ("没参加过，两个老人要照顾", 0),
        ("没有，家里三个娃", 0),
        ("没参加过，两份工要打", 0),
        ("没有啊，就两次", 2),
        ("没参加过大的，两个小活动", 2),
        ("参加过两次，没带孩子", 2),
    ],
)
def test_people_and_things_counted_after_a_denial(text: str, times: int) -> None:
    heard = hear(questions()["volunteer"], Said(text), TODAY)
    assert heard.facts == {"volunteer_services": times}
