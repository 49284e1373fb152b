"""What is said of a place where it does not count is not recorded as told of here."""

from datetime import date
from itertools import product

import pytest

from dialogs.language.analysis import analyse

TODAY = date(2026, 11, 28)
AWAY = ("老家", "河南", "贵州老家", "上海", "广东东莞", "四川", "外省", "户籍地")
HERE = ("永嘉", "瓯北", "上塘", "这边", "桥下")
HOMES = (
    *("{}买了房", "在{}有房", "房子在{}买的", "房子买在{}", "在{}贷款买了房子"),
    *("在{}按揭了一套", "在{}有自己的房子", "{}有一套房", "{}的房子自己的"),
)
PERMITS = (
    *("{}的居住证有", "我有{}的居住证", "居住证是{}的，有", "{}居住证有一张"),
    "在{}办了居住证",
)
FRAMES = {"owned_home": HOMES, "permit": PERMITS}
COUNTS = {"owned_home": True, "permit": "residence_permit"}
ORIGINS = ("我是{}人", "我{}的", "{}人", "{}来的", "从{}过来", "户口在{}", "我是{}的")
"""Where one comes from says nothing of what is told then, also without a pause."""


def heard(text: str) -> dict[str, object]:
    return {one.fact: one.value for one in analyse(text, TODAY).mentions if one.own}


@pytest.mark.parametrize("fact", FRAMES)
def test_what_is_elsewhere_is_not_here(fact: str) -> None:
    said = [frame.format(place) for frame, place in product(FRAMES[fact], AWAY)]
    assert [one for one in said if heard(one).get(fact) == COUNTS[fact]] == []
    beside = [f"{one}，社保五年" for one in said]
    assert [one for one in beside if heard(one).get("social_insurance_months") != 60] == []


@pytest.mark.parametrize("fact", FRAMES)
def test_what_is_here_counts(fact: str) -> None:
    said = [frame.format(place) for frame, place in product(FRAMES[fact], HERE)]
    assert [one for one in said if heard(one).get(fact) != COUNTS[fact]] == []


@pytest.mark.parametrize("pause", ["，", ""])
def test_where_one_comes_from_is_not_where_it_is(pause: str) -> None:
    said = {"房子买了": "owned_home", "居住证有": "permit", "有居住证": "permit"}
    for origin, place, (told, fact) in product(ORIGINS, ("河南", "江西上饶"), said.items()):
        text = origin.format(place) + pause + told
        assert heard(text).get(fact) == COUNTS[fact], text
