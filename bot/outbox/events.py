"""What the platform reports later: whether a notice arrived, and who takes or refuses them."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, delete, update

from bot.models.notice import DELIVERED, FAILED, REFUSED
from bot.outbox.posting import notices, refusals
from bot.outbox.sending import ANY_TEMPLATE, refuse
from bot.wechat.events import hears
from bot.wechat.message import Message

BLOCKED = "failed:user block"
SUCCESS = "success"


@hears("templatesendjobfinish")
def finished(connection: Connection, message: Message, now: datetime) -> None:
    """The end of a template message."""
    _arrived(connection, message.person, message.text("MsgID"), message.text("Status"), now)


@hears("subscribe_msg_sent_event")
def sent(connection: Connection, message: Message, now: datetime) -> None:
    """The end of one or many subscription notices."""
    for entry in _entries(message, "SubscribeMsgSentEvent"):
        status = SUCCESS if entry.get("ErrorCode") == "0" else entry.get("ErrorStatus", "")
        _arrived(connection, message.person, entry.get("MsgID", ""), status, now)


@hears("subscribe_msg_popup_event")
def answered(connection: Connection, message: Message, now: datetime) -> None:
    """The person took or refused notices when asked."""
    _chosen(connection, message, "SubscribeMsgPopupEvent", now)


@hears("subscribe_msg_change_event")
def changed(connection: Connection, message: Message, now: datetime) -> None:
    """The person changed it in the settings."""
    _chosen(connection, message, "SubscribeMsgChangeEvent", now)


def _arrived(connection: Connection, person: str, receipt: str, status: str, now: datetime) -> None:
    """A notice we took for delivered did not arrive: say so to the staff, and stop at a block."""
    if not receipt or status == SUCCESS:
        return
    state = REFUSED if status == BLOCKED else FAILED
    this = update(notices).where(
        notices.c.receipt == receipt, notices.c.person == person, notices.c.state == DELIVERED
    )
    connection.execute(this.values(state=state, error=status[:120], ended_at=now))
    if state == REFUSED:
        refuse(connection, person, ANY_TEMPLATE, now)


def _chosen(connection: Connection, message: Message, parent: str, now: datetime) -> None:
    for entry in _entries(message, parent):
        template = entry.get("TemplateId", "")[:64]
        if entry.get("SubscribeStatusString") == "reject":
            refuse(connection, message.person, template, now)
        else:
            again = delete(refusals).where(
                refusals.c.person == message.person, refusals.c.template == template
            )
            connection.execute(again)


def _entries(message: Message, parent: str) -> Iterator[dict[str, str]]:
    """The platform's `List`: one entry or many, in the parent or beside it."""
    holder = message.data.get(parent, message.data)
    listed = holder.get("List", []) if isinstance(holder, dict) else []
    for entry in listed if isinstance(listed, list) else [listed]:
        if isinstance(entry, dict):
            yield {name: value for name, value in entry.items() if isinstance(value, str)}
