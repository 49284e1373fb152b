"""A denial between two things is of the first: 证她也没得|社保四年."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.states import QuestionState
from dialogs.utterance import Said
from tests.dialogs.talks import agreed

TODAY = date(2026, 11, 28)
THINGS = ["证", "证书", "合同", "公积金", "居住证", "职称", "党员", "卡"]
DENIALS = ["没得", "我没得", "我也没得", "都没有", "我还没办", "没拿到"]
TOLD = [
    ("社保四年", "social_insurance_months", 48),
    ("社保我刚才说了四年鞋厂交的", "social_insurance_months", 48),
    ("社保四年鞋厂交的", "social_insurance_months", 48),
    ("献血三次", "blood_donations", 3),
    ("志愿者做了二十次", "volunteer_services", 20),
    ("登记住了八年", "residence_months", 96),
]


@pytest.mark.parametrize(("told", "fact", "value"), TOLD)
def test_what_follows_with_a_figure_of_its_own_is_told_or_asked_back(
    told: str, fact: str, value: int
) -> None:
    for thing, denial in product(THINGS, DENIALS):
        for asked in (None, questions()["skill"]):
            heard = hear(asked, Said(thing + denial + told), TODAY)
            assert heard.facts.get(fact) == value or fact in heard.confirm, thing + denial + told


@pytest.mark.parametrize("text", ["有证没社保", "没证没社保", "证有，没社保", "厂里也没得社保"])
def test_what_follows_without_one_is_denied(text: str) -> None:
    assert hear(None, Said(text), TODAY).facts["social_insurance_months"] == 0


def test_the_other_one_s_figure_said_again_is_theirs() -> None:
    person = agreed("1", "1994年5月", "帮我老婆也算一下")
    person.conversation = person.conversation.go("questionnaire", QuestionState(at="skill"))
    person.line("证她也没得社保我刚才说了四年鞋厂交的")
    assert person.conversation.facts["social_insurance_months"] == 48
