"""A yes with another fact beside it: both are kept."""

import pytest

from tests.dialogs.talks import COMPLETE, agreed, at, talker

TOLD = "居住证有 社保6年 大专 其他啥都没有"


@pytest.mark.parametrize(
    ("before", "yes", "fact", "value"),
    [
        (TOLD, "对都没有 房子租的 不满一年", "owned_home", False),
        (TOLD, "对 居住也是4年", "residence_months", 48),
        (TOLD, "31是我年龄啊 我31岁 别的都没有 对", "age_years", 31),
        (TOLD, "嗯，都没有，租房3年", "rented_years", 3),
    ],
)
def test_the_rest_is_none_and_more_is_told(before: str, yes: str, fact: str, value: object) -> None:
    person = at("permit")
    person.line(before)
    person.line(yes)
    facts = person.conversation.facts
    assert (facts.get("skill"), facts.get("honours_county"), facts.get(fact)) == ("none", 0, value)


def test_a_fact_alone_is_no_yes() -> None:
    person = at("permit")
    person.line(TOLD)
    person.line("社保其实是5年")
    assert "skill" not in person.conversation.facts


@pytest.mark.parametrize("yes", ["是的。请问为什么成都交的那两年就不能算呢？", "对，外地的怎么算"])
def test_a_yes_to_the_one_value_and_a_question(yes: str) -> None:
    person = at("social_insurance")
    person.line("社保我一共交了7年，其中有2年是在成都交的。")
    person.line(yes)
    assert person.conversation.facts.get("social_insurance_months") == 60


def test_another_figure_is_no_yes() -> None:
    person = at("social_insurance")
    person.line("社保我一共交了7年，其中有2年是在成都交的。")
    person.line("不是的，请问为什么不能算呢？")
    assert "social_insurance_months" not in person.conversation.facts


@pytest.mark.parametrize(
    ("yes", "years", "own"),
    [("好 他愿意的 住我厂里宿舍 3年", 3, None), ("好 他愿意的 我租房3年", None, None)],
)
def test_what_is_told_with_the_yes_is_of_that_one(
    yes: str, years: int | None, own: int | None
) -> None:
    person = agreed("我司机 他32安徽人 初中 有居住证 交4年社保 给他算")
    person.line(yes)
    other = person.conversation.other
    assert other is not None
    assert other.facts.get("rented_years") == years
    assert person.conversation.own.facts.get("rented_years") == own


@pytest.mark.parametrize(
    ("consent", "age"),
    [
        ("同意啊 阿强 24 云南昭通的 02年5月", 24),
        ("同意 我33 我老公37", 33),
        ("同意啊 小孩 12 我社保3年", None),
        ("同意 老公 37 大专", None),
    ],
)
def test_ages_beside_the_consent(consent: str, age: int | None) -> None:
    assert talker("[关注]", consent).conversation.facts.get("age_years") == age


def test_a_tax_told_after_none_was_recorded_is_asked_once_more() -> None:
    person = agreed(*COMPLETE[:8], "都没有", "没有 我是问你税 去年交了1万2千块 记上")
    person.line("1")
    assert person.conversation.facts.get("business_tax_yuan") == 12000


@pytest.mark.parametrize(
    ("text", "months"), [("大概三月份吧 我妹妹是14年来的", 176), ("不对 是2014年三月", 152)]
)
def test_the_month_of_the_year_told_before(text: str, months: int) -> None:
    person = at("residence")
    person.line("我2012年就来了")
    offered = [choice.label for choice in person.line(text).choices]
    assert person.conversation.facts.get("residence_months", months) == months
    assert "residence_months" in person.conversation.facts or f"{months} 个月" in offered
