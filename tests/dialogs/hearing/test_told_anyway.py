"""What is told beside a question, a story, a remark or another person's figure."""

from datetime import date

import pytest

from dialogs.interpret import Heard, hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
CERTAIN = {
    "高中读到高二没毕业这个算不算高中": {"education": "below_high_school"},
    "研究生读一半退了 本科证有": {"education": "bachelor"},
    "叉车证我有 是19年考的": {"skill": "operator_card"},
    "居住证掉了 献血证倒没丢": {},
    "女朋友有居住证 我没有": {"permit": "none"},
    "听说买房加分多 眼下还是租的": {"owned_home": False},
    "以后只要社保满三年就能落户 我社保才一年零十个月": {"social_insurance_months": 22},
    "那我社保28个月是不是白交了": {"social_insurance_months": 28},
    "志愿者没当过 这三个我先报了": {"volunteer_services": 0},
    "我老婆社保7年 她有公积金我一天没交过": {"housing_fund_months": 0},
    "厂里说明年给我们上公积金 到现在我一个月都没有过": {"housing_fund_months": 0},
    "办登记后住了五年半": {"residence_months": 66},
    "四年零两个月社保公积金没有": {"social_insurance_months": 50, "housing_fund_months": 0},
    "今年四十六个税交了三千二": {"age_years": 46, "income_tax_yuan": 3200},
    "九三年二月生隔壁老王有个高级工": {"birth_date": "1993-02-01"},
    "老家有房子来永嘉十年了": {"residence_months": 120},
    "blood|厂里评了先进 没献过血": {"blood_donations": 0},
    "charity|社保一个月没交过 捐过五百块": {"social_insurance_months": 0, "charity_yuan": 500},
    "housing_fund|来永嘉十年了": {"residence_months": 120},
    "home|我在厂里干了九年，住厂里宿舍": {"owned_home": False},
    "听人说社保十五年才行": {},
    "公司的公积金交了六年，我没有": {},
    "志愿者做了六次 买房差两万": {"volunteer_services": 6},
    "租房住，医保交了三年": {"owned_home": False},
    "home|住厂里宿舍，医保交了三年": {"owned_home": False},
    "社保我交了38个月租房住": {"social_insurance_months": 38, "owned_home": False},
    "blood|三次是我弟弟献的": {},
    "技师证是我老公考的": {},
    "高级技师证我师傅有 我只考到高级工": {"skill": "level_3"},
    "志愿服务我在永嘉参加了十一次": {"volunteer_services": 11},
    "个税我喊女儿查了一共交了三百六十二块": {"income_tax_yuan": 362},
    "我是安徽阜阳的属鸡六九年五月生人社保交了一百零七个月": {
        "birth_date": "1969-05-01",
        "social_insurance_months": 107,
    },
    "special_status|当过四年兵 党也是在部队入的": {"special_statuses": ["party_member", "veteran"]},
    "honours|县里给过两个 市里一个就是那年救人的 其他级别的都没": {
        "honours_county": 2,
        "honours_city": 1,
        "honours_province": 0,
        "honours_nation": 0,
    },
    "patents|我一个泥水匠搞啥子专利哦一个都没得": {
        "patents_design": 0,
        "patents_utility": 0,
        "patents_invention": 0,
    },
    "社保也不是30个月 是39个月": {"social_insurance_months": 39},
    "社保我交了五年 哦不对 有一年是在广州交的 浙江这边只有四年": {"social_insurance_months": 48},
}
FIRST_OFFERED = {
    "social_insurance|换了厂 第一个没给交 第二个交了11个月 现在这个2年1个月": (
        "social_insurance_months",
        36,
    ),
    "housing_fund|去年3月到今年2月刚好一年 后来就断了": ("housing_fund_months", 12),
    "residence|23年9月": ("residence_months", 38),
    "在永嘉捐过两趟 一趟五百一趟两百": ("charity_yuan", 700),
}


def heard(row: str) -> Heard:
    *asked, text = row.split("|")
    return hear(questions()[asked[0]] if asked else None, Said(text), TODAY)


@pytest.mark.parametrize("row", CERTAIN)
def test_it_is_heard(row: str) -> None:
    facts = dict(heard(row).facts)
    facts.pop("age_told_on", None)
    assert facts == CERTAIN[row]


@pytest.mark.parametrize("row", FIRST_OFFERED)
def test_the_likely_value_is_offered_first(row: str) -> None:
    fact, value = FIRST_OFFERED[row]
    assert heard(row).confirm[fact].choices[0] == value


def test_a_year_of_two_digits_may_be_a_length() -> None:
    refused = heard("social_insurance|19年").confirm["social_insurance_months"]
    assert (refused.choices, refused.year) == ((228,), 2019)
