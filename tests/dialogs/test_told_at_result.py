"""Facts told at the result without their name: taken, or asked back, as at their question."""

import pytest

from tests.dialogs.talks import COMPLETE, agreed


@pytest.mark.parametrize("spoken", [["志愿服务几次算分"], []])
def test_a_figure_is_of_what_was_spoken_of_last(spoken: list[str]) -> None:
    person = agreed(*COMPLETE, *spoken)
    shown = person.line("大概15次吧")
    assert shown.text == "志愿服务“大概15次吧”是下面这个吗？不是的话，写个数就行，比如：4次。"
    assert [one.label for one in shown.choices] == ["15 次"]
    assert "志愿服务 15 次" in person.line("对").text
    assert person.conversation.facts["volunteer_services"] == 15


def test_a_certain_figure_waits_for_the_yes_where_another_was_told() -> None:
    person = agreed(*COMPLETE)
    assert "志愿服务原来记的是 4 次，您现在说 15 次" in person.line("15次").text
    assert "改好了" in person.line("对").text


@pytest.mark.parametrize("text", ["我是一五年登记的到现在", "15年登记的", "我2015年就登记了"])
def test_a_year_of_registration_asks_for_its_month(text: str) -> None:
    person = agreed(*COMPLETE)
    assert person.line(text).text.startswith("2015年几月？")
    assert "居住时间 140 个月" in person.line("3月").text
    assert "改好了" in person.line("看结果").text or person.conversation.top.flow == "result"


def test_a_month_of_registration_is_complete() -> None:
    person = agreed(*COMPLETE)
    assert "您现在说 140 个月" in person.line("我是一五年三月登记的到现在").text


@pytest.mark.parametrize("text", ["社保是从2018年交的", "2018年开始交公积金的"])
def test_a_year_of_a_named_fact_asks_for_its_month(text: str) -> None:
    person = agreed(*COMPLETE)
    assert person.line(text).text.startswith("2018年几月？")
    assert person.line("大概三月份").choices[0].label == "104 个月"


def test_a_year_of_birth_asks_for_its_month() -> None:
    person = agreed(*COMPLETE)
    assert person.line("我是88年的").text.startswith("1988年几月？")
    assert "1988年5月" in person.line("5月").text


def test_a_figure_that_fits_nothing_is_asked_whose_it_is() -> None:
    person = agreed(*COMPLETE, "学历怎么算分")
    assert person.line("大概15次吧").text.startswith("“大概15次吧”是哪一样的？")
    assert person.conversation.misses == 0


@pytest.mark.parametrize(
    "text", ["15次几分", "那15次算吗", "我老公15次", "我打工15年了", "再过五年呢", "9"]
)
def test_a_question_a_story_and_another_one_are_not_taken(text: str) -> None:
    person = agreed(*COMPLETE)
    before = person.conversation.facts
    person.line(text)
    assert person.conversation.facts == before
    assert person.conversation.top.flow not in ("questionnaire", "overwrite")
