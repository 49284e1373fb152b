"""Two stretches are offered with what they come to, also where one is rough; what only tells a
figure again is no second one."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import Heard, hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
NAMES = {"social_insurance_months": "社保", "housing_fund_months": "公积金"}
TWO = (
    *("{name}在杭州交了{a}，到永嘉交了{b}", "{name}老厂交了{a}，新厂{b}"),
    *("{name}之前的厂{a}，现在这家{b}", "{name}在老厂{a}，后来新厂又交了{b}"),
    *("{name}瑞安{a}，永嘉{b}", "{name}原来单位{a}，现在单位{b}"),
)
ROUGH = ("快五年", "五年不到", "不到五年", "将近五年", "差不多五年", "五年多")
PLAIN = ("两年", "一年半", "24个月")
AGAIN = (
    *("36个月，也就是三年", "三年就是36个月", "三十六个月，即三年", "36个月（三年）"),
    *("三年，36个月", "三年等于36个月"),
)
EXACTLY = (
    *("三年多，就是38个月", "38个月，就是三年多", "三年多也就是38个月", "三年几个月，就是38个月"),
    *("三年多，2023年9月交到现在", "2023年9月开始交的，三年多", "三年多了，23年9月到现在"),
)


def told(text: str) -> Heard:
    return hear(None, Said(text), TODAY)


@pytest.mark.parametrize("fact", NAMES)
@pytest.mark.parametrize("frame", TWO)
def test_what_two_come_to_is_offered_first(frame: str, fact: str) -> None:
    for rough, plain in product((*ROUGH, "五年"), PLAIN):
        for a, b in ((rough, plain), (plain, rough)):
            text = frame.format(name=NAMES[fact], a=a, b=b)
            heard = told(text)
            assert fact not in heard.facts, text
            assert heard.confirm[fact].choices[0] == 60 + (18 if plain == "一年半" else 24), text


@pytest.mark.parametrize("again", AGAIN)
def test_what_is_told_again_counts_once(again: str) -> None:
    assert told(f"社保{again}").facts == {"social_insurance_months": 36}
    for goes_on in ("，后来又交了两年", "，到永嘉又交了两年"):
        offered = told(f"社保{again}{goes_on}").confirm["social_insurance_months"]
        assert offered.choices[0] == 60, again


@pytest.mark.parametrize("exactly", EXACTLY)
def test_a_rough_length_beside_the_exact_one(exactly: str) -> None:
    assert told(f"社保{exactly}").facts == {"social_insurance_months": 38}


@pytest.mark.parametrize(
    "text",
    [
        *("三年多，就是52个月", "三年，就是38个月", "三年多，2021年3月交到现在"),
        *("三年，2023年3月交到现在", "三到四年", "38个月或者三年多"),
    ],
)
def test_what_does_not_fit_is_asked_back(text: str) -> None:
    heard = told(f"社保{text}")
    assert not heard.facts
    assert heard.confirm["social_insurance_months"].choices


def test_a_bound_before_its_own_figure_is_no_stretch() -> None:
    for text in ("社保交了不到五年，具体是四年十个月", "社保没满五年，才交了四年十个月"):
        assert told(text).facts == {"social_insurance_months": 58}, text


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("头三年在台州，隔了一年到桥下又是五年半", 102),
        ("先在宁波住了四年，再到桥头住了两年半，两边都登记过的", 78),
    ],
)
def test_pauses_and_sides_add_nothing(text: str, offered: int) -> None:
    heard = hear(questions()["residence"], Said(text), TODAY)
    assert heard.confirm["residence_months"].choices[0] == offered


@pytest.mark.parametrize(
    "text",
    ["两段应合并计算，36个月加57个月，合计93个月。", "有两段：36个月加57个月，一共93个月"],
)
def test_how_many_stretches_there_are_counts_nothing(text: str) -> None:
    heard = hear(questions()["social_insurance"], Said(text), TODAY)
    assert heard.facts == {"social_insurance_months": 93}


def test_where_insurance_was_paid_is_not_where_a_permit_is_from() -> None:
    text = "社会保险在温州缴纳，共三年"
    heard = hear(questions()["permit"], Said(text), TODAY)
    assert heard.answer is None
    assert heard.facts == {"social_insurance_months": 36}
    assert hear(questions()["permit"], Said("鹿城的"), TODAY).answer is not None


def test_a_permit_in_force_is_one() -> None:
    for text in ("持有有效期内的浙江省居住证，今年35周岁。", "持有有效的居住证"):
        assert hear(questions()["permit"], Said(text), TODAY).facts["permit"] == "residence_permit"
