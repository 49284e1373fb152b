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
