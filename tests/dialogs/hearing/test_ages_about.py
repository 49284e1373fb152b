"""An age told roughly is never recorded, whatever makes it rough."""

from datetime import date

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
AGES = ("三十", "四十", "五十", "45", "50")
ABOUT = [
    *("{}出头", "{}多", "{}多了", "快{}", "快{}了", "{}左右", "{}上下", "{}不到", "{}挂零", "近{}"),
    *("大概{}", "差不多{}", "{}来岁", "虚岁{}", "{}几", "奔{}", "将近{}", "{}开外", "不到{}"),
]


@pytest.mark.parametrize("asked", ["birth", None])
def test_no_rough_age_is_recorded(asked: str | None) -> None:
    question = questions()[asked] if asked else None
    for frame in ABOUT:
        for age in AGES:
            heard = hear(question, Said(frame.format(age)), TODAY)
            assert not heard.facts, frame.format(age)


@pytest.mark.parametrize("said", ["五十", "五十了", "我五十", "今年五十", "都五十了"])
def test_a_plain_age_is(said: str) -> None:
    assert hear(questions()["birth"], Said(said), TODAY).facts["age_years"] == 50
