"""What is set against something else: 只交社保不交公积金, 大专不是本科, 中专，没读大专."""

from datetime import date
from itertools import permutations

import pytest

from dialogs.interpret import hear
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
SCHOOLS = {
    "初中": "below_high_school",
    "高中": "high_school",
    "大专": "junior_college",
    "本科": "bachelor",
    "硕士": "master",
}
PAID = {"社保": "social_insurance_months", "公积金": "housing_fund_months"}


@pytest.mark.parametrize(
    "frame", ["{one}不是{other}", "我{one}，不是{other}", "是{one}不是{other}"]
)
def test_the_school_that_is_meant(frame: str) -> None:
    for one, other in permutations(SCHOOLS, 2):
        text = frame.format(one=one, other=other)
        assert hear(None, Said(text), TODAY).facts.get("education") == SCHOOLS[one], text


def test_a_school_not_attended_leaves_the_other() -> None:
    for text in ("中专，学的会计，没读大专", "高中毕业，没上大学", "大专，没读本科"):
        assert hear(None, Said(text), TODAY).facts.get("education") in SCHOOLS.values()
        assert hear(None, Said(text), TODAY).facts.get("education") != "below_high_school", text


@pytest.mark.parametrize("frame", ["厂里只交{one}不交{other}", "单位光交{one}没交{other}"])
def test_what_is_paid_alone_denies_the_other(frame: str) -> None:
    for one, other in permutations(PAID, 2):
        heard = hear(None, Said(frame.format(one=one, other=other)), TODAY)
        assert heard.facts == {PAID[other]: 0}


@pytest.mark.parametrize("name", ["社保", "公积金", "献血", "学历"])
def test_what_has_not_changed_is_not_denied(name: str) -> None:
    for tail in ("没变", "没有变", "不变", "没改"):
        assert hear(None, Said(f"{name}{tail}"), TODAY).facts == {}


@pytest.mark.parametrize("who", ["别人", "人家", "有人", "网上", "群里"])
def test_what_others_say_of_everyone_is_nobody_s(who: str) -> None:
    for school in SCHOOLS:
        assert hear(None, Said(f"{who}说{school}也有5分，真的假的"), TODAY).facts == {}


@pytest.mark.parametrize("event", ["出来打工", "来的永嘉", "进的厂", "结的婚", "开始做学徒"])
def test_an_age_of_long_ago_is_not_the_age(event: str) -> None:
    heard = hear(None, Said(f"我十八岁{event}，今年三十九，高中"), TODAY)
    assert heard.facts.get("age_years") == 39


@pytest.mark.parametrize("total", ["总共六年", "一共六年", "加起来六年", "合计是六年"])
def test_a_total_behind_its_parts(total: str) -> None:
    for parts in ("老板给买了五年，我自己又买了一年", "厂里交了四年，后来自己又交了两年"):
        heard = hear(None, Said(f"社保{parts}，{total}"), TODAY)
        assert heard.facts == {"social_insurance_months": 72}, parts
