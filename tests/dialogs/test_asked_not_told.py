"""What a question, an echo or a curse names is not told; what it denies is."""

import pytest

from dialogs.interpret import hear
from dialogs.utterance import Said
from tests.dialogs.talks import NOW, agreed, at

CHILDREN = ("孩子", "小孩", "娃", "儿子", "女儿", "孙子", "孙孙", "小朋友")
SCHOOLS = ("公办小学", "小学", "公立小学", "公办初中", "初中", "民办小学", "幼儿园", "高中")
FRAMES = (
    *("多少分可以让{child}读{school}", "怎么给{child}上{school}", "{child}上{school}要几分"),
    *("我想让{child}进{school}", "{child}明年读{school}", "要多少分{child}才能上{school}"),
)
PERMIT = ("是不是不用登记了 直接办居住证", "那我直接办居住证行不行", "不登记直接去办居住证可以吗")


@pytest.mark.parametrize("frame", FRAMES)
def test_a_school_for_a_child_is_nobody_s_education(frame: str) -> None:
    texts = [frame.format(child=one, school=school) for one in CHILDREN for school in SCHOOLS]
    told = {text: hear(None, Said(text), NOW.date()).facts for text in texts}
    assert {text: facts for text, facts in told.items() if "education" in facts} == {}


@pytest.mark.parametrize(
    "text", ["我小学毕业", "我中专毕业", "初中，孩子读小学", "我高中，儿子上初中"]
)
def test_one_s_own_school_is(text: str) -> None:
    assert "education" in hear(None, Said(text), NOW.date()).facts


@pytest.mark.parametrize("text", PERMIT)
def test_a_permit_that_is_asked_about_is_not_there(text: str) -> None:
    person = agreed("都没有", "1990年5月")
    person.line(text)
    assert person.conversation.facts["permit"] == "none"
    assert person.conversation.top.flow != "overwrite"


@pytest.mark.parametrize(
    ("question", "text", "facts"),
    [
        ("residence", "没登记 来了5个月", {"residence_months": 0}),
        ("residence", "啥登记 没弄过", {"residence_months": 0}),
        ("residence", "没办过登记，来三年了", {"residence_months": 0}),
        ("residence", "登记都没办过 住了两年", {"residence_months": 0}),
        ("social_insurance", "交个鸡巴 老板没给交", {"social_insurance_months": 0}),
        ("social_insurance", "交个屁", {"social_insurance_months": 0}),
        ("social_insurance", "啥社保，没交过", {"social_insurance_months": 0}),
    ],
)
def test_what_is_denied_beside_it_is_the_answer(
    question: str, text: str, facts: dict[str, int]
) -> None:
    person = at(question)
    person.line(text)
    assert person.conversation.facts.items() >= facts.items()


@pytest.mark.parametrize("text", ["没登记，去年才办的，住了三年", "刚来没登记，一七年登记的"])
def test_a_late_registration_is_one(text: str) -> None:
    person = at("residence")
    person.line(text)
    assert person.conversation.facts.get("residence_months") != 0
