"""A school that one attends, in whatever form, is told beside what was finished before."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
FORMS = ("", "电大的", "函授", "成人", "国开的", "自考的", "在职", "专升本的")
LEVELS = {"大专": "junior_college", "本科": "bachelor_or_above"}
FRAMES = ("现在还在读{form}{level}", "正在读{form}{level}", "现在在读{form}{level}")
STILL = ("{level}，还要读一年", "{level}还有一年毕业", "{level}，机电一体化，还要读两年")


@pytest.mark.parametrize("frame", FRAMES)
def test_the_form_of_study_says_nothing_else(frame: str) -> None:
    for form, level in product(FORMS, LEVELS):
        text = "我是中专毕业的，" + frame.format(form=form, level=level)
        facts = hear(None, Said(text), TODAY).facts
        assert facts == {"education": "high_school", "studying": LEVELS[level]}, text


@pytest.mark.parametrize("frame", STILL)
def test_what_is_left_of_a_school(frame: str) -> None:
    for level, value in LEVELS.items():
        facts = hear(questions()["studying"], Said(frame.format(level=level)), TODAY).facts
        assert facts == {"studying": value}, frame


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("正在读专升本（函授）", "bachelor_or_above"),
        ("现在研二在读", "bachelor_or_above"),
        ("现在没有在读打算明年去报一个大专", "none"),
        ("我没读，儿子在读大学", "none"),
    ],
)
def test_answers(text: str, value: str) -> None:
    assert hear(questions()["studying"], Said(text), TODAY).facts == {"studying": value}


@pytest.mark.parametrize(
    "text",
    ["大专毕业", "我读的电大大专，毕业了", "大专毕业，还要工作一年", "没在读书", "打算去读大专"],
)
def test_nothing_else_is_attended(text: str) -> None:
    assert hear(None, Said(text), TODAY).facts.get("studying") in (None, "none")


@pytest.mark.parametrize(
    "text",
    [
        *("我在上塘教小学语文", "请问积分多少分可以让孩子读公办小学?", "我是小学老师"),
        *("房子在初中对面", "小学报名要多少分", "附近的小学好不好进"),
    ],
)
def test_a_school_where_one_works_or_a_child_is_to_go(text: str) -> None:
    assert "education" not in hear(None, Said(text), TODAY).facts


@pytest.mark.parametrize(
    ("text", "value"),
    [("我公办高中毕业的", "high_school"), ("我弟是研究生，我没他会读，本科", "bachelor")],
)
def test_one_s_own_school_counts(text: str, value: str) -> None:
    assert hear(None, Said(text), TODAY).facts == {"education": value}


STUDENTS = ("我女儿", "我老公", "我弟弟", "儿子", "我小姨子")


def test_who_it_is_that_attends() -> None:
    for denied, who, level in product(("我没有在读", "我没读", "没有"), STUDENTS, LEVELS):
        for attends in (f"在读{level}", f"{level}在读"):
            text = f"{denied}，是{who}{attends}"
            heard = hear(questions()["studying"], Said(text), TODAY)
            assert heard.facts == {"studying": "none"}, text
    for own in ("我35岁，是小学老师，本科毕业", "我没上学了，是老师，本科毕业"):
        assert hear(None, Said(own), TODAY).facts["education"] == "bachelor", own


PLANNED = ("打算明年去报名", "准备下半年去报", "想明年再考", "打算报名", "以后再读")


def test_a_school_before_its_plan_is_not_one_s_own() -> None:
    for planned, mark, level in product(PLANNED, "。，", LEVELS):
        text = f"高中{mark}{level}{planned}"
        for asked in (None, questions()["education"]):
            facts = hear(asked, Said(text), TODAY).facts
            assert facts.get("education") in ("high_school", None), text
    for told in ("大专，报名过志愿者", "大专，明年打算回老家", "大专读完了，打算考级"):
        assert hear(None, Said(told), TODAY).facts["education"] == "junior_college", told


def test_the_level_alone_is_what_one_attends() -> None:
    """It is asked which school one attends now."""
    for frame, level in product(("{}", "函授{}", "电大{}", "{}，函授", "自考{}"), LEVELS):
        heard = hear(questions()["studying"], Said(frame.format(level)), TODAY)
        assert heard.facts == {"studying": LEVELS[level]}, frame.format(level)
    for finished, level in product(("没有，{}毕业", "没读了，{}学历"), LEVELS):
        facts = hear(questions()["studying"], Said(finished.format(level)), TODAY).facts
        assert facts["studying"] == "none", finished
        assert facts["education"] == LEVELS[level].removesuffix("_or_above"), finished
    assert "studying" not in hear(None, Said("本科，函授"), TODAY).facts
