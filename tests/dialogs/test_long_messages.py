"""A message made to keep the bot busy costs no more than any other."""

import time

import pytest

from tests.dialogs.talks import at

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
)


@pytest.mark.parametrize("question", ["permit", "birth", "social_insurance", "county", "honours"])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_message_takes_long(question: str, text: str) -> None:
    person = at(question)
    person.line("什么")  # the topics are loaded with the first question
    started = time.process_time()
    person.line(text)
    assert time.process_time() - started < LONGEST_TURN
