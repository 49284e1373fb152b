"""By which way a notice can reach its person now: the office's order, and what each way demands.

A subscription notice demands a template and the person's consent; a customer-service message, that
the person wrote within the last two days; SMS, a telephone left for it with this appointment.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select
from sqlmodel import SQLModel, col

from bot.models import ConversationRow
from bot.models.notice import DELIVERED, DROPPED, FAILED, REFUSED
from bot.outbox import consent
from bot.outbox.obstacles import (
    NO_CONSENT,
    NO_TELEPHONE,
    NO_TEMPLATE,
    NO_WINDOW,
    REMINDERS,
    SAID_NO,
    USED_UP,
    Obstacle,
    obstacle,
)
from bot.outbox.posting import notices
from bot.outbox.wording import CATEGORY, CUSTOM, SMS, SUBSCRIBE, Notices

appointments = SQLModel.metadata.tables["appointments"]

# The platform takes messages for 48 hours after a person's own; those of the last minutes might
# come too late. What we note is a page seen, too: the platform knows better, and says so.
WINDOW = timedelta(hours=47)
OF_WECHAT = frozenset({SUBSCRIBE, CUSTOM})


class Route(NamedTuple):
    """A way that is open, and where it leads: an openid, or a telephone."""

    way: str
    to: str


def route(
    connection: Connection, row: Row[Any], wording: Notices, now: datetime, after: str = ""
) -> Route | Obstacle:
    """The first way that is open: from the one the notice is on already, or behind `after`, which
    was tried in vain. Without one, what stands in the first way, which tells the staff most."""
    if in_all := obstacle(connection, row, wording, now):
        return in_all
    first: Obstacle | None = None
    for way in _left(wording.ways_of(row.kind), row.way, after):
        found = _DEMANDS[way](connection, row, wording, now)
        if isinstance(found, Route) or found.state == DROPPED:
            return found
        first = first or found
    return first or Obstacle(FAILED, NO_TEMPLATE)


def _left(ways: tuple[str, ...], present: str | None, after: str) -> tuple[str, ...]:
    if after:
        return ways[ways.index(after) + 1 :] if after in ways else ()
    return ways[ways.index(present) :] if present in ways else ways


def _subscription(
    connection: Connection, row: Row[Any], wording: Notices, _now: datetime
) -> Route | Obstacle:
    template = wording.template(row.kind).id
    if not template:
        return Obstacle(FAILED, NO_TEMPLATE)
    if consent.refused(connection, row.person, template):
        return Obstacle(REFUSED, SAID_NO)
    if wording.consent == CATEGORY or consent.covered(connection, row.person, template):
        return Route(SUBSCRIBE, row.person)
    if row.kind in REMINDERS and _was_told(connection, row.appointment):
        return Obstacle(DROPPED, USED_UP)
    return Obstacle(REFUSED, NO_CONSENT)


def _customer_service(
    connection: Connection, row: Row[Any], wording: Notices, now: datetime
) -> Route | Obstacle:
    """A no to reminders is a no to them here too; news of one's own appointment are none."""
    template = wording.template(row.kind).id
    unwanted = template if row.kind in REMINDERS else consent.ANY_TEMPLATE
    if consent.refused(connection, row.person, unwanted):
        return Obstacle(REFUSED, SAID_NO)
    mine = col(ConversationRow.person) == row.person
    seen_at = connection.scalar(select(col(ConversationRow.seen_at)).where(mine))
    if seen_at is None or not seen_at > now - WINDOW:
        return Obstacle(REFUSED, NO_WINDOW)
    return Route(CUSTOM, row.person)


def _text_message(
    connection: Connection, row: Row[Any], _wording: Notices, _now: datetime
) -> Route | Obstacle:
    """Only to a telephone that its owner left for this: clerks note others to call them."""
    agreed = select(appointments.c.phone).where(
        appointments.c.id == row.appointment,
        appointments.c.person == row.person,
        appointments.c.phone_agreed_at.is_not(None),
    )
    phone = connection.scalar(agreed) if row.appointment is not None else None
    return Route(SMS, phone) if phone else Obstacle(FAILED, NO_TELEPHONE)


def _was_told(connection: Connection, appointment: int) -> bool:
    query = select(notices.c.id).where(
        notices.c.appointment == appointment, notices.c.state == DELIVERED
    )
    return connection.execute(query).first() is not None


_DEMANDS: dict[str, Callable[[Connection, Row[Any], Notices, datetime], Route | Obstacle]] = {
    SUBSCRIBE: _subscription,
    CUSTOM: _customer_service,
    SMS: _text_message,
}
