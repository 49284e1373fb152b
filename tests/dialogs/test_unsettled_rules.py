"""What no source says is neither granted nor refused: it only widens the range, and it is said."""

import pytest

from scoring import estimate
from tests.dialogs.talks import NOW, RULES, agreed, at


@pytest.mark.parametrize(
    ("asked", "said", "category", "found"),
    [
        # points, low, high of the category: 0 by the default reading, those of the nearest row else
        ("home", "自建房", "housing", (0, 0, 15)),
        ("home", "安置房", "housing", (0, 0, 15)),
        ("skill", "电工证", "skill", (0, 0, 3)),
        ("skill", "有个叉车证", "skill", (0, 0, 3)),
        ("special_status", "预备党员", "special_status", (0, 0, 5)),
        ("education", "高中毕业，大专在读", "education", (5, 5, 8)),
        ("education", "大专毕业，在读专升本", "education", (8, 8, 10)),
        ("political", "县人大代表", "political_participation", (5, 0, 5)),
    ],
)
def test_it_widens_the_range_and_nothing_else(
    asked: str, said: str, category: str, found: tuple[int, int, int]
) -> None:
    person = at(asked)
    person.conversation = person.conversation.but(facts={"rented_years": 0})
    reply = person.line(said)
    result = estimate(RULES, person.conversation.facts, on=NOW.date()).category(category)
    assert (result.points, result.low, result.high) == found
    assert "没有写" in reply.text
    assert not any(word in reply.text for word in ("不算分", "不能算分", "可以加分"))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("自建房算不算", "没有写"),
        ("电工证能加分吗", "没有写"),
        ("预备党员有没有分", "没有写"),
        ("人大代表几分", "没有写"),
    ],
)
def test_asked_about_it_nobody_is_promised_anything(asked: str, words: str) -> None:
    assert words in at("home").line(asked).text


def test_the_result_tells_of_the_two_activities_that_have_no_name() -> None:
    notices = estimate(RULES, agreed().conversation.facts, on=NOW.date()).notices
    assert "两项" in next(one.text for one in notices if one.id == "other_unnamed")
