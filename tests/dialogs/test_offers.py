"""Values offered for a vague number; an answer and a question in one message."""

import pytest

from dialogs.rendering import LIMIT, wechat
from tests.dialogs.talks import at


@pytest.mark.parametrize(
    ("question", "said", "picked", "told"),
    [
        ("social_insurance", "三年多", "2", "社保 42 个月"),
        ("social_insurance", "三年多", "42", "社保 42 个月"),
        ("social_insurance", "三年多", "三年半", "社保 42 个月"),
        ("volunteer", "三四次", "1", "志愿服务 3 次"),
        ("volunteer", "三四次", "4", "志愿服务 4 次"),
        ("volunteer", "两三次", "2", "志愿服务 2 次"),
        ("volunteer", "两三次", "3", "志愿服务 3 次"),
    ],
)
def test_a_number_picks_an_offer(question: str, said: str, picked: str, told: str) -> None:
    person = at(question)
    person.line(said)
    assert told in person.line(picked).text


def test_money_is_picked_by_the_number_of_the_offer() -> None:
    person = at("charity")
    offered = person.line("500，还有一次1000").choices
    assert offered[1].label in person.line("2").text


def test_one_line_in_words_may_be_the_first_of_several() -> None:
    person = at("county")
    assert "还有别的吗" in person.line("我是党员").text
    assert "还有别的吗" in person.line("公积金两年").text
    person.line("没有了")
    facts = person.conversation.facts
    assert (facts["special_statuses"], facts["housing_fund_months"]) == (["party_member"], 24)
    assert facts["talent_class"] == "none"


@pytest.mark.parametrize("said", ["3 4，献血2次", "献血2次，志愿者"])
def test_a_list_is_taken_with_its_details(said: str) -> None:
    person = at("welfare")
    person.line(said)
    assert person.conversation.facts["blood_donations"] == 2
    assert "charity_yuan" not in person.conversation.facts  # the list stays open
    person.line("没有了")
    assert person.conversation.facts["charity_yuan"] == 0
    assert "volunteer_services" not in person.conversation.facts


def test_a_home_is_taken_with_its_years() -> None:
    person = at("home")
    person.line("租房3年")
    assert person.conversation.facts == {"owned_home": False, "rented_years": 3}


def test_digits_that_are_one_line_or_two_are_asked_back() -> None:
    person = at("county")
    assert "第 12 样，还是 1 和 2" in person.line("12").text
    person.line("1 2")
    assert person.conversation.facts["red_station_service"] is False


def test_a_number_that_is_neither_offer_nor_place_is_asked_back() -> None:
    person = at("volunteer")
    assert [choice.number for choice in person.line("两三次").choices] == [0, 0]
    person.line("1")
    assert "volunteer_services" not in person.conversation.facts


def test_offers_stay_through_a_detour() -> None:
    person = at("social_insurance")
    person.line("三年多")
    assert [choice.number for choice in person.line("租房有分吗").choices] == [1, 2, 3]
    assert "社保 45 个月" in person.line("3").text


@pytest.mark.parametrize(
    ("question", "said", "fact"),
    [
        ("permit", "有，孩子明年能上小学吗", "permit"),
        ("birth", "1993年2月，孩子上学看哪个分", "birth_date"),
        ("social_insurance", "社保三年零两个月，够孩子上学吗", "social_insurance_months"),
    ],
)
def test_an_answer_is_noted_before_the_question_behind_it(
    question: str, said: str, fact: str
) -> None:
    person = at(question)
    reply = person.line(said)
    assert fact in person.conversation.facts
    assert reply.text.startswith("记下：")
    assert len(wechat(reply, "https://example.cn").encode()) <= LIMIT


def test_a_question_that_may_take_the_answer_back_leaves_it_open() -> None:
    person = at("permit")
    person.line("有，但是过期了怎么办")
    assert "permit" not in person.conversation.facts
