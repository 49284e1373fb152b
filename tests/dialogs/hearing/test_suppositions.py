"""What is only supposed, or would come on top, is recorded of nobody: 如果考二级，再买房."""

from datetime import date
from itertools import permutations, product

import pytest

from dialogs.interpret import hear
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
ACTS = (
    *("考二级证书", "买房", "志愿服务10次", "做10次志愿服务", "献两次血", "交12个月社保"),
    *("社保交12个月", "读个本科", "入党", "捐2000块", "租房三年", "申请一个发明专利", "签劳动合同"),
)
STARTS = ("如果", "如果我", "要是", "我要是", "假如我", "假设我")
ENDS = ("", "呢", "会怎样", "能加几分", "，会有多少分")
MORE = (
    "交12个月社保",
    "交一年社保",
    "献两次血",
    "做10次志愿服务",
    "捐2000块",
    "住两年",
    "租三年房",
)


def suppositions() -> list[str]:
    """Every act supposed, every two of them one after the other, and more of what one has."""
    one = ["".join(parts) for parts in product(STARTS, ACTS, ENDS)]
    two = [
        f"{start}{first}{then}{second}"
        for start, then in product(STARTS[:3], ("，再", "再", "，然后"))
        for first, second in permutations(ACTS, 2)
    ]
    return one + two + ["".join(parts) for parts in product(("再", "多", "再多"), MORE, ENDS[:3])]


def test_no_supposition_is_a_fact() -> None:
    texts = suppositions()
    assert len(texts) > 1500
    wrong = {text: told for text in texts if (told := hear(None, Said(text), TODAY).facts)}
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("如果要算分的话 我大专 社保60个月", {"education", "social_insurance_months"}),
        ("要是二级证书不算，我还有志愿服务10次", {"volunteer_services"}),
        ("如果我没记错，社保三年", {"social_insurance_months"}),
        ("如果孩子明年读书，我有居住证，大专", {"permit", "education"}),
        ("要是我考了二级证书，现在社保60个月", {"social_insurance_months"}),
        ("社保交了三年，如果买房呢", {"social_insurance_months"}),
    ],
)
def test_what_is_so_beside_it_is_told(text: str, facts: set[str]) -> None:
    assert set(hear(None, Said(text), TODAY).facts) == facts
