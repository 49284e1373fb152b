"""A question after the result changes no answer; what one tells of oneself beside it may."""

from itertools import product

import pytest

from tests.dialogs.talks import COMPLETE, agreed

ONLY_ASKED = ("考个中级工", "考个四级", "租房没备案", "老板不交社保", "没编号的居住证")
TOLD = ("我考的是中级工", "我社保其实交了60个月", "我租房5年了", "我社保没交过")
ASKING = ("能加多少", "几分", "怎么办", "有没有分", "能加分吗")


@pytest.mark.parametrize(("asked", "asking"), [*product(ONLY_ASKED, ASKING)])
def test_changes_nothing(asked: str, asking: str) -> None:
    person = agreed(*COMPLETE)
    before = person.conversation.facts
    person.line(f"{asked}，{asking}")
    assert person.conversation.facts == before
    assert person.conversation.top.flow != "overwrite"


@pytest.mark.parametrize(("told", "asking"), [*product(TOLD, ASKING)])
def test_what_is_told_beside_it_is_asked_back(told: str, asking: str) -> None:
    person = agreed(*COMPLETE)
    person.line(f"{told}，{asking}")
    assert person.conversation.top.flow == "overwrite"


@pytest.mark.parametrize("said", ["我问的是自己买的房子", "没考呢，我问要是考了", "我只是问问"])
def test_who_only_asked_changes_nothing(said: str) -> None:
    person = agreed(*COMPLETE, "我考的是中级工")
    before = person.conversation.facts
    assert person.conversation.top.flow == "overwrite"
    person.line(said)
    assert (person.conversation.facts, person.conversation.top.flow) == (before, "result")


def test_what_is_recorded_already_is_told_in_a_line() -> None:
    person = agreed(*COMPLETE)
    assert "分数没有变" in person.line("我是大专").text
    assert "省级共性指标" not in person.line("我是大专").text


@pytest.mark.parametrize("said", ["公益没有", "公益都没有", "公益没有了"])
def test_what_was_passed_over_is_denied_by_its_title(said: str) -> None:
    person = agreed(*COMPLETE[:-2], "不知道")
    assert "welfare" in person.conversation.passed
    person.line(said)
    assert not person.conversation.passed
