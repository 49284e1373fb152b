"""What the platform reports about notices, as its real XML."""

import pytest
from sqlalchemy import select

from bot.database import reading, writing
from bot.outbox.consent import refusals as table
from bot.outbox.events import answered, changed, finished, sent
from bot.people import forget
from bot.wechat.events import Heard
from bot.wechat.message import message_from
from bot.wechat.xml import read
from bot.worker import Worker
from tests.bot.outbox.conftest import NOW, TEMPLATE
from tests.bot.outbox.test_consent import agree, left
from tests.bot.outbox.test_sending import post, rows, states


def hear(engine, settings, listener, event, body):
    xml = (
        "<xml><ToUserName>gh</ToUserName><FromUserName>anna</FromUserName><MsgType>event</MsgType>"
        f"<CreateTime>1</CreateTime><Event>{event}</Event>{body}</xml>"
    )
    with writing(engine) as connection:
        listener(Heard(connection, message_from(read(xml.encode())), NOW, settings))


def refusals(engine):
    with reading(engine) as connection:
        return [tuple(row)[:2] for row in connection.execute(select(table))]


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("success", "delivered"),
        ("failed:user block", "refused"),
        ("failed: system failed", "failed"),
    ],
)
def test_the_end_of_a_template_message(engine, settings, worker, status, state):
    post(engine, "anna")
    worker.once()
    body = f"<MsgID>1</MsgID><Status>{status}</Status>"
    hear(engine, settings, finished, "TEMPLATESENDJOBFINISH", body)
    assert states(engine) == [state]


def test_after_a_block_nothing_more_is_sent(engine, settings, worker, weixin):
    post(engine, "anna")
    worker.once()
    body = "<MsgID>1</MsgID><Status>failed:user block</Status>"
    hear(engine, settings, finished, "TEMPLATESENDJOBFINISH", body)
    post(engine, "anna")
    worker.once()
    assert states(engine) == ["refused", "refused"]
    assert len(weixin.shown) == 1


def test_a_block_reported_of_somebody_forgotten_leaves_nothing(engine, settings, worker):
    post(engine, "anna")
    worker.once()
    with writing(engine) as connection:
        forget(connection, "anna")
    body = "<MsgID>1</MsgID><Status>failed:user block</Status>"
    hear(engine, settings, finished, "TEMPLATESENDJOBFINISH", body)
    assert refusals(engine) == []


def test_the_end_of_subscription_notices(engine, settings, worker):
    post(engine, "anna", "anna")
    worker.once()
    entries = [
        f"<List><TemplateId>TEMPLATE</TemplateId><MsgID>{row.receipt}</MsgID>"
        f"<ErrorCode>{code}</ErrorCode><ErrorStatus>{status}</ErrorStatus></List>"
        for row, code, status in zip(rows(engine), (0, 43101), ("success", "refused"), strict=True)
    ]
    body = f"<SubscribeMsgSentEvent>{''.join(entries)}</SubscribeMsgSentEvent>"
    hear(engine, settings, sent, "subscribe_msg_sent_event", body)
    assert states(engine) == ["delivered", "failed"]


def test_notices_can_be_refused_and_taken_again(engine, settings):
    entry = (
        "<List><TemplateId>TEMPLATE</TemplateId>"
        "<SubscribeStatusString>{}</SubscribeStatusString></List>"
    )
    popup = f"<SubscribeMsgPopupEvent>{entry}</SubscribeMsgPopupEvent>"
    change = f"<SubscribeMsgChangeEvent>{entry}</SubscribeMsgChangeEvent>"
    hear(engine, settings, answered, "subscribe_msg_popup_event", popup.format("accept"))
    assert refusals(engine) == []
    hear(engine, settings, changed, "subscribe_msg_change_event", change.format("reject"))
    assert refusals(engine) == [("anna", "TEMPLATE")]
    hear(engine, settings, answered, "subscribe_msg_popup_event", popup.format("accept"))
    assert refusals(engine) == []


def test_a_strange_event_does_nothing(engine, settings):
    hear(
        engine,
        settings,
        sent,
        "subscribe_msg_sent_event",
        "<SubscribeMsgSentEvent>?</SubscribeMsgSentEvent>",
    )
    hear(engine, settings, answered, "subscribe_msg_popup_event", "<List>?</List>")
    assert refusals(engine) == []


def report(engine, settings, receipt, code=0, status="success", template=TEMPLATE):
    body = (
        f"<SubscribeMsgSentEvent><List><TemplateId>{template}</TemplateId><MsgID>{receipt}</MsgID>"
        f"<ErrorCode>{code}</ErrorCode><ErrorStatus>{status}</ErrorStatus></List>"
        "</SubscribeMsgSentEvent>"
    )
    hear(engine, settings, sent, "subscribe_msg_sent_event", body)


@pytest.fixture
def unheard(engine, one_time, weixin, clock):
    """A worker whose notice to a person with two consents arrived, and the answer was lost."""
    agree(engine, weixin, "anna")
    agree(engine, weixin, "anna")
    post(engine, "anna")
    made = Worker(one_time, engine, clock)
    weixin.mute = True
    made.once()
    weixin.mute = False
    assert states(engine) == ["waiting"]
    return made


def test_a_notice_the_platform_reports_is_not_sent_again(engine, one_time, unheard, weixin, clock):
    """It swallows no second subscription notice, and a consent is worth one."""
    report(engine, one_time, "77")
    clock.pass_(hours=1)
    unheard.once()
    assert len(weixin.shown) == 1
    assert [(row.state, row.receipt) for row in rows(engine)] == [("delivered", "77")]
    assert left(engine, "anna") == 1


def test_a_report_of_another_notice_settles_nothing(engine, one_time, unheard, weixin, clock):
    agree(engine, weixin, "anna")
    report(engine, one_time, "77", template="OTHER")
    post(engine, "anna")
    unheard.once()
    report(engine, one_time, rows(engine)[1].receipt)
    assert states(engine) == ["waiting", "delivered"]
    clock.pass_(minutes=1)
    unheard.once()
    assert states(engine) == ["delivered", "delivered"]


def test_of_two_it_could_be_none_is_taken(engine, one_time, unheard, weixin):
    post(engine, "anna")
    weixin.mute = True
    unheard.once()
    report(engine, one_time, "77")
    assert states(engine) == ["waiting", "waiting"]


def test_a_report_that_comes_before_the_answer(engine, one_time, weixin, clock):
    agree(engine, weixin, "anna")
    post(engine, "anna")
    weixin.meanwhile = lambda: report(engine, one_time, "1", 43101, "failed:user block")
    Worker(one_time, engine, clock).once()
    assert [(row.state, row.error) for row in rows(engine)] == [("refused", "failed:user block")]
    assert left(engine, "anna") == 0


def test_the_number_of_a_notice_may_come_with_the_report_only(engine, one_time, weixin, clock):
    agree(engine, weixin, "anna")
    post(engine, "anna")
    weixin.numbers = False
    Worker(one_time, engine, clock).once()
    assert [(row.state, row.receipt) for row in rows(engine)] == [("delivered", "")]
    report(engine, one_time, "77", 1, "failed: system failed")
    assert [(row.state, row.receipt) for row in rows(engine)] == [("failed", "77")]
