"""Numbers that name a person, and other people's points: refused kindly, never kept."""

import pytest

from dialogs.questions import questions
from tests.dialogs.talks import COMPLETE, agreed, at, talker

NUMBERS = ["330324199001011234", "33032419900101123X", "33 0324 1990 0101 1234"]
PLACES = {
    "opening": (),
    "before agreeing": ("[关注]",),
    "at a question": ("[关注]", "同意", "1", "1994年5月"),
    "at the result": ("[关注]", "同意", *COMPLETE[:8], "同意", *COMPLETE[8:]),
    "at booking": ("[关注]", "同意", "1", "预约", "瓯北"),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    "text", ["查一下张伟的积分 {}", "帮我查张伟，身份证号{}", "{}", "我是张伟{}"]
)
def test_nothing_of_it_is_kept(place: str, number: str, text: str) -> None:
    person = talker(*PLACES[place])
    before = person.conversation
    shown = person.line(text.format(number)).text
    kept = person.conversation.model_dump_json()
    assert not any(one in kept for one in ("张伟", "330324", "0324 ", "0101"))
    assert person.unmatched == []
    assert person.conversation.facts == before.facts
    assert place == "opening" or "身份证号" in shown


@pytest.mark.parametrize("question", ["permit", "education", "social_insurance", "charity"])
def test_other_peoples_points_at_a_question_are_refused_and_it_is_asked_again(question) -> None:
    shown = at(question).line("查一下张伟的积分330324199001011234").text
    assert shown.startswith("别人的分、别人的预约都查不了")
    assert shown.endswith(questions()[question].ask)


def test_what_else_is_told_beside_a_number_counts() -> None:
    shown = agreed("1").line("我身份证是330324199001011234，社保3年").text
    assert shown.startswith("身份证号不用发，我也没有记。\n记下：社保 36 个月")


@pytest.mark.parametrize("question", ["social_insurance", "charity", "blood", "rented", "birth"])
@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_alone_answers_nothing(question: str, number: str) -> None:
    person = at(question)
    assert "身份证号不用发" in person.line(number).text
    assert person.conversation.facts == {}
