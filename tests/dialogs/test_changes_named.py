"""A change says of which answer it is, with the old value and the new one."""

import pytest

from tests.dialogs.talks import COMPLETE, agreed


def test_a_line_of_a_list_is_named_and_no_other_is_opened() -> None:
    person = agreed(*COMPLETE)
    before = person.conversation.facts
    shown = person.line("还有我厂60个工人是规上企业 法人就是我")
    assert "规上企业的法人代表原来记的是 没有，您现在说 有" in shown.text
    person.line("1")
    assert person.conversation.top.flow == "result"
    assert person.conversation.facts == {**before, "above_scale_legal_representative": True}


@pytest.mark.parametrize("text", ["改什么？把啥改成新的", "改啥子", "啥意思", "改的是哪个"])
def test_what_would_change_is_told(text: str) -> None:
    person = agreed(*COMPLETE, "学历是本科")
    shown = person.line(text)
    assert shown.text == "改的是最高学历：从 大专 改成 本科。\n改吗？"
    person.line("对")
    assert person.conversation.facts["education"] == "bachelor"


def test_what_is_so_as_recorded_takes_the_offer_back() -> None:
    person = agreed("1", "1990年3月", "大专", "居住证我没有")
    shown = person.line("不对不对居住证我有的去年九月办的我是没得手艺证")
    assert shown.text.startswith("好，没有改。")
    facts = person.conversation.facts
    assert (facts["permit"], facts["skill"]) == ("residence_permit", "none")
    assert "social_insurance_months" not in facts


@pytest.mark.parametrize(
    "lines",
    [
        ("我一八年四月份才去登记的",),
        ("登记是2018年4月才办的",),
        ("居住时间怎么算的", "那你给我改哈嘛从一八年四月份算起"),
    ],
)
def test_told_anew_after_the_result(lines: tuple[str, ...]) -> None:
    person = agreed(*COMPLETE)
    for line in lines:
        shown = person.line(line)
    assert "居住时间原来记的是 50 个月，您现在说 103 个月" in shown.text


def test_what_asks_for_the_change_needs_no_yes() -> None:
    person = agreed(*COMPLETE, "没登记的时间算不算")
    assert "居住时间 12.5 → 25.75" in person.line("给我改成从一八年四月算起").text


def test_beside_a_question_it_is_asked_back() -> None:
    person = agreed(*COMPLETE)
    text = "你那个居住时间咋个算的我一八年四月份才去登记的前头几年没登记你给我算十三年对不对"
    assert [one.label for one in person.line(text).choices][:1] == ["103 个月"]


DONOR = (*COMPLETE[:9], "慈善捐款", "没有了", "5000元")


@pytest.mark.parametrize(
    "text", ["改房子", "改一下房子", "我的房子填错了", "改房那一项", "房子我弄错了，去年的"]
)
def test_a_word_for_several_answers_offers_those(text: str) -> None:
    person = agreed(*COMPLETE)
    labels = [choice.label for choice in person.line(text).choices]
    assert labels == ["住房：租房、宿舍，或住家人朋友的房", "租房年数：3 年", "不改了"]
    assert "（原来：3 年。" in person.line("2").text


@pytest.mark.parametrize("text", ["改税", "税我记错了，去年是3万6不是2万6，前年没变", "帮我改税吧"])
def test_a_word_of_one_character_names_its_answer(text: str) -> None:
    person = agreed(*COMPLETE[:8], "交过税", "没有了", "税费3万", "都没有")
    assert "（原来：税费 30000 元" in person.line(text).text


@pytest.mark.parametrize("text", ["改了", "改口", "改天", "改掉"])
def test_what_names_no_answer_changes_none(text: str) -> None:
    person = agreed(*COMPLETE)
    assert "（原来：" not in person.line(text).text
    assert person.conversation.top.flow != "change"


@pytest.mark.parametrize("text", ["把慈善改成3000", "让你把慈善改成3000你没改", "慈善改成3000元"])
def test_a_part_of_the_title_is_enough_where_a_change_is_asked_for(text: str) -> None:
    person = agreed(*DONOR)
    told = person.line(text).text
    assert told.startswith("慈善捐款原来记的是 5000 元，改过来了。")
    assert person.conversation.facts["charity_yuan"] == 3000
