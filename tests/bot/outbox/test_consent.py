"""Who agreed in WeChat's dialogue gets notices, and nobody else, on both databases."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event, select, update

from bot.booking import appointments
from bot.booking.counter import call_off, move
from bot.database import reading, writing
from bot.outbox import consent
from bot.outbox.obstacles import (
    ENDED,
    NO_CONSENT,
    NO_TELEPHONE,
    NO_TEMPLATE,
    NO_WINDOW,
    ON_ITS_WAY,
    SAID_NO,
    TOO_LATE,
    UNSURE,
    USED_UP,
)
from bot.outbox.posting import notices
from bot.outbox.sms.logged import ONLY_LOGGED
from bot.people import everything_about, forget
from bot.web.stored_words import words
from bot.worker import Worker
from tests.bot.booking.desk import TEN, make_slot
from tests.bot.outbox.conftest import NOW, TEMPLATE
from tests.bot.outbox.test_sending import EVENING, MORNING, book, post, rows, states


def agree(engine, weixin, person, lasting=False):
    """The person taps 允许: the platform knows, and tells us."""
    weixin.agree(person, TEMPLATE, *() if lasting else (1,))
    with writing(engine) as connection:
        consent.grant(connection, person, TEMPLATE, lasting, NOW)


def left(engine, person):
    with reading(engine) as connection:
        return consent.left(connection, person, TEMPLATE)


def ends(engine):
    return [(row.state, row.error) for row in rows(engine)]


def test_one_yes_lasts(engine, long_term, weixin, clock):
    agree(engine, weixin, "anna", lasting=True)
    worker = Worker(long_term, engine, clock)
    for _ in range(3):
        post(engine, "anna")
        worker.once()
    assert states(engine) == ["delivered"] * 3
    assert set(weixin.endpoints) == {"message/subscribe/bizsend"}
    assert weixin.shown[0]["page"] == "https://jf.example.cn/appointments"
    assert left(engine, "anna") is None


@pytest.mark.parametrize("how", ["long_term", "one_time"])
def test_without_a_yes_nothing_is_tried(engine, request, weixin, clock, how):
    post(engine, "anna")
    Worker(request.getfixturevalue(how), engine, clock).once()
    assert weixin.calls == 0
    assert ends(engine) == [("refused", "no consent")]


def test_a_no_ends_every_yes(engine, long_term, weixin, clock):
    agree(engine, weixin, "anna", lasting=True)
    with writing(engine) as connection:
        consent.refuse(connection, "anna", TEMPLATE, NOW)
    post(engine, "anna")
    worker = Worker(long_term, engine, clock)
    worker.once()
    assert weixin.calls == 0
    assert ends(engine) == [("refused", "refused before")]
    agree(engine, weixin, "anna", lasting=True)
    post(engine, "anna")
    worker.once()
    assert states(engine)[-1] == "delivered"


def test_who_switched_it_off_at_the_platform_is_tried_once(engine, long_term, weixin, clock):
    agree(engine, weixin, "anna", lasting=True)
    weixin.consents.clear()
    worker = Worker(long_term, engine, clock)
    for _ in range(2):
        post(engine, "anna")
        worker.once()
    assert weixin.calls == 1
    assert ends(engine) == [
        ("refused", "43101 user refuse to accept the msg"),
        ("refused", "refused before"),
    ]
    assert left(engine, "anna") == 0


def test_each_yes_is_one_message(engine, one_time, weixin, clock):
    worker = Worker(one_time, engine, clock)
    agree(engine, weixin, "anna")
    agree(engine, weixin, "anna")
    assert left(engine, "anna") == 2
    for _ in range(3):
        post(engine, "anna")
        worker.once()
    assert len(weixin.shown) == weixin.calls == 2
    assert states(engine) == ["delivered", "delivered", "refused"]


def test_of_two_reminders_the_first_uses_the_one_yes(engine, one_time, weixin, clock):
    worker = Worker(one_time, engine, clock)
    book(engine)
    agree(engine, weixin, "anna")
    for clock.time in (EVENING, MORNING):
        worker.once()
    assert len(weixin.shown) == weixin.calls == 1
    assert ends(engine) == [("delivered", ""), ("dropped", "the one consent is used")]


def test_news_goes_before_a_reminder_that_is_due_with_it(engine, one_time, weixin, clock):
    worker = Worker(one_time, engine, clock)
    book(engine)
    agree(engine, weixin, "anna")
    with writing(engine) as connection:
        ten = make_slot(connection, TEN)
        row = appointments.active_row(connection, "anna")
        assert move(connection, row.id, ten, NOW)
    with writing(engine) as connection:  # the reminder has waited longer
        moved = update(notices).where(notices.c.kind == "moved")
        connection.execute(moved.values(due_at=EVENING + timedelta(hours=1)))
    clock.time = EVENING + timedelta(hours=2)
    worker.once()
    (message,) = weixin.shown
    assert message["data"]["thing1"]["value"] == "预约时间改了"
    assert [row.error for row in rows(engine) if row.kind == "day_before"][-1] == (
        "the one consent is used"
    )


def test_a_closure_without_a_yes_is_left_to_the_staff(engine, one_time, weixin, clock):
    worker = Worker(one_time, engine, clock)
    book(engine)
    agree(engine, weixin, "anna")
    clock.time = EVENING
    worker.once()
    with writing(engine) as connection:
        row = appointments.active_row(connection, "anna")
        assert call_off(connection, row.id, "当天停电", EVENING)
    worker.once()
    assert ends(engine)[-1] == ("refused", "no consent")


def test_a_message_that_was_not_taken_uses_nothing(engine, one_time, weixin, clock):
    worker = Worker(one_time, engine, clock)
    agree(engine, weixin, "anna")
    post(engine, "anna")
    weixin.status = 503
    worker.once()
    assert left(engine, "anna") == 1
    weixin.status = 200
    clock.pass_(minutes=1)
    worker.once()
    assert states(engine) == ["delivered"]
    assert left(engine, "anna") == 0


def test_two_workers_and_one_yes_do_not_cost_the_next_yes(engine, one_time, weixin, clock):
    def agree_again():
        with writing(engine) as connection:
            consent.use(connection, "anna", TEMPLATE)  # the other worker's, sent just before
            consent.grant(connection, "anna", TEMPLATE, False, NOW + timedelta(seconds=1))

    agree(engine, weixin, "anna")
    post(engine, "anna")
    weixin.error, weixin.meanwhile = 43101, agree_again
    worker = Worker(one_time, engine, clock)
    worker.once()
    assert ends(engine) == [("refused", "43101 told to")]
    assert left(engine, "anna") == 1
    weixin.error, weixin.meanwhile = 0, None
    post(engine, "anna")
    clock.pass_(minutes=1)
    worker.once()
    assert states(engine)[-1] == "delivered"


def test_a_message_on_its_way_to_somebody_who_leaves_brings_nothing_back(
    engine, one_time, weixin, clock
):
    def leave():
        with writing(engine) as connection:
            forget(connection, "anna")

    agree(engine, weixin, "anna")
    post(engine, "anna")
    weixin.error, weixin.meanwhile = 43004, leave
    Worker(one_time, engine, clock).once()
    with reading(engine) as connection:
        assert connection.execute(select(consent.refusals)).all() == []
        assert connection.execute(select(consent.consents)).all() == []


def test_what_one_said_is_shown_and_forgotten(engine, weixin):
    agree(engine, weixin, "anna")
    with writing(engine) as connection:
        consent.refuse(connection, "anna", "OTHER", NOW)
        kept = everything_about(connection, "anna")["notice_consents"]
        assert kept["agreed"][0]["left"] == 1
        assert kept["refused"][0]["template"] == "OTHER"
        assert "anna" not in str(kept)
        forget(connection, "anna")
        assert "notice_consents" not in everything_about(connection, "anna")


@pytest.mark.parametrize(
    "act",
    [
        lambda connection: consent.grant(connection, "anna", TEMPLATE, False, NOW),
        lambda connection: consent.refuse(connection, "anna", TEMPLATE, NOW),
        lambda connection: consent.forget(connection, "anna"),
    ],
    ids=["grant", "refuse", "forget"],
)
def test_who_writes_both_writes_refusals_first(engine, act):
    """Going opposite ways two would wait for each other: a person who leaves, and a worker."""
    written = []
    with writing(engine) as connection:
        event.listen(connection, "before_cursor_execute", lambda *told: written.append(told[2]))
        act(connection)
    first, *_, last = [re.search("notice_[a-z]+", statement)[0] for statement in written]
    assert (first, last) == ("notice_refusals", "notice_consents")


def test_the_staff_reads_every_reason_in_words():
    stored = {ENDED, TOO_LATE, NO_TEMPLATE, SAID_NO, NO_CONSENT, USED_UP, ON_ITS_WAY}
    stored |= {NO_WINDOW, NO_TELEPHONE, UNSURE, ONLY_LOGGED}
    assert stored == set(words()["reasons"])
