"""社保别记: what shall not be recorded is no denial, of oneself or of another."""

from datetime import date
from itertools import product

from dialogs.interpret import hear
from dialogs.questions import questions
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
WHOSE = ("我老婆的", "老公", "他的", "我的", "")
WISHES = ("别记", "不要算", "不用记了", "别给我写", "莫算")


def test_nothing_is_told_by_it() -> None:
    for whose, name, wish in product(WHOSE, ("社保", "公积金", "献血", "党员"), WISHES):
        heard = hear(None, Said(whose + name + wish), TODAY)
        assert not heard.facts, whose + name + wish
        assert not any(heard.others.values()), whose + name + wish


def test_what_is_told_beside_it_is_heard() -> None:
    heard = hear(questions()["social_insurance"], Said("我老婆的社保别记，我五年"), TODAY)
    assert heard.facts == {"social_insurance_months": 60}
    denied = hear(None, Said("我老婆社保没交过"), TODAY)
    assert denied.others == {"我老婆": {"social_insurance_months": 0}}
