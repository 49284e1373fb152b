"""A doubt behind a figure makes it uncertain, whatever it is of and whatever follows."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
TOLD = {
    "社保五年": "social_insurance_months",
    "公积金36个月": "housing_fund_months",
    "献血三次": "blood_donations",
    "捐款500": "charity_yuan",
    "个税六千": "income_tax_yuan",
    "租房8年": "rented_years",
}
DOUBTS = [
    *(
        "左右",
        "上下",
        "光景",
        "样子",
        "往上",
        "以上",
        "出头",
        "多",
        "不到",
        "差不多",
        "大概",
        "应该",
    ),
    *("好像", "估计", "可能", "吧大概", "吧好像", "了吧估计"),
]
BEHIND = ["", "，大专", " 大专", "。居住证有"]


@pytest.mark.parametrize("doubt", DOUBTS)
def test_no_figure_in_doubt_is_recorded(doubt: str) -> None:
    for (told, fact), behind in product(TOLD.items(), BEHIND):
        heard = hear(None, Said(told + doubt + behind), TODAY)
        full_years = fact == "rented_years" and doubt in ("多", "出头")  # of these 8 are certain
        assert (fact in heard.facts) == full_years, told + doubt + behind


def test_a_doubt_of_the_next_figure_is_not_of_the_one_before() -> None:
    heard = hear(None, Said("社保五年大概公积金三年"), TODAY)
    assert heard.facts == {"social_insurance_months": 60}
    assert heard.confirm.keys() == {"housing_fund_months"}


def test_a_list_that_begins_with_nothing_denies_no_line_that_is_told() -> None:
    heard = hear(questions()["county"], Said("我没啥，就一个老党员，1988年入的"), TODAY)
    assert heard.facts == {"special_statuses": ["party_member"]}
    assert getattr(heard.answer, "ticked", None) != ()


@pytest.mark.parametrize(
    ("to", "counts"),
    [
        ("捐给我们老家村里修路的", False),
        ("捐给我老家", False),
        ("是捐给老家的", False),
        ("捐给我们村里修路的", False),
        ("捐给我们永嘉慈善总会", True),
        ("捐给永嘉红十字会的", True),
    ],
)
def test_what_was_given_at_home_is_asked_back(to: str, counts: bool) -> None:
    heard = hear(None, Said(f"捐过一千块{to}这边永嘉嘛献过一次血"), TODAY)
    assert heard.facts.get("charity_yuan") == (1000 if counts else None)
    assert ("charity_yuan" in heard.confirm) != counts
    assert heard.facts["blood_donations"] == 1
