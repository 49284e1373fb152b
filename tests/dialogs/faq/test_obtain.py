"""How to obtain what counts is pointed elsewhere, in any wording; what it is worth is answered."""

from itertools import product

import pytest

from dialogs.faq import find

WANTED = {
    "skill_points": ["考个高级工证", "报名考技师"],
    "skill_operator_card": ["考电工证", "补办焊工证"],
    "social_insurance_points": ["补缴社保", "打一份社保缴费证明"],
    "housing_fund_points": ["开公积金缴存证明"],
    "blood_points": ["补一本献血证", "献血"],
    "donor_points": ["登记捐遗体", "登记造血干细胞入库"],
    "volunteer_points": ["注册志愿者"],
    "special_status_points": ["开党员关系证明", "补办退役证"],
    "talent_points": ["认定人才"],
    "tax_points": ["打印完税证明"],
    "innovation_points": ["申请专利"],
    "rent_without_contract": ["办租房备案"],
}
WANTS = [wanted for each in WANTED.values() for wanted in each]
WHERE = [
    *("{}去哪里", "{}找谁", "我想{}，该找哪个部门", "{}要跑哪里啊", "在哪里可以{}", "上哪儿去{}呢"),
    *("老婆子念叨要{}，我们不晓得找哪个单位", "到什么地方能{}", "要{}，从哪下手，找哪家单位"),
]
WORTH = ["{}有几分", "{}算不算分", "我去{}了能加多少分", "{}一次加几分", "{}有用吗"]


def test_how_to_obtain_it_in_any_wording() -> None:
    asked = [form.format(wanted) for wanted, form in product(WANTS, WHERE)]
    missed = [text for text in asked if find(text).topics[:1] != ("obtain_elsewhere",)]
    assert len(missed) <= 0.05 * len(asked), missed


def test_what_it_is_worth_is_answered() -> None:
    asked = [form.format(wanted) for wanted, form in product(WANTS, WORTH)]
    assert not [text for text in asked if "obtain_elsewhere" in find(text).topics[:1]]


@pytest.mark.parametrize(
    "text",
    [
        *("积分在哪里申请", "居住证去哪里办", "去哪个窗口交材料", "哪里预约复核", "在哪查我的分"),
        *("找谁能帮我代办", "孩子积分入学去哪里报名", "居住登记找谁", "要带什么材料去哪个窗口办"),
        *("信息在哪里删除", "人工在哪里找", "永嘉的窗口在哪", "租房补贴去哪里领"),
    ],
)
def test_what_is_ours_is_not_sent_away(text: str) -> None:
    found = find(text)
    assert found.decision in ("answer", "likely")
    assert found.topics[0] != "obtain_elsewhere"
