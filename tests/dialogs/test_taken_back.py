"""One value of several is taken back: nothing more is denied than was said."""

import pytest

from dialogs.transcript import Talker
from tests.dialogs.talks import agreed, at

OWNER = "我开店的"
DENIED = "我没有开厂 我扫地的"


def employed(person: Talker) -> object:
    return person.conversation.facts.get("employment", "unknown")


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ((OWNER, DENIED, "对"), "unknown"),  # of a contract nothing was said
        ((OWNER, f"错了错了 {DENIED}"), "unknown"),
        ((OWNER, DENIED, "不改"), ["business_owner"]),
        ((f"{OWNER}，厂里也签了合同", DENIED, "对"), ["labour_contract"]),
        ((f"{OWNER}，厂里也签了合同", "我没有开厂，合同也没有签", "对"), []),
    ],
)
def test_what_is_left_of_several_values(lines: tuple[str, ...], left: object) -> None:
    assert employed(agreed(*lines)) == left


def test_what_was_taken_back_is_asked_again() -> None:
    person = at("special_status")
    for line in ("党员", "我不是党员"):
        person.line(line)
    assert "“中共党员”去掉了" in person.line("对").text
    assert "special_status" not in person.conversation.answered


def test_of_several_values_one_denied_leaves_the_others_open() -> None:
    person = at("employment")
    reply = person.line(DENIED)
    assert "别的有吗" in reply.text
    assert employed(person) == "unknown"
    person.line("有合同")
    assert employed(person) == ["labour_contract"]
