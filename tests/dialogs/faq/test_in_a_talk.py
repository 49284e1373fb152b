"""Questions in the middle of a talk: answered, and the place is kept; one lookup at most."""

from collections.abc import Callable

import pytest

from dialogs.engine import converse
from dialogs.faq import Found, find
from dialogs.transcript import Talker
from dialogs.utterance import Said
from tests.conversations.desk import Desk
from tests.dialogs.talks import COMPLETE, NOW, RULES, agreed, at

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


def booking() -> Talker:
    """Where a place is chosen."""
    talker = agreed(*COMPLETE)
    talker.desk = Desk()
    assert "哪个乡镇" in talker.line("预约").text
    return talker


@pytest.mark.parametrize("text", ["有哪些乡镇", "哪些镇能办", "都有哪些街道", "永嘉有哪些镇"])
@pytest.mark.parametrize(
    "talk",
    [lambda: Talker(RULES, NOW), lambda: at("education"), lambda: agreed(*COMPLETE), booking],
    ids=["first", "asked", "result", "booking"],
)
def test_the_townships_are_listed_wherever_one_asks(talk: Callable[[], Talker], text: str) -> None:
    said = talk().line(text).text
    assert "7 个街道：东城、南城、北城、瓯北、黄田、三江、乌牛" in said
    assert "4 个乡：云岭、茗岙、溪下、界坑" in said


def test_a_neighbouring_service_is_pointed_to() -> None:
    turn = converse(at("education").conversation, Said("电瓶车上牌在哪"), NOW, RULES)
    assert turn.reply is not None
    assert turn.reply.text.startswith("电动自行车上牌由公安交警部门办。")
