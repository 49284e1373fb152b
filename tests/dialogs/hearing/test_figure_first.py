"""A figure, and behind it how it came about, or what changes it."""

import pytest

from tests.dialogs.hearing.test_sets import heard_facts

STAYS = [
    ("social_insurance", "八年半 从2018年开始的", 102),
    ("social_insurance", "满五年了 上个月刚满", 60),
    ("social_insurance", "五年三个月 有三个月是我自己补的也算在里头了", 63),
    ("social_insurance", "26个月 前面在江苏交的十几个月没转过来", 26),
    ("housing_fund", "刚好一年 去年12月才开始的", 12),
    ("volunteer", "十次 疫情那年就做了七次", 10),
    ("volunteer", "五次 一共二十几个小时", 5),
]
CHANGED = [
    ("social_insurance", "三年 后来断了半年"),
    ("social_insurance", "两年 现在快三年了"),
    ("social_insurance", "四年 其中一年没交"),
    ("social_insurance", "三年 2015年开始的"),
    ("social_insurance", "五年 里面有一年在广东"),
    ("social_insurance", "五年 今年停了三个月"),
    ("social_insurance", "三年 去年补了半年"),
    ("social_insurance", "三年 有一年是农保"),
    ("social_insurance", "三年 每年都断两个月"),
    ("rented", "宿舍三年 出来租两年"),
    ("rented", "先住宿舍一年 后来老婆过来了就外面租 租了四年"),
    ("blood", "五次 有两次在老家"),
    ("blood", "三次 又去了一次"),
    ("blood", "3次 去年2次 今年2次"),
    ("blood", "5次 今年有一次没献成"),
    ("charity", "1000 去年500今年800"),
    ("charity", "1000元 其中500是公司给的"),
]


@pytest.mark.parametrize(("asked", "text", "value"), STAYS)
def test_how_a_figure_came_about_leaves_it_as_it_is(asked: str, text: str, value: int) -> None:
    assert value in heard_facts({"asked": asked, "text": text}).values()


@pytest.mark.parametrize(("asked", "text"), CHANGED)
def test_what_may_change_a_figure_leaves_nothing_certain(asked: str, text: str) -> None:
    told = heard_facts({"asked": asked, "text": text})
    assert not any(isinstance(one, int) and not isinstance(one, bool) for one in told.values())
