"""Every number and label on screen works; a list of topics stands for one message only."""

import pytest

from tests.dialogs.talks import COMPLETE, agreed, at


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("1", "出处"),
        ("2", "通常需要"),
        ("3", "现在就能做"),
        ("1.看明细", "出处"),
    ],
)
def test_the_result_s_menu_goes_by_number_and_label(said: str, told: str) -> None:
    assert told in agreed(*COMPLETE).line(said).text


@pytest.mark.parametrize("said", ["啊吧啊吧", "谢谢"])
def test_a_page_is_not_told_again_after_something_else(said: str) -> None:
    person = agreed(*COMPLETE)
    pages = person.line("明细").text
    told = person.line(said)
    assert "出处" in pages
    assert "出处" not in told.text
    assert "刚才在看明细，第 1/" in told.text
    assert "出处" in person.line(told.choices[0].label).text  # 下一页


def test_home_s_menu_goes_by_number() -> None:
    assert "估算 66 分" in agreed(*COMPLETE, "退出").line("2").text
    assert "现在住的是" in agreed(*COMPLETE[:6], "退出").line("1").text


def test_an_unfinished_result_goes_on_by_number() -> None:
    assert "出生" in agreed("1", "结果").line("1").text


TOPICS = "社保"
"""At the question of the home this leads to a list of topics."""


@pytest.mark.parametrize(
    ("said", "told"), [("不知道", "不要紧"), ("租房", "记下：租房"), ("为什么", "住房算一项分")]
)
def test_what_chooses_no_topic_is_heard_by_the_question(said: str, told: str) -> None:
    person = at("home")
    person.line(TOPICS)
    assert person.conversation.top.flow == "topics"
    assert told in person.line(said).text


def test_back_from_a_list_of_topics_leads_to_the_question() -> None:
    person = at("home")
    person.line(TOPICS)
    assert person.line("上一步").text.endswith("现在住的是？")


def test_a_list_of_topics_is_not_repeated_for_ever() -> None:
    person = agreed(*COMPLETE)
    replies = [person.line("什么鬼").text for _ in range(4)]
    assert len(set(replies[1:])) == 3


def test_a_slip_with_the_very_sound_of_one_choice_is_taken() -> None:
    assert "记下：大专" in at("education").line("大转").text
    assert "没看明白" in at("education").line("什么鬼").text
