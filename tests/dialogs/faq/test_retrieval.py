"""The labelled questions, and what must hold for any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.faq import Finder, find, neighbours, topics
from tests.dialogs.faq.measure import (
    PARTS,
    SETS,
    UNSEEN,
    Question,
    fixed_ids,
    measured,
    read,
    read_texts,
)


def topics_of(questions: list[Question]) -> set[str]:
    return set().union(*(right for _, right in questions))


# A little under what was measured: the share right first, and right among the first three.
FLOORS = {
    "tuning": (0.97, 0.99),
    "heldout": (0.97, 0.98),
    "fresh": (0.90, 0.95),
    "oblique": (0.88, 0.95),
    "townspeople": (0.95, 0.98),
    "roundabout": (0.94, 0.97),
    "lastcome": (0.93, 0.97),
    "strangers-tuning": (0.96, 0.98),
    "strangers-last": (0.92, 0.97),
    "everyday-tuning": (0.97, 0.98),
    "everyday-last": (0.90, 0.96),
}
AT_ONCE = {"oblique": 0.85}
# What was answered wrongly, and off topic, where that is not nothing: of 326, 79 and 207, of 42 and
# 59 texts.
WRONG_DIRECT = {
    **{"heldout": 0.005, "townspeople": 0.01, "lastcome": 0.02},
    **{"strangers-last": 0.01, "everyday-last": 0.01},
}
NO_HELP = 0.01
OFF_TOPIC_DIRECT = {"strangers-last": 0.03, "everyday-tuning": 0.02}


@pytest.mark.parametrize("half", SETS)
def test_goals(half: str) -> None:
    totals = measured(half)
    first, three = FLOORS[half]
    assert totals.first >= first
    assert totals.first_three >= three
    assert totals.direct >= AT_ONCE.get(half, 0.90)
    assert totals.no_help <= NO_HELP
    assert totals.wrong_direct <= WRONG_DIRECT.get(half, 0)
    assert totals.off_topic_direct <= OFF_TOPIC_DIRECT.get(half, 0)
    assert totals.off_topic_silent >= 0.80


@pytest.mark.parametrize("half", UNSEEN)
def test_what_writers_asked_who_knew_nothing_of_it(half: str) -> None:
    """Learned from since; their first runs are in the files."""
    totals = measured(half)
    assert totals.direct >= 0.83
    assert totals.first_three >= 0.94
    assert totals.wrong_direct == totals.no_help == 0


def test_what_is_said_in_reply_is_hardly_ever_answered_as_a_question() -> None:
    said = read_texts("fresh", "fragments")
    answered = [text for text in said if find(text).decision == "answer"]
    assert len(answered) <= 0.05 * len(said)


def test_the_sets_are_large_and_apart() -> None:
    tuning, off_tuning = read("tuning")
    heldout, off_heldout = read("heldout")
    assert len(tuning) + len(heldout) >= 400
    assert len(off_tuning) + len(off_heldout) >= 80
    assert topics_of(tuning) == set(topics())
    assert topics_of(heldout) >= fixed_ids()
    assert not {text for text, _ in tuning} & {text for text, _ in heldout}


@pytest.mark.parametrize("file", ["strangers", "everyday"])
def test_the_parts_of_a_file_are_large(file: str) -> None:
    asked, off_topic = zip(*(read(half) for half in PARTS if half.startswith(file)), strict=True)
    assert min(map(len, asked)) >= 100
    assert min(map(len, off_topic)) >= 30
    assert topics_of([*asked[0], *asked[1]]) >= fixed_ids()


@pytest.mark.parametrize(
    ("half", "most"),
    [("heldout", 0.02), ("strangers-last", 0.02), ("everyday-last", 0.06)],
)
def test_nobody_copied_the_unread_questions_into_the_aliases(half: str, most: float) -> None:
    """A few short ones are what anybody says; six of the last set were aliases before it."""
    aliases = {alias for topic in topics().values() for alias in topic.aliases}
    same = [text for text, _ in read(half)[0] if text in aliases]
    assert len(same) <= len(read(half)[0]) * most


@pytest.mark.parametrize(
    "text",
    ["三年半", "大专", "42个月", "1990年5月", "两次", "没有", "都没有", "不知道", "差不多五年吧"],
)
def test_an_answer_is_no_question(text: str) -> None:
    assert find(text).decision == "none"


@pytest.mark.parametrize(
    "text",
    [
        *("三本", "护士证", "没有什么证", "有啊，怎么了", "怎么了", "怎么才56分", "刚来", "献过"),
        *("税交了三万", "各一个", "去年办的", "没租也没买", "在厂里上班", "卫校"),
    ],
)
def test_a_word_in_common_is_not_enough(text: str) -> None:
    """三本 is no vaccination book, 护士证 no passport."""
    assert find(text).decision == "none"


@pytest.mark.parametrize(
    "text",
    [
        *("县人大代表", "市政协委员", "初中 没啥文化", "公租房", "不是自己的房"),
        *("合同没签", "有，我老公有", "没签劳动合同", "以前当过兵", "社保断了几个月"),
    ],
)
def test_what_is_told_rather_than_asked_is_never_taken_as_sure(text: str) -> None:
    found = find(text)
    assert found.decision in ("choices", "likely")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("献血", "blood_points"),
        ("租房的事", "rent_points"),
        ("孩子九月份要上一年级，隔壁说分不够只能去私立，一年两万多，愁死我了", "school_admission"),
    ],
)
def test_the_likeliest_topic_is_answered_with_others_beside(text: str, topic: str) -> None:
    found = find(text)
    assert (found.decision, found.topics[0], len(found.topics)) == ("likely", topic, 3)


@pytest.mark.parametrize(
    "text",
    ["送外卖没签劳动合同有分吗", "县人大代表加几分", "公租房要多少分", "社保断了几个月怎么算"],
)
def test_the_same_asked_is_answered(text: str) -> None:
    assert find(text).decision == "answer"


PLAIN = {
    "age_points": "年龄 岁数",
    "education_points": "学历 文凭 大专 本科",
    "skill_points": "技能证 证书 职称",
    "social_insurance_points": "社保 五险",
    "residence_points": "居住时间 居住",
    "housing_fund_points": "公积金",
    "own_home_points": "买房 有房 自己的房子",
    "rent_points": "租房 租房子",
    "dormitory": "宿舍",
    "special_status_points": "党员 退役军人",
    "talent_points": "人才",
    "honour_points": "荣誉 表彰",
    "blood_points": "献血",
    "donor_points": "骨髓捐献 器官捐献",
    "volunteer_points": "志愿者 志愿服务",
    "charity_points": "捐款 慈善捐款",
    "law_study_points": "学法",
    "employment_points": "劳动合同 开店",
    "gig_work": "送外卖 打零工",
    "legal_representative_points": "法人代表",
    "tax_points": "交税 纳税",
    "political_points": "人大代表 政协委员",
    "innovation_points": "专利",
}
ENDINGS = ("有分吗", "几分", "怎么算分", "加多少分", "能加分吗", "算不算分")


def test_the_plainest_questions_are_answered() -> None:
    """However many aliases other topics get: they crowd these out first."""
    asked = [
        (topic, find(word + ending))
        for topic, words in PLAIN.items()
        for word in words.split()
        for ending in ENDINGS
    ]
    first = [found for topic, found in asked if found.topics[:1] == (topic,)]
    outright = [found for found in first if found.decision == "answer"]
    assert len(first) >= 0.98 * len(asked)
    assert len(outright) >= 0.90 * len(asked)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("在哪里查积分", "check_points"),
        ("总分怎么算的", "total_structure"),
        ("分算错了怎么办", "dispute_review"),
    ],
)
def test_a_plain_question_of_common_words_is_answered(text: str, topic: str) -> None:
    found = find(text)
    assert (found.decision, found.topics[0]) == ("answer", topic)


def test_a_number_is_an_age_only_where_it_is_told_as_one() -> None:
    assert find("四十五了还有几分").topics[0] == "age_points"
    assert find("50还差多少").decision != "answer"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("上礼拜就点了申请了，到今天一点动静都没得，一天看八百遍手机", "processing_time"),
        ("我家里几口人都告诉你了，你可别拿去卖给推销的", "privacy"),
    ],
)
def test_chatter_silences_no_long_text_that_it_hardly_knows(text: str, topic: str) -> None:
    assert topic in find(text).topics


@pytest.fixture(scope="module")
def beginner() -> Finder:
    """A finder with a dozen aliases of each topic, to which many words are new."""
    few = {id: one.model_copy(update={"aliases": one.aliases[:12]}) for id, one in topics().items()}
    return Finder(own=few)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("社区喊我去听了两堂讲法律的课，听课也给分？", "law_study_points"),
        ("回去生孩子停了一年多，前面住的年头还算不算", "permit_gap"),
        ("跑了两个地方都说不归他们管，到底哪家收", "where_to_apply"),
    ],
)
def test_what_asks_in_unknown_words_is_answered_not_given_a_list(
    text: str, topic: str, beginner: Finder
) -> None:
    found = beginner.find(text)
    assert (found.decision, found.topics[0]) == ("likely", topic)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("你们不会把我身份证泄漏吧", "privacy"),
        ("难不成要我每年跑一趟", "yearly_renewal"),
        ("给我找个喘气的", "human_contact"),
        ("我怀疑你压根没看", "are_you_human"),
    ],
)
def test_a_rhetorical_question_or_a_request_asks(text: str, topic: str) -> None:
    found = find(text)
    assert found.asks
    assert found.topics[0] == topic


@pytest.mark.parametrize(
    "text", ["老板欠我两个月钱", "银行几点下班", "教我做数学题", "工地摔断腿谁赔"]
)
def test_what_is_not_ours_stays_apart(text: str) -> None:
    assert set(find(text).topics) <= {"obtain_elsewhere"}


@pytest.mark.parametrize(
    "text", ["", " ", "？？？", "13812345678", "你好", "哈哈哈", "\u200b", "😀"]
)
def test_nothing_to_answer(text: str) -> None:
    assert find(text).decision == "none"


@pytest.mark.parametrize(
    ("text", "neighbour"),
    [
        ("身份证丢了去哪补", "id_card"),
        ("驾照到期换证", "driving_licence"),
        ("护照怎么办理", "passport"),
        ("养老金几号发", "pension"),
        ("医药费怎么报销", "medical"),
        ("电瓶车上牌在哪", "electric_bike"),
        ("疫苗本掉了", "vaccination"),
        ("我要投诉", "complaint"),
        ("哪里招工", "jobs"),
        ("明天下雨吗", "weather"),
        ("房东突然涨租怎么办", "rent_dispute"),
        ("宁波的居住证怎么办", "other_place"),
    ],
)
def test_neighbouring_services_are_pointed_to(text: str, neighbour: str) -> None:
    found = find(text)
    assert (found.decision, found.neighbour, found.topics) == ("elsewhere", neighbour, ())


def test_a_text_made_to_be_slow_is_not() -> None:
    """Were the pattern of answers to backtrack, this would take years."""
    assert find("没有" * 40 + "租").decision != "answer"


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("前年厂里漏交了我五个月社保，想补上去找哪个部门", "social_insurance_gap"),
        ("想打一份社保参保证明在哪打", "social_insurance_flexible"),
        ("公积金缴存证明上哪打", "housing_fund_points"),
        ("我也想当志愿者，要在哪里注册？", "volunteer_points"),
    ],
)
def test_how_to_obtain_something_is_an_intent_of_its_own(text: str, beside: str) -> None:
    found = find(text)
    assert (found.decision, found.topics) == ("elsewhere", ("obtain_elsewhere", beside))


@pytest.mark.parametrize(
    "text",
    [
        *("考个电工证能加几分", "居住证去哪里办", "积分在哪里申请", "补缴的社保算不算"),
        *("怎么考证加分最快", "在哪个窗口交材料", "国外的文凭去哪认证"),
    ],
)
def test_what_it_is_worth_or_what_is_ours_is_answered(text: str) -> None:
    assert "obtain_elsewhere" not in find(text).topics[:1]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("jifen gou le neng luohu ma", "household_registration"),
        ("gongjijin zenme suan fen", "housing_fund_points"),
        ("juzhuzheng guoqi le zenmeban", "permit_expired"),
    ],
)
def test_pinyin_that_was_never_turned_into_characters(text: str, topic: str) -> None:
    assert find(text).topics[0] == topic


def test_script_width_and_case_do_not_matter() -> None:
    assert find("獻血加幾分？").topics[0] == find("献血加几分").topics[0] == "blood_points"
    assert find("Ａ类人才").topics[0] == find("a类人才").topics[0] == "talent_points"


def test_a_homophone_still_leads_near() -> None:
    assert "volunteer_points" in find("自愿者加分吗").topics
    assert "residence_points" in find("剧住时间几分").topics


def test_what_the_staff_adds_is_found() -> None:
    text = "泵阀厂的老师傅补贴"
    assert find(text).decision != "answer"
    taught = Finder({"talent_points": [text]})
    assert taught.find(text).decision == "answer"
    assert taught.find(text).topics[0] == "talent_points"
    assert taught.find("请问，" + text + "呢？").topics[0] == "talent_points"


def test_what_the_staff_adds_wins_over_kin_topics() -> None:
    assert find("献血").decision == "likely"
    assert Finder({"blood_points": ["献血"]}).find("献血").decision == "answer"


@given(st.text(max_size=400))
def test_any_text_has_a_well_formed_decision(text: str) -> None:
    found = find(text)
    assert set(found.topics) <= set(topics())
    assert len(found.topics) <= 3
    if found.decision == "elsewhere":
        assert found.neighbour in neighbours() or found.topics[0] == "obtain_elsewhere"
    else:
        assert bool(found.topics) == (found.decision != "none")
        assert found.neighbour is None
