"""A permit in hand, in force or not, in the words in which people say it."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
TO_COME = (
    "明年十月",
    "明年5月",
    "后年",
    "27年",
    "2028年3月",
    "下个月",
    "年底",
    "快",
    "马上",
    "还有半年",
)
ENDS = ("{}到期", "有的，{}才到期", "有，{}到期")
IN_HAND = (
    *("在手", "证在手", "在手上", "在手里攥着呢", "持有", "本人持有浙江省居住证", "居住证在手"),
    *("刚换的", "去年领的", "拿到了", "下来了", "我在永嘉办的", "派出所办的"),
)
NOT_IN_HAND = ("没拿到", "还在派出所没去拿", "居住证办了没拿", "居住证还在派出所没去领", "没领到手")
ELSE = ("我在瓯北做鞋", "下来看看", "老婆的在手里", "换了一家厂上班，没办", "拿什么办")


def permit(text: str, *, asked: bool = True) -> object:
    return hear(questions()["permit"] if asked else None, Said(text), TODAY).facts.get("permit")


def test_a_paper_that_will_end_is_in_force() -> None:
    said = [frame.format(when) for frame, when in product(ENDS, TO_COME)]
    assert [text for text in said if permit(text) != "residence_permit"] == []


@pytest.mark.parametrize("text", ["去年到期", "已经到期了", "24年到期", "过期了还没换"])
def test_a_paper_that_ended_is_not(text: str) -> None:
    assert permit(text) != "residence_permit"


def test_it_need_not_be_named_where_it_is_asked_for() -> None:
    assert [text for text in IN_HAND if permit(text) != "residence_permit"] == []


def test_what_is_not_in_hand_is_asked_back() -> None:
    assert [text for text in (*NOT_IN_HAND, *ELSE) if permit(text) == "residence_permit"] == []
    assert permit("快到期了还没换，居住证有", asked=False) == "residence_permit"


@pytest.mark.parametrize(
    ("text", "skill", "asked_back"),
    [
        (
            "初级职称早就评了，去年中级职称也下来了，我同学都高级了",
            "intermediate_title",  # the higher of two
            set(),
        ),
        ("去年中级职称下来了，我同学都高级了", "intermediate_title", set()),
        ("去年初级职称下来了", "junior_title", set()),
    ],
)
def test_a_grade_behind_a_year_is_no_part_of_it(
    text: str, skill: str | None, asked_back: set[str]
) -> None:
    heard = hear(questions()["skill"], Said(text), TODAY)
    assert heard.facts.get("skill") == skill
    assert set(heard.confirm["skill"].choices if asked_back else ()) == asked_back


@pytest.mark.parametrize("year", ["去年", "前年", "去年底", "去年年底"])
def test_a_school_behind_a_year_is_no_part_of_it(year: str) -> None:
    schools = {"中专": "high_school", "初中": "below_high_school"}
    for school, value in schools.items():
        heard = hear(None, Said(f"{year}{school}毕业"), TODAY)
        assert heard.facts == {"education": value}, school
