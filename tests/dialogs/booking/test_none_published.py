"""Where no window has published any time, that is said once, and one is out of booking."""

import pytest

from tests.dialogs.booking.phone import Phone
from tests.dialogs.booking.scripted import DAYS

NONE = "各个窗口都还没有放出网上预约的时间"


@pytest.fixture
def anna() -> Phone:
    phone = Phone()
    phone.desk.published = False
    return phone


@pytest.mark.parametrize("text", ["预约", "帮我约个窗口", "预约瓯北下周二上午", "哪里能约"])
def test_it_is_said_before_the_place_is_asked(anna: Phone, text: str) -> None:
    shown = anna.say(text)
    assert NONE in shown
    assert "窗口" in shown
    assert "0577" in shown
    assert anna.at == "home"


def test_what_is_typed_next_is_heard_as_ever(anna: Phone) -> None:
    anna.say("预约")
    for text in ("材料", "社保怎么算", "我租房三年了"):
        shown = anna.say(text)
        assert "没看明白" not in shown
        assert NONE not in shown


def test_a_place_without_times_and_none_free_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.dialogs.booking.scripted.DAYS", dict.fromkeys(DAYS, 0))
    phone = Phone()
    shown = phone.say("预约", "桥下镇")
    assert "桥下镇还没有放出网上预约的时间，别的窗口现在也没有空位" in shown
    assert phone.at == "home"
    shown = phone.say("预约", "瓯北")
    assert "约满了" in shown
    assert phone.at == "book_full"
