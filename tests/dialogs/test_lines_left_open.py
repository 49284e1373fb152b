"""One line of a list told in words leaves the others open; a denial of the rest closes it."""

import pytest

from dialogs.questions import questions
from tests.dialogs.talks import at

LINES = {
    "county": ("我公司规上的 法人就是我 产值好几千万", "红色驿站那边我去帮忙调解过几回"),
    "welfare": ("登记过器官捐献", "造血干细胞去年采样入库了"),
}
CLOSED = {
    "county": (
        "学法我参加过5次,其余的都没有,个人所得税收入不高没有交过。",
        "没得了没得了我说了没得",
    ),
    "welfare": ("哪样都不是就献过一回血在瓯北", "献过一次血 别的没得", "这些我都没有 不用问"),
}


@pytest.mark.parametrize("question", LINES)
def test_the_other_lines_stay_open(question: str) -> None:
    for text in LINES[question]:
        person = at(question)
        reply = person.line(text).text
        assert reply.startswith("记下：")
        assert "还有别的吗" in reply
        assert question not in person.conversation.answered, text


@pytest.mark.parametrize("question", CLOSED)
def test_the_rest_is_denied(question: str) -> None:
    for text in CLOSED[question]:
        person = at(question)
        person.line(text)
        assert question in person.conversation.answered, text


def test_a_complaint_beside_another_denies_nothing() -> None:
    person = at("charity")
    person.line("公司税怎么没记 捐款也没记")
    assert "charity_yuan" not in person.conversation.facts


def test_no_and_what_one_does_next() -> None:
    person = at("skill")
    person.line("没有没有啥都没有下一个")
    assert person.conversation.facts["skill"] == "none"
    assert questions()["skill"].id in person.conversation.answered
