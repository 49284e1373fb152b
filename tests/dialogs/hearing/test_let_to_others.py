"""A home that is let to others: one lives elsewhere, in what has to be told."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
OWNS = ("买了一套房", "买了套房子", "在瓯北买了一套", "有套房子")
LETS = ("租给别人了", "租出去了", "出租了", "租给老乡住着")
LIVES = ("我自己住厂里", "我们租房住", "现在住宿舍")


def test_a_home_that_is_let_is_asked_back() -> None:
    for owns, lets in product(OWNS, LETS):
        for pause in ("，", " "):
            text = owns + pause + lets
            assert "owned_home" not in hear(None, Said(text), TODAY).facts, text


@pytest.mark.parametrize("lives", LIVES)
def test_where_one_lives_is_recorded(lives: str) -> None:
    for owns, lets in product(OWNS, LETS):
        text = f"{owns}，{lets}，{lives}"
        assert hear(None, Said(text), TODAY).facts.get("owned_home") is False, text


def test_what_a_landlord_lets_to_me_is_rented() -> None:
    heard = hear(None, Said("房子是房东租给我的，租了三年"), TODAY)
    assert heard.facts.get("rented_years") == 3
