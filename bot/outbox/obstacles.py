"""Why a claimed notice must not be sent. The words for the staff are in templates/staff/words.yaml.

One consent carries one notice (`one_time`). What is due first uses it: keeping it back for a
closure that rarely comes would cost people the reminder they asked for. Of what is due together,
news from the office goes before reminders (see `sending`), for it names the time as well, and
nobody should come in vain. A reminder that finds the consent used up by a notice of the same
appointment is dropped: that person was told. Whatever else finds none shows up with the staff, who
can telephone.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from bot.booking.tables import appointments
from bot.models.appointment import BOOKED
from bot.models.notice import DELIVERED, DROPPED, FAILED, REFUSED
from bot.outbox import consent
from bot.outbox.posting import notices
from bot.outbox.wording import CATEGORY, Notices

REMINDERS = ("day_before", "same_day")

# Stored words.
ENDED = "appointment ended"
TOO_LATE = "too late"
NO_TEMPLATE = "no template id"
SAID_NO = "refused before"
NO_CONSENT = "no consent"
USED_UP = "the one consent is used"
ON_ITS_WAY = "was on its way when it was dropped"


def obstacle(
    connection: Connection, row: Row[Any], wording: Notices, now: datetime
) -> tuple[str, str] | None:
    """The notice's final state and the reason, None where nothing stands in its way."""
    if row.kind not in wording.notices:
        return FAILED, f"unknown kind {row.kind}"
    if row.useless_from and row.useless_from <= now:
        return (FAILED if row.error else DROPPED), row.error or TOO_LATE
    if row.appointment is not None and not _is_ahead(connection, row.appointment):
        return DROPPED, ENDED
    template = wording.template(row.kind).id
    if not template:
        return FAILED, NO_TEMPLATE
    if consent.refused(connection, row.person, template):
        return REFUSED, SAID_NO
    if wording.consent == CATEGORY or consent.covered(connection, row.person, template):
        return None
    if row.kind in REMINDERS and _was_told(connection, row.appointment):
        return DROPPED, USED_UP
    return REFUSED, NO_CONSENT


def _is_ahead(connection: Connection, appointment: int) -> bool:
    """Whoever has checked in needs to be told nothing more about coming."""
    query = select(appointments.c.id).where(
        appointments.c.id == appointment, appointments.c.state == BOOKED
    )
    return connection.execute(query).first() is not None


def _was_told(connection: Connection, appointment: int) -> bool:
    query = select(notices.c.id).where(
        notices.c.appointment == appointment, notices.c.state == DELIVERED
    )
    return connection.execute(query).first() is not None
