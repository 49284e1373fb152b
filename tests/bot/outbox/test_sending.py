"""The worker sends notices to the platform's stand-in, over HTTP, on both databases."""

import multiprocessing
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from bot import request_id
from bot.booking import appointments
from bot.booking.counter import call_off, move
from bot.booking.reservation import hold
from bot.booking.transitions import step
from bot.database import reading, writing
from bot.logs import TextFormatter
from bot.models.appointment import ARRIVED
from bot.outbox import answers, claims, posting, sending
from bot.sealing.keyring import engine_of
from bot.worker import Worker
from dialogs.booking.protocol import ConfirmPlace, Held
from tests.bot.booking.desk import NINE, SITE, TEN, TOMORROW, make_slot
from tests.bot.outbox.conftest import NOW, Clock

EVENING = datetime.combine(TOMORROW - timedelta(days=1), time(18), tzinfo=NOW.tzinfo)
LATE = EVENING.replace(hour=22)
MORNING = datetime.combine(TOMORROW, time(7), tzinfo=NOW.tzinfo)
_context = multiprocessing.get_context("forkserver")


def book(engine, person="anna", now=NOW, starts_at=NINE):
    with writing(engine) as connection:
        make_slot(connection, starts_at)
        assert isinstance(hold(connection, person, SITE, starts_at, now), Held)
        wish = ConfirmPlace(SITE, starts_at, "review", reminders=True)
        return appointments.confirm(connection, person, wish, now, "chat").place


def post(engine, *people, kind="moved", now=NOW):
    words = {"site": "瓯北街道", "starts_at": NINE.isoformat(), "code": "271828"}
    with writing(engine) as connection:
        for person in people:
            posting.post(connection, person, kind, words, now=now)


def rows(engine):
    query = select(posting.notices).order_by(posting.notices.c.id)
    with reading(engine) as connection:
        return list(connection.execute(query))


def states(engine):
    return [row.state for row in rows(engine)]


def test_a_booking_is_reminded_of_twice(engine, worker, weixin, clock):
    place = book(engine)
    worker.once()
    assert weixin.shown == []
    clock.time = EVENING
    worker.once()
    (message,) = weixin.shown
    assert message["touser"] == "anna"
    assert message["url"] == "https://jf.example.cn/appointments"
    assert {name: value["value"] for name, value in message["data"].items()} == {
        "thing1": "明天的窗口预约",
        "thing2": "瓯北街道",
        "time3": "2026年11月24日 09:00",
        "character_string4": place.code,
        "thing5": "带好材料，改期请早点点进来",
    }
    clock.time = MORNING
    worker.once()
    worker.once()
    assert states(engine) == ["delivered", "delivered"]
    assert len(weixin.shown) == 2


def test_nothing_is_sent_after_a_cancellation(engine, worker, weixin, clock):
    book(engine)
    with writing(engine) as connection:
        appointments.cancel(connection, "anna", NOW, NINE)
    clock.time = EVENING
    worker.once()
    assert weixin.calls == 0
    assert states(engine) == ["dropped", "dropped"]


def test_a_cancellation_after_the_claim_of_a_dead_worker(engine, worker, weixin, clock):
    book(engine)
    clock.time = EVENING
    with writing(engine) as connection:
        claimed = update(posting.notices).values(claimed_until=EVENING + claims.LEASE)
        connection.execute(claimed)
    with writing(engine) as connection:
        appointments.cancel(connection, "anna", EVENING, NINE)
    clock.pass_(hours=1)
    worker.once()
    assert weixin.calls == 0


def test_a_cancellation_while_the_message_is_on_its_way(engine, worker, weixin, clock):
    def cancel():
        with writing(engine) as connection:
            appointments.cancel(connection, "anna", EVENING, NINE)

    book(engine)
    clock.time = EVENING
    weixin.meanwhile = cancel
    worker.once()
    first, second = rows(engine)
    assert (first.state, first.error) == ("dropped", "was on its way when it was dropped")
    assert second.state == "dropped"
    weixin.meanwhile = None
    clock.time = MORNING
    worker.once()
    assert weixin.calls == 1


def test_a_cancellation_while_the_token_is_fetched(engine, worker, weixin, clock):
    """The token may take seconds, and be fetched twice; the check stands after it."""

    def cancel():
        with writing(engine) as connection:
            appointments.cancel(connection, "anna", EVENING, NINE)

    book(engine)
    clock.time = EVENING
    weixin.while_waiting = cancel
    worker.once()
    assert weixin.tokens_given == 1
    assert weixin.calls == 0
    assert states(engine) == ["dropped", "dropped"]


def test_a_cancellation_while_a_bad_token_is_renewed(engine, worker, weixin, clock):
    def cancel():
        with writing(engine) as connection:
            appointments.cancel(connection, "anna", EVENING, NINE)

    post(engine, "berta", now=EVENING - timedelta(minutes=1))
    clock.time = EVENING - timedelta(minutes=1)
    worker.once()
    book(engine)
    clock.time = EVENING
    weixin.change_token()
    weixin.while_waiting = cancel
    worker.once()
    assert weixin.tokens_given == 2
    assert weixin.people() == ["berta"]
    assert states(engine) == ["delivered", "dropped", "dropped"]


def test_moving_replaces_the_reminders(engine, worker, weixin, clock):
    book(engine)
    with writing(engine) as connection:
        ten = make_slot(connection, TEN)
        row = appointments.active_row(connection, "anna")
        assert move(connection, row.id, ten, NOW)
    assert states(engine) == ["dropped", "dropped", "waiting", "waiting", "waiting"]
    worker.once()
    assert weixin.shown[0]["data"]["thing1"]["value"] == "预约时间改了"
    clock.time = EVENING
    worker.once()
    assert weixin.shown[1]["data"]["time3"]["value"] == "2026年11月24日 10:00"


def test_an_appointment_called_off_is_told_with_the_reason(engine, worker, weixin):
    book(engine)
    with writing(engine) as connection:
        row = appointments.active_row(connection, "anna")
        assert call_off(connection, row.id, "当天停电", NOW)
    worker.once()
    assert weixin.shown[0]["data"]["thing5"]["value"] == "当天停电"


def run_worker(settings, url, clock):
    Worker(settings, engine_of(replace(settings, database_url=url)), clock).once()


def test_the_api_fails_for_an_hour(engine, worker, weixin, clock):
    post(engine, "anna", "berta")
    weixin.status = 503
    for _ in range(60):
        worker.once()
        clock.pass_(minutes=1)
    assert states(engine) == ["waiting", "waiting"]
    attempts = [row.attempts for row in rows(engine)]
    assert all(5 <= count <= 12 for count in attempts)
    assert rows(engine)[0].error
    weixin.status = 200
    for _ in range(20):
        worker.once()
        clock.pass_(minutes=1)
    assert sorted(weixin.people()) == ["anna", "berta"]
    assert states(engine) == ["delivered", "delivered"]


def test_the_token_turns_invalid(engine, worker, weixin):
    post(engine, "anna")
    worker.once()
    weixin.change_token()
    post(engine, "berta")
    worker.once()
    assert weixin.people() == ["anna", "berta"]


def test_a_token_that_stays_invalid_is_forced_anew_once_and_not_by_each_notice(
    engine, worker, weixin, clock
):
    post(engine, "anna", "berta", "clara")
    weixin.always_bad_token = True
    for _ in range(30):
        worker.once()
        clock.pass_(seconds=2)
    assert weixin.forced == 1  # the platform gives 20 a day
    assert states(engine) == ["waiting"] * 3
    assert {row.error for row in rows(engine)} == {"40001 invalid credential"}
    weixin.always_bad_token = False
    for _ in range(10):
        clock.pass_(minutes=1)
        worker.once()
    assert sorted(weixin.people()) == ["anna", "berta", "clara"]


def test_an_answer_that_was_lost_brings_nobody_the_same_twice(engine, worker, weixin, clock):
    post(engine, "anna")
    weixin.mute = True
    worker.once()
    assert (states(engine), len(weixin.shown)) == (["waiting"], 1)
    weixin.mute = False
    clock.pass_(minutes=1)
    worker.once()
    assert (states(engine), len(weixin.shown), weixin.calls) == (["delivered"], 1, 2)


def test_silence_of_the_platform_costs_one_wait_a_round(engine, worker, weixin):
    post(engine, "anna", "berta", "clara")
    worker.channels["subscribe"].prepare()
    weixin.status = 503
    worker.once()
    assert [row.attempts for row in rows(engine)] == [1, 0, 0]


def test_a_clock_set_back_stops_neither_a_dead_workers_notice_nor_the_jobs(
    engine, worker, weixin, clock
):
    post(engine, "anna", now=NOW - timedelta(hours=3))
    worker.once()  # every job ran at nine
    post(engine, "anna", now=NOW - timedelta(hours=3))
    with writing(engine) as connection:
        waiting = update(posting.notices).where(posting.notices.c.state == "waiting")
        connection.execute(waiting.values(claimed_until=NOW + claims.LEASE))
    clock.time = NOW - timedelta(hours=2)
    worker.once()
    assert states(engine) == ["delivered", "delivered"]


def test_who_refused_is_left_alone(engine, worker, weixin, clock):
    weixin.refusing = {"anna"}
    post(engine, "anna", "berta")
    worker.once()
    assert states(engine) == ["refused", "delivered"]
    calls = weixin.calls
    post(engine, "anna")
    worker.once()
    assert weixin.calls == calls
    assert states(engine)[-1] == "refused"


def test_asking_for_reminders_again_ends_a_refusal(engine, worker, weixin, clock):
    weixin.refusing = {"anna"}
    post(engine, "anna")
    worker.once()
    weixin.refusing = set()
    book(engine)
    clock.time = EVENING
    worker.once()
    assert weixin.people() == ["anna"]


@pytest.mark.parametrize("code", [45009, 45011, 40164])
def test_what_fails_for_all_is_tried_with_one(engine, worker, weixin, clock, code):
    post(engine, "anna", "berta", "clara")
    weixin.error = code
    worker.once()
    assert weixin.calls == 1
    weixin.error = 0
    clock.pass_(minutes=1)
    worker.once()
    assert sorted(weixin.people()) == ["anna", "berta", "clara"]


def test_nobody_loses_a_notice_because_nothing_gets_through(engine, worker, weixin, clock):
    post(engine, "anna")
    weixin.error = 40164  # the machine moved on a Friday evening
    while clock() - NOW < timedelta(days=2, hours=12):
        clock.time = rows(engine)[0].due_at
        with pytest.raises(sending.HeldUpError, match="40164 told to"):
            sending.send_due(engine, worker.channels, worker.wording, clock)
    weixin.error = -1  # one who comes to is busy at first
    clock.pass_(minutes=20)
    worker.once()
    assert states(engine) == ["waiting"]
    weixin.error = 0
    clock.pass_(minutes=20)
    worker.once()
    assert weixin.people() == ["anna"]


@pytest.mark.parametrize("code", [-1, 40037, 48001, 99999])
def test_what_may_be_fixed_at_the_account_is_tried_again(engine, worker, weixin, clock, code):
    """Busy, a template that was deleted, a right withdrawn, something new: only what is wrong with
    the notice itself fails for good."""
    post(engine, "anna", "berta")
    weixin.error = code
    worker.once()
    assert weixin.calls == 2  # it might be only one of them
    assert states(engine) == ["waiting", "waiting"]
    weixin.error = 0
    clock.pass_(minutes=1)
    worker.once()
    assert states(engine) == ["delivered", "delivered"]


@pytest.mark.parametrize("code", [47003, 40003])
def test_what_can_never_be_sent_is_tried_once(engine, worker, weixin, clock, code):
    post(engine, "anna")
    weixin.error = code
    worker.once()
    clock.pass_(hours=1)
    worker.once()
    assert weixin.calls == 1
    (row,) = rows(engine)
    assert (row.state, row.error) == ("failed", f"{code} told to")


def test_a_notice_that_breaks_the_channel_is_given_up_and_holds_nobody_up(
    engine, settings, clock, caplog
):
    class Channel:
        """Falls over one person's notices."""

        repeatable = True

        def __init__(self):
            self.tries = []

        def prepare(self):
            return None

        def send(self, key, person, kind, words):
            self.tries.append(person)
            if person == "poison":
                raise RuntimeError("no such word")
            return answers.Sent("1")

    channel = Channel()
    worker = Worker(settings, engine, clock, channel)
    post(engine, "poison", "anna")
    worker.once()
    assert states(engine) == ["waiting", "delivered"]
    pauses = []
    for _ in range(claims.MOST_ATTEMPTS - 1):
        before, due = clock(), rows(engine)[0].due_at
        pauses.append(due - before)
        clock.time = due
        sending.send_due(engine, worker.channels, worker.wording, clock)
    assert len(channel.tries) == claims.MOST_ATTEMPTS + 1
    assert states(engine)[0] == "failed"
    assert rows(engine)[0].error == "RuntimeError"
    assert pauses[0] < pauses[2] < pauses[4]


def test_a_reminder_is_not_sent_late(engine, worker, weixin, clock):
    book(engine)
    clock.time = NINE
    worker.once()
    assert weixin.calls == 0
    assert states(engine) == ["dropped", "dropped"]


def test_tomorrow_is_said_neither_at_night_nor_on_the_day(engine, worker, weixin, clock):
    book(engine)
    weixin.status = 503
    clock.time = EVENING
    worker.once()
    weixin.status = 200
    for clock.time in (LATE, MORNING):
        worker.once()
    (message,) = weixin.shown
    assert message["data"]["thing1"]["value"] == "今天的窗口预约"
    assert states(engine) == ["failed", "delivered"]


def test_who_has_checked_in_is_not_reminded(engine, worker, weixin, clock):
    book(engine)
    with writing(engine) as connection:
        row = appointments.active_row(connection, "anna")
        assert step(connection, row.id, ARRIVED, MORNING)
    clock.time = MORNING
    worker.once()
    assert weixin.calls == 0
    assert states(engine) == ["dropped", "dropped"]


def test_without_a_template_id_nothing_is_sent(engine, settings, weixin, clock, tmp_path):
    settings.notices.write_text("{}\n")
    sending_worker = Worker(settings, engine, clock)
    post(engine, "anna")
    sending_worker.once()
    assert weixin.calls == 0
    assert rows(engine)[0].error == "no template id"


def test_several_workers_send_each_notice_once(engine, url, settings, weixin):
    people = [f"p{i}" for i in range(40)]
    post(engine, *people)
    processes = [
        _context.Process(target=run_worker, args=(settings, url, Clock())) for _ in range(4)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(30)
    assert sorted(weixin.people()) == sorted(people)
    assert weixin.calls == len(people)
    assert set(states(engine)) == {"delivered"}


def test_the_report_does_nothing(engine, worker, weixin):
    post(engine, "anna")
    assert worker.report()["notices"] == 1
    assert weixin.calls == 0
    assert states(engine) == ["waiting"]


def test_lines_about_a_notice_name_the_request_it_comes_from(engine, worker, weixin, caplog):
    caplog.handler.setFormatter(TextFormatter())
    with request_id.within("0123456789abcdef0123456789abcdef"):
        post(engine, "anna")
    weixin.error = 47003
    worker.once()
    lines = [line for line in caplog.text.splitlines() if "cannot be sent" in line]
    assert [line.count(" request=0123456789abcdef0123456789abcdef ") for line in lines] == [1]
