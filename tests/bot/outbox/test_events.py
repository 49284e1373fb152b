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
from tests.bot.outbox.conftest import NOW
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
