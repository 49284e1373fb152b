"""What is put off, or not wanted, starts nothing: 先不看明细, 预约以后再说."""

import pytest

from dialogs.booking.intent import intent_of
from dialogs.intents.deferral import deferred
from dialogs.intents.wording import ways, wording
from dialogs.intents.words import phrase, word
from dialogs.match_choice import bare
from dialogs.utterance import Said
from tests.dialogs.talks import COMPLETE, NOW, agreed, talker

COMMANDS = {
    id: [way for way in spelt if len(bare(way)) > 1]
    for id, spelt in ways("words").items()
    if id not in wording()["arranged"]["answers"]
}
FRAMES = (
    "先不{}",
    "先不用{}",
    "暂时不{}",
    "以后再{}",
    "下次再{}吧",
    "{}以后再说",
    "{}先不弄",
    "今天不{}了",
)


@pytest.mark.parametrize("frame", FRAMES)
def test_a_word_put_off_is_no_word_and_wants_nothing_of_the_desk(frame: str) -> None:
    for id, spelt in COMMANDS.items():
        for way in spelt:
            said = frame.format(way)
            assert word(Said(said)) is None, said
            assert phrase(Said(said)) is None or id == "appointment", said
            assert intent_of(said, NOW.date()) is None, said


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("id", COMMANDS)
def test_each_command_put_off_is_heard_as_that(id: str, frame: str) -> None:
    found = deferred(frame.format(COMMANDS[id][0]))
    assert found is not None
    assert found.word == id


@pytest.mark.parametrize(
    "said",
    [
        *("先不看明细", "明细以后再看", "材料清单先不用", "以后再测", "先不取消预约", "修改先不弄"),
        *(
            "先不弄",
            "等会再说",
            "以后再说吧",
            "那我先走了 先不弄 我去跑单 预约以后再说👋",
            "不用预约",
        ),
    ],
)
@pytest.mark.parametrize("told", [None, COMPLETE], ids=["before", "after"])
def test_nothing_is_started(told: tuple[str, ...] | None, said: str) -> None:
    person = agreed(*told) if told else talker("[关注]")
    asked = person.conversation.top.flow
    text = person.line(said).text
    assert text.startswith(("好，先不", "好的，没有约。")), text
    assert person.conversation.top.flow == asked


def test_what_is_wanted_beside_it_is_heard() -> None:
    person = agreed(*COMPLETE)
    assert "哪个乡镇" in person.line("先不看明细，帮我预约").text


def test_later_on_the_way_to_an_appointment_leaves_it() -> None:
    person = agreed(*COMPLETE, "预约")
    assert person.line("以后再说吧").text.startswith("好的，没有约。")
    assert person.conversation.top.flow == "result"


@pytest.mark.parametrize(
    "said", ["先不知道", "现在不住了", "以后再交社保", "不用预约吗", "暂时没有"]
)
def test_what_puts_nothing_off(said: str) -> None:
    assert deferred(said) is None


def test_what_is_offered_by_its_word_works_under_a_text_that_was_looked_at() -> None:
    person = agreed(*COMPLETE, "改社保", "看明细", "下一页")
    assert person.line("跳过").text.startswith("好，社保不改。")
