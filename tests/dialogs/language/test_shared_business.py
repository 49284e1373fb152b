"""A business that is run together with another person counts for the one on the licence: it is
asked back, no matter who the other one is; one's own business is not."""

import pytest

from dialogs.language.analysis import analyse
from tests.dialogs.talks import NOW, agreed

PEOPLE = ("老公", "老婆", "我老公", "我对象", "朋友", "我哥", "爱人", "同乡", "我弟弟", "儿子")
TOGETHER = (
    *("我跟{}在桥头开小吃店", "我和{}一起开了个店", "我跟{}合伙开饭店", "我同{}开了家面馆"),
    *("在瓯北跟{}开了个早餐店", "我与{}合开了个厂", "我和{}摆摊"),
)
ALONE = (
    *(
        "我开了个小吃店",
        "我自己开店",
        "我在桥头开小吃店",
        "我是个体户",
        "我跟老公开店，执照是我的名字",
    ),
    *("我跟老公都大专，我自己开了个店",),
)


def business(text: str) -> list[object]:
    """What a message tells of a business of one's own: its values, the reason of a refusal, or
    nothing."""
    told = [
        one for one in analyse(text, NOW.date()).mentions if one.fact == "employment" and one.own
    ]
    return [one.refused.why if one.refused else one.value for one in told]


@pytest.mark.parametrize("frame", TOGETHER)
def test_with_another_person_it_is_asked_back(frame: str) -> None:
    told = {text: business(text) for text in (frame.format(who) for who in PEOPLE)}
    assert [text for text, one in told.items() if frozenset({"business_owner"}) in one] == []
    assert any(one == ["shared"] for one in told.values())


@pytest.mark.parametrize("text", ALONE)
def test_alone_it_is_one_s_own(text: str) -> None:
    assert frozenset({"business_owner"}) in business(text)


@pytest.mark.parametrize(
    ("said", "value"), [("对", ["business_owner"]), ("2", ["business_owner"]), ("没有", [])]
)
def test_the_licence_decides(said: str, value: list[str]) -> None:
    person = agreed()
    assert "营业执照写谁的名字" in person.line("我跟老公在桥头开小吃店").text
    if "还有别的吗" in person.line(said).text:
        person.line("没有了")
    assert person.conversation.facts.get("employment") == value
