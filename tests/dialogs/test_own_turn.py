"""On the other one's turn, one's own: whatever person it is and however it is said, what is told is
neither recorded of that one nor lost."""

import pytest

from dialogs.transcript import Talker
from tests.dialogs.talks import agreed

PEOPLE = ("老婆", "老公", "妈", "爸", "儿子", "女儿", "哥", "弟弟", "婆婆", "儿媳妇")
WISHES = (
    *("好了现在算我的 {}", "换回我自己 {}", "现在算我自己的，{}", "该算我了 {}", "那算我的，{}"),
    *("行了 换我 {}", "接下来算我自己 {}", "再算我的吧 {}", "我说要算我自己的啊 {}"),
)
SAID_OF_IT = (
    "不是改我{}的 这是我自己的",
    "这是我自己的",
    "说的是我自己的",
    "是我的不是我{}的",
    "那是我的 我{}的别动",
)
NOT_OF_ONESELF = ("房子是我的", "不是我的", "别算我的", "{}跟我一样", "我{}的先算完", "算我{}的")
THEIRS = {"permit": "registration_only", "education": "below_high_school"}


def on_their_turn(whose: str) -> Talker:
    """A person who counts this one of the household, of whom something is known."""
    return agreed(f"帮我{whose}算一下", "只有居住登记 初中")


@pytest.mark.parametrize("whose", PEOPLE)
def test_the_turn_goes_back_with_what_is_told(whose: str) -> None:
    waits = on_their_turn(whose).conversation
    person = agreed()
    for frame in WISHES:
        person.conversation = waits
        person.line(frame.format("我27 大专 社保交了40个月"))
        mine, theirs = person.conversation.own, person.conversation.other
        assert person.conversation.whose == "", frame
        assert theirs is not None
        assert theirs.facts == THEIRS, frame
        told = (mine.facts.get("age_years"), mine.facts.get("education"))
        assert told == (27, "junior_college"), frame
        assert mine.facts["social_insurance_months"] == 40, frame


@pytest.mark.parametrize("whose", PEOPLE)
def test_a_new_value_that_is_one_s_own(whose: str) -> None:
    person = on_their_turn(whose)
    assert f"{whose}的最高学历原来记的是" in person.line("大专").text
    waits = person.conversation
    for way in (*SAID_OF_IT, "▸ 是我自己的"):
        person.conversation = waits
        person.line(way.format(whose))
        mine, theirs = person.conversation.own, person.conversation.other
        assert theirs is not None
        assert theirs.facts == THEIRS, way
        assert mine.facts == {"education": "junior_college"}, way
        assert person.conversation.whose == "", way


@pytest.mark.parametrize("whose", PEOPLE)
def test_what_says_nothing_of_the_turn_leaves_it(whose: str) -> None:
    waits = on_their_turn(whose).conversation
    person = agreed()
    for way in NOT_OF_ONESELF:
        person.conversation = waits
        person.line(way.format(whose))
        assert person.conversation.whose == whose, way


def test_an_answer_that_waits_for_a_yes_is_one_s_own() -> None:
    person = agreed("社保两年半", "帮我老公算一下", "社保6年")
    person.line("哎呀我社保不是两年半我翻了手机是2年零2个月哦改一下我的改我的不是老公的")
    person.line("1")
    conversation = person.conversation
    assert conversation.other is not None
    assert conversation.other.facts["social_insurance_months"] == 72
    assert conversation.own.facts["social_insurance_months"] == 26
