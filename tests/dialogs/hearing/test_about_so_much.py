"""有个 before an amount says about how much, and begins no person (有个贵州来的)."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
FRAMES = (
    "{}了都",
    "{}有了",
    "{}也有了",
    "{}了 还不算早的",
    "{}，都是这边",
    "{}，就是记不清",
    "{}吧 我",
)
FIGURES = {
    "residence": ("有个九年十年", "有个八九年", "有一个九年", "住这边有个十来年"),
    "social_insurance": ("有个四五年", "有个五十几个月", "交了有个六七年"),
    "blood": ("有个七八次", "有个十来回"),
}


@pytest.mark.parametrize("asked", FIGURES)
def test_an_amount_is_no_person(asked: str) -> None:
    for figure, frame in product(FIGURES[asked], FRAMES):
        heard = hear(questions()[asked], Said(frame.format(figure)), TODAY)
        assert not heard.people, (figure, frame)
        assert not heard.others, (figure, frame)
        assert questions()[asked].fact in {*heard.facts, *heard.confirm}, (figure, frame)


@pytest.mark.parametrize("who", ["有个三十来岁的", "有个干了九年的老乡", "有个贵州来的"])
def test_a_person_who_is_described_is_one(who: str) -> None:
    heard = hear(questions()["social_insurance"], Said(f"{who}交了五年"), TODAY)
    assert heard.facts == {}
    assert heard.people
