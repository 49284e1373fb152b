"""What one will do is not done yet, with each word of intent; with 了 or 过 behind it, it is."""

from datetime import date
from itertools import product

from dialogs.interpret import hear
from dialogs.language.grammar import grammar
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
INTENDED = {
    "owned_home": "房子{}买的",
    "skill": "{}考高级工",
    "social_insurance_months": "社保{}交五年",
    "blood_donations": "{}献血两次",
    "employment": "{}签劳动合同",
}


def facts_of(text: str) -> dict[str, object]:
    return dict(hear(None, Said(text), TODAY).facts)


def test_nothing_intended_is_recorded() -> None:
    for (fact, frame), lead, when in product(
        INTENDED.items(), grammar().intends, ("", "明年", "还")
    ):
        if fact == "social_insurance_months" and lead in "再多":
            continue  # 社保再交五年: of whatever was paid before
        text = frame.format(when + lead)
        assert fact not in facts_of(text), text


def test_what_was_done_is() -> None:
    done = {"献血又再献了一次": ("blood_donations", 1), "房子前年买的": ("owned_home", True)}
    for text, (fact, value) in done.items():
        assert facts_of(text).get(fact) == value, text


def test_what_is_required_is_told_of_nobody() -> None:
    for text in ("社保十五年才行", "社保满十五年才能领", "社保十五年以上才可以"):
        for asked in (None, questions()["social_insurance"]):
            heard = hear(asked, Said(text), TODAY)
            assert not heard.facts, (text, asked and asked.id)


PROMISED = ("会签合同", "老板说会签合同的", "说是会签劳动合同", "以后签合同", "我以后再签合同")
SIGNED = ("毕业以后签了合同", "来了以后签的合同", "工会签的合同", "村委会签的合同", "会计签的合同")


def test_a_contract_that_is_promised_is_none_yet() -> None:
    for lead, said in product(("", "现在没有，", "刚来，"), PROMISED):
        for asked in (None, questions()["employment"]):
            heard = hear(asked, Said(lead + said), TODAY)
            assert not heard.facts.get("employment"), lead + said
    for said in SIGNED:
        heard = hear(questions()["employment"], Said(said), TODAY)
        assert heard.facts.get("employment") == ["labour_contract"], said


def test_what_comes_after_something_was_done() -> None:
    for text, (fact, value) in {
        "结婚以后买的房子": ("owned_home", True),
        "19年以后交社保五年了": ("social_insurance_months", 60),
        "工会交的社保五年": ("social_insurance_months", 60),
        "社会上交的社保五年": ("social_insurance_months", 60),
    }.items():
        assert facts_of(text).get(fact) == value, text
    for text in ("以后买房", "以后考高级工", "我以后交社保五年"):
        assert not facts_of(text), text
