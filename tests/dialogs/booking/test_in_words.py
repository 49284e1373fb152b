"""Where, when and what, said in sentences."""

from datetime import date, timedelta

import pytest

from dialogs.booking.protocol import CancelMine, ConfirmPlace
from dialogs.phrases import environment
from dialogs.states import QuestionState
from tests.dialogs.booking import scripted
from tests.dialogs.booking.phone import Phone
from tests.dialogs.booking.scripted import DAYS

ASKED_AFTERWARDS = ["在哪里", "去哪里", "地址呢", "怎么去", "电话多少", "窗口电话是多少", "几号去"]


@pytest.mark.parametrize("asked", [["预约瓯北"], ["预约瓯北", "明天"], ["预约瓯北", "明天", "9点"]])
def test_a_week_named_shows_its_days_first(phone, monkeypatch, asked):
    later = {date(2026, 12, 1): 1, date(2026, 12, 2): 1}
    monkeypatch.setattr("tests.dialogs.booking.scripted.DAYS", {**DAYS, **later})
    monkeypatch.setattr("dialogs.booking.choices.paging.ON_ONE_PAGE", 2)
    assert "12月1日" not in phone.say(*asked)
    shown = phone.say("下周有吗")
    assert "12月1日 周二" in shown
    assert "11月24日" not in shown
    assert "11月24日" in phone.say("看别的日子")


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


@pytest.mark.parametrize("text", ["随便", "都可以", "最早的"])
def test_who_has_no_wish_gets_the_first(phone, text):
    assert "11月24日 周二，几点" in phone.say("预约", "瓯北", text)
    assert "09:00，先给您留到" in phone.say(text)


@pytest.mark.parametrize("text", ["我要约个时间去窗口", "帮我约个时间"])
def test_booking_said_in_a_sentence(phone, text):
    assert "哪个乡镇" in phone.say(text)


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


@pytest.mark.parametrize("text", ["柳市镇", "芙蓉村"])
def test_a_place_that_is_no_township_here(phone, text):
    assert "没找到这个乡镇" in phone.say("预约", text)
    assert "岩坦镇" in phone.say("看看镇")
    assert "岩坦镇，哪天方便" in phone.say("8")


def test_who_does_not_know_the_township_is_told_where_it_stands(phone):
    assert "居住证上的地址" in phone.say("预约", "不知道")


@pytest.mark.parametrize("text", ["我要预约", "我的预约", "取消预约"])
def test_who_wants_to_book_before_agreeing_books_after_it(text):
    phone = Phone(consented=False)
    assert "预约前要您点一下同意" in phone.say(text)
    named = "瓯北" in text  # and is not asked again
    assert ("哪天方便" if named else "哪个乡镇") in phone.tap("同意，去预约")
    assert "约好了" in phone.say(*([] if named else ["瓯北"]), "明天", "9点", "1", "1")
    phone.say("知道了")
    assert phone.at == "home"


@pytest.mark.parametrize(
    "said", [["预约瓯北周三下午"], ["预约", "瓯北周三下午"], ["预约周三下午", "瓯北"]]
)
def test_where_and_when_said_before_agreeing_is_kept_for_the_yes(said):
    phone = Phone(consented=False)
    assert "照着办（瓯北街道，11月25日 周三下午）" in phone.say(*said)
    assert "瓯北街道，11月25日 周三，几点？\n▸ 1 14:30" in phone.say("同意")


def test_what_was_said_long_before_agreeing_is_asked_again():
    phone = Phone(consented=False)
    phone.say("预约瓯北周三下午")
    phone.now += timedelta(minutes=11)
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
    assert "瓯北街道，11月25日 周三，几点" in phone.say("换个时间")


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


def test_which_places_have_something_free(phone):
    shown = phone.say("哪个地方能约")
    assert "▸ 1 瓯北街道（11月24日 周二）" in shown
    assert "岩头" not in shown  # full
    assert "岩坦镇，哪天方便" in phone.say("岩坦")


def test_another_place_on_that_day(phone):
    shown = phone.say("预约", "岩头", "别的地方周三下午有没有")
    assert "11月25日 周三还有空位的" in shown
    shown = phone.tap("岩坦镇")
    assert "岩坦镇，11月25日 周三，几点？" in shown
    assert "09:00" not in shown


def test_no_place_has_anything_on_that_day(phone):
    shown = phone.say("哪里周四能约")
    assert "那天哪里都没有空位" in shown
    assert "瓯北街道（11月24日 周二）" in shown


def test_who_is_told_that_all_is_full_can_look_elsewhere(phone):
    phone.say("预约", "岩头")
    assert "瓯北街道（11月24日 周二）" in phone.tap("看看哪里能约")


@pytest.fixture
def nothing_free(monkeypatch):
    monkeypatch.setattr(scripted, "DAYS", {})


@pytest.mark.usefixtures("nothing_free")
@pytest.mark.parametrize("text", ["预约岩头", "预约岩头下周二上午", "预约岩头，越快越好"])
def test_where_no_place_has_anything_it_is_said_once_with_the_ways_out(phone, text):
    shown = phone.say(text)
    assert "岩头镇这几天都约满了，别的窗口现在也没有空位" in shown
    assert "0577" in shown
    assert "那天没有空位" not in shown  # nor any other day
    assert [one.label for one in phone.reply.choices] == ["有空位告诉我", "先不约"]
    assert "记下了，有空位就告诉您" in phone.tap("有空位告诉我")
    assert phone.at == "home"


@pytest.mark.usefixtures("nothing_free")
@pytest.mark.parametrize("text", ["哪里能约", "哪里周四能约"])
def test_who_asks_where_when_nothing_is_free_can_wait_at_a_place(phone, text):
    shown = phone.say(text)
    assert shown.startswith("现在哪里都没有空位")
    assert "排队" in shown
    assert "有空位告诉我" in phone.say("岩头")


@pytest.mark.usefixtures("nothing_free")
def test_one_step_back_from_nothing_anywhere_says_so_still(phone):
    assert "哪里都没有空位" in phone.say("预约岩头", "上一步")
    assert "好的，没有约" in phone.say("先不约")


def test_who_has_an_appointment_moves_it_to_the_place_found(phone):
    phone.say("预约", "瓯北", "明天", "9点", "1", "1", "哪个地方周三能约")
    phone.tap("岩坦镇")
    assert "改好了" in phone.say("两点半", "2")
    assert phone.desk.place.site == "yantan"


@pytest.mark.parametrize("asked", [[], ["瓯北"], ["瓯北", "明天"], ["瓯北", "明天", "9点"]])
def test_a_fact_told_in_the_middle_of_booking_is_kept(phone, asked):
    phone.say("预约", *asked)
    at = phone.at
    assert "社保" in phone.say("我社保交了42个月")
    assert phone.at == at
    assert phone.conversation.facts["social_insurance_months"] == 42


@pytest.mark.parametrize("text", ["要不要预约", "不预约能去吗", "需要提前预约吗", "为什么要预约"])
def test_a_question_about_booking_books_nothing(phone, text):
    assert "下一步" in phone.say(text) or "预约" in phone.reply.text
    assert phone.at in ("home", "topics")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("social_insurance", "大约3年"),
        ("social_insurance", "约42个月"),
        ("social_insurance", "合同约定是三年"),
        ("residence", "瓯北住了三年"),
        ("birth", "1990年12月3号"),
    ],
)
def test_an_answer_is_no_wish_to_come(phone, question, text):
    phone.conversation = phone.conversation.go("questionnaire", QuestionState(at=question))
    phone.say(text)
    assert phone.desk.asked == []


@pytest.mark.parametrize("text", ["哪天人少嘛", "人多不多", "要不要排队"])
def test_who_asks_when_it_is_quiet_is_told_how_to_see_it(phone, text):
    assert "越多，人就越少" in phone.say("预约", "瓯北", text)
    assert phone.at == "book_day"
    assert "报签到码" in phone.say("明天", "9点", text)
    assert phone.at == "book_purpose"


def test_a_time_said_after_the_day_leaves_the_day(phone):
    phone.say("预约", "那就礼拜三嘛", "下午两点半也行")
    assert "11月25日 周三 14:30" in phone.say("我晓不得啥子街道 就在瓯北那个厂里头上班")


@pytest.mark.parametrize("text", ["还要提前去排队不", "提前多久到"])
def test_what_is_asked_of_coming_early_moves_nothing(phone, text):
    phone.say("预约", "瓯北", text)
    assert "没有预约" not in phone.reply.text


@pytest.mark.parametrize(
    "text", ["换到上塘", "我的预约改到下周三", "预约改到瓯北下周三", "预约改天"]
)
def test_who_moves_what_is_not_there_is_told_so_and_booked(phone, text):
    assert phone.say(text).startswith("您现在没有预约，可以约一个。")


@pytest.mark.parametrize("text", ["换个地方", "我想换个窗口", "预约改天", "换个时间"])
@pytest.mark.parametrize("on_the_way", [["预约"], ["预约", "瓯北"], ["预约", "瓯北", "明天"]])
def test_on_the_way_to_an_appointment_a_change_is_another_choice(phone, on_the_way, text):
    shown = phone.say(*on_the_way, text)
    assert "没有预约" not in shown
    assert ("哪个乡镇" in shown) == (
        ("时间" not in text and "天" not in text) or len(on_the_way) == 1
    )


FOR_ANOTHER = ["帮我妈约一个行吗", "给我老婆约行吗", "我老公也要约一个", "替我爸约的"]


@pytest.mark.parametrize("way", [[], ["预约"]])
@pytest.mark.parametrize("said", FOR_ANOTHER)
def test_who_books_for_another_is_told_how_that_one_books(phone, way, said):
    assert phone.say(*way, said).startswith("这里只能约您自己的")
    assert "哪个乡镇" in phone.reply.text
    assert "这里只能约您自己的" not in phone.say("瓯北")


@pytest.mark.parametrize("said", [*FOR_ANOTHER, "我是帮老婆约的", "我和我老公一起去可以吗"])
@pytest.mark.parametrize("asked", [["瓯北"], ["瓯北", "明天"], ["瓯北", "明天9点"]])
def test_who_is_on_the_way_goes_on_with_their_own(phone, asked, said):
    before = phone.say("预约", *asked).splitlines()[-1]
    shown = phone.say(said)
    assert shown.startswith("这里只能约您自己的")
    assert shown.endswith(before)


@pytest.mark.parametrize(
    ("said", "reminded"),
    [
        ("算了不用提醒", False),
        ("提醒就不用了", False),
        ("别提醒我", False),
        ("记得提醒我哈", True),
        ("到时候提醒我一下行吗", True),
    ],
)
def test_whether_to_be_reminded_is_said_in_any_words(phone, said, reminded):
    assert "约好了" in phone.say("预约瓯北明天9点", "核对积分", said)
    assert phone.asked(ConfirmPlace)[0].reminders is reminded


def test_a_question_about_reminders_books_nothing(phone):
    phone.say("预约瓯北明天9点", "核对积分", "提醒要钱吗")
    assert phone.asked(ConfirmPlace) == []


@pytest.mark.parametrize("said", ["瓯北明天", "瓯北周二", "瓯北24号"])
def test_a_short_day_beside_the_place_is_heard(phone, said):
    assert "瓯北街道，11月24日 周二，几点？" in phone.say("预约", said)


def test_the_half_of_the_day_is_kept_for_the_day_that_is_named(phone):
    assert "14:30" in phone.say("预约", "瓯北下午", "明天").splitlines()[1]


@pytest.mark.parametrize(
    "said", ["算了那我不改了", "算了 不约了", "那我还是先不去了", "哎，不弄了"]
)
@pytest.mark.parametrize("asked", [["瓯北"], ["瓯北", "明天"], ["瓯北", "明天9点", "1"]])
def test_what_is_on_the_way_is_stopped_in_any_words(phone, asked, said):
    assert "好的，没有约" in phone.say("预约", *asked, said)


@pytest.mark.parametrize(
    "said", ["约了能取消吗", "约了以后能改吗", "到时候可以改时间吗", "能不能取消"]
)
@pytest.mark.parametrize("asked", [["瓯北"], ["瓯北", "明天"], ["瓯北", "明天9点", "1"]])
def test_a_question_about_changing_later_stops_nothing(phone, asked, said):
    before = phone.say("预约", *asked).splitlines()[-1]
    shown = phone.say(said)
    assert shown.startswith("约好以后，发“改时间”就能改")
    assert shown.endswith(before)


@pytest.mark.parametrize("said", ["最近哪里有", "哪里有空"])
def test_where_there_is_something_else(phone, said):
    assert "现在能约的" in phone.say("预约", "桥头", said)


@pytest.mark.parametrize("said", ["1", "好的", "约吧", "要得", "不用提醒"])
def test_where_no_notice_can_be_sent_none_is_offered(phone, said, monkeypatch):
    monkeypatch.setitem(environment().globals, "reminds", False)
    shown = phone.say("预约瓯北明天9点", "核对积分")
    assert "现在还不能发提醒" in shown
    assert "▸ 1 就约这个\n▸ 2 换个时间" in shown
    assert "约好了" in phone.say(said)
    assert not phone.asked(ConfirmPlace)[0].reminders


def test_for_whom_is_heard_before_the_consent_too():
    phone = Phone(consented=False)
    phone.say("我想给我妈约个号 她在瓯北")
    shown = phone.say("同意")
    assert shown.startswith("这里只能约您自己的")
    assert "瓯北街道，哪天方便" in shown


@pytest.mark.parametrize("said", ["有空位叫我", "有了通知我一声", "那我等吧", "有位置喊我嘛"])
def test_a_place_is_waited_for_in_any_words(phone, said):
    assert "记下了，有空位就告诉您" in phone.say("预约", "岩头", said)


def test_where_no_notice_can_be_sent_nobody_is_promised_one(phone, monkeypatch):
    monkeypatch.setitem(environment().globals, "reminds", False)
    assert "▸ 1 排队等空位" in phone.say("预约", "岩头")
    assert "现在还不能发通知" in phone.say("有空位告诉我")
    assert "告诉您" not in phone.say("我的预约")
