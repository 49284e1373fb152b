"""Of deeds told of in several places those that count, and of which fact they are."""

from datetime import date

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
HERE = [
    # elsewhere, and here
    (
        "",
        "广东那边交了十一年社保来了浙江才交二十个月你说可惜不可惜嘛",
        "social_insurance_months",
        20,
    ),
    ("", "佛山那七年社保算不算？永嘉的话是两年，一个月没断", "social_insurance_months", 24),
    (
        "",
        "在东莞干了八年社保也交了八年 后来到永嘉 这边社保交了四十个月",
        "social_insurance_months",
        40,
    ),
    (
        "",
        "东莞那边社保我交了六年，听说不算。来浙江以后现在交了20个月。",
        "social_insurance_months",
        20,
    ),
    ("", "在永嘉献过6次血，以前在贵阳念书那会儿还献过2次，那个应该不算吧？", "blood_donations", 6),
    ("", "献血在永嘉4次，温州市区那回是1次", "blood_donations", 4),
    ("social_insurance", "东莞六年，永嘉两年", "social_insurance_months", 24),
    ("social_insurance", "昆山那六年你们肯定不认，浙江这头就19个月", "social_insurance_months", 19),
    ("blood", "老家桂林献过六次 永嘉才两次", "blood_donations", 2),
    ("rented", "乐清租过两年那个不说永嘉是五年现在还租着", "rented_years", 5),
    # the total with its parts: 7 = 5 + 2, 7 years = 5 + 2, 2 = 1 + 1
    ("blood", "总共七次，五次在永嘉，两次在老家重庆", "blood_donations", 5),
    ("", "社保一共交了七年，其中前两年是在成都交的，后面五年在浙江", "social_insurance_months", 60),
    ("", "血一共献过两次，一次在永嘉，一次在长沙", "blood_donations", 1),
    ("", "献血四次，不对，有一次是在昆明献的，永嘉就三次", "blood_donations", 3),
    # none here
    ("", "献血在广西老家献过3次，永嘉这边没献过", "blood_donations", 0),
    ("blood", "在阜阳献过两回，到永嘉还一次没献", "blood_donations", 0),
]
NOT_HERE = [
    ("", "社保在广东交了六年，在永嘉租房三年", "social_insurance_months"),
    ("", "献血在贵阳献过两次，志愿服务在永嘉做过三次", "blood_donations"),
    ("", "东莞那边我社保交过七年", "social_insurance_months"),
]


@pytest.mark.parametrize(("asked", "text", "fact", "value"), HERE)
def test_what_was_done_here_counts(asked: str, text: str, fact: str, value: int) -> None:
    heard = hear(questions()[asked] if asked else None, Said(text), TODAY)
    assert heard.facts.get(fact) == value, heard.confirm


@pytest.mark.parametrize(("asked", "text", "fact"), NOT_HERE)
def test_what_was_done_elsewhere_is_asked_back(asked: str, text: str, fact: str) -> None:
    heard = hear(questions()[asked] if asked else None, Said(text), TODAY)
    assert fact not in heard.facts
    assert heard.confirm[fact].why == "elsewhere"


@pytest.mark.parametrize("origin", ["我是贵州人", "我四川的", "湖南过来的", "江西户口"])
def test_where_one_comes_from_takes_nothing_away(origin: str) -> None:
    heard = hear(None, Said(f"{origin}，社保交了五年，献血三次"), TODAY)
    assert heard.facts == {"social_insurance_months": 60, "blood_donations": 3}
