"""After the result, a short question in any dialect is about one's own result; who runs the service
and what it costs is told when asked."""

import pytest

from tests.dialogs.talks import COMPLETE, agreed, at

OWN = {
    "下一步：备好材料，约": "那我下一步做啥子 接下来怎么办 我要先做什么 该怎么弄呢 下一步干嘛",
    "够不够": "够不 够不得 够了不 够得到不 那够不够嘛",
    "通常要带": "带啥 要拿啥子 我要带啥子去嘛 到时候要带么子 那我要带些啥东西去 要准备什么材料",
    "时间到了就有": "咋加分 咋个多拿点分 啷个加分 如何多加点分",
    "估算 66 分": "那我自己能有几分 我自己多少分 我能有好多分",
}
RUNS = "要不要钱 收多少钱 是不是骗子 又是骗钱的吧 不会是骗人的吧"


@pytest.mark.parametrize("answer", OWN)
def test_one_s_own_result_answers(answer: str) -> None:
    person = agreed(*COMPLETE)
    for asked in OWN[answer].split():
        assert answer in person.line(asked).text, asked


def test_who_runs_it_and_what_it_costs() -> None:
    person = agreed(*COMPLETE)
    for asked in RUNS.split():
        assert "不收钱" in person.line(asked).text, asked


@pytest.mark.parametrize("asked", ["好的，请继续。", "请继续", "接着来", "好的继续"])
def test_going_on_is_no_miss(asked: str) -> None:
    assert "没看明白" not in at("county").line(asked).text


@pytest.mark.parametrize("place", ["修改", "材料"])
def test_what_to_bring_is_one_s_own_wherever_it_is_asked(place: str) -> None:
    person = agreed(*COMPLETE, place)
    assert "①身份证" in person.line("那我要带些啥东西去").text


def test_what_to_bring_for_a_topic_just_told_is_the_topic_s() -> None:
    assert "无偿献血证" in agreed(*COMPLETE, "献血怎么算分").line("那个要带什么").text


def test_enough_or_not_is_told_with_one_s_own_points() -> None:
    person = agreed(*COMPLETE)
    shown = person.line("够不够").text
    assert shown.startswith("您的估算：66 分")
    assert "够不够说不准" in shown
    assert "您的估算：66 分" in person.line("那我下一步做什么").text


def test_who_has_no_permit_gets_it_first() -> None:
    person = agreed(
        *("2", "1965年2月", "初中", "都没有", "没交过", "15个月", "都不是", "都没有", "都没有")
    )
    assert (
        "下一步：先办《浙江省居住证》，怎么办问居住地派出所。" in person.line("我要先做什么").text
    )
    assert "先办它：发“居住证怎么办”" in person.line("要带什么去").text
    assert "有的发“有 1”，缺的发“缺 1”" in person.line("材料").text
    assert "居住证" in person.line("居住证怎么办").text
