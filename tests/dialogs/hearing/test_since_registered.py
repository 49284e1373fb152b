"""Only the time since the registration counts, wherever the time before is told."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
STAYS = ("来了八年", "住了八年", "住是住了八年", "在这边待了八年")
REGISTERED = ("登记了三年", "登记三年了", "登记到现在三年")
BOTH = ("{stay}，{registered}", "{registered}，{stay}", "{stay}，后来才登记，{registered}")


@pytest.mark.parametrize("frame", BOTH)
@pytest.mark.parametrize("asked", ["residence", None])
def test_the_time_since_the_registration_is_recorded(frame: str, asked: str | None) -> None:
    question = questions()[asked] if asked else None
    for stay, registered in product(STAYS, REGISTERED):
        text = frame.format(stay=stay, registered=registered)
        assert hear(question, Said(text), TODAY).facts.get("residence_months") == 36, text


@pytest.mark.parametrize("text", ["登记了三年，后来又住了两年", "登记三年，另外住了两年"])
def test_what_is_added_is_asked_back(text: str) -> None:
    assert "residence_months" not in hear(questions()["residence"], Said(text), TODAY).facts


@pytest.mark.parametrize("text", ["我才登记", "刚登记", "才登记的"])
def test_just_registered_says_nothing_of_the_permit(text: str) -> None:
    assert "permit" not in hear(questions()["residence"], Said(text), TODAY).facts
