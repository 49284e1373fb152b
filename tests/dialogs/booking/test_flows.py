"""Booking in the chat with a scripted desk."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from dialogs.booking.desk import CancelMine, ConfirmPlace, Held, HoldPlace, Waiting
from dialogs.conversation import Conversation
from dialogs.engine import converse
from dialogs.rendering import LIMIT, plain, wechat
from dialogs.utterance import Followed, Outcome, Said, Sent
from scoring import load_ruleset
from tests.dialogs.booking.scripted import DAYS, NOW, ZONE, ScriptedDesk

RULES = load_ruleset("yongjia-2022")
NINE = datetime(2026, 11, 24, 9, tzinfo=ZONE)


class Phone:
    """One person's chat."""

    def __init__(self, consented: bool = True) -> None:
        self.now = NOW
        self.desk = ScriptedDesk()
        self.conversation = Conversation()
        self.reply = None
        self.do(Followed())
        if consented:
            self.say("1", "退出")  # at home

    def do(self, utterance) -> str:
        turn = converse(self.conversation, utterance, self.now, RULES)
        for _ in range(4):
            if turn.request is None:
                break
            outcome = Outcome(turn.request, self.desk(turn.request))
            turn = converse(turn.conversation, outcome, self.now, RULES)
        assert turn.reply is not None
        self.conversation, self.reply = turn.conversation, turn.reply
        assert len(wechat(turn.reply, "https://jf.example.cn").encode()) <= LIMIT
        return plain(turn.reply)

    def say(self, *texts: str) -> str:
        for text in texts:
            shown = self.do(Said(text))
        return shown

    def tap(self, label: str) -> str:
        choice = next(one for one in self.reply.choices if label in one.label)
        return self.do(Said(choice.label, tap=choice.tap))

    def asked(self, kind):
        return [request for request in self.desk.asked if isinstance(request, kind)]

    @property
    def at(self) -> str:
        return self.conversation.top.flow


@pytest.fixture
def phone():
    return Phone()


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
    assert phone.say("预约", "岩", "岩坦").startswith("岩坦镇，哪天方便")


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
    phone.say("预约", "瓯北", "明天", "9点", "1", "1", "改时间", "周三", "两点半", "核对")
    assert "改好了" in phone.say("不用提醒")
    assert phone.asked(ConfirmPlace)[-1].moving
    assert phone.desk.place.starts_at.hour == 14


@pytest.mark.parametrize("text", ["换个时间", "换一天", "改个时间"])
def test_other_ways_to_say_that_it_is_to_be_moved(phone, text):
    assert "哪天方便" in phone.say("预约", "瓯北", "明天", "9点", "1", "1", text)


def test_giving_up_a_move_keeps_the_appointment(phone):
    shown = phone.say(
        "预约", "瓯北", "明天", "9点", "1", "1", "改时间", "周三", "两点半", "1", "不改了"
    )
    assert "原来的预约还在" in shown
    assert phone.desk.place.starts_at == NINE
    assert len(phone.asked(ConfirmPlace)) == 1


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
    assert again.startswith("瓯北街道，11月24日 周二 09:00")
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
    monkeypatch.setattr("dialogs.booking.choosing.ON_ONE_PAGE", 2)
    phone.say("预约", "瓯北", "周三")
    shown = phone.say("看别的时间")
    assert "14:30" in shown
    assert "09:00" not in shown
    assert "09:00" in phone.say("更多")


@pytest.mark.parametrize("asked", [["预约瓯北"], ["预约瓯北", "明天"], ["预约瓯北", "明天", "9点"]])
def test_a_week_named_shows_its_days_first(phone, monkeypatch, asked):
    later = {date(2026, 12, 1): 1, date(2026, 12, 2): 1}
    monkeypatch.setattr("tests.dialogs.booking.scripted.DAYS", {**DAYS, **later})
    monkeypatch.setattr("dialogs.booking.choosing.ON_ONE_PAGE", 2)
    assert "12月1日" not in phone.say(*asked)
    shown = phone.say("下周有吗")
    assert "12月1日 周二" in shown
    assert "11月24日" not in shown
    assert "11月24日" in phone.say("看别的日子")


def test_moving_to_another_week(phone):
    shown = phone.say("预约", "瓯北", "明天", "9点", "1", "1", "改到下周")
    assert "哪天方便" in shown
    assert phone.conversation.top.state["moving"]


def test_a_day_and_a_time_in_one_message(phone):
    shown = phone.say("预约", "瓯北", "明天早上9点")
    assert phone.at == "book_purpose"
    assert "11月24日 周二 09:00" in shown


def test_a_time_that_is_not_on_offer_shows_what_is(phone):
    shown = phone.say("预约", "瓯北", "明天晚上8点")
    assert phone.at == "book_time"
    assert "这个时间约不了" in shown


def test_a_half_of_the_day_shows_its_times_first(phone):
    shown = phone.say("预约", "瓯北", "周三下午")
    assert phone.at == "book_time"
    assert "14:30" in shown
    assert "09:00" not in shown
    assert "09:00" in phone.say("上午")
    assert "14:30" in phone.say("更多")


def test_moving_in_one_message(phone):
    phone.say("预约", "瓯北", "明天", "9点", "1", "1")
    assert "11月25日 周三 14:30" in phone.say("我想改到周三两点半")
    assert "改到" in phone.say("核对")
    assert "改好了" in phone.say("不用提醒")


def test_what_says_no_day_moves_nothing(phone):
    phone.say("预约", "瓯北", "明天", "9点", "1", "1", "改到火星")
    assert phone.asked(ConfirmPlace)[-1].moving is False
    assert phone.conversation.top.state.get("moving") is None


@pytest.mark.parametrize("before", ["知道了", "开始"])
@pytest.mark.parametrize(
    ("text", "flow"),
    [
        ("我约的几点", "appointment"),
        ("我预约的是什么时候", "appointment"),
        ("不去了", "appointment"),
        ("我明天有事去不了了", "appointment"),
        ("二维码在哪看", "appointment"),
        ("我可以提前去吗", "appointment"),
        ("迟到了怎么办", "appointment"),
        ("怎么预约窗口", "appointment"),
        ("帮我把预约取消了", "cancel_appointment"),
        ("签到码是多少", "appointment"),
        ("二维码呢", "appointment"),
        ("再约一个", "appointment"),
        ("还能约一个吗", "appointment"),
        ("改时间", "book_day"),
        ("能不能往后挪一下", "book_day"),
        ("取消预约", "cancel_appointment"),
        ("帮我取消一下预约吧", "cancel_appointment"),
    ],
)
def test_an_appointment_is_found_again_from_anywhere(phone, before, text, flow):
    phone.say("预约", "瓯北", "明天", "9点", "1", "1", before, text)
    assert phone.at == flow
    assert phone.asked(CancelMine) == []
    assert "真的取消" in phone.say("取消预约")


@pytest.mark.parametrize("asked", [["取消预约"], ["改时间", "周三", "9点", "1"]])
@pytest.mark.parametrize("text", ["能不能往后挪一下", "换到岩坦"])
def test_before_a_confirmation_one_may_want_another_time(phone, asked, text):
    shown = phone.say("预约", "瓯北", "明天", "9点", "1", "1", *asked, text)
    assert "哪天方便" in shown or "几点" in shown
    assert phone.conversation.top.state["moving"]
    assert phone.asked(CancelMine) == []


@pytest.mark.parametrize("text", ["随便", "都可以", "最早的"])
def test_who_has_no_wish_gets_the_first(phone, text):
    assert "11月24日 周二，几点" in phone.say("预约", "瓯北", text)
    assert "09:00，先给您留到" in phone.say(text)


@pytest.mark.parametrize("text", ["我要约个时间去窗口", "帮我约个时间"])
def test_booking_said_in_a_sentence(phone, text):
    assert "哪个乡镇" in phone.say(text)


@pytest.mark.parametrize("word", ["取消预约", "取消", "我要取消", "退掉"])
def test_asking_twice_to_cancel_cancels_nothing(phone, word):
    shown = phone.say("预约", "瓯北", "明天", "9点", "1", "1", word, word)
    assert "真的取消" in shown
    phone.say(word)
    assert phone.asked(CancelMine) == []
    assert "哪天方便" in phone.say("改时间")


@pytest.mark.parametrize("text", ["再约一个", "预约"])
def test_a_second_one_is_refused_with_what_can_be_done(phone, text):
    shown = phone.say("预约", "瓯北", "明天", "9点", "1", "1", "知道了", text)
    assert "已经有一个预约" in shown
    assert "改时间" in shown
    assert "取消预约" in shown


@pytest.mark.parametrize("before", [[], ["知道了"], ["开始"]])
@pytest.mark.parametrize("text", ["换到岩坦", "我想换到岩坦镇的窗口", "改到岩坦下周三上午"])
def test_moving_to_another_township(phone, text, before):
    shown = phone.say("预约", "瓯北", "明天", "9点", "1", "1", *before, text)
    assert "岩坦镇，哪天方便" in shown
    phone.say("周三", "两点半", "1", "2")
    assert phone.asked(ConfirmPlace)[-1].moving
    assert phone.desk.place.site == "yantan"


def test_an_old_bubble_of_the_appointment_leads_to_the_present_one(phone):
    phone.say("预约", "瓯北", "明天", "9点", "1", "1")
    old = next(one for one in phone.reply.choices if one.label == "取消预约")
    phone.say("改时间", "周三", "两点半", "1", "1", "知道了")
    shown = phone.do(Said(old.label, tap=old.tap))
    assert "真的取消 瓯北街道 11月25日 周三 14:30" in shown
    assert phone.asked(CancelMine) == []


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
@pytest.mark.parametrize("asked", [["取消预约"], ["改时间", "周三", "9点", "1"]])
def test_a_sure_question_is_answered_before_a_confirmation_too(phone, text, asked):
    phone.say("预约", "瓯北", "明天", "9点", "1", "1", *asked)
    at = phone.at
    assert "8 分" in phone.say(text)
    assert phone.at == at


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("我搁瓯北打工嘞", "哪天方便"),
        ("瓯北街道双塔路那一块", "哪天方便"),
        ("欧北", "哪天方便"),
        ("瓯北后天下午两点半", "11月25日 周三 14:30，先给您留到"),
        ("瓯北，明个上午中不中", "11月24日 周二，几点"),
        ("瓯北明早9点", "11月24日 周二 09:00，先给您留到"),
    ],
)
def test_where_said_at_length_and_with_the_time(phone, text, at):
    assert at in phone.say("预约", text)


def test_a_time_said_with_a_name_of_several_is_kept(phone):
    phone.say("预约", "岩，周三两点半", "岩")  # the first is no name
    assert phone.at == "book"
    phone.say("瓯北或者岩坦周三两点半")
    assert "岩坦镇，11月25日 周三 14:30" in phone.say("岩坦")


@pytest.mark.parametrize(
    "asked",
    [
        ["预约明天上午", "瓯北"],
        ["预约", "明天上午", "我在瓯北"],
        ["预约明天上午", "看看街道", "都不是", "瓯北"],
        ["预约", "上塘", "明天上午", "都不是", "瓯北"],
    ],
)
def test_a_time_said_before_the_place_is_kept(phone, asked):
    shown = phone.say(*asked)
    assert "瓯北街道，11月24日 周二，几点？" in shown
    assert "14:30" not in shown


def test_a_time_said_before_the_place_is_seen_to_be_heard(phone):
    assert "记下：11月24日 周二。" in phone.say("预约明天上午")
    assert "记下" not in phone.say("退出", "预约")


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


@pytest.mark.parametrize("text", ["柳市镇", "芙蓉村"])
def test_a_place_that_is_no_township_here(phone, text):
    assert "没找到这个乡镇" in phone.say("预约", text)
    assert "岩坦镇" in phone.say("看看镇")
    assert "岩坦镇，哪天方便" in phone.say("8")


def test_who_does_not_know_the_township_is_told_where_it_stands(phone):
    assert "居住证上的地址" in phone.say("预约", "不知道")


@pytest.mark.parametrize("text", ["我要预约", "预约瓯北", "我的预约", "取消预约"])
def test_who_wants_to_book_before_agreeing_books_after_it(text):
    phone = Phone(consented=False)
    assert "预约前要您点一下同意" in phone.say(text)
    assert "哪个乡镇" in phone.tap("同意，去预约")
    assert "约好了" in phone.say("瓯北", "明天", "9点", "1", "1")
    phone.say("知道了")
    assert phone.at == "home"


def test_who_comes_only_to_book_is_led_there(phone):
    phone.conversation = Conversation()
    assert "▸ 1 同意，去预约" in phone.say("预约")
    assert "哪个乡镇" in phone.say("同意")


@pytest.mark.parametrize("text", ["在哪里", "电话多少"])
def test_where_the_window_is_needs_no_consent(text):
    phone = Phone(consented=False)
    assert "0577" in phone.say(text)


@pytest.mark.parametrize("text", ["预约瓯北", "我想约瓯北镇的窗口", "帮我约一下瓯北吧"])
def test_a_township_named_along_with_booking(phone, text):
    assert "瓯北街道" in phone.say(text)
    assert phone.at == "book_day"


def test_several_townships_that_may_be_meant_are_asked_back(phone):
    shown = phone.say("预约上塘")
    assert all(name in shown for name in ("东城", "南城", "北城"))
    assert phone.at == "book"


def test_whoever_has_an_appointment_sees_it_first(phone):
    phone.say("预约", "瓯北", "明天", "9点", "1", "1", "知道了", "预约岩头")
    assert phone.at == "appointment"


@pytest.mark.parametrize("text", ["后天早上9点半", "改到周三9点半", "那周三九点半呢"])
@pytest.mark.parametrize("asked", [[], ["9点"], ["9点", "1"]])
def test_another_day_and_time_named_later_lead_there(phone, text, asked):
    """At the time, the purpose and the confirmation alike."""
    phone.say("预约", "瓯北", "明天", *asked)
    assert "11月25日 周三 09:30，先给您留到" in phone.say(text)
    assert phone.asked(ConfirmPlace) == []


@pytest.mark.parametrize("text", ["改周三吧", "有没有25号的", "周三有吗", "周三行不行", "后天呢"])
def test_another_day_named_at_the_time(phone, text):
    phone.say("预约", "瓯北", "明天")
    assert "11月25日 周三，几点" in phone.say(text)


@pytest.mark.parametrize("text", ["有没有周六的", "周四呢", "28号"])
def test_a_day_without_places_shows_the_days_that_have_some(phone, text):
    for asked in ([], ["明天"], ["明天", "9点"]):
        phone.say("预约", "退出", "预约", "瓯北", *asked)
        shown = phone.say(text)
        assert "那天没有空位" in shown
        assert phone.at == "book_day"


def test_another_time_of_the_day_named_at_the_purpose(phone):
    phone.say("预约", "瓯北", "周三", "9点")
    assert "11月25日 周三 14:30" in phone.say("还是下午两点半吧")
    assert phone.say("换个时间").startswith("瓯北街道，11月25日 周三，几点")


ASKED_AFTERWARDS = ["在哪里", "去哪里", "地址呢", "怎么去", "电话多少", "窗口电话是多少", "几号去"]


@pytest.mark.parametrize("text", ASKED_AFTERWARDS)
def test_where_and_when_and_whom_to_call_is_told_from_anywhere(phone, text):
    phone.say("预约", "瓯北", "明天", "9点", "1", "1")
    for before in ("", "知道了", "开始"):
        shown = phone.say(*filter(None, [before]), text)
        assert "11月24日 周二 09:00" in shown
        assert "0577" in shown
        assert phone.at == "appointment"


@pytest.mark.parametrize("text", ["在哪里", "地址呢", "电话多少"])
def test_where_and_whom_to_call_without_an_appointment(phone, text):
    assert "0577" in phone.say(text)
    assert phone.at == "home"
    phone.say("预约", "瓯北", "明天")
    shown = phone.say(text)  # the place on the way is kept
    assert "0577" in shown
    assert "几点" in shown


@pytest.mark.parametrize(
    ("window", "said"),
    [("1", ""), ("3", " 3 号窗口"), ("综合", " 综合窗口"), ("综合窗口", " 综合窗口")],
)
def test_a_window_is_called_as_people_call_it(phone, window, said):
    phone.say("预约", "瓯北", "明天", "9点", "1", "1")
    phone.desk.place = replace(phone.desk.place, window=window)
    assert f"瓯北街道{said}，11月24日" in phone.say("我的预约")
