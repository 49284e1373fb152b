"""A paper that is read for or planned is not held; what is held beside it is."""

from datetime import date
from itertools import product

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
HELD = {"高中": "high_school", "中专": "high_school", "大专": "junior_college"}
READ = {
    "{held}在读本科",
    "{held}在读本科明年六月才毕业",
    "{held}，本科要明年拿证",
    "现在{held}，本科明年拿证",
    "我现在{held}，本科还在读",
    "{held}，本科后年毕业",
    "{held}，本科28年毕业",
    "{held}，本科2028年才毕业",
    "{held}毕业，正在读本科",
    "{held}毕业，本科下半年才毕业",
    "{held}，我想去读个本科",
    "{held}，我想考个本科",
}
PLANNED = {
    "我想去考个{level}证书",
    "我想考个{level}证",
    "我还想考个{level}",
    "俺想去考个{level}证",
    "打算明年考{level}",
    "正在报名{level}",
    "正在考{level}",
    "{level}明年才考",
}
LEVELS = ("初级工", "中级工", "高级工", "初级职称", "中级职称")


def told(text: str, asked: str = "") -> dict[str, object]:
    return dict(hear(questions()[asked] if asked else None, Said(text), TODAY).facts)


def test_the_school_that_is_held_counts() -> None:
    rows = [
        (frame.format(held=word), asked, value)
        for (word, value), frame, asked in product(HELD.items(), READ, ("", "education"))
        if word == "大专" or not frame.startswith("{held}在读")
    ]
    wrong = [
        (text, asked) for text, asked, value in rows if told(text, asked)["education"] != value
    ]
    assert not wrong


def test_a_school_left_long_ago_is_held() -> None:
    for text in ("大专，本科2012年毕业", "大专，本科08年毕业", "本科，大专是2003年毕业的"):
        assert told(text)["education"] == "bachelor", text


def test_a_certificate_planned_is_not_held() -> None:
    texts = [frame.format(level=level) for frame, level in product(PLANNED, LEVELS)]
    held = [
        (text, asked)
        for text, asked in product(texts, ("", "skill"))
        if "skill" in told(text, asked)
    ]
    assert not held


def test_what_is_there_beside_a_plan_is_told() -> None:
    for frame, level in product(PLANNED, LEVELS):
        text = frame.format(level=level) + "，我现在啥证都没有"
        assert told(text, "skill") == {"skill": "none"}, text
    assert told("四级证有的，我想去考三级", "skill")["skill"] == "level_4"


def test_the_more_exact_of_two_ranks_is_told() -> None:
    assert told("入党了预备党员")["special_statuses"] == ["probationary_member"]
    assert told("党员，预备党员转正了")["special_statuses"] == ["party_member"]
