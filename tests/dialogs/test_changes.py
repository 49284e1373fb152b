"""Answers changed in passing, left as they were, remembered late, or not taken in."""

import pytest

from dialogs.conversation import Facts
from dialogs.flow import Talk
from dialogs.questions import questions
from dialogs.readback import value
from tests.dialogs.talks import COMPLETE, agreed, answer_of, at


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("社保不是42个月，是60个月", "66 → 70.5 分"),
        ("忘了说我有公积金两年", "66 → 72 分"),
    ],
)
def test_the_result_takes_a_change_as_it_is_said(said: str, told: str) -> None:
    assert told in agreed(*COMPLETE).line(said).text


def test_another_value_waits_for_a_yes() -> None:
    person = agreed(*COMPLETE)
    assert "最高学历原来记的是 大专，您现在说 本科" in person.line("忘了说，学历是本科").text
    assert "66 → 68 分" in person.line("对").text


def test_another_value_is_left_by_a_no() -> None:
    person = agreed(*COMPLETE)
    person.line("学历是本科")
    person.line("不改")
    assert person.conversation.facts["education"] == "junior_college"


@pytest.mark.parametrize("said", ["算了", "不改了", "还是不改了"])
def test_an_answer_stays_as_it_was(said: str) -> None:
    person = agreed(*COMPLETE, "我要改学历")
    assert "最高学历不改" in person.line(said).text
    assert person.conversation.facts["education"] == "junior_college"


def test_what_was_ruled_out_is_changed_in_its_list() -> None:
    assert "在永嘉做过下面哪些" in agreed(*COMPLETE).line("改献血").text


def test_two_changes_are_made_one_by_one() -> None:
    reply = agreed(*COMPLETE).line("我要修改学历和社保")
    assert "改社保" in reply.text
    assert reply.text.endswith("发“跳过”就不改）")


def test_a_change_that_moves_only_the_most_is_told() -> None:
    person = agreed(*COMPLETE, "修改", "公益", "3 4")
    assert "最高多了 10 分" in person.line("2次").text


def test_a_joint_cap_is_explained_in_the_details() -> None:
    person = agreed(*COMPLETE, "修改", "县里的加分", "7 8", "税费50万，个税8万", "明细")
    pages = [person.line("下一页").text for _ in range(3)]
    assert "缴纳税费和缴纳个人所得税合起来最高 20 分" in "".join(pages)


def test_what_was_not_taken_in_is_said() -> None:
    told = agreed().line("85年6月的，初中毕业，有居住证，社保五年，公积金也是").text
    assert "1985年6月" in told
    assert "公积金 60 个月" in told
    assert "没看准" not in agreed().line("我是河南的，初中毕业，有居住证").text  # nothing is lost
    assert "没看准" not in agreed().line("有居住证，大专，社保交了四年").text
    assert "没看准" not in agreed().line("租房子的 3年了").text  # one fact in two clauses


@pytest.mark.parametrize("answered", [1, 3, 5])
def test_who_looks_at_the_result_on_the_way_has_changed_nothing(answered: int) -> None:
    person = agreed(*COMPLETE[:answered], "看结果", "忘了说我有公积金两年")
    while person.conversation.top.flow == "questionnaire":
        asked = questions()[str(person.conversation.top.state["at"])]
        shown = person.line(answer_of(asked)).text
    assert "估算" in shown
    assert "改好了" not in shown
    assert "改好了" in person.line("社保不是12个月，是24个月").text


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("skill", "没得证，就是自己学的手艺干了三十年了，社保交了五年", "没有技能证书"),
        ("skill", "没证书，手艺干了三十年了", "没有技能证书"),
        ("skill", "没得，一本都没有，社保2年", "没有技能证书"),
        ("skill", "三级，考了一次就过了", "三级"),
        ("education", "大专，来这边15年，两个娃，打工10年", "大专"),
        ("education", "本科，一个二本", "本科"),
        ("permit", "有，一个，社保三年", "有居住证"),
    ],
)
def test_of_a_story_beside_an_answer_nothing_is_quoted_back(question, text, told) -> None:
    shown = at(question).line(text).text
    assert shown.startswith(f"记下：{told}")
    assert "没看准" not in shown


@pytest.mark.parametrize(
    ("text", "unheard"), [("初中，三年半，社保两年", "三年半"), ("大专，4次", "4次")]
)
def test_a_figure_that_may_have_told_a_fact_is_asked_for_again(text, unheard) -> None:
    assert f"“{unheard}”没看准" in at("education").line(text).text


def test_a_date_alone_is_a_birth_only_far_back_and_where_no_stretch_is_asked_for() -> None:
    assert "1988年8月" in agreed().line("我88年8月的，中专").text
    assert "1990年5月" in agreed().line("社保五年，1990年5月，大专").text
    assert "记下：2019" not in agreed().line("有居住证，2019年3月").text
    asked = agreed("1", "跳过", "跳过", "跳过").line("2005年3月，大专").text
    assert "2005年3月，21 岁" not in asked


def test_a_list_left_open_shows_only_what_was_told() -> None:
    """The lines that were not told of are not known: they are not shown as told."""
    person = agreed()
    facts: Facts = {"red_station_service": True}
    person.conversation = person.conversation.but(facts=facts, passed=("county",))
    told = value(questions()["county"], Talk(person.conversation, person.now, person.rules))
    assert told == "县里红色驿站、“乡音”调解；其余没填"


def test_what_was_denied_in_passing_can_be_changed() -> None:
    """Its list is never asked where nothing is left of it, so it stands by itself."""
    person = agreed("志愿者没做过")
    labels = [one.label for one in person.line("修改").choices]
    assert "志愿服务：没有" in labels
