"""What of a message is one's own."""

import pytest

from dialogs.language import mine


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("我老公大专我高中", "我高中"),
        ("献血3次，老婆也有2次", "献血3次"),
        ("我87年5月，我老婆89年3月", "我87年5月"),
        ("住了6年，孩子3年", "住了6年"),
        ("5年，房租2000", "5年"),
        ("房租2000一个月，租了3年", "租了3年"),
        ("3年，押金2000元一个月", "3年"),
    ],
)
def test_what_is_said_of_others_and_of_other_money_is_left_out(said: str, own: str) -> None:
    assert mine(said) == own


@pytest.mark.parametrize(
    "said",
    [
        "3年，儿子出生后断了2个月",
        "两年，女儿上学后又交了3年",
        "社保5年，老公给我交了2年",
        "一共5次，老婆2次",
        "5次，其中老婆3次",
        "买了房，写老婆名下",
        "献血3次，其他2次",
        "工资8000",
        "房租2000，3年",
        "房租2000，交了3年",
        "3年，房租交到2027年",
    ],
)
def test_what_may_touch_ones_own_number_stays(said: str) -> None:
    assert mine(said) == said
