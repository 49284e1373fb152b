"""What everybody is to have is recorded of nobody: 为什么要社保满三年, 规定要有居住证."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
DEMANDS = (
    *("为什么要", "凭什么要", "是不是要", "是不是一定要", "一定要", "听说要", "规定要", "别人说要"),
    *("你们要求", "政策要求", "需要", "必须要", "是不是得", "等", "什么时候能", "怎么才算"),
)
OF_ALL = (
    *("社保交满三年", "社保满三年", "交三年社保", "租满三年", "租房满三年", "居住登记满一年"),
    *("登记满一年", "公积金满两年", "有居住证", "办居住证", "在永嘉买房", "住单位宿舍"),
)
ENDS = ("", "呢")
ANSWERS = {
    "social_insurance": ("交满三年", "交三年"),
    "rented": ("租满三年", "住三年"),
    "residence": ("登记满一年", "住满一年"),
    "housing_fund": ("交满两年",),
    "permit": ("办居住证",),
}
TOLD_ALL_THE_SAME = {
    "为什么我社保三年才五分": {"social_insurance_months": 36},
    "听说能加分，我社保三年": {"social_insurance_months": 36},
    "需要的都带了，居住证也有": {"permit": "residence_permit"},
    "是不是要登记？我社保三年": {"social_insurance_months": 36},
    "等级证没有，社保三年": {"skill": "none", "social_insurance_months": 36},
    "等了半天，我租房三年": {"owned_home": False, "rented_years": 3},
}


def test_no_demand_is_a_fact() -> None:
    texts = ["".join(parts) for parts in product(DEMANDS, OF_ALL, ENDS)]
    assert {one: hear(None, Said(one), TODAY).facts for one in texts if _facts(one)} == {}


def _facts(text: str, asked: str = "") -> bool:
    return bool(hear(questions()[asked] if asked else None, Said(text), TODAY).facts)


@pytest.mark.parametrize("asked", ANSWERS)
def test_no_demand_is_an_answer(asked: str) -> None:
    texts = ["".join(parts) for parts in product(DEMANDS, ANSWERS[asked])]
    assert [one for one in texts if _facts(one, asked)] == []


@pytest.mark.parametrize("text", TOLD_ALL_THE_SAME)
def test_what_is_told_beside_it_is(text: str) -> None:
    assert hear(None, Said(text), TODAY).facts == TOLD_ALL_THE_SAME[text]
