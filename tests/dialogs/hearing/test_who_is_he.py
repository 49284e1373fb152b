"""A pronoun stands for the person named last; a word for how one does a thing names nobody."""

from datetime import date

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "asked", "who", "fact", "value"),
    [
        ("给我弟也算算，他25，中专，社保一年", None, "我弟", "social_insurance_months", 12),
        ("我妈的情况你也记一下：她五十八了，小学", None, "我妈", "age_years", 58),
        ("我没交，我老公交了，他五年", "social_insurance", "我老公", "social_insurance_months", 60),
        ("大专是我老婆的，我是高中", None, "我老婆", "education", "junior_college"),
        ("我哥28本科社保六年", None, "我哥", "education", "bachelor"),
    ],
)
def test_whose_it_is(text: str, asked: str | None, who: str, fact: str, value: object) -> None:
    heard = hear(questions()[asked] if asked else None, Said(text), TODAY)
    assert heard.others[who][fact] == value


@pytest.mark.parametrize(
    ("text", "asked", "facts"),
    [
        ("合同不是跟公司签的，是跟劳务签的", None, {"employment": ["labour_contract"]}),
        ("社保是会计帮我查的，一共61个月", None, {"social_insurance_months": 61}),
        ("证没有就登记了一下", "permit", {"permit": "registration_only"}),
        ("我怕针没献过", "blood", {"blood_donations": 0}),
    ],
)
def test_what_is_one_s_own(text: str, asked: str | None, facts: dict[str, object]) -> None:
    assert hear(questions()[asked] if asked else None, Said(text), TODAY).facts == facts
