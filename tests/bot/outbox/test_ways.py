"""The ways of a notice, in the office's order: the next one only where the one before brought
nothing for sure."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.booking import counter
from bot.booking.contacts import of_contact
from bot.booking.tables import appointments
from bot.database import writing
from bot.outbox import consent, posting
from bot.outbox.claims import LEASE
from bot.outbox.events import sent
from bot.outbox.obstacles import NO_CONSENT, UNSURE
from bot.outbox.posting import notices
from bot.store import State, Store
from bot.turns import receipt_for
from bot.worker import Worker
from tests.bot.booking.desk import NINE
from tests.bot.outbox.conftest import NOW, TEMPLATE
from tests.bot.outbox.gateway import SmsGateway, gateway
from tests.bot.outbox.test_events import hear
from tests.bot.outbox.test_sending import book, rows
from tests.bot.outbox.test_sms import CONFIG, PHONE


@pytest.fixture
def office() -> Iterator[SmsGateway]:
    with gateway() as running:
        yield running


@pytest.fixture
def worker(long_term, engine, clock, office: SmsGateway) -> Worker:
    """One whose people must agree, with a gateway for SMS."""
    own = long_term.notices
    own.write_text(own.read_text() + CONFIG.format(url=office.address))
    renamed = own.rename(own.with_name("ways.yaml"))
    return Worker(replace(long_term, notices=renamed, sms_secret="s3cret"), engine, clock)


def closed(engine, person="anna", phone="", agreed=True, starts_at=NINE):
    """An appointment whose window closed, with the notice of it."""
    book(engine, person, starts_at=starts_at)
    with writing(engine) as connection:
        mine = appointments.c.person == person
        number = connection.scalar(select(appointments.c.id).where(mine))
        agreed_at = NOW if phone and agreed else None
        values = of_contact(connection, number, phone=phone) | {"phone_agreed_at": agreed_at}
        connection.execute(update(appointments).where(mine).values(values))
        connection.execute(notices.delete().where(notices.c.person == person))
        counter.call_off(connection, number, "停电", NOW)


def wrote(engine, settings, clock, person="anna"):
    """The person wrote to the account just now."""
    with writing(engine) as connection:
        store = Store(engine.dialect)
        receipt = receipt_for(_Keys(settings), person, f"m{clock()}")
        cursor = connection.connection.cursor()
        assert store.keep(cursor, receipt, None, 0, State("{}", None), "", clock())


class _Keys:
    def __init__(self, settings):
        self.settings = replace(settings, secret_key="k" * 32)


def outcome(engine):
    row = rows(engine)[-1]
    return row.state, row.way, row.error


def test_the_first_open_way_is_taken_and_no_other(worker, engine, weixin, office, clock) -> None:
    closed(engine, phone=PHONE)
    wrote(engine, worker.settings, clock)
    weixin.windows["anna"] = 5
    grant(engine, weixin)
    worker.once()
    assert outcome(engine) == ("delivered", "subscribe", "")
    assert (len(weixin.shown), weixin.written, office.taken) == (1, [], [])


def grant(engine, weixin, person="anna"):
    with writing(engine) as connection:
        consent.grant(connection, person, TEMPLATE, lasting=True, now=NOW)
    weixin.agree(person, TEMPLATE)


def test_without_a_consent_the_talk_of_today_carries_it(
    worker, engine, weixin, office, clock
) -> None:
    closed(engine, phone=PHONE)
    wrote(engine, worker.settings, clock)
    weixin.windows["anna"] = 1
    worker.once()
    assert outcome(engine) == ("delivered", "custom", "")
    assert weixin.written == [
        (
            "anna",
            "窗口取消了您的预约：瓯北街道，11月24日 09:00（停电）。要再约，在公众号发“预约”。",
        )
    ]
    assert office.taken == []


def test_a_window_that_the_platform_says_is_closed_leads_to_sms(
    worker, engine, weixin, office, clock
) -> None:
    closed(engine, phone=PHONE)
    wrote(engine, worker.settings, clock)  # by our count it is open: a page was seen
    worker.once()
    assert weixin.calls == 1
    assert outcome(engine) == ("delivered", "sms", "")
    assert [one["mobile"] for one in office.taken] == [PHONE]
    worker.once()
    assert len(office.taken) == 1


def test_what_wechat_refuses_goes_on_by_sms(worker, engine, weixin, office) -> None:
    closed(engine, phone=PHONE)
    grant(engine, weixin)
    weixin.refusing.add("anna")
    worker.once()
    assert outcome(engine) == ("delivered", "sms", "")


@pytest.mark.parametrize(("phone", "agreed"), [("", True), (PHONE, False)])
def test_nobody_is_texted_who_did_not_leave_a_number_for_it(
    worker, engine, office, phone, agreed
) -> None:
    closed(engine, phone=phone, agreed=agreed)
    worker.once()
    assert outcome(engine) == ("refused", None, NO_CONSENT)
    assert office.taken == []


def test_the_order_is_the_office_s(worker, engine, weixin, office) -> None:
    closed(engine, phone=PHONE)
    grant(engine, weixin)
    worker.wording = worker.wording.model_copy(update={"ways": ("sms", "subscribe")})
    worker.once()
    assert outcome(engine)[:2] == ("delivered", "sms")
    assert weixin.shown == []


def test_silence_after_a_text_message_is_neither_repeated_nor_led_elsewhere(
    worker, engine, weixin, office, clock
) -> None:
    closed(engine, phone=PHONE)
    office.status = 500
    worker.once()
    assert outcome(engine) == ("failed", "sms", UNSURE)
    clock.pass_(hours=1)
    worker.once()
    assert len(office.taken) == 1


def test_a_worker_that_died_over_a_text_message_leaves_it_to_the_staff(
    worker, engine, office, clock
) -> None:
    closed(engine, phone=PHONE)
    with writing(engine) as connection:  # claimed, and then nothing more was heard of it
        until = NOW + LEASE
        connection.execute(update(notices).values(claimed_until=until, way="sms", attempts=1))
    clock.pass_(minutes=3)
    worker.once()
    assert outcome(engine) == ("failed", "sms", UNSURE)
    assert office.taken == []


def test_a_worker_that_died_over_a_notice_sends_it_again_the_same_way(
    worker, engine, weixin, office, clock
) -> None:
    closed(engine, phone=PHONE)
    grant(engine, weixin)
    with writing(engine) as connection:
        until = NOW + LEASE
        connection.execute(update(notices).values(claimed_until=until, way="subscribe"))
    clock.pass_(minutes=3)
    worker.once()
    assert outcome(engine)[:2] == ("delivered", "subscribe")
    assert office.taken == []


def test_an_outage_of_wechat_holds_up_no_text_message(
    worker, engine, weixin, office, clock
) -> None:
    closed(engine, "anna", phone=PHONE)
    grant(engine, weixin, "berta")
    closed_beside(engine, "berta")
    weixin.status = 500
    worker.once()
    by_person = {row.person: (row.state, row.way) for row in rows(engine)}
    assert by_person == {"anna": ("delivered", "sms"), "berta": ("waiting", "subscribe")}


def closed_beside(engine, person):
    words = {"site": "瓯北街道", "starts_at": NINE.isoformat(), "code": "271828"}
    with writing(engine) as connection:
        posting.post(connection, person, "moved", words, now=NOW)


def test_a_notice_that_the_platform_says_did_not_arrive_goes_on_by_sms(
    worker, engine, weixin, office
) -> None:
    closed(engine, phone=PHONE)
    grant(engine, weixin)
    worker.once()
    assert outcome(engine)[:2] == ("delivered", "subscribe")
    entry = (
        f"<List><TemplateId>{TEMPLATE}</TemplateId><MsgID>{rows(engine)[-1].receipt}</MsgID>"
        "<ErrorCode>43101</ErrorCode><ErrorStatus>failed:user block</ErrorStatus></List>"
    )
    body = f"<SubscribeMsgSentEvent>{entry}</SubscribeMsgSentEvent>"
    for _ in range(2):  # the platform may report twice
        hear(engine, worker.settings, sent, "subscribe_msg_sent_event", body)
        worker.once()
    assert outcome(engine)[:2] == ("delivered", "sms")
    assert len(office.taken) == 1


def test_several_workers_text_everyone_once(worker, engine, office, clock) -> None:
    """Twelve people, three workers at once: twelve messages, each to another number."""
    people = {f"person-{number}": f"1380013{number:04}" for number in range(12)}
    for number, (person, phone) in enumerate(people.items()):
        closed(engine, person, phone=phone, starts_at=NINE + timedelta(minutes=number))
    crowd = [Worker(worker.settings, engine, clock) for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda one: one._send(), crowd))
    assert sorted(one["mobile"] for one in office.taken) == sorted(people.values())
    assert {(row.state, row.way) for row in rows(engine)} == {("delivered", "sms")}


def test_a_no_to_reminders_is_none_to_news_of_ones_appointment(
    worker, engine, weixin, office, clock
) -> None:
    """Anna refused the template, and wrote today: no reminder, but that she need not come."""
    closed(engine)
    wrote(engine, worker.settings, clock)
    weixin.windows["anna"] = 5
    with writing(engine) as connection:
        consent.refuse(connection, "anna", TEMPLATE, NOW)
        posting.post(connection, "anna", "same_day", {"site": "瓯北街道"}, now=NOW)
    worker.once()
    told = {row.kind: (row.state, row.way) for row in rows(engine)}
    assert told == {"called_off": ("delivered", "custom"), "same_day": ("refused", None)}
