"""A message that asks two things: one is answered, the other stands under it; none is dropped."""

import pytest

from dialogs import faq
from tests.dialogs.talks import COMPLETE, agreed, talker

PLACES = {
    "opening": (),
    "before agreeing": ("[关注]",),
    "at a question": ("[关注]", "同意", "1", "1994年5月"),
    "at the result": ("[关注]", "同意", *COMPLETE),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("大专社保三年多少分，夫妻能不能加一起", "每满 1 个月", "family_members"),
        ("大专几分，租房几分", "大专（含高职）", "rent_points"),
    ],
)
def test_one_is_answered_and_the_other_offered(
    place: str, text: str, first: str, second: str
) -> None:
    person = talker(*PLACES[place])
    reply = person.line(text)
    assert first in reply.text
    title = faq.topics()[second].title
    assert title in [one.label for one in reply.choices]
    told = faq.answer(second, person.rules, person.now.date()).text
    assert told[:20] in person.line(f"▸ {title}").text


def test_ones_own_points_asked_beside_something_are_said() -> None:
    shown = agreed("1", "1994年5月").line("我有多少分，夫妻能不能加一起").text
    assert "每个人各算各的" in shown
    assert "目前 20 分" in shown


@pytest.mark.parametrize("text", ["我想问一下，租房没合同，算不算", "你好，请问，社保断了怎么办"])
def test_one_question_with_pauses_is_one(text: str) -> None:
    assert agreed("1").line(text).text.count("您还问的") == 0
