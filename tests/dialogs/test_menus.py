"""Every number and label on screen works; a list of topics stands for one message only."""

import pytest

from dialogs.flow import Talk
from dialogs.flows import top
from dialogs.reply import Reply
from dialogs.states import TopicsState
from dialogs.transcript import Talker
from tests.dialogs.talks import COMPLETE, NOW, RULES, agreed, at


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("1", "出处"),
        ("2", "通常要带"),
        ("3", "时间到了就有"),
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


LIKELY = "社保"
"""Answered anywhere with others beside."""
TOLD = "合同被我弄丢掉了"
"""Only told, and short: after the result this leads to a list of topics."""
STORY = "老板给找的地方跟厂房挨着的"


def listed(*lines: str) -> Talker:
    """A person who has a list of topics on screen, over the result."""
    person = agreed(*COMPLETE)
    for line in (TOLD, *lines):
        person.line(line)
    return person


def talk_of(person: Talker) -> Talk:
    return Talk(person.conversation, NOW, RULES)


def labels(reply: Reply) -> list[str]:
    return [choice.label for choice in reply.choices]


@pytest.mark.parametrize(
    ("said", "told"), [("不知道", "不要紧"), ("租房", "记下：租房"), ("上一步", "最高学历")]
)
def test_topics_under_an_answer_do_not_stand_in_the_way(said: str, told: str) -> None:
    person = at("home")
    person.line(LIKELY)
    assert told in person.line(said).text or person.conversation.top.flow == "questionnaire"


def test_the_likeliest_topic_is_answered_with_two_others_beside() -> None:
    reply = at("home").line(LIKELY)
    assert reply.text.startswith("每满 1 个月 0.25 分")
    assert "现在住的是？" in reply.text
    assert labels(reply)[4:] == ["外地交的社保算不算", "社保断缴怎么算"]
    assert [choice.number for choice in reply.choices] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("said", ["5", "外地交的社保算不算", "▸ 外地交的社保算不算"])
def test_another_topic_is_chosen_by_its_number_its_title_or_a_tap(said: str) -> None:
    person = at("home")
    person.line(LIKELY)
    reply = person.line(said)
    assert "浙江" in reply.text
    assert person.conversation.recent.topic == "social_insurance_elsewhere"
    assert labels(reply)[4:] == ["社保断缴怎么算"]


def test_under_a_number_that_is_asked_for_topics_go_by_letters() -> None:
    person = at("volunteer")
    reply = person.line("献血")
    assert [choice.sign for choice in reply.choices] == ["A"]
    assert person.line("a").text != reply.text
    assert person.conversation.facts == {}
    person.line("献血")
    assert "记下：志愿服务 2 次" in person.line("2").text


def test_what_only_tells_is_no_question_in_the_middle_of_the_questions() -> None:
    person = at("home")
    reply = person.line(STORY)
    assert "现在住的是？" in reply.text
    assert person.conversation.top.flow == "questionnaire"
    assert "住单位宿舍算不算" in labels(reply)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("我有台胞居住證，有效期到2029年", "不是《浙江省居住证》"),
        ("我不识字的", "键盘上的话筒"),
        ("字太小看不见", "字体大小"),
    ],
)
def test_what_stands_in_one_s_way_is_answered_though_only_told(said: str, told: str) -> None:
    person = at("permit")
    reply = person.line(said)
    assert told in reply.text
    assert "您手上有永嘉的" in reply.text
    assert person.conversation.facts == {}


def test_a_list_of_topics_never_follows_another() -> None:
    person = listed()
    assert person.conversation.top.flow == "topics"
    person.line("打开一看0分")
    assert person.conversation.top.flow == "result"


@pytest.mark.parametrize("said", ["都不是", "4"])
def test_none_of_them_leads_to_a_person_and_on(said: str) -> None:
    person = listed()
    reply = person.line(said)
    assert "0577" in reply.text
    assert "您的估算" in reply.text
    assert "您想问的是" not in person.line(TOLD).text


def test_what_follows_none_of_them_is_the_message() -> None:
    assert "出处" in listed().line("都不是 看明细").text
    person = at("social_insurance")
    person.line(LIKELY)
    assert person.line("都不是 我没交过").text.startswith("记下")


def test_several_of_them_are_told_one_after_the_other() -> None:
    person = listed()
    titles = [choice.label for choice in top(talk_of(person)).ask(talk_of(person)).choices]
    reply = person.line("1和2都要问")
    assert labels(reply)[-2] == titles[1]


def test_a_bare_no_after_a_list_answers_what_waits() -> None:
    person = at("blood")
    person.conversation = person.conversation.enter("topics", TopicsState(topics=("blood_points",)))
    assert "记下：没献过血" in person.line("没有").text
    assert person.conversation.facts["blood_donations"] == 0


def test_a_plain_question_never_ends_without_help() -> None:
    assert "0577" in at("home").line("火星上有积分吗").text
    assert "12345" in agreed(*COMPLETE).line("火星上有没有窗口啊").text


def test_a_list_of_topics_is_not_repeated_for_ever() -> None:
    person = agreed(*COMPLETE)
    replies = [person.line("什么鬼").text for _ in range(4)]
    assert len(set(replies[1:])) == 3


def test_a_slip_with_the_very_sound_of_one_choice_is_taken() -> None:
    assert "记下：大专" in at("education").line("大转").text
    assert "没看明白" in at("education").line("什么鬼").text
