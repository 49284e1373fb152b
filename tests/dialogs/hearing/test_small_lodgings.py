"""A small room that one rents and how long one lives there: years of rent, and no registration."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
RENTED = ("租个", "租了个", "租了间", "租着一间", "租了一套", "租")
KINDS = ("", "小", "老", "单", "农民")
ROOMS = ("房子", "房", "屋", "单间", "套间", "屋子")
SO_LONG = ("住了九年", "，住了九年", " 九年了", "，租了九年")


@pytest.mark.parametrize("rented", RENTED)
def test_years_of_rent(rented: str) -> None:
    for kind, room, so_long in product(KINDS, ROOMS, SO_LONG):
        text = f"我在上塘{rented}{kind}{room}{so_long}"
        facts = hear(None, Said(text), TODAY).facts
        assert facts == {"owned_home": False, "rented_years": 9}, text


@pytest.mark.parametrize(
    "text",
    [
        *("我没租房子住了九年", "我老公在上塘租个房子住了九年", "想租个房子住三年"),
        *("在温州租了个房子住了九年", "房子租给别人住了九年", "明年租个单间住一年"),
    ],
)
def test_no_years_of_one_s_own_here(text: str) -> None:
    assert "rented_years" not in hear(None, Said(text), TODAY).facts


@pytest.mark.parametrize(
    ("text", "registered"), [("登记住了5年租个单间住了三年", 60), ("来永嘉九年，租房子三年", 108)]
)
def test_the_registration_is_told_beside_it(text: str, registered: int) -> None:
    facts = hear(None, Said(text), TODAY).facts
    assert (facts["residence_months"], facts["rented_years"]) == (registered, 3)
