"""The second play: a question, an age, a home or a sum that was recorded as something else, each
with its near relatives, and the counter-examples that tell the fact after all."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.language import Refused
from dialogs.questions import questions
from dialogs.reading import Taken
from dialogs.utterance import Said

DAY = date(2026, 12, 1)


def heard(asked: str, text: str) -> dict[str, object]:
    return dict(hear(questions()[asked] if asked else None, Said(text), DAY).facts)


NAMES = {
    "社保": "social_insurance_months",
    "公积金": "housing_fund_months",
    "献血": "blood_donations",
    "个税": "income_tax_yuan",
}


@pytest.mark.parametrize(
    ("name", "asks"),
    [*product(NAMES, ("刚才记了没有？", "记了没有", "算过没有啊", "那个算了没有呢", "记上了没"))],
)
def test_whether_something_is_done_denies_nothing(name: str, asks: str) -> None:
    assert not heard("county", f"{name}{asks}")


@pytest.mark.parametrize(("name", "says"), [*product(NAMES, ("没有", "从来没有", "一次没有"))])
def test_what_is_denied_is_none(name: str, says: str) -> None:
    assert heard("", f"{name}{says}").get(NAMES[name]) == 0


@pytest.mark.parametrize("asked", ["residence", "social_insurance", "rented", "housing_fund"])
@pytest.mark.parametrize(
    "text", ["我31 研究生毕业", "31是我年龄", "我今年31 大专", "居住证有 我31", "31是我的年纪啊"]
)
def test_an_age_is_no_length(asked: str, text: str) -> None:
    facts = heard(asked, text)
    assert facts.get("age_years") == 31
    assert questions()[asked].fact not in facts


@pytest.mark.parametrize("text", ["31", "31个月", "住了31个月", "31个月 大专"])
def test_a_number_where_months_are_asked_for_is_a_length(text: str) -> None:
    assert heard("residence", text).get("residence_months") == 31


@pytest.mark.parametrize("asked", ["residence", "social_insurance", "rented", "housing_fund"])
@pytest.mark.parametrize(
    "text", ["120万", "税公司一年交120万", "公司一年交税50万元", "我捐了5万", "一年大概交3000块"]
)
def test_money_is_no_length(asked: str, text: str) -> None:
    outcome = hear(questions()[asked], Said(text), DAY)
    assert questions()[asked].fact not in outcome.facts
    assert not (isinstance(outcome.answer, Refused) and outcome.answer.choices)


@pytest.mark.parametrize(
    ("asked", "text", "facts"),
    [
        ("residence", "12年行了吧 税公司一年交120万", {"residence_months": 144}),
        ("social_insurance", "每月交500块 交了三年", {"social_insurance_months": 36}),
        ("charity", "两万", {"charity_yuan": 20000}),
        ("permit", "没公布啊 证是去年办的", {}),
        ("permit", "没发工资", {}),
        ("permit", "没出通知", {}),
        ("permit", "没办 证是老婆的", {"permit": "none"}),
        ("permit", "我说交了生意税呀 那就7 别的没有了", {}),
        ("skill", "还没住进去啊 现在还是租的", {"owned_home": False}),
        ("skill", "没搬进去住", {}),
        ("", "没登记 来了5个月", {"residence_months": 0}),
        ("", "不是租的 儿子买的", {}),
        ("", "没租过房", {"rented_years": 0}),
        ("", "生意税交了3万", {"business_tax_yuan": 30000}),
        ("home", "儿子买的 上塘", {"owned_home": False}),
        ("home", "我给儿子买的", {}),
        ("rented", "冇租个 住自家屋里 九年", {"rented_years": 0}),
        ("", "租房2年，之前3年住医院宿舍", {"owned_home": False}),
        ("", "租房2年，之前住宿舍3年", {"owned_home": False}),
        ("birth", "我33 我老公37", {"age_years": 33}),
        ("birth", "我老公37 我33", {"age_years": 33}),
        (
            "skill",
            "没得嘛啥都没有 社保老板不给我们交的",
            {"skill": "none", "social_insurance_months": 0},
        ),
        ("", "社保老板给我们交的", {}),
        ("", "公司簽有勞動契約", {"employment": ["labour_contract"]}),
        ("", "有土地契約", {}),
        ("", "租屋三年", {"owned_home": False, "rented_years": 3}),
        ("", "國中畢業", {"education": "below_high_school"}),
        ("", "中国中学毕业", {}),
        ("", "研究所畢業", {"education": "master"}),
        ("volunteer", "志工服務五次", {"volunteer_services": 5}),
        ("", "本人「有」勞動契約，並非「沒有」", {"employment": ["labour_contract"]}),
        ("", "房子19年在岩头买的自己住着", {"owned_home": True}),
        ("", "房子儿子在岩头买的", {}),
    ],
)
def test_what_is_told(asked: str, text: str, facts: dict[str, object]) -> None:
    told = heard(asked, text)
    told.pop("age_told_on", None)
    assert told == facts


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("没有 我是问你税 去年交了1万2千块 记上", 12000),
        ("税交了3万", 30000),
        ("工资税后5000", None),
        ("房租税 交了3000块", None),
        ("我老公税交了3000块", None),
    ],
)
def test_a_tax_of_no_kind_is_offered(text: str, offered: int | None) -> None:
    doubt = hear(questions()["welfare"], Said(text), DAY).confirm.get("business_tax_yuan")
    assert (doubt.choices[0] if doubt else None) == offered


@pytest.mark.parametrize("last", ["那就7", "就7吧", "再加7"])
def test_the_line_chosen_last_before_a_list_is_closed(last: str) -> None:
    answer = hear(questions()["county"], Said(f"我说交了税呀 {last} 别的没有了"), DAY).answer
    assert isinstance(answer, Taken)
    assert answer.ticked == ("taxes",)
