"""我的情况, 我说过啥你给我看看: what was recorded is shown, wherever one is."""

import pytest

from tests.dialogs.talks import COMPLETE, agreed

ASKED = (
    *(
        "我的情况",
        "我说过什么",
        "我说过啥",
        "我说过啥子",
        "我说过些什么",
        "我都说了啥",
        "我说了什么",
    ),
    *(
        "我说过啥你给我看看",
        "我说过啥子你给我看看",
        "想看一下我說過什麼",
        "看看我说过啥",
        "我讲过什么",
    ),
    *("我的情况 给我看看你记了些啥", "你都记了什么"),
    *("我前面说了什么", "我刚才说了些什么", "我跟你说过什么", "我都讲了些啥子", "你记了我什么"),
    *(
        "你都记了我些什么",
        "记下了什么",
        "都记了些啥",
        "看一下我的情况",
        "给我看看我的情况",
        "我的記錄",
    ),
    *("你记下我什么了", "我填了什么", "我的数据", "看看我的信息", "我告诉你过什么", "我都说过哪些"),
)
OTHER = (
    "我说过了",
    "我说过什么时候登记的吗",
    "我的情况能有多少分",
    "你说过什么",
    "记不清了",
    "啥情况",
)
PLACES = ((), ("1",), COMPLETE[:4], COMPLETE[:8], COMPLETE)


@pytest.mark.parametrize("told", PLACES, ids=len)
def test_it_is_shown(told: tuple[str, ...]) -> None:
    person = agreed(*told)
    waits = person.conversation
    missed = []
    for text in ASKED:
        person.conversation = waits
        if "这里记着您的回答" not in person.line(text).text and told:
            missed.append(text)
        if person.conversation.top.flow != "my_data":
            missed.append(text)
    assert missed == []


@pytest.mark.parametrize("text", OTHER)
def test_what_asks_something_else_shows_nothing(text: str) -> None:
    person = agreed(*COMPLETE[:4])
    person.line(text)
    assert person.conversation.top.flow != "my_data"
