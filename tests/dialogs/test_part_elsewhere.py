"""What was done elsewhere does not count: the whole figure, or the part of it that is told."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.interpret.heard import Heard
from dialogs.language.vocabulary import in_the_county
from dialogs.questions import questions
from dialogs.utterance import Said
from scoring import FACTS
from tests.dialogs.talks import at

TODAY = date(2026, 11, 23)
PLACES = ("四川", "湖北武汉", "老家", "温州市区", "鹿城", "杭州")
THINGS = {
    "blood": ("献血", "献", 1),
    "volunteer": ("志愿服务", "做", 1),
    "charity": ("捐款", "捐", 1000),
    "rented": ("租房", "租", 1),
    "law_study": ("学法", "参加", 1),
}
"""The name, what is done, and one of it in the fact's unit."""
ALL_OF_IT = [
    *("在{place}{thing}{figure}", "{thing}{figure}，在{place}{did}的"),
    *("{thing}{figure}，{place}{did}的", "{thing}{figure}，{place}那边的"),
    *("{thing}{figure}，但是在{place}{did}的", "{thing}{figure} 不过是在{place}{did}的"),
    *("{thing}{figure}都是在{place}{did}的", "{thing}{figure}，可惜不在永嘉，在{place}{did}的"),
    "{thing}{figure}，但是在{place}{did}的，这个到底算不算？",
]
PART_OF_IT = [
    *("{thing}一共{total} 有{one}在{place}{did}的", "{thing}{total}，其中{one}在{place}"),
    *("{thing}{total}，{one}是{place}的", "{thing}共{total} {place}{did}了{one}"),
    *("{thing}{total}，里面{one}{place}{did}的", "{thing}{total}，除了{one}在{place}"),
]


def heard(id: str, frame: str, place: str, *, asked: bool) -> tuple[str, Heard]:
    """What is heard of a text of 2, or of 3 with 1 of them elsewhere."""
    thing, did, one = THINGS[id]
    unit = FACTS[questions()[id].facts[0]].unit
    figures = {"figure": 2, "total": 3, "one": 1}
    told = {name: f"{count * one}{unit}" for name, count in figures.items()}
    text = frame.format(thing=thing, did=did, place=place, **told)
    return text, hear(questions()[id] if asked else None, Said(text), TODAY)


def test_these_count_in_the_county_only() -> None:
    assert all(in_the_county(questions()[id].facts[0]) for id in THINGS)


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize("id", THINGS)
def test_all_of_it_elsewhere(id: str, asked: bool) -> None:
    for frame, place in product(ALL_OF_IT, PLACES):
        text, told = heard(id, frame, place, asked=asked)
        assert not told.facts.get(questions()[id].facts[0]), text


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize("id", THINGS)
def test_what_is_left_is_offered(id: str, asked: bool) -> None:
    fact, left, offered = questions()[id].facts[0], 2 * THINGS[id][2], 0  # 3 - 1
    for frame, place in product(PART_OF_IT, PLACES):
        text, told = heard(id, frame, place, asked=asked)
        assert told.facts.get(fact) in (None, left), text
        back = told.confirm.get(fact)
        offered += told.facts.get(fact) == left or (back is not None and left in back.choices)
    assert offered >= 0.8 * len(PART_OF_IT) * len(PLACES)


HERE = [
    *("{thing}{total}，{two}在永嘉，{one}{place}", "{thing}{total}，{two}在永嘉{one}在{place}"),
    *("{thing}{total}，永嘉{two}{place}{one}", "{thing}{total}里头{two}是永嘉的"),
    "{thing}{total}，{two}在永嘉",
]


@pytest.mark.parametrize("asked", [True, False])
def test_the_part_of_here_is_offered(asked: bool) -> None:
    offered = rows = 0
    for (id, (thing, _, one)), frame, place in product(THINGS.items(), HERE, ("四川", "老家")):
        unit = FACTS[questions()[id].facts[0]].unit
        told = {name: f"{count * one}{unit}" for name, count in FIGURES.items()}
        text = frame.format(thing=thing, place=place, **told)
        heard = hear(questions()[id] if asked else None, Said(text), TODAY)
        fact, left = questions()[id].facts[0], 2 * one
        assert heard.facts.get(fact) in (None, left), text
        back = heard.confirm.get(fact)
        rows += 1
        offered += heard.facts.get(fact) == left or (back is not None and left in back.choices)
        assert not any(figure in told.values() for figure in heard.unheard), text
    assert offered >= 0.9 * rows


FIGURES = {"total": 3, "two": 2, "one": 1}


@pytest.mark.parametrize(
    ("id", "text", "value"),
    [
        ("rented", "在永嘉租了3年，以前在上海租了5年", 3),
        ("social_insurance", "永嘉交了3年，上海交了5年", 36),
        ("social_insurance", "交了3年，我是四川人", 36),
        ("residence", "2019年3月到现在，户口在河南", 92),  # 2019-03 to 2026-11
        ("blood", "献了2次，老家是四川的", 2),
    ],
)
def test_another_place_beside_it_leaves_the_figure(id: str, text: str, value: int) -> None:
    assert hear(questions()[id], Said(text), TODAY).facts[questions()[id].facts[0]] == value


@pytest.mark.parametrize(
    ("id", "text", "left"),
    [
        ("rented", "6年，前2年在瑞安", 4),
        ("rented", "租了四年，两年乐清两年永嘉", 2),
        ("social_insurance", "社保8年，其中5年在福建", 36),
        ("blood", "3次，两次在温州血站一次在永嘉", None),
        ("blood", "献血5次，2次老家3次永嘉", None),
    ],
)
def test_a_part_told_in_passing_is_not_counted(id: str, text: str, left: int | None) -> None:
    fact = questions()[id].facts[0]
    told = hear(questions()[id], Said(text), TODAY)
    back = told.confirm.get(fact)
    offered = back.choices if back else (told.facts[fact],)
    assert left is None or left in offered
    assert fact not in told.facts or told.facts[fact] == left


@pytest.mark.parametrize("where", ["在温州市区献的", "温州", "都在老家献的"])
def test_a_figure_after_a_place_elsewhere_is_asked_back(where: str) -> None:
    person = at("blood")
    assert "只算在永嘉的" in person.line(where).text
    person.line("2次")
    assert "blood_donations" not in person.conversation.facts
    person.line("对")
    assert person.conversation.facts["blood_donations"] == 2


def test_a_figure_of_here_after_it_is_taken() -> None:
    person = at("blood")
    person.line("在温州市区献的")
    person.line("在永嘉2次")
    assert person.conversation.facts["blood_donations"] == 2


@pytest.mark.parametrize("here", ["在这边没献过", "这里没献过", "这边从来没有献过", "这儿没献"])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("frame", ["献过一次在{place}{here}", "3次，那是在{place}献的，{here}"])
def test_what_is_denied_of_here_counts_nothing(frame: str, place: str, here: str) -> None:
    heard = hear(questions()["blood"], Said(frame.format(place=place, here=here)), TODAY)
    assert heard.facts.get("blood_donations", 0) == 0
