"""Booking in the chat, step by step, with a scripted desk."""

from datetime import datetime, timedelta

import pytest

from dialogs.booking.protocol import ConfirmPlace, Held, HoldPlace, Waiting
from dialogs.conversation import Conversation
from dialogs.utterance import Said, Sent
from tests.dialogs.booking.phone import NINE
from tests.dialogs.booking.scripted import NOW, ZONE


def test_the_shortest_way(phone):
    shown = phone.say("预约", "瓯北", "明天", "9点", "1", "要提醒")
    assert "约好了" in shown
    assert "271828" in shown
    assert "11月24日 周二 09:00" in shown
    assert phone.asked(HoldPlace) == [HoldPlace("oubei", NINE)]
    assert phone.asked(ConfirmPlace) == [ConfirmPlace("oubei", NINE, "review", reminders=True)]


def test_only_taps(phone):
    phone.say("预约", "岩坦")
    for label in ("11月25日", "14:30", "咨询", "不用提醒"):
        phone.tap(label)
    (wish,) = phone.asked(ConfirmPlace)
    assert (wish.purpose, wish.reminders) == ("question", False)
    assert wish.starts_at == NINE + timedelta(days=1, hours=5, minutes=30)


def test_a_location_finds_the_nearest_site(phone):
    phone.say("预约")
    shown = phone.do(Sent("location", 28.15, 120.69))
    assert "离您最近" in shown
    assert "瓯北街道" in shown


def test_a_location_far_away_is_no_answer(phone):
    phone.say("预约")
    assert "请发乡镇" in phone.do(Sent("location", 39.9, 116.4))
    assert phone.at == "book"


def test_former_and_partial_names_are_asked_about(phone):
    assert "东城街道" in phone.say("预约", "上塘")
    phone.say("2")
    assert phone.at == "book_full"  # the desk has nothing there
    assert "岩坦镇，哪天方便" in phone.say("预约", "岩", "岩坦")


def test_another_township_can_be_named_on_the_way(phone):
    phone.say("预约", "岩头")
    assert phone.at == "book_full"
    assert "瓯北街道，哪天方便" in phone.say("瓯北")
    phone.say("岩头")
    assert phone.at == "book_full"


def test_a_question_on_the_way_is_answered_and_the_place_kept(phone):
    phone.say("预约", "瓯北")
    shown = phone.say("大专有几分")
    assert "8 分" in shown
    assert "哪天方便" in shown


def test_a_question_that_names_a_township_is_no_choice(phone):
    phone.say("预约")
    phone.say("瓯北租房有分吗")
    assert phone.at == "book"


def test_somebody_was_faster(phone):
    phone.desk.gone = set()
    phone.say("预约", "瓯北", "明天")
    phone.desk.gone = {NINE}
    shown = phone.say("9点")
    assert "刚被约走" in shown
    assert "09:00" not in shown
    assert "09:30" in shown


def test_the_last_times_of_a_day_are_taken_meanwhile(phone):
    phone.say("预约", "瓯北", "明天")
    phone.desk.gone = {NINE + timedelta(minutes=30 * i) for i in (0, 1, 2, 11)}
    shown = phone.say("9点")
    assert "哪天方便" in shown
    assert phone.at == "book_day"


def test_a_hold_that_ran_out(phone):
    phone.say("预约", "瓯北", "明天", "9点", "1")
    phone.desk.lapse = True
    shown = phone.say("要提醒")
    assert "没有约上" in shown
    assert phone.at == "book_time"
    assert "约好了" in phone.say("9点半", "1", "2")


def test_who_changed_too_often_keeps_what_is_held(phone):
    phone.say("预约", "瓯北", "明天", "9点", "上一步")
    phone.desk.tired = True
    shown = phone.say("9点半")
    assert "先歇几分钟" in shown
    assert "09:00，先给您留到 09:10" in shown
    assert "约好了" in phone.say("1", "不用提醒")
    assert phone.desk.place.starts_at == NINE


def test_who_changed_too_often_and_holds_nothing_stays_at_the_times(phone):
    phone.say("预约", "瓯北", "明天")
    phone.desk.tired = True
    assert "先歇几分钟" in phone.say("9点")
    assert phone.at == "book_time"
    phone.desk.tired = False
    phone.say("9点")
    assert phone.at == "book_purpose"


def test_who_has_one_sees_it_instead_of_booking_again(phone):
    phone.say("预约", "瓯北", "明天", "9点", "1", "1", "知道了")
    shown = phone.say("预约")
    assert "271828" in shown
    assert "改时间" in shown


@pytest.mark.parametrize("text", ["嗯", "随便", "大专有几分", "为什么", "谢谢", "9点"])
def test_nothing_but_a_clear_answer_confirms(phone, text):
    phone.say("预约", "瓯北", "明天", "9点", "1", text)
    assert phone.asked(ConfirmPlace) == []


def test_an_old_bubble_confirms_nothing_new(phone):
    phone.say("预约", "瓯北", "明天", "9点", "1")
    old = phone.reply.choices[0]
    phone.say("换个时间", "9点半", "1")
    phone.do(Said(old.label, tap=old.tap))
    assert phone.asked(ConfirmPlace) == []


def test_who_taps_twice_sees_the_appointment_and_no_reproach(phone):
    phone.say("预约", "瓯北", "明天", "9点", "1")
    yes = phone.reply.choices[0]
    booked = phone.do(Said(yes.label, tap=yes.tap))
    again = phone.do(Said(yes.label, tap=yes.tap))
    assert "约好了" in booked
    assert again.startswith("瓯北街道 1 号窗口，11月24日 周二 09:00")
    assert len(phone.asked(ConfirmPlace)) == 1
    phone.now = NOW + timedelta(minutes=1)
    assert "之前的选项" in phone.do(Said(yes.label, tap=yes.tap))


def test_one_step_back_each_time(phone):
    phone.say("预约", "瓯北", "明天", "9点", "1")
    seen = [phone.at]
    for _ in range(5):
        phone.say("上一步")
        seen.append(phone.at)
    assert seen == ["book_confirm", "book_purpose", "book_time", "book_day", "book", "home"]


def test_the_waiting_list(phone):
    assert "有空位就告诉您" in phone.say("预约", "岩头", "有空位告诉我")
    assert "您在等 岩头镇" in phone.say("预约")
    assert "不等了" in phone.say("不等了")
    assert phone.desk.waiting is None


def test_who_waits_and_looks_keeps_waiting(phone):
    shown = phone.say("预约", "岩头", "有空位告诉我", "预约", "看看现在有没有")
    assert shown.startswith("现在还没有空位。\n您在等 岩头镇 的空位")
    assert phone.desk.waiting is not None


def test_an_offer_is_taken(phone):
    held = Held("yantou", NINE, NOW + timedelta(minutes=60))
    phone.desk.waiting = Waiting("yantou", NOW.date(), NOW.date(), held)
    assert "有空位了" in phone.say("我的预约")
    assert "约好了" in phone.say("要这个", "1", "1")
    assert phone.asked(ConfirmPlace)[0].site == "yantou"


def test_an_offer_of_the_night_says_until_which_day_at_every_step(phone):
    morning = datetime(2026, 11, 24, 9, tzinfo=ZONE)
    held = Held("yantou", NINE + timedelta(days=3), morning)
    phone.desk.waiting = Waiting("yantou", NOW.date(), NOW.date(), held)
    for text in ("我的预约", "要这个", "核对积分"):
        assert "留到 11月24日 周二 09:00" in phone.say(text)


def test_an_offer_that_ran_out_says_so_at_once(phone):
    held = Held("oubei", NINE, NOW)
    phone.desk.waiting = Waiting("oubei", NOW.date(), NOW.date(), held)
    shown = phone.say("我的预约", "要这个")
    assert "没有约上" in shown
    assert phone.at == "book_time"


def test_a_hold_that_ran_out_at_the_purpose_says_so_at_once(phone):
    phone.say("预约", "瓯北", "明天", "9点")
    phone.now = NOW + timedelta(minutes=11)
    assert "没有约上" in phone.say("核对积分")
    assert phone.asked(ConfirmPlace) == []


def test_papers_come_from_ones_own_estimate(phone):
    phone.conversation = phone.conversation.but(facts={"education": "junior_college"})
    shown = phone.say("预约", "瓯北", "明天", "9点", "1", "1")
    assert "身份证" in shown
    assert "学信网" in shown


def test_no_appointment_yet(phone):
    assert "没有预约" in phone.say("我的预约")


def test_many_days_and_times_come_in_pages(phone, monkeypatch):
    monkeypatch.setattr("dialogs.booking.choices.paging.ON_ONE_PAGE", 2)
    phone.say("预约", "瓯北", "周三")
    shown = phone.say("看别的时间")
    assert "14:30" in shown
    assert "09:00" not in shown
    assert "09:00" in phone.say("更多")


@pytest.mark.parametrize("text", ["再约一个", "预约"])
def test_a_second_one_is_refused_with_what_can_be_done(phone, text):
    shown = phone.say("预约", "瓯北", "明天", "9点", "1", "1", "知道了", text)
    assert "已经有一个预约" in shown
    assert "改时间" in shown
    assert "取消预约" in shown


@pytest.mark.parametrize(
    "asked", [[], ["瓯北"], ["瓯北", "明天"], ["瓯北", "明天", "9点"], ["岩头"]]
)
@pytest.mark.parametrize("text", ["取消", "算了", "取消预约", "先不约"])
def test_one_can_stop_at_every_step(phone, text, asked):
    assert "没有约" in phone.say("预约", *asked, text)
    assert phone.at == "home"


@pytest.mark.parametrize("asked", [[], ["瓯北"], ["瓯北", "明天"], ["岩头"]])
def test_a_location_helps_at_every_step(phone, asked):
    phone.say("预约", *asked)
    assert "离您最近" in phone.do(Sent("location", 28.15, 120.69))


@pytest.mark.parametrize("text", ["大专有几分", "学历怎么算分"])
@pytest.mark.parametrize("asked", [["取消预约"], ["改时间", "周三", "9点"]])
def test_a_sure_question_is_answered_before_a_confirmation_too(phone, text, asked):
    phone.say("预约", "瓯北", "明天", "9点", "1", "1", *asked)
    at = phone.at
    assert "8 分" in phone.say(text)
    assert phone.at == at


def test_who_comes_only_to_book_is_led_there(phone):
    phone.conversation = Conversation()
    assert "▸ 1 同意，去预约" in phone.say("预约")
    assert "哪个乡镇" in phone.say("同意")


def test_whoever_has_an_appointment_sees_it_first(phone):
    phone.say("预约", "瓯北", "明天", "9点", "1", "1", "知道了", "预约岩头")
    assert phone.at == "appointment"


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("就是去问问", "咨询"),
        ("过来核一下分", "核对"),
        ("我去交材料的", "补交材料"),
        ("核对下积分，再当面问问", "核对积分"),
        ("核对积分嘛,顺带交材料", "核对积分"),
    ],
)
def test_what_for_said_in_a_sentence(phone, text, purpose):
    shown = phone.say("预约", "瓯北", "明天", "9点", text)
    assert phone.at == "book_confirm"
    assert purpose in shown


@pytest.mark.parametrize("said", ["10点后头", "十点以后", "上午10点之后"])
def test_times_from_an_hour_on(phone, said):
    for way in (("预约", "瓯北", "明天", said), ("预约瓯北明天" + said,)):
        shown = phone.say(*way)
        assert "09:" not in shown
        assert "10:00" in shown
        phone.say("先不约")


@pytest.mark.parametrize("said", ["4点后头", "下午四点以后"])
def test_no_time_from_an_hour_on(phone, said):
    for way in (("预约", "瓯北", "明天", said), ("预约瓯北明天" + said,)):
        assert "这个时间约不了" in phone.say(*way)
        phone.say("先不约")


def test_an_answer_with_a_question_behind_it_counts(phone):
    phone.say("预约", "瓯北", "明天", "9点", "1")
    shown = phone.say("要提醒，到时候要带什么材料")
    assert "约好了" in shown
    assert "身份证和居住证都带上" in shown


@pytest.mark.parametrize("text", ["约吧", "帮我约", "就约这个"])
def test_who_is_on_the_way_and_says_so_again_does_not_start_anew(phone, text):
    phone.say("预约", "瓯北", "明天", "9点", text)
    assert phone.at == "book_purpose"


@pytest.mark.parametrize("said", [("预约", "瓯北"), ("预约瓯北明天",), ("预约瓯北明天9点",)])
def test_how_to_come_to_the_window_is_told_before_booking(phone, said):
    phone.desk.address, phone.desk.telephone = "双塔路 1 号", "0577-1234567"
    shown = phone.say(*said)
    assert "地址：双塔路 1 号\n电话：0577-1234567\n瓯北街道" in shown
    assert "地址" not in phone.say("换个时间" if "先给您留" in shown else "后天")


def test_where_nothing_is_published_its_window_is_told_all_the_same(phone):
    phone.desk.telephone = "0577-1234567"
    shown = phone.say("预约", "桥头")
    assert shown.startswith("电话：0577-1234567\n桥头镇还没有放出网上预约的时间")
    assert shown.count("0577-57665812") == 1
