"""你是真人吗, among other text: answered in a line, and so is the rest."""

import pytest

from tests.dialogs.talks import COMPLETE, agreed, talker

NO_PERSON = "我不是真人，是自动回复的积分助手。"


@pytest.mark.parametrize(
    ("said", "also"),
    [
        ("你是真人吗？我说的这些数据安不安全，会不会给税务局看到", "都加密存在"),
        ("安不安全啊，你到底是人还是机器", "都加密存在"),
        ("你是机器人吧？要多少分才能上学", "没有固定的分数线"),
        ("对面是真人吗 我大专毕业", "您刚才说的先留 10 分钟"),
    ],
)
def test_both_are_answered(said: str, also: str) -> None:
    told = talker("[关注]").line(said).text
    assert told.startswith(NO_PERSON)
    assert also in told


def test_alone_it_is_a_topic() -> None:
    told = talker("[关注]").line("我问的是你是人还是机器").text
    assert "想找人，打" in told


def test_what_the_window_sees_is_no_wish_to_book() -> None:
    said = "那我约好了的数据窗口都看得到我税交多少？"
    assert "窗口核对时看得到" in agreed(*COMPLETE).line(said).text
    booked = agreed(*COMPLETE, "预约瓯北明天9点", "1", "1", "知道了")
    assert "窗口核对时看得到" in booked.line(said).text
