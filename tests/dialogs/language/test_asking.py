"""The part of a message that asks, and what only sounds like asking."""

from datetime import date

import pytest

from dialogs.language.asking import asking_part
from dialogs.language.message import read_message

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("我43岁社保6年居住证有的，夫妻能不能加一起算", "夫妻能不能加一起算"),
        ("外省的社保算不算 我在广东交了6年", "外省的社保算不算"),
        ("老师你好我想咨询下，我开面店10年了，这个算不算进去", "这个算不算进去"),
        ("要带什么材料？我明天上午来", "要带什么材料?"),
        ("福建那四年你们不认吧；房子眼下是租的", "福建那四年你们不认吧"),
        ("住是住过，不晓得作不作数", "不晓得作不作数"),
        ("登记没办，我刚来，现在搞还来得及报明年的小学不", "现在搞还来得及报明年的小学不"),
        ("申请交上去几天能出结果", "申请交上去几天能出结果"),
        ("以前办的暂住证还有用没", "以前办的暂住证还有用没"),
        ("党员退伍军人都有，加10分还是5分", "加10分还是5分"),
        ("租房有分吗，社保怎么算，我是党员", "租房有分吗,社保怎么算"),
        ("租房有分吗，我租了三年，社保怎么算", "租房有分吗,社保怎么算"),
        ("我想问下我这种情况能有多少分我四十岁整初中文化社保三年", "我这种情况能有多少分"),
    ],
)
def test_the_part_that_asks(text: str, part: str) -> None:
    assert asking_part(read_message(text, TODAY)) == part


@pytest.mark.parametrize(
    "text",
    [
        *("登记是哪年办的真想不起来了", "到底交没交鬼晓得", "捐了多少记不清了"),
        *("上班十二个小时哪有空", "谈不上什么学历", "那个怎么讲呢，租的吧", "没去过什么地方"),
        *("五年，哦不不，四年", "好几天了", "住了没几天", "42个月？", "大专，应该算吧"),
        "我们那个谁就是我们组长啊他技师证都有",
    ],
)
def test_who_tells_what_one_does_not_know_asks_nothing(text: str) -> None:
    assert asking_part(read_message(text, TODAY)) == ""
