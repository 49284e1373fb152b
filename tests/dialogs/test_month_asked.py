"""The month of a year that was said before: about, or by a word of the year; asked back."""

import pytest

from tests.dialogs.talks import at


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
def test_so_it_is_of_every_time(question: str) -> None:
    person = at(question)
    person.line("2018年开始交的")
    assert person.line("好像三月份吧").choices[0].label == "104 个月"


def test_a_month_for_certain_and_a_stretch_are_taken_as_they_are() -> None:
    for text, months in (("三月", 104), ("一共36个月", 36)):
        person = at("residence")
        person.line("2018年登记的")
        person.line(text)
        assert person.conversation.facts == {"residence_months": months}
