"""跟我一天办的, 跟我一样: the speaker only compares; it names no person, and ends no one's list."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.utterance import Said
from tests.dialogs.talks import COMPLETE, agreed

TODAY = date(2026, 11, 28)
PEOPLE = ["老公", "我老婆", "我哥", "我妈", "她"]
ALIKE = [
    "跟我一天办的",
    "和我一起办的",
    "跟我同一天领的",
    "和我一块办的",
    "跟我同年办的",
    "跟我一样",
]
FRAMES = [
    "{who}四十九了小学没毕业居住证{alike}鞋厂社保四年了",
    "{who}居住证{alike}，社保四年，高中",
]


@pytest.mark.parametrize("frame", FRAMES)
def test_the_list_stays_the_other_one_s(frame: str) -> None:
    for who, alike in product(PEOPLE, ALIKE):
        heard = hear(None, Said(frame.format(who=who, alike=alike)), TODAY)
        assert "social_insurance_months" not in heard.facts, (who, alike)
        assert heard.others.keys() == {who}, (who, alike)
        assert heard.others[who]["social_insurance_months"] == 48, (who, alike)


@pytest.mark.parametrize("text", ["老公和我都交了五年社保", "社保我和老婆一样，我五年"])
def test_what_both_did_is_the_speaker_s_too(text: str) -> None:
    assert hear(None, Said(text), TODAY).facts["social_insurance_months"] == 60


def test_all_that_is_told_with_the_wish_is_kept() -> None:
    person = agreed(*COMPLETE)
    told = "她四十九了小学没毕业居住证跟我一天办的鞋厂社保四年了"
    reply = person.line(f"那给我老婆也算一下嘛{told}")
    assert person.conversation.facts["social_insurance_months"] == 48
    assert "没有记" not in reply.text
