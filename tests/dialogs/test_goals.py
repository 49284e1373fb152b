"""Goals and plans in the talk: so many points, by a day."""

from datetime import date

import pytest

from dialogs.conversation import Goal
from dialogs.engine import speak
from dialogs.flow import Talk
from dialogs.flows.goal import supposed
from dialogs.goals import goal
from dialogs.result_views import PLAN, REACH
from dialogs.utterance import Said
from tests.dialogs.talks import COMPLETE, NOW, RULES, agreed, at, talker

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "points", "by"),
    [
        ("明年九月之前到80分", 80, "2027-08-31"),
        ("明年9月前凑够八十分", 80, "2027-08-31"),
        ("明年九月一号之前到80分来得及吗", 80, "2027-08-31"),
        ("明年9月到80分", 80, "2027-09-30"),
        ("9月前要到80分怎么办", 80, "2027-08-31"),
        ("到2028年3月能有多少分", None, "2028-03-31"),
        ("明年9月能到多少分", None, "2027-09-30"),
        ("两年内想到100分", 100, "2028-11-23"),
        ("半年内能到80分吗", 80, "2027-05-23"),
        ("年底前到70分", 70, "2026-12-31"),
        ("后年底到90分行吗", 90, "2028-12-31"),
        ("明年之前到90分", 90, "2026-12-31"),
        ("大后年到100分", 100, "2029-12-31"),
        ("孩子明年九月上学，想到80分", 80, "2027-09-30"),
        ("够80分吗", 80, None),
        ("我够不够80分", 80, None),
        ("八十分够得着吗", 80, None),
        ("到80分还差多少", 80, None),
        ("打算明年九月到80分", 80, "2027-09-30"),
        ("离80还差几分", 80, None),
        ("说好的80分呢 差多少 怎么到80", 80, None),
        ("到明年9月能有80吗", 80, "2027-09-30"),
        ("80分能办啥 我就问80够不够 别扯", 80, None),
        ("我现在多少分，明年9月前要80分", 80, "2027-08-31"),
        ("离八十还差几分", 80, None),
        ("差几分80", 80, None),
        ("还要多少才80分", 80, None),
        ("我要80分才行，差多少", 80, None),
        ("明年9月前必须80分", 80, "2027-08-31"),
        ("年底能不能80", 80, "2026-12-31"),
        ("能凑够80不", 80, None),
    ],
)
def test_what_is_a_goal(said: str, points: int | None, by: str | None) -> None:
    day = date.fromisoformat(by) if by else None
    assert goal(Said(said), TODAY) == Goal(points=points, by=day)


@pytest.mark.parametrize(
    "said",
    [
        "77.5 够不够上城北小学",
        "明年多少分",  # year by year is another view
        "80分",
        "到2027年3月",
        "交到明年9月",
        "2019年3月到现在",
        "3月到6月",
        "今年9月到80分",  # over
        "三十年后到80分",
        "13月前到80分",
        "大专有几分",
        "社保五年有多少分",
        "明年9月入学要多少分",
        "什么时候能到80分",
        "怎么才56分",
        "满60岁能不能申请",
        "社保60个月够不够",
        "系统显示80分",
        "高级工有60分吗",
        "03年的 11月 刚满23🎂",
        "零三年十一月生的 满23",
        "啥目标?? 23是我岁数 不是分",
        "我没说要23分",
        "目标不要了",
        "目标80分删掉",
    ],
)
def test_what_is_none(said: str) -> None:
    assert goal(Said(said), TODAY) is None


def test_waiting_the_gap_and_steps_that_fit_free_ones_first() -> None:
    lines = agreed(*COMPLETE).line("明年九月之前到80分").text.splitlines()
    assert lines[0] == "现在估算 66 分。"
    assert "到2027年8月31日大约 70.5 分" in lines[1]
    assert "离 80 分还差 9.5 分。来得及做的：" in lines[2]
    assert lines[3].startswith("· 拿出劳动合同")
    assert not any("捐献" in line or "献血" in line for line in lines)


def test_a_goal_stays_and_the_result_says_what_is_missing() -> None:
    person = agreed(*COMPLETE, "明年九月之前到80分")
    back = person.line("返回")
    assert "离您想要的 80 分还差 14 分。" in back.text
    assert "怎么到 80 分" in [choice.label for choice in back.choices]
    person.line("明年9月能到多少分")  # a day alone is no other goal
    assert person.conversation.goal == Goal(points=80, by=date(2027, 8, 31))
    for words in ("差多少", "够不够", "▸ 怎么到 80 分"):
        assert "离 80 分还差 9.5 分" in person.line(words).text
    assert "您想要的 60 分，现在就有了" in agreed(*COMPLETE, "够60分吗").line("返回").text


def test_without_a_goal_it_is_asked_for() -> None:
    person = agreed(*COMPLETE)
    assert "县里没有公布，够不够说不准" in person.line("差多少").text
    assert "到 80 分还差 14 分" in person.line("80").text
    assert person.conversation.top.state["view"] == REACH
    person.line("返回")
    again = agreed(*COMPLETE, "够吗")
    assert "到2027年9月30日" in again.line("明年九月 80分").text
    assert again.conversation.top.state["view"] == PLAN


def test_the_question_waits_below_a_goal_that_is_asked_for() -> None:
    person = at("education")
    person.line("差多少")
    assert "记下：大专" in person.line("大专").text


def test_whoever_told_nothing_answers_first() -> None:
    person = talker("[关注]")
    assert "先留 10 分钟" in person.line("明年九月之前到80分").text
    told = person.line("同意").text
    assert "目标 80 分，到2027年8月31日" in told
    assert "【第 1 题" in told
    for line in (*COMPLETE[:8], "同意", *COMPLETE[8:]):
        reply = person.line(line)
    assert "离您想要的 80 分还差 14 分。" in reply.text


@pytest.mark.parametrize("id", ["residence", "social_insurance", "education", "county"])
def test_a_goal_is_no_answer_to_what_is_asked(id: str) -> None:
    person = at(id)
    person.conversation = person.conversation.but(facts={"permit": "residence_permit"})
    before = person.conversation.facts
    assert "离 80 分还差" in person.line("明年九月之前到80分").text
    assert person.conversation.facts == before


@pytest.mark.parametrize("id", ["blood", "charity", "law_study", "education"])
def test_a_number_of_points_is_no_number_of_what_is_asked(id: str) -> None:
    person = at(id)
    before = person.conversation.facts
    person.line("80分能办啥 我就问80够不够 别扯")
    assert person.conversation.facts == before
    assert person.conversation.goal == Goal(points=80)


def test_a_goal_beside_facts_is_kept_with_them() -> None:
    early = talker("[关注]", "我52岁，大专，离80还差几分", "同意")
    later = agreed("我52岁，大专，明年9月前要80分")
    for person in (early, later):
        assert person.conversation.goal
        assert person.conversation.goal.points == 80
        assert person.conversation.facts["age_years"] == 52
        assert person.conversation.facts["education"] == "junior_college"


def test_a_day_that_is_over_is_asked_anew() -> None:
    person = agreed(*COMPLETE, "明年九月之前到80分", "返回")
    person.now = person.now.replace(year=2027, month=10)
    person.line("继续")
    assert "想到多少分" in person.line("差多少").text


def test_a_view_that_was_left_open_past_its_day_still_answers() -> None:
    person = agreed(*COMPLETE, "明年九月之前到80分")
    person.now = person.now.replace(year=2027, month=10)
    for words in ("明细", "返回", "哼哈"):
        assert person.line(words).text


@pytest.mark.parametrize("said", ["今年3月 80", "2020年3月 80", "三十年后 80", "80" * 40])
def test_no_day_that_is_over_or_too_far_is_taken_where_a_goal_is_asked(said: str) -> None:
    person = agreed(*COMPLETE, "差多少")
    person.line(said)
    assert person.conversation.goal is None


@pytest.mark.parametrize(
    "said",
    [
        *(
            "目标不要了",
            "不要目标",
            "目标删掉",
            "把目标取消",
            "我没定目标啊",
            "没说过目标",
            "目标不对",
        ),
        *(
            "23是我岁数 不是分",
            "啥目标?? 23是我岁数 不是分",
            "我没说要23分",
            "不要23分",
            "23不是分",
        ),
    ],
)
@pytest.mark.parametrize("told", [("1",), COMPLETE], ids=len)
def test_a_goal_is_taken_back_in_words_at_any_time(told: tuple[str, ...], said: str) -> None:
    person = agreed(*told, "想到23分", "返回")
    assert person.conversation.goal == Goal(points=23)
    asked, known = person.conversation.top.flow, person.conversation.facts
    assert person.line(said).text.startswith("好，23 分这个目标去掉了。")
    assert person.conversation.goal is None
    assert (person.conversation.top.flow, person.conversation.facts) == (asked, known)


def test_what_is_told_beside_a_goal_taken_back_is_heard() -> None:
    person = agreed("1", "1994年5月", "想到90分")
    told = person.line("目标不要了，大专").text
    assert "目标去掉了" in told
    assert "记下：大专" in told
    assert "没有记着目标" in person.line("目标删掉").text
    assert person.conversation.facts["education"] == "junior_college"


def test_a_goal_told_before_the_consent_is_taken_back_there_too() -> None:
    person = talker("[关注]", "明年九月之前到80分", "目标不要了", "同意")
    assert person.conversation.goal is None


def test_what_the_goal_is() -> None:
    person = agreed("1", "想到90分", "返回")
    assert "记着的目标是 90 分" in person.line("啥目标？").text
    assert person.conversation.goal == Goal(points=90)


def test_what_is_only_planned_is_computed_and_not_kept() -> None:
    person = agreed(*COMPLETE)
    talk = Talk(person.conversation, NOW, RULES)
    turn = speak(talk, supposed(talk, {"education": "bachelor"}))
    assert turn.reply is not None
    assert "估算 66 → 68 分" in turn.reply.text
    assert "没有记" in turn.reply.text
    assert turn.conversation.facts == person.conversation.facts


@pytest.mark.parametrize("view", ["差多少", "比一比", "明年9月能到多少分"])
def test_every_view_names_itself_when_asked_again(view: str) -> None:
    person = agreed(*COMPLETE, "够80分吗", "返回", view)
    assert "刚才在看" in person.line("嗯哼哈嘿").text


def test_the_next_step_is_the_first_of_the_advice_that_asks_for_an_act() -> None:
    wanting = agreed(*COMPLETE, "够80分吗").line("返回").text
    assert "下一步：拿出劳动合同，没有就和单位签一份，+5 分。" in wanting
    content = agreed(*COMPLETE, "够60分吗").line("返回").text
    assert "下一步：备好材料" in content
