"""What is said of advice, of waiting, of a goal and of the reform."""

from datetime import date
from typing import Any

from dialogs.phrases import say
from scoring import advise, compare, load_ruleset, reach, timeline
from tests.dialogs.talks import COMPLETE, agreed, talker
from tests.scoring.people import ACCEPTANCE, complete

ON = date(2026, 11, 23)
OLD, NEW = load_ruleset("yongjia-original"), load_ruleset("yongjia-2022")
PERSON = complete(ACCEPTANCE)
LONGEST = 1_800
"""Bytes that fit into one message."""


def advice(**facts: Any) -> str:
    return say("advice", steps=advise(NEW, facts, on=ON))


def goal(target: int, **facts: Any) -> list[str]:
    return say("reach", found=reach(NEW, {**PERSON, **facts}, target, on=ON)).splitlines()


def waiting(**facts: Any) -> list[str]:
    return say("timeline", timeline=timeline(NEW, facts, on=ON)).splitlines()


def test_advice_tells_how_much_stage_by_stage_with_cost_and_time() -> None:
    told = advice(**PERSON).splitlines()
    assert told.index("时间到了就有：") < told.index("容易做到：") < told.index("要花些力气：")
    assert "· 在本县参加志愿服务，再 6 次：+3 分" in told
    assert "· 在本县参加无偿献血，再 1 次：+0～10 分" in told
    assert "· 社保接着缴，再 12 个月：+3～6 分（照常缴费，到2027年11月）" in told
    assert "没写花费和时间的，公开的说明里没有，问窗口。" in told
    assert told[-1] == "估算，以县里核定为准。"
    assert "没答过的题先按没有算。" not in told


def test_advice_to_somebody_who_told_nothing_fits_into_one_message() -> None:
    told = advice()
    assert "没答过的题先按没有算。" in told
    assert len(told.encode()) <= LONGEST


def test_a_goal_in_reach_beyond_it_and_out_of_it() -> None:
    assert goal(66)[0] == "现在估算 66 分，已经到 66 分了。"
    assert goal(67)[0] == "现在估算 66 分，到 67 分还差 1 分。"
    assert goal(67)[2] == "这些都做到，估算 67 分。"
    assert any("剩下的只能靠：" in line for line in goal(200))
    assert goal(290)[0].startswith("290 分很难说：样样都满，按先用的算法是 286 分")
    assert goal(301)[0].startswith("301 分到不了：按这份细则，样样都满也只有 300 分")


def test_a_goal_never_fills_more_than_one_message() -> None:
    for target in (60, 70, 100, 150, 250, 400):
        assert len("\n".join(goal(target)).encode()) <= LONGEST


def test_waiting_tells_caps_and_birthdays() -> None:
    told = waiting(birth_date="1985-12-10", residence_months=118)
    assert any(line.startswith("现在 49.5～") for line in told)
    assert any(line.endswith("分，满 41 岁，年龄少 1 分") for line in told)
    assert any(line.startswith("2027年1月 49～") and line.endswith("居住时间满了") for line in told)


def test_waiting_changes_nothing() -> None:
    assert waiting(birth_date="2000-01-01")[0] == "到 2031年，只是等着，分数不会变，还是 20 分。"


def test_before_and_after_with_the_reason() -> None:
    found = compare(OLD, NEW, PERSON, on=ON)
    told = say("compare", found=found, before=OLD, after=NEW).splitlines()
    assert "估算 51.5 分（可能 51.5～87 分），现在" in told[0]
    assert told[0].endswith("66 分（可能 66～76.5 分）。")  # two ranges: no difference to state
    assert any(line.startswith("· 职业技能：原来 5 分（可能更多）") for line in told)
    assert "· 社会公益：原来 8 分，现在 2 分，因为在本县参加志愿服务从 2 分改为 0.5 分。" in told
    assert any(line.startswith("· 住所情况：") and "租赁合同" in line for line in told)
    assert len("\n".join(told).encode()) <= LONGEST


def test_nothing_to_compare() -> None:
    found = compare(OLD, NEW, {}, on=ON)
    assert "各类的分都没有变。" in say("compare", found=found, before=OLD, after=NEW)


def test_a_step_that_was_not_reached_stands_under_its_category() -> None:
    person = agreed("1", "1988年11月", "初中", *COMPLETE[3:])
    told = person.line("看明细").text
    assert (
        "文化程度：0 分（可能 0～5 分）\n您答：初中及以下，不在“高中（含中职、中专）”这一档。"
        in told
    )


def test_own_papers_are_told_once() -> None:
    person = agreed(*COMPLETE, "预约瓯北明天9点", "1")
    told = person.line("要提醒，到时候要带什么材料").text
    assert "约好了。" in told
    assert "要带：身份证、" in told
    assert "身份证和居住证都带上" not in told


def test_a_wish_to_come_stated_first_is_in_the_result() -> None:
    person = talker("[关注]", "我想预约下周二上午到瓯北窗口办积分,你看要得不", "先测哈嘛,我同意")
    for line in (*COMPLETE[:8], "跳过", "都没有", "都没有"):
        reply = person.line(line)
    assert "您开头说想约瓯北街道，12月1日 周二上午，发“预约”就接着约。" in reply.text
    person.line("预约")
    assert "您开头说" not in person.line("看结果").text
