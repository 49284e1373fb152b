"""What is denied of the last of a list as a whole is denied of all of them, and of nothing else."""

from datetime import date
from itertools import permutations, product

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.reading import Taken
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
NAMES = {
    "社保": "social_insurance_months",
    "公积金": "housing_fund_months",
    "献血": "blood_donations",
    "志愿服务": "volunteer_services",
    "捐款": "charity_yuan",
}
JOINS = ("", "和", "、", "跟")
NONE = ("都没有", "一个都没有", "都没", "全没有", "统统没有", "一样也没有")
HONOURS = ("honours_county", "honours_city", "honours_province", "honours_nation")


@pytest.mark.parametrize("none", NONE)
def test_all_of_a_list_are_denied(none: str) -> None:
    for (one, two, three), join in product(permutations(NAMES, 3), JOINS):
        for listed in ((one, two), (one, two, three)):
            text = join.join(listed) + none
            facts = hear(None, Said(text), TODAY).facts
            assert facts == {NAMES[name]: 0 for name in listed}, text


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("社保有公积金没有", {"housing_fund_months": 0}),
        ("社保五年，公积金献血都没有", {"social_insurance_months": 60}),
        ("社保五年公积金都没有交过", {"social_insurance_months": 60, "housing_fund_months": 0}),
        ("县里表彰一次，市里的省里的都没有", {"honours_county": 1, "honours_city": 0}),
        ("我有3项外观设计专利，实用新型和发明都没有", {"patents_design": 3, "patents_utility": 0}),
        ("我社保三年，老婆社保公积金都没有", {"social_insurance_months": 36}),
    ],
)
def test_only_what_is_listed_is_denied(text: str, facts: dict[str, int]) -> None:
    told = hear(None, Said(text), TODAY).facts
    assert told.items() >= facts.items()
    assert told.get("social_insurance_months") in (None, 36, 60)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("县级两个，市级一个，省级国家级没有", (2, 1, 0, 0)),
        ("就市里表彰过一次县里省里国家的都没有", (0, 1, 0, 0)),
        ("县里市里省里国家的都冇得就是厂里评过先进", (0, 0, 0, 0)),
        ("县级市级各一个", (1, 1, 0, 0)),
    ],
)
def test_fields_side_by_side_share_what_follows(text: str, told: tuple[int, ...]) -> None:
    answer = hear(questions()["honours"], Said(text), TODAY).answer
    assert isinstance(answer, Taken)
    assert tuple(answer.facts[one] for one in HONOURS) == told


def test_a_number_of_several_together_is_of_none_alone() -> None:
    heard = hear(questions()["honours"], Said("县级、市级两个"), TODAY)
    assert not heard.facts


def test_the_class_of_a_prize_is_no_number() -> None:
    for text in ("市级一个，三等奖", "市级一个，是二等奖", "市级1项一等奖"):
        facts = hear(questions()["science"], Said(text), TODAY).facts
        assert facts["science_awards_city"] == 1, text
