"""The engine: consent, words, routing, silence, migration."""

from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import JsonValue

from dialogs.consent_texts import general
from dialogs.conversation import Conversation, Frame
from dialogs.engine import converse
from dialogs.faq import Found
from dialogs.intents.wording import spellings
from dialogs.intents.words import word
from dialogs.match_choice import bare
from dialogs.utterance import Chosen, Followed, Said, Sent
from tests.dialogs.talks import COMPLETE, NOW, RULES, agreed, at, talker


def test_the_greeting_is_said_once() -> None:
    person = talker()
    assert person.line("在吗").text.startswith("您好")
    for line in ("帮助", "哈哈哈", "[照片]", "同意", "帮助", "上一步"):
        assert "您好" not in person.line(line).text


@pytest.mark.parametrize("said", ["我叫张三", "330324199005012345", "租房有分吗"])
def test_nothing_is_kept_before_consent(said: str) -> None:
    person = talker("[关注]")
    reply = person.line(said)
    kept = person.conversation
    assert (kept.facts, kept.answered, kept.passed) == ({}, (), ())
    assert said not in kept.model_dump_json()
    assert person.unmatched == []
    assert any(choice.key == "agree" for choice in reply.choices)


@pytest.mark.parametrize(
    "said", ["结果", "修改", "预约", "材料", "继续", "重新开始", "进度", "我的预约"]
)
def test_words_that_need_consent(said: str) -> None:
    assert "同意" in talker("[关注]").line(said).text


def test_before_the_consent_a_question_may_be_narrowed_down_and_nothing_is_taken() -> None:
    person = talker("[关注]")
    for said in ("献血", "嗯哼", "大专，社保四年"):
        person.line(said)
        assert not person.conversation.consented
        assert not person.conversation.facts
    assert person.conversation.top.flow == "consent"


def test_agreement_needs_a_yes() -> None:
    assert not talker("[关注]", "不同意").conversation.consented
    assert talker("[关注]", "好的").conversation.consented


@pytest.mark.parametrize("said", sorted(filter(bare, spellings("words"))))
def test_reserved_words_are_whole_messages(said: str) -> None:
    assert word(Said(said)) is not None
    assert word(Said(f" {said}！ ")) is not None
    assert word(Said(f"你说{said}的事情吧")) is None


def test_traditional_and_full_width_words() -> None:
    assert word(Said("結果")) == "result"
    assert word(Said("為什麼")) == "why"


def test_a_detour_keeps_the_place() -> None:
    person = at("education")
    asked = person.line("帮助").choices
    for line in (
        "租房有分吗",
        "[照片]",
        "[语音]",
        "[位置]",
        "[表情]",
        "谢谢",
        "人工",
        "身份证丢了怎么办",
    ):
        reply = person.line(line)
        assert reply.choices == asked, line
        assert "您的最高学历是？" in reply.text
    assert person.conversation.facts == {}


def test_guessed_topics_give_way_to_an_answer() -> None:
    asking = at("education").conversation
    guess = Found("choices", ("rent_points", "dormitory"))
    turn = converse(asking, Said("那个那个"), NOW, RULES, find=lambda text: guess)
    assert turn.reply is not None
    assert turn.reply.choices[-1].tap == "topics.dormitory"
    turn = converse(turn.conversation, Said("大专"), NOW, RULES)
    assert turn.conversation.facts == {"education": "junior_college"}


def test_what_nobody_understood_is_handed_out_without_identity() -> None:
    person = at("education")
    person.line("咕噜咕噜怎么弄")
    assert person.unmatched == ["咕噜咕噜怎么弄"]
    for line in ("我叫张三咕噜", "13812345678咕噜", "我住在瓯北咕噜", "330324199005012345"):
        person.line(line)
    assert person.unmatched == ["咕噜咕噜怎么弄"]


def test_personal_answers_are_never_handed_out() -> None:
    person = at("social_insurance")
    for line in ("三年多", "好几年吧", "99999999999个月", "张三", "老板说有的"):
        person.line(line)
    assert person.unmatched == []


def test_after_a_short_silence_an_answer_is_kept_and_one_may_go_on() -> None:
    person = agreed("1", "1990年5月")
    person.now += timedelta(minutes=50)
    reply = person.line("大专")
    assert "记下：大专" in reply.text
    assert [choice.label for choice in reply.choices] == ["继续上次", "重新开始"]
    assert "有技能证书或职称吗" in person.line("继续").text


@pytest.mark.parametrize("silence", [timedelta(days=1), timedelta(days=7)])
def test_after_a_silence_one_is_asked_whether_to_go_on(silence: timedelta) -> None:
    person = agreed("1", "1990年5月")
    person.now += silence
    reply = person.line("大专")
    assert "最高学历" in reply.text
    assert [choice.label for choice in reply.choices] == ["继续上次", "重新开始"]
    assert "education" not in person.conversation.facts
    assert person.line("继续上次").text.startswith("记下：大专")


def test_a_question_asked_after_a_silence_is_answered_on_going_on() -> None:
    person = agreed("1", "1990年5月")
    person.now += timedelta(days=1)
    person.line("大专有几分")
    reply = person.line("1")
    assert "8 分" in reply.text
    assert "您的最高学历是？" in reply.text


def test_within_half_an_hour_one_just_goes_on() -> None:
    person = agreed("1", "1990年5月")
    person.now += timedelta(minutes=29)
    assert person.line("大专").text.startswith("记下：大专")


def test_a_word_works_after_a_silence() -> None:
    person = agreed("1", "1990年5月")
    person.now += timedelta(days=7)
    assert "估算 20 分" in person.line("结果").text


def test_menu_keys_are_words() -> None:
    person = agreed(*COMPLETE)
    assert "估算 66 分" in person.hear(Chosen("result")).text
    assert "学信网" in person.hear(Chosen("papers")).text
    assert person.hear(Chosen("nonsense")).text


def test_following_again_keeps_the_place() -> None:
    person = agreed("1")
    reply = person.hear(Followed("qrscene_1"))
    assert "您好" not in reply.text
    assert "您哪年哪月出生" in reply.text


def test_flows_do_not_pile_up() -> None:
    person = agreed("1")
    for _ in range(10):
        for line in ("修改", "明细", "我的数据", "献血", "加分", "删除我的数据", "重新开始"):
            person.line(line)
    assert len(person.conversation.waiting) < 10


def test_a_conversation_of_other_questions_is_migrated() -> None:
    old = Conversation(
        revision=0,
        consent=general().answered(NOW),
        facts={"education": "bachelor", "gone": 1, "rented_years": -4},
        answered=("education", "gone"),
        waiting=(Frame(flow="questionnaire", state={"at": "gone"}), Frame(flow="gone")),
        heard=NOW,
    )
    turn = converse(old, Said("1"), NOW, RULES)
    assert turn.conversation.facts == {"education": "bachelor"}
    assert turn.conversation.answered == ("education",)
    assert turn.reply is not None
    assert "题目有更新" in turn.reply.text
    again = converse(turn.conversation, Said("继续"), NOW, RULES).reply
    assert again is not None
    assert "【第 2 题" in again.text


@pytest.mark.parametrize("state", [{}, {"site": "nowhere"}, {"site": "oubei", "days": [["x", 1]]}])
def test_a_state_that_its_flow_cannot_read_is_left_behind(state: dict[str, JsonValue]) -> None:
    person = agreed("退出")
    waiting = (*person.conversation.waiting, Frame(flow="book_day", state=state))
    person.conversation = person.conversation.but(waiting=waiting)
    assert "回答都还在" in person.line("明天").text
    assert person.conversation.top.flow == "home"


def test_the_same_arguments_give_the_same_turn() -> None:
    person = agreed(*COMPLETE[:5])
    before = person.conversation.model_dump_json()
    first, second = (converse(person.conversation, Said("42个月"), NOW, RULES) for _ in range(2))
    assert first == second
    assert person.conversation.model_dump_json() == before


def test_hostile_texts_at_every_question() -> None:
    for said in ("啊" * 5000, "]]>", "<a href=x>", "\x00", "\ud800", "{{ 7*7 }}", "", "   "):
        for id in ("permit", "birth", "county", "honours", "welfare"):
            assert at(id).line(said).text
    assert at("birth").hear(Sent("nonsense")).text


def test_no_sentence_of_the_chat_has_an_exclamation_mark() -> None:
    chat = Path(__file__).parents[2] / "templates" / "chat"
    for template in chat.rglob("*.txt"):
        assert "！" not in template.read_text(encoding="utf-8"), template.name
