"""So much each time, over so long: multiplied, and said back for a yes."""

from datetime import date

import pytest

from dialogs.interpret import hear
from dialogs.language import Refused
from dialogs.questions import questions
from dialogs.reading import Taken
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
RATES = [
    ("charity", "每月两百交了三年", (7200,)),  # 200 × 36
    ("charity", "每年捐一百，捐了六年", (600,)),
    ("charity", "一个月二十块，从2020年1月捐到现在", (1640,)),  # 20 × 82
    ("blood", "一年两次，献了三年", (6,)),
    ("blood", "每半年献一次，献了三年", (6,)),
    ("volunteer", "每个月去两次去了一年", (24,)),
    ("social_insurance", "每年交六个月，交了三年", (18,)),
    ("volunteer", "每周一次，去了半年", ()),  # weeks are no part of months: asked
    ("blood", "一年一次", ()),  # for how long is not said
]


@pytest.mark.parametrize(("asked", "text", "total"), RATES)
def test_a_rate_is_never_the_whole(asked: str, text: str, total: tuple[int, ...]) -> None:
    heard = hear(questions()[asked], Said(text), TODAY)
    assert not heard.facts
    assert isinstance(heard.answer, Refused)
    assert heard.answer.choices == total


@pytest.mark.parametrize(
    ("asked", "text", "value"),
    [
        ("housing_fund", "每个月交400，交了26个月了", 26),  # what is paid tells not how long
        ("social_insurance", "每个月都交，三年", 36),
        ("charity", "我和老婆各五百", 500),  # one's own share
        ("charity", "两个人一人三百", 300),
        ("blood", "一共3次", 3),
    ],
)
def test_what_is_no_rate_of_it(asked: str, text: str, value: int) -> None:
    answer = hear(questions()[asked], Said(text), TODAY).answer
    assert isinstance(answer, Taken)
    assert list(answer.facts.values()) == [value]
