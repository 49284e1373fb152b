"""党员不是没献过血: what one is not, beside what one has not done; whose school it is; what is only
echoed; insurance of another kind."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
STATUS = ("党员", "退役军人", "民主党派", "人大代表", "政协委员")
NOT_DONE = {"没献过血": "blood_donations", "没交过社保": "social_insurance_months",
            "没捐过款": "charity_yuan", "没做过志愿者": "volunteer_services"}  # fmt: skip


def told(text: str, asked: str | None = None) -> dict[str, object]:
    return dict(hear(questions()[asked] if asked else None, Said(text), TODAY).facts)


@pytest.mark.parametrize("lead", ["", "同意", "我", "同意。", "我33岁，"])
def test_a_status_denied_before_another_denial(lead: str) -> None:
    """100 texts. First run: 60 recorded the status, or the opposite of what was denied."""
    for status, (deed, fact) in product(STATUS, NOT_DONE.items()):
        text = f"{lead}{status}不是{deed}"
        heard = told(text)
        assert not heard.get("special_statuses"), text
        assert heard.get("political_role") in (None, "none"), text
        assert heard.get(fact) in (None, 0), text


@pytest.mark.parametrize("bring", ["带", "带着", "送", "照顾", "接"])
def test_the_school_is_the_child_s(bring: str) -> None:
    """40 texts. First run: the grandparent's schooling in 28."""
    for child, school in product(("孙子", "孙女", "儿子", "两个娃"), ("在永嘉上小学", "读小学")):
        heard = told(f"我52岁{bring}{child}{school}，社保没有")
        assert "education" not in heard, (bring, child, school)
        assert (heard["age_years"], heard["social_insurance_months"]) == (52, 0)


def test_one_s_own_school_stays() -> None:
    assert told("我小学毕业，带孙子")["education"] == "below_high_school"
    assert told("带孙子，我读到小学")["education"] == "below_high_school"


@pytest.mark.parametrize("text", ["又是党员", "怎么又是党员", "又是献血"])
def test_what_is_only_echoed_tells_nothing(text: str) -> None:
    assert told(text) == {}


@pytest.mark.parametrize(
    "text", ["平台只给买了意外险", "只有意外险", "公司给买的商业险", "只给交了工伤", "交的农保"]
)
def test_insurance_of_another_kind_is_named(text: str) -> None:
    heard = hear(questions()["social_insurance"], Said(text), TODAY)
    assert heard.facts == {}
    assert heard.confirm["social_insurance_months"].why == "other_scheme"
