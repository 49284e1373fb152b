"""The engine: consent, words, detours, silence, changes, old bubbles, requests."""

from datetime import timedelta
from pathlib import Path

import pytest

from dialogs.choosing import bare
from dialogs.conversation import Conversation, Frame
from dialogs.engine import converse
from dialogs.faq import Found
from dialogs.requests import DeleteMyData
from dialogs.reserved import spellings, word
from dialogs.utterance import Chosen, Followed, Outcome, Said, Sent
from scoring import FACTS
from tests.dialogs.talks import NOW, RULES, agreed, at, talker

COMPLETE = [
    "1",
    "1994年5月",
    "大专",
    "三级",
    "42个月",
    "50个月",
    "租房",
    "3年",
    "都没有",
    "4",
    "4次",
]  # the acceptance person


def test_the_greeting_is_said_once() -> None:
    person = talker()
    assert person.line("在吗").text.startswith("您好")
    for line in ("帮助", "哈哈哈", "[照片]", "同意", "帮助", "上一步"):
        assert "您好" not in person.line(line).text


@pytest.mark.parametrize(
    "said", ["1990年5月，大专", "我叫张三", "330324199005012345", "租房有分吗"]
)
def test_nothing_is_kept_before_consent(said: str) -> None:
    person = talker("[关注]")
    reply = person.line(said)
    kept = person.conversation
    assert (kept.facts, kept.answered, kept.passed) == ({}, (), ())
    assert said not in kept.model_dump_json()
    assert person.unmatched == []
    assert any(choice.key == "agree" for choice in reply.choices)


@pytest.mark.parametrize(
    "said", ["结果", "修改", "预约", "材料", "继续", "重新开始", "进度", "我的预约"]
)
def test_words_that_need_consent(said: str) -> None:
    assert "同意" in talker("[关注]").line(said).text


def test_consent_is_not_interrupted_by_guesses() -> None:
    person = talker("[关注]")
    for said in ("献血", "嗯哼", "大专，社保四年"):
        person.line(said)
        assert person.conversation.top.flow == "consent"
        assert not person.conversation.consented


def test_agreement_needs_a_yes() -> None:
    assert not talker("[关注]", "不同意").conversation.consented
    assert talker("[关注]", "好的").conversation.consented


def test_acceptance_person() -> None:
    reply = agreed(*COMPLETE).line("结果")
    assert "估算 66 分（可能 66～76.5 分）" in reply.text
    assert "59／100" in reply.text
    assert "7／200" in reply.text
    assert "估算，以县里核定为准" in reply.text
    assert "2026-11-23" in reply.text


def test_unticked_is_an_explicit_none() -> None:
    facts = agreed(*COMPLETE).conversation.facts
    assert facts.keys() == FACTS.keys()
    assert facts["honours_city"] == 0
    assert facts["special_statuses"] == []
    assert facts["talent_class"] == "none"
    assert facts["red_station_service"] is False


@pytest.mark.parametrize("said", sorted(filter(bare, spellings("words"))))
def test_reserved_words_are_whole_messages(said: str) -> None:
    assert word(Said(said)) is not None
    assert word(Said(f" {said}！ ")) is not None
    assert word(Said(f"你说{said}的事情吧")) is None


def test_traditional_and_full_width_words() -> None:
    assert word(Said("結果")) == "result"
    assert word(Said("為什麼")) == "why"


def test_a_detour_keeps_the_place() -> None:
    person = at("education")
    asked = person.line("帮助").choices
    for line in (
        "租房有分吗",
        "[照片]",
        "[语音]",
        "[位置]",
        "[表情]",
        "谢谢",
        "人工",
        "身份证丢了怎么办",
    ):
        reply = person.line(line)
        assert reply.choices == asked, line
        assert "您的最高学历是？" in reply.text
    assert person.conversation.facts == {}


def test_guessed_topics_give_way_to_an_answer() -> None:
    person = at("education")
    guess = Found("choices", ("rent_points", "dormitory"))
    turn = converse(person.conversation, Said("那个那个"), NOW, RULES, find=lambda text: guess)
    assert turn.conversation.top.flow == "topics"
    turn = converse(turn.conversation, Said("大专"), NOW, RULES)
    assert turn.conversation.facts == {"education": "junior_college"}


def test_what_nobody_understood_is_handed_out_without_identity() -> None:
    person = at("education")
    person.line("咕噜咕噜怎么弄")
    assert person.unmatched == ["咕噜咕噜怎么弄"]
    for line in ("我叫张三咕噜", "13812345678咕噜", "我住在瓯北咕噜", "330324199005012345"):
        person.line(line)
    assert person.unmatched == ["咕噜咕噜怎么弄"]


def test_personal_answers_are_never_handed_out() -> None:
    person = at("social_insurance")
    for line in ("三年多", "好几年吧", "99999999999个月", "张三", "老板说有的"):
        person.line(line)
    assert person.unmatched == []


@pytest.mark.parametrize("silence", [timedelta(minutes=31), timedelta(days=7)])
def test_after_a_silence_one_is_asked_whether_to_go_on(silence: timedelta) -> None:
    person = agreed("1", "1990年5月")
    person.now += silence
    reply = person.line("大专")
    assert "最高学历" in reply.text
    assert [choice.label for choice in reply.choices] == ["继续上次", "重新开始"]
    assert "education" not in person.conversation.facts
    assert person.line("继续上次").text.startswith("记下：大专")


def test_within_half_an_hour_one_just_goes_on() -> None:
    person = agreed("1", "1990年5月")
    person.now += timedelta(minutes=29)
    assert person.line("大专").text.startswith("记下：大专")


def test_a_word_works_after_a_silence() -> None:
    person = agreed("1", "1990年5月")
    person.now += timedelta(days=7)
    assert "估算 20 分" in person.line("结果").text


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
    reply = person.line("3")
    assert "租房年数：3 年" in reply.text
    assert person.conversation.facts["rented_years"] == 3
    assert "没有改" in person.line("不改了").text
    assert person.conversation.facts["rented_years"] == 3
    person.line("修改")
    person.line("住房")
    person.line("3")
    assert "66 → 61 分" in person.line("好").text
    assert person.conversation.facts["rented_years"] == 0


def test_a_newly_ticked_line_asks_its_follow_up_then_tells_the_difference() -> None:
    person = agreed(*COMPLETE, "修改", "县里的加分")
    assert "公积金一共交了多久" in person.line("公积金").text
    assert "66 → 72 分" in person.line("24个月").text


def test_facts_named_at_the_result_are_taken_as_changes() -> None:
    assert "66 → 68 分" in agreed(*COMPLETE).line("志愿者8次").text


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
    assert "【1/" in person.line("清掉，重新开始").text
    assert person.conversation.facts == {}


def test_menu_keys_are_words() -> None:
    person = agreed(*COMPLETE)
    assert "估算 66 分" in person.hear(Chosen("result")).text
    assert "学信网" in person.hear(Chosen("papers")).text
    assert person.hear(Chosen("nonsense")).text


def test_following_again_keeps_the_place() -> None:
    person = agreed("1")
    reply = person.hear(Followed("qrscene_1"))
    assert "您好" not in reply.text
    assert "您哪年哪月出生" in reply.text


def test_points_to_reach() -> None:
    person = agreed(*COMPLETE)
    assert "还差 14 分" in person.line("怎么才能到80分").text
    assert "到不了" in person.line("我要到400分").text


def test_flows_do_not_pile_up() -> None:
    person = agreed("1")
    for _ in range(10):
        for line in ("修改", "明细", "我的数据", "献血", "加分", "删除我的数据", "重新开始"):
            person.line(line)
    assert len(person.conversation.waiting) < 10


def test_a_conversation_of_other_questions_is_migrated() -> None:
    old = Conversation(
        revision=0,
        consented=True,
        facts={"education": "bachelor", "gone": 1, "rented_years": -4},
        answered=("education", "gone"),
        waiting=(Frame(flow="questionnaire", state={"at": "gone"}), Frame(flow="gone")),
        heard=NOW,
    )
    turn = converse(old, Said("1"), NOW, RULES)
    assert turn.conversation.facts == {"education": "bachelor"}
    assert turn.conversation.answered == ("education",)
    assert turn.reply is not None
    assert "题目有更新" in turn.reply.text
    again = converse(turn.conversation, Said("继续"), NOW, RULES).reply
    assert again is not None
    assert "【2/" in again.text


def test_the_same_arguments_give_the_same_turn() -> None:
    person = agreed(*COMPLETE[:5])
    before = person.conversation.model_dump_json()
    first, second = (converse(person.conversation, Said("42个月"), NOW, RULES) for _ in range(2))
    assert first == second
    assert person.conversation.model_dump_json() == before


def test_hostile_texts_at_every_question() -> None:
    for said in ("啊" * 5000, "]]>", "<a href=x>", "\x00", "\ud800", "{{ 7*7 }}", "", "   "):
        for id in ("permit", "birth", "county", "honours", "welfare"):
            assert at(id).line(said).text
    assert at("birth").hear(Sent("nonsense")).text


def test_no_sentence_of_the_chat_has_an_exclamation_mark() -> None:
    chat = Path(__file__).parents[2] / "templates" / "chat"
    for template in chat.rglob("*.txt"):
        assert "！" not in template.read_text(encoding="utf-8"), template.name
