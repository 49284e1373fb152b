"""A complaint about the record denies nothing; a place in a row counts nothing."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.language.plainly import complains_of_record
from dialogs.utterance import Said
from tests.dialogs.talks import COMPLETE, agreed, at

TODAY = date(2026, 11, 29)
COMPLAINTS = (
    *(
        "你没记上",
        "咋没算进去",
        "你怎么没给我算进去",
        "怎么漏记了",
        "你漏了",
        "没给我记",
        "系统没记录",
    ),
    *("忘记算了", "上面没写上", "你没记", "没计入"),
)
DONE = {
    "blood_donations": "我献过血呀",
    "volunteer_services": "志愿服务我做过的",
    "charity_yuan": "我捐过款",
    "social_insurance_months": "社保我交了",
    "housing_fund_months": "公积金我有交",
    "patents_invention": "发明专利我有",
}
PLACES = ("第二发明人", "第3完成人", "第二申请人", "第一作者", "第二专利权人", "第2位发明人")
NAMES = ("发明专利", "实用新型", "外观设计", "市科技进步奖", "县级表彰")


@pytest.mark.parametrize("fact", DONE)
def test_a_complaint_about_the_record_denies_nothing(fact: str) -> None:
    for complaint, pause in product(COMPLAINTS, ("", "，", " ")):
        told = hear(None, Said(f"{DONE[fact]}{pause}{complaint}"), TODAY).facts
        assert told.get(fact) not in (0, "none"), complaint


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("我献过血呀你没记上", "献过几次血"),
        ("志愿服务我做过的，咋没算进去", "几次志愿服务"),
        ("公积金怎么漏了", "公积金一共交了多久"),
    ],
)
def test_it_leads_to_the_question(text: str, asks: str) -> None:
    assert asks in agreed(*COMPLETE).line(text).text


def test_what_is_not_the_record_is_denied_all_the_same() -> None:
    for text in ("没登记过居住证", "我没献过血", "血没献", "献血没去过"):
        assert set(hear(None, Said(text), TODAY).facts.values()) <= {0, "none"}, text
    for text in ("社保三年，中间漏了", "没记住", "我没记", "没上过学", "没签到", "漏了两个月"):
        assert not complains_of_record(text), text


def test_a_place_in_a_row_is_no_count() -> None:
    for name, place in product(NAMES, PLACES):
        for text in (f"{name}，我是{place}", f"{name}我是{place}靠谱吗", f"我是{name}的{place}"):
            told = hear(None, Said(text), TODAY)
            assert not any(told.facts.values()), text
            assert not any(one.choices for one in told.confirm.values()), text


def test_numbers_of_lines_are_taken_before_a_story() -> None:
    person = at("county")
    shown = person.line("9、5、6。专利是发明专利，我是第二发明人").text
    for line in ("人大代表、政协委员", "学法活动", "劳动合同"):
        assert line in shown.partition("还有别的吗")[0]


def test_an_age_that_is_not_that_of_the_birth_is_asked_back() -> None:
    person = agreed(*COMPLETE)
    known = dict(person.conversation.facts)
    assert "年几月" in person.line("刚满23").text
    assert person.conversation.facts == known
