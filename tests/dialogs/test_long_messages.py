"""A message made to keep the bot busy costs no more than any other; one that is too long is sent
back."""

import time

import pytest

from dialogs.language.text import LONGEST, clean
from dialogs.phrases import say
from tests.dialogs.talks import at, talker

LONGEST_TURN = 0.1
"""Seconds of computing; the platform waits five."""

HOSTILE = (
    "老公" * 250,
    "，" * 500,
    "社保三年，" * 100,
    "，".join(["我大专", "老婆本科", "社保三年多", "住了5年"] * 4),
    "从19年3月到" * 70,
    "一" * 500,
    "不是" * 249 + "是",
    "1，" * 250,
    "dazhuan" * 70,
    ("社保" * 30 + "，") * 8,
    "房租2000" * 60,
    "社保" * 300,
    "上海交了" * 150,
)


@pytest.fixture(autouse=True, scope="module")
def _loaded() -> None:
    """The topics and the words are read with the first messages, not with each."""
    for text in ("什么", "我哥交了五年社保", "wo zhu le 3 nian"):
        at("permit").line(text)


@pytest.mark.parametrize("question", ["permit", "birth", "social_insurance", "county", "honours"])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_message_takes_long(question: str, text: str) -> None:
    person = at(question)
    started = time.process_time()
    person.line(text)
    assert time.process_time() - started < LONGEST_TURN


TOO_LONG = ("大专" * 300 + "。", "？" * 2000, "ﷺ" * 60, "⑳" * 300)


@pytest.mark.parametrize("text", TOO_LONG, ids=range(len(TOO_LONG)))
@pytest.mark.parametrize("question", ["education", "honours", "birth"])
def test_a_message_that_is_too_long_is_sent_back_and_nothing_of_it_is_kept(
    question: str, text: str
) -> None:
    person = at(question)
    asked = person.line("什么")
    before, unmatched = person.conversation, [*person.unmatched]
    reply = person.line(text)
    assert reply.text.startswith(say("too_long"))
    assert [choice.tap for choice in reply.choices] == [choice.tap for choice in asked.choices]
    assert person.conversation == before.but(heard=person.now)
    assert person.unmatched == unmatched


def test_a_person_who_begins_with_a_long_message_is_greeted_all_the_same() -> None:
    person = talker()
    reply = person.line("大专" * 301)
    assert reply.text.startswith(say("too_long"))
    assert reply.choices == talker().line("[关注]").choices
    assert not person.conversation.facts


def test_a_message_of_the_longest_is_read_to_its_end() -> None:
    assert clean("好" * (LONGEST - 2) + "大专").endswith("大专")
