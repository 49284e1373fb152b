"""Thanks, and the wish to see one's own answers, at whatever is asked."""

import pytest

from dialogs.intents.words import small_talk
from dialogs.questions import questions
from dialogs.states import QuestionState
from dialogs.utterance import Said
from tests.dialogs.talks import COMPLETE, agreed, at, talker

THANKS = [
    *("谢谢你啊", "好的谢谢", "麻烦你了", "辛苦了", "谢谢啦师傅", "好，谢谢您", "太感谢了"),
    *(
        "谢谢，那我先走了",
        "谢谢，没事了",
        "知道了谢谢",
        "不好意思打扰了",
        "谢谢哈",
        "多谢老师",
        "谢谢了要得",
        "知道咯 谢谢老弟",
        "谢谢",
    ),
]
SEES = ["我的回答", "看看我填的", "我填了什么", "我都填了啥", "看我的答案", "看看我之前填了什么"]
ASKED = ["permit", "birth", "education", "social_insurance", "county", "volunteer"]


@pytest.mark.parametrize("question", ASKED)
@pytest.mark.parametrize("text", THANKS)
def test_thanks_are_answered_and_the_question_is_asked_again(question: str, text: str) -> None:
    person = at(question)
    assert person.line(text).text == f"不客气。\n{questions()[question].ask}"
    assert person.conversation.misses == 0


@pytest.mark.parametrize("text", THANKS)
def test_thanks_at_the_result_at_booking_and_before_agreeing(text: str) -> None:
    assert agreed(*COMPLETE).line(text).text.startswith("不客气。")
    assert agreed("预约").line(text).text.startswith("不客气。\n您住在哪个")
    if "好" not in text.replace("不好", ""):  # 好的谢谢 agrees
        assert talker("[关注]").line(text).text.startswith("不客气。")


@pytest.mark.parametrize(
    "text", ["太麻烦了", "麻烦死了", "好麻烦", "谢谢，我社保三年", "麻烦帮我算算"]
)
def test_what_says_more_is_no_thanks(text: str) -> None:
    assert small_talk(Said(text)) != "thanks"


@pytest.mark.parametrize("question", ASKED)
@pytest.mark.parametrize("text", SEES)
def test_who_wants_to_see_the_answers_sees_them(question: str, text: str) -> None:
    person = agreed("1", "1994年5月")
    person.conversation = person.conversation.go("questionnaire", QuestionState(at=question))
    reply = person.line(text)
    assert "您的回答：有居住证；出生年月 1994年5月，32 岁。" in reply.text
    assert reply.choices[0].label == "修改回答"
    assert person.conversation.waiting[0].flow == "questionnaire"  # asked again afterwards


@pytest.mark.parametrize("text", ["我填错了", "刚才写错了怎么改", "前面选错了一题"])
def test_who_made_a_mistake_sees_the_answers(text: str) -> None:
    for person in (agreed("1", "1994年5月"), agreed(*COMPLETE)):
        person.line(text)
        assert person.conversation.top.flow == "change"


def test_who_has_answered_nothing_is_told_so() -> None:
    assert "还没有记您的回答" in agreed().line("看看我填的").text


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        *(("咋整啊 在嘛😂", "greeting"), ("在嘛", "greeting"), ("师傅，在不", "greeting")),
        *(("行叭 3q", "thanks"), ("好吧，哈哈 谢谢师傅", "thanks"), ("行吧", "fine")),
        *(("咋整啊 社保五年", None), ("在嘛 租房算不算", None), ("烦死了 在吗", "anger")),
    ],
)
def test_several_words_of_small_talk_are_small_talk(said: str, kind: str | None) -> None:
    assert small_talk(Said(said)) == kind


def test_a_greeting_and_thanks_in_the_talk() -> None:
    assert talker("[关注]").line("咋整啊 在嘛😂").text.startswith("我在。")
    assert agreed(*COMPLETE).line("行叭 3q").text.startswith("不客气。")
