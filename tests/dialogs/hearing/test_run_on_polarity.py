"""有居住证没社保: what one has and has not in one breath, each with its own word beside it."""

from datetime import date
from itertools import permutations, product

import pytest

from dialogs.interpret import hear
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
NAMES = {
    "居住证": "permit",
    "社保": "social_insurance_months",
    "公积金": "housing_fund_months",
    "合同": "employment",
    "劳动合同": "employment",
    "营业执照": "employment",
    "房子": "owned_home",
    "职称": "skill",
    "技能证书": "skill",
}
NO = ("没", "没有", "没得", "冇")
YES = ("有", "有的")
AFFIRMED, DENIED = "+", "-"
FRAMES = {
    "{yes}{a}{no}{b}": "+-",
    "{no}{a}{yes}{b}": "-+",
    "{a}{yes}{b}{no}": "+-",
    "{a}{no}{b}{yes}": "-+",
    "{no}{a}{no}{b}": "--",
    "{a}{no}{b}{no}": "--",
    "{a}{yes}{no}{b}": "+-",
    "{no}{a}{b}{yes}": "-+",
}
NOTHING = ("none", 0, False, [])


def yes_of(frame: str) -> tuple[str, ...]:
    """有的 stands behind what it affirms."""
    return (
        YES
        if "{yes}{no}" in frame or frame.endswith("{yes}") or "{yes}{b}{no}" in frame
        else YES[:1]
    )


def wrong(text: str, meant: str, names: tuple[str, str]) -> list[str]:
    """Facts recorded as the opposite of what the text says."""
    facts = hear(None, Said(text), TODAY).facts
    found = []
    for name, truth in zip(names, meant, strict=True):
        value = facts.get(NAMES[name])
        if value is not None and (value in NOTHING) == (truth == AFFIRMED):
            found.append(f"{text}: {NAMES[name]}={value}")
    return found


@pytest.mark.parametrize("frame", FRAMES)
def test_what_is_there_is_never_denied_nor_the_other_way(frame: str) -> None:
    found = [
        line
        for names in permutations(NAMES, 2)
        if NAMES[names[0]] != NAMES[names[1]]
        for yes, no in product(yes_of(frame), NO)
        for line in wrong(
            frame.format(a=names[0], b=names[1], yes=yes, no=no), FRAMES[frame], names
        )
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("有居住证没社保没合同", {"permit": "residence_permit", "social_insurance_months": 0}),
        (
            "居住证有社保没有合同也没有",
            {"permit": "residence_permit", "social_insurance_months": 0},
        ),
        ("我没得居住证有劳动合同", {"permit": "none", "employment": ["labour_contract"]}),
        ("党员不是兵也没当过", {}),
        ("党员没得当兵也没得", {}),
        ("党员是的当兵没当过", {"special_statuses": ["party_member"]}),
    ],
)
def test_each_name_has_its_own_word(text: str, facts: dict[str, object]) -> None:
    assert hear(None, Said(text), TODAY).facts == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "自愿服务我去的一共去了九次献血没献过我晕针",
            {"volunteer_services": 9, "blood_donations": 0},
        ),
        ("一共去了九次献血也没献过", {"blood_donations": 0}),
        ("献血献过九次", {"blood_donations": 9}),
        ("去了九次献血没献过血小板", {}),
        ("我九次献血没献过三次以上", {}),
    ],
)
def test_a_figure_before_a_denied_name_is_of_something_else(
    text: str, facts: dict[str, object]
) -> None:
    assert hear(None, Said(text), TODAY).facts == facts


WITH_FIGURES = {
    "社保": ("social_insurance_months", "三年", 36),
    "公积金": ("housing_fund_months", "三年", 36),
    "献血": ("blood_donations", "三次", 3),
    "志愿服务": ("volunteer_services", "三次", 3),
    "租房": ("rented_years", "三年", 3),
}
BESIDE_A_FIGURE = (
    *("{no}{a}{b}{f}", "{a}{no}就{b}{f}", "{a}{no}但{b}{f}"),
    *("{b}{f}{a}{no}", "{b}{f}{no}{a}", "{b}{f}{a}也{no}"),
)


@pytest.mark.parametrize("frame", BESIDE_A_FIGURE)
def test_a_figure_and_a_denial_are_each_of_their_own_name(frame: str) -> None:
    """社保三年没居住证: neither is the figure lost, nor what is denied recorded as there."""
    found = []
    for (b, (of_b, figure, value)), (a, of_a) in product(WITH_FIGURES.items(), NAMES.items()):
        if of_a == of_b or {a, b} == {"租房", "房子"}:
            continue
        for no in NO:
            text = frame.format(a=a, b=b, f=figure, no=no)
            facts = hear(None, Said(text), TODAY).facts
            if facts.get(of_a, "none") not in NOTHING or facts.get(of_b, value) != value:
                found.append(f"{text}: {facts}")
    assert found == []
