"""Figures and questions that are of something else than what was asked."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said
from tests.dialogs.talks import at

TODAY = date(2026, 11, 23)
LEASES = [
    *(
        "房租合同就签过一年的",
        "合同只签了一年",
        "合同签的两年一签",
        "合同签到2027年",
        "合同就签了一次",
    ),
    *("押金交过2000", "房租一个月800", "合同是去年签的一年"),
]


@pytest.mark.parametrize("lease", LEASES)
def test_the_years_of_a_lease_are_not_those_lived(lease: str) -> None:
    for years, gap in product(("五年了", "住了五年"), (" ", "，")):
        heard = hear(questions()["rented"], Said(years + gap + lease), TODAY)
        back = heard.confirm.get("rented_years")
        offered = back.choices if back else (heard.facts["rented_years"],)
        assert set(offered) <= {1, 5}, years + gap + lease  # never 6
        assert heard.facts.get("rented_years") in (None, 5)


def test_the_years_of_a_lease_alone_are_asked_back() -> None:
    heard = hear(questions()["rented"], Said("合同签了三年"), TODAY)
    assert "rented_years" not in heard.facts


ASKING = ("还有几题", "还有多少题", "还要多久", "快完了吗")


@pytest.mark.parametrize("id", ["rented", "social_insurance", "education", "welfare"])
def test_how_much_is_left_is_no_answer(id: str) -> None:
    for asking, beside in product(ASKING, ("刚送了一单 {}", "{}啊，客人催了", "等下 {}？")):
        person = at(id)
        before = dict(person.conversation.facts)
        reply = person.line(beside.format(asking))
        assert "答了 1 题" in reply.text or "答了 0 题" in reply.text, reply.text
        assert person.conversation.facts == before


def test_what_answers_beside_it_is_taken() -> None:
    person = at("rented")
    person.line("3年 还有几题")
    assert person.conversation.facts["rented_years"] == 3


@pytest.mark.parametrize("text", ["先交了14个月，断了，又交了两年", "以前交过三年", "交了26个月"])
def test_months_paid_at_another_question_are_asked_for_their_name(text: str) -> None:
    person = at("skill")
    reply = person.line(text)
    assert "社保，还是公积金" in reply.text
    assert reply.choices, "the question stays"
    assert not {*person.conversation.facts} & {"social_insurance_months", "housing_fund_months"}
