"""另一位: another person of the household, counted beside oneself."""

import pytest

from dialogs.conversation import Conversation, Facts
from dialogs.engine import speak
from dialogs.flow import Talk
from dialogs.flows.profile import offer
from dialogs.intents.household import household_wish
from dialogs.intents.wording import spellings
from dialogs.reply import Reply
from dialogs.transcript import Talker
from dialogs.utterance import Said
from tests.dialogs.talks import COMPLETE, NOW, RULES, agreed, talker

FIVE_YEARS: Facts = {"social_insurance_months": 60}
THEIRS = ("1", "92年3月", "高中", "没有", "社保五年", "居住6年", "租房", "2年", "都没有", "都没有")


def tells(person: Talker, whose: str, facts: Facts) -> Reply:
    """What the bot says after another person's figures were heard."""
    talk = Talk(person.conversation, person.now, RULES)
    step = offer(talk, whose, facts)
    assert step is not None
    turn = speak(talk, step)
    assert turn.reply is not None
    person.conversation = Conversation.model_validate_json(turn.conversation.model_dump_json())
    person.bubbles = [*turn.reply.choices, *person.bubbles]
    return turn.reply


@pytest.mark.parametrize(
    ("said", "whose"),
    [
        ("给家里另一位也算", "另一位"),
        ("帮我老婆也算一下", "老婆"),
        ("算我老公的", "老公"),
        ("能不能帮我爱人也算算", "爱人"),
        ("那我媳妇能有多少分", "媳妇"),
        ("再帮我家那口子测一下吧", "那口子"),
        ("换成我妈的", "妈"),
        ("给孩子他爸算一下", "孩子他爸"),
        ("那我老公的分也帮他算一下", "老公"),
        ("给我老公另外算", "老公"),
        ("给我妈也算算", "妈"),
        ("我老婆也想算一下", "老婆"),
        ("顺便把我老公的也算了", "老公"),
        ("再给我爱人单独算一份", "爱人"),
        ("能不能也给我爸算一下", "爸"),
        ("我老公的也要算", "老公"),
        ("那我媳妇呢，她能多少分", "媳妇"),
        ("也帮他算一下", "另一位"),
        ("麻烦你了，帮我算下老公的", "老公"),
    ],
)
def test_words_that_ask_for_another_one(said: str, whose: str) -> None:
    heard = spellings("words").get(said)
    assert heard == "other" or household_wish(Said(said)) == whose
    person = agreed()
    person.line(said)
    assert person.conversation.whose == ("另一位" if heard else whose)


@pytest.mark.parametrize(
    "said",
    [
        "老婆社保五年",
        "帮我算一下",
        "我老婆能一起加分吗",
        "算我的",
        "换个窗口",
        "帮我社保也算一下",
        "老公的算吗",
        "老婆的社保算不算",
        "我老公要算吗",
        "帮我算",
    ],
)
def test_words_that_do_not(said: str) -> None:
    assert household_wish(Said(said)) is None
    person = agreed(*COMPLETE)
    person.line(said)
    assert person.conversation.other is None


def test_two_people_in_one_talk() -> None:
    person = agreed(*COMPLETE)
    own = person.conversation.facts
    first = person.line("帮我老婆也算一下").text
    assert "另外记，不动您自己的" in first
    assert "【老婆 第 1 题】老婆手上有永嘉的《浙江省居住证》吗？" in first
    for line in THEIRS:
        reply = person.line(line)
        if person.conversation.top.flow == "sensitive":  # asked for each person apart
            reply = person.line("▸ 同意，可以问")
    assert person.conversation.own.facts == own
    assert "老婆的估算 62 分" in reply.text
    assert "您 66 分，老婆 62 分。" in reply.text
    told = person.line("两个人比一比").text
    assert "您多 4 分；还有没定的，可能反过来。" in told
    assert "· 缴纳社会保险：您 42 个月，10.5；老婆 60 个月，15" in told
    assert "公开的说明里没有写" in told
    assert "瓯海区 2021 年" in told
    assert "那不是永嘉的规定" in told
    assert "· 年龄" not in told  # the same for both


def test_the_turn_goes_to_and_fro_and_nothing_is_lost() -> None:
    person = agreed("1", "1994年5月")
    person.line("帮我老婆也算一下")
    person.line("1")
    back = person.line("换回我自己").text
    assert "换回您自己的" in back
    assert "【第 3 题】您的最高学历" in back
    assert "【老婆 第 2 题】老婆哪年哪月出生" in person.line("算老婆的").text
    assert person.conversation.whose == "老婆"
    assert person.conversation.own.answered == ("permit", "birth")
    person.line("换回我自己")
    assert "现在就是您自己的" in person.line("换回我自己").text


def test_an_offer_keeps_nothing_until_the_yes() -> None:
    person = agreed("1", "1994年5月")
    reply = tells(person, "老婆", FIVE_YEARS)
    assert "这是您老婆的：社保 60 个月。没有算进您的。" in reply.text
    assert person.conversation.other is None
    kept = person.line("好").text
    assert "记下老婆的：社保 60 个月" in kept
    assert "您的最高学历" in kept  # one's own question again
    assert person.conversation.other is not None
    assert person.conversation.other.facts == FIVE_YEARS
    assert "social_insurance_months" not in person.conversation.facts


def test_a_no_to_the_offer() -> None:
    person = agreed("1")
    tells(person, "老婆", FIVE_YEARS)
    assert "没有记" in person.line("不用").text
    assert person.conversation.other is None
    assert person.conversation.top.flow == "questionnaire"


def test_the_pending_question_is_answered_past_the_offer() -> None:
    person = agreed("1", "1994年5月")
    tells(person, "老婆", FIVE_YEARS)
    assert "记下：大专" in person.line("大专").text
    assert person.conversation.other is None


def test_once_agreed_more_is_kept_at_once_and_said() -> None:
    person = agreed("1")
    tells(person, "老婆", FIVE_YEARS)
    person.line("好")
    assert "记下老婆的：大专" in tells(person, "爱人", {"education": "junior_college"}).text
    assert person.conversation.other is not None
    assert len(person.conversation.other.facts) == 2


def test_a_new_value_asks_before_the_old_one_goes() -> None:
    person = agreed("1")
    tells(person, "老婆", FIVE_YEARS)
    person.line("好")
    assert "改成：社保 36 个月" in tells(person, "老婆", {"social_insurance_months": 36}).text
    person.line("不改")
    assert person.conversation.other is not None
    assert person.conversation.other.facts == FIVE_YEARS
    tells(person, "老婆", {"social_insurance_months": 36})
    person.line("改")
    assert person.conversation.other.facts == {"social_insurance_months": 36}


def test_a_third_person_is_not_mixed_with_the_second() -> None:
    person = agreed("1")
    tells(person, "老婆", FIVE_YEARS)
    person.line("好")
    assert "哥的没有记" in tells(person, "哥", {"education": "doctor"}).text
    assert "换成哥" in person.line("帮我哥也算一下").text
    person.line("不换")
    assert person.conversation.other is not None
    assert person.conversation.other.facts == FIVE_YEARS
    person.line("帮我哥也算一下")
    person.line("换成哥")
    assert (person.conversation.whose, person.conversation.facts) == ("哥", {})


def test_who_was_nobody_in_particular_gets_a_name() -> None:
    person = agreed("1")
    person.line("给家里另一位也算")
    person.line("1")
    person.line("换回我自己")
    person.line("帮我老婆也算一下")
    assert person.conversation.whose == "老婆"
    assert person.conversation.facts == {"permit": "residence_permit"}


def test_on_their_turn_what_is_told_of_them_is_the_answer() -> None:
    person = agreed("1", "帮我老婆也算一下")
    assert "记下老婆的：社保 60 个月" in tells(person, "老婆", FIVE_YEARS).text
    assert person.conversation.facts == FIVE_YEARS
    assert person.conversation.whose == "老婆"


@pytest.mark.parametrize("whose_turn", [(), ("换回我自己",)])
def test_the_other_one_can_be_deleted_alone(whose_turn: tuple[str, ...]) -> None:
    person = agreed("1", "帮我老婆也算一下", "1", "92年3月", *whose_turn)
    assert "您自己的不动" in person.line("删除另一位").text
    assert "您自己的都在" in person.line("删掉").text
    assert person.conversation.other is None
    assert person.conversation.facts == {"permit": "residence_permit"}
    assert "没有另外记着别人的" in person.line("删除另一位").text


def test_my_data_and_starting_again_know_both() -> None:
    person = agreed("1", "帮我老婆也算一下", "2")
    told = person.line("我的数据").text
    assert "这里记着您的回答：有居住证" in told
    assert "老婆的：居住证 只有居住登记" in told
    person.line("返回")
    person.line("重新开始")
    person.line("清掉，重新开始")
    assert person.conversation.facts == {}  # of the one whose turn it is
    assert person.conversation.own.facts == {"permit": "residence_permit"}


def test_nothing_to_compare_yet() -> None:
    assert "还没有两个人的可以比" in agreed(*COMPLETE).line("比一比").text


def test_before_the_consent_the_wish_is_held() -> None:
    person = talker("[关注]")
    person.line("帮我老婆也算一下")
    assert person.conversation.other is None
    assert "【老婆 第 1 题】" in person.line("同意").text
    assert offer(Talk(talker("[关注]").conversation, NOW, RULES), "老婆", FIVE_YEARS) is None


def test_an_old_talk_has_nobody_aside() -> None:
    old = Conversation.model_validate({"consented": True, "facts": {"permit": "none"}})
    assert (old.whose, old.other, old.own) == ("", None, old)


def test_one_persons_facts_stand_in_the_talk_once() -> None:
    person = agreed("1", "1994年5月", "帮我老婆也算一下", "2")
    stored = person.conversation.model_dump_json()
    assert stored.count("1994-05") == 1
    assert stored.count("registration_only") == 1


def test_a_birth_year_told_of_the_other_one_is_not_asked_again() -> None:
    person = agreed(*COMPLETE)
    for line in ("我老婆92年的，社保五年", "好，另外记", "算老婆的"):
        person.line(line)
    reply = person.line("有")
    assert "1992年几月" in reply.text
    person.line("五月")
    assert person.conversation.facts["birth_date"] == "1992-05-01"


def test_a_question_asked_again_is_about_the_one_whose_turn_it_is() -> None:
    person = agreed(*COMPLETE, "帮我老婆也算一下")
    assert "老婆手上有" in person.line("三年").text


@pytest.mark.parametrize("yes", ["要的呀 我儿子36了 社保交了8年", "好，我儿子36了，社保8年"])
def test_what_is_told_beside_the_yes_is_kept_too(yes: str) -> None:
    person = agreed("1", "1994年5月")
    tells(person, "儿子", {"education": "bachelor"})
    person.line(yes)
    assert person.conversation.other is not None
    theirs = person.conversation.other.facts
    assert (theirs["education"], theirs["age_years"]) == ("bachelor", 36)
    assert theirs["social_insurance_months"] == 96
    assert "social_insurance_months" not in person.conversation.facts
