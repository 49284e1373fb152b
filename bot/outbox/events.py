"""What the platform reports later: whether a notice arrived, and who takes or refuses them.

Only this counts as consent; what a page says about WeChat's dialogue counts for nothing.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, or_, select, update

from bot.models.notice import DELIVERED, FAILED, REFUSED, WAITING
from bot.outbox import consent
from bot.outbox.posting import notices
from bot.outbox.ways import Route, route
from bot.outbox.wording import CATEGORY, LONG_TERM, SUBSCRIBE, load_notices
from bot.wechat.events import Heard, hears
from bot.wechat.message import Message

BLOCKED = "failed:user block"
SUCCESS = "success"
REPORTED_WITHIN = timedelta(hours=1)  # the platform reports after seconds
ACCEPT, REJECT = "accept", "reject"
# The platform reports of templates' notices only; before they had ways, all were such.
_AS_NOTICE = or_(notices.c.way == SUBSCRIBE, notices.c.way.is_(None))


@hears("templatesendjobfinish")
def finished(heard: Heard) -> None:
    """The end of a template message."""
    _arrived(heard, heard.message.text("MsgID"), heard.message.text("Status"))


@hears("subscribe_msg_sent_event")
def sent(heard: Heard) -> None:
    """The end of one or many subscription notices."""
    for entry in _entries(heard.message):
        status = SUCCESS if entry.get("ErrorCode") == "0" else entry.get("ErrorStatus", "")
        receipt = entry.get("MsgID", "")
        _recognise(heard, receipt, entry.get("TemplateId", ""))
        _arrived(heard, receipt, status)


@hears("subscribe_msg_popup_event")
def answered(heard: Heard) -> None:
    """The person took or refused notices when asked. Each time counts."""
    consents = load_notices(heard.settings.notices).consent
    for template, answer in _answers(heard):
        if answer == REJECT:
            consent.refuse(heard.connection, heard.message.person, template, heard.now)
        elif consents == CATEGORY:
            consent.take_back_refusal(heard.connection, heard.message.person, template)
        else:
            lasting = consents == LONG_TERM
            consent.grant(heard.connection, heard.message.person, template, lasting, heard.now)


@hears("subscribe_msg_change_event")
def changed(heard: Heard) -> None:
    """The person switched notices off in WeChat's settings, or on again. Switching on gives no
    leave to send: it only ends the refusal."""
    for template, answer in _answers(heard):
        if answer == REJECT:
            consent.refuse(heard.connection, heard.message.person, template, heard.now)
        else:
            consent.take_back_refusal(heard.connection, heard.message.person, template)


def _recognise(heard: Heard, receipt: str, template: str) -> None:
    """Of a notice the platform took we may not know its number: the answer was lost, the worker
    died before it wrote it down, or writes it a moment later. By the report it is known to be out,
    and need not be sent again."""
    rows = heard.connection.execute(_unnumbered(heard, template)).all()
    if len(rows) != 1 or not receipt or _is_known(heard, receipt):  # of two we do not guess
        return
    ended = {"state": DELIVERED, "error": "", "claimed_until": None, "ended_at": heard.now}
    this = update(notices).where(notices.c.id == rows[0].id)
    heard.connection.execute(this.values(ended | {"receipt": receipt}))
    if rows[0].state == WAITING:
        consent.use(heard.connection, heard.message.person, template)


def _unnumbered(heard: Heard, template: str) -> Select[Any]:
    """The person's notices of this template that were tried, or taken just now, without a number
    from the platform."""
    wording = load_notices(heard.settings.notices)
    kinds = [kind for kind in wording.notices if wording.template(kind).id == template]
    tried = and_(notices.c.state == WAITING, notices.c.attempts > 0)
    just_now = notices.c.ended_at > heard.now - REPORTED_WITHIN
    taken = and_(notices.c.state == DELIVERED, notices.c.receipt == "", just_now)
    return (
        select(notices.c.id, notices.c.state)
        .where(notices.c.person == heard.message.person, notices.c.kind.in_(kinds), _AS_NOTICE)
        .where(or_(tried, taken))
        .with_for_update()
    )


def _is_known(heard: Heard, receipt: str) -> bool:
    known = notices.c.person == heard.message.person, notices.c.receipt == receipt
    return heard.connection.execute(select(notices.c.id).where(*known)).first() is not None


def _arrived(heard: Heard, receipt: str, status: str) -> None:
    """A notice we took for delivered did not arrive: it goes the next way, where one is open, or
    the staff see it. Stop at a block: it is often the last that is heard of a person who left; then
    no notice is left to be found."""
    if not receipt or status == SUCCESS:
        return
    person = heard.message.person
    mine = select(notices).where(
        notices.c.receipt == receipt,
        notices.c.person == person,
        notices.c.state == DELIVERED,
        _AS_NOTICE,
    )
    row = heard.connection.execute(mine.with_for_update()).first()
    if row is None:
        return
    if status == BLOCKED:
        consent.refuse(heard.connection, person, consent.ANY_TEMPLATE, heard.now)
    this = update(notices).where(notices.c.id == row.id)
    heard.connection.execute(this.values(_what_next(heard, row, status)))


def _what_next(heard: Heard, row: Row[Any], status: str) -> dict[str, Any]:
    wording = load_notices(heard.settings.notices)
    found = route(heard.connection, row, wording, heard.now, after=SUBSCRIBE)
    if isinstance(found, Route):
        onward = {"state": WAITING, "way": found.way, "error": "", "ended_at": None}
        return onward | {"due_at": heard.now, "receipt": None}
    state = REFUSED if status == BLOCKED else FAILED
    return {"state": state, "error": status[:120], "ended_at": heard.now}


def _answers(heard: Heard) -> Iterator[tuple[str, str]]:
    """Our templates and what the person said to each; of other templates we keep nothing."""
    ours = load_notices(heard.settings.notices).template_ids
    for entry in _entries(heard.message):
        template, answer = entry.get("TemplateId", ""), entry.get("SubscribeStatusString", "")
        if template in ours and answer in {ACCEPT, REJECT}:
            yield template, answer


def _entries(message: Message) -> Iterator[dict[str, str]]:
    """The platform's `List`, one entry or many, in a parent or beside it. The parent's name differs
    between the platform's own examples."""
    holders = (message.data, *message.data.values())
    for holder in holders:
        listed = holder.get("List", []) if isinstance(holder, dict) else []
        for entry in listed if isinstance(listed, list) else [listed]:
            if isinstance(entry, dict):
                yield {name: value for name, value in entry.items() if isinstance(value, str)}
