"""房东说我住了三年: where a landlord is spoken of, one lives in what is let."""

from datetime import date

import pytest

from dialogs.interpret import hear
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    "lead", ["在房东家", "房东人好我", "房东说我", "房东不给备案我", "房东租给我"]
)
@pytest.mark.parametrize("years", ["三", "3"])
def test_years_at_a_landlords_are_of_renting(lead: str, years: str) -> None:
    facts = hear(None, Said(f"{lead}住了{years}年"), TODAY).facts
    assert facts == {"owned_home": False, "rented_years": 3}


def test_a_landlords_own_years_are_his() -> None:
    heard = hear(None, Said("房东住了三年"), TODAY)
    assert heard.facts == {}
    assert heard.others == {"房东": {"residence_months": 36}}
