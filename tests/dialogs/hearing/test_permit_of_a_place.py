"""A permit of another place is none of this county, wherever the place stands."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
AWAY = ("瑞安", "鹿城", "乐清", "杭州", "上海")
FRAMES = (
    *("居住证有是有，{place}的", "居住证有，不过是{place}的", "居住证我有，{place}那边的"),
    *("居住证是{place}办的", "居住证我有{place}的"),
)
HERE = ("永嘉", "瓯北", "本县", "这边")


@pytest.mark.parametrize("frame", FRAMES)
def test_it_is_not_recorded(frame: str) -> None:
    for place, behind in product(AWAY, ("", "，大专")):
        text = frame.format(place=place) + behind
        assert hear(None, Said(text), TODAY).facts.get("permit") != "residence_permit", text


@pytest.mark.parametrize("place", HERE)
def test_here_it_is(place: str) -> None:
    for frame in ("居住证有，{place}的", "居住证有，我在{place}上班"):
        text = frame.format(place=place)
        assert hear(None, Said(text), TODAY).facts["permit"] == "residence_permit", text


def test_where_one_worked_is_not_where_it_was_issued() -> None:
    for text in ("居住证有，我以前在瑞安做鞋底", "居住证有，老家江西的，社保三年"):
        assert hear(None, Said(text), TODAY).facts["permit"] == "residence_permit", text


YES = (
    "有，{place}的",
    "有啊，{place}发的那张",
    "有的，{place}办的",
    "有，是{place}的",
    "有一张{place}的",
)


@pytest.mark.parametrize("frame", YES)
def test_behind_a_bare_yes(frame: str) -> None:
    for place in AWAY:
        heard = hear(questions()["permit"], Said(frame.format(place=place)), TODAY)
        assert "permit" not in heard.facts, place
        assert "permit" in heard.confirm, place
    for place in HERE:
        heard = hear(questions()["permit"], Said(frame.format(place=place)), TODAY)
        assert heard.facts == {"permit": "residence_permit"}, place


def test_one_s_origin_behind_a_bare_yes_is_none() -> None:
    for text in ("有，老家江西的", "有，我江西的", "有，我是江西人", "有，在瑞安上班"):
        heard = hear(questions()["permit"], Said(text), TODAY)
        assert heard.facts["permit"] == "residence_permit", text
