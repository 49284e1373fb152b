"""A date of birth told in the years of the Republic, alone or beside the common calendar."""

import pytest

from tests.dialogs.talks import agreed, at


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
def test_it_is_one_date(text: str) -> None:
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
