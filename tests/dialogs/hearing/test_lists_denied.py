"""党员、献血、捐款都没有: of several names with one denial behind them nothing is there."""

from itertools import permutations

import pytest

from dialogs.interpret import hear
from dialogs.utterance import Said
from tests.dialogs.talks import NOW

NAMES = ("党员", "退役军人", "献血", "捐款", "专利", "公积金", "人大代表", "志愿者")
DENIALS = (
    "都没有",
    "全没有",
    "全都没有",
    "都不是",
    "一样都没有",
    "那些全没有",
    "什么的都没有",
    "这些都没有",
)
SET = ("special_statuses", "political_role", "talent_class")


@pytest.mark.parametrize("denial", DENIALS)
@pytest.mark.parametrize("between", ["", "、", " "])
def test_none_of_the_list_is_there(denial: str, between: str) -> None:
    found = {}
    for names in permutations(NAMES, 2):
        text = between.join((*names, denial) if between == " " else names) + denial * (
            between != " "
        )
        told = hear(None, Said(text), NOW.date()).facts
        there = {fact: value for fact, value in told.items() if value not in (0, "none", False, [])}
        if there:
            found[text] = there
    assert found == {}


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("我是党员，献血捐款都没有", ["party_member"]),
        ("党员，献血捐款都没有", ["party_member"]),
        ("我是退役军人 专利公积金都没有", ["veteran"]),
    ],
)
def test_what_is_said_to_be_there_stays(text: str, statuses: list[str]) -> None:
    assert hear(None, Said(text), NOW.date()).facts["special_statuses"] == statuses
