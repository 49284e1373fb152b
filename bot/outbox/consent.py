"""Who takes notices: what people said in WeChat's own dialogue, as the platform reports it.

How they consent is `consent` in notices.yaml. Under `long_term` one yes lasts; under `one_time`
each yes is good for one notice, so they are counted; under `category` nobody is asked, and only a
no is remembered. A no ends every yes before it, also where the platform would still send.

Every function writes refusals before consents: on PostgreSQL two that went opposite ways could wait
for each other.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, or_, select, update
from sqlmodel import SQLModel

from bot.outbox.wording import CATEGORY, load_notices
from bot.people import Holder, hold, record
from bot.settings import Settings
from bot.upsert import insert_if_new

_tables = SQLModel.metadata.tables
consents, refusals = _tables["notice_consents"], _tables["notice_refusals"]

PAGE = "/appointments/notices"  # where people are asked
ANY_TEMPLATE = "*"  # refused altogether: the person blocked the account


def asked(settings: Settings) -> tuple[str, ...]:
    """The templates people are asked about on `PAGE`. None where nobody need be asked, or nobody
    can be: without templates, without an address of our own, without a sign-in."""
    notices = load_notices(settings.notices)
    possible = settings.page_root and settings.signs_in and notices.consent != CATEGORY
    return notices.template_ids if possible else ()


def is_open(connection: Connection, person: str, settings: Settings) -> bool:
    """Whether this person should be asked: some notice would not reach them now."""
    return not all(covered(connection, person, template) for template in asked(settings))


def covered(connection: Connection, person: str, template: str) -> bool:
    """Whether a notice of this template may be sent to the person."""
    good = or_(consents.c.left.is_(None), consents.c.left > 0)
    this = select(consents.c.at).where(*_of(person, template), good)
    return connection.execute(this).first() is not None


def left(connection: Connection, person: str, template: str) -> int | None:
    """How many notices of this template may be sent to the person; None means any number."""
    this = select(consents.c.left).where(*_of(person, template))
    row = connection.execute(this).first()
    return 0 if row is None else row.left


def agreed_since(connection: Connection, person: str, template: str, moment: datetime) -> bool:
    """Whether the person said yes after `moment`."""
    this = select(consents.c.at).where(*_of(person, template), consents.c.at > moment)
    return connection.execute(this).first() is not None


def refused(connection: Connection, person: str, template: str) -> bool:
    """Whether the person said no since they last asked for notices."""
    said = refusals.c.template.in_((template, ANY_TEMPLATE))
    this = select(refusals.c.at).where(refusals.c.person == person, said)
    return connection.execute(this).first() is not None


def grant(connection: Connection, person: str, template: str, lasting: bool, now: datetime) -> None:
    """The person said yes: to one more notice of this template, or with `lasting` to all."""
    take_back_refusal(connection, person, template)
    first = None if lasting else 0
    insert_if_new(connection, consents, person=person, template=template, left=first, at=now)
    more = None if lasting else consents.c.left + 1
    connection.execute(update(consents).where(*_of(person, template)).values(left=more, at=now))


def use(connection: Connection, person: str, template: str) -> None:
    """One notice was sent: one consent less, unless it lasts."""
    counted = update(consents).where(*_of(person, template), consents.c.left > 0)
    connection.execute(counted.values(left=consents.c.left - 1))


def refuse(connection: Connection, person: str, template: str, now: datetime) -> None:
    """The person said no, to this template or to `ANY_TEMPLATE`."""
    insert_if_new(connection, refusals, person=person, template=template, at=now)
    ended = delete(consents).where(consents.c.person == person)
    if template != ANY_TEMPLATE:
        ended = ended.where(consents.c.template == template)
    connection.execute(ended)


def take_back_refusal(connection: Connection, person: str, template: str) -> None:
    """The person takes this template again. A person who blocked us could not have said so."""
    said = refusals.c.template.in_((template, ANY_TEMPLATE))
    connection.execute(delete(refusals).where(refusals.c.person == person, said))


def forget(connection: Connection, person: str) -> None:
    """Delete every yes and no of this person."""
    for table in (refusals, consents):
        connection.execute(delete(table).where(table.c.person == person))


def show(connection: Connection, person: str) -> object:
    """Every yes and no of this person; of a counted yes, how many notices are left."""
    shown = {
        name: [record(row, "person") for row in connection.execute(mine).mappings()]
        for name, mine in (
            ("agreed", select(consents).where(consents.c.person == person)),
            ("refused", select(refusals).where(refusals.c.person == person)),
        )
    }
    return shown if any(shown.values()) else None


def _of(person: str, template: str) -> tuple[ColumnElement[bool], ...]:
    return consents.c.person == person, consents.c.template == template


hold(Holder("notice_consents", forget, show))
