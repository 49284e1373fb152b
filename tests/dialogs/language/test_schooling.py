"""A school that was left, or is attended, is no certificate: each way to say so, at each level."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said
from tests.dialogs.talks import at

TODAY = date(2026, 11, 23)
LEFT = [
    *("{}没毕业", "{}没读完", "{}没念完就出来打工了", "{}辍学了", "{}肄业", "{}读了一半"),
    *("{}读了一年就出来了", "{}上了一年就不读了", "{}半路不读了", "{}没拿到毕业证", "{}没读毕业"),
    *("{}没上完", "念到{}没毕业"),
]
NOW = [
    *("{}在读", "还在读{}", "正在读{}", "{}还没毕业", "{}还没读完", "{}念着呢", "正在上{}"),
    "{}在念",
]
LOWER = ["小学", "初中", "初二", "高中", "中专", "职高", "高一", "高二"]
HIGHER = {
    "大专": "high_school",
    "函授大专": "high_school",
    "本科": "high_school",
    "大学": "high_school",
    "大一": "high_school",
    "大三": "high_school",
    "研究生": "bachelor",
}
FINISHED = {
    "高中毕业就出来打工了": "high_school",
    "读完高中就不读了": "high_school",
    "高中毕业就没读了": "high_school",
    "中专读完就不读书了": "high_school",
    "高中毕业没读大学": "high_school",
    "大专毕业后没读本科": "junior_college",
    "初中毕业就没读了": "below_high_school",
}


def _heard(text: str) -> tuple[object, tuple[object, ...], bool]:
    heard = hear(questions()["education"], Said(text), TODAY)
    back = heard.confirm.get("education")
    return heard.facts.get("education"), back.choices if back else (), "studying" in heard.facts


@pytest.mark.parametrize("level", LOWER)
def test_without_a_senior_certificate_it_is_the_lowest(level: str) -> None:
    for frame in (*LEFT, *NOW):
        value, offered, _ = _heard(frame.format(level))
        assert (value, offered) == ("below_high_school", ()), frame


@pytest.mark.parametrize(("level", "before"), HIGHER.items())
def test_what_came_before_is_offered(level: str, before: str) -> None:
    for frame in LEFT:
        assert _heard(frame.format(level))[:2] == (None, (before,)), frame


@pytest.mark.parametrize("level", HIGHER)
def test_what_is_attended_is_none_yet(level: str) -> None:
    for frame in NOW:
        value, offered, studying = _heard(frame.format(level))
        assert value is None, frame
        assert studying or offered, frame


@pytest.mark.parametrize(("text", "value"), FINISHED.items())
def test_what_was_finished_counts(text: str, value: str) -> None:
    assert _heard(text)[0] == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("高二就出来打工了没毕业", "below_high_school"),
        ("初二家里穷就没读了，出来打工", "below_high_school"),
    ],
)
def test_a_story_of_school(text: str, value: str) -> None:
    assert _heard(text)[0] == value


@pytest.mark.parametrize(
    ("child", "frame"),
    list(product(["孩子", "我儿子", "女儿"], ["在读高一", "正在读高中", "高二在读"])),
)
def test_a_child_at_school_says_nothing_of_oneself(child: str, frame: str) -> None:
    assert _heard(child + frame)[0] is None


def test_the_level_before_is_one_tap() -> None:
    person = at("education")
    assert [one.label for one in person.line("大专没读完就出来做事了").choices] == ["高中、中专"]
    person.line("对")
    assert person.conversation.facts["education"] == "high_school"
