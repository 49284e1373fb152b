"""What was so before, what is so now, and what the speaker leaves out of a figure."""

from datetime import date
from itertools import combinations, product

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
BEFORE = ("以前是", "原来是", "去年是", "之前")
NOW = ("现在是", "今年升到", "后来评上", "现在升成")


def facts_of(text: str, asked: str | None = None) -> dict[str, object]:
    return dict(hear(questions()[asked] if asked else None, Said(text), TODAY).facts)


def test_a_class_of_talent_as_it_is_now() -> None:
    for (old, new), before, now in product(combinations("GFEDCBA", 2), BEFORE, NOW):
        for asked in (None, "talent"):
            text = f"{before}{old}类，{now}{new}类了"
            assert facts_of(text, asked) == {"talent_class": new}, text
    assert facts_of("原来是F，今年升到E了", "talent") == {"talent_class": "E"}


@pytest.mark.parametrize(
    "text", ["以前是F类，现在不是E类了", "F类，E类", "以前是F类，现在没有E类", "原来是F，想升到E"]
)
def test_none_of_two_is_certain(text: str) -> None:
    assert facts_of(text, "talent").get("talent_class") in (None, "F")


PLACES = ("东莞", "上海", "贵阳", "深圳")


def test_what_is_left_without_the_time_elsewhere() -> None:
    for place, how, then in product(
        PLACES, ("", "交的", "那边"), ("就两年半", "那就是两年半", "我就两年半")
    ):
        text = f"{place}{how}四年不算的话{then}"
        assert facts_of(text, "social_insurance") == {"social_insurance_months": 30}, text
    for asks in ("东莞四年不算的话还有用吗", "东莞四年算不算"):
        assert facts_of(asks, "social_insurance") == {}, asks


def test_how_one_judges_a_sum_before_it() -> None:
    for how in ("交得不多，", "交得也不多，", "不多，", "交的不算多，"):
        for total in ("一共3200", "总共3200元", "就3200"):
            assert facts_of(f"个税{how}{total}") == {"income_tax_yuan": 3200}, how + total
    assert facts_of("个税交得不多，公积金一共三年") == {"housing_fund_months": 36}


def test_a_home_bought_and_lived_in() -> None:
    for what, then in product(
        ("黄田的房子", "瓯北的房", "个小房子", "套二手房"),
        ("搬进去自己住了", "自己住", "就搬进去住了"),
    ):
        assert facts_of(f"前年买了{what}{then}").get("owned_home") is True, what + then
    for text in ("买了老家的房子爸妈住", "给儿子买了黄田的房子", "想买黄田的房子自己住"):
        assert "owned_home" not in facts_of(text), text


def test_the_deed_in_both_names() -> None:
    for one, who in product(("我和", "我跟"), ("我老婆", "老公", "我妈")):
        text = f"我在永嘉买了房的，房产证写{one}{who}名字"
        assert facts_of(text).get("owned_home") is True, text
    assert "owned_home" not in facts_of("我在永嘉买了房的，房产证写我老婆名字")


def test_whose_company_it_is() -> None:
    for we, name in product(
        ("我是", "我就是", "我也是"), ("规上企业", "本县规上企业", "一家规上公司")
    ):
        for role in ("的法人", "法人代表", "的法人代表"):
            facts = facts_of(f"{we}{name}{role}，个税6万")
            assert facts.get("above_scale_legal_representative") is True, we + name + role
    for text in ("我老公是规上企业的法人代表", "我不是规上企业的法人", "我是规上企业的员工"):
        assert not facts_of(text).get("above_scale_legal_representative"), text


def test_how_long_one_lives_in_lodgings() -> None:
    for home, pause, me in product(
        ("住厂里宿舍", "住公司宿舍"), ("", "，"), ("我", "我已经", "我一共")
    ):
        facts = facts_of(f"我们都{home}{pause}{me}住了三年")
        assert facts == {"owned_home": False, "rented_years": 3}, home + me
    assert "rented_years" not in facts_of("我们住宿舍，我老婆住了三年")


def test_registered_as_a_donor() -> None:
    for what, where in product(("器官捐献", "遗体捐献"), ("", "我在永嘉红十字会", "在医院")):
        facts = facts_of(f"{what}志愿登记{where}登记了的", "welfare")
        assert facts.get("donor_registration") is True, what + where
    assert not facts_of("器官捐献志愿登记我没登记", "welfare").get("donor_registration")
