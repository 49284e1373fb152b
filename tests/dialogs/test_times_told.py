"""Times as they are told: what is barely more, sums, lunar months, years of two digits, ages."""

import pytest

from tests.dialogs.talks import at

MORE = ["{}多一点", "{}多一点点", "{}出头", "{}多点"]
TWO_STRETCHES = [
    "在A厂交了三年，在B厂两年半",
    "瓯北三年上塘两年半",
    "三年加两年半",
    "先三年，后来又两年半",
]
LUNAR = {"去年腊月来的": 10, "23年正月": 45, "去年农历八月": 14, "2023年冬月": 35}


@pytest.mark.parametrize("frame", MORE)
def test_barely_more_is_a_month_or_two(frame: str) -> None:
    for years, months in (("三年", 36), ("四年", 48)):
        shown = at("social_insurance").line(frame.format(years))
        values = [f"{months + more} 个月" for more in (1, 2, 3)]
        assert [one.label for one in shown.choices] == values


@pytest.mark.parametrize("text", TWO_STRETCHES)
def test_stretches_are_added_and_said_back_for_a_yes(text: str) -> None:
    person = at("social_insurance")
    assert "加起来是 66 个月，对吗" in person.line(text).text
    person.line("对")
    assert person.conversation.facts["social_insurance_months"] == 66


@pytest.mark.parametrize(("text", "months"), LUNAR.items())
def test_a_lunar_month_is_offered_as_what_it_may_be(text: str, months: int) -> None:
    labels = [one.label for one in at("residence").line(text).choices]
    assert labels == [f"{one} 个月" for one in (months, months - 1, months + 1)]


def test_a_lunar_month_of_the_year_before() -> None:
    person = at("residence")
    person.line("19年")
    assert person.line("腊月").choices[0].label == "82 个月"  # since 2020-01


@pytest.mark.parametrize("text", ["社保七年哦不对…六年零八个月", "七年...不对，六年八个月"])
def test_the_last_figure_is_the_corrected_one(text: str) -> None:
    person = at("social_insurance")
    assert [one.label for one in person.line(text).choices] == ["80 个月"]


def test_a_year_of_two_digits_with_its_month_is_no_length() -> None:
    person = at("residence")
    person.line("23年9月")
    person.line("对")
    assert person.conversation.facts["residence_months"] == 38


@pytest.mark.parametrize("text", ["没交过社保 61了", "没交过，都61了", "我61了，没交过"])
def test_an_age_beside_a_denial(text: str) -> None:
    person = at("social_insurance")
    person.line(text)
    facts = person.conversation.facts
    assert (facts.get("social_insurance_months"), facts.get("age_years")) == (0, 61)


def test_what_is_paid_in_is_the_fund_whatever_is_asked() -> None:
    person = at("rented")
    assert [one.label for one in person.line("2022年3月开始缴存").choices] == ["56 个月"]
    person.line("对")
    assert person.conversation.facts == {"housing_fund_months": 56}


@pytest.mark.parametrize(
    "text", ["房东不给签，租了五年", "房东手写了一张合同 租了五年", "房东人好 我租了五年"]
)
def test_the_years_of_renting_are_not_the_landlords(text: str) -> None:
    person = at("rented")
    person.line(text)
    assert person.conversation.facts.get("rented_years") == 5


@pytest.mark.parametrize("text", ["老板手写的合同", "老板没签", "老板不给签", "老板口头答应的"])
def test_an_employer_who_acts_makes_no_business_of_ones_own(text: str) -> None:
    person = at("employment")
    person.line(text)
    assert person.conversation.facts.get("employment") != ["business_owner"]


@pytest.mark.parametrize("text", ["没老婆", "没那个证", "没这个时间", "没有证"])
def test_what_is_denied_beside_is_no_answer(text: str) -> None:
    person = at("volunteer")
    person.line(text)
    assert "volunteer" not in person.conversation.answered
