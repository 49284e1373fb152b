"""What people asked in whole talks, beside the questions: fears, plans, other papers."""

import pytest

from dialogs.interpret import hear
from dialogs.utterance import Said
from tests.dialogs.talks import COMPLETE, NOW, agreed, at, talker

AFRAID = (
    *(
        "我怕答错了咋整",
        "怕说错",
        "我要是说错了年数被查出来会不会有事",
        "万一填错了怎么办",
        "答错了要不要紧",
    ),
    *("担心我记错了年数", "数字说错了算不算骗人", "说错了会不会有影响", "我怕我点错了"),
)
WHO = (
    *(
        "谁去申请好 谁的分高",
        "那我和我妈到底谁去申请好 谁的分高",
        "这样我妈和我谁去好",
        "谁的分高一点",
    ),
    *("到底用谁的去报名好", "我们两个谁报比较好", "谁申请划算", "谁的积分多"),
)
ADVICE = (
    *("我想知道怎么加分", "怎么加分?我还差在哪里?", "请问怎么加分", "我们还能做什么把分弄高点"),
    *("想问一下怎么提高积分", "那还可以做点什么把分数提高"),
    *("那我咋加分快 最快滴", "怎么加分快一点", "还有啥能加的吗", "我想问下92分还有哪里能加分"),
)
WORTH = ("驾照 c1 算不算", "电瓶车牌照算不算", "护照加分吗", "驾照有分吗", "驾照算不算分")
DONE = (*COMPLETE[:8], "跳过", "都没有", "都没有")
MOTHER = ("帮我妈算一下", "只有居住登记", "52岁", "初中", "没有", "没有", "4年", "都不是，没租过")
BOTH = (*DONE, *MOTHER, "跳过", "都没有", "都没有")


@pytest.mark.parametrize("told", [(), ("1",), DONE], ids=len)
def test_a_fear_of_a_wrong_answer_is_answered(told: tuple[str, ...]) -> None:
    person = agreed(*told) if told else talker("[关注]")
    waits = person.conversation
    for text in AFRAID:
        person.conversation = waits
        assert "答错了不要紧" in person.line(text).text, text


def test_a_fear_beside_the_yes() -> None:
    person = talker("[关注]")
    assert "答错了不要紧" in person.line("要得嘛同意 我怕答错了咋整").text
    assert person.conversation.consented


@pytest.mark.parametrize("text", WHO)
def test_whose_points_are_more(text: str) -> None:
    assert "您多 44 分" in agreed(*BOTH).line(text).text
    assert "您多" not in agreed(*DONE).line(text).text


@pytest.mark.parametrize("text", ADVICE)
def test_how_to_get_more(text: str) -> None:
    assert "时间到了就有：" in agreed(*DONE).line(text).text


@pytest.mark.parametrize(
    "text",
    [
        *("那我这个分数够不够小孩上初中啊,我家老二明年上", "够不够小孩上初中", "66分够上小学吗"),
        *("我的分够不够孩子读书", "够不够上公办"),
    ],
)
def test_whether_it_is_enough_for_school_is_told_of_ones_own_points(text: str) -> None:
    reply = agreed(*DONE).line(text)
    assert reply.text.startswith("您的估算：")
    assert "够不够说不准" in reply.text
    assert "积分入学要多少分" in [choice.label for choice in reply.choices]


def test_who_delivers_meals_gets_a_plain_yes() -> None:
    told = talker("[关注]").line("送外卖滴 能搞积分不 快点我等单呢").text
    assert told.startswith("送外卖、打零工、做家政的，也能积分")


def test_a_plan_that_asks_how_and_how_long() -> None:
    person = agreed(*DONE)
    reply = person.line("另外我想到九十分要怎么搞还差多少要多久").text
    assert "离 90 分还差" in reply or "到 90 分" in reply
    assert person.conversation.goal is not None


@pytest.mark.parametrize("text", WORTH)
def test_of_the_worth_of_other_papers_nothing_is_written(text: str) -> None:
    assert "这个加不加分，公开的说明里没有写，要问窗口。" in agreed("1").line(text).text


@pytest.mark.parametrize("text", ["驾照怎么换", "驾照扣分怎么处理", "电动车去哪里挂牌"])
def test_of_other_papers_who_deals_with_them(text: str) -> None:
    assert "没有写" not in agreed("1").line(text).text


def test_a_permit_of_taiwan_is_kept_in_mind_to_the_end() -> None:
    person = talker("[关注]", "我是台湾人，持有台湾居民居住证，可以申请积分吗？", "同意")
    assert "登记满" not in person.line("都没有").text
    rest = ("1985年6月", "硕士", "没有", "50个月", "50个月", "租房4年", "跳过", "都没有")
    for line in rest:
        person.line(line)
    result = person.line("都没有").text
    assert "下一步：先问居住地新居民窗口，您手上的证能不能积分。" in result
    assert "窗口认了，下面的分才算数" in result
    assert "留学服务中心" in person.line("材料").text


def test_anyone_never_registered_registers_first() -> None:
    person = agreed("都没有", "19岁", "高中", "没有", "没交过", "没登记 来了5个月", "宿舍")
    reply = person.line("5个月")
    while person.conversation.top.flow != "result":
        reply = person.line("都没有")
    assert "下一步：先去居住地派出所办居住登记" in reply.text


@pytest.mark.parametrize(
    "text",
    [
        "應該算是「都沒有」",
        "那算是都没有吧",
        "没有没有啥都没有下一个",
        "没得了没得了我说了没得",
        "没有，下一题",
    ],
)
def test_a_no_with_something_around_it(text: str) -> None:
    person = at("skill")
    person.line(text)
    assert person.conversation.facts == {"skill": "none"}


def test_nothing_else_beside_the_consent_is_said_of_private_things() -> None:
    person = agreed(*COMPLETE[:8])
    person.conversation = person.conversation.but(sensitive=None)
    person.line("献过一次血")
    reply = person.line("问吧 献过一次血 别的没有")
    assert "下面这些，您有哪些" in reply.text
    assert person.conversation.facts["blood_donations"] == 1
    assert person.conversation.facts["special_statuses"] == []
    assert "housing_fund_months" not in person.conversation.facts


def test_the_home_of_the_speaker_is_not_the_other_one_s() -> None:
    person = agreed(*MOTHER[:-1])
    person.line("我妈跟我住 房子是我买的在上塘 写的我名字 这算不算她的")
    assert person.conversation.whose == "妈"
    assert not person.conversation.facts.get("owned_home")
    assert "owned_home" not in person.conversation.own.facts


def test_a_contract_with_the_company_is_no_lease() -> None:
    person = at("home")
    person.line("租的房子 公司签了合同")
    assert person.conversation.facts["employment"] == ["labour_contract"]
    other = at("home")
    other.line("租的房子，跟房东签了合同")
    assert "employment" not in other.conversation.facts


@pytest.mark.parametrize("text", ["我在瓯北献的", "补上嘛献血", "献血给我加上去", "血是在永嘉献的"])
def test_what_was_skipped_is_asked_for_after_all(text: str) -> None:
    person = talker("[关注]", "同意", *COMPLETE[:8], "跳过")
    assert "单独同意了才问" in person.line(text).text
    person.line("同意")
    assert person.conversation.sensitive
    assert person.conversation.sensitive.yes


def test_a_skip_that_was_none() -> None:
    person = talker("[关注]", "同意", *COMPLETE[:8], "跳过")
    person.line("我说的是同意")
    assert person.conversation.sensitive
    assert person.conversation.sensitive.yes


@pytest.mark.parametrize(
    "text",
    [
        "七十二嘛六年",
        "咋个老是问这个嘛说了勒就是七十二个月",
        "72个月，6年",
        "我说是72",
        "就六年，72个月",
    ],
)
def test_the_one_figure_that_was_offered_is_taken(text: str) -> None:
    person = at("residence")
    person.line("我来十三年了登记怕是六年前先头给你讲过勒记不准哈")
    person.line(text)
    assert person.conversation.facts["residence_months"] == 72


@pytest.mark.parametrize("text", ["不是七十二", "七十二多一点吧", "72还是156呢？"])
def test_a_figure_that_is_denied_or_about_is_not(text: str) -> None:
    person = at("residence")
    person.line("我来十三年了登记怕是六年前先头给你讲过勒记不准哈")
    person.line(text)
    assert "residence_months" not in person.conversation.facts


def test_a_guest_s_registration_may_count_or_not() -> None:
    person = at("residence")
    reply = person.line(
        "我们办的是临时住宿登记，二〇二二年八月开始住在瓯北，不晓得这算不算居住登记？"
    )
    assert "临时住宿登记算不算居住登记？公开的说明里没有写" in reply.text
    assert "residence_months" not in person.conversation.facts
    person.line("对")
    assert person.conversation.facts["residence_months"] == 51


@pytest.mark.parametrize(
    "text",
    [
        "我在瓯北献的又不是外头献的",
        "社保是这边交的，又不是老家交的",
        "在永嘉做的志愿者，不是在外地做的",
    ],
)
def test_what_was_not_done_elsewhere_denies_nothing(text: str) -> None:
    facts = ("blood_donations", "social_insurance_months", "volunteer_services")
    told = hear(None, Said(text), NOW.date()).facts
    assert {one: told[one] for one in facts if one in told} == {}
