"""What is said before the consent: held for ten minutes, heard with the yes, gone with the no."""

from datetime import timedelta

import pytest

from dialogs.conversation import Conversation
from dialogs.early import CHARACTERS, MOST, held
from dialogs.utterance import Said
from tests.dialogs.talks import NOW, talker

TOLD = "大专，社保四年"
HELD = "先留 10 分钟"


def texts(conversation: Conversation) -> list[str]:
    return [one.text for one in conversation.early]


def test_what_was_told_counts_with_the_yes() -> None:
    person = talker("[关注]")
    assert HELD in person.line(TOLD).text
    assert (person.conversation.facts, texts(person.conversation)) == ({}, [TOLD])
    reply = person.line("同意").text
    assert "记下：大专，8 分；社保 48 个月，12 分。" in reply
    assert "居住证" in reply.splitlines()[-2]  # and on to the first question
    assert person.conversation.early == ()
    assert person.conversation.facts["social_insurance_months"] == 48


def test_several_messages_are_all_heard_in_their_order() -> None:
    person = talker("大专", "[关注]", "社保四年，公积金两年", "说错了，社保是五年", "同意")
    facts = person.conversation.facts
    assert facts["education"] == "junior_college"
    assert (facts["housing_fund_months"], facts["social_insurance_months"]) == (24, 60)


@pytest.mark.parametrize("no", ["不同意", "不用了", "3"])
def test_a_no_deletes_it(no: str) -> None:
    person = talker("[关注]", TOLD)
    assert "已经删了，什么都没有记" in person.line(no).text
    assert person.conversation.early == ()
    person.line("开始")
    assert "大专" not in person.line("同意").text


def test_after_ten_minutes_it_is_gone_and_that_is_said() -> None:
    person = talker("[关注]", TOLD)
    person.now += timedelta(minutes=9)
    person.line("社保五年")
    person.now += timedelta(minutes=2)
    person.line("在吗")
    assert texts(person.conversation) == ["社保五年"]  # each by its own time
    person.now += timedelta(minutes=10)
    assert "留满了 10 分钟，已经删了" in person.line("同意").text
    assert person.conversation.facts == {}


def test_so_much_is_held_and_no_more() -> None:
    person = talker("[关注]", *["社保四年"] * MOST)
    assert "这一句没有留" in person.line("大专").text
    assert len(person.conversation.early) == MOST
    long = held(Conversation(), "社保四年" * (CHARACTERS // 4), NOW)
    assert long is not None
    assert held(long, "大专", NOW) is None


@pytest.mark.parametrize("number", ["13812345678", "330324199005012345", "138 1234 5678"])
def test_numbers_of_a_person_are_not_held(number: str) -> None:
    person = talker("[关注]", f"我{number}，{TOLD}，公积金100个月")
    assert texts(person.conversation) == [f"我，{TOLD}，公积金100个月"]


@pytest.mark.parametrize("said", ["在吗", "大专几分", "我叫张三", "谢谢", "电话", "嗯"])
def test_what_tells_nothing_is_not_held(said: str) -> None:
    assert talker("[关注]", said).conversation.early == ()


@pytest.mark.parametrize("before", [["先看看什么能加分"], ["不同意"], ["献血"]])
def test_wherever_it_is_said_it_is_held_and_the_consent_asked(before: list[str]) -> None:
    person = talker("[关注]", *before)
    assert "您刚才说的先留" in person.line(TOLD).text
    assert texts(person.conversation) == [TOLD]
    assert "大专" in person.line("同意").text


def test_what_is_asked_beside_it_is_answered_at_once_and_only_then() -> None:
    person = talker("[关注]")
    reply = person.line(f"{TOLD}，献血有几分？").text
    assert "献血" in reply
    assert HELD in reply
    assert "献血" not in person.line("同意").text


def test_the_first_message_of_all() -> None:
    person = talker()
    reply = person.line(f"你好，{TOLD}").text
    assert "您刚才说的先留着" in reply
    assert "记下：大专" in person.line("1").text


@pytest.mark.parametrize("said", [f"同意，{TOLD}", f"我同意 {TOLD}"])
def test_a_yes_and_what_is_behind_it(said: str) -> None:
    person = talker("[关注]")
    assert "记下：大专" in person.line(said).text
    assert person.conversation.consented


@pytest.mark.parametrize("said", [f"不同意，{TOLD}", f"同意不了，{TOLD}", f"没同意，{TOLD}"])
def test_no_yes_is_heard_where_there_is_none(said: str) -> None:
    assert not talker("[关注]", said).conversation.consented


def test_a_place_and_a_time_said_first_lead_there() -> None:
    person = talker("[关注]")
    assert "同意，去预约" in [one.label for one in person.line("预约瓯北下周二上午").choices]
    assert "瓯北街道" in person.line("同意，去预约").text


def test_what_was_told_and_a_place_both_count() -> None:
    person = talker("[关注]", TOLD, "预约瓯北下周二上午")
    reply = person.line("同意").text
    assert reply.startswith("记下：大专，8 分；社保 48 个月")
    assert "瓯北街道" in reply
    assert person.conversation.facts["education"] == "junior_college"
    assert person.conversation.noted == ""
    person.line("先不约")
    assert person.conversation.top.flow == "questionnaire"


def test_what_was_told_on_the_way_to_an_appointment() -> None:
    person = talker("[关注]", "预约", TOLD)
    assert "记下：大专" in person.line("同意").text
    assert person.conversation.top.flow == "book"


@pytest.mark.parametrize(
    "said", ["我想知道我多少分", "帮我算一下", "我多少分", "想查一下自己有几分", "算分"]
)
def test_who_wants_to_know_is_led_to_the_consent_and_on(said: str) -> None:
    person = talker("[关注]")
    reply = person.line(said).text
    assert "开始前要您点一下同意" in reply
    assert "【第 1 题" in person.line("同意").text


def test_what_is_not_understood_after_all_is_named() -> None:
    person = talker("[关注]")
    person.line("社保断了")  # names a fact, without a value
    reply = person.line("同意").text
    assert "社保" in reply
    assert person.conversation.facts == {}


def test_the_reply_never_repeats_what_it_holds() -> None:
    person = talker("[关注]")
    for said in (TOLD, "博士学历"):
        assert said not in person.hear(Said(said)).text


YES = (
    *("要得", "好嘛", "行", "可以", "中", "得", "好的", "成", "没问题", "ok", "好噻", "对头", "嗯"),
    *("可以可以", "要得要得", "得嘞", "管", "整吧", "阔以", "系", "恩恩", "莫得问题", "没得问题"),
)
COUNT = (
    *("", "你算嘛", "同意嘛", "算吧", "你帮我算", "开始吧", "测吧", "，帮我算一下", " 你算嘛"),
    *("，我同意", "弄吧"),
)


@pytest.mark.parametrize("yes", YES)
def test_a_yes_to_the_consent_in_any_region(yes: str) -> None:
    """253 texts and some more. First run: 180 were not heard."""
    asked = talker("[关注]")
    before = asked.conversation
    for ending in COUNT:
        asked.line(f"{yes}{ending}")
        assert asked.conversation.consented, ending
        asked.conversation = before


@pytest.mark.parametrize(
    "text", ["我说同意了塞", "我都同意了嘛", "说了同意了", "同意咯", "那就同意"]
)
def test_a_consent_with_some_impatience(text: str) -> None:
    assert talker("[关注]", text).conversation.consented


@pytest.mark.parametrize(
    "text",
    [
        *("不要得", "要得不", "不行", "行不行", "可以不同意吗", "我不同意", "同意书是啥", "算了"),
        *("得问我老公", "不整", "我再想想", "可以不", "老婆同意了", "中专", "得了吧", "我没说同意"),
        *("俺不同意咋了", "对不起", "好多人同意吗", "行了别问了"),
    ],
)
def test_what_is_no_consent(text: str) -> None:
    assert not talker("[关注]", text).conversation.consented
