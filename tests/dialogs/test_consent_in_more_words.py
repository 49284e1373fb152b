"""A yes to the consent in more words is a yes; only a no is a no."""

import pytest

from tests.dialogs.talks import at, talker

YES = (
    *("同意啊快点", "同意撒有啥子不同意勒", "好的呀同意的 你别把我说的讲出去哦"),
    *("那要的嘛同意 我怕答错了咋整", "同意，有什么不同意的"),
)
NO = ("我不同意", "不同意嘛", "同意书是啥", "同意的话会怎么样", "老婆同意了")
SEES = (
    *("我的情况", "我说过什么", "我说过啥你给我看看", "想看一下我說過什麼"),
    *("我的情况 给我看看你记了些啥", "我说过啥子你给我看看", "你都记了什么"),
)


@pytest.mark.parametrize("text", YES)
def test_it_is_a_yes(text: str) -> None:
    assert talker("[关注]", text).conversation.consented


@pytest.mark.parametrize("text", NO)
def test_it_is_none(text: str) -> None:
    assert not talker("[关注]", text).conversation.consented


@pytest.mark.parametrize("text", YES)
def test_what_was_held_is_not_deleted(text: str) -> None:
    person = talker("[关注]", "同意")
    person.line("党员，献过两次血")
    person.line(text)
    assert "已经删了" not in person.line("结果").text
    assert person.conversation.sensitive is not None
    assert person.conversation.sensitive.yes


@pytest.mark.parametrize("text", SEES)
def test_one_sees_what_was_recorded(text: str) -> None:
    person = at("skill")
    person.line("大专")
    assert "记了什么" in person.line(text).text or person.conversation.top.flow == "my_data"
