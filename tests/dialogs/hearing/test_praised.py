"""A child is praised, and told of: nothing of it is one's own, until the speaker is named."""

from datetime import date
from itertools import product

from dialogs.interpret import hear
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
CHILDREN = ("我女儿", "我儿子", "闺女", "我家老大", "孙子")
PRAISE = ("争气", "很懂事", "有出息", "蛮厉害的", "真聪明", "会读书")
TOLD = ("本科毕业", "大学本科毕业 去年初级会计也考出来了", "社保交了五年", "党员，献过三次血")


def facts_of(text: str) -> dict[str, object]:
    return dict(hear(None, Said(text), TODAY).facts)


def test_what_a_child_is_praised_for_is_the_child_s() -> None:
    for child, praise, told, pause in product(CHILDREN, PRAISE, TOLD, ("，", " ")):
        text = f"{child}{praise}{pause}{told}"
        assert not facts_of(text), text


def test_the_speaker_goes_on_of_oneself() -> None:
    for child, praise in product(CHILDREN, PRAISE):
        text = f"{child}{praise}，本科毕业，我初中，社保三年"
        own = {"education": "below_high_school", "social_insurance_months": 36}
        assert facts_of(text) == own, text
