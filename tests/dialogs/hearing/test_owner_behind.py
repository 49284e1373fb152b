"""Whose a figure is, said behind it: 社保五年是我老公的不是我的, 外观专利三个都是公司的."""

from datetime import date

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TOLD = ("社保五年", "五年社保", "公积金两年", "外观专利三个", "三个外观专利", "献血三次")
WHOSE = ("是{}的", "是{}的不是我的", "，都是{}的", "是{}的，我没有算")
PEOPLE = ("我老公", "我弟", "隔壁老王", "她", "我徒弟", "公司", "厂里")


@pytest.mark.parametrize("told", TOLD)
def test_it_is_not_one_s_own(told: str) -> None:
    texts = (f"{told}{whose.format(who)}" for whose in WHOSE for who in PEOPLE)
    taken = {text: facts for text in texts if any((facts := heard(text)).values())}
    assert taken == {}


@pytest.mark.parametrize(
    "text",
    [
        *("社保五年，我老公的", "公积金三年，我老婆的", "发明专利一个是老板名下的"),
        *("捐款三千是老板捐的", "献血两次是我儿子献的"),
    ],
)
def test_who_did_it_or_has_it_in_their_name_owns_it(text: str) -> None:
    assert not any(heard(text).values())


@pytest.mark.parametrize("text", ["三回志愿者，都是社区叫的", "志愿者三回，都是社区组织的"])
def test_who_called_for_it_owns_nothing(text: str) -> None:
    assert heard(text) == {"volunteer_services": 3}


@pytest.mark.parametrize("none", ["我没有", "我没有，", "我没办，"])
@pytest.mark.parametrize("theirs", ["我儿子有", "我女儿有", "我老公有", "我爸有"])
@pytest.mark.parametrize("since", ["", " 办了七八年了", "，办了三年了"])
def test_what_follows_the_other_ones_is_theirs(none: str, theirs: str, since: str) -> None:
    asked = questions()["permit"]
    facts = hear(asked, Said(f"{none} {theirs}{since}"), date(2026, 11, 28)).facts
    assert dict(facts) == {"permit": "none"}


@pytest.mark.parametrize("text", ["社保五年是厂里交的", "社保五年是我自己的", "社保五年是真的"])
def test_who_paid_owns_nothing(text: str) -> None:
    assert heard(text) == {"social_insurance_months": 60}


def heard(text: str) -> dict[str, object]:
    return dict(hear(None, Said(text), date(2026, 11, 28)).facts)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("党员是我爸", []),
        ("党员的是我老公，我不是", []),
        ("党员是我爸，我不是，我当过五年兵，就退役军人这一个", ["veteran"]),
        ("党员是我老公，我是退役军人", ["veteran"]),
        ("党员是我", ["party_member"]),
        ("我是党员，我爸也是", ["party_member"]),
        ("党员是我爸介绍入的，我是", ["party_member"]),
    ],
)
def test_who_it_is(text: str, own: list[str]) -> None:
    heard = hear(questions()["special_status"], Said(text), date(2026, 11, 28))
    assert heard.facts.get("special_statuses", []) == own
