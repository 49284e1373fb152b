"""What people ask for once they have their points, in whole sentences."""

import pytest

from tests.dialogs.talks import COMPLETE, agreed, talker

ASKED = {
    "details": ("请把明细给我看一下，谢谢。", "想看看明细", "麻烦发一下明细"),
    "best_of_year": (
        "32分能干嘛 一年内怎么加最多",
        "我问一年里做什么加分最多",
        "怎么加分最快",
        "明年怎么能涨最多",
    ),
    "reach": ("80分", "那80分 怎么最快", "80分吧"),
    "advice": ("什么叫用不上 怎么加分",),
}


@pytest.mark.parametrize(("view", "said"), [(id, one) for id in ASKED for one in ASKED[id]])
def test_opens_its_view(view: str, said: str) -> None:
    person = agreed(*COMPLETE)
    person.line(said)
    assert person.conversation.top.flow == "view"
    assert person.conversation.top.state["view"] == view


def test_the_best_of_a_year_is_sorted_and_summed() -> None:
    text = agreed(*COMPLETE).line("一年内怎么加最多").text
    lines = [one for one in text.split("\n") if one.startswith("·") and "自愿" not in one]
    gains = [float(one.partition("+")[2].split()[0]) for one in lines]
    assert len(gains) > 4
    assert gains == sorted(gains, reverse=True)
    assert "大约 101 分" in text


@pytest.mark.parametrize(
    "said",
    ["最后再问一下，我说过什么，你们都记下了哪些？", "谢谢，你们都记下了什么", "那我说过什么"],
)
def test_what_was_said_is_shown(said: str) -> None:
    assert agreed(*COMPLETE).line(said).text.startswith("这里记着您的回答")


@pytest.mark.parametrize(
    "said",
    [
        "两种写法是什么意思？那我到底是15分还是30分呢？",
        "我问的是社保那个15分和30分，为什么会有两种写法呀？",
        "那到底是10.5分还是21分",
    ],
)
def test_both_readings_are_explained(said: str) -> None:
    assert "0.5 分 → 21 分" in agreed(*COMPLETE).line(said).text


@pytest.mark.parametrize("said", ["我不想约哦", "我讲了不约不约嘛", "不约不约", "算了不想预约"])
def test_who_wants_no_booking_gets_none(said: str) -> None:
    assert agreed(*COMPLETE).line(said).text.startswith("好的，没有约")


def test_why_what_was_told_gives_nothing() -> None:
    person = agreed("1", "1994年5月", "本科在读研究生")
    assert "只计已经取得的学历 → 0 分" in person.line("为什么研究生在读是0分呢？").text


def test_nothing_paid_is_why_it_gives_nothing() -> None:
    """Not the official system, which has not found one's data."""
    person = agreed(*COMPLETE, "社保改成没交过", "对")
    assert "您答：0 个月，所以没有分" in person.line("能不能说下为啥社保给我算了零分").text


@pytest.mark.parametrize("said", ["我就想知道几分 快点 送餐的", "我想知道多少分，快点"])
def test_before_the_consent_it_leads_there(said: str) -> None:
    assert talker("[关注]").line(said).text.startswith("开始前要您点一下同意")


def test_who_is_higher_needs_two() -> None:
    assert "帮老公算一下" in agreed(*COMPLETE).line("跟我老公哪个分高").text
