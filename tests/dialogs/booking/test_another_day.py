"""Another day, another place: the time of day that was asked for goes along, and the place."""

import pytest

SHOWN = "14:30–15:00"


@pytest.mark.parametrize("before", [["预约瓯北明天下午"], ["预约瓯北明天", "下午"]])
@pytest.mark.parametrize("again", ["换一天", "改天", "换个日子", "另外换一天吧"])
def test_another_day_keeps_the_time_of_day(phone, before, again):
    phone.say(*before)
    assert "瓯北街道，哪天方便" in phone.say(again)
    shown = phone.say("2")
    assert "11月25日" in shown
    assert SHOWN in shown
    assert "09:00" not in shown


@pytest.mark.parametrize("again", ["换一天", "改个日子"])
@pytest.mark.parametrize("on", [[], ["核对积分"]])
def test_while_a_place_is_kept_another_day_is_one_of_the_same_place(phone, again, on):
    phone.say("预约瓯北明天下午", "1", *on)
    assert "瓯北街道，哪天方便" in phone.say(again)
    assert "09:00" not in phone.say("2")


def test_all_times_once_they_were_asked_for(phone):
    phone.say("预约瓯北明天下午", "看别的时间", "换一天")
    assert "09:00" in phone.say("2")


@pytest.mark.parametrize("yes", ["要得", "要的", "得行", "好的", "中"])
def test_a_yes_chooses_no_purpose(phone, yes):
    before = phone.say("预约瓯北明天下午", "1")
    assert phone.say(yes) == f"好。\n{before}"


@pytest.mark.parametrize("place", [["预约"], ["预约瓯北"], ["预约瓯北", "1"], ["预约瓯北明天9点"]])
@pytest.mark.parametrize("asks", ["几点开门", "窗口几点上班", "中午休息吗"])
def test_opening_hours_are_told_and_the_same_is_asked(phone, place, asks):
    before = phone.say(*place).splitlines()
    shown = phone.say(asks)
    assert "上班时间没有统一公布" in shown
    assert before[-1] in shown
