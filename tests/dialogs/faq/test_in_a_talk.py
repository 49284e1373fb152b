"""Questions in the middle of a talk: answered, and the place is kept; one lookup at most."""

import pytest

from dialogs.engine import converse
from dialogs.faq import Found, find
from dialogs.utterance import Said
from tests.dialogs.talks import NOW, RULES, at

TEXTS = [
    "大专有几分",
    "租房的事",
    "护照怎么办",
    "今天股票涨了没",
    "三年半",
    "3",
    "帮助",
    "哈哈",
    "x" * 500,
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_turn_looks_up_once_at_most(text: str) -> None:
    lookups: list[str] = []

    def counted(asked: str) -> Found:
        lookups.append(asked)
        return find(asked)

    converse(at("education").conversation, Said(text), NOW, RULES, counted)
    assert len(lookups) <= 1


def test_a_detour_returns_to_the_question() -> None:
    turn = converse(at("education").conversation, Said("社保怎么算分"), NOW, RULES)
    assert turn.reply is not None
    assert turn.reply.text.startswith("每满 1 个月 0.25 分")
    assert "下一步：接着答完" in turn.reply.text
    assert [link.page for link in turn.reply.links] == ["/rules/social_insurance"]
    assert any(choice.label == "大专" for choice in turn.reply.choices)


def test_how_to_obtain_something_is_pointed_elsewhere_with_its_points_beside() -> None:
    turn = converse(at("education").conversation, Said("公积金缴存证明上哪打"), NOW, RULES)
    assert turn.reply is not None
    assert "住房公积金管理中心永嘉分中心" in turn.reply.text
    assert turn.reply.choices[-1].label == "公积金怎么算分"


def test_a_neighbouring_service_is_pointed_to() -> None:
    turn = converse(at("education").conversation, Said("电瓶车上牌在哪"), NOW, RULES)
    assert turn.reply is not None
    assert turn.reply.text.startswith("电动自行车上牌由公安交警部门办。")
