"""A question for what something is tells nothing, and changes no answer."""

from itertools import product

import pytest

from dialogs.engine import converse
from dialogs.interpret import hear
from dialogs.language.vocabulary import nouns, stated_values
from dialogs.questions import questions
from dialogs.utterance import Said
from tests.dialogs.talks import COMPLETE, NOW, RULES, agreed

FRAMES = [
    *("{}是什么", "“{}”是什么？", "{}是什么意思", "{}是啥", "“学法用法”和“{}”是什么？"),
    *("{}、红色驿站分别是什么", "{}到底是什么东西", "请问{}指的是什么", "“{}”和公积金都是什么"),
]


@pytest.mark.parametrize("id", ["county", "welfare", "skill", None])
def test_it_tells_nothing(id: str | None) -> None:
    words = [*stated_values(), *nouns()]
    assert len(words) > 200
    question = questions()[id] if id else None
    for at, word in enumerate(words):
        for frame in FRAMES[at % 3 :: 3]:  # each word in three frames
            text = frame.format(word)
            heard = hear(question, Said(text), NOW.date())
            assert not heard.facts, text


def test_it_changes_no_answer_after_the_result() -> None:
    finished = agreed(*COMPLETE).conversation
    names = ("红色驿站", "乡音调解", "党员", "劳动合同", "居住证", "人才认定")
    for name, frame in product(names, FRAMES):
        turn = converse(finished, Said(frame.format(name)), NOW, RULES)
        assert turn.conversation.facts == finished.facts, frame.format(name)
        assert turn.conversation.top.flow not in ("overwrite", "change"), frame.format(name)


def test_what_is_told_before_it_is_taken() -> None:
    for gap in ("，", " "):
        heard = hear(questions()["county"], Said(f"我是党员{gap}红色驿站是什么"), NOW.date())
        assert "red_station_service" not in heard.facts
        assert heard.answer is not None
