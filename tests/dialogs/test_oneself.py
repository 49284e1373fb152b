"""What is one's own goes to oneself, also when it is told on the other one's turn."""

from itertools import product

import pytest

from dialogs.conversation import Facts
from dialogs.intents.oneself import told_of_oneself
from dialogs.transcript import Talker
from tests.dialogs.talks import agreed

OWN = ("1", "38岁", "初中", "没有", "社保30个月", "2019年9月到现在", "租房", "7年")
THEIRS = ("社保6年", "高中", "35岁", "居住5年")
FACTS = {
    "社保26个月": ("social_insurance_months", 26),
    "居住时间40个月": ("residence_months", 40),
    "学历大专": ("education", "junior_college"),
    "公积金2年": ("housing_fund_months", 24),
}
"""What is told, and what is to be known then."""
FRAMES = (
    "换回我自己，{}",
    "换回我自己 我的{}",
    "换回我自己我{}",
    "改我的，{}",
    "改一下我的 {}",
    "{}，改我的不是{}的",
    "{}是我的哈不是{}的",
    "{}，不是{}的",
    "不是改{}的，是改我的，{}",
    "好了现在算我的 {}",
    "我说的是我自己的，{}",
    "{} 这是我自己的",
    "我的{}",
    "那我自己呢，我{}",
)
WORDS = ("老公", "他", "我老公")


def two(own: tuple[str, ...] = OWN) -> Talker:
    """A person on the turn of the husband, with answers of both."""
    person = agreed(*own, "帮我老公也算一下", "1", *THEIRS)
    assert person.conversation.whose == "老公"
    return person


def facts_of(person: Talker) -> tuple[Facts, Facts]:
    """One's own facts, and the other one's."""
    other = person.conversation.other
    return dict(person.conversation.own.facts), dict(other.facts if other else {})


def framed(frame: str, told: str, whose: str) -> str:
    """The sentence; what names the other one stands where the frame has a second gap."""
    gaps = frame.count("{}")
    parts = (whose, told) if frame.startswith("不是") else (told, whose)
    return frame.format(*parts[:gaps])


CASES = [
    (framed(frame, told, whose), *FACTS[told])
    for frame, told, whose in product(FRAMES, FACTS, WORDS)
    if frame.count("{}") == 2 or whose == WORDS[0]
]


@pytest.fixture(scope="module")
def stored() -> str:
    return two().conversation.model_dump_json()


@pytest.mark.parametrize(("said", "fact", "value"), CASES)
def test_a_fact_that_names_its_owner_goes_there(
    stored: str, said: str, fact: str, value: object
) -> None:
    person = again(stored)
    own, theirs = facts_of(person)
    person.line(said)
    if person.conversation.top.flow == "overwrite":
        person.line("▸ 对，改成新的")
    assert facts_of(person) == (own | {fact: value}, theirs)
    assert person.conversation.whose == ""


def again(stored: str) -> Talker:
    """The person who stands where this talk stood."""
    person = agreed()
    person.conversation = type(person.conversation).model_validate_json(stored)
    return person


@pytest.mark.parametrize(
    "said", ["社保5年", "他社保5年", "社保5年，不是我的", "是老公的不是我的，社保5年", "我社保5年"]
)
def test_what_does_not_is_asked_with_its_owner_named(stored: str, said: str) -> None:
    person = again(stored)
    own, theirs = facts_of(person)
    reply = person.line(said)
    assert "老公的社保原来记的是 72 个月，您现在说 60 个月" in reply.text
    assert facts_of(person) == (own, theirs)
    person.line("▸ 对，改成新的")
    assert facts_of(person) == (own, theirs | {"social_insurance_months": 60})


@pytest.mark.parametrize(
    "said", ["▸ 是我自己的", "这是我自己的", "我说要算我自己的啊", "换回我自己"]
)
def test_what_waits_for_a_yes_can_be_ones_own(stored: str, said: str) -> None:
    person = again(stored)
    own, theirs = facts_of(person)
    person.line("社保26个月")
    told = person.line(said).text
    assert "社保原来记的是 30 个月，改过来了" in told
    assert facts_of(person) == (own | {"social_insurance_months": 26}, theirs)


def test_a_correction_is_of_the_one_whose_old_value_it_tells(stored: str) -> None:
    mine, his = again(stored), again(stored)
    own, theirs = facts_of(mine)
    mine.line("我社保不是30个月是26个月")
    assert facts_of(mine) == (own | {"social_insurance_months": 26}, theirs)
    his.line("社保不是72个月是70个月")
    assert facts_of(his) == (own, theirs | {"social_insurance_months": 70})


def test_an_offered_value_can_be_ones_own() -> None:
    person = agreed(*OWN, "帮我老公也算一下", "1", "35岁", "高中", "没有")
    assert "社保" in person.line("26个月左右").text
    person.line("对的26个月是我的哈不是老公的")
    person.line("▸ 对，改成新的")
    own, theirs = facts_of(person)
    assert own["social_insurance_months"] == 26
    assert "social_insurance_months" not in theirs


@pytest.mark.parametrize(
    "said", ["对的26个月是我的哈不是老公的", "26个月，不是老公的", "是26个月，改我的"]
)
def test_on_ones_own_turn_the_words_for_whose_it_is_stand_in_no_ones_way(said: str) -> None:
    person = agreed("1", "帮我老公也算一下", "1", "35岁", "换回我自己", "38岁", "初中", "没有")
    person.line("26个月左右")
    person.line(said)
    own, theirs = facts_of(person)
    assert own["social_insurance_months"] == 26
    assert "social_insurance_months" not in theirs


def test_sensitive_facts_of_the_other_one_are_not_taken_without_ones_own_consent() -> None:
    person = two()
    consented = person.conversation
    person.conversation = consented.but(
        sensitive=consented.own.sensitive,
        facts={**consented.facts, "blood_donations": 2},
        aside=consented.aside and consented.aside.model_copy(update={"sensitive": None}),
    )
    person.line("献血3次")
    person.line("▸ 是我自己的")
    assert "blood_donations" not in facts_of(person)[0]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("换回我自己", ""),
        ("不是改我妈的 这是我自己的", ""),
        ("我的老公社保5年", None),
        ("我老公的社保5年", None),
        ("是我老公的", None),
        ("不是我的", None),
        ("别改我的，改他的", None),
        ("我们一起租的", None),
        ("他的房子是我的名字", None),
    ],
)
def test_whose_it_is_must_be_plain(text: str, left: str | None) -> None:
    whose = "妈" if "我妈" in text else "老公"
    assert told_of_oneself(text, whose) == left
