"""The appointment one has: seeing, moving and cancelling it in the chat."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.booking.protocol import CancelMine, ConfirmPlace
from dialogs.utterance import Said
from tests.dialogs.booking.phone import NINE


@pytest.mark.parametrize("text", ["你好", "大专有几分", "1"])
def test_an_appointment_that_is_over_is_not_shown_again(phone, text):
    phone.say("预约", "瓯北", "明天", "9点", "1", "1")
    phone.now = NINE + timedelta(minutes=20)
    assert "取消预约" in phone.say("你好")
    phone.now = NINE + timedelta(days=7)
    assert "271828" not in phone.say(text)


def test_what_may_have_been_moved_on_the_page_is_not_repeated_from_memory(phone):
    phone.say("预约", "瓯北", "明天", "9点", "1", "1")
    phone.desk.place = replace(phone.desk.place, starts_at=NINE + timedelta(hours=1))
    shown = phone.say("谢谢")
    assert "09:00" not in shown
    assert "10:00" in phone.say("我的预约")


def test_moving(phone):
    phone.say("预约", "瓯北", "明天", "9点", "补交材料", "1", "改时间", "周三")
    assert "改到：瓯北街道，11月25日 周三 14:30，补交材料" in phone.say("两点半")
    assert "改好了" in phone.say("不用提醒")
    assert phone.asked(ConfirmPlace)[-1].moving
    assert phone.desk.place.starts_at.hour == 14


@pytest.mark.parametrize("text", ["换个时间", "换一天", "改个时间"])
def test_other_ways_to_say_that_it_is_to_be_moved(phone, text):
    assert "哪天方便" in phone.say("预约", "瓯北", "明天", "9点", "1", "1", text)


def test_giving_up_a_move_keeps_the_appointment(phone):
    shown = phone.say("预约", "瓯北", "明天", "9点", "1", "1", "改时间", "周三", "两点半", "不改了")
    assert "原来的预约还在" in shown
    assert phone.desk.place.starts_at == NINE
    assert len(phone.asked(ConfirmPlace)) == 1


def test_moving_to_another_week(phone):
    shown = phone.say("预约", "瓯北", "明天", "9点", "1", "1", "改到下周")
    assert "哪天方便" in shown
    assert phone.conversation.top.state["moving"]


def test_moving_in_one_message(phone):
    phone.say("预约", "瓯北", "明天", "9点", "1", "1")
    assert "改到：瓯北街道，11月25日 周三 14:30" in phone.say("我想改到周三两点半")
    assert "改好了" in phone.say("不用提醒")


def test_what_says_no_day_moves_nothing(phone):
    phone.say("预约", "瓯北", "明天", "9点", "1", "1", "改到火星")
    assert phone.asked(ConfirmPlace)[-1].moving is False
    assert phone.at == "book_day"  # to choose one


@pytest.mark.parametrize("asked", [["取消预约"], ["改时间", "周三", "9点"]])
@pytest.mark.parametrize("text", ["能不能往后挪一下", "换到岩坦"])
def test_before_a_confirmation_one_may_want_another_time(phone, asked, text):
    shown = phone.say("预约", "瓯北", "明天", "9点", "1", "1", *asked, text)
    assert "哪天方便" in shown or "几点" in shown
    assert phone.conversation.top.state["moving"]
    assert phone.asked(CancelMine) == []


@pytest.mark.parametrize("before", [[], ["知道了"], ["开始"]])
@pytest.mark.parametrize("text", ["换到岩坦", "我想换到岩坦镇的窗口", "改到岩坦下周三上午"])
def test_moving_to_another_township(phone, text, before):
    shown = phone.say("预约", "瓯北", "明天", "9点", "1", "1", *before, text)
    assert "岩坦镇，哪天方便" in shown
    phone.say("周三", "两点半", "2")
    assert phone.asked(ConfirmPlace)[-1].moving
    assert phone.desk.place.site == "yantan"


def test_an_old_bubble_of_the_appointment_leads_to_the_present_one(phone):
    phone.say("预约", "瓯北", "明天", "9点", "1", "1")
    old = next(one for one in phone.reply.choices if one.label == "取消预约")
    phone.say("改时间", "周三", "两点半", "1", "知道了")
    shown = phone.do(Said(old.label, tap=old.tap))
    assert "真的取消 瓯北街道 11月25日 周三 14:30" in shown
    assert phone.asked(CancelMine) == []


def test_cancelling_is_asked_once_more(phone):
    phone.say("预约", "瓯北", "明天", "9点", "1", "1", "取消预约")
    assert phone.asked(CancelMine) == []
    assert "预约还在" in phone.say("不取消")
    phone.say("取消")
    assert "取消了" in phone.say("是的")
    assert phone.desk.place is None


def test_what_was_moved_elsewhere_meanwhile_is_not_cancelled(phone):
    phone.say("预约", "瓯北", "明天", "9点", "1", "1", "取消预约")
    phone.desk.place = replace(phone.desk.place, starts_at=NINE + timedelta(hours=1))
    shown = phone.say("是的")
    assert "没有取消" in shown
    assert "10:00" in shown
    assert phone.desk.place is not None


@pytest.mark.parametrize("text", ["嗯", "随便", "大专有几分", "取消一下那个什么", "？？", "谢谢"])
def test_nothing_but_a_clear_yes_cancels(phone, text):
    phone.say("预约", "瓯北", "明天", "9点", "1", "1", "取消预约", text)
    assert phone.asked(CancelMine) == []


@pytest.mark.parametrize("word", ["取消预约", "取消", "我要取消", "退掉"])
def test_asking_twice_to_cancel_cancels_nothing(phone, word):
    shown = phone.say("预约", "瓯北", "明天", "9点", "1", "1", word, word)
    assert "真的取消" in shown
    phone.say(word)
    assert phone.asked(CancelMine) == []
    assert "哪天方便" in phone.say("改时间")


@pytest.mark.parametrize("text", ["我要取消", "取消吧"])
def test_wanting_to_cancel_is_asked_once_more(phone, text):
    assert "真的取消" in phone.say("预约", "瓯北", "明天", "9点", "1", "1", text)
    assert phone.asked(CancelMine) == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [("对", 1), ("确定", 1), ("我要取消", 0), ("不想取消了", 0), ("好", 0), ("算了", 0)],
)
def test_only_a_clear_yes_cancels(phone, text, asked):
    phone.say("预约", "瓯北", "明天", "9点", "1", "1", "取消预约", text)
    assert len(phone.asked(CancelMine)) == asked


@pytest.mark.parametrize(
    ("window", "said"),
    [("1", " 1 号窗口"), ("3", " 3 号窗口"), ("综合", " 综合窗口"), ("综合窗口", " 综合窗口")],
)
def test_a_window_is_called_as_people_call_it(phone, window, said):
    phone.say("预约", "瓯北", "明天", "9点", "1", "1")
    phone.desk.place = replace(phone.desk.place, window=window)
    assert f"瓯北街道{said}，11月24日" in phone.say("我的预约")


@pytest.mark.parametrize("text", ["不想去了 退掉", "帮我退掉吧", "不想去了", "退了算了"])
def test_wanting_out_said_at_the_appointment(phone, text):
    assert "真的取消" in phone.say("预约", "瓯北", "明天", "9点", "1", "1", text)
    assert phone.asked(CancelMine) == []
