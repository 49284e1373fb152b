"""`/appointments` without a screen and without JavaScript."""

import re
from datetime import timedelta

import pytest
from icalendar import Calendar
from markupsafe import escape
from sqlalchemy import insert, select, update

from bot.booking import appointments, rebooking, reservation, waiting
from bot.booking.rebooking import Outcome
from bot.booking.tables import appointments as table
from bot.booking.tables import closures, sites, slots
from bot.database import reading, writing
from bot.models import ConversationRow
from tests.bot.booking.desk import NINE, SITE, TEN, TOMORROW, make_slot
from tests.bot.setting_up import NOW
from tests.bot.web import Browser, signed_in, talked

ELSEWHERE = "jiekeng"
ME, OTHER = "oMe-0001-openid", "oOther-002-openid"


@pytest.fixture
def me(app):
    return signed_in(app, ME)


@pytest.fixture
def places(service):
    with writing(service.engine) as connection:
        return make_slot(connection), make_slot(connection, TEN)


def text(answer):
    return answer.get_data(as_text=True)


def hold(browser, starts_at=NINE):
    browser.get(f"/appointments/{SITE}?day={TOMORROW}")
    return browser.post(
        "/appointments/hold", {"site": SITE, "day": TOMORROW, "starts_at": starts_at.isoformat()}
    )


def confirm(browser, starts_at=NINE, **more):
    wish = {"site": SITE, "starts_at": starts_at.isoformat(), "purpose": "review"}
    return browser.post("/appointments/confirm", wish | more)


def book(browser, starts_at=NINE):
    hold(browser, starts_at)
    browser.get("/appointments/confirm")
    return confirm(browser, starts_at)


def mine(service, who=ME):
    with reading(service.engine) as connection:
        return appointments.mine(connection, who, NOW)


def test_what_is_missing_is_put_to_the_day_of_the_visit(me, places, service):
    talked(service, ME)
    book(me)
    assert "还缺" not in text(me.get("/appointments"))
    me.get("/sheet")
    me.post(
        "/sheet/papers", {"paper 学信网《学历电子注册备案表》": "missing", "paper 身份证": "have"}
    )
    page = text(me.get("/appointments"))
    assert "身份证（有）" in page
    assert "您说还缺 1 样，去之前没有工作日了" in page
    assert "学信网《学历电子注册备案表》：要几天没有公布，先去学信网问" in page


def test_nobody_is_shown_anything_before_signing_in(app):
    answer = Browser(app).get("/appointments")
    assert answer.status_code == 302
    assert "snsapi_base" in answer.headers["Location"]


def test_from_the_list_of_sites_to_the_appointment(me, service, places):
    talked(service, ME)
    assert f"/appointments/{SITE}" in text(me.get("/appointments"))
    assert "11月24日" in text(me.get(f"/appointments/{SITE}"))
    assert "09:00–10:00" in text(me.get(f"/appointments/{SITE}?day={TOMORROW}"))
    assert hold(me).headers["Location"] == "/appointments/confirm"
    assert "位置给您留到 10:10" in text(me.get("/appointments/confirm"))
    assert confirm(me, reminders="1").headers["Location"] == "/appointments"
    shown = text(me.get("/appointments"))
    place = mine(service)
    assert "约好了" in shown
    assert place.code in shown
    assert re.search(r"<svg[^>]*viewBox=", shown)  # it shrinks with its box, and loses no edge
    assert "学历电子注册备案表" in shown  # from one's own answers
    assert place.reminders


def test_answers_are_kept_nowhere(me, places):
    for path in ("/appointments", f"/appointments/{SITE}"):
        assert me.get(path).headers["Cache-Control"] == "no-store"


def test_a_get_changes_nothing(me, service, places):
    hold(me)
    for path in ("hold", "wait", "stop-waiting"):
        assert me.get(f"/appointments/{path}").status_code in (404, 405)
    me.get("/appointments/confirm")
    me.get("/appointments/cancel")
    assert mine(service) is None


@pytest.mark.parametrize("path", ["hold", "confirm", "cancel", "wait", "stop-waiting"])
def test_a_forged_form_is_refused(me, path):
    assert me.post(f"/appointments/{path}", {"site": SITE}, token="forged").status_code == 400


def test_a_double_tap_books_once(me, service, places):
    book(me)
    first = mine(service)
    assert "约好了" in text(me.get(confirm(me).headers["Location"]))
    assert mine(service) == first
    with reading(service.engine) as connection:
        assert len(connection.execute(select(table.c.id)).all()) == 1


def test_somebody_was_faster(app, me, places):
    me.get(f"/appointments/{SITE}?day={TOMORROW}")
    hold(signed_in(app, OTHER))
    answer = hold(me)
    assert "刚被约走" in text(me.get(answer.headers["Location"]))


def test_going_on_without_a_time_says_so_beside_the_list(me, service, places):
    form = {"site": SITE, "day": str(TOMORROW)}
    me.get(f"/appointments/{SITE}?day={TOMORROW}")
    where = me.post("/appointments/hold", form).headers["Location"]
    assert where.endswith("#times")
    _, list_of_times = text(me.get(where)).split("几点</legend>")
    assert "还没有选" in list_of_times
    assert list_of_times.index("还没有选") < list_of_times.index('name="starts_at"')


def test_a_hold_that_lapsed(me, watch, places, service):
    hold(me)
    me.get("/appointments/confirm")
    watch.wait(minutes=reservation.HOLD_MINUTES)
    assert "没有约上" in text(me.get(confirm(me).headers["Location"]))
    assert me.get("/appointments/confirm").status_code == 302
    assert mine(service) is None


def test_moving(me, service, places):
    book(me)
    assert "原来的是" in text(me.get(hold(me, TEN).headers["Location"]))
    confirm(me, TEN, moving="1")
    assert mine(service).starts_at == TEN


def test_a_second_booking_is_not_a_silent_move(me, service, places):
    book(me)
    hold(me, TEN)
    assert "同时只能约一个" in text(me.get(confirm(me, TEN).headers["Location"]))
    assert mine(service).starts_at == NINE


def test_cancelling_is_asked_once_more(me, service, places):
    book(me)
    assert "真的取消吗" in text(me.get("/appointments/cancel"))
    assert mine(service) is not None
    answer = me.post("/appointments/cancel", {"starts_at": NINE.isoformat()})
    assert "预约取消了" in text(me.get(answer.headers["Location"]))
    assert mine(service) is None


def test_an_old_page_cancels_no_newer_appointment(me, service, places):
    book(me)
    me.get("/appointments/cancel")
    answer = me.post("/appointments/cancel", {"starts_at": TEN.isoformat()})
    assert "没有取消" in text(me.get(answer.headers["Location"]))
    assert mine(service) is not None


def test_the_waiting_list(app, me, service):
    with writing(service.engine) as connection:
        make_slot(connection)
    book(signed_in(app, OTHER))
    assert "有空位告诉我" in text(me.get(f"/appointments/{SITE}"))
    answer = me.post("/appointments/wait", {"site": SITE})
    assert "您在等 瓯北街道" in text(me.get(answer.headers["Location"]))
    with writing(service.engine) as connection:
        connection.execute(update(slots).values(bookable=2, capacity=2))
        (slot,) = waiting.wanted(connection, NOW)
        waiting.offer(connection, slot, NOW)
    assert "有空位了" in text(me.get("/appointments"))
    me.get("/appointments/confirm")
    confirm(me)
    assert mine(service) is not None


def test_no_more_waiting(me, service, places):
    me.get(f"/appointments/{SITE}?day={TOMORROW}")
    hold(me)
    me.post("/appointments/wait", {"site": SITE})
    me.post("/appointments/stop-waiting")
    with reading(service.engine) as connection:
        assert waiting.mine(connection, ME, NOW, None) is None
        assert reservation.current(connection, ME, NOW)  # it was chosen, not offered


def test_an_offer_declined(me, service, places):
    me.get(f"/appointments/{SITE}?day={TOMORROW}")
    me.post("/appointments/wait", {"site": SITE})
    with writing(service.engine) as connection:
        assert waiting.offer(connection, places[0], NOW) == 1
    assert "不要了" in me.get("/appointments").text
    me.post("/appointments/stop-waiting")
    with reading(service.engine) as connection:
        assert waiting.mine(connection, ME, NOW, None) is None
        assert reservation.current(connection, ME, NOW) is None


def test_going_back_after_booking_says_nothing_is_lost(me, service, places):
    book(me)
    me.get("/appointments")  # says that it is booked
    assert me.get("/appointments/confirm").headers["Location"] == "/appointments"
    shown = text(me.get("/appointments"))
    assert "没有约上" not in shown
    assert "下面是您的预约" in shown


def test_an_old_tab_confirms_no_other_time_and_says_which_is_held(me, service, places):
    hold(me)
    hold(me, TEN)
    me.get("/appointments/confirm")
    assert confirm(me, NINE).headers["Location"] == "/appointments/confirm"
    shown = text(me.get("/appointments/confirm"))
    assert "您后来选了别的时间" in shown
    assert "10:00" in shown
    assert mine(service) is None


def test_the_calendar_file(me, service, places):
    assert me.get("/appointments/calendar.ics").status_code == 404
    book(me)
    answer = me.get("/appointments/calendar.ics")
    assert answer.mimetype == "text/calendar"
    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
    assert event.decoded("dtstart") == NINE
    assert event.decoded("dtend") == NINE + timedelta(hours=1)
    assert mine(service).code in str(event["description"])
    hold(me, TEN)
    confirm(me, TEN, moving="1")
    (moved,) = Calendar.from_ical(me.get("/appointments/calendar.ics").data).walk("VEVENT")
    assert moved["uid"] == event["uid"]
    assert moved["sequence"] > event["sequence"]


def test_the_calendar_file_is_whole_by_the_standard(me, service, places):
    book(me)
    calendar = Calendar.from_ical(me.get("/appointments/calendar.ics").data)
    (event,) = calendar.walk("VEVENT")
    assert calendar["method"] == "PUBLISH"
    assert event["status"] == "CONFIRMED"
    assert event["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert [str(zone["tzid"]) for zone in calendar.timezones] == ["Asia/Shanghai"]
    assert calendar.get_missing_tzids() == set()
    assert not event.errors


def test_after_cancelling_the_calendar_file_takes_the_entry_out(me, service, places):
    book(me)
    (event,) = Calendar.from_ical(me.get("/appointments/calendar.ics").data).walk("VEVENT")
    me.get("/appointments/cancel")
    me.post("/appointments/cancel", {"starts_at": NINE.isoformat()})
    assert "从日历里拿掉" in text(me.get("/appointments"))
    calendar = Calendar.from_ical(me.get("/appointments/calendar.ics").data)
    (gone,) = calendar.walk("VEVENT")
    assert calendar["method"] == "CANCEL"
    assert gone["status"] == "CANCELLED"
    assert gone["uid"] == event["uid"]
    assert gone["sequence"] > event["sequence"]
    assert mine(service) is None
    assert calendar.walk("VALARM") == []
    book(me, TEN)
    (anew,) = Calendar.from_ical(me.get("/appointments/calendar.ics").data).walk("VEVENT")
    assert anew["uid"] != event["uid"]


def test_using_a_page_keeps_what_was_said(me, service, watch):
    talked(service, ME)
    watch.wait(minutes=30)
    signed_in_at = select(ConversationRow.seen_at).where(ConversationRow.person == ME)
    with writing(service.engine) as connection:
        long_ago = NOW - timedelta(days=179)
        connection.execute(update(ConversationRow).values(seen_at=long_ago))
    me.get("/appointments")
    with reading(service.engine) as connection:
        assert connection.execute(signed_in_at).scalar() == watch.now


def test_a_closed_time_is_said(me, service, places):
    book(me)
    closed = {"site": SITE, "first_day": NINE.date(), "last_day": NINE.date(), "reason": "停电"}
    with writing(service.engine) as connection:
        connection.execute(update(slots).values(open=False))
        connection.execute(insert(closures).values(closed))
    assert "这个时间窗口临时不开（停电）。" in text(me.get("/appointments"))


def test_an_appointment_in_the_past_cannot_be_changed(me, service, places, watch):
    book(me)
    watch.wait(hours=23)
    shown = text(me.get("/appointments"))
    assert "取消预约" not in shown
    me.get("/appointments/cancel")
    answer = me.post("/appointments/cancel", {"starts_at": NINE.isoformat()})
    assert answer.status_code == 400  # signed in too long ago


@pytest.mark.parametrize(
    "path", ["/appointments/nowhere", f"/appointments/{SITE}?day=tomorrow", "/appointments/wait"]
)
def test_strange_addresses(me, path):
    assert me.get(path).status_code in (404, 405)


@pytest.mark.parametrize(
    "starts_at",
    [
        "",
        "soon",
        "2026-11-24T09:00:00",
        "2026-11-24",
        "0001-01-01T00:00:00+08:00",
        "9999-12-31T23:59:59-08:00",
    ],
)
def test_strange_times(me, service, places, starts_at):
    me.get(f"/appointments/{SITE}?day={TOMORROW}")
    answer = me.post("/appointments/hold", {"site": SITE, "starts_at": starts_at})
    assert answer.status_code == 302
    assert mine(service) is None


def test_the_code_is_drawn_without_styles_of_its_own(me, places):
    """The content security policy allows no inline style."""
    book(me)
    assert not re.search(r"<svg[^>]*style=", text(me.get("/appointments")))


def test_a_window_says_where_it_is_before_and_after_booking(me, service, places):
    with writing(service.engine) as connection:
        connection.execute(
            update(sites)
            .where(sites.c.id == SITE)
            .values(address="某路 1 号", telephone="0577-1234", latitude=28.15, longitude=120.69)
        )
    listed = text(me.get("/appointments"))
    assert re.search(rf'href="/appointments/{SITE}">[^<]+</a>\s*<span>最早 \d+月\d+日', listed)
    assert "给爸妈、爱人约" in listed
    before = text(me.get(f"/appointments/{SITE}"))
    book(me)
    for page in (before, text(me.get("/appointments"))):
        assert "某路 1 号" in page
        assert 'href="tel:0577-1234"' in page
        assert "https://apis.map.qq.com/uri/v1/marker?marker=coord:28.15,120.69;" in page


def test_where_there_are_no_times_one_can_call_and_sees_where_there_are(me, places):
    page = text(me.get(f"/appointments/{ELSEWHERE}"))
    assert "还没有放出网上预约的时间" in page
    assert 'href="tel:' in page
    assert f'href="/appointments/{SITE}"' in page
    assert "没有公布，去之前先打电话问" in page


def test_a_wish_to_be_reminded_leads_straight_to_wechats_question(me, places, monkeypatch):
    monkeypatch.setattr("bot.pages.appointments.consent.is_open", lambda *_: True)
    hold(me)
    assert confirm(me, reminders="1").headers["Location"] == "/appointments/notices"


def phone_of(service):
    with reading(service.engine) as connection:
        return connection.scalar(select(table.c.phone))


def test_a_telephone_can_be_left_while_booking(me, service, places):
    hold(me)
    page = text(me.get("/appointments/confirm"))
    assert "手机号（可以不填）" in page
    assert "就是同意这样用" in page
    confirm(me, phone="１３８ 1234-5678")
    assert phone_of(service) == "13812345678"
    page = text(me.get("/appointments"))
    assert "删掉手机号" in page
    assert "13812345678" not in page
    me.post("/appointments/phone", {"phone": ""})
    assert phone_of(service) is None


@pytest.mark.parametrize("typed", ["1381234567", "就打我家电话", "<b>138", "1" * 5000])
def test_what_is_no_telephone_books_nothing_and_stays_in_its_field(me, service, places, typed):
    hold(me)
    me.get("/appointments/confirm")
    answer = confirm(me, phone=typed, purpose="question", reminders="1")
    assert answer.status_code == 400
    page = text(answer)
    assert "这不像手机号" in page
    assert f'value="{escape(typed[:40])}"' in page
    assert re.search(r'value="question" required checked', page)
    assert mine(service) is None


def test_a_telephone_can_be_left_later_and_a_wrong_one_is_kept_in_the_field(me, service, places):
    book(me)
    assert phone_of(service) is None
    me.get("/appointments")
    answer = me.post("/appointments/phone", {"phone": "12345"})
    assert answer.status_code == 400
    assert 'value="12345"' in text(answer)
    me.post("/appointments/phone", {"phone": "138 1234 5678"})
    assert phone_of(service) == "13812345678"


def test_without_an_appointment_no_telephone_is_kept(me, service, places):
    me.get("/appointments")
    me.post("/appointments/phone", {"phone": "13812345678"})
    assert "没有记" in text(me.get("/appointments"))


def test_a_time_kept_by_the_window_stands_on_the_page(me, service, places):
    book(me)
    with writing(service.engine) as connection:
        connection.execute(update(slots).where(slots.c.starts_at == NINE).values(open=False))
        number = connection.scalar(select(table.c.id))
        eleven = TEN + timedelta(hours=1)
        make_slot(connection, eleven)
        assert rebooking.offer_time(connection, number, SITE, NOW) is Outcome.MADE
    page = text(me.get("/appointments"))
    assert "给您留了这个时间" in page
    starts_at = reservation_of(service).starts_at
    confirm(me, starts_at, moving="1")
    assert mine(service).starts_at == starts_at
    assert "给您留了这个时间" not in text(me.get("/appointments"))


def reservation_of(service):
    with reading(service.engine) as connection:
        return reservation.current(connection, ME, NOW)
