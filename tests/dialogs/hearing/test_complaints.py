"""积分太难了社保交了十年: what something is like is no person, and owns no figure."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
COMPLAINTS = (
    *("积分太难了", "厂里抠得要死", "这东西真烦", "手续太麻烦了", "老板抠得很"),
    *("我们太穷了", "房租特别贵", "活太累了", "工资很低"),
)
TOLD = {
    "社保交了三年": ("social_insurance_months", 36),
    "公积金交了三年": ("housing_fund_months", 36),
    "献过三次血": ("blood_donations", 3),
}


@pytest.mark.parametrize("pause", ["", "，"])
def test_a_figure_after_a_complaint_is_one_s_own(pause: str) -> None:
    found = []
    for complaint, (told, (fact, value)) in product(COMPLAINTS, TOLD.items()):
        heard = hear(None, Said(f"{complaint}{pause}{told}"), TODAY)
        if heard.others or heard.facts.get(fact) != value:
            found.append((complaint, told, heard.facts, heard.others))
    assert found == []
