"""How many questions there are is said as a range, and kept; a first answer is no change."""

import re

import pytest

from dialogs.agenda import most_left
from dialogs.flow import Talk
from tests.dialogs.talks import COMPLETE, NOW, RULES, agreed, talker

LEFT = re.compile(r"后面(至少 )?(\d{1,2}) 题")


@pytest.mark.parametrize("ticks", ["都没有", "1 3 4 5 6 7 9 10 11"])
def test_the_most_questions_are_told_first_and_never_exceeded(ticks: str) -> None:
    person = talker("[关注]")
    said = re.search(r"(\d+) 题起.{1,30}最多 (\d+) 题", person.line("同意").text)
    assert said
    least, most = int(said[1]), int(said[2])
    assert most > least
    asked = 0
    person = agreed()
    answers = iter((*COMPLETE[:8], ticks, *["没有"] * 30))
    while person.conversation.top.flow == "questionnaire" and asked < 40:
        before = most_left(Talk(person.conversation, NOW, RULES))
        reply = person.line(next(answers)).text
        asked += 1
        told = LEFT.search(reply)
        after = most_left(Talk(person.conversation, NOW, RULES))
        assert after < before
        if told and not told[1]:  # exactly so many, not only the least
            assert int(told[2]) == after - 1
    assert least <= asked <= most


def test_what_was_left_open_is_filled_in_not_changed() -> None:
    person = agreed(*COMPLETE[:1], "跳过", *COMPLETE[2:])
    assert "补上了" in person.line("90年5月出生").text
    assert "改好了" in person.line("改成80年5月出生").text
