"""A wish to begin, in whatever words: the consent before it, or the next question."""

import pytest

from tests.dialogs.talks import COMPLETE, agreed, talker

WISHES = (
    *("行吧先测测看，要是乱来我就删了", "我说开始测", "我说测!!", "OK测吧 我在这旮沓跑单"),
    *("好吧那你帮我看看吧", "来吧", "搞起来", "那就试试看吧", "快点测 我赶时间", "帮我算算看"),
    *("先测测看要是乱来我就删了", "我想测一下"),
)
NONE = ("先不测", "别测了", "以后再测", "测过了", "怎么测", "那就算了", "我看看", "来不及")


@pytest.mark.parametrize("said", WISHES)
def test_before_the_consent(said: str) -> None:
    person = talker("[关注]")
    reply = person.line(said)
    assert reply.text.startswith("好，回“同意”就开始。")
    assert "同意，开始测积分" in [choice.label for choice in reply.choices]
    assert not person.conversation.consented


@pytest.mark.parametrize("said", WISHES)
def test_after_the_consent_where_no_question_waits(said: str) -> None:
    assert "【第 1 题】" in agreed("退出").line(said).text


@pytest.mark.parametrize("said", NONE)
def test_what_is_no_wish_to_begin(said: str) -> None:
    assert "就开始" not in talker("[关注]").line(said).text


def test_behind_a_list_of_topics() -> None:
    person = talker("[关注]", "我从外地来的证不知道算不算什么的")
    for said in ("都不是,我说开始测", "都不是!! 我说测!!😤"):
        assert "回“同意”就开始" in person.line(said).text


def test_what_is_asked_beside_it_is_answered() -> None:
    told = talker("[关注]").line("测吧，要钱吗？").text
    assert "就开始" in told
    assert "不要钱" in told


def test_what_is_told_beside_it_is_held() -> None:
    person = talker("[关注]", "测吧，我大专毕业", "同意")
    assert person.conversation.facts["education"] == "junior_college"


def test_at_the_result_it_shows_the_result() -> None:
    assert "估算 66 分" in agreed(*COMPLETE).line("那就测吧").text
