"""Lines of a list that are denied one by one, and lines of which all is told already."""

import pytest

from dialogs.conversation import Facts
from dialogs.states import QuestionState
from dialogs.transcript import Talker
from tests.dialogs.talks import agreed, at

NO_TAX: Facts = {"business_tax_yuan": 0, "income_tax_yuan": 0}


def on_the_other_one_s_turn() -> Talker:
    person = agreed("1", "1994年5月", "帮我老公也算一下")
    facts = {**person.conversation.facts, "housing_fund_months": 24}
    person.conversation = person.conversation.but(facts=facts).go(
        "questionnaire", QuestionState(at="county")
    )
    return person


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("合同有…税没交。志愿没有，捐款没有", {**NO_TAX, "volunteer_services": 0}),
        ("合同有,税没交过", NO_TAX),
        ("合同有，公积金没有，专利我没有", {"housing_fund_months": 0, "patents_invention": 0}),
        ("有合同，表彰没得过", {"honours_county": 0, "honours_nation": 0}),
    ],
)
def test_each_line_that_is_denied_is_none(text: str, denied: Facts) -> None:
    person = at("county")
    person.line(text)
    assert {
        "employment": ["labour_contract"],
        **denied,
    }.items() <= person.conversation.facts.items()
    assert "science_awards_city" not in person.conversation.facts


def test_an_open_list_offers_no_line_again_of_which_all_is_told() -> None:
    person = on_the_other_one_s_turn()
    shown = person.line("合同有…税没交。志愿没有，捐款没有")
    offered = " ".join(one.label for one in shown.choices)
    assert not [line for line in ("公积金", "合同", "交过税") if line in offered]
    assert "您" not in shown.text
