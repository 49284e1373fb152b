"""A denial with its reason is a denial: 没有，工资低; what one has after all is not lost."""

from datetime import date

import pytest

from dialogs.interpret import hear
from dialogs.questions import Question, questions
from dialogs.reading import Taken
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
REASONS = (
    "工资低", "自己都不够用", "上班没时间", "没听说过", "就普通工人", "嫌麻烦", "哪有这个本事",
    "我们打工的哪有这些", "家里穷", "离得太远了", "我身体不好", "天天加班", "老板说不用", "厂子小",
    "我们老百姓哪有", "年纪大了", "怕麻烦", "没人跟我们说", "一直在厂里干活", "我哪懂这些",
)  # fmt: skip
ASKED = tuple(one for one in questions().values() if one.id not in ("birth", "education"))
"""Everybody has a birth and a schooling."""


def denied(question: Question, text: str) -> bool:
    answer = hear(question, Said(text), TODAY).answer
    return (
        isinstance(answer, Taken)
        and not answer.ticked
        and all(value in (0, False, "none", []) for value in answer.facts.values())
    )


NUMBERS = tuple(one for one in ASKED if one.kind or one.fields)


@pytest.mark.parametrize("question", NUMBERS, ids=lambda one: one.id)
def test_the_reason_may_stand_first(question: Question) -> None:
    missed = [reason for reason in REASONS if not denied(question, f"{reason}，没有")]
    assert not missed


@pytest.mark.parametrize("question", ASKED, ids=lambda one: one.id)
def test_a_denial_with_its_reason_is_a_denial(question: Question) -> None:
    missed = [reason for reason in REASONS if not denied(question, f"没有，{reason}")]
    assert not missed


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("taxes", "没有，我们工资低不用交税"),
        ("taxes", "没交过，工资不够"),
        ("patents", "没有，我们打工的哪有专利"),
        ("employment", "没签，老板说不用签"),
        ("employment", "没签，不过老板给交社保"),
        ("permit", "没办，不知道要办"),
        ("permit", "没办，打算明年去办"),
        ("skill", "没考，打算考个中级"),
        ("county", "没当过，厂里打工"),
        ("blood", "没有，就普通工人一个"),
        ("volunteer", "没得，我一个打工的"),
        ("volunteer", "天天加班哪有空去做那个，没有"),
        ("blood", "血压高医生讲不能献所以一次都没有"),
        ("law_study", "没听说过这个没参加"),
    ],
)
def test_a_denial_in_a_verb(asked: str, text: str) -> None:
    assert denied(questions()[asked], text)


@pytest.mark.parametrize(
    ("asked", "text", "facts"),
    [
        ("blood", "没有，不过前年献过一次", {"blood_donations": 1}),
        ("employment", "没签过，开了个小店有执照", {"employment": ["business_owner"]}),
        ("blood", "献过，没有", {}),
        ("special_status", "入党积极分子", {"special_statuses": []}),
        ("special_status", "群众", {"special_statuses": []}),
        ("special_status", "想当兵没去成", {"special_statuses": []}),
        ("special_status", "我是民革党员", {"special_statuses": ["democratic_party_member"]}),
        ("employment", "合同啊，老板说年后补签", {}),
    ],
)
def test_what_one_has_after_all(asked: str, text: str, facts: dict[str, object]) -> None:
    assert hear(questions()[asked], Said(text), TODAY).facts == facts
