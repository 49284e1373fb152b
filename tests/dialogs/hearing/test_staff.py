"""What is told of those whom one employs is not one's own; an employee speaks of oneself."""

from datetime import date
from itertools import product

import pytest

from dialogs.interpret import hear
from dialogs.utterance import Said

TODAY = date(2026, 11, 28)
STAFF = ("员工", "工人", "厂里工人", "职工", "我厂里的员工")
ALL = ("都是", "全是", "基本都是", "大部分是", "清一色")
TOLD = {"本科": "education", "初中毕业": "education", "党员": "special_statuses"}


@pytest.mark.parametrize("staff", STAFF)
def test_it_is_not_one_s_own(staff: str) -> None:
    for everybody, told in product(ALL, TOLD):
        text = f"{staff}{everybody}{told}"
        assert TOLD[told] not in hear(None, Said(text), TODAY).facts, text


@pytest.mark.parametrize("place", ["店里", "厂里", "店里的", "隔壁"])
def test_who_works_at_a_place_owns_what_follows(place: str) -> None:
    for who, told in product(
        ("小妹", "小弟", "伙计"), ("在永嘉献过六次血", "献过六次血", "社保交了三年")
    ):
        text = f"{place}{who}{told}，她叫我帮她问一声"
        assert hear(None, Said(text), TODAY).facts == {}, text


@pytest.mark.parametrize(
    "text", ["店里小妹，我献过六次血", "小妹我献过六次血", "我在店里，小妹，献过六次血"]
)
def test_who_is_addressed_owns_nothing(text: str) -> None:
    assert hear(None, Said(text), TODAY).facts == {"blood_donations": 6}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("我自己大专，员工清一色本科", {"education": "junior_college"}),
        ("我是员工，本科", {"education": "bachelor"}),
        ("我就一个普通员工，大专，社保三年", {"education": "junior_college"}),
    ],
)
def test_who_is_employed_speaks_of_oneself(text: str, facts: dict[str, str]) -> None:
    assert hear(None, Said(text), TODAY).facts.items() >= facts.items()


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("一级证没有二级技师证有的", {"skill": "level_2"}),
        ("居住证没社保三年", {"permit": "none", "social_insurance_months": 36}),
        ("没有技师证", {}),
    ],
)
def test_a_denial_is_of_what_lacks_a_figure_or_a_yes(text: str, facts: dict[str, object]) -> None:
    assert hear(None, Said(text), TODAY).facts == facts


def test_a_member_is_not_recorded_where_the_fund_has_the_figure() -> None:
    heard = hear(None, Said("党员没公积金三年"), TODAY)
    assert not heard.facts
    assert heard.confirm["housing_fund_months"].choices == (36,)


def test_who_pays_in_for_the_speaker_owns_nothing() -> None:
    heard = hear(None, Said("公司妹子社保帮我交了三年"), TODAY)
    assert heard.facts == {"social_insurance_months": 36}
