"""A home that stands elsewhere is none here; in what one lives here is asked."""

from datetime import date
from itertools import product

from dialogs.interpret import hear
from dialogs.language import Refused
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
PLACES = ("老家", "江西", "贵阳", "外地", "上海")
FRAMES = ("买在{}的", "{}买的", "房子买在{}", "房子是{}的", "{}有一套", "自己的，在{}")


def test_what_one_lives_in_here_is_asked() -> None:
    for place, frame in product(PLACES, FRAMES):
        heard = hear(questions()["home"], Said(frame.format(place)), TODAY)
        assert not heard.facts, frame.format(place)
        assert isinstance(heard.answer, Refused), frame.format(place)
        assert heard.answer.choices == ("let", "built", "neither"), frame.format(place)


def test_what_is_said_of_here_counts() -> None:
    for place, here in product(PLACES, ("这边租的", "现在租房住", "住厂里宿舍")):
        heard = hear(questions()["home"], Said(f"买在{place}的，{here}"), TODAY)
        assert heard.facts.get("owned_home") is False, (place, here)


OWNED = ("有是有一套", "有一套", "有是有", "买了一套", "我有房", "有套房子", "房子有一套的")
LET = ("租给别人了", "租出去了", "出租了", "租给老乡了", "不过出租着")


def test_a_home_that_is_let_says_not_where_one_lives() -> None:
    for owned, pause, let in product(OWNED, ("，", " "), LET):
        text = f"{owned}{pause}{let}"
        heard = hear(questions()["home"], Said(text), TODAY)
        assert "owned_home" not in heard.facts, text
        assert isinstance(heard.answer, Refused), text
        assert heard.answer.choices == ("let", "built", "neither"), text
        assert hear(None, Said(text), TODAY).facts.get("owned_home") is not False, text
        beside = hear(questions()["home"], Said(f"{text}，自己住厂里宿舍"), TODAY)
        assert beside.facts.get("owned_home") is False, text


def test_years_for_which_it_is_let_are_none_of_a_tenant() -> None:
    for let in ("租给别人三年了", "租出去三年", "出租给老乡三年"):
        assert not hear(questions()["rented"], Said(let), TODAY).facts, let
    heard = hear(questions()["rented"], Said("房东租给我的，三年"), TODAY)
    assert heard.facts == {"rented_years": 3}
