"""Whose home it is: another one's is never recorded or offered as one's own."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.language import Refused
from dialogs.questions import questions
from dialogs.utterance import Said
from tests.dialogs.talks import agreed, at

TODAY = date(2026, 11, 23)
PEOPLE = ("儿子", "我儿子", "女儿", "我哥", "我姐", "女婿", "爸妈", "公婆", "舅舅", "我弟弟")
THEIRS = (
    "住{}自己买的房子",
    "住在{}买的房子里",
    "我住{}买的房子",
    "我说我住{}自己买的房子",
    "房子是{}的",
    "房产证写的是{}名字 不是我的",
    "住的房子是{}买的",
    "房产证是{}的名字",
    "{}在瓯北买的房，我住着",
    "我没有买 {}买的",
)


@pytest.mark.parametrize("id", [None, "home", "rented"])
@pytest.mark.parametrize("frame", THEIRS)
def test_another_ones_home_is_not_ones_own(id: str | None, frame: str) -> None:
    question = questions()[id] if id else None
    for person in PEOPLE:
        heard = hear(question, Said(frame.format(person)), TODAY)
        offered = heard.answer.choices if isinstance(heard.answer, Refused) else ()
        confirm = heard.confirm.get("owned_home")
        told = (heard.facts.get("owned_home"), *offered, *(confirm.choices if confirm else ()))
        assert not {True, "own", "true"} & {*told}, frame.format(person)
        assert not heard.facts.get("rented_years"), frame.format(person)


@pytest.mark.parametrize(
    "said",
    [
        "我自己买的房",
        "我住的是我自己买的房子",
        "跟老公住我们自己买的房子",
        "我自己买的房，儿子也有一套",
    ],
)
def test_ones_own_home_is(said: str) -> None:
    assert hear(questions()["home"], Said(said), TODAY).facts["owned_home"] is True


def test_who_lives_in_another_ones_home_is_not_said_to_rent() -> None:
    person = at("home")
    told = person.line("住儿子家的呀 房子是我儿子的 楼层还蛮高").text
    assert person.conversation.facts["owned_home"] is False
    assert "租房、宿舍，或住家人朋友的房" in told


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("住自己的房子，没租", 0),
        ("我自己有房子租什么房 刚跟你讲了", 0),
        ("房子租什么价", None),
        ("房子是自己买的", 0),
        ("以前租过三年，后来买的房", 3),
        ("房子是我儿子的", None),
    ],
)
def test_an_owner_asked_for_years_of_rent(said: str, years: int | None) -> None:
    assert hear(questions()["rented"], Said(said), TODAY).facts.get("rented_years") == years


@pytest.mark.parametrize(
    "place", ["房子是我买的在上塘 写的我名字", "住我买的房子", "房子是我的名字"]
)
@pytest.mark.parametrize("frame", ["我妈跟我住 {}", "她跟我住，{} 这算不算她的"])
def test_the_home_of_the_one_who_writes_is_not_the_other_ones(frame: str, place: str) -> None:
    person = agreed("1", "帮我妈也算一下", "1", "60岁", "初中", "没有", "没交过", "居住4年")
    assert person.conversation.whose == "妈"
    for said, home in product([frame.format(place)], [False, None]):
        person.line(said)
        assert person.conversation.facts.get("owned_home") in (False, None), home
