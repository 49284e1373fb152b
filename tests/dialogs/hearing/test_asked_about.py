"""A question or an annoyed echo of an item tells nothing of it: 啥子党员哦, 怎么又问献血."""

from datetime import date
from pathlib import Path

import pytest

from dialogs.data import parse
from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
DATA = parse(Path(__file__).with_name("asked_about.yaml").read_text("utf-8"))


@pytest.mark.parametrize("asked", ["", "special_status"])
def test_what_is_asked_about_is_not_told(asked: str) -> None:
    question = questions()[asked] if asked else None
    texts = [frame.replace("#", item) for frame in DATA["frames"] for item in DATA["items"]]
    heard = ((text, hear(question, Said(text), TODAY).facts) for text in texts)
    assert {text: facts for text, facts in heard if facts} == {}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("我是党员加不加分", "special_statuses"),
        ("我党员加不加分", "special_statuses"),
        ("我是党员，能加几分", "special_statuses"),
        ("我又是党员又是退伍军人", "special_statuses"),
        ("捐款么，我捐了五百", "charity_yuan"),
        ("公积金单位不给交", "housing_fund_months"),
    ],
)
def test_what_is_told_beside_a_question_is_told(text: str, fact: str) -> None:
    heard = hear(None, Said(text), TODAY)
    assert fact in {**heard.facts, **heard.confirm}


@pytest.mark.parametrize("text", ["党员有加分没", "党员有分没", "荣誉算分没", "没有献血行不行"])
@pytest.mark.parametrize("asked", ["volunteer", "charity", "blood"])
def test_a_question_that_ends_with_a_no_is_no_denial(text: str, asked: str) -> None:
    assert hear(questions()[asked], Said(text), TODAY).facts == {}
