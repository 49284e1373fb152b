"""What is named but not told of oneself here is recorded as nothing, or asked back."""

from datetime import date

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
NOT_TOLD = [
    # a figure that is of something else
    ("", "个税app查了 2021 2022 2023 2024 四年都有缴", "income_tax_yuan"),  # years, no sums
    ("", "住在厂子里头宿舍社保刚交满十个月", "rented_years"),  # the months are insurance
    ("housing_fund", "跟社保一起交的四十个月", "social_insurance_months"),  # done with it
    # a stretch in a place that is none of the province, or that another one's was before
    ("special_status", "退役的以前在海军待了五年", "residence_months"),
    ("", "她社保七年了，我晚来的只有四年零两个月", "residence_months"),
    # a part, a bound, an age in round numbers
    ("", "献血8次，有几次在温州市区", "blood_donations"),
    ("", "俺今年四十多了俺初中毕业", "age_years"),
    # elsewhere, for the whole clause
    ("", "东莞那边我社保交过七年还献了四回血这些你们认不认哦", "social_insurance_months"),
    ("", "东莞那边我社保交过七年还献了四回血这些你们认不认哦", "blood_donations"),
    ("", "当年在佛山厂里交了八年社保，献血也是在那边献的，三回", "blood_donations"),
    # in doubt, or attended
    ("residence", "2020年11月来永嘉住到现在，但不确定是否曾办居住登记", "residence_months"),
    ("skill", "我不是国外的，是国内的在职硕士。我是一级教师", "education"),
    # another person's
    ("", "可以问老公是党员哦", "special_statuses"),
    ("", "给我司机也算下 江西人 42 初中 社保也8年", "social_insurance_months"),
    ("", "给我司机也算下 江西人 42 初中 社保也8年", "education"),
    ("residence", "我说的是社保，不是居住", "residence_months"),
    ("home", "乌牛厂里的宿舍，一住五年", "residence_months"),
    # a denial that is of lodgings of another kind
    ("home", "住厂里宿舍没租也没买", "rented_years"),
]


@pytest.mark.parametrize(("asked", "text", "fact"), NOT_TOLD)
def test_it_is_not_recorded(asked: str, text: str, fact: str) -> None:
    heard = hear(questions()[asked] if asked else None, Said(text), TODAY)
    assert fact not in heard.facts


TOLD = [
    ("只有居住登记没办居住证", {"permit": "registration_only"}),
    ("登记办了，居住证还没拿到", {"permit": "registration_only"}),
    ("居住证快到期了还没换", {"permit": "residence_permit"}),
    ("合同以前签过，厂子倒了，现在打零工没合同", {"employment": []}),
    ("党员没当过兵", {"special_statuses": ["party_member"]}),
    ("不是党员没当过兵民主党派更不是", {"special_statuses": []}),
    ("公积金每个月交400，交了26个月了", {"housing_fund_months": 26}),  # 400 is paid, not counted
    ("厂里没给交社保，我自己交的灵活就业两年", {"social_insurance_months": 24}),
    ("社保比他多，78个月", {"social_insurance_months": 78}),
    ("我读的技校 两个娃儿争气 一个研究生一个本科", {"education": "high_school"}),
    ("社保交了又断断了又交，社保局打出来是一百一十六个月", {"social_insurance_months": 116}),
    (
        "居住证：有；献血：无；公积金，没有；",
        {"permit": "residence_permit", "blood_donations": 0, "housing_fund_months": 0},
    ),
]


@pytest.mark.parametrize(("text", "facts"), TOLD)
def test_what_is_told_beside_it_is_heard(text: str, facts: dict[str, object]) -> None:
    assert hear(None, Said(text), TODAY).facts == facts
