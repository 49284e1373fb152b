"""What people said in whole talks, and what went wrong with it."""

from pathlib import Path

import pytest

from dialogs import faq
from dialogs.data import parse
from dialogs.intents.agreement import consents
from dialogs.sensitive import SENSITIVE
from dialogs.states import QuestionState
from dialogs.utterance import Said
from tests.dialogs.talks import agreed, at, talker

WHOSE = Path(__file__).parent / "hearing" / "whose.yaml"


@pytest.mark.parametrize(
    "text",
    [
        "同意的嘛你给我算一下我是毕节来的今年五十二了",
        "行行行 同意 搞快点 绿灯了",
        "可以的，同意。我没有办居住证",
        "您好，我同意。我想先估算一下积分。",
        "同意同意，我老头子不大会弄这个，你慢慢问啊",
        "点了嘛同意",
        "我没有六十我四十九同意你帮我算算",
        "行吧 测就测 别坑我哈",
        "送外卖呢路上 行吧同意 但是别问我老婆收入那些私人的啊",
        "行，我同意测试，仅限于我本人的积分估算。",
    ],
)
def test_a_yes_among_other_words_is_the_consent(text: str) -> None:
    person = talker("[关注]")
    person.line(text)
    assert person.conversation.consented, text


NO_CONSENT = (
    *("不同意", "同意书要带吗", "我不太同意", "他们都同意", "等我想想再同意", "还行吧"),
    *("同意你个头", "领导同意我来的", "同意后会怎样", "不说了算了"),
)


@pytest.mark.parametrize("text", NO_CONSENT)
def test_no_consent_is_taken_from_a_no_a_doubt_or_a_question(text: str) -> None:
    person = talker("[关注]")
    person.line(text)
    assert not person.conversation.consented


def test_nobody_consents_for_another_person() -> None:
    people = parse(WHOSE.read_text("utf-8"))["people"]
    assert len(people) > 100
    said = [
        frame.format(who=who)
        for who in people
        for frame in ("{who}同意了", "{who}同意你帮我算", "{who}四十九同意你帮我算")
    ]
    assert [text for text in said if consents(Said(text))] == []
    greeted = talker("[关注]").conversation
    for text in said[::7]:
        person = talker()
        person.conversation = greeted
        person.line(text)
        assert not person.conversation.consented, text


def test_a_question_beside_the_yes_is_answered_after_it() -> None:
    person = talker("[关注]")
    reply = person.line("同意，那没有居住证怎么办呢？")
    assert person.conversation.consented
    assert "居住证" in reply.text


@pytest.mark.parametrize(
    ("question", "text", "facts"),
    [
        ("education", "他高中毕业", {"education": "high_school"}),
        ("permit", "他有的", {"permit": "residence_permit"}),
        ("social_insurance", "我老公交了五年", {"social_insurance_months": 60}),
    ],
)
def test_on_the_other_one_s_turn_he_is_that_one(question: str, text: str, facts: dict) -> None:
    person = agreed("1", "1994年5月")
    person.line("帮我老公也算一下")
    person.conversation = person.conversation.go("questionnaire", QuestionState(at=question))
    person.line(text)
    assert facts.items() <= person.conversation.facts.items()
    assert person.conversation.whose == "老公"


@pytest.mark.parametrize(
    "text", ["不要改,那是我老婆的", "不用改，我只是问问", "不改了，我说的是分数"]
)
def test_what_is_known_stays_after_a_no_in_other_words(text: str) -> None:
    person = agreed("1", "1994年5月")
    person.line("我是1980年5月生的")
    assert person.conversation.top.flow == "overwrite"
    person.line(text)
    assert person.conversation.facts["birth_date"] == "1994-05-01"
    assert person.conversation.top.flow != "overwrite"


@pytest.mark.parametrize("text", ["算了 别删了", "不对 别删", "先不删了"])
def test_a_deletion_is_called_off_in_other_words(text: str) -> None:
    person = agreed("1")
    person.line("删除我的数据")
    assert "没有删" in person.line(text).text


def test_the_other_one_is_called_as_theirs() -> None:
    person = at("social_insurance")
    assert "您老公" in person.line("我老公也交了五年").text


@pytest.mark.parametrize(
    ("question", "text", "facts"),
    [
        (
            "permit",
            "有嘛前年在派出所新换的那个卡卡我弟弟的过期了没去换我这个是好的",
            "residence_permit",
        ),
        ("permit", "我这个没过期好的就是有", "residence_permit"),
        ("skill", "没得证我干了三十年砖砌得比那些有证的还好就是没得证", "none"),
        ("education", "初中毕业,后来读了个函授,大专文凭", "junior_college"),
    ],
)
def test_the_answer_in_a_story(question: str, text: str, facts: str) -> None:
    person = at(question)
    person.line(text)
    assert person.conversation.facts.get({"skill": "skill"}.get(question, question)) == facts


@pytest.mark.parametrize(
    "text",
    [
        "现在不就80.5了吗",
        "好 那我们先办居住证 谢谢你啊",
        "如果我现在去办居住证，之前的社保和居住时间还作数吗？",
        "租的房子 有备案合同",
    ],
)
def test_it_tells_no_fact_of_this_kind(text: str) -> None:
    person = at("volunteer")
    before = dict(person.conversation.facts)
    person.line(text)
    told = {*person.conversation.facts} - {*before}
    assert not told & {"birth_date", "permit", "employment"}


def test_lines_of_a_list_are_ticked_whatever_is_told_of_them() -> None:
    person = at("county")
    person.line("表彰有一次,21年县里评的,专利前面说了两个,公积金没有,党员不是")
    assert person.conversation.top.state.get("ticked") == ["honours", "patents"]


def test_lodgings_without_a_lease_are_carried_into_the_result() -> None:
    person = agreed("1", "1994年5月", "大专", "三级", "42个月", "50个月")
    person.line("租的房东家的房子一直租起的没签啥子合同")
    person.line("3年")
    for line in ("都没有", "都没有"):
        reply = person.line(line)
    assert "租房没有备案的合同，这一项可能不认，那就是" in reply.text
    assert person.conversation.no_lease


def test_a_lease_on_record_says_nothing() -> None:
    person = agreed("1", "1994年5月", "大专", "三级", "42个月", "50个月")
    person.line("租的房子 有备案合同")
    assert not person.conversation.no_lease


@pytest.mark.parametrize(
    ("text", "told"),
    [("先不约", ""), ("那先不约。我带什么材料去？", "居住证"), ("先不预约了，我高中毕业", "高中")],
)
def test_a_booking_put_off_is_none_and_the_rest_is_heard(text: str, told: str) -> None:
    person = agreed("1", "1994年5月")
    reply = person.line(text)
    assert reply.text.startswith("好的，没有约。")
    assert told in reply.text
    assert person.conversation.top.flow == "questionnaire"


def test_whose_it_is_can_be_said_in_one_s_own_words() -> None:
    person = agreed("1", "1994年5月", "高中")
    person.line("我侄女小燕社保三年")
    assert person.conversation.top.flow == "profile"
    person.line("我自己的啊")
    assert person.conversation.facts["social_insurance_months"] == 36


@pytest.mark.parametrize(
    "text",
    [
        "请删除我的全部数据。",
        "我要求删除我在这里的所有信息",
        "把我的信息都删了吧",
        "注销我的账号",
        "把俺的数据删了",
        "把俺的都删了",
        "俺那些东西统统给俺删干净",
        "我说的全删掉噻",
    ],
)
def test_deletion_can_be_demanded_in_one_s_own_words(text: str) -> None:
    person = agreed("1", "1994年5月")
    person.line(text)
    assert person.conversation.top.flow == "delete_my_data"
    person.line("确认删除")
    assert not person.conversation.waiting


@pytest.mark.parametrize(
    "text",
    [
        "算了 党员退伍献血那几样还是撤了吧 我不想窗口看",
        "我要撤回同意",
        "献血那几项撤回吧",
        "撤回那几项的同意",
    ],
)
def test_the_sensitive_consent_is_withdrawn_in_one_s_own_words(text: str) -> None:
    person = agreed("1", "1994年5月", "高中")
    person.line("我是党员，献血3次")
    assert "blood_donations" in person.conversation.facts
    person.line(text)
    assert person.conversation.facts.keys().isdisjoint(SENSITIVE)


@pytest.mark.parametrize(
    "text", ["数据怎么删除", "删掉我的学历", "撤了两次职", "不要撤回", "把我的预约都删了"]
)
def test_nothing_is_deleted_that_nobody_demanded(text: str) -> None:
    person = agreed("1", "1994年5月", "高中")
    person.line("献血3次")
    person.line(text)
    assert person.conversation.top.flow != "delete_my_data"
    assert person.conversation.facts["blood_donations"] == 3


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("我想明年9月前凑到90分 闺女要上小学 差多少分呢", "2027年8月"),
        ("我不管分数线 我就定个目标90分 明年9月 还差多少 怎么补", "2027年9月"),
        ("我能不能达到90分 到明年9月之前", "2027年8月"),
    ],
)
def test_a_goal_is_heard_among_other_words(text: str, by: str) -> None:
    person = agreed("1", "1994年5月", "高中")
    reply = person.line(text)
    assert person.conversation.goal
    assert person.conversation.goal.points == 90
    assert "离 90 分还差" in reply.text
    assert by in reply.text


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("工地上考过一个安全的卡那个算不算", "skill_operator_card"),
        ("谁在运营", "privacy"),
        ("删除后你们还有备份吗", "privacy"),
        ("系统有记录。小时数不算？", "volunteer_points"),
        ("镇里给过一个纸 优秀环卫工 2021年 算不算", "honour_points"),
        ("部队的优秀士兵算不算", "honour_points"),
        ("我厂里十四个工人也想算 能不能他们自己来测", "who_can_apply"),
        ("租房备案的规定出自哪里", "rent_without_contract"),
        ("考中级工要多少钱", "obtain_elsewhere"),
    ],
)
def test_what_people_asked_in_talks_has_its_answer(text: str, topic: str) -> None:
    found = faq.find(text)
    assert found.decision in ("answer", "likely", "elsewhere")
    assert found.topics[0] == topic


@pytest.mark.parametrize("text", ["去哪里考", "这个要多少钱", "在哪办", "考证大概要多少钱"])
def test_where_it_is_to_be_had_is_of_what_was_spoken_of(text: str) -> None:
    person = agreed("1", "中级工几分")
    reply = person.line(text)
    assert "可以问人力社保局" in reply.text
    assert "测一测总分" not in reply.text
