"""For whom of the household points are to be counted, said before the consent and after it."""

from itertools import product

import pytest

from dialogs.intents.household import wished_for
from dialogs.utterance import Said
from tests.dialogs.talks import COMPLETE, agreed, talker

WISHES = (
    *("替我{who}算", "帮我{who}算一下", "给{who}算算", "帮{who}测一下", "想替我{who}算一下"),
    *("我想给{who}算积分", "是给我{who}算的", "我是替{who}来算的", "帮{who}查一下积分"),
    *("你好，帮我{who}算一下分", "给我{who}估一下", "我帮我{who}问的", "我替{who}问一下能有多少分"),
    *("{who}多少分", "我{who}能有几分", "算算我{who}的分", "要算的是我{who}"),
    *("不是算我，是算{who}", "不算我的，算我{who}的", "我来给{who}看看积分"),
)
POLITE = ("", "，我自己不算", "，谢谢", "，可以吗", "，他同意的")
TOLD = ("，他三十岁大专", "，三十岁，大专", "，今年三十岁大专毕业")
WHO = ("儿子", "女儿", "老婆", "哥哥")


@pytest.mark.parametrize("wish", WISHES)
def test_the_wish_is_heard_whatever_follows(wish: str) -> None:
    """20 wishes for 4 people before 7 endings. First run: 500 of 560 were not heard."""
    texts = [(who, wish.format(who=who) + end) for who, end in product(WHO, POLITE + TOLD)]
    missed = [text for who, text in texts if wished_for(Said(text))[0] != who]
    assert len(missed) <= len(WHO), missed  # 不是算我，是算儿子，可以吗


@pytest.mark.parametrize(("wish", "told"), [*zip(WISHES, TOLD * 7, strict=False)])
def test_what_is_told_before_the_consent_is_that_one_s(wish: str, told: str) -> None:
    person = talker("[关注]", wish.format(who="儿子") + told, "同意")
    conversation = person.conversation
    assert (conversation.whose, conversation.facts["education"]) == ("儿子", "junior_college")
    assert not conversation.own.facts


def test_told_in_the_next_message() -> None:
    person = talker("[关注]", "替我儿子算", "三十岁，大专", "同意")
    assert person.conversation.whose == "儿子"
    assert person.conversation.facts["education"] == "junior_college"


def test_what_one_tells_of_oneself_stays_one_s_own() -> None:
    assert wished_for(Said("帮我老婆算一下，我社保五年")) == ("", "")
    person = agreed(*COMPLETE, "帮我儿子也算一下", "换回我自己", "儿子多少分")
    assert person.conversation.whose == "儿子"


def test_a_new_value_that_is_another_s() -> None:
    """对呀，老公的嘛, where it is asked whether to replace one's own."""
    person = agreed(*COMPLETE, "学历是本科", "对呀，老公的嘛")
    assert person.conversation.facts["education"] == "junior_college"
    assert "老公" in person.line("对").text
    assert person.conversation.other is not None
    assert person.conversation.other.facts == {"education": "bachelor"}


RELATIVES = ("新妇", "表姑婆", "阿嫂", "隔壁老王", "丈母娘", "二婶", "厂里的小李", "娘家侄女")
DOING = ("帮我{}测", "替{}算一下", "给{}估估", "代{}查一下", "帮{}看看", "是给{}测的")


@pytest.mark.parametrize("doing", DOING)
def test_a_relative_of_no_list_is_known_by_what_is_done_for_them(doing: str) -> None:
    texts = {who: doing.format(who) for who in RELATIVES}
    assert {who: wished_for(Said(text))[0] for who, text in texts.items()} == {
        who: who for who in RELATIVES
    }


@pytest.mark.parametrize(
    "what", ["社保", "重新", "大家", "自己", "再", "全部", "快点", "积分", "居住证", "忙", "你"]
)
def test_what_is_no_person(what: str) -> None:
    for doing in DOING:
        assert wished_for(Said(doing.format(what))) == ("", "")


def test_nothing_is_kept_of_who_does_not_count_themself() -> None:
    person = talker("[关注]", "同意个 帮我新妇测 我自家勿测 我66了")
    assert (person.conversation.whose, person.conversation.facts) == ("新妇", {})
    assert not person.conversation.own.facts


@pytest.mark.parametrize(
    ("answer", "whose"),
    [("是新妇个", "新妇"), ("媳妇 儿子老婆 别人个", "媳妇"), ("别人的", "新妇"), ("3", "")],
)
def test_whose_it_is_in_one_s_own_words(answer: str, whose: str) -> None:
    person = talker("[关注]", "同意", "新妇38岁 居住证有个", answer)
    other = person.conversation.other
    assert (other.whose if other else "") == whose
    assert not person.conversation.own.facts
