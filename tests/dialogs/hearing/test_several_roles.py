"""Of several roles that one has the highest counts; of one or the other, none is certain."""

from datetime import date
from itertools import permutations

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
ROLES = {
    "镇人大代表": "township",
    "县人大代表": "county",
    "县政协委员": "county",
    "市政协委员": "city",
    "省人大代表": "province",
    "全国人大代表": "nation",
}
RANK = [*dict.fromkeys(ROLES.values())]


@pytest.mark.parametrize("frame", ["{}，也是{}", "{}，{}也是", "我是{}和{}", "{}兼{}"])
def test_the_highest(frame: str) -> None:
    for one, other in permutations(ROLES, 2):
        highest = max(ROLES[one], ROLES[other], key=RANK.index)
        for asked in (None, questions()["political"]):
            heard = hear(asked, Said(frame.format(one, other)), TODAY)
            assert heard.facts == {"political_role": highest}, frame.format(one, other)


@pytest.mark.parametrize(
    "frame", ["{}还是{}，忘了", "{}或者{}", "以前是{}，现在是{}", "{}当过，现在是{}"]
)
def test_one_or_the_other(frame: str) -> None:
    for one, other in permutations(ROLES, 2):
        for asked in (None, questions()["political"]):
            facts = hear(asked, Said(frame.format(one, other)), TODAY).facts
            certain = "现在" in frame or ROLES[one] == ROLES[other]
            told = {"political_role": ROLES[other]} if certain else {}
            assert facts in ({}, told), frame.format(one, other)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("党员 也当过兵退伍的 两个都是", ["party_member", "veteran"]),
        ("党员，退伍的，两样都是", ["party_member", "veteran"]),
        ("民主党派，退伍的，两个都是", ["democratic_party_member", "veteran"]),
        ("党员，第三个", ["party_member", "veteran"]),
    ],
)
def test_a_closing_count_names_no_other(text: str, own: list[str]) -> None:
    heard = hear(questions()["special_status"], Said(text), TODAY)
    assert heard.facts == {"special_statuses": own}


def test_a_count_of_more_than_is_named_is_asked_back() -> None:
    heard = hear(questions()["special_status"], Said("党员 三个都是"), TODAY)
    assert "democratic_party_member" not in str(heard.facts)
