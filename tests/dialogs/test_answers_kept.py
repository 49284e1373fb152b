"""What becomes of answers: kept, changed, voided, shown, deleted."""

from dialogs.engine import converse
from dialogs.requests import DeleteMyData
from dialogs.utterance import Outcome, Said
from scoring import FACTS
from tests.dialogs.talks import COMPLETE, NOW, RULES, agreed, at


def test_acceptance_person() -> None:
    reply = agreed(*COMPLETE).line("结果")
    assert "估算 66 分（可能 66～76.5 分）" in reply.text
    assert "59／100" in reply.text
    assert "7／200" in reply.text
    assert "估算，以县里核定为准" in reply.text
    assert "2026-11-23" in reply.text


def test_unticked_is_an_explicit_none() -> None:
    facts = agreed(*COMPLETE).conversation.facts
    assert facts.keys() == {
        id for id, fact in FACTS.items() if not fact.stands_for and fact.presumed is None
    }
    assert facts["honours_city"] == 0
    assert facts["special_statuses"] == []
    assert facts["talent_class"] == "none"
    assert facts["red_station_service"] is False


def test_change_goes_straight_to_the_difference() -> None:
    person = agreed(*COMPLETE, "修改")
    assert "（原来：大专" in person.line("最高学历").text
    reply = person.line("本科")
    assert "66 → 68 分，因为文化程度 8 → 10" in reply.text
    assert "改好了" not in person.line("结果").text


def test_one_answer_is_named_to_be_changed() -> None:
    person = agreed(*COMPLETE)
    for said in ("我想改一下学历", "学历填错了", "改最高学历"):
        assert "（原来：大专" in person.line(said).text
        person.line("跳过")
    assert "原来" not in person.line("改天再来").text


def test_what_a_change_voids_is_said_before_it_is_dropped() -> None:
    person = agreed(*COMPLETE, "修改", "住房")
    reply = person.line("4")
    assert "租房年数：3 年" in reply.text
    assert person.conversation.facts["rented_years"] == 3
    assert "没有改" in person.line("不改了").text
    assert person.conversation.facts["rented_years"] == 3
    person.line("修改")
    person.line("住房")
    person.line("4")
    assert "66 → 61 分" in person.line("好").text
    assert person.conversation.facts["rented_years"] == 0


def test_a_newly_ticked_line_asks_its_follow_up_then_tells_the_difference() -> None:
    person = agreed(*COMPLETE, "修改", "县里的加分")
    assert "还有别的吗" in person.line("公积金").text
    assert "公积金一共交了多久" in person.line("没有了").text
    assert "66 → 72 分" in person.line("24个月").text


def test_facts_named_at_the_result_are_taken_as_changes() -> None:
    person = agreed(*COMPLETE)
    assert "原来记的是 4 次，您现在说 8 次" in person.line("志愿者8次").text
    assert "66 → 68 分" in person.line("对").text


def test_an_old_bubble_asks_first() -> None:
    person = agreed("▸ 有，在有效期内", "1990年5月", "▸ 大专")
    reply = person.line("▸ 本科")
    assert "最高学历" in reply.text
    assert person.conversation.facts["education"] == "junior_college"
    assert "记下：本科" in person.line("改").text
    assert "有技能证书或职称吗" in person.line("帮助").text
    assert "不用改" in person.line("▸ 本科").text


def test_taps_of_elsewhere_change_nothing() -> None:
    person = at("skill")
    before = person.conversation.facts
    for tap in (
        "consent.agree",
        "education.1.bachelor",
        "x",
        "",
        ".",
        "skill.1.nonsense",
        "drop.yes",
    ):
        turn = converse(person.conversation, Said("随便", tap=tap), NOW, RULES)
        assert turn.conversation.facts == before
        assert turn.reply is not None
        assert "有技能证书或职称吗" in turn.reply.text


def test_several_answers_in_one_message() -> None:
    person = agreed("1", "1990年5月")
    reply = person.line("3，社保交了三年多")
    assert reply.text.startswith("记下：大专，8 分。\n社保")
    assert "social_insurance_months" not in person.conversation.facts
    assert person.conversation.top.state["at"] == "social_insurance"
    assert "记下：社保 42 个月" in person.line("三年半").text


def test_vague_values_can_be_tapped() -> None:
    person = at("rented")
    reply = person.line("七八年")
    assert [choice.label for choice in reply.choices][:2] == ["7 年", "8 年"]
    person.line("▸ 7 年")
    assert person.conversation.facts["rented_years"] == 7


def test_the_year_is_kept_while_the_month_is_asked() -> None:
    person = at("birth")
    assert "1990年几月" in person.line("1990年").text
    person.line("5月")
    assert person.conversation.facts["birth_date"] == "1990-05-01"


def test_registration_only() -> None:
    person = agreed()
    assert "普惠服务" in person.line("2").text
    assert "办好证以后" in person.line("结果").text


def test_delete_my_data_resets_everything() -> None:
    person = agreed(*COMPLETE, "删除我的数据")
    turn = converse(person.conversation, Said("是"), NOW, RULES)
    assert turn.request == DeleteMyData()
    assert turn.reply is None
    done = converse(turn.conversation, Outcome(turn.request, True), NOW, RULES)
    assert done.conversation.facts == {}
    assert not done.conversation.consented


def test_my_data_shows_every_answer() -> None:
    text = agreed(*COMPLETE).line("我的数据").text
    for told in ("1994年5月", "大专", "三级（高级工）", "42 个月", "50 个月", "3 年", "4 次"):
        assert told in text


def test_restart_is_asked_once_more() -> None:
    person = agreed("1", "1990年5月", "重新开始")
    assert person.conversation.facts
    person.line("不清")
    assert person.conversation.facts
    person.line("重新开始")
    assert "【第 1 题" in person.line("清掉，重新开始").text
    assert person.conversation.facts == {}


def test_points_to_reach() -> None:
    person = agreed(*COMPLETE)
    assert "还差 14 分" in person.line("怎么才能到80分").text
    assert "到不了" in person.line("我要到400分").text
