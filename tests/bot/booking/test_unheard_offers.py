"""An offer of the waiting list of which no notice could arrive is not lost. On both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot import create_app
from bot.booking import reservation, waiting
from bot.booking.sweep import sweep
from bot.booking.tables import appointments, notices, slots, waiting_entries
from bot.database import reading, writing
from bot.models.notice import DELIVERED, FAILED, REFUSED, WAITING
from dialogs.booking.protocol import Held
from tests.bot.booking.desk import NINE, NOW, SITE, TEN, book, make_slot
from tests.bot.booking.test_chat import Phone
from tests.bot.setting_up import settings_for
from tests.bot.web import signed_in

LAPSED = NOW + waiting.OFFER
LATER = LAPSED + timedelta(minutes=5)  # when the place of a lapsed hold is back, too


@pytest.fixture
def line(engine):
    """One place, and anna waits for it before bea."""
    with writing(engine) as connection:
        slot = make_slot(connection)
        waiting.join(connection, "anna", SITE, NOW)
        waiting.join(connection, "bea", SITE, NOW + timedelta(seconds=1))
        assert waiting.offer(connection, slot, NOW) == 1
    return slot


def came_of_it(engine, state):
    with writing(engine) as connection:
        connection.execute(update(notices).values(state=state))


def offered(engine):
    """Who is offered a place, and who only keeps theirs in the line."""
    with reading(engine) as connection:
        rows = connection.execute(select(waiting_entries)).all()
    return {row.person for row in rows if row.offered_until}, {
        row.person for row in rows if not row.offered_until
    }


@pytest.mark.parametrize("state", [REFUSED, FAILED, WAITING])
def test_who_could_not_be_told_keeps_the_rank_and_the_place_goes_on(engine, line, state):
    came_of_it(engine, state)
    sweep(engine, LATER)
    assert offered(engine) == ({"bea"}, {"anna"})
    with writing(engine) as connection:
        waiting.give_up(connection, "bea", LATER)
    late = LATER + timedelta(minutes=5)
    sweep(engine, late)
    assert offered(engine) == (set(), {"anna"})  # nobody waits for whom no notice reaches
    with writing(engine) as connection:
        waiting.join(connection, "cora", SITE, late)
        waiting.join(connection, "anna", SITE, late)  # looks in
        assert waiting.offer(connection, line, late) == 1
    assert offered(engine) == ({"anna"}, {"cora"})


def test_who_was_told_and_let_it_pass_waits_no_longer(engine, line):
    came_of_it(engine, DELIVERED)
    sweep(engine, LATER)
    assert offered(engine) == ({"bea"}, set())


def test_before_any_sweep_it_is_known_that_they_still_wait(engine, line):
    came_of_it(engine, REFUSED)
    with writing(engine) as connection:
        entry = waiting.mine(connection, "anna", LATER, None)
        assert (entry.unheard, entry.offer) == (True, None)
        waiting.join(connection, "anna", SITE, LATER)
        assert not waiting.mine(connection, "anna", LATER, None).unheard
        since = select(waiting_entries.c.since).where(waiting_entries.c.person == "anna")
        assert connection.scalar(since) == NOW


@pytest.fixture
def app(url, tmp_path):
    app = create_app(settings_for(tmp_path, database_url=url), lambda: NOW)
    yield app
    app.extensions["xinshimin"].engine.dispose()


@pytest.fixture
def service(app):
    return app.extensions["xinshimin"]


def offer_to_anna(service):
    with writing(service.engine) as connection:
        slot = make_slot(connection, TEN)
        waiting.join(connection, "anna", SITE, NOW)
        waiting.offer(connection, slot, NOW)
        connection.execute(update(notices).values(state=REFUSED))


def test_the_chat_says_it_with_every_reply_and_shows_it_when_asked(service):
    anna = Phone(service, "anna")
    offer_to_anna(service)
    told = "您排的队有空位了，正给您留着，发“我的预约”看看"
    assert told in anna.say("谢谢")
    shown = anna.say("我的预约")
    assert "有空位了：11月24日 周二 10:00" in shown
    assert told not in shown
    assert "约好了" in anna.say("要", "1", "不用提醒")
    assert told not in anna.say("谢谢")


def test_who_has_an_appointment_sees_the_offer_beside_it(app, service):
    with writing(service.engine) as connection:
        make_slot(connection, NINE)
    anna = Phone(service, "anna")
    book(service.engine, "anna", NINE)
    offer_to_anna(service)
    shown = anna.say("我的预约")
    assert "签到码" in shown
    assert "您排的队有空位了：瓯北街道，11月24日 周二 10:00" in shown
    page = signed_in(app, "anna").get("/appointments").get_data(as_text=True)
    assert "您排的队有空位了" in page
    assert "改到这个时间" in page
    with writing(service.engine) as connection:  # who is at the window has no time to change
        connection.execute(update(appointments).values(state="arrived"))
    assert "有空位了" not in anna.say("我的预约")
    assert "改到这个时间" not in signed_in(app, "anna").get("/appointments").get_data(as_text=True)
    with writing(service.engine) as connection:
        connection.execute(update(appointments).values(state="booked"))
    assert "改好了" in anna.say("改时间", "明天", "10点", "不用提醒")


def test_the_chat_and_the_page_say_that_one_was_missed(app, service):
    anna = Phone(service, "anna")
    offer_to_anna(service)
    gone = update(waiting_entries).values(offered_until=NOW)
    with writing(service.engine) as connection:
        connection.execute(gone)
    browser = signed_in(app, "anna")
    assert "没能通知到您" in browser.get("/appointments").get_data(as_text=True)
    assert "没能通知到您" in anna.say("我的预约")
    assert "没能通知到您" not in anna.say("退出", "我的预约")


def test_an_offer_is_held_whether_it_is_heard_of_or_not(engine, line):
    came_of_it(engine, REFUSED)
    with reading(engine) as connection:
        assert reservation.current(connection, "anna", NOW) == Held(SITE, NINE, LAPSED)
        assert connection.scalar(select(slots.c.taken)) == 1
