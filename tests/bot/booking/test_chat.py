"""Booking in the chat through the real service and database: one message, one transaction."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from bot import create_app
from bot.booking import rebooking
from bot.booking.rebooking import Outcome
from bot.booking.tables import appointments, holds, notices, slots
from bot.database import reading, writing
from bot.people import everything_about, forget
from bot.turns import take_turn
from dialogs.utterance import Followed, Said
from tests.bot.booking.desk import NINE, NOW, SITE, TEN, make_slot
from tests.bot.setting_up import settings_for


@pytest.fixture
def service(url, tmp_path):
    app = create_app(settings_for(tmp_path, database_url=url), lambda: NOW)
    made = app.extensions["xinshimin"]
    with writing(made.engine) as connection:
        make_slot(connection, NINE)
        make_slot(connection, TEN)
    yield made
    made.engine.dispose()


class Phone:
    """One person's chat over the message path."""

    def __init__(self, service, person):
        self.service, self.person, self.count = service, person, 0
        self.hear(Followed())
        self.say("1", "退出")

    def hear(self, utterance):
        self.count += 1
        return take_turn(self.service, self.person, f"m{self.count}", utterance, NOW)

    def say(self, *texts):
        return [self.hear(Said(text)) for text in texts][-1]

    def again(self, text):
        """The platform delivers the last message once more."""
        return take_turn(self.service, self.person, f"m{self.count}", Said(text), NOW)


def count(service, table, *where):
    with reading(service.engine) as connection:
        return connection.execute(select(func.count()).select_from(table).where(*where)).scalar()


def test_booking_moving_cancelling(service):
    anna = Phone(service, "anna")
    assert "约好了" in anna.say("预约", "瓯北", "明天", "9点", "1", "要提醒")
    assert count(service, notices) == 2
    assert "改好了" in anna.say("改时间", "明天", "10点", "不用提醒")
    assert count(service, notices, notices.c.state == "waiting") == 0
    assert "取消了" in anna.say("取消预约", "是的")
    assert count(service, appointments, appointments.c.state == "booked") == 0


def test_a_repeated_delivery_books_once(service):
    anna = Phone(service, "anna")
    first = anna.say("预约", "瓯北", "明天", "9点", "1", "要提醒")
    assert anna.again("要提醒") == first
    assert count(service, appointments) == 1
    assert count(service, notices) == 2


def test_two_people_want_the_last_place(service):
    anna, berta = Phone(service, "anna"), Phone(service, "berta")
    anna.say("预约", "瓯北", "明天")
    berta.say("预约", "瓯北", "明天", "9点")
    assert "刚被约走" in anna.say("9点")


def test_everything_is_shown_and_forgotten(service):
    anna = Phone(service, "anna")
    anna.say("预约", "瓯北", "明天", "9点", "1", "要提醒")
    with reading(service.engine) as connection:
        kept = everything_about(connection, "anna")["booking"]
    assert kept["appointments"][0]["site"] == "瓯北街道"
    with writing(service.engine) as connection:
        forget(connection, "anna")
        assert "booking" not in everything_about(connection, "anna")
    assert count(service, appointments, appointments.c.person.is_not(None)) == 0
    assert count(service, appointments, appointments.c.state == "cancelled") == 1
    assert count(service, notices) == count(service, holds) == 0


def test_which_places_have_something_free(service):
    anna = Phone(service, "anna")
    assert "瓯北街道（11月24日 周二）" in anna.say("哪个地方能约")
    assert "几点" in anna.say("哪里明天有空位", "1")


def test_a_time_kept_by_the_window_is_taken_with_one_word(service):
    """Nine is closed, and the window keeps ten for anna: 我的预约 asks, 要 moves."""
    anna = Phone(service, "anna")
    anna.say("预约", "瓯北", "明天", "9点", "1", "不用提醒")
    with writing(service.engine) as connection:
        connection.execute(update(slots).where(slots.c.starts_at == NINE).values(open=False))
        number = connection.scalar(select(appointments.c.id))
        assert rebooking.offer_time(connection, number, SITE, NOW) is Outcome.MADE
    reply = anna.say("我的预约")
    assert "窗口临时不开" in reply
    assert "改到：" in reply
    assert "10:00" in reply
    assert "改好了" in anna.say("不用提醒")
    assert "10:00" in anna.say("我的预约")
    assert count(service, holds) == 0
    assert count(service, notices, notices.c.kind == "rebook", notices.c.state == "waiting") == 0


def test_whoever_names_another_time_is_not_held_up_by_the_one_kept(service):
    anna = Phone(service, "anna")
    anna.say("预约", "瓯北", "明天", "9点", "1", "不用提醒")
    with writing(service.engine) as connection:
        eleven = TEN + timedelta(hours=1)
        make_slot(connection, eleven)
        connection.execute(update(slots).where(slots.c.starts_at == NINE).values(open=False))
        number = connection.scalar(select(appointments.c.id))
        assert rebooking.offer_time(connection, number, SITE, NOW) is Outcome.MADE
    assert "改好了" in anna.say("改到明天11点", "不用提醒")
    assert "11:00" in anna.say("我的预约")


def kept_phone(service):
    with reading(service.engine) as connection:
        return connection.execute(
            select(appointments.c.phone, appointments.c.phone_agreed_at, appointments.c.phone_index)
        ).one()


def test_a_telephone_is_left_with_the_appointment_and_taken_back(service):
    anna = Phone(service, "anna")
    assert "留个手机号" in anna.say("预约", "瓯北", "明天", "9点", "1", "不用提醒")
    asked = anna.say("留手机号")
    for told in ("打电话找您", "90 天清空", "就是同意"):
        assert told in asked
    assert "短信" not in asked  # no gateway is connected
    assert "不像手机号" in anna.say("1381234567")
    said = anna.say("138 1234 5678")
    assert "尾号 5678" in said
    assert "13812345678" not in said
    phone, agreed_at, index = kept_phone(service)
    assert (phone, agreed_at) == ("13812345678", NOW)
    assert index
    assert "删掉了" in anna.say("删手机号")
    assert tuple(kept_phone(service)) == (None, None, None)


def test_no_telephone_is_needed(service):
    anna = Phone(service, "anna")
    anna.say("预约", "瓯北", "明天", "9点", "1", "不用提醒", "留手机号")
    assert "没有留" in anna.say("不用")
    assert kept_phone(service).phone is None
    assert "签到码" in anna.say("我的预约")


def test_a_telephone_goes_with_all_else_of_its_person(service):
    anna = Phone(service, "anna")
    anna.say("预约", "瓯北", "明天", "9点", "1", "不用提醒", "留手机号", "13812345678")
    with reading(service.engine) as connection:
        assert "13812345678" in str(everything_about(connection, "anna"))
    with writing(service.engine) as connection:
        forget(connection, "anna")
    assert tuple(kept_phone(service)) == (None, None, None)


def test_a_number_sent_unasked_is_kept_only_after_what_it_is_for_was_said(service):
    anna = Phone(service, "anna")
    anna.say("预约", "瓯北", "明天", "9点", "1", "不用提醒")
    assert "就是同意" in anna.say("我电话13812345678")
    assert kept_phone(service).phone is None
    anna.say("13812345678")
    assert kept_phone(service).phone == "13812345678"
