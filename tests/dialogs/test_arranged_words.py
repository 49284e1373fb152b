"""Reserved words in another order, or with more around them: 明细看一下吧, 预约取消了吧."""

import pytest

from dialogs.intents.wording import ways, wording
from dialogs.intents.words import word
from dialogs.match_choice import bare
from dialogs.utterance import Said
from tests.dialogs.talks import COMPLETE, agreed

SPELT = {way: id for id, spelt in ways("words").items() for way in spelt if bare(way)}
LOOKED_AT = {
    way: id
    for way, id in SPELT.items()
    if id not in wording()["arranged"]["answers"] and way != "预约"  # 看预约 is to see one's own
}
AROUND = (
    *("{}一下", "{}吧", "{}下", "{}给我", "{}哈", "{}一下吧", "给我{}", "帮我{}一下吧", "麻烦{}"),
    *("请{}，谢谢", "那就{}吧", "{}，快点"),
)
LOOKING = ("看看{}", "查一下{}", "给我看下{}", "{}看一下吧", "{}给我看看", "{}发我", "{}打开看看")


@pytest.mark.parametrize("frame", AROUND)
def test_every_word_keeps_its_meaning_with_more_around_it(frame: str) -> None:
    heard = {way: word(Said(frame.format(way))) for way in SPELT}
    assert {way: id for way, id in heard.items() if id != SPELT[way]} == {}


@pytest.mark.parametrize("frame", LOOKING)
def test_no_word_becomes_another_where_it_is_looked_at(frame: str) -> None:
    heard = {way: word(Said(frame.format(way))) for way in LOOKED_AT}
    assert {way: id for way, id in heard.items() if id not in (None, LOOKED_AT[way])} == {}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        *(("明细看一下吧", "details"), ("结果发我看看", "result"), ("材料给我看下", "papers")),
        *(("预约取消了吧", "cancel_booking"), ("时间改一下", "move_booking")),
        *(("回答修改一下", "change"), ("回答改改", "change"), ("窗口约一下", "book")),
        *(("我的数据删除", "delete_my_data"), ("我的数据查一下", "my_data")),
        *(("看看预约", "appointment"), ("预约查一下", "appointment"), ("复核预约", "book")),
        *(("同意撤回", "withdraw"), ("另一位算一下", "other"), ("那几项补上吧", "sensitive")),
    ],
)
def test_in_another_order(said: str, meant: str) -> None:
    assert word(Said(said)) == meant


@pytest.mark.parametrize(
    "said",
    ["看不懂", "看过", "预约不取消", "先不预约", "学历改一下", "社保查一下", "材料打印", "算过"],
)
def test_what_is_no_word(said: str) -> None:
    assert word(Said(said)) is None


def test_the_details_in_the_talk() -> None:
    assert "出处：" in agreed(*COMPLETE).line("明细看一下吧").text
