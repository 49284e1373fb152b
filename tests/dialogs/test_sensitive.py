"""The consent to sensitive facts: asked before the first, what was told before it held sealed, the
skip and the withdrawal; and that no path keeps one without it."""

import json
from datetime import timedelta

import pytest

from dialogs.consent_texts import sensitive
from dialogs.conversation import Conversation, Given
from dialogs.interpret import hear
from dialogs.phrases import points
from dialogs.questions import questions
from dialogs.sensitive import SENSITIVE, asks_sensitive, lines, permitted
from dialogs.states import QuestionState
from dialogs.transcript import Talker
from dialogs.utterance import Said
from dialogs.withheld import held
from scoring import FACTS
from tests.dialogs.talks import COMPLETE, NOW, RULES, agreed, talker

COUNTED = RULES.at(NOW.date()).counted

TOLD = "我是党员献过三次血，社保五年"
FACTS_TOLD = {"special_statuses": ["party_member"], "blood_donations": 3}
ASKED = "单独同意了才问"


def begun(*lines: str) -> Talker:
    """A person who gave the general consent only, then said these lines."""
    return talker("[关注]", "同意", *lines)


def kept(conversation: Conversation) -> set[str]:
    """All sensitive facts that are kept of either person."""
    both = (one for one in (conversation.own, conversation.other) if one)
    return {fact for one in both for fact in one.facts if fact in SENSITIVE}


def test_these_facts_are_sensitive() -> None:
    assert {
        *("special_statuses", "donor_registration", "donation", "blood_donations"),
    } == SENSITIVE
    assert all(FACTS[id].sensitive for id in SENSITIVE)
    assert len(lines(COUNTED)) == len(SENSITIVE)


def test_it_is_asked_before_the_first_of_them_and_once() -> None:
    person = begun()
    asked = [ASKED in person.line(line).text for line in (*COMPLETE[:8], "同意", *COMPLETE[8:])]
    assert asked == [*[False] * 7, True, *[False] * 5]
    assert person.conversation.sensitive == Given(
        version=sensitive().version, at=person.now - 4 * timedelta(seconds=20)
    )
    assert "估算 66 分" in person.line("结果").text


@pytest.mark.parametrize(
    "text",
    [
        "好，我再想想",
        "老婆同意了",
        "等我考虑一下",
        "我师傅同意了",
        "他们都同意",
        "别人都说要80分才行",
    ],
)
def test_neither_yes_nor_no_keeps_nothing_and_asks_again(text: str) -> None:
    person = begun(*COMPLETE[:8])
    person.line(text)
    assert person.conversation.sensitive is None
    assert person.conversation.top.flow == "sensitive"


@pytest.mark.parametrize(
    "text", ["同意的", "血也没献过你问嘛可以问", "可以的你问就是了", "问吧", "我没得意见，同意"]
)
def test_it_is_given_in_whatever_words(text: str) -> None:
    person = begun(*COMPLETE[:8])
    person.line(text)
    assert person.conversation.sensitive
    assert person.conversation.sensitive.yes


YES = ("同意", "1", "可以", "可以问嘛", "好的", "没问题", "嗯可以的", "同意吧")
BESIDE_IT = {
    "我是党员": ("special_statuses", ["party_member"]),
    "党员不是 没献过血": ("blood_donations", 0),
    "我不是党员 血也没捐过": ("blood_donations", 0),
    "我当过兵，献血3次": ("blood_donations", 3),
    "捐过两次血": ("blood_donations", 2),
    "公积金两年": ("housing_fund_months", 24),
}


@pytest.mark.parametrize("told", BESIDE_IT)
def test_what_is_told_beside_the_yes_counts(told: str) -> None:
    asked, (fact, value) = begun(*COMPLETE[:8]).conversation, BESIDE_IT[told]
    person, found = talker(), {}
    for text in (f"{yes}{between}{told}" for yes in YES for between in "， "):
        person.conversation = asked
        person.line(text)
        found[text] = (permitted(person.conversation), str(person.conversation.facts.get(fact)))
    assert set(found.values()) == {(True, str(value))}, found
    assert "charity_yuan" not in person.conversation.facts


def test_what_is_uncertain_beside_the_yes_is_asked_back() -> None:
    person = begun(*COMPLETE[:8])
    reply = person.line("同意，献过两次血一次温州市区的，一次老家的")
    assert [choice.label for choice in reply.choices][:1] == ["0 次"]


def test_a_figure_that_is_asked_back_stays_over_the_consent() -> None:
    person = begun(*COMPLETE[:8], "跳过", "志愿服务大概二三十次吧", "补上")
    assert "在永嘉参加过几次志愿服务" in person.line("同意").text


@pytest.mark.parametrize("text", ["我说了不说", "她不在 跳过", "不方便告诉你", "别问了"])
def test_it_is_skipped_in_whatever_words(text: str) -> None:
    person = begun(*COMPLETE[:8])
    assert "好，这几项不问" in person.line(text).text


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("身体不行，没献过", {"blood_donations": 0}),
        ("不说假话，献过3次", {"blood_donations": 3}),
        ("这个不想说", {}),
    ],
)
def test_at_its_question_what_is_told_counts_and_what_is_withheld_does_not(
    text: str, facts: dict[str, object]
) -> None:
    person = begun(*COMPLETE[:8], "同意")
    person.conversation = person.conversation.go("questionnaire", QuestionState(at="blood"))
    person.line(text)
    found = person.conversation.facts
    assert {id: found[id] for id in ("blood_donations",) if id in found} == facts


@pytest.mark.parametrize("text", ["补上跳过的那几项", "补上"])
def test_it_can_be_asked_for_again_from_the_list_of_answers(text: str) -> None:
    person = begun(*COMPLETE[:8], "跳过")
    shown = [*person.line("修改").choices]
    while "补上" not in shown[-2].label:
        shown = [*person.line("下一页").choices]
    for said in (text, str(shown[-2].number)):
        other = talker()
        other.conversation = person.conversation
        other.line(said)
        assert other.conversation.top.flow == "sensitive", said


def test_skipped_before_a_sensitive_question_the_next_one_is_asked() -> None:
    person = begun(*COMPLETE[:8])
    person.conversation = person.conversation.leave().go(
        "questionnaire", QuestionState(at="special_status")
    )
    person.conversation = person.conversation.enter("sensitive")
    reply = person.line("跳过")
    assert "好，这几项不问" in reply.text
    assert person.conversation.top.flow == "questionnaire"


def test_skipped_they_are_not_asked_and_the_rest_is() -> None:
    person = begun(*COMPLETE[:8])
    reply = person.line("跳过")
    assert "好，这几项不问" in reply.text
    assert "下面这些，您有哪些" in reply.text
    shown = {choice.label for choice in reply.choices}
    assert "住房公积金" in shown
    while person.conversation.top.flow != "result":
        assert not shown.intersection(lines(COUNTED))
        assert not asks_sensitive(questions()[str(person.conversation.top.state["at"])]) or shown
        reply = person.line("都没有")
        shown = {choice.label for choice in reply.choices}
    assert kept(person.conversation) == set()
    assert "跳过没问：党员、退役、献血、捐献这几项，现在按没有算。" in reply.text
    assert "都没有的话，最高 74.5 分；114.5 分是都有才到的。有的话发“补上”。" in reply.text


def test_what_was_skipped_is_unknown_not_none() -> None:
    skipped, denied = begun(*COMPLETE[:8], "跳过"), begun(*COMPLETE[:8], "同意")
    for person in (skipped, denied):
        while person.conversation.top.flow != "result":
            reply = person.line("都没有")
        assert "估算 64 分" in reply.text
        most = "114.5" if person is skipped else "74.5"
        assert f"～{most} 分" in reply.text


@pytest.mark.parametrize(
    "said",
    ["跳过", "不同意", "2", "算了", "不愿意", "不方便说", "不用了", "都没有", "这些我都没有"],
)
def test_ways_to_skip(said: str) -> None:
    person = begun(*COMPLETE[:8], said)
    assert person.conversation.sensitive is not None
    assert not person.conversation.sensitive.yes


@pytest.mark.parametrize("said", ["同意", "1", "好的", "可以", "愿意", "▸ 同意，可以问"])
def test_ways_to_agree(said: str) -> None:
    person = begun(*COMPLETE[:8], said)
    assert person.conversation.sensitive is not None
    assert person.conversation.sensitive.yes


@pytest.mark.parametrize("before", [[], ["1"], ["1", "1990年5月", "大专", "没有"], ["1", "预约"]])
def test_what_is_told_before_it_is_held_and_it_is_asked_in_the_same_reply(
    before: list[str],
) -> None:
    person = begun(*before)
    reply = person.line(TOLD).text
    assert "记下：社保 60 个月" in reply
    assert ASKED in reply
    assert "先加密留 10 分钟" in reply
    assert kept(person.conversation) == set()
    assert held(person.conversation) == FACTS_TOLD
    assert "记下：中共党员，5 分（满分）；献血 3 次" in person.line("同意").text
    assert held(person.conversation) == {}
    assert {f: person.conversation.facts[f] for f in FACTS_TOLD} == FACTS_TOLD


def test_before_any_consent_both_come_after_the_yes() -> None:
    person = talker(TOLD)
    assert person.conversation.facts == {}
    reply = person.line("同意").text
    assert "记下：社保 60 个月" in reply
    assert ASKED in reply
    assert kept(person.conversation) == set()
    assert "中共党员" in person.line("同意").text


def test_after_the_result() -> None:
    person = begun(*COMPLETE[:8], "跳过", "都没有", "都没有")
    assert ASKED in person.line("我是党员").text
    reply = person.line("同意").text
    assert "记下：中共党员" in reply
    assert "在永嘉做过下面哪些" in reply  # the lines that were left out of the list
    assert "64 → 69 分" in person.line("都没有").text


@pytest.mark.parametrize("said", ["跳过", "不同意"])
def test_the_skip_deletes_what_was_held_and_says_so(said: str) -> None:
    person = begun("1", TOLD)
    assert "您说到的已经删了" in person.line(said).text
    assert person.conversation.early == ()
    assert kept(person.conversation) == set()


def test_after_the_time_it_is_gone_and_that_is_said() -> None:
    person = begun("1", TOLD)
    person.now += timedelta(minutes=10)
    assert "满了 10 分钟，已经删了" in person.line("在吗").text
    assert person.conversation.early == ()
    assert "已经删了，请再说一遍" in person.line("同意").text
    assert kept(person.conversation) == set()


def test_a_denial_tells_too() -> None:
    person = begun("1", "我不是党员，也没献过血")
    assert kept(person.conversation) == set()
    assert person.conversation.top.flow == "sensitive"


def test_what_is_said_again_replaces_what_was_held() -> None:
    person = begun("1", TOLD, "献血是四次，我当过兵")
    told = held(person.conversation)
    assert told["blood_donations"] == 4
    assert len(person.conversation.early) <= len(SENSITIVE)
    assert (
        sum(json.loads(one.text).keys() >= {"blood_donations"} for one in person.conversation.early)
        == 1
    )


def test_other_facts_are_taken_while_it_is_asked() -> None:
    person = begun("1", TOLD)
    assert "记下：大专，8 分。" in person.line("大专").text
    assert person.conversation.top.flow == "sensitive"
    assert "【第 4 题" in person.line("跳过").text or "哪年哪月" in person.line("继续").text


@pytest.mark.parametrize("said", ["党员几分", "献血有分吗", "捐造血干细胞怎么加分"])
def test_answers_about_them_need_no_consent(said: str) -> None:
    person = begun("1")
    reply = person.line(said).text
    assert ASKED not in reply
    assert person.conversation.early == ()


def test_a_skip_is_undone_and_the_questions_are_asked() -> None:
    person = begun(*COMPLETE[:8], "跳过", "都没有", "4")
    while person.conversation.top.flow != "result":
        person.line("没有")
    assert ASKED in person.line("补上").text
    assert "是哪一种" in person.line("同意").text
    assert "在永嘉做过下面哪些" in person.line("1").text
    person.line("无偿献血")
    person.line("没有了")
    person.line("2次")
    assert person.conversation.facts["blood_donations"] == 2
    assert person.conversation.facts["special_statuses"] == ["party_member"]


def test_the_list_of_answers_offers_to_undo_a_skip() -> None:
    person = begun("1", TOLD, "跳过")
    assert "补上跳过的那几项" in [one.label for one in person.line("修改").choices]
    assert ASKED in person.line("▸ 补上跳过的那几项").text


@pytest.mark.parametrize(
    "said", ["撤回", "撤回同意", "我要撤回", "收回同意", "取消授权", "我不同意了"]
)
def test_a_withdrawal_deletes_them_and_only_them(said: str) -> None:
    person = agreed(*COMPLETE[:8], "2", "没有了", "1", "无偿献血", "没有了", "3次")
    assert kept(person.conversation) == SENSITIVE
    plain = {f: v for f, v in person.conversation.facts.items() if f not in SENSITIVE}
    assert "收回了，记下的也删了" in person.line(said).text
    assert person.conversation.facts == plain
    state = person.conversation.model_dump_json()
    assert not any(one in state for one in ("party_member", *SENSITIVE))
    assert person.conversation.sensitive == Given(version=1, at=person.now, yes=False)


def test_a_withdrawal_in_the_middle_of_their_questions() -> None:
    for at in (["2"], ["2", "没有了"], ["2", "没有了", "1", "无偿献血", "没有了"]):
        person = agreed(*COMPLETE[:8], *at)
        person.line("撤回")
        assert kept(person.conversation) == set()
        asked = str(person.conversation.top.state.get("at", "permit"))
        assert questions()[asked].fact not in SENSITIVE


def test_a_withdrawal_where_nothing_was_given() -> None:
    assert "没有您的同意，也没有记" in begun("撤回").line("撤回").text
    assert "没有" in talker("[关注]").line("撤回").text
    person = begun("1", TOLD)
    assert "您说到的已经删了" in person.line("撤回").text


def test_a_new_text_asks_again_and_says_what_is_new() -> None:
    person = agreed(*COMPLETE)
    old = Given(version=0, at=NOW)
    person.conversation = person.conversation.but(sensitive=old)
    reply = person.line("明细").text
    assert "这份说明改过了" in reply
    before = kept(person.conversation)
    assert before == SENSITIVE  # what was agreed to stays until the answer
    person.line("同意")
    assert kept(person.conversation) == SENSITIVE
    person.conversation = person.conversation.but(sensitive=old)
    person.line("明细")
    person.line("跳过")
    assert kept(person.conversation) == set()


def test_facts_of_a_time_before_this_consent_are_held_until_it() -> None:
    person = agreed(*COMPLETE[:8], "2", "没有了", "1")
    person.conversation = person.conversation.but(sensitive=None)
    assert ASKED in person.line("进度").text
    assert kept(person.conversation) == set()
    person.line("同意")
    assert person.conversation.facts["special_statuses"] == ["party_member"]


def test_the_other_person_is_asked_apart() -> None:
    person = agreed("1", "帮我老婆也算一下", "1")
    reply = person.line("党员，献血两次").text
    assert "老婆本人单独同意了才问" in reply
    assert kept(person.conversation) == set()
    person.line("同意")
    assert person.conversation.facts["blood_donations"] == 2
    assert person.conversation.own.facts.keys() == {"permit"}
    person.line("撤回")
    assert kept(person.conversation) == set()


def test_what_is_told_of_another_person_is_not_even_held() -> None:
    person = agreed("1")
    reply = person.line("我老婆是党员，她大专").text
    assert "老婆的党员、献血这类没有记" in reply
    assert "party_member" not in person.conversation.model_dump_json()


def test_what_is_heard_does_not_depend_on_it() -> None:
    assert hear(None, Said(TOLD), NOW.date()).facts.keys() >= FACTS_TOLD.keys()


def test_points_never_say_zero_for_what_was_skipped() -> None:
    person = begun(*COMPLETE[:8], "跳过", "都没有", "都没有")
    told = person.line("明细").text
    assert "特殊身份 0" not in told
    assert points(0) == "0"


NONE_OF_THEM = ("都没有，{}", "都没有{}", "{}，这些都没有", "跳过，{}", "不说 {}")
BESIDE = {
    "社保交了五年": ("social_insurance_months", 60),
    "公积金有三年": ("housing_fund_months", 36),
}


@pytest.mark.parametrize("frame", NONE_OF_THEM)
def test_what_is_told_beside_the_no_is_heard(frame: str) -> None:
    for told, (fact, value) in BESIDE.items():
        person = begun(*COMPLETE[:8])
        person.line(frame.format(told))
        if person.conversation.top.flow == "overwrite":  # 42 months were told before
            person.line("是")
        assert person.conversation.facts[fact] == value, told
        assert not kept(person.conversation)
        assert "county" not in person.conversation.answered, "the no was of other lines"
    theirs = begun(*COMPLETE[:8])
    theirs.line(frame.format("我老婆社保交了五年"))
    assert theirs.conversation.facts["social_insurance_months"] == 42


@pytest.mark.parametrize("text", ["太长了 看不完 不要", "眼睛花，看不清，不用了"])
def test_a_no_behind_what_tells_nothing(text: str) -> None:
    person = talker("[关注]", "同意", *COMPLETE[:8])
    assert person.conversation.top.flow == "sensitive"
    assert "这几项不问" in person.line(text).text


@pytest.mark.parametrize(
    "said",
    [
        *(
            "什么私密的？你先说清楚哪几项，问我这些干嘛",
            "说了半天还是没说是哪几项",
            "哪些项",
            "具体问啥",
        ),
        *("私密的是啥", "都有哪几样", "你要问什么", "到底要问哪些"),
    ],
)
def test_who_asks_which_ones_is_told_the_list(said: str) -> None:
    person = talker("[关注]", "同意", *COMPLETE[:8])
    for _ in range(2):
        told = person.line(said).text
        assert "党员、民主党派、退役军人；" in told
        assert "无偿献血。" in told
    assert person.conversation.top.flow == "sensitive"


def test_the_question_names_what_it_asks_for_each_time() -> None:
    person = talker("[关注]", "同意", *COMPLETE[:8])
    assert "党员、退役、献血、捐献这几项私密的，可以问吗？" in person.line("数据安全吗").text


def test_where_it_was_never_asked_it_is_asked_in_full() -> None:
    person = talker("[关注]", "同意", *COMPLETE[:6], "自己买的房")
    person.line("没租过房，我大专没毕业，是高中")
    assert "有几项比较私密" in person.line("不改").text
