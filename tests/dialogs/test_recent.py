"""What people leave out because it was just spoken of."""

import pytest

from tests.dialogs.talks import COMPLETE, agreed, at


@pytest.mark.parametrize(
    "said",
    [
        *(
            "为什么有两种说法",
            "凭什么社保还写不一样 到底按哪个",
            "怎么会有两种算法啊",
            "那到底按哪个",
        ),
        *("为什么写得不一样", "那两种说法是怎么回事"),
    ],
)
def test_two_readings_are_those_of_what_was_just_recorded(said: str) -> None:
    person = at("social_insurance")
    assert "写法不一" in person.line("42个月").text
    reply = person.line(said)
    assert "说明稿写每月 0.25 分 → 10.5 分（先按这个算）" in reply.text
    assert "0.5 分 → 21 分" in reply.text
    assert "居住证" in reply.text  # the question that waits is asked again


def test_after_the_result_they_are_those_that_make_it_a_range() -> None:
    assert "每月 0.5 分 → 21 分" in agreed(*COMPLETE).line("为什么有两种说法").text


def test_what_the_message_names_comes_before_what_was_spoken_of() -> None:
    person = agreed(*COMPLETE)
    person.line("开店有分吗")
    assert "缴纳社会保险" in person.line("凭什么社保还写不一样").text


@pytest.mark.parametrize(
    "said", ["那个要带什么", "这个要准备哪些材料呢", "那要什么证明", "这怎么证明"]
)
def test_what_to_bring_for_what_was_spoken_of(said: str) -> None:
    person = agreed(*COMPLETE)
    person.line("献血加几分")
    assert "无偿献血证" in person.line(said).text
    person.line("租房有分吗")
    assert "租赁合同" in person.line(said).text


def test_what_to_bring_for_the_last_answer() -> None:
    person = at("housing_fund")
    person.line("两年")
    assert "缴存证明" in person.line("那个要带什么").text


@pytest.mark.parametrize("said", ["60小时算几次", "几次算", "几个小时算一次", "那半天算几次啊"])
def test_how_many_times_is_about_what_is_asked(said: str) -> None:
    person = at("volunteer")
    reply = person.line(said)
    assert "按次数算" in reply.text
    assert "志愿服务平台记录" in reply.text
    assert person.conversation.facts == {}
    assert "记下：志愿服务 4 次" in person.line("4次").text


def test_how_many_times_of_something_else_refers_to_nothing() -> None:
    assert "按次数算" not in at("residence").line("60小时算几次").text


def test_why_after_an_answer_is_about_it() -> None:
    person = agreed(*COMPLETE)
    person.line("大专有几分")
    assert "出处" in person.line("为什么").text


def test_why_after_a_question_is_about_the_question() -> None:
    assert "住房算一项分" in at("home").line("为什么").text


def test_that_one_stands_for_what_was_told() -> None:
    person = agreed(*COMPLETE)
    person.line("志愿者怎么加分")
    assert "在本县参加志愿服务每次 0.5 分" in person.line("那个最多几分").text
