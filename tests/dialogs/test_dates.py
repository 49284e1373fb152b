"""Dates in two calendars, and a month of a year that was said before."""

import pytest

from tests.dialogs.talks import agreed, at

# A date of birth told in the years of the Republic, alone or beside the common calendar.


@pytest.mark.parametrize(
    "text",
    [
        "民國七十七年六月五日，1988年",
        "1988年，民國七十七年六月五日",
        "民国77年6月5日，就是1988年",
        "1988年6月5日（民国77年）",
        "民国77年6月5日（1988年6月5日）",
        "民国77年6月5日",
        "我是民国七十七年六月五日生的",
    ],
)
def test_both_calendars_are_one_date(text: str) -> None:
    person = at("birth")
    assert person.line(text).text.startswith("记下：1988年6月")
    assert person.conversation.facts["birth_date"] == "1988-06-05"
    assert person.conversation.other is None


def test_beside_other_facts_and_at_other_questions() -> None:
    person = agreed("有居住证，民国77年6月5日生，大专")
    facts = person.conversation.facts
    assert (facts["birth_date"], facts["education"]) == ("1988-06-05", "junior_college")


def test_a_year_without_month_asks_for_it() -> None:
    person = at("birth")
    assert person.line("民国77年").text.startswith("1988年几月？")
    person.line("6月")
    assert person.conversation.facts["birth_date"] == "1988-06-01"


def test_two_different_years_are_asked_back() -> None:
    person = at("birth")
    person.line("民国77年6月5日，1989年")
    assert person.conversation.facts == {}


# The month of a year that was said before: about, or by a word of the year; asked back.


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("大概三月份", [104]),
        ("应该是十月份吧", [97]),
        ("下半年国庆前后", [97]),
        ("差不多五六月", [102, 101]),
        ("年底", [96, 95]),
        ("过完年就登记了", [105]),
    ],
)
def test_about_a_month_is_offered_as_the_time_since(text: str, months: list[int]) -> None:
    person = at("residence")
    assert person.line("2018年登记的").text.startswith("2018年几月？")
    shown = person.line(text)
    assert [one.label for one in shown.choices][:-1] == [f"{one} 个月" for one in months]
    person.line("对" if len(months) == 1 else f"▸ {months[0]} 个月")
    assert person.conversation.facts == {"residence_months": months[0]}


@pytest.mark.parametrize("question", ["social_insurance", "housing_fund"])
def test_about_a_month_is_offered_for_every_time(question: str) -> None:
    person = at(question)
    person.line("2018年开始交的")
    assert person.line("好像三月份吧").choices[0].label == "104 个月"


def test_a_month_for_certain_and_a_stretch_are_taken_as_they_are() -> None:
    for text, months in (("三月", 104), ("一共36个月", 36)):
        person = at("residence")
        person.line("2018年登记的")
        person.line(text)
        assert person.conversation.facts == {"residence_months": months}
